/* The report for a spreadsheet: one row a finding. */
#include "writers.h"

#include "base/clock.h"
#include "base/csv.h"
#include "model/record.h"
#include "wording.h"

static const char *const columns[] = {"evidence", "client", "at", "direction", "rule", "sign",
	"severity", "status", "mark", "words", "why", "subject", "clock", "clock_state", "sha256",
	"consent", "amount", "currency", "day", "members"};
#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

/* Cells end with a comma, the last one of a row with CRLF (RFC 4180). */
static void add_row(struct buf *out, const struct str *cells)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		csv_add(out, cells[i]);
		buf_add_cstr(out, i + 1 < COLUMN_COUNT ? "," : "\r\n");
	}
}

/* "E-000004 E-000006": what a sequence is made of. */
static void add_members(struct buf *out, const struct incident *x)
{
	char id[EVIDENCE_NAME_SIZE];
	for (size_t i = 0; i < x->member_count; i++) {
		evidence_name(x->members[i].evidence, id);
		buf_add_format(out, "%s%s", i ? " " : "", id);
	}
}

static void add_finding(struct buf *out, const struct report_client *c, const struct incident *x,
	const struct incident_finding *f)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE], sum[SHA256_HEX_SIZE];
	char severity[] = {(char)('0' + f->severity), '\0'};
	struct buf value = {0}, date = {0}, members = {0};
	bool message = !x->member_count;
	if (f->captured.has_value)
		captured_add_value(&f->captured, &value);
	if (f->captured.has_day)
		add_day(&date, f->captured.day);
	evidence_name(x->evidence, id);
	time_format(x->at.at_us, x->at.offset_min, x->at.zulu, at);
	sha256_hex(&x->sum, sum);
	add_members(&members, x);
	const struct str cells[COLUMN_COUNT] = {
		str_from(id),
		c->id,
		str_from(at),
		str_from(direction_name(x->direction)),
		f->rule,
		str_from(sign_name(f->sign)),
		str_from(severity),
		str_from(f->status == RULE_SHADOW ? "shadow" : "live"),
		str_from(f->mark ? mark_name(f->mark) : ""),
		f->text,
		f->why,
		x->subject,
		str_from(message ? clock_kind_name(x->clock_used) : ""),
		str_from(!message                 ? ""
				: x->clock_agreed ? "agreed"
						  : "disputed"),
		str_from(message ? sum : ""),
		f->consent,
		buf_str(&value),
		str_from(f->captured.currency),
		buf_str(&date),
		buf_str(&members),
	};
	add_row(out, cells);
	out->failed |= value.failed || date.failed || members.failed;
	buf_finish(&value);
	buf_finish(&date);
	buf_finish(&members);
}

static void add_lane(
	struct buf *out, const struct report_client *c, const struct incident *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < all[i].finding_count; k++)
			add_finding(out, c, &all[i], &all[i].findings[k]);
}

int report_write_csv(const struct report *r, const struct report_sink *sink, struct error *err)
{
	struct buf out = {0};
	struct str titles[COLUMN_COUNT];
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		titles[i] = str_from(columns[i]);
	add_row(&out, titles);
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		add_lane(&out, c, c->incidents, c->incident_count);
		add_lane(&out, c, c->harmful, c->harmful_count);
	}
	int result = sink_flush(sink, &out, err);
	buf_finish(&out);
	return result;
}
