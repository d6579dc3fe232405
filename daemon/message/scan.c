/* Counts what makes MIME parsers slow, large or crash, without building anything. */
#include "scan.h"

#include "base/limits.h"
#include "base/number_words.h"
#include "headers.h"

#include <gmime/gmime.h>
#include <stdio.h>

/* An open multipart, or a message within a message (which has no boundary). */
struct level {
	struct str boundary; /* absent: none */
	bool digest;         /* parts without a type are messages */
};

struct scan {
	struct level levels[LIMIT_PART_DEPTH];
	GMimeContentType *types[LIMIT_PART_DEPTH]; /* own the boundaries */
	size_t depth;
	size_t boundaries;
	size_t headers;     /* of all blocks */
	size_t block_start; /* of the header block that is open */
	size_t block_headers;
	bool in_headers;
	bool bounded; /* the open field is one that GMime parses */
	size_t field_start;
	struct str *field;   /* where the open field's raw value goes; NULL: nowhere */
	struct str type;     /* of the block's last Content-Type */
	struct str encoding; /* of its first Content-Transfer-Encoding */
	enum examined verdict;
	char *words;
};

static void refuse(struct scan *s, enum examined verdict, const char *text)
{
	if (s->verdict != EXAMINED_YES)
		return;
	s->verdict = verdict;
	snprintf(s->words, WORDS_SIZE, "%s", text);
}

static void refuse_count(
	struct scan *s, enum examined verdict, size_t count, const char *noun, size_t most)
{
	char text[WORDS_SIZE], a[NUMBER_WORDS_SIZE], b[NUMBER_WORDS_SIZE];
	snprintf(text, sizeof(text), "%s %s, at most %s are read", number_words(count, a), noun,
		number_words(most, b));
	refuse(s, verdict, text);
}

static void levels_pop(struct scan *s, size_t depth)
{
	while (s->depth > depth) {
		s->depth--;
		if (s->types[s->depth])
			g_object_unref(s->types[s->depth]);
	}
}

/* Takes over the type. */
static void level_push(struct scan *s, struct level level, GMimeContentType *type)
{
	if (s->depth == LIMIT_PART_DEPTH) {
		char text[WORDS_SIZE];
		snprintf(text, sizeof(text), "parts nested more than %d deep", LIMIT_PART_DEPTH);
		refuse(s, EXAMINED_STRUCTURE, text);
		if (type)
			g_object_unref(type);
		return;
	}
	s->types[s->depth] = type;
	s->levels[s->depth++] = level;
}

static void block_begin(struct scan *s, size_t at)
{
	s->in_headers = true;
	s->bounded = false;
	s->block_start = at;
	s->block_headers = 0;
	s->field = NULL;
	s->type = s->encoding = (struct str){0};
}

static bool in_digest(const struct scan *s)
{
	return s->depth > 0 && s->levels[s->depth - 1].digest;
}

/* GMime reads the type, so that its boundary is the one that GMime will look for. */
static GMimeContentType *type_parse(struct str raw)
{
	char *text = raw.ptr ? str_dup(raw) : NULL;
	GMimeContentType *type = text ? g_mime_content_type_parse(NULL, text) : NULL;
	free(text);
	return type;
}

