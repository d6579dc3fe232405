/* What a sequence found, as `overstep show` prints it: why, and the messages that it is made of. */
#include "app/store.h"
#include "message_output.h"
#include "show.h"

static void write_members(const struct indexed_sequence *s, struct json_writer *w)
{
	char id[EVIDENCE_NAME_SIZE];
	json_array(w, "members");
	for (size_t i = 0; i < s->found.member_count; i++) {
		evidence_name(s->found.members[i], id);
		json_cstr(w, NULL, id);
	}
	json_array_end(w);
}

static int write_json(struct invocation *in, const struct indexed_sequence *s, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], by[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	const struct indexed_finding finding = {s->found.finding, s->mark, s->note};
	struct json_line line;
	struct json_writer *w = json_item(&line);
	evidence_name(s->seq, id);
	evidence_name(s->withdrawn, by);
	format_time(in, s->found.at_us, at);
	json_cstr(w, "id", id);
	json_str(w, "client", s->client);
	json_cstr(w, "at", at);
	json_bool(w, "absence", s->found.absence);
	write_members(s, w);
	findings_write_json(w, &finding, 1);
	json_cstr(w, "withdrawn", s->withdrawn ? by : NULL);
	return json_item_end(in, &line, err);
}

static int print_member(struct invocation *in, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(seq, id);
	int result = index_message(in->store->index, seq, &arena, &m, err);
	if (result > 0) {
		format_time(in, m.clocks.at_us[m.clocks.used], at);
		print(in, "  %s  %s  %s  ", at, id,
			m.direction == DIRECTION_OUT ? "from me" : "to me  ");
		print_visible(in, m.facts.subject, false);
		print(in, "\n");
		indexed_message_finish(&m);
	} else if (!result) {
		print(in, "  %s is here no longer\n", id);
	}
	arena_finish(&arena);
	return result < 0 ? -1 : 0;
}

/* Why it stands no longer; of what took its place that is another finding. */
static int print_end(struct invocation *in, const struct indexed_sequence *s, struct error *err)
{
	struct arena arena = {0};
	struct indexed_sequence successor;
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(s->withdrawn, id);
	int result = index_sequence(in->store->index, s->withdrawn, &arena, &successor, err);
	if (result > 0)
		print(in, "\nreplaced by %s: a message came or was marked since\n", id);
	else if (!result)
		print(in, "\nwithdrawn by %s: what is known by now no longer shows it\n", id);
	arena_finish(&arena);
	return result < 0 ? -1 : 0;
}

static int print_sequence(
	struct invocation *in, const struct indexed_sequence *s, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], rules[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	const struct indexed_finding finding = {s->found.finding, s->mark, s->note};
	int result = 0;
	evidence_name(s->seq, id);
	evidence_name(s->rules_seq, rules);
	format_time(in, s->found.at_us, at);
	print_colored(in, COLOR_BOLD, "%s", id);
	print(in, "  %.*s, found over time\n", STR_ARG(s->client));
	print(in, "dated     %s, %s\n", at,
		s->found.absence ? "when the time was up" : "as its last message");
	print(in, "judged    by the rules of %s\n\n", rules);
	print_finding(in, &finding, true);
	print(in, "\n");
	for (size_t i = 0; i < s->found.member_count && !result; i++)
		result = print_member(in, s->found.members[i], err);
	return !result && s->withdrawn ? print_end(in, s, err) : result;
}

int sequence_show(struct invocation *in, const struct indexed_sequence *s, struct error *err)
{
	return in->json ? write_json(in, s, err) : print_sequence(in, s, err);
}
