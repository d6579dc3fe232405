/* Reads a rule file line by line into drafts, and goes on after every mistake to find the next. */
#include "base/limits.h"
#include "base/utf8.h"
#include "file_text.h"
#include "script.h"
#include <stdio.h>
#include <string.h>

#define TAB_WIDTH 8
/* A line this much deeper than the rule's fields goes on with the value above. */
#define CONTINUATION_INDENT 4
#define NAME_BYTES 100

enum { TAKES_MANY = 1, IS_PATTERN = 2, MAY_SAY = 4 };

#define OF(block) (1u << (block))
#define OF_ALL (OF(BLOCK_RULE) | OF(BLOCK_SEQUENCE) | OF(BLOCK_EXCEPT))

static const struct {
	unsigned traits;
	unsigned blocks; /* OF()s that it belongs to; 0: to rules and sequences */
} fields[FIELD_COUNT] = {
	[FIELD_SAYS] = {TAKES_MANY, OF(BLOCK_RULE)},
	[FIELD_MATCH] = {TAKES_MANY | IS_PATTERN, OF(BLOCK_RULE)},
	[FIELD_ALL] = {TAKES_MANY | IS_PATTERN | MAY_SAY, OF(BLOCK_RULE)},
	[FIELD_UNLESS] = {TAKES_MANY | IS_PATTERN | MAY_SAY, OF(BLOCK_RULE)},
	[FIELD_WITHIN] = {0, OF(BLOCK_RULE)},
	[FIELD_UNLESS_WITHIN] = {0, OF(BLOCK_RULE)},
	[FIELD_FROM] = {0, OF(BLOCK_RULE)},
	[FIELD_WHEN] = {0, OF(BLOCK_RULE) | OF(BLOCK_EXCEPT)},
	[FIELD_YES] = {TAKES_MANY, 0},
	[FIELD_NO] = {TAKES_MANY, 0},
	[FIELD_NEEDS] = {0, OF(BLOCK_SEQUENCE)},
	[FIELD_SILENCE] = {0, OF(BLOCK_SEQUENCE)},
	[FIELD_DROUGHT] = {0, OF(BLOCK_SEQUENCE)},
	[FIELD_BROKEN] = {0, OF(BLOCK_SEQUENCE)},
	[FIELD_CLIENT] = {TAKES_MANY, OF_ALL},
	[FIELD_SINCE] = {0, OF(BLOCK_EXCEPT)},
	[FIELD_UNTIL] = {0, OF(BLOCK_EXCEPT)},
	[FIELD_BECAUSE] = {0, OF(BLOCK_EXCEPT)},
};

struct reader {
	struct script *script;
	unsigned line;
	struct str source; /* the line being read */
	struct draft *draft;
	struct draft **draft_end;
	struct value **value_end[FIELD_COUNT];
	unsigned values[FIELD_COUNT]; /* how many the draft has */
	bool lost;       /* behind a head that could not be read: its fields are passed over */
	bool stray;      /* the line above was a field in no rule: a run of them is told once */
	bool translates; /* the line is of a title in another language */
	struct buf own_lines; /* of the draft, for its hash */
	unsigned indent;      /* of the draft's fields; 0 before the first */
	struct value *above;  /* the value that a continuation belongs to */
	bool above_pattern;
	struct error *err;
};

static struct spot spot_at(const struct reader *r, size_t offset)
{
	return line_spot(r->line, r->source, offset);
}

#define COMPLAIN(r, offset, ...)                                                                   \
	do {                                                                                       \
		struct spot spot_ = spot_at((r), (offset));                                        \
		complain((r)->script, DIAG_ERROR, &spot_, __VA_ARGS__);                            \
	} while (0)

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t skip_blanks(struct str s, size_t at)
{
	while (at < s.len && is_blank(s.ptr[at]))
		at++;
	return at;
}

static size_t skip_word(struct str s, size_t at)
{
	while (at < s.len && !is_blank(s.ptr[at]))
		at++;
	return at;
}

