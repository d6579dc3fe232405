/* Exports in zips: read, and those that are made to do harm. */
#include "suites.h"

#include "base/limits.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>

/* What is written into a zip: its members stored as they are, or deflated by hand. */
struct member {
	const char *name;
	const void *octets;
	size_t size, unpacked; /* the same: stored */
	uint32_t crc;
	uint16_t mode;
};

static void add_number(struct buf *out, uint64_t value, int octets)
{
	for (int i = 0; i < octets; i++)
		buf_add_char(out, (char)(value >> (8 * i) & 0xFF));
}

static uint32_t crc_of(const char *octets, size_t size)
{
	uint32_t crc = 0xFFFFFFFF;
	for (size_t i = 0; i < size; i++) {
		crc ^= (unsigned char)octets[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	}
	return ~crc;
}

/* What a member's two headers share, from the needed version to the length of the name. */
static void add_header(struct buf *out, const struct member *m)
{
	add_number(out, 20, 2);
	add_number(out, 0x800, 2); /* names are UTF-8 */
	add_number(out, m->size == m->unpacked ? 0 : 8, 2);
	add_number(out, 0, 4);
	add_number(out, m->crc, 4);
	add_number(out, m->size, 4);
	add_number(out, m->unpacked, 4);
	add_number(out, strlen(m->name), 2);
	add_number(out, 0, 2);
}

static void zip_make(const struct member *members, size_t count, struct buf *out)
{
	struct buf directory = {0};
	for (size_t i = 0; i < count; i++) {
		const struct member *m = &members[i];
		size_t at = out->len;
		buf_add_cstr(out, "PK\003\004");
		add_header(out, m);
		buf_add_cstr(out, m->name);
		buf_add(out, m->octets, m->size);
		buf_add_cstr(&directory, "PK\001\002");
		add_number(&directory, 3 << 8 | 20, 2); /* made on Unix: modes mean something */
		add_header(&directory, m);
		add_number(&directory, 0, 6);
		add_number(&directory, (uint64_t)m->mode << 16, 4);
		add_number(&directory, at, 4);
		buf_add_cstr(&directory, m->name);
	}
	size_t start = out->len;
	buf_add_str(out, buf_str(&directory));
	buf_add_cstr(out, "PK\005\006");
	add_number(out, 0, 4);
	add_number(out, count, 2);
	add_number(out, count, 2);
	add_number(out, directory.len, 4);
	add_number(out, start, 4);
	add_number(out, 0, 2);
	buf_finish(&directory);
	ck_assert(!out->failed);
}

static struct member stored(const char *name, const char *text)
{
	return (struct member){
		name, text, strlen(text), strlen(text), crc_of(text, strlen(text)), 0100644};
}

static const char chat[] = "30/11/2026, 10:00 - Rhea: one\n";

START_TEST(a_zip_gives_the_messages_of_the_chat_in_it)
{
	const struct member members[] = {stored("note.txt", "30/11/2026, 10:00 - Bob: not mine\n"),
		stored("IMG-1.jpg", "no text"), stored("WhatsApp Chat with Rhé.txt", chat)};
	struct buf zip = {0}, got = {0};
	struct chat_files *files = NULL;
	struct error err = {0};
	enum chat_format format;
	struct chat_declared declared = declare("UTC", CHAT_DMY);
	zip_make(members, 3, &zip);
	ck_assert_msg(!chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err), "%s", err.text);
	ck_assert_uint_eq(files->count, 3);
	ck_assert(str_eq(files->items[2].name, STR("WhatsApp Chat with Rhé.txt")));
	ck_assert_int_eq(chat_detect(files, &format, &err), 0);
	ck_assert_int_eq(format, CHAT_WHATSAPP);
	read_all(format, files, &declared, &got);
	ck_assert_str_eq(buf_cstr(&got), "said 2026-11-30T10:00Z Rhea: one\n");
	zone_close((struct zone *)declared.zone);
	chat_files_close(files);
	buf_finish(&zip);
	buf_finish(&got);
}
END_TEST

