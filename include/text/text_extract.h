/* From a parsed message to its text with spans: whose words are these? */
#ifndef OVERSTEP_TEXT_TEXT_EXTRACT_H
#define OVERSTEP_TEXT_TEXT_EXTRACT_H

#include "base/error.h"
#include "model/message.h"
#include "model/text.h"

/* Builds the text: the subject, then the body from the best of each alternative (text/plain when it
   says something, else text/html), every inline text part, forwarded parts tagged so. An automatic
   message is one automatic span. Of a platform's mail only the words of message.speaker are new,
   and where they are not found out->not_read says so. out must be text_init'ed. Fails:
   ERROR_MEMORY. */
int text_extract(const struct message *m, struct text *out, struct error *err);

/* Tags a body on its own, as text_extract does for a text/plain part: what `try` uses for a mail
   body given without headers. */
int text_tag_plain(struct str body, bool flowed, bool delsp, struct text *out, struct error *err);
int text_tag_html(struct str html, struct text *out, struct error *err);

#endif