static bool is_encoded(struct str raw_encoding)
{
	char *text = raw_encoding.ptr ? str_dup(raw_encoding) : NULL;
	GMimeContentEncoding encoding =
		text ? g_mime_content_encoding_from_string(text) : GMIME_CONTENT_ENCODING_DEFAULT;
	free(text);
	return encoding == GMIME_CONTENT_ENCODING_BASE64 ||
		encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
		encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

/* A message within, unless it is encoded: then GMime leaves it a part like others. In a digest it
   takes what it cannot read as a type for a message too. */
static bool holds_message(const struct scan *s, GMimeContentType *type)
{
	static const char *const subtypes[] = {"rfc822", "rfc2822", "global", "news"};
	bool message = !type || g_mime_content_type_is_type(type, "application", "octet-stream");
	message = message && in_digest(s);
	for (size_t i = 0; type && i < sizeof(subtypes) / sizeof(subtypes[0]); i++)
		message = message || g_mime_content_type_is_type(type, "message", subtypes[i]);
	return message && !is_encoded(s->encoding);
}

/* The empty line behind a header block stands before `body`. */
static void block_end(struct scan *s, size_t body)
{
	GMimeContentType *type = type_parse(s->type);
	s->in_headers = false;
	if (holds_message(s, type)) {
		level_push(s, (struct level){0}, NULL);
		block_begin(s, body);
	} else if (type && g_mime_content_type_is_type(type, "multipart", "*")) {
		const char *boundary = g_mime_content_type_get_parameter(type, "boundary");
		const struct level level = {
			.boundary = str_from(boundary),
			.digest = g_mime_content_type_is_type(type, "multipart", "digest"),
		};
		level_push(s, level, type);
		return;
	}
	if (type)
		g_object_unref(type);
}

bool boundary_line(struct str line, struct str boundary, bool *closes)
{
	struct str rest = str_slice(line, 2, line.len);
	if (!boundary.ptr || !str_starts(line, STR("--")) || !str_starts(rest, boundary))
		return false;
	rest = str_slice(rest, boundary.len, rest.len);
	*closes = str_starts(rest, STR("--")) && str_trim(str_slice(rest, 2, rest.len)).len == 0;
	return *closes || str_trim(rest).len == 0;
}

/* A boundary line ends all that is open within its multipart. */
static bool take_boundary(struct scan *s, struct str line, size_t next)
{
	bool closes;
	for (size_t i = s->depth; i-- > 0;) {
		if (!boundary_line(line, s->levels[i].boundary, &closes))
			continue;
		levels_pop(s, closes ? i : i + 1);
		s->boundaries++;
		if (closes)
			s->in_headers = false;
		else
			block_begin(s, next);
		return true;
	}
	return false;
}

static void field_begin(
	struct scan *s, struct str octets, struct str line, size_t start, size_t end)
{
	struct str name;
	size_t value;
	s->field_start = start;
	s->field = NULL;
	s->bounded = false;
	if (!header_line(line, &name, &value))
		return;
	s->headers++;
	s->block_headers++;
	if (str_eq_nocase(name, STR("Content-Type")))
		s->field = &s->type;
	else if (str_eq_nocase(name, STR("Content-Transfer-Encoding")) && !s->encoding.ptr)
		s->field = &s->encoding;
	s->bounded = header_has_addresses(name) || str_starts_nocase(name, STR("Content-"));
	if (s->field)
		*s->field = str_slice(octets, start + value, end);
}

static void take_field(struct scan *s, struct str octets, struct str line, size_t start, size_t end)
{
	if (line.ptr[0] != ' ' && line.ptr[0] != '\t')
		field_begin(s, octets, line, start, end);
	else if (s->field)
		s->field->len += end - start;
	if (s->bounded && end - s->field_start > LIMIT_ADDRESS_HEADER)
		refuse(s, EXAMINED_HEADERS, "a header with addresses or of MIME over 32 KiB");
	if (end - s->block_start > LIMIT_HEADER_BLOCK)
		refuse(s, EXAMINED_HEADERS, "a header block over 256 KiB");
}

/* All lines of a block are counted before it is refused: the words tell how many there were. */
static void check_headers(struct scan *s)
{
	if (s->block_headers > LIMIT_HEADERS)
		refuse_count(s, EXAMINED_HEADERS, s->block_headers, "headers", LIMIT_HEADERS);
	else if (s->headers > LIMIT_HEADERS_ALL)
		refuse_count(s, EXAMINED_HEADERS, s->headers, "headers in all parts together",
			LIMIT_HEADERS_ALL);
}

static void take_line(struct scan *s, struct str octets, struct str line, size_t start, size_t end)
{
	if (s->depth > 0 && str_starts(line, STR("--")) && take_boundary(s, line, end)) {
		check_headers(s);
		return;
	}
	if (!s->in_headers)
		return;
	if (line.len > 0) {
		take_field(s, octets, line, start, end);
		return;
	}
	check_headers(s);
	block_end(s, end);
}

enum examined scan(struct str octets, char words[WORDS_SIZE])
{
	struct scan s = {.words = words};
	struct str rest = octets, line;
	size_t start = 0;
	block_begin(&s, 0);
	while (s.verdict == EXAMINED_YES && str_line(&rest, &line)) {
		size_t end = octets.len - rest.len;
		take_line(&s, octets, line, start, end);
		start = end;
	}
	check_headers(&s);
	levels_pop(&s, 0);
	if (s.boundaries > LIMIT_BOUNDARY_LINES)
		refuse_count(&s, EXAMINED_STRUCTURE, s.boundaries, "boundary lines",
			LIMIT_BOUNDARY_LINES);
	return s.verdict;
}
