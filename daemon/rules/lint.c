/* Checks what a draft says in words of a table, and that nothing it needs is missing. */
#include "base/limits.h"
#include "base/slots.h"
#include "base/utf8.h"
#include "model/reply.h"
#include "rule.h"
#include <stdio.h>

struct choice {
	const char *name;
	int number;
};

#define CHOICES_MAX 8

static const struct choice when_choices[] = {
	{"any", 0},
	{"working", MOMENT_BIT(PERIOD_WORKING)},
	{"outside", MOMENT_BIT(PERIOD_OUTSIDE)},
	{"night", MOMENT_BIT(PERIOD_NIGHT)},
	{"weekend", MOMENT_BIT(PERIOD_WEEKEND)},
	{"holiday", MOMENT_BIT(PERIOD_HOLIDAY)},
	{"leave", MOMENT_BIT(PERIOD_LEAVE)},
};
static const struct choice from_choices[] = {
	{"client", DIRECTION_IN},
	{"me", DIRECTION_OUT},
};
static const struct choice status_choices[] = {
	{"live", RULE_LIVE},
	{"shadow", RULE_SHADOW},
};
static const struct choice reach_choices[] = {
	{"sentence", REACH_SENTENCE},
	{"paragraph", REACH_PARAGRAPH},
	{"message", REACH_MESSAGE},
};

void complain_unknown(const struct script *s, const struct value *v, struct str word,
	const char *what, const char *const *names, size_t count)
{
	const char *guess = did_you_mean(word, names, count);
	size_t offset = (size_t)(word.ptr - v->text.ptr);
	struct buf all = {0};
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(&all, i == 0 ? "" : i + 1 < count ? ", " : " or ");
		buf_add_cstr(&all, names[i]);
	}
	if (guess)
		complain_in(s, v, offset, "unknown %s '%.*s' (did you mean '%s'?)", what,
			WORD_ARG(word), guess);
	else
		complain_in(s, v, offset, "unknown %s '%.*s', expected %s", what, WORD_ARG(word),
			buf_cstr(&all));
	buf_finish(&all);
}

/* The number of a word of the field, `otherwise` when it is none of them. */
static int choose_word(const struct script *s, const struct value *v, struct str word,
	enum field field, const struct choice *choices, size_t count, int otherwise)
{
	const char *names[CHOICES_MAX];
	for (size_t i = 0; i < count; i++) {
		names[i] = choices[i].name;
		if (str_eq(word, str_from(choices[i].name)))
			return choices[i].number;
	}
	char what[32];
	snprintf(what, sizeof(what), "'%s' value", field_names[field]);
	complain_unknown(s, v, word, what, names, count);
	return otherwise;
}

/* The number of the field's word, `otherwise` when the field is not there or wrong. */
static int choose(const struct script *s, const struct draft *d, enum field field,
	const struct choice *choices, size_t count, int otherwise)
{
	const struct value *v = d->first[field];
	if (!v || v->text.len == 0)
		return otherwise;
	return choose_word(s, v, v->text, field, choices, count, otherwise);
}
#define CHOOSE(s, d, field, choices, otherwise)                                                    \
	choose((s), (d), (field), (choices), sizeof(choices) / sizeof(*(choices)), (otherwise))

static void check_sign(const struct script *s, const struct draft *d, struct rule_facts *out)
{
	const struct value *v = d->first[FIELD_SIGN];
	/* markers are context of one message */
	size_t signs = d->block == BLOCK_SEQUENCE ? SIGN_FIRST_MARKER : SIGN_COUNT;
	if (!v || v->text.len == 0 || (sign_parse(v->text, &out->sign) && out->sign < signs))
		return;
	complain_unknown(s, v, v->text, "sign", sign_names, signs);
}

static void check_severity(const struct script *s, const struct draft *d, struct rule_facts *out)
{
	const struct value *v = d->first[FIELD_SEVERITY];
	uint64_t number;
	out->severity = 1;
	if (!v || v->text.len == 0)
		return;
	if (str_to_u64(v->text, 4, &number) && number >= 1)
		out->severity = (int)number;
	else
		complain_in(s, v, 0,
			"bad severity '%.*s', expected 1 (note), 2 (minor), 3 (serious) or 4 "
			"(grave)",
			WORD_ARG(v->text));
}

