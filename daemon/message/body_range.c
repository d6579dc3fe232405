/* Finds where a body begins from its headers' places, and its end from the boundaries around. */
#include "body_range.h"

#include "scan.h"

#include <assert.h>

void enclosing_push(struct enclosing *e, const char *boundary)
{
	assert(e->count < sizeof(e->boundaries) / sizeof(e->boundaries[0]));
	e->boundaries[e->count++] = boundary;
}

void enclosing_pop(struct enclosing *e)
{
	e->count--;
}

static bool ends_one(const struct enclosing *around, struct str line)
{
	bool closes;
	for (size_t i = around->count; i-- > 0;)
		if (boundary_line(line, str_from(around->boundaries[i]), &closes))
			return true;
	return false;
}

static struct str up_to_boundary(struct str octets, size_t start, const struct enclosing *around)
{
	struct str rest = str_slice(octets, start, octets.len), line;
	size_t end = start, line_end = 0;
	while (str_line(&rest, &line)) {
		if (ends_one(around, line))
			return str_slice(octets, start, end - line_end);
		end = octets.len - rest.len;
		line_end = end - (size_t)(line.ptr + line.len - octets.ptr);
	}
	return str_slice(octets, start, end);
}

/* Where a header of an object begins; the end of the octets when it has none. */
static size_t header_place(struct str octets, GMimeObject *object, bool last)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(object);
	int count = g_mime_header_list_get_count(headers);
	if (count == 0)
		return octets.len;
	gint64 at = g_mime_header_get_offset(
		g_mime_header_list_get_header_at(headers, last ? count - 1 : 0));
	return at < 0 || (size_t)at > octets.len ? octets.len : (size_t)at;
}

struct str body_of_object(struct str octets, GMimeObject *object, const struct enclosing *around)
{
	size_t last = header_place(octets, object, true);
	struct str rest = str_slice(octets, last, octets.len), line;
	while (str_line(&rest, &line) && line.len > 0)
		;
	return up_to_boundary(octets, octets.len - rest.len, around);
}

struct str body_of_message(
	struct str octets, GMimeMessagePart *holder, const struct enclosing *around)
{
	GMimeObject *object = (GMimeObject *)holder;
	GMimeObject *message = (GMimeObject *)g_mime_message_part_get_message(holder);
	if (g_mime_header_list_get_count(g_mime_object_get_header_list(object)) > 0 || !message)
		return body_of_object(octets, object, around);
	/* In a digest a message begins right behind the boundary. */
	return up_to_boundary(octets, header_place(octets, message, false), around);
}
