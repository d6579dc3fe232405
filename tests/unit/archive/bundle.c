/* Tests of bundles: checked with the system's own tools, line by line as README.txt says. */
#include "archive/bundle.h"
#include "archive/anchor.h"
#include "archive/bundle_verify.h"
#include "archive/checkpoint.h"
#include "base/file.h"
#include "base/limits.h"
#include "scratch.h"
#include "suites.h"
#include <sys/stat.h>
#include <unistd.h>

static void checkpoint(struct archive *a)
{
	struct log_key key = {0};
	ck_ok(log_key_open(a, NULL, &key, &problem));
	ck_ok(archive_checkpoint(a, &key, &problem));
	log_key_close(&key);
}

/* Six records: three messages of acme, one of beta, a gap, the key. */
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
	checkpoint(a);
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

/* Of message 4 a copy with a word covered, with its hash, which the mail's record names. */
static int describe_twin(void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	(void)context, (void)err;
	out->twin = seq == 4
		? STR("redacted copy R-000004 of E-000004, sealed hash "
		      "c4e078b9fd9b7dbd250e7facea60dd6a900ad3fcb9208ff85f12276f10b8d728\n\n\xe2\x96\x88\n")
		: (struct str){0};
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

/* scratch/out, written and signed. */
static const char *exported(struct archive *a)
{
	struct bundle_request request = request_of(acme, 5);
	struct log_key key = {0};
	ck_ok(log_key_open(a, NULL, &key, &problem));
	request.key = &key;
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	log_key_close(&key);
	return scratch_path("out");
}

/* The same with a message redacted. */
static void exported_redacted(struct archive *a)
{
	struct bundle_request request = request_of(acme, 5);
	struct log_key key = {0};
	ck_ok(log_key_open(a, NULL, &key, &problem));
	request.key = &key;
	request.describe = describe_twin;
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	log_key_close(&key);
}

/* The commands of README.txt's recipe, pasted into a shell. */
static struct output recipe(void)
{
	return shell(scratch_path("out"),
		"sed -n '/^Check it by hand/,/^What is here/s/^    //p' README.txt | dash 2>&1");
}

struct heard {
	struct buf text;
	bool unwitnessed; /* said, as of all bundles here: it is not in the text */
	struct verify_summary summary;
};

static void on_note(void *context, const struct verify_note *note)
{
	struct heard *h = context;
	if (str_starts(note->text, STR("whether all of this was written anew: ")))
		h->unwitnessed = true;
	else
		buf_add_format(&h->text, "%s: %.*s\n",
			note->state == VERIFY_ALTERED ? "altered" : "cannot tell",
			STR_ARG(note->text));
}

static struct heard looked_at(void)
{
	struct heard h = {0};
	const struct verify_plan plan = {.listener = {.note = on_note, .context = &h}};
	ck_ok(bundle_verify(scratch_path("out"), &plan, &h.summary, &problem));
	buf_add_char(&h.text, '\0');
	return h;
}

START_TEST(the_recipe_of_the_bundle_prints_only_ok)
{
	struct archive *a = filled();
	exported(a);
	ck_assert_str_eq(recipe().text,
		"OK\nOK\nOK\nVerified OK\nOK\nOK\n"
		"data/messages/000001.eml: OK\ndata/messages/000004.eml: OK\n"
		"data/messages/000005.eml: OK\ndata/keys/000006.pem: OK\n");
	archive_close(a);
}
END_TEST

static const char *const shells[] = {"dash", "bash", "busybox"};

/* verify.sh from elsewhere; with busybox also its own sha256sum, awk and find. */
static struct output script(const char *with)
{
	char command[1024];
	bool boxed = !strcmp(with, "busybox");
	snprintf(command, sizeof(command),
		"cp %s/../daemon/archive/verify.sh . && %s %s verify.sh out 2>&1", TESTS_DIR,
		boxed ? "mkdir -p box && busybox --install -s box &&"
			" cp \"$(command -v openssl)\" box && PATH=$PWD/box"
		      : "",
		boxed ? "sh" : with);
	return shell(scratch, command);
}

/* No stamp is on any bundle here: that is said, and that is all that cannot be told. */
static bool only_unwitnessed(const char *text)
{
	static const char said[] = "\nCANNOT TELL whether all of this was written anew: ";
	const char *first = strstr(text, said);
	return first && !strstr(first + 2, "CANNOT TELL") && strstr(text, "CANNOT") == first + 1 &&
		strstr(text, "\nnothing is altered, as far as can be told\n");
}

START_TEST(a_sound_bundle_is_sound_to_everybody)
{
	struct archive *a = filled();
	exported(a);
	struct heard h = looked_at();
	ck_assert_str_eq(h.text.ptr, "");
	ck_assert_uint_eq(h.summary.records, 5);
	ck_assert_uint_eq(h.summary.messages, 3);
	ck_assert_uint_eq(h.summary.covered, 6);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == 0, "%s: %s", shells[i], out.text);
		ck_assert_msg(strstr(out.text, "\nnothing is altered, as far as can be told\n") &&
				!strstr(out.text, "ALTERED") && only_unwitnessed(out.text),
			"%s: %s", shells[i], out.text);
	}
	buf_finish(&h.text);
	archive_close(a);
}
END_TEST

