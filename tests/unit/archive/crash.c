/* Tests of sudden ends: what was acknowledged is there, what was not is not there in half. */
#include "archive/blob.h"
#include "scratch.h"
#include "suites.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_position(struct archive *a, uint32_t next_uid)
{
	struct position p = {1, next_uid, STR("")};
	ck_ok(archive_set_position(a, STR("studio"), STR("INBOX"), &p, &problem));
}

/* Everything that a reader may expect of a whole archive. */
static void check_whole(struct archive *a, uint64_t records)
{
	struct error err = {0};
	struct arena arena = {0};
	struct buf log = {0}, octets = {0};
	struct position p = {0};
	struct record r;
	uint64_t seen = 0;
	record_init(&r);
	ck_assert_uint_eq(archive_last(a), records);
	while (archive_record_at(a, seen + 1, &r, &err) == 1) {
		char want[32];
		ck_assert_uint_eq(r.seq, ++seen);
		snprintf(want, sizeof(want), "acme %llu", (unsigned long long)seen);
		ck_str(record_get(&r, "peer", 0), want);
		ck_assert_msg(archive_blob(a, &r.blob, &octets, &err) == 1, "%s", err.text);
	}
	ck_assert_uint_eq(seen, records);
	ck_ok(archive_log(a, &log, &problem));
	ck_assert_uint_eq(log.len, records * 65);
	/* the position moves with the records or not at all */
	ck_ok(archive_position(a, STR("studio"), STR("INBOX"), &arena, &p, &problem));
	ck_assert_uint_eq(p.next_uid, records);
	record_finish(&r);
	arena_finish(&arena);
	buf_finish(&log);
	buf_finish(&octets);
}

START_TEST(what_was_not_committed_was_never_there)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	begin(a);
	add_message(a, "acme", "first");
	set_position(a, 1);
	commit(a);
	archive_close(a);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		static char octets[MIB];
		struct blob_writer *w = NULL;
		struct error err;
		struct record r;
		a = opened(ARCHIVE_WRITE);
		memset(octets, 'x', sizeof(octets));
		if (blob_writer_open(a, &w, &err) < 0)
			_exit(1);
		/* over the cache: pages have gone to the file */
		for (int i = 0; i < 24; i++)
			if (blob_writer_add(w, (struct str){octets, sizeof(octets)}, &err) < 0)
				_exit(1);
		begin(a);
		add_message(a, "acme", "second");
		record_init(&r);
		r.type = RECORD_ATTACHMENT;
		if (archive_append_blob(a, &r, w, &err) < 0)
			_exit(1);
		set_position(a, 3);
		/* no destructor, no rollback: as kill -9 would have it */
		kill(getpid(), SIGKILL);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	ck_assert_int_eq(access(scratch_path("archive.db-journal"), F_OK), 0);
	/* a reader, too, can mend it */
	a = opened(ARCHIVE_READ);
	check_whole(a, 1);
	archive_close(a);
	ck_assert_str_eq(shell(scratch, "ls; sqlite3 archive.db 'PRAGMA integrity_check'").text,
		"archive.db\nok\n");
}
END_TEST

/* Commits batch after batch and says so after each, until it is killed. */
static void write_for_ever(int acknowledge)
{
	struct archive *a = opened(ARCHIVE_WRITE);
	for (;;) {
		char octets[64];
		uint64_t seq = 0;
		begin(a);
		for (int i = 0; i < 7; i++) {
			snprintf(octets, sizeof(octets), "message %llu",
				(unsigned long long)archive_last(a) + 1);
			seq = add_message(a, "acme", octets);
		}
		set_position(a, (uint32_t)seq);
		commit(a);
		if (write(acknowledge, &seq, sizeof(seq)) != sizeof(seq))
			_exit(0);
	}
}

START_TEST(what_was_acknowledged_survives_a_kill_at_any_moment)
{
	archive_close(opened(ARCHIVE_CREATE));
	uint64_t acknowledged = 0;
	for (unsigned round = 0; round < 25; round++) {
		int ends[2];
		ck_assert_int_eq(pipe(ends), 0);
		pid_t child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0)
			write_for_ever(ends[1]);
		close(ends[1]);
		uint64_t seq;
		for (unsigned n = 0; n <= round % 3; n++)
			if (read(ends[0], &seq, sizeof(seq)) == sizeof(seq))
				acknowledged = seq;
		usleep(round * 137);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		while (read(ends[0], &seq, sizeof(seq)) == sizeof(seq))
			acknowledged = seq;
		close(ends[0]);
		struct archive *a = opened(ARCHIVE_WRITE);
		uint64_t last = archive_last(a);
		ck_assert_uint_ge(last, acknowledged);
		ck_assert_uint_eq(last % 7, 0);
		check_whole(a, last);
		archive_close(a);
	}
	ck_assert_uint_gt(acknowledged, 25 * 7);
}
END_TEST

Suite *crash_suite(void)
{
	const TTest *const tests[] = {
		what_was_not_committed_was_never_there,
		what_was_acknowledged_survives_a_kill_at_any_moment,
	};
	return scratch_suite("crash", tests, sizeof(tests) / sizeof(*tests));
}
