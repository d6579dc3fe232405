/* Files of a test folder, one after the other. */
#ifndef TESTS_MESSAGE_FOLDER_H
#define TESTS_MESSAGE_FOLDER_H

#include "base/str.h"

/* Calls `each` with the name and bytes of every file of TESTS_DIR/folder that ends so; fails the
   test when there is none. Returns how many there were. */
size_t folder_each(
	const char *folder, const char *suffix, void (*each)(const char *path, struct str bytes));

#endif
