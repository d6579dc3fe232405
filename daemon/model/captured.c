/* What the words of a hit name, as JSON and back. */
#include "model/captured.h"

#include "base/clock.h"
#include "codec.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define VALUE_MOST (INT64_MAX / 100)

int captured_copy(const struct captured *from, struct arena *arena, struct captured *out)
{
	*out = *from;
	if (from->amount.ptr)
		out->amount = arena_str(arena, from->amount);
	if (from->day_words.ptr)
		out->day_words = arena_str(arena, from->day_words);
	return !from->amount.ptr == !out->amount.ptr && !from->day_words.ptr == !out->day_words.ptr
		? 0
		: -1;
}

static void write_amount(struct json_writer *w, const struct captured *c)
{
	char value[32];
	snprintf(value, sizeof(value), "%" PRId64 ".%02d", c->hundredths / 100,
		(int)(c->hundredths % 100));
	json_object(w, "amount");
	json_str(w, "text", c->amount);
	json_cstr(w, "value", c->has_value ? value : NULL);
	json_cstr(w, "currency", c->currency[0] ? c->currency : NULL);
	json_object_end(w);
}

static void write_day(struct json_writer *w, const struct captured *c)
{
	char date[64];
	struct date d = date_from_days(c->day);
	snprintf(date, sizeof(date), "%04d-%02d-%02d", d.year, d.month, d.day);
	json_object(w, "day");
	json_str(w, "text", c->day_words);
	json_cstr(w, "date", c->has_day ? date : NULL);
	json_object_end(w);
}

void captured_write(struct json_writer *w, const struct captured *c)
{
	if (c->amount.ptr)
		write_amount(w, c);
	else
		json_null(w, "amount");
	if (c->day_words.ptr)
		write_day(w, c);
	else
		json_null(w, "day");
}

static int wrong(struct error *err, const char *key, struct str value)
{
	return error_set(
		err, ERROR_INPUT, "bad '%s': '%.*s'", key, STR_ARG(str_slice(value, 0, 60)));
}

/* "1200.00" */
static bool parse_value(struct str value, int64_t *hundredths)
{
	size_t dot;
	uint64_t whole, part;
	if (!str_rfind_char(value, '.', &dot) || value.len - dot != 3 ||
		!str_to_u64(str_slice(value, 0, dot), VALUE_MOST, &whole) ||
		!str_to_u64(str_slice(value, dot + 1, value.len), 99, &part) ||
		whole * 100 > INT64_MAX - part)
		return false;
	*hundredths = (int64_t)(whole * 100 + part);
	return true;
}

static int read_amount(
	const struct json_value *amount, struct arena *arena, struct captured *c, struct error *err)
{
	struct str value = json_to_str(json_get(amount, "value"));
	struct str currency = json_to_str(json_get(amount, "currency"));
	if (json_is_null(amount))
		return 0;
	if (read_text(amount, "text", arena, &c->amount, err) < 0)
		return -1;
	c->has_value = !json_is_null(json_get(amount, "value"));
	if (!c->amount.ptr || (c->has_value && !parse_value(value, &c->hundredths)))
		return wrong(err, "amount", value);
	if (currency.len >= CURRENCY_SIZE)
		return wrong(err, "currency", currency);
	if (currency.len)
		memcpy(c->currency, currency.ptr, currency.len);
	return 0;
}

static int read_day(
	const struct json_value *day, struct arena *arena, struct captured *c, struct error *err)
{
	struct str text = json_to_str(json_get(day, "date"));
	struct date date;
	if (json_is_null(day))
		return 0;
	if (read_text(day, "text", arena, &c->day_words, err) < 0)
		return -1;
	c->has_day = !json_is_null(json_get(day, "date"));
	if (!c->day_words.ptr || (c->has_day && !date_parse(text, &date)))
		return wrong(err, "day", text);
	if (c->has_day)
		c->day = date_to_days(date);
	return 0;
}

int captured_read(const struct json_value *object, struct arena *arena, struct captured *out,
	struct error *err)
{
	struct captured c = {0};
	if (read_amount(json_get(object, "amount"), arena, &c, err) < 0 ||
		read_day(json_get(object, "day"), arena, &c, err) < 0)
		return -1;
	*out = c;
	return 0;
}
