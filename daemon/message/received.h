/* One hop of the Received chain. */
#ifndef OVERSTEP_MESSAGE_RECEIVED_H
#define OVERSTEP_MESSAGE_RECEIVED_H

#include "model/message.h"

/* From a raw Received value: "from" with the comment in which the server says whom it saw, the
   host after "by", the date after the last ';'. Absent fields stay absent. -1: out of memory. */
int received_parse(struct arena *a, struct str raw_value, struct hop *out);

#endif
