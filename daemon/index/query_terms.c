/* What each field of the query language means: one row a field. */
#include "base/clock.h"
#include "base/diag.h"
#include "model/hit.h"
#include "query.h"
#include <stdio.h>
#include <string.h>

struct term {
	struct query *query;
	struct str value;
	const struct query_zone *zone;
};

static int wrong(const struct term *t, const char *expected, struct error *err)
{
	return error_set(
		err, ERROR_USAGE, "bad value '%.*s', expected %s", STR_ARG(t->value), expected);
}

/* The full text's own syntax has no say here: the value is one phrase, its last word may go on. */
static int words(const struct term *t, const char *column, struct error *err)
{
	struct buf match = {0};
	if (*column)
		buf_add_format(&match, "%s : ", column);
	buf_add_char(&match, '"');
	for (size_t i = 0; i < t->value.len; i++) {
		if (t->value.ptr[i] == '"')
			buf_add_char(&match, '"');
		/* a NUL would end the text */
		buf_add_char(&match, t->value.ptr[i] ? t->value.ptr[i] : ' ');
	}
	buf_add_cstr(&match, "\"");
	if (!match.failed && t->value.ptr[t->value.len - 1] == '*') {
		/* "colo*" begins with, "*" alone is no word and finds nothing */
		match.len -= 2;
		buf_add_cstr(&match, "\"*");
	}
	query_add(t->query, "m.seq IN (SELECT rowid FROM words WHERE words MATCH ?)");
	int result = match.failed ? error_memory(err) : query_text(t->query, buf_str(&match), err);
	buf_finish(&match);
	return result;
}

static int any_words(const struct term *t, struct error *err)
{
	return words(t, "", err);
}

static int subject_words(const struct term *t, struct error *err)
{
	return words(t, "subject", err);
}

static int text_words(const struct term *t, struct error *err)
{
	return words(t, "body", err);
}

/* Equal, or with a '*' in it, like that: the only letter that stands for others. `close` comes
   behind the parameter. */
static int like(const struct term *t, const char *column, const char *close, struct error *err)
{
	struct buf pattern = {0};
	bool glob = t->value.len && memchr(t->value.ptr, '*', t->value.len);
	for (size_t i = 0; i < t->value.len; i++) {
		char c = t->value.ptr[i];
		if (glob && (c == '[' || c == '?'))
			buf_add_format(&pattern, "[%c]", c);
		else
			buf_add_char(&pattern, c);
	}
	query_add(t->query, column);
	query_add(t->query, glob ? " GLOB ?" : " = ?");
	query_add(t->query, close);
	int result =
		pattern.failed ? error_memory(err) : query_text(t->query, buf_str(&pattern), err);
	buf_finish(&pattern);
	return result;
}

static int client(const struct term *t, struct error *err)
{
	return like(t, "m.seq IN (SELECT seq FROM peer WHERE client", ")", err);
}

/* from:me, from:client, or a part of the sender's name or address. */
static int from(const struct term *t, struct error *err)
{
	bool me = str_eq_nocase(t->value, STR("me"));
	if (me || str_eq_nocase(t->value, STR("client"))) {
		query_add(t->query, me ? "m.outgoing" : "NOT m.outgoing");
		return 0;
	}
	query_add(t->query, "instr(lower(m.sender), lower(?)) > 0");
	return query_text(t->query, t->value, err);
}

static int to(const struct term *t, struct error *err)
{
	query_add(t->query, "instr(lower(m.recipients), lower(?)) > 0");
	return query_text(t->query, t->value, err);
}

static int account(const struct term *t, struct error *err)
{
	return like(t, "m.account", "", err);
}

static int folder(const struct term *t, struct error *err)
{
	return like(t, "m.folder", "", err);
}

/* What a sequence found is found by its messages. */
static int rule(const struct term *t, struct error *err)
{
	return like(t,
		"m.seq IN (SELECT seq FROM (SELECT seq, rule FROM finding WHERE NOT marker"
		" UNION ALL SELECT message, rule FROM sequence s JOIN member b ON b.seq = s.seq"
		" WHERE s.withdrawn IS NULL) WHERE rule",
		")", err);
}

