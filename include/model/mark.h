/* What the freelancer said of a message or a finding. Append-only; the last one of a kind counts.
 */
#ifndef OVERSTEP_MODEL_MARK_H
#define OVERSTEP_MODEL_MARK_H

#include "model/hit.h"

enum mark { MARK_NONE, MARK_WRONG, MARK_AGREED, MARK_RIGHT, MARK_AGREEMENT, MARK_NOTE, MARK_COUNT };
const char *mark_name(enum mark m);
bool mark_parse(struct str name, enum mark *out);
/* Does a finding count against its author? Not one of a rule on trial, one that I had consented to
   (absent: I had not), and one that is marked as wrong or as agreed. */
bool counts_against(enum rule_status status, struct str consent, enum mark mark);

/* What a message can fix that is marked as an agreement. */
#define AGREEMENT_KINDS 3
extern const char *const agreement_kinds[AGREEMENT_KINDS];

#endif
