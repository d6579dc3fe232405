/* Fetches messages of the open folder without touching their flags: BODY.PEEK and nothing else.
 *
 * The library calls on_octets with literals as they come, which may be before the UID is known, and
 * on_answer at the end of each FETCH. Octets are collected behind body_start and find their message
 * then; what was not asked for is dropped.
 */
#include "imap_fetch.h"

#include "base/clock.h"
#include <stdio.h>

/* A server that keeps no index of headers reads all of them for one field. */
#define FROM_BYTES (8 * KIB)

static bool on_octets(int type, struct mailimap_msg_att_body_section *section, const char *octets,
	size_t len, void *context)
{
	struct batch *b = context;
	(void)type;
	(void)section;
	if (b->wants_octets)
		buf_add(&b->octets, octets, len);
	return !b->octets.failed;
}

/* RFC 3501 date-time; a zone of +0530 reads as 530. */
static bool read_date(const struct mailimap_date_time *d, int64_t *at_us)
{
	struct date day = {d->dt_year, d->dt_month, d->dt_day};
	int zone_min = d->dt_zone / 100 * 60 + d->dt_zone % 100;
	if (!date_valid(day) || d->dt_hour < 0 || d->dt_hour > 23 || d->dt_min < 0 ||
		d->dt_min > 59 || d->dt_sec < 0 || d->dt_sec > 60 || zone_min < -24 * 60 ||
		zone_min > 24 * 60)
		return false;
	int64_t minutes = d->dt_hour * 60 + d->dt_min - zone_min;
	*at_us = date_to_days(day) * DAY_US + minutes * MINUTE_US + d->dt_sec * SECOND_US;
	return true;
}

/* What one FETCH answer said. */
struct answer {
	uint32_t uid;
	bool has_size, has_internal, has_octets;
	uint32_t size_bytes;
	int64_t internal_at_us;
	struct str quoted; /* octets that came as a quoted string, or empty */
};

static void read_item(const struct mailimap_msg_att_static *item, struct answer *a)
{
	const struct mailimap_msg_att_body_section *section;
	const struct mailimap_date_time *date;
	switch (item->att_type) {
	case MAILIMAP_MSG_ATT_UID:
		a->uid = item->att_data.att_uid;
		break;
	case MAILIMAP_MSG_ATT_RFC822_SIZE:
		a->has_size = true;
		a->size_bytes = item->att_data.att_rfc822_size;
		break;
	case MAILIMAP_MSG_ATT_INTERNALDATE:
		date = item->att_data.att_internal_date;
		a->has_internal = date && read_date(date, &a->internal_at_us);
		break;
	case MAILIMAP_MSG_ATT_BODY_SECTION:
		section = item->att_data.att_body_section;
		a->has_octets = section && section->sec_body_part; /* NIL has none */
		if (a->has_octets)
			a->quoted = (struct str){section->sec_body_part, section->sec_length};
		break;
	default:
		break;
	}
}

static struct fetched *find_item(struct batch *b, uint32_t uid)
{
	for (size_t i = b->first; i < b->end; i++)
		if (b->items[i].uid == uid)
			return &b->items[i];
	return NULL;
}

static void on_answer(struct mailimap_msg_att *message, void *context)
{
	struct batch *b = context;
	struct answer a = {0};
	for (clistiter *i = clist_begin(message->att_list); i; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);
		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC && item->att_data.att_static)
			read_item(item->att_data.att_static, &a);
	}
	struct fetched *f = a.uid ? find_item(b, a.uid) : NULL;
	if (f && !b->wants_octets)
		f->answered = true;
	if (f && a.has_size && !b->wants_octets) {
		f->has_size = true;
		f->size_bytes = a.size_bytes;
		f->has_internal = a.has_internal;
		f->internal_at_us = a.internal_at_us;
	}
	if (f && a.has_octets && b->wants_octets && f->state == FETCH_WANTED) {
		if (b->octets.len == b->body_start)
			buf_add_str(&b->octets, a.quoted);
		f->start = b->body_start;
		f->len = b->octets.len - b->body_start;
		f->state = FETCH_ARRIVED;
		b->body_start = b->octets.len;
	} else if (!b->octets.failed) {
		b->octets.len = b->body_start;
	}
}

