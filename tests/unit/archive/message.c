/* Tests of message records: what goes in comes out, and numbers have no holes. */
#include "scratch.h"
#include "suites.h"

static void check_entry(const struct message_entry *a, const struct message_entry *b)
{
	ck_assert(str_eq(a->place.account, b->place.account));
	ck_assert(str_eq(a->place.folder, b->place.folder));
	ck_assert_uint_eq(a->place.uidvalidity, b->place.uidvalidity);
	ck_assert_uint_eq(a->place.uid, b->place.uid);
	ck_assert(place_in_file(&a->place) == place_in_file(&b->place));
	ck_assert_int_eq(a->direction, b->direction);
	ck_assert_int_eq(a->examined, b->examined);
	ck_assert_uint_eq(a->size_bytes, b->size_bytes);
	ck_assert_uint_eq(a->client_count, b->client_count);
	for (size_t i = 0; i < a->client_count; i++)
		ck_assert(str_eq(a->clients[i], b->clients[i]));
	for (int k = CLOCK_RECEIVED; k <= CLOCK_SEEN; k++) {
		ck_assert(a->clocks.has[k] == b->clocks.has[k]);
		if (a->clocks.has[k])
			ck_assert_int_eq(a->clocks.at_us[k], b->clocks.at_us[k]);
	}
	ck_assert_int_eq(a->clocks.used, b->clocks.used);
	ck_assert(a->clocks.agreed == b->clocks.agreed);
	ck_assert_int_eq(a->clocks.date_offset_min, b->clocks.date_offset_min);
}

START_TEST(a_message_comes_back_as_it_was_given)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	for (int examined = 0; examined < EXAMINED_COUNT; examined++) {
		struct entry_of e = entry_of((const char *const[]){"acme", "beta", NULL});
		struct message_entry back;
		struct record r;
		e.entry.clients = e.clients;
		e.entry.examined = (enum examined)examined;
		e.entry.direction = examined % 2 ? DIRECTION_OUT : DIRECTION_IN;
		e.entry.clocks.used = (enum clock_kind)(examined % 4);
		e.entry.clocks.agreed = examined % 2;
		e.entry.place.folder =
			examined % 2 ? STR("\\Sent 100% \xff\n- \xe2\x80\xae") : STR("-");
		e.entry.place.account = examined % 2 ? STR("") : STR("a b");
		e.entry.place.uid = UINT32_MAX;
		record_init(&r);
		begin(a);
		ck_assert_int_eq(archive_message_record(a, &e.entry, &r, &err), 0);
		ck_assert_int_eq(archive_append(a, &r, STR("octets"), &err), 0);
		uint64_t seq = r.seq;
		commit(a);
		ck_assert_int_eq(archive_record_at(a, seq, &r, &err), 1);
		ck_assert_msg(archive_message_entry(&r, &back, &err) == 0, "%s", err.text);
		check_entry(&e.entry, &back);
		record_finish(&r);
	}
	archive_close(a);
}
END_TEST

START_TEST(a_record_reads_as_it_is_documented)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct buf body = {0};
	begin(a);
	add_message(a, "acme", "Hello\r\n");
	commit(a);
	ck_assert_int_eq(archive_record_body(a, 1, &body, &err), 1);
	/* all but the salt, which is 64 digits behind "salt: " */
	size_t salt;
	ck_assert(str_find(buf_str(&body), STR("salt: "), &salt));
	memset(body.ptr + salt + 6, '.', 64);
	ck_assert_str_eq(buf_cstr(&body),
		"evidence-record v1\n"
		"seq: 1\n"
		"type: message\n"
		"salt: ................................................................\n"
		"stored: 2026-11-22T09:04:00Z\n"
		"imap: studio INBOX 1700000000 103\n"
		"peer: acme 1\n"
		"clock: date=2026-11-22T10:02:59+01:00 received=2026-11-22T09:03:00Z internal=-"
		" seen=2026-11-22T09:04:00Z used=received state=agreed\n"
		"direction: in\n"
		"size: 7\n"
		"examined: yes\n"
		"05ade08fcfb104f40b2536a14dfcd6e916d643f5cf8044b19028b607ae8f4908"
		"  data/messages/000001.eml\n");
	buf_finish(&body);
	archive_close(a);
}
END_TEST

