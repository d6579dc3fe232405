/* Reads .ics files: undoes the folding of lines, and keeps to the properties of events. */
#include "ics.h"
#include "base/limits.h"
#include "ics_event.h"

struct reader {
	struct str rest;
	unsigned line; /* where what was read last begins */
	unsigned next_line;
	struct buf unfolded;
	int depth;       /* components that are open */
	int event_depth; /* that of the open VEVENT, 0 outside of one */
	unsigned event_line;
	size_t event_count;
	struct ics_event event;
	struct days_off *out;
};

static bool physical_line(struct reader *r, struct str *line)
{
	r->next_line++;
	return str_line(&r->rest, line);
}

/* A content line with its folds undone (RFC 5545, 3.1): 1, 0 at the end, -1 out of memory. */
static int content_line(struct reader *r, struct str *out)
{
	struct str line;
	buf_clear(&r->unfolded);
	r->line = r->next_line;
	if (!physical_line(r, &line))
		return 0;
	buf_add_str(&r->unfolded, line);
	while (r->rest.len > 0 && (r->rest.ptr[0] == ' ' || r->rest.ptr[0] == '\t')) {
		physical_line(r, &line);
		buf_add_str(&r->unfolded, str_slice(line, 1, line.len));
	}
	*out = buf_str(&r->unfolded);
	return r->unfolded.failed ? -1 : 1;
}

/* NAME;PARAMETER="a:b":VALUE; what a value is shows in its form, so parameters are passed over. */
static bool property_split(struct str line, struct ics_property *out)
{
	bool quoted = false;
	size_t name_end = 0;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '"')
			quoted = !quoted;
		if ((c == ';' || c == ':') && !quoted && name_end == 0)
			name_end = i;
		if (c == ':' && !quoted) {
			out->name = str_slice(line, 0, name_end);
			out->value = str_trim(str_slice(line, i + 1, line.len));
			return name_end > 0;
		}
	}
	return false;
}

static int component_begin(struct reader *r, struct str name, struct error *err)
{
	if (r->depth == 0 && !str_eq_nocase(name, STR("VCALENDAR")))
		return error_set(err, ERROR_CONFIG, "unexpected 'BEGIN:%.*s', expected VCALENDAR",
			STR_ARG(str_slice(name, 0, 80)));
	r->depth++;
	if (r->event_depth > 0 || !str_eq_nocase(name, STR("VEVENT")))
		return 0;
	if (++r->event_count > LIMIT_ICS_EVENTS)
		return error_set(err, ERROR_CONFIG, "more than %d events", LIMIT_ICS_EVENTS);
	r->event_depth = r->depth;
	r->event_line = r->line;
	return 0;
}

static int component_end(struct reader *r, struct error *err)
{
	bool event = r->depth == r->event_depth;
	r->depth--;
	if (!event)
		return 0;
	r->event_depth = 0;
	r->line = r->event_line; /* what is wrong now is wrong with the whole event */
	int result = ics_event_add_days(&r->event, r->out, err);
	ics_event_finish(&r->event);
	return result;
}

static int line_read(struct reader *r, struct str line, struct error *err)
{
	struct ics_property p;
	if (str_trim(line).len == 0)
		return 0;
	if (!property_split(line, &p))
		return error_set(err, ERROR_CONFIG, "unexpected '%.*s', expected NAME:VALUE",
			STR_ARG(str_slice(line, 0, 80)));
	if (str_eq_nocase(p.name, STR("BEGIN")))
		return component_begin(r, p.value, err);
	if (r->depth == 0)
		return error_set(err, ERROR_CONFIG, "unexpected '%.*s', expected BEGIN:VCALENDAR",
			STR_ARG(str_slice(p.name, 0, 80)));
	if (str_eq_nocase(p.name, STR("END")))
		return component_end(r, err);
	return r->depth == r->event_depth ? ics_event_read(&r->event, &p, err) : 0;
}

static int lines_read(struct reader *r, struct error *err)
{
	struct str line;
	bool any = false;
	int more;
	while ((more = content_line(r, &line)) > 0) {
		if (line_read(r, line, err) < 0)
			return -1;
		any = true;
	}
	if (more < 0)
		return error_memory(err);
	if (!any || r->depth > 0)
		return error_set(err, ERROR_CONFIG, "the file ends early, expected END:VCALENDAR");
	return 0;
}

int ics_read(struct str bytes, const char *file, struct days_off *out, struct error *err)
{
	static const struct str byte_order_mark = {"\xef\xbb\xbf", 3};
	if (str_starts(bytes, byte_order_mark))
		bytes = str_slice(bytes, byte_order_mark.len, bytes.len);
	struct reader r = {.rest = bytes, .next_line = 1, .out = out};
	struct error why = {0};
	int result = lines_read(&r, &why);
	if (result < 0)
		error_at(err, why.kind, file, r.line, 0, "%s", why.text);
	ics_event_finish(&r.event);
	buf_finish(&r.unfolded);
	return result;
}
