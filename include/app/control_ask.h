/* Asking a running service over its control socket. */
#ifndef OVERSTEP_APP_CONTROL_ASK_H
#define OVERSTEP_APP_CONTROL_ASK_H

#include "base/error.h"
#include "base/str.h"

struct json_document;
struct json_value;

/* Sends one line and appends the answer's JSON. folder: the archive's. Fails: ERROR_NOT_FOUND (no
   service is running there), ERROR_TEMPORARY (it does not answer within 5 s), ERROR_SYSTEM. */
int control_ask(const char *folder, const char *request, struct buf *answer, struct error *err);
/* Does a service run there? */
bool control_runs(struct str folder);
/* What an answer to "status" says of one account; NULL: nothing, or no answer. */
const struct json_value *control_account(const struct json_document *status, struct str name);

#endif
