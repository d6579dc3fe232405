/* What was judged of one message: begun and ended, and why something was found. */
#include "model/finding.h"

struct str finding_reason(struct str rule, struct str why)
{
	const struct str before = STR("matched rule ");
	if (!str_starts(why, before) || !str_starts(str_slice(why, before.len, why.len), rule))
		return why;
	struct str rest = str_slice(why, before.len + rule.len, why.len);
	return str_starts(rest, STR(": ")) ? str_slice(rest, 2, rest.len) : why;
}

void judgement_init(struct judgement *j)
{
	*j = (struct judgement){0};
}

void judgement_finish(struct judgement *j)
{
	if (!j)
		return;
	arena_finish(&j->arena);
	*j = (struct judgement){0};
}
