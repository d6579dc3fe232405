/* Reads a regex for the fixed words that every match must hold. */
#include "literal.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "phrase.h"
#include "piece.h"
#include <string.h>

#define CHARACTER_BYTES 4
#define RUN_MAX 16 /* characters read at once */

struct parser {
	struct str regex;
	size_t at;
	unsigned depth;
	struct pieces pieces;
	bool lost; /* something that is not understood: nothing is known of the regex */
};

static struct piece piece_lost(struct parser *p)
{
	p->lost = true;
	return (struct piece){0};
}

static struct piece read_alternation(struct parser *p);

static struct str rest_of(const struct parser *p)
{
	return str_slice(p->regex, p->at, p->regex.len);
}

static bool take(struct parser *p, struct str token)
{
	if (!str_starts(rest_of(p), token))
		return false;
	p->at += token.len;
	return true;
}

/* One character in the alphabet of literal_fold; others than ASCII and Latin-1 letters may differ
   in length between their cases, so of them only the length is known. */
static struct piece read_character(struct parser *p)
{
	size_t start = p->at;
	int32_t c = utf8_next(p->regex, &p->at);
	char bytes[2];
	if (c < 0x80 && c != PIECE_EDGE) {
		bytes[0] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		if (c == ' ' || (c >= '\t' && c <= '\r'))
			bytes[0] = ' ';
		return piece_string(&p->pieces, bytes, 1, 1);
	}
	bool latin_1 = p->at - start == 2 && p->regex.ptr[start] == '\xC3';
	if (!latin_1 || c == 0xD7 || c == 0xDF || c == 0xF7 || c == 0xFF)
		return piece_any(CHARACTER_BYTES);
	bytes[0] = '\xC3';
	bytes[1] = (char)(p->regex.ptr[start + 1] | 0x20);
	return piece_string(&p->pieces, bytes, 2, 2);
}

/* Behind "\x" or "\p": "{...}", or up to `plain` characters. */
static struct piece read_code(struct parser *p, size_t plain, const char *allowed)
{
	size_t close;
	if (take(p, STR("{"))) {
		if (!str_find(rest_of(p), STR("}"), &close))
			return piece_lost(p);
		p->at += close + 1;
		return piece_any(CHARACTER_BYTES);
	}
	while (plain > 0 && p->at < p->regex.len && strchr(allowed, p->regex.ptr[p->at])) {
		p->at++;
		plain--;
	}
	return piece_any(CHARACTER_BYTES);
}

static struct piece read_escape(struct parser *p)
{
	if (p->at + 1 >= p->regex.len)
		return piece_lost(p);
	char c = p->regex.ptr[++p->at];
	static const char edge[] = {PIECE_EDGE};
	if ((unsigned char)c >= 0x80 || !utf8_is_word(c))
		return read_character(p);
	p->at++;
	if (c == 'b')
		return piece_string(&p->pieces, edge, 1, 0);
	if (strchr("BAzZ", c))
		return piece_empty(&p->pieces);
	if (strchr("tnrf", c))
		return piece_string(&p->pieces, " ", 1, 1);
	if (strchr("dDwWsShHvVR", c))
		return piece_any(CHARACTER_BYTES);
	if (c == 'p' || c == 'P')
		return read_code(p, 1, "CLMNPSZ");
	if (c == 'x')
		return read_code(p, 2, "0123456789abcdefABCDEF");
	/* back-references, \Q, \X, octal numbers and what else there is */
	return piece_lost(p);
}

