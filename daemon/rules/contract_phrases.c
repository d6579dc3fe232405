/* Matches what a client's contract includes and excludes, sentence by sentence. */
#include "contract_phrases.h"
#include <stdio.h>

/* The list as the phrases of one `says`; each phrase is checked on its own. */
static int list_to_pattern(const struct strs *list, const char *field, struct str client,
	struct pattern **out, struct diags *diags, struct error *err)
{
	struct buf regex = {0}, one = {0}, file = {0};
	struct error failure = {0};
	size_t at;
	int rc = 0;
	buf_add_format(&file, "contract of %.*s", STR_ARG(client));
	for (size_t i = 0; i < list->count; i++) {
		buf_clear(&one);
		const char *mistake = phrases_mistake(list->items[i], 0, &at);
		if (mistake) {
			diags_add(diags, DIAG_ERROR, buf_cstr(&file), 0, 0, (struct str){NULL, 0},
				"%s '%.*s' in 'contract.%s'", mistake, WORD_ARG(list->items[i]),
				field);
			continue;
		}
		phrases_to_regex(list->items[i], &one);
		buf_add_cstr(&regex, regex.len > 0 ? "|" : "");
		buf_add_str(&regex, buf_str(&one));
	}
	if (regex.failed || one.failed || file.failed) {
		rc = error_memory(err);
	} else if (regex.len > 0 && pattern_new(buf_str(&regex), out, &at, &failure) < 0) {
		if (failure.kind == ERROR_MEMORY)
			rc = error_memory(err);
		else
			diags_add(diags, DIAG_ERROR, buf_cstr(&file), 0, 0, (struct str){NULL, 0},
				"too many phrases in 'contract.%s' (%s)", field, failure.text);
	}
	buf_finish(&regex);
	buf_finish(&one);
	buf_finish(&file);
	return rc;
}

/* The hash of the lines that the rule would have, had somebody written it. */
static int hash_excludes(
	const struct contract *contract, char hash[SHA256_HEX_SIZE], struct error *err)
{
	struct buf lines = {0};
	struct sha256 sum;
	buf_add_cstr(&lines, "rule " EXCLUDED_RULE "\n");
	for (size_t i = 0; i < contract->excludes.count; i++) {
		buf_add_cstr(&lines, "  says ");
		buf_add_str(&lines, contract->excludes.items[i]);
		buf_add_char(&lines, '\n');
	}
	int rc = lines.failed ? error_memory(err) : sha256_of(buf_str(&lines), &sum, err);
	if (rc == 0)
		sha256_hex(&sum, hash);
	buf_finish(&lines);
	return rc;
}

struct rule_title excluded_title(void)
{
	return (struct rule_title){
		.written = STR("Asks for what the contract excludes"),
		.in = {[TONGUE_SV] = STR("Ber om det som avtalet undantar"),
			[TONGUE_FR] = STR("Demande ce que le contrat exclut")},
	};
}

int contract_phrases_init(struct contract_phrases *p, const struct client *client,
	struct arena *arena, struct diags *diags, struct error *err)
{
	const struct contract *contract = &client->contract;
	*p = (struct contract_phrases){.facts = {
					       .name = STR(EXCLUDED_RULE),
					       .title = excluded_title().written,
					       .sign = SIGN_SCOPE_CREEP,
					       .severity = 2,
					       .status = RULE_LIVE,
				       }};
	p->client = arena_str(arena, client->id);
	if (!p->client.ptr)
		return error_memory(err);
	if (list_to_pattern(&contract->includes, "includes", client->id, &p->includes, diags, err) <
			0 ||
		list_to_pattern(
			&contract->excludes, "excludes", client->id, &p->excludes, diags, err) < 0)
		return -1;
	return hash_excludes(contract, p->facts.hash, err);
}

struct pattern *contract_phrases_pattern(const struct contract_phrases *p, enum mention mention)
{
	if (!p)
		return NULL;
	return mention == MENTION_INCLUDED ? p->includes : p->excludes;
}