static void add_uids(struct buf *line, const struct batch *b)
{
	bool some = false;
	for (size_t i = b->first; i < b->end; i++) {
		if (b->wants_octets && b->items[i].state != FETCH_WANTED)
			continue;
		buf_add_format(line, "%s%u", some ? "," : "", b->items[i].uid);
		some = true;
	}
}

static int fetch(struct imap_session *s, struct batch *b, const char *what, uint64_t asked_bytes,
	uint64_t literal_cap)
{
	struct buf line = {0};
	buf_add_cstr(&line, "UID FETCH ");
	add_uids(&line, b);
	buf_add_format(&line, " (UID %s)", what);
	b->body_start = b->octets.len;
	b->octets.max = b->octets.len + 2 * LIMIT_IMAP_BATCH_BYTES;
	int code = MAILIMAP_ERROR_MEMORY;
	if (!line.failed) {
		mailimap_set_msg_att_handler(s->imap, on_answer, b);
		mailimap_set_msg_body_handler(s->imap, on_octets, b);
		code = session_command(s, buf_cstr(&line), asked_bytes, literal_cap);
		mailimap_set_msg_att_handler(s->imap, NULL, NULL);
		mailimap_set_msg_body_handler(s->imap, NULL, NULL);
	}
	buf_finish(&line);
	/* octets of an answer that broke off */
	if (!b->octets.failed)
		b->octets.len = b->body_start;
	return b->octets.failed ? MAILIMAP_ERROR_MEMORY : code;
}

int batch_fetch_sizes(struct imap_session *s, struct batch *b, size_t first, size_t end)
{
	b->first = first;
	b->end = end;
	b->wants_octets = false;
	for (size_t i = first; i < end; i++)
		b->items[i].answered = b->items[i].has_size = false;
	return fetch(s, b, "RFC822.SIZE INTERNALDATE", 0, 64 * KIB);
}

int batch_fetch_whole(struct imap_session *s, struct batch *b, size_t first, size_t end)
{
	uint64_t asked_bytes = 0;
	b->first = first;
	b->end = end;
	b->wants_octets = true;
	for (size_t i = first; i < end; i++)
		asked_bytes += b->items[i].size_bytes;
	/* some servers count sizes a little wrong */
	return fetch(s, b, "BODY.PEEK[]", asked_bytes, 2 * LIMIT_IMAP_WHOLE);
}

static int fetch_part(struct imap_session *s, struct batch *b, size_t item, const char *section,
	uint64_t offset, size_t size)
{
	char what[80];
	b->first = item;
	b->end = item + 1;
	b->wants_octets = true;
	snprintf(what, sizeof(what), "BODY.PEEK[%s]<%llu.%zu>", section, (unsigned long long)offset,
		size);
	return fetch(s, b, what, size, size);
}

int batch_fetch_header(struct imap_session *s, struct batch *b, size_t item)
{
	return fetch_part(s, b, item, "HEADER", 0, LIMIT_HEADER_BLOCK);
}

int batch_fetch_from(struct imap_session *s, struct batch *b, size_t first, size_t end)
{
	b->first = first;
	b->end = end;
	b->wants_octets = true;
	return fetch(s, b, "BODY.PEEK[HEADER.FIELDS (FROM)]", (end - first) * FROM_BYTES,
		LIMIT_ADDRESS_HEADER);
}

int batch_fetch_piece(struct imap_session *s, struct batch *b, size_t item, uint64_t offset)
{
	return fetch_part(s, b, item, "", offset, LIMIT_IMAP_PIECE);
}
