/* Which address belongs to whom. */
#include "model/client.h"

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

/* The domain has no '@', so the pattern's last one stands right before an equal end. */
static bool fits_one(struct str local, struct str domain, struct str pattern)
{
	size_t plus;
	if (pattern.len <= domain.len)
		return false;
	size_t at = pattern.len - domain.len - 1;
	if (pattern.ptr[at] != '@' ||
		!str_eq_nocase(domain, str_slice(pattern, at + 1, pattern.len)))
		return false;
	struct str wanted = str_slice(pattern, 0, at);
	if (wanted.len == 0)
		return true;
	if (!str_find(wanted, STR("+"), &plus))
		local = without_plus(local);
	return str_eq_nocase(local, wanted);
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
