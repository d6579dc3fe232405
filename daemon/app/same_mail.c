/* Is it the same mail, but for what programs note in it where they keep it? */
#include "same_mail.h"

#include "app/store.h"
#include "base/limits.h"
#include "index/index.h"

/* What mbox programs, Thunderbird, Evolution and an export of Gmail write into a header. */
static const struct str noted[] = {STR("Status:"), STR("X-Status:"), STR("X-Keywords:"),
	STR("X-UID:"), STR("X-IMAP:"), STR("X-IMAPbase:"), STR("Content-Length:"), STR("Lines:"),
	STR("X-Mozilla-Status:"), STR("X-Mozilla-Status2:"), STR("X-Mozilla-Keys:"),
	STR("X-Account-Key:"), STR("X-UIDL:"), STR("X-Evolution:"), STR("X-Evolution-Source:"),
	STR("X-GM-THRID:"), STR("X-Gmail-Labels:"), STR("X-Folder:")};

static bool is_noted(struct str line)
{
	for (size_t i = 0; i < sizeof(noted) / sizeof(*noted); i++)
		if (str_starts_nocase(line, noted[i]))
			return true;
	return false;
}

/* The next line of the header that is the mail's own; false behind the last. */
static bool next_line(struct str *rest, struct str *line)
{
	bool passing = false;
	while (str_line(rest, line) && line->len) {
		bool folded = line->ptr[0] == ' ' || line->ptr[0] == '\t';
		passing = folded ? passing : is_noted(*line);
		if (!passing)
			return true;
	}
	return false;
}

static struct str without_end(struct str s)
{
	while (str_ends(s, STR("\n")) || str_ends(s, STR("\r")))
		s.len--;
	return s;
}

bool mail_is_same(struct str a, struct str b)
{
	struct str one, other;
	bool more, too;
	do {
		more = next_line(&a, &one);
		too = next_line(&b, &other);
		if (more != too || (more && !str_eq(one, other)))
			return false;
	} while (more);
	return str_eq(without_end(a), without_end(b));
}

int same_mail_find(struct store *s, const struct entry *e, uint64_t *seq, struct error *err)
{
	struct str id = e->reading ? e->reading->facts.message_id : (struct str){0};
	if (!id.len || e->large || e->raw->octets.len >= LIMIT_PARSE)
		return 0;
	int found = index_find_message_id(s->index, id, seq, err);
	if (found <= 0)
		return found;
	struct stored_message there = {0};
	int result = stored_message_load(s, *seq, &there, err);
	if (!result)
		result = mail_is_same(buf_str(&there.octets), e->raw->octets);
	stored_message_finish(&there);
	return result;
}
