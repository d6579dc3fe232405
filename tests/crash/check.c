/* Opens archives as a service does after a power cut, and says what is left of each: check
   FOLDER... prints "FOLDER messages altered", with -1 messages for one that cannot be opened. */
#include "archive/archive.h"
#include "archive/verify.h"
#include <stdio.h>

static void note(void *context, const struct verify_note *n)
{
	(void)context;
	if (n->state == VERIFY_ALTERED)
		fprintf(stderr, "%.*s\n", STR_ARG(n->text));
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const struct verify_plan plan = {.structure = true, .listener = {.note = note}};
		struct verify_summary summary = {0};
		struct archive *a = NULL;
		struct error err = {0};
		int result = archive_open(argv[i], ARCHIVE_CREATE, NULL, &a, &err);
		if (!result)
			result = archive_verify(a, &plan, &summary, &err);
		if (result < 0)
			fprintf(stderr, "%s: %s\n", argv[i], err.text);
		printf("%s %lld %llu\n", argv[i], result < 0 ? -1LL : (long long)summary.messages,
			(unsigned long long)summary.altered);
		archive_close(a);
	}
	return 0;
}
