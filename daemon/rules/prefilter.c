/* Finds the fixed words of all rules in one pass: a bitmap of their grams says where to look
 * closer, a table which words stand there, and their needs which patterns to try. */
#include "prefilter.h"
#include "base/array.h"
#include "prefilter_index.h"
#include <stdlib.h>

void windows_finish(struct windows *w)
{
	free(w->items);
	*w = (struct windows){0};
}

int windows_add(struct windows *w, struct window window)
{
	if (array_room(&w->items, w->count, &w->cap, sizeof(*w->items)) < 0)
		return -1;
	w->items[w->count++] = window;
	return 0;
}

static int prepare(struct prefilter *f, struct str text)
{
	if (literal_fold(text, &f->text) < 0)
		return -1;
	if (f->place_cap <= text.len) {
		uint32_t *places = realloc(f->places, (text.len + 1) * sizeof(*places));
		if (!places)
			return -1;
		f->places = places;
		f->place_cap = text.len + 1;
	}
	f->run++;
	f->touched_count = 0;
	return 0;
}

/* Every place of the text whose gram may be one that is looked for. Without branches: there is one
   turn for each byte of each message. */
static size_t find_places(struct prefilter *f, const struct gram_class *class, unsigned size)
{
	const char *text = f->text.bytes.ptr;
	const uint64_t *bitmap = class->bitmap;
	uint64_t mask = UINT64_MAX >> (64 - 8 * size);
	unsigned bits = class->bitmap_bits;
	size_t len = f->text.bytes.len, count = 0;
	for (size_t i = 0; i < len; i++) {
		uint64_t bit = gram_hash(gram_load(text + i, 8) & mask, bits);
		f->places[count] = (uint32_t)i;
		count += bitmap[bit / 64] >> bit % 64 & 1;
	}
	return count;
}

static bool literal_stands_at(const struct literal *l, struct str text, size_t at)
{
	if (l->text.len > text.len - at || memcmp(text.ptr + at, l->text.ptr, l->text.len) != 0)
		return false;
	if (l->word_start && at > 0 && literal_is_word(text.ptr[at - 1]))
		return false;
	size_t end = at + l->text.len;
	return !(l->word_end && end < text.len && literal_is_word(text.ptr[end]));
}

static void need_met(struct prefilter *f, struct need *n, size_t first, size_t last)
{
	if (n->seen == f->run) {
		n->first = first < n->first ? first : n->first;
		n->last = last > n->last ? last : n->last;
		return;
	}
	n->seen = f->run;
	n->first = first;
	n->last = last;
	struct target *t = &f->targets[n->target];
	if (t->seen != f->run) {
		t->seen = f->run;
		t->met = 0;
		f->touched[f->touched_count++] = n->target;
	}
	t->met++;
}

/* Looks closer at one place: all literals that have this gram. */
static void look_at(struct prefilter *f, const struct gram_class *class, unsigned size, size_t at)
{
	struct str text = buf_str(&f->text.bytes);
	uint64_t gram = gram_load(text.ptr + at, size);
	size_t slot_mask = ((size_t)1 << class->slot_bits) - 1;
	size_t slot = (size_t)gram_hash(gram, class->slot_bits);
	while (class->slots[slot].entry != NO_ENTRY && class->slots[slot].gram != gram)
		slot = (slot + 1) & slot_mask;
	for (uint32_t i = class->slots[slot].entry; i != NO_ENTRY; i = f->entries[i].next) {
		const struct entry *e = &f->entries[i];
		if (at < e->gram_at || !literal_stands_at(&e->literal, text, at - e->gram_at))
			continue;
		size_t first = literal_first(&f->text, at - e->gram_at);
		size_t last = literal_last(&f->text, at - e->gram_at);
		for (uint32_t k = 0; k < e->member_count; k++)
			need_met(f, &f->needs[f->members[e->member_at + k]], first, last);
	}
}

/* Where a match may begin: at most `prefix` before the first literal of each set, and not behind
   its last. */
static struct window window_of(const struct prefilter *f, const struct target *t, struct str text)
{
	struct window w = {.rule = t->rule, .pattern = t->pattern, .before = text.len};
	for (uint32_t i = 0; i < t->need_count; i++) {
		const struct need *n = &f->needs[t->need_at + i];
		if (n->first > n->prefix && n->first - n->prefix > w.from)
			w.from = n->first - n->prefix;
		if (n->last + 1 < w.before)
			w.before = n->last + 1;
	}
	/* prefix counts bytes: go back to where a character begins */
	while (w.from > 0 && ((unsigned char)text.ptr[w.from] & 0xC0) == 0x80)
		w.from--;
	return w;
}

int prefilter_run(struct prefilter *f, struct str text, uint32_t subject, struct windows *out)
{
	if (prepare(f, text) < 0)
		return -1;
	for (size_t c = 0; c < GRAM_CLASSES; c++) {
		const struct gram_class *class = &f->classes[c];
		size_t count = class->bitmap ? find_places(f, class, gram_sizes[c]) : 0;
		for (size_t i = 0; i < count; i++)
			look_at(f, class, gram_sizes[c], f->places[i]);
	}
	for (size_t i = 0; i < f->touched_count; i++) {
		const struct target *t = &f->targets[f->touched[i]];
		/* a need that was not met holds places of an earlier text */
		if (t->met < t->need_count)
			continue;
		struct window w = window_of(f, t, text);
		w.subject = subject;
		if (w.from < w.before && windows_add(out, w) < 0)
			return -1;
	}
	for (size_t i = 0; i < f->always_count; i++) {
		const struct target *t = &f->targets[f->always[i]];
		struct window w = {t->rule, t->pattern, subject, 0, text.len};
		if (windows_add(out, w) < 0)
			return -1;
	}
	return 0;
}
