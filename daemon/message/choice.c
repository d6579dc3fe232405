/* Chooses among alternatives as they come. */
#include "choice.h"

static int part_rank(const struct part *p)
{
	if (p->attachment || p->alternative || str_trim(p->content).len == 0)
		return 0;
	if (str_eq(p->type, STR("text/plain")))
		return 2;
	return str_eq(p->type, STR("text/html"));
}

static int range_rank(const struct part *parts, size_t start, size_t end)
{
	int best = 0;
	for (size_t i = start; i < end; i++)
		if (part_rank(&parts[i]) > best)
			best = part_rank(&parts[i]);
	return best;
}

static void stand_back(struct part *parts, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		parts[i].alternative = true;
}

void choice_add(struct choice *c, struct part *parts, size_t start, size_t end)
{
	int rank = range_rank(parts, start, end);
	if (c->made && rank <= c->rank) {
		stand_back(parts, start, end);
		return;
	}
	if (c->made)
		stand_back(parts, c->start, c->end);
	*c = (struct choice){start, end, rank, true};
}
