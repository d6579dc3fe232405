/* One message on the screen and as JSON, the same wherever it is shown. */
#ifndef OVERSTEP_DAEMON_CLI_MESSAGE_OUTPUT_H
#define OVERSTEP_DAEMON_CLI_MESSAGE_OUTPUT_H

#include "index/index.h"
#include "output.h"

/* The fields of contract.md into an open object. */
void message_write_json(
	const struct invocation *in, const struct indexed_message *m, struct json_writer *w);
/* [{"rule","rule_hash","sign","severity","status","text","start","end","unsure","why","mark"}] */
void findings_write_json(
	struct json_writer *w, const struct indexed_finding *findings, size_t count);

/* The text with the words of its findings marked; what is not the sender's own is dimmed. */
void print_marked_text(struct invocation *in, const struct text *text,
	const struct indexed_finding *findings, size_t count);
/* "serious  urgency/now  'right away'" and the reason behind it. */
void print_finding(struct invocation *in, const struct indexed_finding *f, bool why);

/* "context   courtesy/no-rush  'no rush'": what is no finding but was taken into account. */
void print_marker(struct invocation *in, const struct finding *f);

enum color severity_color(int severity);

#endif
