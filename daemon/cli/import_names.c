/* Whose the names of a chat are: as --as tells, or a person on the terminal who is asked. */
#include "import_names.h"

#include "app/chat_reading.h"
#include "app/rulebook.h"
#include "base/array.h"
#include "base/utf8.h"
#include "config/config.h"
#include "dialogue.h"
#include "output.h"
#include <stdlib.h>
#include <unistd.h>

#define NAME_MOST 200 /* bytes: longer ones nobody has, and nobody could read the question */

/* Somebody of an export of whom nothing is known. */
struct unknown_name {
	struct str name;
	uint64_t messages;
	bool has_first;
	int64_t first_at_us;
};

/* Strings in dialogue.arena. */
struct import_names {
	struct dialogue dialogue;
	struct unknown_name *unknown; /* whom the export under way has */
	size_t unknown_count, unknown_cap;
	struct str *asked; /* not again in this run, whatever the answer was */
	size_t asked_count, asked_cap;
	struct told_name *told; /* and not in the configuration's file yet */
	size_t told_count, told_cap;
	bool full; /* out of memory */
};

void import_tell(struct str path, const char *format, ...)
{
	struct buf words = {0}, line = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&words, format, arguments);
	va_end(arguments);
	utf8_add_visible(&line, path, false);
	buf_add_cstr(&line, ": ");
	utf8_add_visible(&line, buf_str(&words), false);
	fprintf(stderr, "overstep: %s\n", buf_cstr(&line));
	buf_finish(&words);
	buf_finish(&line);
}

static size_t known_as(const struct config *c, struct str name)
{
	const struct str no_id = {0};
	return chat_writer(name, no_id, false, &c->me, c->clients, c->client_count);
}

/* As in the configuration, a name may not be two people's. */
static int check_whose(
	const struct config *c, const struct told_name *told, const char *word, struct error *err)
{
	size_t known = known_as(c, told->name);
	if (known == SIZE_MAX || known == told->whose)
		return 0;
	if (known == c->client_count)
		return error_set(err, ERROR_USAGE, "'--as %s': '%.*s' is a name of mine", word,
			STR_ARG(told->name));
	return error_set(err, ERROR_USAGE, "'--as %s': '%.*s' is a name of '%.*s'", word,
		STR_ARG(told->name), STR_ARG(c->clients[known].id));
}

int told_name_add(struct config *c, const struct told_name *told, struct error *err)
{
	bool me = told->whose == c->client_count;
	struct strs *names = me ? &c->me.names : &c->clients[told->whose].names;
	struct str *more = arena_array(&c->arena, names->count + 1, sizeof(*more));
	struct str name = arena_str(&c->arena, told->name);
	if (!more || !name.ptr)
		return error_memory(err);
	for (size_t k = 0; k < names->count; k++)
		more[k] = names->items[k];
	more[names->count] = name;
	*names = (struct strs){more, names->count + 1};
	return 0;
}

/* "Jane D.=acme": the name is that client's, or mine, as if the configuration said it. */
static int read_as(struct invocation *in, const char *word, struct error *err)
{
	struct config *c = in->book->config;
	struct str who = str_from(word);
	size_t at;
	if (!str_rfind_char(who, '=', &at) || !at)
		return error_set(
			err, ERROR_USAGE, "bad '--as %s', expected NAME=CLIENT, or NAME=me", word);
	struct told_name told = {.name = str_slice(who, 0, at)};
	who = str_slice(who, at + 1, who.len);
	told.whose = rulebook_client(in->book, who);
	if (!str_eq(who, STR("me")) && told.whose == c->client_count)
		return error_set(err, ERROR_USAGE,
			"unknown client '%.*s' of '--as', expected one of the configuration, or me",
			STR_ARG(who));
	if (str_eq(who, STR("me")))
		told.whose = c->client_count;
	return check_whose(c, &told, word, err) < 0 ? -1 : told_name_add(c, &told, err);
}

int import_names_new(struct invocation *in, struct import_names **out, struct error *err)
{
	const char *as;
	for (size_t k = 0; (as = option_again(in, "as", k)); k++)
		if (read_as(in, as, err) < 0)
			return -1;
	struct import_names *n = calloc(1, sizeof(*n));
	if (!n)
		return error_memory(err);
	/* no dialogue_begin: Ctrl-C ends an import at a question as anywhere else */
	n->dialogue = (struct dialogue){.in = in, .to = stderr};
	n->dialogue.asks = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) &&
		!has_option(in, "dry-run") && !has_option(in, "non-interactive") &&
		in->book->config->client_count > 0;
	*out = n;
	return 0;
}

void import_names_free(struct import_names *n)
{
	if (!n)
		return;
	free(n->unknown);
	free(n->asked);
	free(n->told);
	arena_finish(&n->dialogue.arena);
	free(n);
}

static bool was_asked(const struct import_names *n, struct str name)
{
	for (size_t k = 0; k < n->asked_count; k++)
		if (str_eq(n->asked[k], name))
			return true;
	return false;
}

static struct unknown_name *find_unknown(struct import_names *n, struct str name)
{
	for (size_t k = 0; k < n->unknown_count; k++)
		if (str_eq(n->unknown[k].name, name))
			return &n->unknown[k];
	if (array_room(&n->unknown, n->unknown_count, &n->unknown_cap, sizeof(*n->unknown)) < 0)
		return NULL;
	struct unknown_name *u = &n->unknown[n->unknown_count];
	*u = (struct unknown_name){.name = arena_str(&n->dialogue.arena, name)};
	n->unknown_count += u->name.ptr != NULL;
	return u->name.ptr ? u : NULL;
}

