/* A DKIM-Signature read from its field (RFC 6376 section 3.5), and a key from DNS (3.6.1). */
#ifndef OVERSTEP_DKIM_SIGNATURE_H
#define OVERSTEP_DKIM_SIGNATURE_H

#include "dkim/dkim.h"
#include "fields.h"
#include "tags.h"

struct signing_form {
	bool ed25519; /* else RSA */
	bool sha1;
	bool relaxed_header, relaxed_body;
	struct str body_hash; /* bh=, decoded; arena */
};

/* Fills the parts of *out that the field tells, and *form. false: out->result and out->why say why
   not. Strings in arena; -1 out of memory is told by out->domain... the caller checks the arena. */
bool signature_read(const struct field *field, struct arena *arena, struct dkim_signature *out,
	struct signing_form *form);

/* A key record. false: it cannot be used, result and why say so. key: decoded p=, in arena. */
bool key_read(struct str text, const struct signing_form *form, struct arena *arena,
	struct dkim_signature *out, struct str *key);

/* Sets result and why; returns false. */
bool signature_is(struct dkim_signature *s, enum dkim_result result, const char *why);

#endif
