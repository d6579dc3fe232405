/* One IMAP account as a source: folder after folder, new mail first, then what earlier rounds did
   not look for. */
#include "imap.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "wait.h"
#include <stdlib.h>
#include <sys/prctl.h>

static int list_folders(struct imap_source *s, struct error *err)
{
	free(s->folders);
	s->folders = NULL;
	s->folder_count = 0;
	if (session_list(&s->session, &s->list, err) < 0)
		return -1;
	return folder_choose(&s->list, &s->plan->folders, &s->folders, &s->folder_count, err);
}

/* A token may have aged since it was kept somewhere: its program is asked once more, and what it
   gives then is tried when it is another one. */
static bool get_other_token(const struct imap_source *s, struct buf *token)
{
	struct buf other = {0};
	bool differs = s->plan->secret(s->plan->secret_context, &other, NULL) == 0 &&
		!str_eq(buf_str(&other), buf_str(token));
	if (differs) {
		buf_wipe(token);
		*token = other;
		other = (struct buf){0};
	}
	buf_wipe(&other);
	return differs;
}

static int log_in(struct imap_source *s, struct error *err)
{
	struct buf secret = {0};
	if (s->plan->secret(s->plan->secret_context, &secret, err) < 0)
		return -1;
	struct error why = {0};
	int result = session_open(&s->session, s->plan, buf_str(&secret), &why);
	if (result < 0 && why.kind == ERROR_LOGIN && s->plan->auth != IMAP_AUTH_PASSWORD &&
		get_other_token(s, &secret)) {
		session_close(&s->session);
		result = session_open(&s->session, s->plan, buf_str(&secret), &why);
	}
	buf_wipe(&secret);
	if (result < 0 && err)
		*err = why;
	return result;
}

/* While it has a secret, no other process of the same user may trace it, and it leaves no core. */
static int log_in_unseen(struct imap_source *s, struct error *err)
{
	int before = prctl(PR_GET_DUMPABLE);
	prctl(PR_SET_DUMPABLE, 0);
	int result = log_in(s, err);
	prctl(PR_SET_DUMPABLE, before == 1);
	return result;
}

int imap_reconnect(struct imap_source *s, struct error *err)
{
	if (++s->reconnects > LIMIT_IMAP_RECONNECTS)
		return error_set(err, ERROR_TEMPORARY,
			"too many answers of '%.*s' are not understood", STR_ARG(s->plan->host));
	session_close(&s->session);
	if (log_in_unseen(s, err) < 0)
		return -1;
	int code = session_examine(&s->session, s->folders[s->folder_at].wire);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(&s->session, code, err, "cannot open the folder again");
	if (s->session.uidvalidity != s->uidvalidity)
		return error_set(err, ERROR_TEMPORARY, "UIDVALIDITY changed while fetching");
	return 0;
}

static int give_position(struct imap_source *s, struct source_item *out, bool complete)
{
	*out = (struct source_item){
		.event = SOURCE_POSITION,
		.folder = s->folders[s->folder_at].name,
		.uidvalidity = s->uidvalidity,
		.next_uid = s->next_uid,
		.watched_complete = complete,
	};
	s->run.position_due = false;
	return 1;
}

static void tell_progress(struct imap_source *s)
{
	if (s->watcher.progress && s->run.uids.count > 0)
		s->watcher.progress(s->watcher.context, s->folders[s->folder_at].name,
			s->step == STEP_BACK_FILL ? STR("back-filling") : STR("fetching"),
			s->run.sized - s->run.batch.count + s->run.next, s->run.uids.count);
}

/* The batch that ended: the keeper can store its messages and the position at once. */
static bool batch_ended(const struct mail_run *r)
{
	return r->position_due && (r->next >= r->loaded || r->alone) && !r->in_pieces;
}

/* The folder in which news are waited for. */
static size_t first_present(const struct imap_source *s)
{
	size_t at = 0;
	while (at < s->folder_count && s->folders[at].missing)
		at++;
	return at;
}

static int step_new_mail(struct imap_source *s, struct source_item *out, struct error *err)
{
	struct mail_run *r = &s->run;
	if (!s->only_newest && batch_ended(r) &&
		(r->next < r->batch.count || r->sized < r->uids.count)) {
		s->next_uid = uid_behind(r->batch.items[r->next - 1].uid);
		tell_progress(s);
		return give_position(s, out, s->unwatched.count == 0);
	}
	int given = mail_next(s, out, err);
	if (given != 0)
		return given;
	if (s->only_newest || r->refused) {
		tell_progress(s);
		imap_leave_folder(s);
		return 0;
	}

	uint32_t end = s->end_uid;
	if (r->uids.count > 0 && end <= r->uids.items[r->uids.count - 1])
		end = uid_behind(r->uids.items[r->uids.count - 1]);
	bool moved = end > s->start_uid || s->watch_changed;
	if (end > s->next_uid)
		s->next_uid = end;
	if (s->folder_at == first_present(s))
		s->waited_next_uid = s->next_uid;
	tell_progress(s);
	if (s->unwatched.count > 0 && s->start_uid > 1) {
		s->step = STEP_SEARCH;
		return moved ? give_position(s, out, false) : 0;
	}
	if (moved)
		give_position(s, out, true);
	imap_leave_folder(s);
	return moved ? 1 : 0;
}

