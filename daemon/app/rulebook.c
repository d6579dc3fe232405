/* Everything that messages are judged by, loaded once and frozen: configuration, rules, calendars.
 */
#include "app/rulebook.h"

#include "base/file.h"
#include "chat/chat.h"
#include "config/config.h"
#include "judge/sequence.h"
#include "rule_files.h"
#include "rules/ruleset.h"
#include "rules/titles.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int check_locale(struct str s, struct error *err)
{
	enum chat_order order;
	return chat_order_parse(s, &order, err);
}

static const struct config_checks checks = {
	.zone = worktime_check_zone,
	.locale = check_locale,
	.hours = worktime_check_hours,
	.holidays = worktime_check_holidays,
	.leave = worktime_check_leave,
	.night = worktime_check_night,
};

const struct config_checks *rulebook_checks(void)
{
	return &checks;
}

static int load_rules(struct rulebook *b, const struct rulebook_plan *plan, struct diags *diags,
	struct error *err)
{
	struct rule_files files = {0};
	char **packs = NULL;
	size_t pack_count = 0;
	int result = rulebook_packs(b->shipped_rules, &packs, &pack_count, err);
	if (!result)
		result = rule_files_gather(b, plan->rules_on_trial, &files, diags, err);
	const struct ruleset_options options = {
		.remarks = plan->remarks,
		.no_jit = plan->no_jit,
		.packs = (const char *const *)packs,
		.pack_count = pack_count,
		.clients = b->config ? b->config->clients : NULL,
		.client_count = b->config ? b->config->client_count : 0,
		.on_trial = files.on_trial,
		.judge_sequences = sequences_judge,
	};
	if (!result)
		result = ruleset_load(files.items, files.count, &options, &b->rules,
			&b->files_left_out, diags, err);
	b->files_left_out += files.left_out;
	rule_files_finish(&files);
	file_list_free(packs, pack_count);
	return result;
}

/* A client without hours or a zone of its own has none of that clock. */
static int load_client_clocks(struct rulebook *b, size_t i, struct error *err)
{
	const struct client *client = &b->config->clients[i];
	const struct me *me = &b->config->me;
	const struct worktime_plan agreed = {
		.time_zone = me->time_zone,
		.hours = client->hours,
		.holidays = me->holidays,
		.leave = me->leave,
		.night = me->night,
	};
	const struct worktime_plan theirs = {
		.time_zone = client->time_zone,
		.hours = client->office_hours,
	};
	if (client->hours.count && worktime_new(&agreed, &b->agreed[i], err) < 0)
		return error_prefix(err, "client '%.*s'", STR_ARG(client->id));
	if (client->time_zone.len && worktime_new(&theirs, &b->theirs[i], err) < 0)
		return error_prefix(err, "client '%.*s'", STR_ARG(client->id));
	return 0;
}

