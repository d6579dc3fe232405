/* Messages as lines of text, and what must hold of every export. */
#include "suites.h"

#include "base/utf8.h"
#include "worktime/zone.h"
#include <string.h>

static void add_instant(struct buf *out, int64_t at_us, bool seconds_known)
{
	char text[TIME_TEXT_SIZE];
	time_format(at_us, 0, true, text);
	if (!seconds_known)
		memcpy(text + strlen("2026-01-16T22:09"), "Z", 2);
	buf_add_cstr(out, text);
}

static void add_time(struct buf *out, const struct chat_time *t)
{
	if (t->state == CHAT_TIME_NONE) {
		buf_add_cstr(out, " -");
		return;
	}
	buf_add_char(out, ' ');
	add_instant(out, t->at_us, t->seconds_known);
	if (t->state == CHAT_TIME_GAP)
		buf_add_cstr(out, "(gap)");
	if (t->state == CHAT_TIME_FOLD) {
		buf_add_cstr(out, "(or ");
		add_instant(out, t->other_us, t->seconds_known);
		buf_add_char(out, ')');
	}
}

/* On one line, with blanks that look like others told apart. */
static void add_shown(struct buf *out, struct str value)
{
	for (size_t at = 0, next = 0; at < value.len; at = next) {
		int32_t c = utf8_next(value, &next);
		if (c == '\n')
			buf_add_cstr(out, "\\n");
		else if (c == 0xA0 || c == 0x202F)
			buf_add_format(out, "\\u%04x", (unsigned)c);
		else
			utf8_add_visible(out, str_slice(value, at, next), false);
	}
}

static void add_named(struct buf *out, const char *before, struct str value, const char *behind)
{
	if (!value.ptr)
		return;
	buf_add_cstr(out, before);
	add_shown(out, value);
	buf_add_cstr(out, behind);
}

static void add_marks(struct buf *out, const struct chat_message *m)
{
	const struct {
		bool set;
		const char *name;
	} marks[] = {{m->outgoing, "mine"}, {m->automatic, "bot"}, {m->edited, "edited"},
		{m->text.cut, "cut"}};
	const char *between = "(";
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].set) {
			buf_add_format(out, "%s%s", between, marks[i].name);
			between = ",";
		}
	if (*between == ',')
		buf_add_char(out, ')');
}

static void add_spans(struct buf *out, const struct text *t)
{
	size_t end = 0;
	for (size_t i = 0; i < t->span_count; i++) {
		const struct span *span = &t->spans[i];
		struct str words = str_slice(t->bytes, span->start, span->end);
		ck_assert_uint_eq(span->start, end);
		ck_assert(span->end > span->start && span->end <= t->bytes.len);
		ck_assert(utf8_valid(words));
		end = span->end;
		buf_add_char(out, ' ');
		if (span->kind != SPAN_NEW)
			buf_add_format(out, "[%s ", span_kind_name(span->kind));
		add_shown(out, words);
		if (span->kind != SPAN_NEW)
			buf_add_char(out, ']');
	}
	ck_assert_uint_eq(end, t->bytes.len);
}

void show_message(const struct chat_message *m, struct buf *out)
{
	buf_add_cstr(out, chat_kind_name(m->kind));
	if (m->kind == CHAT_UNREAD) {
		add_named(out, ": ", m->why, "\n");
		return;
	}
	add_marks(out, m);
	add_time(out, &m->time);
	add_named(out, " ", m->author, "");
	add_named(out, " <", m->author_id, ">");
	add_named(out, " #", m->id, "");
	add_named(out, " re ", m->reply_to, "");
	buf_add_char(out, ':');
	add_spans(out, &m->text);
	buf_add_char(out, '\n');
}

void show_survey(const struct chat_survey *s, struct buf *out)
{
	if (s->dates.order || s->order_needed) {
		buf_add_format(out, "order: %s%s%s",
			s->order_needed ? "refused" : chat_order_name(s->dates.order),
			s->dates.inferred ? ", inferred" : "", s->dates.why.len ? ": " : "");
		add_shown(out, s->dates.why);
		buf_add_char(out, '\n');
	}
	if (s->other_style)
		buf_add_format(out, "other form: %llu\n", (unsigned long long)s->other_style);
	if (s->folds || s->gaps)
		buf_add_format(out, "disputed: %llu\n", (unsigned long long)(s->folds + s->gaps));
}

static int load(struct chat_files *files, size_t index, struct str *octets, struct error *err)
{
	(void)err;
	struct memory_files *f = (struct memory_files *)files;
	ck_assert(index < files->count);
	*octets = f->octets[index];
	f->loaded = index;
	f->reached = 0;
	return 0;
}

/* Whoever gives back what was read relies on it: nobody goes back. */
static void reached(struct chat_files *files, size_t at)
{
	struct memory_files *f = (struct memory_files *)files;
	ck_assert(at >= f->reached && at <= f->octets[f->loaded].len);
	f->reached = at;
}

static void close_nothing(struct chat_files *files)
{
	(void)files;
}

void memory_files_init(struct memory_files *f, struct str name, const struct chat_file *items,
	const struct str *octets, size_t count)
{
	*f = (struct memory_files){
		.files = {.name = name,
			.items = items,
			.count = count,
			.load = load,
			.reached = reached,
			.close = close_nothing},
		.octets = octets,
	};
}

struct chat_declared declare(const char *zone, enum chat_order order)
{
	struct chat_declared declared = {.order = order, .instants = zone_instants};
	struct error err = {0};
	struct zone *opened = NULL;
	if (*zone)
		ck_assert_msg(!zone_open(str_from(zone), NULL, &opened, &err), "%s", err.text);
	declared.zone = opened;
	return declared;
}

/* The octets alone say the same. What the export's list of people adds is left out. */
static void check_again(enum chat_format format, const struct chat_declared *declared,
	struct chat_files *files, const struct chat_message *m)
{
	struct chat_message again;
	struct str octets;
	struct buf one = {0}, two = {0};
	struct error err = {0};
	chat_message_init(&again);
	ck_assert_int_eq(files->load(files, m->file, &octets, &err), 0);
	ck_assert(m->start <= m->end && m->end <= octets.len);
	octets = str_slice(octets, m->start, m->end);
	ck_assert_int_eq(chat_read(format, declared, octets, &again, &err), 0);
	if (m->kind == CHAT_UNREAD) {
		ck_assert_int_eq(again.kind, CHAT_UNREAD);
	} else {
		again.author = m->author;
		show_message(m, &one);
		show_message(&again, &two);
		ck_assert_str_eq(buf_cstr(&one), buf_cstr(&two));
	}
	chat_message_finish(&again);
	buf_finish(&one);
	buf_finish(&two);
}

size_t read_all(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct buf *out)
{
	struct chat_reader *r = NULL;
	struct chat_message m;
	struct error err = {0};
	size_t count = 0, file = 0, end = 0;
	int more;
	chat_message_init(&m);
	ck_assert_msg(!chat_open(format, files, declared, &r, &err), "%s", err.text);
	while ((more = chat_next(r, &m, &err)) > 0) {
		ck_assert_uint_eq(m.ordinal, count);
		ck_assert(m.file >= file && m.file < files->count);
		ck_assert(m.file > file || m.start >= end);
		file = m.file;
		end = m.end;
		count++;
		check_again(format, declared, files, &m);
		if (out)
			show_message(&m, out);
	}
	ck_assert_msg(more == 0, "%s", err.text);
	chat_message_finish(&m);
	chat_close(r);
	return count;
}
