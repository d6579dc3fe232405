/* Keys asked of libc's resolver, which asks those of /etc/resolv.conf. */
#include "base/limits.h"
#include "dkim/dkim.h"
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

/* The strings of one TXT record, joined (RFC 6376 section 3.6.2.2). */
static void add_strings(struct buf *out, const unsigned char *data, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t piece = data[at++];
		if (piece > len - at)
			piece = len - at;
		buf_add(out, data + at, piece);
		at += piece;
	}
}

/* The first TXT record of the answer: RFC 6376 leaves open what several mean. */
static void read_answer(const unsigned char *octets, int len, struct dkim_answer *out)
{
	ns_msg message;
	out->kind = DKIM_ANSWER_TROUBLE;
	if (ns_initparse(octets, len, &message) < 0)
		return;
	out->authentic = ns_msg_getflag(message, ns_f_ad);
	out->kind = DKIM_ANSWER_NONE;
	for (int i = 0; i < ns_msg_count(message, ns_s_an); i++) {
		ns_rr record;
		if (ns_parserr(&message, ns_s_an, i, &record) < 0) {
			out->kind = DKIM_ANSWER_TROUBLE;
			return;
		}
		if (ns_rr_type(record) != ns_t_txt)
			continue;
		add_strings(&out->text, ns_rr_rdata(record), ns_rr_rdlen(record));
		out->kind = DKIM_ANSWER_TXT;
		return;
	}
}

int dkim_resolve(void *context, const char *name, struct dkim_answer *out, struct error *err)
{
	(void)context;
	static const size_t size = 64 * KIB; /* of a DNS message over TCP */
	struct __res_state state = {0};
	if (res_ninit(&state) < 0)
		return error_set(err, ERROR_SYSTEM, "the resolver cannot start");
	state.options |= RES_USE_EDNS0 | RES_TRUSTAD;
	state.retrans = LIMIT_DKIM_DNS_SECONDS / 2;
	state.retry = 2;
	unsigned char *room = (unsigned char *)buf_reserve(&out->raw, size);
	int len = room ? res_nquery(&state, name, ns_c_in, ns_t_txt, room, (int)size) : -1;
	out->kind = state.res_h_errno == HOST_NOT_FOUND || state.res_h_errno == NO_DATA
		? DKIM_ANSWER_NONE
		: DKIM_ANSWER_TROUBLE;
	if (len > 0) {
		out->raw.len = (size_t)len < size ? (size_t)len : size;
		read_answer(room, (int)out->raw.len, out);
	}
	res_nclose(&state);
	return room && !out->raw.failed && !out->text.failed ? 0 : error_memory(err);
}