/* The entry of a message in a file, its record read back: *text is the record's lines. */
static struct message_entry through_record(
	const struct file_place *file, struct record *r, struct buf *text)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct entry_of e = entry_of((const char *const[]){"acme", NULL});
	struct message_entry back;
	e.entry.clients = e.clients;
	e.entry.place =
		(struct place){.account = STR("import"), .folder = STR("Inbox"), .file = *file};
	record_init(r);
	begin(a);
	ck_assert_int_eq(archive_message_record(a, &e.entry, r, &err), 0);
	ck_assert_int_eq(archive_append(a, r, STR("Hello\r\n"), &err), 0);
	commit(a);
	ck_assert_int_eq(archive_record_body(a, 1, text, &err), 1);
	ck_assert_int_eq(archive_record_at(a, 1, r, &err), 1);
	ck_assert_int_eq(archive_message_entry(r, &back, &err), 0);
	archive_close(a);
	return back;
}

START_TEST(a_message_in_a_file_says_where_it_stood)
{
	struct file_place file = {
		.format = STR("mbox"),
		.name = STR("old mail/Inbox"),
		.number = 17,
		.start = 1048576,
		.size_bytes = 6,
		.line_ends = LINE_ENDS_LF,
	};
	memset(file.sum.octet, 0xab, SHA256_SIZE);
	struct record r;
	struct buf text = {0};
	size_t at;
	struct message_entry back = through_record(&file, &r, &text);
	ck_assert(str_find(buf_str(&text),
		STR("\nfile: import mbox Inbox old%20mail/Inbox 17 1048576 6\n"
		    "found: lf abababababababababababababababababababababababababababababababab\n"
		    "peer: acme 1\n"),
		&at));
	ck_assert(place_in_file(&back.place) && !back.place.file.has_export);
	ck_assert(str_eq(back.place.account, STR("import")));
	ck_assert(str_eq(back.place.folder, STR("Inbox")));
	ck_assert(str_eq(back.place.file.name, file.name));
	ck_assert_uint_eq(back.place.file.number, 17);
	ck_assert_uint_eq(back.place.file.start, 1048576);
	ck_assert_uint_eq(back.place.file.size_bytes, 6);
	ck_assert_int_eq(back.place.file.line_ends, LINE_ENDS_LF);
	ck_assert(sha256_eq(&back.place.file.sum, &file.sum));
	record_finish(&r);
	buf_finish(&text);
}
END_TEST

START_TEST(a_message_of_a_chat_names_the_export_and_how_its_times_were_read)
{
	struct file_place file = {
		.format = STR("whatsapp"),
		.name = STR("chat.txt"),
		.number = 1,
		.has_export = true,
		.zone = STR("Europe/Stockholm"),
		.author = STR("Jane D."),
	};
	memset(file.export.octet, 0xcd, SHA256_SIZE);
	struct record r;
	struct buf text = {0};
	size_t at;
	struct message_entry back = through_record(&file, &r, &text);
	ck_assert(str_find(buf_str(&text),
		STR("\nexport: cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd "
		    "Europe/Stockholm - Jane%20D.\n"),
		&at));
	ck_assert(back.place.file.has_export && sha256_eq(&back.place.file.export, &file.export));
	ck_assert(str_eq(back.place.file.zone, file.zone));
	ck_assert_uint_eq(back.place.file.locale.len, 0);
	ck_assert(str_eq(back.place.file.author, file.author));
	record_finish(&r);
	buf_finish(&text);
}
END_TEST

#define HEX "00000000000000000000000000000000000000000000000000000000000000"

