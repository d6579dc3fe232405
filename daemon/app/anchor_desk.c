/* The desk for anchors: a process that asks one witness of a checkpoint. */
#include "anchor_desk.h"

#include "app/outgoing.h"
#include "app/sandbox.h"
#include "archive/anchor.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/command.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/timestamp.h"
#include "channel.h"
#include "config/config.h"
#include "message/compose.h"
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define ANSWER_SECONDS 30

static int say_failed(struct channel *c, struct str source, const char *text)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "source", source);
	json_cstr(&w, "text", text);
	json_object_end(&w);
	return channel_say(c, "failed", &head, (struct str){0}, NULL);
}

static int say_stamp(struct channel *c, const char *kind, struct str source,
	const struct timestamp *stamp, bool vouched, struct str proof)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_cstr(&w, "kind", kind);
	json_str(&w, "source", source);
	if (stamp) {
		json_int(&w, "at_s", stamp->at_us / SECOND_US);
		json_cstr(&w, "signer", stamp->name);
	}
	json_bool(&w, "vouched", vouched);
	json_object_end(&w);
	return channel_say(c, "stamp", &head, proof, NULL);
}

/* One authority: asked, checked, told. -1 only when the keeper is gone. */
static int ask_authority(struct channel *c, struct str url, struct str checkpoint, struct str roots)
{
	struct buf request = {0}, reply = {0};
	struct timestamp stamp;
	struct error why = {0};
	char *address = str_dup(url);
	int result = address ? timestamp_request(checkpoint, &request, &why) : error_memory(&why);
	if (!result)
		result = timestamp_fetch(address, buf_str(&request), ANSWER_SECONDS, &reply, &why);
	if (!result)
		result = timestamp_check(
			checkpoint, buf_str(&request), buf_str(&reply), roots, &stamp, &why);
	result = result < 0
		? say_failed(c, url, why.text)
		: say_stamp(c, ANCHOR_RFC3161, url, &stamp, result > 0, buf_str(&reply));
	free(address);
	buf_finish(&request);
	buf_finish(&reply);
	return result;
}

/* What the command prints, within its time. NULL, or what went wrong. */
static const char *hear(int fd, int64_t deadline_us, struct buf *out)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	for (;;) {
		char *room = buf_reserve(out, 4096);
		int64_t left = deadline_us - clock_monotonic_us();
		if (!room || out->len > LIMIT_TIMESTAMP)
			return "it printed too much";
		if (left <= 0 || poll(&wait, 1, (int)(left / 1000) + 1) <= 0)
			return "it took too long";
		ssize_t got = read(fd, room, 4096);
		if (got <= 0)
			return NULL;
		out->len += (size_t)got;
	}
}

/* Starts the command with the checkpoint to read; *out is the end that hears it. -1: it cannot be
   started. */
