/* What each field of a rule is for, in the words of help and manual. */
#include "script.h"

static const struct {
	const char *value, *help;
} fields[FIELD_COUNT] = {
	[FIELD_TITLE] = {"TEXT", "what is said, in neutral words; required"},
	[FIELD_SIGN] = {"SIGN", "the warning sign that it stands for; required"},
	[FIELD_SEVERITY] = {"1|2|3|4", "note (default), minor, serious or grave"},
	[FIELD_LANG] = {"CODE", "the language of its words; in a shipped pack always the pack's"},
	[FIELD_SAYS] = {"PHRASE | ...",
		"phrases, any of which will do: whole words, any case, any space between them; may "
		"be repeated"},
	[FIELD_MATCH] = {"REGEX",
		"a regular expression (PCRE2, Unicode, any case) beside or instead of says; may be "
		"repeated"},
	[FIELD_ALL] = {"REGEX|says PHRASE | ...",
		"must be there too, as far as within reaches; may be repeated, then each must"},
	[FIELD_UNLESS] = {"REGEX|says PHRASE | ...",
		"calls the rule off where it is found, as far as unless-within reaches; may be "
		"repeated"},
	[FIELD_WITHIN] = {"sentence|paragraph|message", "the reach of all (default sentence)"},
	[FIELD_UNLESS_WITHIN] = {"sentence|paragraph|message",
		"the reach of unless (default paragraph)"},
	[FIELD_FROM] = {"client|me", "whose words are looked at (default client)"},
	[FIELD_WHEN] = {"any|working|outside|night|weekend|holiday|leave",
		"when the message must have come, by my hours (default any); several may hold at "
		"once"},
	[FIELD_STATUS] = {"live|shadow",
		"shadow: counted and shown, but never part of the risk (default live)"},
	[FIELD_YES] = {"TEXT",
		"an example in which the rule must be found; ¶ ends a paragraph; at least one is "
		"required"},
	[FIELD_NO] = {"TEXT",
		"an innocent neighbour, in which it must not be found; at least one is required"},
	[FIELD_REPLY] = {"TEXT", "a polite sentence to answer with"},
	[FIELD_NEEDS] = {"N of RULE within TIME [without reply]",
		"of a sequence: so many findings of a rule, or of all that a * stands for"},
};

bool rule_field(size_t index, struct rule_field *out)
{
	if (index >= FIELD_COUNT)
		return false;
	*out = (struct rule_field){field_names[index], fields[index].value, fields[index].help};
	return true;
}