START_TEST(members_are_loaded_in_any_order)
{
	const struct member members[] = {
		stored("a", "first"), stored("folder/b", "second"), stored("c", "")};
	struct buf zip = {0};
	struct chat_files *files = NULL;
	struct str octets;
	struct error err = {0};
	static const size_t order[] = {1, 0, 2, 2, 0, 1};
	static const char *const want[] = {"second", "first", "", "", "first", "second"};
	zip_make(members, 3, &zip);
	ck_assert_int_eq(chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err), 0);
	for (size_t i = 0; i < 6; i++) {
		ck_assert_msg(!files->load(files, order[i], &octets, &err), "%s", err.text);
		ck_assert(str_eq(octets, str_from(want[i])));
	}
	chat_files_close(files);
	buf_finish(&zip);
}
END_TEST

START_TEST(what_is_packed_is_unpacked_and_the_same_each_time)
{
	const struct member members[] = {stored("users.json", "[]"),
		stored("allmän/2026-01-05.json", chat), stored("c", "")};
	struct buf zip = {0}, packed[2] = {{0}, {0}};
	struct chat_files *before = NULL, *after = NULL;
	struct str octets;
	struct error err = {0};
	zip_make(members, 3, &zip);
	ck_assert_int_eq(chat_files_open(STR("a.zip"), buf_str(&zip), &before, &err), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_msg(!chat_files_zip(before, &packed[i], &err), "%s", err.text);
	ck_assert(str_eq(buf_str(&packed[0]), buf_str(&packed[1])));
	ck_assert_msg(
		!chat_files_open(STR("b.zip"), buf_str(&packed[0]), &after, &err), "%s", err.text);
	ck_assert_uint_eq(after->count, 3);
	for (size_t i = 0; i < 3; i++) {
		ck_assert(str_eq(after->items[i].name, str_from(members[i].name)));
		ck_assert_int_eq(after->load(after, i, &octets, &err), 0);
		ck_assert(str_eq(octets, (struct str){members[i].octets, members[i].size}));
	}
	chat_files_close(after);
	chat_files_close(before);
	buf_finish(&packed[0]);
	buf_finish(&packed[1]);
	buf_finish(&zip);
}
END_TEST

START_TEST(names_that_lead_out_of_the_zip_refuse_it)
{
	static const char *const names[] = {"../_chat.txt", "a/../../_chat.txt", "/etc/passwd",
		"a/b\\c", "a//b", "a/./b", ".."};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct member members[] = {stored("_chat.txt", chat), stored(names[i], chat)};
		struct buf zip = {0}, want = {0};
		struct chat_files *files = NULL;
		struct error err = {0};
		zip_make(members, 2, &zip);
		ck_assert_msg(chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err) < 0, "%s",
			names[i]);
		buf_add_format(&want,
			"zip 'a.zip': its member '%s' is no plain file below the zip's own folder",
			names[i]);
		ck_assert_str_eq(err.text, buf_cstr(&want));
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		buf_finish(&zip);
		buf_finish(&want);
	}
}
END_TEST

START_TEST(a_link_is_no_member)
{
	struct member members[] = {stored("_chat.txt", "/etc/passwd")};
	struct buf zip = {0};
	struct chat_files *files = NULL;
	struct error err = {0};
	members[0].mode = 0120777;
	zip_make(members, 1, &zip);
	ck_assert_int_eq(chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err), -1);
	ck_assert(strstr(err.text, "'_chat.txt' is no plain file") != NULL);
	buf_finish(&zip);
}
END_TEST

START_TEST(two_members_of_one_name_refuse_it)
{
	const struct member members[] = {stored("_chat.txt", chat), stored("_chat.txt", "other")};
	struct buf zip = {0};
	struct chat_files *files = NULL;
	struct error err = {0};
	zip_make(members, 2, &zip);
	ck_assert_int_eq(chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err), -1);
	ck_assert_str_eq(err.text, "zip 'a.zip': two of its members are named '_chat.txt'");
	buf_finish(&zip);
}
END_TEST

