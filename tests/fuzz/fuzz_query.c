/* Any bytes as a query: refused with a place, or SQL that SQLite takes as we meant it. */
#include "index/index.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static struct index *empty_index(void)
{
	static struct index *index;
	char folder[] = "/tmp/overstep-fuzz-XXXXXX";
	struct error err;
	if (!index && (!mkdtemp(folder) || index_open(folder, &index, &err) < 0))
		abort();
	return index;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct query *query = NULL;
	struct cursor *cursor = NULL;
	struct error err = {0};
	const struct indexed_message *m;
	if (query_parse(text, NULL, &query, &err) < 0) {
		if (err.kind != ERROR_USAGE || query || (err.line && err.column > size + 1))
			abort();
		return 0;
	}
	const struct search_options options = {0};
	if (index_search(empty_index(), query, &options, &cursor, &err) < 0 ||
		cursor_next(cursor, &m, &err) != 0)
		abort();
	cursor_close(cursor);
	query_free(query);
	return 0;
}
