/* Logs in: AUTHENTICATE PLAIN or LOGIN with a password, XOAUTH2 or OAUTHBEARER with a token.
 *
 * Sent by ourselves, straight to the stream: no copy of the secret stays behind in a library's
 * buffers, and no logger ever sees it.
 */
#include "imap_session.h"

#include "base/base64.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "source/provider.h"
#include <stdio.h>

#define LINE_SIZE (2 * LIMIT_SECRET)

/* A buffer that never moves, so that wiping it leaves nothing. */
static bool secret_room(struct buf *b)
{
	b->max = LINE_SIZE;
	return buf_reserve(b, LINE_SIZE - 1) != NULL;
}

/* RFC 4616 */
static void plain_response(struct buf *out, const struct imap_plan *plan, struct str secret)
{
	buf_add_char(out, '\0');
	buf_add_str(out, plan->user);
	buf_add_char(out, '\0');
	buf_add_str(out, secret);
}

/* Google's and Microsoft's, older than the standard. */
static void xoauth2_response(struct buf *out, const struct imap_plan *plan, struct str secret)
{
	buf_add_cstr(out, "user=");
	buf_add_str(out, plan->user);
	buf_add_cstr(out, "\1auth=Bearer ");
	buf_add_str(out, secret);
	buf_add_cstr(out, "\1\1");
}

/* RFC 7628; in the user's name , and = are written =2C and =3D (RFC 5801). */
static void oauthbearer_response(struct buf *out, const struct imap_plan *plan, struct str secret)
{
	buf_add_cstr(out, "n,a=");
	for (size_t i = 0; i < plan->user.len; i++) {
		char c = plan->user.ptr[i];
		if (c == ',' || c == '=')
			buf_add_cstr(out, c == ',' ? "=2C" : "=3D");
		else
			buf_add_char(out, c);
	}
	buf_add_format(out, ",\1host=%.*s\1port=%d\1auth=Bearer ", STR_ARG(plan->host), plan->port);
	buf_add_str(out, secret);
	buf_add_cstr(out, "\1\1");
}

static const struct mechanism {
	const char *capability;
	const char *name;
	void (*response)(struct buf *out, const struct imap_plan *plan, struct str secret);
	struct str acknowledge; /* said to an error that comes as a challenge */
} mechanisms[] = {
	[IMAP_AUTH_PASSWORD] = {"AUTH=PLAIN", "PLAIN", plain_response, {"*", 1}},
	[IMAP_AUTH_XOAUTH2] = {"AUTH=XOAUTH2", "XOAUTH2", xoauth2_response, {"", 0}},
	[IMAP_AUTH_OAUTHBEARER] = {"AUTH=OAUTHBEARER", "OAUTHBEARER", oauthbearer_response,
		{"AQ==", 4}},
};

/* What a refusal may be about: RFC 5530, RFC 3501. The server's own words may repeat what it was
   told, so nothing else of them is shown. */
static const struct refusal {
	const char *code;
	bool passing; /* it is not about the password */
} refusals[] = {
	{"AUTHENTICATIONFAILED", false},
	{"AUTHORIZATIONFAILED", false},
	{"EXPIRED", false},
	{"PRIVACYREQUIRED", false},
	{"CONTACTADMIN", false},
	{"ALERT", false},
	{"UNAVAILABLE", true},
	{"INUSE", true},
	{"LIMIT", true},
	{"SERVERBUG", true},
};

/* The filter has turned [CODE] into (CODE). NULL: none that is known. */
static const struct refusal *find_refusal(struct str words)
{
	struct str code, rest = str_slice(words, 1, words.len);
	if (!str_starts(words, STR("(")) || !str_split(&rest, ')', &code))
		return NULL;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		if (str_eq_nocase(code, str_from(refusals[i].code)))
			return &refusals[i];
	return NULL;
}

static int refused(const struct imap_session *s, struct str words, struct error *err)
{
	const struct refusal *r = find_refusal(words);
	bool passing = r && r->passing, password = s->plan->auth == IMAP_AUTH_PASSWORD;
	const char *advice = password ? "check user and password" : "check user and token";
	const struct provider *provider =
		password && !passing ? provider_of_host(s->plan->host) : NULL;
	return error_set(err, passing ? ERROR_TEMPORARY : ERROR_LOGIN,
		"login as '%.*s' refused by '%.*s': %s (%s)%s%s", STR_ARG(s->plan->user),
		STR_ARG(s->plan->host), r ? r->code : "without a known code",
		passing ? "for now" : advice, provider ? "; " : "", provider ? provider->hint : "");
}

