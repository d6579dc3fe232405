/* Everything that can be rebuilt from the archive: search, findings in force, a client's history.
 */
#ifndef OVERSTEP_INDEX_INDEX_H
#define OVERSTEP_INDEX_INDEX_H

#include "base/clock.h"
#include "base/error.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/gap.h"
#include "model/mark.h"
#include "model/record.h"
#include "model/risk.h"
#include "model/sequence.h"
#include "model/verdict.h"

struct index;

/* index.db in the archive's folder, WAL. Made when it is missing; an index of another version is
 * dropped and made anew. */
int index_open(const char *folder, struct index **out, struct error *err);
void index_close(struct index *x);

int index_begin(struct index *x, struct error *err);
int index_commit(struct index *x, struct error *err);
/* Until index_rollback everything is answered as of now: many questions wait for one lock. */
int index_look(struct index *x, struct error *err);
void index_rollback(struct index *x);
/* The last record that was folded in; 0 at first. */
int index_last(struct index *x, uint64_t *seq, struct error *err);
/* Was that very record folded in (not another of its number, from an archive that is gone)? 1, 0,
   -1. */
int index_holds(struct index *x, const struct record *record, struct error *err);
/* Forgets everything (reindex). */
int index_clear(struct index *x, struct error *err);

/* A record on its way into the index; all borrowed. */
struct folding {
	const struct record *record;
	struct str blob;                /* of findings and mark records (JSON), else absent */
	const struct verdict *verdicts; /* what a findings record's blob says, or NULL */
	size_t verdict_count;
	const struct message_entry *entry; /* of message records, else NULL */
	const struct facts *facts;         /* of message records, else NULL */
};

/* Folds one record, which must be the next that is not erased. The same call live and in reindex. A
   findings blob is
   {"schema":1,"rules":"E-000001","terms":"E-000002","messages":[{"of":"E-000004","judgement":{...}},...]};
   the newest judgement of a message is in force. Marks belong to (message, rule) and survive
   judging again. What a sequence found is a findings record of its own, with
   "client":"acme","replaces":"E-000031"|null,"sequence":{...} (model/sequence.h); it stands until a
   record replaces it, or names it in "withdrawn":["E-000040",...]. Fails: ERROR_INTEGRITY when
   it does not fit, ERROR_SYSTEM. */
int index_fold(struct index *x, const struct folding *f, struct error *err);

/* The next message behind `seq` that came signed and has no record on that yet: 1 and *out, 0, -1.
 */
int index_next_signed(struct index *x, uint64_t seq, uint64_t *out, struct error *err);
/* The newest record of that type: 1 and *seq, 0, -1. */
int index_newest(struct index *x, enum record_type type, uint64_t *seq, struct error *err);
/* Known places: 1 and *seq, 0, -1. */
int index_find_place(struct index *x, const struct place *place, uint64_t *seq, struct error *err);
/* The first message of that Message-ID (without < >): 1, 0, -1. */
int index_find_message_id(struct index *x, struct str id, uint64_t *seq, struct error *err);
/* The message record of that account (absent: of any) with the same octets: 1, 0, -1. */
int index_find_octets(struct index *x, struct str account, const struct sha256 *sum, uint64_t *seq,
	struct error *err);

/* By what a line of a chat is known again: as it stood in its file, or what was said. */
enum line_sum { LINE_OCTETS, LINE_SPEECH, LINE_SUMS };
/* How many messages of that sum a conversation of a chat has, by whatever account. */
int index_count_lines(struct index *x, struct str conversation, enum line_sum by,
	const struct sha256 *sum, uint64_t *count, struct error *err);
/* All that imported files have told of, by whatever account, in the order of their names
   (str_cmp). In arena. Goes through all messages. */
struct indexed_conversation {
	struct str name;
	int64_t first_at_us, last_at_us; /* by the clocks used */
};
int index_conversations(struct index *x, struct arena *arena, struct indexed_conversation **out,
	size_t *count, struct error *err);
/* Names of those that have a message of these octets or of that speech, in its first hundred copies
   by each. In arena. */
