/* Any bytes as a configuration: told what is wrong, or read; never both. */
#include "config/config.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct error err = {0};
	struct buf said = {0};
	int result = config_parse("fuzz.conf", "/nowhere", (struct str){(const char *)data, size},
		NULL, &config, &diags, &err);
	if ((result == 0) != (config != NULL) || (result == 0) == (diags.errors > 0))
		abort();
	diags_print(&diags, &said);
	buf_finish(&said);
	diags_finish(&diags);
	config_free(config);
	return 0;
}
