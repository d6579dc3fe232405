/* Folder names on the wire, and which folders were asked for. */
#include "suites.h"

#include "folder.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *wire, *name;
} names[] = {
	{"INBOX", "INBOX"},
	{"", ""},
	{"R&-D", "R&D"},
	{"&-&-", "&&"},
	{"Entw&APw-rfe", "Entwürfe"},
	{"&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-", "Отправленные"},
	{"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"},
	{"&2D3eAA-", "😀"},
	{"a&AOk-b&AOk-", "aébé"},
	{"&AAk-", "\t"},
};

static const struct {
	const char *name, *wire;
} malformed[] = {
	{"a run without end", "&AOk"},
	{"padding", "&AOk=-"},
	{"bits left over", "&AOl-"},
	{"half a character", "&AA-"},
	{"a high surrogate alone", "&2D0-"},
	{"a low surrogate alone", "&3gA-"},
	{"a letter that stands for itself", "&AGE-"},
	{"eight bits", "Entw\xc3\xbcrfe"},
	{"a control character", "a\tb"},
	{"a slash of plain base64", "&BB4EQgQ/-"},
	{"NUL", "&AAA-"},
};

START_TEST(names_go_both_ways)
{
	struct buf out = {0};
	ck_assert(folder_decode(str_from(names[_i].wire), &out));
	ck_assert_str_eq(buf_cstr(&out), names[_i].name);
	buf_clear(&out);
	folder_encode(str_from(names[_i].name), &out);
	ck_assert_str_eq(buf_cstr(&out), names[_i].wire);
	buf_finish(&out);
}
END_TEST

START_TEST(malformed_names_are_refused)
{
	struct buf out = {0};
	buf_add_cstr(&out, "before");
	ck_assert_msg(!folder_decode(str_from(malformed[_i].wire), &out), "%s", malformed[_i].name);
	ck_assert_str_eq(buf_cstr(&out), "before");
	buf_finish(&out);
}
END_TEST

/* Every octet string either is refused or comes back the same. */
START_TEST(what_is_decoded_encodes_to_the_same)
{
	static const char alphabet[] = "&-A,+/a9";
	char wire[5];
	for (unsigned n = 0; n < 8 * 8 * 8 * 8 * 8; n++) {
		struct buf name = {0}, again = {0};
		unsigned left = n;
		for (size_t i = 0; i < sizeof(wire); i++, left /= 8)
			wire[i] = alphabet[left % 8];
		struct str in = {wire, sizeof(wire)};
		if (folder_decode(in, &name)) {
			folder_encode(buf_str(&name), &again);
			/* "&-" may also stand before and after: one name, one form */
			struct buf twice = {0};
			ck_assert(folder_decode(buf_str(&again), &twice));
			ck_assert(str_eq(buf_str(&twice), buf_str(&name)));
			buf_finish(&twice);
		}
		buf_finish(&name);
		buf_finish(&again);
	}
}
END_TEST

static const struct {
	const char *pattern, *name;
	bool fits;
} globs[] = {
	{"INBOX", "inbox", true},
	{"Sent", "sent", false},
	{"*", "a/b/c", true},
	{"%", "a/b", false},
	{"%", "ab", true},
	{"Clients/*", "Clients/Acme/2026", true},
	{"Clients/%", "Clients/Acme", true},
	{"Clients/%", "Clients/Acme/2026", false},
	{"Clients/%/2026", "Clients/Acme/2026", true},
	{"*/2026", "Clients/Acme/2026", true},
	{"*me*6", "Clients/Acme/2026", true},
	{"*x*6", "Clients/Acme/2026", false},
	{"a%b*c", "axxb/yyc", true},
	{"a%b*c", "ax/xb/yyc", false},
	{"100%", "100%", true},
	{"", "", true},
	{"", "a", false},
	{"*", "", true},
};

START_TEST(globs_fit_like_those_of_list)
{
	ck_assert_msg(folder_fits(str_from(globs[_i].pattern), str_from(globs[_i].name), '/') ==
			globs[_i].fits,
		"%s %s", globs[_i].pattern, globs[_i].name);
}
END_TEST

