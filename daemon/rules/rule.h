/* A compiled rule, and the set of them. */
#ifndef OVERSTEP_RULES_RULE_H
#define OVERSTEP_RULES_RULE_H

#include "literal.h"
#include "model/client.h"
#include "pattern.h"
#include "script.h"

/* How far around a match a condition is looked for. */
enum reach { REACH_SENTENCE, REACH_PARAGRAPH, REACH_MESSAGE };

/* Whose phrases a condition looks for: those of its own pattern, or of the client's contract. */
enum mention { MENTION_NONE, MENTION_INCLUDED, MENTION_EXCLUDED };

struct condition {
	enum mention mention;
	struct pattern *pattern; /* NULL with a mention */
	const struct value *written;
	struct literals literals; /* of `match` only */
};

struct conditions {
	struct condition *items;
	size_t count;
};

struct rule {
	struct rule_facts facts;
	struct str pack; /* absent: the user's */
	enum direction from;
	struct strs clients; /* for whom alone; none: for all */
	unsigned when;       /* MOMENT_BIT()s, any of them; 0: at any time */
	enum reach within;
	enum reach unless_within;
	struct conditions match; /* any of them: `says` and `match` */
	struct conditions all;
	struct conditions unless;
	const struct draft *draft;
	const struct rule_file *file;
	bool broken; /* it has mistakes beside examples that fail */
};

/* Gives back the patterns; all else belongs to an arena. */
void rule_finish(struct rule *r);

/* What rules and sequences have in common: name, title, sign, severity, language, status, reply,
   and that none of it is missing. Complains about each mistake. */
void facts_check(const struct script *s, const struct draft *d, struct rule_facts *out);

/* The fields of a draft that are words of a table or plain text; complains about each that is
   wrong, and about those that are missing. */
void rule_check(const struct script *s, const struct draft *d, struct rule *out);

/* The patterns of a draft; complains about each that is refused or does not compile. Fails:
   ERROR_MEMORY. */
int rule_compile(
	const struct script *s, const struct draft *d, struct rule *out, struct error *err);

/* "unknown WHAT 'word'" at the word's place in the value, with the name that was meant, or with all
   that there are. */
void complain_unknown(const struct script *s, const struct value *v, struct str word,
	const char *what, const char *const *names, size_t count);

/* The field's clients; warns of those that are none. Fails: ERROR_MEMORY. */
int clients_read(
	const struct script *s, const struct draft *d, struct strs *out, struct error *err);
/* The field's moments as MOMENT_BIT()s, 0 for any. */
unsigned when_read(const struct script *s, const struct draft *d);

/* Why overstep refuses a regex that PCRE2 would take, or NULL; *at is where. */
const char *regex_refusal(struct str regex, size_t *at);

/* A regex as it is compiled, and where each of its bytes comes from. Zero-initialised is empty. */
struct rewritten {
	struct buf text;
	struct buf origins; /* uint32_t of each byte of text, and one behind the last */
};
void rewritten_finish(struct rewritten *r);
size_t rewritten_origin(const struct rewritten *r, size_t at);

/* Each blank becomes "blank or line end", since mail is wrapped anywhere, and {amount} and {day}
   calls of what captures_define defines. Names in braces that are none are left as they are. */
void regex_rewrite(struct str regex, struct rewritten *out);
/* What is wrong with a name in braces, or with counted groups beside one (definitions stand in
   front of them), at *at behind `from`; false when nothing more is. */
bool regex_class_mistake(struct str regex, size_t from, size_t *at, char *out, size_t size);

/* The character that the regex's first item names by its code ("\\x{2019}"); false: by none.
 *len: how long the item is. */
bool regex_code_at(struct str s, int32_t *code, size_t *len);

/* What is wrong with the first phrase (they are parted by '|') that begins at `from` or behind it,
   and where it is; NULL when all are good. Mistaken names in braces are not told. */
const char *phrases_mistake(struct str phrases, size_t from, size_t *at);
/* Appends the regex that finds any of the phrases. */
void phrases_to_regex(struct str phrases, struct buf *regex);

#endif
