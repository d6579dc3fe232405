/* The frame of the pages that are served, and those pages that only a server has. */
#ifndef OVERSTEP_REPORT_PAGE_H
#define OVERSTEP_REPORT_PAGE_H

#include "model/tongue.h"
#include "report/report.h"

/* What the navigation leads to, in its order. */
enum page_place { PAGE_CLIENTS, PAGE_INCIDENTS, PAGE_SEARCH, PAGE_ELSEWHERE };

struct page {
	enum tongue tongue;
	struct str version; /* of the program */
	struct str title;   /* not ours to trust: a subject, a client's name */
	enum page_place place;
	bool closed; /* to somebody who has not come in yet: without navigation */
};
/* The navigation, to stand first in the body; for struct report too. */
void page_navigation(enum tongue tongue, enum page_place place, struct buf *out);
/* What HTTP sends as Content-Security-Policy with every page. Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int page_policy(struct buf *out, struct error *err);

/* A page that says one thing: what went wrong. why may be absent. */
enum page_trouble {
	PAGE_NO_REQUEST,   /* it cannot be understood */
	PAGE_NOT_LET_IN,   /* neither token nor cookie */
	PAGE_NOT_THERE,    /* there is no such page */
	PAGE_ONLY_READS,   /* neither GET nor HEAD */
	PAGE_NOT_OUR_NAME, /* of another host */
	PAGE_FAILED,
};
void page_trouble(const struct page *p, enum page_trouble what, struct str why, struct buf *out);

/* What a search was asked, as it stands in its form; absent: not filled in. */
struct search_form {
	struct str words;       /* in the query language */
	struct str client;      /* id */
	struct str sign;        /* its name */
	struct str from, until; /* days: "2026-03-01" */
	bool oldest;            /* first; else the newest */
};
struct search_choice {
	struct str id, name;
};
struct search_row {
	uint64_t evidence;
	struct report_time at;
	enum direction direction;
	struct str client, from, subject;
	bool has_sign[SIGN_COUNT]; /* of findings not marked wrong */
	int severity;              /* the gravest of them; 0: none */
	bool unexamined;           /* nobody looked, or not at all of it */
};
struct search_page {
	struct page page;
	const char *path; /* where the form goes: "/search" */
	struct search_form form;
	const struct search_choice *clients;
	size_t client_count;
	struct str trouble; /* why the words cannot be looked for; else absent */
	const struct search_row *rows;
	size_t row_count;
	size_t number; /* of this page, from 0 */
	bool more;     /* there is a next one */
};
void search_page_write(const struct search_page *s, struct buf *out);

/* One line of what is known of a message, of its clocks, or of its proof. */
enum message_fact_group { FACTS_HEAD, FACTS_CLOCKS, FACTS_PROOF };
struct message_fact {
	enum message_fact_group group;
	struct str name, value;
	struct str note; /* what that is; may be absent */
};
struct message_page {
	struct page page;
	const struct report_client *found; /* with this one message, or sequence, alone */
	const struct text *text;           /* NULL: a sequence has none of its own */
	const struct report_finding *findings;
	size_t finding_count;
	struct str verdict; /* why there is no finding; absent: there are */
	const struct message_fact *facts;
	size_t fact_count;
};
int message_page_write(const struct message_page *m, struct buf *out, struct error *err);

#endif
