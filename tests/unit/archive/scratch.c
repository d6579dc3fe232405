/* A folder that is thrown away, and messages to put into an archive in it. */
#include "scratch.h"
#include <ftw.h>
#include <sys/wait.h>
#include <unistd.h>

char scratch[64];
const struct clock stood = {.fixed_us = STORED_US};

void scratch_make(void)
{
	snprintf(scratch, sizeof(scratch), "/tmp/overstep-archive-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(scratch));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

void scratch_remove(void)
{
	nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(const char *name)
{
	static char path[256];
	snprintf(path, sizeof(path), "%s/%s", scratch, name);
	return path;
}

Suite *scratch_suite(const char *name, const TTest *const tests[], size_t count)
{
	Suite *suite = suite_create(name);
	TCase *tests_case = tcase_create(name);
	tcase_add_checked_fixture(tests_case, scratch_make, scratch_remove);
	tcase_set_timeout(tests_case, 300);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tests_case, tests[i]);
	suite_add_tcase(suite, tests_case);
	return suite;
}

struct archive *opened(enum archive_mode mode)
{
	struct archive *a = NULL;
	struct error err = {0};
	ck_assert_msg(archive_open(scratch, mode, &stood, &a, &err) == 0, "%s", err.text);
	return a;
}

void begin(struct archive *a)
{
	struct error err = {0};
	ck_assert_msg(archive_begin(a, &err) == 0, "%s", err.text);
}

void commit(struct archive *a)
{
	struct error err = {0};
	ck_assert_msg(archive_commit(a, &err) == 0, "%s", err.text);
}

int raw_sql(const char *sql)
{
	sqlite3 *db = NULL;
	ck_assert_int_eq(sqlite3_open(scratch_path("archive.db"), &db), SQLITE_OK);
	int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return result;
}

struct entry_of entry_of(const char *const clients[])
{
	struct entry_of e = {
		.entry = {
			.place = {.account = STR("studio"),
				.folder = STR("INBOX"),
				.uidvalidity = 1700000000,
				.uid = 103},
			.direction = DIRECTION_IN,
			.size_bytes = 12,
			.clocks =
				{
					.has = {[CLOCK_DATE] = true,
						[CLOCK_RECEIVED] = true,
						[CLOCK_SEEN] = true},
					.at_us = {[CLOCK_DATE] = STORED_US - 61 * SECOND_US,
						[CLOCK_RECEIVED] = STORED_US - 60 * SECOND_US,
						[CLOCK_SEEN] = STORED_US},
					.date_offset_min = 60,
					.used = CLOCK_RECEIVED,
					.agreed = true,
				},
		}};
	while (clients[e.entry.client_count]) {
		e.clients[e.entry.client_count] = str_from(clients[e.entry.client_count]);
		e.entry.client_count++;
	}
	return e;
}

uint64_t add_message(struct archive *a, const char *client, const char *octets)
{
	struct entry_of e = entry_of((const char *const[]){client, NULL});
	struct record r;
	struct error err = {0};
	e.entry.clients = e.clients;
	e.entry.size_bytes = strlen(octets);
	record_init(&r);
	ck_assert_msg(archive_message_record(a, &e.entry, &r, &err) == 0, "%s", err.text);
	ck_assert_msg(archive_append(a, &r, str_from(octets), &err) == 0, "%s", err.text);
	uint64_t seq = r.seq;
	record_finish(&r);
	return seq;
}

struct output shell(const char *folder, const char *command)
{
	struct output out = {0};
	char line[4096];
	snprintf(line, sizeof(line), "cd '%s' && { %s ; } 2>&1", folder, command);
	FILE *pipe = popen(line, "r");
	ck_assert_ptr_nonnull(pipe);
	size_t have = fread(out.text, 1, sizeof(out.text) - 1, pipe);
	out.text[have] = '\0';
	int status = pclose(pipe);
	out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return out;
}
