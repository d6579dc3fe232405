/* Why a query may have found nothing: names that nobody and nothing has. */
#include "find.h"
#include "which_client.h"
#include <string.h>

static bool is_glob(struct str value)
{
	return memchr(value.ptr, '*', value.len);
}

static void hint_at_client(struct invocation *in, struct str value)
{
	struct arena arena = {0};
	struct error why = {0};
	struct str id;
	if (client_named(in, value, &arena, &id, &why) < 0)
		fprintf(stderr, "%s\n", why.text);
	else if (!str_eq(id, value))
		fprintf(stderr, "no client '%.*s' (did you mean '%.*s'?)\n", STR_ARG(value),
			STR_ARG(id));
	arena_finish(&arena);
}

/* "urgency" is the beginning of names such as "urgency/now". */
static void hint_at_rule(struct invocation *in, struct str value)
{
	(void)in;
	if (!memchr(value.ptr, '/', value.len))
		fprintf(stderr, "no finding of a rule '%.*s' (did you mean 'rule:%.*s/*'?)\n",
			STR_ARG(value), STR_ARG(value));
}

void hint_at_nothing(struct invocation *in, struct str query)
{
	static const struct {
		const char *field;
		void (*hint)(struct invocation *in, struct str value);
	} rows[] = {{"client", hint_at_client}, {"rule", hint_at_rule}};
	struct str field, value;
	while (query_next_term(&query, &field, &value))
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (str_eq_nocase(field, str_from(rows[i].field)) && value.len &&
				!is_glob(value))
				rows[i].hint(in, value);
}

void hint_at_arguments(struct invocation *in)
{
	struct buf text = {0};
	find_text(in, 0, &text);
	hint_at_nothing(in, buf_str(&text));
	buf_finish(&text);
}
