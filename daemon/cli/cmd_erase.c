/* overstep erase: messages go with all that is recorded of them; that they went stays. */
#include "app/erase.h"

#include "app/store.h"
#include "erase_choose.h"
#include "output.h"
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static size_t all_of(const struct things *t)
{
	return t->messages + t->exhibits;
}

/* "2 messages and 1 file or note of yours" */
static void print_things(struct invocation *in, const struct things *t)
{
	if (t->messages || !t->exhibits)
		print(in, "%zu message%s", t->messages, plural(t->messages));
	if (t->exhibits)
		print(in, "%s%zu %s of yours", t->messages ? " and " : "", t->exhibits,
			t->exhibits == 1 ? "file or note" : "files and notes");
}

static void say_what_stays(struct invocation *in, const struct choice *c)
{
	if (all_of(&c->held)) {
		print_things(in, &c->held);
		print(in, " of clients on hold stay%s: a dispute is on\n",
			all_of(&c->held) == 1 ? "s" : "");
	}
	if (all_of(&c->shared)) {
		print_things(in, &c->shared);
		print(in, "%s also other clients' stay%s: name them by their numbers\n",
			all_of(&c->shared) == 1 ? " that is" : " that are",
			all_of(&c->shared) == 1 ? "s" : "");
	}
}

static void say_what_goes(
	struct invocation *in, const struct choice *c, const struct erase_outcome *made, bool dry)
{
	print_things(in, &c->going);
	if (dry)
		print(in,
			" would be erased, with %zu record%s in all; nothing is yet: --yes does "
			"it, and it cannot be undone\n",
			made->records, plural(made->records));
	else
		print(in,
			" erased, with %zu record%s and %zu octet string%s; their hashes stay in "
			"the log: overstep verify\n",
			made->records, plural(made->records), made->octets, plural(made->octets));
}

static int say(struct invocation *in, const struct choice *c, const struct erase_outcome *made,
	bool dry, struct error *err)
{
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_bool(w, "erased", !dry && c->count);
		json_int(w, "messages", (int64_t)c->going.messages);
		json_int(w, "records", (int64_t)made->records);
		json_int(w, "octet_strings", (int64_t)made->octets);
		json_int(w, "held", (int64_t)c->held.messages);
		json_int(w, "shared", (int64_t)c->shared.messages);
		json_int(w, "exhibits", (int64_t)c->going.exhibits);
		json_int(w, "exhibits_held", (int64_t)c->held.exhibits);
		return json_item_end(in, &line, err);
	}
	say_what_stays(in, c);
	if (c->count)
		say_what_goes(in, c, made, dry);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct choice c = {0};
	struct erase_outcome made = {0};
	bool dry = !has_option(in, "yes");
	const struct passwd *me = getpwuid(geteuid());
	int result = erase_choose(in, &c, err);
	if (!result && !dry && !option(in, "why"))
		result = error_set(err, ERROR_USAGE,
			"why is it erased? the log will say it: expected --why TEXT");
	const struct erase_plan plan = {
		.seqs = c.seqs,
		.count = c.count,
		.by = str_from(me ? me->pw_name : "unknown"),
		.why = str_from(option(in, "why")),
		.dry = dry,
	};
	if (!result && c.count)
		result = store_erase(in->store, &plan, &made, err);
	if (!result)
		result = say(in, &c, &made, dry, err);
	if (!result && !c.count)
		result = error_set(err, ERROR_NOT_FOUND, "there is nothing to erase");
	choice_finish(&c);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "all messages of this client alone, and what you attached or noted of it"},
	{"expired", NULL, "all that are past their client's 'retention'"},
	{"before", "DAY", "only what came before that day"},
	{"why", "TEXT", "the reason, which stays in the log"},
	{"yes", NULL, "do it; without, only say what would be"},
	{0},
};

const struct command command_erase = {
	.name = "erase",
	.usage = "ID...|--client C|--expired [--before DAY] [--why TEXT --yes]",
	.summary = "Take messages out of the evidence for good",
	.help = "Words and octets go, with the findings, signatures and marks on them; their salted\n"
		"hashes stay, so that everything else still verifies, and an erasure record says\n"
		"that something was erased, by whom and why, not what. Your own files and notes go\n"
		"with a client's messages, by the times that you gave them. Nothing is erased of a\n"
		"client with 'hold = true'.\n\n"
		"  overstep erase E-000042\n"
		"  overstep erase --expired --why 'three years are over' --yes",
	.needs = NEEDS_WRITE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
