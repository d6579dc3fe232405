/* overstep rules new: a rule to begin with, filled in as far as it is known. */
#include "app/rulebook.h"
#include "base/file.h"
#include "config/config.h"
#include "rules_command.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The fields that a rule cannot do without, and what is to be filled in. */
static const struct {
	const char *name, *hint;
} fields[] = {
	{"title", "what is said, neutrally"},
	{"sign", "one of"},
	{"severity", NULL},
	{"lang", NULL},
	{"from", NULL},
	{"says", "phrases as people say them, with | between them"},
	{"yes", "a message with such a phrase"},
	{"no", "an innocent message with nearly the same words"},
};

static struct str stated(const struct invocation *in, const char *field, struct str name)
{
	struct str first, rest = name;
	enum sign sign;
	const char *value = option(in, field);
	if (value)
		return str_from(value);
	/* the names of the shipped rules begin with their sign */
	if (!strcmp(field, "sign") && str_split(&rest, '/', &first) && sign_parse(first, &sign))
		return first;
	return !strcmp(field, "severity") ? STR("2") : (struct str){0};
}

/* A comment that says what to fill in, and the field without it. */
static void add_gap(const char *field, const char *hint, struct buf *out)
{
	buf_add_format(out, "# %s: %s", field, hint);
	for (int i = 0; !strcmp(field, "sign") && i < SIGN_FIRST_MARKER; i++)
		buf_add_format(out, "%s%s", i ? ", " : " ", sign_name((enum sign)i));
	buf_add_format(out, "\n  %s\n", field);
}

/* What goes on in a second line would be a field of its own. */
static int refuse_lines(const struct invocation *in, struct error *err)
{
	if (strchr(in->arguments[1], '\n'))
		return error_set(err, ERROR_USAGE, "a name of several lines, expected one");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *value = option(in, fields[i].name);
		if (value && strchr(value, '\n'))
			return error_set(err, ERROR_USAGE,
				"a value of several lines for --%s, expected one (in examples ¶ "
				"ends a paragraph)",
				fields[i].name);
	}
	return 0;
}

/* *missing: fields that are to be filled in. */
static void write_rule(
	const struct invocation *in, struct str name, struct buf *out, size_t *missing)
{
	buf_add_format(out, "rule %.*s\n", STR_ARG(name));
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct str value = stated(in, fields[i].name, name);
		if (!value.len && !fields[i].hint)
			continue;
		if (value.len) {
			buf_add_format(out, "  %-9s %.*s\n", fields[i].name, STR_ARG(value));
			continue;
		}
		++*missing;
		add_gap(fields[i].name, fields[i].hint, out);
	}
}

/* What is wrong with what was stated; what is missing is told by `check`, in its time. */
static int check(const struct str text, const char *place, size_t missing, struct error *err)
{
	const struct rule_file file = {.name = str_from(place), .bytes = text};
	const struct ruleset_options options = {0};
	struct ruleset *set = NULL;
	struct diags diags = {0};
	size_t left_out;
	if (missing)
		return 0;
	int code = ruleset_load(&file, 1, &options, &set, &left_out, &diags, err);
	if (!code) {
		diags_tell(&diags, stderr);
		code = rules_exit_code(set, &diags);
	}
	ruleset_free(set);
	diags_finish(&diags);
	return code;
}

/* A bare name goes into the first folder of rules that the configuration names. free() it. */
static char *place_of(const struct invocation *in, const char *file)
{
	const struct config *config = in->book->config;
	for (size_t i = 0; config && !strchr(file, '/') && i < config->rules.count; i++) {
		char *folder = str_dup(config->rules.items[i]);
		char *place = folder && file_is_folder(folder) ? file_join(folder, file) : NULL;
		free(folder);
		if (place)
			return place;
	}
	return str_dup(str_from(file));
}

/* Made, never written over. */
static int write_file(const char *place, struct str text, struct error *err)
{
	int fd = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0 && errno == EEXIST)
		return error_set(
			err, ERROR_USAGE, "'%s' is there already, expected a new file", place);
	if (fd < 0)
		return error_system(err, errno, "cannot make '%s'", place);
	int result = file_write_all(fd, text.ptr, text.len, err);
	if (close(fd) < 0 && !result)
		result = error_system(err, errno, "cannot write '%s'", place);
	if (result < 0)
		unlink(place);
	return result;
}

static bool is_shipped(const struct invocation *in, struct str name)
{
	for (size_t i = 0; i < ruleset_count(in->book->rules); i++)
		if (str_eq(ruleset_rule(in->book->rules, i)->name, name))
			return true;
	return false;
}

static void say_next(const char *place, size_t missing, bool replaces, struct str name)
{
	if (replaces)
		fprintf(stderr,
			"%.*s is in force already: if it is shipped, yours takes its place\n",
			STR_ARG(name));
	if (place)
		fprintf(stderr, "wrote %s\n", place);
	if (missing)
		fprintf(stderr, "fill in what stands behind '#', then: overstep check %s\n",
			place ? place : "FILE");
	else
		fprintf(stderr, "see what it finds: overstep backtest --rules %s\n",
			place ? place : "FILE");
}

int rules_new(struct invocation *in, struct error *err)
{
	const char *file = option(in, "file");
	struct str name = str_from(in->arguments[1]);
	struct buf text = {0};
	size_t missing = 0;
	if (file && !str_ends(str_from(file), STR(".rules")))
		return error_set(err, ERROR_USAGE,
			"bad file '%s', expected a name that ends in .rules", file);
	if (refuse_lines(in, err) < 0)
		return -1;
	char *place = file ? place_of(in, file) : NULL;
	write_rule(in, name, &text, &missing);
	int code = text.failed || (file && !place) ? error_memory(err) : 0;
	if (!code)
		code = check(buf_str(&text), place ? place : "the rule", missing, err);
	if (!code && place)
		code = write_file(place, buf_str(&text), err);
	else if (!code)
		print_visible(in, buf_str(&text), true);
	if (!code)
		say_next(place, missing, is_shipped(in, name), name);
	buf_finish(&text);
	free(place);
	return code;
}
