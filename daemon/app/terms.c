/* What is judged by besides the rules, as text for the evidence log: hours, calendars, contracts.
 */
#include "app/rulebook.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "config/config.h"
#include "rules/ruleset.h"
#include "worktime/zone.h"

static void add_line(struct buf *out, const char *key, struct str value)
{
	if (!value.len)
		return;
	buf_add_format(out, "%s: ", key);
	utf8_add_visible(out, value, false);
	buf_add_char(out, '\n');
}

static void add_lines(struct buf *out, const char *key, const struct strs *values)
{
	for (size_t i = 0; i < values->count; i++)
		add_line(out, key, values->items[i]);
}

static void add_client(struct buf *out, const struct client *client)
{
	buf_add_format(out, "\n[client %.*s]\n", STR_ARG(client->id));
	for (size_t i = 0; i < client->addresses.count; i++)
		buf_add_format(out, "address: %.*s %.*s\n", STR_ARG(client->id),
			STR_ARG(client->addresses.items[i]));
	for (size_t i = 0; i < client->platform.count; i++) {
		buf_add_format(out, "platform: %.*s ", STR_ARG(client->id));
		utf8_add_visible(out, client->platform.items[i], false);
		buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < client->names.count; i++) {
		buf_add_format(out, "chat-name: %.*s ", STR_ARG(client->id));
		utf8_add_visible(out, client->names.items[i], false);
		buf_add_char(out, '\n');
	}
	add_lines(out, "hours", &client->hours);
	add_line(out, "time-zone", client->time_zone);
	add_lines(out, "office-hours", &client->office_hours);
	if (client->has_hours_told)
		buf_add_format(out, "hours-told: %04d-%02d-%02d\n", client->hours_told.year,
			client->hours_told.month, client->hours_told.day);
	add_lines(out, "includes", &client->contract.includes);
	add_lines(out, "excludes", &client->contract.excludes);
}

static void add_people(struct buf *out, const struct rulebook *b)
{
	const struct me *me = &b->config->me;
	buf_add_cstr(out, "\n[me]\n");
	add_lines(out, "my-chat-name", &me->names);
	add_line(out, "time-zone", me->time_zone);
	add_lines(out, "hours", &me->hours);
	add_lines(out, "holidays", &me->holidays);
	add_lines(out, "leave", &me->leave);
	add_line(out, "night", me->night);
	for (size_t i = 0; i < b->config->client_count; i++)
		add_client(out, &b->config->clients[i]);
}

void rulebook_terms(const struct rulebook *b, struct buf *out)
{
	char tzdata[TZDATA_VERSION_SIZE], engine[RULESET_ENGINE_SIZE];
	zone_tzdata_version(NULL, tzdata);
	ruleset_engine(engine);
	buf_add_format(out, "overstep-terms v1\nprogram: %s\ntzdata: %s\nengine: %s\n",
		OVERSTEP_VERSION, tzdata, engine);
	add_people(out, b);
}

int rulebook_sum(const struct rulebook *b, char out[SHA256_HEX_SIZE], struct error *err)
{
	char tzdata[TZDATA_VERSION_SIZE];
	struct buf text = {0};
	struct sha256 sum;
	config_spell(b->config, &text);
	ruleset_write(b->rules, &text);
	zone_tzdata_version(NULL, tzdata);
	buf_add_cstr(&text, tzdata);
	add_people(&text, b);
	int result = text.failed ? error_memory(err) : sha256_of(buf_str(&text), &sum, err);
	if (!result)
		sha256_hex(&sum, out);
	buf_finish(&text);
	return result;
}
