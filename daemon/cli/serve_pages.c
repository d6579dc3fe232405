/* The pages of `overstep serve`: which one an address means, and what is said where there is none.
 */
#include "serve_pages.h"

#include "app/rulebook.h"
#include "assess.h"
#include "report_make.h"
#include <stdlib.h>

static void collect(void *context, enum ink ink, struct str bytes)
{
	(void)ink;
	buf_add_str(context, bytes);
}

/* The same page as `overstep report --html`, with a way to the others on top. */
static int write_report(const struct serving *s, const char *client, struct error *err)
{
	struct report r;
	const struct report_sink sink = {collect, s->out};
	int64_t at_us;
	if (assess_time(s->in, NULL, &at_us, err) < 0 ||
		report_make(s->in, client, at_us, s->tongue, true, &r, err) < 0)
		return -1;
	r.served = true;
	int result = report_writer_find("html")->write(&r, &sink, err);
	report_finish(&r);
	return result;
}

static int write_clients(const struct serving *s, struct error *err)
{
	return write_report(s, NULL, err);
}

static int write_client(const struct serving *s, struct error *err)
{
	char *client = str_dup(s->name);
	int result = client ? write_report(s, client, err) : error_memory(err);
	free(client);
	return result;
}

static const struct {
	const char *path;
	bool takes_name; /* more stands behind it */
	int (*write)(const struct serving *s, struct error *err);
} rows[] = {
	{"/", false, write_clients},
	{"/client/", true, write_client},
	{"/incidents", false, serve_incidents},
	{"/search", false, serve_search},
	{"/message/", true, serve_message},
};

static int write_page(struct serving *s, struct error *err)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str path = str_from(rows[i].path), asked = s->request->path;
		bool meant = rows[i].takes_name ? asked.len > path.len && str_starts(asked, path)
						: str_eq(asked, path);
		if (!meant)
			continue;
		s->name = str_slice(asked, path.len, asked.len);
		return rows[i].write(s, err);
	}
	return error_set(err, ERROR_NOT_FOUND, "no page has this address");
}

struct page serving_page(const struct serving *s, struct str title, enum page_place place)
{
	return (struct page){.tongue = s->tongue,
		.version = STR(OVERSTEP_VERSION),
		.title = title,
		.place = place};
}

static void write_trouble(
	enum tongue tongue, enum page_trouble what, struct str why, bool closed, struct buf *out)
{
	const struct page page = {.tongue = tongue,
		.version = STR(OVERSTEP_VERSION),
		.place = PAGE_ELSEWHERE,
		.closed = closed};
	page_trouble(&page, what, why, out);
}

static const struct {
	enum error_kind kind;
	unsigned status;
	enum page_trouble what;
} troubles[] = {
	{ERROR_NOT_FOUND, 404, PAGE_NOT_THERE},
	{ERROR_USAGE, 404, PAGE_NOT_THERE},
	{ERROR_TEMPORARY, 503, PAGE_FAILED},
	{ERROR_NONE, 500, PAGE_FAILED},
};

/* Whatever was written before it failed is no page. */
static unsigned answer_trouble(
	const struct served *served, const struct error *err, struct buf *page)
{
	size_t i = 0;
	while (troubles[i].kind != ERROR_NONE && troubles[i].kind != err->kind)
		i++;
	buf_clear(page);
	write_trouble(served->tongue, troubles[i].what, str_from(err->text), false, page);
	return troubles[i].status;
}

unsigned served_answer(void *context, const struct serve_request *request, struct buf *page)
{
	struct served *served = context;
	struct error err = {0};
	struct serving s = {
		.in = served->in, .request = request, .tongue = served->tongue, .out = page};
	int result = needs_open(s.in, &err);
	if (!result)
		result = needs_open_archive(s.in, &err);
	if (!result)
		result = write_page(&s, &err);
	needs_close(s.in);
	return result < 0 ? answer_trouble(served, &err, page) : 200;
}

void served_refuse(void *context, unsigned status, struct buf *page)
{
	static const struct {
		unsigned status;
		enum page_trouble what;
	} known[] = {{400, PAGE_NO_REQUEST}, {403, PAGE_NOT_LET_IN}, {405, PAGE_ONLY_READS},
		{414, PAGE_NO_REQUEST}, {421, PAGE_NOT_OUR_NAME}};
	const struct served *served = context;
	enum page_trouble what = PAGE_FAILED;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].status == status)
			what = known[i].what;
	write_trouble(served->tongue, what, (struct str){0}, true, page);
}
