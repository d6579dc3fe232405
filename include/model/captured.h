/* The amount of money and the day that the words of a hit name. */
#ifndef OVERSTEP_MODEL_CAPTURED_H
#define OVERSTEP_MODEL_CAPTURED_H

#include "base/arena.h"
#include "base/error.h"

#define CURRENCY_SIZE 4

/* Zero-initialised is nothing captured. */
struct captured {
	struct str amount; /* as written, "1.200 €"; absent: none */
	bool has_value;    /* the number could be read, and fits */
	int64_t hundredths;
	char currency[CURRENCY_SIZE]; /* ISO 4217; "" when it could be several */
	struct str day_words;         /* as written, "by Friday"; absent: none */
	bool has_day;                 /* the words name one day, by the message's own clock */
	int64_t day;                  /* civil, days since 1970 */
};

/* A copy whose strings are the arena's. 0 or -1 (memory). */
int captured_copy(const struct captured *from, struct arena *arena, struct captured *out);

/* Appends "1200.00", the value that it has. */
void captured_add_value(const struct captured *c, struct buf *out);
/* Appends "1200.00 EUR ('1.200 €'), 2026-03-06 ('by Friday')"; what is not known is left out. */
void captured_add_words(const struct captured *c, struct buf *out);
/* Appends "by Friday (2026-03-06)"; nothing when no day was captured. */
void captured_add_day(const struct captured *c, struct buf *out);

/* Two fields of the object that is being written, null when nothing was captured:
   "amount":{"text":"1.200 €","value":"1200.00"|null,"currency":"EUR"|null},
   "day":{"text":"by Friday","date":"2026-03-06"|null} */
struct json_writer;
struct json_value;
void captured_write(struct json_writer *w, const struct captured *c);
/* Missing fields are taken for null: older judgements have none. Fails: ERROR_INPUT,
   ERROR_MEMORY. */
int captured_read(const struct json_value *object, struct arena *arena, struct captured *out,
	struct error *err);

#endif