static int sign(const struct term *t, struct error *err)
{
	enum sign s;
	if (!sign_parse(t->value, &s)) {
		const char *near = did_you_mean(t->value, sign_names, SIGN_FIRST_MARKER);
		if (!near)
			return wrong(t, "a sign such as 'urgency' or 'scope-creep'", err);
		return error_set(err, ERROR_USAGE, "unknown sign '%.*s' (did you mean '%s'?)",
			STR_ARG(t->value), near);
	}
	query_add(t->query, "m.seq IN (SELECT seq FROM finding WHERE sign = ?)");
	return query_number(t->query, s, err);
}

/* severity:3 exactly, severity:3.. and more. */
static int severity(const struct term *t, struct error *err)
{
	uint64_t least;
	bool and_more = str_ends(t->value, STR(".."));
	struct str number = str_slice(t->value, 0, t->value.len - (and_more ? 2 : 0));
	if (!str_to_u64(number, 4, &least) || !least)
		return wrong(t, "1 to 4, or '3..' for 3 and more", err);
	query_add(t->query,
		and_more ? "m.seq IN (SELECT seq FROM finding WHERE NOT marker AND severity >= ?)"
			 : "m.seq IN (SELECT seq FROM finding WHERE NOT marker AND severity = ?)");
	return query_number(t->query, (int64_t)least, err);
}

static int period(const struct term *t, struct error *err)
{
	enum period p;
	if (!period_parse(t->value, &p))
		return wrong(t, "working, outside, night, weekend, holiday or leave", err);
	/* as in a rule's `when`: several may hold at once */
	query_add(t->query, "(j.properties & ?) != 0");
	return query_number(t->query, MOMENT_BIT(p), err);
}

/* "2026", "2026-03" or "2026-03-12": its first day and the first day after it. */
static bool parse_days(struct str s, int64_t *first, int64_t *end)
{
	struct date d = {0, 1, 1};
	uint64_t year, month;
	if (s.len == 10 && date_parse(s, &d)) {
		*first = date_to_days(d);
		*end = *first + 1;
		return true;
	}
	if (s.len != 4 && !(s.len == 7 && s.ptr[4] == '-'))
		return false;
	if (!str_to_u64(str_slice(s, 0, 4), 9999, &year) || !year)
		return false;
	d.year = (int)year;
	if (s.len == 4) {
		*first = date_to_days(d);
		*end = date_to_days((struct date){d.year + 1, 1, 1});
		return true;
	}
	if (!str_to_u64(str_slice(s, 5, 7), 12, &month) || !month)
		return false;
	d.month = (int)month;
	*first = date_to_days(d);
	*end = *first + date_days_in_month(d.year, d.month);
	return true;
}

static int64_t day_start_us(const struct term *t, int64_t day)
{
	return t->zone ? t->zone->day_start_us(t->zone->context, day) : day * DAY_US;
}

/* date:A..B with both ends included; either may be left out. */
static int date(const struct term *t, struct error *err)
{
	static const char expected[] =
		"a day, month or year (2026-03-12, 2026-03, 2026) or a range A..B of them";
	size_t dots;
	struct str a = t->value, b = t->value;
	int64_t first = INT64_MIN, end = INT64_MAX, unused;
	if (str_find(t->value, STR(".."), &dots)) {
		a = str_slice(t->value, 0, dots);
		b = str_slice(t->value, dots + 2, t->value.len);
	}
	if ((a.len && !parse_days(a, &first, &unused)) ||
		(b.len && !parse_days(b, &unused, &end)) || (!a.len && !b.len) ||
		(a.len && b.len && end <= first))
		return wrong(t, expected, err);
	query_add(t->query, "(m.at >= ? AND m.at < ?)");
	int64_t from_us = a.len ? day_start_us(t, first) : INT64_MIN;
	int64_t to_us = b.len ? day_start_us(t, end) : INT64_MAX;
	return query_number(t->query, from_us, err) < 0 ? -1 : query_number(t->query, to_us, err);
}

