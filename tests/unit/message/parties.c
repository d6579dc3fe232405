/* Whose mail is it? */
#include "base/limits.h"
#include "message/message_parse.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

static struct str my_addresses[] = {STR("anna@studio.example"), STR("anna@old.example")};
static struct str acme_addresses[] = {STR("@acme.example"), STR("jane@home.example")};
static struct str beta_addresses[] = {STR("bo@beta.example")};
static struct str beta_platform[] = {
	STR("upwork: Bo B."), STR("fiverr: bobo"), STR("freelancer: Bo")};

static const struct me me = {.addresses = {my_addresses, 2}};
static const struct client clients[] = {
	{.id = STR("acme"), .addresses = {acme_addresses, 2}},
	{.id = STR("beta"), .addresses = {beta_addresses, 1}, .platform = {beta_platform, 3}},
};

static const struct row {
	const char *name;
	const char *octets;
	const char *want; /* "in acme (acme beta)", "none" */
} rows[] = {
	{"a client writes to me", "From: Jane <jane@acme.example>\nTo: anna@studio.example\n",
		"in acme (acme)"},
	{"I write to a client", "From: anna@studio.example\nTo: x@acme.example\n",
		"out acme (acme)"},
	{"a stranger", "From: x@other.example\nTo: anna@studio.example\n", "none"},
	{"a domain is not its subdomains", "From: x@sub.acme.example\n", "none"},
	{"nor what merely ends so", "From: x@notacme.example\n", "none"},
	{"any case", "FROM: JANE@ACME.EXAMPLE\n", "in acme (acme)"},
	{"a plus part", "From: bo+work@beta.example\n", "in beta (beta)"},
	{"my own plus part", "From: anna+inv@studio.example\nTo: bo@beta.example\n",
		"out beta (beta)"},
	{"two clients: the sender's is first", "From: bo@beta.example\nCc: jane@acme.example\n",
		"in beta (acme beta)"},
	{"two clients, from me: the first configured",
		"From: anna@studio.example\n"
		"To: bo@beta.example, x@acme.example\n",
		"out acme (acme beta)"},
	{"a stranger who copies a client", "From: x@other.example\nCc: bo@beta.example\n",
		"in beta (beta)"},
	{"a list that rewrites From",
		"From: Jane via Team <team@lists.example>\n"
		"Reply-To: Jane <jane@acme.example>\nList-Id: <team.lists.example>\n",
		"in acme (acme)"},
	{"my own words through a list",
		"From: Anna via Team <team@lists.example>\n"
		"X-Original-From: Anna <anna@studio.example>\nTo: jane@acme.example\n",
		"out acme (acme)"},
	{"a list of Google's",
		"From: 'Bo' via Team <team@lists.example>\nX-Original-Sender: bo@beta.example\n"
		"Reply-To: team@lists.example\n",
		"in beta (beta)"},
	{"a list of Mailman's that answers go to",
		"From: Bo B via Team <team@lists.example>\nReply-To: team@lists.example\n"
		"Cc: Jane <jane@acme.example>, Bo B <bo@beta.example>\n",
		"in beta (acme beta)"},
	{"a list of Groups.io", "From: Bo via groups.io <bo=beta.example@groups.example>\n",
		"in beta (beta)"},
	{"a name in Cc is nobody's word without a list",
		"From: Bo B <team@lists.example>\nCc: Jane <jane@acme.example>\n",
		"in acme (acme)"},
	{"who sent it to a list that rewrites nothing did not write it",
		"From: bo@beta.example\nX-Original-Sender: jane@acme.example\n", "in beta (beta)"},
	{"an equals sign is no list", "From: Bo <bo=beta.example@groups.example>\n", "none"},
	{"X-Original-From", "From: team@lists.example\nX-Original-From: bo@beta.example\n",
		"in beta (beta)"},
	{"a client cannot hand its words to me",
		"From: bo@beta.example\nX-Original-From: anna@studio.example\n", "in beta (beta)"},
	{"nor by a Reply-To", "From: Bo via X <bo@beta.example>\nReply-To: anna@studio.example\n",
		"in beta (beta)"},
	{"a client's words through a list of mine",
		"From: Bo via Studio <anna@studio.example>\nX-Original-From: bo@beta.example\n",
		"in beta (beta)"},
	{"a Reply-To to me does not make it mine",
		"From: bo@beta.example\n"
		"Reply-To: anna@studio.example\n",
		"in beta (beta)"},
	{"a Sender who is me does not either",
		"From: bo@beta.example\n"
		"Sender: anna@studio.example\n",
		"in beta (beta)"},
	{"no From: the Sender", "Sender: anna@old.example\nTo: bo@beta.example\n",
		"out beta (beta)"},
	{"a name is no address", "From: \"jane@acme.example\" <x@evil.example>\n", "none"},
	{"a group", "From: x@other.example\nTo: All: bo@beta.example;\n", "in beta (beta)"},
	{"Resent-To", "From: x@other.example\nResent-To: bo@beta.example\n", "in beta (beta)"},
	{"Delivered-To", "From: x@other.example\nDelivered-To: bo@beta.example\n",
		"in beta (beta)"},
	{"folded", "From: Jane\n <jane@acme\n .example>\n", "in acme (acme)"},
	{"a platform speaks for a client",
		"From: \"Bo B. via Upwork\" <room_12ab@email.upwork.com>\nTo: anna@studio.example\n"
		"Subject: Bo B. sent you a message\n",
		"in beta (beta)"},
	{"by its subject",
		"From: Upwork <room_12ab@upwork.com>\nSubject: bo b. sent you a message\n",
		"in beta (beta)"},
	{"another one",
		"From: Fiverr <noreply@e.fiverr.com>\n"
		"Subject: =?UTF-8?Q?You=E2=80=99ve_received_messages_from_bobo?=\n",
		"in beta (beta)"},
	{"and one more", "From: Bo <messages@notifications.freelancer.com>\nSubject: Re: Bo\n",
		"in beta (beta)"},
	{"for somebody else of nearly that name",
		"From: \"Bo Be via Upwork\" <room_12ab@email.upwork.com>\n", "none"},
	{"one platform's user is not another's",
		"From: \"bobo via Upwork\" <room_12ab@email.upwork.com>\n", "none"},
	{"what only looks like it", "From: \"Bo B. via Upwork\" <room_12ab@notupwork.com>\n",
		"none"},
	{"nor a domain below another's",
		"From: \"Bo B. via Upwork\" <room_12ab@upwork.com.evil.example>\n", "none"},
	{"a form that is not known, with the name in it",
		"From: Upwork <donotreply@upwork.com>\nSubject: Bo B. has ended the contract\n",
		"in beta (beta) not as the writer"},
	{"a name is a whole one",
		"From: Fiverr <noreply@fiverr.com>\nSubject: New order from bobon\n", "none"},
	{"two who wrote it are nobody's platform",
		"From: x@upwork.com, y@upwork.com\nSubject: Bo B. sent you a message\n", "none"},
	{"my answer goes to the client",
		"From: anna@studio.example\nTo: Bo B. via Upwork <room_12ab@email.upwork.com>\n",
		"out beta (beta)"},
	{"not in the body", "From: x@other.example\n\nFrom: bo@beta.example\n", "none"},
	{"an mbox line is no header", "From bo@beta.example Mon Mar 2\nFrom: x@other.example\n",
		"none"},
	{"nothing", "", "none"},
};

