/* How far a rule is to be trusted, by what was said of its hits. */
#include "rule_trust.h"

#include <math.h>

/* The 95th percentile of the normal distribution. */
#define Z 1.6448536269514722

static uint64_t marks_of(const struct rule_count *c)
{
	return c->wrong + c->agreed + c->right;
}

int rule_precision(const struct rule_count *c)
{
	uint64_t marks = marks_of(c);
	return marks ? (int)((200 * (c->agreed + c->right) + marks) / (2 * marks)) : -1;
}

/* Wilson (1927): where a share may lie of which `part` in `all` were seen. */
static double wilson_upper(double part, double all)
{
	double share = part / all, square = Z * Z / all;
	double half = Z * sqrt((share * (1 - share) + square / 4) / all);
	return (share + square / 2 + half) / (1 + square);
}

bool rule_is_doubtful(const struct rule_count *c)
{
	uint64_t marks = marks_of(c);
	if (marks < TRUST_MARKS_LEAST || 100 * c->wrong < TRUST_WRONG_PERCENT * c->hits)
		return false;
	double upper = wilson_upper((double)(c->agreed + c->right), (double)marks);
	return 100 * upper < TRUST_LIMIT_PERCENT;
}

void rule_marks_add(const struct rule_count *c, struct buf *out)
{
	const struct {
		uint64_t count;
		const char *word;
	} parts[] = {{c->wrong, "wrong"}, {c->agreed, "agreed"}, {c->right, "right"}};
	size_t start = out->len;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].count)
			buf_add_format(out, "%s%llu %s", out->len > start ? ", " : "",
				(unsigned long long)parts[i].count, parts[i].word);
}

void rule_doubt_add(const struct rule_count *c, struct buf *out)
{
	buf_add_format(
		out, "%.*s has %llu hits, marked ", STR_ARG(c->rule), (unsigned long long)c->hits);
	rule_marks_add(c, out);
	buf_add_cstr(out, ": see 'overstep rules list --doubtful'");
}
