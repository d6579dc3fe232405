/* The pages of what a search finds: the form's fields made into one query. */
#include "serve_pages.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/clock.h"
#include "base/limits.h"
#include "config/config.h"
#include "find.h"
#include "report/words.h"
#include "report_make.h"
#include "which_client.h"
#include <stdlib.h>

/* A day or nothing, as the browser sends it. */
static int read_day(const struct serving *s, const char *name, struct str *out, struct error *err)
{
	struct date day;
	*out = serve_field(s->request, name);
	if (out->len && !date_parse(*out, &day))
		return error_set(err, ERROR_USAGE,
			"bad day '%.*s', expected one such as 2026-03-31", STR_ARG(*out));
	return 0;
}

static int read_form(const struct serving *s, struct search_page *page, struct error *err)
{
	struct search_form *f = &page->form;
	struct str number = serve_field(s->request, "page");
	uint64_t n = 0;
	enum sign sign;
	f->words = serve_field(s->request, "q");
	f->client = serve_field(s->request, "client");
	f->sign = serve_field(s->request, "sign");
	f->oldest = str_eq(serve_field(s->request, "order"), STR("oldest"));
	if (number.len && !str_to_u64(number, SIZE_MAX / LIMIT_SERVE_ROWS - 1, &n))
		return error_set(err, ERROR_USAGE, "bad page '%.*s'", STR_ARG(number));
	if (f->sign.len && !sign_parse(f->sign, &sign))
		return error_set(err, ERROR_USAGE, "no sign '%.*s'", STR_ARG(f->sign));
	page->number = (size_t)n;
	return read_day(s, "from", &f->from, err) < 0 ? -1 : read_day(s, "until", &f->until, err);
}

static void add_term(struct buf *query, const char *field, struct str value)
{
	if (value.len)
		buf_add_format(query, " %s:\"%.*s\"", field, STR_ARG(value));
}

/* What was typed is read alone first: a parenthesis in it opens none of ours. */
static int make_query(const struct serving *s, const struct search_form *f, bool incidents,
	struct query **out, struct error *err)
{
	struct buf text = {0};
	if (str_trim(f->words).len) {
		if (find_parse(s->in, f->words, out, err) < 0)
			return -1;
		query_free(*out);
		*out = NULL;
		buf_add_format(&text, "(%.*s)", STR_ARG(f->words));
	}
	add_term(&text, "client", f->client);
	add_term(&text, "sign", f->sign);
	if (f->from.len || f->until.len)
		buf_add_format(&text, " date:%.*s..%.*s", STR_ARG(f->from), STR_ARG(f->until));
	if (incidents)
		buf_add_cstr(&text, " rule:*");
	int result = text.failed ? error_memory(err)
				 : find_parse(s->in, str_trim(buf_str(&text)), out, err);
	buf_finish(&text);
	return result;
}

static void set_signs(const struct indexed_message *m, struct search_row *row)
{
	for (size_t i = 0; i < m->finding_count; i++) {
		const struct finding *f = &m->findings[i].finding;
		if (m->findings[i].mark == MARK_WRONG)
			continue;
		row->has_sign[f->sign] = true;
		if (f->severity > row->severity)
			row->severity = f->severity;
	}
	row->unexamined = !m->judged || m->judgement.examined != EXAMINED_YES;
}

static int keep_row(const struct serving *s, const struct indexed_message *m, struct arena *arena,
	struct search_row *row, struct error *err)
{
	const struct config *config = s->in->book->config;
	const struct client *client = config_client(config, m->client);
	*row = (struct search_row){
		.evidence = m->seq,
		.at = report_local_time(s->in, m->clocks.at_us[m->clocks.used]),
		.direction = m->direction,
		.client = client ? client->name : arena_str(arena, m->client),
		.from = arena_str(arena, m->facts.from),
		.subject = arena_str(arena, m->facts.subject),
	};
	set_signs(m, row);
	return row->client.ptr && row->from.ptr && row->subject.ptr ? 0 : error_memory(err);
}

/* Those of the page that is asked for, and whether there are more. */
static int find_rows(const struct serving *s, const struct query *q, struct arena *arena,
	struct search_page *page, struct error *err)
{
	size_t first = page->number * LIMIT_SERVE_ROWS, at = 0;
	const struct search_options options = {
		.newest_first = !page->form.oldest, .limit = first + LIMIT_SERVE_ROWS + 1};
	struct search_row *rows = arena_array(arena, LIMIT_SERVE_ROWS, sizeof(*rows));
	const struct indexed_message *m;
	struct cursor *cursor = NULL;
	if (!rows)
		return error_memory(err);
	int more = index_search(s->in->store->index, q, &options, &cursor, err) < 0 ? -1 : 1;
	while (more > 0 && (more = cursor_next(cursor, &m, err)) > 0) {
		if (at++ < first)
			continue;
		page->more = page->row_count == LIMIT_SERVE_ROWS;
		if (!page->more && keep_row(s, m, arena, &rows[page->row_count++], err) < 0)
			more = -1;
	}
	cursor_close(cursor);
	page->rows = rows;
	return more;
}

static int add_choices(
	const struct serving *s, struct arena *arena, struct search_page *page, struct error *err)
{
	struct str *ids = NULL;
	size_t count = 0;
	if (client_list(s->in, arena, &ids, &count, err) < 0)
		return -1;
	struct search_choice *choices = arena_array(arena, count, sizeof(*choices));
	for (size_t i = 0; choices && i < count; i++) {
		const struct client *c = config_client(s->in->book->config, ids[i]);
		choices[i] = (struct search_choice){ids[i], c ? c->name : ids[i]};
	}
	free(ids);
	page->clients = choices;
	page->client_count = count;
	return choices ? 0 : error_memory(err);
}

/* A query that cannot be read is said on the page, beside the form that has it. */
static int fill(const struct serving *s, struct arena *arena, struct search_page *page,
	bool incidents, struct error *err)
{
	struct query *q = NULL;
	struct error why = {0};
	if (add_choices(s, arena, page, err) < 0)
		return -1;
	int result = read_form(s, page, &why);
	if (!result)
		result = make_query(s, &page->form, incidents, &q, &why);
	if (!result)
		result = find_rows(s, q, arena, page, &why);
	query_free(q);
	if (result < 0 && why.kind == ERROR_USAGE) {
		page->trouble = arena_str(arena, str_from(why.text));
		return page->trouble.ptr ? 0 : error_memory(err);
	}
	if (result < 0)
		*err = why;
	return result;
}

static int write(const struct serving *s, bool incidents, struct error *err)
{
	struct arena arena = {0};
	enum phrase title = incidents ? PHRASE_SERVE_INCIDENTS : PHRASE_SERVE_SEARCH;
	struct search_page page = {
		.page = serving_page(s, str_from(phrase_text(s->tongue, title)),
			incidents ? PAGE_INCIDENTS : PAGE_SEARCH),
		.path = incidents ? "/incidents" : "/search",
	};
	int result = fill(s, &arena, &page, incidents, err);
	if (!result)
		search_page_write(&page, s->out);
	arena_finish(&arena);
	return result;
}

int serve_incidents(const struct serving *s, struct error *err)
{
	return write(s, true, err);
}

int serve_search(const struct serving *s, struct error *err)
{
	return write(s, false, err);
}
