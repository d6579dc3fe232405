/* The desk for signatures: a process that asks DNS for keys and looks at signatures with them. */
#include "dkim_desk.h"

#include "app/sandbox.h"
#include "base/clock.h"
#include "base/json.h"
#include "channel.h"
#include "dkim/dkim.h"
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

/* One client's mails have few keys: they are not asked for again at once, nor is a nameserver that
   does not answer. */
#define KEPT 64
#define KEPT_US (10 * MINUTE_US)
#define TROUBLE_KEPT_US MINUTE_US
/* Processor time for one mail; ten signatures of LIMIT_PARSE octets take under a second. */
#define SECONDS_A_MAIL 20

struct kept {
	char *name;
	struct dkim_answer answer;
	int64_t at_us;
};

struct desk {
	struct kept kept[KEPT];
	size_t next; /* the oldest */
};

static bool copy(struct dkim_answer *to, const struct dkim_answer *from)
{
	*to = (struct dkim_answer){.kind = from->kind, .authentic = from->authentic};
	buf_add_str(&to->text, buf_str(&from->text));
	buf_add_str(&to->raw, buf_str(&from->raw));
	return !to->text.failed && !to->raw.failed;
}

static void keep(struct desk *d, const char *name, const struct dkim_answer *answer)
{
	struct kept *k = &d->kept[d->next];
	d->next = (d->next + 1) % KEPT;
	free(k->name);
	dkim_answer_finish(&k->answer);
	k->name = str_dup(str_from(name));
	k->at_us = clock_monotonic_us();
	if (!copy(&k->answer, answer)) {
		free(k->name);
		k->name = NULL;
	}
}

static int look_up(void *context, const char *name, struct dkim_answer *out, struct error *err)
{
	struct desk *d = context;
	int64_t now = clock_monotonic_us();
	for (size_t i = 0; i < KEPT; i++) {
		const struct kept *k = &d->kept[i];
		int64_t kept_us = k->answer.kind == DKIM_ANSWER_TROUBLE ? TROUBLE_KEPT_US : KEPT_US;
		if (k->name && !strcmp(k->name, name) && now - k->at_us < kept_us)
			return copy(out, &k->answer) ? 0 : error_memory(err);
	}
	if (dkim_resolve(NULL, name, out, err) < 0)
		return -1;
	keep(d, name, out);
	return 0;
}

/* The domain of the signature that the word is of. */
static struct str domain_of(const struct dkim_report *r, const char *word)
{
	for (size_t i = 0; i < r->count; i++)
		if (!strcmp(dkim_result_name(r->items[i].result), word))
			return r->items[i].domain;
	return (struct str){0};
}

static int answer(struct channel *c, const struct dkim_report *report, struct error *err)
{
	struct buf head = {0}, text = {0};
	struct json_writer w;
	const char *word = dkim_report_word(report);
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_cstr(&w, "result", word);
	json_str(&w, "domain", domain_of(report, word));
	json_bool(&w, "again", !strcmp(word, dkim_result_name(DKIM_TEMPERROR)));
	json_object_end(&w);
	dkim_report_write(report, &text);
	head.failed |= text.failed;
	int result = channel_say(c, "report", &head, buf_str(&text), err);
	buf_finish(&text);
	return result;
}

static int serve(struct desk *d, struct channel *c, const struct frame *frame, struct error *err)
{
	struct json_document *head = NULL;
	struct dkim_report report = {0};
	struct itimerval timer = {.it_value = {.tv_sec = SECONDS_A_MAIL}};
	if (json_parse(frame->head, &head, err) < 0)
		return -1;
	const struct dkim_arrival arrival = {
		.clock = (enum clock_kind)json_to_int(json_get(json_root(head), "clock"), 0),
		.at_s = json_to_int(json_get(json_root(head), "at_s"), 0),
	};
	json_free(head);
	setitimer(ITIMER_PROF, &timer, NULL);
	int result = dkim_verify(frame->payload, arrival, look_up, d, &report, err);
	setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL);
	if (!result)
		result = answer(c, &report, err);
	dkim_report_finish(&report);
	return result;
}

int dkim_desk_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	(void)stop_fd; /* it waits for the channel, and for DNS a few seconds */
	(void)context;
	const struct sandbox box = {.role = SANDBOX_NETWORK};
	struct desk *d = calloc(1, sizeof(*d));
	struct frame frame;
	int result = d ? sandbox_enter(&box, NULL) : -1;
	while (!result && channel_next(to_keeper, &frame, NULL) == 1)
		result = serve(d, to_keeper, &frame, NULL);
	for (size_t i = 0; d && i < KEPT; i++) {
		free(d->kept[i].name);
		dkim_answer_finish(&d->kept[i].answer);
	}
	free(d);
	return result < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
