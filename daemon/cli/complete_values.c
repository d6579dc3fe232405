/* Clients, rules, evidence numbers and the rest of what an argument can be. */
#include "app/rulebook.h"
#include "base/file.h"
#include "complete.h"
#include "config/config.h"
#include "find.h"
#include "model/period.h"
#include "options.h"
#include "output.h"
#include "rules/ruleset.h"
#include <stdlib.h>

/* So many of the newest messages are looked at for a number, and so many shown. */
#define EVIDENCE_LOOKED 1000
#define EVIDENCE_SHOWN 50
#define SUBJECT_SHOWN 40

#define NONE ((struct str){0})

static bool has_book(struct invocation *in)
{
	const struct rulebook_plan plan = {.config = in->config};
	return in->book || rulebook_load(&plan, &in->book, &in->diags, NULL) == 0;
}

static void add_words(struct candidates *c, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		candidates_add(c, str_from(words[i]), NONE);
}
#define ADD_WORDS(c, ...)                                                                          \
	add_words(c, (const char *const[]){__VA_ARGS__},                                           \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void add_clients(struct invocation *in, struct candidates *c)
{
	if (!has_book(in))
		return;
	const struct config *config = in->book->config;
	for (size_t i = 0; i < config->client_count; i++)
		candidates_add(c, config->clients[i].id, config->clients[i].name);
}

static void add_accounts(struct invocation *in, struct candidates *c)
{
	if (!has_book(in))
		return;
	const struct config *config = in->book->config;
	for (size_t i = 0; i < config->account_count; i++)
		candidates_add(c, config->accounts[i].name, config->accounts[i].host);
}

static void add_rules(struct invocation *in, struct candidates *c)
{
	if (!has_book(in))
		return;
	for (size_t i = 0; i < ruleset_count(in->book->rules); i++) {
		const struct rule_facts *rule = ruleset_rule(in->book->rules, i);
		candidates_add(c, rule->name, rule->title);
	}
	candidates_add(c, STR("after-hours/contact"), STR("Written outside my hours"));
	candidates_add(c, STR("after-hours/demand"), STR("Asks to act outside my hours"));
}

static void add_packs(struct invocation *in, struct candidates *c)
{
	struct str last = {0};
	if (!has_book(in))
		return;
	for (size_t i = 0; i < ruleset_count(in->book->rules); i++) {
		const struct rule_facts *rule = ruleset_rule(in->book->rules, i);
		/* packs are loaded one after the other */
		if (rule->lang.len && !str_eq(rule->lang, last))
			candidates_add(c, rule->lang, NONE);
		last = rule->lang;
	}
}

static void add_message(
	struct invocation *in, const struct indexed_message *m, struct candidates *c)
{
	char name[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	struct buf what = {0};
	evidence_name(m->seq, name);
	format_time(in, m->clocks.at_us[m->clocks.used], at);
	buf_add_format(&what, "%s %.*s: ", at, STR_ARG(m->client));
	buf_add_str(&what, str_slice(m->facts.subject, 0, SUBJECT_SHOWN));
	candidates_add(c, str_from(name), buf_str(&what));
	buf_finish(&what);
}

/* The newest first; straight from the index, for what it does not hold yet can wait. */
static void add_evidence(struct invocation *in, struct candidates *c)
{
	static const struct search_options newest = {
		.newest_first = true, .limit = EVIDENCE_LOOKED};
	const struct indexed_message *m;
	struct index *index = NULL;
	struct query *query = NULL;
	struct cursor *cursor = NULL;
	size_t shown = 0, before = c->out->len;
	char *folder = has_book(in) ? str_dup(in->book->config->archive) : NULL;
	char *path = folder ? file_join(folder, "index.db") : NULL;
	if (path && file_exists(path) && index_open(folder, &index, NULL) == 0 &&
		query_parse(STR(""), NULL, &query, NULL) == 0 &&
		index_search(index, query, &newest, &cursor, NULL) == 0)
		while (shown < EVIDENCE_SHOWN && cursor_next(cursor, &m, NULL) > 0) {
			add_message(in, m, c);
			shown += c->out->len > before;
			before = c->out->len;
		}
	cursor_close(cursor);
	query_free(query);
	index_close(index);
	free(path);
	free(folder);
}

static void add_commands(struct invocation *in, struct candidates *c)
{
	(void)in;
	for (size_t i = 0; i < command_count; i++)
		candidates_add(c, str_from(commands[i]->name), str_from(commands[i]->summary));
}

static void add_kinds(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(c, "scope", "price", "hours");
}

static void add_files(struct invocation *in, struct candidates *c)
{
	(void)in;
	c->files = true;
}

static void add_signs(struct invocation *in, struct candidates *c)
{
	(void)in;
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		candidates_add(c, str_from(sign_name((enum sign)i)), NONE);
}

static void add_periods(struct invocation *in, struct candidates *c)
{
	(void)in;
	for (int i = 0; i < PERIOD_COUNT; i++)
		candidates_add(c, str_from(period_name((enum period)i)), NONE);
}

static void add_senders(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(c, "me", "client");
}

static void add_days(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(c, "mon", "tue", "wed", "thu", "fri", "sat", "sun");
}

static void add_holdings(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(c, "finding", "attachment", "mark", "note", "apology");
}

static void add_tags(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(
		c, "wrong", "agreed", "right", "disputed", "unexamined", "scope", "price", "hours");
}

typedef void add_values(struct invocation *in, struct candidates *c);

/* Fields of the query language; NULL: their values are anybody's guess. */
static const struct {
	struct str name; /* with its colon */
	add_values *add;
	struct str what;
} fields[] = {
	{{"client:", 7}, add_clients, {"a client's messages", 19}},
	{{"from:", 5}, add_senders, {"who wrote it", 12}},
	{{"to:", 3}, NULL, {"whom to", 7}},
	{{"subject:", 8}, NULL, {"words of the subject", 20}},
	{{"text:", 5}, NULL, {"words of the text", 17}},
	{{"rule:", 5}, add_rules, {"what a rule found", 17}},
	{{"sign:", 5}, add_signs, {"what kind of finding", 20}},
	{{"severity:", 9}, NULL, {"1 to 4, or 3..", 14}},
	{{"period:", 7}, add_periods, {"working, night, weekend", 23}},
	{{"date:", 5}, NULL, {"2026-03-01..2026-03-31", 22}},
	{{"hour:", 5}, NULL, {"22..6", 5}},
	{{"day:", 4}, add_days, {"sat..sun", 8}},
	{{"has:", 4}, add_holdings, {"findings, attachments", 21}},
	{{"id:", 3}, add_evidence, {"an evidence number", 18}},
	{{"tag:", 4}, add_tags, {"what was marked", 15}},
	{{"account:", 8}, add_accounts, {"where it was read", 17}},
	{{"folder:", 7}, NULL, {"where it was read", 17}},
};

/* The field is typed: its values. Else the fields. */
static void add_query(struct invocation *in, struct candidates *c)
{
	struct candidates inner = *c;
	size_t lead = 0;
	while (lead < c->word.len && c->word.ptr[lead] == '(')
		lead++;
	struct str word = str_slice(c->word, lead, c->word.len);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct buf all = {0};
		if (str_starts(word, fields[i].name)) {
			if (!fields[i].add)
				return;
			lead += fields[i].name.len;
			buf_add_str(&all, c->lead);
			buf_add_str(&all, str_slice(c->word, 0, lead));
			inner.lead = buf_str(&all);
			inner.word = str_slice(c->word, lead, c->word.len);
			fields[i].add(in, &inner);
			buf_finish(&all);
			return;
		}
	}
	struct buf all = {0};
	buf_add_str(&all, c->lead);
	buf_add_str(&all, str_slice(c->word, 0, lead));
	inner.lead = buf_str(&all);
	inner.word = word;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		candidates_add(&inner, fields[i].name, fields[i].what);
	buf_finish(&all);
}

/* What usage lines and option tables call them. */
static const struct {
	const char *name;
	add_values *add;
} kinds[] = {
	{"CLIENT", add_clients},
	{"C", add_clients},
	{"ID", add_evidence},
	{"R", add_rules},
	{"L", add_packs},
	{"ACCOUNT", add_accounts},
	{"QUERY", add_query},
	{"COMMAND", add_commands},
	{"KIND", add_kinds},
	{"FILE", add_files},
	{"FILE.rules", add_files},
	{"DIR", add_files},
};

static bool is_word(struct str s)
{
	return s.len > 1 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
}

void complete_values(struct invocation *in, struct str wanted, struct candidates *c)
{
	struct str part;
	while (str_split(&wanted, '|', &part)) {
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (str_eq(part, str_from(kinds[i].name)))
				kinds[i].add(in, c);
		if (is_word(part))
			candidates_add(c, part, NONE);
	}
}
