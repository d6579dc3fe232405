/* Fuzzes the response filter with the IMAP library behind it: no answer of a server harms either,
   and how the octets are cut into reads changes nothing. */
#include "base/limits.h"
#include "response_filter.h"
#include <libetpan/libetpan.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* The library loses some octets of answers that it does not understand; those end the connection,
   so this cannot add up. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libetpan";
}

/* A server whose whole side of the talk is the input. */
struct server {
	struct str octets;
	size_t at;
	struct response_filter filter;
	struct buf shown;
	size_t shown_at;
};

static ssize_t on_read(mailstream_low *low, void *out, size_t size)
{
	struct server *s = low->data;
	while (s->shown_at == s->shown.len) {
		struct str some = str_slice(s->octets, s->at, s->at + 512);
		buf_clear(&s->shown);
		s->shown_at = 0;
		if (s->filter.reason || s->filter.gone || some.len == 0)
			return -1;
		(void)filter_feed(&s->filter, some, &s->shown);
		s->at += some.len;
	}
	size_t left = s->shown.len - s->shown_at;
	size_t taken = size < left ? size : left;
	memcpy(out, s->shown.ptr + s->shown_at, taken);
	s->shown_at += taken;
	return (ssize_t)taken;
}

static ssize_t on_write(mailstream_low *low, const void *octets, size_t len)
{
	(void)low;
	(void)octets;
	return (ssize_t)len;
}

static int on_close(mailstream_low *low)
{
	(void)low;
	return 0;
}

static int on_get_fd(mailstream_low *low)
{
	(void)low;
	return -1;
}

static void on_free(mailstream_low *low)
{
	free(low);
}

static mailstream_low_driver driver = {
	.mailstream_read = on_read,
	.mailstream_write = on_write,
	.mailstream_close = on_close,
	.mailstream_get_fd = on_get_fd,
	.mailstream_free = on_free,
};

static void on_progress(size_t current, size_t maximum, void *context)
{
	(void)current;
	(void)maximum;
	(void)context;
}

static bool on_octets(int type, struct mailimap_msg_att_body_section *section, const char *octets,
	size_t len, void *context)
{
	size_t *sum = context;
	(void)type;
	(void)section;
	for (size_t i = 0; i < len; i++)
		*sum += (unsigned char)octets[i];
	return true;
}

static void on_answer(struct mailimap_msg_att *message, void *context)
{
	size_t *sum = context;
	*sum += (size_t)clist_count(message->att_list);
}

static bool goes_on(int code)
{
	return code == MAILIMAP_NO_ERROR || code >= MAILIMAP_ERROR_APPEND;
}

/* The commands of a round, as far as the answers carry. */
static void play(mailimap *imap, struct server *s)
{
	static const char *const commands[] = {"CAPABILITY", "LIST \"\" \"*\"", NULL,
		"UID SEARCH UID 1:9", "UID FETCH 1:9 (UID RFC822.SIZE INTERNALDATE)",
		"UID FETCH 1:9 (UID BODY.PEEK[])", "NOOP"};
	imap->imap_state = MAILIMAP_STATE_AUTHENTICATED;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		char inbox[] = "INBOX";
		filter_command(&s->filter, (uint32_t)imap->imap_tag + 1, 4 * KIB);
		int code = commands[i] ? mailimap_custom_command(imap, commands[i])
				       : mailimap_examine(imap, inbox);
		if (!goes_on(code))
			return;
	}
}

static void run_library(struct str octets)
{
	struct server s = {.octets = octets};
	size_t sum = 0;
	mailimap *imap = mailimap_new(0, NULL);
	mailstream *stream = mailstream_new(mailstream_low_new(&s, &driver), 4096);
	mailimap_set_progress_callback(imap, on_progress, on_progress, NULL);
	mailimap_set_msg_att_handler(imap, on_answer, &sum);
	mailimap_set_msg_body_handler(imap, on_octets, &sum);
	if (mailimap_connect(imap, stream) <= MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		play(imap, &s);
	mailstream_close(imap->imap_stream);
	imap->imap_stream = NULL;
	mailimap_free(imap);
	buf_finish(&s.shown);
}

static void compare_cuts(struct str octets)
{
	struct response_filter whole = {0}, bytes = {0};
	struct buf whole_shown = {0}, bytes_shown = {0};
	filter_command(&whole, 1, 4 * KIB);
	filter_command(&bytes, 1, 4 * KIB);
	(void)filter_feed(&whole, octets, &whole_shown);
	for (size_t i = 0; i < octets.len; i++)
		(void)filter_feed(&bytes, str_slice(octets, i, i + 1), &bytes_shown);
	if (whole.reason != bytes.reason || whole.gone != bytes.gone ||
		!str_eq(buf_str(&whole_shown), buf_str(&bytes_shown)))
		abort();
	buf_finish(&whole_shown);
	buf_finish(&bytes_shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str octets = {(const char *)data, size};
	compare_cuts(octets);
	run_library(octets);
	return 0;
}
