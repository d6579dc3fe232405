/* Puts the sample mailbox on disk, and through the service's own way into an archive. */
#include "demo_archive.h"

#include "app/readers.h"
#include "app/rulebook.h"
#include "app/sequences.h"
#include "app/store.h"
#include "assess.h"
#include "base/file.h"
#include "config/config.h"
#include "demo_mailbox.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEMO_UIDVALIDITY 1767225600 /* 1 January 2026, as servers like to count */

/* Letters are numbered in each folder as a mailbox does. */
struct numbering {
	uint32_t inbox, sent;
};

static struct place next_place(struct numbering *n, const struct demo_letter *l)
{
	bool mine = demo_letter_is_mine(l);
	return (struct place){
		.account = STR("studio"),
		.folder = mine ? STR("Sent") : STR("INBOX"),
		.uidvalidity = DEMO_UIDVALIDITY,
		.uid = mine ? ++n->sent : ++n->inbox,
	};
}

static int write_file(const char *path, struct str bytes, int64_t at_us, struct error *err)
{
	const struct timespec at = {.tv_sec = at_us / SECOND_US};
	const struct timespec times[2] = {at, at};
	int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return error_system(err, errno, "cannot write '%s'", path);
	int result = file_write_all(fd, bytes.ptr, bytes.len, err);
	if (!result && at_us && futimens(fd, times) < 0)
		result = error_system(err, errno, "cannot set the time of '%s'", path);
	close(fd);
	return result;
}

static int write_letter(const char *folder, struct numbering *numbers, const struct demo_letter *l,
	struct error *err)
{
	struct buf path = {0}, octets = {0};
	struct place place = next_place(numbers, l);
	buf_add_format(&path, "%s/mail/%.*s/%03u-%s.eml", folder, STR_ARG(place.folder), place.uid,
		l->name);
	demo_letter_write(l, &octets);
	int result = path.failed || octets.failed
		? error_memory(err)
		: write_file(buf_cstr(&path), buf_str(&octets), demo_letter_at_us(l), err);
	buf_finish(&path);
	buf_finish(&octets);
	return result;
}

static int make_mail_folders(const char *folder, struct error *err)
{
	static const char *const names[] = {"mail", "mail/INBOX", "mail/Sent"};
	int result = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !result; i++) {
		char *path = file_join(folder, names[i]);
		result = path ? file_make_folder(path, S_IRWXU, err) : error_memory(err);
		free(path);
	}
	return result;
}

int demo_folder_write(const char *folder, struct error *err)
{
	struct numbering numbers = {0};
	char *path = file_join(folder, "overstep.conf");
	int result = path ? write_file(path, str_from(demo_config), 0, err) : error_memory(err);
	free(path);
	if (!result)
		result = make_mail_folders(folder, err);
	for (size_t i = 0; i < demo_letter_count && !result; i++)
		result = write_letter(folder, &numbers, &demo_letters[i], err);
	return result;
}

int demo_archive_open(struct invocation *in, const char *folder, const char *day, struct error *err)
{
	char *path = file_join(folder, "overstep.conf"), *archive = NULL;
	const struct rulebook_plan plan = {.config = path};
	struct clock clock = {0};
	int result = path ? rulebook_load(&plan, &in->book, &in->diags, err) : error_memory(err);
	if (!result)
		/* the demonstration's clock stands still, so that it shows the same on any day */
		result = assess_time(in, day, &clock.fixed_us, err);
	if (!result && !(archive = str_dup(in->book->config->archive)))
		result = error_memory(err);
	if (!result)
		result = readers_new(in->book, 1, &in->readers, err);
	if (!result)
		result = store_open(
			archive, STORE_CREATE, &clock, in->readers, NULL, &in->store, err);
	if (!result)
		result = store_terms(in->store, in->book, NULL, err);
	free(archive);
	free(path);
	return result;
}

/* The letters on their way into the archive, each array as long as there are letters. */
struct delivery {
	struct buf *octets;
	struct raw *raws;
	struct question *questions;
	struct entry *entries;
};

static int delivery_init(struct delivery *d, struct error *err)
{
	*d = (struct delivery){
		.octets = calloc(demo_letter_count, sizeof(*d->octets)),
		.raws = calloc(demo_letter_count, sizeof(*d->raws)),
		.questions = calloc(demo_letter_count, sizeof(*d->questions)),
		.entries = calloc(demo_letter_count, sizeof(*d->entries)),
	};
	return d->octets && d->raws && d->questions && d->entries ? 0 : error_memory(err);
}

static void delivery_finish(struct delivery *d)
{
	for (size_t i = 0; i < demo_letter_count; i++) {
		if (d->octets)
			buf_finish(&d->octets[i]);
		if (d->questions)
			reading_finish(&d->questions[i].answer);
	}
	free(d->octets);
	free(d->raws);
	free(d->questions);
	free(d->entries);
}

static int write_letters(struct delivery *d, struct error *err)
{
	static const struct known nothing = {0};
	struct numbering numbers = {0};
	for (size_t i = 0; i < demo_letter_count; i++) {
		const struct demo_letter *l = &demo_letters[i];
		demo_letter_write(l, &d->octets[i]);
		if (d->octets[i].failed)
			return error_memory(err);
		d->raws[i] = (struct raw){
			.place = next_place(&numbers, l),
			.state = RAW_WHOLE,
			.has_internal = true,
			.internal_at_us = demo_letter_at_us(l),
			.seen_at_us = demo_letter_at_us(l),
			.size_bytes = d->octets[i].len,
			.octets = buf_str(&d->octets[i]),
		};
		d->questions[i] = (struct question){
			.raw = &d->raws[i], .known = &nothing, .depth = READ_JUDGEMENT};
		reading_init(&d->questions[i].answer);
	}
	return 0;
}

static int store_answers(
	struct invocation *in, struct delivery *d, size_t *stored, struct error *err)
{
	struct batch batch = {.entries = d->entries};
	for (size_t i = 0; i < demo_letter_count; i++)
		if (d->questions[i].answer.concerns)
			d->entries[batch.entry_count++] = (struct entry){
				.raw = &d->raws[i], .reading = &d->questions[i].answer};
	return store_batch(in->store, &batch, stored, err);
}

int demo_archive_fill(struct invocation *in, int64_t at_us, size_t *stored, struct error *err)
{
	const struct sequences_plan plan = {
		.book = in->book, .now_us = at_us, .read_until_us = at_us};
	struct sequences_outcome outcome;
	struct delivery d;
	int result = delivery_init(&d, err);
	if (!result)
		result = write_letters(&d, err);
	if (!result)
		result = readers_ask(in->readers, d.questions, demo_letter_count, err);
	if (!result)
		result = store_answers(in, &d, stored, err);
	if (!result)
		result = store_sequences(in->store, &plan, &outcome, err);
	delivery_finish(&d);
	return result;
}
