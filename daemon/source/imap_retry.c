/* Messages that could not be had in an earlier round, asked for once more when all mail is given.
 */
#include "imap.h"

#include <string.h>

/* 1 the run over them has begun, 0 they cannot be asked for, -1. */
static int begin(struct imap_source *s, struct error *err)
{
	struct folder *f = &s->folders[s->folder_at];
	int code = session_examine(&s->session, f->wire);
	if (session_refused(&s->session, code))
		return 0;
	if (code != MAILIMAP_NO_ERROR)
		return session_error(&s->session, code, err, "cannot open a folder");
	if (s->session.uidvalidity != f->retry_uidvalidity)
		return 0;
	s->uidvalidity = f->retry_uidvalidity;
	if (uid_list_take(&s->run.uids, f->retry, f->retry_count, err) < 0)
		return -1;
	mail_run_start(&s->run);
	s->run.again = s->run.works = true;
	return 1;
}

int imap_retry(struct imap_source *s, struct source_item *out, struct error *err)
{
	for (; s->folder_at < s->folder_count; s->folder_at++) {
		struct folder *f = &s->folders[s->folder_at];
		int begun = f->retry_count && !s->run.again ? begin(s, err) : s->run.again;
		if (begun < 0)
			return -1;
		int given = begun ? mail_next(s, out, err) : 0;
		if (given)
			return given;
		f->retry_count = 0;
		s->run.again = false;
	}
	s->step = STEP_CENSUS;
	return 0;
}