/* Finds what earlier rounds gave away because nobody watched for it then. */
static int step_search(struct imap_source *s, struct source_item *out, struct error *err)
{
	(void)out;
	struct mail_run *r = &s->run;
	struct search q = {
		.first = 1,
		.last = s->start_uid - 1,
		.since = s->plan->has_since ? &s->plan->since : NULL,
		.parties = &s->unwatched,
	};
	size_t kept = 0;
	if (session_search(&s->session, &q, &r->uids, err) < 0)
		return -1;
	for (size_t i = 0; i < r->uids.count; i++) {
		int has = s->watcher.has
			? s->watcher.has(s->watcher.context, s->folders[s->folder_at].name,
				  s->uidvalidity, r->uids.items[i], err)
			: 0;
		if (has < 0)
			return -1;
		if (!has)
			r->uids.items[kept++] = r->uids.items[i];
	}
	r->uids.count = kept;
	mail_run_start(r);
	s->step = STEP_BACK_FILL;
	return 0;
}

static int step_back_fill(struct imap_source *s, struct source_item *out, struct error *err)
{
	struct mail_run *r = &s->run;
	if (batch_ended(r) && (r->next < r->batch.count || r->sized < r->uids.count)) {
		tell_progress(s);
		return give_position(s, out, false);
	}
	int given = mail_next(s, out, err);
	if (given != 0)
		return given;
	tell_progress(s);
	if (!r->refused)
		give_position(s, out, !r->uids.unsaid);
	imap_leave_folder(s);
	return r->refused ? 0 : 1;
}

static int step_end(struct imap_source *s, struct source_item *out, struct error *err)
{
	(void)out;
	/* a connection waits for the next round for hours, and there may be hundreds */
	mail_run_finish(&s->run);
	if (!s->refusal.kind)
		return 0;
	*err = s->refusal;
	return -1;
}

static int imap_next(struct source *base, struct source_item *out, struct error *err)
{
	static int (*const steps[])(struct imap_source *, struct source_item *, struct error *) = {
		[STEP_FOLDER] = imap_folder,
		[STEP_NEW_MAIL] = step_new_mail,
		[STEP_SEARCH] = step_search,
		[STEP_BACK_FILL] = step_back_fill,
		[STEP_RETRY] = imap_retry,
		[STEP_CENSUS] = imap_census,
		[STEP_END] = step_end,
	};
	struct imap_source *s = (struct imap_source *)base;
	for (;;) {
		enum imap_step step = s->step;
		int given = steps[step](s, out, err);
		if (given != 0 || step == STEP_END)
			return given;
	}
}

static int imap_again(struct source *base, struct error *err)
{
	struct imap_source *s = (struct imap_source *)base;
	imap_leave_folder(s);
	s->folder_at = 0;
	s->connected_before = true;
	s->catching_up = false;
	s->reconnects = 0;
	s->waited_next_uid = 0;
	if (session_noop(&s->session, err) < 0)
		return -1;
	return list_folders(s, err);
}

/* Opens the folder anew: what came since the round shows in UIDNEXT, what comes now in IDLE. */
static int imap_wait(struct source *base, int64_t timeout_us, struct error *err)
{
	struct imap_source *s = (struct imap_source *)base;
	int64_t deadline_us = clock_monotonic_us() + timeout_us;
	const struct patience clock = {deadline_us, s->base.wake_fd};
	size_t at = first_present(s);
	if (at == s->folder_count || !session_can(&s->session, "IDLE"))
		return wait_for_clock(&clock, err);
	int code = session_examine(&s->session, s->folders[at].wire);
	if (session_refused(&s->session, code))
		return wait_for_clock(&clock, err);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(&s->session, code, err, "cannot open a folder");
	if (s->session.uidnext > s->waited_next_uid)
		return 1;
	return session_idle(&s->session, deadline_us, err);
}

static struct str imap_capabilities(const struct source *base)
{
	const struct imap_source *s = (const struct imap_source *)base;
	return str_trim(buf_str(&s->session.capabilities));
}

static void imap_close(struct source *base)
{
	struct imap_source *s = (struct imap_source *)base;
	session_close(&s->session);
	folder_list_finish(&s->list);
	mail_run_finish(&s->run);
	buf_finish(&s->text);
	free(s->unwatched.items);
	free(s->folders);
	free(s);
}

static const struct source_kind imap_kind = {
	.name = "imap",
	.next = imap_next,
	.again = imap_again,
	.wait = imap_wait,
	.capabilities = imap_capabilities,
	.look = imap_look,
	.senders = imap_senders,
	.append = imap_append,
	.close = imap_close,
};

int source_open_imap(const struct imap_plan *plan, const struct source_watcher *watcher,
	struct source **out, struct error *err)
{
	struct imap_source *s = calloc(1, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->base = (struct source){&imap_kind, plan->wake_fd};
	s->plan = plan;
	if (watcher)
		s->watcher = *watcher;
	if (log_in_unseen(s, err) < 0 || list_folders(s, err) < 0) {
		imap_close(&s->base);
		return -1;
	}
	*out = &s->base;
	return 0;
}
