/* Regexes within bounds of time and memory; the only user of PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"
#include "base/clock.h"
#include "base/limits.h"
#include "rules/ruleset.h"
#include <assert.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The match limit counts per start position, so time is bounded by how many start positions one
   call may try: few at first, more while calls are quick. */
#define CHUNK_FIRST ((size_t)16)
#define CHUNK_QUICK_US 200
#define CHUNK_SLOW_US 1000
/* A match that begins before a slice's end may reach this far into the next. */
#define SLICE_OVERLAP (4 * KIB)
#define JIT_STACK_START (32 * KIB)
/* To make JIT code takes a millisecond, the time of this much text without it. Most rules of many
   never get there. */
#define JIT_WORTH_BYTES (32 * KIB)

struct pattern {
	pcre2_code *code;
	pcre2_match_data *groups; /* of the last match; NULL: no group has a name */
	bool has_groups;          /* they could be found */
	size_t searched_bytes;    /* so far, up to JIT_WORTH_BYTES */
	bool jit_tried;
	bool jit;
};

struct scanner {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	bool jit;
	bool interpret;
	int64_t allowed_us;
	int64_t started_us;    /* wall */
	int64_t cpu_before_us; /* of this thread when the search first seemed slow; -1 not yet */
	char limit[80];
};

static int compile_context(pcre2_compile_context **out)
{
	pcre2_compile_context *c = pcre2_compile_context_create(NULL);
	if (!c)
		return -1;
	pcre2_set_newline(c, PCRE2_NEWLINE_LF);
	pcre2_set_bsr(c, PCRE2_BSR_UNICODE);
	pcre2_set_parens_nest_limit(c, LIMIT_PATTERN_NESTING);
	*out = c;
	return 0;
}

/* a class like {day} is a named group, and each phrase of a rule may have one */
#define COMPILE_OPTIONS                                                                            \
	(PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C |                        \
		PCRE2_USE_OFFSET_LIMIT | PCRE2_DUPNAMES)

int pattern_new(struct str regex, struct pattern **out, size_t *error_at, struct error *err)
{
	uint32_t names = 0;
	pcre2_compile_context *context = NULL;
	struct pattern *p = calloc(1, sizeof(*p));
	int number = 0;
	PCRE2_SIZE at = 0;
	int rc = -1;

	*error_at = 0;
	if (!p || compile_context(&context) < 0) {
		error_memory(err);
		goto out;
	}
	p->code = pcre2_compile(
		(PCRE2_SPTR)regex.ptr, regex.len, COMPILE_OPTIONS, &number, &at, context);
	if (!p->code) {
		char words[160];
		pcre2_get_error_message(number, (PCRE2_UCHAR *)words, sizeof(words));
		*error_at = at < regex.len ? at : regex.len;
		error_set(err, number == PCRE2_ERROR_HEAP_FAILED ? ERROR_MEMORY : ERROR_USAGE, "%s",
			words);
		goto out;
	}
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMECOUNT, &names);
	if (names > 0)
		p->groups = pcre2_match_data_create_from_pattern(p->code, NULL);
	if (names > 0 && !p->groups) {
		error_memory(err);
		goto out;
	}
	*out = p;
	p = NULL;
	rc = 0;
out:
	pcre2_compile_context_free(context);
	pattern_free(p);
	return rc;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_match_data_free(p->groups);
	pcre2_code_free(p->code);
	free(p);
}

bool pattern_group(const struct pattern *p, const char *name, struct range *out)
{
	PCRE2_SPTR first, last;
	int step = p->has_groups
		? pcre2_substring_nametable_scan(p->code, (PCRE2_SPTR)name, &first, &last)
		: -1;
	for (; step > 0 && first <= last; first += step) {
		size_t number = (size_t)first[0] << 8 | first[1];
		const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(p->groups) + 2 * number;
		if (pair[0] == PCRE2_UNSET)
			continue;
		*out = (struct range){pair[0], pair[1]};
		return true;
	}
	return false;
}

bool pattern_may_be_empty(const struct pattern *p)
{
	uint32_t empty = 0;
	pcre2_pattern_info(p->code, PCRE2_INFO_MATCHEMPTY, &empty);
	return empty != 0;
}

struct step_count {
	uint64_t steps, most;
	size_t at;
};

/* An item is tried; since the one before, a repeat may have run over much of the text. */
static int count_step(pcre2_callout_block *block, void *context)
{
	struct step_count *c = context;
	c->steps += 1 + (block->current_position > c->at ? block->current_position - c->at : 0);
	c->at = block->current_position;
	return c->steps >= c->most ? PCRE2_ERROR_CALLOUT : 0;
}

