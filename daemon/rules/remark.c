/* Warnings on single rules: phrases that never count, slow patterns, examples in another language.
 */
#include "remark.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "capture.h"
#include "examples.h"
#include "slow.h"
#include <stdlib.h>

/* A rule that is being looked at. */
struct remarking {
	const struct script *script;
	const struct rule *rule;
	struct workspace *work;
	struct remark_work *done;
	struct error *err;
};

/* The phrase as a message would have it, with something for each class. */
static void add_sample(struct str phrase, struct buf *out)
{
	static const char *const samples[CAPTURE_COUNT] = {
		[CAPTURE_AMOUNT] = "300 EUR",
		[CAPTURE_DAY] = "2026-03-04",
	};
	enum capture class;
	size_t len;
	for (size_t at = 0; at < phrase.len; at += len) {
		if (capture_at(str_slice(phrase, at, phrase.len), &class, &len) > 0) {
			buf_add_cstr(out, samples[class]);
		} else {
			buf_add_char(out, phrase.ptr[at]);
			len = 1;
		}
	}
}

#define UNHEARD_BYTES 250 /* behind them no more are named: a warning is a line */

/* The phrases of a rule that are not heard in their own words. */
struct unheard {
	const struct value *value; /* of the first */
	size_t offset, count, named;
	struct buf words; /* the named ones, each with its place and what holds it back */
};

static void note_unheard(struct unheard *u, const struct value *v, size_t offset, struct str phrase,
	const struct near_miss *miss)
{
	struct spot at = value_spot(v, offset);
	if (u->count++ == 0) {
		u->value = v;
		u->offset = offset;
	}
	if (u->words.len > UNHEARD_BYTES)
		return;
	u->named++;
	buf_add_format(&u->words, "%s'%.*s' (%u:%u", u->count > 1 ? ", " : "", WORD_ARG(phrase),
		at.line, at.column);
	if (miss)
		buf_add_format(&u->words, ", held back by %.*s", WORD_ARG(miss->held_back_by));
	buf_add_char(&u->words, ')');
}

/* A phrase alone is a message in which it must be found, or lack at most what `all` asks for. */
static int try_phrase(struct remarking *r, const struct value *v, size_t offset, struct str phrase,
	struct unheard *unheard)
{
	struct text text;
	struct hits hits;
	struct buf sample = {0};
	text_init(&text);
	hits_init(&hits);
	add_sample(phrase, &sample);
	int rc = sample.failed
		? error_memory(r->err)
		: examples_try(r->work, r->script, r->rule, buf_str(&sample), &text, &hits, r->err);
	bool heard = hits.count > 0 || hits.unexamined_count > 0;
	const struct near_miss *miss = hits.near_count > 0 ? &hits.near[0] : NULL;
	if (rc == 0 && !heard && (!miss || miss->has_by_place))
		note_unheard(unheard, v, offset, phrase, miss);
	buf_finish(&sample);
	hits_finish(&hits);
	text_finish(&text);
	return rc;
}

static int try_phrases(struct remarking *r, const struct value *v, struct unheard *unheard)
{
	struct str rest = v->text, part;
	int rc = 0;
	while (rc == 0 && str_split(&rest, '|', &part)) {
		struct str phrase = str_trim(part);
		r->done->tries += r->rule->match.count;
		if (r->done->tries > LIMIT_LINT_PHRASES)
			return 0;
		rc = try_phrase(r, v, (size_t)(phrase.ptr - v->text.ptr), phrase, unheard);
	}
	return rc;
}

/* One warning for all of them, at the first. */
static int remark_on_phrases(struct remarking *r)
{
	struct unheard unheard = {0};
	int rc = 0;
	for (const struct value *v = r->rule->draft->first[FIELD_SAYS]; rc == 0 && v; v = v->next)
		rc = try_phrases(r, v, &unheard);
	if (unheard.count > unheard.named)
		buf_add_format(&unheard.words, " and %zu more", unheard.count - unheard.named);
	if (rc == 0 && unheard.words.failed)
		rc = error_memory(r->err);
	if (rc == 0 && unheard.count > 0)
		warn_in(r->script, unheard.value, unheard.offset, "never heard: %s",
			buf_cstr(&unheard.words));
	buf_finish(&unheard.words);
	return rc;
}

/* Characters that a regex names by their code, and which no text has once it is folded. */
static void remark_on_codes(const struct remarking *r, const struct value *v)
{
	int32_t code;
	size_t len;
	for (size_t at = 0; at < v->text.len; at += len) {
		struct folded folded = {0};
		char bytes[4];
		if (!regex_code_at(str_slice(v->text, at, v->text.len), &code, &len))
			continue;
		struct str character = {bytes, utf8_encode(code, bytes)};
		if (utf8_fold(character, false, &folded) == 0 &&
			!str_eq(buf_str(&folded.text), character))
			warn_in(r->script, v, at,
				folded.text.len
					? "'%.*s' is never found: texts are read with %.*s "
					  "in its place"
					: "'%.*s' is never found: texts are read without it%.*s",
				STR_ARG(str_slice(v->text, at, at + len)),
				STR_ARG(buf_str(&folded.text)));
		folded_finish(&folded);
	}
}