int index_conversations_with(struct index *x, const struct sha256 *octets,
	const struct sha256 *speech, struct arena *arena, struct strs *out, struct error *err);
/* How many messages of others a conversation has from the one instant to the other, both included.
 */
int index_count_between(struct index *x, struct str conversation, int64_t first_at_us,
	int64_t last_at_us, uint64_t *count, struct error *err);

/* Messages of conversations that have a time. */
struct indexed_line {
	uint64_t seq;
	struct str conversation;
	struct sha256 sum; /* of its octets */
	bool has_speech;
	struct sha256 speech;
	int64_t at_us;
	bool outgoing;
};
/* Those of an account, from behind record `after` up to record `last`, at most so many. */
struct line_range {
	struct str account;
	uint64_t after, last;
	size_t most;
};
/* In the order of their records, in arena. */
int index_lines(struct index *x, const struct line_range *range, struct arena *arena,
	struct indexed_line **out, size_t *count, struct error *err);
/* What stands where that line stood: behind the range, in its conversation, of its time and by the
   same side; of several the one behind so many. *seq 0: nothing does. */
int index_line_instead(struct index *x, const struct line_range *range,
	const struct indexed_line *line, size_t skip, uint64_t *seq, struct error *err);

/* What a later export of a chat has otherwise than an earlier one. Strings in arena. */
struct indexed_difference {
	uint64_t seq;           /* of the record that says so */
	uint64_t of;            /* the message that the later export has not */
	uint64_t now;           /* what stands there instead; 0: nothing does */
	struct sha256 export;   /* the later one */
	uint64_t export_seq;    /* the record that keeps it; 0: none does */
	struct str export_name; /* of its file; absent: it is not kept */
};
/* Those in which a message is the one or the other, in the order of their records. In arena. */
int index_differences(struct index *x, uint64_t seq, struct arena *arena,
	struct indexed_difference **out, size_t *count, struct error *err);

/* The newest record by which a later export has not that message: 1 and *record, 0 there is none,
   -1. */
int index_differs(struct index *x, uint64_t seq, uint64_t *record, struct error *err);

/* One finding as the index has it. */
struct indexed_finding {
	struct finding finding;
	enum mark mark; /* wrong, agreed, right or none */
	struct str note;
};

/* One message, everything that `show` and `search` print. Strings in arena. */
struct indexed_message {
	uint64_t seq;
	struct str client;
	struct strs clients;
	enum direction direction;
	struct place place;
	struct clocks clocks;
	bool judged;
	struct facts facts;
	struct judgement judgement;
	struct indexed_finding *findings;
	size_t finding_count;
	struct finding *markers;
	size_t marker_count;
	struct strs tags; /* agreement kinds and notes of message marks */
	struct sha256 sum;
	uint64_t size_bytes;
	uint64_t peer_number; /* of the primary client */
	uint64_t rules_seq;
	uint64_t findings_seq;
	uint64_t dkim_seq; /* the record on its signatures; 0: none yet */
	struct str dkim_result, dkim_domain;
};

/* A record by which the owner said that a message fixes something. Strings in arena. */
struct indexed_agreement {
	uint64_t record;
	struct str kind; /* "price" */
	struct str note; /* absent: none */
};
int index_agreements(struct index *x, uint64_t seq, struct arena *arena,
	struct indexed_agreement **out, size_t *count, struct error *err);

/* The query language of contract.md, read into SQL with bound parameters. day_of: a zone's civil
   day bounds, because date: and day: are in my zone: the caller's. */
struct query;
struct query_zone {
	/* us UTC at which the civil day (days since 1970) begins in my zone */
	int64_t (*day_start_us)(const void *context, int64_t day);
	const void *context;
};
/* "" finds everything. Fails: ERROR_USAGE with err->column and what was expected. */
int query_parse(
	struct str text, const struct query_zone *zone, struct query **out, struct error *err);
void query_free(struct query *q);
/* Takes the next term off the text of a query, passing over what joins terms; field is absent for
   a bare word. false at its end. */
bool query_next_term(struct str *rest, struct str *field, struct str *value);

