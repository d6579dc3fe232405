/* Base64 (RFC 4648 section 4), with padding and without line ends. */
#ifndef OVERSTEP_BASE_BASE64_H
#define OVERSTEP_BASE_BASE64_H

#include "base/str.h"

void base64_write(struct buf *out, const void *octets, size_t len);
/* The way back, appended to *out; false when it is not exactly what base64_write writes. */
bool base64_read(struct str text, struct buf *out);

#endif
