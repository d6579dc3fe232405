/* Gives the messages of a run one after the other: whole, in pieces, as header only when too large,
 * or as unreadable, so that one bad message never stops those behind it.
 */
#include "imap.h"

#include "base/clock.h"
#include <stdio.h>
#include <string.h>

void mail_run_start(struct mail_run *r)
{
	r->sized = r->careful = r->next = r->loaded = 0;
	r->batch.count = 0;
	r->in_pieces = r->alone = false;
	r->given = 0;
	r->position_due = false;
	r->works = r->again = r->refused = false;
	buf_clear(&r->batch.octets);
}

void mail_run_finish(struct mail_run *r)
{
	uid_list_finish(&r->uids);
	buf_finish(&r->batch.octets);
}

int mail_after_fetch(struct imap_source *s, int code, struct error *err)
{
	if (code == MAILIMAP_NO_ERROR || session_refused(&s->session, code))
		return 0;
	if (code == MAILIMAP_ERROR_PARSE && !stream_error(s->session.stream)->kind)
		return imap_reconnect(s, err);
	if (code == MAILIMAP_ERROR_MEMORY && s->run.batch.octets.failed)
		return error_set(err, ERROR_TEMPORARY, "'%.*s' sends more than it was asked for",
			STR_ARG(s->plan->host));
	return session_error(&s->session, code, err, "cannot fetch");
}

/* Nobody says how large it is: fetched in pieces where that may be. */
static void assume_size(const struct imap_source *s, struct fetched *f)
{
	uint64_t most = s->plan->max_size_bytes;
	f->has_size = true;
	f->size_bytes = (uint32_t)(most < LIMIT_IMAP_WHOLE ? most : LIMIT_IMAP_WHOLE + 1);
}

/* Sizes of the next UIDs. */
static int next_batch(struct imap_source *s, struct error *err)
{
	struct mail_run *r = &s->run;
	struct batch *b = &r->batch;
	size_t left = r->uids.count - r->sized;
	size_t count = r->careful ? 1 : left < LIMIT_IMAP_BATCH ? left : LIMIT_IMAP_BATCH;
	memset(b->items, 0, sizeof(b->items));
	for (size_t i = 0; i < count; i++)
		b->items[i].uid = r->uids.items[r->sized + i];
	b->count = count;
	int code = batch_fetch_sizes(&s->session, b, 0, count);
	if (mail_after_fetch(s, code, err) < 0)
		return -1;
	r->next = r->loaded = 0;
	if (code == MAILIMAP_ERROR_PARSE && count > 1) {
		b->count = 0;
		r->careful = count;
		return 0;
	}
	if (code == MAILIMAP_ERROR_PARSE)
		assume_size(s, &b->items[0]);
	r->sized += count;
	r->careful -= r->careful ? 1 : 0;
	return 0;
}

/* No size came for the message at run.next: it is gone, or it was left out. */
static int size_alone(struct imap_source *s, struct error *err)
{
	struct mail_run *r = &s->run;
	struct fetched *f = &r->batch.items[r->next];
	f->asked_alone = true;
	int code = batch_fetch_sizes(&s->session, &r->batch, r->next, r->next + 1);
	if (mail_after_fetch(s, code, err) < 0)
		return -1;
	if (code == MAILIMAP_NO_ERROR && !f->answered)
		f->state = FETCH_GONE;
	else if (!f->has_size && f->state == FETCH_WANTED)
		assume_size(s, f);
	return 0;
}

static bool is_too_large(const struct imap_source *s, const struct fetched *f)
{
	return f->size_bytes > s->plan->max_size_bytes;
}

static bool is_whole(const struct imap_source *s, const struct fetched *f)
{
	return f->size_bytes <= LIMIT_IMAP_WHOLE && !is_too_large(s, f);
}

