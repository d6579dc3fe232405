/* Mail sent over SMTP, libetpan doing the talking over our own TLS. */
#include "source/smtp.h"

#include "base/base64.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "source/source.h"
#include "stream.h"
#include <stdlib.h>

struct sending {
	const struct smtp_plan *plan;
	struct stream *stream;
	mailsmtp *smtp;
};

/* The server's last words. */
static int refused(struct sending *s, const char *doing, struct error *err)
{
	struct buf words = {0};
	if (stream_error(s->stream)->kind) {
		if (err)
			*err = *stream_error(s->stream);
		return -1;
	}
	utf8_add_visible(&words,
		str_slice(str_trim(str_from(s->smtp->response)), 0, LIMIT_SMTP_WORDS), false);
	error_set(err, ERROR_TEMPORARY, "cannot %s: '%.*s' says '%s'", doing,
		STR_ARG(s->plan->host), buf_cstr(&words));
	buf_finish(&words);
	return -1;
}

static int check(struct sending *s, int code, const char *doing, struct error *err)
{
	return code == MAILSMTP_NO_ERROR ? 0 : refused(s, doing, err);
}

/* Whatever it asks for, its answers are small. */
static void begin(struct sending *s, uint64_t octets)
{
	stream_command(s->stream, 0, octets, 0);
}

static int greet(struct sending *s, struct error *err)
{
	begin(s, 0);
	return check(s, mailesmtp_ehlo(s->smtp), "greet the mail server", err);
}

static int open_session(struct sending *s, const struct stream_plan *plan, struct error *err)
{
	if (stream_open(plan, &s->stream, err) < 0)
		return -1;
	if (!s->plan->starttls && stream_start_tls(s->stream, err) < 0) {
		stream_free(s->stream);
		s->stream = NULL;
		return -1;
	}
	s->smtp = mailsmtp_new(0, NULL);
	mailstream *library = s->smtp ? stream_library(s->stream) : NULL;
	if (!library) {
		stream_free(s->stream);
		s->stream = NULL;
		return error_memory(err);
	}
	begin(s, 0);
	if (check(s, mailsmtp_connect(s->smtp, library), "begin to send", err) < 0 ||
		greet(s, err) < 0)
		return -1;
	if (!s->plan->starttls)
		return 0;
	begin(s, 0);
	if (check(s, mailesmtp_starttls(s->smtp), "start TLS", err) < 0 ||
		stream_start_tls(s->stream, err) < 0)
		return -1;
	/* what was offered in the clear does not count */
	return greet(s, err);
}

/* "535" has no dots, "5.7.8" (RFC 3463) two. */
static bool is_code(struct str s, int dots)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '.')
			dots--;
		else if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len >= 3 && s.len <= sizeof("5.123.123") - 1 && !dots;
}

/* RFC 5321 section 4.2.1: the last line has a blank behind its code. The words may repeat what was
   said, so nothing but the numbers is told. */
static int hear_login(struct sending *s, struct error *err)
{
	struct str rest, code, detail;
	do {
		const char *line =
			mailstream_read_line_remove_eol(s->smtp->stream, s->smtp->line_buffer);
		if (!line)
			return refused(s, "log in", err);
		rest = str_from(line);
	} while (rest.len > 3 && rest.ptr[3] == '-');
	if (!str_split(&rest, ' ', &code) || !is_code(code, 0))
		return error_set(err, ERROR_TEMPORARY, "'%.*s' does not keep to SMTP",
			STR_ARG(s->plan->host));
	if (str_eq(code, STR("235")))
		return 0;
	if (!str_split(&rest, ' ', &detail) || !is_code(detail, 2))
		detail = (struct str){0};
	return error_set(err, code.ptr[0] == '4' ? ERROR_TEMPORARY : ERROR_LOGIN,
		"login as '%.*s' refused by '%.*s': %.*s%s%.*s (check smtp.user and its secret)",
		STR_ARG(s->plan->user), STR_ARG(s->plan->host), STR_ARG(code),
		detail.len ? " " : "", STR_ARG(detail));
}

