/* Mail of ours, and the secret that sends it. */
#include "app/outgoing.h"

#include "app_test.h"
#include "config/config.h"
#include "message/compose.h"
#include <sys/prctl.h>

START_TEST(nobody_may_look_at_who_reads_the_secret)
{
	struct str address = STR("anna@studio.example");
	const struct strs to = {&address, 1};
	const struct config config = {.smtp = {.host = STR("localhost"),
					      .port = 465,
					      .user = STR("anna"),
					      .from = address,
					      .secret.file = STR("/nowhere/password")}};
	const struct draft draft = {.to = &to,
		.subject = STR("x"),
		.message_id = STR("1@x.example"),
		.text = STR("x\n")};
	struct error err = {0};
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE), 1);
	ck_assert_int_eq(outgoing_send(&config, &draft, -1, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "secret file"));
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE), 0);
}
END_TEST

Suite *outgoing_suite(void)
{
	Suite *suite = suite_create("app: outgoing mail");
	TCase *tests = tcase_create("outgoing mail");
	tcase_add_test(tests, nobody_may_look_at_who_reads_the_secret);
	suite_add_tcase(suite, tests);
	return suite;
}