/* Reads until the tagged answer. `response` is sent at the first + when it was not sent before; any
   other + is an error in JSON (RFC 7628), which wants to be acknowledged. */
static int await_answer(
	struct imap_session *s, struct str response, struct str acknowledge, struct error *err)
{
	char tag_text[16];
	struct str tag = session_tag(s, tag_text);
	struct str line, word, words;
	for (;;) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		if (str_starts(line, STR("+"))) {
			if (stream_write(s->stream, response) < 0 ||
				stream_write(s->stream, STR("\r\n")) < 0)
				return session_error(s, MAILIMAP_ERROR_STREAM, err, "no login");
			response = acknowledge;
			continue;
		}
		words = line;
		if (!str_split(&words, ' ', &word) || !str_eq(word, tag))
			continue;
		if (!str_split(&words, ' ', &word) || !str_eq_nocase(word, STR("OK")))
			return refused(s, words, err);
		s->imap->imap_state = MAILIMAP_STATE_AUTHENTICATED;
		return 0;
	}
}

/* Begins a command of which `secret_part` must not pass through any buffer but ours. */
static int say_secret(
	struct imap_session *s, const char *command, struct str secret_part, struct error *err)
{
	char tag[16];
	struct buf line = {0};
	int result = -1;
	session_expect(s, 0, 0);
	stream_keep_quiet(s->stream);
	s->imap->imap_tag++;
	if (!secret_room(&line)) {
		error_memory(err);
		goto out;
	}
	buf_add_str(&line, session_tag(s, tag));
	buf_add_char(&line, ' ');
	buf_add_cstr(&line, command);
	buf_add_str(&line, secret_part);
	buf_add_cstr(&line, "\r\n");
	if (line.failed)
		error_set(err, ERROR_CONFIG, "user and password are too long");
	else if (stream_write(s->stream, buf_str(&line)) < 0)
		session_error(s, MAILIMAP_ERROR_STREAM, err, "no login");
	else
		result = 0;
out:
	buf_wipe(&line);
	return result;
}

static int authenticate(
	struct imap_session *s, const struct mechanism *m, struct str secret, struct error *err)
{
	struct buf plain = {0}, encoded = {0};
	char command[64];
	int result = -1;
	bool at_once = session_can(s, "SASL-IR");
	if (!secret_room(&plain) || !secret_room(&encoded)) {
		error_memory(err);
		goto out;
	}
	m->response(&plain, s->plan, secret);
	base64_write(&encoded, plain.ptr, plain.len);
	if (plain.failed || encoded.failed) {
		error_set(err, ERROR_CONFIG, "user and %s are too long",
			s->plan->auth == IMAP_AUTH_PASSWORD ? "password" : "token");
		goto out;
	}
	struct str response = buf_str(&encoded);
	snprintf(command, sizeof(command), "AUTHENTICATE %s%s", m->name, at_once ? " " : "");
	if (say_secret(s, command, at_once ? response : (struct str){0}, err) == 0)
		result = await_answer(s, at_once ? m->acknowledge : response, m->acknowledge, err);
out:
	buf_wipe(&plain);
	buf_wipe(&encoded);
	return result;
}

static int login(struct imap_session *s, struct str secret, struct error *err)
{
	struct buf arguments = {0};
	int result = -1;
	if (!secret_room(&arguments)) {
		error_memory(err);
		goto out;
	}
	imap_add_quoted(&arguments, s->plan->user);
	buf_add_char(&arguments, ' ');
	imap_add_quoted(&arguments, secret);
	if (arguments.failed)
		error_set(err, ERROR_CONFIG, "user and password are too long");
	else if (say_secret(s, "LOGIN ", buf_str(&arguments), err) == 0)
		result = await_answer(s, STR("*"), STR("*"), err);
out:
	buf_wipe(&arguments);
	return result;
}

int session_login(struct imap_session *s, struct str secret, struct error *err)
{
	const struct mechanism *m = &mechanisms[s->plan->auth];
	if (session_can(s, m->capability))
		return authenticate(s, m, secret, err);
	if (s->plan->auth != IMAP_AUTH_PASSWORD)
		return error_set(err, ERROR_CONFIG, "'%.*s' does not offer %s (check auth)",
			STR_ARG(s->plan->host), m->name);
	if (session_can(s, "LOGINDISABLED"))
		return error_set(err, ERROR_CONFIG,
			"'%.*s' takes no password (try auth = \"oauthbearer\" or \"xoauth2\")",
			STR_ARG(s->plan->host));
	return login(s, secret, err);
}
