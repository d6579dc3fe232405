/* What a message's octets tell about it: a pure function of them, so that the index can be rebuilt.
 */
#ifndef OVERSTEP_MODEL_FACTS_H
#define OVERSTEP_MODEL_FACTS_H

#include "base/error.h"
#include "model/message.h"
#include "model/text.h"

struct attachment {
	struct str name;
	struct str type;
	uint64_t size_bytes;
};

struct facts {
	struct arena arena;
	enum examined examined;
	struct str not_examined;
	struct str from; /* "Jane Doe <jane@acme.example>" */
	struct str to;
	struct str cc;
	struct str subject;
	struct str message_id;
	struct str in_reply_to;
	struct str references; /* separated by spaces */
	struct str automatic;
	bool is_signed;
	bool seconds_unknown; /* of a chat whose export tells minutes only */
	bool deleted;         /* of a chat: it stands where something was taken back */
	struct attachment *attachments;
	size_t attachment_count;
	struct text text;
};

void facts_init(struct facts *f);
void facts_finish(struct facts *f);
/* A line of JSON, one object with the fields above, and the text's bytes, as text_write. */
void facts_write(const struct facts *f, struct buf *out);
int facts_read(struct str written, struct facts *out, struct error *err);

/* Takes the next person off *people, such as facts.from: `name` without its quotation marks (what
   is escaped within stays so), or absent, and `mail`; false at the end. Borrowed. */
bool facts_next_person(struct str *people, struct str *name, struct str *mail);

/* The facts of a parsed message and its text (text is moved in and left empty). */
int facts_from(struct message *m, struct text *text, struct facts *out, struct error *err);

#endif
