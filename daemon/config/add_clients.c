/* Puts clients into a configuration that a person wrote, and leaves the rest as it is. */
#include "config/config.h"

#include "scan.h"
#include <string.h>

static size_t offset_of(const struct scan *s, size_t at)
{
	return (size_t)(scan_token(s, at)->text.ptr - s->bytes.ptr);
}

static char sign_at(const struct scan *s, size_t at)
{
	struct str text = scan_token(s, at)->text;
	return text.len ? text.ptr[0] : '\0';
}

/* The token that ends the list which begins at `open`. */
static size_t end_of(const struct scan *s, size_t open)
{
	size_t at = open + 1;
	while (at < s->count && sign_at(s, at) != ')')
		at = scan_next(s, at);
	return at;
}

static void add_to_list(const struct scan *s, size_t end, struct str groups, struct buf *out)
{
	const struct token *last = scan_token(s, end - 1);
	size_t behind = offset_of(s, end - 1) + last->text.len, close = offset_of(s, end);
	bool first = sign_at(s, end - 1) == '(', comma = sign_at(s, end - 1) == ',';
	buf_add_str(out, str_slice(s->bytes, 0, behind));
	buf_add_cstr(out, first || comma ? "" : ",");
	/* comments between the last client and the bracket keep their place behind it */
	struct str rest = str_slice(s->bytes, behind, close);
	size_t line = 0;
	while (line < rest.len && rest.ptr[line] != '\n')
		line++;
	size_t end_of_line = line;
	while (end_of_line > 0 && strchr(" \t\r", rest.ptr[end_of_line - 1]))
		end_of_line--;
	buf_add_str(out, str_slice(rest, 0, end_of_line));
	buf_add_format(out, "\n%.*s", STR_ARG(groups));
	buf_add_str(out, line < rest.len ? str_slice(rest, line, rest.len) : STR("\n"));
	buf_add_str(out, str_slice(s->bytes, close, s->bytes.len));
}

int config_add_clients(
	const char *name, struct str bytes, struct str groups, struct buf *out, struct error *err)
{
	struct scan scan = {0};
	struct diags diags = {0};
	int result = scan_config(name, bytes, &scan, &diags, err);
	if (!result && (scan.broken || diags.errors))
		result = error_set(err, ERROR_CONFIG, "'%s' cannot be read as it is", name);
	size_t list = result ? SCAN_NOWHERE : scan_member(&scan, SCAN_NOWHERE, "clients");
	size_t end = list == SCAN_NOWHERE ? scan.count : end_of(&scan, list);
	if (!result && list == SCAN_NOWHERE)
		buf_add_format(
			out, "%.*s\nclients = (\n%.*s\n);\n", STR_ARG(bytes), STR_ARG(groups));
	else if (!result && end < scan.count)
		add_to_list(&scan, end, groups, out);
	else if (!result)
		result = error_set(
			err, ERROR_CONFIG, "the list of clients in '%s' has no end", name);
	if (!result && out->failed)
		result = error_memory(err);
	diags_finish(&diags);
	scan_finish(&scan);
	return result;
}
