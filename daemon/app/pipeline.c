/* The one way through the house: octets -> message -> text -> hits -> judgement. */
#include "app/pipeline.h"

#include "app/chat_reading.h"
#include "app/rulebook.h"
#include "config/config.h"
#include "judge/judge.h"
#include "message/message_parse.h"
#include "rules/ruleset.h"
#include "text/text_extract.h"
#include "worktime/worktime.h"
#include <stdlib.h>

static int copy_clients(struct reading *r, const struct known *known)
{
	struct str *ids = arena_array(&r->arena, known->client_count, sizeof(*ids));
	if (!ids)
		return -1;
	for (size_t i = 0; i < known->client_count; i++) {
		ids[i] = arena_str(&r->arena, known->clients[i]);
		if (!ids[i].ptr)
			return -1;
	}
	r->clients = ids;
	r->client_count = known->client_count;
	return 0;
}

/* The clients of an involvement as ids, the primary first. */
static int name_clients(
	struct reading *r, const struct config *config, const struct involvement *in)
{
	struct str *ids = arena_array(&r->arena, config->client_count, sizeof(*ids));
	if (!ids)
		return -1;
	size_t count = 0;
	ids[count++] = arena_str(&r->arena, config->clients[in->client].id);
	for (size_t i = 0; i < config->client_count; i++)
		if (in->members[i] && i != in->client)
			ids[count++] = arena_str(&r->arena, config->clients[i].id);
	for (size_t i = 0; i < count; i++)
		if (!ids[i].ptr)
			return -1;
	r->clients = ids;
	r->client_count = count;
	return 0;
}

/* A client that the configuration names no longer is still the one who wrote its mail. */
static struct str author_of(
	const struct rulebook *book, const struct involvement *in, const struct reading *r)
{
	const struct config *config = book->config;
	if (r->direction == DIRECTION_OUT)
		return (struct str){0};
	if (in->by_client)
		return config->clients[in->client].id;
	bool gone = r->client_count && rulebook_client(book, r->clients[0]) == config->client_count;
	return gone ? r->clients[0] : (struct str){0};
}

/* From the header of a mail, or the names of a chat. */
static int involve(const struct config *config, const struct raw *raw, bool *cut,
	struct involvement *out, struct error *err)
{
	if (chat_reading_is(raw))
		return chat_involve(
			raw, &config->me, config->clients, config->client_count, out, err);
	struct parties parties;
	parties_init(&parties);
	int result = parties_scan(raw->octets, &parties, err);
	if (!result) {
		parties_involve(&parties, &config->me, config->clients, config->client_count, out);
		*cut = parties.cut;
	}
	parties_finish(&parties);
	return result;
}

/* Whose mail is it? Before anything else looks at it. Of a stored one the record has told, and only
   who wrote it is to be found. */
static int find_parties(const struct rulebook *book, const struct raw *raw,
	const struct known *known, struct reading *r, struct error *err)
{
	const struct config *config = book->config;
	struct involvement in = {.members = calloc(config->client_count + 1, sizeof(bool))};
	int result = in.members ? involve(config, raw, &r->cut, &in, err) : error_memory(err);
	if (!result) {
		r->concerns = known->stored || in.any;
		r->direction = known->stored ? known->direction : in.direction;
		if ((known->stored && copy_clients(r, known) < 0) ||
			(!known->stored && in.any && name_clients(r, config, &in) < 0))
			result = error_memory(err);
	}
	if (!result && r->concerns)
		r->author = author_of(book, &in, r);
	free(in.members);
	return result;
}

/* Of a very large mail only the start is looked at: its text is there, attachments come behind it.
   That the rest was not is said. */
static int note_rest(const struct raw *raw, struct facts *facts, struct error *err)
{
	if (raw->state != RAW_WHOLE || raw->size_bytes <= raw->octets.len ||
		facts->examined != EXAMINED_YES)
		return 0;
	facts->examined = EXAMINED_TEXT_CUT;
	facts->not_examined =
		arena_format(&facts->arena, "%llu bytes, only the first %zu were examined",
			(unsigned long long)raw->size_bytes, raw->octets.len);
	return facts->not_examined.ptr ? 0 : error_memory(err);
}

static int read_facts(const struct raw *raw, struct reading *r, struct error *err)
{
	struct message message;
	struct text text;
	message_init(&message);
	text_init(&text);
	int result = message_parse(raw, &message, err);
	if (!result)
		result = text_extract(&message, &text, err);
	if (!result) {
		r->clocks = message.clocks;
		result = facts_from(&message, &text, &r->facts, err);
	}
	if (!result)
		result = note_rest(raw, &r->facts, err);
	text_finish(&text);
	message_finish(&message);
	return result;
}

