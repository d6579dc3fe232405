/* Reads class, id, style and the old presentational attributes of one element. */
#include "markup.h"

#include <stdlib.h>
#include <string.h>

/* A mailer's way to say whose words these are. */
struct sign {
	const char
		*name; /* one class or the id; a leading "x_" (added by Exchange) is passed over */
	enum hint hint;
};

static const struct sign mailer_signs[] = {
	{"gmail_quote", HINT_QUOTE_BOX},
	{"gmail_quote_container", HINT_QUOTE_BOX},
	{"gmail_extra", HINT_NONE},
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
	{"applemailsignature", HINT_SIGNATURE},
	{"apple-mail-signature", HINT_SIGNATURE},
	{"protonmail_signature_block", HINT_SIGNATURE},
	{"ms-outlook-mobile-signature", HINT_SIGNATURE},
	{"divrplyfwdmsg", HINT_REST_QUOTED},
	{"outlookmessageheader", HINT_REST_QUOTED},
	{"ms-outlook-mobile-reference-message", HINT_REST_QUOTED},
	{"mail-editor-reference-message-container", HINT_REST_QUOTED},
	{"stopspelling", HINT_REST_QUOTED},
	{"zwchr", HINT_REST_QUOTED},
	{"appendonsend", HINT_REST_QUOTED},
	{"ydp_quoted", HINT_QUOTE_BOX},
};

static const struct {
	const char *name;
	int32_t colour;
} colour_names[] = {
	{"white", 0xffffff},
	{"black", 0x000000},
	{"snow", 0xfffafa},
	{"ivory", 0xfffff0},
	{"whitesmoke", 0xf5f5f5},
	{"red", 0xff0000},
	{"green", 0x008000},
	{"blue", 0x0000ff},
	{"navy", 0x000080},
	{"gray", 0x808080},
	{"grey", 0x808080},
	{"silver", 0xc0c0c0},
	{"yellow", 0xffff00},
};

bool look_hidden(const struct look *l)
{
	if (l->gone || l->invisible || l->tiny)
		return true;
	if (l->colour == COLOUR_UNKNOWN || l->background == COLOUR_UNKNOWN)
		return false;
	for (int shift = 0; shift < 24; shift += 8) {
		int32_t apart = (l->colour >> shift & 0xff) - (l->background >> shift & 0xff);
		if (apart < -8 || apart > 8)
			return false;
	}
	return true;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int32_t hex_colour(struct str digits)
{
	int32_t value = 0;
	size_t each = digits.len == 3 ? 2 : 1;
	if (digits.len != 3 && digits.len != 6)
		return COLOUR_UNKNOWN;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = hex_value(digits.ptr[i]);
		if (digit < 0)
			return COLOUR_UNKNOWN;
		for (size_t twice = 0; twice < each; twice++)
			value = value << 4 | digit;
	}
	return value;
}

/* A number in s from *at on, moved behind it; what a style sheet has: "12", "0.5", ".5", "-99". */
static bool number_read(struct str s, size_t *at, double *out)
{
	char digits[24];
	size_t len = 0, from = *at;
	while (from < s.len && strchr(" ,\t", s.ptr[from]) && s.ptr[from])
		from++;
	while (from < s.len && len + 1 < sizeof(digits) && s.ptr[from] &&
		strchr("0123456789.-", s.ptr[from]))
		digits[len++] = s.ptr[from++];
	digits[len] = '\0';
	char *end;
	*out = strtod(digits, &end);
	*at = from;
	return len > 0 && end != digits;
}

static int32_t rgb_colour(struct str value)
{
	double part;
	int32_t colour = 0;
	size_t at = 0;
	if (!str_find(value, STR("("), &at))
		return COLOUR_UNKNOWN;
	at++;
	for (int i = 0; i < 3; i++) {
		if (!number_read(value, &at, &part) || part < 0 || part > 255)
			return COLOUR_UNKNOWN;
		colour = colour << 8 | (int32_t)part;
	}
	return colour;
}

static int32_t colour_parse(struct str value)
{
	value = str_trim(value);
	if (str_starts(value, STR("#")))
		return hex_colour(str_slice(value, 1, value.len));
	if (str_starts_nocase(value, STR("rgb")))
		return rgb_colour(value);
	for (size_t i = 0; i < sizeof(colour_names) / sizeof(*colour_names); i++)
		if (str_eq_nocase(value, str_from(colour_names[i].name)))
			return colour_names[i].colour;
	return COLOUR_UNKNOWN;
}

/* "#fff url(x) no-repeat": with a picture below it, nobody knows. */
static int32_t background_parse(struct str value)
{
	struct str word;
	if (str_find_nocase(value, STR("url("), &(size_t){0}) ||
		str_find_nocase(value, STR("gradient"), &(size_t){0}))
		return COLOUR_UNKNOWN;
	int32_t whole = colour_parse(value);
	while (whole == COLOUR_UNKNOWN && str_split(&value, ' ', &word))
		whole = colour_parse(word);
	return whole;
}

static bool starts(struct str value, const char *word)
{
	return str_starts_nocase(value, str_from(word));
}

