/* Builds the tables of a prefilter from the fixed words of all rules. */
#include "base/array.h"
#include "prefilter_index.h"
#include <limits.h>
#include <stdlib.h>

#define BITMAP_BITS_MIN 16u /* 8 KiB */
#define BITMAP_BITS_MAX 20u
#define BITS_FOR_A_GRAM 16

const unsigned gram_sizes[GRAM_CLASSES] = {8, 4, 3, 2};

/* A literal as a need wants it; the same literal may stand in many needs. */
struct wanted {
	struct literal literal;
	uint32_t need;
};

struct builder {
	struct prefilter *filter;
	struct wanted *wanted;
	size_t wanted_count, wanted_cap;
	uint64_t *grams; /* all grams of all entries of one class, sorted */
	size_t gram_count, gram_cap;
};

static int want(struct builder *b, const struct literal_set *set, uint32_t need)
{
	for (size_t i = 0; i < set->count; i++) {
		if (array_room(&b->wanted, b->wanted_count, &b->wanted_cap, sizeof(*b->wanted)) < 0)
			return -1;
		b->wanted[b->wanted_count++] = (struct wanted){set->items[i], need};
	}
	return 0;
}

static int add_target(
	struct builder *b, uint32_t rule, uint32_t pattern, const struct literals *literals)
{
	struct prefilter *f = b->filter;
	uint32_t target = (uint32_t)f->target_count;
	if (array_room(&f->targets, f->target_count, &f->target_cap, sizeof(*f->targets)) < 0)
		return -1;
	f->targets[f->target_count++] = (struct target){
		.rule = rule,
		.pattern = pattern,
		.need_at = (uint32_t)f->need_count,
		.need_count = (uint32_t)literals->count,
	};
	for (size_t i = 0; i < literals->count; i++) {
		if (array_room(&f->needs, f->need_count, &f->need_cap, sizeof(*f->needs)) < 0)
			return -1;
		f->needs[f->need_count] =
			(struct need){.target = target, .prefix = literals->sets[i].prefix};
		if (want(b, &literals->sets[i], (uint32_t)f->need_count++) < 0)
			return -1;
	}
	return 0;
}

static int compare_literals(const struct literal *a, const struct literal *b)
{
	int texts = str_cmp(a->text, b->text);
	if (texts != 0)
		return texts;
	if (a->word_start != b->word_start)
		return a->word_start ? 1 : -1;
	return a->word_end == b->word_end ? 0 : a->word_end ? 1 : -1;
}

static int compare_wanted(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;
	int literals = compare_literals(&x->literal, &y->literal);
	return literals != 0 ? literals : x->need < y->need ? -1 : x->need > y->need;
}

/* Each literal once, with the needs that want it. */
static int make_entries(struct builder *b)
{
	struct prefilter *f = b->filter;
	size_t room = b->wanted_count ? b->wanted_count : 1;
	f->entries = calloc(room, sizeof(*f->entries));
	f->members = calloc(room, sizeof(*f->members));
	if (!f->entries || !f->members)
		return -1;
	if (b->wanted_count > 1)
		qsort(b->wanted, b->wanted_count, sizeof(*b->wanted), compare_wanted);
	for (size_t i = 0; i < b->wanted_count; i++) {
		const struct wanted *w = &b->wanted[i];
		if (i == 0 || compare_literals(&w->literal, &w[-1].literal) != 0)
			f->entries[f->entry_count++] = (struct entry){
				.literal = w->literal,
				.next = NO_ENTRY,
				.member_at = (uint32_t)i,
			};
		f->members[i] = w->need;
		f->entries[f->entry_count - 1].member_count++;
	}
	return 0;
}

static size_t class_of(const struct entry *e)
{
	size_t class = 0;
	while (class + 1 < GRAM_CLASSES && gram_sizes[class] > e->literal.text.len)
		class ++;
	return class;
}

