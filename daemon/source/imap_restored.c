/* A folder that was put back to an earlier state, from a backup or by a replica that lags behind:
 * its UIDNEXT went back, or there is more mail by now, and UIDs that were given before stand for
 * other.
 */
#include "imap.h"

#include <string.h>

static bool is_dated(const struct known_mail *known, const struct fetched *f)
{
	return f->answered && f->has_internal && known->has_internal;
}

/* Octets would tell more, but some servers write them anew for each that asks. */
static bool is_same(const struct known_mail *known, const struct fetched *f)
{
	return is_dated(known, f) && f->internal_at_us == known->internal_at_us && f->has_size &&
		f->size_bytes == known->size_bytes;
}

/* What is known of the folder, as it is now in the batch's items. */
static int ask(struct imap_source *s, const struct folder_state *before, struct error *err)
{
	struct batch *b = &s->run.batch;
	memset(b->items, 0, sizeof(b->items));
	for (size_t i = 0; i < before->newest_count; i++)
		b->items[i].uid = before->newest[i].uid;
	int code = batch_fetch_sizes(&s->session, b, 0, before->newest_count);
	return mail_after_fetch(s, code, err);
}

/* Nothing tells of a mail that is there no longer. */
static bool is_other(const struct imap_source *s, const struct folder_state *before)
{
	const struct fetched *items = s->run.batch.items;
	size_t i = 0;
	while (i < before->newest_count && !is_dated(&before->newest[i], &items[i]))
		i++;
	return i < before->newest_count &&
		items[i].internal_at_us != before->newest[i].internal_at_us;
}

/* UIDs are given in order: below the highest that stands for the same mail as before all do. */
static uint32_t last_same(const struct imap_source *s, const struct folder_state *before)
{
	for (size_t i = 0; i < before->newest_count; i++)
		if (is_same(&before->newest[i], &s->run.batch.items[i]))
			return before->newest[i].uid;
	return 0;
}

int imap_restored(struct imap_source *s, const struct folder_state *before, struct error *err)
{
	bool went_back = s->end_uid < s->start_uid;
	if (before->newest_count && ask(s, before, err) < 0)
		return -1;
	if (!went_back && (!before->newest_count || !is_other(s, before)))
		return 0;
	s->anew_from = s->start_uid = last_same(s, before) + 1;
	buf_add_cstr(&s->text, "put back to an earlier state (");
	if (went_back)
		buf_add_format(
			&s->text, "UIDNEXT went back from %u to %u", before->next_uid, s->end_uid);
	else
		buf_add_cstr(&s->text, "UIDs stand for other mail");
	buf_add_format(&s->text, "): all messages from UID %u on again, ", s->start_uid);
	return 0;
}
