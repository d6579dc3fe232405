/* overstep doctor on the service, and on archive and index. */
#include "app/control_ask.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "doctor.h"
#include "index/index.h"
#include "output.h"
#include <stdlib.h>

/* A server's clock before ours: what it says of mail that came this week, beyond a few steps. */
#define CLOCK_MESSAGES 200
#define CLOCK_DAYS 7
#define CLOCK_AHEAD_US (2 * MINUTE_US)
#define CLOCK_AHEAD_MOST_US DAY_US /* beyond it is a date that whoever stored the mail chose */

static void tell(struct doctor *d, struct advice *a)
{
	doctor_tell(d, a, (struct str){0});
}

static void judge_service(struct doctor *d, struct advice *a)
{
	const struct json_value *root = json_root(d->service);
	struct str trouble = json_to_str(json_get(root, "trouble"));
	char since[TIME_TEXT_SIZE] = "";
	int64_t at_us;
	int offset_min;
	if (time_parse(json_to_str(json_get(root, "since")), &at_us, &offset_min))
		format_time(d->in, at_us, since);
	buf_add_format(&a->text, "overstepd is running since %s", since);
	if (!trouble.len)
		return;
	buf_add_format(&a->text, ", but cannot store: %.*s", STR_ARG(trouble));
	advice_wrong(a, ERROR_TEMPORARY, "see to the archive's disk; it tries again each minute");
}

/* The service's own words, for what keeps it from JIT may keep nobody else. */
static void tell_without_jit(struct doctor *d)
{
	struct advice a = {.check = "rules"};
	struct str why = json_to_str(json_get(json_root(d->service), "without_jit"));
	if (!why.len)
		return;
	buf_add_format(&a.text, "the service matches them without JIT, which takes longer: %.*s",
		STR_ARG(why));
	buf_add_cstr(&a.mend,
		"none is needed; for speed MemoryDenyWriteExecute=no in the unit, or execmem of "
		"SELinux");
	tell(d, &a);
}

void doctor_look_at_service(struct doctor *d)
{
	struct advice a = {.check = "service"};
	struct buf answer = {0};
	struct error why = {0};
	int result = control_ask(d->archive, "status", &answer, &why);
	if (!result)
		result = json_parse(buf_str(&answer), &d->service, &why);
	if (!result) {
		judge_service(d, &a);
	} else if (why.kind == ERROR_NOT_FOUND) {
		buf_add_cstr(&a.text, "overstepd is not running");
		advice_warn(&a,
			file_is_folder("/run/systemd/system")
				? "systemctl --user enable --now overstepd, or 'overstepd --once' "
				  "now and then"
				: "start overstepd, or run 'overstepd --once' now and then");
	} else {
		buf_add_cstr(&a.text, why.text);
		advice_wrong(&a, ERROR_TEMPORARY, "systemctl --user restart overstepd");
	}
	buf_finish(&answer);
	tell(d, &a);
	if (d->service)
		tell_without_jit(d);
}

/* The last record of the archive, which reads itself against its hash. */
static bool judge_archive(
	struct doctor *d, struct archive *archive, struct record *last, struct advice *a)
{
	struct error why = {0};
	uint64_t count = archive_last(archive);
	buf_add_format(&a->text, "'%s', %llu records", d->archive, (unsigned long long)count);
	if (!count)
		return false;
	if (archive_record_at(archive, count, last, &why) >= 0)
		return true;
	buf_add_format(&a->text, ", the last cannot be read: %s", why.text);
	advice_wrong(a, why.kind, "keep a copy of it as it is, then look at your backups");
	return false;
}

static void judge_step(
	struct doctor *d, const struct record *last, uint64_t folded, int holds, struct advice *a)
{
	if (folded == last->seq && holds) {
		buf_add_cstr(&a->text, "in step with the archive");
	} else if (folded < last->seq) {
		buf_add_format(&a->text, "%llu records behind the archive",
			(unsigned long long)(last->seq - folded));
		/* it may be at it this moment */
		if (!d->service)
			advice_warn(a, "any command folds them in, 'overstep clients' for one");
	} else {
		buf_add_cstr(&a->text, "holds records that the archive does not have");
		advice_wrong(a, ERROR_INTEGRITY,
			"was the archive replaced by an older one? if so, 'overstep reindex'");
	}
}

