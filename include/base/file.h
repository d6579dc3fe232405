/* Files as whole byte strings: bounded reading, atomic writing, folders, paths. */
#ifndef OVERSTEP_BASE_FILE_H
#define OVERSTEP_BASE_FILE_H

#include "base/error.h"
#include "base/str.h"
#include <sys/types.h>

/* Appends the file's bytes to *out. Fails: ERROR_NOT_FOUND, ERROR_LIMIT over max bytes,
 * ERROR_SYSTEM. */
int file_read(const char *path, size_t max_bytes, struct buf *out, struct error *err);
/* The same from an open descriptor up to its end. */
int file_read_fd(int fd, const char *name, size_t max_bytes, struct buf *out, struct error *err);
/* Temporary file beside it, fsync, rename, fsync of the folder. What is there and no file stays. */
int file_write_atomic(const char *path, struct str bytes, mode_t mode, struct error *err);
/* The same piece by piece: nothing is at the path until file_out_end, which frees it whether it
   fails or not. */
struct file_out;
int file_out_begin(const char *path, mode_t mode, struct file_out **out, struct error *err);
int file_out_write(struct file_out *f, struct str bytes, struct error *err);
int file_out_end(struct file_out *f, struct error *err);
/* Leaves nothing behind. */
void file_out_drop(struct file_out *f);
/* write(2) until all is out; handles EINTR and short writes. */
int file_write_all(int fd, const void *bytes, size_t len, struct error *err);
/* mkdir -p; the last folder gets `mode`. An existing folder is fine. */
int file_make_folder(const char *path, mode_t mode, struct error *err);
/* Names in a folder that end with `suffix`, byte-sorted, without . and hidden ones; free each and
 * the array. */
int file_list(
	const char *folder, const char *suffix, char ***out, size_t *count, struct error *err);
void file_list_free(char **names, size_t count);
/* folder/name, or name itself when it is absolute; "~/" is the home folder. free() it; NULL: out of
 * memory. */
char *file_join(const char *folder, const char *name);
/* The folder part of a path ("." when none). free() it. */
char *file_folder(const char *path);
/* Where the program that runs was installed. free() it. */
char *file_program_folder(void);
bool file_exists(const char *path);
bool file_is_folder(const char *path);

#endif
