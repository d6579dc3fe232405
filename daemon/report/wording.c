/* What every form of the report works out alike. */
#include "wording.h"

#include "base/clock.h"

void add_day(struct buf *out, int64_t day)
{
	struct date d = date_from_days(day);
	buf_add_format(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

unsigned percent(uint64_t part, uint64_t whole)
{
	return whole ? (unsigned)((part * 200 + whole) / (whole * 2)) : 0;
}

void report_sum(const struct report *r, struct report_sums *out)
{
	*out = (struct report_sums){0};
	for (size_t i = 0; i < r->client_count; i++) {
		out->messages += r->clients[i].messages;
		out->findings += r->clients[i].finding_sum;
		out->unexamined += r->clients[i].blind_spot_count;
	}
}

int64_t causes_sum(const struct risk *risk, size_t *counting)
{
	int64_t sum = 0;
	*counting = 0;
	for (size_t i = 0; i < risk->cause_count; i++) {
		sum += risk->causes[i].tenths;
		*counting += risk->causes[i].tenths != 0;
	}
	return sum;
}