START_TEST(a_bundle_has_these_files_and_nobody_else_can_read_them)
{
	struct archive *a = filled();
	umask(0);
	exported(a);
	ck_assert_str_eq(shell(scratch_path("out"), "find . | LC_ALL=C sort; ls ..").text,
		".\n./README.txt\n./bag-info.txt\n./bagit.txt\n./data\n./data/checkpoints\n"
		"./data/checkpoints/000006.txt\n./data/checkpoints/000006.txt.sig\n"
		"./data/declaration-en.txt\n./data/declaration-fr.txt\n"
		"./data/declaration-sv.txt\n./data/index.csv\n./data/keys\n./data/keys/000006.pem\n./data/log-key.pem\n"
		"./data/log.txt\n./data/messages\n./data/messages/000001.eml\n"
		"./data/messages/000004.eml\n./data/messages/000005.eml\n./data/records\n"
		"./data/records/000001.txt\n./data/records/000003.txt\n"
		"./data/records/000004.txt\n./data/records/000005.txt\n"
		"./data/records/000006.txt\n./manifest-sha256.txt\n./tagmanifest-sha256.txt\n"
		"./tagmanifest-sha256.txt.sig\n./verify.sh\narchive.db\nout\nsigning-key.pem\n");
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
		"Records: 5 of 6\nFilter: client:acme\\x0afrom:x\n");
	ck_assert_int_eq(shell(scratch_path("out"),
				 "grep -x \"Payload-Oxum: $(cat data/* data/*/* 2>/dev/null"
				 " | wc -c).$(find data -type f | wc -l)\" bag-info.txt")
				 .status,
		0);
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