static int compare_grams(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static int collect_grams(struct builder *b, size_t class)
{
	unsigned size = gram_sizes[class];
	b->gram_count = 0;
	for (size_t i = 0; i < b->filter->entry_count; i++) {
		const struct entry *e = &b->filter->entries[i];
		if (class_of(e) != class)
			continue;
		for (size_t at = 0; at + size <= e->literal.text.len; at++) {
			if (array_room(&b->grams, b->gram_count, &b->gram_cap, sizeof(*b->grams)) <
				0)
				return -1;
			b->grams[b->gram_count++] = gram_load(e->literal.text.ptr + at, size);
		}
	}
	if (b->gram_count > 1)
		qsort(b->grams, b->gram_count, sizeof(*b->grams), compare_grams);
	return 0;
}

/* The first place of the sorted grams that is not below `gram`. */
static size_t lower_bound(const struct builder *b, uint64_t gram)
{
	size_t low = 0, high = b->gram_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (b->grams[middle] < gram)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The gram of the literal that is the rarest in texts, and shared by few literals. */
static uint64_t choose_gram(const struct builder *b, unsigned size, struct entry *e)
{
	struct str text = e->literal.text;
	uint64_t best = 0;
	int best_score = INT_MIN;
	for (size_t at = 0; at + size <= text.len; at++) {
		uint64_t gram = gram_load(text.ptr + at, size);
		size_t first = lower_bound(b, gram);
		size_t behind = gram == UINT64_MAX ? b->gram_count : lower_bound(b, gram + 1);
		int score = (int)literal_rarity(str_slice(text, at, at + size));
		for (size_t shared = behind - first; shared > 1; shared /= 2)
			score--;
		if (score > best_score) {
			best_score = score;
			best = gram;
			e->gram_at = (uint32_t)at;
		}
	}
	return best;
}

static unsigned bits_for(size_t count, unsigned least, unsigned most)
{
	unsigned bits = least;
	while (bits < most && ((size_t)1 << bits) < count)
		bits++;
	return bits;
}

static void insert_entry(
	struct gram_class *class, struct entry *entries, uint32_t entry, uint64_t gram)
{
	size_t mask = ((size_t)1 << class->slot_bits) - 1;
	size_t at = (size_t)gram_hash(gram, class->slot_bits);
	while (class->slots[at].entry != NO_ENTRY && class->slots[at].gram != gram)
		at = (at + 1) & mask;
	entries[entry].next = class->slots[at].entry;
	class->slots[at] = (struct slot){gram, entry};
	size_t bit = (size_t)gram_hash(gram, class->bitmap_bits);
	class->bitmap[bit / 64] |= UINT64_C(1) << bit % 64;
}

static int make_class(struct builder *b, size_t index)
{
	struct prefilter *f = b->filter;
	struct gram_class *class = &f->classes[index];
	size_t count = 0;
	for (size_t i = 0; i < f->entry_count; i++)
		count += class_of(&f->entries[i]) == index;
	if (count == 0)
		return 0;
	if (collect_grams(b, index) < 0)
		return -1;
	class->bitmap_bits = bits_for(count * BITS_FOR_A_GRAM, BITMAP_BITS_MIN, BITMAP_BITS_MAX);
	class->slot_bits = bits_for(count * 2, 4, 31);
	class->bitmap = calloc(((size_t)1 << class->bitmap_bits) / 64, sizeof(*class->bitmap));
	class->slots = calloc((size_t)1 << class->slot_bits, sizeof(*class->slots));
	if (!class->bitmap || !class->slots)
		return -1;
	for (size_t i = 0; i < (size_t)1 << class->slot_bits; i++)
		class->slots[i].entry = NO_ENTRY;
	for (size_t i = 0; i < f->entry_count; i++) {
		if (class_of(&f->entries[i]) != index)
			continue;
		uint64_t gram = choose_gram(b, gram_sizes[index], &f->entries[i]);
		insert_entry(class, f->entries, (uint32_t)i, gram);
	}
	return 0;
}

static int make_lists(struct prefilter *f)
{
	size_t room = f->target_count ? f->target_count : 1;
	f->always = calloc(room, sizeof(*f->always));
	f->touched = calloc(room, sizeof(*f->touched));
	if (!f->always || !f->touched)
		return -1;
	for (size_t i = 0; i < f->target_count; i++)
		if (f->targets[i].need_count == 0)
			f->always[f->always_count++] = (uint32_t)i;
	return 0;
}

static int build(struct builder *b, const struct rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < rules[i].match.count; k++)
			if (add_target(b, (uint32_t)i, (uint32_t)k,
				    &rules[i].match.items[k].literals) < 0)
				return -1;
	if (make_entries(b) < 0 || make_lists(b->filter) < 0)
		return -1;
	for (size_t class = 0; class < GRAM_CLASSES; class ++)
		if (make_class(b, class) < 0)
			return -1;
	return 0;
}

int prefilter_new(const struct rule *rules, size_t count, struct prefilter **out)
{
	struct builder b = {.filter = calloc(1, sizeof(*b.filter))};
	int rc = b.filter ? build(&b, rules, count) : -1;
	free(b.wanted);
	free(b.grams);
	if (rc < 0) {
		prefilter_free(b.filter);
		return -1;
	}
	*out = b.filter;
	return 0;
}

void prefilter_free(struct prefilter *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < GRAM_CLASSES; i++) {
		free(f->classes[i].bitmap);
		free(f->classes[i].slots);
	}
	free(f->targets);
	free(f->needs);
	free(f->entries);
	free(f->members);
	free(f->always);
	free(f->touched);
	free(f->places);
	literal_text_finish(&f->text);
	free(f);
}
