/* Which messages of a bundle hold words that are to be covered, and the copies that stand for them.
 */
#include "app/store.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "export.h"
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

/* What a message says in the words that the index has of it. */
static int facts_hold(struct redaction *r, const struct facts *f, struct error *err)
{
	const struct str texts[] = {
		f->text.bytes, f->from, f->to, f->cc, f->subject, f->message_id};
	int result = any_holds(r, texts, sizeof(texts) / sizeof(*texts), err);
	for (size_t i = 0; i < f->attachment_count && !result; i++)
		result = any_holds(r, &f->attachments[i].name, 1, err);
	return result;
}

/* With the words covered, does anything stay that is encoded once more? A copy would show it. */
static int copy_holds(struct redaction *r, const struct facts *f, struct error *err)
{
	const struct str texts[] = {
		f->text.bytes, f->from, f->to, f->cc, f->subject, f->message_id};
	int result = 0;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && !result; i++) {
		struct buf covered = {0};
		result = redaction_add(r, texts[i], &covered, err);
		if (!result)
			result = redact_octets_hold(r, buf_str(&covered), err);
		buf_finish(&covered);
	}
	return result;
}

/* 1 a copy has to stand for it, 0 not, -1; *why when none of its words can be in that copy. */
static int message_holds(
	struct selection *s, const struct indexed_message *m, const char **why, struct error *err)
{
	const struct facts *f = &m->facts;
	struct stored_message stored = {0};
	bool unread = f->examined != EXAMINED_YES || f->text.cut || m->size_bytes > LIMIT_PARSE;
	int holds = unread ? 1 : facts_hold(s->redaction, f, err);
	if (holds < 0 || stored_message_load(s->in->store, m->seq, &stored, err) < 0)
		return -1;
	struct str octets = str_slice(buf_str(&stored.octets), 0, LIMIT_PARSE);
	int doubtful = redact_octets_doubtful(octets, why, err);
	if (!holds && !doubtful)
		holds = redact_octets_hold(s->redaction, octets, err);
	stored_message_finish(&stored);
	if (holds > 0 && !doubtful) {
		doubtful = copy_holds(s->redaction, f, err);
		*why = doubtful ? "in its text something stays that is encoded" : NULL;
	}
	return doubtful < 0 ? -1 : doubtful ? 1 : holds;
}

/* What a record itself says of a message cannot be covered: its hash is in the log. */
static int check_record(struct redaction *r, const struct indexed_message *m, struct error *err)
{
	const struct file_place *file = &m->place.file;
	const struct str said[] = {m->place.account, m->place.folder, file->name, file->author};
	char name[EVIDENCE_NAME_SIZE];
	int result = any_holds(r, said, sizeof(said) / sizeof(said[0]), err);
	if (!result)
		result = any_holds(r, m->clients.items, m->clients.count, err);
	evidence_name(m->seq, name);
	return result > 0
		? error_set(err, ERROR_USAGE,
			  "%s: its account's, folder's, file's, writer's or client's name holds what "
			  "is to be covered, and its record cannot be changed",
			  name)
		: result;
}

static int look_at(struct selection *s, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	char name[EVIDENCE_NAME_SIZE];
	const char *why = NULL;
	int result = index_message(s->in->store->index, seq, &arena, &m, err);
	evidence_name(seq, name);
	if (result > 0) {
		result = check_record(s->redaction, &m, err);
		if (!result)
			result = message_holds(s, &m, &why, err);
		if (result > 0 && why) {
			fprintf(stderr, "%s is covered as a whole: %s\n", name, why);
			result = seqs_add(&s->doubtful, seq, err) < 0 ? -1 : 1;
		}
		if (result > 0)
			result = seqs_add(&s->withheld, seq, err);
		else if (!result && m.facts.attachment_count) {
			fprintf(stderr,
				"%s has attachments: what a PDF or a picture among them holds is "
				"not looked at\n",
				name);
		}
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

int export_withhold(struct selection *s, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < s->messages.count && !result; i++)
		result = look_at(s, s->messages.items[i], err);
	seqs_sort(&s->withheld);
	seqs_sort(&s->doubtful);
	return result;
}

int export_exhibit_holds(struct invocation *in, struct redaction *r,
	const struct indexed_exhibit *e, struct error *err)
{
	const struct str said[] = {e->client, e->name, e->note};
	struct buf octets = {0};
	const char *why;
	int result = any_holds(r, said, sizeof(said) / sizeof(*said), err);
	if (!result && archive_blob(in->store->archive, &e->sum, &octets, err) < 0)
		result = -1;
	if (!result)
		result = redact_octets_doubtful(buf_str(&octets), &why, err);
	if (!result)
		result = redact_octets_hold(r, buf_str(&octets), err);
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

int export_twin(struct redaction *r, const struct indexed_message *m, bool blank, struct buf *out,
	struct error *err)
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
	if (blank) {
		add_date(out, &m->clocks);
		buf_add_cstr(out,
			"\nIts words are not shown: not all of them can be read for certain, so that "
			"nobody\ncan tell which of them are to be covered.\n");
		return out->failed ? error_memory(err) : 0;
	}
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
