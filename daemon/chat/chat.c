/* The formats, one a row: told apart, named, and read a message at a time. */
#include "reader.h"

#include "base/limits.h"

#include <assert.h>

const struct chat_form *const chat_forms[CHAT_FORMATS] = {
	[CHAT_WHATSAPP] = &chat_whatsapp,
	[CHAT_TELEGRAM] = &chat_telegram,
	[CHAT_SLACK] = &chat_slack,
	[CHAT_DISCORD] = &chat_discord,
	[CHAT_MESSENGER] = &chat_messenger,
	[CHAT_SMS] = &chat_sms,
};

static const char *const kind_names[CHAT_KINDS] = {
	[CHAT_SAID] = "said",
	[CHAT_MEDIA] = "media",
	[CHAT_SYSTEM] = "system",
	[CHAT_DELETED] = "deleted",
	[CHAT_UNREAD] = "unread",
};

static const char *const time_state_names[] = {
	[CHAT_TIME_NONE] = "none",
	[CHAT_TIME_PLAIN] = "plain",
	[CHAT_TIME_FOLD] = "fold",
	[CHAT_TIME_GAP] = "gap",
};

const char *chat_format_name(enum chat_format f)
{
	assert(f < CHAT_FORMATS);
	return chat_forms[f]->name;
}

const char *chat_kind_name(enum chat_kind k)
{
	assert(k < CHAT_KINDS);
	return kind_names[k];
}

const char *chat_time_state_name(enum chat_time_state s)
{
	assert(s < sizeof(time_state_names) / sizeof(time_state_names[0]));
	return time_state_names[s];
}

bool chat_format_parse(struct str name, enum chat_format *out)
{
	for (int f = 0; f < CHAT_FORMATS; f++)
		if (str_eq(name, str_from(chat_forms[f]->name))) {
			*out = (enum chat_format)f;
			return true;
		}
	return false;
}

void chat_format_list(struct buf *out)
{
	for (int f = 0; f < CHAT_FORMATS; f++)
		buf_add_format(out, "%s%s", f ? ", " : "", chat_forms[f]->name);
}

bool chat_is_utf16(struct str head)
{
	return str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF"));
}

int chat_detect(struct chat_files *files, enum chat_format *out, struct error *err)
{
	for (size_t i = 0; i < files->count; i++) {
		struct str octets = {0}, name = files->items[i].name;
		for (int f = 0; f < CHAT_FORMATS; f++) {
			if (files->count > 1 && !chat_forms[f]->holds(name))
				continue;
			if (!octets.ptr && files->load(files, i, &octets, err) < 0)
				return -1;
			struct str head = str_slice(octets, 0, LIMIT_CHAT_SNIFF);
			if (chat_is_utf16(head))
				return error_set(err, ERROR_INPUT,
					"'%.*s' is UTF-16, expected the export as it was made, in UTF-8",
					STR_ARG(name));
			if (chat_forms[f]->sniff(head)) {
				*out = (enum chat_format)f;
				return 0;
			}
		}
	}
	struct buf known = {0};
	chat_format_list(&known);
	error_set(err, ERROR_INPUT,
		"'%.*s' is no chat export of a known format, expected one of %s",
		STR_ARG(files->name), buf_cstr(&known));
	buf_finish(&known);
	return -1;
}

void chat_message_init(struct chat_message *m)
{
	*m = (struct chat_message){0};
}

void chat_message_finish(struct chat_message *m)
{
	if (!m)
		return;
	text_finish(&m->text);
	arena_finish(&m->arena);
	chat_message_init(m);
}

static int refuse_size(struct chat_message *out, size_t size)
{
	return chat_unread(
		out, "%zu bytes, at most %zu of one message are read", size, LIMIT_CHAT_MESSAGE);
}

int chat_read(enum chat_format format, const struct chat_declared *declared, struct str octets,
	struct chat_message *out, struct error *err)
{
	struct chat_message made;
	chat_message_init(&made);
	if ((octets.len > LIMIT_CHAT_MESSAGE
			    ? refuse_size(&made, octets.len)
			    : chat_forms[format]->read(declared, octets, &made)) < 0) {
		chat_message_finish(&made);
		return error_memory(err);
	}
	chat_message_finish(out);
	*out = made;
	return 0;
}
