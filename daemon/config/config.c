/* Which file is the configuration, and the whole way from it to a frozen struct. */
#include "config/config.h"

#include "base/file.h"
#include "base/limits.h"
#include "settings.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SYSTEM_CONFIG "/etc/overstep/overstep.conf"

bool account_has_chats(enum account_type type)
{
	return type >= ACCOUNT_WHATSAPP;
}

static char *home_path(char *(*environment)(const char *), const char *variable,
	const char *below_home, const char *name)
{
	const char *base = environment(variable), *home = environment("HOME");
	if (base && base[0] == '/')
		return file_join(base, name);
	if (!home || home[0] != '/')
		return NULL;
	char *folder = file_join(home, below_home);
	char *path = folder ? file_join(folder, name) : NULL;
	free(folder);
	return path;
}

int config_find(
	const char *given, char *(*environment)(const char *), char **path, struct error *err)
{
	const char *named = given ? given : environment("OVERSTEP_CONFIG");
	if (named && *named) {
		*path = strdup(named);
		return *path ? 0 : error_memory(err);
	}
	char *own = home_path(environment, "XDG_CONFIG_HOME", ".config", "overstep/overstep.conf");
	if (own && file_exists(own)) {
		*path = own;
		return 0;
	}
	if (file_exists(SYSTEM_CONFIG)) {
		free(own);
		*path = strdup(SYSTEM_CONFIG);
		return *path ? 0 : error_memory(err);
	}
	error_set(err, ERROR_CONFIG, "no configuration, looked for '%s' and '%s'",
		own ? own : "~/.config/overstep/overstep.conf", SYSTEM_CONFIG);
	free(own);
	return -1;
}

/* The archive's folder when none is stated. */
static int place_archive(struct config *c, struct error *err)
{
	if (c->archive.len)
		return 0;
	char *path = home_path(secure_getenv, "XDG_DATA_HOME", ".local/share", "overstep");
	if (!path)
		return error_set(err, ERROR_CONFIG,
			"no place for the archive, expected 'archive' in the configuration or $HOME");
	c->archive = arena_str(&c->arena, str_from(path));
	free(path);
	return c->archive.ptr ? 0 : error_memory(err);
}

int config_load(const char *path, const struct config_checks *checks, struct config **out,
	struct diags *diags, struct error *err)
{
	struct buf bytes = {0};
	struct config *config = NULL;
	char *real = realpath(path, NULL), *folder = real ? file_folder(real) : NULL;
	int result = file_read(path, LIMIT_CONFIG_FILE, &bytes, err);
	if (result < 0 && err && err->kind != ERROR_MEMORY)
		err->kind = ERROR_CONFIG;
	if (!result && !folder)
		result = error_memory(err);
	if (!result)
		result = config_parse(path, folder, buf_str(&bytes), checks, &config, diags, err);
	if (!result) {
		config->path = arena_str(&config->arena, str_from(real));
		result = config->path.ptr ? place_archive(config, err) : error_memory(err);
	}
	buf_finish(&bytes);
	free(real);
	free(folder);
	if (result < 0) {
		config_free(config);
		return -1;
	}
	*out = config;
	return 0;
}

const struct client *config_client(const struct config *c, struct str id)
{
	for (size_t i = 0; i < c->client_count; i++)
		if (str_eq(c->clients[i].id, id))
			return &c->clients[i];
	return NULL;
}
