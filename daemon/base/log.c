/* One event, one line, one write to stderr or one datagram to the journal. */
#include "base/log.h"
#include "base/utf8.h"

#include "journal.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is longer is cut. */
#define VALUE_SIZE 1024
#define LINE_SIZE 2048

/* The log sink: one of the two mutable globals that the house allows. */
static enum log_level lowest_level = LOG_LEVEL_INFO;
static const char *journal_socket;

void log_setup(enum log_level lowest, const char *journal)
{
	lowest_level = lowest;
	journal_socket = journal;
}

const char *log_journal(const char *stream)
{
	return journal_is_stream(stream, STDERR_FILENO) ? JOURNAL_SOCKET : NULL;
}

struct log_field log_text(const char *name, struct str value)
{
	return (struct log_field){.name = name, .text = value};
}

struct log_field log_cstr(const char *name, const char *value)
{
	return log_text(name, str_from(value));
}

struct log_field log_number(const char *name, uint64_t value)
{
	return (struct log_field){.name = name, .is_number = true, .number = value};
}

/* Text of bounded size that takes no memory: an event may tell that there is none. */
struct line {
	size_t len;
	char text[LINE_SIZE];
};

static void add(struct line *line, struct str text)
{
	text = str_slice(text, 0, utf8_cut(text, sizeof(line->text) - line->len));
	if (text.len)
		memcpy(line->text + line->len, text.ptr, text.len);
	line->len += text.len;
}

static void add_char(struct line *line, char c)
{
	add(line, (struct str){&c, 1});
}

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

/* Whether it stands between the words of a sentence, and so beside an address. */
static bool parts_words(char c)
{
	return c == ' ' || is_control(c) || strchr("'\"<>(),;:", c);
}

/* Reasons quote what servers say, and a user's name often is an address. */
static void add_word(struct line *line, struct str word)
{
	add(line, word.len && memchr(word.ptr, '@', word.len) ? STR("(address)") : word);
}

static void value_of(const struct log_field *field, struct line *value)
{
	struct str text = str_slice(field->text, 0, utf8_cut(field->text, VALUE_SIZE));
	size_t start = 0;
	value->len = 0;
	if (field->is_number)
		value->len = (size_t)snprintf(
			value->text, sizeof(value->text), "%" PRIu64, field->number);
	for (size_t i = 0; i < text.len; i++) {
		if (!parts_words(text.ptr[i]))
			continue;
		add_word(value, str_slice(text, start, i));
		add_char(value, is_control(text.ptr[i]) ? '?' : text.ptr[i]);
		start = i + 1;
	}
	add_word(value, str_slice(text, start, text.len));
}

/* account=studio reason="no answer in time" */
static void add_field(struct line *line, const char *name, const struct line *value)
{
	struct str text = {value->text, value->len};
	bool quoted = !text.len || memchr(text.ptr, ' ', text.len);
	add_char(line, ' ');
	add(line, str_from(name));
	add_char(line, '=');
	if (quoted)
		add_char(line, '"');
	add(line, text);
	if (quoted)
		add_char(line, '"');
}

static void write_line(enum log_level level, const struct line *message)
{
	char text[LINE_SIZE + 8];
	int len = journal_socket
		? snprintf(text, sizeof(text), "<%d>%.*s\n", (int)level, (int)message->len,
			  message->text)
		: snprintf(text, sizeof(text), "%.*s\n", (int)message->len, message->text);
	/* One write, so that lines of several processes do not mix. Nobody can be told when stderr
	   itself is gone. */
	if (write(STDERR_FILENO, text, (size_t)len) < 0)
		return;
}

void log_event(const struct log_kind *kind, const struct log_field *fields)
{
	struct line message = {0}, value;
	struct journal_entry entry;
	if (kind->level > lowest_level)
		return;
	journal_begin(&entry, kind);
	add(&message, str_from(kind->name));
	for (; fields && fields->name; fields++) {
		value_of(fields, &value);
		add_field(&message, fields->name, &value);
		journal_add(&entry, fields->name, (struct str){value.text, value.len});
	}
	if (!journal_socket ||
		!journal_send(&entry, (struct str){message.text, message.len}, journal_socket))
		write_line(kind->level, &message);
}