/* A class of a few plain characters is an exact set, any other one character. */
static struct piece read_class(struct parser *p)
{
	struct piece set = {0};
	bool plain = true, first = true;
	p->at++;
	if (take(p, STR("^")))
		plain = false;
	while (p->at < p->regex.len && (first || p->regex.ptr[p->at] != ']')) {
		struct str rest = rest_of(p);
		size_t close;
		struct piece one = {0};
		if (str_starts(rest, STR("[:")) && str_find(rest, STR(":]"), &close)) {
			p->at += close + 2;
			plain = false;
		} else if (rest.ptr[0] == '\\') {
			/* \b is a backspace here */
			plain = plain && rest.len > 1 && rest.ptr[1] != 'b';
			one = read_escape(p);
		} else {
			/* a range, or what may be one */
			plain = plain &&
				(rest.ptr[0] != '-' || first || str_starts(rest, STR("-]")));
			one = read_character(p);
		}
		if (p->lost)
			return one;
		plain = plain && one.exact;
		if (plain)
			set = first ? one : piece_or(&p->pieces, set, one);
		plain = plain && set.exact;
		first = false;
	}
	p->at++;
	return plain ? set : piece_any(CHARACTER_BYTES);
}

/* Behind "(?": takes the group's head. *nothing: a comment, an option, a look-around. */
static bool read_group_head(struct parser *p, bool *look_around, bool *nothing)
{
	static const struct {
		const char *head;
		bool look_around;
	} heads[] = {
		{":", false},
		{"|", false},
		{">", false},
		{"=", true},
		{"!", true},
		{"<=", true},
		{"<!", true},
	};
	size_t close;
	*look_around = false;
	*nothing = false;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		if (take(p, str_from(heads[i].head))) {
			*look_around = heads[i].look_around;
			return true;
		}
	}
	if (take(p, STR("P<")) || take(p, STR("<"))) {
		bool closed = str_find(rest_of(p), STR(">"), &close);
		p->at += closed ? close + 1 : 0;
		return closed;
	}
	while (p->at < p->regex.len && strchr("ismU-^", p->regex.ptr[p->at]))
		p->at++;
	if (take(p, STR(")"))) {
		*nothing = true;
		return true;
	}
	return take(p, STR(":"));
}

/* "(?&name)", of what is defined elsewhere. */
static struct piece read_call(struct parser *p)
{
	size_t close;
	if (!str_find(rest_of(p), STR(")"), &close))
		return piece_lost(p);
	p->at += close + 1;
	return piece_any(PIECE_NO_BOUND);
}

static struct piece read_group(struct parser *p)
{
	bool look_around = false, nothing = false;
	p->at++;
	if (take(p, STR("?&")))
		return read_call(p);
	if (take(p, STR("?")) && !read_group_head(p, &look_around, &nothing))
		return piece_lost(p);
	if (nothing)
		return piece_empty(&p->pieces);
	if (++p->depth > LIMIT_PATTERN_NESTING)
		return piece_lost(p);
	struct piece inside = read_alternation(p);
	p->depth--;
	if (!take(p, STR(")")))
		return piece_lost(p);
	/* what stands around a match is not part of it */
	return look_around ? piece_empty(&p->pieces) : inside;
}

static struct piece read_atom(struct parser *p)
{
	switch (p->regex.ptr[p->at]) {
	case '(':
		return read_group(p);
	case '[':
		return read_class(p);
	case '\\':
		return read_escape(p);
	case '.':
		p->at++;
		return piece_any(CHARACTER_BYTES);
	case '^':
	case '$':
		p->at++;
		return piece_empty(&p->pieces);
	default:
		return read_character(p);
	}
}

struct repeat {
	size_t least, most;
};

static bool read_number(struct parser *p, size_t *out)
{
	size_t start = p->at;
	*out = 0;
	while (p->at < p->regex.len && p->regex.ptr[p->at] >= '0' && p->regex.ptr[p->at] <= '9' &&
		p->at - start < 6)
		*out = *out * 10 + (size_t)(p->regex.ptr[p->at++] - '0');
	return p->at > start;
}

/* "{n}", "{n,}", "{n,m}". What else a brace may mean depends on the version of PCRE2. */
static void read_braces(struct parser *p, struct repeat *r)
{
	p->at++;
	bool good = read_number(p, &r->least);
	r->most = r->least;
	if (good && take(p, STR(",")) && !read_number(p, &r->most))
		r->most = PIECE_NO_BOUND;
	if (!good || !take(p, STR("}")))
		p->lost = true;
}