/* "A..B" or one: indexes below `limit`, over the end when A > B. */
static int between(
	const struct term *t, const char *column, int64_t a, int64_t b, struct error *err)
{
	char sql[96];
	snprintf(sql, sizeof(sql), a <= b ? "(%s >= ? AND %s <= ?)" : "(%s >= ? OR %s <= ?)",
		column, column);
	query_add(t->query, sql);
	return query_number(t->query, a, err) < 0 ? -1 : query_number(t->query, b, err);
}

static bool parse_hour(struct str s, int64_t *out)
{
	uint64_t hour;
	if (s.len > 3 && str_ends(s, STR(":00")))
		s.len -= 3;
	if (!str_to_u64(s, 24, &hour))
		return false;
	*out = (int64_t)hour;
	return true;
}

/* hour:22 is 22:00 to 22:59; hour:22..6 is from 22:00 until 6:00, in my zone. */
static int hour(const struct term *t, struct error *err)
{
	static const char expected[] = "an hour from 0 to 23 or a range such as 22..6";
	size_t dots;
	int64_t a, b;
	if (!str_find(t->value, STR(".."), &dots)) {
		if (!parse_hour(t->value, &a) || a > 23)
			return wrong(t, expected, err);
		return between(t, "j.hour", a, a, err);
	}
	if (!parse_hour(str_slice(t->value, 0, dots), &a) || a > 23 ||
		!parse_hour(str_slice(t->value, dots + 2, t->value.len), &b) || a == b)
		return wrong(t, expected, err);
	return between(t, "j.hour", a, b ? b - 1 : 23, err);
}

static bool parse_weekday(struct str s, int64_t *out)
{
	for (int i = 0; i < 7; i++)
		if (str_starts_nocase(s, str_from(weekday_names[i]))) {
			*out = i;
			return s.len == 3 || str_ends(s, STR("day"));
		}
	return false;
}

/* day:sat, day:mon..fri */
static int day(const struct term *t, struct error *err)
{
	size_t dots;
	int64_t a, b;
	struct str first = t->value, last = t->value;
	if (str_find(t->value, STR(".."), &dots)) {
		first = str_slice(t->value, 0, dots);
		last = str_slice(t->value, dots + 2, t->value.len);
	}
	if (!parse_weekday(first, &a) || !parse_weekday(last, &b))
		return wrong(t, "a weekday (mon ... sun) or a range such as sat..sun", err);
	return between(t, "j.weekday", a, b, err);
}

static const struct {
	const char *name;
	const char *sql;
} things[] = {
	{"finding", "m.seq IN (SELECT seq FROM finding WHERE NOT marker)"},
	{"live", "m.seq IN (SELECT seq FROM finding WHERE NOT marker AND NOT shadow)"},
	{"attachment", "m.attachments > 0"},
	{"mark", "m.seq IN (SELECT seq FROM mark)"},
	{"note", "m.seq IN (SELECT seq FROM mark WHERE note IS NOT NULL)"},
};

static int has(const struct term *t, struct error *err)
{
	if (str_eq_nocase(t->value, STR("apology"))) {
		query_add(t->query, "m.seq IN (SELECT seq FROM finding WHERE sign = ?)");
		return query_number(t->query, SIGN_APOLOGY, err);
	}
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (str_eq_nocase(t->value, str_from(things[i].name))) {
			query_add(t->query, things[i].sql);
			return 0;
		}
	return wrong(t, "finding, live, attachment, mark, note or apology", err);
}

static int id(const struct term *t, struct error *err)
{
	uint64_t seq;
	if (!evidence_parse(t->value, &seq))
		return wrong(t, "an evidence number such as E-000042", err);
	query_add(t->query, "m.seq = ?");
	return query_number(t->query, (int64_t)seq, err);
}

