/* The query language: terms joined by and, or, not and parentheses; side by side means and. */
#include "query.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

#define TERMS_MOST 500

/* Where a parse stands. Grammar:
	   or   = and { "or" and }
	   and  = not { ["and"] not }
	   not  = "not" not | "-" not | "(" or ")" | term
	   term = [word ":"] (word | '"' anything '"') */
struct parse {
	struct str text;
	size_t at;
	unsigned depth, terms;
	const struct query_zone *zone;
	struct query *query;
	struct error *err;
};

static int parse_or(struct parse *p);

void query_add(struct query *q, const char *sql)
{
	buf_add_cstr(&q->condition, sql);
}

static int add_parameter(struct query *q, struct parameter parameter, struct error *err)
{
	if (array_room(&q->parameters, q->count, &q->cap, sizeof(*q->parameters)) < 0)
		return error_memory(err);
	q->parameters[q->count++] = parameter;
	return 0;
}

int query_number(struct query *q, int64_t value, struct error *err)
{
	return add_parameter(q, (struct parameter){.number = value}, err);
}

int query_text(struct query *q, struct str value, struct error *err)
{
	struct str copy = arena_str(&q->arena, value);
	if (!copy.ptr)
		return error_memory(err);
	return add_parameter(q, (struct parameter){.is_text = true, .text = copy}, err);
}

static int fail_at(struct parse *p, size_t at, const char *text)
{
	unsigned column = (unsigned)utf8_length(str_slice(p->text, 0, at)) + 1;
	return error_at(p->err, ERROR_USAGE, "query", 1, column, "%s", text);
}

static void skip_space(struct parse *p)
{
	while (p->at < p->text.len &&
		(p->text.ptr[p->at] == ' ' || p->text.ptr[p->at] == '\t' ||
			p->text.ptr[p->at] == '\n'))
		p->at++;
}

static bool is_end_of_word(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '(' || c == ')' || c == '"';
}

/* The word at the parse's place, not taken. */
static struct str peek_word(const struct parse *p)
{
	size_t end = p->at;
	while (end < p->text.len && !is_end_of_word(p->text.ptr[end]))
		end++;
	return str_slice(p->text, p->at, end);
}

/* A word of the language itself ("and"), taken when it is there. */
static bool take_keyword(struct parse *p, struct str keyword)
{
	skip_space(p);
	if (!str_eq_nocase(peek_word(p), keyword))
		return false;
	p->at += keyword.len;
	return true;
}

static bool take_char(struct parse *p, char c)
{
	skip_space(p);
	if (p->at >= p->text.len || p->text.ptr[p->at] != c)
		return false;
	p->at++;
	return true;
}

static int parse_quoted(struct parse *p, struct str *out)
{
	size_t start = p->at, end;
	if (!str_find(str_slice(p->text, start, p->text.len), STR("\""), &end))
		return fail_at(p, start - 1, "quote without its end, expected '\"'");
	*out = str_slice(p->text, start, start + end);
	p->at = start + end + 1;
	return 0;
}

static int take_term(struct parse *p, struct str *field, struct str *value)
{
	size_t colon;
	*field = (struct str){0};
	*value = peek_word(p);
	p->at += value->len;
	if (str_find(*value, STR(":"), &colon)) {
		*field = str_slice(*value, 0, colon);
		*value = str_slice(*value, colon + 1, value->len);
	}
	if (value->len || p->at >= p->text.len || p->text.ptr[p->at] != '"')
		return 0;
	p->at++;
	return parse_quoted(p, value);
}

static int parse_term(struct parse *p)
{
	size_t start = p->at;
	struct str field, value;
	if (take_term(p, &field, &value) < 0)
		return -1;
	/* SQLite's own bound on a chain of AND is 1000 */
	if (++p->terms > TERMS_MOST)
		return fail_at(p, start, "too many terms, at most 500 are read");
	struct error why = {0};
	if (query_term(p->query, field, value, p->zone, &why) == 0)
		return 0;
	if (why.kind != ERROR_USAGE) {
		if (p->err)
			*p->err = why;
		return -1;
	}
	return fail_at(p, start, why.text);
}

static bool is_joint(struct str word)
{
	return str_eq_nocase(word, STR("and")) || str_eq_nocase(word, STR("or"));
}