void contract_phrases_finish(struct contract_phrases *p)
{
	pattern_free(p->includes);
	pattern_free(p->excludes);
}

static bool overlap(struct range a, size_t start, size_t end)
{
	return start < a.end && a.start < end;
}

static bool sentence_asks(const struct hits *hits, struct range sentence)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->items[i].rule->sign == SIGN_REQUEST &&
			overlap(sentence, hits->items[i].start, hits->items[i].end))
			return true;
	return false;
}

struct phrase_search {
	const struct contract_phrases *phrases;
	struct workspace *work;
	const struct match_input *in;
	struct hits *out;
	struct error *err;
};

static int note_cancelled(struct phrase_search *s, const struct hit *hit, struct range phrase)
{
	struct str words = str_slice(s->in->text->bytes, phrase.start, phrase.end);
	struct range at = {hit->start, hit->end};
	char why[160];
	if (!s->in->want_near_misses)
		return 0;
	snprintf(why, sizeof(why), "contract includes '%.*s'", WORD_ARG(words));
	return near_miss_add(s->out, hit->rule, at, str_from(why), &phrase, s->err);
}

/* Drops the hits of add-on rules in the sentence that names something included. */
static int cancel_add_ons(struct phrase_search *s, struct range phrase, struct range sentence)
{
	struct hits *out = s->out;
	size_t kept = 0;
	for (size_t i = 0; i < out->count; i++) {
		struct hit hit = out->items[i];
		bool cancelled = hit.rule->sign == SIGN_SCOPE_CREEP &&
			str_starts(hit.rule->name, STR(ADD_ON_PREFIX)) &&
			overlap(sentence, hit.start, hit.end);
		if (!cancelled) {
			out->items[kept++] = hit;
			continue;
		}
		if (note_cancelled(s, &hit, phrase) < 0)
			return -1;
	}
	out->count = kept;
	return 0;
}

static int add_excluded(struct phrase_search *s, struct range phrase, struct range sentence)
{
	const struct rule_facts *facts = &s->phrases->facts;
	if (sentence_asks(s->out, sentence))
		return hit_add(s->out, facts, phrase, &(struct captured){0}, s->in->text, s->err);
	if (!s->in->want_near_misses)
		return 0;
	return near_miss_add(
		s->out, facts, phrase, STR("no request in the sentence"), NULL, s->err);
}

static int each_phrase(struct phrase_search *s, struct pattern *pattern,
	int (*act)(struct phrase_search *, struct range phrase, struct range sentence))
{
	struct subjects *subjects = &s->work->subjects;
	scanner_start(s->work->scanner, subjects->bytes);
	for (size_t i = 0; i < subjects->count; i++) {
		struct subject *subject = &subjects->items[i];
		struct str text = subject_text(subject);
		struct range found;
		size_t from = 0;
		int rc;
		while ((rc = pattern_find(
				pattern, s->work->scanner, text, from, text.len, &found)) > 0) {
			if (subject_break_up(subject) < 0)
				return error_memory(s->err);
			struct range sentence = breaks_around(&subject->sentences, text.len, found);
			if (act(s, subject_origin(subject, found),
				    subject_origin(subject, sentence)) < 0)
				return -1;
			from = found.end;
		}
		if (rc < 0)
			return unexamined_add(s->out, &s->phrases->facts,
				scanner_limit(s->work->scanner), s->err);
	}
	return 0;
}

int contract_phrases_match(const struct contract_phrases *p, struct workspace *w,
	const struct match_input *in, struct hits *out, struct error *err)
{
	struct phrase_search s = {p, w, in, out, err};
	if (in->direction != DIRECTION_IN)
		return 0;
	if (p->includes && each_phrase(&s, p->includes, cancel_add_ons) < 0)
		return -1;
	return p->excludes ? each_phrase(&s, p->excludes, add_excluded) : 0;
}
