/* The platforms, one a row, and who is meant by "upwork: Jane D.". */
#include "model/platform.h"

static const struct platform platforms[] = {
	{STR("upwork"), STR("upwork.com")},
	{STR("fiverr"), STR("fiverr.com")},
	{STR("freelancer"), STR("freelancer.com")},
};
#define PLATFORMS (sizeof(platforms) / sizeof(platforms[0]))

bool platform_has_domain(const struct platform *platform, struct str domain)
{
	struct str own = platform->domain;
	if (domain.len < own.len)
		return false;
	size_t before = domain.len - own.len;
	return str_eq_nocase(str_slice(domain, before, domain.len), own) &&
		(before == 0 || domain.ptr[before - 1] == '.');
}

const struct platform *platform_of_mail(struct str mail)
{
	size_t at;
	if (!str_rfind_char(mail, '@', &at))
		return NULL;
	for (size_t i = 0; i < PLATFORMS; i++)
		if (platform_has_domain(&platforms[i], str_slice(mail, at + 1, mail.len)))
			return &platforms[i];
	return NULL;
}

bool platform_entry(struct str entry, const struct platform **platform, struct str *name)
{
	struct str rest = entry, word;
	if (!str_split(&rest, ':', &word))
		return false;
	for (size_t i = 0; i < PLATFORMS; i++)
		if (str_eq_nocase(str_trim(word), platforms[i].name)) {
			*platform = &platforms[i];
			*name = str_trim(rest);
			return name->len > 0;
		}
	return false;
}

bool platform_fits(const struct strs *entries, const struct platform *platform, struct str name)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct platform *of;
		struct str wanted;
		if (platform_entry(entries->items[i], &of, &wanted) && of == platform &&
			str_eq_nocase(wanted, name))
			return true;
	}
	return false;
}

static bool letter(struct str s, size_t at)
{
	unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : ' ';
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z');
}

static bool has_words(struct str text, struct str wanted)
{
	for (size_t from = 0, found;
		str_find_nocase(str_slice(text, from, text.len), wanted, &found);
		from += found + 1) {
		size_t at = from + found;
		bool begins = at == 0 || !letter(text, at - 1) || !letter(wanted, 0);
		if (begins && !(letter(text, at + wanted.len) && letter(wanted, wanted.len - 1)))
			return true;
	}
	return false;
}

bool platform_named(const struct strs *entries, const struct platform *platform, struct str text)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct platform *of;
		struct str wanted;
		if (platform_entry(entries->items[i], &of, &wanted) && of == platform &&
			has_words(text, wanted))
			return true;
	}
	return false;
}

void platform_list(struct buf *out)
{
	for (size_t i = 0; i < PLATFORMS; i++)
		buf_add_format(out, "%s%.*s", i ? ", " : "", STR_ARG(platforms[i].name));
}
