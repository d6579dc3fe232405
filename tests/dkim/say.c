/* Says what our verifier thinks of mails, with keys from a file instead of DNS: for comparisons. */
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "dkim/dkim.h"
#include <stdio.h>
#include <stdlib.h>

/* "name TAB text" lines; the name "*" is any. */
static int look_up(void *context, const char *name, struct dkim_answer *out, struct error *err)
{
	struct str rest = buf_str(context), line, key;
	(void)err;
	out->kind = DKIM_ANSWER_NONE;
	while (str_line(&rest, &line)) {
		if (!str_split(&line, '\t', &key) ||
			(!str_eq(key, STR("*")) && !str_eq_nocase(key, str_from(name))))
			continue;
		buf_add_str(&out->text, line);
		out->kind = DKIM_ANSWER_TXT;
		return 0;
	}
	return 0;
}

static int say(const char *path, struct buf *keys, struct error *err)
{
	struct buf mail = {0};
	struct dkim_report report = {0};
	const struct dkim_arrival arrival = {CLOCK_SEEN, clock_now_us(NULL) / SECOND_US};
	int result = file_read(path, 64 * MIB, &mail, err);
	if (!result)
		result = dkim_verify(buf_str(&mail), arrival, look_up, keys, &report, err);
	printf("%s", path);
	for (size_t i = 0; i < report.count && !result; i++)
		printf("\t%s:%.*s:%s", dkim_result_name(report.items[i].result),
			STR_ARG(report.items[i].why),
			str_starts(report.items[i].why, STR("the body")) ? "mismatch" : "match");
	printf("\n");
	dkim_report_finish(&report);
	buf_finish(&mail);
	return result;
}

int main(int argc, char **argv)
{
	struct buf keys = {0};
	struct error err = {0};
	int result = argc > 1 ? file_read(argv[1], 64 * MIB, &keys, &err)
			      : error_set(&err, ERROR_USAGE, "say KEYS MAIL...");
	for (int i = 2; i < argc && !result; i++)
		result = say(argv[i], &keys, &err);
	buf_finish(&keys);
	if (result < 0)
		fprintf(stderr, "%s\n", err.text);
	return result < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
