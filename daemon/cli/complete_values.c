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
		candidates_add(c, config->accounts[i].name,
			config->accounts[i].type == ACCOUNT_IMAP ? config->accounts[i].host
								 : config->accounts[i].path);
}

static void add_rules(struct invocation *in, struct candidates *c)
{
	if (!has_book(in))
		return;
	for (size_t i = 0; i < ruleset_count(in->book->rules); i++) {
		const struct rule_facts *rule = ruleset_rule(in->book->rules, i);
		candidates_add(c, rule->name, rule->title);
	}
	size_t count;
	const struct sequence_rule *const *sequences = ruleset_sequences(in->book->rules, &count);
	for (size_t i = 0; i < count; i++)
		candidates_add(c, sequences[i]->facts.name, sequences[i]->facts.title);
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
	add_words(c, agreement_kinds, AGREEMENT_KINDS);
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
	ADD_WORDS(c, "finding", "live", "attachment", "mark", "note", "apology");
}

static void add_tags(struct invocation *in, struct candidates *c)
{
	(void)in;
	ADD_WORDS(c, "wrong", "agreed", "right", "disputed", "unexamined");
	add_words(c, agreement_kinds, AGREEMENT_KINDS);
}

typedef void add_values(struct invocation *in, struct candidates *c);

/* Values of the query language's fields; those of others are anybody's guess. */
static const struct {
	const char *field;
	add_values *add;
} field_values[] = {
	{"client", add_clients},
	{"from", add_senders},
	{"rule", add_rules},
	{"sign", add_signs},
	{"period", add_periods},
	{"day", add_days},
	{"has", add_holdings},
	{"id", add_evidence},
	{"tag", add_tags},
	{"account", add_accounts},
};

static void add_field_values(struct invocation *in, struct str field, struct candidates *c)
{
	for (size_t i = 0; i < sizeof(field_values) / sizeof(field_values[0]); i++)
		if (str_eq(field, str_from(field_values[i].field)))
			field_values[i].add(in, c);
}

static void add_fields(struct candidates *c)
{
	const struct query_field *field;
	for (size_t i = 0; (field = query_field(i)); i++) {
		struct buf name = {0};
		buf_add_format(&name, "%s:", field->name);
		candidates_add(c, buf_str(&name), str_from(field->help));
		buf_finish(&name);
	}
}

/* The field is typed: its values. Else the fields. */
static void add_query(struct invocation *in, struct candidates *c)
{
	struct candidates inner = *c;
	struct buf lead = {0};
	size_t from = 0, colon;
	while (from < c->word.len && c->word.ptr[from] == '(')
		from++;
	struct str word = str_slice(c->word, from, c->word.len), field = {0};
	if (str_find(word, STR(":"), &colon)) {
		field = str_slice(word, 0, colon);
		from += colon + 1;
	}
	buf_add_str(&lead, c->lead);
	buf_add_str(&lead, str_slice(c->word, 0, from));
	inner.lead = buf_str(&lead);
	inner.word = str_slice(c->word, from, c->word.len);
	if (field.ptr)
		add_field_values(in, field, &inner);
	else
		add_fields(&inner);
	buf_finish(&lead);
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
	{"GLOB", add_rules},
	{"SIGN", add_signs},
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
