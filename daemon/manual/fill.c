/* manual_fill PAGE: writes the page with each @name@ replaced by what the programs' tables hold. */
#include "app/events.h"
#include "base/file.h"
#include "config/config.h"
#include "index/index.h"
#include "model/sign.h"
#include "options.h"
#include "rules/ruleset.h"
#include "scdoc.h"
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES (1 << 20)

static void fill_version(FILE *out)
{
	fputs(OVERSTEP_VERSION, out);
}

static void fill_options_of(FILE *out, unsigned depth, const struct command_option *rows)
{
	for (; rows && rows->name; rows++)
		scdoc_option(out, depth, rows->name, rows->argument, rows->help);
}

static void fill_options(FILE *out)
{
	fill_options_of(out, 0, options_of_all);
}

static void fill_service_options(FILE *out)
{
	fill_options_of(out, 0, service_options);
}

static void fill_commands(FILE *out)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = commands[i];
		fprintf(out, "*%s* ", c->name);
		scdoc_text(out, c->usage);
		fputs("\n\t", out);
		scdoc_sentence(out, c->summary);
		fputs("\n\n", out);
		if (c->help)
			scdoc_paragraphs(out, 1, c->help);
		fill_options_of(out, 1, c->options);
	}
}

static void fill_codes(FILE *out, bool of_service)
{
	for (const struct exit_code *row = exit_codes; row->meaning; row++)
		if (row->of_service || !of_service) {
			fprintf(out, "*%d*\n\t", row->code);
			scdoc_sentence(out, row->meaning);
			fputs("\n\n", out);
		}
}

static void fill_exit_codes(FILE *out)
{
	fill_codes(out, false);
}

static void fill_service_exit_codes(FILE *out)
{
	fill_codes(out, true);
}

static void fill_setting(FILE *out, unsigned depth, const struct setting_help *s)
{
	scdoc_indent(out, depth);
	fputs("*", out);
	scdoc_text(out, s->name);
	fputs("* = ", out);
	scdoc_text(out, s->expected);
	putc('\n', out);
	scdoc_indent(out, depth + 1);
	scdoc_sentence(out, s->help);
	if (s->range) {
		fputs(" From ", out);
		scdoc_text(out, s->range);
		putc('.', out);
	}
	if (s->required)
		fputs(" Required.", out);
	if (s->fallback) {
		fputs(" Default: ", out);
		scdoc_text(out, s->fallback);
		putc('.', out);
	}
	fputs("\n\n", out);
}

/* Those of the file itself that are no groups. */
static void fill_plain_setting(void *out, const struct setting_help *s)
{
	if (s->depth == 0 && !s->group)
		fill_setting(out, 0, s);
}

static void fill_grouped_setting(void *out, const struct setting_help *s)
{
	if (s->depth > 0) {
		fill_setting(out, s->depth - 1, s);
	} else if (s->group) {
		fprintf(out, "## %s\n\n", s->name);
		scdoc_sentence(out, s->help);
		fputs(" Written as ", out);
		scdoc_text(out, s->expected);
		fputs(".\n\n", out);
	}
}

static void fill_settings(FILE *out)
{
	config_describe(fill_plain_setting, out);
	config_describe(fill_grouped_setting, out);
}

static void fill_rule_fields(FILE *out)
{
	struct rule_field field;
	for (size_t i = 0; rule_field(i, &field); i++) {
		fprintf(out, "*%s* ", field.name);
		scdoc_text(out, field.value);
		fputs("\n\t", out);
		scdoc_sentence(out, field.help);
		fputs("\n\n", out);
	}
}

static void fill_signs(FILE *out)
{
	for (int i = 0; i < SIGN_COUNT; i++) {
		fprintf(out, "*%s*\n\t", sign_name((enum sign)i));
		scdoc_sentence(out, sign_help((enum sign)i));
		fputs("\n\n", out);
	}
}

static void fill_query_fields(FILE *out)
{
	const struct query_field *field;
	for (size_t i = 0; (field = query_field(i)); i++) {
		fprintf(out, "*%s:*_", field->name);
		scdoc_text(out, field->example);
		fputs("_\n\t", out);
		scdoc_sentence(out, field->help);
		fputs("\n\n", out);
	}
}

static void fill_events(FILE *out)
{
	fputs("```\n", out);
	for (const struct log_kind *const *kind = events; *kind; kind++)
		fprintf(out, "%-24s %s\n", (*kind)->name, (*kind)->message_id);
	fputs("```\n", out);
}

static const struct {
	const char *name;
	void (*fill)(FILE *out);
} parts[] = {
	{"@version@", fill_version},
	{"@commands@", fill_commands},
	{"@options@", fill_options},
	{"@exit-codes@", fill_exit_codes},
	{"@service-options@", fill_service_options},
	{"@service-exit-codes@", fill_service_exit_codes},
	{"@events@", fill_events},
	{"@settings@", fill_settings},
	{"@rule-fields@", fill_rule_fields},
	{"@signs@", fill_signs},
	{"@query-fields@", fill_query_fields},
};

/* The name that stands at the beginning of text, with both its @; absent: none. */
static struct str part_name(struct str text)
{
	size_t len = 1;
	while (len < text.len && strchr("abcdefghijklmnopqrstuvwxyz-", text.ptr[len]))
		len++;
	return len > 1 && len < text.len && text.ptr[len] == '@' ? str_slice(text, 0, len + 1)
								 : (struct str){0};
}

static bool fill_part(FILE *out, struct str name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (str_eq(name, str_from(parts[i].name))) {
			parts[i].fill(out);
			return true;
		}
	fprintf(stderr, "manual_fill: nothing is called '%.*s'\n", STR_ARG(name));
	return false;
}

static int fill(FILE *out, struct str page)
{
	while (page.len) {
		struct str name = page.ptr[0] == '@' ? part_name(page) : (struct str){0};
		if (name.len && !fill_part(out, name))
			return EXIT_FAILURE;
		if (!name.len)
			putc(page.ptr[0], out);
		page = str_slice(page, name.len ? name.len : 1, page.len);
	}
	return fflush(out) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct buf page = {0};
	struct error err = {0};
	if (argc != 2) {
		fputs("usage: manual_fill PAGE\n", stderr);
		return EXIT_FAILURE;
	}
	int code = EXIT_FAILURE;
	if (file_read(argv[1], PAGE_BYTES, &page, &err) < 0)
		fprintf(stderr, "manual_fill: %s\n", err.text);
	else
		code = fill(stdout, buf_str(&page));
	buf_finish(&page);
	return code;
}
