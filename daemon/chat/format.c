/* What the formats share: names of files, copies, and why a message could not be read. */
#include "format.h"

#include "base/utf8.h"

struct str path_name(struct str path)
{
	size_t slash;
	return str_rfind_char(path, '/', &slash) ? str_slice(path, slash + 1, path.len) : path;
}

struct str path_folder(struct str path)
{
	size_t slash;
	if (!str_rfind_char(path, '/', &slash))
		return (struct str){0};
	return path_name(str_slice(path, 0, slash));
}

int chat_unread(struct chat_message *out, const char *format, ...)
{
	struct buf words = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&words, format, arguments);
	va_end(arguments);
	out->kind = CHAT_UNREAD;
	int result = words.failed ? -1 : chat_set(out, buf_str(&words), &out->why);
	buf_finish(&words);
	return result;
}

int chat_set(struct chat_message *m, struct str value, struct str *out)
{
	*out = (struct str){0};
	if (!value.ptr)
		return 0;
	struct buf repaired = {0};
	utf8_repair(value, &repaired);
	if (!repaired.failed)
		*out = arena_str(&m->arena, buf_str(&repaired));
	buf_finish(&repaired);
	return out->ptr ? 0 : -1;
}
