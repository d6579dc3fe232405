/* The table of writers. */
#include "writers.h"

#include <string.h>

const struct report_writer report_writers[] = {
	{"text", report_write_text},
	{"html", report_write_page},
	{"json", report_write_json},
	{"csv", report_write_csv},
};
const size_t report_writer_count = sizeof(report_writers) / sizeof(report_writers[0]);

const struct report_writer *report_writer_find(const char *name)
{
	for (size_t i = 0; i < report_writer_count; i++)
		if (!strcmp(report_writers[i].name, name))
			return &report_writers[i];
	return NULL;
}

int sink_flush(const struct report_sink *sink, struct buf *pending, struct error *err)
{
	if (pending->failed)
		return error_memory(err);
	sink->put(sink->context, INK_PLAIN, buf_str(pending));
	buf_clear(pending);
	return 0;
}
