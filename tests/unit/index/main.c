/* Runs the suites of index/; and how records are made for them. */
#include "index_test.h"

#include "base/limits.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void make_index(struct made_index *m)
{
	struct error err = {0};
	*m = (struct made_index){.folder = "/tmp/overstep-index-XXXXXX"};
	ck_assert_ptr_nonnull(mkdtemp(m->folder));
	ck_assert_msg(index_open(m->folder, &m->index, &err) == 0, "%s", err.text);
}

void open_again(struct made_index *m)
{
	struct error err = {0};
	index_close(m->index);
	m->index = NULL;
	ck_assert_msg(index_open(m->folder, &m->index, &err) == 0, "%s", err.text);
}

void drop_index(struct made_index *m)
{
	static const char *const names[] = {"index.db", "index.db-wal", "index.db-shm"};
	index_close(m->index);
	for (size_t i = 0; i < 3; i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s/%s", m->folder, names[i]);
		unlink(path);
	}
	rmdir(m->folder);
	for (size_t i = 0; i < 8; i++)
		buf_finish(&m->peers[i]);
}

int64_t at_of(const char *text)
{
	int64_t at_us;
	int offset_min;
	ck_assert(time_parse(str_from(text), &at_us, &offset_min));
	return at_us;
}

/* "acme 2": numbers go up, as in the archive. */
static void add_peer_field(struct made_index *m, struct record *record, struct str client)
{
	size_t i = 0;
	while (m->peers[i].len && !str_eq(buf_str(&m->peers[i]), client))
		i++;
	if (!m->peers[i].len)
		buf_add_str(&m->peers[i], client);
	struct buf value = {0};
	buf_add_format(&value, "%.*s %llu", STR_ARG(client), (unsigned long long)++m->peer_last[i]);
	ck_assert_int_eq(record_add(record, "peer", buf_str(&value)), 0);
	buf_finish(&value);
}

static int fold(struct made_index *m, struct folding *f, struct error *err)
{
	ck_assert_msg(index_begin(m->index, err) == 0, "%s", err->text);
	if (index_fold(m->index, f, err) < 0) {
		index_rollback(m->index);
		return -1;
	}
	ck_assert_msg(index_commit(m->index, err) == 0, "%s", err->text);
	m->last = f->record->seq;
	return 0;
}

static void fold_well(struct made_index *m, struct folding *f)
{
	struct error err = {0};
	ck_assert_msg(fold(m, f, &err) == 0, "%s", err.text);
}

static void begin_record(struct made_index *m, struct record *record, enum record_type type)
{
	record_init(record);
	record->seq = m->last + 1;
	record->type = type;
}

static size_t split_clients(const char *names, struct str out[4])
{
	struct str rest = str_from(names), one;
	size_t count = 0;
	while (str_split(&rest, ',', &one))
		out[count++] = one;
	return count;
}

static void fill_facts(const struct given *g, struct facts *facts)
{
	static struct attachment attachments[4];
	facts_init(facts);
	facts->from = str_from(g->from);
	facts->to = str_from(g->to);
	facts->subject = str_from(g->subject);
	facts->attachments = attachments;
	facts->attachment_count = g->attachments;
	ck_assert_int_eq(text_plain(&facts->text, str_from(g->text ? g->text : "")), 0);
}

