/* Reads an except block: for whom, when and until which day it holds, and why. */
#include "except.h"
#include "base/clock.h"
#include "rule.h"

/* false when the field is not there, or wrong. */
static bool read_day(const struct script *s, const struct draft *d, enum field field, int64_t *day)
{
	const struct value *v = d->first[field];
	struct date date;
	if (!v || v->text.len == 0)
		return false;
	if (!date_parse(v->text, &date)) {
		complain_in(
			s, v, 0, "bad day '%.*s', expected one like 2026-06-30", WORD_ARG(v->text));
		return false;
	}
	*day = date_to_days(date);
	return true;
}

int except_read(
	const struct script *s, const struct draft *d, struct consent *out, struct error *err)
{
	const struct value *because = d->first[FIELD_BECAUSE], *until = d->first[FIELD_UNTIL];
	out->rules = d->name;
	out->when = when_read(s, d);
	out->has_since = read_day(s, d, FIELD_SINCE, &out->since_day);
	out->has_until = read_day(s, d, FIELD_UNTIL, &out->until_day);
	if (out->has_since && out->has_until && out->until_day < out->since_day)
		complain_in(s, until, 0, "'until' is before 'since', so that nothing is excepted");
	if (!because && d->name.len > 0)
		complain(
			s, DIAG_ERROR, &d->at, "except '%.*s' has no 'because'", WORD_ARG(d->name));
	out->why = !because      ? (struct str){NULL, 0}
		: out->has_until ? arena_format(s->arena, "%.*s, until %.*s",
					   STR_ARG(because->text), STR_ARG(until->text))
				 : because->text;
	if (because && !out->why.ptr)
		return error_memory(err);
	return clients_read(s, d, &out->clients, err);
}
