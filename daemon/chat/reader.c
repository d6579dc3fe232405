/* Reads the messages of an export one after the other. */
#include "reader.h"

#include "people.h"

#include <stdlib.h>

struct chat_reader {
	enum chat_format format;
	const struct chat_form *form;
	struct chat_files *files;
	struct chat_declared declared;
	struct people people;
	size_t file; /* the one that is read, or will be next */
	bool loaded;
	struct chat_cursor cursor;
	uint64_t other_style; /* of the files before it */
	uint64_t ordinal;
};

/* The one file that somebody gave is meant, whatever its name. */
static bool holds(const struct chat_form *form, const struct chat_files *files, size_t index)
{
	return files->count == 1 || form->holds(files->items[index].name);
}

static int read_people(struct chat_reader *r, struct error *err)
{
	struct str octets;
	for (size_t i = 0; r->form->lists_people && i < r->files->count; i++) {
		if (!r->form->lists_people(r->files->items[i].name))
			continue;
		if (r->files->load(r->files, i, &octets, err) < 0 ||
			people_read(octets, &r->people, err) < 0)
			return -1;
	}
	return 0;
}

int chat_open(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct chat_reader **out, struct error *err)
{
	const struct chat_form *form = chat_forms[format];
	size_t first = 0;
	while (first < files->count && !holds(form, files, first))
		first++;
	if (first == files->count)
		return error_set(err, ERROR_INPUT, "no file of '%.*s' is named as %s names its own",
			STR_ARG(files->name), form->name);
	struct chat_reader *r = calloc(1, sizeof(*r));
	if (!r)
		return error_memory(err);
	*r = (struct chat_reader){.format = format,
		.form = form,
		.files = files,
		.declared = *declared,
		.file = first};
	if (read_people(r, err) < 0) {
		chat_close(r);
		return -1;
	}
	*out = r;
	return 0;
}

static void leave_file(struct chat_reader *r)
{
	r->other_style += r->cursor.other_style;
	buf_finish(&r->cursor.conversation);
	r->cursor = (struct chat_cursor){0};
	r->loaded = false;
}

void chat_close(struct chat_reader *r)
{
	if (!r)
		return;
	leave_file(r);
	people_finish(&r->people);
	free(r);
}

/* Without the ending: "WhatsApp Chat - Jane D." */
static struct str without_ending(struct str name)
{
	size_t dot;
	return str_rfind_char(name, '.', &dot) && dot > 0 ? str_slice(name, 0, dot) : name;
}

static int enter_file(struct chat_reader *r, struct error *err)
{
	struct str path = r->files->items[r->file].name;
	struct str named = r->form->conversation ? r->form->conversation(path) : (struct str){0};
	if (r->files->load(r->files, r->file, &r->cursor.octets, err) < 0)
		return -1;
	r->loaded = true;
	buf_add_str(&r->cursor.conversation,
		named.len ? named : without_ending(path_name(r->files->name)));
	if (r->cursor.conversation.failed || (r->form->begin && r->form->begin(&r->cursor) < 0))
		return error_memory(err);
	return 0;
}

int chat_reader_slice(
	struct chat_reader *r, struct chat_slice *out, struct str *octets, struct error *err)
{
	for (; r->file < r->files->count; r->file++) {
		if (!r->loaded && !holds(r->form, r->files, r->file))
			continue;
		if (!r->loaded && enter_file(r, err) < 0)
			return -1;
		int result = r->form->next(&r->cursor, out);
		if (result < 0)
			return error_memory(err);
		if (result > 0) {
			if (r->files->reached)
				r->files->reached(r->files, out->start);
			*octets = str_slice(r->cursor.octets, out->start, out->end);
			return 1;
		}
		leave_file(r);
	}
	return 0;
}

uint64_t chat_reader_other_style(const struct chat_reader *r)
{
	return r->other_style + r->cursor.other_style;
}

/* What only the export as a whole knows of a message. */
static int add_surroundings(
	struct chat_reader *r, const struct chat_slice *slice, struct chat_message *m)
{
	m->file = r->file;
	m->start = slice->start;
	m->end = slice->end;
	m->ordinal = r->ordinal++;
	struct str name = people_name(&r->people, m->author_id);
	if (name.len && chat_set(m, name, &m->author) < 0)
		return -1;
	return m->conversation.ptr
		? 0
		: chat_set(m, buf_str(&r->cursor.conversation), &m->conversation);
}

int chat_next(struct chat_reader *r, struct chat_message *out, struct error *err)
{
	struct chat_slice slice;
	struct str octets;
	int result = chat_reader_slice(r, &slice, &octets, err);
	if (result <= 0)
		return result;
	struct chat_message made;
	chat_message_init(&made);
	if ((slice.why ? chat_unread(&made, "%s", slice.why)
		       : chat_read(r->format, &r->declared, octets, &made, err)) < 0 ||
		add_surroundings(r, &slice, &made) < 0) {
		chat_message_finish(&made);
		return error_memory(err);
	}
	chat_message_finish(out);
	*out = made;
	return 1;
}
