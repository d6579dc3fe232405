/* The sum of what was said in a line of a chat: when, by which side, in which words. */
#include "model/speech.h"

#include "base/clock.h"

static void add_words(const struct text *t, struct buf *out)
{
	for (size_t i = 0; i < t->span_count; i++)
		if (t->spans[i].kind != SPAN_AUTOMATIC)
			buf_add_str(out, str_slice(t->bytes, t->spans[i].start, t->spans[i].end));
}

int speech_sum(const struct speech *s, struct sha256 *out, struct error *err)
{
	struct buf words = {0}, all = {0};
	int64_t minute = s->at_us / MINUTE_US - (s->at_us % MINUTE_US < 0);
	add_words(s->text, &words);
	buf_add_format(&all, "%lld %d %d ", (long long)minute, s->outgoing, s->deleted);
	buf_add_str(&all, str_trim(buf_str(&words)));
	int result =
		words.failed || all.failed ? error_memory(err) : sha256_of(buf_str(&all), out, err);
	buf_finish(&words);
	buf_finish(&all);
	return result;
}