START_TEST(octets_go_to_the_folder_of_their_kind)
{
	static const uint64_t both[] = {7, 8};
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
	check_refused(a, request, "out", ERROR_NOT_FOUND); /* by no checkpoint */
	checkpoint(a);
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	ck_assert_str_eq(shell(scratch_path("out"),
				 "find data -type f | LC_ALL=C sort;"
				 "cat data/records/* | grep '  ' | sha256sum -c;"
				 "wc -l < data/index.csv")
				 .text,
		"data/checkpoints/000008.txt\ndata/checkpoints/000008.txt.sig\n"
		"data/declaration-en.txt\ndata/declaration-fr.txt\ndata/declaration-sv.txt\n"
		"data/findings/000008.json\ndata/index.csv\ndata/keys/000006.pem\n"
		"data/log-key.pem\ndata/log.txt\ndata/records/000006.txt\n"
		"data/records/000007.txt\ndata/records/000008.txt\ndata/rules/000007.rules\n"
		"data/keys/000006.pem: OK\ndata/rules/000007.rules: OK\n"
		"data/findings/000008.json: OK\n1\n");
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
		"\"subject\",\"agreement\"\r\n"
		"\"E-000004\",\"acme\",\"2\",\"in\",\"2026-11-22T10:02:59+01:00\","
		"\"2026-11-22T09:03:00Z\",\"\",\"2026-11-22T09:04:00Z\",\"received\",\"agreed\","
		"\"25\",\"c4e078b9fd9b7dbd250e7facea60dd6a900ad3fcb9208ff85f12276f10b8d728\",\"data/messages/000004.eml\",\"three@acme.example\","
		"\"'=cmd|' /C calc'!A0\\x0a\"\"x\"\"\",\"\"\r\n");
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
	{"a link in place of the file that makes it a bundle",
		"cp bagit.txt ../b; ln -sf ../b bagit.txt"},
	{"a changed record", "sed -i s/acme/beta/ data/records/000004.txt"},
	{"a changed log", "sed -i '1s/./x/' data/log.txt"},
	{"a changed table", "sed -i s/agreed/disputed/ data/index.csv"},
	{"a changed filter", "sed -i s/acme/beta/ bag-info.txt"},
	{"a manifest cut", "sed -i '/000004.eml/d' manifest-sha256.txt"},
	{"a record's bogus line", "echo 'x: y' >> data/records/000004.txt"},
	{"a record of one line",
		"head -n 1 data/records/000004.txt > x; mv x data/records/000004.txt"},
	{"a record twice", "cp data/records/000004.txt data/records/000002.txt"},
	{"the checkpoint's words", "sed -i s/v1/v2/ data/checkpoints/000006.txt"},
	{"the checkpoint's signature", "echo >> data/checkpoints/000006.txt.sig"},
	{"the checkpoint's signature is lost", "rm data/checkpoints/000006.txt.sig"},
	{"the checkpoint is lost", "rm data/checkpoints/*"},
	{"the key", "sed -i 2s/A/B/ data/log-key.pem"},
	{"a line end of another kind", "sed -i 's/$/\r/' manifest-sha256.txt"},
	{"an empty manifest", ": > manifest-sha256.txt"},
	{"an empty tag manifest", ": > tagmanifest-sha256.txt"},
	{"the signature of the manifests", "echo x > tagmanifest-sha256.txt.sig"},
	{"a manifest that ends too early", "truncate -s -1 manifest-sha256.txt"},
	{"an empty folder's link", "ln -s / data/root"},
	{"a name that is none", "touch 'data/messages/a b'"},
	{"a name over two lines", "touch \"$(printf 'data/a\\nb')\""},
	{"a name whose lines are names of files",
		"mkdir \"$(printf 'bag-info.txt\\n.')\"; echo x > \"$(printf "
		"'bag-info.txt\\n./README.txt')\""},
	{"a pipe", "mkfifo data/pipe"},
	{"another script", "echo 'exit 0' > verify.sh"},
};

/* Every hash made to fit again: only what the log and its signature hold is left to notice. */
#define FIT                                                                                        \
	"; find data -type f | xargs sha256sum > manifest-sha256.txt;"                             \
	"rm tagmanifest-sha256.txt.sig; sha256sum README.txt verify.sh bag*.txt"                   \
	" manifest-sha256.txt > tagmanifest-sha256.txt"
static const struct {
	const char *name, *command;
} refitted[] = {
	{"a mail and its record",
		"echo x > data/messages/000004.eml;"
		"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64);"
		"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt" FIT},
	{"a mail, its record and the log",
		"echo x > data/messages/000004.eml;"
		"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64);"
		"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt;"
		"h=$(sha256sum < data/records/000004.txt | cut -c 1-64);"
		"sed -i \"4s/.*/$h/\" data/log.txt" FIT},
	{"a mail, its record, the log and the checkpoint",
		"echo x > data/messages/000004.eml;"
		"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64);"
		"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt;"
		"h=$(sha256sum < data/records/000004.txt | cut -c 1-64);"
		"sed -i \"4s/.*/$h/\" data/log.txt; h=$(sha256sum < data/log.txt | cut -c 1-64);"
		"sed -i \"s/^list.*/list-sha256: $h/\" data/checkpoints/000006.txt" FIT},
	{"a mail that the log does not have", "echo x > data/messages/000002.eml" FIT},
	{"a log longer than its checkpoint", "head -n 1 data/log.txt >> data/log.txt" FIT},
	{"a log shorter than its checkpoint",
		"sed -i '$d' data/log.txt; rm data/records/000006.txt data/keys/*" FIT},
	{"two records swapped",
		"mv data/records/000004.txt x; mv data/records/000005.txt data/records/000004.txt;"
		"mv x data/records/000005.txt" FIT},
	{"no checkpoint", "rm data/checkpoints/*" FIT},
	{"an unsigned checkpoint", "rm data/checkpoints/*.sig" FIT},
	{"a record on a line of the log without an end",
		"sed 's/^seq: 4/seq: 7/; s/000004/000007/' data/records/000004.txt"
		" > data/records/000007.txt;"
		"cp data/messages/000004.eml data/messages/000007.eml;"
		"printf %s $(sha256sum < data/records/000007.txt | cut -c 1-64) >> "
		"data/log.txt" FIT},
	{"a file that never ends",
		":" FIT "; echo \"$(sha256sum < bagit.txt | cut -c 1-64)  ../../../dev/zero\" >> "
		"manifest-sha256.txt; sha256sum README.txt verify.sh bag*.txt manifest-sha256.txt"
		" > tagmanifest-sha256.txt"},
	{"a record of what never ends",
		"sed -i 's|  data/mess.*|  data/../../../../dev/zero|' data/records/000004.txt" FIT},
	{"a stranger among the checkpoints", "echo x > data/checkpoints/000004.eml" FIT},
	{"a time stamp of no checkpoint", "echo x > data/checkpoints/000004.txt.tsr" FIT},
	{"a checkpoint under another number",
		"for e in txt txt.sig; do "
		"mv data/checkpoints/000006.$e data/checkpoints/000005.$e; done" FIT},
	{"a record under a second spelling of its number",
		"cp data/records/000004.txt data/records/4.txt" FIT},
	{"everything, by a key that the log does not have",
		"echo x > data/messages/000004.eml;"
		"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64);"
		"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt;"
		"h=$(sha256sum < data/records/000004.txt | cut -c 1-64);"
		"sed -i \"4s/.*/$h/\" data/log.txt; h=$(sha256sum < data/log.txt | cut -c 1-64);"
		"sed -i \"s/^list.*/list-sha256: $h/\" data/checkpoints/000006.txt;"
		"openssl ecparam -name prime256v1 -genkey -noout -out x;"
		"openssl ec -in x -pubout -out data/log-key.pem;"
		"h=$(sha256sum < data/log-key.pem | cut -c 1-64);"
		"sed -i \"s/^log.*/log: $h/\" data/checkpoints/000006.txt;"
		"openssl dgst -sha256 -sign x -out data/checkpoints/000006.txt.sig "
		"data/checkpoints/000006.txt; rm x" FIT},
};