/* Outside a class a typographic quotation mark finds only itself. */
static void remark_on_quotes(const struct remarking *r, const struct value *v)
{
	static const char *const quotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"};
	int32_t code;
	size_t len;
	for (size_t at = 0; at < v->text.len; at += len) {
		struct str rest = str_slice(v->text, at, v->text.len);
		regex_code_at(rest, &code, &len);
		for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++)
			if (str_starts(rest, str_from(quotes[i])))
				warn_in(r->script, v, at,
					"'%s' finds only itself, expected a class of all that are "
					"written",
					quotes[i]);
	}
}

static void remark_slow(const struct remarking *r, const struct value *v, const struct slow *slow)
{
	struct str piece = buf_str(&slow->piece);
	if (slow->steps >= LIMIT_LINT_STEPS)
		warn_in(r->script, v, 0,
			"slow pattern: over %d steps on %zu bytes of '%.*s' over and over, bound "
			"what repeats, as in [^.?!]{0,40}",
			LIMIT_LINT_STEPS, slow->bytes, WORD_ARG(piece));
	else
		warn_in(r->script, v, 0,
			"slow pattern: %llu steps on '%.*s' over and over, %llu on twice as much; "
			"bound what repeats, as in [^.?!]{0,40}",
			(unsigned long long)slow->half, WORD_ARG(piece),
			(unsigned long long)slow->steps);
}

static int remark_on_regex(struct remarking *r, const struct value *v)
{
	struct folded folded = {0};
	struct rewritten regex = {0};
	struct buf stand_in = {0};
	struct slow slow = {0};
	if (utf8_fold(v->text, false, &folded) < 0)
		return error_memory(r->err);
	regex_rewrite(buf_str(&folded.text), &regex);
	/* what a class costs is not its author's to mend */
	captures_stand_in(buf_str(&regex.text), &stand_in);
	uint64_t *steps = &r->done->steps;
	bool had_room = *steps < LIMIT_LINT_STEPS_ALL;
	if (had_room && regex_slow(buf_str(&stand_in), v->text, &slow, steps))
		remark_slow(r, v, &slow);
	if (had_room && *steps >= LIMIT_LINT_STEPS_ALL)
		warn_in(r->script, v, 0,
			"the patterns behind this one were not tried on hard texts");
	remark_on_codes(r, v);
	remark_on_quotes(r, v);
	rewritten_finish(&regex);
	folded_finish(&folded);
	buf_finish(&stand_in);
	buf_finish(&slow.piece);
	return 0;
}

static int remark_on_regexes(struct remarking *r)
{
	static const enum field patterns[] = {FIELD_MATCH, FIELD_ALL, FIELD_UNLESS};
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		for (const struct value *v = r->rule->draft->first[patterns[i]]; v; v = v->next)
			if (!v->says && !v->mentions && remark_on_regex(r, v) < 0)
				return -1;
	return 0;
}

static void remark_on_language(const struct remarking *r)
{
	static const enum field examples[] = {FIELD_YES, FIELD_NO};
	struct str own = r->rule->facts.lang;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		for (const struct value *v = r->rule->draft->first[examples[i]]; v; v = v->next) {
			const char *other = language_instead_of(v->text, own);
			if (other)
				warn_in(r->script, v, 0,
					"example in the language '%s' of a rule in '%.*s'", other,
					STR_ARG(own));
		}
	}
}

static bool same_value(const struct value *a, const struct value *b)
{
	return str_eq(a->text, b->text) && a->says == b->says && a->mentions == b->mentions;
}

/* The same value twice in a field that takes many. */
static void remark_on_repetition(const struct remarking *r)
{
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		const struct value *first = r->rule->draft->first[f];
		for (const struct value *v = first; v; v = v->next) {
			const struct value *before = first;
			while (before != v && !same_value(before, v))
				before = before->next;
			if (before != v)
				warn_in(r->script, v, 0, "the same '%s' as in line %u",
					field_names[f], before->at.line);
		}
	}
}

/* risk.md: of my own words only reminders of payment weigh. */
static void remark_on_my_words(const struct remarking *r)
{
	const struct rule *rule = r->rule;
	if (rule->from == DIRECTION_OUT && !sign_is_marker(rule->facts.sign) &&
		rule->facts.sign != SIGN_LATE_PAYMENT)
		warn_in(r->script, rule->draft->first[FIELD_FROM], 0,
			"'from me' with the sign '%s' is shown and never weighs: of my own words only "
			"late-payment does",
			sign_name(rule->facts.sign));
}

int remark_rules(const struct remarked *file, struct workspace *w, struct remark_work *done,
	struct error *err)
{
	int rc = 0;
	scanner_interpret(w->scanner, true);
	for (size_t i = 0; rc == 0 && i < file->count; i++) {
		struct remarking r = {file->script, &file->rules[i], w, done, err};
		if (r.rule->broken)
			continue;
		remark_on_my_words(&r);
		remark_on_repetition(&r);
		remark_on_language(&r);
		rc = remark_on_phrases(&r);
		if (rc == 0)
			rc = remark_on_regexes(&r);
	}
	scanner_interpret(w->scanner, false);
	return rc;
}
