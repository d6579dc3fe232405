/* A reply as a mail among the drafts, once for the same words. */
#include "app/drafting.h"
#include "app/rulebook.h"
#include "base/crypto.h"
#include "base/utf8.h"
#include "config/config.h"
#include "message/compose.h"
#include "message/message_parse.h"
#include "reply.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <string.h>

#define REFERENCES_MOST 20 /* the first, and the last of a long thread (RFC 5537 section 3.4.4) */
#define TAG_DIGITS 24      /* of the sum that a draft is known by */
#define CHECK_DIGITS 8     /* of the sum of those: nobody else's names have them by chance */
#define SHOWN_MOST 80

/* The mailbox that it came from; of what was imported the only one there is. NULL: there is none.
 */
static const struct account *find_account(
	const struct config *config, const struct indexed_message *m, struct error *err)
{
	const struct account *any = NULL;
	size_t count = 0;
	for (size_t i = 0; i < config->account_count; i++) {
		const struct account *a = &config->accounts[i];
		if (a->type != ACCOUNT_IMAP)
			continue;
		if (str_eq(a->name, m->place.account))
			return a;
		any = a;
		count++;
	}
	if (count == 1)
		return any;
	error_set(err, ERROR_CONFIG,
		"it came from '%.*s', which is no mailbox of the configuration that a draft can go to",
		STR_ARG(m->place.account));
	return NULL;
}

/* What may follow the @ of a Message-ID as it is (RFC 5322 section 3.6.4). */
static struct str domain_of(struct str address)
{
	size_t at;
	if (!str_rfind_char(address, '@', &at) || at + 1 == address.len)
		return STR("localhost.invalid");
	struct str domain = str_slice(address, at + 1, address.len);
	for (size_t i = 0; i < domain.len; i++) {
		char c = domain.ptr[i];
		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') &&
			c != '.' && c != '-')
			return STR("localhost.invalid");
	}
	return domain;
}

/* The digits behind a tag, by which a name is known as ours without a word that a client could read
   something into. */
static int check_digits(struct str tag, char out[SHA256_HEX_SIZE], struct error *err)
{
	struct sha256 sum;
	if (sha256_of(tag, &sum, err) < 0)
		return -1;
	sha256_hex(&sum, out);
	return 0;
}

bool reply_is_ours(struct str message_id)
{
	char check[SHA256_HEX_SIZE];
	if (message_id.len <= TAG_DIGITS + CHECK_DIGITS ||
		message_id.ptr[TAG_DIGITS + CHECK_DIGITS] != '@' ||
		check_digits(str_slice(message_id, 0, TAG_DIGITS), check, NULL) < 0)
		return false;
	return str_eq(str_slice(message_id, TAG_DIGITS, TAG_DIGITS + CHECK_DIGITS),
		(struct str){check, CHECK_DIGITS});
}

/* The same words to the same message are the same draft, whenever it is made. */
static int name_draft(const struct indexed_message *m, const struct reply *reply, struct str from,
	struct arena *arena, struct str *out, struct error *err)
{
	struct buf all = {0};
	struct sha256 sum;
	char hex[SHA256_HEX_SIZE], check[SHA256_HEX_SIZE];
	sha256_hex(&m->sum, hex);
	buf_add_format(&all, "%s\n%.*s\n%.*s\n", hex, STR_ARG(reply->to), STR_ARG(reply->subject));
	buf_add_str(&all, reply->text);
	int result = all.failed ? error_memory(err) : sha256_of(buf_str(&all), &sum, err);
	buf_finish(&all);
	if (result < 0)
		return -1;
	sha256_hex(&sum, hex);
	if (check_digits((struct str){hex, TAG_DIGITS}, check, err) < 0)
		return -1;
	*out = arena_format(arena, "%.*s%.*s@%.*s", TAG_DIGITS, hex, CHECK_DIGITS, check,
		STR_ARG(domain_of(from)));
	return out->ptr ? 0 : error_memory(err);
}

