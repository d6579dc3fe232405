/* Runs the files of tests/cases/sequences: sequences, then timelines and what is found in them
 * (README.md there), with the messages in the order in which they are written and in others.
 */
#include "base/clock.h"
#include "base/file.h"
#include "judge/sequence.h"
#include "rules_test.h"
#include "sequence.h"

#define FOLDER TESTS_DIR "/cases/sequences"
#define ORDERS 6

struct timeline_case {
	struct str title;
	struct value timeline;
	struct buf want;
};

static void add_time(struct buf *out, int64_t at_us)
{
	char text[TIME_TEXT_SIZE];
	time_format(at_us, 0, true, text);
	buf_add_format(out, "%.10s %.5s", text, text + 11);
}

static void print_findings(const struct sequence_findings *found, struct buf *out)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct sequence_finding *f = &found->items[i];
		buf_add_format(out, "found %.*s ", STR_ARG(f->finding.rule));
		add_time(out, f->at_us);
		buf_add_cstr(out, " of");
		for (size_t k = 0; k < f->member_count; k++)
			buf_add_format(out, " %llu", (unsigned long long)f->members[k]);
		buf_add_format(out, " '%.*s'\n", STR_ARG(f->finding.text));
	}
	if (found->has_due) {
		buf_add_cstr(out, "due ");
		add_time(out, found->due_us);
		buf_add_char(out, '\n');
	}
}

/* Another order at each call: a rotation, then every other way round. */
static void shuffle(struct timeline_event *events, size_t count, size_t turn)
{
	for (size_t i = 0; i + 1 < count; i++) {
		size_t k = i + (turn * 7 + i * 5) % (count - i);
		struct timeline_event e = events[i];
		events[i] = events[k];
		events[k] = e;
	}
}

static void judge_case(const char *file, const struct ruleset *set, const struct timeline_case *c)
{
	struct diags diags = {0};
	struct error err = {0};
	const struct script script = {.name = file, .diags = &diags};
	struct timeline_text t = {0};
	struct buf printed = {0};
	size_t count;
	const struct sequence_rule *const *rules = ruleset_sequences(set, &count);
	int read = timeline_text_read(&script, &c->timeline, &t, &err);
	diags_print(&diags, &printed);
	ck_assert_msg(read == 1, "%s", buf_cstr(&printed));
	for (size_t turn = 0; turn < ORDERS; turn++) {
		struct sequence_findings found;
		struct buf got = {0};
		const struct timeline timeline = {t.events, t.count, t.at_us, t.at_us};
		sequence_findings_init(&found);
		ck_assert_int_eq(sequences_judge(rules, count, &timeline, &found, &err), 0);
		print_findings(&found, &got);
		ck_assert_msg(str_eq(buf_str(&got), buf_str(&c->want)),
			"%s: %.*s, order %zu\ngot:\n%.*swant:\n%.*s", file, STR_ARG(c->title), turn,
			STR_ARG(buf_str(&got)), STR_ARG(buf_str(&c->want)));
		sequence_findings_finish(&found);
		buf_finish(&got);
		shuffle(t.events, t.count, turn);
	}
	timeline_text_finish(&t);
	buf_finish(&printed);
	diags_finish(&diags);
}

static void read_line(struct timeline_case *c, struct str line)
{
	struct str rest = str_trim(line), field;
	if (!rest.len)
		return;
	str_split(&rest, ' ', &field);
	rest = str_trim(rest);
	if (str_eq(field, STR("timeline")))
		c->timeline = (struct value){.text = rest};
	else
		buf_add_format(&c->want, "%.*s %.*s\n", STR_ARG(field), STR_ARG(rest));
}

static size_t run_file(const char *name)
{
	struct buf bytes = {0}, printed = {0};
	struct error err = {0};
	char *path = file_join(FOLDER, name);
	ck_assert_msg(file_read(path, 1 << 20, &bytes, &err) == 0, "%s", err.text);
	struct str all = buf_str(&bytes), line;
	size_t first = 0, cases = 0, left_out;
	ck_assert_msg(str_find(all, STR("\ncase "), &first), "%s has no case", name);
	const struct rule_file file = {.name = str_from(name), .bytes = str_slice(all, 0, first)};
	const struct ruleset_options options = {.judge_sequences = sequences_judge};
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	struct str rest = str_slice(all, first + 1, all.len);
	struct timeline_case c = {0};
	for (bool more = true; more;) {
		more = str_line(&rest, &line);
		if (!more || str_starts(line, STR("case "))) {
			if (c.title.ptr)
				judge_case(name, set, &c);
			cases += c.title.ptr != NULL;
			buf_finish(&c.want);
			c = (struct timeline_case){.title = str_slice(line, 5, line.len)};
		} else {
			read_line(&c, line);
		}
	}
	ruleset_free(set);
	buf_finish(&printed);
	buf_finish(&bytes);
	free(path);
	return cases;
}

START_TEST(every_timeline_shows_what_it_says_in_any_order)
{
	struct error err = {0};
	char **names;
	size_t files, cases = 0;
	ck_assert_msg(file_list(FOLDER, ".txt", &names, &files, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < files; i++)
		cases += run_file(names[i]);
	file_list_free(names, files);
	ck_assert_uint_ge(cases, 40);
}
END_TEST

Suite *sequence_cases_suite(void)
{
	Suite *suite = suite_create("rules: sequences");
	TCase *tests = tcase_create("files");
	tcase_add_test(tests, every_timeline_shows_what_it_says_in_any_order);
	suite_add_tcase(suite, tests);
	return suite;
}
