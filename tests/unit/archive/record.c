/* Tests of the record codec: one form only, and everything comes back. */
#include "archive/archive.h"
#include "base/file.h"
#include "base/limits.h"
#include "record_form.h"
#include "suites.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define CASES TESTS_DIR "/cases/archive/records"

START_TEST(records_in_files_come_back_as_they_are)
{
	char **names = NULL;
	size_t count = 0;
	struct error err = {0};
	ck_assert_int_eq(file_list(CASES, ".txt", &names, &count, &err), 0);
	ck_assert_uint_gt(count, 2);
	for (size_t i = 0; i < count; i++) {
		struct buf text = {0}, again = {0};
		struct record r;
		char *path = file_join(CASES, names[i]);
		record_init(&r);
		ck_assert_int_eq(file_read(path, LIMIT_RECORD, &text, &err), 0);
		ck_assert_msg(
			record_read(buf_str(&text), &r, &err) == 0, "%s: %s", names[i], err.text);
		ck_assert_int_eq(record_write(&r, &again, &err), 0);
		ck_assert(str_eq(buf_str(&text), buf_str(&again)));
		record_finish(&r);
		buf_finish(&text);
		buf_finish(&again);
		free(path);
	}
	file_list_free(names, count);
}
END_TEST

START_TEST(a_message_record_says_what_is_in_it)
{
	struct buf text = {0};
	struct record r;
	struct message_entry entry;
	struct error err = {0};
	record_init(&r);
	ck_assert_int_eq(file_read(CASES "/message.txt", LIMIT_RECORD, &text, &err), 0);
	ck_assert_int_eq(record_read(buf_str(&text), &r, &err), 0);
	ck_assert_uint_eq(r.seq, 4);
	ck_assert_int_eq(r.type, RECORD_MESSAGE);
	ck_assert_int_eq(r.salt[0], 0x85);
	ck_assert_msg(archive_message_entry(&r, &entry, &err) == 0, "%s", err.text);
	ck_assert(str_eq(entry.place.folder, STR("Sent Items/\xc3\xa4")));
	ck_assert_uint_eq(entry.place.uid, 103);
	ck_assert_uint_eq(entry.client_count, 2);
	ck_assert(str_eq(entry.clients[1], STR("beta")));
	ck_assert(entry.clocks.has[CLOCK_DATE] && !entry.clocks.has[CLOCK_INTERNAL]);
	ck_assert_int_eq(entry.clocks.date_offset_min, -330);
	ck_assert_int_eq(entry.clocks.used, CLOCK_RECEIVED);
	ck_assert(!entry.clocks.agreed);
	ck_assert_int_eq(entry.direction, DIRECTION_OUT);
	ck_assert_uint_eq(entry.size_bytes, 7321);
	ck_assert_int_eq(entry.examined, EXAMINED_TEXT_CUT);
	record_finish(&r);
	buf_finish(&text);
}
END_TEST

/* A second spelling of the same record, or something that is none. */
static const struct {
	const char *name, *from, *to;
	unsigned line;
} spoilt[] = {
	{"another version", "record v1", "record v2", 1},
	{"line ends of another system", "record v1\n", "record v1\r\n", 1},
	{"number with a zero before it", "seq: 4", "seq: 04", 2},
	{"number zero", "seq: 4", "seq: 0", 2},
	{"number with a sign", "seq: 4", "seq: +4", 2},
	{"number over 64 bits", "seq: 4", "seq: 18446744073709551616", 2},
	{"unknown type", "type: message", "type: letter", 3},
	{"salt in capitals", "salt: 85c9", "salt: 85C9", 4},
	{"short salt", "salt: 85c9", "salt: 85", 4},
	{"time with another offset", "09:04:00Z\nimap", "09:04:00+00:00\nimap", 5},
	{"time with a fraction", "09:04:00Z\nimap", "09:04:00.5Z\nimap", 5},
	{"no such day", "stored: 2026-11-22", "stored: 2026-11-31", 5},
	{"key in capitals", "imap: ", "Imap: ", 6},
	{"key of the head", "imap: ", "seq: ", 6},
	{"no key", "imap: ", ": ", 6},
	{"no space behind the key", "imap: ", "imap:", 6},
	{"two spaces behind the key", "imap: ", "imap:  ", 6},
	{"empty line", "imap: ", "\nimap: ", 6},
	{"space at the end", " 103\n", " 103 \n", 6},
	{"escape that was not needed", "studio", "\\x73tudio", 6},
	{"escape in capitals", "studio", "\\x0Ftudio", 6},
	{"escape cut short", "studio", "\\x0", 6},
	{"backslash alone", "studio", "stu\\dio", 6},
	{"octet over 126", "studio", "stud\xc3\xado", 6},
	{"control character", "studio", "stu\x1b[0m", 6},
	{"octets of another record", "messages/000004", "messages/000005", 13},
	{"octets of another type", "messages/000004.eml", "rules/000004.rules", 13},
	{"path out of the bundle", "data/messages/", "../messages/", 13},
	{"one space before the path", "70ce  data", "70ce data", 13},
	{"hash in capitals", "70ce  data", "70CE  data", 13},
	{"something behind the octets", "000004.eml\n", "000004.eml\nnote: x\n", 14},
	{"octets twice", "000004.eml\n",
		"000004.eml\n"
		"7a31e3b17a31e3b17a31e3b17a31e3b17a31e3b17a31e3b17a31e3b17a3170ce"
		"  data/messages/000004.eml\n",
		14},
	{"no line end at the end", "000004.eml\n", "000004.eml", 13},
};