static void check_noticed(const char *name)
{
	struct heard h = looked_at();
	ck_assert_msg(h.summary.altered > 0, "%s is not noticed", name);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == 3 && strstr(out.text, "ALTERED"),
			"%s is not noticed by %s: %s", name, shells[i], out.text);
	}
	buf_finish(&h.text);
}

START_TEST(every_tampering_is_noticed_by_both)
{
	struct archive *a = filled();
	exported(a);
	ck_assert_int_eq(shell(scratch_path("out"), tampering[_i].command).status, 0);
	check_noticed(tampering[_i].name);
	ck_assert_msg(strcmp(recipe().text,
			      "OK\nOK\nOK\nVerified OK\nOK\nOK\n"
			      "data/messages/000001.eml: OK\n"
			      "data/messages/000004.eml: OK\n"
			      "data/messages/000005.eml: OK\n"
			      "data/keys/000006.pem: OK\n") ||
			strstr(tampering[_i].name, "signature of the manifests") ||
			strstr(tampering[_i].name, "ends too early") ||
			strstr(tampering[_i].name, "makes it a bundle") ||
			strstr(tampering[_i].name, "names of files"),
		"%s is not noticed by the recipe", tampering[_i].name);
	archive_close(a);
}
END_TEST

START_TEST(hashes_made_to_fit_do_not_help)
{
	struct archive *a = filled();
	exported(a);
	ck_assert_int_eq(shell(scratch_path("out"), refitted[_i].command).status, 0);
	check_noticed(refitted[_i].name);
	archive_close(a);
}
END_TEST

/* A key that another replaced is handed on, or nobody can tell; it signs nothing any more. */
static const struct {
	const char *name;
	bool lost;
	const char *command; /* then */
	const char *heard;   /* of our own; absent: altered */
	const char *line;    /* of the script's */
} successions[] = {
	{"signed", false, ":", "", "OK data/keys/000007.pem is signed by data/keys/000006.pem\n"},
	{"lost", true, ":",
		"cannot tell: data/keys/000007.pem is a new key that the old one has not signed: "
		"the owner had lost it, or somebody else began anew\n",
		"CANNOT TELL who made data/keys/000007.pem: "},
	{"an older key shown", false, "cp data/keys/000006.pem data/log-key.pem", NULL,
		"ALTERED data/log-key.pem is not the newest key of the log\n"},
	{"the older key signs", false,
		"h=$(sha256sum < data/keys/000006.pem | cut -c 1-64);"
		"sed -i \"s/^log.*/log: $h/\" data/checkpoints/000007.txt;"
		"openssl dgst -sha256 -sign ../old.pem -out data/checkpoints/000007.txt.sig "
		"data/checkpoints/000007.txt" FIT,
		NULL,
		"ALTERED data/checkpoints/000007.txt is not signed by the key that the log had "
		"then\n"},
};

