/* Tests of what a verification sees: whole archives, and each way of altering one. */
#include "archive/verify.h"

#include "archive/anchor.h"
#include "archive/checkpoint.h"
#include "base/file.h"
#include "log_key.h"
#include "scratch.h"
#include "suites.h"
#include <unistd.h>

struct heard {
	struct buf text; /* "altered record 3: ..." a line each */
	struct verify_summary summary;
	bool unwitnessed; /* said, as of every log without a stamp: it is not in the text */
};

static void on_note(void *context, const struct verify_note *note)
{
	struct heard *h = context;
	if (str_starts(note->text, STR("whether all of this was written anew, ")))
		h->unwitnessed = true;
	else
		buf_add_format(&h->text, "%s %s %llu: %.*s\n",
			note->state == VERIFY_ALTERED ? "altered" : "open", note->part,
			(unsigned long long)note->evidence, STR_ARG(note->text));
}

static struct heard verified(void)
{
	struct heard h = {0};
	struct archive *a = opened(ARCHIVE_READ);
	const struct verify_plan plan = {
		.structure = true, .listener = {.note = on_note, .context = &h}};
	ck_ok(archive_verify(a, &plan, &h.summary, &problem));
	archive_close(a);
	buf_add_char(&h.text, '\0');
	return h;
}

static void checkpoint(struct archive *a)
{
	struct log_key key = {0};
	ck_ok(log_key_open(a, NULL, &key, &problem));
	ck_ok(archive_checkpoint(a, &key, &problem));
	log_key_close(&key);
}

static void add(struct archive *a, const char *client, const char *octets)
{
	begin(a);
	add_message(a, client, octets);
	commit(a);
}

/* 1 acme, 2 globex, 3 acme, 4 key | checkpoint | 5 acme, 6 acme | checkpoint */
static void make_archive(void)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	add(a, "acme", "one");
	add(a, "globex", "two");
	add(a, "acme", "three");
	checkpoint(a);
	add(a, "acme", "four");
	add(a, "acme", "five");
	checkpoint(a);
	archive_close(a);
}

START_TEST(a_whole_archive_is_whole)
{
	make_archive();
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr, "");
	ck_assert(h.unwitnessed);
	ck_assert_uint_eq(h.summary.records, 6);
	ck_assert_uint_eq(h.summary.messages, 5);
	ck_assert_uint_eq(h.summary.checkpoints, 2);
	ck_assert_uint_eq(h.summary.keys, 1);
	ck_assert_uint_eq(h.summary.covered, 6);
	ck_assert_uint_eq(h.summary.octet_strings, 6);
	buf_finish(&h.text);
}
END_TEST

START_TEST(what_stands_behind_the_last_checkpoint_cannot_be_told)
{
	make_archive();
	struct archive *a = opened(ARCHIVE_WRITE);
	add(a, "acme", "six");
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr,
		"open checkpoint 0: 1 record stands behind the last checkpoint (E-000006): whether "
		"more were there cannot be told\n");
	buf_finish(&h.text);
}
END_TEST

START_TEST(without_a_checkpoint_the_end_is_open)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	add(a, "acme", "one");
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr,
		"open checkpoint 0: no checkpoint holds: whether records are missing at the end "
		"cannot be told\n");
	ck_assert_uint_eq(h.summary.altered, 0);
	buf_finish(&h.text);
}
END_TEST

#define FREE                                                                                       \
	"DROP TRIGGER record_stays; DROP TRIGGER record_fixed; DROP TRIGGER blob_stays;"           \
	"DROP TRIGGER blob_fixed; DROP TRIGGER checkpoint_stays; DROP TRIGGER checkpoint_fixed;"
#define LIST_BROKEN(n)                                                                             \
	"altered checkpoint 0: the checkpoint of " n                                               \
	" records does not fit the log: records before it were changed, taken away or added\n"
#define NO_COVER                                                                                   \
	"open checkpoint 0: no checkpoint holds: whether records are missing at the end cannot "   \
	"be told\n"

