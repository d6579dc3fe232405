/* What was judged of one message: begun and ended. */
#include "model/finding.h"

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
