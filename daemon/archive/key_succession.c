/* Whether a key of the log was handed on by the one before it. */
#include "log_key.h"

#include "base/base64.h"
#include "base/signing.h"
#include "model/record.h"

int key_succession(const struct record *record, uint64_t before, struct str before_pem,
	struct str pem, const char **words)
{
	uint64_t old = 0;
	struct buf signature = {0};
	struct str written = record_get(record, "signature", 0);
	int result = -1;
	if (!evidence_parse(record_get(record, "replaces", 0), &old) || old != before) {
		*words = "is a key that does not replace the one before it";
	} else if (!written.ptr) {
		*words = "is a new key that the old one has not signed: the owner had lost it, or "
			 "somebody else began anew";
		result = 0;
	} else if (!base64_read(written, &signature) ||
		signing_verify(before_pem, pem, buf_str(&signature), NULL) != 1) {
		*words = "is a key that the one before it has not signed";
	} else {
		result = 1;
	}
	buf_finish(&signature);
	return result;
}
