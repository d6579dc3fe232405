/* Tests of the room where messages come from. */
#include "suites.h"

#include "scratch.h"
#include <signal.h>

int main(void)
{
	static Suite *(*const suites[])(void) = {filter_suite, folder_suite, secret_suite,
		tls_suite, misbehaving_suite, look_suite, append_suite, mbox_suite, files_suite,
		exports_suite, dovecot_suite};
	signal(SIGPIPE, SIG_IGN);
	scratch_begin();
	int status = unit_run(suites, sizeof(suites) / sizeof(suites[0]));
	scratch_end();
	return status;
}
