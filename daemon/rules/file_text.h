/* Whether the bytes of a rule file can be read as text. */
#ifndef OVERSTEP_RULES_FILE_TEXT_H
#define OVERSTEP_RULES_FILE_TEXT_H

#include "script.h"

/* The file without a byte order mark; false when it is no UTF-8 file at all, or too large, after a
   complaint. */
bool file_text(const struct script *s, struct str *text);

/* false when the line is no text, or too long, after a complaint; of a long one *source becomes
   what can be shown. */
bool line_is_text(const struct script *s, unsigned line, struct str *source);

#endif
