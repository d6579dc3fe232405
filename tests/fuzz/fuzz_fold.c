/* Fuzzes folding: whatever the bytes, the text is valid, its origins never go back and lie at
   characters, and invalid bytes fold like their replacement. */
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_origins(struct str in, const struct folded *f)
{
	size_t at = 0, place = 0;
	require(f->origin[f->text.len] == in.len);
	for (size_t i = 0; i < f->text.len; i++) {
		require(i == 0 || f->origin[i - 1] <= f->origin[i]);
		/* The next place of the source where a character begins, at or after this. */
		while (place < f->origin[i]) {
			require(utf8_next(in, &at) >= 0);
			place = at;
		}
		require(place == f->origin[i] && place < in.len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct folded raw = {0}, repaired = {0};
	struct buf fixed = {0};
	for (int fold_case = 0; fold_case <= 1; fold_case++) {
		require(utf8_fold(in, fold_case, &raw) == 0);
		require(utf8_valid(buf_str(&raw.text)));
		check_origins(in, &raw);
		buf_clear(&fixed);
		utf8_repair(in, &fixed);
		require(utf8_fold(buf_str(&fixed), fold_case, &repaired) == 0);
		/* A NUL is repaired to its picture, but folds to itself. */
		size_t nul;
		if (!str_find(in, (struct str){"", 1}, &nul))
			require(str_eq(buf_str(&raw.text), buf_str(&repaired.text)));
	}
	buf_clear(&fixed);
	utf8_add_visible(&fixed, in, true);
	require(utf8_valid(buf_str(&fixed)));
	buf_finish(&fixed);
	folded_finish(&raw);
	folded_finish(&repaired);
	return 0;
}
