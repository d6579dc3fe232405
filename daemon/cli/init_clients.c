/* Picks the clients: those who wrote most in the last year are shown, with their companies. */
#include "init.h"

#include "app/rulebook.h"
#include "base/utf8.h"
#include "command.h"
#include "output.h"
#include "source/provider.h"
#include <stdlib.h>
#include <string.h>

#define SHOWN_MOST 40

/* A sender, or a company with all its senders. */
struct group {
	struct str address; /* "jane@gmail.com" or "@acme.example" */
	struct str name;    /* of who wrote most */
	uint64_t messages;
	size_t people;
};

struct groups {
	struct init *init;
	struct group *items;
	size_t count;
	uint64_t machines; /* mails of senders that nobody answers */
	size_t rare;       /* senders that were not even grouped */
	bool chosen[SHOWN_MOST];
	struct strs typed; /* addresses beside the list */
};

/* Machines that write for themselves: nobody is behind them to be a client. */
static bool is_machine(struct str mail)
{
	static const char *const names[] = {"noreply", "no-reply", "no_reply", "no.reply",
		"donotreply", "do-not-reply", "do_not_reply", "mailer-daemon", "postmaster",
		"notification", "newsletter", "bounce", "automat", "alert"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_starts_nocase(mail, str_from(names[i])))
			return true;
	return false;
}

static bool is_known(const struct groups *g, struct str mail)
{
	const struct rulebook *book = g->init->book;
	if (address_fits(mail, &g->init->me.addresses))
		return true;
	for (size_t i = 0; book && i < book->config->client_count; i++)
		if (address_fits(mail, &book->config->clients[i].addresses))
			return true;
	return false;
}

/* Everybody at a company is it; at a provider for all, or where I am myself, people are people. */
static bool is_company(const struct groups *g, struct str domain)
{
	if (provider_of_domain(domain))
		return false;
	for (size_t i = 0; i < g->init->me.addresses.count; i++)
		if (str_eq_nocase(domain_of(g->init->me.addresses.items[i]), domain))
			return false;
	return true;
}

static struct group *find_group(struct groups *g, struct str address)
{
	for (size_t i = 0; i < g->count; i++)
		if (str_eq_nocase(g->items[i].address, address))
			return &g->items[i];
	return NULL;
}

static void add_sender(struct groups *g, const struct sender *s)
{
	struct str domain = domain_of(s->mail);
	if (!domain.len || domain.len == s->mail.len || is_known(g, s->mail) ||
		check_address(s->mail, false, NULL) < 0)
		return;
	if (is_machine(s->mail)) {
		g->machines += s->messages;
		return;
	}
	bool company = is_company(g, domain);
	/* the address with its @, which stands before the domain */
	struct str address = company ? (struct str){domain.ptr - 1, domain.len + 1} : s->mail;
	struct group *group = find_group(g, address);
	if (!group) {
		group = &g->items[g->count++];
		/* the most frequent sender comes first, and gives the name */
		*group =
			(struct group){.address = address, .name = s->name.len ? s->name : s->mail};
	}
	group->messages += s->messages;
	group->people++;
}

static int by_messages(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->messages != y->messages)
		return x->messages < y->messages ? 1 : -1;
	return str_cmp(x->address, y->address);
}