START_TEST(a_place_in_a_file_that_says_nonsense_is_refused)
{
	static const struct {
		const char *file, *found, *export, *wrong;
	} rows[] = {
		{"import mbox Inbox old 1 0 7", "lf " HEX "00", NULL, NULL},
		{"import mbox Inbox old 1 0", "lf " HEX "00", NULL, "'file'"},
		{"import - Inbox old 1 0 7", "lf " HEX "00", NULL, "'file'"},
		{"import mbox Inbox old 1 0 7 8", "lf " HEX "00", NULL, "'file'"},
		{"import mbox Inbox old one 0 7", "lf " HEX "00", NULL, "'file'"},
		{"import mbox Inbox old 1 0 7", NULL, NULL, "'found'"},
		{"import mbox Inbox old 1 0 7", "cr " HEX "00", NULL, "'found'"},
		{"import mbox Inbox old 1 0 7", "lf " HEX, NULL, "'found'"},
		{"import mbox Inbox old 1 0 7", "lf " HEX "00", HEX "00 - -", "'export'"},
		{"import mbox Inbox old 1 0 7", "lf " HEX "00", HEX " - - -", "'export'"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct message_entry entry;
		struct error err = {0};
		struct record r;
		record_init(&r);
		r.seq = 1;
		record_add(&r, "file", str_from(rows[i].file));
		if (rows[i].found)
			record_add(&r, "found", str_from(rows[i].found));
		if (rows[i].export)
			record_add(&r, "export", str_from(rows[i].export));
		record_add(&r, "clock",
			STR("date=- received=- internal=- seen=- used=seen state=disputed"));
		record_add(&r, "direction", STR("in"));
		record_add(&r, "size", STR("7"));
		record_add(&r, "examined", STR("yes"));
		int status = archive_message_entry(&r, &entry, &err);
		ck_assert_msg(status == (rows[i].wrong ? -1 : 0), "%s: %s", rows[i].file, err.text);
		if (rows[i].wrong)
			ck_assert_msg(
				strstr(err.text, rows[i].wrong), "%s: %s", rows[i].file, err.text);
		record_finish(&r);
	}
}
END_TEST

START_TEST(a_time_that_cannot_be_written_is_no_clock)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct entry_of e = entry_of((const char *const[]){NULL});
	struct message_entry back;
	struct record r;
	e.entry.clients = e.clients;
	e.entry.clocks.at_us[CLOCK_DATE] = INT64_MAX;
	e.entry.clocks.at_us[CLOCK_RECEIVED] = INT64_MIN;
	e.entry.clocks.at_us[CLOCK_SEEN] = -1; /* within the last second of 1969 */
	record_init(&r);
	begin(a);
	ck_assert_int_eq(archive_message_record(a, &e.entry, &r, &err), 0);
	ck_assert_int_eq(archive_append(a, &r, (struct str){0}, &err), 0);
	commit(a);
	ck_assert_int_eq(archive_record_at(a, 1, &r, &err), 1);
	ck_assert(!r.has_blob);
	ck_assert_int_eq(archive_message_entry(&r, &back, &err), 0);
	ck_assert(!back.clocks.has[CLOCK_DATE] && !back.clocks.has[CLOCK_RECEIVED]);
	ck_assert_int_eq(back.clocks.at_us[CLOCK_SEEN], -SECOND_US);
	ck_assert_uint_eq(back.client_count, 0);
	record_finish(&r);
	archive_close(a);
}
END_TEST

static const struct {
	const char *name, *key, *value;
} bad_fields[] = {
	{"place without uid", "imap", "studio INBOX 1"},
	{"place with more", "imap", "studio INBOX 1 2 3"},
	{"uid over 32 bits", "imap", "studio INBOX 1 4294967296"},
	{"peer without number", "peer", "acme"},
	{"clock left out", "clock", "date=- received=- internal=- used=seen state=agreed"},
	{"clock not a time", "clock",
		"date=- received=- internal=- seen=now used=seen state=agreed"},
	{"unknown clock used", "clock",
		"date=- received=- internal=- seen=- used=sun state=agreed"},
	{"unknown state", "clock", "date=- received=- internal=- seen=- used=seen state=fine"},
	{"direction", "direction", "sideways"},
	{"size", "size", "-1"},
	{"examined", "examined", "maybe"},
};

START_TEST(a_message_record_that_says_nonsense_is_refused)
{
	static const char *const good[][2] = {
		{"imap", "studio INBOX 1 2"},
		{"peer", "acme 1"},
		{"clock", "date=- received=- internal=- seen=- used=seen state=disputed"},
		{"direction", "in"},
		{"size", "7"},
		{"examined", "yes"},
	};
	for (size_t bad = 0; bad <= sizeof(bad_fields) / sizeof(*bad_fields); bad++) {
		bool spoil = bad < sizeof(bad_fields) / sizeof(*bad_fields);
		struct message_entry entry;
		struct error err = {0};
		struct record r;
		record_init(&r);
		r.seq = 1;
		for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
			bool here = spoil && strcmp(good[i][0], bad_fields[bad].key) == 0;
			ck_assert_int_eq(
				record_add(&r, good[i][0],
					str_from(here ? bad_fields[bad].value : good[i][1])),
				0);
		}
		int status = archive_message_entry(&r, &entry, &err);
		ck_assert_msg(status == (spoil ? -1 : 0), "%s: %s",
			spoil ? bad_fields[bad].name : "nothing spoilt", err.text);
		ck_assert_int_eq(err.kind, spoil ? ERROR_INTEGRITY : ERROR_NONE);
		record_finish(&r);
	}
}
END_TEST

static void check_peers(struct archive *a, uint64_t seq, const char *first, const char *second)
{
	struct record r;
	struct error err = {0};
	record_init(&r);
	ck_assert_int_eq(archive_record_at(a, seq, &r, &err), 1);
	ck_str(record_get(&r, "peer", 0), first);
	if (second)
		ck_str(record_get(&r, "peer", 1), second);
	ck_assert_ptr_null(record_get(&r, "peer", second ? 2 : 1).ptr);
	record_finish(&r);
}

