/* The pages of `overstep serve`, each made from the archive as it is at that moment. */
#ifndef OVERSTEP_DAEMON_CLI_SERVE_PAGES_H
#define OVERSTEP_DAEMON_CLI_SERVE_PAGES_H

#include "command.h"
#include "report/page.h"
#include "serve/serve.h"

/* Configuration and archive stay closed between requests. */
struct served {
	struct invocation *in;
	enum tongue tongue;
};
/* For struct serve_plan; context is a struct served. */
unsigned served_answer(void *context, const struct serve_request *request, struct buf *page);
void served_refuse(void *context, unsigned status, struct buf *page);

/* What a page is made of, for those who write one. */
struct serving {
	struct invocation *in;
	const struct serve_request *request;
	enum tongue tongue;
	struct str name; /* what stands behind the path of the row: "acme" */
	struct buf *out;
};
struct page serving_page(const struct serving *s, struct str title, enum page_place place);
/* serve_search.c, serve_message.c: 0, or -1; ERROR_NOT_FOUND is no such page, ERROR_USAGE a
   request that makes no sense. */
int serve_incidents(const struct serving *s, struct error *err);
int serve_search(const struct serving *s, struct error *err);
int serve_message(const struct serving *s, struct error *err);

#endif