/* Asks for the message at run.next and those behind it that fit into the same batch. */
static int load(struct imap_source *s, struct error *err)
{
	struct mail_run *r = &s->run;
	struct batch *b = &r->batch;
	uint64_t bytes = 0;
	size_t end = r->next;
	buf_clear(&b->octets);
	while (end < b->count && is_whole(s, &b->items[end]) &&
		(end == r->next || b->items[end].has_size) &&
		(end == r->next || bytes + b->items[end].size_bytes <= LIMIT_IMAP_BATCH_BYTES))
		bytes += b->items[end++].size_bytes;
	r->loaded = end;
	r->alone = false;
	return mail_after_fetch(s, batch_fetch_whole(&s->session, b, r->next, end), err);
}

/* A server in trouble refuses all mail, and is asked again later; one that gives others cannot give
   this one. Of a few the ones that it refuses tell nothing, and little is lost by noting them. */
static bool gives_others(struct imap_source *s)
{
	const uint32_t numbers[] = {1, s->session.exists};
	s->run.works |= s->session.exists <= LIMIT_IMAP_FEW;
	for (size_t i = 0; i < 2 && !s->run.works; i++) {
		char line[64];
		snprintf(line, sizeof(line), "FETCH %u (UID BODY.PEEK[]<0.1>)", numbers[i]);
		s->run.works = session_command(&s->session, line, 1, LIMIT_IMAP_PIECE) ==
			MAILIMAP_NO_ERROR;
	}
	return s->run.works;
}

/* All mail of the open folder is refused: the others are read before that counts. */
static int put_folder_aside(struct imap_source *s, int code)
{
	struct error why = {0};
	session_error(&s->session, code, &why, "cannot fetch");
	if (!s->refusal.kind)
		s->refusal = why;
	s->run.refused = true;
	return 0;
}

/* The message at run.next by itself: it did not come with the others. Afterwards it has arrived, is
   gone or unreadable. */
static int load_alone(struct imap_source *s, bool header, struct error *err)
{
	struct mail_run *r = &s->run;
	struct fetched *f = &r->batch.items[r->next];
	r->alone = true;
	if (r->loaded == r->next) {
		buf_clear(&r->batch.octets);
		r->loaded = r->next + 1;
	}
	int code = header ? batch_fetch_header(&s->session, &r->batch, r->next)
			  : batch_fetch_whole(&s->session, &r->batch, r->next, r->next + 1);
	if (mail_after_fetch(s, code, err) < 0)
		return -1;
	if (f->state == FETCH_ARRIVED)
		return 0;
	if (code != MAILIMAP_NO_ERROR && !gives_others(s))
		return put_folder_aside(s, code);
	f->state = FETCH_UNREADABLE;
	return code == MAILIMAP_ERROR_PARSE ? 0 : size_alone(s, err);
}

static void fill_item(
	struct imap_source *s, struct source_item *out, enum source_event event, struct fetched *f)
{
	*out = (struct source_item){
		.event = event,
		.folder = s->folders[s->folder_at].name,
		.uidvalidity = s->uidvalidity,
		.raw =
			{
				.place = {.account = s->plan->account,
					.folder = s->folders[s->folder_at].name,
					.uidvalidity = s->uidvalidity,
					.uid = f->uid},
				.has_internal = f->has_internal,
				.internal_at_us = f->internal_at_us,
				.seen_at_us = clock_now_us(NULL),
				.size_bytes = f->size_bytes,
			},
	};
}

static int give_message(struct imap_source *s, struct source_item *out)
{
	struct mail_run *r = &s->run;
	struct fetched *f = &r->batch.items[r->next++];
	if (f->state == FETCH_ARRIVED && !f->len && f->size_bytes && !r->in_pieces)
		f->state = FETCH_UNREADABLE; /* nothing is no mail */
	fill_item(s, out, SOURCE_MESSAGE, f);
	r->given++;
	r->works |= f->state == FETCH_ARRIVED;
	r->position_due = true;
	if (r->in_pieces) {
		out->in_pieces = f->state != FETCH_UNREADABLE;
		out->raw.size_bytes = r->offset;
		r->in_pieces = false;
	} else if (f->state == FETCH_ARRIVED) {
		out->raw.octets = str_slice(buf_str(&r->batch.octets), f->start, f->start + f->len);
	}
	if (f->state == FETCH_GONE) {
		out->raw.state = RAW_GONE;
	} else if (f->state == FETCH_UNREADABLE) {
		out->raw.state = RAW_POISON;
		out->raw.size_bytes = f->size_bytes;
	} else if (is_too_large(s, f)) {
		out->raw.state = RAW_TOO_LARGE;
	} else if (!out->in_pieces) {
		out->raw.size_bytes = f->len;
	}
	return 1;
}

