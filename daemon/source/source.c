/* Calls the source that was opened, whatever kind it is. */
#include "source_kind.h"

#include "base/clock.h"
#include "wait.h"

int source_next(struct source *s, struct source_item *out, struct error *err)
{
	return s->kind->next(s, out, err);
}

int source_again(struct source *s, struct error *err)
{
	return s->kind->again(s, err);
}

int source_wait(struct source *s, int64_t timeout_us, struct error *err)
{
	if (s->kind->wait)
		return s->kind->wait(s, timeout_us, err);
	const struct patience p = {clock_monotonic_us() + timeout_us, s->wake_fd};
	return wait_for_clock(&p, err);
}

int source_look(struct source *s, const struct source_probe *probe, struct error *err)
{
	return s->kind->look ? s->kind->look(s, probe, err) : 0;
}

int source_senders(struct source *s, const struct source_senders *ask, struct error *err)
{
	return s->kind->senders ? s->kind->senders(s, ask, err) : 0;
}

int source_append(
	struct source *s, const struct source_draft *draft, struct str *folder, struct error *err)
{
	if (s->kind->append)
		return s->kind->append(s, draft, folder, err);
	return error_set(err, ERROR_CONFIG, "a source of kind '%s' takes no drafts", s->kind->name);
}

struct str source_capabilities(const struct source *s)
{
	return s->kind->capabilities ? s->kind->capabilities(s) : (struct str){0};
}

void source_close(struct source *s)
{
	if (s)
		s->kind->close(s);
}
