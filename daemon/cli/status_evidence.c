/* The part of `overstep status` on how good the evidence is: anchored, watched, past its time. */
#include "status_evidence.h"

#include "app/rulebook.h"
#include "archive/anchor.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "config/config.h"
#include "coverage.h"
#include "index/index.h"
#include "output.h"
#include "report/words.h"
#include <stdlib.h>

#define SHOWN_US (7 * DAY_US)

static int look_at_anchor(
	struct archive *archive, struct index *index, struct status_evidence *e, struct error *err)
{
	struct record record;
	struct anchor anchor;
	uint64_t seq;
	record_init(&record);
	int found = index_newest(index, RECORD_ANCHOR, &seq, err);
	if (found > 0)
		found = archive_record_at(archive, seq, &record, err);
	if (found > 0 && record.seq == seq && anchor_read(&record, &anchor, NULL) == 0) {
		e->anchored = anchor.records;
		e->anchored_at_us = record.stored_at_us;
	}
	record_finish(&record);
	return found < 0 ? -1 : 0;
}

/* The service knows of a round that is not in the index yet. */
static void hear_of_anchor(const struct json_value *service, struct status_evidence *e)
{
	const struct json_value *v = json_get(service, "anchored");
	int64_t records = json_to_int(json_get(v, "records"), 0), at_us;
	int offset_min;
	e->trouble = json_to_str(json_get(v, "trouble"));
	if (records <= 0 || !time_parse(json_to_str(json_get(v, "at")), &at_us, &offset_min))
		return;
	e->anchored = (uint64_t)records;
	e->anchored_at_us = at_us;
}

/* The first record behind, but for those that say that what is before them is anchored. */
static int look_behind_anchor(struct archive *archive, struct status_evidence *e, struct error *err)
{
	struct record record;
	uint64_t seq = e->anchored + 1;
	int more;
	record_init(&record);
	while ((more = archive_record_at(archive, seq, &record, err)) > 0 &&
		record.type == RECORD_ANCHOR)
		seq = record.seq + 1;
	e->unanchored = more > 0;
	e->unanchored_since_us = record.stored_at_us;
	record_finish(&record);
	return more < 0 ? -1 : 0;
}

static int count_expired(
	struct invocation *in, struct index *index, struct status_evidence *e, struct error *err)
{
	const struct config *config = in->book->config;
	int64_t now_us = clock_now_us(NULL);
	for (size_t i = 0; i < config->client_count; i++) {
		const struct client *c = &config->clients[i];
		uint64_t count = 0;
		if (!c->retention_s || c->hold)
			continue;
		if (index_count_before(
			    index, c->id, now_us - c->retention_s * SECOND_US, &count, err) < 0)
			return -1;
		e->expired += count;
	}
	return 0;
}

static int look_at_index(struct invocation *in, struct archive *archive, const char *folder,
	const struct json_value *service, struct status_evidence *e, struct error *err)
{
	struct index *index = NULL;
	int64_t now_us = clock_now_us(NULL);
	const struct coverage_plan plan = {
		.from_us = now_us - SHOWN_US, .until_us = now_us, .unrecorded = true};
	int result = index_open(folder, &index, err);
	if (!result)
		result = look_at_anchor(archive, index, e, err);
	if (!result && service)
		hear_of_anchor(service, e);
	if (!result)
		result = look_behind_anchor(archive, e, err);
	if (!result)
		result = coverage_make(in, index, &plan, &e->arena, &e->lines, &e->line_count, err);
	if (!result)
		result = index_unread_count(index, &e->unread, err);
	if (!result)
		result = count_expired(in, index, e, err);
	if (!result)
		result = rule_proposals_look(in, index, &e->proposals, err);
	index_close(index);
	/* the week may have begun before anything was watched */
	if (e->line_count && e->lines[0].kind == COVERAGE_UNKNOWN) {
		e->lines++;
		e->line_count--;
	}
	return result;
}

int status_evidence_look(struct invocation *in, struct archive *archive,
	const struct json_value *service, struct status_evidence *out, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	char *path = folder ? file_join(folder, "index.db") : NULL;
	int result = path ? 0 : error_memory(err);
	/* one that is not there yet is not made here */
	if (!result && file_exists(path))
		result = look_at_index(in, archive, folder, service, out, err);
	free(path);
	free(folder);
	return result;
}

/* Nobody is asked to witness anything. */
static bool has_no_witness(const struct config *config)
{
	return !config->anchor_urls.count && !config->anchor_mail_to.count &&
		!config->anchor_command.count;
}

void status_evidence_show(struct invocation *in, const struct status_evidence *e)
{
	char at[TIME_TEXT_SIZE], id[EVIDENCE_NAME_SIZE];
	evidence_name(e->anchored, id);
	if (e->anchored)
		print(in, "anchored  until %s", id);
	else
		print(in, "anchored  nothing");
	if (e->unanchored) {
		format_time(in, e->unanchored_since_us, at);
		print(in, ", unanchored since %s", at);
	}
	print(in, "\n");
	if (e->unanchored && has_no_witness(in->book->config))
		print(in,
			"          nobody is asked: 'anchor' in the configuration names who is\n");
	if (e->trouble.len) {
		print(in, "          the last try failed: ");
		print_visible(in, e->trouble, false);
		print(in, "\n");
	}
	size_t first = coverage_first_shown(e->line_count);
	for (size_t i = first; i < e->line_count; i++) {
		struct buf words = {0};
		coverage_say(&(const struct pen){.out = &words}, &e->lines[i]);
		print(in, "%s", i > first ? "          " : "watched   ");
		print_visible(in, buf_str(&words), false);
		print(in, "\n");
		buf_finish(&words);
	}
	if (e->unread)
		print(in, "unread    %llu %s could not be had, and %s tried again\n",
			(unsigned long long)e->unread, e->unread == 1 ? "message" : "messages",
			e->unread == 1 ? "is" : "are");
	rule_proposals_show(in, &e->proposals, "doubtful  ");
	if (e->expired)
		print(in,
			"expired   %llu %s past the client's retention: 'overstep erase --expired' "
			"lists them\n",
			(unsigned long long)e->expired, e->expired == 1 ? "message" : "messages");
}

void status_evidence_write(
	struct invocation *in, const struct status_evidence *e, struct json_writer *w)
{
	char at[TIME_TEXT_SIZE], id[EVIDENCE_NAME_SIZE];
	json_object(w, "anchored");
	evidence_name(e->anchored, id);
	json_cstr(w, "until", e->anchored ? id : NULL);
	format_time(in, e->anchored_at_us, at);
	json_cstr(w, "at", e->anchored ? at : NULL);
	format_time(in, e->unanchored_since_us, at);
	json_cstr(w, "unanchored_since", e->unanchored ? at : NULL);
	json_str(w, "trouble", e->trouble);
	json_object_end(w);
	coverage_write(e->lines, e->line_count, w);
	json_int(w, "unread", (int64_t)e->unread);
	json_int(w, "expired", (int64_t)e->expired);
	rule_proposals_write(&e->proposals, w);
}

void status_evidence_finish(struct status_evidence *e)
{
	rule_proposals_finish(&e->proposals);
	arena_finish(&e->arena);
}
