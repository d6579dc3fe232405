/* What formats in JSON share: their messages are elements of a list, each parsed on its own. */
#ifndef OVERSTEP_DAEMON_CHAT_JSON_FORM_H
#define OVERSTEP_DAEMON_CHAT_JSON_FORM_H

#include "base/json.h"
#include "format.h"

/* For chat_form.begin: the first of these paths, as many as `messages`, lead to messages, the
   others to the name of the conversation. The last is NULL. 0. */
int json_form_begin(struct chat_cursor *c, const char *const *paths, size_t messages);
/* chat_form.next */
int json_form_next(struct chat_cursor *c, struct chat_slice *out);

/* The string that the octets are becomes the conversation's name; what is none leaves it as it was.
   0 or -1. */
int json_form_name(struct chat_cursor *c, struct str octets);

/* chat_form.read: `fields` fills in from the object that the octets are. */
typedef int json_fields(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m);
int json_form_read(const struct chat_declared *declared, struct str octets, json_fields *fields,
	struct chat_message *m);

/* "U024BE7LH" or 700000000, as text. 0 or -1. */
int json_form_id(struct chat_message *m, const struct json_value *v, struct str *out);
/* Is it there, and neither null nor an empty list or string? */
bool json_form_has(const struct json_value *object, const char *key);

#endif
