/* Drives libxml2's push SAX parser over HTML; its tree is never built. */
#include "html.h"

#include "base/limits.h"
#include "html_gate.h"
#include "layout.h"
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	htmlParserCtxtPtr parser;
	struct layout layout;
	size_t base;  /* where in the content this parser began */
	size_t token; /* where the token before ended */
	size_t again; /* where to begin anew, 0: nowhere */
	size_t cut;   /* from here on a tag may say less than it did */
};

/* An end tag that closes the last open element ends libxml2's reading; this one stays open. */
static const struct str opening = {"<html>", 6};

static size_t position(const struct reading *r)
{
	long consumed = xmlByteConsumed(r->parser);
	size_t read = consumed > 0 ? (size_t)consumed : 0;
	return r->base + (read > opening.len ? read - opening.len : 0);
}

/* What surrounds the lines from here on is not known. */
static void surroundings_lost(struct lines *out)
{
	if (!out->lost)
		out->lost_at = out->count;
	out->lost = true;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
	struct reading *r = data;
	if (r->again)
		return;
	r->token = position(r);
	if (r->token >= r->cut)
		surroundings_lost(r->layout.out);
	if (layout_open(&r->layout, (const char *)name, (const char *const *)attributes))
		return;
	/* The parser's own stack would grow without bound, and each end tag searches it. */
	r->again = r->token;
	xmlStopParser(r->parser);
}

static void on_end(void *data, const xmlChar *name)
{
	struct reading *r = data;
	(void)name;
	if (r->again)
		return;
	r->token = position(r);
	layout_close(&r->layout);
}

static void on_words(void *data, const xmlChar *words, int len)
{
	struct reading *r = data;
	if (r->again || len <= 0)
		return;
	size_t end = position(r);
	layout_words(&r->layout, (struct str){(const char *)words, (size_t)len}, r->token, end);
	r->token = end;
}

static htmlParserCtxtPtr parser_new(struct reading *r)
{
	htmlSAXHandler handler = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_words,
		.cdataBlock = on_words,
		.ignorableWhitespace = on_words,
	};
	htmlParserCtxtPtr parser =
		htmlCreatePushParserCtxt(&handler, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (parser)
		htmlCtxtUseOptions(parser,
			HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
				HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	return parser;
}

/* Feeds gated[*at ...) until its end, or until it is too deep or the text full. */
static int read_from(struct reading *r, struct str gated, size_t *at, size_t chunk)
{
	r->parser = parser_new(r);
	if (!r->parser)
		return -1;
	r->base = r->token = *at;
	r->again = 0;
	htmlParseChunk(r->parser, opening.ptr, (int)opening.len, 0);
	while (*at < gated.len && !r->again && !lines_full(r->layout.out)) {
		size_t len = gated.len - *at < chunk ? gated.len - *at : chunk;
		htmlParseChunk(r->parser, gated.ptr + *at, (int)len, 0);
		*at += len;
	}
	if (!r->again && !lines_full(r->layout.out))
		htmlParseChunk(r->parser, NULL, 0, 1);
	htmlFreeParserCtxt(r->parser);
	r->parser = NULL;
	return 0;
}

/* Behind the start tag at `at`. */
static size_t behind_tag(struct str gated, size_t at)
{
	const char *end = at < gated.len ? memchr(gated.ptr + at, '>', gated.len - at) : NULL;
	return end ? (size_t)(end - gated.ptr) + 1 : gated.len;
}

int html_read(struct str html, size_t chunk, struct lines *out, struct error *err)
{
	struct reading *r = NULL;
	char *gated = NULL;
	int result = -1;

	if (html.len == 0)
		return 0;
	gated = malloc(html.len);
	r = malloc(sizeof(*r));
	if (!gated || !r)
		goto out;
	r->cut = html_gate(html, gated);
	for (size_t at = 0; at < html.len && !lines_full(out);) {
		layout_start(&r->layout, out);
		if (read_from(r, (struct str){gated, html.len}, &at, chunk) < 0)
			goto out;
		layout_finish(&r->layout);
		if (!r->again)
			break;
		at = behind_tag((struct str){gated, html.len}, r->again);
		surroundings_lost(out);
	}
	result = out->failed ? -1 : 0;
out:
	free(r);
	free(gated);
	return result < 0 ? error_memory(err) : 0;
}

int32_t html_named(struct str name)
{
	char terminated[16];
	if (name.len >= sizeof(terminated))
		return -1;
	memcpy(terminated, name.ptr, name.len);
	terminated[name.len] = '\0';
	const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)terminated);
	return found ? (int32_t)found->value : -1;
}
