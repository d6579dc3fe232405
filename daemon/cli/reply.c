/* Which polite words answer a message: chosen by what was found in it, in its language. */
#include "reply.h"

#include "app/rulebook.h"
#include "base/utf8.h"
#include "config/config.h"
#include "reply_facts.h"
#include "rules/ruleset.h"
#include <string.h>

bool reply_counts(const struct indexed_finding *f)
{
	return counts_against(f->finding.status, f->finding.consent, f->mark);
}

int reply_choose(const struct reply_subject *subject, struct str rule,
	const struct indexed_finding **out, struct error *err)
{
	const struct indexed_finding *best = NULL;
	for (size_t i = 0; i < subject->finding_count; i++) {
		const struct indexed_finding *f = &subject->findings[i];
		bool fits = rule.ptr ? str_eq(f->finding.rule, rule) : reply_counts(f);
		if (fits && (!best || f->finding.severity > best->finding.severity))
			best = f;
	}
	if (!best && rule.ptr)
		return error_set(
			err, ERROR_USAGE, "no finding of rule '%.*s' in it", STR_ARG(rule));
	if (!best)
		return error_set(
			err, ERROR_NOT_FOUND, "nothing counts in it that asks for a reply");
	*out = best;
	return 0;
}

static const struct rule_facts *find_rule(const struct ruleset *rules, struct str name)
{
	size_t count;
	const struct sequence_rule *const *sequences = ruleset_sequences(rules, &count);
	for (size_t i = 0; i < count; i++)
		if (str_eq(sequences[i]->facts.name, name))
			return &sequences[i]->facts;
	for (size_t i = 0; i < ruleset_count(rules); i++)
		if (str_eq(ruleset_rule(rules, i)->name, name))
			return ruleset_rule(rules, i);
	return NULL;
}

/* What a rule is of; absent when it is of no language, or of the pack for all. */
static struct str lang_of(const struct rule_facts *rule)
{
	return rule && !str_eq(rule->lang, STR(PACK_ANY)) ? rule->lang : (struct str){0};
}

/* The same rule of another language: "urgency/now" is "urgency/now-sv" there. */
static const struct rule_facts *find_sister(
	const struct ruleset *rules, const struct rule_facts *rule, struct str lang)
{
	char name[200];
	size_t end = rule->name.len;
	if (!lang_of(rule).len)
		return NULL;
	if (end > rule->lang.len && str_ends(rule->name, rule->lang) &&
		rule->name.ptr[end - rule->lang.len - 1] == '-')
		end -= rule->lang.len + 1;
	bool plain = str_eq(lang, STR("en"));
	snprintf(name, sizeof(name), "%.*s%s%.*s", (int)end, rule->name.ptr, plain ? "" : "-",
		plain ? 0 : (int)lang.len, lang.ptr);
	return find_rule(rules, str_from(name));
}

/* What the clock, the calendar and the contract find has no rule that could have a reply. */
static const char *words_of_ours(const struct letter_words *w, struct str rule)
{
	const struct {
		const char *rule, *text;
	} rows[] = {
		{"after-hours/contact", w->after_hours_contact},
		{"after-hours/demand", w->after_hours_demand},
		{"scope-creep/excluded", w->excluded},
		{"unsteady-work/drought-then-rush", w->rush},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(rule, str_from(rows[i].rule)))
			return rows[i].text;
	return NULL;
}

/* Of the first rule that was found in it and has one; a marker tells it as well as a warning. */
static struct str language_of(const struct ruleset *rules, const struct reply_subject *s)
{
	const struct indexed_message *m = s->message;
	struct str lang = {0};
	for (size_t i = 0; i < m->finding_count && !lang.len; i++)
		lang = lang_of(find_rule(rules, m->findings[i].finding.rule));
	for (size_t i = 0; i < m->marker_count && !lang.len; i++)
		lang = lang_of(find_rule(rules, m->markers[i].rule));
	return lang;
}

struct choice {
	struct str lang, text;
	const char *why;
};

static void choose_language(const struct invocation *in, const struct reply_subject *subject,
	const struct rule_facts *rule, struct str asked, struct choice *out)
{
	const struct strs *languages = &in->book->config->languages;
	struct str found = language_of(in->book->rules, subject);
	if (asked.ptr)
		*out = (struct choice){.lang = asked, .why = "as asked for"};
	else if (lang_of(rule).len)
		*out = (struct choice){.lang = lang_of(rule), .why = "the rule's language"};
	else if (found.len)
		*out = (struct choice){
			.lang = found, .why = "the language of what else was found in it"};
	else if (languages->count)
		*out = (struct choice){
			.lang = languages->items[0], .why = "the first of 'languages'"};
	else
		*out = (struct choice){.lang = STR("en"), .why = "no language is known"};
}

