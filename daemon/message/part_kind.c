/* Tells attachments from what is shown. */
#include "part_kind.h"

static bool among(struct str type, const struct str *types, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
}

/* Text for programs; a person is shown a file. */
static bool is_data(struct str type)
{
	static const struct str types[] = {STR("text/calendar"), STR("text/x-vcalendar"),
		STR("text/vcard"), STR("text/x-vcard"), STR("text/directory"), STR("text/csv"),
		STR("text/rtf"), STR("text/css"), STR("text/javascript"), STR("text/xml"),
		STR("text/rfc822-headers")};
	return among(type, types, sizeof(types) / sizeof(types[0]));
}

/* Parts that carry a signature or a key's wrapping: no file that anybody sent. */
static bool is_seal(struct str type)
{
	static const struct str types[] = {STR("application/pgp-signature"),
		STR("application/pgp-encrypted"), STR("application/pkcs7-signature"),
		STR("application/x-pkcs7-signature")};
	return among(type, types, sizeof(types) / sizeof(types[0]));
}

bool part_is_wrapping(const struct part *p)
{
	static const struct str types[] = {
		STR("application/ms-tnef"), STR("application/vnd.ms-tnef")};
	return among(p->type, types, sizeof(types) / sizeof(types[0])) ||
		(p->attachment && str_eq_nocase(p->filename, STR("winmail.dat")));
}

bool part_is_attachment(const struct part *p, enum disposition disposition, bool related)
{
	if (is_seal(p->type))
		return false;
	if (disposition == DISPOSITION_ATTACHMENT)
		return true;
	if (str_starts(p->type, STR("text/"))) {
		bool named = p->filename.ptr && p->depth > 0;
		return is_data(p->type) || (named && disposition != DISPOSITION_INLINE);
	}
	bool image = str_starts(p->type, STR("image/"));
	return !(image && (related || disposition == DISPOSITION_INLINE));
}

const char *part_unread(struct str type, const char *smime_type)
{
	if (str_eq(type, STR("message/partial")))
		return "a fragment of a larger message";
	if (!str_eq(type, STR("application/pkcs7-mime")) &&
		!str_eq(type, STR("application/x-pkcs7-mime")))
		return NULL;
	if (str_eq_nocase(str_from(smime_type), STR("signed-data")))
		return "signed in an envelope (S/MIME): its text is not read";
	if (str_eq_nocase(str_from(smime_type), STR("certs-only")))
		return NULL;
	return "encrypted (S/MIME): its text cannot be read";
}
