/* SHA-256 against the vectors of FIPS 180-4, hex and random octets. */
#include "base/crypto.h"
#include "expect.h"
#include "suites.h"

#include <string.h>

static const struct {
	const char *in;
	const char *want;
} vectors[] = {
	{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(known_texts_have_their_known_sums_whole_and_byte_by_byte)
{
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct error err;
		struct sha256 whole, pieces;
		struct sha256_stream *stream;
		char hex[SHA256_HEX_SIZE];
		struct str in = str_from(vectors[i].in);
		ck_assert_int_eq(sha256_of(in, &whole, &err), 0);
		sha256_hex(&whole, hex);
		ck_assert_str_eq(hex, vectors[i].want);
		ck_assert_int_eq(sha256_start(&stream, &err), 0);
		for (size_t at = 0; at < in.len; at++)
			ck_assert_int_eq(sha256_add(stream, str_slice(in, at, at + 1), &err), 0);
		ck_assert_int_eq(sha256_end(stream, &pieces, &err), 0);
		ck_assert(sha256_eq(&whole, &pieces));
	}
	struct sha256 of_absent;
	char hex[SHA256_HEX_SIZE];
	ck_assert_int_eq(sha256_of((struct str){NULL, 0}, &of_absent, NULL), 0);
	sha256_hex(&of_absent, hex);
	ck_assert_str_eq(hex, vectors[0].want);
}
END_TEST

START_TEST(a_stream_can_be_dropped)
{
	struct sha256_stream *stream;
	ck_assert_int_eq(sha256_start(&stream, NULL), 0);
	ck_assert_int_eq(sha256_add(stream, STR("x"), NULL), 0);
	ck_assert_int_eq(sha256_end(stream, NULL, NULL), 0);
	ck_assert_int_eq(sha256_end(NULL, NULL, NULL), 0);
}
END_TEST

START_TEST(a_sum_has_one_spelling)
{
	struct sha256 sum, again;
	char hex[SHA256_HEX_SIZE];
	ck_assert(sha256_parse(str_from(vectors[1].want), &sum));
	sha256_hex(&sum, hex);
	ck_assert_str_eq(hex, vectors[1].want);
	again = sum;
	ck_assert(!sha256_parse(str_slice(str_from(vectors[1].want), 0, 63), &again));
	hex[5] = 'A';
	ck_assert(!sha256_parse(str_from(hex), &again));
	hex[5] = 'g';
	ck_assert(!sha256_parse(str_from(hex), &again));
	ck_assert(sha256_eq(&sum, &again));
	again.octet[31] ^= 1;
	ck_assert(!sha256_eq(&sum, &again));
}
END_TEST

START_TEST(random_octets_differ_and_wiped_ones_do_not)
{
	static unsigned char a[100000], b[100000], zero[100000];
	ck_assert_int_eq(random_octets(a, sizeof(a), NULL), 0);
	ck_assert_int_eq(random_octets(b, sizeof(b), NULL), 0);
	ck_assert_mem_ne(a, b, 32);
	ck_assert_mem_ne(a + sizeof(a) - 32, zero, 32);
	wipe(a, sizeof(a));
	ck_assert_mem_eq(a, zero, sizeof(a));
}
END_TEST

Suite *crypto_suite(void)
{
	Suite *suite = suite_create("hashes");
	TCase *all = tcase_create("crypto");
	tcase_add_test(all, known_texts_have_their_known_sums_whole_and_byte_by_byte);
	tcase_add_test(all, a_stream_can_be_dropped);
	tcase_add_test(all, a_sum_has_one_spelling);
	tcase_add_test(all, random_octets_differ_and_wiped_ones_do_not);
	suite_add_tcase(suite, all);
	return suite;
}
