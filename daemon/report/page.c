/* The frame of the pages that are served, and the page that says why there is none. */
#include "page_frame.h"

#include "base/html.h"
#include "html.h"
#include "report/words.h"

static const struct {
	const char *path;
	enum phrase words;
} places[] = {
	[PAGE_CLIENTS] = {"/", PHRASE_SERVE_CLIENTS},
	[PAGE_INCIDENTS] = {"/incidents", PHRASE_SERVE_INCIDENTS},
	[PAGE_SEARCH] = {"/search", PHRASE_SERVE_SEARCH},
};

void page_navigation(enum tongue tongue, enum page_place place, struct buf *out)
{
	const struct pen pen = {.out = out, .tongue = tongue, .html = true};
	buf_add_cstr(out, "<nav class=\"places\" aria-label=\"");
	say(&pen, PHRASE_SERVE_NAVIGATION);
	buf_add_cstr(out, "\"><ul>");
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		buf_add_format(out, "<li><a href=\"%s\"%s>", places[i].path,
			place == (enum page_place)i ? " aria-current=\"page\"" : "");
		say(&pen, places[i].words);
		buf_add_cstr(out, "</a></li>");
	}
	buf_add_cstr(out, "</ul></nav>\n");
}

int page_policy(struct buf *out, struct error *err)
{
	buf_add_cstr(out, "default-src 'none'; style-src ");
	if (style_source_add(out, err) < 0)
		return -1;
	buf_add_cstr(out, "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
	return out->failed ? error_memory(err) : 0;
}

void page_begin(const struct page *p, struct buf *out)
{
	buf_add_format(out,
		"<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
		tongue_codes[p->tongue]);
	html_add(out, p->title);
	buf_add_cstr(out, "</title>\n<style>");
	style_add(out);
	buf_add_cstr(out, "</style>\n</head>\n<body>\n");
	if (!p->closed)
		page_navigation(p->tongue, p->place, out);
	buf_add_cstr(out, "<header>\n<h1><bdi>");
	html_add(out, p->title);
	buf_add_cstr(out, "</bdi></h1>\n</header>\n<main>\n");
}

void page_end(struct buf *out)
{
	buf_add_cstr(out, "</main>\n</body>\n</html>\n");
}

void page_trouble(const struct page *p, enum page_trouble what, struct str why, struct buf *out)
{
	static const enum phrase words[] = {
		[PAGE_NO_REQUEST] = PHRASE_SERVE_NO_REQUEST,
		[PAGE_NOT_LET_IN] = PHRASE_SERVE_NOT_LET_IN,
		[PAGE_NOT_THERE] = PHRASE_SERVE_NOT_THERE,
		[PAGE_ONLY_READS] = PHRASE_SERVE_ONLY_READS,
		[PAGE_NOT_OUR_NAME] = PHRASE_SERVE_NOT_OUR_NAME,
		[PAGE_FAILED] = PHRASE_SERVE_FAILED,
	};
	const struct pen pen = {.out = out, .tongue = p->tongue, .html = true};
	struct page page = *p;
	page.title = str_from(phrase_text(p->tongue, PHRASE_SERVE_SORRY));
	page_begin(&page, out);
	buf_add_cstr(out, "<section>");
	html_element(&pen, "p", NULL, words[what]);
	buf_add_cstr(out, "<p class=\"soft\">");
	html_english(&pen, why);
	buf_add_cstr(out, "</p></section>\n");
	page_end(out);
}
