/* Messages of chats beside those that are here: counted on their way in, and paged through. */
#include "index/export_lines.h"
#include "index_test.h"
#include "model/speech.h"
#include <dirent.h>
#include <limits.h>
#include <unistd.h>

static struct made_index made;

static void begin(void)
{
	made = (struct made_index){0};
	make_index(&made);
}

static void end(void)
{
	drop_index(&made);
}

static struct sha256 sum_of(const char *octets)
{
	struct sha256 sum;
	struct error err = {0};
	ck_assert_int_eq(sha256_of(str_from(octets), &sum, &err), 0);
	return sum;
}

START_TEST(each_conversation_counts_its_own_lines_and_gives_no_more_than_it_had)
{
	struct export_lines *l = NULL;
	struct error err = {0};
	const struct sha256 ok = sum_of("ok"), no = sum_of("no");
	struct line_count count = {0};
	ck_assert_msg(export_lines_open(&l, &err) == 0, "%s", err.text);
	for (uint64_t n = 1; n <= 3; n++) {
		ck_assert_int_eq(export_lines_add(l, 0, &ok, &count, &err), 0);
		ck_assert_uint_eq(count.times, n);
		ck_assert_uint_eq(count.here, n > 1 ? 7 : 0);
		ck_assert_int_eq(export_lines_note(l, 0, &ok, 7, &err), 0);
	}
	ck_assert_int_eq(export_lines_add(l, 1, &ok, &count, &err), 0);
	ck_assert_uint_eq(count.times, 1);
	ck_assert_uint_eq(count.here, 0);
	for (int n = 0; n < 3; n++)
		ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 1);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 0);
	ck_assert_int_eq(export_lines_take(l, 1, &ok, &err), 1);
	ck_assert_int_eq(export_lines_take(l, 0, &no, &err), 0);
	export_lines_close(l);
}
END_TEST

/* Of our open files one that lies in the folder and has no name any more. */
static bool has_nameless(const char *folder)
{
	bool found = false;
	DIR *fds = opendir("/proc/self/fd");
	ck_assert_ptr_nonnull(fds);
	for (struct dirent *e = readdir(fds); e && !found; e = readdir(fds)) {
		char path[PATH_MAX];
		ssize_t len = readlinkat(dirfd(fds), e->d_name, path, sizeof(path));
		struct str link = {path, len > 0 ? (size_t)len : 0};
		found = str_starts(link, str_from(folder)) && str_ends(link, STR(" (deleted)"));
	}
	closedir(fds);
	return found;
}

/* The keeper's box lets it write there alone. */
START_TEST(what_memory_has_no_room_for_lies_beside_the_index)
{
	struct export_lines *l = NULL;
	struct error err = {0};
	struct line_count count;
	struct sha256 sum = {0};
	ck_assert_msg(export_lines_open(&l, &err) == 0, "%s", err.text);
	ck_assert(!has_nameless(made.folder));
	for (uint32_t n = 0; n < 60000; n++) {
		memcpy(sum.octet, &n, sizeof(n));
		ck_assert_int_eq(export_lines_add(l, 0, &sum, &count, &err), 0);
	}
	ck_assert(has_nameless(made.folder));
	export_lines_close(l);
}
END_TEST

START_TEST(what_is_known_by_another_sum_counts_and_is_not_given_and_others_are_given_last)
{
	struct export_lines *l = NULL;
	struct error err = {0};
	const struct sha256 ok = sum_of("ok");
	struct line_count count = {0};
	ck_assert_msg(export_lines_open(&l, &err) == 0, "%s", err.text);
	ck_assert_int_eq(export_lines_pair(l, 0, &ok, &err), 0);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 0);
	ck_assert_int_eq(export_lines_other(l, 0, &ok, &err), 0);
	ck_assert_int_eq(export_lines_add(l, 0, &ok, &count, &err), 0);
	ck_assert_uint_eq(count.times, 2);
	ck_assert(!count.has_here);
	ck_assert_int_eq(export_lines_note(l, 0, &ok, 0, &err), 0);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 1);
	ck_assert_int_eq(export_lines_add(l, 0, &ok, &count, &err), 0);
	ck_assert(count.has_here);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 1);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 1);
	ck_assert_int_eq(export_lines_take(l, 0, &ok, &err), 0);
	export_lines_close(l);
}
END_TEST

static uint64_t add_line(const char *folder, const char *at, const char *octets, bool out)
{
	const struct given g = {.clients = "acme",
		.at = at,
		.folder = folder,
		.octets = octets,
		.from = "Jane",
		.out = out,
		.chat = true};
	return add_message(&made, &g);
}

