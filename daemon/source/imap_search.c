/* Asks an IMAP server for UIDs: the new ones, those since a day, those that name an address. */
#include "imap_search.h"

#include "base/array.h"
#include "base/limits.h"
#include "model/platform.h"
#include <stdlib.h>
#include <string.h>

/* Servers take lines of 8 KiB (RFC 7162 section 4): 14 keys of up to 300 octets each. */
#define ADDRESSES_A_SEARCH 4
#define ADDRESS_SIZE 254 /* RFC 5321 */

/* A server that keeps no index of headers reads them all; what it is given time for. */
#define HEADER_BYTES 512

/* The fields as they stand, not FROM and TO: those are of a parsed envelope, and Dovecot finds no
   address in one that it cannot parse ("Jane [ext] <jane@acme.example>"). */
static const char *const party_fields[] = {"HEADER From", "HEADER Sender", "HEADER X-Original-From",
	"HEADER Reply-To", "HEADER To", "HEADER Cc", "HEADER Bcc"};
#define PARTY_FIELDS (sizeof(party_fields) / sizeof(party_fields[0]))
#define SENDER_FIELDS 3 /* the first of them tell who sent it */

void uid_list_finish(struct uid_list *l)
{
	free(l->items);
	memset(l, 0, sizeof(*l));
}

void uid_list_format(const struct uid_list *l, size_t start, size_t end, struct buf *out)
{
	for (size_t i = start; i < end;) {
		size_t run = i + 1;
		while (run < end && l->items[run] == l->items[run - 1] + 1)
			run++;
		buf_add_format(out, "%s%u", i == start ? "" : ",", l->items[i]);
		if (run - i > 1)
			buf_add_format(out, ":%u", l->items[run - 1]);
		i = run;
	}
}

static int compare_uids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void sort_unique(struct uid_list *l)
{
	size_t kept = 0;
	if (l->count > 0)
		qsort(l->items, l->count, sizeof(*l->items), compare_uids);
	for (size_t i = 0; i < l->count; i++)
		if (kept == 0 || l->items[i] != l->items[kept - 1])
			l->items[kept++] = l->items[i];
	l->count = kept;
}

int uid_list_take(struct uid_list *l, const uint32_t *uids, size_t count, struct error *err)
{
	for (l->count = 0; l->count < count; l->count++) {
		if (array_room(&l->items, l->count, &l->cap, sizeof(*l->items)) < 0)
			return error_memory(err);
		l->items[l->count] = uids[l->count];
	}
	l->unsaid = false;
	sort_unique(l);
	return 0;
}

/* Takes the answer's UIDs that were asked for: n:* also brings the last message when its UID is
   below n. */
static int take_answer(
	struct imap_session *s, const struct search *q, struct uid_list *out, struct error *err)
{
	const struct mailimap_response_info *info = s->imap->imap_response_info;
	clist *found = info ? info->rsp_search_result : NULL;
	for (clistiter *i = found ? clist_begin(found) : NULL; i; i = clist_next(i)) {
		uint32_t uid = *(const uint32_t *)clist_content(i);
		if (uid == 0 || uid < q->first || uid > q->last)
			continue;
		if (array_room(&out->items, out->count, &out->cap, sizeof(*out->items)) < 0)
			return error_memory(err);
		out->items[out->count++] = uid;
	}
	return 0;
}

bool search_takes(struct str address)
{
	for (size_t i = 0; i < address.len; i++)
		if (address.ptr[i] < ' ' || address.ptr[i] > '~')
			return false;
	return address.len > 0 && address.len <= ADDRESS_SIZE;
}

/* What a party's mail has in one of the fields: "upwork: Jane D." comes from there. */
static struct str trace_of(struct str party)
{
	const struct platform *platform;
	struct str name;
	return platform_entry(party, &platform, &name) ? platform->domain : party;
}

/* `text` as one key of many: "OR FROM x " and last of all "FROM x". */
static void add_keys(struct buf *out, struct str text, size_t fields, bool last)
{
	for (size_t f = 0; f < fields; f++) {
		buf_add_format(
			out, " %s%s ", last && f == fields - 1 ? "" : "OR ", party_fields[f]);
		imap_add_quoted(out, text);
	}
}