START_TEST(a_mail_concerns_the_clients_in_its_header)
{
	const struct row *row = &rows[_i];
	struct error err = {0};
	struct parties p;
	bool members[2];
	struct involvement in = {.members = members};
	char got[100] = "none";
	parties_init(&p);
	ck_assert_int_eq(parties_scan(str_from(row->octets), &p, &err), 0);
	parties_involve(&p, &me, clients, 2, &in);
	if (in.any)
		snprintf(got, sizeof(got), "%s %.*s (%s%s%s)%s",
			in.direction == DIRECTION_OUT ? "out" : "in",
			STR_ARG(clients[in.client].id), members[0] ? "acme" : "",
			members[0] && members[1] ? " " : "", members[1] ? "beta" : "",
			p.told.ptr && !in.by_client ? " not as the writer" : "");
	ck_assert_msg(strcmp(got, row->want) == 0, "%s: got '%s'", row->name, got);
	parties_finish(&p);
}
END_TEST

/* `head`, then `unit` so often, then `tail`: is acme found, and is it said that there may be more?
 */
static void found_behind(const char *head, const char *unit, size_t times, const char *tail,
	bool want_found, bool want_cut)
{
	struct error err = {0};
	struct buf mail = {0};
	struct parties p;
	bool members[2];
	struct involvement in = {.members = members};
	buf_add_cstr(&mail, head);
	for (size_t i = 0; i < times; i++)
		buf_add_cstr(&mail, unit);
	buf_add_cstr(&mail, tail);
	parties_init(&p);
	ck_assert_int_eq(parties_scan(buf_str(&mail), &p, &err), 0);
	parties_involve(&p, &me, clients, 2, &in);
	ck_assert_int_eq(p.cut, want_cut);
	ck_assert_int_eq(in.any && members[0], want_found);
	ck_assert(!members[1]);
	ck_assert_int_eq(in.direction, DIRECTION_IN);
	parties_finish(&p);
	buf_finish(&mail);
}

START_TEST(a_client_behind_a_bound_is_found_by_its_bytes)
{
	static const char from[] = "From: Jane <JANE@acme.example>\n\nHello\n";
	static const char stranger[] = "From: x@other.example\n\nHello\n";
	size_t padding = LIMIT_HEADER_BLOCK / 7;
	found_behind("", "X: y\n", LIMIT_HEADERS - 1, from, true, false);
	found_behind("", "X: y\n", LIMIT_HEADERS, from, true, true);
	found_behind("", "X: y\n", LIMIT_HEADERS, stranger, false, true);
	found_behind("", "X: y\n", LIMIT_HEADERS, "\nbo@beta.example", false, false);
	found_behind(
		"From: ", "x@y.example, ", LIMIT_ADDRESSES, "jane@acme.example\n\n", true, true);
	found_behind("To: ", "x@y.example, ", LIMIT_ADDRESSES, "z@y.example\n\n", false, true);
	found_behind(
		"To: ", "x@y.example, ", LIMIT_ADDRESSES - 2, "jane@acme.example\n", true, false);
	/* Behind the last octet that is looked at nobody is found, and that is said. */
	found_behind("X: y\n", " folds\n", padding, from, false, true);
}
END_TEST

Suite *parties_suite(void)
{
	Suite *s = suite_create("message: parties");
	TCase *c = tcase_create("parties");
	tcase_add_loop_test(
		c, a_mail_concerns_the_clients_in_its_header, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(c, a_client_behind_a_bound_is_found_by_its_bytes);
	suite_add_tcase(s, c);
	return s;
}
