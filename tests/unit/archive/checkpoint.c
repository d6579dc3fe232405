/* Tests of checkpoints and of the key that signs them. */
#include "archive/checkpoint.h"

#include "base/base64.h"
#include "base/file.h"
#include "base/signing.h"
#include "scratch.h"
#include "suites.h"
#include <sys/stat.h>
#include <unistd.h>

static struct log_key key_of(struct archive *a)
{
	struct log_key key = {0};
	struct error err = {0};
	ck_assert_msg(log_key_open(a, NULL, &key, &err) == 0, "%s", err.text);
	return key;
}

static void add(struct archive *a, const char *octets)
{
	begin(a);
	add_message(a, "acme", octets);
	commit(a);
}

static void write_scratch(const char *name, struct str bytes)
{
	ck_ok(file_write_atomic(scratch_path(name), bytes, 0600, &problem));
}

START_TEST(openssl_and_sha256sum_agree_with_a_checkpoint)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key key = key_of(a);
	struct stored_checkpoint c = {0};
	struct buf log = {0};
	add(a, "one");
	add(a, "two");
	ck_ok(archive_checkpoint(a, &key, &problem));
	ck_assert_int_eq(archive_checkpoint_at(a, UINT64_MAX, &c, NULL), 1);
	/* two messages and the key's own record */
	ck_assert_uint_eq(c.checkpoint.records, 3);
	ck_ok(archive_log(a, &log, &problem));
	write_scratch("log.txt", buf_str(&log));
	write_scratch("log-key.pem", buf_str(&key.public_pem));
	write_scratch("c.txt", buf_str(&c.body));
	write_scratch("c.sig", buf_str(&c.signature));
	struct output out = shell(scratch,
		"openssl dgst -sha256 -verify log-key.pem -signature c.sig c.txt;"
		"[ \"$(head -n 3 log.txt | sha256sum | cut -c 1-64)\" ="
		" \"$(sed -n 's/^list-sha256: //p' c.txt)\" ] && echo same list;"
		"[ \"$(sha256sum < log-key.pem | cut -c 1-64)\" ="
		" \"$(sed -n 's/^log: //p' c.txt)\" ] && echo same key");
	ck_assert_str_eq(out.text, "Verified OK\nsame list\nsame key\n");
	stored_checkpoint_finish(&c);
	buf_finish(&log);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

START_TEST(a_checkpoint_is_made_only_for_what_is_new)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key key = key_of(a);
	add(a, "one");
	ck_assert_int_eq(archive_checkpoint(a, &key, NULL), 1);
	ck_assert_int_eq(archive_checkpoint(a, &key, NULL), 0);
	add(a, "two");
	ck_assert_int_eq(archive_checkpoint(a, &key, NULL), 1);
	/* one key record, not one a checkpoint */
	ck_assert_uint_eq(archive_last(a), 3);
	struct stored_checkpoint c = {0};
	ck_assert_int_eq(archive_checkpoint_at(a, 2, &c, NULL), 1);
	ck_assert_uint_eq(c.checkpoint.records, 2);
	ck_assert_int_eq(archive_checkpoint_at(a, 1, &c, NULL), 0);
	stored_checkpoint_finish(&c);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

START_TEST(the_key_is_private_and_stays_the_same)
{
	struct stat status;
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key first = key_of(a), again = key_of(a);
	ck_assert(sha256_eq(&first.name, &again.name));
	ck_assert_int_eq(stat(scratch_path("signing-key.pem"), &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0600);
	log_key_close(&first);
	log_key_close(&again);
	archive_close(a);
}
END_TEST

static void refused(struct archive *a, const char *part)
{
	struct log_key key = {0};
	struct error err = {0};
	int result = log_key_open(a, NULL, &key, &err);
	if (!result)
		result = archive_checkpoint(a, &key, &err);
	ck_assert_int_eq(result, -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, part));
	log_key_close(&key);
}

START_TEST(a_key_that_is_lost_open_or_another_is_named)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key key = key_of(a);
	add(a, "one");
	ck_ok(archive_checkpoint(a, &key, &problem));
	add(a, "two");
	ck_assert_int_eq(chmod(scratch_path("signing-key.pem"), 0644), 0);
	refused(a, "chmod 600");
	ck_assert_int_eq(unlink(scratch_path("signing-key.pem")), 0);
	refused(a, "is missing");
	write_scratch("signing-key.pem", STR("-----BEGIN NOTHING-----\n"));
	refused(a, "P-256");
	struct signing_key *other;
	struct buf pem = {0};
	ck_ok(signing_key_new(&other, &problem));
	ck_ok(signing_key_write(other, &pem, &problem));
	write_scratch("signing-key.pem", buf_str(&pem));
	refused(a, "not by this one");
	signing_key_free(other);
	buf_finish(&pem);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

