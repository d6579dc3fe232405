/* Tests of bundles: checked with the system's own tools, line by line as README.txt says. */
#include "archive/bundle.h"
#include "base/file.h"
#include "base/limits.h"
#include "scratch.h"
#include "suites.h"
#include <sys/stat.h>
#include <unistd.h>

/* Five records: three messages of acme, one of beta, a gap. */
static struct archive *filled(void)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct record r;
	record_init(&r);
	r.type = RECORD_GAP;
	begin(a);
	add_message(a, "acme", "Subject: one\r\n\r\nfirst\r\n");
	add_message(a, "beta", "Subject: two\r\n\r\nof somebody else\r\n");
	ck_ok(record_add(&r, "reason", STR("the server\nwas away")));
	ck_ok(archive_append(a, &r, (struct str){0}, &problem));
	add_message(a, "acme", "Subject: three\r\n\r\nthird\r\n");
	add_message(a, "acme", "");
	commit(a);
	record_finish(&r);
	return a;
}

static int describe(void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	(void)context, (void)err;
	out->message_id = seq == 4 ? STR("three@acme.example") : STR("");
	out->subject = seq == 4 ? STR("=cmd|' /C calc'!A0\n\"x\"") : STR("");
	return 0;
}

static const uint64_t acme[] = {5, 4, 1, 3, 4};

static struct bundle_request request_of(const uint64_t *seqs, size_t count)
{
	return (struct bundle_request){.seqs = seqs,
		.count = count,
		.filter = STR("client:acme\nfrom:x"),
		.clock = &stood,
		.describe = describe};
}

/* scratch/out, written. */
static const char *exported(struct archive *a)
{
	struct bundle_request request = request_of(acme, 5);
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	return scratch_path("out");
}

/* The commands of README.txt: its lines that begin with four spaces and a command's name. */
static void recipe(struct buf *all)
{
	struct buf readme = {0};
	struct str rest, line;
	size_t count = 0;
	ck_ok(file_read(scratch_path("out/README.txt"), MIB, &readme, &problem));
	rest = buf_str(&readme);
	while (str_line(&rest, &line)) {
		char command[1024];
		if (!str_starts(line, STR("    ")) || str_starts(line, STR("    data/")) ||
			str_starts(line, STR("     ")))
			continue;
		snprintf(command, sizeof(command), "%.*s", STR_ARG(line));
		struct output one = shell(scratch_path("out"), command);
		buf_add_cstr(all, one.text);
		count++;
	}
	ck_assert_uint_eq(count, 5);
	buf_finish(&readme);
}

START_TEST(the_recipe_of_the_bundle_works_as_it_is_printed)
{
	struct archive *a = filled();
	struct buf out = {0};
	char want[1024];
	exported(a);
	recipe(&out);
	struct buf log = {0};
	ck_ok(archive_log(a, &log, &problem));
	snprintf(want, sizeof(want),
		"%.64s\n%.64s  data/records/000001.txt\n"
		"data/messages/000001.eml: OK\ndata/messages/000004.eml: OK\n"
		"data/messages/000005.eml: OK\n",
		log.ptr, log.ptr);
	ck_str(buf_str(&out), want);
	buf_finish(&out);
	buf_finish(&log);
	archive_close(a);
}
END_TEST

START_TEST(a_bundle_has_these_files_and_nobody_else_can_read_them)
{
	struct archive *a = filled();
	umask(0);
	exported(a);
	ck_assert_str_eq(shell(scratch_path("out"), "find . | LC_ALL=C sort; ls ..").text,
		".\n./README.txt\n./bag-info.txt\n./bagit.txt\n./data\n./data/index.csv\n"
		"./data/log.txt\n./data/messages\n./data/messages/000001.eml\n"
		"./data/messages/000004.eml\n./data/messages/000005.eml\n./data/records\n"
		"./data/records/000001.txt\n./data/records/000003.txt\n"
		"./data/records/000004.txt\n./data/records/000005.txt\n./manifest-sha256.txt\n"
		"./tagmanifest-sha256.txt\narchive.db\nout\n");
	ck_assert_str_eq(shell(scratch_path("out"),
				 "find . -type d ! -perm 700; "
				 "find . -type f ! -perm 600")
				 .text,
		"");
	ck_assert_str_eq(shell(scratch_path("out"), "cat data/messages/000004.eml").text,
		"Subject: three\r\n\r\nthird\r\n");
	ck_assert_str_eq(shell(scratch_path("out"), "grep -r -e beta -e 'of somebody' .").text, "");
	ck_assert_str_eq(
		shell(scratch_path("out"), "cat bagit.txt bag-info.txt | grep -v Oxum").text,
		"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
		"Bag-Software-Agent: overstep\nBagging-Date: 2026-11-22\n"
		"Records: 4 of 5\nFilter: client:acme\\x0afrom:x\n");
	ck_assert_int_eq(shell(scratch_path("out"),
				 "grep -x \"Payload-Oxum: $(cat data/* data/*/* 2>/dev/null"
				 " | wc -c).$(find data -type f | wc -l)\" bag-info.txt")
				 .status,
		0);
	archive_close(a);
}
END_TEST