static int show_groups(const struct groups *g, struct error *err)
{
	static const char *const titles[] = {"", "MAILS", "ADDRESS", "WHO"};
	struct table *t;
	if (table_new(4, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < 4; i++)
		table_add_cstr(t, titles[i], COLOR_DIM, i < 2);
	for (size_t i = 0; i < g->count; i++) {
		const struct group *group = &g->items[i];
		table_add_format(t, COLOR_BOLD, true, "%zu", i + 1);
		table_add_format(t, COLOR_PLAIN, true, "%llu", (unsigned long long)group->messages);
		table_add(t, group->address, COLOR_PLAIN, false);
		if (group->people > 1)
			table_add_format(t, COLOR_PLAIN, false, "%.*s and %zu more",
				STR_ARG(group->name), group->people - 1);
		else
			table_add(t, group->name, COLOR_PLAIN, false);
	}
	int result = table_print(g->init->in, t, err);
	fflush(stdout);
	table_free(t);
	return result;
}

/* "acme" of acme.example and of acme.co.uk: what people call it. */
static struct str company_label(struct str domain)
{
	struct str labels[8], rest = domain;
	size_t count = 0;
	while (count < 8 && str_split(&rest, '.', &labels[count]))
		count++;
	if (count < 2)
		return domain;
	if (count > 2 && labels[count - 2].len <= 3)
		return labels[count - 3];
	return labels[count - 2];
}

static int name_client(struct groups *g, const struct group *group, struct error *err)
{
	struct str label = group->name, name;
	struct buf guess = {0}, text = {0};
	bool company = group->address.ptr[0] == '@';
	if (company)
		label = company_label(str_slice(group->address, 1, group->address.len));
	utf8_add_visible(&guess, label, false);
	if (company && guess.len && guess.ptr[0] >= 'a' && guess.ptr[0] <= 'z')
		guess.ptr[0] = (char)(guess.ptr[0] - 'a' + 'A');
	buf_add_format(&text, "Name of %.*s", STR_ARG(group->address));
	const struct question q = {.text = buf_cstr(&text), .fallback = buf_cstr(&guess)};
	int result = guess.failed || text.failed ? error_memory(err)
						 : ask(&g->init->dialogue, &q, &name, err);
	if (!result)
		result =
			init_add_client(g->init, company ? label : name, name, group->address, err);
	buf_finish(&guess);
	buf_finish(&text);
	return result;
}

/* Numbers of the list, addresses, or both. */
static int check_picks(void *context, struct str answer, struct error *err)
{
	struct groups *g = context;
	struct arena *a = &g->init->dialogue.arena;
	struct buf numbers = {0};
	struct strs typed = {.items = arena_array(a, answer.len / 2 + 1, sizeof(struct str))};
	int result = typed.items ? 0 : error_memory(err);
	for (struct str rest = answer; rest.len && !result;) {
		size_t len = 0, at;
		while (len < rest.len && !strchr(", ;", rest.ptr[len]))
			len++;
		struct str word = str_slice(rest, 0, len);
		rest = str_slice(rest, len + 1, rest.len);
		if (str_eq_nocase(word, STR("none")) || !word.len)
			continue;
		if (!str_rfind_char(word, '@', &at)) {
			buf_add_format(&numbers, "%.*s ", STR_ARG(word));
			continue;
		}
		result = check_address(word, true, err);
		typed.items[typed.count] = arena_str(a, word);
		if (!typed.items[typed.count++].ptr)
			result = error_memory(err);
	}
	if (!result)
		result = pick_numbers(buf_str(&numbers), g->count, g->chosen, err);
	if (!result)
		g->typed = typed;
	buf_finish(&numbers);
	return result;
}

static int pick_from_list(struct groups *g, struct error *err)
{
	struct str answer;
	const struct question q = {
		.text = g->count
			? "Which are clients? Numbers (1,3-5) and addresses, or none"
			: "Addresses of clients (jane@acme.example, @acme.example), or none",
		.fallback = "none",
		.check = check_picks,
		.context = g,
	};
	int result = ask(&g->init->dialogue, &q, &answer, err);
	size_t picked = g->typed.count;
	for (size_t i = 0; i < g->count; i++)
		picked += g->chosen[i];
	if (!result && picked > 1)
		remark("  one name for two addresses makes one client of them");
	for (size_t i = 0; i < g->count && !result; i++)
		if (g->chosen[i])
			result = name_client(g, &g->items[i], err);
	for (size_t i = 0; i < g->typed.count && !result; i++) {
		const struct group typed = {
			.address = g->typed.items[i], .name = g->typed.items[i]};
		result = name_client(g, &typed, err);
	}
	return result;
}

/* A mailbox that does not tell is no reason to stop: clients can be typed. */
static void survey(
	struct init *i, const struct account *account, struct str secret, struct senders *out)
{
	struct progress progress;
	struct error why = {0};
	const struct survey_plan plan = {.account = account, .secret = secret};
	progress_init(&progress);
	int result = survey_senders(&plan, i->account.since, progress_tell, &progress, out, &why);
	progress_finish(&progress);
	if (result < 0) {
		remark("cannot tell who wrote to you: %s", why.text);
		*out = (struct senders){0};
	} else {
		remark("who wrote in %llu mails since %04d-%02d-%02d%s:",
			(unsigned long long)out->messages, i->account.since.year,
			i->account.since.month, i->account.since.day,
			out->cut ? ", the newest of more" : "");
	}
}

static int show_and_pick(
	struct init *i, const struct senders *senders, size_t mailboxes, struct error *err)
{
	struct groups g = {.init = i};
	size_t room = 1;
	for (size_t n = 0; n < mailboxes; n++)
		room += senders[n].count;
	g.items = calloc(room, sizeof(*g.items));
	if (!g.items)
		return error_memory(err);
	for (size_t n = 0; n < mailboxes; n++) {
		for (size_t k = 0; k < senders[n].count; k++)
			add_sender(&g, &senders[n].items[k]);
		g.rare += senders[n].all > senders[n].count ? senders[n].all - senders[n].count : 0;
	}
	if (g.count)
		qsort(g.items, g.count, sizeof(*g.items), by_messages);
	size_t shown = g.count < SHOWN_MOST ? g.count : SHOWN_MOST, hidden = g.count - shown;
	g.count = shown;
	int result = shown ? show_groups(&g, err) : 0;
	if (hidden || g.rare)
		remark("  and %zu more who wrote less: a client among them is picked by address",
			hidden + g.rare);
	if (g.machines)
		remark("  and %llu of no-reply addresses and the like",
			(unsigned long long)g.machines);
	if (!result)
		result = pick_from_list(&g, err);
	free(g.items);
	return result;
}

static int survey_and_pick(struct init *i, struct error *err)
{
	const struct rulebook *book = i->book;
	size_t count = book ? book->config->account_count : 1;
	struct senders *senders = calloc(count + 1, sizeof(*senders));
	if (!senders)
		return error_memory(err);
	for (size_t n = 0; n < count; n++)
		survey(i, book ? &book->config->accounts[n] : &i->account,
			i->secret.len ? buf_str(&i->secret) : (struct str){0}, &senders[n]);
	int result = show_and_pick(i, senders, count, err);
	for (size_t n = 0; n < count; n++)
		senders_finish(&senders[n]);
	free(senders);
	return result;
}

static int check_clients(void *context, struct str answer, struct error *err)
{
	return pick_clients(context, answer, err);
}

static int check_told(void *context, struct str answer, struct error *err)
{
	struct init *i = context;
	i->has_hours_told = !str_eq_nocase(answer, STR("no"));
	if (str_eq_nocase(answer, STR("today")))
		i->hours_told = date_from_days(clock_now_us(NULL) / DAY_US);
	else if (i->has_hours_told && !date_parse(answer, &i->hours_told))
		return error_set(err, ERROR_USAGE,
			"bad day '%.*s', expected such as 2026-01-15, today, or no",
			STR_ARG(answer));
	return 0;
}

static int ask_told(struct init *i, struct error *err)
{
	struct str answer;
	const struct question q = {
		.option = "hours-told",
		.text = "Since when do they know your hours? A day, today, or no",
		.fallback = "no",
		.check = check_told,
		.context = i,
	};
	if (!i->client_count)
		return 0;
	if (ask(&i->dialogue, &q, &answer, err) < 0)
		return -1;
	for (size_t n = 0; n < i->client_count; n++) {
		i->clients[n].has_hours_told = i->has_hours_told;
		i->clients[n].hours_told = i->hours_told;
	}
	return 0;
}

int init_ask_clients(struct init *i, struct error *err)
{
	struct str answer;
	const struct question clients = {
		.option = "clients",
		.text = "such as 'acme:Acme GmbH=@acme.example; lumen=nora@lumen.example'",
		.check = check_clients,
		.context = i,
	};
	bool told = !i->dialogue.asks || option(i->in, "clients");
	if (told ? ask(&i->dialogue, &clients, &answer, err) < 0 : survey_and_pick(i, err) < 0)
		return -1;
	return ask_told(i, err);
}
