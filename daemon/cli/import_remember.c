/* Whose a chat's names are, written into the configuration's file, where it stays as it is else. */
#include "import_names.h"

#include "app/chat_reading.h"
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "base/file.h"
#include "base/limits.h"
#include "config/config.h"
#include "config_write.h"
#include "dialogue.h"
#include "output.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file as it is now: while we asked, somebody may have changed it. */
struct remembering {
	const struct invocation *in;
	const struct told_name *told;
	size_t count;
	const char *path;
	mode_t mode;
	struct config *as_meant; /* what the text should say */
	struct buf text;
	unsigned *lines; /* by what was told: where it stands; 0: it was there */
	size_t added;
};

/* Whoever takes a file's place takes its owner and group, too, and then a service may no longer
   read it. */
static int find_file(struct remembering *r, struct error *err)
{
	struct stat info;
	if (stat(r->path, &info) < 0)
		return error_system(err, errno, "cannot open '%s'", r->path);
	r->mode = info.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
	if (info.st_uid != geteuid() || (r->mode & S_IRWXG && info.st_gid != getegid()))
		return error_set(err, ERROR_SYSTEM, "'%s' is another user's or group's", r->path);
	return file_read(r->path, LIMIT_CONFIG_FILE, &r->text, err);
}

/* Mistakes are not shown: what is in force was read without any. */
static int parse(const struct remembering *r, struct config **out, struct error *err)
{
	struct diags diags = {0};
	char *folder = file_folder(r->path);
	int result = folder ? config_parse(r->path, folder, buf_str(&r->text), rulebook_checks(),
				      out, &diags, err)
			    : error_memory(err);
	free(folder);
	diags_finish(&diags);
	return result;
}

/* Its place among the clients of the file, as chat_writer. */
static int find_whose(const struct remembering *r, size_t told, size_t *out, struct error *err)
{
	const struct config *in_force = r->in->book->config, *c = r->as_meant;
	if (told == in_force->client_count) {
		*out = c->client_count;
		return 0;
	}
	const struct client *client = config_client(c, in_force->clients[told].id);
	if (!client)
		return error_set(err, ERROR_CONFIG, "'%s' has no client '%.*s' any more", r->path,
			STR_ARG(in_force->clients[told].id));
	*out = (size_t)(client - c->clients);
	return 0;
}

static int add_one(struct remembering *r, size_t k, struct error *err)
{
	struct told_name told = r->told[k];
	struct config *c = r->as_meant;
	const struct str no_id = {0};
	struct buf text = {0};
	if (find_whose(r, told.whose, &told.whose, err) < 0)
		return -1;
	size_t known = chat_writer(told.name, no_id, false, &c->me, c->clients, c->client_count);
	if (known != SIZE_MAX)
		return known == told.whose
			? 0
			: error_set(err, ERROR_CONFIG, "'%.*s' is somebody else's in '%s' by now",
				  STR_ARG(told.name), r->path);
	size_t client = told.whose == c->client_count ? CONFIG_ME : told.whose;
	if (config_add_name(
		    r->path, buf_str(&r->text), client, told.name, &text, &r->lines[k], err) < 0) {
		buf_finish(&text);
		return -1;
	}
	buf_finish(&r->text);
	r->text = text;
	r->added++;
	return told_name_add(c, &told, err);
}

/* The text says all that it said, and the names, and nothing else. */
static int check(const struct remembering *r, struct error *err)
{
	struct config *as_read = NULL;
	struct buf read = {0}, meant = {0};
	if (parse(r, &as_read, err) < 0)
		return -1;
	config_spell(as_read, &read);
	config_spell(r->as_meant, &meant);
	int result = 0;
	if (read.failed || meant.failed)
		result = error_memory(err);
	else if (!str_eq(buf_str(&read), buf_str(&meant)))
		result = error_set(
			err, ERROR_CONFIG, "no place for them was found in '%s'", r->path);
	buf_finish(&read);
	buf_finish(&meant);
	config_free(as_read);
	return result;
}

static struct str line_of(struct str text, unsigned number)
{
	struct str line = {0};
	while (number-- && str_line(&text, &line))
		;
	return line;
}

static void tell_written(const struct remembering *r, struct buf *kept)
{
	struct str path = str_from(r->path);
	for (size_t k = 0; k < r->count; k++) {
		bool shown = !r->lines[k];
		for (size_t j = 0; j < k; j++)
			shown |= r->lines[j] == r->lines[k];
		if (!shown)
			import_tell(path, "line %u is now: %.*s", r->lines[k],
				STR_ARG(str_trim(line_of(buf_str(&r->text), r->lines[k]))));
	}
	import_tell(path, "what was there is in %s", buf_cstr(kept));
	if (control_runs(r->in->book->config->archive))
		import_tell(path, "'overstep reload' brings it into force for the service");
}

static void tell_unwritten(const struct remembering *r, const struct error *why)
{
	const struct config *c = r->in->book->config;
	import_tell(STR("not remembered"), "%s; it holds for this import, and for good with",
		why->text);
	for (size_t k = 0; k < r->count; k++) {
		bool me = r->told[k].whose == c->client_count;
		struct buf name = {0};
		config_add_text(&name, r->told[k].name);
		import_tell(me ? STR("me") : c->clients[r->told[k].whose].id, "names = [ %s ];",
			buf_cstr(&name));
		buf_finish(&name);
	}
}

void told_names_remember(const struct invocation *in, const struct told_name *told, size_t count)
{
	struct remembering r = {.in = in,
		.path = in->book->config->path.ptr,
		.told = told,
		.count = count,
		.lines = calloc(count, sizeof(*r.lines))};
	struct buf kept = {0};
	struct error why = {0};
	int result = r.lines ? find_file(&r, &why) : error_memory(&why);
	if (!result)
		result = parse(&r, &r.as_meant, &why);
	for (size_t k = 0; k < count && !result; k++)
		result = add_one(&r, k, &why);
	if (!result)
		result = check(&r, &why);
	if (!result && r.added) {
		dialogue_hold_signals();
		result = config_write(r.path, buf_str(&r.text), r.mode, &kept, &why);
		dialogue_release_signals();
	}
	if (result < 0)
		tell_unwritten(&r, &why);
	else if (r.added)
		tell_written(&r, &kept);
	free(r.lines);
	config_free(r.as_meant);
	buf_finish(&r.text);
	buf_finish(&kept);
}
