/* Working hours in a person's words, as the configuration writes them. */
#include "init_hours.h"

#include "init_hours_words.h"
#include "worktime/worktime.h"
#include <string.h>

#define TOKENS_MOST 200
#define SPANS_MOST 12 /* of one day */
#define HALF_DAY (MINUTES_A_DAY / 2)

/* Minutes of a day; to is above from, and past midnight above MINUTES_A_DAY. */
struct span {
	int from, to;
};

struct spans {
	struct span items[SPANS_MOST];
	size_t count;
};

/* What is said of some days at once. */
struct clause {
	unsigned days;
	bool rest;
	struct spans spans;
	struct spans breaks;
	bool off;
	bool has_from, has_to; /* an end alone: the usual hours up to it */
	int from, to;
};

struct reading {
	struct hours_token tokens[TOKENS_MOST];
	size_t count, at;
	struct spans week[7];
	unsigned told;       /* days that something was said of */
	struct spans breaks; /* of all days */
	struct clause clause;
};

static int too_much(struct error *err)
{
	return error_set(err, ERROR_USAGE, "these are too many words for working hours");
}

static int add_span(struct spans *s, struct span span, struct error *err)
{
	if (s->count == SPANS_MOST)
		return too_much(err);
	s->items[s->count++] = span;
	return 0;
}

/* Keeps what lies in [from, to). */
static void clip(struct spans *s, int from, int to)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->count; i++) {
		struct span span = s->items[i];
		if (span.from < from)
			span.from = from;
		if (span.to > to)
			span.to = to;
		if (span.from < span.to)
			s->items[kept++] = span;
	}
	s->count = kept;
}

static int take_out(struct spans *s, struct span hole, struct error *err)
{
	struct spans left = {0};
	for (size_t i = 0; i < s->count; i++) {
		struct span span = s->items[i];
		struct span before = {span.from, span.to < hole.from ? span.to : hole.from};
		struct span after = {span.from > hole.to ? span.from : hole.to, span.to};
		if (before.from < before.to && add_span(&left, before, err) < 0)
			return -1;
		if (after.from < after.to && add_span(&left, after, err) < 0)
			return -1;
	}
	*s = left;
	return 0;
}

/* The hours that "Friday to 15" is an exception of: the day's own, else the first that were told.
 */
static const struct spans *usual_hours(const struct reading *r, int day)
{
	if (r->week[day].count)
		return &r->week[day];
	for (int i = 0; i < 7; i++)
		if (r->week[i].count)
			return &r->week[i];
	return NULL;
}

static int apply_to_day(struct reading *r, int day, struct error *err)
{
	const struct clause *c = &r->clause;
	struct spans spans = c->spans;
	if (!c->off && !spans.count) {
		const struct spans *usual = usual_hours(r, day);
		if (!usual)
			return error_set(err, ERROR_USAGE,
				"these are exceptions only, expected the usual hours before them: "
				"'9-17, Friday to 15'");
		spans = *usual;
		clip(&spans, c->has_from ? c->from : 0, c->has_to ? c->to : 2 * MINUTES_A_DAY);
	}
	for (size_t i = 0; i < c->breaks.count; i++)
		if (take_out(&spans, c->breaks.items[i], err) < 0)
			return -1;
	r->week[day] = spans;
	return 0;
}

static bool says_something(const struct clause *c)
{
	return c->spans.count || c->breaks.count || c->off || c->has_from || c->has_to;
}

static int end_clause(struct reading *r, struct error *err)
{
	struct clause *c = &r->clause;
	if (!says_something(c))
		return c->days ? error_set(err, ERROR_USAGE,
					 "days without hours, expected such as "
					 "'Saturday 9-12' or 'Saturday off'")
			       : 0;
	if (c->rest)
		c->days |= WEEKDAYS & ~r->told;
	if (!c->days && c->off)
		return error_set(err, ERROR_USAGE, "which day is off?");
	if (!c->days)
		c->days = WEEKDAYS;
	for (int day = 0; day < 7; day++)
		if (c->days & 1U << day && apply_to_day(r, day, err) < 0)
			return -1;
	r->told |= c->days;
	*c = (struct clause){0};
	return 0;
}

