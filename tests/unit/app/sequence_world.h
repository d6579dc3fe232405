/* What the suites of sequences share: a client's mails, and what sequences find in them. */
#ifndef TESTS_UNIT_APP_SEQUENCE_WORLD_H
#define TESTS_UNIT_APP_SEQUENCE_WORLD_H

#include "app/sequences.h"
#include "app_test.h"
#include "archive/archive.h"
#include "index/index.h"

extern struct world world;
/* With the sequences of sequence_world.c, or others beside them, or none. */
void make_sequences(void);
void make_sequences_of(const char *rules);
void drop_sequences(void);

int64_t at_of(const char *text);
/* One message at that instant, of the client's unless it says "me: ..."; its record. */
uint64_t come(const char *at, const char *words);
/* Three urgent ones, and the finding that they are. */
void nag(void);
#define NAGGING "urgency/nagging 2026-01-05T11:00:00Z of 09:00 10:00 11:00"
/* forget: as in struct sequences_plan. */
struct sequences_outcome look_with(const char *now, bool forget);
struct sequences_outcome look(const char *now);
/* Those in force, "urgency/nagging 2026-01-05T11:00:00Z of 09:00 10:00 11:00; ...", with marks. */
void expect(const char *want);
/* The index made anew is the same. */
void expect_reindexed(void);
/* The last of those in force, 0 when there is none. */
uint64_t newest_sequence(void);
void mark(uint64_t seq, const char *rule, enum mark as);

#endif
