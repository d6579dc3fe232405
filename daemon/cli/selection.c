/* What an export takes in: by query, client and topic, without what is to be covered. */
#include "app/store.h"
#include "archive/archive.h"
#include "export.h"
#include "export_sequences.h"
#include "find.h"
#include "which_client.h"
#include <stdlib.h>

/* Each is a query of its own: a stray parenthesis in it must not let an "or" out. */
static int check_query(struct invocation *in, struct str text, struct error *err)
{
	struct query *q = NULL;
	int result = find_parse(in, text, &q, err);
	query_free(q);
	return result;
}

static void add_term(struct buf *query, const char *before, struct str words, const char *after)
{
	buf_add_format(query, "%s%s%.*s%s", query->len ? " " : "", before, STR_ARG(words), after);
}

/* The query as it is recorded: what was typed, and the client. */
static int make_query(struct selection *s, struct error *err)
{
	struct invocation *in = s->in;
	const char *client = option(in, "client"), *about = option(in, "about");
	struct buf typed = {0};
	if (!client && !about && !in->argument_count)
		return error_set(err, ERROR_USAGE,
			"nothing to export, expected a query, --client C or --about TOPIC");
	if (client && client_named(in, str_from(client), &s->arena, &s->client, err) < 0)
		return -1;
	if (client)
		add_term(&s->query, "client:", s->client, "");
	find_text(in, 0, &typed);
	int result = check_query(in, buf_str(&typed), err);
	if (!result && about)
		result = check_query(in, str_from(about), err);
	/* an "or" of the query must not reach beyond the client */
	if (typed.len)
		add_term(&s->query, client || about ? "(" : "", buf_str(&typed),
			client || about ? ")" : "");
	if (about)
		add_term(&s->query, "(", str_from(about), ")");
	s->query.failed |= typed.failed;
	buf_finish(&typed);
	return !result && s->query.failed ? error_memory(err) : result;
}

static int make_redaction(struct selection *s, struct error *err)
{
	struct str patterns[OPTIONS_GIVEN_MAX];
	const char *pattern;
	size_t count = 0;
	while ((pattern = option_again(s->in, "redact", count)))
		patterns[count++] = str_from(pattern);
	if (!count)
		return 0;
	if (has_option(s->in, "with-findings"))
		return error_set(err, ERROR_USAGE,
			"--redact and --with-findings together, expected one of them: findings "
			"quote the words that they found");
	return redaction_new(patterns, count, &s->redaction, err);
}

/* What was typed, and what was done to it; without the words that are covered. */
static int make_filter(struct selection *s, struct error *err)
{
	buf_add_str(&s->filter, buf_str(&s->query));
	if (has_option(s->in, "about"))
		buf_add_cstr(
			&s->filter, ", with the threads of these and their clients' agreements");
	if (s->redaction) {
		struct str plain;
		if (export_covered(s->redaction, buf_str(&s->filter), &s->arena, &plain, err) < 0)
			return -1;
		buf_clear(&s->filter);
		buf_add_str(&s->filter, plain);
		buf_add_cstr(&s->filter, ", with words covered");
	}
	return s->filter.failed ? error_memory(err) : 0;
}

static int find_messages(struct selection *s, const struct query *q, struct error *err)
{
	struct buf scope = {0};
	int result = find_all(s->in, q, &s->messages.items, &s->messages.count, err);
	s->messages.cap = s->messages.count;
	if (!result && !s->messages.count) {
		hint_at_nothing(s->in, buf_str(&s->query));
		return error_set(err, ERROR_NOT_FOUND, "no messages to export");
	}
	seqs_sort(&s->messages);
	if (!result && has_option(s->in, "about")) {
		if (s->client.ptr)
			buf_add_format(&scope, "client:\"%.*s\"", STR_ARG(s->client));
		result = scope.failed
			? error_memory(err)
			: threads_follow(s->in, buf_str(&scope), s->client, &s->messages, err);
	}
	buf_finish(&scope);
	return result;
}

/* That a later export of a chat has not the message, or not so. */
static int add_differences(
	struct selection *s, uint64_t seq, struct arena *arena, struct error *err)
{
	struct indexed_difference *all = NULL;
	size_t count = 0;
	int result = index_differences(s->in->store->index, seq, arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++)
		if (all[i].of == seq)
			result = seqs_add(&s->records, all[i].seq, err);
	return result;
}

/* What is recorded of a message goes with it: its signatures, which quote it, that it is gone from
   its folder or a later export, what it is marked to fix, and the findings when they are asked for.
 */
