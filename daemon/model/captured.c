/* What the words of a hit name, in words, as JSON and back. */
#include "model/captured.h"

#include "base/clock.h"
#include "codec.h"
#include <inttypes.h>
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

void captured_add_value(const struct captured *c, struct buf *out)
{
	buf_add_format(out, "%" PRId64 ".%02d", c->hundredths / 100, (int)(c->hundredths % 100));
}

static void add_date(const struct captured *c, struct buf *out)
{
	struct date d = date_from_days(c->day);
	buf_add_format(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void captured_add_words(const struct captured *c, struct buf *out)
{
	if (c->has_value) {
		captured_add_value(c, out);
		buf_add_format(out, "%s%s ", c->currency[0] ? " " : "", c->currency);
	}
	if (c->amount.ptr)
		buf_add_format(out, c->has_value ? "('%.*s')" : "'%.*s'", STR_ARG(c->amount));
	if (c->amount.ptr && c->day_words.ptr)
		buf_add_cstr(out, ", ");
	if (c->has_day)
		add_date(c, out);
	if (c->day_words.ptr)
		buf_add_format(out, c->has_day ? " ('%.*s')" : "'%.*s'", STR_ARG(c->day_words));
}

void captured_add_day(const struct captured *c, struct buf *out)
{
	struct buf date = {0};
	size_t at;
	add_date(c, &date);
	buf_add_str(out, c->day_words);
	if (c->has_day && !str_find(c->day_words, buf_str(&date), &at))
		buf_add_format(out, " (%s)", buf_cstr(&date));
	out->failed |= date.failed;
	buf_finish(&date);
}

static void write_amount(struct json_writer *w, const struct captured *c)
{
	struct buf value = {0};
	captured_add_value(c, &value);
	json_object(w, "amount");
	json_str(w, "text", c->amount);
	json_str(w, "value", c->has_value ? buf_str(&value) : (struct str){NULL, 0});
	json_cstr(w, "currency", c->currency[0] ? c->currency : NULL);
	json_object_end(w);
	w->out->failed |= value.failed;
	buf_finish(&value);
}

static void write_day(struct json_writer *w, const struct captured *c)
{
	struct buf date = {0};
	add_date(c, &date);
	json_object(w, "day");
	json_str(w, "text", c->day_words);
	json_str(w, "date", c->has_day ? buf_str(&date) : (struct str){NULL, 0});
	json_object_end(w);
	w->out->failed |= date.failed;
	buf_finish(&date);
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