uint64_t pattern_steps(struct str regex, struct str text, uint64_t most)
{
	struct step_count count = {.most = most};
	pcre2_compile_context *compile = NULL;
	pcre2_match_context *match = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	pcre2_code *code = NULL;
	int number, rc = 0;
	PCRE2_SIZE at;
	if (match && data && compile_context(&compile) == 0)
		code = pcre2_compile((PCRE2_SPTR)regex.ptr, regex.len,
			COMPILE_OPTIONS | PCRE2_AUTO_CALLOUT | PCRE2_NO_START_OPTIMIZE, &number,
			&at, compile);
	if (code) {
		pcre2_set_callout(match, count_step, &count);
		pcre2_set_heap_limit(match, LIMIT_MATCH_HEAP_KIB);
		rc = pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, 0,
			PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | PCRE2_NO_JIT, data, match);
	}
	pcre2_code_free(code);
	pcre2_match_data_free(data);
	pcre2_match_context_free(match);
	pcre2_compile_context_free(compile);
	if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_HEAPLIMIT)
		return most;
	if (rc >= 0)
		return 0;
	return count.steps < most ? count.steps : most;
}

int scanner_new(bool jit, struct scanner **out, struct error *err)
{
	struct scanner *s = calloc(1, sizeof(*s));
	if (!s)
		return error_memory(err);
	/* only the whole match is asked for: one pair of offsets will do for every pattern */
	s->data = pcre2_match_data_create(1, NULL);
	s->context = pcre2_match_context_create(NULL);
	if (!s->data || !s->context) {
		scanner_free(s);
		return error_memory(err);
	}
	pcre2_set_heap_limit(s->context, LIMIT_MATCH_HEAP_KIB);
	/* where memory may not be made executable there is no JIT, and things go on without */
	if (jit)
		s->stack = pcre2_jit_stack_create(JIT_STACK_START, LIMIT_MATCH_JIT_STACK, NULL);
	s->jit = s->stack != NULL;
	if (s->jit)
		pcre2_jit_stack_assign(s->context, NULL, s->stack);
	*out = s;
	return 0;
}

void scanner_free(struct scanner *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_jit_stack_free(s->stack);
	free(s);
}

void scanner_interpret(struct scanner *s, bool interpret)
{
	s->interpret = interpret;
}

void scanner_start(struct scanner *s, size_t text_bytes)
{
	int64_t slices = (int64_t)(text_bytes / LIMIT_MATCH_SLICE) + 1;
	s->allowed_us = slices * LIMIT_MATCH_DEADLINE_US;
	s->started_us = clock_monotonic_us();
	s->cpu_before_us = -1;
	s->limit[0] = '\0';
}

const char *scanner_limit(const struct scanner *s)
{
	return s->limit;
}

static int64_t thread_cpu_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

/* Only time spent here counts: on a busy machine the wall clock runs while others work, and the
   same message must not be examined on one day and "not examined" on the next. The thread's own
   clock is a system call, so it is read only for searches that already seem slow. */
static bool deadline_passed(struct scanner *s, int64_t now_us)
{
	int64_t seem_slow_us = LIMIT_MATCH_DEADLINE_US / 5;
	if (now_us - s->started_us < seem_slow_us)
		return false;
	if (s->cpu_before_us < 0) {
		s->cpu_before_us = thread_cpu_us();
		return false;
	}
	return now_us - s->started_us > s->allowed_us &&
		thread_cpu_us() - s->cpu_before_us > s->allowed_us - seem_slow_us;
}

static void set_limit(struct scanner *s, int number)
{
	static const struct {
		int number;
		const char *name;
	} limits[] = {
		{PCRE2_ERROR_MATCHLIMIT, "match limit"},
		{PCRE2_ERROR_DEPTHLIMIT, "depth limit"},
		{PCRE2_ERROR_HEAPLIMIT, "heap limit"},
		{PCRE2_ERROR_JIT_STACKLIMIT, "JIT stack limit"},
	};
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		if (limits[i].number == number) {
			strcpy(s->limit, limits[i].name);
			return;
		}
	}
	pcre2_get_error_message(number, (PCRE2_UCHAR *)s->limit, sizeof(s->limit));
}

static bool is_cold(const struct pattern *p, const struct scanner *s)
{
	return s->jit && !s->interpret && p->searched_bytes < JIT_WORTH_BYTES;
}

static uint32_t match_options(struct pattern *p, struct scanner *s)
{
	bool want_jit = s->jit && !s->interpret && !is_cold(p, s);
	if (want_jit && !p->jit_tried) {
		p->jit_tried = true;
		p->jit = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
	}
	bool jit = want_jit && p->jit;
	pcre2_set_match_limit(s->context,
		jit || s->interpret ? LIMIT_MATCH_STEPS : LIMIT_MATCH_STEPS_INTERPRETED);
	return PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | (jit ? 0 : PCRE2_NO_JIT);
}