static int load_clocks(struct rulebook *b, struct error *err)
{
	const struct me *me = &b->config->me;
	const struct worktime_plan mine = {
		.time_zone = me->time_zone,
		.hours = me->hours,
		.holidays = me->holidays,
		.leave = me->leave,
		.night = me->night,
	};
	size_t count = b->config->client_count;
	b->agreed = calloc(count + 1, sizeof(*b->agreed));
	b->theirs = calloc(count + 1, sizeof(*b->theirs));
	b->zones = calloc(b->config->account_count + 1, sizeof(*b->zones));
	if (!b->agreed || !b->theirs || !b->zones)
		return error_memory(err);
	if (worktime_new(&mine, &b->mine, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (load_client_clocks(b, i, err) < 0)
			return -1;
	for (size_t i = 0; i < b->config->account_count; i++) {
		struct str zone = b->config->accounts[i].time_zone;
		if (zone.len && zone_open(zone, NULL, &b->zones[i], err) < 0)
			return -1;
	}
	return 0;
}

static int load(struct rulebook *b, const struct rulebook_plan *plan, struct diags *diags,
	struct error *err)
{
	b->shipped_rules = rulebook_shipped_folder();
	if (plan->no_config)
		return load_rules(b, plan, diags, err);
	if (config_find(plan->config, secure_getenv, &b->config_path, err) < 0 ||
		config_load(b->config_path, &checks, &b->config, diags, err) < 0)
		return -1;
	if (load_clocks(b, err) < 0)
		return -1;
	return plan->settings_only ? 0 : load_rules(b, plan, diags, err);
}

int rulebook_load(const struct rulebook_plan *plan, struct rulebook **out, struct diags *diags,
	struct error *err)
{
	struct rulebook *b = calloc(1, sizeof(*b));
	if (!b)
		return error_memory(err);
	if (load(b, plan, diags, err) < 0) {
		rulebook_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

int rulebook_recall(struct config *config, const struct rule_file *files, size_t count,
	struct rulebook **out, struct diags *diags, struct error *err)
{
	struct rulebook *b = calloc(1, sizeof(*b));
	if (!b) {
		config_free(config);
		return error_memory(err);
	}
	b->config = config;
	const struct ruleset_options options = {
		.skip_examples = true,
		.clients = config->clients,
		.client_count = config->client_count,
		.judge_sequences = sequences_judge,
	};
	if (load_clocks(b, err) < 0 ||
		ruleset_load(files, count, &options, &b->rules, &b->files_left_out, diags, err) <
			0) {
		rulebook_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

void rulebook_free(struct rulebook *b)
{
	if (!b)
		return;
	for (size_t i = 0; b->config && i < b->config->client_count; i++) {
		if (b->agreed)
			worktime_free(b->agreed[i]);
		if (b->theirs)
			worktime_free(b->theirs[i]);
	}
	for (size_t i = 0; b->zones && i < b->config->account_count; i++)
		zone_close(b->zones[i]);
	free(b->agreed);
	free(b->theirs);
	free(b->zones);
	worktime_free(b->mine);
	ruleset_free(b->rules);
	rule_titles_free(b->titles);
	config_free(b->config);
	free(b->config_path);
	free(b->shipped_rules);
	free(b);
}

int rulebook_titles(struct rulebook *b, const struct rule_titles **out, struct error *err)
{
	struct rule_files files = {0};
	struct diags diags = {0};
	int result = b->titles ? 0 : rule_files_gather(b, NULL, &files, &diags, err);
	if (!result && !b->titles)
		result = rule_titles_read(files.items, files.count, &b->titles, err);
	diags_finish(&diags);
	rule_files_finish(&files);
	*out = b->titles;
	return result;
}

size_t rulebook_client(const struct rulebook *b, struct str id)
{
	size_t count = b->config ? b->config->client_count : 0;
	for (size_t i = 0; i < count; i++)
		if (str_eq(b->config->clients[i].id, id))
			return i;
	return count;
}

const struct worktime *rulebook_hours(const struct rulebook *b, size_t client)
{
	if (b->config && client < b->config->client_count && b->agreed[client])
		return b->agreed[client];
	return b->mine;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

int rulebook_watched(const struct rulebook *b, struct str **out, size_t *count, struct error *err)
{
	size_t all = 0, kept = 0;
	for (size_t i = 0; i < b->config->client_count; i++)
		all += b->config->clients[i].addresses.count + b->config->clients[i].platform.count;
	struct str *list = calloc(all + 1, sizeof(*list));
	if (!list)
		return error_memory(err);
	all = 0;
	for (size_t i = 0; i < b->config->client_count; i++) {
		const struct client *client = &b->config->clients[i];
		const struct strs *const parties[] = {&client->addresses, &client->platform};
		for (size_t p = 0; p < 2; p++)
			for (size_t k = 0; k < parties[p]->count; k++)
				list[all++] = parties[p]->items[k];
	}
	qsort(list, all, sizeof(*list), by_bytes);
	for (size_t i = 0; i < all; i++)
		if (!kept || !str_eq(list[kept - 1], list[i]))
			list[kept++] = list[i];
	*out = list;
	*count = kept;
	return 0;
}

int rules_exit_code(const struct ruleset *rules, const struct diags *diags)
{
	if (!diags->errors)
		return 0;
	return rules && ruleset_failed_examples(rules) >= diags->errors ? 1 : 2;
}
