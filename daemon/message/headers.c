/* Walks a header block without decoding anything. */
#include "headers.h"

#include "base/limits.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

void header_reader_init(struct header_reader *r, struct str octets)
{
	*r = (struct header_reader){.octets = octets};
	struct str rest = octets, line;
	if (str_starts(octets, STR("From ")) && str_line(&rest, &line))
		r->at = octets.len - rest.len;
}

bool header_line(struct str line, struct str *name, size_t *value)
{
	size_t end = 0;
	while (end < line.len && (unsigned char)line.ptr[end] > ' ' && line.ptr[end] != ':' &&
		line.ptr[end] != 0x7f)
		end++;
	size_t colon = end;
	/* RFC 5322, 4.5: white space before the colon */
	while (colon < line.len && blank(line.ptr[colon]))
		colon++;
	if (end == 0 || colon == line.len || line.ptr[colon] != ':')
		return false;
	*name = str_slice(line, 0, end);
	*value = colon + 1;
	return true;
}

/* The line at r->at with its line end; absent at the end of what may be read. */
static struct str next_line(const struct header_reader *r)
{
	struct str rest = str_slice(r->octets, r->at, LIMIT_HEADER_BLOCK);
	struct str line;
	size_t before = rest.len;
	if (!str_line(&rest, &line))
		return (struct str){0};
	return str_slice(r->octets, r->at, r->at + before - rest.len);
}

/* Moves behind the lines that continue a field. */
static void take_folds(struct header_reader *r)
{
	struct str line = next_line(r);
	while (line.len > 0 && blank(line.ptr[0])) {
		r->at += line.len;
		line = next_line(r);
	}
}

static bool is_empty(struct str line)
{
	return str_eq(line, STR("\n")) || str_eq(line, STR("\r\n"));
}

bool header_next(struct header_reader *r, struct header *out)
{
	for (struct str line = next_line(r); line.len > 0; line = next_line(r)) {
		size_t start = r->at, value;
		r->cut = r->count == LIMIT_HEADERS && !is_empty(line);
		if (r->cut)
			return false;
		r->at += line.len;
		if (is_empty(line))
			return false;
		struct str name;
		if (!header_line(line, &name, &value))
			continue;
		take_folds(r);
		if (r->count++ == 0)
			r->first = start;
		out->name = name;
		out->value = str_trim(str_slice(r->octets, start + value, r->at));
		return true;
	}
	r->cut = r->octets.len > LIMIT_HEADER_BLOCK && r->at == LIMIT_HEADER_BLOCK;
	return false;
}

void header_unfold(struct str raw_value, struct buf *out)
{
	struct str line;
	while (str_line(&raw_value, &line))
		buf_add_str(out, line);
}

bool header_has_addresses(struct str name)
{
	static const struct str names[] = {STR("From"), STR("Sender"), STR("Reply-To"), STR("To"),
		STR("Cc"), STR("Bcc"), STR("Delivered-To"), STR("X-Original-From"),
		STR("X-Original-Sender"), STR("Resent-From"), STR("Resent-Sender"),
		STR("Resent-Reply-To"), STR("Resent-To"), STR("Resent-Cc"), STR("Resent-Bcc")};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}
