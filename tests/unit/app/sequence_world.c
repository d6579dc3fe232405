/* A client's mails, and what sequences find in them. */
#include "sequence_world.h"

#include <stdio.h>
#include <string.h>

static const char config[] =
	"archive = \"archive\"; languages = [ ]; rules = [ \"my.rules\", \"more.rules\" ];\n"
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";\n"
	"      hours = [ \"mon-fri 09:00-17:00\" ]; };\n"
	"clients = ( { id = \"acme\"; addresses = [ \"@acme.example\" ]; } );\n";

static const char more_rules[] =
	"rule my/reminder\n"
	"  title     I remind of an invoice\n"
	"  sign      late-payment\n"
	"  from      me\n"
	"  says      payment reminder\n"
	"  yes       This is a payment reminder.\n"
	"  no        Thank you.\n"
	"rule my/promise\n"
	"  title     Promises to pay\n"
	"  sign      late-payment\n"
	"  lang      en\n"
	"  says      will pay {day}\n"
	"  yes       We will pay by Friday.\n"
	"  no        Thank you.\n"
	"sequence late-payment/broken\n"
	"  title     Has not paid by the day that was promised\n"
	"  sign      late-payment\n"
	"  broken    my/promise after 30 d\n"
	"  yes       mon 09:00 client my/promise=fri; +9d 09:00 now\n"
	"  no        mon 09:00 client my/promise=fri; +1d 09:00 now\n"
	"sequence urgency/nagging\n"
	"  title     Urges again before I could answer\n"
	"  sign      urgency\n"
	"  severity  3\n"
	"  needs     3 of urgency/* within 12 h without reply\n"
	"  yes       09:00 client urgency/now; 10:00 client urgency/now; 11:00 client urgency/now\n"
	"  no        09:00 client urgency/now\n"
	"sequence late-payment/silence\n"
	"  title     Leaves a reminder unanswered\n"
	"  sign      late-payment\n"
	"  severity  3\n"
	"  silence   7 d after me:my/reminder\n"
	"  yes       mon 09:00 me my/reminder; +7d 09:00 now\n"
	"  no        mon 09:00 me my/reminder; tue 09:00 client; +7d 09:00 now\n";

struct world world;

void make_sequences_of(const char *rules)
{
	struct error err = {0};
	free(put_file("more.rules", rules));
	world.book = make_book(config);
	ck_assert_int_eq(readers_new(world.book, 1, &world.readers, &err), 0);
	open_store_again(&world);
}

void make_sequences(void)
{
	world = (struct world){0};
	make_folder();
	make_sequences_of(more_rules);
}

void drop_sequences(void)
{
	drop_world(&world);
}

int64_t at_of(const char *text)
{
	int64_t at_us;
	int offset_min;
	ck_assert(time_parse(str_from(text), &at_us, &offset_min));
	return at_us;
}

uint64_t come(const char *at, const char *words)
{
	static const struct known unknown;
	static uint32_t uid;
	bool mine = !strncmp(words, "me: ", 4);
	struct buf mail = {0};
	struct error err = {0};
	struct reading reading;
	buf_add_format(&mail,
		"From: %s\r\nTo: %s\r\nSubject: Logo\r\nMessage-ID: <%s@mail.example>\r\n\r\n%s\r\n",
		mine ? "anna@studio.example" : "jane@acme.example",
		mine ? "jane@acme.example" : "anna@studio.example", at, words);
	struct raw raw = raw_of(&mail, "studio", ++uid);
	raw.internal_at_us = raw.seen_at_us = at_of(at);
	reading_init(&reading);
	ck_assert_int_eq(
		pipeline_read(world.book, &raw, &unknown, READ_JUDGEMENT, &reading, &err), 0);
	const struct entry entry = {.raw = &raw, .reading = &reading};
	uint64_t seq = 0;
	size_t stored;
	const struct batch batch = {.entries = &entry, .entry_count = 1, .seqs = &seq};
	ck_assert_msg(store_batch(world.store, &batch, &stored, &err) == 0, "%s", err.text);
	reading_finish(&reading);
	buf_finish(&mail);
	return seq;
}

struct sequences_outcome look_with(const char *now, bool forget)
{
	const struct sequences_plan plan = {
		.book = world.book,
		.now_us = at_of(now),
		.read_until_us = at_of(now),
		.forget = forget,
	};
	struct sequences_outcome outcome;
	struct error err = {0};
	ck_assert_msg(store_sequences(world.store, &plan, &outcome, &err) == 0, "%s", err.text);
	return outcome;
}

struct sequences_outcome look(const char *now)
{
	return look_with(now, false);
}

/* Those in force, "urgency/nagging 2026-01-05T11:00:00Z of 09:00 10:00 11:00", with their marks. */
static struct buf in_force(void)
{
	struct arena arena = {0};
	struct indexed_sequence *all;
	struct error err = {0};
	struct buf out = {0};
	size_t count;
	ck_assert_int_eq(
		index_sequences(world.store->index, STR("acme"), &arena, &all, &count, &err), 0);
	for (size_t i = 0; i < count; i++) {
		char at[TIME_TEXT_SIZE];
		time_format(all[i].found.at_us, 0, true, at);
		buf_add_format(&out, "%s%.*s %s of", i ? "; " : "",
			STR_ARG(all[i].found.finding.rule), at);
		for (size_t k = 0; k < all[i].found.member_count; k++) {
			struct indexed_message m;
			ck_assert_int_eq(index_message(world.store->index, all[i].found.members[k],
						 &arena, &m, &err),
				1);
			time_format(m.clocks.at_us[m.clocks.used], 0, true, at);
			buf_add_format(&out, " %.5s", at + 11);
			indexed_message_finish(&m);
		}
		if (all[i].mark)
			buf_add_format(&out, " %s", mark_name(all[i].mark));
	}
	arena_finish(&arena);
	return out;
}

void expect(const char *want)
{
	struct buf got = in_force();
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

void expect_reindexed(void)
{
	struct error err = {0};
	struct buf live = dump_of(world.store);
	ck_assert_msg(store_reindex(world.store, NULL, &err) == 0, "%s", err.text);
	struct buf again = dump_of(world.store);
	ck_assert_str_eq(buf_cstr(&live), buf_cstr(&again));
	buf_finish(&live);
	buf_finish(&again);
}

uint64_t newest_sequence(void)
{
	struct arena arena = {0};
	struct indexed_sequence *all;
	struct error err = {0};
	size_t count;
	ck_assert_int_eq(
		index_sequences(world.store->index, STR("acme"), &arena, &all, &count, &err), 0);
	uint64_t seq = count ? all[count - 1].seq : 0;
	arena_finish(&arena);
	return seq;
}

void mark(uint64_t seq, const char *rule, enum mark as)
{
	struct record record;
	struct error err = {0};
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	record_init(&record);
	record.type = RECORD_MARK;
	record_add(&record, "of", str_from(name));
	record_add(&record, "mark", str_from(mark_name(as)));
	record_add(&record, "rule", str_from(rule));
	ck_assert_msg(
		store_append(world.store, &record, (struct str){0}, &err) == 0, "%s", err.text);
	record_finish(&record);
}

void nag(void)
{
	come("2026-01-05T09:00:00Z", "Do it right now.");
	come("2026-01-05T10:00:00Z", "Right now, I said.");
	come("2026-01-05T11:00:00Z", "Why not right now?");
}
