/* Plays a table of answers. */
#include "script.h"

#include <ctype.h>
#include <string.h>

#define MAX_REPLIES 32

static const struct reply honest[] = {
	{"", "* OK ready\r\n", 0, 0},
	{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\n%T OK done\r\n", 0, 0},
	{"AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==", "%T OK welcome\r\n", 0, 0},
	{"LIST", "* LIST () \"/\" INBOX\r\n%T OK done\r\n", 0, 0},
	{"EXAMINE INBOX",
		"* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] x\r\n"
		"* OK [UIDNEXT 4] x\r\n%T OK [READ-ONLY] done\r\n",
		0, 0},
	{"UID SEARCH", "* SEARCH 1 2 3\r\n%T OK done\r\n", 0, 0},
	{"UID FETCH 1,2,3 (UID RFC822.SIZE INTERNALDATE)",
		"* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 01:30:00 +0130\")\r\n"
		"* 2 FETCH (UID 2 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n"
		"* 3 FETCH (UID 3 RFC822.SIZE 5 INTERNALDATE \"31-Dec-2025 16:00:00 -0800\")\r\n"
		"%T OK done\r\n",
		0, 0},
	{"UID FETCH 1,2,3 (UID BODY.PEEK[])",
		"* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n* 2 FETCH (UID 2 BODY[] {5}\r\ntwo\r\n)\r\n"
		"* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)\r\n%T OK done\r\n",
		0, 0},
	{"UID FETCH 1 (UID BODY.PEEK[])",
		"* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n%T OK done\r\n", 0, 0},
	{"UID FETCH 2 (UID BODY.PEEK[])",
		"* 2 FETCH (UID 2 BODY[] {5}\r\ntwo\r\n)\r\n%T OK done\r\n", 0, 0},
	{"UID FETCH 3 (UID BODY.PEEK[])",
		"* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)\r\n%T OK done\r\n", 0, 0},
	{"UID FETCH 2,3 (UID BODY.PEEK[])",
		"* 2 FETCH (UID 2 BODY[] {5}\r\ntwo\r\n)\r\n* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)\r\n"
		"%T OK done\r\n",
		0, 0},
	{"UID FETCH 2 (UID RFC822.SIZE INTERNALDATE)",
		"* 2 FETCH (UID 2 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n"
		"%T OK done\r\n",
		0, 0},
	{"NOOP", "%T OK done\r\n", 0, 0},
	{"LOGOUT", "* BYE bye\r\n%T OK done\r\n%CUT", 0, 0},
	{"", "%T BAD this is not in the script\r\n", 0, 0},
};

/* Writes an answer; false when the connection is to end. */
static bool answer(struct talk *t, const char *text, const char *tag)
{
	struct buf out = {0};
	bool go_on = true;
	for (const char *at = text; *at;) {
		const char *mark = strchr(at, '%');
		buf_add(&out, at, mark ? (size_t)(mark - at) : strlen(at));
		if (!mark)
			break;
		at = mark + 1;
		if (*at == 'T' && strncmp(at, "TLS", 3) != 0) {
			buf_add_cstr(&out, tag);
			at++;
			continue;
		}
		talk_write(t, buf_str(&out));
		buf_clear(&out);
		if (strncmp(at, "HANG", 4) == 0)
			talk_hang();
		if (strncmp(at, "TLS", 3) == 0)
			talk_start_tls(t);
		go_on = strncmp(at, "CUT", 3) != 0;
		break;
	}
	talk_write(t, buf_str(&out));
	buf_finish(&out);
	return go_on;
}

static const struct reply *find(
	const struct script *s, const char *line, unsigned connection, unsigned used[MAX_REPLIES])
{
	for (size_t i = 0; i < s->count; i++) {
		const struct reply *r = &s->replies[i];
		bool greeting = line[0] == '\0';
		if ((r->command[0] == '\0') != greeting ||
			strncmp(line, r->command, strlen(r->command)) != 0 ||
			(r->connection && r->connection != connection) ||
			(r->times && used[i] >= r->times))
			continue;
		used[i]++;
		return r;
	}
	for (size_t i = line[0] ? 1 : 0;; i++)
		if (strncmp(line, honest[i].command, strlen(honest[i].command)) == 0)
			return &honest[i];
}

static void talk(struct talk *t, const void *context)
{
	const struct script *s = context;
	unsigned used[MAX_REPLIES] = {0};
	char line[8192], tag[16] = "0";
	if (!answer(t, find(s, "", t->number, used)->answer, tag))
		return;
	while (talk_read_line(t, line, sizeof(line))) {
		char *command = line;
		size_t digits = strspn(line, "0123456789");
		/* a continuation (DONE, base64) has no tag of its own */
		if (digits > 0 && digits < sizeof(tag) && line[digits] == ' ') {
			line[digits] = '\0';
			strcpy(tag, line);
			command = line + digits + 1;
		}
		/* an empty line continues too */
		const char *asked = command[0] ? command : "(empty)";
		if (!answer(t, find(s, asked, t->number, used)->answer, tag))
			return;
	}
}

struct server script_start(const struct script *script)
{
	struct server_plan plan = {.plain = script->plain, .talk = talk, .context = script};
	return server_start(&plan);
}