static pid_t start_command(char **words, struct str checkpoint, int *out)
{
	int in_ends[2], out_ends[2];
	pid_t child = -1;
	if (pipe2(in_ends, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(out_ends, O_CLOEXEC) < 0)
		goto out;
	/* four lines: less than a pipe holds */
	if (write(in_ends[1], checkpoint.ptr, checkpoint.len) == (ssize_t)checkpoint.len)
		child = fork();
	if (child == 0)
		command_become(words, (const int[]){in_ends[0], out_ends[1], -1}, false);
	close(out_ends[1]);
	if (child > 0) {
		setpgid(child, child); /* whoever of the two comes first */
		*out = out_ends[0];
	} else {
		close(out_ends[0]);
	}
out:
	close(in_ends[0]);
	close(in_ends[1]);
	return child;
}

/* NULL and *proof, or what went wrong. */
static const char *run_command(const struct strs *command, struct str checkpoint, struct buf *proof)
{
	int heard, status = 0;
	char **words = command_words(command->items, command->count);
	pid_t child = words ? start_command(words, checkpoint, &heard) : -1;
	command_words_free(words);
	if (child < 0)
		return "it cannot be started";
	int64_t deadline_us = clock_monotonic_us() + ANSWER_SECONDS * SECOND_US;
	const char *why = hear(heard, deadline_us, proof);
	/* one that has said all it has to say may still not end */
	if (command_await(child, why ? 0 : deadline_us, &status) < 0 && !why)
		why = "it took too long";
	close(heard);
	if (why)
		return why;
	return status ? "it failed" : proof->len ? NULL : "it printed no proof";
}

static int ask_command(struct channel *c, const struct strs *command, struct str checkpoint)
{
	struct buf proof = {0};
	struct str source = command->items[0];
	const char *why = run_command(command, checkpoint, &proof);
	int result = why ? say_failed(c, source, why)
			 : say_stamp(c, ANCHOR_COMMAND, source, NULL, true, buf_str(&proof));
	buf_finish(&proof);
	return result;
}

/* One checkpoint to one address is one mail, however often it is tried. */
static struct str make_id(
	struct arena *arena, struct str from, struct str to, struct str checkpoint)
{
	struct buf what = {0};
	struct sha256 sum = {0};
	char hex[SHA256_HEX_SIZE];
	size_t at = 0;
	buf_add_str(&what, checkpoint);
	buf_add_str(&what, to);
	bool failed = what.failed || sha256_of(buf_str(&what), &sum, NULL) < 0;
	buf_finish(&what);
	if (failed)
		return (struct str){0};
	sha256_hex(&sum, hex);
	str_rfind_char(from, '@', &at);
	return arena_format(
		arena, "checkpoint.%.32s%.*s", hex, STR_ARG(str_slice(from, at, from.len)));
}

/* The checkpoint as a mail that a person understands. */
static int mail_to(const struct config *config, struct str to, struct str checkpoint, int stop_fd,
	struct error *err)
{
	char at[TIME_TEXT_SIZE];
	struct arena arena = {0};
	int64_t now_us = clock_now_us(NULL);
	time_format(now_us, 0, true, at);
	const struct draft draft = {
		.to = &(const struct strs){.items = &to, .count = 1},
		.subject = arena_format(&arena, "overstep checkpoint %.20s", at),
		.message_id = make_id(&arena, config->smtp.from, to, checkpoint),
		.at_us = now_us,
		.text = arena_format(&arena,
			"Please keep this mail. It commits its sender to a log of evidence as it "
			"stood\nwhen you received it; no message is in it, and nothing can be read "
			"out of it.\n\n%.*s",
			STR_ARG(checkpoint)),
		.automatic = true,
	};
	bool full = !draft.subject.ptr || !draft.message_id.ptr || !draft.text.ptr;
	int result = full ? error_memory(err) : outgoing_send(config, &draft, stop_fd, err);
	arena_finish(&arena);
	return result;
}

static int send_mail(struct channel *c, const struct anchor_orders *orders, int stop_fd)
{
	const struct config *config = orders->config;
	struct str to = config->anchor_mail_to.items[orders->witness];
	struct error why = {0};
	return mail_to(config, to, orders->checkpoint, stop_fd, &why) < 0
		? say_failed(c, to, why.text)
		: say_stamp(c, ANCHOR_MAIL, to, NULL, true, (struct str){0});
}

/* What they answer comes over a bare connection. */
static int ask_authorities(struct channel *c, const struct anchor_orders *orders)
{
	const struct config *config = orders->config;
	const struct sandbox box = {.role = SANDBOX_NETWORK, .any_port = true};
	struct buf pem = {0};
	struct error why = {0};
	int result = 0;
	/* the settings' strings end in a NUL */
	if (config->anchor_ca_file.ptr &&
		file_read(config->anchor_ca_file.ptr, LIMIT_ROOTS, &pem, &why) < 0)
		result = say_failed(c, config->anchor_ca_file, why.text);
	if (!result)
		result = sandbox_enter(&box, NULL);
	/* without roots nobody could say whose word it is that comes back */
	for (size_t i = 0; i < config->anchor_urls.count && !result && !why.kind; i++)
		result = ask_authority(
			c, config->anchor_urls.items[i], orders->checkpoint, buf_str(&pem));
	buf_finish(&pem);
	return result;
}

size_t anchor_witnesses(const struct config *config)
{
	return config->anchor_mail_to.count + (config->anchor_command.count > 0) +
		(config->anchor_urls.count > 0);
}

int anchor_desk_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	const struct anchor_orders *orders = context;
	const struct config *config = orders->config;
	size_t mails = config->anchor_mail_to.count;
	int result;
	if (orders->witness < mails)
		result = send_mail(to_keeper, orders, stop_fd);
	else if (orders->witness == mails && config->anchor_command.count)
		result = ask_command(to_keeper, &config->anchor_command, orders->checkpoint);
	else
		result = ask_authorities(to_keeper, orders);
	if (!result)
		result = channel_send(to_keeper, "done", STR("{}"), (struct str){0}, NULL);
	return result < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
