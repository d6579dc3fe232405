/* The rules and terms of an earlier day out of the evidence log: what an old verdict rests on. */
#include "app/recall.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "base/utf8.h"
#include "config/config.h"
#include "rules/ruleset.h"
#include <stdlib.h>
#include <string.h>

void recalled_finish(struct recalled *r)
{
	rulebook_free(r->book);
	arena_finish(&r->arena);
	*r = (struct recalled){0};
}

/* The octets of the record that a field of another names. */
static int load(struct store *s, const struct record *from, const char *key, uint64_t *seq,
	struct buf *out, struct error *err)
{
	struct record r;
	record_init(&r);
	int result = evidence_parse(record_get(from, key, 0), seq)
		? archive_record_at(s->archive, *seq, &r, err)
		: error_set(err, ERROR_INTEGRITY, "E-%06llu does not name its %s",
			  (unsigned long long)from->seq, key);
	if (result > 0 && r.seq == *seq && r.has_blob)
		result = archive_blob(s->archive, &r.blob, out, err);
	else if (result >= 0)
		result = 0;
	if (!result)
		result = error_set(err, ERROR_NOT_FOUND, "the %s of E-%06llu are not there", key,
			(unsigned long long)*seq);
	record_finish(&r);
	return result < 0 ? -1 : 0;
}

/* "key: value" */
static bool line_of(struct str line, struct str *key, struct str *value)
{
	size_t at;
	if (!str_find(line, STR(": "), &at))
		return false;
	*key = str_slice(line, 0, at);
	*value = str_slice(line, at + 2, line.len);
	return true;
}

static void add_quoted(struct buf *out, struct str value)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '"' || value.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, value.ptr[i]);
	}
	buf_add_char(out, '"');
}

/* What a line of the terms is called in a configuration. */
static const struct {
	const char *line, *setting;
	bool list, contract;
} settings[] = {
	{"time-zone", "time_zone", false, false},
	{"hours", "hours", true, false},
	{"holidays", "holidays", true, false},
	{"leave", "leave", true, false},
	{"night", "night", false, false},
	{"address", "addresses", true, false},
	{"platform", "platform", true, false},
	{"chat-name", "names", true, false},
	{"my-chat-name", "names", true, false},
	{"office-hours", "office_hours", true, false},
	{"hours-told", "hours_told", false, false},
	{"includes", "includes", true, true},
	{"excludes", "excludes", true, true},
};

/* The lines of one section as settings; `contract`: those that stand in its group. */
static void add_settings(struct buf *out, struct str section, bool contract)
{
	for (size_t s = 0; s < sizeof(settings) / sizeof(*settings); s++) {
		struct str rest = section, line, key, value;
		size_t count = 0;
		if (settings[s].contract != contract)
			continue;
		while (str_line(&rest, &line)) {
			if (!line_of(line, &key, &value) ||
				!str_eq(key, str_from(settings[s].line)))
				continue;
			/* "address: acme jane@acme.example" */
			if (str_eq(key, STR("address")) || str_eq(key, STR("platform")) ||
				str_eq(key, STR("chat-name")))
				str_split(&value, ' ', &key);
			buf_add_cstr(out, count++ ? ", " : settings[s].setting);
			buf_add_cstr(out, count > 1 ? "" : settings[s].list ? " = [ " : " = ");
			add_quoted(out, value);
		}
		if (count)
			buf_add_cstr(out, settings[s].list ? " ]; " : "; ");
	}
}

static struct str next_section(struct str *rest)
{
	size_t at;
	struct str section = *rest;
	if (str_find(*rest, STR("\n\n["), &at)) {
		section = str_slice(*rest, 0, at + 1);
		*rest = str_slice(*rest, at + 2, rest->len);
	} else {
		*rest = (struct str){0};
	}
	return section;
}