/* Was a server's clock ahead of ours, both in UTC? Mail cannot arrive after it was seen; by how
   much ours may be ahead of the server's cannot be known from this. */
static void look_at_server_clock(struct doctor *d, struct index *index)
{
	static const struct search_options newest = {.newest_first = true, .limit = CLOCK_MESSAGES};
	const struct indexed_message *m;
	struct query *query = NULL;
	struct cursor *cursor = NULL;
	int64_t ahead_us = 0, since_us = clock_now_us(NULL) - CLOCK_DAYS * DAY_US;
	size_t looked = 0;
	char name[EVIDENCE_NAME_SIZE] = "";
	if (query_parse(STR(""), NULL, &query, NULL) == 0 &&
		index_search(index, query, &newest, &cursor, NULL) == 0)
		while (cursor_next(cursor, &m, NULL) > 0) {
			const struct clocks *c = &m->clocks;
			if (!c->has[CLOCK_INTERNAL] || !c->has[CLOCK_SEEN] ||
				c->at_us[CLOCK_SEEN] < since_us)
				continue;
			looked++;
			int64_t ahead = c->at_us[CLOCK_INTERNAL] - c->at_us[CLOCK_SEEN];
			if (ahead <= ahead_us || ahead > CLOCK_AHEAD_MOST_US)
				continue;
			ahead_us = ahead;
			evidence_name(m->seq, name);
		}
	cursor_close(cursor);
	query_free(query);
	if (!looked)
		return;
	struct advice a = {.check = "clock"};
	if (ahead_us > CLOCK_AHEAD_US) {
		buf_add_format(&a.text,
			"the mail server's was %lld min ahead of this machine's when %s came",
			(long long)(ahead_us / MINUTE_US), name);
		advice_warn(&a,
			"timedatectl set-ntp true; when this machine's is right, tell those who run "
			"the server");
	} else {
		buf_add_format(&a.text,
			"no mail server's is ahead of this machine's, by %zu messages of this week",
			looked);
	}
	tell(d, &a);
}

static void look_at_index(struct doctor *d, const struct record *last)
{
	struct advice a = {.check = "index"};
	struct index *index = NULL;
	struct error why = {0};
	uint64_t folded = 0;
	int holds = -1;
	char *path = file_join(d->archive, "index.db");
	bool there = path && file_exists(path);
	free(path);
	if (!there) {
		buf_add_cstr(&a.text, "not made yet");
		advice_warn(&a, "any command makes it, 'overstep clients' for one");
	} else if (index_open(d->archive, &index, &why) < 0 ||
		index_last(index, &folded, &why) < 0 ||
		(holds = index_holds(index, last, &why)) < 0) {
		buf_add_cstr(&a.text, why.text);
		advice_wrong(&a, why.kind, "overstep reindex");
	} else {
		judge_step(d, last, folded, holds, &a);
	}
	tell(d, &a);
	if (index)
		look_at_server_clock(d, index);
	index_close(index);
}

void doctor_look_at_archive(struct doctor *d)
{
	struct advice a = {.check = "archive"};
	struct archive *archive = NULL;
	struct error why = {0};
	struct record last;
	record_init(&last);
	bool readable = false;
	if (archive_open(d->archive, ARCHIVE_READ, NULL, &archive, &why) == 0) {
		readable = judge_archive(d, archive, &last, &a);
	} else if (why.kind == ERROR_NOT_FOUND) {
		buf_add_format(&a.text, "'%s', not made yet", d->archive);
		advice_warn(&a, "start the service, or run 'overstepd --once'");
	} else {
		buf_add_cstr(&a.text, why.text);
		advice_wrong(&a, why.kind, "see that nothing else holds it and that it is yours");
	}
	tell(d, &a);
	if (readable)
		look_at_index(d, &last);
	record_finish(&last);
	archive_close(archive);
}
