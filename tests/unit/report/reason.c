/* Why something was found or was not looked at, in each language. */
#include "report/words.h"

#include "suites.h"

static const struct rule_title title = {
	.written = STR("Urges again"), .in = {[TONGUE_SV] = STR("Trycker p\xc3\xa5 igen")}};
static const struct clock_reason clock_reason = {
	.arrived = {.moment = {.period = PERIOD_HOLIDAY, .weekday = 4, .hour = 11}},
	.leaves = STR("<no rush>"),
	.disputed = true,
};

#define RULE                                                                                       \
	.rule = STR("a/x"), .rule_hash = STR("h"),                                                 \
	.why = STR("matched rule a/x: Urges again (needs 3)")
#define CLOCK .rule = STR("after-hours/contact"), .why = STR("arrived Fri 11:00, holiday: <X>")

static const struct {
	const char *name;
	struct incident_finding finding;
	enum tongue tongue;
	const char *want;
} reasons[] = {
	{"a title has the page's language", {RULE, .title = &title}, TONGUE_SV,
		"Trycker p\xc3\xa5 igen (needs 3)"},
	{"without a translation it stands as it is written", {RULE, .title = &title}, TONGUE_FR,
		"Urges again (needs 3)"},
	{"that of a rule that is gone as it is recorded", {RULE}, TONGUE_SV,
		"Urges again (needs 3)"},
	{"the clock is told from facts", {CLOCK, .clock = &clock_reason}, TONGUE_SV,
		"kom fre 11:00, helgdag; l\xc3\xa5ter det v\xc3\xa4nta tills jag \xc3\xa4r tillbaka: "
		"\xe2\x80\x9d&lt;no rush&gt;\xe2\x80\x9d; dess klockor s\xc3\xa4ger emot varandra"},
	{"in English as it is recorded", {CLOCK, .clock = &clock_reason}, TONGUE_EN,
		"arrived Fri 11:00, holiday: &lt;X&gt;"},
	{"and so elsewhere without facts", {CLOCK}, TONGUE_FR,
		"<span lang=\"en\">arrived Fri 11:00, holiday: &lt;X&gt;</span>"},
};

START_TEST(a_reason_is_told_in_the_language_of_the_page_as_far_as_it_is_known)
{
	struct buf out = {0};
	say_reason(&(const struct pen){.out = &out, .tongue = reasons[_i].tongue, .html = true},
		&reasons[_i].finding);
	ck_assert_msg(str_eq(buf_str(&out), str_from(reasons[_i].want)), "%s: %s", reasons[_i].name,
		buf_cstr(&out));
	buf_finish(&out);
}
END_TEST

static const struct {
	struct blind_spot spot;
	enum tongue tongue;
	const char *want;
} spots[] = {
	{{.why = STR("not judged yet")}, TONGUE_FR, "pas encore jug\xc3\xa9"},
	{{.judged = true, .examined = EXAMINED_TOO_LARGE, .why = STR("too large")}, TONGUE_SV,
		"f\xc3\xb6r stort"},
	{{.judged = true, .examined = EXAMINED_RULE_LIMIT, .why = STR("rule a/x: match limit")},
		TONGUE_SV,
		"en regel n\xc3\xa5"
		"dde sin gr\xc3\xa4ns (rule a/x: match limit)"},
	{{.judged = true, .examined = EXAMINED_RULE_LIMIT, .why = STR("rule a/x: match limit")},
		TONGUE_EN, "rule a/x: match limit"},
};

START_TEST(so_is_why_something_was_not_looked_at)
{
	struct buf out = {0};
	say_unexamined(
		&(const struct pen){.out = &out, .tongue = spots[_i].tongue}, &spots[_i].spot);
	ck_assert_str_eq(buf_cstr(&out), spots[_i].want);
	buf_finish(&out);
}
END_TEST

START_TEST(in_english_it_has_the_names_of_the_record)
{
	for (int e = EXAMINED_TOO_LARGE; e < EXAMINED_COUNT; e++)
		ck_assert_str_eq(
			phrase_text(TONGUE_EN,
				PHRASE_EXAMINED_TOO_LARGE + (enum phrase)(e - EXAMINED_TOO_LARGE)),
			examined_name((enum examined)e));
	for (int s = 0; s < SPAN_COUNT; s++)
		ck_assert_str_eq(phrase_text(TONGUE_EN, PHRASE_SPAN_NEW + (enum phrase)s),
			span_kind_name((enum span_kind)s));
	for (int k = 0; k < AGREEMENT_KINDS; k++)
		ck_assert_str_eq(phrase_text(TONGUE_EN, PHRASE_AGREEMENT_SCOPE + (enum phrase)k),
			agreement_kinds[k]);
}
END_TEST

Suite *reason_suite(void)
{
	Suite *suite = suite_create("report: reasons");
	TCase *tests = tcase_create("reasons");
	tcase_add_loop_test(tests,
		a_reason_is_told_in_the_language_of_the_page_as_far_as_it_is_known, 0,
		(int)(sizeof(reasons) / sizeof(reasons[0])));
	tcase_add_loop_test(tests, so_is_why_something_was_not_looked_at, 0,
		(int)(sizeof(spots) / sizeof(spots[0])));
	tcase_add_test(tests, in_english_it_has_the_names_of_the_record);
	suite_add_tcase(suite, tests);
	return suite;
}