static unsigned indent_of(struct str line)
{
	unsigned width = 0;
	for (size_t i = 0; i < line.len && is_blank(line.ptr[i]); i++)
		width = line.ptr[i] == '\t' ? (width / TAB_WIDTH + 1) * TAB_WIDTH : width + 1;
	return width;
}

/* The hash is of what the rule says: without comments, empty lines and blanks at line ends, and in
   its own language alone, so that a translation makes no other rule of it. */
static void own_line(struct reader *r)
{
	if (r->translates)
		return;
	size_t end = r->source.len;
	while (end > 0 && is_blank(r->source.ptr[end - 1]))
		end--;
	buf_add(&r->own_lines, r->source.ptr, end);
	buf_add_char(&r->own_lines, '\n');
}

static int draft_end(struct reader *r)
{
	struct sha256 sum;
	if (r->draft) {
		if (r->own_lines.failed)
			return error_memory(r->err);
		if (sha256_of(buf_str(&r->own_lines), &sum, r->err) < 0)
			return -1;
		sha256_hex(&sum, r->draft->hash);
	}
	buf_clear(&r->own_lines);
	r->draft = NULL;
	r->lost = false;
	r->stray = false;
	r->translates = false;
	r->above = NULL;
	r->indent = 0;
	return 0;
}

/* An exception names rules as a glob: '*' for any letters, alternatives parted by '|'. */
static void check_name(struct reader *r, struct str name, size_t at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-._/",
			  globs[] = "abcdefghijklmnopqrstuvwxyz0123456789-._/*|";
	bool glob = r->draft->block == BLOCK_EXCEPT;
	const char *allowed = glob ? globs : letters;
	if (name.len > NAME_BYTES)
		COMPLAIN(r, at, "name of %zu bytes, at most %d", name.len, NAME_BYTES);
	for (size_t i = 0; i < name.len; i++) {
		bool first = i == 0 || name.ptr[i - 1] == '/';
		bool last = i + 1 == name.len || name.ptr[i + 1] == '/';
		if (strchr(allowed, name.ptr[i]) && !(name.ptr[i] == '/' && (first || last)))
			continue;
		COMPLAIN(r, at + i,
			"bad name '%.*s', expected lower-case letters, digits and '-', parted by "
			"'/'%s",
			WORD_ARG(name), glob ? ", with '*' for any" : "");
		return;
	}
}

static int draft_begin(struct reader *r, size_t word_end, enum block block)
{
	if (draft_end(r) < 0)
		return -1;
	struct draft *d = arena_alloc(r->script->arena, sizeof(*d));
	if (!d)
		return error_memory(r->err);
	size_t at = skip_blanks(r->source, word_end);
	size_t end = skip_word(r->source, at);
	d->name = str_slice(r->source, at, end);
	d->at = spot_at(r, at);
	d->block = block;
	r->draft = d;
	if (d->name.len == 0)
		COMPLAIN(r, 0, "%s without a name", block_names[block]);
	else
		check_name(r, d->name, at);
	size_t more = skip_blanks(r->source, end);
	if (more < r->source.len)
		COMPLAIN(r, more, "'%.*s' behind the name, expected the end of the line",
			WORD_ARG(str_slice(r->source, more, skip_word(r->source, more))));
	*r->draft_end = d;
	r->draft_end = &d->next;
	r->script->draft_count++;
	for (int f = 0; f < FIELD_COUNT; f++) {
		r->value_end[f] = &d->first[f];
		r->values[f] = 0;
	}
	own_line(r);
	return 0;
}

static bool begins_stray_run(struct reader *r)
{
	bool first = !r->stray;
	r->stray = true;
	return first;
}

