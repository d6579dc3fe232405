/* Before and at the decision: tests/cases/decision, each a client's history and what must be told.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "decision_words.h"
#include "suites.h"
#include <stdlib.h>
#include <string.h>

/* What a case has told so far. Strings are the file's. */
struct scene {
	struct arena arena;
	struct report report;
	struct report_client *client;
	struct decision_plan plan;
	struct risk_point points[64];
	struct risk_cause causes[64];
	bool begun;
};

static int64_t day_of(struct str word)
{
	struct date d;
	ck_assert_msg(date_parse(word, &d), "no day: %.*s", STR_ARG(word));
	return date_to_days(d);
}

static struct report_time time_of(struct str word)
{
	struct report_time t = {0};
	ck_assert_msg(time_parse(word, &t.at_us, &t.offset_min), "no time: %.*s", STR_ARG(word));
	return t;
}

static int64_t number_of(struct str word)
{
	uint64_t n;
	ck_assert_msg(str_to_u64(word, 1000000, &n), "no number: %.*s", STR_ARG(word));
	return (int64_t)n;
}

static struct str next(struct str *rest)
{
	struct str word = {0};
	*rest = str_trim(*rest);
	str_split(rest, ' ', &word);
	return word;
}

static enum sign sign_of(struct str word)
{
	enum sign s = SIGN_COUNT;
	ck_assert_msg(sign_parse(word, &s), "no sign: %.*s", STR_ARG(word));
	return s;
}

static struct strs one_more(struct scene *s, struct strs list, struct str text)
{
	struct str *items = arena_array(&s->arena, list.count + 1, sizeof(*items));
	for (size_t i = 0; i < list.count; i++)
		items[i] = list.items[i];
	items[list.count] = text;
	return (struct strs){items, list.count + 1};
}

static void begin(struct scene *s)
{
	struct error err = {0};
	if (s->begun)
		return;
	s->begun = true;
	s->client = report_add_client(&s->report, STR("acme"), STR("Acme"));
	ck_assert_int_eq(decision_begin(s->client, &s->plan, &err), 0);
	s->client->points = s->points;
	s->client->risk.causes = s->causes;
}

/* today DAY, share N, notice DAYS LAST_DAY WORKING_DAY, owed TEXT, owe TEXT, hours DAY, tongue L */
static bool take_plan(struct scene *s, struct str verb, struct str rest)
{
	struct decision_plan *plan = &s->plan;
	if (str_eq(verb, STR("today"))) {
		plan->today = plan->last_day = plan->last_working_day = day_of(rest);
	} else if (str_eq(verb, STR("share"))) {
		plan->income_share = (int)number_of(rest);
	} else if (str_eq(verb, STR("notice"))) {
		plan->contract.present = true;
		plan->contract.notice_days = (int)number_of(next(&rest));
		plan->last_day = day_of(next(&rest));
		plan->last_working_day = day_of(next(&rest));
	} else if (str_eq(verb, STR("owed"))) {
		plan->owed = one_more(s, plan->owed, rest);
	} else if (str_eq(verb, STR("owe"))) {
		plan->i_owe = one_more(s, plan->i_owe, rest);
	} else if (str_eq(verb, STR("hours"))) {
		plan->has_hours_told = true;
		plan->hours_told = time_of(rest);
	} else if (str_eq(verb, STR("tongue"))) {
		ck_assert(tongue_parse(rest, &plan->tongue));
	} else {
		return false;
	}
	ck_assert_msg(!s->begun, "'%.*s' comes too late", STR_ARG(verb));
	return true;
}

/* TIME NUMBER client|me [RULE SIGN SEVERITY [wrong]] */
static void take_message(struct scene *s, struct str rest)
{
	struct error err = {0};
	struct text text;
	struct report_message m = {.at = time_of(next(&rest)), .text = &text};
	m.evidence = (uint64_t)number_of(next(&rest));
	m.direction = str_eq(next(&rest), STR("me")) ? DIRECTION_OUT : DIRECTION_IN;
	struct finding f = {.rule = next(&rest), .rule_hash = STR("h")};
	struct report_finding found = {.finding = &f};
	if (f.rule.len) {
		f.sign = sign_of(next(&rest));
		f.severity = (int)number_of(next(&rest));
		found.mark = str_eq(next(&rest), STR("wrong")) ? MARK_WRONG : MARK_NONE;
		m.findings = &found;
		m.finding_count = 1;
	}
	text_init(&text);
	ck_assert_int_eq(text_plain(&text, STR("words")), 0);
	ck_assert_int_eq(report_add_message(s->client, &m, &err), 0);
	text_finish(&text);
}

/* TIME NUMBER KIND [SIGN ...] */
static void take_boundary(struct scene *s, struct str rest)
{
	static const char *const kinds[] = {"setting", "agreement", "words", "reminder", "reply"};
	struct error err = {0};
	struct boundary b = {.at = time_of(next(&rest))};
	b.evidence = (uint64_t)number_of(next(&rest));
	struct str kind = next(&rest);
	while (b.kind < BOUNDARY_REPLY && !str_eq(kind, str_from(kinds[b.kind])))
		b.kind++;
	for (struct str sign = next(&rest); sign.len; sign = next(&rest))
		b.signs |= 1U << sign_of(sign);
	ck_assert_int_eq(decision_add_boundary(s->client, &b, &err), 0);
}

