/* A small index, made of records as the archive would hand them over. */
#ifndef TESTS_UNIT_INDEX_H
#define TESTS_UNIT_INDEX_H

#include "index/index.h"
#include "unit.h"

/* What a message is, for add_message. Strings may be NULL. */
struct given {
	const char *clients; /* "acme" or "acme,beta", the primary first */
	bool out;
	const char *at; /* "2026-01-05T10:00:00Z", of all clocks */
	const char *folder, *from, *to, *subject, *text;
	uint32_t uid; /* 0: its record's number */
	size_t attachments;
	bool disputed;
	bool chat;          /* out of an export */
	const char *octets; /* NULL: its record's number */
};

/* One finding: "urgency/now urgency 3", with " shadow" or " unsure" behind it. */
#define FINDINGS_MOST 4
struct verdict_given {
	uint64_t of;
	const char *period; /* NULL: judged without a clock */
	const char *at;     /* the moment, in UTC */
	const char *findings[FINDINGS_MOST];
	enum examined examined;
	bool in_their_hours;
	const char *author; /* NULL: acme */
};

/* An index in a folder of its own; drop_index takes both away. */
struct made_index {
	char folder[64];
	struct index *index;
	uint64_t last;         /* record */
	struct buf peers[8];   /* names */
	uint64_t peer_last[8]; /* numbers */
};
void make_index(struct made_index *m);
void drop_index(struct made_index *m);
/* Closes it and opens it again. */
void open_again(struct made_index *m);

/* Each folds one record and gives its number. */
uint64_t add_message(struct made_index *m, const struct given *g);
uint64_t add_findings(struct made_index *m, const struct verdict_given *v, size_t count);
/* rule, kind and note may be NULL. */
uint64_t add_mark(struct made_index *m, uint64_t of, const char *mark, const char *rule,
	const char *kind, const char *note);
uint64_t add_peer(struct made_index *m, uint64_t of, const char *client);
uint64_t add_gap(struct made_index *m, const struct gap *gap);
uint64_t add_export(struct made_index *m, const char *octets, const char *name);
/* The export of these octets has `now` where `of` stood; 0: nothing. */
uint64_t add_difference(struct made_index *m, uint64_t of, uint64_t now, const char *octets);
uint64_t add_erasure(struct made_index *m, uint64_t of);
uint64_t add_plain(struct made_index *m, enum record_type type);
/* A record that does not fit: the error's kind. */
enum error_kind add_bad(struct made_index *m, enum record_type type, const char *of,
	const char *mark, const char *blob);

/* The numbers that a query finds, "1 2 3", or the place and text of its mistake. */
struct buf found_by(struct made_index *m, const char *query, const struct search_options *options);

int64_t at_of(const char *text);

Suite *fold_suite(void);
Suite *figures_suite(void);
Suite *query_suite(void);
Suite *open_suite(void);
Suite *trial_suite(void);
Suite *gap_suite(void);
Suite *lines_suite(void);

#endif
