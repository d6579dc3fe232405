/* Runs the files of tests/cases/rules: rules, then messages and what is found in them (README.md
 * there).
 */
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "rules_test.h"

#define FOLDER TESTS_DIR "/cases/rules"
#define PHRASES_MAX 8

/* One case while its lines are read. */
struct message_case {
	struct str title;
	struct str lang;
	enum direction direction;
	bool has_moment;
	unsigned properties;
	int64_t day;
	struct str client;
	struct buf text;
	struct span *spans;
	size_t span_count, span_cap;
	struct str includes[PHRASES_MAX], excludes[PHRASES_MAX];
	size_t include_count, exclude_count;
	bool want_near;
	struct buf want;
};

static void add_line(struct message_case *c, struct str line, enum span_kind kind, bool unsure)
{
	size_t start = c->text.len;
	buf_add_str(&c->text, line);
	buf_add_char(&c->text, '\n');
	ck_assert(array_room(&c->spans, c->span_count, &c->span_cap, sizeof(*c->spans)) == 0);
	c->spans[c->span_count++] =
		(struct span){.start = start, .end = c->text.len, .kind = kind, .unsure = unsure};
}

static void read_moment(struct message_case *c, struct str words)
{
	struct str word;
	c->has_moment = true;
	while (str_split(&words, ' ', &word)) {
		enum period period;
		ck_assert_msg(period_parse(word, &period), "moment '%.*s'", STR_ARG(word));
		c->properties |= MOMENT_BIT(period);
	}
}

static void read_today(struct message_case *c, struct str words)
{
	struct date date;
	ck_assert_msg(date_parse(words, &date), "today '%.*s'", STR_ARG(words));
	c->has_moment = true;
	c->day = date_to_days(date);
}

static void read_field(struct message_case *c, struct str field, struct str value)
{
	if (str_eq(field, STR("text")))
		add_line(c, value, SPAN_NEW, false);
	else if (str_eq(field, STR("quoted")))
		add_line(c, value, SPAN_QUOTED, false);
	else if (str_eq(field, STR("unsure")))
		add_line(c, value, SPAN_NEW, true);
	else if (str_eq(field, STR("lang")))
		c->lang = value;
	else if (str_eq(field, STR("from")))
		c->direction = str_eq(value, STR("me")) ? DIRECTION_OUT : DIRECTION_IN;
	else if (str_eq(field, STR("moment")))
		read_moment(c, value);
	else if (str_eq(field, STR("today")))
		read_today(c, value);
	else if (str_eq(field, STR("client")))
		c->client = value;
	else if (str_eq(field, STR("includes")))
		c->includes[c->include_count++ % PHRASES_MAX] = value;
	else if (str_eq(field, STR("excludes")))
		c->excludes[c->exclude_count++ % PHRASES_MAX] = value;
	else if (str_eq(field, STR("hit")) || str_eq(field, STR("near"))) {
		c->want_near |= str_eq(field, STR("near"));
		buf_add_format(&c->want, "%.*s %.*s\n", STR_ARG(field), STR_ARG(value));
	} else
		ck_abort_msg("unknown field '%.*s'", STR_ARG(field));
}

static void add_quoted(struct buf *out, struct str words)
{
	buf_add_char(out, '\'');
	for (size_t i = 0; i < words.len; i++) {
		if (words.ptr[i] == '\n')
			buf_add_cstr(out, "⏎");
		else
			buf_add_char(out, words.ptr[i]);
	}
	buf_add_char(out, '\'');
}

static void add_words(struct buf *out, const struct text *text, size_t start, size_t end)
{
	add_quoted(out, str_slice(text->bytes, start, end));
}

static void print_captured(const struct captured *c, struct buf *out)
{
	if (c->amount.ptr) {
		buf_add_cstr(out, " amount ");
		add_quoted(out, c->amount);
		if (c->has_value)
			buf_add_format(out, " = %lld.%02d", (long long)(c->hundredths / 100),
				(int)(c->hundredths % 100));
		buf_add_format(out, "%s%s", c->currency[0] ? " " : "", c->currency);
	}
	if (c->day_words.ptr) {
		buf_add_cstr(out, " day ");
		add_quoted(out, c->day_words);
	}
	if (c->has_day) {
		struct date d = date_from_days(c->day);
		buf_add_format(out, " = %04d-%02d-%02d", d.year, d.month, d.day);
	}
}

/* What the except blocks of the rules have to say of a hit, as the judge asks them. */
static void print_consent(const struct ruleset *set, const struct match_input *in,
	const struct hit *hit, struct buf *out)
{
	size_t count;
	const struct consent *consents = ruleset_consents(set, &count);
	const struct moment moment = {.day = in->day, .properties = in->properties};
	const struct consent *found = consent_find(
		consents, count, hit->rule->name, in->client->id, in->has_moment ? &moment : NULL);
	if (found)
		buf_add_format(out, " excepted '%.*s'", STR_ARG(found->why));
}

