/* Knows just enough of tags (HTML Living Standard, section 13.2.5) to blank what must not pass. */
#include "html_gate.h"

#include "base/limits.h"
#include <string.h>

/* libxml2 leaves it out of text without a trace, so that words stay whole. */
#define NOTHING '\1'

struct gate {
	struct str in;
	char *out;
	size_t at;
	size_t cut; /* the first tag that lost an attribute, or SIZE_MAX */
};

static void pass(struct gate *g, size_t end)
{
	for (; g->at < end; g->at++)
		g->out[g->at] = g->in.ptr[g->at] ? g->in.ptr[g->at] : NOTHING;
}

static void drop(struct gate *g, size_t end)
{
	memset(g->out + g->at, NOTHING, end - g->at);
	g->at = end;
}

static bool looking_at(const struct gate *g, size_t at, struct str wanted)
{
	return str_starts_nocase(str_slice(g->in, at, g->in.len), wanted);
}

/* Behind the next `wanted` from `at` on, or the end. */
static size_t behind(const struct gate *g, size_t at, struct str wanted)
{
	size_t found;
	return str_find(str_slice(g->in, at, g->in.len), wanted, &found) ? at + found + wanted.len
									 : g->in.len;
}

/* Behind the comment that begins at `at`, or the end. "<!-->" and "<!--->" are whole ones: their
   ends may share the dashes of "<!--"; that of "--!>" does not. */
static size_t behind_comment(const struct gate *g, size_t at)
{
	size_t end = at;
	while ((end = behind(g, end, STR(">"))) < g->in.len) {
		struct str comment = str_slice(g->in, at + 2, end);
		if (str_ends(comment, STR("-->")) ||
			str_ends(str_slice(comment, 2, comment.len), STR("--!>")))
			break;
	}
	return end;
}