START_TEST(a_new_key_is_signed_by_the_old_one)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key old = key_of(a);
	struct record record;
	struct buf signature = {0};
	add(a, "one");
	ck_ok(archive_checkpoint(a, &old, &problem));
	ck_ok(log_key_rotate(a, NULL, false, &problem));
	struct log_key fresh = key_of(a);
	ck_assert(!sha256_eq(&old.name, &fresh.name));
	record_init(&record);
	ck_assert_int_eq(archive_record_at(a, 3, &record, NULL), 1);
	ck_assert_int_eq(record.type, RECORD_KEY);
	ck_str(record_get(&record, "replaces", 0), "E-000002");
	ck_assert(base64_read(record_get(&record, "signature", 0), &signature));
	ck_assert_int_eq(signing_verify(buf_str(&old.public_pem), buf_str(&fresh.public_pem),
				 buf_str(&signature), NULL),
		1);
	/* the checkpoint after it is the new key's */
	struct stored_checkpoint c = {0};
	ck_assert_int_eq(archive_checkpoint_at(a, UINT64_MAX, &c, NULL), 1);
	ck_assert_uint_eq(c.checkpoint.records, 3);
	ck_assert(sha256_eq(&c.checkpoint.log, &fresh.name));
	ck_assert_int_eq(archive_checkpoint(a, &fresh, NULL), 0);
	stored_checkpoint_finish(&c);
	record_finish(&record);
	buf_finish(&signature);
	log_key_close(&old);
	log_key_close(&fresh);
	archive_close(a);
}
END_TEST

START_TEST(a_rotation_that_was_interrupted_is_ended)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key old = key_of(a);
	struct buf old_pem = {0};
	add(a, "one");
	ck_ok(archive_checkpoint(a, &old, &problem));
	ck_ok(file_read(scratch_path("signing-key.pem"), 4096, &old_pem, &problem));
	ck_ok(log_key_rotate(a, NULL, false, &problem));
	struct log_key fresh = key_of(a);
	/* as after a power cut between the log and the file */
	char from[128];
	snprintf(from, sizeof(from), "%s", scratch_path("signing-key.pem"));
	ck_assert_int_eq(rename(from, scratch_path("signing-key.pem.new")), 0);
	write_scratch("signing-key.pem", buf_str(&old_pem));
	struct log_key found = key_of(a);
	ck_assert(sha256_eq(&found.name, &fresh.name));
	/* and one that never reached the log */
	write_scratch("signing-key.pem.new", buf_str(&old_pem));
	log_key_close(&found);
	found = key_of(a);
	ck_assert(sha256_eq(&found.name, &fresh.name));
	ck_assert(!file_exists(scratch_path("signing-key.pem.new")));
	log_key_close(&found);
	log_key_close(&fresh);
	log_key_close(&old);
	buf_finish(&old_pem);
	archive_close(a);
}
END_TEST