static const struct hours_token *token(const struct reading *r, size_t ahead)
{
	static const struct hours_token end = {.kind = HOURS_END};
	return r->at + ahead < r->count ? &r->tokens[r->at + ahead] : &end;
}

static bool joins(const struct hours_token *t)
{
	return t->kind == HOURS_DASH || t->kind == HOURS_TO;
}

static int lowest_day(unsigned days)
{
	int day = 0;
	while (!(days & 1U << day))
		day++;
	return day;
}

/* "Mon", "weekdays", "mon-thu", "sat to mon". */
static int take_days(struct reading *r, struct error *err)
{
	const struct hours_token *first = token(r, 0), *last = token(r, 2);
	bool behind = r->at > 0 && r->tokens[r->at - 1].kind == HOURS_ON;
	bool off_before = r->clause.off && !r->clause.days;
	if (says_something(&r->clause) && !behind && !off_before && end_clause(r, err) < 0)
		return -1;
	r->clause.rest |= first->kind == HOURS_REST;
	r->clause.days |= first->days;
	r->at++;
	if (!joins(token(r, 0)) || last->kind != HOURS_DAYS)
		return 0;
	int end = lowest_day(last->days);
	for (int day = lowest_day(first->days); day != end; day = (day + 1) % 7)
		r->clause.days |= 1U << day;
	r->clause.days |= last->days;
	r->at += 2;
	return 0;
}

/* People write 9-5 and mean the afternoon; 22-6 is the night. */
static struct span span_of(
	const struct hours_token *from, const struct hours_token *to, const struct spans *before)
{
	struct span s = {from->minute, to->minute};
	int last = before->count ? before->items[before->count - 1].to : 0;
	bool sure = from->sure && to->sure;
	if (!from->sure && to->sure && s.to > HALF_DAY && s.from + HALF_DAY < s.to)
		s.from += HALF_DAY;
	else if (!sure && !from->sure && s.from < last && s.to <= HALF_DAY &&
		s.from + HALF_DAY >= last)
		s = (struct span){s.from + HALF_DAY, s.to + HALF_DAY};
	else if (!to->sure && s.from < HALF_DAY && s.to < HALF_DAY && s.to <= s.from)
		s.to += HALF_DAY;
	if (s.to <= s.from)
		s.to += MINUTES_A_DAY;
	return s;
}

static int take_span(struct reading *r, struct spans *into, struct error *err)
{
	struct span span = span_of(token(r, 0), token(r, 2), into);
	r->at += 3;
	return add_span(into, span, err);
}

static bool is_span(const struct reading *r)
{
	return token(r, 0)->kind == HOURS_TIME && joins(token(r, 1)) &&
		token(r, 2)->kind == HOURS_TIME;
}

/* A break of its own is everybody's; one that is said with hours is theirs. */
static int take_break(struct reading *r, struct error *err)
{
	bool own = r->at > 0 && r->tokens[r->at - 1].kind == HOURS_SEPARATOR;
	r->at++;
	if (token(r, 0)->kind == HOURS_FROM || token(r, 0)->kind == HOURS_BREAK)
		r->at++;
	if (!is_span(r))
		return error_set(err, ERROR_USAGE, "which break? expected such as 'lunch 12-13'");
	return take_span(r, own ? &r->breaks : &r->clause.breaks, err);
}

/* A dash is an end alone too: "fri -15". */
static int take_end(struct reading *r, struct error *err)
{
	if (token(r, 1)->kind != HOURS_TIME)
		return error_set(err, ERROR_USAGE, "a time is missing behind '%.*s'",
			STR_ARG(token(r, 0)->text));
	r->clause.has_to = true;
	r->clause.to = token(r, 1)->minute;
	/* "to 3" of hours that begin at 9 */
	if (!token(r, 1)->sure && r->clause.to < HALF_DAY && r->clause.days) {
		const struct spans *usual = usual_hours(r, lowest_day(r->clause.days));
		if (usual && r->clause.to <= usual->items[0].from)
			r->clause.to += HALF_DAY;
	}
	r->at += 2;
	return 0;
}

