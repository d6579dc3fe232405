/* Reads what a sequence looks for: "3 of urgency/now within 12 h without reply". */
#include "sequence.h"

#include "base/clock.h"
#include "base/limits.h"
#include "rule.h"
#include <stdio.h>
#include <string.h>

#define MINE "me:"

struct words words_of(const struct script *s, const struct value *v, struct str text)
{
	return (struct words){.script = s, .value = v, .text = text};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool words_next(struct words *w)
{
	size_t start = w->next;
	while (start < w->text.len && is_blank(w->text.ptr[start]))
		start++;
	size_t end = start;
	while (end < w->text.len && !is_blank(w->text.ptr[end]))
		end++;
	w->word = str_slice(w->text, start, end);
	w->next = end;
	return w->word.len > 0;
}

bool words_complain(const struct words *w, const char *format, ...)
{
	char text[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	complain_in(w->script, w->value, (size_t)(w->word.ptr - w->value->text.ptr), "%s", text);
	return false;
}

/* The next word must be this one. */
static bool expect(struct words *w, const char *word)
{
	if (!words_next(w))
		return words_complain(w, "the line ends too early, expected '%s'", word);
	return str_eq(w->word, str_from(word)) ||
		words_complain(w, "unexpected '%.*s', expected '%s'", WORD_ARG(w->word), word);
}

static bool expect_end(struct words *w)
{
	return !words_next(w) ||
		words_complain(
			w, "unexpected '%.*s', expected the end of the line", WORD_ARG(w->word));
}

static bool is_number(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
	return word.len > 0;
}

/* "12 h" or "12h". */
static bool read_duration(struct words *w, int64_t *out_us)
{
	static const char *const units[] = {"min", "h", "d", "w"};
	int64_t seconds;
	bool known = false;
	words_next(w);
	struct words last = *w;
	if (is_number(w->word))
		words_next(&last);
	struct str text = str_slice(w->text, (size_t)(w->word.ptr - w->text.ptr), last.next);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		known |= str_ends(text, str_from(units[i]));
	if (!known || !duration_parse(text, &seconds) || !seconds)
		return words_complain(w,
			"bad time '%.*s', expected a number and min, h, d or w, such as '12 h'",
			WORD_ARG(text));
	if (seconds > LIMIT_SEQUENCE_DAYS * 86400)
		return words_complain(
			w, "time of '%.*s', at most %d d", WORD_ARG(text), LIMIT_SEQUENCE_DAYS);
	w->next = last.next;
	*out_us = seconds * SECOND_US;
	return true;
}

static bool read_count(struct words *w, uint64_t least, uint64_t most, size_t *out)
{
	uint64_t number;
	words_next(w);
	if (!str_to_u64(w->word, most, &number) || number < least)
		return words_complain(w, "bad number '%.*s', expected %d to %d", WORD_ARG(w->word),
			(int)least, (int)most);
	*out = (size_t)number;
	return true;
}

static bool is_name(struct str name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-._/*";
	for (size_t i = 0; i < name.len; i++)
		if (!name.ptr[i] || !strchr(letters, name.ptr[i]))
			return false;
	return name.len > 0;
}

/* "urgency/now", "me:marker/paid*", "insult/you-are|insult/work": no blanks at the bars. */
static bool read_glob(struct words *w, struct sequence_glob *out)
{
	struct str name;
	if (!words_next(w))
		return words_complain(w, "the line ends too early, expected the name of a rule");
	out->mine = str_starts(w->word, STR(MINE));
	out->names = str_slice(w->word, out->mine ? sizeof(MINE) - 1 : 0, w->word.len);
	struct str rest = out->names;
	bool good = rest.len > 0 && rest.ptr[rest.len - 1] != '|';
	if (rest.len > LIMIT_SEQUENCE_NAMES)
		return words_complain(
			w, "names of %zu bytes, at most %d", rest.len, LIMIT_SEQUENCE_NAMES);
	while (good && str_split(&rest, '|', &name))
		good = is_name(name);
	return good ||
		words_complain(w,
			"bad rules '%.*s', expected names of rules parted by '|', with '*' for any "
			"letters",
			WORD_ARG(w->word));
}

static bool read_without_reply(struct words *w, struct sequence_rule *out)
{
	struct words ahead = *w;
	if (!words_next(&ahead))
		return true;
	struct words place = ahead;
	if (!expect(w, "without") || !expect(w, "reply"))
		return false;
	for (size_t i = 0; i < out->step_count; i++)
		if (out->steps[i].mine)
			return words_complain(&place, "'without reply' with messages of my own");
	out->without_reply = true;
	return expect_end(w);
}

/* N of GLOB */
static bool read_many(struct words *w, struct sequence_rule *out)
{
	out->kind = SEQUENCE_COUNT;
	out->step_count = 1;
	return read_count(w, 2, LIMIT_SEQUENCE_MEMBERS, &out->count) && expect(w, "of") &&
		read_glob(w, &out->steps[0]);
}

/* GLOB then GLOB then ... */
static bool read_chain(struct words *w, struct sequence_rule *out)
{
	struct words ahead;
	out->kind = SEQUENCE_CHAIN;
	if (!read_glob(w, &out->steps[out->step_count++]))
		return false;
	do {
		if (!expect(w, "then"))
			return false;
		if (out->step_count == LIMIT_SEQUENCE_STEPS)
			return words_complain(w, "over %d steps", LIMIT_SEQUENCE_STEPS);
		if (!read_glob(w, &out->steps[out->step_count++]))
			return false;
		ahead = *w;
	} while (words_next(&ahead) && str_eq(ahead.word, STR("then")));
	return true;
}

static bool read_needs(struct words *w, struct sequence_rule *out)
{
	struct words ahead = *w;
	bool many = words_next(&ahead) && is_number(ahead.word);
	return (many ? read_many(w, out) : read_chain(w, out)) && expect(w, "within") &&
		read_duration(w, &out->within_us) && read_without_reply(w, out);
}

/* [unless GLOB [or GLOB] ...] */
static bool read_unless(struct words *w, struct sequence_rule *out)
{
	struct words ahead = *w;
	while (words_next(&ahead)) {
		if (!expect(w, out->unless_count ? "or" : "unless"))
			return false;
		if (out->unless_count == LIMIT_SEQUENCE_STEPS)
			return words_complain(w, "over %d of them", LIMIT_SEQUENCE_STEPS);
		if (!read_glob(w, &out->unless[out->unless_count++]))
			return false;
		ahead = *w;
	}
	return true;
}

/* D after me:GLOB [unless ...] */
static bool read_silence(struct words *w, struct sequence_rule *out)
{
	out->kind = SEQUENCE_SILENCE;
	out->step_count = 1;
	if (!read_duration(w, &out->patience_us) || !expect(w, "after") ||
		!read_glob(w, &out->steps[0]))
		return false;
	if (!out->steps[0].mine)
		return words_complain(
			w, "'%.*s' of the client's, expected 'me:' before it", WORD_ARG(w->word));
	return read_unless(w, out);
}

/* D then N in D; the last message before the silence is a member, too. */
static bool read_drought(struct words *w, struct sequence_rule *out)
{
	out->kind = SEQUENCE_DROUGHT;
	return read_duration(w, &out->patience_us) && expect(w, "then") &&
		read_count(w, 1, LIMIT_SEQUENCE_MEMBERS - 1, &out->count) && expect(w, "in") &&
		read_duration(w, &out->within_us) && expect_end(w);
}

/* GLOB after D [unless ...] */
static bool read_broken(struct words *w, struct sequence_rule *out)
{
	out->kind = SEQUENCE_BROKEN;
	out->step_count = 1;
	if (!read_glob(w, &out->steps[0]))
		return false;
	if (out->steps[0].mine)
		return words_complain(w, "'%.*s' of my own, expected a promise of the client's",
			WORD_ARG(w->word));
	return expect(w, "after") && read_duration(w, &out->patience_us) && read_unless(w, out);
}

static const struct {
	enum field field;
	bool (*read)(struct words *w, struct sequence_rule *out);
} kinds[] = {
	{FIELD_NEEDS, read_needs},
	{FIELD_SILENCE, read_silence},
	{FIELD_DROUGHT, read_drought},
	{FIELD_BROKEN, read_broken},
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

const struct value *sequence_value(const struct draft *d)
{
	const struct value *found = NULL;
	for (size_t i = 0; i < KINDS && !found; i++)
		found = d->first[kinds[i].field];
	return found;
}

/* The one field that says what is looked for; KINDS after a complaint. */
static size_t kind_of(const struct script *s, const struct draft *d)
{
	size_t found = KINDS;
	for (size_t i = 0; i < KINDS; i++) {
		const struct value *v = d->first[kinds[i].field];
		if (v && found < KINDS)
			complain_in(s, v, 0, "'%s' beside '%s', expected one of them",
				field_names[kinds[i].field], field_names[kinds[found].field]);
		else if (v)
			found = i;
	}
	if (found == KINDS && d->name.len > 0)
		complain(s, DIAG_ERROR, &d->at,
			"sequence '%.*s' has no 'needs', 'silence', 'drought' or 'broken'",
			STR_ARG(d->name));
	return found;
}

int sequence_compile(
	const struct script *s, const struct draft *d, struct sequence_rule *out, struct error *err)
{
	facts_check(s, d, &out->facts);
	out->steps = arena_array(s->arena, LIMIT_SEQUENCE_STEPS, sizeof(*out->steps));
	out->unless = arena_array(s->arena, LIMIT_SEQUENCE_STEPS, sizeof(*out->unless));
	if (!out->steps || !out->unless)
		return error_memory(err);
	if (clients_read(s, d, &out->clients, err) < 0)
		return -1;
	size_t kind = kind_of(s, d);
	if (kind == KINDS || d->first[kinds[kind].field]->text.len == 0)
		return 0;
	const struct value *v = d->first[kinds[kind].field];
	struct words w = words_of(s, v, v->text);
	kinds[kind].read(&w, out);
	out->written =
		arena_format(s->arena, "%s %.*s", field_names[kinds[kind].field], STR_ARG(v->text));
	return out->written.ptr ? 0 : error_memory(err);
}