/* When it was, whoever took it from its export has told, and later its record. */
static int read_chat(
	const struct raw *raw, const struct known *known, struct reading *r, struct error *err)
{
	r->clocks = (struct clocks){.used = CLOCK_SEEN};
	r->clocks.has[CLOCK_SEEN] = true;
	r->clocks.at_us[CLOCK_SEEN] = raw->seen_at_us;
	if (known->clocks)
		r->clocks = *known->clocks;
	return chat_facts(raw, &r->facts, err);
}

/* The moments of an instant in my hours and in the client's. */
static void find_moments(
	const struct rulebook *book, size_t client, int64_t at_us, struct judge_input *in)
{
	const struct worktime *mine = rulebook_hours(book, client);
	in->has_mine = mine != NULL;
	if (mine)
		worktime_at(mine, at_us, &in->mine);
	const struct worktime *theirs =
		book->config && client < book->config->client_count ? book->theirs[client] : NULL;
	in->has_theirs = theirs != NULL;
	if (theirs)
		worktime_at(theirs, at_us, &in->theirs);
}

static struct match_input match_input_of(const struct judge_input *in, struct str lang)
{
	return (struct match_input){
		.text = in->text,
		.direction = in->direction,
		.has_moment = in->has_mine,
		.properties = in->mine.properties,
		.day = in->mine.day,
		.lang = lang,
		.client = in->client,
	};
}

/* Text, people and clocks (in `in`) -> hits -> judgement. */
static int match_and_judge(const struct rulebook *book, size_t client, struct str lang,
	bool near_misses, struct judge_input *in, struct hits *hits, struct judgement *judgement,
	struct error *err)
{
	bool known = book->config && client < book->config->client_count;
	in->client = known ? &book->config->clients[client] : NULL;
	struct match_input match = match_input_of(in, lang);
	match.want_near_misses = near_misses;
	if (!in->third_party && ruleset_match(book->rules, &match, hits, err) < 0)
		return -1;
	in->hits = hits;
	in->consents = ruleset_consents(book->rules, &in->consent_count);
	return judge(in, judgement, err);
}

static int read_judgement(const struct rulebook *book, struct reading *r, struct error *err)
{
	bool incoming = r->direction == DIRECTION_IN;
	size_t client = rulebook_client(book, incoming ? r->author : r->clients[0]);
	struct judge_input in = {
		.text = &r->facts.text,
		.direction = r->direction,
		.automatic = r->facts.automatic.ptr != NULL,
		.third_party = incoming && !r->author.ptr,
		.clocks = r->clocks,
		.examined = r->facts.examined,
		.not_examined = r->facts.not_examined,
	};
	find_moments(book, client, r->clocks.at_us[r->clocks.used], &in);
	struct hits hits;
	hits_init(&hits);
	int result = match_and_judge(
		book, client, (struct str){0}, false, &in, &hits, &r->judgement, err);
	hits_finish(&hits);
	return result;
}

/* From the facts of a message on, with what else the index has of it. */
static int read_again(const struct rulebook *book, const struct raw *raw, const struct known *known,
	struct reading *r, struct error *err)
{
	r->concerns = true;
	r->direction = known->direction;
	r->clocks = *known->clocks;
	r->author = known->author;
	if (copy_clients(r, known) < 0)
		return error_memory(err);
	return facts_read(raw->octets, &r->facts, err) < 0 ? -1 : read_judgement(book, r, err);
}

static int read_all(const struct rulebook *book, const struct raw *raw, const struct known *known,
	enum reading_depth depth, struct reading *r, struct error *err)
{
	if (depth == READ_AGAIN)
		return read_again(book, raw, known, r, err);
	if (find_parties(book, raw, known, r, err) < 0)
		return -1;
	if (!r->concerns || depth == READ_PARTIES)
		return 0;
	if ((chat_reading_is(raw) ? read_chat(raw, known, r, err) : read_facts(raw, r, err)) < 0)
		return -1;
	return depth == READ_FACTS ? 0 : read_judgement(book, r, err);
}

int pipeline_read(const struct rulebook *book, const struct raw *raw, const struct known *known,
	enum reading_depth depth, struct reading *out, struct error *err)
{
	struct reading made;
	reading_init(&made);
	if (read_all(book, raw, known, depth, &made, err) < 0) {
		reading_finish(&made);
		return -1;
	}
	reading_finish(out);
	*out = made;
	return 0;
}

void trial_result_init(struct trial_result *r)
{
	*r = (struct trial_result){0};
	text_init(&r->text);
	hits_init(&r->hits);
	judgement_init(&r->judgement);
}

void trial_result_finish(struct trial_result *r)
{
	text_finish(&r->text);
	hits_finish(&r->hits);
	judgement_finish(&r->judgement);
	trial_result_init(r);
}