/* Its pieces count for nothing, and what becomes of the message is seen to without them. */
static int drop_pieces(struct mail_run *r)
{
	r->in_pieces = false;
	r->loaded = r->next;
	return 0;
}

/* The next piece, or the message behind its last one; 0 when neither can be. A short piece is the
   last; of a message that goes on beyond max_size the header is asked for. */
static int give_piece(struct imap_source *s, struct source_item *out, struct error *err)
{
	struct mail_run *r = &s->run;
	struct fetched *f = &r->batch.items[r->next];
	if (f->state == FETCH_ARRIVED && f->len < LIMIT_IMAP_PIECE)
		return give_message(s, out);
	buf_clear(&r->batch.octets);
	f->state = FETCH_WANTED;
	f->len = 0;
	int code = batch_fetch_piece(&s->session, &r->batch, r->next, r->offset);
	if (mail_after_fetch(s, code, err) < 0)
		return -1;
	if (code != MAILIMAP_NO_ERROR && f->state != FETCH_ARRIVED && !gives_others(s))
		return put_folder_aside(s, code);
	if (r->refused)
		return 0;
	if (f->state != FETCH_ARRIVED) {
		f->state = FETCH_UNREADABLE;
		if (code == MAILIMAP_NO_ERROR && size_alone(s, err) < 0)
			return -1;
		return f->state == FETCH_GONE ? drop_pieces(r) : give_message(s, out);
	}
	if (r->offset + f->len > s->plan->max_size_bytes) {
		f->state = FETCH_WANTED;
		f->size_bytes = (uint32_t)(r->offset + f->len);
		return drop_pieces(r);
	}
	if (f->len == 0)
		return give_message(s, out);
	fill_item(s, out, SOURCE_PIECE, f);
	out->piece = buf_str(&r->batch.octets);
	r->offset += f->len;
	return 1;
}

/* Asks for what the wanted message at run.next lacks. */
static int ask_for_next(struct imap_source *s, struct error *err)
{
	struct mail_run *r = &s->run;
	const struct fetched *f = &r->batch.items[r->next];
	if (!f->has_size && !f->asked_alone)
		return size_alone(s, err);
	if (is_too_large(s, f))
		return load_alone(s, true, err);
	if (is_whole(s, f))
		return r->next == r->loaded ? load(s, err) : load_alone(s, false, err);
	r->in_pieces = true;
	r->offset = 0;
	r->loaded = r->next + 1;
	return 0;
}

int mail_next(struct imap_source *s, struct source_item *out, struct error *err)
{
	struct mail_run *r = &s->run;
	while (!r->refused) {
		int given = r->in_pieces ? give_piece(s, out, err) : 0;
		if (given)
			return given;
		if (r->in_pieces || r->refused)
			continue;
		if (r->next == r->batch.count) {
			if (r->sized == r->uids.count)
				return 0;
			if (next_batch(s, err) < 0)
				return -1;
			continue;
		}
		enum fetch_state state = r->batch.items[r->next].state;
		if (state == FETCH_WANTED) {
			if (ask_for_next(s, err) < 0)
				return -1;
			continue;
		}
		if (r->loaded == r->next)
			r->loaded++; /* nothing was asked for, and nothing needs to be */
		if (state != FETCH_GONE || r->again)
			return give_message(s, out);
		r->next++;
	}
	return 0;
}
