/* Opens a connection to an IMAP server and carries commands, libetpan doing the reading. */
#include "imap_session.h"

#include "base/limits.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALL_ANSWER (64 * KIB) /* literals of answers that carry no mail: folder names */
#define WORDS_SHOWN 200

/* A command line refused by these; NUL ends it for libetpan. */
static bool has_line_end(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\r' || s.ptr[i] == '\n' || s.ptr[i] == '\0')
			return true;
	return false;
}

void imap_add_quoted(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, s.ptr[i]);
	}
	buf_add_char(out, '"');
}

void session_expect(struct imap_session *s, uint64_t asked_bytes, uint64_t literal_cap)
{
	stream_command(s->stream, (uint32_t)s->imap->imap_tag + 1, asked_bytes, literal_cap);
}

struct str session_tag(const struct imap_session *s, char out[16])
{
	int len = snprintf(out, 16, "%d", s->imap->imap_tag);
	return (struct str){out, (size_t)len};
}

static int write_command(struct imap_session *s, const char *line, struct error *err)
{
	char tag[16];
	s->imap->imap_tag++;
	session_tag(s, tag);
	struct buf command = {0};
	buf_add_format(&command, "%s %s\r\n", tag, line);
	int failed =
		command.failed ? error_memory(err) : stream_write(s->stream, buf_str(&command));
	buf_finish(&command);
	if (failed && stream_error(s->stream)->kind)
		*err = *stream_error(s->stream);
	return failed;
}

int session_say(struct imap_session *s, const char *line, struct error *err)
{
	session_expect(s, 0, 0);
	return write_command(s, line, err);
}

/* As mailimap_custom_command, which puts a blank behind the line: Cyrus takes that for one argument
   too many. */
int session_command(
	struct imap_session *s, const char *line, uint64_t asked_bytes, uint64_t literal_cap)
{
	struct mailimap_response *response = NULL;
	struct error ignored = {0}; /* the stream keeps it */
	session_expect(s, asked_bytes, literal_cap);
	if (write_command(s, line, &ignored) < 0 || !mailimap_read_line(s->imap))
		return MAILIMAP_ERROR_STREAM;
	int code = mailimap_parse_response(s->imap, &response);
	if (code != MAILIMAP_NO_ERROR)
		return code;
	const struct mailimap_response_done *done = response->rsp_resp_done;
	bool good = done->rsp_type == MAILIMAP_RESP_DONE_TYPE_TAGGED &&
		done->rsp_data.rsp_tagged->rsp_cond_state->rsp_type == MAILIMAP_RESP_COND_STATE_OK;
	mailimap_response_free(response);
	return good ? MAILIMAP_NO_ERROR : MAILIMAP_ERROR_CUSTOM_COMMAND;
}

int session_hear(struct imap_session *s, struct str *line, struct error *err)
{
	const char *read = mailimap_read_line(s->imap);
	if (!read)
		return session_error(s, MAILIMAP_ERROR_STREAM, err, "no answer");
	*line = str_trim((struct str){read, s->imap->imap_stream_buffer->len});
	return 0;
}

void session_words(const struct imap_session *s, struct buf *out)
{
	struct str words = str_from(s->imap->imap_response);
	utf8_add_visible(out, str_slice(str_trim(words), 0, WORDS_SHOWN), false);
}

bool session_refused(const struct imap_session *s, int code)
{
	/* NO has a code for each command; BAD is a "protocol error" */
	bool refused = code == MAILIMAP_ERROR_PROTOCOL ||
		(code >= MAILIMAP_ERROR_APPEND && code != MAILIMAP_ERROR_SSL);
	return refused && !stream_error(s->stream)->kind;
}

int session_error(struct imap_session *s, int code, struct error *err, const char *doing)
{
	struct str host = s->plan->host;
	if (s->stream && stream_error(s->stream)->kind) {
		if (err)
			*err = *stream_error(s->stream);
		return -1;
	}
	if (code == MAILIMAP_ERROR_MEMORY)
		return error_memory(err);
	if (code == MAILIMAP_ERROR_PARSE)
		return error_set(err, ERROR_TEMPORARY, "%s: the answer of '%.*s' is not understood",
			doing, STR_ARG(host));
	struct buf words = {0};
	session_words(s, &words);
	if (words.len > 0)
		error_set(err, ERROR_TEMPORARY, "%s: '%.*s' says '%s'", doing, STR_ARG(host),
			buf_cstr(&words));
	else
		error_set(err, ERROR_TEMPORARY, "%s: '%.*s' refuses without a reason", doing,
			STR_ARG(host));
	buf_finish(&words);
	return -1;
}