/* A language without a pack is no mistake, but more often a slip. */
static void warn_unknown_pack(const struct script *s, const struct value *v)
{
	const struct ruleset_options *o = s->options;
	struct buf all = {0};
	for (size_t i = 0; i < o->pack_count; i++) {
		if (str_eq(v->text, str_from(o->packs[i]))) {
			buf_finish(&all);
			return;
		}
		buf_add_format(&all, "%s%s", i ? ", " : "", o->packs[i]);
	}
	const char *guess = did_you_mean(v->text, o->packs, o->pack_count);
	if (guess)
		complain(s, DIAG_WARNING, &v->at, "no rule pack '%.*s' (did you mean '%s'?)",
			WORD_ARG(v->text), guess);
	else if (o->pack_count)
		complain(s, DIAG_WARNING, &v->at, "no rule pack '%.*s', there are %s",
			WORD_ARG(v->text), buf_cstr(&all));
	buf_finish(&all);
}

static void check_lang(const struct script *s, const struct draft *d, struct rule_facts *out)
{
	const struct value *v = d->first[FIELD_LANG];
	struct str pack = s->file->pack;
	out->lang = v ? v->text : pack;
	if (!v || v->text.len == 0)
		return;
	for (size_t i = 0; i < v->text.len; i++) {
		char c = v->text.ptr[i];
		if ((c >= 'a' && c <= 'z') || (c == '-' && i > 0))
			continue;
		complain_in(s, v, 0, "bad language '%.*s', expected a code like 'en'",
			WORD_ARG(v->text));
		return;
	}
	if (!pack.ptr)
		warn_unknown_pack(s, v);
	else if (!str_eq(pack, v->text))
		complain_in(s, v, 0, "language '%.*s' in the pack '%.*s'", WORD_ARG(v->text),
			STR_ARG(pack));
}

static void check_missing(const struct script *s, const struct draft *d)
{
	static const enum field needed[] = {FIELD_TITLE, FIELD_SIGN, FIELD_YES, FIELD_NO};
	if (d->name.len == 0)
		return; /* not much of a rule, and said already */
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!d->first[needed[i]])
			complain(s, DIAG_ERROR, &d->at, "%s '%.*s' has no '%s'",
				block_names[d->block], STR_ARG(d->name), field_names[needed[i]]);
}

static void check_words(const struct script *s, const struct draft *d)
{
	if (d->name.len > 0 && !d->first[FIELD_SAYS] && !d->first[FIELD_MATCH])
		complain(s, DIAG_ERROR, &d->at, "rule '%.*s' has no 'says' and no 'match'",
			STR_ARG(d->name));
}

/* A reach without the condition that it belongs to changes nothing: a slip. */
static void check_reach(
	const struct script *s, const struct draft *d, enum field reach, enum field condition)
{
	const struct value *v = d->first[reach];
	if (v && !d->first[condition])
		complain(s, DIAG_WARNING, &v->at, "'%s' without '%s' changes nothing",
			field_names[reach], field_names[condition]);
}

static struct str text_of(const struct draft *d, enum field field)
{
	return d->first[field] ? d->first[field]->text : (struct str){NULL, 0};
}

static bool captures(const struct draft *d, struct str class)
{
	static const enum field fields[] = {FIELD_SAYS, FIELD_MATCH, FIELD_ALL};
	size_t at;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		for (const struct value *v = d->first[fields[i]]; v; v = v->next)
			if (str_find(v->text, class, &at))
				return true;
	return false;
}

/* Of the two that are captured a reply can only name what the rule captures. */
static void check_slot(
	const struct script *s, const struct draft *d, const struct value *v, size_t at)
{
	struct str name, rest = str_slice(v->text, at, v->text.len);
	if (!slot_at(rest, &name))
		return;
	for (enum reply_slot i = 0; i < REPLY_SLOTS; i++) {
		if (!str_eq(name, str_from(reply_slot_names[i])))
			continue;
		struct str braces = str_slice(rest, 0, name.len + 2);
		if ((i == REPLY_AMOUNT || i == REPLY_DAY) && !captures(d, braces))
			complain_in(s, v, at,
				"'%.*s' in the reply, but nowhere in what the rule finds",
				STR_ARG(braces));
		return;
	}
	const char *guess = did_you_mean(name, reply_slot_names, REPLY_SLOTS);
	if (guess)
		complain_in(s, v, at, "unknown name '{%.*s}' in the reply (did you mean '{%s}'?)",
			WORD_ARG(name), guess);
	else
		complain_in(s, v, at,
			"unknown name '{%.*s}' in the reply, expected {amount}, {day}, {hours}, "
			"{opening}, {item}, {date}, {name} or {me}",
			WORD_ARG(name));
}