/* A list of "name attribute" and what patterns choose out of it. */
static void choose(const char *const listed[][2], const char *const *patterns, const char *want)
{
	struct folder_list list = {0};
	struct listed items[8] = {0};
	struct str attributes[8], wanted[8];
	struct strs asked = {wanted, 0};
	for (size_t i = 0; listed[i][0]; i++) {
		attributes[i] = str_from(listed[i][1]);
		items[i] = (struct listed){
			.name = str_from(listed[i][0]),
			.wire = str_from(listed[i][0]),
			.delimiter = '/',
			.attributes = {&attributes[i], 1},
			.selectable = strcmp(listed[i][1], "\\Noselect") != 0,
		};
		list.count++;
	}
	list.items = items;
	for (; patterns[asked.count]; asked.count++)
		wanted[asked.count] = str_from(patterns[asked.count]);

	struct folder *chosen = NULL;
	size_t count = 0;
	struct error err = {0};
	ck_assert_int_eq(folder_choose(&list, &asked, &chosen, &count, &err), 0);
	struct buf text = {0};
	for (size_t i = 0; i < count; i++)
		buf_add_format(&text, "%s%.*s%s", i ? "|" : "", STR_ARG(chosen[i].name),
			chosen[i].missing ? "?" : "");
	ck_assert_str_eq(buf_cstr(&text), want);
	buf_finish(&text);
	free(chosen);
	arena_finish(&list.arena);
}

static const char *const some_folders[][2] = {{"INBOX", ""}, {"Clients", "\\Noselect"},
	{"Clients/Acme", ""}, {"Clients/Zed", ""}, {"Sent", ""}, {"Post/Ut", "\\sent"},
	{NULL, NULL}};
/* As Gmail names them to a German. */
static const char *const gmail[][2] = {{"INBOX", ""}, {"[Gmail]", "\\Noselect"},
	{"[Gmail]/Alle Nachrichten", "\\All"}, {"[Gmail]/Entwürfe", "\\Drafts"},
	{"[Gmail]/Gesendet", "\\Sent"}, {"Acme", ""}, {NULL, NULL}};

START_TEST(folders_are_chosen_once_in_the_order_asked)
{
	choose(some_folders,
		(const char *const[]){"Clients/Zed", "Clients/*", "inbox", "INBOX", NULL},
		"Clients/Zed|Clients/Acme|INBOX");
}
END_TEST

START_TEST(sent_is_what_the_server_says_it_is)
{
	choose(some_folders, (const char *const[]){"\\Sent", NULL}, "Post/Ut");
	choose(gmail, (const char *const[]){"\\All", "\\Sent", NULL},
		"[Gmail]/Alle Nachrichten|[Gmail]/Gesendet");
}
END_TEST

START_TEST(well_known_names_count_where_no_folder_is_for_it)
{
	choose(some_folders, (const char *const[]){"\\Drafts", NULL}, "\\Drafts?");
	choose((const char *const[][2]){{"INBOX", ""}, {"INBOX/gesendet", ""}, {NULL, NULL}},
		(const char *const[]){"\\Sent", NULL}, "INBOX/gesendet");
	/* one that tells of its drafts, and forgets what it calls Sent Messages */
	choose((const char *const[][2]){{"INBOX", ""}, {"Sent Messages", ""},
		       {"Unfinished", "\\Drafts"}, {NULL, NULL}},
		(const char *const[]){"\\Sent", NULL}, "Sent Messages");
}
END_TEST

START_TEST(a_glob_takes_in_no_drafts)
{
	choose(gmail, (const char *const[]){"*", NULL},
		"INBOX|[Gmail]/Alle Nachrichten|[Gmail]/Gesendet|Acme");
	choose((const char *const[][2]){{"INBOX", ""}, {"Mail/Utkast", ""}, {NULL, NULL}},
		(const char *const[]){"*", "Mail/%", NULL}, "INBOX");
	choose((const char *const[][2]){{"INBOX", ""}, {"Drafts", ""}, {NULL, NULL}},
		(const char *const[]){"Drafts", NULL}, "Drafts");
}
END_TEST

START_TEST(a_name_that_is_not_listed_is_tried_all_the_same)
{
	choose(some_folders, (const char *const[]){"Shared/Anna", "No*", NULL}, "Shared/Anna");
}
END_TEST

Suite *folder_suite(void)
{
	Suite *suite = suite_create("folders");
	TCase *tests = tcase_create("names");
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, names_go_both_ways, 0, (int)(sizeof(names) / sizeof(names[0])));
	tcase_add_loop_test(tests, malformed_names_are_refused, 0,
		(int)(sizeof(malformed) / sizeof(malformed[0])));
	tcase_add_test(tests, what_is_decoded_encodes_to_the_same);
	tcase_add_loop_test(
		tests, globs_fit_like_those_of_list, 0, (int)(sizeof(globs) / sizeof(globs[0])));
	tcase_add_test(tests, folders_are_chosen_once_in_the_order_asked);
	tcase_add_test(tests, sent_is_what_the_server_says_it_is);
	tcase_add_test(tests, well_known_names_count_where_no_folder_is_for_it);
	tcase_add_test(tests, a_glob_takes_in_no_drafts);
	tcase_add_test(tests, a_name_that_is_not_listed_is_tried_all_the_same);
	suite_add_tcase(suite, tests);
	return suite;
}