/* "-word", '-"a phrase"', "-(...)"; a dash that stands alone is none. */
static bool take_minus(struct parse *p)
{
	bool minus = p->at + 1 < p->text.len && p->text.ptr[p->at] == '-' &&
		!strchr(" \t\n)", p->text.ptr[p->at + 1]);
	p->at += minus;
	return minus;
}

static int parse_parentheses(struct parse *p)
{
	query_add(p->query, "(");
	int result = parse_or(p);
	if (!result && !take_char(p, ')'))
		result = fail_at(p, p->at, "parenthesis without its end, expected ')'");
	query_add(p->query, ")");
	return result;
}

static int parse_operand(struct parse *p)
{
	if (take_char(p, '('))
		return parse_parentheses(p);
	if (p->at >= p->text.len)
		return fail_at(p, p->at, "query ends here, expected a word or field:value");
	if (p->text.ptr[p->at] == ')')
		return fail_at(p, p->at, "unexpected ')'");
	if (is_joint(peek_word(p)))
		return fail_at(p, p->at, "nothing before it to join, expected a word");
	return parse_term(p);
}

static int parse_not(struct parse *p)
{
	if (++p->depth > LIMIT_QUERY_DEPTH)
		return fail_at(p, p->at, "nested too deep, at most 32 levels are read");
	skip_space(p);
	bool negated = take_minus(p) || take_keyword(p, STR("not"));
	query_add(p->query, negated ? "(" : "");
	int result = negated ? parse_not(p) : parse_operand(p);
	/* of a message that is not judged, nothing is known: that is not true, and not NULL */
	query_add(p->query, negated ? ") IS NOT TRUE" : "");
	p->depth--;
	return result;
}

static bool is_at_end_of_and(struct parse *p)
{
	skip_space(p);
	return p->at >= p->text.len || p->text.ptr[p->at] == ')' ||
		str_eq_nocase(peek_word(p), STR("or"));
}

static int parse_and(struct parse *p)
{
	query_add(p->query, "(");
	int result = parse_not(p);
	while (!result && !is_at_end_of_and(p)) {
		take_keyword(p, STR("and"));
		query_add(p->query, " AND ");
		result = parse_not(p);
	}
	query_add(p->query, ")");
	return result;
}

static int parse_or(struct parse *p)
{
	int result = parse_and(p);
	while (!result && take_keyword(p, STR("or"))) {
		query_add(p->query, " OR ");
		result = parse_and(p);
	}
	return result;
}

static int parse_all(struct parse *p)
{
	skip_space(p);
	if (p->at >= p->text.len) {
		query_add(p->query, "1");
		return 0;
	}
	if (parse_or(p) < 0)
		return -1;
	skip_space(p);
	return p->at < p->text.len ? fail_at(p, p->at, "unexpected ')'") : 0;
}

int query_parse(
	struct str text, const struct query_zone *zone, struct query **out, struct error *err)
{
	if (text.len > LIMIT_QUERY)
		return error_set(err, ERROR_USAGE, "query of %zu bytes, at most %zu are read",
			text.len, LIMIT_QUERY);
	struct query *q = calloc(1, sizeof(*q));
	if (!q)
		return error_memory(err);
	struct parse p = {.text = text, .zone = zone, .query = q, .err = err};
	int result = parse_all(&p);
	if (!result && q->condition.failed)
		result = error_memory(err);
	if (result < 0) {
		query_free(q);
		return -1;
	}
	*out = q;
	return 0;
}

bool query_next_term(struct str *rest, struct str *field, struct str *value)
{
	struct parse p = {.text = *rest};
	while (p.at < p.text.len && strchr(" \t\n()-", p.text.ptr[p.at]))
		p.at++;
	if (p.at >= p.text.len || take_term(&p, field, value) < 0)
		return false;
	*rest = str_slice(p.text, p.at, p.text.len);
	return true;
}

void query_free(struct query *q)
{
	if (!q)
		return;
	buf_finish(&q->condition);
	free(q->parameters);
	arena_finish(&q->arena);
	free(q);
}

int query_bind(const struct query *q, sqlite3_stmt *s)
{
	int result = SQLITE_OK;
	for (size_t i = 0; i < q->count && result == SQLITE_OK; i++) {
		const struct parameter *p = &q->parameters[i];
		result = p->is_text ? sqlite3_bind_text64(s, (int)i + 1, p->text.ptr, p->text.len,
					      SQLITE_TRANSIENT, SQLITE_UTF8)
				    : sqlite3_bind_int64(s, (int)i + 1, p->number);
	}
	return result;
}
