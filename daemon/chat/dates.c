/* Weighs the dates of an export. */
#include "dates.h"

#include <stdio.h>

static void keep_example(char *out, size_t size, const struct whatsapp_head *head)
{
	snprintf(out, size, "%.*s", STR_ARG(head->written));
}

/* The orders that give the same day as another are one. */
static bool same_days(const int64_t *days, unsigned orders)
{
	bool any = false;
	int64_t first = 0;
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++) {
		if (!(orders & 1u << o))
			continue;
		if (any && days[o] != first)
			return false;
		first = days[o];
		any = true;
	}
	return true;
}

static void note_either(
	struct dates *d, const struct whatsapp_head *head, const int64_t *days, unsigned orders)
{
	if (d->either++)
		return;
	keep_example(d->either_example, sizeof(d->either_example), head);
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++) {
		struct date day = date_from_days(days[o]);
		if (orders & 1u << o)
			snprintf(d->either_days[o], sizeof(d->either_days[o]), "%04d-%02d-%02d",
				day.year, day.month, day.day);
	}
}

void dates_add(struct dates *d, const struct whatsapp_head *head)
{
	unsigned orders = whatsapp_head_orders(head);
	int64_t days[DATE_ORDERS] = {0};
	struct date date;
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++) {
		if (!(orders & 1u << o) || !whatsapp_head_date(head, (enum chat_order)o, &date))
			continue;
		days[o] = date_to_days(date);
		d->backward[o] += d->seen && days[o] < d->last_day[o];
		d->last_day[o] = days[o];
		if (orders == 1u << o && !d->only[o]++)
			keep_example(d->example[o], sizeof(d->example[o]), head);
	}
	if (!same_days(days, orders))
		note_either(d, head, days, orders);
	d->possible = d->seen++ ? d->possible & orders : orders;
}

/* The first order that all dates fit; how many there are. */
static int fitting(const struct dates *d, enum chat_order *first)
{
	int count = 0;
	for (unsigned o = CHAT_YMD; o >= CHAT_DMY; o--)
		if (d->possible & 1u << o) {
			*first = (enum chat_order)o;
			count++;
		}
	return count;
}

/* The one order in which time never goes back, when in all other fitting ones it does. */
static enum chat_order forward(const struct dates *d)
{
	enum chat_order found = CHAT_ORDER_UNKNOWN;
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++) {
		if (!(d->possible & 1u << o) || d->backward[o])
			continue;
		if (found)
			return CHAT_ORDER_UNKNOWN;
		found = (enum chat_order)o;
	}
	return found;
}

/* "31 dates fit day/month/year alone ('31/8/25, 20:47'), 2 month/day/year alone ('8/31/25')" */
static void add_counts(const struct dates *d, struct buf *out)
{
	const char *comma = "";
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++) {
		if (!d->only[o])
			continue;
		buf_add_format(out, "%s%llu %s only %s ('%s')", comma,
			(unsigned long long)d->only[o], d->only[o] == 1 ? "date fits" : "dates fit",
			chat_order_name((enum chat_order)o), d->example[o]);
		comma = ", ";
	}
	if (!d->either)
		return;
	buf_add_format(out, "%s%llu %s ('%s'", comma, (unsigned long long)d->either,
		d->either == 1 ? "date can be read in several ways"
			       : "dates can be read in several ways",
		d->either_example);
	comma = " is ";
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++)
		if (d->either_days[o][0]) {
			buf_add_format(out, "%s%s as %s", comma, d->either_days[o],
				chat_order_name((enum chat_order)o));
			comma = " or ";
		}
	buf_add_char(out, ')');
}

/* What the dates themselves say. CHAT_ORDER_UNKNOWN: nothing that is certain. */
static enum chat_order infer(const struct dates *d, struct buf *why)
{
	enum chat_order order = CHAT_ORDER_UNKNOWN;
	int count = fitting(d, &order);
	if (count == 1 || (count > 1 && !d->either)) {
		add_counts(d, why);
		return order;
	}
	enum chat_order goes_forward = count > 1 ? forward(d) : CHAT_ORDER_UNKNOWN;
	if (goes_forward)
		buf_add_format(why, "only as %s do the dates never go back in time; ",
			chat_order_name(goes_forward));
	else if (count == 0)
		buf_add_cstr(why, "its dates are written in more than one order: ");
	add_counts(d, why);
	return goes_forward;
}

int dates_conclude(const struct dates *d, enum chat_order declared, struct arena *arena,
	struct chat_dates *out)
{
	struct buf why = {0};
	enum chat_order inferred = d->seen ? infer(d, &why) : CHAT_ORDER_UNKNOWN;
	*out = (struct chat_dates){.either = d->either,
		.order = declared ? declared : inferred,
		.inferred = !declared && inferred,
		.why = arena_str(arena, buf_str(&why))};
	for (int o = 0; o < DATE_ORDERS; o++)
		out->only[o] = d->only[o];
	bool failed = why.failed || !out->why.ptr;
	buf_finish(&why);
	return failed ? -1 : 0;
}