START_TEST(a_key_signs_until_the_next_one_is_handed_on)
{
	struct archive *a = filled();
	ck_assert_int_eq(shell(scratch, "cp signing-key.pem old.pem").status, 0);
	ck_ok(log_key_rotate(a, NULL, successions[_i].lost, &problem));
	exported(a);
	ck_assert_int_eq(shell(scratch_path("out"), successions[_i].command).status, 0);
	struct heard h = looked_at();
	if (successions[_i].heard)
		ck_assert_str_eq(h.text.ptr, successions[_i].heard);
	else
		ck_assert_uint_gt(h.summary.altered, 0);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == (successions[_i].heard ? 0 : 3) &&
				strstr(out.text, successions[_i].line),
			"%s, %s: %s", successions[_i].name, shells[i], out.text);
	}
	buf_finish(&h.text);
	archive_close(a);
}
END_TEST

static void add_anchor(struct archive *a, uint64_t records)
{
	const struct anchor anchor = {
		.records = records, .kind = STR(ANCHOR_RFC3161), .source = STR("x")};
	struct record r;
	record_init(&r);
	ck_ok(anchor_write(&anchor, &r, &problem));
	begin(a);
	ck_ok(archive_append(a, &r, STR("of nothing in the bundle"), &problem));
	commit(a);
	record_finish(&r);
}

/* A new key, which signs the log at once, and a stamp on that. */
static int describe_while_it_grows(
	void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	struct archive *a = context;
	(void)out, (void)err;
	if (seq == 4) {
		ck_ok(log_key_rotate(a, NULL, false, &problem));
		add_anchor(a, archive_last(a));
	}
	return 0;
}

static const struct {
	const char *name;
	bool before, meanwhile;
} rotations[] = {
	{"between the key's opening and the first look at the log", true, false},
	{"while records are written", false, true},
	{"both", true, true},
};

START_TEST(a_bundle_is_sound_when_the_key_is_replaced_while_it_is_written)
{
	struct archive *a = filled();
	struct bundle_request request = request_of(acme, 5);
	struct log_key key = {0};
	ck_ok(log_key_open(a, NULL, &key, &problem));
	request.key = &key;
	request.context = a;
	request.describe = rotations[_i].meanwhile ? describe_while_it_grows : NULL;
	if (rotations[_i].before)
		ck_ok(log_key_rotate(a, NULL, false, &problem));
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	struct heard h = looked_at();
	ck_assert_msg(!strcmp(h.text.ptr, ""), "%s: %s", rotations[_i].name, h.text.ptr);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(only_unwitnessed(out.text), "%s, %s: %s", rotations[_i].name,
			shells[i], out.text);
	}
	buf_finish(&h.text);
	log_key_close(&key);
	archive_close(a);
}
END_TEST

/* A new mail under an old number, and all that hangs on it made and signed again by the owner. */
START_TEST(who_has_the_key_can_write_all_anew_and_that_is_said)
{
	struct archive *a = filled();
	exported(a);
	ck_assert_int_eq(
		shell(scratch_path("out"),
			"echo x > data/messages/000004.eml;"
			"h=$(sha256sum < data/messages/000004.eml | cut -c 1-64);"
			"sed -i \"s/^[0-9a-f]\\{64\\}  /$h  /\" data/records/000004.txt;"
			"h=$(sha256sum < data/records/000004.txt | cut -c 1-64);"
			"sed -i \"4s/.*/$h/\" data/log.txt; h=$(sha256sum < data/log.txt | cut -c 1-64);"
			"sed -i \"s/^list.*/list-sha256: $h/\" data/checkpoints/000006.txt;"
			"openssl dgst -sha256 -sign ../signing-key.pem"
			" -out data/checkpoints/000006.txt.sig data/checkpoints/000006.txt" FIT
			"; openssl dgst -sha256 -sign ../signing-key.pem"
			" -out tagmanifest-sha256.txt.sig tagmanifest-sha256.txt")
			.status,
		0);
	struct heard h = looked_at();
	ck_assert_str_eq(h.text.ptr, "");
	ck_assert(h.unwitnessed);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == 0 && only_unwitnessed(out.text), "%s: %s", shells[i],
			out.text);
	}
	buf_finish(&h.text);
	archive_close(a);
}
END_TEST

