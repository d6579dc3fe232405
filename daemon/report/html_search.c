/* The page of what a search finds, with the form that asks it. */
#include "page_frame.h"

#include "base/html.h"
#include "base/limits.h"
#include "html.h"
#include "report/words.h"

/* A part of the form under its name; the control comes behind it. */
static void begin_control(const struct pen *pen, const char *name, enum phrase label)
{
	buf_add_format(pen->out, "<p><label for=\"%s\">", name);
	say(pen, label);
	buf_add_cstr(pen->out, "</label>");
}

static void add_option(const struct pen *pen, struct str value, struct str chosen, struct str words)
{
	buf_add_cstr(pen->out, "<option value=\"");
	html_add(pen->out, value);
	buf_add_cstr(pen->out, str_eq(value, chosen) ? "\" selected>" : "\">");
	html_add(pen->out, words);
	buf_add_cstr(pen->out, "</option>");
}

static struct str phrase_str(const struct pen *pen, enum phrase p)
{
	return str_from(phrase_text(pen->tongue, p));
}

static void begin_choice(const struct pen *pen, const char *name, enum phrase label)
{
	begin_control(pen, name, label);
	buf_add_format(pen->out, "<select id=\"%s\" name=\"%s\">", name, name);
}

static void add_words(const struct pen *pen, const struct search_form *f)
{
	buf_add_cstr(pen->out, "<p class=\"widest\"><label for=\"q\">");
	say(pen, PHRASE_SERVE_WORDS);
	buf_add_format(pen->out,
		"</label><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"%zu\" "
		"aria-describedby=\"q-help\" value=\"",
		LIMIT_QUERY);
	html_add(pen->out, f->words);
	buf_add_cstr(pen->out, "\"><small class=\"soft\" id=\"q-help\">");
	say(pen, PHRASE_SERVE_WORDS_HELP);
	buf_add_cstr(pen->out, "</small></p>\n");
}

static void add_day(const struct pen *pen, const char *name, enum phrase label, struct str day)
{
	begin_control(pen, name, label);
	buf_add_format(pen->out, "<input id=\"%s\" name=\"%s\" type=\"date\" value=\"", name, name);
	html_add(pen->out, day);
	buf_add_cstr(pen->out, "\"></p>\n");
}

static void add_form(const struct pen *pen, const struct search_page *s)
{
	const struct search_form *f = &s->form;
	buf_add_format(
		pen->out, "<form class=\"search\" role=\"search\" action=\"%s\">\n", s->path);
	add_words(pen, f);
	begin_choice(pen, "client", PHRASE_SERVE_CLIENT);
	add_option(pen, STR(""), f->client, phrase_str(pen, PHRASE_SERVE_ANY));
	for (size_t i = 0; i < s->client_count; i++)
		add_option(pen, s->clients[i].id, f->client, s->clients[i].name);
	buf_add_cstr(pen->out, "</select></p>\n");
	begin_choice(pen, "sign", PHRASE_SERVE_SIGN);
	add_option(pen, STR(""), f->sign, phrase_str(pen, PHRASE_SERVE_ANY));
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		add_option(pen, str_from(sign_name((enum sign)i)), f->sign,
			phrase_str(pen, phrase_of_sign((enum sign)i)));
	buf_add_cstr(pen->out, "</select></p>\n");
	add_day(pen, "from", PHRASE_SERVE_FROM_DAY, f->from);
	add_day(pen, "until", PHRASE_SERVE_UNTIL_DAY, f->until);
	begin_choice(pen, "order", PHRASE_SERVE_ORDER);
	struct str order = f->oldest ? STR("oldest") : STR("newest");
	add_option(pen, STR("newest"), order, phrase_str(pen, PHRASE_SERVE_NEWEST));
	add_option(pen, STR("oldest"), order, phrase_str(pen, PHRASE_SERVE_OLDEST));
	buf_add_cstr(pen->out, "</select></p>\n<p><button>");
	say(pen, PHRASE_SERVE_SHOW);
	buf_add_cstr(pen->out, "</button></p>\n</form>\n");
}

static void add_signs(const struct pen *pen, const struct search_row *row)
{
	bool any = false;
	if (row->severity)
		chart_severity(pen->out, row->severity);
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!row->has_sign[i])
			continue;
		buf_add_cstr(pen->out, any ? ", " : "");
		say(pen, phrase_of_sign((enum sign)i));
		any = true;
	}
	if (!any)
		say(pen, row->unexamined ? PHRASE_SERVE_UNEXAMINED : PHRASE_SERVE_NONE);
	else if (row->unexamined) {
		buf_add_cstr(pen->out, ", ");
		say(pen, PHRASE_SERVE_UNEXAMINED);
	}
}

