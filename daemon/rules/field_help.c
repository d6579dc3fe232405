/* What each field of a rule is for, in the words of help and manual. */
#include "script.h"

static const struct {
	const char *value, *help;
} fields[FIELD_COUNT] = {
	[FIELD_TITLE] = {"TEXT", "what is said, in neutral words; required"},
	[FIELD_TITLE_EN] = {"TEXT", "the same in English, for reports in English"},
	[FIELD_TITLE_SV] = {"TEXT", "the same in Swedish, for reports in Swedish"},
	[FIELD_TITLE_FR] = {"TEXT", "the same in French, for reports in French"},
	[FIELD_SIGN] = {"SIGN", "the warning sign that it stands for; required"},
	[FIELD_SEVERITY] = {"1|2|3|4", "note (default), minor, serious or grave"},
	[FIELD_LANG] = {"CODE", "the language of its words; in a shipped pack always the pack's"},
	[FIELD_SAYS] = {"PHRASE | ...",
		"phrases, any of which will do: whole words, any case, any space between them; "
		"{amount} is any amount of money, {day} any day; may be repeated"},
	[FIELD_MATCH] = {"REGEX",
		"a regular expression (PCRE2, Unicode, any case) beside or instead of says, with "
		"{amount} and {day} as there; may be repeated"},
	[FIELD_ALL] = {"REGEX|says PHRASE | ...|mentions included|mentions excluded",
		"must be there too, as far as within reaches; with mentions, a phrase of the "
		"client's contract; may be repeated, then each must"},
	[FIELD_UNLESS] = {"REGEX|says PHRASE | ...|mentions included|mentions excluded",
		"calls the rule off where it is found, as far as unless-within reaches; may be "
		"repeated"},
	[FIELD_WITHIN] = {"sentence|paragraph|message", "the reach of all (default sentence)"},
	[FIELD_UNLESS_WITHIN] = {"sentence|paragraph|message",
		"the reach of unless (default paragraph)"},
	[FIELD_FROM] = {"client|me", "whose words are looked at (default client)"},
	[FIELD_WHEN] = {"any|working|outside|night|weekend|holiday|leave",
		"when the message must have come, by my hours (default any); parted by |, any of "
		"them; several may hold at once"},
	[FIELD_STATUS] = {"live|shadow",
		"live (default), or shadow: counted and shown, never part of the risk"},
	[FIELD_YES] = {"TEXT",
		"an example in which the rule must be found; ¶ ends a paragraph, [-words] is what "
		"the contract excludes, [+words] what it includes; at least one is required"},
	[FIELD_NO] = {"TEXT",
		"an innocent neighbour, in which it must not be found; at least one is required"},
	[FIELD_REPLY] = {"TEXT",
		"a polite sentence to answer with; {amount} and {day} are those that were found"},
	[FIELD_NEEDS] = {"N of RULES within TIME [without reply]|RULES then RULES ... within TIME",
		"of a sequence: so many messages, or one after another; RULES are names with * for "
		"any letters, parted by |, in my own messages behind me:"},
	[FIELD_SILENCE] = {"TIME after me:RULES [unless RULES or RULES ...]",
		"of a sequence: no word of the client's for so long after one of mine"},
	[FIELD_DROUGHT] = {"TIME then N in TIME",
		"of a sequence: no word of the client's for so long, then so many messages"},
	[FIELD_BROKEN] = {"RULES after TIME [unless RULES or RULES ...]",
		"of a sequence: a promise whose day has passed; if it names none, so long after it"},
	[FIELD_CLIENT] = {"ID", "only for that client (default all); may be repeated"},
	[FIELD_SINCE] = {"DATE", "of an except block: from that day on, by my time zone"},
	[FIELD_UNTIL] = {"DATE", "of an except block: up to that day and with it"},
	[FIELD_BECAUSE] = {"TEXT", "of an except block: why, and where it was agreed; required"},
};

bool rule_field(size_t index, struct rule_field *out)
{
	if (index >= FIELD_COUNT)
		return false;
	*out = (struct rule_field){field_names[index], fields[index].value, fields[index].help};
	return true;
}