/* A line that begins in the first column. */
static int read_head(struct reader *r)
{
	size_t end = skip_word(r->source, 0);
	struct str word = str_slice(r->source, 0, end);
	for (unsigned b = 0; b < BLOCK_COUNT; b++)
		if (str_eq(word, str_from(block_names[b])))
			return draft_begin(r, end, (enum block)b);
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (str_eq(word, str_from(field_names[f]))) {
			if (begins_stray_run(r))
				COMPLAIN(r, 0,
					"field '%s' in the first column, expected it indented",
					field_names[f]);
			return 0;
		}
	}
	const char *guess = did_you_mean(word, block_names, BLOCK_COUNT);
	COMPLAIN(r, 0, "unknown word '%.*s', expected 'rule' and a name%s%s%s", WORD_ARG(word),
		guess ? " (did you mean '" : "", guess ? guess : "", guess ? "'?)" : "");
	/* a misspelt head begins a rule all the same, so that its fields are read as its own */
	for (unsigned b = 0; b < BLOCK_COUNT; b++)
		if (guess == block_names[b])
			return draft_begin(r, end, (enum block)b);
	int rc = draft_end(r);
	r->lost = true;
	return rc;
}

/* -1 when the word is no field, after a complaint. */
static int find_field(struct reader *r, struct str word, size_t at)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		if (str_eq(word, str_from(field_names[f])))
			return f;
	const char *guess = did_you_mean(word, field_names, FIELD_COUNT);
	if (!guess) {
		COMPLAIN(r, at, "unknown field '%.*s'", WORD_ARG(word));
		return -1;
	}
	COMPLAIN(r, at, "unknown field '%.*s' (did you mean '%s'?)", WORD_ARG(word), guess);
	for (int f = 0; f < FIELD_COUNT; f++)
		if (guess == field_names[f])
			return f;
	return -1;
}

/* "a rule or a sequence": where a field belongs. */
static void name_blocks(unsigned blocks, char *out, size_t size)
{
	static const char *const with_article[] = {"a rule", "a sequence", "an except block"};
	size_t len = 0;
	out[0] = '\0';
	for (unsigned b = 0; b < BLOCK_COUNT && len < size; b++)
		if (blocks & OF(b))
			len += (size_t)snprintf(
				out + len, size - len, "%s%s", len ? " or " : "", with_article[b]);
}

static bool field_fits(struct reader *r, int field, size_t at)
{
	const struct value *earlier = r->draft->first[field];
	unsigned blocks = fields[field].blocks;
	if (!blocks)
		blocks = OF(BLOCK_RULE) | OF(BLOCK_SEQUENCE);
	if (!(blocks & OF(r->draft->block))) {
		char here[80], there[80];
		name_blocks(OF(r->draft->block), here, sizeof(here));
		name_blocks(blocks, there, sizeof(there));
		COMPLAIN(r, at, "field '%s' in %s, expected it in %s", field_names[field], here,
			there);
		return false;
	}
	if (r->values[field]++ >= LIMIT_RULE_VALUES) {
		if (r->values[field] == LIMIT_RULE_VALUES + 1)
			COMPLAIN(
				r, at, "over %d times '%s'", LIMIT_RULE_VALUES, field_names[field]);
		return false;
	}
	if (earlier && !(fields[field].traits & TAKES_MANY)) {
		COMPLAIN(r, at, "second '%s', the first is in line %u", field_names[field],
			earlier->at.line);
		return false;
	}
	return true;
}

static bool starts_with_word(struct str s, struct str word)
{
	return str_starts(s, word) && (s.len == word.len || is_blank(s.ptr[word.len]));
}

static int read_field(struct reader *r, size_t at)
{
	size_t end = skip_word(r->source, at);
	int field = find_field(r, str_slice(r->source, at, end), at);
	r->above = NULL;
	if (field < 0 || !field_fits(r, field, at))
		return 0;
	size_t from = skip_blanks(r->source, end);
	struct str text = str_slice(r->source, from, r->source.len);
	bool says = field == FIELD_SAYS, mentions = false;
	if (fields[field].traits & MAY_SAY) {
		says = starts_with_word(text, STR("says"));
		mentions = starts_with_word(text, STR("mentions"));
		if (says || mentions)
			from = skip_blanks(r->source, skip_word(r->source, from));
		text = str_slice(r->source, from, r->source.len);
	}
	text = str_trim(text);
	if (text.len == 0)
		COMPLAIN(r, at, "field '%s' without a value", field_names[field]);
	struct value *v = arena_alloc(r->script->arena, sizeof(*v));
	if (!v)
		return error_memory(r->err);
	v->text = text;
	v->at = spot_at(r, from);
	v->says = says;
	v->mentions = mentions;
	*r->value_end[field] = v;
	r->value_end[field] = &v->next;
	r->above = v;
	r->above_pattern = (fields[field].traits & IS_PATTERN) && !says && !mentions;
	return 0;
}