uint64_t add_message(struct made_index *m, const struct given *g)
{
	struct str clients[4];
	struct record record;
	struct facts facts;
	struct error err = {0};
	begin_record(m, &record, RECORD_MESSAGE);
	struct message_entry entry = {
		.place = {.account = STR("studio"),
			.folder = str_from(g->folder ? g->folder : "INBOX"),
			.uidvalidity = 1,
			.uid = g->uid ? g->uid : (uint32_t)record.seq},
		.direction = g->out ? DIRECTION_OUT : DIRECTION_IN,
		.clients = clients,
		.client_count = split_clients(g->clients, clients),
		.clocks = {.used = CLOCK_RECEIVED, .agreed = !g->disputed},
		.size_bytes = 1000,
	};
	if (g->chat)
		entry.place.file = (struct file_place){.format = STR("sms"),
			.name = STR("a.xml"),
			.number = 1,
			.has_export = true};
	entry.clocks.has[CLOCK_RECEIVED] = true;
	entry.clocks.at_us[CLOCK_RECEIVED] = at_of(g->at);
	entry.clocks.has[CLOCK_DATE] = g->chat;
	entry.clocks.at_us[CLOCK_DATE] = at_of(g->at);
	for (size_t i = 0; i < entry.client_count; i++)
		add_peer_field(m, &record, clients[i]);
	struct buf octets = {0};
	buf_add_format(&octets, "%llu", (unsigned long long)record.seq);
	record.has_blob = true;
	ck_assert_int_eq(
		sha256_of(g->octets ? str_from(g->octets) : buf_str(&octets), &record.blob, &err),
		0);
	fill_facts(g, &facts);
	struct folding f = {.record = &record, .entry = &entry, .facts = &facts};
	fold_well(m, &f);
	buf_finish(&octets);
	facts_finish(&facts);
	record_finish(&record);
	return m->last;
}

static void fill_moment(const struct verdict_given *v, struct judgement *j)
{
	int64_t at_us = at_of(v->at);
	j->has_mine = true;
	ck_assert(period_parse(str_from(v->period), &j->mine.period));
	j->mine.properties = MOMENT_BIT(j->mine.period);
	j->mine.day = at_us / DAY_US;
	j->mine.hour = (int)(at_us % DAY_US / HOUR_US);
	j->mine.weekday = date_weekday(j->mine.day);
}

/* "urgency/now urgency 3 shadow" */
static struct finding finding_of(const char *text)
{
	struct finding f = {.status = RULE_LIVE};
	struct str rest = str_from(text), sign, severity, flag = {0};
	uint64_t number;
	ck_assert(str_split(&rest, ' ', &f.rule));
	ck_assert(str_split(&rest, ' ', &sign));
	ck_assert(sign_parse(sign, &f.sign));
	ck_assert(str_split(&rest, ' ', &severity));
	ck_assert(str_to_u64(severity, 4, &number));
	f.severity = (int)number;
	str_split(&rest, ' ', &flag);
	f.status = str_eq(flag, STR("shadow")) ? RULE_SHADOW : RULE_LIVE;
	f.unsure = str_eq(flag, STR("unsure"));
	return f;
}

static void write_verdict(const struct verdict_given *v, struct buf *blob)
{
	struct finding findings[FINDINGS_MOST], markers[FINDINGS_MOST];
	struct judgement j;
	judgement_init(&j);
	j.examined = v->examined;
	j.author = str_from(v->author ? v->author : "acme");
	j.findings = findings;
	j.markers = markers;
	j.has_theirs = true;
	j.theirs_working = v->in_their_hours;
	if (v->period)
		fill_moment(v, &j);
	for (size_t i = 0; i < FINDINGS_MOST && v->findings[i]; i++) {
		struct finding f = finding_of(v->findings[i]);
		if (sign_is_marker(f.sign))
			markers[j.marker_count++] = f;
		else
			findings[j.finding_count++] = f;
	}
	buf_add_format(blob, "{\"of\":\"E-%06llu\",\"judgement\":", (unsigned long long)v->of);
	judgement_write_json(&j, blob);
	buf_add_char(blob, '}');
	judgement_finish(&j);
}

uint64_t add_findings(struct made_index *m, const struct verdict_given *v, size_t count)
{
	struct record record;
	struct buf blob = {0};
	begin_record(m, &record, RECORD_FINDINGS);
	buf_add_cstr(&blob,
		"{\"schema\":1,\"rules\":\"E-000001\",\"terms\":\"E-000002\","
		"\"messages\":[");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(&blob, i ? "," : "");
		write_verdict(&v[i], &blob);
	}
	buf_add_cstr(&blob, "]}");
	struct folding f = {.record = &record, .blob = buf_str(&blob)};
	fold_well(m, &f);
	buf_finish(&blob);
	record_finish(&record);
	return m->last;
}

static void add_field(struct record *record, const char *key, const char *value)
{
	if (value)
		ck_assert_int_eq(record_add(record, key, str_from(value)), 0);
}

static void add_of(struct record *record, uint64_t of)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(of, name);
	add_field(record, "of", name);
}

