/* What checkpoints and the key that signs them need of each other. */
#ifndef ARCHIVE_LOG_KEY_H
#define ARCHIVE_LOG_KEY_H

#include "archive/checkpoint.h"

struct record;

/* Inside a transaction: appends the record of the key unless the log has it. Fails: ERROR_CONFIG
   when the log has another key, which only log_key_rotate replaces. */
int log_key_record(struct archive *a, const struct log_key *key, struct error *err);

/* Inside a transaction: signs and stores a checkpoint of all records. */
int archive_commit_to_log(struct archive *a, const struct log_key *key, struct error *err);

/* A key's *record was read with its octets `pem`: has the key before it, record `before`, handed on
   to it? 1; 0 that cannot be told, -1 no, with what the new key "is ..." in *words. */
int key_succession(const struct record *record, uint64_t before, struct str before_pem,
	struct str pem, const char **words);

#endif