START_TEST(each_client_is_counted_without_holes_by_two_writers)
{
	struct archive *one = opened(ARCHIVE_CREATE), *two = opened(ARCHIVE_WRITE);
	for (int round = 0; round < 3; round++) {
		begin(one);
		add_message(one, "acme", "a");
		add_message(one, "acme-2", "b");
		commit(one);
		begin(two);
		add_message(two, "beta", "c");
		add_message(two, "acme", "d");
		commit(two);
	}
	check_peers(one, 1, "acme 1", NULL);
	check_peers(one, 2, "acme-2 1", NULL);
	check_peers(one, 4, "acme 2", NULL);
	check_peers(one, 9, "acme 5", NULL);
	check_peers(one, 10, "acme-2 3", NULL);
	check_peers(one, 11, "beta 3", NULL);
	check_peers(one, 12, "acme 6", NULL);
	archive_close(one);
	/* a new start finds the numbers in the log */
	one = opened(ARCHIVE_WRITE);
	begin(one);
	add_message(one, "acme", "e");
	commit(one);
	check_peers(one, 13, "acme 7", NULL);
	archive_close(one);
	archive_close(two);
}
END_TEST

START_TEST(a_message_of_two_clients_counts_for_both)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct entry_of e = entry_of((const char *const[]){"acme", "beta", NULL});
	struct error err = {0};
	struct record r;
	e.entry.clients = e.clients;
	record_init(&r);
	begin(a);
	add_message(a, "beta", "first");
	ck_assert_int_eq(archive_message_record(a, &e.entry, &r, &err), 0);
	ck_assert_int_eq(archive_append(a, &r, STR("second"), &err), 0);
	record_finish(&r);
	record_init(&r);
	ck_assert_int_eq(archive_peer_record(a, 1, STR("acme"), &r, &err), 0);
	ck_assert_int_eq(archive_append(a, &r, (struct str){0}, &err), 0);
	commit(a);
	check_peers(a, 2, "acme 1", "beta 2");
	check_peers(a, 3, "acme 2", NULL);
	ck_assert_int_eq(archive_record_at(a, 3, &r, &err), 1);
	ck_assert_int_eq(r.type, RECORD_PEER);
	ck_str(record_get(&r, "of", 0), "E-000001");
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(a_number_is_not_given_again_when_its_record_is_erased)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct record r;
	record_init(&r);
	begin(a);
	add_message(a, "acme", "first");
	add_message(a, "acme", "second");
	r.type = RECORD_ERASURE;
	ck_assert_int_eq(record_add(&r, "peer", STR("acme 2")), 0);
	ck_assert_int_eq(archive_append(a, &r, (struct str){0}, &err), 0);
	ck_assert_int_eq(sqlite3_exec(a->db, "UPDATE record SET body = NULL WHERE seq < 3", NULL,
				 NULL, NULL),
		SQLITE_OK);
	commit(a);
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	begin(a);
	add_message(a, "acme", "third");
	commit(a);
	check_peers(a, 4, "acme 3", NULL);
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(the_same_octets_are_stored_once_and_recorded_each_time)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct record one, two;
	sqlite3_stmt *s = NULL;
	record_init(&one);
	record_init(&two);
	begin(a);
	add_message(a, "acme", "octets");
	add_message(a, "beta", "octets");
	commit(a);
	ck_assert_int_eq(archive_record_at(a, 1, &one, &err), 1);
	ck_assert_int_eq(archive_record_at(a, 2, &two, &err), 1);
	ck_assert(sha256_eq(&one.blob, &two.blob));
	ck_str(one.blob_path, "data/messages/000001.eml");
	ck_str(two.blob_path, "data/messages/000002.eml");
	ck_assert_mem_ne(one.salt, two.salt, sizeof(one.salt));
	sqlite3_prepare_v2(a->db, "SELECT count(*) FROM blob", -1, &s, NULL);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_int(s, 0), 1);
	sqlite3_finalize(s);
	record_finish(&one);
	record_finish(&two);
	archive_close(a);
}
END_TEST

Suite *message_suite(void)
{
	const TTest *const tests[] = {
		a_message_comes_back_as_it_was_given,
		a_record_reads_as_it_is_documented,
		a_message_in_a_file_says_where_it_stood,
		a_message_of_a_chat_names_the_export_and_how_its_times_were_read,
		a_place_in_a_file_that_says_nonsense_is_refused,
		a_time_that_cannot_be_written_is_no_clock,
		a_message_record_that_says_nonsense_is_refused,
		each_client_is_counted_without_holes_by_two_writers,
		a_message_of_two_clients_counts_for_both,
		a_number_is_not_given_again_when_its_record_is_erased,
		the_same_octets_are_stored_once_and_recorded_each_time,
	};
	return scratch_suite("message", tests, sizeof(tests) / sizeof(*tests));
}
