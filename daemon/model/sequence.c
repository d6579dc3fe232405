/* Sequences over a client's history: whose names they look at, and what they found as JSON. */
#include "model/sequence.h"

#include "base/clock.h"
#include "base/limits.h"
#include "codec.h"
#include "model/record.h"
#include <stdlib.h>

/* '*' stands for any letters. Only the last one is ever tried again, so it takes no more than the
   product of both lengths. */
static bool name_fits(struct str pattern, struct str name)
{
	size_t p = 0, n = 0, star = SIZE_MAX, resume = 0;
	while (n < name.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = p++;
			resume = n;
		} else if (p < pattern.len && pattern.ptr[p] == name.ptr[n]) {
			p++;
			n++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			n = ++resume;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}

bool sequence_glob_fits(const struct sequence_glob *g, struct str rule)
{
	struct str rest = g->names, pattern;
	while (str_split(&rest, '|', &pattern))
		if (name_fits(pattern, rule))
			return true;
	return false;
}

bool sequence_finding_same(const struct sequence_finding *a, const struct sequence_finding *b)
{
	const struct finding *x = &a->finding, *y = &b->finding;
	if (!str_eq(x->rule, y->rule) || x->sign != y->sign || x->severity != y->severity ||
		x->status != y->status || x->unsure != y->unsure ||
		!str_eq(x->consent, y->consent) || a->absence != b->absence ||
		!str_eq(x->consent, y->consent) || a->at_us != b->at_us ||
		a->member_count != b->member_count)
		return false;
	for (size_t i = 0; i < a->member_count; i++)
		if (a->members[i] != b->members[i])
			return false;
	return true;
}

void sequence_findings_init(struct sequence_findings *f)
{
	*f = (struct sequence_findings){0};
}

void sequence_findings_finish(struct sequence_findings *f)
{
	if (!f)
		return;
	free(f->items);
	arena_finish(&f->arena);
	*f = (struct sequence_findings){0};
}

void sequence_finding_write(const struct sequence_finding *f, struct json_writer *w)
{
	char at[TIME_TEXT_SIZE], name[EVIDENCE_NAME_SIZE];
	time_format(f->at_us, f->offset_min, false, at);
	json_cstr(w, "at", at);
	json_bool(w, "absence", f->absence);
	json_array(w, "members");
	for (size_t i = 0; i < f->member_count; i++) {
		evidence_name(f->members[i], name);
		json_cstr(w, NULL, name);
	}
	json_array_end(w);
	write_finding(w, "finding", &f->finding);
}

static int read_members(const struct json_value *list, struct arena *arena,
	struct sequence_finding *f, struct error *err)
{
	size_t count = json_count(list);
	uint64_t *members = arena_array(arena, count, sizeof(*members));
	if (!members)
		return error_memory(err);
	if (!count || count > LIMIT_SEQUENCE_MEMBERS)
		return error_set(err, ERROR_INPUT, "%zu members of a sequence, expected 1 to %d",
			count, LIMIT_SEQUENCE_MEMBERS);
	for (size_t i = 0; i < count; i++)
		if (!evidence_parse(json_to_str(json_at(list, i)), &members[i]))
			return error_set(
				err, ERROR_INPUT, "a member of a sequence without a number");
	f->members = members;
	f->member_count = count;
	return 0;
}

int sequence_finding_read(const struct json_value *v, struct arena *arena,
	struct sequence_finding *out, struct error *err)
{
	struct sequence_finding f = {0};
	struct str at = json_to_str(json_get(v, "at"));
	if (!time_parse(at, &f.at_us, &f.offset_min))
		return error_set(err, ERROR_INPUT, "bad 'at' in a sequence: '%.*s'",
			STR_ARG(str_slice(at, 0, 60)));
	if (read_flag(v, "absence", &f.absence, err) < 0 ||
		read_members(json_get(v, "members"), arena, &f, err) < 0 ||
		read_finding(json_get(v, "finding"), arena, &f.finding, err) < 0)
		return -1;
	*out = f;
	return 0;
}
