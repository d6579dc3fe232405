/* Another program as a child of ours: its words, its start, its end. */
#ifndef OVERSTEP_BASE_COMMAND_H
#define OVERSTEP_BASE_COMMAND_H

#include "base/str.h"
#include <sys/types.h>

#define COMMAND_NO_PROGRAM 127 /* as shells have it */

/* Words for command_become, ended by NULL; free with command_words_free. NULL: out of memory. */
char **command_words(const struct str *words, size_t count);
void command_words_free(char **words);
/* In a child that was just forked: gives the program standard input, output and error (descriptors;
   -1: /dev/null for input, else what is there already) and nothing else of ours, no secret either
   unless with_credentials lets it have systemd's. It runs in a group of its own, which the child
   leads and which dies with the child's parent. Ends as the program does, with COMMAND_NO_PROGRAM
   when there is none. */
_Noreturn void command_become(char **words, const int streams[3], bool with_credentials);
/* Waits for a child that leads a group of its own: 0 and its *status; -1 when the deadline came (by
   clock_monotonic_us) and the group was killed. */
int command_await(pid_t child, int64_t deadline_us, int *status);

#endif
