/* In the place of http.c where there is no libmicrohttpd. */
#include "serve/serve.h"

int serve_run(const struct serve_plan *plan, struct error *err)
{
	(void)plan;
	return error_set(err, ERROR_USAGE,
		"this overstep was built without libmicrohttpd, expected one that has it");
}
