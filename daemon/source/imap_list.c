/* Reads the answers to LIST into folders with decoded names and attributes. */
#include "imap_list.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"

/* libetpan reads \Sent as an "extension flag", without the backslash. */
static struct str attribute_of(struct arena *a, const struct mailimap_mbx_list_oflag *flag)
{
	if (flag->of_type != MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT || !flag->of_flag_ext)
		return arena_str(a, STR("\\Noinferiors"));
	const char *name = flag->of_flag_ext;
	return arena_format(a, "%s%s", name[0] == '\\' ? "" : "\\", name);
}

static int read_attributes(
	struct folder_list *l, struct listed *f, const struct mailimap_mbx_list_flags *flags)
{
	f->selectable = true;
	if (!flags)
		return 0;
	f->selectable = flags->mbf_type != MAILIMAP_MBX_LIST_FLAGS_SFLAG ||
		flags->mbf_sflag != MAILIMAP_MBX_LIST_SFLAG_NOSELECT;
	size_t count = flags->mbf_oflags ? (size_t)clist_count(flags->mbf_oflags) : 0;
	f->attributes.items = arena_array(&l->arena, count, sizeof(struct str));
	if (!f->attributes.items)
		return -1;
	for (clistiter *i = count ? clist_begin(flags->mbf_oflags) : NULL; i; i = clist_next(i)) {
		struct str attribute = attribute_of(&l->arena, clist_content(i));
		if (!attribute.ptr)
			return -1;
		f->attributes.items[f->attributes.count++] = attribute;
		if (str_eq_nocase(attribute, STR("\\NonExistent")) ||
			str_eq_nocase(attribute, STR("\\Noselect")))
			f->selectable = false;
	}
	return 0;
}

/* A name that is not modified UTF-7 is shown as it stands, repaired. */
static int read_names(struct folder_list *l, struct listed *f, const char *wire)
{
	struct buf name = {0};
	f->wire = arena_str(&l->arena, str_from(wire));
	if (!folder_decode(str_from(wire), &name))
		utf8_repair(str_from(wire), &name);
	f->name = arena_str(&l->arena, buf_str(&name));
	bool failed = name.failed;
	buf_finish(&name);
	return failed || !f->wire.ptr || !f->name.ptr ? -1 : 0;
}

static int add_listed(struct folder_list *l, const struct mailimap_mailbox_list *m)
{
	struct listed f = {.delimiter = m->mb_delimiter};
	if (!m->mb_name)
		return 0;
	if (read_names(l, &f, m->mb_name) < 0 || read_attributes(l, &f, m->mb_flag) < 0 ||
		array_room(&l->items, l->count, &l->cap, sizeof(*l->items)) < 0)
		return -1;
	l->items[l->count++] = f;
	return 0;
}

int session_list(struct imap_session *s, struct folder_list *out, struct error *err)
{
	const char *line = session_can(s, "SPECIAL-USE") && session_can(s, "LIST-EXTENDED")
		? "LIST \"\" \"*\" RETURN (SPECIAL-USE)"
		: "LIST \"\" \"*\"";
	folder_list_finish(out);
	int code = session_command(s, line, 0, 64 * KIB);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(s, code, err, "cannot list folders");
	const struct mailimap_response_info *info = s->imap->imap_response_info;
	clist *list = info ? info->rsp_mailbox_list : NULL;
	for (clistiter *i = list ? clist_begin(list) : NULL; i; i = clist_next(i))
		if (add_listed(out, clist_content(i)) < 0)
			return error_memory(err);
	return 0;
}
