/* A message of a chat export on the way of all messages: whose it is, when it was, what it says. */
#ifndef OVERSTEP_APP_CHAT_READING_H
#define OVERSTEP_APP_CHAT_READING_H

#include "base/error.h"
#include "model/client.h"
#include "model/facts.h"
#include "model/raw.h"

struct chat_message;
struct involvement;

/* Does it come from a chat export, by the format of its place? */
bool chat_reading_is(const struct raw *raw);

/* Who wrote it, by the names of the configuration (person_fits): index of a client; client_count:
   I; SIZE_MAX: somebody else. name and id as chat_message has them; outgoing: the format says it.
 */
size_t chat_writer(struct str name, struct str id, bool outgoing, const struct me *me,
	const struct client *clients, size_t client_count);

/* The clocks of it: the export's own is the date; none of its times is more than the export says.
   Disputed where the wall clock showed it twice or never. */
void chat_clocks(const struct chat_message *m, int64_t seen_at_us, struct clocks *out);

/* As parties_involve, of the octets and place.file.author. My own lines name no client: whom they
   are for, the rest of the conversation tells, and `known` has to. Fails: ERROR_MEMORY. */
int chat_involve(const struct raw *raw, const struct me *me, const struct client *clients,
	size_t client_count, struct involvement *out, struct error *err);

/* The facts of it. out must be init'ed. Fails: ERROR_MEMORY. */
int chat_facts(const struct raw *raw, struct facts *out, struct error *err);

#endif
