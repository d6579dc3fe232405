/* The rooms of `overstep doctor`: each looks at something and tells it line by line. */
#ifndef OVERSTEP_DAEMON_CLI_DOCTOR_H
#define OVERSTEP_DAEMON_CLI_DOCTOR_H

#include "advice.h"
#include "base/json.h"
#include "command.h"

struct doctor {
	struct invocation *in;
	char *archive;                 /* its folder */
	struct json_document *service; /* what the service says of itself, NULL: not running */
	int code;
	size_t warnings, wrong;
	struct error error; /* our own: out of memory */
};

/* Prints the line, counts it, and finishes it. account: absent when it is about none. */
void doctor_tell(struct doctor *d, struct advice *a, struct str account);

/* doctor_machine.c: modes, zone, clock, disk, lingering, the command of on_finding. */
void doctor_look_at_machine(struct doctor *d);
/* doctor_store.c: the service, and whether archive and index are in step. */
void doctor_look_at_service(struct doctor *d);
void doctor_look_at_archive(struct doctor *d);
/* doctor_accounts.c: logs in to each and looks where clients' mail lies. */
void doctor_look_at_accounts(struct doctor *d);

#endif
