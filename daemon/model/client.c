/* Which address belongs to whom. */
#include "model/client.h"

#include "base/utf8.h"

const char *direction_name(enum direction d)
{
	return d == DIRECTION_IN ? "in" : "out";
}

/* "jane+news" is "jane"; a '+' in front is a name of its own. */
static struct str without_plus(struct str local)
{
	size_t plus;
	return str_find(local, STR("+"), &plus) && plus > 0 ? str_slice(local, 0, plus) : local;
}

/* Providers of whom one mailbox has several addresses, as they say themselves. */
static const struct provider {
	struct str domains[3];
	bool dots; /* mean nothing in its names */
} providers[] = {
	{{STR("gmail.com"), STR("googlemail.com")}, true},
	{{STR("icloud.com"), STR("me.com"), STR("mac.com")}, false},
	{{STR("proton.me"), STR("protonmail.com"), STR("pm.me")}, false},
};

/* NULL: none of those. */
static const struct provider *provider_of(struct str domain)
{
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++)
		for (size_t d = 0; d < 3 && providers[i].domains[d].ptr; d++)
			if (str_eq_nocase(domain, providers[i].domains[d]))
				return &providers[i];
	return NULL;
}

static struct str without_dot(struct str s)
{
	while (str_starts(s, STR(".")))
		s = str_slice(s, 1, s.len);
	return s;
}

static bool same_without_dots(struct str a, struct str b)
{
	for (;;) {
		a = without_dot(a);
		b = without_dot(b);
		if (a.len == 0 || b.len == 0)
			return a.len == b.len;
		if (!str_eq_nocase(str_slice(a, 0, 1), str_slice(b, 0, 1)))
			return false;
		a = str_slice(a, 1, a.len);
		b = str_slice(b, 1, b.len);
	}
}

static bool fits_one(struct str local, struct str domain, struct str pattern)
{
	size_t plus, at;
	/* whole domains are the many: nearly all are told at a glance, by their length */
	if (pattern.len && pattern.ptr[0] == '@')
		return pattern.len - 1 == domain.len &&
			str_eq_nocase(domain, str_slice(pattern, 1, pattern.len));
	if (!str_rfind_char(pattern, '@', &at))
		return false;
	struct str wanted = str_slice(pattern, 0, at);
	struct str wanted_domain = str_slice(pattern, at + 1, pattern.len);
	bool same_domain = str_eq_nocase(domain, wanted_domain);
	const struct provider *provider = provider_of(wanted_domain);
	if (!same_domain && (!provider || provider_of(domain) != provider))
		return false;
	if (!str_find(wanted, STR("+"), &plus))
		local = without_plus(local);
	return provider && provider->dots ? same_without_dots(local, wanted)
					  : str_eq_nocase(local, wanted);
}

bool address_fits(struct str address, const struct strs *patterns)
{
	size_t at;
	/* The last one: a quoted local part may hold others. */
	if (!str_rfind_char(address, '@', &at) || at == 0 || at + 1 == address.len)
		return false;
	struct str local = str_slice(address, 0, at);
	struct str domain = str_slice(address, at + 1, address.len);
	for (size_t i = 0; i < patterns->count; i++)
		if (fits_one(local, domain, patterns->items[i]))
			return true;
	return false;
}

bool address_named(struct str octets, const struct strs *patterns)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (str_find_nocase(octets, patterns->items[i], &(size_t){0}))
			return true;
	return false;
}

/* The digits of a telephone number; 0: it is none. */
static size_t telephone_digits(struct str s, char *out, size_t room)
{
	size_t count = 0;
	for (size_t at = 0; at < s.len;) {
		int32_t c = utf8_next(s, &at);
		bool digit = c >= '0' && c <= '9';
		bool between = c == '+' || c == '-' || c == '(' || c == ')' || c == '.' ||
			c == 0x2011 || utf8_is_space(c) || utf8_is_control(c);
		if ((!digit && !between) || (digit && count == room))
			return 0;
		if (digit)
			out[count++] = (char)c;
	}
	return count >= 6 ? count : 0;
}

void person_plain(struct str name, struct buf *out)
{
	for (size_t at = 0; at < name.len;) {
		char octets[4];
		int32_t c = utf8_next(name, &at);
		if (!utf8_is_control(c))
			buf_add(out, octets, utf8_encode(c, octets));
		else if (utf8_is_space(c))
			buf_add_char(out, ' ');
	}
}

/* Hardly any has: an export's every line is compared, and needs no copy of its name. */
static bool has_control(struct str name)
{
	for (size_t at = 0; at < name.len;) {
		bool letter = (unsigned char)name.ptr[at] - 0x20U < 0x7f - 0x20U;
		if (letter)
			at++;
		else if (utf8_is_control(utf8_next(name, &at)))
			return true;
	}
	return false;
}

/* Made equal for comparing: folded, without "~" in front. 0 or -1. */
static int fold_name(struct str name, struct folded *folded, struct str *out)
{
	struct buf plain = {0};
	if (has_control(name)) {
		person_plain(name, &plain);
		name = buf_str(&plain);
	}
	name = str_trim(name);
	if (str_starts(name, STR("~")))
		name = str_slice(name, 1, name.len);
	int result = plain.failed ? -1 : utf8_fold(name, true, folded);
	buf_finish(&plain);
	*out = str_trim(buf_str(&folded->text));
	return result;
}

static bool same_name(struct str a, struct str b)
{
	char digits[2][32];
	size_t count = telephone_digits(a, digits[0], sizeof(digits[0]));
	if (count && count == telephone_digits(b, digits[1], sizeof(digits[1])))
		return str_eq((struct str){digits[0], count}, (struct str){digits[1], count});
	struct folded folded[2] = {0};
	struct str x, y;
	bool same = fold_name(a, &folded[0], &x) == 0 && fold_name(b, &folded[1], &y) == 0 &&
		x.len && str_eq(x, y);
	folded_finish(&folded[0]);
	folded_finish(&folded[1]);
	return same;
}

bool person_fits(struct str name, const struct strs *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (same_name(name, names->items[i]))
			return true;
	return false;
}
