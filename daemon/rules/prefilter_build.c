/* Builds the tables of a prefilter from the fixed words of all rules. */
#include "base/array.h"
#include "prefilter_index.h"
#include <limits.h>
#include <stdlib.h>

#define BITMAP_BITS_MIN 16u /* 8 KiB */
#define BITMAP_BITS_MAX 20u
#define BITS_FOR_A_GRAM 16
#define SHARED_BITS 14u

const unsigned gram_sizes[GRAM_CLASSES] = {GRAM_BYTES_MAX, 4, 3, 2};

#define FIRST_SET UINT32_MAX

/* A literal as a set of a target has it. */
struct wanted {
	struct literal literal;
	uint32_t target;
	uint32_t need; /* or FIRST_SET */
};

struct builder {
	struct prefilter *filter;
	struct wanted *wanted;
	size_t wanted_count, wanted_cap;
	size_t need_entry_count;
	uint32_t shared[1u << SHARED_BITS]; /* by the hash of a gram */
};

static int want(struct builder *b, const struct literal_set *set, uint32_t target, uint32_t need)
{
	for (size_t i = 0; i < set->count; i++) {
		if (array_room(&b->wanted, b->wanted_count, &b->wanted_cap, sizeof(*b->wanted)) < 0)
			return -1;
		b->wanted[b->wanted_count++] = (struct wanted){set->items[i], target, need};
	}
	return 0;
}

static int add_need(struct builder *b, const struct literal_set *set, uint32_t target)
{
	struct prefilter *f = b->filter;
	if (array_room(&f->needs, f->need_count, &f->need_cap, sizeof(*f->needs)) < 0)
		return -1;
	/* its entries are counted when they are made */
	f->needs[f->need_count] = (struct need){set->prefix, (uint32_t)b->need_entry_count, 0};
	b->need_entry_count += set->count;
	return want(b, set, target, (uint32_t)f->need_count++);
}

static int add_target(
	struct builder *b, uint32_t rule, uint32_t pattern, const struct literals *literals)
{
	struct prefilter *f = b->filter;
	uint32_t target = (uint32_t)f->target_count;
	if (array_room(&f->targets, f->target_count, &f->target_cap, sizeof(*f->targets)) < 0)
		return -1;
	struct target *t = &f->targets[f->target_count++];
	*t = (struct target){.rule = rule, .pattern = pattern, .need_at = (uint32_t)f->need_count};
	if (literals->count == 0) {
		if (array_room(&f->always, f->always_count, &f->always_cap, sizeof(*f->always)) < 0)
			return -1;
		f->always[f->always_count++] = target;
		return 0;
	}
	t->prefix = literals->sets[0].prefix;
	t->need_count = (uint32_t)literals->count - 1;
	if (want(b, &literals->sets[0], target, FIRST_SET) < 0)
		return -1;
	for (size_t i = 1; i < literals->count; i++)
		if (add_need(b, &literals->sets[i], target) < 0)
			return -1;
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
	return literals != 0 ? literals : x->target < y->target ? -1 : x->target > y->target;
}

static uint64_t head_of(struct str text)
{
	return gram_load(text.ptr, text.len < GRAM_BYTES_MAX ? text.len : GRAM_BYTES_MAX);
}

/* Each literal once, with those that want it. */
static int make_entries(struct builder *b)
{
	struct prefilter *f = b->filter;
	size_t room = b->wanted_count ? b->wanted_count : 1, member_count = 0;
	f->entries = calloc(room, sizeof(*f->entries));
	f->members = calloc(room, sizeof(*f->members));
	f->need_entries = calloc(b->need_entry_count + 1, sizeof(*f->need_entries));
	if (!f->entries || !f->members || !f->need_entries)
		return -1;
	if (b->wanted_count > 1)
		qsort(b->wanted, b->wanted_count, sizeof(*b->wanted), compare_wanted);
	for (size_t i = 0; i < b->wanted_count; i++) {
		const struct wanted *w = &b->wanted[i];
		if (i == 0 || compare_literals(&w->literal, &w[-1].literal) != 0)
			f->entries[f->entry_count++] = (struct entry){
				.literal = w->literal,
				.head = head_of(w->literal.text),
				.next = NO_ENTRY,
				.member_at = (uint32_t)member_count,
			};
		struct entry *e = &f->entries[f->entry_count - 1];
		if (w->need == FIRST_SET) {
			f->members[member_count++] = w->target;
			e->member_count++;
			continue;
		}
		struct need *n = &f->needs[w->need];
		f->need_entries[n->entry_at + n->entry_count++] = (uint32_t)f->entry_count - 1;
	}
	f->seen = calloc(f->entry_count + 1, sizeof(*f->seen));
	f->seen_entries = calloc(f->entry_count + 1, sizeof(*f->seen_entries));
	return f->seen && f->seen_entries ? 0 : -1;
}

static size_t class_of(const struct entry *e)
{
	size_t class = 0;
	while (class + 1 < GRAM_CLASSES && gram_sizes[class] > e->literal.text.len)
		class ++;
	return class;
}

/* How many literals have a gram, more or less: grams of one hash are counted together. */
static void count_grams(struct builder *b, size_t class)
{
	unsigned size = gram_sizes[class];
	memset(b->shared, 0, sizeof(b->shared));
	for (size_t i = 0; i < b->filter->entry_count; i++) {
		const struct entry *e = &b->filter->entries[i];
		if (class_of(e) != class)
			continue;
		for (size_t at = 0; at + size <= e->literal.text.len; at++)
			b->shared[gram_hash(
				gram_load(e->literal.text.ptr + at, size), SHARED_BITS)]++;
	}
}

/* The gram of the literal that is the rarest in texts, and shared by few literals. */
static uint64_t choose_gram(const struct builder *b, unsigned size, struct entry *e)
{
	struct str text = e->literal.text;
	uint64_t best = 0;
	int best_score = INT_MIN;
	for (size_t at = 0; at + size <= text.len; at++) {
		uint64_t gram = gram_load(text.ptr + at, size);
		int score = (int)literal_rarity(str_slice(text, at, at + size));
		for (uint32_t shared = b->shared[gram_hash(gram, SHARED_BITS)]; shared > 1;
			shared /= 2)
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
	count_grams(b, index);
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

static int build(struct builder *b, const struct rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < rules[i].match.count; k++)
			if (add_target(b, (uint32_t)i, (uint32_t)k,
				    &rules[i].match.items[k].literals) < 0)
				return -1;
	b->filter->touched = calloc(b->filter->target_count + 1, sizeof(*b->filter->touched));
	if (!b->filter->touched || make_entries(b) < 0)
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
	free(f->need_entries);
	free(f->seen);
	free(f->seen_entries);
	free(f->always);
	free(f->touched);
	literal_text_finish(&f->text);
	free(f);
}
