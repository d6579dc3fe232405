/* The key that signs the log: its file, its record, and how another takes its place. */
#include "log_key.h"

#include "base/base64.h"
#include "base/file.h"
#include "base/signing.h"
#include "database.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEXT_FILE LOG_KEY_FILE ".new"
#define CREDENTIAL "log-key"

void log_key_close(struct log_key *k)
{
	signing_key_free(k->key);
	buf_finish(&k->public_pem);
	*k = (struct log_key){0};
}

/* Takes over `key`; its public half and name are worked out. */
static int adopt(struct signing_key *key, struct log_key *out, struct error *err)
{
	struct log_key made = {.key = key};
	if (signing_key_write_public(key, &made.public_pem, err) < 0 ||
		sha256_of(buf_str(&made.public_pem), &made.name, err) < 0) {
		log_key_close(&made);
		return -1;
	}
	*out = made;
	return 0;
}

/* 1, 0 there is no such file, -1. */
static int read_file(const char *path, struct log_key *out, struct error *err)
{
	struct stat status;
	struct buf pem = {0};
	struct signing_key *key = NULL;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return error_system(err, errno, "cannot open the signing key '%s'", path);
	int result = 1;
	if (fstat(fd, &status) < 0)
		result = error_system(err, errno, "cannot look at '%s'", path);
	else if (status.st_mode & (S_IRWXG | S_IRWXO))
		result = error_set(err, ERROR_CONFIG,
			"others can read the signing key '%s', expected mode 0600: chmod 600 it",
			path);
	else if (file_read_fd(fd, path, LIMIT_KEY_PEM, &pem, err) < 0)
		result = -1;
	else if (signing_key_read(buf_str(&pem), &key, err) < 0) {
		result = error_prefix(err, "'%s'", path);
		if (err && err->kind == ERROR_INPUT)
			err->kind = ERROR_CONFIG;
	} else if (adopt(key, out, err) < 0) {
		result = -1;
	}
	close(fd);
	buf_wipe(&pem);
	return result;
}

static int write_file(const char *path, const struct log_key *key, struct error *err)
{
	struct buf pem = {0};
	int result = signing_key_write(key->key, &pem, err);
	if (!result)
		result = file_write_atomic(path, buf_str(&pem), S_IRUSR | S_IWUSR, err);
	buf_wipe(&pem);
	return result;
}

static int make(const char *path, struct log_key *out, struct error *err)
{
	struct signing_key *key;
	struct log_key made;
	if (signing_key_new(&key, err) < 0 || adopt(key, &made, err) < 0)
		return -1;
	if (write_file(path, &made, err) < 0) {
		log_key_close(&made);
		return -1;
	}
	*out = made;
	return 0;
}

/* The newest key record: 1 and *out, 0 none, -1. */
static int newest_record(struct archive *a, struct record *out, struct error *err)
{
	uint64_t *seqs = NULL;
	size_t count = 0;
	int result = archive_records_of(a, RECORD_KEY, &seqs, &count, err);
	if (!result && count)
		result = archive_record_at(a, seqs[count - 1], out, err);
	free(seqs);
	return result;
}

static int missing(struct archive *a, const char *path, struct error *err)
{
	struct record record;
	record_init(&record);
	int known = newest_record(a, &record, err);
	if (known > 0)
		known = error_set(err, ERROR_CONFIG,
			"the key that signs the log is missing: put '%s' back from a backup, or "
			"begin with a new one by 'overstep key --lost'; if systemd holds it, see "
			"'overstep help key'",
			path);
	record_finish(&record);
	return known;
}

/* Under the archive's lock: the key of the next file is in force when the log has its record, else
   nothing was signed by it. */
static int take_next(struct archive *a, const char *next_path, const char *path, struct error *err)
{
	struct log_key next = {0};
	struct record newest;
	record_init(&newest);
	int result = read_file(next_path, &next, err);
	if (result > 0)
		result = newest_record(a, &newest, err) < 0 ? -1 : 1;
	if (result > 0) {
		bool in_force = newest.has_blob && sha256_eq(&newest.blob, &next.name);
		result = in_force ? rename(next_path, path) : unlink(next_path);
		if (result < 0)
			error_system(err, errno, "cannot end a key's rotation in '%s'", a->folder);
	}
	log_key_close(&next);
	record_finish(&newest);
	return result;
}

/* A rotation was interrupted, or another program is at it: the lock tells, for that one holds it
   from before there is a next file. */
static int end_rotation(struct archive *a, const char *path, struct error *err)
{
	char *next_path = file_join(a->folder, NEXT_FILE);
	int result = next_path ? 0 : error_memory(err);
	if (!result && access(next_path, F_OK) == 0) {
		result = archive_begin(a, err);
		if (!result)
			result = take_next(a, next_path, path, err);
		archive_rollback(a);
	}
	free(next_path);
	return result;
}

/* Two programs may find no key at the same moment: the archive's lock lets one of them make it. */
static int make_first(struct archive *a, const char *path, struct log_key *out, struct error *err)
{
	if (archive_begin(a, err) < 0)
		return -1;
	int result = read_file(path, out, err);
	if (!result && missing(a, path, err) < 0)
		result = -1;
	if (!result)
		result = make(path, out, err);
	archive_rollback(a);
	return result;
}

/* 1 the newest key record is of this one, or there is none; 0 it is of another, -1. */
static int is_in_force(struct archive *a, const struct log_key *key, struct error *err)
{
	struct record newest;
	record_init(&newest);
	int known = newest_record(a, &newest, err);
	if (known >= 0)
		known = !known || sha256_eq(&newest.blob, &key->name);
	record_finish(&newest);
	return known;
}