static bool read_quantifier(struct parser *p, struct repeat *r)
{
	if (p->at >= p->regex.len)
		return false;
	switch (p->regex.ptr[p->at]) {
	case '*':
		p->at++;
		*r = (struct repeat){0, PIECE_NO_BOUND};
		break;
	case '+':
		p->at++;
		*r = (struct repeat){1, PIECE_NO_BOUND};
		break;
	case '?':
		p->at++;
		*r = (struct repeat){0, 1};
		break;
	case '{':
		read_braces(p, r);
		break;
	default:
		return false;
	}
	if (!take(p, STR("?")))
		take(p, STR("+"));
	return true;
}

static void add_repeated(
	struct parser *p, struct sequence *s, struct piece piece, struct repeat repeat)
{
	if (repeat.most == 0) {
		sequence_add(&p->pieces, s, piece_empty(&p->pieces));
		return;
	}
	if (repeat.least == 0 && repeat.most == 1 && piece.exact) {
		sequence_add(&p->pieces, s, piece_or(&p->pieces, piece, piece_empty(&p->pieces)));
		return;
	}
	size_t more =
		repeat.most == PIECE_NO_BOUND ? PIECE_NO_BOUND : repeat.most - (repeat.least > 0);
	if (repeat.least > 0)
		sequence_add(&p->pieces, s, piece);
	if (more > 0)
		sequence_add(&p->pieces, s, piece_any(bound_times(piece.max_bytes, more)));
}

/* How many characters stand together that match themselves alone, once each. */
static size_t plain_run(const struct parser *p)
{
	struct str rest = rest_of(p);
	size_t len = 0;
	while (len < rest.len && len < RUN_MAX &&
		(literal_is_word((char)(rest.ptr[len] | 0x20)) || strchr(" ',-", rest.ptr[len])))
		len++;
	bool repeated = len > 0 && len < rest.len && strchr("*+?{", rest.ptr[len]);
	return repeated ? len - 1 : len;
}

static struct piece read_run(struct parser *p, size_t len)
{
	char bytes[RUN_MAX];
	for (size_t i = 0; i < len; i++) {
		char c = p->regex.ptr[p->at++];
		bytes[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return piece_string(&p->pieces, bytes, len, len);
}

static struct piece read_sequence(struct parser *p)
{
	struct sequence s = {.run = piece_empty(&p->pieces).strings};
	while (!p->lost && p->at < p->regex.len && p->regex.ptr[p->at] != '|' &&
		p->regex.ptr[p->at] != ')') {
		struct repeat repeat = {1, 1};
		if (take(p, STR(PHRASE_GAP))) {
			/* literal_fold makes one blank of it, however long it is */
			sequence_add(
				&p->pieces, &s, piece_string(&p->pieces, " ", 1, PIECE_NO_BOUND));
			continue;
		}
		size_t run = plain_run(p);
		if (run > 1) {
			sequence_add(&p->pieces, &s, read_run(p, run));
			continue;
		}
		struct piece atom = read_atom(p);
		if (p->lost)
			break;
		if (read_quantifier(p, &repeat))
			add_repeated(p, &s, atom, repeat);
		else
			sequence_add(&p->pieces, &s, atom);
	}
	return sequence_end(&s);
}

static struct piece read_alternation(struct parser *p)
{
	struct piece all = read_sequence(p);
	while (!p->lost && take(p, STR("|")))
		all = piece_or(&p->pieces, all, read_sequence(p));
	return all;
}

int literals_read(struct str regex, struct arena *arena, struct literals *out)
{
	struct parser p = {.regex = regex};
	struct literals found = {0};
	struct piece all = read_alternation(&p);
	int rc = 0;
	if (all.exact) {
		all.required_count = 0;
		piece_require(&all, all.strings, 0);
	}
	if (p.pieces.failed)
		rc = -1;
	else if (!p.lost && p.at == regex.len)
		rc = piece_literals(&all, arena, &found);
	arena_finish(&p.pieces.arena);
	if (rc == 0)
		*out = found;
	return rc;
}
