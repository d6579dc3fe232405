/* Questions to a person on a terminal, each of which an option of the command line answers too. */
#include "dialogue.h"

#include "base/crypto.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "command.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A terminal gives no longer lines (N_TTY_BUF_SIZE). */
#define LINE_SIZE 4096

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define ENDING_SIGNALS (sizeof(ending_signals) / sizeof(ending_signals[0]))

/* For the handler, which has no other way to them. */
static struct termios shown;
static volatile sig_atomic_t hidden;

/* Only calls that signal-safety(7) lists. The signal itself follows when we return. */
static void on_ending_signal(int number)
{
	static const char words[] = "\noverstep: interrupted, nothing was written\n";
	if (hidden)
		tcsetattr(STDIN_FILENO, TCSANOW, &shown);
	ssize_t written = write(STDERR_FILENO, words, sizeof(words) - 1);
	(void)written;
	raise(number); /* SA_RESETHAND: as the parent expects it to end */
}

static void set_signals(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = (int)SA_RESETHAND};
	for (size_t i = 0; i < ENDING_SIGNALS; i++)
		sigaction(ending_signals[i], &action, NULL);
}

static void block_signals(int how)
{
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < ENDING_SIGNALS; i++)
		sigaddset(&set, ending_signals[i]);
	sigprocmask(how, &set, NULL);
}

int dialogue_begin(struct dialogue *d, struct invocation *in, bool asks, struct error *err)
{
	*d = (struct dialogue){.in = in, .asks = asks, .to = stdout};
	if (asks && !isatty(STDIN_FILENO))
		return error_set(err, ERROR_USAGE,
			"there is no terminal to ask on, expected --non-interactive and options");
	set_signals(on_ending_signal);
	return 0;
}

void dialogue_hold_signals(void)
{
	block_signals(SIG_BLOCK);
}

void dialogue_release_signals(void)
{
	set_signals(SIG_DFL);
	block_signals(SIG_UNBLOCK);
}

void dialogue_end(struct dialogue *d)
{
	dialogue_release_signals();
	arena_finish(&d->arena);
}

void remark(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
	fflush(stdout);
}

void say_error(const struct error *err)
{
	remark("  %s", err->text);
}

/* A line of the terminal, without its end; the buffer does not move. */
static int read_line(struct dialogue *d, char *line, size_t size, size_t *len, struct error *err)
{
	*len = 0;
	while (*len < size) {
		ssize_t got = read(STDIN_FILENO, line + *len, size - *len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_system(err, errno, "cannot read the answer");
		d->ended = got == 0;
		if (d->ended)
			return error_set(err, ERROR_USAGE, "no answer, nothing was written");
		*len += (size_t)got;
		if (line[*len - 1] == '\n') {
			--*len;
			return 0;
		}
	}
	return error_set(err, ERROR_USAGE, "this answer is too long");
}

static bool is_plain(struct str s)
{
	for (size_t at = 0; at < s.len;)
		if (utf8_is_control(utf8_next(s, &at)))
			return false;
	return utf8_valid(s);
}

static int check(const struct question *q, struct str answer, struct error *err)
{
	if (!is_plain(answer))
		return error_set(err, ERROR_USAGE, "these are no letters that can be shown");
	return q->check ? q->check(q->context, answer, err) : 0;
}

static int take(struct dialogue *d, struct str answer, struct str *out, struct error *err)
{
	*out = arena_str(&d->arena, answer);
	return out->ptr ? 0 : error_memory(err);
}

static int take_option(struct dialogue *d, const struct question *q, const char *value,
	struct str *out, struct error *err)
{
	struct str answer = str_trim(str_from(value));
	if (check(q, answer, err) < 0)
		return error_prefix(err, "--%s", q->option);
	return take(d, answer, out, err);
}

static int nobody_to_ask(
	struct dialogue *d, const struct question *q, struct str *out, struct error *err)
{
	if (q->again || !q->option)
		return error_set(err, ERROR_USAGE, "there is nobody to ask again");
	if (q->fallback)
		return take_option(d, q, q->fallback, out, err);
	return error_set(err, ERROR_USAGE, "option '--%s' is missing: %s", q->option, q->text);
}

int ask(struct dialogue *d, const struct question *q, struct str *out, struct error *err)
{
	const char *value = q->option && !q->again ? option(d->in, q->option) : NULL;
	if (value)
		return take_option(d, q, value, out, err);
	if (!d->asks)
		return nobody_to_ask(d, q, out, err);
	for (;;) {
		char line[LINE_SIZE];
		size_t len;
		struct error why = {0};
		bool offers = q->fallback && *q->fallback;
		fprintf(d->to, "%s%s%s%s: ", q->text, offers ? " [" : "", offers ? q->fallback : "",
			offers ? "]" : "");
		fflush(d->to);
		if (read_line(d, line, sizeof(line), &len, err) < 0)
			return -1;
		struct str answer = str_trim((struct str){line, len});
		if (!answer.len && q->fallback)
			answer = str_from(q->fallback);
		else if (!answer.len) {
			fputs("  an answer is needed (Ctrl-C ends, nothing is written)\n", d->to);
			continue;
		}
		if (check(q, answer, &why) == 0)
			return take(d, answer, out, err);
		if (why.kind == ERROR_MEMORY || why.kind == ERROR_SYSTEM) {
			*err = why;
			return -1;
		}
		fprintf(d->to, "  %s\n", why.text);
	}
}

static int check_yes(void *context, struct str answer, struct error *err)
{
	static const char *const words[] = {"yes", "no"};
	bool *yes = context;
	for (size_t i = 0; i < 2; i++)
		if (answer.len && str_starts_nocase(str_from(words[i]), answer)) {
			*yes = i == 0;
			return 0;
		}
	return error_set(err, ERROR_USAGE, "'%.*s' is neither yes nor no", STR_ARG(answer));
}

int ask_yes(struct dialogue *d, const struct question *q, bool *out, struct error *err)
{
	struct question yes = *q;
	struct str answer;
	yes.check = check_yes;
	yes.context = out;
	return ask(d, &yes, &answer, err);
}

/* The question comes once nothing is echoed: who is quick is safe too. */
static int read_hidden(struct dialogue *d, const char *text, char *line, size_t size, size_t *len,
	struct error *err)
{
	struct termios quiet;
	if (tcgetattr(STDIN_FILENO, &shown) < 0)
		return error_system(err, errno, "cannot hide what is typed");
	quiet = shown;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	hidden = 1;
	/* TCSAFLUSH: what was typed ahead was visible, and is no password */
	int result = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) < 0
		? error_system(err, errno, "cannot hide what is typed")
		: 0;
	if (!result) {
		printf("%s: ", text);
		fflush(stdout);
		result = read_line(d, line, size, len, err);
	}
	tcsetattr(STDIN_FILENO, TCSANOW, &shown);
	hidden = 0;
	putchar('\n');
	return result;
}

int ask_secret(struct dialogue *d, const char *text, struct buf *out, struct error *err)
{
	char line[LINE_SIZE];
	size_t len = 0;
	if (!d->asks)
		return error_set(err, ERROR_USAGE, "there is nobody to ask for a password");
	int result = read_hidden(d, text, line, sizeof(line), &len, err);
	if (!result) {
		/* room at once: a buffer that moves leaves a copy behind */
		buf_clear(out);
		if (buf_reserve(out, LINE_SIZE))
			buf_add(out, line, len);
		result = out->failed ? error_memory(err) : 0;
	}
	wipe(line, sizeof(line));
	return result;
}