START_TEST(octets_go_to_the_folder_of_their_kind)
{
	static const uint64_t both[] = {6, 7};
	struct archive *a = filled();
	struct bundle_request request = request_of(both, 2);
	struct record r;
	record_init(&r);
	begin(a);
	r.type = RECORD_RULES;
	ck_ok(archive_append(a, &r, STR("rule x/y\n"), &problem));
	r.type = RECORD_FINDINGS;
	ck_ok(archive_append(a, &r, STR("{}"), &problem));
	commit(a);
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	ck_assert_str_eq(shell(scratch_path("out"),
				 "find data -type f | LC_ALL=C sort;"
				 "cat data/records/* | grep '  ' | sha256sum -c;"
				 "wc -l < data/index.csv")
				 .text,
		"data/findings/000007.json\ndata/index.csv\ndata/log.txt\n"
		"data/records/000006.txt\ndata/records/000007.txt\ndata/rules/000006.rules\n"
		"data/rules/000006.rules: OK\ndata/findings/000007.json: OK\n1\n");
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(the_table_is_safe_to_open)
{
	struct archive *a = filled();
	exported(a);
	ck_assert_str_eq(shell(scratch_path("out"), "sed -n -e 1p -e 3p data/index.csv").text,
		"\"evidence\",\"client\",\"number\",\"direction\",\"date\",\"received\",\"internal\","
		"\"seen\",\"used\",\"state\",\"size_bytes\",\"sha256\",\"file\",\"message_id\","
		"\"subject\"\r\n"
		"\"E-000004\",\"acme\",\"2\",\"in\",\"2026-11-22T10:02:59+01:00\","
		"\"2026-11-22T09:03:00Z\",\"\",\"2026-11-22T09:04:00Z\",\"received\",\"agreed\","
		"\"25\",\"c4e078b9fd9b7dbd250e7facea60dd6a900ad3fcb9208ff85f12276f10b8d728\",\"data/messages/000004.eml\",\"three@acme.example\","
		"\"'=cmd|' /C calc'!A0\\x0a\"\"x\"\"\"\r\n");
	ck_assert_str_eq(shell(scratch_path("out"), "wc -l < data/index.csv").text, "4\n");
	archive_close(a);
}
END_TEST

static const struct {
	const char *name, *command;
} tampering[] = {
	{"a changed mail", "sed -i s/third/3rd/ data/messages/000004.eml"},
	{"a shorter mail", "truncate -s -1 data/messages/000004.eml"},
	{"a longer mail", "echo >> data/messages/000004.eml"},
	{"an emptied mail", ": > data/messages/000004.eml"},
	{"a lost mail", "rm data/messages/000004.eml"},
	{"a lost empty mail", "rm data/messages/000005.eml"},
	{"two mails swapped",
		"mv data/messages/000001.eml x; "
		"mv data/messages/000004.eml data/messages/000001.eml; "
		"mv x data/messages/000004.eml"},
	{"one more mail", "echo x > data/messages/000002.eml"},
	{"a link", "ln -s /etc/passwd data/messages/000002.eml"},
	{"a changed record", "sed -i s/acme/beta/ data/records/000004.txt"},
	{"a changed log", "sed -i '1s/./x/' data/log.txt"},
	{"a changed table", "sed -i s/agreed/disputed/ data/index.csv"},
	{"a changed filter", "sed -i s/acme/beta/ bag-info.txt"},
	{"a manifest cut", "sed -i '/000004.eml/d' manifest-sha256.txt"},
	{"a record and its mail changed, and the manifests made to fit",
		"echo x > data/messages/000004.eml; "
		"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64); "
		"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt; "
		"find data -type f | xargs sha256sum > manifest-sha256.txt; "
		"sha256sum README.txt bag*.txt manifest-sha256.txt > tagmanifest-sha256.txt"},
};

START_TEST(the_recipe_notices)
{
	struct archive *a = filled();
	struct buf clean = {0}, after = {0};
	exported(a);
	recipe(&clean);
	ck_assert_int_eq(shell(scratch_path("out"), tampering[_i].command).status, 0);
	recipe(&after);
	ck_assert_msg(
		!str_eq(buf_str(&clean), buf_str(&after)), "%s is not noticed", tampering[_i].name);
	buf_finish(&clean);
	buf_finish(&after);
	archive_close(a);
}
END_TEST

START_TEST(the_same_request_gives_the_same_bytes)
{
	static const uint64_t other_order[] = {1, 3, 4, 5};
	struct archive *a = filled();
	struct bundle_request request = request_of(other_order, 4);
	exported(a);
	ck_ok(bundle_write(a, &request, scratch_path("again/"), &problem));
	ck_assert_str_eq(
		shell(scratch, "diff -r out again && ls").text, "again\narchive.db\nout\n");
	archive_close(a);
}
END_TEST

static void check_refused(
	struct archive *a, struct bundle_request request, const char *name, enum error_kind kind)
{
	struct error err = {0};
	ck_assert_int_eq(bundle_write(a, &request, scratch_path(name), &err), -1);
	ck_assert_msg(err.kind == kind, "%s", err.text);
}

START_TEST(what_is_there_is_never_written_over)
{
	struct archive *a = filled();
	ck_assert_int_eq(shell(scratch, "mkdir out other.tmp; ln -s nowhere link").status, 0);
	check_refused(a, request_of(acme, 5), "out", ERROR_USAGE);
	check_refused(a, request_of(acme, 5), "other", ERROR_USAGE);
	check_refused(a, request_of(acme, 5), "link", ERROR_USAGE);
	ck_assert_str_eq(shell(scratch, "find . | LC_ALL=C sort").text,
		".\n./archive.db\n./link\n./other.tmp\n./out\n");
	archive_close(a);
}
END_TEST

static int describe_badly(void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	(void)context, (void)out;
	return seq < 4 ? 0 : error_set(err, ERROR_LIMIT, "no words");
}

START_TEST(what_fails_leaves_nothing)
{
	static const uint64_t missing[] = {1, 6};
	struct archive *a = filled();
	struct bundle_request request = request_of(acme, 5);
	check_refused(a, request_of(missing, 2), "out", ERROR_NOT_FOUND);
	check_refused(a, request_of(acme, 0), "out", ERROR_NOT_FOUND);
	check_refused(a, request_of(acme, 5), "no/such/folder", ERROR_SYSTEM);
	request.describe = describe_badly;
	check_refused(a, request, "out", ERROR_LIMIT);
	ck_assert_int_eq(raw_sql("DROP TRIGGER blob_fixed; UPDATE blob SET data = zeroblob(size)"
				 " WHERE rowid = 3"),
		SQLITE_OK);
	check_refused(a, request_of(acme, 5), "out", ERROR_INTEGRITY);
	ck_assert_int_eq(
		raw_sql("DROP TRIGGER blob_stays; DELETE FROM blob WHERE rowid = 3"), SQLITE_OK);
	check_refused(a, request_of(acme, 5), "out", ERROR_INTEGRITY);
	ck_assert_str_eq(shell(scratch, "ls").text, "archive.db\n");
	archive_close(a);
}
END_TEST

static void count_steps(void *context, size_t done, size_t total)
{
	size_t *steps = context;
	ck_assert_uint_eq(done, ++*steps);
	ck_assert_uint_eq(total, 4);
}

START_TEST(progress_is_told_for_each_record)
{
	struct archive *a = filled();
	struct bundle_request request = request_of(acme, 5);
	size_t steps = 0;
	request.progress = count_steps;
	request.context = &steps;
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	ck_assert_uint_eq(steps, 4);
	archive_close(a);
}
END_TEST

Suite *bundle_suite(void)
{
	const TTest *const tests[] = {
		the_recipe_of_the_bundle_works_as_it_is_printed,
		a_bundle_has_these_files_and_nobody_else_can_read_them,
		octets_go_to_the_folder_of_their_kind,
		the_table_is_safe_to_open,
		the_same_request_gives_the_same_bytes,
		what_is_there_is_never_written_over,
		what_fails_leaves_nothing,
		progress_is_told_for_each_record,
	};
	Suite *suite = scratch_suite("bundle", tests, sizeof(tests) / sizeof(*tests));
	TCase *notices = tcase_create("notices");
	tcase_add_checked_fixture(notices, scratch_make, scratch_remove);
	tcase_add_loop_test(notices, the_recipe_notices, 0, sizeof(tampering) / sizeof(*tampering));
	suite_add_tcase(suite, notices);
	return suite;
}
