/* Tests of time stamps, by an authority made with the openssl command. */
#include "base/timestamp.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "expect.h"
#include "suites.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

static void shell(const char *command)
{
	char line[1024];
	snprintf(line, sizeof(line), "cd %s && %s", folder, command);
	ck_assert_msg(system(line) == 0, "%s", command);
}

static void make(void)
{
	char line[512];
	snprintf(folder, sizeof(folder), "/tmp/overstep-test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(line, sizeof(line), "%s/cli/authority %s/one", TESTS_DIR, folder);
	ck_assert_int_eq(system(line), 0);
}

static void unmake(void)
{
	char line[128];
	snprintf(line, sizeof(line), "rm -rf %s", folder);
	ck_assert_int_eq(system(line), 0);
}

static struct buf get(const char *name)
{
	char path[128];
	struct buf b = {0};
	struct error err = {0};
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	ck_assert_msg(file_read(path, MIB, &b, &err) == 0, "%s", err.text);
	return b;
}

static void put(const char *name, struct str bytes)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	ck_assert_int_eq(file_write_atomic(path, bytes, 0600, NULL), 0);
}

/* A stamp on the octets: request and reply. */
static void stamp(struct str octets, struct buf *request, struct buf *reply)
{
	struct error err = {0};
	ck_assert_int_eq(timestamp_request(octets, request, &err), 0);
	put("q", buf_str(request));
	shell("openssl ts -reply -config one/tsa.conf -queryfile q -out r 2> /dev/null");
	*reply = get("r");
}

static int check(struct str octets, struct str request, struct str reply, struct str roots,
	struct timestamp *out, struct error *err)
{
	*err = (struct error){0};
	return timestamp_check(octets, request, reply, roots, out, err);
}

START_TEST(a_stamp_by_a_believed_authority_is_whole)
{
	struct buf request = {0}, reply, root = get("one/root.pem");
	struct timestamp t;
	struct error err;
	int64_t before = clock_now_us(NULL);
	stamp(STR("four lines"), &request, &reply);
	ck_assert_int_eq(check(STR("four lines"), buf_str(&request), buf_str(&reply),
				 buf_str(&root), &t, &err),
		1);
	ck_assert(t.at_us >= before - 2 * SECOND_US && t.at_us <= before + 60 * SECOND_US);
	ck_assert_str_eq(t.name, "/CN=Test Authority");
	ck_assert_str_eq(t.serial, "02");
	/* later, without the request */
	ck_assert_int_eq(check(STR("four lines"), (struct str){0}, buf_str(&reply), buf_str(&root),
				 &t, &err),
		1);
	/* and by the openssl command, with the certificates that it carries */
	struct buf chain = {0};
	ck_assert_int_eq(timestamp_certificates(buf_str(&reply), &chain, &err), 0);
	put("chain.pem", buf_str(&chain));
	put("data", STR("four lines"));
	shell("openssl ts -verify -data data -in r -CAfile one/root.pem -untrusted chain.pem"
	      " > /dev/null 2>&1");
	buf_finish(&chain);
	buf_finish(&request);
	buf_finish(&reply);
	buf_finish(&root);
}
END_TEST

START_TEST(nobody_vouches_for_a_stranger)
{
	char line[256];
	struct buf request = {0}, reply;
	struct timestamp t = {0};
	struct error err;
	snprintf(line, sizeof(line), "%s/cli/authority %s/two", TESTS_DIR, folder);
	ck_assert_int_eq(system(line), 0);
	struct buf other = get("two/root.pem");
	stamp(STR("x"), &request, &reply);
	ck_assert_int_eq(
		check(STR("x"), buf_str(&request), buf_str(&reply), buf_str(&other), &t, &err), 0);
	ck_assert_str_eq(t.name, "/CN=Test Authority");
	/* nor do the system's authorities */
	ck_assert_int_eq(
		check(STR("x"), buf_str(&request), buf_str(&reply), (struct str){0}, &t, &err), 0);
	buf_finish(&other);
	buf_finish(&request);
	buf_finish(&reply);
}
END_TEST

static void refused(struct str octets, struct str request, struct str reply, const char *why)
{
	struct timestamp t;
	struct error err;
	struct buf root = get("one/root.pem");
	ck_assert_int_eq(check(octets, request, reply, buf_str(&root), &t, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
	buf_finish(&root);
}

START_TEST(a_stamp_on_something_else_is_none)
{
	struct buf request = {0}, other = {0}, reply;
	struct error err;
	stamp(STR("x"), &request, &reply);
	refused(STR("y"), buf_str(&request), buf_str(&reply), "on something else");
	ck_assert_int_eq(timestamp_request(STR("x"), &other, &err), 0);
	refused(STR("x"), buf_str(&other), buf_str(&reply), "on something else"); /* the nonce */
	refused(STR("x"), buf_str(&request), STR("<html>"), "not a reply");
	buf_add_char(&reply, 'x');
	refused(STR("x"), buf_str(&request), buf_str(&reply), "not a reply");
	buf_finish(&request);
	buf_finish(&other);
	buf_finish(&reply);
}
END_TEST

START_TEST(every_octet_of_a_stamp_counts)
{
	struct buf request = {0}, reply, root = get("one/root.pem");
	struct timestamp t;
	struct error err;
	unsigned whole = 0;
	stamp(STR("x"), &request, &reply);
	for (size_t i = 0; i < reply.len; i += 5) {
		reply.ptr[i] ^= 1;
		whole += check(STR("x"), buf_str(&request), buf_str(&reply), buf_str(&root), &t,
				 &err) > 0;
		reply.ptr[i] ^= 1;
	}
	/* what the signature does not cover: the status, certificates that are not used, and how
	   lengths of those are written */
	ck_assert_msg(whole * 10 < reply.len, "%u of %zu", whole, reply.len / 5);
	buf_finish(&request);
	buf_finish(&reply);
	buf_finish(&root);
}
END_TEST

START_TEST(a_refusal_says_why)
{
	struct buf request = {0}, reply;
	struct error err;
	ck_assert_int_eq(timestamp_request(STR("x"), &request, &err), 0);
	put("q", STR("no request"));
	shell("openssl ts -reply -config one/tsa.conf -queryfile q -out r > /dev/null 2>&1");
	reply = get("r");
	refused(STR("x"), buf_str(&request), buf_str(&reply), "the authority refused");
	buf_finish(&request);
	buf_finish(&reply);
}
END_TEST

START_TEST(a_url_of_another_kind_is_refused)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(timestamp_fetch("https://tsa.example/", STR("x"), 1, &out, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_USAGE);
	ck_assert_int_eq(timestamp_fetch("http://127.0.0.1:1/", STR("x"), 1, &out, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	buf_finish(&out);
}
END_TEST

Suite *timestamp_suite(void)
{
	Suite *s = suite_create("base: time stamps");
	TCase *t = tcase_create("time stamps");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, make, unmake);
	tcase_add_test(t, a_stamp_by_a_believed_authority_is_whole);
	tcase_add_test(t, nobody_vouches_for_a_stranger);
	tcase_add_test(t, a_stamp_on_something_else_is_none);
	tcase_add_test(t, every_octet_of_a_stamp_counts);
	tcase_add_test(t, a_refusal_says_why);
	tcase_add_test(t, a_url_of_another_kind_is_refused);
	suite_add_tcase(s, t);
	return s;
}
