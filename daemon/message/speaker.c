/* The known forms of From and Subject in which platforms name their users, one a row. */
#include "speaker.h"

/* What others have written down of such mail; a new form is a new row. */
static const struct form {
	struct str platform;
	struct str local; /* the address begins so; absent: any */
	bool in_subject;  /* else in From's display name */
	struct str before, after;
} forms[] = {
	{STR("upwork"), {NULL, 0}, false, STR(""), STR(" via Upwork")},
	{STR("upwork"), STR("room_"), true, STR(""), STR(" sent you a message")},
	{STR("fiverr"), {NULL, 0}, true, STR("You've received messages from "), STR("")},
	{STR("fiverr"), {NULL, 0}, true, STR("You’ve received messages from "), STR("")},
	{STR("freelancer"), STR("messages@"), false, STR(""), STR("")},
};

static bool between(const struct form *f, struct str text, struct str *name)
{
	text = str_trim(text);
	if (text.len <= f->before.len + f->after.len || !str_starts_nocase(text, f->before) ||
		!str_eq_nocase(str_slice(text, text.len - f->after.len, text.len), f->after))
		return false;
	*name = str_trim(str_slice(text, f->before.len, text.len - f->after.len));
	return name->len > 0;
}

static bool find_form(const struct platform *platform, const struct address *address,
	bool in_subject, struct str text, struct str *name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].in_subject == in_subject &&
			str_eq(forms[i].platform, platform->name) &&
			str_starts_nocase(address->mail, forms[i].local) &&
			between(&forms[i], text, name))
			return true;
	return false;
}

bool speaker_of_address(
	const struct platform *platform, const struct address *address, struct str *name)
{
	return find_form(platform, address, false, address->name, name);
}

bool speaker_of_mail(const struct platform *platform, const struct address *from,
	struct str subject, struct str *name)
{
	return speaker_of_address(platform, from, name) ||
		find_form(platform, from, true, subject, name);
}
