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

static void cut_into_blocks(struct prefilter *f)
{
	const struct literal_text *t = &f->text;
	size_t paragraph = 0;
	f->block_bits = BLOCK_BITS_MIN;
	while (t->bytes.len >> f->block_bits >= BLOCKS)
		f->block_bits++;
	for (size_t block = 0; block < BLOCKS; block++) {
		while (paragraph < t->paragraph_count &&
			t->paragraphs[paragraph] <= block << f->block_bits)
			paragraph++;
		size_t start = paragraph > 0 ? t->paragraphs[paragraph - 1] : 0;
		f->paragraph_of[block] = (unsigned char)(start >> f->block_bits);
	}
}

static int prepare(struct prefilter *f, struct str text)
{
	if (literal_fold(text, &f->text) < 0)
		return -1;
	cut_into_blocks(f);
	return 0;
}

/* So many bytes of a text are looked at together: their places stay in the nearest cache. */
#define SLICE 1024

/* Every place in a slice of the text, from `from` on, whose gram may be one that is looked for.
   Without branches: there is one turn for each byte of each message. */
static size_t find_places(const struct prefilter *f, const struct gram_class *class, unsigned size,
	size_t from, uint32_t places[SLICE])
{
	const char *text = f->text.bytes.ptr;
	const uint64_t *bitmap = class->bitmap;
	uint64_t mask = gram_mask(size);
	unsigned bits = class->bitmap_bits;
	size_t len = f->text.bytes.len, count = 0;
	size_t end = len - from < SLICE ? len : from + SLICE;
	for (size_t i = from; i < end; i++) {
		uint64_t bit = gram_hash(gram_load(text + i, GRAM_BYTES_MAX) & mask, bits);
		places[count] = (uint32_t)i;
		count += bitmap[bit / 64] >> bit % 64 & 1;
	}
	return count;
}

/* `at` is before the text's end, behind which there is room to look for a head. */
static bool stands_at(const struct entry *e, struct str text, size_t at)
{
	const struct literal *l = &e->literal;
	size_t head_len = l->text.len < GRAM_BYTES_MAX ? l->text.len : GRAM_BYTES_MAX;
	if ((gram_load(text.ptr + at, GRAM_BYTES_MAX) & gram_mask(head_len)) != e->head)
		return false;
	if (l->text.len > head_len &&
		(l->text.len > text.len - at ||
			memcmp(text.ptr + at + head_len, l->text.ptr + head_len,
				l->text.len - head_len) != 0))
		return false;
	if (l->word_start && at > 0 && literal_is_word(text.ptr[at - 1]))
		return false;
	size_t end = at + l->text.len;
	return !(l->word_end && end < text.len && literal_is_word(text.ptr[end]));
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
		if (at < e->gram_at || !stands_at(e, text, at - e->gram_at))
			continue;
		if (f->seen[i] == 0)
			f->seen_entries[f->seen_count++] = i;
		f->seen[i] |= UINT64_C(1) << ((at - e->gram_at) >> f->block_bits);
	}
}

static void look_through(struct prefilter *f)
{
	uint32_t places[SLICE];
	f->seen_count = 0;
	for (size_t c = 0; c < GRAM_CLASSES; c++) {
		const struct gram_class *class = &f->classes[c];
		for (size_t at = 0; class->bitmap && at < f->text.bytes.len; at += SLICE) {
			size_t count = find_places(f, class, gram_sizes[c], at, places);
			for (size_t i = 0; i < count; i++)
				look_at(f, class, gram_sizes[c], places[i]);
		}
	}
}

/* Where a match may begin whose literal begins in those blocks: at most `prefix` before it (white
   space made shorter makes that less), and in its paragraph, over whose end no match reaches. */
static uint64_t starts_of(const struct prefilter *f, uint64_t literal_blocks, size_t prefix)
{
	size_t block_bytes = (size_t)1 << f->block_bits;
	size_t back = prefix > BLOCKS * block_bytes ? BLOCKS
						    : (prefix + block_bytes - 1) >> f->block_bits;
	uint64_t starts = 0;
	for (; literal_blocks; literal_blocks &= literal_blocks - 1) {
		size_t block = (size_t)__builtin_ctzll(literal_blocks);
		size_t first = block > back ? block - back : 0;
		if (first < f->paragraph_of[block])
			first = f->paragraph_of[block];
		starts |= UINT64_MAX >> (BLOCKS - 1 - block) & UINT64_MAX << first;
	}
	return starts;
}

/* The targets whose first set was seen. */
static void touch_targets(struct prefilter *f)
{
	f->touched_count = 0;
	for (size_t i = 0; i < f->seen_count; i++) {
		const struct entry *e = &f->entries[f->seen_entries[i]];
		for (uint32_t k = 0; k < e->member_count; k++) {
			uint32_t member = f->members[e->member_at + k];
			struct target *t = &f->targets[member];
			if (t->blocks == 0)
				f->touched[f->touched_count++] = member;
			t->blocks |= starts_of(f, f->seen[f->seen_entries[i]], t->prefix);
		}
	}
}

/* Leaves the blocks in which a match may begin that holds a literal of each set. */
static void narrow(const struct prefilter *f, struct target *t)
{
	for (uint32_t i = 0; i < t->need_count && t->blocks; i++) {
		const struct need *n = &f->needs[t->need_at + i];
		uint64_t seen = 0;
		for (uint32_t k = 0; k < n->entry_count; k++)
			seen |= f->seen[f->need_entries[n->entry_at + k]];
		t->blocks &= starts_of(f, seen, n->prefix);
	}
}

/* The source of those blocks; where a block cuts a character, all of it. */
static struct window window_of(const struct prefilter *f, const struct target *t, struct str text,
	size_t first_block, size_t behind)
{
	struct window w = {.rule = t->rule, .pattern = t->pattern};
	w.from = literal_first(&f->text, first_block << f->block_bits);
	w.before = literal_first(&f->text, behind << f->block_bits);
	if (w.before > text.len)
		w.before = text.len;
	while (w.from > 0 && ((unsigned char)text.ptr[w.from] & 0xC0) == 0x80)
		w.from--;
	return w;
}

/* A window for each run of blocks. */
static int add_windows(const struct prefilter *f, const struct target *t, struct str text,
	uint32_t subject, struct windows *out)
{
	uint64_t blocks = t->blocks;
	for (size_t at = 0; at < BLOCKS && blocks >> at; at++) {
		size_t first = at;
		while (at < BLOCKS && blocks >> at & 1)
			at++;
		if (at == first)
			continue;
		struct window w = window_of(f, t, text, first, at);
		w.subject = subject;
		if (w.from < w.before && windows_add(out, w) < 0)
			return -1;
	}
	return 0;
}

int prefilter_run(struct prefilter *f, struct str text, uint32_t subject, struct windows *out)
{
	if (prepare(f, text) < 0)
		return -1;
	look_through(f);
	touch_targets(f);
	int rc = 0;
	for (size_t i = 0; i < f->touched_count; i++) {
		struct target *t = &f->targets[f->touched[i]];
		narrow(f, t);
		if (rc == 0)
			rc = add_windows(f, t, text, subject, out);
		t->blocks = 0;
	}
	for (size_t i = 0; i < f->seen_count; i++)
		f->seen[f->seen_entries[i]] = 0;
	for (size_t i = 0; rc == 0 && i < f->always_count; i++) {
		const struct target *t = &f->targets[f->always[i]];
		struct window w = {t->rule, t->pattern, subject, 0, text.len};
		rc = windows_add(out, w);
	}
	return rc;
}