/* 1 there is a credential, and it is in force as far as can be told; 0 the file is to be used. */
static int open_credential(struct archive *a, const char *credentials, const char *path,
	struct log_key *out, struct error *err)
{
	struct log_key held = {0}, file = {0};
	char *credential = credentials ? file_join(credentials, CREDENTIAL) : NULL;
	int result = !credentials ? 0
		: credential      ? read_file(credential, &held, err)
				  : error_memory(err);
	int in_force = result > 0 ? is_in_force(a, &held, err) : result;
	if (result > 0 && !in_force) {
		int found = read_file(path, &file, err);
		in_force = found > 0 ? is_in_force(a, &file, err) : found;
		out->replaced = in_force > 0;
		/* of two wrong ones, the credential is complained of */
		in_force = in_force < 0 ? -1 : !in_force;
	}
	log_key_close(&file);
	if (in_force > 0) {
		*out = held;
		out->by_systemd = true;
		held = (struct log_key){0};
	}
	log_key_close(&held);
	free(credential);
	return in_force;
}

int log_key_open(struct archive *a, const char *credentials, struct log_key *out, struct error *err)
{
	struct log_key made = {0};
	char *path = file_join(a->folder, LOG_KEY_FILE);
	int result = path ? end_rotation(a, path, err) : error_memory(err);
	if (!result)
		result = open_credential(a, credentials, path, &made, err);
	bool replaced = made.replaced;
	if (!result)
		result = read_file(path, &made, err);
	if (!result)
		result = make_first(a, path, &made, err);
	free(path);
	if (result < 0)
		return -1;
	*out = made;
	out->replaced = replaced;
	return 0;
}

static int append_key(
	struct archive *a, struct record *record, const struct log_key *key, struct error *err)
{
	record->type = RECORD_KEY;
	return archive_append(a, record, buf_str(&key->public_pem), err);
}

int log_key_record(struct archive *a, const struct log_key *key, struct error *err)
{
	struct record newest, record;
	record_init(&newest);
	record_init(&record);
	int known = newest_record(a, &newest, err);
	if (known > 0 && !sha256_eq(&newest.blob, &key->name))
		known = error_set(err, ERROR_CONFIG,
			"the log is signed by the key of E-%06" PRIu64
			", not by this one: put that one back, or begin with this one by "
			"'overstep key --lost'",
			newest.seq);
	if (!known)
		known = append_key(a, &record, key, err);
	record_finish(&newest);
	record_finish(&record);
	return known < 0 ? -1 : 0;
}

/* The record of a key that takes another's place: signed by that one unless it is lost. */
static int add_succession(struct record *record, const struct record *old,
	const struct log_key *old_key, const struct log_key *key, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	struct buf signature = {0}, text = {0};
	evidence_name(old->seq, name);
	int result = record_add(record, "replaces", str_from(name)) < 0 ? error_memory(err) : 0;
	if (!result && !old_key)
		result = record_add(record, "old-key", STR("lost")) < 0 ? error_memory(err) : 0;
	else if (!result)
		result = signing_sign(old_key->key, buf_str(&key->public_pem), &signature, err);
	if (!result && old_key) {
		base64_write(&text, signature.ptr, signature.len);
		result = text.failed || record_add(record, "signature", buf_str(&text)) < 0
			? error_memory(err)
			: 0;
	}
	buf_finish(&signature);
	buf_finish(&text);
	return result;
}

/* Inside a transaction: the record of the new key, and a checkpoint by it. */
static int succeed(struct archive *a, const struct log_key *old_key, const struct log_key *key,
	struct error *err)
{
	struct record old, record;
	record_init(&old);
	record_init(&record);
	int result = newest_record(a, &old, err);
	if (result > 0 && old_key && !sha256_eq(&old.blob, &old_key->name))
		result = error_set(
			err, ERROR_TEMPORARY, "another program has replaced the key meanwhile");
	else if (result > 0)
		result = add_succession(&record, &old, old_key, key, err);
	if (!result)
		result = append_key(a, &record, key, err);
	if (!result)
		result = archive_commit_to_log(a, key, err);
	record_finish(&old);
	record_finish(&record);
	return result;
}

/* The key's file before its record, and both before anybody else looks at the file. */
static int replace(
	struct archive *a, const struct log_key *old, const char *next, struct error *err)
{
	struct log_key fresh = {0};
	int result = archive_begin(a, err);
	if (!result)
		result = make(next, &fresh, err);
	if (!result)
		result = succeed(a, old, &fresh, err);
	if (!result)
		result = archive_commit(a, err);
	if (result < 0)
		archive_rollback(a);
	log_key_close(&fresh);
	return result;
}

int log_key_rotate(struct archive *a, const char *credentials, bool lost, struct error *err)
{
	struct log_key old = {0};
	char *path = file_join(a->folder, LOG_KEY_FILE), *next = file_join(a->folder, NEXT_FILE);
	int result = path && next ? 0 : error_memory(err);
	if (!result && !lost)
		result = log_key_open(a, credentials, &old, err);
	if (!result)
		result = replace(a, old.key ? &old : NULL, next, err);
	/* gone: who signs next has moved it already */
	if (!result && rename(next, path) < 0 && errno != ENOENT)
		result = error_system(err, errno, "cannot move '%s' to '%s'", next, path);
	log_key_close(&old);
	free(path);
	free(next);
	return result;
}
