/* Reads class, id, style and the old presentational attributes of one element. */
#include "markup.h"

#include <string.h>

/* A mailer's way to say whose words these are. */
struct sign {
	const char *name; /* one class or the id */
	enum hint hint;
};

static const struct sign mailer_signs[] = {
	{"gmail_quote", HINT_QUOTE_BOX},
	{"gmail_quote_container", HINT_QUOTE_BOX},
	{"gmail_attr", HINT_ATTRIBUTION},
	{"gmail_signature", HINT_SIGNATURE},
	{"yahoo_quoted", HINT_QUOTE_BOX},
	{"yahoo-quoted-begin", HINT_QUOTE_BOX},
	{"protonmail_quote", HINT_QUOTE_BOX},
	{"tutanota_quote", HINT_QUOTE_BOX},
	{"zmail_extra", HINT_QUOTE_BOX},
	{"moz-cite-prefix", HINT_ATTRIBUTION},
	{"moz-email-headers-table", HINT_ATTRIBUTION},
	{"moz-forward-container", HINT_FORWARDED},
	{"moz-signature", HINT_SIGNATURE},
	{"apple-mail-signature", HINT_SIGNATURE},
	{"protonmail_signature_block", HINT_SIGNATURE},
	{"divrplyfwdmsg", HINT_REST_QUOTED},
	{"outlookmessageheader", HINT_REST_QUOTED},
	{"ms-outlook-mobile-reference-message", HINT_REST_QUOTED},
	{"mail-editor-reference-message-container", HINT_REST_QUOTED},
	{"stopspelling", HINT_REST_QUOTED},
	{"zwchr", HINT_REST_QUOTED},
	{"appendonsend", HINT_REST_QUOTED},
	{"spark_quote", HINT_QUOTE_BOX},
	{"missive_quote", HINT_QUOTE_BOX},
};

/* Exchange puts "x_" before a name for each message that it was quoted in; Yahoo "ydp" and some hex
   digits. */
static struct str without_prefixes(struct str name)
{
	while (str_starts_nocase(name, STR("x_")))
		name = str_slice(name, 2, name.len);
	if (!str_starts_nocase(name, STR("ydp")))
		return name;
	size_t at = 3;
	while (at < name.len && memchr("0123456789abcdef", name.ptr[at], 16))
		at++;
	return str_slice(name, at, name.len);
}

static void sign_read(struct str name, struct markup *m)
{
	name = without_prefixes(name);
	for (size_t i = 0; i < sizeof(mailer_signs) / sizeof(*mailer_signs); i++)
		if (str_eq_nocase(name, str_from(mailer_signs[i].name)))
			m->hint = mailer_signs[i].hint;
}

static void names_read(struct str names, struct markup *m)
{
	struct str one;
	while (str_split(&names, ' ', &one))
		sign_read(str_trim(one), m);
}

static void set_hidden(struct str value, struct markup *m)
{
	(void)value;
	m->style.look.gone = true;
}

static void set_style(struct str value, struct markup *m)
{
	style_read(value, &m->style);
}

static void set_colour(struct str value, struct markup *m)
{
	m->style.look.colour = colour_parse(value);
}

static void set_ground(struct str value, struct markup *m)
{
	m->style.look.background = colour_parse(value);
}

static void set_picture(struct str value, struct markup *m)
{
	(void)value;
	m->style.look.background = COLOUR_UNKNOWN;
}

static void set_type(struct str value, struct markup *m)
{
	m->cited = m->cited || str_eq_nocase(value, STR("cite"));
}

static void set_cite(struct str value, struct markup *m)
{
	(void)value;
	m->cited = true;
}

static void set_signature(struct str value, struct markup *m)
{
	(void)value;
	m->hint = HINT_SIGNATURE;
}

static const struct {
	const char *name;
	void (*set)(struct str value, struct markup *m);
} attribute_forms[] = {
	{"class", names_read},
	{"id", names_read},
	{"data-smartmail", names_read},
	{"data-signatureblock", set_signature},
	{"style", set_style},
	{"hidden", set_hidden},
	{"color", set_colour},
	{"text", set_colour},
	{"bgcolor", set_ground},
	{"background", set_picture},
	{"type", set_type},
	{"cite", set_cite},
};

void markup_read(const char *name, const char *const *attributes, struct markup *m)
{
	if (strcmp(name, "a") == 0)
		m->style.look.colour = COLOUR_UNKNOWN; /* blue, or the reader's own */
	for (; attributes && attributes[0]; attributes += 2)
		for (size_t i = 0; i < sizeof(attribute_forms) / sizeof(*attribute_forms); i++)
			if (strcmp(attributes[0], attribute_forms[i].name) == 0)
				attribute_forms[i].set(str_from(attributes[1]), m);
	bool quotes = strcmp(name, "blockquote") == 0;
	m->cited = quotes && (m->cited || m->style.border_left || m->hint == HINT_QUOTE_BOX);
	if (quotes)
		m->hint = m->cited ? HINT_NONE : HINT_INDENT;
}