/* Forgets what was said before and asks anew. */
static int ask_capabilities(struct imap_session *s, struct error *err)
{
	struct mailimap_connection_info *info = s->imap->imap_connection_info;
	if (info && info->imap_capability) {
		mailimap_capability_data_free(info->imap_capability);
		info->imap_capability = NULL;
	}
	int code = session_command(s, "CAPABILITY", 0, 0);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(s, code, err, "cannot learn what the server can do");
	buf_clear(&s->capabilities);
	buf_add_char(&s->capabilities, ' ');
	if (info && info->imap_capability) {
		clist *list = info->imap_capability->cap_list;
		for (clistiter *i = list ? clist_begin(list) : NULL; i; i = clist_next(i)) {
			const struct mailimap_capability *c = clist_content(i);
			bool is_name = c->cap_type == MAILIMAP_CAPABILITY_NAME;
			buf_add_cstr(&s->capabilities, is_name ? c->cap_data.cap_name : "AUTH=");
			if (!is_name)
				buf_add_cstr(&s->capabilities, c->cap_data.cap_auth_type);
			buf_add_char(&s->capabilities, ' ');
		}
	}
	return s->capabilities.failed ? error_memory(err) : 0;
}

bool session_can(const struct imap_session *s, const char *capability)
{
	char word[64];
	size_t at;
	int len = snprintf(word, sizeof(word), " %s ", capability);
	return str_find_nocase(buf_str(&s->capabilities), (struct str){word, (size_t)len}, &at);
}

static int start_tls(struct imap_session *s, struct error *err)
{
	int code = session_command(s, "STARTTLS", 0, 0);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(s, code, err, "no STARTTLS (try tls = \"implicit\")");
	return stream_start_tls(s->stream, err);
}

/* The handlers of imap_fetch.c are used by the library only while a progress callback is set. */
static void on_progress(size_t current, size_t maximum, void *context)
{
	(void)current;
	(void)maximum;
	(void)context;
}

static int greet(struct imap_session *s, struct error *err)
{
	s->imap = mailimap_new(0, NULL);
	mailstream *library = s->imap ? stream_library(s->stream) : NULL;
	if (!library)
		return error_memory(err);
	mailimap_set_progress_callback(s->imap, on_progress, on_progress, NULL);
	stream_command(s->stream, 0, 0, 0);
	int code = mailimap_connect(s->imap, library);
	if (code == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return 0;
	if (code == MAILIMAP_NO_ERROR_AUTHENTICATED)
		return error_set(err, ERROR_TEMPORARY,
			"'%.*s' logs in before it was told who we are (somebody may be in between)",
			STR_ARG(s->plan->host));
	return session_error(s, code, err, "no session");
}

int session_open(
	struct imap_session *s, const struct imap_plan *plan, struct str secret, struct error *err)
{
	s->plan = plan;
	s->stream_plan = (struct stream_plan){
		.host = plan->host,
		.port = plan->port,
		.ca_file = plan->ca_file,
		.timeout_us = plan->timeout_us,
		.wake_fd = plan->wake_fd,
	};
	if (has_line_end(plan->user) || has_line_end(secret))
		return error_set(err, ERROR_CONFIG, "line end or NUL in user or password");
	if (stream_open(&s->stream_plan, &s->stream, err) < 0)
		return -1;
	if (!plan->starttls && stream_start_tls(s->stream, err) < 0)
		return -1;
	if (greet(s, err) < 0)
		return -1;
	if (plan->starttls && start_tls(s, err) < 0)
		return -1;
	if (ask_capabilities(s, err) < 0 || session_login(s, secret, err) < 0)
		return -1;
	return ask_capabilities(s, err);
}

void session_close(struct imap_session *s)
{
	if (s->imap && s->imap->imap_stream) {
		struct error ignored = {0};
		if (s->imap->imap_state >= MAILIMAP_STATE_AUTHENTICATED &&
			!stream_error(s->stream)->kind)
			session_say(s, "LOGOUT", &ignored);
		/* mailimap_free alone would send LOGOUT and wait, and it can crash after an error
		 */
		mailstream_close(s->imap->imap_stream);
		s->imap->imap_stream = NULL;
	} else {
		stream_free(s->stream);
	}
	if (s->imap)
		mailimap_free(s->imap);
	buf_finish(&s->capabilities);
	memset(s, 0, sizeof(*s));
}

int session_examine(struct imap_session *s, struct str wire_name)
{
	char *name = str_dup(wire_name);
	if (!name)
		return MAILIMAP_ERROR_MEMORY;
	int code = MAILIMAP_ERROR_INVAL;
	if (!has_line_end(wire_name)) {
		session_expect(s, 0, SMALL_ANSWER);
		code = mailimap_examine(s->imap, name);
	}
	free(name);
	const struct mailimap_selection_info *info = s->imap->imap_selection_info;
	if (code == MAILIMAP_NO_ERROR && info) {
		s->exists = info->sel_has_exists ? info->sel_exists : 0;
		s->uidnext = info->sel_uidnext;
		s->uidvalidity = info->sel_uidvalidity;
	}
	return code;
}

int session_noop(struct imap_session *s, struct error *err)
{
	int code = session_command(s, "NOOP", 0, SMALL_ANSWER);
	return code == MAILIMAP_NO_ERROR ? 0 : session_error(s, code, err, "no NOOP");
}
