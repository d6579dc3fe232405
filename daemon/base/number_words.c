/* Groups a number's digits by three. */
#include "base/number_words.h"

#include <stdio.h>
#include <string.h>

const char *number_words(size_t number, char out[NUMBER_WORDS_SIZE])
{
	char digits[NUMBER_WORDS_SIZE];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%zu", number), to = 0;
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[to++] = ',';
		out[to++] = digits[i];
	}
	out[to] = '\0';
	return out;
}