START_TEST(every_second_spelling_is_refused)
{
	struct buf text = {0}, bad = {0};
	struct error err = {0};
	ck_assert_int_eq(file_read(CASES "/message.txt", LIMIT_RECORD, &text, &err), 0);
	struct str good = buf_str(&text), from = str_from(spoilt[_i].from);
	size_t at = 0;
	ck_assert_msg(str_find(good, from, &at), "%s: not in the case", spoilt[_i].name);
	buf_add_str(&bad, str_slice(good, 0, at));
	buf_add_cstr(&bad, spoilt[_i].to);
	buf_add_str(&bad, str_slice(good, at + from.len, good.len));
	struct record r;
	record_init(&r);
	ck_assert_int_eq(record_add(&r, "untouched", STR("yes")), 0);
	ck_assert_msg(record_read(buf_str(&bad), &r, &err) < 0, "%s is read", spoilt[_i].name);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert_msg(err.line == spoilt[_i].line, "%s: line %u, not %u", spoilt[_i].name, err.line,
		spoilt[_i].line);
	ck_assert(str_eq(record_get(&r, "untouched", 0), STR("yes")));
	record_finish(&r);
	buf_finish(&text);
	buf_finish(&bad);
}
END_TEST

START_TEST(every_prefix_of_a_record_is_refused)
{
	struct buf text = {0};
	struct error err = {0};
	ck_assert_int_eq(file_read(CASES "/gap.txt", LIMIT_RECORD, &text, &err), 0);
	size_t shorter_records = 0;
	for (size_t len = 0; len < text.len; len++) {
		struct record r;
		record_init(&r);
		if (record_read(str_slice(buf_str(&text), 0, len), &r, &err) == 0)
			shorter_records++;
		record_finish(&r);
	}
	/* fields may be missing, so whole lines less are a record: five of the head and on */
	size_t lines = 0;
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	ck_assert_uint_eq(shorter_records, lines - 5);
	buf_finish(&text);
}
END_TEST

static uint64_t state = 88172645463325252u;

/* xorshift64: the same records on every machine. */
static uint64_t random_below(uint64_t end)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % end;
}

static struct str random_text(char *out, size_t size)
{
	size_t len = (size_t)random_below(size);
	bool plain = random_below(2);
	for (size_t i = 0; i < len; i++)
		out[i] = (char)(plain ? ' ' + random_below(95) : random_below(256));
	return (struct str){out, len};
}

static void random_record(struct record *r)
{
	static const char *const keys[] = {"imap", "peer", "note", "a", "of", "seq-of", "-"};
	char value[200], path[BLOB_PATH_SIZE];
	r->seq = 1 + random_below(random_below(2) ? 100 : INT64_MAX);
	r->type = (enum record_type)random_below(RECORD_TYPE_COUNT);
	/* years 1 to 9999 */
	r->stored_at_us = (-INT64_C(62135596800) + (int64_t)random_below(315537897600)) * SECOND_US;
	for (size_t i = 0; i < sizeof(r->salt); i++)
		r->salt[i] = (unsigned char)random_below(256);
	for (uint64_t n = random_below(12); n > 0; n--)
		ck_assert_int_eq(record_add(r, keys[random_below(sizeof(keys) / sizeof(*keys))],
					 random_text(value, sizeof(value))),
			0);
	r->has_blob = random_below(2);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		r->blob.octet[i] = (unsigned char)random_below(256);
	record_blob_path(r->type, r->seq, path);
	r->blob_path = arena_str(&r->arena, str_from(path));
}