static const struct {
	const char *name;
	const char *sql;
	const char *want;
} alterations[] = {
	{"a byte of a mail",
		"UPDATE blob SET data = CAST('thrEe' AS BLOB) WHERE data = CAST('three' AS BLOB)",
		"altered octets 3: the octets of E-000003 (message acme 2) are altered\n"},
	{"a mail is gone", "DELETE FROM blob WHERE data = CAST('three' AS BLOB)",
		"altered octets 3: the octets of E-000003 (message) are gone\n"},
	{"octets of nobody", "INSERT INTO blob VALUES (zeroblob(32), 1, zeroblob(1))",
		"altered octets 0: there are octets that no record names (row 7)\n"},
	{"a word of a record", "UPDATE record SET body = replace(body, 'globex', 'glObex')",
		"altered record 2: the text of E-000002 does not give its hash\n"},
	{"a record's text is gone", "UPDATE record SET body = NULL WHERE seq = 3",
		"open numbering 5: 1 of the messages of 'acme' before E-000005 was erased\n"
		"altered record 3: the text of E-000003 is gone, and no erasure record says so\n"
		"altered octets 0: there are octets that no record names (row 3)\n"},
	{"a hash", "UPDATE record SET hash = zeroblob(32) WHERE seq = 2",
		"altered record 2: the text of E-000002 does not give its hash\n" LIST_BROKEN("4")
			LIST_BROKEN("6") NO_COVER},
	{"the last record", "DELETE FROM record WHERE seq = 6",
		"altered checkpoint 0: there is a checkpoint of 6 records, but the log ends at 5: "
		"the last ones are missing\n"
		"altered octets 0: there are octets that no record names (row 6)\n"
		"open checkpoint 0: 1 record stands behind the last checkpoint (E-000004): whether "
		"more were there cannot be told\n"},
	{"a middle record", "DELETE FROM record WHERE seq = 5",
		"altered record 5: E-000005 is missing\n" LIST_BROKEN(
			"6") "open checkpoint 0: 2 records stand behind the last checkpoint "
			     "(E-000004): whether more were there cannot be told\n"},
	{"two records swapped",
		"UPDATE record SET seq = 99 WHERE seq = 5; UPDATE record SET seq = 5 WHERE seq = 6;"
		"UPDATE record SET seq = 6 WHERE seq = 99",
		"altered record 5: what stands at E-000005 is another record\n"
		"altered record 6: what stands at E-000006 is another record\n" LIST_BROKEN(
			"6") "open checkpoint 0: 2 records stand behind the last checkpoint "
			     "(E-000004): whether more were there cannot be told\n"},
	{"a checkpoint's words",
		"UPDATE checkpoint SET body = replace(body, 'v1', 'v2') WHERE records = 4",
		"altered checkpoint 0: the checkpoint of 4 records is not in its form\n"},
	{"a checkpoint's signature", "UPDATE checkpoint SET sig = zeroblob(70) WHERE records = 6",
		"altered checkpoint 0: the checkpoint of 6 records does not fit its signature\n"
		"open checkpoint 0: 2 records stand behind the last checkpoint (E-000004): whether "
		"more were there cannot be told\n"},
	/* nobody but a holder of the checkpoint could know */
	{"the last checkpoint is gone", "DELETE FROM checkpoint WHERE records = 6",
		"open checkpoint 0: 2 records stand behind the last checkpoint (E-000004): whether "
		"more were there cannot be told\n"},
};

START_TEST(every_alteration_is_named)
{
	char sql[1024];
	make_archive();
	snprintf(sql, sizeof(sql), FREE "%s", alterations[_i].sql);
	ck_assert_int_eq(raw_sql(sql), SQLITE_OK);
	struct heard h = verified();
	ck_assert_msg(!strcmp(h.text.ptr, alterations[_i].want), "%s:\n%s", alterations[_i].name,
		h.text.ptr);
	buf_finish(&h.text);
}
END_TEST

START_TEST(another_key_is_not_taken_for_the_log_s)
{
	make_archive();
	ck_assert_int_eq(unlink(scratch_path("signing-key.pem")), 0);
	struct archive *a = opened(ARCHIVE_WRITE);
	ck_ok(log_key_rotate(a, NULL, true, &problem));
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr,
		"open key 7: E-000007 is a new key that the old one has not signed: the owner had "
		"lost it, or somebody else began anew\n");
	ck_assert_uint_eq(h.summary.covered, 7);
	buf_finish(&h.text);
}
END_TEST

START_TEST(a_signed_succession_is_whole)
{
	make_archive();
	struct archive *a = opened(ARCHIVE_WRITE);
	ck_ok(log_key_rotate(a, NULL, false, &problem));
	add(a, "acme", "six");
	checkpoint(a);
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr, "");
	ck_assert_uint_eq(h.summary.keys, 2);
	ck_assert_uint_eq(h.summary.covered, 8);
	buf_finish(&h.text);
}
END_TEST

