/* Tests of time stamps, by an authority made with the openssl command. */
#include "base/timestamp.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "expect.h"
#include "suites.h"
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static void shell(const char *command)
{
	char line[2048];
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

/* A token on the same, signed by somebody whom the root vouches for, with these extensions and
   dates (of openssl ca): openssl ts would not sign with such a certificate. */
static void stamp_by(const char *extensions, const char *dates, struct str octets,
	struct buf *request, struct buf *reply)
{
	char line[1024];
	struct buf genuine = {0}, token;
	stamp(octets, request, &genuine);
	shell("openssl ts -reply -in r -token_out -out t.der 2> /dev/null &&"
	      " openssl cms -verify -noverify -inform DER -in t.der -binary -out tst.der 2> /dev/null");
	shell("mkdir -p new && : > index.txt && printf '[ca]\\ndefault_ca = us\\n[us]\\nnew_certs_dir = new\\n"
	      "database = index.txt\\nrand_serial = yes\\npolicy = any\\ndefault_md = sha256\\n[any]\\n"
	      "commonName = supplied\\n[names]\\n[req]\\ndistinguished_name = names\\n' > ca.conf");
	snprintf(line, sizeof(line),
		"printf 'basicConstraints = critical,CA:FALSE\\nkeyUsage = critical,digitalSignature\\n"
		"%s\\n' > ext.conf && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
		"-keyout odd.key -out odd.csr -subj '/CN=Odd Authority' -config ca.conf 2> /dev/null &&"
		" openssl ca -batch -config ca.conf -cert one/root.pem -keyfile one/root.key %s"
		" -in odd.csr -out odd.pem -extfile ext.conf -notext 2> /dev/null",
		extensions, dates);
	shell(line);
	shell("openssl cms -sign -cades -md sha256 -binary -nodetach -nosmimecap"
	      " -econtent_type 1.2.840.113549.1.9.16.1.4 -in tst.der"
	      " -signer odd.pem -inkey odd.key -outform DER -out odd.der 2> /dev/null");
	token = get("odd.der");
	/* granted */
	const unsigned char status[] = {0x30, 3, 2, 1, 0};
	size_t len = token.len + sizeof(status);
	const unsigned char head[] = {
		0x30, 0x82, (unsigned char)(len >> 8), (unsigned char)(len & 0xff)};
	buf_add(reply, (const char *)head, sizeof(head));
	buf_add(reply, (const char *)status, sizeof(status));
	buf_add_str(reply, buf_str(&token));
	buf_finish(&genuine);
	buf_finish(&token);
}

START_TEST(who_may_not_stamp_is_not_believed)
{
	/* from before the stamp: the certificate is made after it */
	static const char good[] = "-startdate 20200101000000Z -days 9999";
	static const struct {
		const char *name, *extensions, *dates;
		int want;
	} rows[] = {
		{"one who may", "extendedKeyUsage = critical,timeStamping", good, 1},
		{"no word of time stamps", "", good, 0},
		{"for mail", "extendedKeyUsage = critical,emailProtection", good, 0},
		{"for time stamps and more",
			"extendedKeyUsage = critical,timeStamping,emailProtection", good, 0},
		{"run out before the stated time", "extendedKeyUsage = critical,timeStamping",
			"-startdate 20200101000000Z -enddate 20210101000000Z", 0},
		{"not begun at the stated time", "extendedKeyUsage = critical,timeStamping",
			"-startdate 20400101000000Z -enddate 20410101000000Z", 0},
	};
	struct buf root = get("one/root.pem");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf request = {0}, reply = {0};
		struct timestamp t;
		struct error err;
		stamp_by(rows[i].extensions, rows[i].dates, STR("x"), &request, &reply);
		int got = check(
			STR("x"), buf_str(&request), buf_str(&reply), buf_str(&root), &t, &err);
		ck_assert_msg(got == rows[i].want, "%s: %d, %s", rows[i].name, got,
			got < 0 ? err.text : t.name);
		buf_finish(&request);
		buf_finish(&reply);
	}
	buf_finish(&root);
}
END_TEST

/* A server in a child: says `first`, then `then` again and again, `pause_us` before each, until the
   other side has had enough. */
static pid_t serve(const char *first, struct str then, unsigned pause_us, int *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(at);
	char heard[4096];
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, size), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	pid_t child = fork();
	if (child == 0) {
		int client = accept(fd, NULL, NULL);
		bool went = read(client, heard, sizeof(heard)) > 0 &&
			send(client, first, strlen(first), MSG_NOSIGNAL) >= 0;
		while (went && then.ptr) {
			usleep(pause_us);
			went = !then.len || send(client, then.ptr, then.len, MSG_NOSIGNAL) >= 0;
		}
		_exit(0);
	}
	close(fd);
	return child;
}

START_TEST(an_answer_that_is_none_ends_in_time)
{
#define OK "HTTP/1.0 200 OK\r\nContent-Type: application/timestamp-reply\r\n"
	static const struct {
		const char *name, *first;
		struct str then; /* absent: the connection ends */
		unsigned pause_us;
	} rows[] = {
		{"a redirect", "HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", {0},
			0},
		{"a page", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", {0}, 0},
		{"chunks",
			OK "Transfer-Encoding: chunked\r\n\r\n5\r\n0\003\002\001\002\r\n0\r\n\r\n",
			{0}, 0},
		{"ten gigabytes, announced", OK "Content-Length: 10737418240\r\n\r\n0\003",
			{"xxxxxxxx", 8}, 0},
		{"a length that is no number", OK "Content-Length: -5\r\n\r\n0\003\002\001\002",
			{0}, 0},
		{"two gigabytes in DER", OK "\r\n0\204\177\377\377\377", {"xxxxxxxx", 8}, 0},
		{"DER without end", OK "\r\n0\200", {"0\200", 2}, 0},
		{"a header without end", "HTTP/1.0 200 OK\r\n", {"X: y\r\n", 6}, 0},
		{"a line without end", "HTTP/1.0 200 OK\r\nX: ", {"yyyyyyyy", 8}, 0},
		{"drops", OK "\r\n0\202\377\000", {"x", 1}, 20000},
		{"drops of a header", "HTTP/1.0 200 OK\r\nX: ", {"y", 1}, 20000},
		{"silence", "", {"", 0}, 20000},
		{"an end in the middle", OK "Content-Length: 500\r\n\r\n0\202\001\360", {0}, 0},
		{"an end at once", "", {0}, 0},
		{"another protocol", "220 mail ESMTP\r\n", {0}, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf out = {0};
		struct error err = {0};
		char url[64];
		int port;
		pid_t server = serve(rows[i].first, rows[i].then, rows[i].pause_us, &port);
		snprintf(url, sizeof(url), "http://127.0.0.1:%d/tsr", port);
		ck_assert_msg(timestamp_fetch(url, STR("request"), 1, &out, &err) == -1, "%s",
			rows[i].name);
		ck_assert_msg(err.kind == ERROR_TEMPORARY || err.kind == ERROR_LIMIT, "%s: %s",
			rows[i].name, err.text);
		ck_assert_msg(out.len <= LIMIT_TIMESTAMP, "%s", rows[i].name);
		buf_finish(&out);
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
	}
#undef OK
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
	tcase_add_test(t, who_may_not_stamp_is_not_believed);
	tcase_add_test(t, an_answer_that_is_none_ends_in_time);
	tcase_add_test(t, a_url_of_another_kind_is_refused);
	suite_add_tcase(s, t);
	return s;
}
