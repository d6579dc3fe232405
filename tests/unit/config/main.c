/* Runs the suites of config/. */
#include "config_test.h"

#include "worktime/worktime.h"

const struct config_checks config_test_checks = {
	.zone = worktime_check_zone,
	.hours = worktime_check_hours,
	.holidays = worktime_check_holidays,
	.leave = worktime_check_leave,
	.night = worktime_check_night,
};

struct config *config_of(const char *text)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct buf said = {0};
	struct error err = {0};
	int result = config_parse(
		"test.conf", "/folder", str_from(text), &config_test_checks, &config, &diags, &err);
	diags_print(&diags, &said);
	ck_assert_msg(result == 0, "%s\n%s", err.text, buf_cstr(&said));
	buf_finish(&said);
	diags_finish(&diags);
	return config;
}

struct buf mistakes_of(const char *text)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct buf said = {0};
	struct error err = {0};
	int result = config_parse(
		"test.conf", "/folder", str_from(text), &config_test_checks, &config, &diags, &err);
	ck_assert_int_eq(result, -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_ptr_null(config);
	diags_print(&diags, &said);
	diags_finish(&diags);
	return said;
}

int main(void)
{
	static Suite *(*const suites[])(void) = {
		bad_suite, values_suite, files_suite, add_clients_suite, add_name_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
