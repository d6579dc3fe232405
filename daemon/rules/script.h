/* A rule file as it was read: drafts of rules, each value with the place where it stands. */
#ifndef OVERSTEP_RULES_SCRIPT_H
#define OVERSTEP_RULES_SCRIPT_H

#include "base/arena.h"
#include "base/diag.h"
#include "model/hit.h"
#include "rules/ruleset.h"

struct capture_words;

enum field {
	FIELD_TITLE,
	FIELD_TITLE_EN, /* in each language of the pages, in the order of enum tongue */
	FIELD_TITLE_SV,
	FIELD_TITLE_FR,
	FIELD_SIGN,
	FIELD_SEVERITY,
	FIELD_LANG,
	FIELD_SAYS,
	FIELD_MATCH,
	FIELD_ALL,
	FIELD_UNLESS,
	FIELD_WITHIN,
	FIELD_UNLESS_WITHIN,
	FIELD_FROM,
	FIELD_WHEN,
	FIELD_STATUS,
	FIELD_YES,
	FIELD_NO,
	FIELD_REPLY,
	/* of sequences */
	FIELD_NEEDS,
	FIELD_SILENCE,
	FIELD_DROUGHT,
	FIELD_BROKEN,
	/* of exceptions, but the first of all three */
	FIELD_CLIENT,
	FIELD_SINCE,
	FIELD_UNTIL,
	FIELD_BECAUSE,
	FIELD_COUNT,
};

extern const char *const field_names[FIELD_COUNT];

/* Where a word stands: the line as the file has it, and a column in code points. */
struct spot {
	unsigned line;
	unsigned column;
	struct str source;
};

/* What follows a field's name. Continued lines are joined by a blank. */
struct value {
	struct str text;
	struct spot at;
	bool says;     /* phrases, not a regex */
	bool mentions; /* what the client's contract says, not a regex */
	/* The lines that it goes on with, each with the byte of text at which it begins. */
	struct continuation {
		size_t start;
		struct spot at;
		struct continuation *next;
	} * more, *last;
	struct value *next;
};

/* What begins in the first column. */
enum block { BLOCK_RULE, BLOCK_SEQUENCE, BLOCK_EXCEPT, BLOCK_COUNT };

extern const char *const block_names[BLOCK_COUNT];

struct draft {
	struct str name; /* of an exception: the names that it is for */
	struct spot at;  /* of the name */
	enum block block;
	struct value *first[FIELD_COUNT];
	char hash[SHA256_HEX_SIZE];
	bool replaced; /* by one of its name from a later origin */
	struct draft *next;
};

struct script {
	const struct rule_file *file;
	const struct ruleset_options *options;
	const char *name; /* file->name for diagnostics */
	struct arena *arena;
	struct capture_words *words; /* of the load */
	struct diags *diags;
	struct draft *drafts;
	size_t draft_count;
	size_t errors_before; /* of *diags, before this file */
	bool hopeless;        /* it has LIMIT_RULE_MISTAKES */
};

/* Reads all drafts of s->file; the other fields of *s are set by the caller. Mistakes go to
   s->diags, as many as there are. The drafts borrow from the file's bytes and from the arena.
   Fails: ERROR_MEMORY, ERROR_SYSTEM (hashing). */
int script_read(struct script *s, struct error *err);

/* Whether the file has so many mistakes that the rest of it is passed over; said once, at the
   place. */
bool script_is_hopeless(struct script *s, const struct spot *at);

/* The place of the byte `offset` of a line. */
struct spot line_spot(unsigned line, struct str source, size_t offset);
/* The place of the byte `offset` of the value's text. */
struct spot value_spot(const struct value *v, size_t offset);

/* A complaint about the place; lower-case house grammar. Behind LIMIT_LINT_WARNINGS no warning is
   told any more. */
void complain(const struct script *s, enum diag_level level, const struct spot *at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* An error at the byte `offset` of the value's text. */
void complain_in(const struct script *s, const struct value *v, size_t offset, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* The same as a warning. */
void warn_in(const struct script *s, const struct value *v, size_t offset, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* `word` cut to what a message can show, for printf("%.*s", WORD_ARG(s)). */
struct str word_brief(struct str word);
#define WORD_ARG(word) STR_ARG(word_brief(word))

#endif
