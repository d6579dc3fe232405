/* What is in a chat export, before anything of it is taken: who, when, and how its dates read. */
#ifndef OVERSTEP_CHAT_CHAT_SURVEY_H
#define OVERSTEP_CHAT_CHAT_SURVEY_H

#include "chat/chat.h"

struct chat_author {
	struct str name; /* absent: only the id is known */
	struct str id;
	uint64_t messages; /* said and media */
	bool outgoing;     /* the format says that it is the owner of the device */
	bool has_first;    /* one of them has an instant */
	int64_t first_at_us;
};

/* How the dates can be read; of formats whose dates leave no choice all is zero. */
struct chat_dates {
	uint64_t only[4];      /* by chat_order: fit no other */
	uint64_t either;       /* fit several, and mean different days */
	enum chat_order order; /* declared or inferred; CHAT_ORDER_UNKNOWN: it has to be declared */
	bool inferred;
	struct str why; /* what it was inferred from, or why it could not be: the counts, and an
			   example of each reading */
};

struct chat_survey {
	struct arena arena;
	enum chat_format format;
	uint64_t kinds[CHAT_KINDS];
	struct chat_author *authors; /* who wrote most first */
	size_t author_count;
	bool more_authors;      /* than LIMIT_CHAT_AUTHORS */
	uint64_t conversations; /* named differently */
	bool local_times;       /* rests on a zone that must be declared */
	bool seconds_missing;   /* of some */
	uint64_t folds, gaps;   /* local times that are disputed */
	bool has_period;        /* some message has an instant */
	int64_t first_at_us, last_at_us;
	struct chat_dates dates;
	bool order_needed;     /* chat_open would find dates that can be read in two ways */
	uint64_t unread_bytes; /* of CHAT_UNREAD */
	struct str unread_why; /* of the first */
	uint64_t other_style;  /* WhatsApp: lines within messages that look like the head of one, in
				  another form than the file's own: pasted, taken as text */
};

void chat_survey_init(struct chat_survey *s);
void chat_survey_finish(struct chat_survey *s);

/* Goes through all of it. declared->order unknown: inferred, if it can be; chat_open then wants
   s->dates.order in its declarations. out must be init'ed. Fails: as chat_open and chat_next. */
int chat_survey(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct chat_survey *out, struct error *err);

#endif
