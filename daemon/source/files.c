/* Mail in files: Maildirs, mbox files, and files that are a mail each. */
#include "source/files.h"

#include "base/clock.h"
#include "base/limits.h"
#include "file_mail.h"
#include "file_memory.h"
#include "mbox.h"
#include "source_kind.h"
#include "watched_path.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WINDOW (256 * KIB)
#define SNIFFED 4096
#define TELL_EVERY (4 * MIB)

struct files {
	struct source base;
	struct files_plan plan;
	struct source_watcher watcher;
	struct watched_path path;
	struct file_memory memory;
	size_t refused, next; /* of the walk: told, opened */
	uint64_t bytes, all_bytes, told_bytes;

	int fd; /* of the file that is open; -1: none */
	const struct walked_file *file;
	struct mbox *mbox; /* its mails; NULL: it is one */
	uint64_t number;   /* of the mail in it */
	struct file_mail mail;
	bool in_mail, in_pieces;
	bool mail_over; /* only its pieces are still to be given */
	struct str pieces;
	struct file_place place;
	struct buf name, text;
};

static struct files *of(struct source *s)
{
	return (struct files *)s;
}

static const char *const format_names[MAIL_FORMATS] = {"auto", "maildir", "mbox", "eml"};

const char *mail_format_name(enum mail_format f)
{
	return format_names[f];
}

bool mail_format_parse(struct str name, enum mail_format *out)
{
	for (int f = 0; f < MAIL_FORMATS; f++)
		if (str_eq(name, str_from(format_names[f]))) {
			*out = (enum mail_format)f;
			return true;
		}
	return false;
}

static void close_file(struct files *f)
{
	mbox_close(f->mbox);
	f->mbox = NULL;
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	f->in_mail = f->in_pieces = f->mail_over = false;
	f->pieces = (struct str){0};
}

static void tell_progress(struct files *f)
{
	if (!f->watcher.progress || f->bytes - f->told_bytes < TELL_EVERY)
		return;
	f->told_bytes = f->bytes;
	f->watcher.progress(f->watcher.context, f->file->folder, STR("reading, in MiB,"),
		f->bytes / MIB, (f->all_bytes + MIB - 1) / MIB);
}

/* A file, or what of the path cannot be one, that is passed over. */
static int tell_refused(struct files *f, struct str path, const char *why, struct source_item *out,
	struct error *err)
{
	buf_clear(&f->text);
	buf_add_format(&f->text, "passed over: %s", why);
	if (f->text.failed)
		return error_memory(err);
	*out = (struct source_item){
		.event = SOURCE_FOLDER,
		.folder = path.len ? path : f->plan.path,
		.text = buf_str(&f->text),
	};
	return 1;
}

/* What the walk would not take: 1 and an item, 0, -1. */
static int next_refused(struct files *f, struct source_item *out, struct error *err)
{
	size_t told = f->path.walk.refused.count,
	       all = told + (f->path.walk.more_refused > 0) + f->path.walk.cut;
	if (f->refused >= all)
		return 0;
	size_t at = f->refused++;
	if (at < told) {
		struct str line = f->path.walk.refused.items[at];
		size_t colon;
		str_rfind_char(line, ':', &colon);
		return tell_refused(f, str_slice(line, 0, colon), line.ptr + colon + 2, out, err);
	}
	return tell_refused(f, STR(""),
		at == told && f->path.walk.more_refused ? "more like these"
							: "more files than are looked through",
		out, err);
}

/* The header of a mail, by the first octets of its file? */
static bool is_mail(struct str head)
{
	static const char *const fields[] = {"From:", "Received:", "Date:", "Subject:"};
	struct str line;
	size_t found = 0, colon = 0;
	/* the last line of them may be cut */
	if (str_rfind_char(head, '\n', &colon))
		head = str_slice(head, 0, colon);
	while (str_line(&head, &line) && line.len) {
		bool folded = line.ptr[0] == ' ' || line.ptr[0] == '\t';
		if (!folded && (!str_find(line, STR(":"), &colon) || memchr(line.ptr, ' ', colon)))
			return false;
		for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
			found += str_starts_nocase(line, str_from(fields[i]));
	}
	return found >= 2;
}

/* What is in the file that was opened: 1 known, 0 not, -1. */
static int open_mails(struct files *f, uint64_t start, struct error *err)
{
	char head[SNIFFED];
	enum mail_format format = f->file->in_maildir ? MAIL_EML : f->plan.format;
	ssize_t got = pread(f->fd, head, sizeof(head), 0);
	if (got < 0)
		return error_system(err, errno, "cannot read");
	struct str text = {head, (size_t)got};
	bool is_mbox = format == MAIL_MBOX || (format == MAIL_AUTO && mbox_separates(text, true));
	struct str name = f->file->path.len ? f->file->path : f->plan.path;
	bool named =
		name.len > 4 && str_eq_nocase(str_slice(name, name.len - 4, name.len), STR(".eml"));
	if (!is_mbox && format == MAIL_AUTO && !named && !is_mail(text))
		return 0;
	if (is_mbox && mbox_open(f->fd, start, WINDOW, &f->mbox, err) < 0)
		return -1;
	return 1;
}

