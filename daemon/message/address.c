/* Reads address lists in one pass, a character at a time. */
#include "address.h"

#include "base/limits.h"
#include "charset.h"
#include "encoded_word.h"
#include "growing.h"
#include "headers.h"
#include "message/message_parse.h"

#include <string.h>

/* One entry of the list while it is read. */
struct entry {
	struct buf phrase;  /* the words outside < >, to be decoded */
	struct buf comment; /* the last comment's text */
	struct buf outside; /* what outside < > may be an address: the last run without a gap */
	struct buf inside;  /* what stands in < > */
	bool angle;         /* < was met */
	bool in_angle;      /* and > not yet */
	bool has_at;        /* outside holds an @ that is not quoted */
	bool complete;      /* and its address has ended */
	bool gap;           /* white space or a comment came before what follows */
	bool leftover;      /* it began behind a complete <...> and not behind a comma */
};

struct reading {
	struct arena *arena;
	struct str text;
	struct str words; /* head of text that may hold encoded words */
	size_t at;
	struct entry entry;
	struct str held;    /* "Doe" of an unquoted "Doe, Jane <jane@acme.example>" */
	bool held_is_local; /* it could be a local address: "root" */
	struct addresses *list;
	bool failed;
};

int addresses_add(struct arena *a, struct addresses *list, struct address address)
{
	if (growing_room(a, &list->items, list->count, sizeof(*list->items)) < 0)
		return -1;
	list->items[list->count++] = address;
	return 0;
}

static void entry_clear(struct entry *e)
{
	buf_clear(&e->phrase);
	buf_clear(&e->comment);
	buf_clear(&e->outside);
	buf_clear(&e->inside);
	e->angle = e->in_angle = e->has_at = e->complete = e->gap = e->leftover = false;
}

static struct str keep(struct reading *r, struct buf *text)
{
	struct str kept = {0};
	if (text->len > 0 && !text->failed)
		kept = arena_str(r->arena, str_trim(buf_str(text)));
	r->failed = r->failed || text->failed || (text->len > 0 && !kept.ptr);
	return kept.len > 0 ? kept : (struct str){0};
}

static struct str decoded(struct reading *r, const struct buf *raw)
{
	struct buf text = {0};
	header_decode(buf_str(raw), &text);
	struct str kept = keep(r, &text);
	buf_finish(&text);
	return kept;
}

/* The address as UTF-8, its domain in lower case (a local part's case may matter). A domain alone
   is nobody: it would pass for everybody there. */
static struct str mail_of(struct reading *r, const struct buf *raw)
{
	struct buf text = {0};
	size_t domain;
	if (str_starts(buf_str(raw), STR("@")))
		return (struct str){0};
	charset_to_utf8((struct str){0}, buf_str(raw), &text);
	if (str_rfind_char(buf_str(&text), '@', &domain))
		for (size_t i = domain; i < text.len; i++)
			if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z')
				text.ptr[i] = (char)(text.ptr[i] | 0x20);
	struct str kept = keep(r, &text);
	buf_finish(&text);
	return kept;
}

static void entry_add(struct reading *r, struct str name, struct str mail)
{
	if (!name.ptr && !mail.ptr)
		return;
	if (addresses_add(r->arena, r->list, (struct address){name, mail}) < 0)
		r->failed = true;
}

static bool full(const struct reading *r)
{
	return r->failed || r->list->count >= LIMIT_ADDRESSES;
}

/* A word that was held back turned out to be an entry of its own. */
static void held_release(struct reading *r)
{
	struct str held = r->held, none = {0};
	r->held = none;
	if (!full(r))
		entry_add(r, r->held_is_local ? none : held, r->held_is_local ? held : none);
}

static void held_set(struct reading *r, const struct entry *e, struct str phrase)
{
	r->held = phrase;
	r->held_is_local = str_eq(buf_str(&e->phrase), buf_str(&e->outside)) &&
		str_eq(buf_str(&e->phrase), phrase);
}

static void entry_end(struct reading *r)
{
	struct entry *e = &r->entry;
	if (full(r)) {
		entry_clear(e);
		return;
	}
	struct str phrase = decoded(r, &e->phrase);
	struct str comment = decoded(r, &e->comment);
	if (e->angle) {
		if (r->held.ptr && phrase.ptr) {
			phrase = arena_format(
				r->arena, "%.*s, %.*s", STR_ARG(r->held), STR_ARG(phrase));
			r->held = (struct str){0};
		}
		held_release(r);
		if (!full(r))
			entry_add(r, phrase.ptr ? phrase : comment, mail_of(r, &e->inside));
	} else {
		held_release(r);
		if (e->has_at && !full(r))
			entry_add(r, comment, mail_of(r, &e->outside));
		else if (!e->leftover)
			held_set(r, e, phrase);
	}
	entry_clear(e);
}

/* RFC 5322, 3.2.2: comments nest. Counted, not recursed into. */
static void take_comment(struct reading *r)
{
	struct buf *text = &r->entry.comment;
	size_t depth = 0;
	buf_clear(text);
	for (; r->at < r->text.len; r->at++) {
		char c = r->text.ptr[r->at];
		if (c == '(' && depth++ == 0)
			continue;
		if (c == ')' && --depth == 0) {
			r->at++;
			break;
		}
		if (c == '\\' && r->at + 1 < r->text.len)
			c = r->text.ptr[++r->at];
		buf_add_char(text, c);
	}
	r->entry.gap = true;
}