/* A field of that language as people read of it: "severity", "3..", what it finds. NULL behind the
   last. */
struct query_field {
	const char *name, *example, *help;
};
const struct query_field *query_field(size_t index);

struct search_options {
	bool newest_first;
	size_t limit; /* 0: all */
};
struct cursor;
int index_search(struct index *x, const struct query *q, const struct search_options *options,
	struct cursor **out, struct error *err);
/* Those of a client up to and at that instant, in order of time. */
int index_client_messages(struct index *x, struct str client, int64_t until_us, struct cursor **out,
	struct error *err);
/* 1 and *out, borrowed until the next call; 0 at the end; -1. */
int cursor_next(struct cursor *c, const struct indexed_message **out, struct error *err);
void cursor_close(struct cursor *c);
/* One message: 1 (then indexed_message_finish it, before the arena), 0, -1. */
int index_message(struct index *x, uint64_t seq, struct arena *arena, struct indexed_message *out,
	struct error *err);
void indexed_message_finish(struct indexed_message *m);

/* A client's figures for `clients`. */
struct client_summary {
	uint64_t messages;
	uint64_t incoming;
	/* Incoming and not working: messages, and moments, for a burst of a chat's lines is one
	   (burst.h). */
	uint64_t outside_messages, outside_hours;
	uint64_t
		findings[SIGN_COUNT]; /* in force, live, not excepted, not marked wrong or agreed */
	bool has_last_finding;
	int64_t last_finding_at_us;
	int64_t first_at_us, last_at_us; /* of messages; 0 when none */
};
/* Of its messages up to and at that instant. */
int index_client(struct index *x, struct str client, int64_t until_us, struct client_summary *out,
	struct error *err);
/* Clients that have messages, also those no longer configured. */
int index_clients(struct index *x, struct arena *arena, struct strs *out, struct error *err);
/* What risk_fold needs; the days come from the judgement's local time. Findings are read anew by
   each walk; it lives as long as arena and index. hours_told and half_life are the caller's. */
int index_history(struct index *x, struct str client, struct arena *arena, struct risk_history *out,
	struct error *err);

/* A client's messages as sequences see them: newest first, no machine's, and of a message that came
   into several folders the first copy. Offsets of the zone are the caller's. */
struct indexed_timeline {
	struct timeline_event *events;
	size_t count;
	bool left_out; /* older ones are missing, there were over LIMIT_TIMELINE */
	struct timeline_finding *findings; /* of all of them */
	struct arena arena;                /* names of rules */
};
void indexed_timeline_finish(struct indexed_timeline *t);
/* out is zero, or finished. */
int index_timeline(
	struct index *x, struct str client, struct indexed_timeline *out, struct error *err);
/* When the newest message was first seen here; 0 when there is none. */
int index_last_seen(struct index *x, int64_t *at_us, struct error *err);
/* Clients whose messages, findings or marks records behind `since` have changed. */
int index_changed_clients(
	struct index *x, uint64_t since, struct arena *arena, struct strs *out, struct error *err);

/* What a sequence found. Strings in arena. */
struct indexed_sequence {
	uint64_t seq;
	struct str client;
	struct sequence_finding found;
	enum mark mark; /* wrong, agreed, right or none */
	struct str note;
	uint64_t rules_seq;
	uint64_t withdrawn; /* the record that took it back; 0: in force */
};
/* 1, 0, -1. */
int index_sequence(struct index *x, uint64_t seq, struct arena *arena, struct indexed_sequence *out,
	struct error *err);
/* Those of a client that are in force, in order of time. */
int index_sequences(struct index *x, struct str client, struct arena *arena,
	struct indexed_sequence **out, size_t *count, struct error *err);

/* What the owner supplied: a file, or a note of what is no mail. Strings in arena. */
struct indexed_exhibit {
	uint64_t seq;
	struct str client;
	int64_t at_us;         /* as the owner states it */
	struct str name, note; /* absent: none */
	struct sha256 sum;
	uint64_t size_bytes;
};
/* Of a client (absent: of all) and with these words in name or note (absent: all), in order of
   time. Fails: ERROR_USAGE for words that full text cannot look for. */
