/* overstep try --jsonl: a stream of messages, answered line by line. */
#include "app/rulebook.h"
#include "base/limits.h"
#include "message_output.h"
#include "try.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define JSON_LINE_MOST (16 * MIB)

/* A stream's own names for its lines: texts or whole numbers, given back as they came. */
static bool is_id(const struct json_value *v)
{
	return json_to_str(v).ptr || json_to_int(v, 0) == json_to_int(v, 1);
}

static void write_id(struct json_writer *w, const struct json_value *id)
{
	if (json_to_str(id).ptr)
		json_str(w, "id", json_to_str(id));
	else if (id)
		json_int(w, "id", json_to_int(id, 0));
}

static int write_answer(struct invocation *in, const struct json_value *id,
	const struct trial_result *r, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	write_id(w, id);
	if (try_write_judgement(w, r, err) < 0) {
		buf_finish(&line.text);
		return -1;
	}
	json_array(w, "markers");
	for (size_t i = 0; i < r->judgement.marker_count; i++)
		json_str(w, NULL, r->judgement.markers[i].rule);
	json_array_end(w);
	return json_item_end(in, &line, err);
}

/* One line of the stream. */
static int try_line(struct invocation *in, const struct json_value *v, struct error *err)
{
	struct trial trial = {.octets = json_to_str(json_get(v, "text")),
		.lang = json_to_str(json_get(v, "lang"))};
	const struct json_value *id = json_get(v, "id");
	struct str from = json_to_str(json_get(v, "from"));
	/* clients are those of a configuration: without one there is nobody to judge it as */
	struct str client = in->book->config ? json_to_str(json_get(v, "client")) : (struct str){0};
	char word[16] = "";
	if (!is_id(id) || !trial.octets.ptr)
		return error_set(err, ERROR_USAGE, "expected {\"id\":\"...\",\"text\":\"...\"}");
	if (from.len < sizeof(word))
		memcpy(word, from.ptr ? from.ptr : "", from.len);
	struct trial_result result;
	trial_result_init(&result);
	int code = try_set_direction(from.ptr ? word : NULL, &trial, err);
	if (!code)
		code = try_set_at(in, json_to_str(json_get(v, "at")), &trial, err);
	if (!code)
		code = try_set_client(in, client, &trial, err);
	if (!code)
		code = pipeline_try(in->book, &trial, &result, err);
	if (!code)
		code = write_answer(in, id, &result, err);
	trial_result_finish(&result);
	return code;
}

static int try_stream(struct invocation *in, FILE *stream, const char *name, struct error *err)
{
	char *text = NULL;
	size_t room = 0;
	unsigned number = 0;
	int code = 0;
	for (ssize_t len; !code && (len = getline(&text, &room, stream)) >= 0;) {
		struct json_document *document = NULL;
		struct str line = str_trim((struct str){text, (size_t)len});
		number++;
		if (!line.len)
			continue;
		if (line.len > JSON_LINE_MOST)
			code = error_set(err, ERROR_USAGE, "a line of %zu bytes", line.len);
		else if (json_parse(line, &document, err) < 0)
			code = -1;
		else
			code = try_line(in, json_root(document), err);
		json_free(document);
	}
	free(text);
	if (code < 0) {
		error_prefix(err, "%s:%u", name, number);
		if (err->kind == ERROR_INPUT)
			err->kind = ERROR_USAGE;
	}
	return code;
}

/* In a stream each line says these of itself: stated once for all they would be passed over. */
static int refuse_for_stream(struct invocation *in, struct error *err)
{
	static const char *const names[] = {"client", "from", "at", "lang", "rule"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (option(in, names[i]))
			return error_set(err, ERROR_USAGE,
				"--%s is of one message; with --jsonl it is said in each line",
				names[i]);
	return in->argument_count
		? error_set(err, ERROR_USAGE, "unexpected '%s', --jsonl has its file already",
			  in->arguments[0])
		: 0;
}

int try_jsonl(struct invocation *in, const char *path, struct error *err)
{
	if (refuse_for_stream(in, err) < 0)
		return -1;
	if (!strcmp(path, "-"))
		return try_stream(in, stdin, "standard input", err);
	FILE *stream = fopen(path, "re");
	if (!stream)
		return error_system(err, errno, "cannot read '%s'", path);
	int code = try_stream(in, stream, path, err);
	fclose(stream);
	return code;
}
