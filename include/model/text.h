/* What a message says, as one UTF-8 text cut into spans by whose words they are. */
#ifndef OVERSTEP_MODEL_TEXT_H
#define OVERSTEP_MODEL_TEXT_H

#include "base/arena.h"
#include "base/str.h"

enum span_kind {
	SPAN_NEW, /* the sender's own words, here and now */
	SPAN_QUOTED,
	SPAN_FORWARDED,
	SPAN_SIGNATURE,
	SPAN_AUTOMATIC, /* written by a machine */
	SPAN_COUNT,
};
const char *span_kind_name(enum span_kind k);
bool span_kind_parse(struct str name, enum span_kind *out);

/* Half-open byte range of text.bytes. Spans are in order, do not overlap, and cover the text. */
struct span {
	size_t start;
	size_t end;
	enum span_kind kind;
	bool unsure;       /* its boundary is a guess: hits weigh half */
	bool hidden;       /* display:none, 0-size, white on white (HTML) */
	int part;          /* index of message.parts, -1 for the subject */
	size_t part_start; /* the range of that part's content it came from */
	size_t part_end;
};

/* The subject is the first paragraph: new in a first mail, quoted in a reply or forward. Then an
   empty line and the body. Paragraphs are separated by an empty line, lines end in LF. */
struct text {
	struct arena arena; /* owns all below */
	struct str bytes;
	struct span *spans;
	size_t span_count;
	bool cut;            /* longer than LIMIT_TEXT, the rest is missing */
	struct str not_read; /* why nobody's words were found in a platform's mail; else absent */
};

void text_init(struct text *t);
void text_finish(struct text *t);

/* The same bytes as one new span: examples, `try`, chat lines. Copies. 0 or -1 (memory). */
int text_plain(struct text *t, struct str bytes);

/* Codec for the channel between processes: a line of JSON
 * {"spans":[[start,end,"kind",flags,part,part_start,part_end]...],"cut"}; flags: 1 unsure,
 * 2 hidden; then the bytes as they are: most of it, and so nobody quotes and unquotes them. Reading
 * checks that they are UTF-8, that spans cover them in order and end between characters. */
void text_write(const struct text *t, struct buf *out);
struct error;
int text_read(struct str written, struct text *out, struct error *err);

#endif