uint64_t add_mark(struct made_index *m, uint64_t of, const char *mark, const char *rule,
	const char *kind, const char *note)
{
	struct record record;
	struct buf blob = {0};
	begin_record(m, &record, RECORD_MARK);
	add_of(&record, of);
	add_field(&record, "mark", mark);
	add_field(&record, "rule", rule);
	add_field(&record, "kind", kind);
	if (note)
		buf_add_format(&blob, "{\"note\":\"%s\"}", note);
	struct folding f = {.record = &record, .blob = buf_str(&blob)};
	fold_well(m, &f);
	buf_finish(&blob);
	record_finish(&record);
	return m->last;
}

uint64_t add_peer(struct made_index *m, uint64_t of, const char *client)
{
	struct record record;
	begin_record(m, &record, RECORD_PEER);
	add_of(&record, of);
	add_peer_field(m, &record, str_from(client));
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

uint64_t add_gap(struct made_index *m, const struct gap *gap)
{
	struct record record;
	struct error err = {0};
	begin_record(m, &record, RECORD_GAP);
	ck_assert_int_eq(gap_write(gap, &record, &err), 0);
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

uint64_t add_export(struct made_index *m, const char *octets, const char *name)
{
	struct record record;
	struct error err = {0};
	begin_record(m, &record, RECORD_IMPORT);
	add_field(&record, "what", "export");
	add_field(&record, "name", name);
	record.has_blob = true;
	ck_assert_int_eq(sha256_of(str_from(octets), &record.blob, &err), 0);
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

uint64_t add_difference(struct made_index *m, uint64_t of, uint64_t now, const char *octets)
{
	struct record record;
	struct sha256 sum;
	struct error err = {0};
	char name[EVIDENCE_NAME_SIZE], hex[SHA256_HEX_SIZE];
	ck_assert_int_eq(sha256_of(str_from(octets), &sum, &err), 0);
	sha256_hex(&sum, hex);
	evidence_name(now, name);
	begin_record(m, &record, RECORD_IMPORT);
	add_field(&record, "what", now ? "changed" : "vanished");
	add_of(&record, of);
	add_field(&record, "now", now ? name : "-");
	add_field(&record, "export", hex);
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

uint64_t add_erasure(struct made_index *m, uint64_t of)
{
	struct record record;
	begin_record(m, &record, RECORD_ERASURE);
	add_of(&record, of);
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

uint64_t add_plain(struct made_index *m, enum record_type type)
{
	struct record record;
	begin_record(m, &record, type);
	struct folding f = {.record = &record};
	fold_well(m, &f);
	record_finish(&record);
	return m->last;
}

enum error_kind add_bad(struct made_index *m, enum record_type type, const char *of,
	const char *mark, const char *blob)
{
	struct record record;
	struct error err = {0};
	begin_record(m, &record, type);
	add_field(&record, "of", of);
	add_field(&record, "mark", mark);
	struct folding f = {.record = &record, .blob = str_from(blob)};
	ck_assert_int_eq(fold(m, &f, &err), -1);
	record_finish(&record);
	return err.kind;
}

struct buf found_by(struct made_index *m, const char *query, const struct search_options *options)
{
	struct buf out = {0};
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	const struct indexed_message *one;
	struct error err = {0};
	const struct search_options oldest_first = {0};
	if (query_parse(str_from(query), NULL, &q, &err) < 0) {
		ck_assert_int_eq(err.kind, ERROR_USAGE);
		buf_add_format(&out, "%u: %s", err.column, err.text);
		return out;
	}
	ck_assert_msg(
		index_search(m->index, q, options ? options : &oldest_first, &cursor, &err) == 0,
		"%s: %s", query, err.text);
	int more;
	while ((more = cursor_next(cursor, &one, &err)) > 0)
		buf_add_format(&out, "%s%llu", out.len ? " " : "", (unsigned long long)one->seq);
	ck_assert_msg(more == 0, "%s: %s", query, err.text);
	cursor_close(cursor);
	query_free(q);
	return out;
}

int main(void)
{
	static Suite *(*const suites[])(void) = {open_suite, fold_suite, figures_suite, query_suite,
		trial_suite, gap_suite, lines_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