int index_exhibits(struct index *x, struct str client, struct str words, struct arena *arena,
	struct indexed_exhibit **out, size_t *count, struct error *err);
/* Those that a query finds, in order of time: by client, stated time, number, and words in name
   (subject:) and note (text:). Fields that only mail has find none. */
int index_search_exhibits(struct index *x, const struct query *q, struct arena *arena,
	struct indexed_exhibit **out, size_t *count, struct error *err);
/* One by number: 1, 0, -1. */
int index_exhibit(struct index *x, uint64_t seq, struct arena *arena, struct indexed_exhibit *out,
	struct error *err);

/* What may be missing and when it was looked for, as far as it touches that period (both ends
   included), in order of time. client: without what names another's messages, or an account or a
   folder in which none of its own is; absent: all. Strings in arena. */
int index_gaps(struct index *x, struct str client, int64_t from_us, int64_t until_us,
	struct arena *arena, struct gap **out, size_t *count, struct error *err);
/* The records of how the accounts that a client's messages came from were watched, while these
   came; of what could not be had from their folders, and when these were numbered anew. In arena.
 */
int index_watch_records(struct index *x, struct str client, struct arena *arena, uint64_t **out,
	size_t *count, struct error *err);
/* What was noted last of a message that left its folder: 1 and *out (GAP_VANISHED, GAP_MOVED),
   strings in arena; 0, -1. */
int index_left(
	struct index *x, uint64_t seq, struct arena *arena, struct gap *out, struct error *err);
/* Messages that the server would not give, nor since, while their numbers stand for them. In arena.
 */
struct unread {
	uint64_t seq; /* of the record that says so */
	uint32_t uid;
};
/* Of a folder; by its UID one of them, 0 all. */
int index_unread(struct index *x, const struct place *folder, struct arena *arena,
	struct unread **out, size_t *count, struct error *err);
int index_unread_count(struct index *x, uint64_t *count, struct error *err);
/* How many messages of that client alone, by the clock used, are older than that. */
int index_count_before(
	struct index *x, struct str client, int64_t before_us, uint64_t *count, struct error *err);
/* Up to when it is recorded whether that account was watched: 1, 0 never, -1. */
int index_watched_until(struct index *x, struct str account, int64_t *until_us, struct error *err);
/* Archived messages of a folder from a place (its UID included) up to below next_uid that are not
   recorded as gone or moved, by UID. In arena. */
struct indexed_place {
	uint64_t seq;
	uint32_t uidvalidity, uid;
	int64_t at_us; /* by the clock used */
	struct str client;
	bool has_internal;
	int64_t internal_at_us;
	uint64_t size_bytes;
};
int index_places(struct index *x, const struct place *from, uint32_t next_uid, struct arena *arena,
	struct indexed_place **out, size_t *count, struct error *err);
/* The last of them below a place's UID, by UID from the highest down, those recorded as gone too.
 */
int index_newest_places(struct index *x, const struct place *below, size_t most,
	struct arena *arena, struct indexed_place **out, size_t *count, struct error *err);
/* Those of a folder when it was numbered otherwise than now. */
int index_places_before(struct index *x, const struct place *folder, struct arena *arena,
	struct indexed_place **out, size_t *count, struct error *err);
/* The place that a message's record has: 1 and *out, strings in arena; 0, -1. Its uidvalidity is 0
   when the UID was given anew since. */
int index_place_of(
	struct index *x, uint64_t seq, struct arena *arena, struct place *out, struct error *err);
/* Another folder in which a message of the same Message-ID was found since then: 1 and *folder, in
   arena; 0, -1. */
int index_elsewhere(struct index *x, uint64_t seq, int64_t since_us, struct arena *arena,
	struct str *folder, struct error *err);

/* After an erasure: brings what full text keeps of deleted words, and the log of changes, to
   nothing. */
int index_scrub(struct index *x, struct error *err);

/* Every row as text, sorted, for comparing two indexes (reindex must give the same). */
int index_dump(struct index *x, struct buf *out, struct error *err);

#endif
