/* A folder that was put back to an earlier state, from a backup or by a replica that lags behind:
 * its UIDNEXT went back, and UIDs that were given before stand for other mail.
 */
#include "imap.h"

#include <string.h>

/* Octets would tell more, but some servers write them anew for each that asks. */
static bool is_same(const struct known_mail *known, const struct fetched *f)
{
	return f->answered && f->has_size && f->has_internal && known->has_internal &&
		f->internal_at_us == known->internal_at_us && f->size_bytes == known->size_bytes;
}

/* The highest UID that stands for the same mail as before; 0: of none it is known. UIDs are given
   in order: then all below it do. */
static int last_same(
	struct imap_source *s, const struct folder_state *before, uint32_t *uid, struct error *err)
{
	struct batch *b = &s->run.batch;
	*uid = 0;
	if (!before->newest_count)
		return 0;
	memset(b->items, 0, sizeof(b->items));
	for (size_t i = 0; i < before->newest_count; i++)
		b->items[i].uid = before->newest[i].uid;
	int code = batch_fetch_sizes(&s->session, b, 0, before->newest_count);
	if (mail_after_fetch(s, code, err) < 0)
		return -1;
	for (size_t i = 0; i < before->newest_count && !*uid; i++)
		if (is_same(&before->newest[i], &b->items[i]))
			*uid = before->newest[i].uid;
	return 0;
}

int imap_restored(struct imap_source *s, const struct folder_state *before, struct error *err)
{
	uint32_t same;
	if (last_same(s, before, &same, err) < 0)
		return -1;
	s->anew_from = s->start_uid = same + 1;
	buf_add_format(&s->text, "put back to an earlier state (UIDNEXT went back from %u to %u): ",
		before->next_uid, s->end_uid);
	buf_add_format(&s->text, "all messages from UID %u on again, ", s->start_uid);
	return 0;
}