/* Of what can stand in a field as it is, so that a draft goes to one person. */
static int check_address(struct str to, struct error *err)
{
	size_t at, rest;
	bool fits = str_find(to, STR("@"), &at) && at > 0 && at + 1 < to.len &&
		!str_find(str_slice(to, at + 1, to.len), STR("@"), &rest);
	for (size_t i = 0; i < to.len; i++)
		fits = fits && to.ptr[i] > ' ' && to.ptr[i] <= '~' &&
			!strchr(",;:<>()[]\\\"", to.ptr[i]);
	struct buf shown = {0};
	utf8_add_visible(&shown, str_slice(to, 0, SHOWN_MOST), false);
	int result = fits
		? 0
		: error_set(err, ERROR_INPUT,
			  "its sender '%s' is no address that a draft can go to", buf_cstr(&shown));
	buf_finish(&shown);
	return result;
}

/* The thread so far, and last the message itself. Before it stands the draft's own name: programs
   give a mail a new one when it is sent, but leave these as they are, so that it is known then. */
static size_t add_references(
	const struct indexed_message *m, struct str message_id, struct str *out)
{
	struct str rest = m->facts.references, one;
	size_t count = 0;
	while (str_split(&rest, ' ', &one)) {
		if (!one.len)
			continue;
		if (count == REFERENCES_MOST - 2) {
			for (size_t i = 1; i + 1 < count; i++)
				out[i] = out[i + 1];
			count--;
		}
		out[count++] = one;
	}
	out[count++] = message_id;
	if (m->facts.message_id.len)
		out[count++] = m->facts.message_id;
	return count;
}

/* From the address of mine that the message was written to, when it is one of those configured. */
static struct str my_address(const struct me *me, const struct indexed_message *m)
{
	struct str people = m->facts.to, name, mail;
	while (facts_next_person(&people, &name, &mail))
		for (size_t i = 0; i < me->addresses.count; i++)
			if (str_eq_nocase(mail, me->addresses.items[i]))
				return me->addresses.items[i];
	return me->addresses.items[0];
}

static int compose(const struct invocation *in, const struct indexed_message *m,
	const struct reply *reply, int64_t now_us, struct str message_id, struct buf *out,
	struct error *err)
{
	const struct me *me = &in->book->config->me;
	struct str references[REFERENCES_MOST], to = reply->to;
	const struct strs recipients = {&to, 1};
	struct zone_time local;
	zone_local(worktime_zone(in->book->mine), now_us, &local);
	const struct draft draft = {
		.from = my_address(me, m),
		.from_name = me->name,
		.to = &recipients,
		.subject = reply->subject,
		.message_id = message_id,
		.in_reply_to = m->facts.message_id,
		.references = references,
		.reference_count = add_references(m, message_id, references),
		.at_us = now_us,
		.offset_min = local.offset_s / 60,
		.text = reply->text,
	};
	message_library_start();
	return message_compose(&draft, out, err);
}

int reply_put_draft(const struct invocation *in, const struct reply_subject *subject,
	const struct reply *reply, int64_t now_us, struct arena *arena, struct reply_draft *out,
	struct error *err)
{
	const struct account *account;
	struct buf octets = {0};
	if (check_address(reply->to, err) < 0 ||
		!(account = find_account(in->book->config, subject->message, err)) ||
		name_draft(subject->message, reply,
			my_address(&in->book->config->me, subject->message), arena,
			&out->message_id, err) < 0)
		return -1;
	int result = compose(in, subject->message, reply, now_us, out->message_id, &octets, err);
	const struct drafting drafting = {account, out->message_id, buf_str(&octets)};
	if (!result)
		result = draft_put(&drafting, arena, &out->folder, err);
	out->account = account->name;
	out->made = result > 0;
	buf_finish(&octets);
	return result < 0 ? -1 : 0;
}
