/* What is known of a message beside its words: who and when, its clocks, its proof. */
#include "message_facts.h"

#include "base/array.h"
#include "base/clock.h"
#include "model/platform.h"
#include "output.h"
#include <stdlib.h>

/* Adds lines; that memory has run out is looked at in the end. */
struct writer {
	struct message_facts *facts;
	enum message_fact_group group;
	bool failed;
};

/* Nothing for an empty value. */
static void add(struct writer *w, const char *name, struct str value, const char *note)
{
	struct message_facts *f = w->facts;
	if (!value.len)
		return;
	if (array_room(&f->lines, f->count, &f->cap, sizeof(*f->lines)) < 0) {
		w->failed = true;
		return;
	}
	f->lines[f->count++] =
		(struct message_fact){w->group, str_from(name), value, str_from(note)};
}

#define ADD_FORMAT(w, name, note, ...)                                                             \
	do {                                                                                       \
		struct str value = arena_format(&(w)->facts->arena, __VA_ARGS__);                  \
		(w)->failed |= !value.ptr;                                                         \
		add(w, name, value, note);                                                         \
	} while (0)

static void add_time(const struct invocation *in, struct writer *w, const char *name, int64_t at_us,
	const char *note)
{
	char at[TIME_TEXT_SIZE];
	format_time(in, at_us, at);
	ADD_FORMAT(w, name, note, "%s", at);
}

static void add_head(const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	add(w, "from", m->facts.from, NULL);
	add(w, "to", m->facts.to, NULL);
	add(w, "cc", m->facts.cc, NULL);
	add(w, "subject", m->facts.subject, NULL);
	add_time(in, w, "received", m->clocks.at_us[m->clocks.used], NULL);
	add(w, "moment", str_from(m->judgement.has_mine ? m->judgement.mine.why : NULL), NULL);
	add(w, "automatic", m->facts.automatic, NULL);
	for (size_t i = 0; i < m->facts.attachment_count; i++) {
		const struct attachment *a = &m->facts.attachments[i];
		add(w, "attached", a->name.len ? a->name : a->type, NULL);
	}
	for (size_t i = 0; i < m->tags.count; i++)
		add(w, "marked", m->tags.items[i], NULL);
}

/* Of a chat, the export says it. */
static const char *date_meaning(const struct indexed_message *m)
{
	if (!m->place.file.has_export)
		return "as the sender claims";
	return m->facts.seconds_unknown ? "as the export says; its seconds are not known"
					: "as the export says";
}

static void add_clocks(
	const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	const char *const meaning[] = {
		[CLOCK_RECEIVED] = "written by the receiving server",
		[CLOCK_INTERNAL] = "the mailbox's own (INTERNALDATE)",
		[CLOCK_DATE] = date_meaning(m),
		[CLOCK_SEEN] = "first seen by overstep",
	};
	for (int k = 0; k < 4; k++) {
		const char *name = clock_kind_name((enum clock_kind)k);
		if (m->clocks.has[k])
			add_time(in, w, name, m->clocks.at_us[k], meaning[k]);
		else
			add(w, name, STR("-"), meaning[k]);
	}
	if (m->judgement.has_theirs)
		ADD_FORMAT(w, "in the client's own zone", NULL, "%s, %.*s",
			m->judgement.theirs_working ? "working" : "outside",
			STR_ARG(m->judgement.theirs_why));
}

/* A platform signs all that it sends; whoever writes in its name cannot. */
static void add_doubt(const struct indexed_message *m, struct writer *w)
{
	size_t open;
	struct str mail = m->facts.from;
	if (str_rfind_char(mail, '<', &open) && str_ends(mail, STR(">")))
		mail = str_slice(mail, open + 1, mail.len - 1);
	const struct platform *platform = platform_of_mail(mail);
	bool waits = m->facts.is_signed && !m->dkim_result.ptr;
	if (!platform || waits ||
		(str_eq(m->dkim_result, STR("pass")) &&
			platform_has_domain(platform, m->dkim_domain)))
		return;
	ADD_FORMAT(w, "doubtful", NULL,
		"it claims to be of %.*s, and has no good signature of %.*s",
		STR_ARG(platform->name), STR_ARG(platform->domain));
}