START_TEST(conversations_are_told_by_name_period_and_octets)
{
	static const struct given mail = {
		.clients = "acme", .at = "2026-01-05T10:00:00Z", .from = "jane@acme.example"};
	struct arena arena = {0};
	struct error err = {0};
	struct indexed_conversation *all;
	struct strs with = {0};
	size_t count;
	uint64_t between;
	const struct sha256 ok = sum_of("ok"), no = sum_of("no");
	add_message(&made, &mail);
	add_line("b", "2026-01-05T10:00:00Z", "ok", false);
	add_line("a", "2026-01-06T10:00:00Z", "ok", false);
	add_line("a", "2026-01-07T10:00:00Z", "ok", false);
	ck_assert_int_eq(index_conversations(made.index, &arena, &all, &count, &err), 0);
	ck_assert_uint_eq(count, 2);
	ck_assert(str_eq(all[0].name, STR("a")));
	ck_assert_int_eq(all[0].first_at_us, at_of("2026-01-06T10:00:00Z"));
	ck_assert_int_eq(all[0].last_at_us, at_of("2026-01-07T10:00:00Z"));
	ck_assert_int_eq(index_conversations_with(made.index, &ok, &no, &arena, &with, &err), 0);
	ck_assert_uint_eq(with.count, 2);
	ck_assert_int_eq(index_conversations_with(made.index, &no, &no, &arena, &with, &err), 0);
	ck_assert_uint_eq(with.count, 0);
	ck_assert_int_eq(index_count_between(made.index, STR("a"), all[0].first_at_us,
				 all[0].first_at_us, &between, &err),
		0);
	ck_assert_uint_eq(between, 1);
	arena_finish(&arena);
}
END_TEST

static struct sha256 speech_of(const char *at, bool out, const char *words)
{
	struct sha256 sum;
	struct text text;
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_plain(&text, str_from(words)), 0);
	const struct speech s = {.at_us = at_of(at), .outgoing = out, .text = &text};
	ck_assert_int_eq(speech_sum(&s, &sum, &err), 0);
	text_finish(&text);
	return sum;
}

START_TEST(a_line_is_counted_by_its_minute_its_side_and_its_words)
{
	static const struct {
		const char *at, *words;
		bool out;
		uint64_t count;
	} rows[] = {
		{"2026-01-06T10:00:59Z", "ok", false, 2},
		{"2026-01-06T10:01:00Z", "ok", false, 0},
		{"2026-01-06T09:59:59Z", "ok", false, 0},
		{"2026-01-06T10:00:00Z", "ok", true, 1},
		{"2026-01-06T10:00:00Z", "no", false, 0},
		{"1969-12-31T23:59:59Z", "ok", false, 1},
		{"1970-01-01T00:00:59Z", "ok", false, 0},
	};
	struct given g = {.clients = "acme", .folder = "a", .text = "ok", .chat = true};
	struct error err = {0};
	g.at = "2026-01-06T10:00:00Z", add_message(&made, &g);
	g.at = "2026-01-06T10:00:30Z", add_message(&made, &g);
	g.at = "1969-12-31T23:59:01Z", add_message(&made, &g);
	g.at = "2026-01-06T10:00:40Z", g.out = true, add_message(&made, &g);
	g.folder = "b", g.out = false, add_message(&made, &g);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t count = 0;
		const struct sha256 sum = speech_of(rows[i].at, rows[i].out, rows[i].words);
		ck_assert_int_eq(
			index_count_lines(made.index, STR("a"), LINE_SPEECH, &sum, &count, &err),
			0);
		ck_assert_msg(count == rows[i].count, "%s %s", rows[i].at, rows[i].words);
	}
}
END_TEST