/* What a name holds is shown, but steers no terminal. */
START_TEST(names_are_told_without_what_steers_a_terminal)
{
	struct archive *a = filled();
	exported(a);
	shell(scratch_path("out"), "touch \"$(printf 'data/\\033[2J')\"");
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == 3 && strstr(out.text, "data/?[2J\n") &&
				!strchr(out.text, '\033'),
			"%s: %s", shells[i], out.text);
	}
	archive_close(a);
}
END_TEST

START_TEST(of_a_redacted_message_nobody_can_tell_the_octets)
{
	struct archive *a = filled();
	exported_redacted(a);
	struct heard h = looked_at();
	buf_add_char(&h.text, '\0');
	ck_assert_str_eq(h.text.ptr,
		"cannot tell: what data/messages/000004.eml holds: it is withheld, a redacted copy"
		" is here: data/redacted/000004.txt\n");
	ck_assert_uint_eq(h.summary.altered, 0);
	ck_assert_str_eq(recipe().text,
		"OK\nOK\nOK\nVerified OK\nOK\nOK\n"
		"data/messages/000001.eml: OK\ndata/messages/000005.eml: OK\n"
		"data/keys/000006.pem: OK\n");
	ck_assert_int_ne(shell(scratch_path("out"), "grep -r third .").status, 0);
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		struct output out = script(shells[i]);
		ck_assert_msg(out.status == 0, "%s: %s", shells[i], out.text);
		ck_assert_msg(
			strstr(out.text,
				"CANNOT TELL what data/messages/000004.eml holds: it is "
				"withheld, a redacted copy is here: data/redacted/000004.txt\n"),
			"%s: %s", shells[i], out.text);
	}
	buf_finish(&h.text);
	archive_close(a);
}
END_TEST

/* Hashes made to fit or not, a copy excuses one message: the one whose hash it names. */
static const struct {
	const char *name, *command;
} retouched[] = {
	{"a lost copy", "rm data/redacted/000004.txt"},
	{"a lost copy, made to fit", "rm data/redacted/000004.txt" FIT},
	{"a changed copy", "echo >> data/redacted/000004.txt"},
	{"a copy that names another hash", "sed -i s/c4e0/c4e1/ data/redacted/000004.txt" FIT},
	{"another message's copy",
		"rm data/messages/000001.eml;"
		"cp data/redacted/000004.txt data/redacted/000001.txt" FIT},
	{"a copy of a message that is here",
		"cp data/redacted/000004.txt data/redacted/000001.txt" FIT},
	{"a copy of nothing", "cp data/redacted/000004.txt data/redacted/000002.txt" FIT},
	{"a message made up beside its copy", "echo x > data/messages/000004.eml" FIT},
	{"a message lost without a copy", "rm data/messages/000001.eml" FIT},
	{"a key withheld like a message",
		"h=$(sha256sum < data/keys/000006.pem | cut -c 1-64); rm data/keys/000006.pem;"
		"echo $h > data/redacted/000006.txt" FIT},
};

START_TEST(a_copy_excuses_its_own_message_alone)
{
	struct archive *a = filled();
	exported_redacted(a);
	ck_assert_int_eq(shell(scratch_path("out"), retouched[_i].command).status, 0);
	check_noticed(retouched[_i].name);
	archive_close(a);
}
END_TEST

START_TEST(a_declaration_names_the_checkpoint_and_leaves_the_rest_to_be_filled_in)
{
	struct archive *a = filled();
	struct bundle_request request = request_of(acme, 5);
	request.owner = STR("Anna\x1b[1m {day}");
	request.version = STR("9.9");
	request.describe = describe_twin;
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	for (size_t i = 0; i < 3; i++) {
		static const char *const languages[] = {"en", "sv", "fr"};
		char command[512];
		snprintf(command, sizeof(command),
			"d=data/declaration-%s.txt; c=data/checkpoints/000006.txt;"
			"grep -c \"$(sed -n 's/^list-sha256: //p' $c)\" $d;"
			"grep -c \"$(sha256sum < data/log-key.pem | cut -c 1-64)\" $d;"
			"grep -cF 'Anna\\x1b[1m {day}' $d; grep -c -e 'version 9.9' -e '^ *9.9' $d;"
			"grep -c 2026-11-22 $d; grep -c data/redacted $d; grep -o '\\[' $d | wc -l;"
			"awk 'length > 90' $d",
			languages[i]);
		ck_assert_str_eq(shell(scratch_path("out"), command).text, "1\n1\n1\n1\n1\n1\n8\n");
	}
	archive_close(a);
}
END_TEST

