/* Who may have a page: the browser that came with the token, and only from here. */
#include "guard.h"

#include "base/crypto.h"

static int make_secret(char out[SECRET_SIZE], struct error *err)
{
	unsigned char octets[(SECRET_SIZE - 1) / 2];
	if (random_octets(octets, sizeof(octets), err) < 0)
		return -1;
	hex_encode(octets, sizeof(octets), out);
	wipe(octets, sizeof(octets));
	return 0;
}

int guard_init(struct guard *g, unsigned port, struct error *err)
{
	*g = (struct guard){.port = port};
	return make_secret(g->token, err) < 0 || make_secret(g->cookie, err) < 0 ? -1 : 0;
}

void guard_finish(struct guard *g)
{
	wipe(g, sizeof(*g));
}

/* Takes as long for a near miss as for a far one. */
static bool is_secret(struct str said, const char secret[SECRET_SIZE])
{
	unsigned differs = 0;
	if (said.len != SECRET_SIZE - 1)
		return false;
	for (size_t i = 0; i < SECRET_SIZE - 1; i++)
		differs |= (unsigned)(said.ptr[i] ^ secret[i]);
	return !differs;
}

/* A page elsewhere whose name leads to this machine sends its own name. */
static bool is_our_name(const struct guard *g, struct str host)
{
	static const char *const names[] = {"127.0.0.1", "localhost"};
	struct buf name = {0};
	bool ours = false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_clear(&name);
		buf_add_format(&name, "%s:%u", names[i], g->port);
		ours |= !name.failed && str_eq_nocase(host, buf_str(&name));
	}
	buf_finish(&name);
	return ours;
}

unsigned guard_ask(struct guard *g, const struct guard_question *q)
{
	bool reads = str_eq(q->method, STR("GET"));
	if (q->hosts != 1)
		return 400;
	if (!is_our_name(g, q->host))
		return 421;
	if (!reads && !str_eq(q->method, STR("HEAD")))
		return 405;
	if (q->has_body)
		return 400;
	/* what another port's page asks has our cookie: cookies know no ports */
	if (q->site.ptr && !str_eq(q->site, STR("none")) && !str_eq(q->site, STR("same-origin")))
		return 403;
	struct str token = serve_field(q->request, "token");
	if (is_secret(q->cookie, g->cookie))
		return token.ptr ? 303 : 200;
	/* looking ahead spends nothing */
	if (!reads || g->spent || !is_secret(token, g->token))
		return 403;
	g->spent = true;
	return 303;
}