static size_t character_start(struct str text, size_t at)
{
	while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* The groups of a match that begins there. JIT code of PCRE2 10.42 does not forget what a
   possessive group captured before an earlier start failed; the interpreter does. */
static void find_groups(
	struct pattern *p, struct scanner *s, struct str text, size_t start, uint32_t options)
{
	pcre2_set_offset_limit(s->context, start);
	pcre2_set_match_limit(s->context, LIMIT_MATCH_STEPS);
	p->has_groups =
		pcre2_match(p->code, (PCRE2_SPTR)text.ptr, text.len, start,
			options | PCRE2_ANCHORED | PCRE2_NO_JIT, p->groups, s->context) >= 0;
}

/* The same within one slice: `text` ends where the slice does. */
static int find_in_slice(struct pattern *p, struct scanner *s, struct str text, size_t from,
	size_t before, uint32_t options, struct range *found)
{
	size_t chunk = CHUNK_FIRST;
	int64_t then_us = clock_monotonic_us();
	while (from < before) {
		size_t last = before - from > chunk ? from + chunk - 1 : before - 1;
		pcre2_set_offset_limit(s->context, last);
		int rc = pcre2_match(p->code, (PCRE2_SPTR)text.ptr, text.len, from, options,
			s->data, s->context);
		if (rc >= 0) {
			const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(s->data);
			*found = (struct range){pair[0], pair[1]};
			if (p->groups)
				find_groups(p, s, text, found->start, options);
			return 1;
		}
		if (rc != PCRE2_ERROR_NOMATCH) {
			set_limit(s, rc);
			return -1;
		}
		int64_t now_us = clock_monotonic_us();
		if (deadline_passed(s, now_us)) {
			snprintf(s->limit, sizeof(s->limit), "%d ms deadline",
				(int)(s->allowed_us / 1000));
			return -1;
		}
		if (now_us - then_us < CHUNK_QUICK_US)
			chunk *= 4;
		else if (now_us - then_us > CHUNK_SLOW_US && chunk > CHUNK_FIRST)
			chunk /= 4;
		then_us = now_us;
		from = character_start(text, last + 1);
	}
	return 0;
}

static int find(struct pattern *p, struct scanner *s, struct str text, size_t from, size_t before,
	struct range *found)
{
	uint32_t options = match_options(p, s);
	while (from < before) {
		size_t end = text.len, stop = before;
		if (text.len - from > LIMIT_MATCH_SLICE) {
			end = character_start(text, from + LIMIT_MATCH_SLICE);
			size_t next = character_start(text, end - SLICE_OVERLAP);
			stop = before < next ? before : next;
		}
		int rc = find_in_slice(p, s, str_slice(text, 0, end), from, stop, options, found);
		if (rc != 0)
			return rc;
		from = stop;
	}
	return 0;
}

int pattern_find(struct pattern *p, struct scanner *s, struct str text, size_t from, size_t before,
	struct range *found)
{
	assert(before <= text.len);
	bool cold = is_cold(p, s);
	int rc = find(p, s, text, from, before, found);
	if (rc < 0 && cold) {
		/* what a rule finds must not depend on what it was tried on before */
		p->searched_bytes = JIT_WORTH_BYTES;
		s->started_us = clock_monotonic_us();
		s->cpu_before_us = -1;
		rc = find(p, s, text, from, before, found);
	} else if (cold) {
		p->searched_bytes += before - (from < before ? from : before);
	}
	return rc;
}

int ruleset_try_jit(struct error *err)
{
	int number = 0;
	uint32_t built = 0;
	PCRE2_SIZE at = 0;
	pcre2_config(PCRE2_CONFIG_JIT, &built);
	if (!built)
		return error_set(err, ERROR_CONFIG, "this PCRE2 was built without it");
	pcre2_jit_stack *stack =
		pcre2_jit_stack_create(JIT_STACK_START, LIMIT_MATCH_JIT_STACK, NULL);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR) "a", 1, COMPILE_OPTIONS, &number, &at, NULL);
	bool made = stack && code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
	pcre2_code_free(code);
	pcre2_jit_stack_free(stack);
	return made ? 0 : error_set(err, ERROR_CONFIG, "no memory may be made executable");
}

void ruleset_engine(char out[RULESET_ENGINE_SIZE])
{
	char version[64] = "";
	if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof(version))
		pcre2_config(PCRE2_CONFIG_VERSION, version);
	/* without its date */
	snprintf(out, RULESET_ENGINE_SIZE, "PCRE2 %.*s", (int)strcspn(version, " "), version);
}
