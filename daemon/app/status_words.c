/* How it goes, in the words that `systemctl status` shows. */
#include "app/rulebook.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "config/config.h"
#include "health.h"
#include "keeper_state.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <string.h>

/* Of the accounts that there is something to say of. */
#define ACCOUNTS_MOST 3
#define REASON_MOST 160

/* The writing of one status. */
struct status {
	const struct keeper *k;
	int64_t now_us, monotonic_us;
	struct buf *out;
};

/* "09:04", "Tue 09:04" within six days, else with the date. */
static void add_time(struct status *s, int64_t at_us)
{
	const struct zone *zone = worktime_zone(s->k->book->mine);
	struct zone_time at, now;
	zone_local(zone, at_us, &at);
	zone_local(zone, s->now_us, &now);
	int64_t days = date_to_days((struct date){at.year, at.month, at.day}) -
		date_to_days((struct date){now.year, now.month, now.day});
	if (days < -6 || days > 6)
		buf_add_format(s->out, "%d-%02d-%02d ", at.year, at.month, at.day);
	else if (days)
		buf_add_format(s->out, "%s ", weekday_names[at.weekday]);
	buf_add_format(s->out, "%02d:%02d", at.hour, at.minute);
}

static void add_next_try(struct status *s, int64_t at_us)
{
	buf_add_cstr(s->out, ", next try ");
	add_time(s, at_us);
}

/* The reason, unless it quotes who logs in where: the status is for more eyes than mine. */
static void add_reason(struct status *s, const struct error *why)
{
	if (why->kind == ERROR_LOGIN)
		buf_add_cstr(s->out, "login refused");
	else if (strchr(why->text, '@'))
		buf_add_cstr(s->out, "not read");
	else
		utf8_add_visible(s->out, str_slice(str_from(why->text), 0, REASON_MOST), false);
}

/* Whether there is something to say of it alone. */
static bool add_account(struct status *s, const struct account_link *link)
{
	/* a folder may be called after an address */
	bool under_way = link->progress[0] && !strchr(link->progress, '@');
	if (!under_way && link->error.kind == ERROR_NONE)
		return false;
	buf_add_cstr(s->out, "; ");
	utf8_add_visible(s->out, link->account->name, false);
	buf_add_cstr(s->out, ": ");
	if (under_way) {
		buf_add_cstr(s->out, link->progress);
		return true;
	}
	add_reason(s, &link->error);
	if (link->running)
		buf_add_cstr(s->out, ", trying again now");
	else
		add_next_try(s, link->due_at_us);
	return true;
}

static void add_accounts(struct status *s)
{
	const struct crew *crew = &s->k->crew;
	size_t good = 0, told = 0, untold = 0;
	for (size_t i = 0; i < crew->link_count; i++)
		good += crew->links[i].error.kind == ERROR_NONE;
	buf_add_cstr(s->out, "watching ");
	if (good < crew->link_count)
		buf_add_format(s->out, good ? "%zu of " : "none of ", good);
	buf_add_format(s->out, "%zu account%s", crew->link_count, crew->link_count == 1 ? "" : "s");
	if (s->k->has_last_mail) {
		buf_add_cstr(s->out, ", last mail ");
		add_time(s, s->k->last_mail_at_us);
	} else {
		buf_add_cstr(s->out, ", no mail since the start");
	}
	for (size_t i = 0; i < crew->link_count; i++) {
		if (told < ACCOUNTS_MOST)
			told += add_account(s, &crew->links[i]);
		else
			untold += crew->links[i].error.kind != ERROR_NONE;
	}
	if (untold)
		buf_add_format(s->out, "; %zu more with trouble", untold);
}

/* Files say something else than what is in force. */
static void add_change(struct status *s)
{
	size_t errors = s->k->disk.errors;
	buf_add_cstr(s->out, "; configuration or rules changed on disk, ");
	if (errors)
		buf_add_format(s->out, "%zu error%s, ", errors, errors == 1 ? "" : "s");
	buf_add_cstr(s->out, "not in force: run 'overstep ");
	buf_add_cstr(s->out, errors ? "check'" : "reload'");
}

void status_words(const struct keeper *k, int64_t now_us, int64_t monotonic_us, struct buf *out)
{
	struct status s = {k, now_us, monotonic_us, out};
	if (k->store) {
		add_accounts(&s);
	} else {
		buf_add_cstr(out, "cannot store: ");
		add_reason(&s, &k->trouble);
		add_next_try(&s, now_us + k->resume_us - monotonic_us);
	}
	if (k->disk.differs && !(k->reload_text && k->disk.errors))
		add_change(&s);
	else if (k->reload_text)
		buf_add_cstr(out, "; new configuration refused, what was in force still is");
	if (k->book->files_left_out)
		buf_add_format(out, "; %zu rule file%s left out", k->book->files_left_out,
			k->book->files_left_out == 1 ? "" : "s");
}