START_TEST(the_same_request_gives_the_same_bytes)
{
	static const uint64_t other_order[] = {1, 3, 4, 5};
	struct archive *a = filled();
	struct bundle_request request = request_of(other_order, 4);
	struct bundle_request first = request_of(acme, 5);
	ck_ok(bundle_write(a, &first, scratch_path("out"), &problem));
	ck_ok(bundle_write(a, &request, scratch_path("again/"), &problem));
	ck_assert_str_eq(shell(scratch, "diff -r out again && ls").text,
		"again\narchive.db\nout\nsigning-key.pem\n");
	archive_close(a);
}
END_TEST

START_TEST(what_is_there_is_never_written_over)
{
	struct archive *a = filled();
	ck_assert_int_eq(shell(scratch, "mkdir out other.tmp; ln -s nowhere link").status, 0);
	check_refused(a, request_of(acme, 5), "out", ERROR_USAGE);
	check_refused(a, request_of(acme, 5), "other", ERROR_USAGE);
	check_refused(a, request_of(acme, 5), "link", ERROR_USAGE);
	ck_assert_str_eq(shell(scratch, "find . | LC_ALL=C sort").text,
		".\n./archive.db\n./link\n./other.tmp\n./out\n./signing-key.pem\n");
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
	static const uint64_t missing[] = {1, 7};
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
	ck_assert_str_eq(shell(scratch, "ls").text, "archive.db\nsigning-key.pem\n");
	archive_close(a);
}
END_TEST

static void count_steps(void *context, size_t done, size_t total)
{
	size_t *steps = context;
	ck_assert_uint_eq(done, ++*steps);
	ck_assert_uint_eq(total, 5);
}

START_TEST(progress_is_told_for_each_record)
{
	struct archive *a = filled();
	struct bundle_request request = request_of(acme, 5);
	size_t steps = 0;
	request.progress = count_steps;
	request.context = &steps;
	ck_ok(bundle_write(a, &request, scratch_path("out"), &problem));
	ck_assert_uint_eq(steps, 5);
	archive_close(a);
}
END_TEST

Suite *bundle_suite(void)
{
	const TTest *const tests[] = {
		the_recipe_of_the_bundle_prints_only_ok,
		a_sound_bundle_is_sound_to_everybody,
		a_bundle_has_these_files_and_nobody_else_can_read_them,
		octets_go_to_the_folder_of_their_kind,
		the_table_is_safe_to_open,
		who_has_the_key_can_write_all_anew_and_that_is_said,
		names_are_told_without_what_steers_a_terminal,
		of_a_redacted_message_nobody_can_tell_the_octets,
		a_declaration_names_the_checkpoint_and_leaves_the_rest_to_be_filled_in,
		the_same_request_gives_the_same_bytes,
		what_is_there_is_never_written_over,
		what_fails_leaves_nothing,
		progress_is_told_for_each_record,
	};
	Suite *suite = scratch_suite("bundle", tests, sizeof(tests) / sizeof(*tests));
	TCase *notices = tcase_create("notices");
	tcase_add_checked_fixture(notices, scratch_make, scratch_remove);
	tcase_set_timeout(notices, 30);
	tcase_add_loop_test(notices, every_tampering_is_noticed_by_both, 0,
		sizeof(tampering) / sizeof(*tampering));
	tcase_add_loop_test(
		notices, hashes_made_to_fit_do_not_help, 0, sizeof(refitted) / sizeof(*refitted));
	tcase_add_loop_test(notices, a_copy_excuses_its_own_message_alone, 0,
		sizeof(retouched) / sizeof(*retouched));
	tcase_add_loop_test(notices, a_key_signs_until_the_next_one_is_handed_on, 0,
		sizeof(successions) / sizeof(*successions));
	tcase_add_loop_test(notices, a_bundle_is_sound_when_the_key_is_replaced_while_it_is_written,
		0, sizeof(rotations) / sizeof(*rotations));
	suite_add_tcase(suite, notices);
	return suite;
}