static int read_continuation(struct reader *r, size_t at)
{
	struct str more = str_trim(str_slice(r->source, at, r->source.len));
	if (!r->above)
		return 0; /* of a field that was complained about */
	if (r->above_pattern) {
		COMPLAIN(r, at, "pattern over two lines, expected it to end with its line");
		return 0;
	}
	struct value *v = r->above;
	struct continuation *c = arena_alloc(r->script->arena, sizeof(*c));
	if (!c)
		return error_memory(r->err);
	bool blank = v->text.len > 0;
	c->start = v->text.len + blank;
	c->at = spot_at(r, at);
	*(v->last ? &v->last->next : &v->more) = c;
	v->last = c;
	v->text = arena_format(
		r->script->arena, "%.*s%s%.*s", STR_ARG(v->text), blank ? " " : "", STR_ARG(more));
	return v->text.ptr ? 0 : error_memory(r->err);
}

static bool is_translation(struct str field)
{
	for (int f = FIELD_TITLE_EN; f <= FIELD_TITLE_FR; f++)
		if (str_eq(field, str_from(field_names[f])))
			return true;
	return false;
}

/* An indented line: a field, or more of the value above. */
static int read_indented(struct reader *r)
{
	size_t at = skip_blanks(r->source, 0);
	unsigned indent = indent_of(r->source);
	if (r->lost)
		return 0;
	if (!r->draft) {
		if (begins_stray_run(r))
			COMPLAIN(r, at,
				"indented line outside a rule, expected 'rule' and a name before "
				"it");
		return 0;
	}
	r->stray = false;
	bool goes_on = r->indent && indent >= r->indent + CONTINUATION_INDENT;
	if (!goes_on)
		r->translates = is_translation(str_slice(r->source, at, skip_word(r->source, at)));
	own_line(r);
	if (r->indent == 0)
		r->indent = indent;
	if (goes_on)
		return read_continuation(r, at);
	if (indent != r->indent)
		COMPLAIN(r, at,
			"indented by %u, expected %u as the rule's other fields, or %u and more to "
			"go on with the value above",
			indent, r->indent, r->indent + CONTINUATION_INDENT);
	return read_field(r, at);
}

static int read_line(struct reader *r)
{
	if (!line_is_text(r->script, r->line, &r->source))
		return 0;
	size_t at = skip_blanks(r->source, 0);
	if (at == r->source.len) {
		r->above = NULL; /* a value does not go on over an empty line */
		r->stray = false;
		return 0;
	}
	if (r->source.ptr[at] == '#')
		return 0;
	if (r->script->draft_count > LIMIT_RULES)
		return 0;
	int rc = at == 0 ? read_head(r) : read_indented(r);
	if (rc == 0 && r->script->draft_count == LIMIT_RULES + 1) {
		COMPLAIN(r, 0, "over %d rules in one file", LIMIT_RULES);
		r->script->draft_count++;
	}
	return rc;
}

int script_read(struct script *s, struct error *err)
{
	struct reader r = {.script = s, .draft_end = &s->drafts, .err = err};
	struct str rest;
	int rc = 0;
	if (!file_text(s, &rest))
		return 0;
	while (rc == 0 && str_line(&rest, &r.source)) {
		r.line++;
		rc = read_line(&r);
		struct spot at = spot_at(&r, 0);
		if (script_is_hopeless(s, &at))
			break;
	}
	if (rc == 0)
		rc = draft_end(&r);
	buf_finish(&r.own_lines);
	return rc;
}