/* RFC 4954 section 4, by ourselves: no copy of the secret stays in a library's buffers. */
static int log_in(struct sending *s, struct str secret, struct error *err)
{
	struct buf plain = {.max = 4 * LIMIT_SECRET}, line = {.max = 8 * LIMIT_SECRET};
	if (!s->plan->user.len)
		return 0;
	/* at once: what a buffer leaves behind when it grows nobody wipes */
	buf_reserve(&plain, s->plan->user.len + secret.len + 2);
	buf_reserve(&line, 2 * (s->plan->user.len + secret.len) + 32);
	buf_add_char(&plain, '\0');
	buf_add_str(&plain, s->plan->user);
	buf_add_char(&plain, '\0');
	buf_add_str(&plain, secret);
	buf_add_cstr(&line, "AUTH PLAIN ");
	base64_write(&line, plain.ptr, plain.len);
	buf_add_cstr(&line, "\r\n");
	begin(s, 0);
	int result = plain.failed || line.failed ? error_memory(err)
						 : stream_write(s->stream, buf_str(&line));
	buf_wipe(&plain);
	buf_wipe(&line);
	if (result < 0)
		return stream_error(s->stream)->kind ? refused(s, "log in", err) : -1;
	return hear_login(s, err);
}

/* An address goes into a command as it is. */
static int check_address(struct str address, struct error *err)
{
	bool fits = address.len > 2 && address.len < 320;
	size_t at;
	for (size_t i = 0; i < address.len; i++)
		fits = fits && address.ptr[i] > ' ' && address.ptr[i] <= '~' &&
			address.ptr[i] != '<' && address.ptr[i] != '>';
	if (fits && str_find(address, STR("@"), &at))
		return 0;
	return error_set(err, ERROR_CONFIG, "'%.*s' is no address that mail can be sent to",
		STR_ARG(address));
}

static int send_to(struct sending *s, struct str address, struct error *err)
{
	char *word = str_dup(address);
	int result = word ? check_address(address, err) : error_memory(err);
	if (!result) {
		begin(s, 0);
		result = check(s, mailsmtp_rcpt(s->smtp, word), "name a recipient", err);
	}
	free(word);
	return result;
}

static int deliver(struct sending *s, struct str from, const struct strs *to, struct str mail,
	struct error *err)
{
	char *word = str_dup(from);
	int result = word ? check_address(from, err) : error_memory(err);
	if (!result) {
		begin(s, 0);
		result = check(s, mailsmtp_mail(s->smtp, word), "name the sender", err);
	}
	free(word);
	for (size_t i = 0; i < to->count && !result; i++)
		result = send_to(s, to->items[i], err);
	if (result < 0)
		return -1;
	begin(s, 0);
	if (check(s, mailsmtp_data(s->smtp), "send a mail", err) < 0)
		return -1;
	begin(s, mail.len);
	return check(s, mailsmtp_data_message(s->smtp, mail.ptr, mail.len), "send a mail", err);
}

int smtp_send(const struct smtp_plan *plan, struct str secret, struct str from,
	const struct strs *to, struct str mail, struct error *err)
{
	struct sending s = {.plan = plan};
	const struct stream_plan stream_plan = {
		.host = plan->host,
		.port = plan->port,
		.ca_file = plan->ca_file,
		.timeout_us = plan->timeout_us,
		.wake_fd = plan->wake_fd,
		.unfiltered = true,
	};
	int result = open_session(&s, &stream_plan, err);
	if (!result)
		result = log_in(&s, secret, err);
	if (!result)
		result = deliver(&s, from, to, mail, err);
	/* its last word is of no use: the mail is there, or it is not */
	if (s.smtp && s.smtp->stream) {
		mailstream_close(s.smtp->stream);
		s.smtp->stream = NULL;
	}
	if (s.smtp)
		mailsmtp_free(s.smtp);
	return result;
}
