/* What checkpoints and the key that signs them need of each other. */
#ifndef ARCHIVE_LOG_KEY_H
#define ARCHIVE_LOG_KEY_H

#include "archive/checkpoint.h"

/* Inside a transaction: appends the record of the key unless the log has it. Fails: ERROR_CONFIG
   when the log has another key, which only log_key_rotate replaces. */
int log_key_record(struct archive *a, const struct log_key *key, struct error *err);

/* Inside a transaction: signs and stores a checkpoint of all records. */
int archive_commit_to_log(struct archive *a, const struct log_key *key, struct error *err);

#endif