/* What I marked it: wrong, agreed, right, a kind of agreement (price), or disputed, unexamined. */
static int tag(const struct term *t, struct error *err)
{
	enum mark mark;
	if (str_eq_nocase(t->value, STR("disputed"))) {
		query_add(t->query, "NOT m.agreed");
		return 0;
	}
	if (str_eq_nocase(t->value, STR("unexamined"))) {
		query_add(t->query, "j.examined != 0");
		return 0;
	}
	if (mark_parse(t->value, &mark)) {
		/* the last verdict on a finding is the one in force */
		query_add(t->query,
			"m.seq IN (SELECT k.seq FROM mark k WHERE k.mark = ? AND NOT EXISTS"
			" (SELECT 1 FROM mark l WHERE k.mark IN (1, 2, 3) AND l.mark IN (1, 2, 3)"
			" AND l.seq = k.seq AND l.rule = k.rule AND l.record > k.record))");
		return query_number(t->query, mark, err);
	}
	query_add(t->query, "m.seq IN (SELECT seq FROM mark WHERE kind = ?)");
	return query_text(t->query, t->value, err);
}

static const struct {
	struct query_field field;
	int (*add)(const struct term *t, struct error *err);
} fields[] = {
	{{"client", "acme", "with a client, or all that a * stands for"}, client},
	{{"from", "jane", "by whom: me, client, or a part of name or address"}, from},
	{{"to", "anna", "to whom: a part of name or address"}, to},
	{{"subject", "invoice", "a word of the subject"}, subject_words},
	{{"text", "\"next week\"", "words of the text"}, text_words},
	{{"rule", "scope-creep/*", "what a rule found, or all that a * stands for"}, rule},
	{{"sign", "urgency", "a warning sign, or a marker"}, sign},
	{{"severity", "3..", "how grave: 1 to 4, with .. that and more"}, severity},
	{{"period", "weekend", "when it came: working, outside, night, weekend, holiday, leave"},
		period},
	{{"date", "2026-03..", "a day, month or year, or from one to another"}, date},
	{{"hour", "22..6", "the hour it came in my zone, until before the second"}, hour},
	{{"day", "sat..sun", "the weekday it came in my zone"}, day},
	{{"has", "attachment", "what it holds: finding, live, attachment, mark, note or apology"},
		has},
	{{"id", "E-000042", "an evidence number"}, id},
	{{"tag", "agreed",
		 "my mark: wrong, agreed, right, scope, price, hours; or disputed, unexamined"},
		tag},
	{{"account", "studio", "the account it was read from"}, account},
	{{"folder", "INBOX", "the folder it was read from"}, folder},
};
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

const struct query_field *query_field(size_t index)
{
	return index < FIELDS ? &fields[index].field : NULL;
}

static int unknown_field(struct str field, struct error *err)
{
	const char *names[FIELDS];
	for (size_t i = 0; i < FIELDS; i++)
		names[i] = fields[i].field.name;
	const char *near = did_you_mean(field, names, FIELDS);
	if (near)
		return error_set(err, ERROR_USAGE, "unknown field '%.*s' (did you mean '%s'?)",
			STR_ARG(field), near);
	return error_set(err, ERROR_USAGE,
		"unknown field '%.*s' (see 'overstep help query-fields', or quote it as words)",
		STR_ARG(field));
}

int query_term(struct query *q, struct str field, struct str value, const struct query_zone *zone,
	struct error *err)
{
	const struct term t = {q, value, zone};
	if (!value.len && field.ptr)
		return error_set(err, ERROR_USAGE, "'%.*s:' without a value", STR_ARG(field));
	if (!value.len)
		return error_set(err, ERROR_USAGE, "nothing in quotes, expected words");
	if (!field.ptr)
		return any_words(&t, err);
	for (size_t i = 0; i < FIELDS; i++)
		if (str_eq_nocase(field, str_from(fields[i].field.name)))
			return fields[i].add(&t, err);
	return unknown_field(field, err);
}