/* A mail from hand: what it says, and what it says of itself. */
static int try_mail(const struct trial *trial, struct trial_result *out, struct judge_input *in,
	struct error *err)
{
	const struct raw raw = {
		.octets = trial->octets, .size_bytes = trial->octets.len, .state = RAW_WHOLE};
	struct message message;
	message_init(&message);
	int result = message_parse(&raw, &message, err);
	if (!result)
		result = text_extract(&message, &out->text, err);
	if (!result) {
		out->clocks = message.clocks;
		/* seen is when a source met it: nobody did */
		out->clocks.has[CLOCK_SEEN] = false;
		if (message.automatic.ptr)
			out->automatic = arena_str(&out->text.arena, message.automatic);
		if (message.automatic.ptr && !out->automatic.ptr)
			result = error_memory(err);
		in->automatic = message.automatic.ptr != NULL;
		in->examined = message.examined;
		if (message.examined != EXAMINED_YES) {
			in->not_examined =
				arena_str(&out->text.arena, str_from(message.not_examined));
			if (!in->not_examined.ptr)
				result = error_memory(err);
		} else if (out->text.not_read.ptr) {
			in->examined = EXAMINED_STRUCTURE;
			in->not_examined = out->text.not_read;
		}
	}
	message_finish(&message);
	return result;
}

/* Without rules of its language nothing could be found, and that would look like innocence. */
static int note_language(const struct rulebook *book, struct str lang, struct trial_result *out,
	struct judge_input *in, struct error *err)
{
	for (size_t i = 0; lang.ptr && i < ruleset_count(book->rules); i++)
		if (str_eq(ruleset_rule(book->rules, i)->lang, lang))
			return 0;
	if (!lang.ptr || in->examined != EXAMINED_YES)
		return 0;
	in->examined = EXAMINED_NO_RULES;
	in->not_examined = arena_format(
		&out->text.arena, "no rules of the language '%.*s' are loaded", STR_ARG(lang));
	return in->not_examined.ptr ? 0 : error_memory(err);
}

/* Whose words are they? As stated, else as the header of a mail says. */
static int try_parties(const struct rulebook *book, const struct trial *trial, size_t *client,
	struct judge_input *in, struct error *err)
{
	*client = trial->client;
	in->direction = trial->direction;
	if (!trial->find_parties || trial->kind != TRIAL_MAIL || !book->config)
		return 0;
	struct reading r;
	reading_init(&r);
	const struct known unknown = {0};
	const struct raw raw = {.octets = trial->octets};
	int result = find_parties(book, &raw, &unknown, &r, err);
	if (!result && r.concerns) {
		in->direction = r.direction;
		in->third_party = r.direction == DIRECTION_IN && !r.author.ptr;
		*client = rulebook_client(book, r.clients[0]);
	}
	reading_finish(&r);
	return result;
}

static int try_text(const struct trial *trial, struct trial_result *out, struct judge_input *in,
	struct error *err)
{
	switch (trial->kind) {
	case TRIAL_MAIL:
		return try_mail(trial, out, in, err);
	case TRIAL_BODY:
		return text_tag_plain(trial->octets, false, false, &out->text, err);
	case TRIAL_WORDS:
		break;
	}
	return text_plain(&out->text, trial->octets) < 0 ? error_memory(err) : 0;
}

int pipeline_try(const struct rulebook *book, const struct trial *trial, struct trial_result *out,
	struct error *err)
{
	struct judge_input in = {.text = &out->text};
	size_t client;
	if (try_parties(book, trial, &client, &in, err) < 0 || try_text(trial, out, &in, err) < 0)
		return -1;
	if (note_language(book, trial->lang, out, &in, err) < 0)
		return -1;
	out->direction = in.direction;
	out->third_party = in.third_party;
	if (book->config && client < book->config->client_count)
		out->client = book->config->clients[client].id;
	if (trial->has_at) {
		out->clocks = (struct clocks){.used = CLOCK_RECEIVED, .agreed = true};
		out->clocks.has[CLOCK_RECEIVED] = true;
		out->clocks.at_us[CLOCK_RECEIVED] = trial->at_us;
	}
	in.clocks = out->clocks;
	if (out->clocks.has[out->clocks.used])
		find_moments(book, client, out->clocks.at_us[out->clocks.used], &in);
	if (match_and_judge(book, client, trial->lang, trial->near_misses, &in, &out->hits,
		    &out->judgement, err) < 0)
		return -1;
	if (!trial->rule.ptr)
		return 0;
	const struct match_input match = match_input_of(&in, trial->lang);
	return ruleset_explain(book->rules, &match, trial->rule, &out->hits.arena,
		       &out->explanation, err) < 0
		? -1
		: 0;
}
