/* Plays rounds of a source and writes down what it gives. */
#include "account.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "scratch.h"
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

static int on_folder_state(void *context, struct str folder, uint32_t uidnext,
	struct folder_state *out, struct error *err)
{
	struct account *a = context;
	(void)folder;
	(void)uidnext;
	(void)err;
	*out = a->before;
	return 0;
}

static int on_has(
	void *context, struct str folder, uint32_t uidvalidity, uint32_t uid, struct error *err)
{
	struct account *a = context;
	(void)folder;
	(void)uidvalidity;
	(void)err;
	for (const uint32_t *archived = a->archived; *archived; archived++)
		if (*archived == uid)
			return 1;
	return 0;
}

static int give_secret(const void *context, struct buf *out, struct error *err)
{
	(void)context;
	(void)err;
	ck_assert_msg(!prctl(PR_GET_DUMPABLE), "others could look at the secret");
	buf_add_cstr(out, "secret");
	return 0;
}

void account_init(struct account *a, int port, const char *folder)
{
	memset(a, 0, sizeof(*a));
	snprintf(a->ca_file, sizeof(a->ca_file), "%s", scratch_path("%s/ca.pem", folder));
	a->folders[0] = STR("INBOX");
	a->before.watched.items = a->before_watched;
	a->plan = (struct imap_plan){
		.account = STR("test"),
		.host = STR("localhost"),
		.port = port,
		.ca_file = str_from(a->ca_file),
		.user = STR("alice"),
		.folders = {a->folders, 1},
		.watched = {a->watched, 0},
		.timeout_us = 5 * SECOND_US,
		.max_size_bytes = LIMIT_MAX_SIZE_DEFAULT,
		.secret = give_secret,
		.wake_fd = -1,
	};
}

int account_open(struct account *a)
{
	struct source_watcher watcher = {
		.context = a, .folder_state = on_folder_state, .has = on_has};
	int result = source_open_imap(&a->plan, &watcher, &a->source, &a->err);
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE), 1);
	return result;
}

static void write_message(struct account *a, const struct source_item *item)
{
	static const char *const states[] = {
		[RAW_WHOLE] = "message", [RAW_TOO_LARGE] = "large", [RAW_POISON] = "poison"};
	const struct raw *raw = &item->raw;
	bool pieced = item->in_pieces && raw->state == RAW_WHOLE;
	a->messages++;
	a->internal_at_us = raw->has_internal ? raw->internal_at_us : 0;
	ck_assert(str_eq(raw->place.account, STR("test")));
	ck_assert(str_eq(raw->place.folder, item->folder));
	ck_assert_int_gt(raw->seen_at_us, 0);
	buf_add_format(&a->given, "%s %.*s %u", pieced ? "pieced" : states[raw->state],
		STR_ARG(raw->place.folder), raw->place.uid);
	if (raw->state == RAW_TOO_LARGE || pieced)
		buf_add_format(&a->given, " of %llu", (unsigned long long)raw->size_bytes);
	if (raw->octets.len > 0 && raw->octets.len < 200) {
		buf_add_cstr(&a->given, " '");
		utf8_add_visible(&a->given, raw->octets, false);
		buf_add_char(&a->given, '\'');
	}
	buf_add_char(&a->given, '\n');
}

static void write_item(struct account *a, const struct source_item *item)
{
	switch (item->event) {
	case SOURCE_MESSAGE:
		write_message(a, item);
		break;
	case SOURCE_POSITION:
		a->positions++;
		a->uidvalidity = item->uidvalidity;
		a->next_uid = item->next_uid;
		buf_add_format(&a->given, "position %.*s %u%s\n", STR_ARG(item->folder),
			item->next_uid, item->watched_complete ? " complete" : "");
		break;
	case SOURCE_FOLDER:
		buf_add_format(&a->given, "folder %.*s: %.*s\n", STR_ARG(item->folder),
			STR_ARG(item->text));
		break;
	case SOURCE_CENSUS:
		buf_add_format(&a->given, "census %.*s %u-%u: %.*s%s\n", STR_ARG(item->folder),
			item->from_uid, item->next_uid, STR_ARG(item->text),
			item->last ? "" : " ...");
		break;
	case SOURCE_EXPORT:
		buf_add_format(&a->given, "export %.*s\n", STR_ARG(item->folder));
		break;
	case SOURCE_NOTE:
		buf_add_format(
			&a->given, "note %.*s: %.*s\n", STR_ARG(item->folder), STR_ARG(item->text));
		break;
	case SOURCE_PIECE:
		ck_assert_uint_le(item->piece.len, LIMIT_IMAP_PIECE);
		buf_add_str(&a->pieces, item->piece);
		buf_add_format(&a->given, "piece %zu\n", item->piece.len);
		break;
	}
}

static int play(struct account *a)
{
	struct source_item item;
	int given;
	buf_clear(&a->given);
	buf_clear(&a->pieces);
	a->messages = a->positions = 0;
	while ((given = source_next(a->source, &item, &a->err)) > 0)
		write_item(a, &item);
	return given;
}

int account_run(struct account *a)
{
	return account_open(a) < 0 ? -1 : play(a);
}

int account_again(struct account *a)
{
	return source_again(a->source, &a->err) < 0 ? -1 : play(a);
}

void account_finish(struct account *a)
{
	source_close(a->source);
	a->source = NULL;
	buf_finish(&a->given);
	buf_finish(&a->pieces);
}

void account_remember(struct account *a)
{
	a->before.known = true;
	a->before.uidvalidity = a->uidvalidity;
	a->before.next_uid = a->next_uid;
	a->before.watched.count = a->plan.watched.count;
	memcpy(a->before_watched, a->watched, sizeof(a->watched));
}
