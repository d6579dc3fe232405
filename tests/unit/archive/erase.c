/* Tests of erasing: what goes, and what another record needs stays. */
#include "archive/erase.h"

#include "scratch.h"
#include "suites.h"

static size_t erase_both(struct archive *a, uint64_t first, uint64_t second)
{
	const uint64_t seqs[] = {first, second};
	const struct erasure plan = {
		.seqs = seqs, .count = 2, .by = STR("owner"), .why = STR("asked")};
	size_t octets = 0;
	begin(a);
	ck_ok(archive_erase(a, &plan, &octets, &problem));
	commit(a);
	return octets;
}

static bool has_octets(struct archive *a, const char *octets)
{
	struct sha256 sum;
	ck_ok(sha256_of(str_from(octets), &sum, &problem));
	return archive_has_blob(a, &sum);
}

START_TEST(octets_go_with_the_last_record_that_names_them)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	begin(a);
	uint64_t first = add_message(a, "acme", "twice"), second = add_message(a, "acme", "twice");
	add_message(a, "acme", "other");
	commit(a);
	ck_assert_uint_eq(erase_both(a, first, second), 1);
	ck_assert(!has_octets(a, "twice"));
	ck_assert(has_octets(a, "other"));
	archive_close(a);
}
END_TEST

START_TEST(octets_that_a_third_record_names_stay)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct record r;
	begin(a);
	uint64_t first = add_message(a, "acme", "thrice");
	uint64_t second = add_message(a, "acme", "thrice");
	uint64_t third = add_message(a, "acme", "thrice");
	commit(a);
	ck_assert_uint_eq(erase_both(a, first, second), 0);
	ck_assert(has_octets(a, "thrice"));
	record_init(&r);
	ck_assert_int_eq(archive_record_at(a, 1, &r, NULL), 1);
	ck_assert_uint_eq(r.seq, third);
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(what_is_erased_cannot_be_erased_again)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	size_t octets;
	begin(a);
	uint64_t first = add_message(a, "acme", "one"), second = add_message(a, "acme", "two");
	commit(a);
	erase_both(a, first, second);
	const struct erasure again = {.seqs = &first, .count = 1, .by = STR("owner")};
	begin(a);
	ck_assert_int_eq(archive_erase(a, &again, &octets, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
	archive_rollback(a);
	/* and its number is not given to another */
	begin(a);
	struct record r;
	record_init(&r);
	ck_assert_int_eq(archive_record_at(a, add_message(a, "acme", "three"), &r, NULL), 1);
	ck_str(record_get(&r, "peer", 0), "acme 3");
	commit(a);
	record_finish(&r);
	archive_close(a);
}
END_TEST

Suite *erase_suite(void)
{
	const TTest *const tests[] = {octets_go_with_the_last_record_that_names_them,
		octets_that_a_third_record_names_stay, what_is_erased_cannot_be_erased_again};
	return scratch_suite("erase", tests, sizeof(tests) / sizeof(*tests));
}
