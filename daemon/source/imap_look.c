/* Looks through an IMAP account without fetching: which folders are there, and where mail of
 * somebody lies that nobody watches for.
 */
#include "imap.h"

#include "base/clock.h"
#include "base/limits.h"
#include "imap_search.h"

/* A draft was not sent, and what was thrown away was thrown away; flagged mail lies elsewhere too.
 */
static const char *const passed_uses[] = {"\\Drafts", "\\Trash", "\\Flagged"};

/* Opens a folder: 1, 0 the server has none such, -1. */
static int examine(struct imap_source *s, struct str wire, struct error *err)
{
	int code = session_examine(&s->session, wire);
	if (code == MAILIMAP_NO_ERROR)
		return 1;
	if (session_refused(&s->session, code))
		return 0;
	return session_error(&s->session, code, err, "cannot open a folder");
}

static bool is_chosen(const struct imap_source *s, const struct listed *f)
{
	for (size_t i = 0; i < s->folder_count; i++)
		if (str_eq(s->folders[i].wire, f->wire))
			return true;
	return false;
}

static bool holds_all_mail(const struct imap_source *s)
{
	for (size_t i = 0; i < s->list.count; i++)
		if (is_chosen(s, &s->list.items[i]) &&
			folder_seems_for(&s->list.items[i], STR("\\All")))
			return true;
	return false;
}

static bool is_to_be_searched(const struct imap_source *s, const struct listed *f)
{
	if (!f->selectable || is_chosen(s, f))
		return false;
	for (size_t i = 0; i < sizeof(passed_uses) / sizeof(passed_uses[0]); i++)
		if (folder_seems_for(f, str_from(passed_uses[i])))
			return false;
	return true;
}

static int look_at_chosen(
	struct imap_source *s, const struct source_probe *probe, struct error *err)
{
	for (size_t i = 0; i < s->folder_count; i++) {
		const struct folder *f = &s->folders[i];
		int there = f->missing ? 0 : examine(s, f->wire, err);
		if (there < 0 ||
			probe->watched(probe->context, f->name, !there,
				there ? s->session.exists : 0, err) < 0)
			return -1;
	}
	return 0;
}

/* A count that takes in everybody's mail would be none. */
static bool can_be_counted(const struct strs *addresses)
{
	for (size_t i = 0; i < addresses->count; i++)
		if (!search_takes(addresses->items[i]))
			return false;
	return addresses->count > 0;
}

/* Counts a group's mail in the open folder. */
static int count_mail(struct imap_source *s, const struct listed *f,
	const struct source_probe *probe, size_t group, struct error *err)
{
	struct uid_list uids = {0};
	struct search q = {
		.first = 1,
		.last = UINT32_MAX,
		.since = s->plan->has_since ? &s->plan->since : NULL,
		.parties = &probe->groups[group],
	};
	if (!can_be_counted(q.parties))
		return 0;
	int result = session_search(&s->session, &q, &uids, err);
	size_t all = uids.count;
	if (!result && all) {
		q.from_them = true;
		result = session_search(&s->session, &q, &uids, err);
	}
	size_t from = uids.count < all ? uids.count : all;
	if (!result && all)
		result = probe->unwatched(probe->context, f->name, group, (uint32_t)from,
			(uint32_t)(all - from), err);
	uid_list_finish(&uids);
	return result;
}

static int search_folder(struct imap_source *s, const struct listed *f,
	const struct source_probe *probe, struct error *err)
{
	int there = examine(s, f->wire, err);
	if (there <= 0)
		return there;
	for (size_t i = 0; i < probe->group_count; i++)
		if (count_mail(s, f, probe, i, err) < 0)
			return -1;
	return 0;
}

int imap_look(struct source *base, const struct source_probe *probe, struct error *err)
{
	struct imap_source *s = (struct imap_source *)base;
	size_t searched = 0, passed = 0;
	if (look_at_chosen(s, probe, err) < 0)
		return -1;
	if (holds_all_mail(s))
		return 0;
	for (size_t i = 0; i < s->list.count; i++) {
		const struct listed *f = &s->list.items[i];
		if (!is_to_be_searched(s, f))
			continue;
		if (searched == LIMIT_IMAP_FOLDERS || clock_monotonic_us() > probe->deadline_us) {
			passed++;
			continue;
		}
		searched++;
		if (search_folder(s, f, probe, err) < 0)
			return -1;
	}
	return passed ? probe->passed_over(probe->context, passed, err) : 0;
}
