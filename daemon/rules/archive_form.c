/* A rule set's files as one string of bytes for the evidence log, and back. */
#include "base/limits.h"
#include "set.h"
#include <stdlib.h>

#define HEAD "## file "
#define PACK " pack "
#define BYTES " bytes "
#define NO_PACK "-"

/* A line for each file: "## file NAME pack PACK bytes N", then its N bytes and a line end. */
void ruleset_write(const struct ruleset *r, struct buf *out)
{
	for (size_t i = 0; i < r->file_count; i++) {
		const struct rule_file *f = &r->files[i];
		struct str pack = f->pack.ptr ? f->pack : STR(NO_PACK);
		buf_add_cstr(out, HEAD);
		for (size_t k = 0; k < f->name.len; k++)
			buf_add_char(out, f->name.ptr[k] == '\n' ? '?' : f->name.ptr[k]);
		buf_add_format(out, PACK "%.*s" BYTES "%zu\n", STR_ARG(pack), f->bytes.len);
		buf_add_str(out, f->bytes);
		buf_add_char(out, '\n');
	}
}

/* Takes the text behind the last `word` off the line: a name may hold anything. */
static bool cut_behind(struct str *line, struct str word, struct str *behind)
{
	for (size_t at = line->len; at-- > 0;) {
		if (str_starts(str_slice(*line, at, line->len), word)) {
			*behind = str_slice(*line, at + word.len, line->len);
			*line = str_slice(*line, 0, at);
			return true;
		}
	}
	return false;
}

static bool read_head(struct str line, struct rule_file *out, size_t *bytes)
{
	struct str pack, number;
	uint64_t n;
	if (!str_starts(line, STR(HEAD)))
		return false;
	line = str_slice(line, sizeof(HEAD) - 1, line.len);
	if (!cut_behind(&line, STR(BYTES), &number) || !cut_behind(&line, STR(PACK), &pack) ||
		!str_to_u64(number, LIMIT_RULE_FILE, &n))
		return false;
	out->name = line;
	out->pack = str_eq(pack, STR(NO_PACK)) ? (struct str){NULL, 0} : pack;
	*bytes = (size_t)n;
	return true;
}

/* Takes one file off *rest. */
static bool read_file(struct str *rest, struct rule_file *out)
{
	struct str line;
	size_t bytes;
	if (!str_line(rest, &line) || !read_head(line, out, &bytes) || bytes >= rest->len ||
		rest->ptr[bytes] != '\n')
		return false;
	out->bytes = str_slice(*rest, 0, bytes);
	*rest = str_slice(*rest, bytes + 1, rest->len);
	return true;
}

int ruleset_unpack(struct str bytes, struct rule_file **files, size_t *count, struct error *err)
{
	struct str rest = bytes;
	struct rule_file file, *all;
	size_t n = 0;
	for (; rest.len > 0; n++)
		if (!read_file(&rest, &file))
			return error_set(err, ERROR_INPUT,
				"rule set that does not read, at byte %zu", bytes.len - rest.len);
	all = calloc(n ? n : 1, sizeof(*all));
	if (!all)
		return error_memory(err);
	rest = bytes;
	for (size_t i = 0; i < n; i++)
		read_file(&rest, &all[i]);
	*files = all;
	*count = n;
	return 0;
}
