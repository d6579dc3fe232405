/* What the control socket answers: how it goes, and the orders to poll and to reload. */
#include "app/rulebook.h"
#include "base/clock.h"
#include "config/config.h"
#include "keeper_state.h"
#include "rules/ruleset.h"
#include <unistd.h>

static void answer_status(struct keeper *k, struct str argument, struct json_writer *w)
{
	(void)argument;
	char since[TIME_TEXT_SIZE];
	time_format(k->started_at_us, 0, true, since);
	json_int(w, "pid", getpid());
	json_cstr(w, "version", OVERSTEP_VERSION);
	json_cstr(w, "since", since);
	json_cstr(w, "trouble", k->trouble.kind ? k->trouble.text : NULL);
	json_cstr(w, "reload_refused", k->reload_text);
	char sum[SHA256_HEX_SIZE];
	json_cstr(w, "in_force", rulebook_sum(k->book, sum, NULL) < 0 ? NULL : sum);
	json_bool(w, "changed_on_disk", k->disk.differs);
	json_int(w, "errors_on_disk", (int64_t)k->disk.errors);
	json_int(w, "stored", (int64_t)k->stored);
	json_int(w, "rules", (int64_t)ruleset_count(k->book->rules));
	json_cstr(w, "without_jit", k->no_jit.kind ? k->no_jit.text : NULL);
	json_cstr(w, "without_box", k->without_box);
	json_int(w, "rule_files_left_out", (int64_t)k->book->files_left_out);
	anchors_write(k, w);
	json_array(w, "accounts");
	for (size_t i = 0; i < k->crew.link_count; i++)
		account_link_write(&k->crew.links[i], w);
	json_array_end(w);
}

static void answer_poll(struct keeper *k, struct str argument, struct json_writer *w)
{
	int64_t polled = 0;
	for (size_t i = 0; i < k->crew.link_count; i++) {
		if (argument.len && !str_eq(argument, k->crew.links[i].account->name))
			continue;
		account_link_hurry(&k->crew.links[i]);
		polled++;
	}
	json_int(w, "polled", polled);
}

/* A failing archive is told of here, and suspends the keeper at its next turn. */
static void answer_reload(struct keeper *k, struct str argument, struct json_writer *w)
{
	(void)argument;
	struct buf text = {0};
	struct error why = {0};
	int code = keeper_reload(k, &text, &why);
	if (code < 0) {
		buf_add_format(&text, "%s\n", why.text);
		k->failure = why;
	}
	json_int(w, "code", code < 0 ? error_exit_code(&why) : code);
	json_str(w, "text", buf_str(&text));
	buf_finish(&text);
}

/* For a command that cannot reach the key: it may be the service's credential. */
static void answer_checkpoint(struct keeper *k, struct str argument, struct json_writer *w)
{
	(void)argument;
	struct error why = {0};
	if (!k->store || store_checkpoint(k->store, &why) < 0)
		json_cstr(w, "error", k->store ? why.text : k->trouble.text);
}

static const struct {
	const char *word;
	void (*answer)(struct keeper *k, struct str argument, struct json_writer *w);
} requests[] = {
	{"status", answer_status},
	{"poll", answer_poll},
	{"reload", answer_reload},
	{"checkpoint", answer_checkpoint},
};

void keeper_answer(void *context, struct str request, struct buf *answer)
{
	struct str rest = request, word = {0};
	struct json_writer w;
	str_split(&rest, ' ', &word);
	json_begin(&w, answer);
	json_object(&w, NULL);
	json_int(&w, "schema", 1);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (str_eq(word, str_from(requests[i].word))) {
			requests[i].answer(context, str_trim(rest), &w);
			json_object_end(&w);
			return;
		}
	json_cstr(&w, "error", "unknown request");
	json_object_end(&w);
}