START_TEST(lines_come_a_page_at_a_time_each_with_what_stands_there_instead)
{
	struct arena arena = {0};
	struct error err = {0};
	struct indexed_line *lines;
	size_t count;
	uint64_t now;
	uint64_t one = add_line("a", "2026-01-06T10:00:00Z", "one", false);
	uint64_t two = add_line("a", "2026-01-06T10:00:00Z", "two", false);
	uint64_t mine = add_line("a", "2026-01-06T10:00:00Z", "mine", true);
	struct line_range range = {.account = STR("studio"), .last = mine, .most = 2};
	uint64_t new_one = add_line("a", "2026-01-06T10:00:00Z", "one!", false);
	uint64_t new_two = add_line("a", "2026-01-06T10:00:00Z", "two!", false);
	ck_assert_int_eq(index_lines(made.index, &range, &arena, &lines, &count, &err), 0);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(lines[0].seq, one);
	ck_assert_uint_eq(lines[1].seq, two);
	ck_assert_int_eq(index_line_instead(made.index, &range, &lines[0], 0, &now, &err), 0);
	ck_assert_uint_eq(now, new_one);
	ck_assert_int_eq(index_line_instead(made.index, &range, &lines[1], 1, &now, &err), 0);
	ck_assert_uint_eq(now, new_two);
	ck_assert_int_eq(index_line_instead(made.index, &range, &lines[1], 2, &now, &err), 0);
	ck_assert_uint_eq(now, 0);
	range.after = two;
	ck_assert_int_eq(index_lines(made.index, &range, &arena, &lines, &count, &err), 0);
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(lines[0].seq, mine);
	ck_assert(lines[0].outgoing);
	ck_assert_int_eq(index_line_instead(made.index, &range, &lines[0], 0, &now, &err), 0);
	ck_assert_uint_eq(now, 0);
	arena_finish(&arena);
}
END_TEST

static size_t differences_of(uint64_t seq, struct arena *arena, struct indexed_difference **all)
{
	struct error err = {0};
	size_t count = 0;
	ck_assert_int_eq(index_differences(made.index, seq, arena, all, &count, &err), 0);
	return count;
}

START_TEST(what_a_later_export_has_otherwise_is_found_at_both_lines_until_it_is_erased)
{
	struct arena arena = {0};
	struct indexed_difference *all;
	uint64_t old = add_line("a", "2026-01-06T10:00:00Z", "one", false);
	uint64_t gone = add_line("a", "2026-01-06T10:01:00Z", "two", false);
	uint64_t second = add_export(&made, "second", "second.txt");
	uint64_t new = add_line("a", "2026-01-06T10:00:00Z", "one!", false);
	uint64_t changed = add_difference(&made, old, new, "second");
	uint64_t vanished = add_difference(&made, gone, 0, "second");
	add_difference(&made, gone, 0, "third");
	ck_assert_uint_eq(differences_of(old, &arena, &all), 1);
	ck_assert_uint_eq(all[0].seq, changed);
	ck_assert_uint_eq(all[0].of, old);
	ck_assert_uint_eq(all[0].now, new);
	ck_assert_uint_eq(all[0].export_seq, second);
	ck_assert(str_eq(all[0].export_name, STR("second.txt")));
	ck_assert_uint_eq(differences_of(new, &arena, &all), 1);
	ck_assert_uint_eq(all[0].seq, changed);
	ck_assert_uint_eq(differences_of(gone, &arena, &all), 2);
	ck_assert_uint_eq(all[0].seq, vanished);
	ck_assert_uint_eq(all[0].now, 0);
	ck_assert_uint_eq(all[0].export_seq, second);
	ck_assert_uint_eq(all[1].export_seq, 0);
	ck_assert(!all[1].export_name.ptr);
	const struct sha256 third = sum_of("third");
	ck_assert(sha256_eq(&all[1].export, &third));
	add_erasure(&made, changed);
	add_erasure(&made, second);
	ck_assert_uint_eq(differences_of(new, &arena, &all), 0);
	ck_assert_uint_eq(differences_of(gone, &arena, &all), 2);
	ck_assert_uint_eq(all[0].export_seq, 0);
	arena_finish(&arena);
}
END_TEST

Suite *lines_suite(void)
{
	Suite *suite = suite_create("lines");
	TCase *counts = tcase_create("counts");
	tcase_add_checked_fixture(counts, begin, end);
	tcase_add_test(
		counts, each_conversation_counts_its_own_lines_and_gives_no_more_than_it_had);
	tcase_add_test(counts, what_memory_has_no_room_for_lies_beside_the_index);
	tcase_add_test(counts,
		what_is_known_by_another_sum_counts_and_is_not_given_and_others_are_given_last);
	tcase_add_test(counts, conversations_are_told_by_name_period_and_octets);
	tcase_add_test(counts, a_line_is_counted_by_its_minute_its_side_and_its_words);
	tcase_add_test(counts, lines_come_a_page_at_a_time_each_with_what_stands_there_instead);
	tcase_add_test(counts,
		what_a_later_export_has_otherwise_is_found_at_both_lines_until_it_is_erased);
	suite_add_tcase(suite, counts);
	return suite;
}
