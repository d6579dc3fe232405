/* DomainKeys Identified Mail: which domain signed what of a message (RFC 6376, 8301, 8463). */
#ifndef OVERSTEP_DKIM_DKIM_H
#define OVERSTEP_DKIM_DKIM_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/str.h"
#include "model/message.h"

/* RFC 8601 section 2.7.1, and one more: */
enum dkim_result {
	DKIM_PASS,
	DKIM_FAIL,      /* the words or the body are not those that were signed */
	DKIM_POLICY,    /* it fits, but by a key, an algorithm or times that prove nothing */
	DKIM_PERMERROR, /* the signature or the key cannot be understood */
	DKIM_TEMPERROR, /* DNS did not answer: ask again */
	DKIM_NO_KEY,    /* DNS has no key (any more): nothing was checked */
};
const char *dkim_result_name(enum dkim_result r);

/* What DNS said. */
enum dkim_answer_kind { DKIM_ANSWER_TXT, DKIM_ANSWER_NONE, DKIM_ANSWER_TROUBLE };
struct dkim_answer {
	enum dkim_answer_kind kind;
	bool authentic;  /* the AD bit: a resolver of ours has checked DNSSEC */
	struct buf text; /* the strings of the TXT record, joined */
	struct buf raw;  /* the whole answer as it came */
};
void dkim_answer_finish(struct dkim_answer *a);
/* Asks for TXT of name. 0 or -1 (ERROR_MEMORY); trouble is an answer. */
typedef int dkim_lookup(
	void *context, const char *name, struct dkim_answer *out, struct error *err);

/* One DKIM-Signature. Strings in the report's arena; absent where it does not say. */
struct dkim_signature {
	enum dkim_result result;
	struct str why;              /* in words, when it is no pass */
	struct str domain, selector; /* d=, s= */
	struct str algorithm;        /* a= */
	struct str canonicalization; /* "relaxed/simple" */
	struct str identity;         /* i= */
	struct str headers;          /* h= as written, without blanks */
	bool has_limit;              /* l= */
	uint64_t limit, body_bytes;  /* of the canonical body */
	bool has_signed_at, has_expires;
	int64_t signed_at_s, expires_s; /* t=, x= */
	struct str key_name;            /* asked of DNS */
	struct str key_text;            /* the answer; absent: none */
	struct str key_raw;
	bool authentic;
	bool testing;                /* t=y of the key */
	int key_bits;                /* RSA */
	struct str canonical_header; /* the octets that were signed */
	struct str signature;        /* b=, decoded */
	struct sha256 body_sum;      /* of the canonical body, as far as l= */
	struct str not_signed;       /* "subject, a second from, 12 octets of the body" */
};

/* When the mail came and by whose clock, never the sender's: x= and t= are held against it. By
   CLOCK_SEEN it came some time before. */
struct dkim_arrival {
	enum clock_kind clock;
	int64_t at_s;
};

struct dkim_report {
	struct arena arena;
	struct dkim_arrival arrival;
	struct dkim_signature *items;
	size_t count;
	bool too_many; /* more than LIMIT_DKIM_SIGNATURES: the rest was not looked at */
};
void dkim_report_finish(struct dkim_report *r);

/* Looks at every signature of a message as it came (LF alone is read as CRLF). Pure but for the
   lookups. out must be zero. Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int dkim_verify(struct str octets, struct dkim_arrival arrival, dkim_lookup *lookup, void *context,
	struct dkim_report *out, struct error *err);

/* By libc's resolver, twice each nameserver: under a minute with the three that libc takes. For
   dkim_lookup; context is unused. */
int dkim_resolve(void *context, const char *name, struct dkim_answer *out, struct error *err);

/* The report as text, a paragraph a signature, for a record's octets and for people; printable
   ASCII. */
void dkim_report_write(const struct dkim_report *r, struct buf *out);
/* The best of it in one word: pass, fail ...; "none" without a signature. */
const char *dkim_report_word(const struct dkim_report *r);

#endif
