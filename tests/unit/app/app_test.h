/* What the suites of app/ share: a folder, a configuration with two clients, mails, an archive. */
#ifndef TESTS_UNIT_APP_H
#define TESTS_UNIT_APP_H

#include "app/pipeline.h"
#include "app/readers.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "unit.h"

/* A folder of the test's own; drop_folder takes it away with all that is in it. */
extern char folder[64];
void make_folder(void);
void drop_folder(void);
/* A file of that folder; free() the path. */
char *put_file(const char *name, const char *text);

/* Anna of studio.example with the clients acme and beta, the rules of my.rules and no packs. */
extern const char *const plain_config;
struct rulebook *make_book(const char *config);

/* A mail of Jane of Acme's; subject "Logo", words its text. buf_finish it. */
struct buf mail_from(const char *from, const char *words);
struct raw raw_of(const struct buf *mail, const char *account, uint32_t uid);

/* A book, one reader and an archive in the folder. */
struct world {
	struct rulebook *book;
	struct readers *readers;
	struct store *store;
};
void make_world(struct world *w);
void drop_world(struct world *w);
void open_store_again(struct world *w);
struct buf dump_of(struct store *s);

Suite *channel_suite(void);
Suite *process_suite(void);
Suite *sandbox_suite(void);
Suite *reading_suite(void);
Suite *readers_suite(void);
Suite *store_suite(void);
Suite *control_suite(void);
Suite *queue_suite(void);
Suite *frames_suite(void);
Suite *rulebook_suite(void);
Suite *notify_suite(void);
Suite *events_suite(void);
Suite *hook_suite(void);
Suite *guests_suite(void);
Suite *spawner_suite(void);
Suite *sequences_suite(void);
Suite *sequence_watch_suite(void);
Suite *innocent_suite(void);
Suite *survey_suite(void);
Suite *watch_suite(void);
Suite *clock_watch_suite(void);
Suite *retry_suite(void);
Suite *account_link_suite(void);
Suite *outgoing_suite(void);

#endif