/* Does somebody still write to it? A Maildir's files are whole when they come. */
static bool is_unsettled(struct files *f, const struct walked_file *file)
{
	return f->plan.growing && !file->in_maildir && !watched_path_settled(&f->path, file);
}

static int remember(struct files *f, struct error *err)
{
	struct read_file as_read = {.is_mbox = f->mbox != NULL, .mails = f->number};
	return file_memory_add(&f->memory, f->file, &as_read, f->fd, err);
}

/* Opens the next file that is not read yet: 2, 1 an item on one that is passed over, 0 there is
   none, -1. */
static int open_next(struct files *f, struct source_item *out, struct error *err)
{
	struct error why = {0};
	while (f->next < f->path.walk.count) {
		f->file = &f->path.walk.files[f->next++];
		const struct read_file *read = file_memory_find(&f->memory, f->file);
		f->bytes += f->file->size_bytes;
		if (file_is_read(read, f->file) || !f->file->size_bytes)
			continue;
		if (is_unsettled(f, f->file))
			continue;
		f->fd = walked_file_open(f->path.root, f->file->path);
		/* a Maildir's files are renamed at any time: it is met under its new name */
		if (f->fd < 0 && errno == ENOENT) {
			f->path.unsettled = true;
			continue;
		}
		if (f->fd < 0)
			return tell_refused(f, f->file->path, strerror(errno), out, err);
		uint64_t start = file_grown_from(read, f->file, f->fd);
		int known = open_mails(f, start, &why);
		f->number = start ? read->mails : 0;
		f->bytes -= f->file->size_bytes - start;
		if (known > 0)
			return 2;
		if (known == 0 && remember(f, err) < 0)
			return -1;
		close_file(f);
		return tell_refused(f, f->file->path,
			known < 0 ? why.text : "it begins neither as a mail nor as an mbox", out,
			err);
	}
	return 0;
}

static int give_piece(struct files *f, struct source_item *out)
{
	*out = (struct source_item){
		.event = SOURCE_PIECE,
		.piece = str_slice(f->pieces, 0, LIMIT_IMAP_PIECE),
	};
	f->pieces = str_slice(f->pieces, out->piece.len, f->pieces.len);
	return 1;
}

/* The header of what is too large, as far as it was kept. */
static struct str header_of(const struct files *f)
{
	struct str start = f->in_pieces
		? buf_str(&f->mail.start)
		: str_slice(buf_str(&f->mail.octets), 0, LIMIT_HEADER_BLOCK);
	size_t end;
	return str_find(start, STR("\r\n\r\n"), &end) ? str_slice(start, 0, end + 4) : start;
}

static int give_mail(struct files *f, struct source_item *out)
{
	bool large = f->mail.size_bytes > f->plan.max_size_bytes;
	*out = (struct source_item){
		.event = SOURCE_MESSAGE,
		.raw =
			{
				.place =
					{
						.account = f->plan.account,
						.folder = f->file->folder,
						.file = f->place,
					},
				.state = large ? RAW_TOO_LARGE : RAW_WHOLE,
				.seen_at_us = clock_now_us(NULL),
				.size_bytes = f->mail.size_bytes,
				.octets = large        ? header_of(f)
					: f->in_pieces ? (struct str){0}
						       : buf_str(&f->mail.octets),
			},
		.in_pieces = f->in_pieces && !large,
	};
	f->in_mail = f->in_pieces = f->mail_over = false;
	return 1;
}

/* Large mails go on in pieces, unless nothing of them is wanted. */
static int take_pieces(struct files *f, struct error *err)
{
	struct str taken;
	if (!f->in_pieces && f->mail.octets.len < LIMIT_IMAP_WHOLE)
		return 0;
	f->in_pieces = true;
	if (file_mail_take(&f->mail, &taken, err) < 0)
		return -1;
	if (f->mail.size_bytes <= f->plan.max_size_bytes)
		f->pieces = taken;
	return 0;
}

static int add_octets(struct files *f, struct str found, struct str own, struct error *err)
{
	if (!f->in_mail && file_mail_begin(&f->mail, err) < 0)
		return -1;
	f->in_mail = true;
	f->bytes += found.len;
	tell_progress(f);
	return file_mail_add(&f->mail, found, own, err) < 0 ? -1 : take_pieces(f, err);
}

