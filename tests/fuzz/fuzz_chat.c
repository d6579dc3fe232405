/* Fuzzes the readers of chat exports: no octets harm them, pieces lie one behind the other, and
   each says the same again from its octets alone. The first octet chooses the format. */
#include "chat/chat_survey.h"

#include "base/clock.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* A zone whose clock is set forward before noon and back after it. */
static int instants(
	const struct zone *z, int year, int month, int day, int hour, int minute, int64_t out[2])
{
	(void)z;
	out[0] = date_to_days((struct date){year, month, day}) * DAY_US + hour * HOUR_US +
		minute * MINUTE_US;
	out[1] = out[0] + HOUR_US;
	return hour == 2 ? 0 : hour == 14 ? 2 : 1;
}

static void check_text(const struct text *t)
{
	size_t end = 0;
	for (size_t i = 0; i < t->span_count; i++) {
		require(t->spans[i].start == end && t->spans[i].end > end);
		end = t->spans[i].end;
	}
	require(end == t->bytes.len);
}

static void check_again(enum chat_format format, const struct chat_declared *declared,
	struct chat_files *files, const struct chat_message *m)
{
	struct str octets;
	struct chat_message again;
	chat_message_init(&again);
	require(files->load(files, m->file, &octets, NULL) == 0);
	require(m->start <= m->end && m->end <= octets.len);
	octets = str_slice(octets, m->start, m->end);
	require(chat_read(format, declared, octets, &again, NULL) == 0);
	require(again.kind == m->kind);
	require(m->kind == CHAT_UNREAD ||
		(str_eq(again.text.bytes, m->text.bytes) && again.time.at_us == m->time.at_us &&
			str_eq(again.author_id, m->author_id) && str_eq(again.id, m->id)));
	chat_message_finish(&again);
}

static void read_all(
	enum chat_format format, const struct chat_declared *declared, struct chat_files *files)
{
	struct chat_reader *r = NULL;
	struct chat_message m;
	size_t file = 0, end = 0;
	if (chat_open(format, files, declared, &r, NULL) < 0)
		return;
	chat_message_init(&m);
	while (chat_next(r, &m, NULL) > 0) {
		require(m.file > file || (m.file == file && m.start >= end));
		file = m.file;
		end = m.end;
		check_text(&m.text);
		/* a zip would be unpacked anew for each */
		if (files->count == 1)
			check_again(format, declared, files, &m);
	}
	chat_message_finish(&m);
	chat_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char zone = 0;
	if (!size)
		return 0;
	enum chat_format format = (enum chat_format)(data[0] % CHAT_FORMATS);
	struct str octets = {(const char *)data + 1, size - 1};
	struct chat_declared declared = {.zone = (const struct zone *)&zone, .instants = instants};
	struct chat_files *files = NULL;
	struct chat_survey survey;
	enum chat_format detected;
	if (chat_files_open(STR("x"), octets, &files, NULL) < 0)
		return 0;
	chat_detect(files, &detected, NULL);
	chat_survey_init(&survey);
	if (chat_survey(format, files, &declared, &survey, NULL) == 0)
		declared.order = survey.dates.order;
	chat_survey_finish(&survey);
	read_all(format, &declared, files);
	chat_files_close(files);
	return 0;
}
