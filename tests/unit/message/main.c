/* Runs the suites of the message room. */
#include "message/message_parse.h"
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {date_suite, encoded_word_suite, address_suite,
		field_suite, text_suite, clocks_suite, compose_suite, layers_suite, parties_suite,
		cases_suite, bad_mail_suite, shared_suite};
	message_library_start();
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