/* The terms as a configuration; whose mail is looked at, and where, is no part of them. */
static void write_config(struct str terms, struct buf *out)
{
	struct str rest = terms, section = next_section(&rest), name;
	bool first = true;
	buf_add_cstr(out, "archive = \"/nonexistent\"; accounts = ( );\n");
	while (rest.len) {
		section = next_section(&rest);
		str_line(&section, &name);
		if (str_eq(name, STR("[me]"))) {
			buf_add_cstr(out, "me: { addresses = [ \"me@recall.invalid\" ]; ");
			add_settings(out, section, false);
			buf_add_cstr(out, "};\nclients = ( ");
			continue;
		}
		buf_add_cstr(out, first ? "{ id = " : ", { id = ");
		first = false;
		add_quoted(out, str_slice(name, strlen("[client "), name.len - 1));
		buf_add_cstr(out, "; ");
		add_settings(out, section, false);
		buf_add_cstr(out, "contract: { ");
		add_settings(out, section, true);
		buf_add_cstr(out, "}; }");
	}
	buf_add_cstr(out, " );\n");
}

/* The first lines: program, tzdata, engine; and whether a calendar of the user's is in it. */
static int read_head(struct str terms, struct recalled *out, struct error *err)
{
	struct str rest = terms, line, key, value;
	if (!str_line(&rest, &line) || !str_eq(line, STR("overstep-terms v1")))
		return error_set(err, ERROR_INTEGRITY, "E-%06llu holds no terms",
			(unsigned long long)out->terms_seq);
	while (str_line(&rest, &line)) {
		if (!line_of(line, &key, &value))
			continue;
		struct str copy = arena_str(&out->arena, value);
		if (!copy.ptr)
			return error_memory(err);
		if (str_eq(key, STR("program")))
			out->program = copy;
		else if (str_eq(key, STR("tzdata")))
			out->tzdata = copy;
		else if (str_eq(key, STR("engine")))
			out->engine = copy;
		else if (str_eq(key, STR("holidays")) && str_starts(value, STR("/")))
			out->outside_files = true;
	}
	return 0;
}

static int make_book(struct recalled *out, struct str rules, struct str terms, struct error *err)
{
	struct buf text = {0};
	struct diags diags = {0};
	struct config *config = NULL;
	struct rule_file *files = NULL;
	size_t count = 0;
	write_config(terms, &text);
	int result = text.failed ? error_memory(err)
				 : config_parse("terms", "/", buf_str(&text), rulebook_checks(),
					   &config, &diags, err);
	if (!result)
		result = ruleset_unpack(rules, &files, &count, err);
	if (!result) {
		struct config *given = config;
		config = NULL;
		result = rulebook_recall(given, files, count, &out->book, &diags, err);
	}
	/* what went wrong is more than a count: its first words */
	if (result < 0 && diags.count && err)
		error_prefix(err, "the terms of E-%06llu", (unsigned long long)out->terms_seq);
	config_free(config);
	free(files);
	diags_finish(&diags);
	buf_finish(&text);
	return result;
}

int recall(struct store *s, uint64_t findings_seq, struct recalled *out, struct error *err)
{
	struct record r;
	struct buf rules = {0}, terms = {0};
	struct recalled made = {0};
	record_init(&r);
	int result = archive_record_at(s->archive, findings_seq, &r, err);
	if (result >= 0 && (!result || r.seq != findings_seq || r.type != RECORD_FINDINGS))
		result = error_set(err, ERROR_NOT_FOUND, "E-%06llu is no findings record",
			(unsigned long long)findings_seq);
	if (result > 0)
		result = load(s, &r, "rules", &made.rules_seq, &rules, err);
	if (!result)
		result = load(s, &r, "terms", &made.terms_seq, &terms, err);
	if (!result)
		result = read_head(buf_str(&terms), &made, err);
	if (!result)
		result = make_book(&made, buf_str(&rules), buf_str(&terms), err);
	record_finish(&r);
	buf_finish(&rules);
	buf_finish(&terms);
	if (result < 0) {
		recalled_finish(&made);
		return -1;
	}
	*out = made;
	return 0;
}