static int add_companions(struct selection *s, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	bool findings = has_option(s->in, "with-findings");
	int result = index_message(s->in->store->index, seq, &arena, &m, err);
	if (!result)
		error_set(err, ERROR_TEMPORARY,
			"E-%06llu is not in the index: is it being made anew?",
			(unsigned long long)seq);
	if (result <= 0) {
		arena_finish(&arena);
		return -1;
	}
	struct gap left = {0};
	result = index_left(s->in->store->index, seq, &arena, &left, err) < 0 ? -1 : 0;
	const uint64_t companions[] = {
		seq,
		/* where it was moved to may be a folder with somebody else's name */
		left.kind == GAP_VANISHED ? left.seq : 0,
		seqs_hold(&s->withheld, seq) ? 0 : m.dkim_seq,
		findings ? m.findings_seq : 0,
		findings ? m.rules_seq : 0,
	};
	for (size_t i = 0; i < sizeof(companions) / sizeof(*companions) && !result; i++)
		if (companions[i])
			result = seqs_add(&s->records, companions[i], err);
	if (!result)
		result = add_differences(s, seq, &arena, err);
	if (!result)
		result = export_add_agreements(s->in, seq, &s->records, err);
	indexed_message_finish(&m);
	arena_finish(&arena);
	return result;
}

/* What the owner supplied, when the same query finds it. */
static int find_exhibits(struct selection *s, const struct query *q, struct error *err)
{
	struct arena arena = {0};
	struct indexed_exhibit *all = NULL;
	size_t count = 0;
	int result = index_search_exhibits(s->in->store->index, q, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		char name[EVIDENCE_NAME_SIZE];
		evidence_name(all[i].seq, name);
		int holds =
			s->redaction ? export_exhibit_holds(s->in, s->redaction, &all[i], err) : 0;
		if (holds > 0)
			fprintf(stderr,
				"%s is left out: it holds what is to be covered, or may hold it, "
				"and cannot be changed\n",
				name);
		result = holds ? (holds < 0 ? -1 : 0) : seqs_add(&s->exhibits, all[i].seq, err);
		if (!result && !holds)
			result = seqs_add(&s->records, all[i].seq, err);
	}
	seqs_sort(&s->exhibits);
	arena_finish(&arena);
	return result;
}

/* So that who reads a client's messages sees when nobody looked for them. */
static int add_watch_records(struct selection *s, struct error *err)
{
	struct arena arena = {0};
	uint64_t *records = NULL;
	size_t count = 0;
	int result =
		index_watch_records(s->in->store->index, s->client, &arena, &records, &count, err);
	for (size_t i = 0; i < count && !result; i++)
		result = seqs_add(&s->records, records[i], err);
	arena_finish(&arena);
	return result;
}

/* "acme 3" is the third of acme. */
static bool numbers_client(struct str peer, struct str client)
{
	return str_starts(peer, client) &&
		str_starts(str_slice(peer, client.len, peer.len), STR(" "));
}

/* A message that became this client's later has its number in a record of its own. Another client's
   number is nobody's business. */
static int add_later_numbers(struct selection *s, struct error *err)
{
	struct archive *archive = s->in->store->archive;
	struct record record;
	uint64_t *seqs = NULL, of;
	size_t count = 0;
	record_init(&record);
	int result = archive_records_of(archive, RECORD_PEER, &seqs, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		if (archive_record_at(archive, seqs[i], &record, err) <= 0)
			result = -1;
		else if (numbers_client(record_get(&record, "peer", 0), s->client) &&
			evidence_parse(record_get(&record, "of", 0), &of) &&
			seqs_hold(&s->messages, of))
			result = seqs_add(&s->records, seqs[i], err);
	}
	record_finish(&record);
	free(seqs);
	return result;
}

static int find_records(struct selection *s, const struct query *q, struct error *err)
{
	int result = find_messages(s, q, err);
	if (!result && s->redaction)
		result = export_withhold(s, err);
	for (size_t i = 0; i < s->messages.count && !result; i++)
		result = add_companions(s, s->messages.items[i], err);
	if (!result && has_option(s->in, "with-findings"))
		result = export_sequences(s->in, s->messages.items, s->messages.count,
			&s->records.items, &s->records.count, err);
	s->records.cap = s->records.count;
	if (!result)
		result = find_exhibits(s, q, err);
	if (!result && s->client.ptr)
		result = add_watch_records(s, err);
	if (!result && s->client.ptr)
		result = add_later_numbers(s, err);
	return result;
}

int selection_make(struct invocation *in, struct selection *s, struct error *err)
{
	s->in = in;
	if (make_query(s, err) < 0 || make_redaction(s, err) < 0 || make_filter(s, err) < 0)
		return -1;
	struct query *q = NULL;
	int result = find_parse(in, buf_str(&s->query), &q, err);
	if (!result)
		result = find_records(s, q, err);
	query_free(q);
	return result;
}

void selection_finish(struct selection *s)
{
	redaction_free(s->redaction);
	buf_finish(&s->query);
	buf_finish(&s->filter);
	free(s->messages.items);
	free(s->withheld.items);
	free(s->doubtful.items);
	free(s->exhibits.items);
	free(s->records.items);
	arena_finish(&s->arena);
}