static bool is_letter(const struct gate *g, size_t at)
{
	char c = at < g->in.len ? g->in.ptr[at] : ' ';
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool in_name(const struct gate *g, size_t at)
{
	char c = at < g->in.len ? g->in.ptr[at] : ' ';
	return is_letter(g, at) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_' ||
		c == '.';
}

/* Names end where libxml2 ends them: "</html<>" closes html. */
static bool tag_is(const struct gate *g, size_t name, struct str wanted)
{
	return looking_at(g, name, wanted) && !in_name(g, name + wanted.len);
}

enum place { IN_TAG_NAME, BEFORE_NAME, IN_NAME, BEHIND_NAME, BEFORE_VALUE, IN_VALUE, IN_QUOTES };

struct tag {
	enum place place;
	char quote;
	size_t name; /* where the name being read begins */
	unsigned attributes;
};

/* Where c, which does not end the tag, leads to. */
static enum place place_next(const struct tag *t, char c)
{
	bool ends_name = is_space(c) || c == '/';
	switch (t->place) {
	case IN_TAG_NAME:
		return ends_name ? BEFORE_NAME : IN_TAG_NAME;
	case BEFORE_NAME:
		return ends_name ? BEFORE_NAME : IN_NAME;
	case IN_NAME:
	case BEHIND_NAME:
		if (c == '=')
			return BEFORE_VALUE;
		if (is_space(c))
			return BEHIND_NAME;
		return c == '/' ? BEFORE_NAME : IN_NAME;
	case BEFORE_VALUE:
		if (is_space(c))
			return BEFORE_VALUE;
		return c == '"' || c == '\'' ? IN_QUOTES : IN_VALUE;
	case IN_VALUE:
		return is_space(c) ? BEFORE_NAME : IN_VALUE;
	case IN_QUOTES:
		return c == t->quote ? BEFORE_NAME : IN_QUOTES;
	}
	return t->place;
}

/* What libxml2 gets for the byte at g->at, which leads to t->place, so that it comes there too. */
static char plain_byte(const struct gate *g, const struct tag *t)
{
	char c = g->in.ptr[g->at];
	size_t in = g->at - t->name;
	switch (t->place) {
	case IN_TAG_NAME:
	case IN_NAME:
		if (in >= LIMIT_HTML_NAME)
			return ' ';
		return in_name(g, g->at) && (in > 0 || is_letter(g, g->at)) ? c : '_';
	case IN_VALUE:
		return c == '"' || c == '\'' || !c ? '_' : c;
	case IN_QUOTES:
		return c ? c : '_';
	default:
		return is_space(c) || (c == '/' && !looking_at(g, g->at, STR("/>"))) ? ' ' : c;
	}
}

/* Passes a start tag with its first attributes; quoted values may hold ">". libxml2 takes quotes
   and names otherwise than browsers, and waits for another end of a tag than it then reads to. */
static void pass_start_tag(struct gate *g)
{
	size_t start = g->at;
	struct tag t = {.place = IN_TAG_NAME, .name = start + 1};
	for (g->out[g->at++] = '<'; g->at < g->in.len; g->at++) {
		char c = g->in.ptr[g->at];
		if (c == '>' && t.place != IN_QUOTES) {
			g->out[g->at++] = c;
			return;
		}
		enum place before = t.place;
		t.place = place_next(&t, c);
		if (t.place == IN_NAME && before != IN_NAME) {
			t.name = g->at;
			t.attributes++;
		}
		if (t.place == IN_QUOTES && before != IN_QUOTES)
			t.quote = c;
		bool over = t.attributes > LIMIT_HTML_ATTRIBUTES;
		g->out[g->at] = over ? ' ' : plain_byte(g, &t);
		if (over && start < g->cut)
			g->cut = start;
	}
}

/* script and style go with their content and tags: libxml2 mistakes their ends in a chunk's edge.
 */
static bool drop_code(struct gate *g)
{
	static const struct {
		const char *name, *end_tag;
	} codes[] = {{"script", "</script"}, {"style", "</style"}};
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		size_t end;
		if (!tag_is(g, g->at + 1, str_from(codes[i].name)))
			continue;
		struct str rest = str_slice(g->in, g->at, g->in.len);
		bool ended = str_find_nocase(rest, str_from(codes[i].end_tag), &end);
		drop(g, ended ? behind(g, g->at + end, STR(">")) : g->in.len);
		return true;
	}
	return false;
}

/* "<_" is text in browsers. */
static bool begins_tag_to_libxml2_alone(const struct gate *g, size_t name)
{
	return name < g->in.len && memchr("_:.", g->in.ptr[name], 3);
}

static void markup(struct gate *g)
{
	if (looking_at(g, g->at, STR("<!--"))) {
		drop(g, behind_comment(g, g->at));
	} else if (looking_at(g, g->at, STR("<!")) || looking_at(g, g->at, STR("<?"))) {
		drop(g, behind(g, g->at, STR(">")));
	} else if (looking_at(g, g->at, STR("</"))) {
		size_t end = behind(g, g->at, STR(">"));
		bool stops = tag_is(g, g->at + 2, STR("html")) || tag_is(g, g->at + 2, STR("body"));
		if (stops || !is_letter(g, g->at + 2))
			drop(g, end);
		else
			pass(g, end);
	} else if (begins_tag_to_libxml2_alone(g, g->at + 1)) {
		drop(g, g->at + 1);
	} else if (!is_letter(g, g->at + 1)) {
		pass(g, g->at + 1);
	} else if (!drop_code(g)) {
		pass_start_tag(g);
	}
}

size_t html_gate(struct str html, char *out)
{
	struct gate g = {.in = html, .out = out, .cut = SIZE_MAX};
	while (g.at < html.len) {
		const char *open = memchr(html.ptr + g.at, '<', html.len - g.at);
		pass(&g, open ? (size_t)(open - html.ptr) : html.len);
		if (open)
			markup(&g);
	}
	return g.cut;
}
