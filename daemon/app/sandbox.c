/* The box around a process: what it may still ask of the kernel. */
#include "app/sandbox.h"

#include "sandbox_parts.h"
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#if SANITIZED
#include <sanitizer/common_interface_defs.h>
#include <unistd.h>
#endif

/* None that it does not have already. */
static int close_descriptors(struct error *err)
{
	const struct rlimit none = {0, 0};
	return setrlimit(RLIMIT_NOFILE, &none) < 0
		? error_system(err, errno, "cannot take descriptors from a process")
		: 0;
}

int sandbox_enter(const struct sandbox *box, struct error *err)
{
#if SANITIZED
	/* there is no file that a report could go to any more */
	__sanitizer_set_report_fd((void *)STDERR_FILENO);
#endif
	/* without it neither of the two is given to who is not root */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return error_system(err, errno, "cannot give privileges up");
	if (sandbox_landlock_version() > 0 && sandbox_close_files(box, err) < 0)
		return -1;
	if (box->role == SANDBOX_READER && close_descriptors(err) < 0)
		return -1;
	return sandbox_has_seccomp() ? sandbox_close_calls(box, err) : 0;
}

const char *sandbox_lacks(void)
{
	static const char *const missing[] = {
		NULL, "no Landlock", "no seccomp", "no seccomp, no Landlock"};
	return missing[2 * !sandbox_has_seccomp() + (sandbox_landlock_version() <= 0)];
}
