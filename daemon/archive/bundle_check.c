/* A bundle against its manifests: nothing changed, taken away or added. */
#include "bundle_check.h"

#include "base/limits.h"
#include "base/signing.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

void bundle_tell(
	struct bundle_check *b, enum verify_state state, const char *part, const char *format, ...)
{
	struct buf text = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	if (state == VERIFY_ALTERED)
		b->summary.altered++;
	else
		b->summary.cannot_tell++;
	const struct verify_note note = {state, 0, part, buf_str(&text)};
	b->plan->listener.note(b->plan->listener.context, &note);
	buf_finish(&text);
}

/* "<64 digits>  path" */
static void check_line(struct bundle_check *b, struct str name, struct str line)
{
	struct sha256 sum;
	struct str path = str_slice(line, 66, line.len);
	if (!sha256_parse(str_slice(line, 0, 64), &sum) ||
		!str_eq(str_slice(line, 64, 66), STR("  ")) || !path.len) {
		bundle_tell(b, VERIFY_ALTERED, "manifest", "a line of %.*s is not in its form",
			STR_ARG(name));
		return;
	}
	struct found_file *file = bundle_file_at(b, path);
	if (!file) {
		bundle_tell(b, VERIFY_ALTERED, "file", "taken away: %.*s", STR_ARG(path));
		return;
	}
	if (file->listed)
		bundle_tell(b, VERIFY_ALTERED, "manifest", "listed twice: %.*s", STR_ARG(path));
	file->listed = true;
	if (!sha256_eq(&sum, &file->sum))
		bundle_tell(b, VERIFY_ALTERED, "file", "changed: %.*s", STR_ARG(path));
}

static int check_manifest(struct bundle_check *b, struct str name, struct error *err)
{
	struct buf text = {0};
	const struct found_file *file = bundle_file_at(b, name);
	int result = bundle_file_read(b, file, LIMIT_BUNDLE_LIST, &text, err);
	struct str rest = buf_str(&text), line;
	if (!result && !str_ends(rest, STR("\n")))
		bundle_tell(b, VERIFY_ALTERED, "manifest", "%.*s does not end in a line end",
			STR_ARG(name));
	while (!result && str_split(&rest, '\n', &line))
		if (line.len || rest.len)
			check_line(b, name, line);
	buf_finish(&text);
	return result;
}

static void check_additions(struct bundle_check *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (!b->files[i].listed &&
			!str_starts(b->files[i].path, STR("tagmanifest-sha256.txt")))
			bundle_tell(b, VERIFY_ALTERED, "file", "added: %.*s",
				STR_ARG(b->files[i].path));
}

/* The manifest of the manifests, signed by the key of the newest checkpoint. */
static int check_signature(struct bundle_check *b, struct error *err)
{
	const struct found_file *signature = bundle_file_at(b, STR("tagmanifest-sha256.txt.sig"));
	struct buf key = {0}, text = {0}, sig = {0};
	int result = 0;
	if (!signature) {
		bundle_tell(b, VERIFY_CANNOT_TELL, "manifest",
			"whether what no record names (the table, the report, the words) is as it "
			"was: tagmanifest-sha256.txt has no signature");
		return 0;
	}
	if (signature->size_bytes > LIMIT_SIGNATURE ||
		bundle_file_at(b, STR("data/log-key.pem"))->size_bytes > LIMIT_KEY_PEM) {
		bundle_tell(b, VERIFY_ALTERED, "manifest",
			"tagmanifest-sha256.txt does not fit its signature");
		return 0;
	}
	if (bundle_file_read(b, signature, LIMIT_SIGNATURE, &sig, err) < 0 ||
		bundle_file_read(b, bundle_file_at(b, STR("data/log-key.pem")), LIMIT_KEY_PEM, &key,
			err) < 0 ||
		bundle_file_read(b, bundle_file_at(b, STR("tagmanifest-sha256.txt")),
			LIMIT_BUNDLE_LIST, &text, err) < 0)
		result = -1;
	else if (signing_verify(buf_str(&key), buf_str(&text), buf_str(&sig), NULL) != 1)
		bundle_tell(b, VERIFY_ALTERED, "manifest",
			"tagmanifest-sha256.txt does not fit its signature");
	buf_finish(&key);
	buf_finish(&text);
	buf_finish(&sig);
	return result;
}

static int check(struct bundle_check *b, struct error *err)
{
	int go_on = bundle_tree_read(b, err);
	if (go_on <= 0)
		return go_on;
	if (check_manifest(b, STR("manifest-sha256.txt"), err) < 0 ||
		check_manifest(b, STR("tagmanifest-sha256.txt"), err) < 0)
		return -1;
	check_additions(b);
	return check_signature(b, err) < 0 ? -1 : bundle_check_log(b, err);
}

int bundle_verify(const char *folder, const struct verify_plan *plan, struct verify_summary *out,
	struct error *err)
{
	struct bundle_check b = {.plan = plan};
	b.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b.folder < 0)
		return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_SYSTEM,
			"there is no bundle at '%s'", folder);
	int result = check(&b, err);
	if (!result)
		*out = b.summary;
	close(b.folder);
	free(b.files);
	free(b.keys);
	buf_finish(&b.log);
	arena_finish(&b.arena);
	return result;
}