static void check_same(const struct record *a, const struct record *b)
{
	ck_assert_uint_eq(a->seq, b->seq);
	ck_assert_int_eq(a->type, b->type);
	ck_assert_int_eq(a->stored_at_us, b->stored_at_us);
	ck_assert_mem_eq(a->salt, b->salt, sizeof(a->salt));
	ck_assert_uint_eq(a->field_count, b->field_count);
	for (size_t i = 0; i < a->field_count; i++) {
		ck_assert(str_eq(a->fields[i].key, b->fields[i].key));
		ck_assert(str_eq(a->fields[i].value, b->fields[i].value));
	}
	ck_assert(a->has_blob == b->has_blob);
	if (a->has_blob) {
		ck_assert(sha256_eq(&a->blob, &b->blob));
		ck_assert(str_eq(a->blob_path, b->blob_path));
	}
}

START_TEST(a_thousand_random_records_come_back_byte_for_byte)
{
	struct buf text = {0}, again = {0};
	struct error err = {0};
	for (int n = 0; n < 1000; n++) {
		struct record r, back;
		record_init(&r);
		record_init(&back);
		random_record(&r);
		buf_clear(&text);
		buf_clear(&again);
		ck_assert_int_eq(record_write(&r, &text, &err), 0);
		for (size_t i = 0; i < text.len; i++)
			ck_assert(
				text.ptr[i] == '\n' || (text.ptr[i] >= ' ' && text.ptr[i] <= '~'));
		ck_assert_msg(record_read(buf_str(&text), &back, &err) == 0, "%s in\n%s", err.text,
			buf_cstr(&text));
		check_same(&r, &back);
		ck_assert_int_eq(record_write(&back, &again, &err), 0);
		ck_assert(str_eq(buf_str(&text), buf_str(&again)));
		record_finish(&r);
		record_finish(&back);
	}
	buf_finish(&text);
	buf_finish(&again);
}
END_TEST

START_TEST(a_value_cannot_forge_a_line)
{
	struct buf text = {0};
	struct error err = {0};
	struct record r;
	record_init(&r);
	r.seq = 1;
	r.type = RECORD_GAP;
	ck_assert_int_eq(
		record_add(&r, "note", STR("x\npeer: acme 1\r\n\x1b]0;\x07\xe2\x80\xae")), 0);
	ck_assert_int_eq(record_write(&r, &text, &err), 0);
	size_t at;
	ck_assert(str_find(buf_str(&text),
		STR("\nnote: x\\x0apeer: acme 1\\x0d\\x0a\\x1b]0;\\x07\\xe2\\x80\\xae\n"), &at));
	record_finish(&r);
	buf_finish(&text);
}
END_TEST

START_TEST(a_record_that_cannot_be_read_back_is_not_written)
{
	static const char *const keys[] = {"seq", "stored", "Note", "", "a_b",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"};
	struct error err = {0};
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct buf text = {0};
		struct record r;
		record_init(&r);
		r.seq = 1;
		/* record_add asserts on most of these: what is tested is the last gate */
		struct record_field field = {str_from(keys[i]), STR("x")};
		r.fields = &field;
		r.field_count = 1;
		ck_assert_int_eq(record_write(&r, &text, &err), -1);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert_uint_eq(text.len, 0);
		buf_finish(&text);
	}
}
END_TEST

START_TEST(a_record_over_the_limit_is_not_written_and_not_read)
{
	struct buf text = {0}, value = {0};
	struct error err = {0};
	struct record r;
	record_init(&r);
	r.seq = 1;
	for (size_t i = 0; i < LIMIT_RECORD; i++)
		buf_add_char(&value, 'x');
	ck_assert_int_eq(record_add(&r, "note", buf_str(&value)), 0);
	buf_add_cstr(&text, "before");
	ck_assert_int_eq(record_write(&r, &text, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	ck_assert(str_eq(buf_str(&text), STR("before")));
	buf_add_char(&value, '\n');
	ck_assert_int_eq(record_read(buf_str(&value), &r, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	record_finish(&r);
	buf_finish(&text);
	buf_finish(&value);
}
END_TEST

Suite *record_suite(void)
{
	Suite *suite = suite_create("record");
	TCase *tests = tcase_create("record");
	tcase_set_timeout(tests, 300);
	tcase_add_test(tests, records_in_files_come_back_as_they_are);
	tcase_add_test(tests, a_message_record_says_what_is_in_it);
	tcase_add_loop_test(
		tests, every_second_spelling_is_refused, 0, sizeof(spoilt) / sizeof(*spoilt));
	tcase_add_test(tests, every_prefix_of_a_record_is_refused);
	tcase_add_test(tests, a_thousand_random_records_come_back_byte_for_byte);
	tcase_add_test(tests, a_value_cannot_forge_a_line);
	tcase_add_test(tests, a_record_that_cannot_be_read_back_is_not_written);
	tcase_add_test(tests, a_record_over_the_limit_is_not_written_and_not_read);
	suite_add_tcase(suite, tests);
	return suite;
}
