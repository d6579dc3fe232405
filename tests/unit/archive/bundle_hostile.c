/* Tests of bundles that somebody made to keep whoever checks them busy. */
#include "archive/bundle.h"
#include "archive/bundle_verify.h"
#include "archive/checkpoint.h"
#include "base/limits.h"
#include "scratch.h"
#include "suites.h"

/* scratch/out: one message, sound. */
static void exported(void)
{
	static const uint64_t first[] = {1};
	const struct bundle_request request = {.seqs = first, .count = 1, .clock = &stood};
	struct archive *a = opened(ARCHIVE_CREATE);
	struct log_key key = {0};
	begin(a);
	add_message(a, "acme", "Subject: one\r\n\r\nfirst\r\n");
	commit(a);
	ck_ok(log_key_open(a, NULL, &key, &problem));
	ck_ok(archive_checkpoint(a, &key, &problem));
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	log_key_close(&key);
	archive_close(a);
}

static void write_over(const char *path, struct str octets)
{
	char whole[256];
	snprintf(whole, sizeof(whole), "%s/out/%s", scratch, path);
	FILE *file = fopen(whole, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(octets.ptr, 1, octets.len, file), octets.len);
	ck_assert_int_eq(fclose(file), 0);
}

static void hear(void *context, const struct verify_note *note)
{
	size_t *octets = context;
	*octets += !strcmp(note->part, "octets");
}

/* octets: how often those of a record are told to be altered or missing. */
static int look_at(size_t *octets, struct verify_summary *out, struct error *err)
{
	const struct verify_plan plan = {.listener = {.note = hear, .context = octets}};
	*octets = 0;
	*out = (struct verify_summary){0};
	return bundle_verify(scratch_path("out"), &plan, out, err);
}

/* 128 GB would be hashed if each of them began at the top of the log. */
START_TEST(a_long_log_is_walked_through_once_however_many_checkpoints_there_are)
{
	const uint64_t lines = 110000, checkpoints = 20000;
	struct buf log = {0}, body = {0};
	struct verify_summary summary;
	struct error err = {0};
	size_t octets;
	exported();
	for (uint64_t i = 0; i < lines; i++)
		buf_add_format(&log, "%064x\n", (unsigned)i);
	write_over("data/log.txt", buf_str(&log));
	for (uint64_t i = 0; i < checkpoints; i++) {
		char path[64];
		const struct checkpoint c = {.records = lines - i};
		snprintf(path, sizeof(path), "data/checkpoints/%06u.txt", (unsigned)c.records);
		buf_clear(&body);
		checkpoint_write(&c, &body);
		write_over(path, buf_str(&body));
	}
	ck_assert_msg(look_at(&octets, &summary, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(summary.checkpoints, checkpoints + 1);
	ck_assert_uint_gt(summary.altered, 2 * checkpoints); /* not listed, and not of this log */
	buf_finish(&log);
	buf_finish(&body);
}
END_TEST

/* Holes take no room to send, but as long to read as octets. */
START_TEST(a_file_that_is_mostly_a_hole_is_not_read)
{
	struct verify_summary summary;
	struct error err = {0};
	size_t octets;
	exported();
	ck_assert_int_eq(
		shell(scratch_path("out"), "truncate -s 2T data/messages/000001.eml").status, 0);
	ck_assert_int_eq(look_at(&octets, &summary, &err), -1);
	ck_assert_msg(err.kind == ERROR_LIMIT, "%s", err.text);
}
END_TEST

/* Each would have what it names read again. */
START_TEST(a_record_that_is_there_twice_is_looked_at_once)
{
	struct verify_summary summary;
	struct error err = {0};
	size_t octets;
	exported();
	ck_assert_int_eq(shell(scratch_path("out"),
				 "rm data/messages/000001.eml; for i in $(seq 10 99); do "
				 "cp data/records/000001.txt data/records/0000$i.txt; done")
				 .status,
		0);
	ck_assert_msg(look_at(&octets, &summary, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(octets, 1);
}
END_TEST

Suite *bundle_hostile_suite(void)
{
	const TTest *const tests[] = {
		a_long_log_is_walked_through_once_however_many_checkpoints_there_are,
		a_file_that_is_mostly_a_hole_is_not_read,
		a_record_that_is_there_twice_is_looked_at_once,
	};
	Suite *suite = suite_create("bundle_hostile");
	TCase *in_time = tcase_create("in time");
	tcase_add_checked_fixture(in_time, scratch_make, scratch_remove);
	tcase_set_timeout(in_time, 60);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		tcase_add_test(in_time, tests[i]);
	suite_add_tcase(suite, in_time);
	return suite;
}