static void check_reply(const struct script *s, const struct draft *d)
{
	const struct value *v = d->first[FIELD_REPLY];
	for (size_t at = 0; v && at < v->text.len; at++)
		check_slot(s, d, v, at);
}

/* A copy where a translation belongs. */
static void remark_titles(const struct script *s, const struct draft *d)
{
	struct str title = text_of(d, FIELD_TITLE);
	for (int f = FIELD_TITLE_EN; f <= FIELD_TITLE_FR && s->options->remarks; f++) {
		const struct value *v = d->first[f];
		if (v && v->text.len && str_eq(v->text, title))
			warn_in(s, v, 0, "'%s' is the same as 'title', which stands for it",
				field_names[f]);
	}
}

void facts_check(const struct script *s, const struct draft *d, struct rule_facts *out)
{
	out->name = d->name;
	out->title = text_of(d, FIELD_TITLE);
	out->reply = text_of(d, FIELD_REPLY);
	for (size_t i = 0; i < SHA256_HEX_SIZE; i++)
		out->hash[i] = d->hash[i];
	check_missing(s, d);
	remark_titles(s, d);
	check_sign(s, d, out);
	check_severity(s, d, out);
	check_lang(s, d, out);
	check_reply(s, d);
	out->status = (enum rule_status)CHOOSE(s, d, FIELD_STATUS, status_choices, RULE_LIVE);
}

/* Moments parted by '|', any of which will do. */
unsigned when_read(const struct script *s, const struct draft *d)
{
	const struct value *v = d->first[FIELD_WHEN];
	struct str rest = v ? v->text : (struct str){NULL, 0}, word;
	unsigned moments = 0;
	bool any = false;
	while (str_split(&rest, '|', &word)) {
		word = str_trim(word);
		int moment = choose_word(s, v, word, FIELD_WHEN, when_choices,
			sizeof(when_choices) / sizeof(*when_choices), -1);
		moments |= moment > 0 ? (unsigned)moment : 0;
		any |= moment == 0;
	}
	if (any && moments)
		complain(s, DIAG_WARNING, &v->at, "'any' beside other moments makes them void");
	return any ? 0 : moments;
}

static bool is_client(const struct ruleset_options *o, struct str id)
{
	for (size_t i = 0; i < o->client_count; i++)
		if (str_eq(id, o->clients[i].id))
			return true;
	return false;
}

/* Without a configuration there is no saying who is a client. */
static void warn_unknown_client(const struct script *s, const struct value *v)
{
	const struct ruleset_options *o = s->options;
	if (o->client_count == 0 || is_client(o, v->text) ||
		s->diags->warnings > LIMIT_LINT_WARNINGS)
		return;
	const char **ids = arena_array(s->arena, o->client_count, sizeof(*ids));
	for (size_t i = 0; ids && i < o->client_count; i++) {
		ids[i] = arena_cstr(s->arena, o->clients[i].id);
		if (!ids[i])
			return;
	}
	const char *guess = ids ? did_you_mean(v->text, ids, o->client_count) : NULL;
	complain(s, DIAG_WARNING, &v->at, "no client '%.*s' is configured%s%s%s", WORD_ARG(v->text),
		guess ? " (did you mean '" : "", guess ? guess : "", guess ? "'?)" : "");
}

int clients_read(const struct script *s, const struct draft *d, struct strs *out, struct error *err)
{
	const struct value *v;
	size_t count = 0;
	for (v = d->first[FIELD_CLIENT]; v; v = v->next)
		count++;
	out->items = arena_array(s->arena, count, sizeof(*out->items));
	if (!out->items)
		return error_memory(err);
	for (v = d->first[FIELD_CLIENT]; v; v = v->next) {
		if (v->text.len == 0)
			continue;
		warn_unknown_client(s, v);
		out->items[out->count++] = v->text;
	}
	return 0;
}

void rule_check(const struct script *s, const struct draft *d, struct rule *out)
{
	out->draft = d;
	out->pack = s->file->pack;
	facts_check(s, d, &out->facts);
	check_words(s, d);
	check_reach(s, d, FIELD_WITHIN, FIELD_ALL);
	check_reach(s, d, FIELD_UNLESS_WITHIN, FIELD_UNLESS);
	out->from = (enum direction)CHOOSE(s, d, FIELD_FROM, from_choices, DIRECTION_IN);
	out->within = (enum reach)CHOOSE(s, d, FIELD_WITHIN, reach_choices, REACH_SENTENCE);
	out->unless_within =
		(enum reach)CHOOSE(s, d, FIELD_UNLESS_WITHIN, reach_choices, REACH_PARAGRAPH);
	out->when = when_read(s, d);
}