/* Would an answer be of any use? A name of nothing that can be compared fits not even itself. */
static bool can_be_told(struct str name)
{
	return name.len <= NAME_MOST && person_fits(name, &(struct strs){&name, 1});
}

/* Two with an id of their own may share a name. */
static void note_one(struct import_names *n, const struct json_value *one)
{
	struct str name = json_to_str(json_get(one, "name"));
	const struct json_value *first = json_get(one, "first");
	int64_t at_us = json_to_int(first, 0), messages = json_to_int(json_get(one, "messages"), 0);
	if (was_asked(n, name) || !can_be_told(name))
		return;
	struct unknown_name *u = find_unknown(n, name);
	n->full |= !u;
	if (!u)
		return;
	u->messages += messages > 0 ? (uint64_t)messages : 0;
	if (first && (!u->has_first || at_us < u->first_at_us))
		u->first_at_us = at_us;
	u->has_first |= first != NULL;
}

bool import_names_note(struct import_names *n, const struct json_value *survey)
{
	const struct json_value *others = json_get(survey, "others");
	for (size_t k = 0; n->dialogue.asks && k < json_count(others); k++)
		note_one(n, json_at(others, k));
	return import_names_pending(n);
}

bool import_names_pending(const struct import_names *n)
{
	return n->unknown_count > 0 || n->full;
}

struct reply {
	size_t client_count;
	size_t whose; /* SIZE_MAX: nobody */
};

static int check_reply(void *context, struct str words, struct error *err)
{
	struct reply *r = context;
	uint64_t number;
	if (str_eq_nocase(words, STR("nobody")))
		r->whose = SIZE_MAX;
	else if (str_eq_nocase(words, STR("me")))
		r->whose = r->client_count;
	else if (str_to_u64(words, r->client_count, &number) && number)
		r->whose = (size_t)number - 1;
	else
		return error_set(err, ERROR_USAGE,
			"'%.*s' is nobody here, expected a number from 1 to %zu, me or nobody",
			STR_ARG(words), r->client_count);
	return 0;
}

/* "Whose is 'Jo' (12 messages, the first of 2025-09-02)? Number, me or nobody" */
static void add_question(
	const struct import_names *n, const struct unknown_name *u, struct buf *out)
{
	char first[TIME_TEXT_SIZE];
	buf_add_cstr(out, "Whose is '");
	utf8_add_visible(out, u->name, false);
	buf_add_format(out, "' (%llu message%s", (unsigned long long)u->messages,
		u->messages == 1 ? "" : "s");
	if (u->has_first) {
		format_time(n->dialogue.in, u->first_at_us, first);
		buf_add_format(
			out, "%s %.10s", u->messages == 1 ? ", of" : ", the first of", first);
	}
	buf_add_cstr(out, ")? Number, me or nobody");
}

static int note_told(
	struct import_names *n, struct config *c, struct str name, size_t whose, struct error *err)
{
	struct buf plain = {0};
	struct told_name told = {.whose = whose};
	person_plain(name, &plain);
	told.name = arena_str(&n->dialogue.arena, str_trim(buf_str(&plain)));
	bool full = plain.failed || !told.name.ptr ||
		array_room(&n->told, n->told_count, &n->told_cap, sizeof(*n->told)) < 0;
	buf_finish(&plain);
	if (full)
		return error_memory(err);
	n->told[n->told_count++] = told;
	return told_name_add(c, &told, err);
}

/* 1 somebody's, 0 nobody's or no more answers come, -1. */
static int ask_one(struct import_names *n, const struct unknown_name *u, struct error *err)
{
	struct config *c = n->dialogue.in->book->config;
	struct reply reply = {.client_count = c->client_count};
	struct buf text = {0};
	struct str answer;
	if (array_room(&n->asked, n->asked_count, &n->asked_cap, sizeof(*n->asked)) < 0)
		return error_memory(err);
	n->asked[n->asked_count++] = u->name;
	/* one who was named a moment ago may be written in another way */
	if (!n->dialogue.asks || known_as(c, u->name) != SIZE_MAX)
		return 0;
	add_question(n, u, &text);
	const struct question q = {.text = buf_cstr(&text),
		.fallback = "nobody",
		.check = check_reply,
		.context = &reply};
	int result = ask(&n->dialogue, &q, &answer, err);
	buf_finish(&text);
	if (result < 0 && n->dialogue.ended) {
		n->dialogue.asks = false;
		fputs("\nthe rest are nobody's\n", stderr);
		return 0;
	}
	if (result < 0 || reply.whose == SIZE_MAX)
		return result;
	return note_told(n, c, u->name, reply.whose, err) < 0 ? -1 : 1;
}

static void tell_clients(const struct config *c)
{
	struct buf line = {0};
	for (size_t k = 0; k < c->client_count; k++) {
		buf_add_format(&line, "  %zu  %.*s: ", k + 1, STR_ARG(c->clients[k].id));
		utf8_add_visible(&line, c->clients[k].name, false);
		buf_add_char(&line, '\n');
	}
	fputs(buf_cstr(&line), stderr);
	buf_finish(&line);
}

int import_names_ask(struct import_names *n, struct str path, struct error *err)
{
	int result = n->full ? error_memory(err) : 0;
	if (!result) {
		import_tell(path,
			"%zu of its names %s nobody's so far (Ctrl-D leaves those that are left so)",
			n->unknown_count, n->unknown_count == 1 ? "is" : "are");
		tell_clients(n->dialogue.in->book->config);
	}
	for (size_t k = 0; k < n->unknown_count && result >= 0; k++)
		result = ask_one(n, &n->unknown[k], err);
	n->unknown_count = 0;
	if (result < 0)
		return -1;
	if (n->told_count)
		told_names_remember(n->dialogue.in, n->told, n->told_count);
	n->told_count = 0;
	return 0;
}