static int end_mail(struct files *f, const char *format, uint64_t start, struct error *err)
{
	buf_clear(&f->name);
	buf_add_str(&f->name, f->plan.path);
	if (f->file->path.len)
		buf_add_format(&f->name, "%s%.*s", str_ends(f->plan.path, STR("/")) ? "" : "/",
			STR_ARG(f->file->path));
	f->place = (struct file_place){
		.format = str_from(format),
		.name = buf_str(&f->name),
		.number = ++f->number,
		.start = start,
	};
	f->mail_over = true;
	if (f->name.failed)
		return error_memory(err);
	return file_mail_end(&f->mail, &f->place, err);
}

/* The next octets of a file that is one mail: 1, 0 it is over, -1. */
static int read_single(struct files *f, struct error *err)
{
	char octets[64 * KIB];
	uint64_t at = f->in_mail ? f->mail.found_bytes : 0;
	ssize_t got = pread(f->fd, octets, sizeof(octets), (off_t)at);
	struct str found = {octets, got > 0 ? (size_t)got : 0};
	if (got < 0)
		return error_system(err, errno, "cannot read");
	if (got)
		return add_octets(f, found, found, err) < 0 ? -1 : 1;
	if (!f->in_mail)
		return 0;
	return end_mail(f, f->file->in_maildir ? "maildir" : "eml", 0, err) < 0 ? -1 : 1;
}

static int read_mbox(struct files *f, struct error *err)
{
	struct mbox_event event;
	int more = mbox_next(f->mbox, &event, err);
	if (more <= 0)
		return more;
	int result = event.kind == MBOX_OCTETS ? add_octets(f, event.found, event.own, err)
					       : end_mail(f, event.format, event.start, err);
	return result < 0 ? -1 : 1;
}

/* Something of the open file: 1 an item, 0 the file is over, -1. */
static int next_of_file(struct files *f, struct source_item *out, struct error *err)
{
	for (;;) {
		if (f->pieces.len)
			return give_piece(f, out);
		if (f->mail_over)
			return give_mail(f, out);
		/* a file that is one mail has given it */
		int more = f->mbox ? read_mbox(f, err) : f->number ? 0 : read_single(f, err);
		if (more <= 0)
			return more;
	}
}

static int next(struct source *s, struct source_item *out, struct error *err)
{
	struct files *f = of(s);
	struct error why = {0};
	int result = next_refused(f, out, err);
	while (!result) {
		if (f->fd < 0) {
			result = open_next(f, out, err);
			if (result != 2)
				return result;
		}
		result = next_of_file(f, out, &why);
		if (result > 0)
			break;
		if (result < 0 && why.kind == ERROR_MEMORY) {
			*err = why;
			return -1;
		}
		bool failed = result < 0;
		result = failed ? 0 : remember(f, err);
		close_file(f);
		if (failed)
			return tell_refused(f, f->file->path, why.text, out, err);
	}
	return result;
}

static int look(struct files *f, struct error *err)
{
	if (watched_path_look(&f->path, f->plan.format, err) < 0)
		return -1;
	f->refused = f->next = 0;
	f->bytes = f->told_bytes = f->all_bytes = 0;
	for (size_t i = 0; i < f->path.walk.count; i++)
		f->all_bytes += f->path.walk.files[i].size_bytes;
	return file_memory_settle(&f->memory, &f->path.walk, err);
}

static int again(struct source *s, struct error *err)
{
	close_file(of(s));
	return look(of(s), err);
}

static int wait_files(struct source *s, int64_t timeout_us, struct error *err)
{
	return watched_path_wait(&of(s)->path, s, timeout_us, err);
}

static struct str capabilities(const struct source *s)
{
	(void)s;
	return STR("files");
}

static void close_source(struct source *s)
{
	struct files *f = of(s);
	close_file(f);
	file_mail_finish(&f->mail);
	file_memory_finish(&f->memory);
	watched_path_finish(&f->path);
	buf_finish(&f->name);
	buf_finish(&f->text);
	free(f);
}

static const struct source_kind kind = {
	.name = "files",
	.next = next,
	.again = again,
	.wait = wait_files,
	.capabilities = capabilities,
	.close = close_source,
};

int source_open_files(const struct files_plan *plan, const struct source_watcher *watcher,
	struct source **out, struct error *err)
{
	struct files *f = calloc(1, sizeof(*f));
	if (!f)
		return error_memory(err);
	f->base = (struct source){.kind = &kind, .wake_fd = plan->wake_fd};
	f->plan = *plan;
	f->watcher = *watcher;
	f->path.watch.fd = f->fd = -1;
	f->path.root = str_dup(plan->path);
	if (!f->path.root || look(f, err) < 0) {
		if (!f->path.root)
			error_memory(err);
		close_source(&f->base);
		return -1;
	}
	*out = &f->base;
	return 0;
}
