/* Every kind of event can be told from every other, for ever. */
#include "app/events.h"
#include "app_test.h"
#include <string.h>

START_TEST(every_kind_has_a_name_and_an_id_of_its_own)
{
	for (size_t i = 0; events[i]; i++) {
		ck_assert_uint_eq(strlen(events[i]->message_id), 32);
		ck_assert_uint_eq(strspn(events[i]->message_id, "0123456789abcdef"), 32);
		ck_assert_uint_gt(strlen(events[i]->name), 0);
		for (size_t k = 0; k < i; k++) {
			ck_assert_str_ne(events[i]->message_id, events[k]->message_id);
			ck_assert_str_ne(events[i]->name, events[k]->name);
		}
	}
}
END_TEST

Suite *events_suite(void)
{
	Suite *suite = suite_create("app: events");
	TCase *tests = tcase_create("events");
	tcase_add_test(tests, every_kind_has_a_name_and_an_id_of_its_own);
	suite_add_tcase(suite, tests);
	return suite;
}
