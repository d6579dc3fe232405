/* Which messages of a bundle hold words that are to be covered, and the copies that stand for them.
 */
#include "app/store.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "export.h"
#include "message/layers.h"
#include "output.h"

int export_covered(
	struct redaction *r, struct str s, struct arena *arena, struct str *out, struct error *err)
{
	struct buf text = {0};
	if (!r || !s.ptr) {
		*out = s;
		return 0;
	}
	int result = redaction_add(r, s, &text, err);
	if (!result)
		*out = arena_str(arena, buf_str(&text));
	buf_finish(&text);
	return !result && !out->ptr ? error_memory(err) : result;
}

/* 1, 0, -1. */
static int any_holds(struct redaction *r, const struct str *texts, size_t count, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < count && !result; i++)
		if (texts[i].len)
			result = redaction_find(r, texts[i], err);
	return result;
}

/* As it stands, and as a browser shows it. */
static int form_holds(struct redaction *r, struct str form, struct error *err)
{
	struct buf text = {0};
	int result = redaction_find(r, form, err);
	if (!result) {
		layer_markup(form, &text);
		result = text.failed ? error_memory(err) : redaction_find(r, buf_str(&text), err);
	}
	buf_finish(&text);
	return result;
}

/* The octets as they are, and as they are once a transfer encoding is read. */
static int octets_hold(struct redaction *r, struct str octets, struct error *err)
{
	static void (*const layers[])(struct str, struct buf *) = {layer_quoted, layer_base64};
	int result = form_holds(r, octets, err);
	for (size_t i = 0; i < 2 && !result; i++) {
		struct buf text = {0};
		layers[i](octets, &text);
		result = text.failed ? error_memory(err) : form_holds(r, buf_str(&text), err);
		buf_finish(&text);
	}
	return result;
}

static int message_holds(struct invocation *in, struct redaction *r,
	const struct indexed_message *m, struct error *err)
{
	const struct facts *f = &m->facts;
	const struct str texts[] = {
		f->text.bytes, f->from, f->to, f->cc, f->subject, f->message_id};
	int result = any_holds(r, texts, sizeof(texts) / sizeof(*texts), err);
	for (size_t i = 0; i < f->attachment_count && !result; i++)
		result = any_holds(r, &f->attachments[i].name, 1, err);
	if (result)
		return result;
	if (f->examined != EXAMINED_YES || f->text.cut || m->size_bytes > LIMIT_PARSE)
		return 1;
	struct stored_message stored = {0};
	result = stored_message_load(in->store, m->seq, &stored, err);
	if (!result)
		result = octets_hold(r, buf_str(&stored.octets), err);
	stored_message_finish(&stored);
	return result;
}

/* What a record itself says of a message cannot be covered: its hash is in the log. */
static int check_record(struct redaction *r, const struct indexed_message *m, struct error *err)
{
	const struct str said[] = {m->place.account, m->place.folder};
	char name[EVIDENCE_NAME_SIZE];
	int result = any_holds(r, said, 2, err);
	if (!result)
		result = any_holds(r, m->clients.items, m->clients.count, err);
	evidence_name(m->seq, name);
	return result > 0
		? error_set(err, ERROR_USAGE,
			  "%s: its account's, folder's or client's name holds what is to be covered, "
			  "and its record cannot be changed",
			  name)
		: result;
}

static int look_at(struct invocation *in, struct redaction *r, uint64_t seq, struct seqs *withheld,
	struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	char name[EVIDENCE_NAME_SIZE];
	int result = index_message(in->store->index, seq, &arena, &m, err);
	if (result > 0) {
		result = check_record(r, &m, err);
		if (!result)
			result = message_holds(in, r, &m, err);
		if (result > 0)
			result = seqs_add(withheld, seq, err);
		else if (!result && m.facts.attachment_count) {
			evidence_name(seq, name);
			fprintf(stderr,
				"%s has attachments: what a PDF or a picture among them holds is not looked at\n",
				name);
		}
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

int export_withhold(struct invocation *in, struct redaction *r, const struct seqs *messages,
	struct seqs *withheld, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < messages->count && !result; i++)
		result = look_at(in, r, messages->items[i], withheld, err);
	seqs_sort(withheld);
	return result;
}

int export_exhibit_holds(struct invocation *in, struct redaction *r,
	const struct indexed_exhibit *e, struct error *err)
{
	const struct str said[] = {e->client, e->name, e->note};
	struct buf octets = {0};
	int result = any_holds(r, said, sizeof(said) / sizeof(*said), err);
	if (!result)
		result = archive_blob(in->store->archive, &e->sum, &octets, err) < 0
			? -1
			: redaction_find(r, buf_str(&octets), err);
	buf_finish(&octets);
	return result;
}

static int add_line(
	struct redaction *r, const char *name, struct str value, struct buf *out, struct error *err)
{
	struct buf covered = {0};
	int result = redaction_add(r, value, &covered, err);
	if (!result && value.len) {
		buf_add_format(out, "%s: ", name);
		utf8_add_visible(out, buf_str(&covered), false);
		buf_add_char(out, '\n');
	}
	buf_finish(&covered);
	return result;
}

static void add_date(struct buf *out, const struct clocks *c)
{
	char at[TIME_TEXT_SIZE];
	if (!c->has[CLOCK_DATE])
		return;
	time_format(c->at_us[CLOCK_DATE], c->date_offset_min, false, at);
	buf_add_format(out, "Date: %s\n", at);
}

/* The text behind the subject, which is its first paragraph. */
static int add_body(
	struct redaction *r, const struct text *text, struct buf *out, struct error *err)
{
	struct buf covered = {0};
	size_t start = 0;
	for (size_t i = 0; i < text->span_count && text->spans[i].part < 0; i++)
		start = text->spans[i].end;
	int result = redaction_find(r, text->bytes, err);
	redaction_cover(r, text->bytes, start, text->bytes.len, &covered);
	utf8_add_visible(out, str_trim(buf_str(&covered)), true);
	buf_add_char(out, '\n');
	if (covered.failed || out->failed)
		result = error_memory(err);
	buf_finish(&covered);
	return result < 0 ? -1 : 0;
}

int export_twin(
	struct redaction *r, const struct indexed_message *m, struct buf *out, struct error *err)
{
	const struct facts *f = &m->facts;
	char name[EVIDENCE_NAME_SIZE], sum[SHA256_HEX_SIZE];
	evidence_name(m->seq, name);
	sha256_hex(&m->sum, sum);
	buf_add_format(out,
		"redacted copy R-%s of %s, sealed hash %s\n\n"
		"Two blocks stand for words that the owner covered, whatever their length. The message\n"
		"itself is withheld; its record names the hash above, and whoever is shown the message\n"
		"can compare. Attachments are not part of this copy.\n\n",
		name + 2, name, sum);
	if (f->examined != EXAMINED_YES || f->text.cut)
		buf_add_cstr(out, "Not all of the message could be read for this copy.\n\n");
	if (add_line(r, "From", f->from, out, err) < 0 || add_line(r, "To", f->to, out, err) < 0 ||
		add_line(r, "Cc", f->cc, out, err) < 0)
		return -1;
	add_date(out, &m->clocks);
	if (add_line(r, "Subject", f->subject, out, err) < 0 ||
		add_line(r, "Message-ID", f->message_id, out, err) < 0)
		return -1;
	buf_add_char(out, '\n');
	return add_body(r, &f->text, out, err);
}
