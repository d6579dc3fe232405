/* The first and the middle questions of `overstep init`: who I am, and when I work. */
#include "init.h"

#include "command.h"
#include "init_hours.h"
#include "worktime/worktime.h"
#include <stdlib.h>
#include <string.h>

int check_address(struct str s, bool domains, struct error *err)
{
	size_t at;
	bool good = str_rfind_char(s, '@', &at) && (at > 0 || domains) && at + 1 < s.len &&
		s.ptr[at + 1] != '.';
	for (size_t i = 0; i < s.len && good; i++)
		good = !strchr(" \t<>,;\"\\", s.ptr[i]);
	if (good)
		return 0;
	return error_set(err, ERROR_USAGE, "bad address '%.*s', expected jane@acme.example%s",
		STR_ARG(s), domains ? ", or @acme.example for all of a domain" : "");
}

int split_words(struct str words, struct arena *a, struct strs *out,
	int (*check)(struct str word, struct error *err), struct error *err)
{
	struct str word;
	struct strs made = {.items = arena_array(a, words.len / 2 + 1, sizeof(struct str))};
	if (!made.items)
		return error_memory(err);
	for (struct str rest = words; rest.len;) {
		size_t len = 0;
		while (len < rest.len && !strchr(", ;", rest.ptr[len]))
			len++;
		word = str_slice(rest, 0, len);
		rest = str_slice(rest, len + 1, rest.len);
		if (!word.len)
			continue;
		if (check && check(word, err) < 0)
			return -1;
		made.items[made.count++] = word;
	}
	if (out)
		*out = made;
	return 0;
}

static int check_my_address(struct str word, struct error *err)
{
	return check_address(word, false, err);
}

static int check_my_addresses(void *context, struct str answer, struct error *err)
{
	struct init *i = context;
	if (split_words(answer, &i->dialogue.arena, &i->me.addresses, check_my_address, err) < 0)
		return -1;
	return i->me.addresses.count ? 0 : error_set(err, ERROR_USAGE, "no address in it");
}

int init_ask_me(struct init *i, struct error *err)
{
	struct str addresses;
	const struct question name = {
		.option = "name", .text = "Your name, for reports", .fallback = ""};
	const struct question address = {
		.option = "address",
		.text = "Your mail addresses, the one of the mailbox first",
		.check = check_my_addresses,
		.context = i,
	};
	if (ask(&i->dialogue, &name, &i->me.name, err) < 0 ||
		ask(&i->dialogue, &address, &addresses, err) < 0)
		return -1;
	/* once more: what was checked points into the line, which is gone */
	return split_words(addresses, &i->dialogue.arena, &i->me.addresses, check_my_address, err);
}

static int check_zone(void *context, struct str answer, struct error *err)
{
	(void)context;
	return worktime_check_zone(answer, err);
}

static int check_hours(void *context, struct str answer, struct error *err)
{
	struct init *i = context;
	return hours_from_words(answer, &i->dialogue.arena, &i->me.hours, err);
}

static int check_holidays(void *context, struct str answer, struct error *err)
{
	struct init *i = context;
	if (str_eq_nocase(answer, STR("none")))
		return 0;
	return split_words(answer, &i->dialogue.arena, NULL, worktime_check_holidays, err);
}

static int ask_zone(struct init *i, struct error *err)
{
	struct buf guess = {0};
	zone_guess(str_from(getenv("TZ")), &guess);
	const struct question zone = {
		.option = "time-zone",
		.text = "Your time zone",
		.fallback = buf_cstr(&guess),
		.check = check_zone,
	};
	int result =
		guess.failed ? error_memory(err) : ask(&i->dialogue, &zone, &i->me.time_zone, err);
	buf_finish(&guess);
	return result;
}

/* Words are shown as they were understood, and asked again until they are right. */
static int ask_hours(struct init *i, struct error *err)
{
	struct question hours = {
		.option = "hours",
		.text = "Your working hours, such as '9-17, Friday to 15'",
		.check = check_hours,
		.context = i,
	};
	static const struct question right = {.text = "Is that right?", .fallback = "yes"};
	bool yes = !i->dialogue.asks || option(i->in, "hours");
	struct str words;
	do {
		if (ask(&i->dialogue, &hours, &words, err) < 0)
			return -1;
		for (size_t n = 0; n < i->me.hours.count; n++)
			remark("  %.*s", STR_ARG(i->me.hours.items[n]));
		if (!yes && ask_yes(&i->dialogue, &right, &yes, err) < 0)
			return -1;
	} while (!yes);
	return 0;
}

static int ask_holidays(struct init *i, struct error *err)
{
	char country[3] = "";
	struct str words;
	zone_country(NULL, i->me.time_zone, country);
	if (country[0] && worktime_check_holidays(str_from(country), NULL) < 0)
		country[0] = '\0';
	const struct question holidays = {
		.option = "holidays",
		.text = "Public holidays: a country such as SE or DE-BY, an .ics file, or none",
		.fallback = country[0] ? country : "none",
		.check = check_holidays,
		.context = i,
	};
	if (ask(&i->dialogue, &holidays, &words, err) < 0)
		return -1;
	if (str_eq_nocase(words, STR("none")))
		return 0;
	return split_words(
		words, &i->dialogue.arena, &i->me.holidays, worktime_check_holidays, err);
}

int init_ask_time(struct init *i, struct error *err)
{
	if (ask_zone(i, err) < 0 || ask_hours(i, err) < 0)
		return -1;
	return ask_holidays(i, err);
}
