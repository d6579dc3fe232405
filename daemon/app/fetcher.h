/* The fetcher: one process an account, with its network and its one secret, and no archive. */
#ifndef OVERSTEP_DAEMON_APP_FETCHER_H
#define OVERSTEP_DAEMON_APP_FETCHER_H

#include "secret_desk.h"
#include "source/files.h"
#include <stddef.h>

struct account;
struct channel;

/* What it says to the keeper, one frame each (head; payload):
	 state     {folder,uidnext}                asks; the answer is `state` below
	 has       {folder,uidvalidity,uid}        asks; the answer is `has` {yes}
	 message   {folder,uidvalidity,uid,state,internal?,size,pieces,file?}; octets
	 piece     {}; octets that a message with "pieces" follows
	 position  {folder,uidvalidity,next,complete}
	 folder    {folder,text,uidvalidity,from}  from: 0, or where it is numbered anew
	 census    {folder,uidvalidity,from,next,last}; "1:5,7", the UIDs of these that are there
	 export    {folder}                        the path of a chat's export, to be read; the
						   answer is `export` below
	 note      {folder,text}                   to be said of what lies at that path
	 progress  {folder,what,done,all}
	 done      {capabilities}                  the round is over
	 news      {}                              between rounds: one would find something
	 lost      {}                              the connection between two was: it ends
	 failed    {kind,text}                     and so is this one, and the process
   and what the keeper says:
	 go        {}                              begin a round
	 state     {known,uidvalidity,next,census,watched:[...],retry:[...],
		    newest:[{uid,internal?,size},...]}
	 has       {yes}
	 export    {read,note?}                    it need not be told of again; what is to be said
	 ack       {bytes}                         so many octets are committed */
struct fetcher_plan {
	const struct account *account;
	struct strs watched;     /* addresses and domains of all clients, sorted */
	bool once;               /* of an account in files: they are imported, not watched */
	enum mail_format format; /* then: what they are */
};

/* What its account asks of the source; it borrows the account and the desk. */
struct imap_plan fetcher_imap_plan(
	const struct fetcher_plan *plan, const struct secret_desk *desk, int wake_fd);
/* Closes the box of a process that speaks to the account's server or reads its files, and starts
   the desk that reads a server's secret outside of it; desk NULL: none is needed. Fails:
   ERROR_SYSTEM. */
int fetcher_enclose(const struct account *account, struct secret_desk *desk, struct error *err);
/* Runs in the child (process.h); context is a struct fetcher_plan. */
int fetcher_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
