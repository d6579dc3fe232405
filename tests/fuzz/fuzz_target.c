/* Any bytes as what a request asks for: refused, or a plain path and fields of one line each. */
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_line(struct str s)
{
	if (!utf8_valid(s))
		abort();
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f)
			abort();
}

static void check_path(struct str path)
{
	struct str rest = str_slice(path, 1, path.len), part;
	check_line(path);
	if (!str_starts(path, STR("/")))
		abort();
	while (str_split(&rest, '/', &part))
		if (!part.len || str_eq(part, STR(".")) || str_eq(part, STR("..")))
			abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena arena = {0};
	struct serve_request request = {0};
	unsigned status = target_read((struct str){(const char *)data, size}, &arena, &request);
	if (status == 200) {
		check_path(request.path);
		if (request.field_count > LIMIT_SERVE_FIELDS)
			abort();
		for (size_t i = 0; i < request.field_count; i++) {
			check_line(request.fields[i].name);
			check_line(request.fields[i].value);
		}
	} else if (status != 400 && status != 414) {
		abort();
	}
	arena_finish(&arena);
	return 0;
}
