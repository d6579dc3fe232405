/* The files of an export that is one file: itself, or what is in it. */
#include "chat/chat_files.h"

#include "zip.h"

#include <stdlib.h>

struct one_file {
	struct chat_files files;
	struct chat_file item;
	struct str octets;
};

static int load_one(struct chat_files *files, size_t index, struct str *octets, struct error *err)
{
	(void)index, (void)err; /* there is but one */
	*octets = ((struct one_file *)files)->octets;
	return 0;
}

static void close_one(struct chat_files *files)
{
	free(files);
}

static int open_one(struct str name, struct str octets, struct chat_files **out, struct error *err)
{
	struct one_file *one = malloc(sizeof(*one));
	if (!one)
		return error_memory(err);
	*one = (struct one_file){.item = {name, octets.len}, .octets = octets};
	one->files = (struct chat_files){.name = name,
		.items = &one->item,
		.count = 1,
		.load = load_one,
		.close = close_one};
	*out = &one->files;
	return 0;
}

int chat_files_open(struct str name, struct str octets, struct chat_files **out, struct error *err)
{
	return zip_is(octets) ? zip_open(name, octets, out, err) : open_one(name, octets, out, err);
}

void chat_files_close(struct chat_files *files)
{
	if (files)
		files->close(files);
}
