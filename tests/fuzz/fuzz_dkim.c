/* Fuzzes signatures: the input is a mail, and behind a NUL the key that DNS gives. */
#include "dkim/dkim.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int look_up(void *context, const char *name, struct dkim_answer *out, struct error *err)
{
	const struct str *key = context;
	(void)err;
	if (strlen(name) > 600)
		abort();
	out->kind = DKIM_ANSWER_TXT;
	buf_add_str(&out->text, *key);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str all = {(const char *)data, size};
	const char *nul = size ? memchr(data, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - all.ptr) : size;
	struct str mail = str_slice(all, 0, len), key = str_slice(all, len + 1, size);
	struct dkim_report report = {0};
	struct buf text = {0};
	const struct dkim_arrival arrival = {CLOCK_RECEIVED, 1795584473};
	if (dkim_verify(mail, arrival, look_up, &key, &report, NULL) < 0)
		abort();
	dkim_report_write(&report, &text);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\n' && (text.ptr[i] < ' ' || text.ptr[i] > '~'))
			abort();
	dkim_report_finish(&report);
	buf_finish(&text);
	return 0;
}