static bool is_tiny(struct str size)
{
	double number;
	size_t at = 0;
	if (!number_read(size, &at, &number))
		return false;
	struct str unit = str_trim(str_slice(size, at, size.len));
	return number <= 0 || (number <= 1 && (starts(unit, "px") || starts(unit, "pt")));
}

static bool is_far_away(struct str value)
{
	double number;
	return number_read(value, &(size_t){0}, &number) && number <= -999;
}

static bool is_zero(struct str value)
{
	double number;
	return number_read(value, &(size_t){0}, &number) && number <= 0;
}

/* What must come together to hide: no height, and nothing flows out. */
struct box {
	bool flat;
	bool clipped;
};

static void declaration(struct str property, struct str value, struct markup *m, struct box *box)
{
	struct look *l = &m->look;
	if (str_eq_nocase(property, STR("display")))
		l->gone = l->gone || starts(value, "none");
	else if (str_eq_nocase(property, STR("visibility")))
		l->invisible = starts(value, "hidden") || starts(value, "collapse");
	else if (str_eq_nocase(property, STR("opacity")))
		l->gone = l->gone || is_zero(value);
	else if (str_eq_nocase(property, STR("mso-hide")))
		l->gone = l->gone || starts(value, "all");
	else if (str_eq_nocase(property, STR("font-size")))
		l->tiny = is_tiny(value);
	else if (str_eq_nocase(property, STR("color"))) {
		l->colour = colour_parse(value);
		l->gone = l->gone || starts(value, "transparent");
	} else if (str_eq_nocase(property, STR("background-color")))
		l->background = starts(value, "transparent") ? l->background : colour_parse(value);
	else if (str_eq_nocase(property, STR("background")))
		l->background = background_parse(value);
	else if (str_eq_nocase(property, STR("background-image")))
		l->background = starts(value, "none") ? l->background : COLOUR_UNKNOWN;
	else if (str_eq_nocase(property, STR("text-indent")) ||
		str_eq_nocase(property, STR("left")) || str_eq_nocase(property, STR("top")))
		l->gone = l->gone || is_far_away(value);
	else if (str_eq_nocase(property, STR("max-height")) ||
		str_eq_nocase(property, STR("height")) || str_eq_nocase(property, STR("max-width")))
		box->flat = box->flat || is_zero(value);
	else if (str_eq_nocase(property, STR("overflow")))
		box->clipped = starts(value, "hidden");
	else if (str_starts_nocase(property, STR("border-top")) ||
		(str_eq_nocase(property, STR("border")) && starts(value, "none none")))
		m->border_top = m->border_top || str_find_nocase(value, STR("solid"), &(size_t){0});
	else if (str_starts_nocase(property, STR("border-left")))
		m->cited = m->cited || str_find_nocase(value, STR("solid"), &(size_t){0});
}

static void style_read(struct str style, struct markup *m)
{
	struct str one;
	struct box box = {0};
	while (str_split(&style, ';', &one)) {
		size_t colon;
		if (str_find(one, STR(":"), &colon))
			declaration(str_trim(str_slice(one, 0, colon)),
				str_trim(str_slice(one, colon + 1, one.len)), m, &box);
	}
	m->look.gone = m->look.gone || (box.flat && box.clipped);
}

static void sign_read(struct str name, struct markup *m)
{
	if (str_starts_nocase(name, STR("x_")))
		name = str_slice(name, 2, name.len);
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

static void attribute(struct str name, struct str value, struct markup *m, bool *cite)
{
	if (str_eq(name, STR("class")) || str_eq(name, STR("id")))
		names_read(value, m);
	else if (str_eq(name, STR("style")))
		style_read(value, m);
	else if (str_eq(name, STR("hidden")))
		m->look.gone = true;
	else if (str_eq(name, STR("color")) || str_eq(name, STR("text")))
		m->look.colour = colour_parse(value);
	else if (str_eq(name, STR("bgcolor")))
		m->look.background = colour_parse(value);
	else if (str_eq(name, STR("background")))
		m->look.background = COLOUR_UNKNOWN;
	else if (str_eq(name, STR("type")) || str_eq(name, STR("cite")))
		*cite = *cite || str_eq(name, STR("cite")) || str_eq_nocase(value, STR("cite"));
	else if (str_eq(name, STR("data-smartmail")))
		names_read(value, m);
	else if (str_eq(name, STR("data-signatureblock")))
		m->hint = HINT_SIGNATURE;
}

void markup_read(const char *name, const char *const *attributes, struct markup *m)
{
	bool cite = false;
	if (strcmp(name, "a") == 0)
		m->look.colour = COLOUR_UNKNOWN; /* blue, or visited, or the reader's own */
	for (; attributes && attributes[0]; attributes += 2)
		attribute(str_from(attributes[0]), str_from(attributes[1]), m, &cite);
	bool quotes = strcmp(name, "blockquote") == 0;
	m->cited = quotes && (m->cited || cite || m->hint == HINT_QUOTE_BOX);
	if (quotes)
		m->hint = m->cited ? HINT_NONE : HINT_INDENT;
}