/* DAY NUMBER RULE SIGN SEVERITY TENTHS */
static void take_cause(struct scene *s, struct str rest)
{
	struct risk *risk = &s->client->risk;
	struct risk_cause *x = &s->causes[risk->cause_count++];
	*x = (struct risk_cause){.day = day_of(next(&rest))};
	x->evidence = (uint64_t)number_of(next(&rest));
	x->rule = next(&rest);
	x->sign = sign_of(next(&rest));
	x->severity = (int)number_of(next(&rest));
	x->tenths = (int)number_of(next(&rest));
}

static void take_history(struct scene *s, struct str verb, struct str rest)
{
	struct error err = {0};
	begin(s);
	if (str_eq(verb, STR("course"))) {
		struct risk_point *p = &s->points[s->client->point_count++];
		p->day = day_of(next(&rest));
		p->tenths = (int)number_of(next(&rest));
		s->client->risk.tenths = p->tenths;
		s->client->risk.band = band_of(p->tenths);
	} else if (str_eq(verb, STR("message"))) {
		take_message(s, rest);
	} else if (str_eq(verb, STR("told"))) {
		take_boundary(s, rest);
	} else if (str_eq(verb, STR("cause"))) {
		take_cause(s, rest);
	} else if (str_eq(verb, STR("paid"))) {
		struct report_time at = time_of(next(&rest));
		decision_add_payment(s->client, (uint64_t)number_of(next(&rest)), at);
	} else if (str_eq(verb, STR("agreed"))) {
		struct agreement a = {.at = time_of(next(&rest))};
		a.evidence = (uint64_t)number_of(next(&rest));
		a.kinds = next(&rest);
		a.subject = rest;
		ck_assert_int_eq(decision_add_agreement(s->client, &a, &err), 0);
	} else {
		ck_abort_msg("'%.*s' is no word of a case", STR_ARG(verb));
	}
}

static void tell(struct scene *s, struct buf *out)
{
	struct error err = {0};
	struct json_writer w;
	begin(s);
	ck_assert_int_eq(report_client_end(s->client, &err), 0);
	ck_assert_msg(!decision_end(s->client, &err), "%s", err.text);
	json_begin(&w, out);
	json_object(&w, NULL);
	json_decision(&w, &s->report, s->client);
	json_object_end(&w);
	ck_assert(!out->failed);
}

static void scene_finish(struct scene *s)
{
	if (s->client) {
		s->client->points = NULL;
		s->client->risk.causes = NULL;
	}
	report_finish(&s->report);
	arena_finish(&s->arena);
	*s = (struct scene){0};
}

/* A case is lines up to an empty one: what is given, then what is told ("has") or not ("not"). */
static void run(struct str text, size_t *count)
{
	struct scene s = {0};
	struct buf told = {0};
	struct str line, title = {0};
	bool telling = false;
	size_t at;
	while (str_line(&text, &line)) {
		struct str rest = str_trim(line), verb;
		if (str_starts(rest, STR("#"))) {
			title = rest;
			continue;
		}
		verb = next(&rest);
		bool has = str_eq(verb, STR("has"));
		if (has || str_eq(verb, STR("not"))) {
			if (!telling)
				tell(&s, &told);
			telling = true;
			++*count;
			ck_assert_msg(str_find(buf_str(&told), rest, &at) == has, "%.*s\n%.*s\n%s",
				STR_ARG(title), STR_ARG(line), buf_cstr(&told));
		} else if (!verb.len) {
			telling = false;
			buf_clear(&told);
			scene_finish(&s);
		} else if (str_eq(verb, STR("now"))) {
			s.report.now = true;
		} else if (str_eq(verb, STR("for-others"))) {
			s.report.for_others = true;
		} else if (!take_plan(&s, verb, rest)) {
			take_history(&s, verb, rest);
		}
	}
	scene_finish(&s);
	buf_finish(&told);
}

static const char *const files[] = {"cooling.txt", "mending.txt", "settling.txt"};

START_TEST(a_decision_is_told_as_the_cases_say)
{
	struct buf text = {0};
	struct error err = {0};
	size_t count = 0;
	char *path = file_join(TESTS_DIR "/cases/decision", files[_i]);
	ck_assert_msg(!file_read(path, 1 << 20, &text, &err), "%s", err.text);
	run(buf_str(&text), &count);
	ck_assert_uint_gt(count, 5);
	buf_finish(&text);
	free(path);
}
END_TEST

