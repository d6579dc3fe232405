/* Which few clients make most of the findings, and what share of the messages is theirs. */
#include "pareto.h"

#include "base/html.h"
#include <stdlib.h>

#define MOST_PERCENT 80

static bool goes_before(const struct report *r, size_t a, size_t b)
{
	uint64_t left = r->clients[a].finding_sum, right = r->clients[b].finding_sum;
	return left != right ? left > right : a < b;
}

/* There are few clients, and insertion keeps equal ones in their order. */
static void put_in_order(const struct report *r, size_t *order)
{
	for (size_t i = 0; i < r->client_count; i++) {
		size_t at = i;
		for (; at > 0 && goes_before(r, i, order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

int pareto_of(const struct report *r, struct pareto *out)
{
	struct pareto made = {.order = calloc(r->client_count + 1, sizeof(size_t))};
	if (!made.order)
		return -1;
	put_in_order(r, made.order);
	for (size_t i = 0; i < r->client_count; i++) {
		made.findings += r->clients[i].finding_sum;
		made.messages += r->clients[i].messages;
	}
	while (made.findings && r->client_count > 1 &&
		made.few_findings * 100 < made.findings * MOST_PERCENT) {
		const struct report_client *c = &r->clients[made.order[made.few++]];
		made.few_findings += c->finding_sum;
		made.few_messages += c->messages;
	}
	*out = made;
	return 0;
}

void pareto_finish(struct pareto *p)
{
	free(p->order);
	*p = (struct pareto){0};
}

static void add_bar(const struct pen *p, const struct report *r, const struct pareto *pareto,
	enum phrase name, bool findings)
{
	uint64_t whole = findings ? pareto->findings : pareto->messages, before = 0;
	html_element(p, "dt", NULL, name);
	buf_add_cstr(p->out,
		"<dd><svg class=\"stack\" viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\">");
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[pareto->order[i]];
		uint64_t part = findings ? c->finding_sum : c->messages;
		unsigned from = (unsigned)(before * 1000 / whole);
		unsigned until = (unsigned)((before + part) * 1000 / whole);
		/* a thin line of the page parts two pieces */
		if (until > from + 2)
			buf_add_format(p->out,
				"<rect class=\"%s\" x=\"%u\" width=\"%u\" height=\"24\"/>",
				i < pareto->few ? "few" : "many", from, until - from - 2);
		before += part;
	}
	buf_add_cstr(p->out, "</svg></dd>");
}

void pareto_chart(const struct pen *p, const struct report *r, const struct pareto *pareto)
{
	html_open(p, "dl", "pareto");
	add_bar(p, r, pareto, PHRASE_FINDINGS_TITLE, true);
	if (pareto->messages)
		add_bar(p, r, pareto, PHRASE_MESSAGES_TITLE, false);
	buf_add_cstr(p->out,
		"</dl><p class=\"key small\"><span class=\"few\" aria-hidden=\"true\">"
		"</span> ");
	for (size_t i = 0; i < pareto->few; i++) {
		buf_add_cstr(p->out, i ? ", " : "");
		html_add(p->out, r->clients[pareto->order[i]].name);
	}
	if (pareto->few < r->client_count) {
		buf_add_cstr(p->out, " <span class=\"many\" aria-hidden=\"true\"></span> ");
		say(p, PHRASE_THE_OTHERS);
	}
	buf_add_cstr(p->out, "</p>\n");
}
