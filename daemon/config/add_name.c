/* Puts a chat's name into a configuration that a person wrote, and leaves the rest as it is. */
#include "config/config.h"

#include "scan.h"
#include <string.h>

void config_add_text(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, s.ptr[i]);
	}
	buf_add_char(out, '"');
}

static bool is_one_of(const struct scan *s, size_t at, const char *signs)
{
	struct str text = scan_token(s, at)->text;
	return text.len == 1 && strchr(signs, text.ptr[0]);
}

/* Where the file goes on behind a token. */
static size_t behind(const struct scan *s, size_t at)
{
	struct str text = scan_token(s, at)->text;
	return (size_t)(text.ptr - s->bytes.ptr) + text.len;
}

/* Behind the last name of the list that begins at `open`. The token it then stands behind. */
static size_t add_to_list(const struct scan *s, size_t open, struct str name, struct buf *words)
{
	size_t last = open;
	while (last + 1 < s->count && !is_one_of(s, last + 1, "])"))
		last++;
	buf_add_cstr(words, last == open || is_one_of(s, last, ",") ? " " : ", ");
	config_add_text(words, name);
	return last;
}

/* Behind the first setting of the group, or as its first. As above. */
static size_t add_list(const struct scan *s, size_t open, struct str name, struct buf *words)
{
	size_t last = is_one_of(s, open + 1, "}") ? open : scan_next(s, open + 3) - 1;
	buf_add_cstr(words, " names = [ ");
	config_add_text(words, name);
	buf_add_cstr(words, " ];");
	return last > open && is_one_of(s, last, ",;") ? last : open;
}

static size_t find_group(const struct scan *s, size_t client)
{
	if (client == CONFIG_ME)
		return scan_member(s, SCAN_NOWHERE, "me");
	size_t list = scan_member(s, SCAN_NOWHERE, "clients");
	return list == SCAN_NOWHERE ? list : scan_element(s, list, client);
}

int config_add_name(const char *file, struct str bytes, size_t client, struct str name,
	struct buf *out, unsigned *line, struct error *err)
{
	struct scan scan = {0};
	struct diags diags = {0};
	struct buf words = {0};
	int result = scan_config(file, bytes, &scan, &diags, err);
	bool sound = !result && !scan.broken && !diags.errors;
	size_t group = sound ? find_group(&scan, client) : SCAN_NOWHERE;
	size_t list = group == SCAN_NOWHERE ? group : scan_member(&scan, group, "names");
	if (!result &&
		(!is_one_of(&scan, group, "{") ||
			(list != SCAN_NOWHERE && !is_one_of(&scan, list, "[("))))
		result = error_set(err, ERROR_CONFIG, "'%s' cannot be read as it is", file);
	if (!result) {
		size_t last = list == SCAN_NOWHERE ? add_list(&scan, group, name, &words)
						   : add_to_list(&scan, list, name, &words);
		size_t at = behind(&scan, last);
		buf_add_str(out, str_slice(bytes, 0, at));
		buf_add_str(out, buf_str(&words));
		buf_add_str(out, str_slice(bytes, at, bytes.len));
		*line = scan_token(&scan, last)->line;
		result = words.failed || out->failed ? error_memory(err) : 0;
	}
	buf_finish(&words);
	diags_finish(&diags);
	scan_finish(&scan);
	return result;
}
