/* Where a round begins in a folder: what it searches for, by what earlier rounds left behind. Where
 * there is much that is new, as after an outage, the newest of each folder comes first, and then
 * the rest in order: a position tells of the rest alone.
 */
#include "imap.h"

#include <stdlib.h>
#include <string.h>

uint32_t uid_behind(uint32_t uid)
{
	return uid < UINT32_MAX ? uid + 1 : uid;
}

void imap_leave_folder(struct imap_source *s)
{
	free(s->unwatched.items);
	s->unwatched = (struct strs){0};
	s->folder_at++;
	s->step = STEP_FOLDER;
}

static int give_folder(struct imap_source *s, struct source_item *out)
{
	*out = (struct source_item){
		.event = SOURCE_FOLDER,
		.folder = s->folders[s->folder_at].name,
		.uidvalidity = s->uidvalidity,
		.text = buf_str(&s->text),
		.from_uid = s->anew_from,
	};
	return 1;
}

static bool is_among(struct str address, const struct strs *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i], address))
			return true;
	return false;
}

/* Which of the plan's addresses are new since the folder was looked through. */
static int compare_watched(
	struct imap_source *s, const struct folder_state *before, struct error *err)
{
	const struct strs *now = &s->plan->watched;
	s->watch_changed = now->count != before->watched.count;
	s->unwatched.items = calloc(now->count + 1, sizeof(struct str));
	if (!s->unwatched.items)
		return error_memory(err);
	for (size_t i = 0; i < now->count; i++)
		if (!is_among(now->items[i], &before->watched))
			s->unwatched.items[s->unwatched.count++] = now->items[i];
	s->watch_changed = s->watch_changed || s->unwatched.count > 0;
	return 0;
}

static void keep_newest(struct imap_source *s)
{
	struct uid_list *uids = &s->run.uids;
	struct folder *f = &s->folders[s->folder_at];
	size_t older = uids->count - LIMIT_IMAP_BATCH;
	memmove(uids->items, uids->items + older, LIMIT_IMAP_BATCH * sizeof(*uids->items));
	uids->count = LIMIT_IMAP_BATCH;
	f->fresh_from = uids->items[0];
	f->fresh_end = uid_behind(uids->items[uids->count - 1]);
	f->fresh_uidvalidity = s->uidvalidity;
}

static void pass_over_fresh(struct imap_source *s)
{
	struct uid_list *uids = &s->run.uids;
	const struct folder *f = &s->folders[s->folder_at];
	size_t kept = 0;
	if (f->fresh_uidvalidity != s->uidvalidity)
		return;
	for (size_t i = 0; i < uids->count; i++)
		if (uids->items[i] < f->fresh_from || uids->items[i] >= f->fresh_end)
			uids->items[kept++] = uids->items[i];
	uids->count = kept;
	if (s->end_uid < f->fresh_end)
		s->end_uid = f->fresh_end;
}

static void note_retries(struct folder *f, const struct folder_state *before, uint32_t uidvalidity)
{
	f->retry_uidvalidity = uidvalidity;
	for (size_t i = 0; i < before->retry_count && f->retry_count < LIMIT_IMAP_RETRIES; i++)
		f->retry[f->retry_count++] = before->retry[i];
}

/* Where this round begins in the open folder. A first sync has nothing behind it: all that it gives
   is looked through for all addresses. */
static int begin_folder(struct imap_source *s, struct error *err)
{
	struct folder_state before = {0};
	struct str name = s->folders[s->folder_at].name;
	s->uidvalidity = s->session.uidvalidity;
	s->end_uid = s->session.uidnext;
	if (s->watcher.folder_state &&
		s->watcher.folder_state(s->watcher.context, name, s->end_uid, &before, err) < 0)
		return -1;
	buf_clear(&s->text);
	if (before.known && before.uidvalidity != s->uidvalidity) {
		buf_add_format(&s->text, "UIDVALIDITY changed from %u to %u: all messages again, ",
			before.uidvalidity, s->uidvalidity);
		before.known = false;
	}
	s->start_uid = before.known && before.next_uid ? before.next_uid : 1;
	s->anew_from = 0;
	/* nobody puts back a server to which somebody stays connected */
	bool may_differ = !s->connected_before && !s->catching_up && s->end_uid > s->start_uid;
	if (before.known && s->end_uid && (may_differ || s->end_uid < s->start_uid) &&
		imap_restored(s, &before, err) < 0)
		return -1;
	before.known = before.known && s->anew_from != 1;
	buf_add_format(&s->text, "%u messages", s->session.exists);
	s->next_uid = s->start_uid;
	if (before.known && before.census && s->start_uid > 1 && !s->anew_from) {
		s->folders[s->folder_at].census_below = s->start_uid;
		s->folders[s->folder_at].census_uidvalidity = s->uidvalidity;
	}
	if (before.known && !s->anew_from)
		note_retries(&s->folders[s->folder_at], &before, s->uidvalidity);
	s->watch_changed = !before.known;
	if (before.known && compare_watched(s, &before, err) < 0)
		return -1;

	struct search q = {.first = s->start_uid, .last = UINT32_MAX};
	if (s->end_uid > 0)
		q.last = s->end_uid - 1;
	if (!before.known && s->plan->has_since)
		q.since = &s->plan->since;
	s->step = STEP_NEW_MAIL;
	if (session_search(&s->session, &q, &s->run.uids, err) < 0)
		return -1;
	if (s->run.uids.unsaid)
		s->end_uid = s->start_uid;
	s->only_newest = !s->catching_up && s->run.uids.count > LIMIT_IMAP_BATCH;
	if (s->only_newest)
		keep_newest(s);
	else if (s->catching_up)
		pass_over_fresh(s);
	mail_run_start(&s->run);
	return 0;
}

/* Behind the last folder: long ones once more, or the end. */
static void end_of_folders(struct imap_source *s)
{
	for (size_t i = 0; i < s->folder_count && !s->catching_up; i++)
		if (s->folders[i].fresh_end) {
			s->catching_up = true;
			s->folder_at = 0;
			return;
		}
	s->step = STEP_RETRY;
	s->folder_at = 0;
	s->run.again = false;
	s->census_from = 0;
}

/* Opens the next folder and tells how that went. */
int imap_folder(struct imap_source *s, struct source_item *out, struct error *err)
{
	if (s->folder_at == s->folder_count) {
		end_of_folders(s);
		return 0;
	}
	struct folder *f = &s->folders[s->folder_at];
	if (s->catching_up && !f->fresh_end) {
		s->folder_at++;
		return 0;
	}
	buf_clear(&s->text);
	s->uidvalidity = s->anew_from = 0;
	if (f->missing) {
		buf_add_cstr(&s->text, "missing: the server has no such folder");
	} else {
		int code = session_examine(&s->session, f->wire);
		if (code != MAILIMAP_NO_ERROR && !session_refused(&s->session, code))
			return session_error(&s->session, code, err, "cannot open a folder");
		if (code == MAILIMAP_NO_ERROR && s->session.uidvalidity != 0) {
			if (begin_folder(s, err) < 0)
				return -1;
			if (s->catching_up)
				return 0; /* it was told */
			return s->text.failed ? error_memory(err) : give_folder(s, out);
		}
		f->missing = true;
		buf_add_cstr(&s->text, "missing: ");
		if (code == MAILIMAP_NO_ERROR)
			buf_add_cstr(&s->text, "it has no UIDVALIDITY");
		else
			session_words(&s->session, &s->text);
	}
	give_folder(s, out);
	imap_leave_folder(s);
	return 1;
}
