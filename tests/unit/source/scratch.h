/* A folder for the run, with a CA and certificates good and bad in it. */
#ifndef TESTS_SOURCE_SCRATCH_H
#define TESTS_SOURCE_SCRATCH_H

void scratch_begin(void);
void scratch_end(void);
/* The folder; and the path of a file in it, in a buffer that the fourth call after reuses. */
const char *scratch_folder(void);
const char *scratch_path(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Runs a shell command; fails the test (or the program) when it does not exit with 0. */
void scratch_run(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
