/* The files of a bundle that are words: what it is, how to check it, its table of messages. */
#ifndef ARCHIVE_BUNDLE_TEXT_H
#define ARCHIVE_BUNDLE_TEXT_H

#include "archive/archive.h"
#include "archive/bundle.h"
#include "bundle_folder.h"

/* What was written, as README.txt tells it. */
struct bundle_summary {
	uint64_t log_records; /* lines of data/log.txt */
	size_t records;
	size_t messages;
	uint64_t example;            /* a record to check by hand */
	bool has_octets;             /* at least one record names octets */
	bool has[RECORD_TYPE_COUNT]; /* a record of that type */
	size_t stamps;               /* time stamps beside checkpoints */
	size_t redacted;             /* messages of which there is a copy with words covered */
	bool has_page;               /* data/report.html */
	const char *day;             /* "2026-11-22" */
	struct str filter;           /* as typed */
	struct str owner, version;
	struct sha256 list, key; /* of the checkpoint */
};

/* bag-info.txt; counts the payload, so that is written already. */
void bundle_info_write(
	struct buf *out, const struct bundle_folder *f, const struct bundle_summary *summary);
void bundle_readme_write(struct buf *out, const struct bundle_summary *summary);

/* The languages of declarations, "en"; NULL behind the last. */
const char *bundle_declaration_language(size_t index);
/* A template for the owner to fill in and sign, in that language. */
void bundle_declaration_write(struct buf *out, size_t index, const struct bundle_summary *summary);

/* data/index.csv: its first line, and one for each message. words may hold absent strings. */
void bundle_index_head(struct buf *out);
int bundle_index_row(struct buf *out, struct record *record, const struct message_entry *entry,
	const struct bundle_words *words, struct error *err);

#endif
