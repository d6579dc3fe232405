/* A census: which of the messages that were given before are on the server still. */
#include "imap.h"

#include <stdlib.h>

/* UIDs in one item; as ranges of one each they stay far below LIMIT_FRAME. */
#define CENSUS_UIDS 2000

/* A folder that cannot be opened, is numbered anew or cannot be read whole says nothing of what is
   gone. */
static int begin(
	struct imap_source *s, struct folder *f, struct source_item *out, struct error *err)
{
	const struct search all = {.first = 1, .last = UINT32_MAX, .drafts_too = true};
	int code = session_examine(&s->session, f->wire);
	if (session_refused(&s->session, code))
		return 0;
	if (code != MAILIMAP_NO_ERROR)
		return session_error(&s->session, code, err, "cannot open a folder");
	if (s->session.uidvalidity != f->census_uidvalidity)
		return 0;
	if (session_search(&s->session, &all, &s->run.uids, err) < 0)
		return -1;
	s->census_at = 0;
	s->census_from = 1;
	if (s->run.uids.count >= s->session.exists)
		return 1;
	*out = (struct source_item){
		.event = SOURCE_CENSUS,
		.folder = f->name,
		.uidvalidity = f->census_uidvalidity,
		.last = true,
	};
	f->census_below = 0;
	s->census_from = 0;
	return 1;
}

static int give(struct imap_source *s, struct folder *f, struct source_item *out, struct error *err)
{
	const struct uid_list *uids = &s->run.uids;
	size_t end = s->census_at;
	while (end < uids->count && end - s->census_at < CENSUS_UIDS &&
		uids->items[end] < f->census_below)
		end++;
	bool last = end == uids->count || uids->items[end] >= f->census_below;
	buf_clear(&s->text);
	uid_list_format(uids, s->census_at, end, &s->text);
	if (s->text.failed)
		return error_memory(err);
	*out = (struct source_item){
		.event = SOURCE_CENSUS,
		.folder = f->name,
		.uidvalidity = f->census_uidvalidity,
		.from_uid = s->census_from,
		.next_uid = last ? f->census_below : uids->items[end],
		.text = buf_str(&s->text),
		.last = last,
	};
	s->census_at = end;
	s->census_from = last ? 0 : out->next_uid;
	if (last)
		f->census_below = 0;
	return 1;
}

int imap_census(struct imap_source *s, struct source_item *out, struct error *err)
{
	for (size_t i = 0; i < s->folder_count; i++) {
		struct folder *f = &s->folders[i];
		if (!f->census_below)
			continue;
		if (!s->census_from) {
			int begun = begin(s, f, out, err);
			if (begun < 0 || (begun && !s->census_from))
				return begun;
			if (!begun) {
				f->census_below = 0;
				continue;
			}
		}
		return give(s, f, out, err);
	}
	s->step = STEP_END;
	return 0;
}
