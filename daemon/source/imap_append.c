/* Puts a mail that nobody has sent yet among the drafts of an IMAP account, once. */
#include "imap.h"

#include "base/utf8.h"

#define WORDS_SHOWN 200

/* RFC 3501 section 6.4.4. One that was thrown away may come again. 1, 0, -1. */
static int is_there(struct imap_session *s, struct str message_id, struct error *err)
{
	struct buf line = {0};
	buf_add_cstr(&line, "UID SEARCH UNDELETED HEADER Message-ID ");
	imap_add_quoted(&line, message_id);
	int code = line.failed ? MAILIMAP_ERROR_MEMORY : session_command(s, buf_cstr(&line), 0, 0);
	buf_finish(&line);
	if (code != MAILIMAP_NO_ERROR)
		return session_error(s, code, err, "cannot look through the drafts");
	const struct mailimap_response_info *info = s->imap->imap_response_info;
	return info && info->rsp_search_result && clist_count(info->rsp_search_result) > 0;
}

static int refused(const struct imap_session *s, struct str words, struct error *err)
{
	struct buf shown = {0};
	utf8_add_visible(&shown, str_slice(words, 0, WORDS_SHOWN), false);
	error_set(err, ERROR_TEMPORARY, "'%.*s' does not take the draft: '%s'",
		STR_ARG(s->plan->host), buf_cstr(&shown));
	buf_finish(&shown);
	return -1;
}

/* The octets go out when the server says that it waits for them; other answers may come before. */
static int await_answer(struct imap_session *s, struct str octets, struct error *err)
{
	char tag_text[16];
	struct str tag = session_tag(s, tag_text), line, word, words;
	for (;;) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		if (str_starts(line, STR("+"))) {
			if (stream_write(s->stream, octets) < 0 ||
				stream_write(s->stream, STR("\r\n")) < 0)
				return session_error(s, MAILIMAP_ERROR_STREAM, err, "no draft");
			octets = (struct str){0};
			continue;
		}
		words = line;
		if (!str_split(&words, ' ', &word) || !str_eq(word, tag))
			continue;
		struct str answer = words;
		bool taken = !octets.ptr && str_split(&words, ' ', &word) &&
			str_eq_nocase(word, STR("OK"));
		return taken ? 0 : refused(s, answer, err);
	}
}

static int append(
	struct imap_session *s, struct str wire_name, struct str octets, struct error *err)
{
	struct buf line = {0};
	buf_add_cstr(&line, "APPEND ");
	imap_add_quoted(&line, wire_name);
	buf_add_format(&line, " (\\Seen \\Draft) {%zu}", octets.len);
	int result = line.failed ? error_memory(err) : session_say(s, buf_cstr(&line), err);
	buf_finish(&line);
	return result < 0 ? -1 : await_answer(s, octets, err);
}

int imap_append(struct source *base, const struct source_draft *draft, struct str *folder,
	struct error *err)
{
	struct imap_source *s = (struct imap_source *)base;
	if (!s->folder_count || s->folders[0].missing)
		return error_set(err, ERROR_NOT_FOUND, "'%.*s' has no folder for drafts",
			STR_ARG(s->plan->host));
	const struct folder *f = &s->folders[0];
	int code = session_examine(&s->session, f->wire);
	if (code != MAILIMAP_NO_ERROR && !session_refused(&s->session, code))
		return session_error(&s->session, code, err, "cannot open the drafts");
	if (code != MAILIMAP_NO_ERROR)
		return error_set(err, ERROR_NOT_FOUND, "'%.*s' has no folder '%.*s'",
			STR_ARG(s->plan->host), STR_ARG(f->name));
	*folder = f->name;
	int there = is_there(&s->session, draft->message_id, err);
	if (there)
		return there < 0 ? -1 : 0;
	return append(&s->session, f->wire, draft->octets, err) < 0 ? -1 : 1;
}
