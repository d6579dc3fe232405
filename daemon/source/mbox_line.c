/* Which lines of an mbox file begin a mail. Programs disagree, so each sign is weighed. */
#include "mbox.h"

#include <ctype.h>
#include <string.h>

#define LINE_MOST 1000 /* of a From_ line; a sender has at most 320 octets */
#define NAME_MOST 76   /* of a header field */

/* Fields that programs write first, so that a From_ line in a form of its own is still known. */
static const char *const first_fields[] = {"Return-Path", "Received", "Delivered-To", "Message-ID",
	"Date", "From", "To", "Subject", "MIME-Version", "X-Mozilla-Status", "X-Gmail-Labels",
	"X-GM-THRID", "X-UIDL", "X-Apparently-To", "Envelope-to", "Status", "X-Account-Key"};

static bool is_digits(const char *at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isdigit((unsigned char)at[i]))
			return false;
	return true;
}

/* "10:04" and "2026" and "Jan", in whatever order and with whatever zone. */
static bool has_date(struct str line)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	bool clock = false, year = false, month = false;
	for (size_t i = 1; i + 3 <= line.len; i++) {
		const char *at = line.ptr + i;
		if (at[-1] != ' ' && at[-1] != ',')
			continue;
		size_t left = line.len - i;
		clock |= (left >= 5 && is_digits(at, 2) && at[2] == ':' && is_digits(at + 3, 2)) ||
			(left >= 4 && is_digits(at, 1) && at[1] == ':' && is_digits(at + 2, 2));
		year |= left >= 4 && is_digits(at, 4) &&
			(!memcmp(at, "19", 2) || !memcmp(at, "20", 2)) &&
			(left == 4 || at[4] == ' ');
		for (size_t m = 0; m < sizeof(months) - 1; m += 3)
			month |= !memcmp(at, months + m, 3);
	}
	return clock && year && month;
}

/* The name of the field that stands there; absent when none does. */
static struct str field_name(struct str text)
{
	size_t end = 0;
	while (end < text.len && end <= NAME_MOST && text.ptr[end] > ' ' && text.ptr[end] < 127 &&
		text.ptr[end] != ':')
		end++;
	bool is_field = end > 0 && end <= NAME_MOST && end < text.len && text.ptr[end] == ':';
	return is_field ? str_slice(text, 0, end) : (struct str){0};
}

static bool is_first_field(struct str name)
{
	for (size_t i = 0; i < sizeof(first_fields) / sizeof(*first_fields); i++)
		if (str_eq_nocase(name, str_from(first_fields[i])))
			return true;
	return false;
}

bool mbox_separates(struct str text, bool blank_before)
{
	struct str rest = text, line, next;
	if (!str_starts(text, STR("From ")) || !str_line(&rest, &line) || line.len > LINE_MOST)
		return false;
	struct str name = field_name(rest);
	if (!has_date(line))
		return blank_before && is_first_field(name);
	/* a mail may have no header, or a From_ line of another program before it, quoted or not */
	bool is_mail = name.ptr || !str_line(&rest, &next) || !next.len ||
		str_starts(next, STR(">From ")) ||
		(str_starts(next, STR("From ")) && has_date(next));
	return is_mail && (blank_before || is_first_field(name));
}
