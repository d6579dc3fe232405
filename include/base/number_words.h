/* Numbers for a person. */
#ifndef OVERSTEP_BASE_NUMBER_WORDS_H
#define OVERSTEP_BASE_NUMBER_WORDS_H

#include <stddef.h>

#define NUMBER_WORDS_SIZE 32

/* 2311 -> "2,311"; returns out. */
const char *number_words(size_t number, char out[NUMBER_WORDS_SIZE]);

#endif