/* "Jane <jane@a.example> <bob@b.example>": a comma is missing. */
static void end_if_complete(struct reading *r)
{
	struct entry *e = &r->entry;
	if (!e->angle || e->in_angle || !e->inside.len ||
		!memchr(e->inside.ptr, '@', e->inside.len))
		return;
	entry_end(r);
	e->leftover = true;
}

/* Before a token outside < >: does it go on with the run that may be an address? */
static void outside_begin(struct reading *r, char first)
{
	struct entry *e = &r->entry;
	end_if_complete(r);
	bool joins = first == '@' || first == '.' ||
		(e->outside.len > 0 && memchr("@.", e->outside.ptr[e->outside.len - 1], 2));
	if (e->gap && e->phrase.len > 0)
		buf_add_char(&e->phrase, ' ');
	if (e->gap && !joins && e->has_at)
		e->complete = true;
	else if (e->gap && !joins)
		buf_clear(&e->outside);
	e->gap = false;
}

/* What is said as a word and may be an address too. */
static void outside_add(struct entry *e, const char *bytes, size_t len)
{
	buf_add(&e->phrase, bytes, len);
	if (!e->complete)
		buf_add(&e->outside, bytes, len);
}

/* The place of the quote that ends a quoted string which begins at s[at]; s.len when none does. */
static size_t quoted_end(struct str s, size_t at)
{
	for (at++; at < s.len && s.ptr[at] != '"'; at++)
		if (s.ptr[at] == '\\')
			at++;
	return at < s.len ? at : s.len;
}

/* A quoted string: its text to the phrase, as it stands to the address. */
static void take_quoted(struct reading *r)
{
	struct entry *e = &r->entry;
	size_t end = quoted_end(r->text, r->at);
	struct str quoted = str_slice(r->text, r->at, end + 1);
	struct str text = str_slice(r->text, r->at + 1, end);
	r->at += quoted.len;
	if (e->in_angle) {
		header_unfold(quoted, &e->inside);
		return;
	}
	outside_begin(r, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\' && i + 1 < text.len)
			i++;
		buf_add_char(&e->phrase, text.ptr[i]);
	}
	if (!e->complete)
		header_unfold(quoted, &e->outside);
}

static void angle_open(struct reading *r)
{
	struct entry *e = &r->entry;
	end_if_complete(r);
	e->angle = e->in_angle = true;
	buf_clear(&e->inside);
}

/* A ':' ends a group's name or, in < >, a route or a "mailto". */
static void take_colon(struct entry *e)
{
	if (e->in_angle) {
		buf_clear(&e->inside);
		return;
	}
	buf_clear(&e->phrase);
	buf_clear(&e->outside);
	e->has_at = e->complete = e->gap = false;
}

/* [192.0.2.1], where a ':' or ',' is none. */
static size_t literal_length(struct str rest)
{
	const char *end = memchr(rest.ptr, ']', rest.len);
	return end ? (size_t)(end - rest.ptr) + 1 : 1;
}

static void take_plain(struct reading *r)
{
	struct entry *e = &r->entry;
	struct str rest = str_slice(r->text, r->at, r->text.len);
	struct encoded_word word;
	size_t len = 1;
	if (!e->in_angle && encoded_word_at(r->words, r->at, &word))
		len = word.len;
	else if (rest.ptr[0] == '[')
		len = literal_length(rest);
	if (e->in_angle) {
		buf_add(&e->inside, rest.ptr, len);
	} else {
		outside_begin(r, rest.ptr[0]);
		outside_add(e, rest.ptr, len);
		e->has_at = e->has_at || rest.ptr[0] == '@';
	}
	r->at += len;
}

static void take_special(struct reading *r, char c)
{
	struct entry *e = &r->entry;
	r->at++;
	if (c == '<')
		angle_open(r);
	else if (c == '>')
		e->in_angle = false;
	else if (c == ':')
		take_colon(e);
	else if (c == ';' ||
		(c == ',' && !(e->in_angle && e->inside.len > 0 && e->inside.ptr[0] == '@')))
		entry_end(r);
	else if (c != ',')
		e->gap = true;
}

int addresses_parse(struct arena *a, struct str raw_value, struct addresses *list)
{
	struct reading r = {.arena = a, .text = raw_value, .list = list};
	r.words = encoded_words_within(raw_value);
	while (r.at < r.text.len && !full(&r)) {
		char c = r.text.ptr[r.at];
		if (c == '(')
			take_comment(&r);
		else if (c == '"')
			take_quoted(&r);
		else if (memchr("<>:;, \t\r\n", c, 9))
			take_special(&r, c);
		else
			take_plain(&r);
	}
	entry_end(&r);
	held_release(&r);
	bool failed = r.failed;
	buf_finish(&r.entry.phrase);
	buf_finish(&r.entry.comment);
	buf_finish(&r.entry.outside);
	buf_finish(&r.entry.inside);
	return failed ? -1 : 0;
}
