/* What a style sheet in an attribute does to the look of text: colours, and ways to hide it. */
#include "style.h"

#include <stdlib.h>
#include <string.h>

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

int32_t colour_parse(struct str value)
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

static void set_display(struct style *s, struct str value)
{
	s->look.gone = s->look.gone || starts(value, "none");
}

static void set_visibility(struct style *s, struct str value)
{
	s->look.invisible = starts(value, "hidden") || starts(value, "collapse");
}

static void set_opacity(struct style *s, struct str value)
{
	s->look.gone = s->look.gone || is_zero(value);
}

static void set_office_hide(struct style *s, struct str value)
{
	s->look.gone = s->look.gone || starts(value, "all");
}

static void set_font_size(struct style *s, struct str value)
{
	s->look.tiny = is_tiny(value);
}

static void set_colour(struct style *s, struct str value)
{
	s->look.colour = colour_parse(value);
	s->look.gone = s->look.gone || starts(value, "transparent");
}

static void set_background(struct style *s, struct str value)
{
	if (!starts(value, "transparent") && !starts(value, "none"))
		s->look.background = background_parse(value);
}

static void set_place(struct style *s, struct str value)
{
	s->look.gone = s->look.gone || is_far_away(value);
}

static void set_extent(struct style *s, struct str value)
{
	s->flat = s->flat || is_zero(value);
}

static void set_overflow(struct style *s, struct str value)
{
	s->clipped = starts(value, "hidden");
}

static void set_border_top(struct style *s, struct str value)
{
	s->border_top = s->border_top || str_find_nocase(value, STR("solid"), &(size_t){0});
}

static void set_border_left(struct style *s, struct str value)
{
	s->border_left = s->border_left || str_find_nocase(value, STR("solid"), &(size_t){0});
}

static const struct {
	const char *name;
	void (*set)(struct style *s, struct str value);
} properties[] = {
	{"display", set_display},
	{"visibility", set_visibility},
	{"opacity", set_opacity},
	{"mso-hide", set_office_hide},
	{"font-size", set_font_size},
	{"color", set_colour},
	{"background", set_background},
	{"background-color", set_background},
	{"background-image", set_background},
	{"text-indent", set_place},
	{"left", set_place},
	{"top", set_place},
	{"height", set_extent},
	{"max-height", set_extent},
	{"max-width", set_extent},
	{"overflow", set_overflow},
	{"border-top", set_border_top},
	{"border-top-style", set_border_top},
	{"border-left", set_border_left},
	{"border-left-style", set_border_left},
};

static void declaration(struct str property, struct str value, struct style *s)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
		if (str_eq_nocase(property, str_from(properties[i].name)))
			properties[i].set(s, value);
}

void style_read(struct str text, struct style *s)
{
	struct str one;
	s->flat = s->clipped = false;
	while (str_split(&text, ';', &one)) {
		size_t colon;
		if (str_find(one, STR(":"), &colon))
			declaration(str_trim(str_slice(one, 0, colon)),
				str_trim(str_slice(one, colon + 1, one.len)), s);
	}
	s->look.gone = s->look.gone || (s->flat && s->clipped);
}
