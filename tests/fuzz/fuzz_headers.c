/* Fuzzes what reads header values: encoded words, addresses, dates, and the scan for parties. */
#include "base/limits.h"
#include "base/utf8.h"
#include "message/message_parse.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	message_library_start();
	return 0;
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_addresses(const struct addresses *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct address *a = &list->items[i];
		must(a->name.len > 0 || a->mail.len > 0);
		must(utf8_valid(a->name) && utf8_valid(a->mail));
	}
}

/* Decoded text is UTF-8 without NUL. */
static void check_words(struct str value)
{
	struct buf text = {0};
	header_decode(value, &text);
	must(!text.failed && utf8_valid(buf_str(&text)));
	must(text.len == 0 || !memchr(text.ptr, '\0', text.len));
	buf_finish(&text);
}

static void check_parties(struct str octets)
{
	struct parties p;
	parties_init(&p);
	must(parties_scan(octets, &p, NULL) == 0);
	must(p.original_count <= p.author_count && p.author_count <= p.from.count);
	check_addresses(&p.from);
	check_addresses(&p.others);
	parties_finish(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str value = {(const char *)data, size};
	int64_t at_us;
	int offset;
	if (date_header_parse(value, &at_us, &offset))
		must(offset > -24 * 60 && offset < 24 * 60);
	check_words(value);
	check_parties(value);
	return 0;
}
