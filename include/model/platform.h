/* Platforms through which freelancers are hired, and who mail for their users. */
#ifndef OVERSTEP_MODEL_PLATFORM_H
#define OVERSTEP_MODEL_PLATFORM_H

#include "model/client.h"

struct platform {
	struct str name;   /* "upwork" */
	struct str domain; /* its mail comes from there, or from a subdomain */
};

/* NULL: none of them. */
const struct platform *platform_of_mail(struct str mail);

/* Is it the platform's domain, or one below it? */
bool platform_has_domain(const struct platform *platform, struct str domain);

/* "upwork: Jane D." -> that platform and "Jane D."; false when it is no such entry. */
bool platform_entry(struct str entry, const struct platform **platform, struct str *name);
/* Is one of the entries for that name there? In any case. */
bool platform_fits(const struct strs *entries, const struct platform *platform, struct str name);
/* Does the name of one of the entries there stand in the text, as words of its own? */
bool platform_named(const struct strs *entries, const struct platform *platform, struct str text);

/* "upwork, fiverr, freelancer": for complaints. */
void platform_list(struct buf *out);

#endif
