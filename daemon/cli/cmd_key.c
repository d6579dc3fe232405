/* overstep key: the key that signs the log, and its replacement. */
#include "app/rulebook.h"
#include "archive/archive.h"
#include "archive/checkpoint.h"
#include "base/file.h"
#include "config/config.h"
#include "output.h"
#include <inttypes.h>
#include <stdlib.h>

#define CREDENTIALS getenv("CREDENTIALS_DIRECTORY")

/* Where the key is, and what is left to be done when systemd holds one. */
static int say_where(struct invocation *in, const struct log_key *key, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	char *path = folder ? file_join(folder, LOG_KEY_FILE) : NULL;
	if (path && key->replaced)
		print(in,
			"systemd still holds the key before this one, which is passed over. To have "
			"it hold this one, as root:\n"
			"  systemd-creds encrypt --name=log-key '%s' /etc/credstore.encrypted/log-key\n"
			"  systemctl edit overstepd      # [Service]  "
			"LoadCredentialEncrypted=log-key:/etc/credstore.encrypted/log-key\n"
			"  systemctl restart overstepd\n"
			"  rm '%s'      # when 'overstep key', run with the credential, says so\n",
			path, path);
	else if (path && key->by_systemd)
		print(in, "systemd holds it%s%s%s\n", file_exists(path) ? "; remove '" : "",
			file_exists(path) ? path : "",
			file_exists(path) ? "', which is not used any more" : "");
	int result = path ? 0 : error_memory(err);
	free(path);
	free(folder);
	return result;
}

/* What is told of the key: its name, which a checkpoint carries, and its public half. */
static int show(struct invocation *in, struct archive *a, struct error *err)
{
	char name[SHA256_HEX_SIZE];
	struct log_key key = {0};
	struct stored_checkpoint newest = {0};
	if (log_key_open(a, CREDENTIALS, &key, err) < 0)
		return -1;
	int known = archive_checkpoint_at(a, UINT64_MAX, &newest, err);
	sha256_hex(&key.name, name);
	if (known >= 0 && in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "key", name);
		json_str(w, "public", buf_str(&key.public_pem));
		json_int(w, "covered", (int64_t)newest.checkpoint.records);
		json_cstr(w, "held_by", key.by_systemd ? "systemd" : "file");
		json_bool(w, "credential_replaced", key.replaced);
		known = json_item_end(in, &line, err);
	} else if (known >= 0) {
		print(in, "key %s (SHA-256 of the text below)\n", name);
		print_str(in, buf_str(&key.public_pem));
		if (known)
			print(in, "its newest checkpoint covers E-%06" PRIu64 "\n",
				newest.checkpoint.records);
		else
			print(in, "there is no checkpoint yet\n");
		known = say_where(in, &key, err);
	}
	stored_checkpoint_finish(&newest);
	log_key_close(&key);
	return known < 0 ? -1 : 0;
}

static int run(struct invocation *in, struct error *err)
{
	bool lost = has_option(in, "lost"), rotate = has_option(in, "rotate");
	if (lost && rotate)
		return error_set(err, ERROR_USAGE,
			"--rotate needs the old key and --lost says that it is gone: expected one "
			"of them");
	char *folder = str_dup(in->book->config->archive);
	struct archive *a = NULL;
	int result =
		folder ? archive_open(folder, ARCHIVE_WRITE, NULL, &a, err) : error_memory(err);
	if (!result && (lost || rotate))
		result = log_key_rotate(a, CREDENTIALS, lost, err);
	if (!result)
		result = show(in, a, err);
	archive_close(a);
	free(folder);
	return result;
}

static const struct command_option options[] = {
	{"rotate", NULL, "a new key takes the old one's place, signed by it"},
	{"lost", NULL, "begin with a new key because the old one is gone; the log says so"},
	{0},
};

const struct command command_key = {
	.name = "key",
	.usage = "[--rotate|--lost]",
	.summary = "Show the key that signs the log, or replace it",
	.help = "Give the first line to somebody else early: it tells this log from any other.\n\n"
		"  overstep key\n"
		"  overstep key --rotate\n\n"
		"A key that systemd holds as the credential log-key is known to its unit alone. This\n"
		"replaces it, and tells how systemd gets the new one:\n\n"
		"  systemd-run --pipe --uid=overstep -p \\\n"
		"    LoadCredentialEncrypted=log-key:/etc/credstore.encrypted/log-key \\\n"
		"    overstep key --rotate",
	.needs = NEEDS_CONFIG,
	.options = options,
	.most = 0,
	.run = run,
};