START_TEST(a_rotation_that_another_program_is_at_is_left_alone)
{
	struct archive *a = opened(ARCHIVE_CREATE), *other = opened(ARCHIVE_WRITE);
	struct log_key key = key_of(a), found = {0};
	struct error err = {0};
	struct buf pem = {0};
	sqlite3_busy_timeout(other->db, 0);
	ck_ok(file_read(scratch_path("signing-key.pem"), 4096, &pem, &problem));
	begin(a);
	/* its next key is there, the record of it is not yet */
	write_scratch("signing-key.pem.new", buf_str(&pem));
	ck_assert_int_eq(log_key_open(other, NULL, &found, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert(file_exists(scratch_path("signing-key.pem.new")));
	archive_rollback(a);
	ck_ok(log_key_open(other, NULL, &found, &problem));
	ck_assert(!file_exists(scratch_path("signing-key.pem.new")));
	buf_finish(&pem);
	log_key_close(&key);
	log_key_close(&found);
	archive_close(other);
	archive_close(a);
}
END_TEST

START_TEST(a_lost_key_is_replaced_and_the_record_says_so)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key key = key_of(a);
	struct record record;
	add(a, "one");
	ck_ok(archive_checkpoint(a, &key, &problem));
	log_key_close(&key);
	ck_assert_int_eq(unlink(scratch_path("signing-key.pem")), 0);
	ck_ok(log_key_rotate(a, NULL, true, &problem));
	record_init(&record);
	ck_assert_int_eq(archive_record_at(a, 3, &record, NULL), 1);
	ck_str(record_get(&record, "old-key", 0), "lost");
	ck_assert_ptr_null(record_get(&record, "signature", 0).ptr);
	key = key_of(a);
	ck_assert_int_eq(archive_checkpoint(a, &key, NULL), 0);
	record_finish(&record);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

START_TEST(a_credential_comes_before_the_file)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct signing_key *given;
	struct buf pem = {0}, public_pem = {0};
	struct log_key key = {0};
	ck_assert_int_eq(mkdir(scratch_path("credentials"), 0700), 0);
	ck_ok(signing_key_new(&given, &problem));
	ck_ok(signing_key_write(given, &pem, &problem));
	ck_ok(signing_key_write_public(given, &public_pem, &problem));
	write_scratch("credentials/log-key", buf_str(&pem));
	ck_ok(log_key_open(a, scratch_path("credentials"), &key, &problem));
	ck_assert(str_eq(buf_str(&key.public_pem), buf_str(&public_pem)));
	ck_assert(!file_exists(scratch_path("signing-key.pem")));
	signing_key_free(given);
	buf_finish(&pem);
	buf_finish(&public_pem);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

START_TEST(a_credential_is_replaced_by_a_file_until_it_is_the_new_key)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct signing_key *given;
	struct buf pem = {0};
	struct log_key old = {0}, fresh = {0}, found = {0};
	struct record record;
	struct error err = {0};
	char folder[128];
	snprintf(folder, sizeof(folder), "%s", scratch_path("credentials"));
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_ok(signing_key_new(&given, &problem));
	ck_ok(signing_key_write(given, &pem, &problem));
	write_scratch("credentials/log-key", buf_str(&pem));
	ck_ok(log_key_open(a, folder, &old, &problem));
	ck_assert(old.by_systemd && !old.replaced);
	add(a, "one");
	ck_ok(archive_checkpoint(a, &old, &problem));
	/* without the credential nobody can sign for it */
	ck_assert_int_eq(log_key_rotate(a, NULL, false, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "if systemd holds it"));
	ck_ok(log_key_rotate(a, folder, false, &problem));
	record_init(&record);
	ck_assert_int_eq(archive_record_at(a, 3, &record, NULL), 1);
	ck_assert_ptr_nonnull(record_get(&record, "signature", 0).ptr);
	record_finish(&record);
	ck_ok(log_key_open(a, folder, &fresh, &problem));
	ck_assert(!fresh.by_systemd && fresh.replaced);
	ck_assert(!sha256_eq(&fresh.name, &old.name));
	ck_assert_int_eq(archive_checkpoint(a, &fresh, NULL), 0);
	buf_clear(&pem);
	ck_ok(file_read(scratch_path("signing-key.pem"), 4096, &pem, &problem));
	write_scratch("credentials/log-key", buf_str(&pem));
	ck_ok(log_key_open(a, folder, &found, &problem));
	ck_assert(found.by_systemd && !found.replaced && sha256_eq(&found.name, &fresh.name));
	signing_key_free(given);
	buf_finish(&pem);
	log_key_close(&old);
	log_key_close(&fresh);
	log_key_close(&found);
	archive_close(a);
}
END_TEST

static const struct {
	const char *name;
	const char *text;
} broken[] = {
	{"empty", ""},
	{"another version", "overstep-checkpoint v2\n"},
	{"a line missing",
		"overstep-checkpoint v1\nlog: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
		"records: 1\n"},
	{"no records",
		"overstep-checkpoint v1\nlog: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
		"records: 0\nlist-sha256: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"},
	{"a second spelling",
		"overstep-checkpoint v1\nlog: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
		"records: 01\nlist-sha256: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"},
	{"text behind it",
		"overstep-checkpoint v1\nlog: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
		"records: 1\nlist-sha256: "
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n\n"},
};

START_TEST(a_checkpoint_has_one_form)
{
	struct checkpoint c;
	struct error err = {0};
	ck_assert_msg(
		checkpoint_read(str_from(broken[_i].text), &c, &err) == -1, "%s", broken[_i].name);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
}
END_TEST

Suite *checkpoint_suite(void)
{
	const TTest *const tests[] = {openssl_and_sha256sum_agree_with_a_checkpoint,
		a_checkpoint_is_made_only_for_what_is_new, the_key_is_private_and_stays_the_same,
		a_key_that_is_lost_open_or_another_is_named, a_new_key_is_signed_by_the_old_one,
		a_rotation_that_was_interrupted_is_ended,
		a_rotation_that_another_program_is_at_is_left_alone,
		a_lost_key_is_replaced_and_the_record_says_so, a_credential_comes_before_the_file,
		a_credential_is_replaced_by_a_file_until_it_is_the_new_key};
	Suite *s = scratch_suite("checkpoint", tests, sizeof(tests) / sizeof(*tests));
	TCase *forms = tcase_create("forms");
	tcase_add_loop_test(forms, a_checkpoint_has_one_form, 0, sizeof(broken) / sizeof(*broken));
	suite_add_tcase(s, forms);
	return s;
}