static void print_result(const struct ruleset *set, const struct match_input *in,
	const struct hits *hits, struct buf *out)
{
	const struct text *text = in->text;
	for (size_t i = 0; i < hits->count; i++) {
		const struct hit *h = &hits->items[i];
		buf_add_format(out, "hit %.*s ", STR_ARG(h->rule->name));
		add_words(out, text, h->start, h->end);
		buf_add_cstr(out, h->unsure ? " unsure" : "");
		print_captured(&h->captured, out);
		print_consent(set, in, h, out);
		buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < hits->near_count; i++) {
		const struct near_miss *n = &hits->near[i];
		buf_add_format(out, "near %.*s ", STR_ARG(n->rule->name));
		add_words(out, text, n->start, n->end);
		buf_add_format(out, " %.*s", STR_ARG(n->held_back_by));
		if (n->has_by_place) {
			buf_add_cstr(out, " at ");
			add_words(out, text, n->by_start, n->by_end);
		}
		buf_add_char(out, '\n');
	}
}

static void run_case(
	const char *file, struct str rules, struct message_case *c, struct buf *failures)
{
	struct client clients[] = {{.id = c->client.ptr ? c->client : STR("acme")},
		{.id = STR("acme")}, {.id = STR("acme-europe")}};
	struct contract *contract = &clients[0].contract;
	contract->includes = (struct strs){c->includes, c->include_count};
	contract->excludes = (struct strs){c->excludes, c->exclude_count};
	struct ruleset_options options = {.clients = clients, .client_count = 3};
	/* a folder "en/" in front of the name would be the pack; here the case file says */
	struct rule_file rule_file = {
		.name = str_from(file), .bytes = rules, .pack = c->lang.ptr ? STR("en") : c->lang};
	struct buf printed = {0}, got = {0};
	size_t left_out;
	struct ruleset *set = load_files(&rule_file, 1, &options, &printed, &left_out);
	ck_assert_msg(left_out == 0, "%s", buf_cstr(&printed));
	if (c->text.len > 0) /* the last line has no line end */
		c->spans[c->span_count - 1].end = --c->text.len;
	struct text text = {
		.bytes = buf_str(&c->text), .spans = c->spans, .span_count = c->span_count};
	struct match_input in = {
		.text = &text,
		.direction = c->direction,
		.has_moment = c->has_moment,
		.properties = c->properties,
		.day = c->day,
		.lang = c->lang,
		.client = &clients[0],
		.want_near_misses = c->want_near,
	};
	struct hits hits;
	struct error err = {0};
	hits_init(&hits);
	ck_assert_msg(ruleset_match(set, &in, &hits, &err) == 0, "%s", err.text);
	print_result(set, &in, &hits, &got);
	if (!str_eq(buf_str(&got), buf_str(&c->want)))
		buf_add_format(failures, "%s: %.*s\ngot:\n%swant:\n%s", file, STR_ARG(c->title),
			buf_cstr(&got), buf_cstr(&c->want));
	hits_finish(&hits);
	ruleset_free(set);
	buf_finish(&printed);
	buf_finish(&got);
	buf_finish(&c->text);
	buf_finish(&c->want);
	free(c->spans);
}

/* The lines of one case; the rules stand before the first. */
static void read_case(struct message_case *c, struct str *rest)
{
	struct str before, line;
	for (;;) {
		before = *rest;
		if (!str_line(rest, &line))
			return;
		if (str_starts(line, STR("case "))) {
			*rest = before;
			return;
		}
		size_t end = 0;
		struct str trimmed = str_trim(line);
		if (trimmed.len == 0 || trimmed.ptr[0] == '#')
			continue;
		while (end < trimmed.len && trimmed.ptr[end] != ' ')
			end++;
		read_field(c, str_slice(trimmed, 0, end),
			str_trim(str_slice(trimmed, end, trimmed.len)));
	}
}

static size_t run_file(const char *name, struct buf *failures)
{
	struct buf bytes = {0};
	struct error err = {0};
	char *path = file_join(FOLDER, name);
	ck_assert_msg(file_read(path, 1 << 20, &bytes, &err) == 0, "%s", err.text);
	struct str all = buf_str(&bytes), line;
	size_t first = 0, count = 0;
	ck_assert_msg(str_find(all, STR("\ncase "), &first), "%s has no case", name);
	struct str rules = str_slice(all, 0, first + 1);
	struct str rest = str_slice(all, first + 1, all.len);
	while (str_line(&rest, &line)) {
		struct message_case c = {.title = str_slice(line, 5, line.len)};
		read_case(&c, &rest);
		run_case(name, rules, &c, failures);
		count++;
	}
	buf_finish(&bytes);
	free(path);
	return count;
}

START_TEST(every_case_finds_what_it_says)
{
	struct error err = {0};
	char **names;
	size_t files, cases = 0;
	struct buf failures = {0};
	ck_assert_msg(file_list(FOLDER, ".txt", &names, &files, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < files; i++)
		cases += run_file(names[i], &failures);
	file_list_free(names, files);
	ck_assert_str_eq(buf_cstr(&failures), "");
	ck_assert_uint_ge(cases, 150);
	buf_finish(&failures);
}
END_TEST

Suite *cases_suite(void)
{
	Suite *suite = suite_create("rules: cases");
	TCase *tests = tcase_create("files");
	tcase_add_test(tests, every_case_finds_what_it_says);
	suite_add_tcase(suite, tests);
	return suite;
}