/* What only imported messages have: the file, and what it was there. */
static void add_file(const struct file_place *f, struct writer *w)
{
	char sum[SHA256_HEX_SIZE];
	const char *note = str_eq(f->format, STR("whatsapp"))
		? "a line within a message can look like a message of its own"
		: NULL;
	if (f->size_bytes)
		ADD_FORMAT(w, "file", note, "%.*s, %.*s, message %llu, bytes %llu to %llu",
			STR_ARG(f->name), STR_ARG(f->format), (unsigned long long)f->number,
			(unsigned long long)f->start,
			(unsigned long long)(f->start + f->size_bytes));
	else
		ADD_FORMAT(w, "file", NULL, "%.*s, %.*s, message %llu", STR_ARG(f->name),
			STR_ARG(f->format), (unsigned long long)f->number);
	sha256_hex(&f->sum, sum);
	ADD_FORMAT(w, "found as", NULL, "%s, line ends %s", sum, line_ends_name(f->line_ends));
	if (!f->has_export)
		return;
	sha256_hex(&f->export, sum);
	ADD_FORMAT(w, "export", "edits and deletions before the export cannot be known", "%s", sum);
	if (f->zone.len || f->locale.len)
		ADD_FORMAT(w, "read by", NULL, "zone %.*s, locale %.*s",
			STR_ARG(f->zone.len ? f->zone : STR("-")),
			STR_ARG(f->locale.len ? f->locale : STR("-")));
}

static void add_place(const struct place *p, struct writer *w)
{
	if (place_in_file(p)) {
		ADD_FORMAT(w, "place", NULL, "%.*s %.*s", STR_ARG(p->account), STR_ARG(p->folder));
		add_file(&p->file, w);
	} else {
		ADD_FORMAT(w, "place", NULL, "%.*s %.*s, UIDVALIDITY %u, UID %u",
			STR_ARG(p->account), STR_ARG(p->folder), p->uidvalidity, p->uid);
	}
}

static void add_proof(const struct indexed_message *m, struct writer *w)
{
	char id[EVIDENCE_NAME_SIZE], sum[SHA256_HEX_SIZE], findings[EVIDENCE_NAME_SIZE],
		rules[EVIDENCE_NAME_SIZE];
	sha256_hex(&m->sum, sum);
	evidence_name(m->seq, id);
	evidence_name(m->findings_seq, findings);
	evidence_name(m->rules_seq, rules);
	ADD_FORMAT(w, "sha256", NULL, "%s, %llu bytes", sum, (unsigned long long)m->size_bytes);
	add_place(&m->place, w);
	ADD_FORMAT(w, "number", NULL, "%llu of %.*s's messages", (unsigned long long)m->peer_number,
		STR_ARG(m->client));
	if (m->judged)
		ADD_FORMAT(w, "judged", NULL, "in %s, by the rules of %s", findings, rules);
	if (m->dkim_result.ptr && m->dkim_domain.len)
		ADD_FORMAT(w, "dkim", NULL, "%.*s (%.*s), in E-%06llu", STR_ARG(m->dkim_result),
			STR_ARG(m->dkim_domain), (unsigned long long)m->dkim_seq);
	else if (m->dkim_result.ptr)
		ADD_FORMAT(w, "dkim", NULL, "%.*s, in E-%06llu", STR_ARG(m->dkim_result),
			(unsigned long long)m->dkim_seq);
	add_doubt(m, w);
	ADD_FORMAT(w, "check", NULL, "overstep show %s --raw | sha256sum", id);
}

int message_facts_make(const struct invocation *in, const struct indexed_message *m,
	struct message_facts *out, struct error *err)
{
	struct writer w = {.facts = out, .group = FACTS_HEAD};
	add_head(in, m, &w);
	w.group = FACTS_CLOCKS;
	add_clocks(in, m, &w);
	w.group = FACTS_PROOF;
	add_proof(m, &w);
	return w.failed ? error_memory(err) : 0;
}

void message_facts_finish(struct message_facts *f)
{
	free(f->lines);
	arena_finish(&f->arena);
}

struct str message_verdict(const struct indexed_message *m, struct arena *arena)
{
	if (!m->judged)
		return STR("not judged yet");
	if (m->judgement.examined != EXAMINED_YES)
		return arena_format(
			arena, "not examined: %.*s", STR_ARG(m->judgement.not_examined));
	if (m->direction == DIRECTION_IN && !m->judgement.author.ptr)
		return STR("no client wrote this: nothing is looked for in it");
	return m->finding_count ? (struct str){0} : STR("examined, nothing found");
}
