/* Reads who wrote the mail of an IMAP account: one field of each message, and nothing else of it.
 */
#include "imap.h"

#include "base/clock.h"
#include <stdlib.h>

/* Begins a batch of those UIDs. */
static void batch_take(struct batch *b, const uint32_t *uids, size_t count)
{
	buf_clear(&b->octets);
	b->count = count;
	for (size_t i = 0; i < count; i++)
		b->items[i] = (struct fetched){.uid = uids[i]};
}

static int give_fields(const struct batch *b, const struct source_senders *ask, struct error *err)
{
	for (size_t i = b->count; i-- > 0;) {
		const struct fetched *f = &b->items[i];
		if (f->state != FETCH_ARRIVED)
			continue;
		struct str field = str_slice(buf_str(&b->octets), f->start, f->start + f->len);
		if (ask->from(ask->context, field, err) < 0)
			return -1;
	}
	return 0;
}

/* From the newest down, a batch at a time. */
static int read_fields(struct imap_source *s, const struct uid_list *uids, struct batch *b,
	const struct source_senders *ask, struct error *err)
{
	for (size_t left = uids->count; left > 0 && clock_monotonic_us() < ask->deadline_us;) {
		size_t count = left < LIMIT_IMAP_BATCH ? left : LIMIT_IMAP_BATCH;
		left -= count;
		batch_take(b, uids->items + left, count);
		int code = batch_fetch_from(&s->session, b, 0, count);
		if (code != MAILIMAP_NO_ERROR && !session_refused(&s->session, code))
			return session_error(&s->session, code, err, "cannot read who wrote");
		if (give_fields(b, ask, err) < 0)
			return -1;
	}
	return 0;
}

static int read_folder(struct imap_source *s, const struct folder *f, struct batch *b,
	const struct source_senders *ask, struct error *err)
{
	struct uid_list uids = {0};
	const struct search q = {.first = 1, .last = UINT32_MAX, .since = &ask->since};
	int code = session_examine(&s->session, f->wire);
	if (session_refused(&s->session, code))
		return 0;
	if (code != MAILIMAP_NO_ERROR)
		return session_error(&s->session, code, err, "cannot open a folder");
	int result = session_search(&s->session, &q, &uids, err);
	if (!result)
		result = ask->folder(ask->context, f->name, (uint32_t)uids.count, err);
	if (!result)
		result = read_fields(s, &uids, b, ask, err);
	uid_list_finish(&uids);
	return result;
}

int imap_senders(struct source *base, const struct source_senders *ask, struct error *err)
{
	struct imap_source *s = (struct imap_source *)base;
	struct batch *b = calloc(1, sizeof(*b));
	int result = b ? 0 : error_memory(err);
	for (size_t i = 0; i < s->folder_count && !result; i++)
		if (!s->folders[i].missing)
			result = read_folder(s, &s->folders[i], b, ask, err);
	if (b)
		buf_finish(&b->octets);
	free(b);
	return result;
}
