/* Fuzzes whole mails: no octets harm the parser, and what it gives lies within them and is UTF-8.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "message/message_parse.h"
#include <stdlib.h>

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

static void check_part(const struct part *p, size_t size)
{
	must(p->raw_start <= p->raw_end && p->raw_end <= size);
	must(p->depth >= 0 && p->depth <= LIMIT_PART_DEPTH);
	must(p->type.len > 0 && utf8_valid(p->type));
	must(utf8_valid(p->charset) && utf8_valid(p->filename) && utf8_valid(p->content));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct raw raw = {.octets = {(const char *)data, size}, .size_bytes = size};
	struct message m;
	message_init(&m);
	must(message_parse(&raw, &m, NULL) == 0);
	must((m.examined == EXAMINED_YES) == (m.not_examined[0] == '\0'));
	must(m.part_count <= LIMIT_PARTS && m.reference_count <= LIMIT_REFERENCES);
	for (size_t i = 0; i < m.part_count; i++)
		check_part(&m.parts[i], size);
	message_finish(&m);
	return 0;
}