static int take_start(struct reading *r, struct error *err)
{
	r->at++;
	if (is_span(r))
		return take_span(r, &r->clause.spans, err);
	if (token(r, 0)->kind != HOURS_TIME)
		return error_set(err, ERROR_USAGE, "a time is missing behind 'from'");
	r->clause.has_from = true;
	r->clause.from = token(r, 0)->minute;
	r->at++;
	return 0;
}

static int take_one(struct reading *r, struct error *err)
{
	const struct hours_token *t = token(r, 0);
	switch (t->kind) {
	case HOURS_DAYS:
	case HOURS_REST:
		return take_days(r, err);
	case HOURS_TIME:
		if (is_span(r))
			return take_span(r, &r->clause.spans, err);
		return error_set(err, ERROR_USAGE, "'%.*s' has no end, expected such as 9-17",
			STR_ARG(t->text));
	case HOURS_TO:
	case HOURS_DASH:
		return take_end(r, err);
	case HOURS_FROM:
		return take_start(r, err);
	case HOURS_BREAK:
		return take_break(r, err);
	case HOURS_OFF:
		if (says_something(&r->clause) && end_clause(r, err) < 0)
			return -1;
		r->clause.off = true;
		break;
	default:
		break;
	}
	r->at++;
	return 0;
}

static bool same_spans(const struct spans *a, const struct spans *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].from != b->items[i].from || a->items[i].to != b->items[i].to)
			return false;
	return true;
}

static void write_days(unsigned days, struct buf *out)
{
	static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	for (int day = 0; day < 7; day++) {
		int last = day;
		if (!(days & 1U << day))
			continue;
		while (last < 6 && days & 1U << (last + 1))
			last++;
		buf_add_format(out, "%s%s", out->len ? "," : "", names[day]);
		if (last > day)
			buf_add_format(out, "-%s", names[last]);
		day = last;
	}
}

static void write_spans(const struct spans *s, struct buf *out)
{
	for (size_t i = 0; i < s->count; i++) {
		int from = s->items[i].from, to = s->items[i].to;
		if (to > MINUTES_A_DAY)
			to -= MINUTES_A_DAY;
		buf_add_format(out, " %02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
	}
}

/* Days of the same hours in one string; each is checked as the configuration will be. */
static int write_week(const struct reading *r, struct arena *a, struct strs *out, struct error *err)
{
	struct strs made = {.items = arena_array(a, 7, sizeof(struct str))};
	struct buf text = {0};
	unsigned written = 0;
	int result = made.items ? 0 : error_memory(err);
	for (int day = 0; day < 7 && !result; day++) {
		unsigned same = 0;
		if (written & 1U << day || !r->week[day].count)
			continue;
		for (int other = day; other < 7; other++)
			if (same_spans(&r->week[day], &r->week[other]))
				same |= 1U << other;
		written |= same;
		buf_clear(&text);
		write_days(same, &text);
		write_spans(&r->week[day], &text);
		made.items[made.count] = arena_str(a, buf_str(&text));
		result = text.failed || !made.items[made.count].ptr
			? error_memory(err)
			: worktime_check_hours(made.items[made.count++], err);
	}
	buf_finish(&text);
	if (!result && !made.count)
		result = error_set(
			err, ERROR_USAGE, "no hours in it, expected such as '9-17, Friday to 15'");
	if (!result)
		*out = made;
	return result;
}

int hours_from_words(struct str words, struct arena *a, struct strs *out, struct error *err)
{
	struct reading r = {0};
	for (struct hours_token t;;) {
		if (hours_token(&words, &t, err) < 0)
			return -1;
		if (t.kind == HOURS_END)
			break;
		if (r.count == TOKENS_MOST)
			return too_much(err);
		r.tokens[r.count++] = t;
	}
	while (r.at < r.count)
		if (take_one(&r, err) < 0)
			return -1;
	if (end_clause(&r, err) < 0)
		return -1;
	for (int day = 0; day < 7; day++)
		for (size_t i = 0; i < r.breaks.count; i++)
			if (take_out(&r.week[day], r.breaks.items[i], err) < 0)
				return -1;
	return write_week(&r, a, out, err);
}