START_TEST(a_key_that_was_replaced_signs_nothing_any_more)
{
	make_archive();
	struct archive *a = opened(ARCHIVE_WRITE);
	struct log_key old = {0};
	ck_ok(log_key_open(a, NULL, &old, &problem));
	ck_ok(log_key_rotate(a, NULL, false, &problem));
	begin(a);
	add_message(a, "acme", "six");
	ck_ok(archive_commit_to_log(a, &old, &problem));
	commit(a);
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr,
		"altered checkpoint 0: the checkpoint of 8 records is not signed by the key that "
		"the log had then\n"
		"open checkpoint 0: 1 record stands behind the last checkpoint (E-000007): whether "
		"more were there cannot be told\n");
	ck_assert_uint_eq(h.summary.covered, 7);
	ck_assert_uint_eq(h.summary.doubted_from, 8);
	ck_assert_uint_eq(h.summary.doubted_to, 8);
	log_key_close(&old);
	buf_finish(&h.text);
}
END_TEST

START_TEST(an_anchor_without_its_stamp_is_none)
{
	make_archive();
	struct archive *a = opened(ARCHIVE_WRITE);
	static const uint64_t checkpoints[] = {4, 9};
	for (size_t i = 0; i < 2; i++) {
		const struct anchor anchor = {.records = checkpoints[i],
			.kind = STR(ANCHOR_RFC3161),
			.source = STR("http://tsa.example")};
		struct record r;
		record_init(&r);
		ck_ok(anchor_write(&anchor, &r, &problem));
		begin(a);
		ck_ok(archive_append(a, &r, (struct str){0}, &problem));
		commit(a);
		record_finish(&r);
	}
	archive_close(a);
	struct heard h = verified();
	ck_assert_str_eq(h.text.ptr,
		"altered anchor 7: E-000007 is an anchor without its time stamp\n"
		"altered checkpoint 8: E-000008 anchors a checkpoint of 9 records that is gone\n"
		"open checkpoint 0: 2 records stand behind the last checkpoint (E-000006): whether "
		"more were there cannot be told\n");
	ck_assert_uint_eq(h.summary.anchored, 0);
	buf_finish(&h.text);
}
END_TEST

START_TEST(pages_that_are_overwritten_are_no_success)
{
	make_archive();
	FILE *file = fopen(scratch_path("archive.db"), "r+b");
	char garbage[4096];
	memset(garbage, 0xa5, sizeof(garbage));
	ck_assert_ptr_nonnull(file);
	/* the second page belongs to one of the tables */
	ck_assert_int_eq(fseek(file, 4096, SEEK_SET), 0);
	ck_assert_uint_eq(fwrite(garbage, 1, sizeof(garbage), file), sizeof(garbage));
	ck_assert_int_eq(fclose(file), 0);
	struct heard h = {0};
	struct archive *a = NULL;
	struct error err = {0};
	const struct verify_plan plan = {
		.structure = true, .listener = {.note = on_note, .context = &h}};
	int result = archive_open(scratch, ARCHIVE_READ, &stood, &a, &err);
	if (!result)
		result = archive_verify(a, &plan, &h.summary, &err);
	ck_assert(result < 0 ? err.kind == ERROR_INTEGRITY : h.summary.altered > 0);
	archive_close(a);
	buf_finish(&h.text);
}
END_TEST

Suite *verify_suite(void)
{
	const TTest *const tests[] = {a_whole_archive_is_whole,
		what_stands_behind_the_last_checkpoint_cannot_be_told,
		without_a_checkpoint_the_end_is_open, another_key_is_not_taken_for_the_log_s,
		a_signed_succession_is_whole, a_key_that_was_replaced_signs_nothing_any_more,
		an_anchor_without_its_stamp_is_none, pages_that_are_overwritten_are_no_success};
	Suite *s = scratch_suite("verify", tests, sizeof(tests) / sizeof(*tests));
	TCase *each = tcase_create("alterations");
	tcase_add_checked_fixture(each, scratch_make, scratch_remove);
	tcase_add_loop_test(
		each, every_alteration_is_named, 0, sizeof(alterations) / sizeof(*alterations));
	suite_add_tcase(s, each);
	return s;
}