/* A rule without a language has its reply in English. */
static int choose_text(const struct invocation *in, const struct rule_facts *rule, struct str name,
	bool asked, struct choice *c, struct error *err)
{
	const struct letter_words *words = letter_words_of(c->lang);
	const struct rule_facts *sister = rule && !str_eq(rule->lang, c->lang)
		? find_sister(in->book->rules, rule, c->lang)
		: NULL;
	const char *ours = words_of_ours(words ? words : &letter_en, name);
	struct str of = lang_of(rule).len ? rule->lang : STR("en");
	bool own = rule && rule->reply.len && (!asked || str_eq(of, c->lang));
	if (asked && !words)
		return error_set(err, ERROR_USAGE,
			"no replies in '%.*s', expected en, sv, fr, de or es", STR_ARG(c->lang));
	if (sister && sister->reply.len) {
		c->text = sister->reply;
	} else if (own) {
		c->text = rule->reply;
		c->lang = of;
		if (!asked && !lang_of(rule).len)
			c->why = "its rule is of no language";
	} else if (ours) {
		c->text = str_from(ours);
		c->lang = str_from((words ? words : &letter_en)->lang);
	} else if (rule && rule->reply.len) {
		return error_set(err, ERROR_NOT_FOUND, "rule '%.*s' has no reply in '%.*s'",
			STR_ARG(name), STR_ARG(c->lang));
	} else {
		return error_set(err, ERROR_NOT_FOUND,
			"rule '%.*s' has no reply: write one in its 'reply'", STR_ARG(name));
	}
	return 0;
}

#define NAME_MOST 80 /* octets: longer, it is no greeting */

/* A name that can be greeted: in one line, no address, not the last name first, nothing in it that
   had to be escaped. */
static bool is_name(struct str name)
{
	bool plain = name.len && name.len <= NAME_MOST;
	for (size_t i = 0; plain && i < name.len; i++)
		plain = !strchr("@,\\", name.ptr[i]);
	if (!plain)
		return false;
	struct buf visible = {0};
	utf8_add_visible(&visible, name, false);
	plain = str_eq(buf_str(&visible), name);
	buf_finish(&visible);
	return plain;
}

/* The first of those who wrote it; in a chat they have a name alone. */
static void take_sender(struct str from, struct reply *out)
{
	struct str name;
	if (facts_next_person(&from, &name, &out->to) && is_name(name))
		out->person = name;
}

static struct str subject_of(struct str subject, struct arena *arena)
{
	static const char *const prefixes[] = {"re:", "sv:", "aw:", "re :"};
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (str_starts_nocase(subject, str_from(prefixes[i])))
			return arena_str(arena, subject);
	return arena_format(arena, "Re: %.*s", STR_ARG(subject));
}

static int fill(const struct invocation *in, const struct reply_subject *subject,
	const struct choice *c, int64_t now_us, struct arena *arena, struct reply *out,
	struct error *err)
{
	const struct indexed_message *m = subject->message;
	const struct finding *f = &out->finding->finding;
	const struct letter_words *words = letter_words_of(c->lang);
	struct slot slots[REPLY_SLOTS];
	struct buf text = {0}, whole = {0};
	const struct reply_plan plan = {
		.words = words ? words : &letter_en,
		.client = subject->client,
		.person = out->person,
		.has_clock = true,
		.now_us = now_us,
		.message_at_us = m->clocks.at_us[m->clocks.used],
		.message_offset_min = m->judgement.mine.offset_min,
		.item = str_eq(f->rule, STR("scope-creep/excluded")) ? f->text : (struct str){0},
		.captured = &f->captured,
	};
	int result = reply_facts(in, &plan, arena, slots, err);
	if (!result && !slots_fill(slots, REPLY_SLOTS, c->text, &text))
		result = error_set(err, ERROR_NOT_FOUND,
			"nothing is known of what the reply of rule '%.*s' names",
			STR_ARG(f->rule));
	if (!result) {
		letter_add(plan.words, out->person, buf_str(&text), slots[REPLY_ME].words, &whole);
		out->text = arena_str(arena, buf_str(&whole));
		if (text.failed || whole.failed || !out->text.ptr)
			result = error_memory(err);
	}
	buf_finish(&text);
	buf_finish(&whole);
	return result;
}

int reply_write(const struct invocation *in, const struct reply_subject *subject,
	const struct indexed_finding *finding, struct str lang, int64_t now_us, struct arena *arena,
	struct reply *out, struct error *err)
{
	const struct rule_facts *rule = find_rule(in->book->rules, finding->finding.rule);
	struct choice c;
	*out = (struct reply){.finding = finding};
	take_sender(subject->message->facts.from, out);
	out->subject = subject_of(subject->message->facts.subject, arena);
	if (!out->subject.ptr)
		return error_memory(err);
	choose_language(in, subject, rule, lang, &c);
	if (choose_text(in, rule, finding->finding.rule, lang.ptr != NULL, &c, err) < 0 ||
		fill(in, subject, &c, now_us, arena, out, err) < 0)
		return -1;
	out->lang = c.lang;
	out->lang_why = c.why;
	return 0;
}