START_TEST(days_and_hours_are_said_as_each_language_has_them)
{
	static const struct {
		const char *lang, *day, *hours, *opening;
	} rows[] = {
		{"en", "1 March 2026",
			"Monday to Thursday 09:00-12:00 and 13:00-17:30, Friday, Saturday 09:00-15:00",
			"Monday 2 March at 09:00"},
		{"sv", "1 mars 2026",
			"måndag till torsdag 09:00-12:00 och 13:00-17:30, fredag, lördag 09:00-15:00",
			"måndag 2 mars klockan 09:00"},
		{"fr", "1er mars 2026",
			"lundi à jeudi 09:00-12:00 et 13:00-17:30, vendredi, samedi 09:00-15:00",
			"lundi 2 mars à 09:00"},
		{"de", "1. März 2026",
			"Montag bis Donnerstag 09:00-12:00 und 13:00-17:30, Freitag, Samstag 09:00-15:00",
			"Montag, 2. März, 09:00 Uhr"},
		{"es", "1 de marzo de 2026",
			"lunes a jueves 09:00-12:00 y 13:00-17:30, viernes, sábado 09:00-15:00",
			"lunes 2 de marzo a las 09:00"},
	};
	struct str items[] = {
		STR("mon-thu 09:00-12:00  13:00-17:30"), STR("Friday,sat 09:00-15:00")};
	const struct strs hours = {items, 2};
	const int64_t sunday = 20513; /* 2026-03-01 */
	const struct moment now = {.has_opening = true,
		.opening_at_us = (sunday + 1) * DAY_US + 8 * HOUR_US,
		.opening_offset_min = 60};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct letter_words *w = letter_words_of(str_from(rows[i].lang));
		struct buf out = {0};
		letter_add_day(w, sunday, &out);
		ck_assert_str_eq(buf_cstr(&out), rows[i].day);
		buf_clear(&out);
		letter_add_hours(w, &hours, &out);
		ck_assert_str_eq(buf_cstr(&out), rows[i].hours);
		buf_clear(&out);
		letter_add_opening(w, &now, &out);
		ck_assert_str_eq(buf_cstr(&out), rows[i].opening);
		buf_finish(&out);
	}
	ck_assert_ptr_null(letter_words_of(STR("xx")));
}
END_TEST

/* A name in braces that nobody fills would be sent as it stands. */
START_TEST(every_letter_is_whole_in_each_language_of_the_page)
{
	for (size_t t = 0; t < TONGUE_COUNT; t++) {
		const struct letter_words *w = letter_words_whole(str_from(tongue_codes[t]));
		ck_assert_ptr_nonnull(w);
		for (int s = 0; s < SIGN_FIRST_MARKER; s++) {
			ck_assert_ptr_nonnull(w->reasons[s]);
			ck_assert_ptr_nonnull(w->first[s]);
			ck_assert_ptr_nonnull(w->next[s]);
			ck_assert_ptr_null(strchr(w->reasons[s], '{'));
		}
		for (size_t i = 0; i < 6; i++)
			ck_assert_ptr_nonnull(w->call[i]);
		ck_assert(w->subject && w->letter && w->offer);
	}
	ck_assert_ptr_null(letter_words_whole(STR("de")));
}
END_TEST

static const struct {
	int speech;
	enum tongue written, page;
	const char *want;
} languages[] = {
	{TONGUE_SV, TONGUE_SV, TONGUE_EN,
		"In the language of most findings. Read it through before you send it."},
	{SPEECH_COUNT, TONGUE_SV, TONGUE_SV,
		"Kundens spr\xc3\xa5k \xc3\xa4r inte k\xc3\xa4nt; det h\xc3\xa4r \xc3\xa4r p\xc3\xa5 svenska. "
		"L\xc3\xa4s igenom det innan du skickar det."},
	{SPEECH_DE, TONGUE_EN, TONGUE_EN,
		"Most findings are in German, in which there is no letter; this is in English. Put it "
		"into the client\xe2\x80\x99s language before you send it."},
	{SPEECH_ES, TONGUE_FR, TONGUE_FR,
		"La plupart des constats sont en espagnol, langue dans laquelle il n\xe2\x80\x99y a pas de "
		"lettre\xc2\xa0; ceci est en fran\xc3\xa7"
		"ais. Traduisez-la dans la langue du client avant "
		"de l\xe2\x80\x99"
		"envoyer."},
};

START_TEST(a_letter_in_another_language_than_the_client_s_says_so)
{
	const struct decision d = {.speech = languages[_i].speech, .tongue = languages[_i].written};
	struct buf words = {0};
	decision_say_language(&(const struct pen){.out = &words, .tongue = languages[_i].page}, &d);
	ck_assert_str_eq(buf_cstr(&words), languages[_i].want);
	buf_finish(&words);
}
END_TEST

Suite *decision_suite(void)
{
	Suite *suite = suite_create("report: decision");
	TCase *all = tcase_create("decision");
	tcase_add_loop_test(all, a_decision_is_told_as_the_cases_say, 0,
		(int)(sizeof(files) / sizeof(files[0])));
	tcase_add_test(all, days_and_hours_are_said_as_each_language_has_them);
	tcase_add_test(all, every_letter_is_whole_in_each_language_of_the_page);
	tcase_add_loop_test(all, a_letter_in_another_language_than_the_client_s_says_so, 0,
		(int)(sizeof(languages) / sizeof(languages[0])));
	suite_add_tcase(suite, all);
	return suite;
}