/* Deflate with the fixed codes: one 'a', then `runs` times 258 more of it, 13 bits each. */
static void add_bits(struct buf *out, unsigned *held, int *count, unsigned bits, int n)
{
	*held |= bits << *count;
	for (*count += n; *count >= 8; *count -= 8, *held >>= 8)
		buf_add_char(out, (char)(*held & 0xFF));
}

static void bomb_make(size_t runs, struct buf *out)
{
	unsigned held = 0;
	int count = 0;
	add_bits(out, &held, &count, 3, 3);    /* the last block, fixed codes */
	add_bits(out, &held, &count, 0x89, 8); /* 'a' is 10010001, from its high bit */
	for (size_t i = 0; i < runs; i++) {
		add_bits(out, &held, &count, 0xA3, 8); /* 258 octets: 11000101 */
		add_bits(out, &held, &count, 0, 5);    /* of one octet before */
	}
	add_bits(out, &held, &count, 0, 7 + 8); /* the end, and the last bits */
}

START_TEST(a_few_octets_that_unpack_to_hundreds_of_megabytes_are_refused)
{
	const size_t runs = 400000; /* 103 MB out of 650 kB */
	struct buf packed = {0}, zip = {0};
	struct chat_files *files = NULL;
	struct error err = {0};
	struct str octets;
	bomb_make(runs, &packed);
	const struct member members[] = {stored("a.txt", "small"),
		{"_chat.txt", packed.ptr, packed.len, 1 + runs * 258, 0, 0100644}};
	zip_make(members, 2, &zip);
	ck_assert_int_eq(chat_files_open(STR("a.zip"), buf_str(&zip), &files, &err), 0);
	/* what is packed so well is within bounds until it is too much for the whole zip's size */
	int result = files->load(files, 1, &octets, &err);
	ck_assert_int_eq(result, -1);
	ck_assert_int_ne(err.kind, ERROR_MEMORY);
	ck_assert_int_eq(files->load(files, 0, &octets, &err), 0);
	ck_assert(str_eq(octets, STR("small")));
	chat_files_close(files);
	buf_finish(&packed);
	buf_finish(&zip);
}
END_TEST

START_TEST(a_zip_that_is_cut_or_bent_anywhere_does_no_harm)
{
	const struct member members[] = {stored("_chat.txt", chat), stored("b/c.txt", "more")};
	struct buf zip = {0};
	zip_make(members, 2, &zip);
	for (size_t i = 0; i < 2 * zip.len; i++) {
		struct str bent = buf_str(&zip);
		char *copy = str_dup(bent);
		struct chat_files *files = NULL;
		struct str octets;
		if (i < zip.len)
			bent.len = i;
		else
			copy[i - zip.len] = (char)(copy[i - zip.len] ^ 0x15);
		bent.ptr = copy;
		if (!chat_files_open(STR("a.zip"), bent, &files, NULL)) {
			for (size_t k = 0; k < files->count; k++)
				files->load(files, k, &octets, NULL);
			chat_files_close(files);
		}
		free(copy);
	}
	buf_finish(&zip);
}
END_TEST

Suite *suite_zip(void)
{
	Suite *suite = suite_create("chat: zip");
	TCase *all = tcase_create("zip");
	tcase_set_timeout(all, 60);
	tcase_add_test(all, a_zip_gives_the_messages_of_the_chat_in_it);
	tcase_add_test(all, members_are_loaded_in_any_order);
	tcase_add_test(all, what_is_packed_is_unpacked_and_the_same_each_time);
	tcase_add_test(all, names_that_lead_out_of_the_zip_refuse_it);
	tcase_add_test(all, a_link_is_no_member);
	tcase_add_test(all, two_members_of_one_name_refuse_it);
	tcase_add_test(all, a_few_octets_that_unpack_to_hundreds_of_megabytes_are_refused);
	tcase_add_test(all, a_zip_that_is_cut_or_bent_anywhere_does_no_harm);
	suite_add_tcase(suite, all);
	return suite;
}