/* jane@acme.example also stands for jane+tag@acme.example: "jane+" finds those. */
static void add_parties(struct buf *out, const struct str *addresses, size_t count, bool from_them)
{
	size_t fields = from_them ? SENDER_FIELDS : PARTY_FIELDS;
	for (size_t i = 0; i < count; i++) {
		struct str address = trace_of(addresses[i]);
		size_t at, plus;
		bool tagged = str_rfind_char(address, '@', &at) && at > 0 &&
			!str_rfind_char(str_slice(address, 0, at), '+', &plus);
		bool last = i == count - 1;
		add_keys(out, address, fields, last && !tagged);
		if (!tagged)
			continue;
		char bare[ADDRESS_SIZE + 1];
		memcpy(bare, address.ptr, at);
		bare[at] = '+';
		add_keys(out, (struct str){bare, at + 1}, fields, last);
	}
}

static void add_since(struct buf *out, const struct date *since)
{
	static const char months[][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	if (since)
		buf_add_format(out, " SINCE %d-%s-%04d", since->day, months[since->month - 1],
			since->year);
}

static int ask(struct imap_session *s, const struct search *q, const struct str *addresses,
	size_t count, uint32_t from_message, uint32_t to_message, struct uid_list *out,
	struct error *err)
{
	struct buf line = {0};
	int result = -1;
	buf_add_cstr(&line, "UID SEARCH");
	if (from_message > 0)
		buf_add_format(&line, " %u:%u", from_message, to_message);
	if (q->last == UINT32_MAX)
		buf_add_format(&line, " UID %u:*", q->first);
	else
		buf_add_format(&line, " UID %u:%u", q->first, q->last);
	/* Gmail's \All holds drafts too, and so may any folder. */
	if (!q->drafts_too)
		buf_add_cstr(&line, " UNDRAFT");
	add_since(&line, q->since);
	add_parties(&line, addresses, count, q->from_them);
	if (line.failed) {
		error_memory(err);
		goto out;
	}
	uint32_t messages = from_message > 0 ? to_message - from_message + 1 : s->exists;
	uint64_t read_bytes = count > 0 ? (uint64_t)messages * HEADER_BYTES : 0;
	int code = session_command(s, buf_cstr(&line), read_bytes, 0);
	out->unsaid |= !stream_searched(s->stream);
	result = code == MAILIMAP_NO_ERROR ? take_answer(s, q, out, err)
					   : session_error(s, code, err, "cannot search");
out:
	buf_finish(&line);
	return result;
}

/* In one go when few UIDs can come; else by message numbers from the newest down, so that an
   EXPUNGE between two steps (which moves numbers down) can repeat a message but never skip one. */
static int ask_in_steps(struct imap_session *s, const struct search *q, const struct str *addresses,
	size_t count, struct uid_list *out, struct error *err)
{
	uint32_t last = q->last == UINT32_MAX && s->uidnext ? s->uidnext - 1 : q->last;
	if (s->exists <= LIMIT_IMAP_SEARCH_RANGE ||
		(last >= q->first && last - q->first < LIMIT_IMAP_SEARCH_RANGE))
		return ask(s, q, addresses, count, 0, 0, out, err);
	for (uint32_t to = s->exists; to > 0;) {
		uint32_t from = to > LIMIT_IMAP_SEARCH_RANGE ? to - LIMIT_IMAP_SEARCH_RANGE + 1 : 1;
		if (ask(s, q, addresses, count, from, to, out, err) < 0)
			return -1;
		to = from - 1;
	}
	return 0;
}

int session_search(
	struct imap_session *s, const struct search *q, struct uid_list *out, struct error *err)
{
	size_t count = q->parties ? q->parties->count : 0;
	out->count = 0;
	out->unsaid = false;
	/* where there has been mail, that there is none is not believed without asking */
	if (q->first > q->last || (s->exists == 0 && s->uidnext <= q->first))
		return 0;
	for (size_t i = 0; i < count; i++)
		if (!search_takes(trace_of(q->parties->items[i])))
			count = 0; /* look at all messages instead */
	if (count == 0 && ask_in_steps(s, q, NULL, 0, out, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i += ADDRESSES_A_SEARCH) {
		size_t some = count - i < ADDRESSES_A_SEARCH ? count - i : ADDRESSES_A_SEARCH;
		if (ask_in_steps(s, q, q->parties->items + i, some, out, err) < 0)
			return -1;
	}
	sort_unique(out);
	return 0;
}