static void add_row(const struct pen *pen, const struct search_row *row)
{
	buf_add_cstr(pen->out, "<tr><th scope=\"row\" class=\"mono nowrap\">");
	html_message(pen, row->evidence);
	buf_add_cstr(pen->out, "</th>");
	html_fill_cell(pen, PHRASE_SERVE_TIME, "nowrap", fill_time(row->at));
	html_fill_cell(pen, PHRASE_SERVE_CLIENT, NULL, fill_text(row->client));
	html_cell(pen, PHRASE_SERVE_SUBJECT, NULL);
	if (row->direction == DIRECTION_OUT)
		say(pen, PHRASE_SERVE_FROM_ME);
	else
		SAY(pen, PHRASE_SERVE_SENDER, fill_text(row->from));
	buf_add_cstr(pen->out, "<br><bdi>");
	if (row->subject.len)
		html_add(pen->out, row->subject);
	else
		say(pen, PHRASE_SERVE_NO_SUBJECT);
	buf_add_cstr(pen->out, "</bdi>");
	html_cell_end(pen);
	html_cell(pen, PHRASE_SERVE_SIGNS, NULL);
	add_signs(pen, row);
	html_cell_end(pen);
	buf_add_cstr(pen->out, "</tr>\n");
}

static void add_rows(const struct pen *pen, const struct search_page *s)
{
	static const struct html_column columns[] = {{PHRASE_SERVE_EVIDENCE, false},
		{PHRASE_SERVE_TIME, false}, {PHRASE_SERVE_CLIENT, false},
		{PHRASE_SERVE_SUBJECT, false}, {PHRASE_SERVE_SIGNS, false}};
	size_t first = s->number * LIMIT_SERVE_ROWS;
	html_open(pen, "table", "cards found");
	HTML_SAY(pen, "caption", NULL, PHRASE_SERVE_ROWS, fill_count(first + 1),
		fill_count(first + s->row_count));
	html_columns(pen, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(pen->out, "<tbody>");
	for (size_t i = 0; i < s->row_count; i++)
		add_row(pen, &s->rows[i]);
	buf_add_cstr(pen->out, "</tbody></table>\n");
}

/* The same search, another page of it. */
static void add_turn(
	const struct pen *pen, const struct search_page *s, size_t number, enum phrase words)
{
	const struct search_form *f = &s->form;
	const struct {
		const char *name;
		struct str value;
	} fields[] = {{"q", f->words}, {"client", f->client}, {"sign", f->sign}, {"from", f->from},
		{"until", f->until}, {"order", f->oldest ? STR("oldest") : STR("newest")}};
	buf_add_format(pen->out, "<a href=\"%s?", s->path);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		buf_add_format(pen->out, "%s=", fields[i].name);
		html_address(pen, fields[i].value);
		buf_add_cstr(pen->out, "&amp;");
	}
	buf_add_format(pen->out, "page=%zu\">", number);
	say(pen, words);
	buf_add_cstr(pen->out, "</a> ");
}

static void add_turns(const struct pen *pen, const struct search_page *s)
{
	if (!s->number && !s->more)
		return;
	buf_add_cstr(pen->out, "<nav aria-label=\"");
	say(pen, PHRASE_SERVE_PAGES);
	buf_add_cstr(pen->out, "\"><p class=\"turns\">");
	if (s->number)
		add_turn(pen, s, s->number - 1, PHRASE_SERVE_BACK);
	if (s->more)
		add_turn(pen, s, s->number + 1, PHRASE_SERVE_ON);
	buf_add_cstr(pen->out, "</p></nav>\n");
}

void search_page_write(const struct search_page *s, struct buf *out)
{
	const struct pen pen = {.out = out, .tongue = s->page.tongue, .html = true, .served = true};
	page_begin(&s->page, out);
	add_form(&pen, s);
	buf_add_cstr(out, "<section>");
	html_element(&pen, "h2", NULL, PHRASE_SERVE_FOUND);
	if (s->trouble.len) {
		html_open(&pen, "p", "trouble");
		html_english(&pen, s->trouble);
		html_close(&pen, "p");
	} else if (!s->row_count) {
		html_element(&pen, "p", NULL, PHRASE_SERVE_NOTHING);
	} else {
		add_rows(&pen, s);
	}
	add_turns(&pen, s);
	buf_add_cstr(out, "</section>\n");
	page_end(out);
}
