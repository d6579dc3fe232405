/* Which servers are trusted, and what a person is told about the others. */
#include "suites.h"

#include "base/clock.h"
#include "connect.h"
#include "scratch.h"
#include "server.h"
#include "stream.h"
#include "tls.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct row {
	const char *name;
	const char *certificate;
	const char *host;
	const char *refusal; /* NULL: accepted */
	const char *ca;
};

static const struct row rows[] = {
	{"a good one", "good", "localhost", NULL, NULL},
	{"a good one, absolute name", "good", "localhost.", NULL, NULL},
	{"a good one, name in capitals", "good", "LOCALHOST", NULL, NULL},
	{"an address that it names", "good", "127.0.0.1", NULL, NULL},
	{"an address that it names, and no name", "ip", "127.0.0.1", NULL, NULL},
	{"an address where it names a host", "wildcard", "127.0.0.1", "it is not for this address",
		NULL},
	{"a name where it names an address", "ip", "localhost", "it is for another host", NULL},
	{"a wildcard for one label", "wildcard", "imap.mail.example", NULL, NULL},
	{"a wildcard for two labels", "wildcard", "a.b.mail.example", "it is for another host",
		NULL},
	{"a wildcard for none", "wildcard", "mail.example", "it is for another host", NULL},
	{"another host", "wrong-host", "localhost",
		"it is for another host: it names 'other.example' (check the host name)", NULL},
	{"the name only where it no longer counts", "name-only", "localhost",
		"it is for another host", NULL},
	{"an expired one", "expired", "localhost", "it has expired", NULL},
	{"one of next week", "not-yet", "localhost", "it is not valid yet", NULL},
	{"one of an unknown CA", "unknown-ca", "localhost", "unknown CA", NULL},
	{"a self-signed one", "self-signed", "localhost", "it is self-signed", NULL},
	{"a self-signed one that is ours", "self-signed", "localhost", NULL, "self-signed"},
	{"a self-signed one that is ours, for another host", "self-signed", "mail.example",
		"it is for another host", "self-signed"},
	{"one for clients", "client-only", "localhost", "it is not for a server", NULL},
	{"a key that is too short", "rsa-1024", "localhost", "its key is too short", NULL},
};

static int connect_to(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* Tells the client which name it asked for. */
static void tell_name(struct talk *t, const void *context)
{
	(void)context;
	const char *name = SSL_get_servername(t->ssl, TLSEXT_NAMETYPE_host_name);
	talk_write(t, str_from(name ? name : "(none)"));
}

START_TEST(a_certificate_is_accepted_or_refused)
{
	const struct row *row = &rows[_i];
	struct server_plan plan = {.certificate = row->certificate, .talk = tell_name};
	struct server server = server_start(&plan);
	int fd = connect_to(server.port);
	struct tls *tls = NULL;
	struct error err = {0};
	struct str ca = str_from(scratch_path("certificates/%s.pem", row->ca ? row->ca : "ca"));
	ck_assert_int_eq(tls_new(fd, str_from(row->host), ca, &tls, &err), 0);
	ssize_t done = tls_handshake(tls, &err);
	if (row->refusal) {
		ck_assert_msg(done == TLS_FAILED, "%s: accepted", row->name);
		ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
		ck_assert_msg(strstr(err.text, "certificate of") && strstr(err.text, row->refusal),
			"%s: %s", row->name, err.text);
	} else {
		ck_assert_msg(done == 1, "%s: %s", row->name, err.text);
		char name[64] = "";
		ck_assert_int_gt(tls_read(tls, name, sizeof(name) - 1, &err), 0);
		/* an address is never sent as a name */
		bool is_address = strcmp(row->host, "127.0.0.1") == 0;
		struct str want = str_from(is_address ? "(none)" : row->host);
		if (str_ends(want, STR(".")))
			want.len--;
		ck_assert_msg(str_eq(str_from(name), want), "%s: asked for '%s'", row->name, name);
		/* the end of the connection is an error, never 0 octets */
		ck_assert_int_eq(tls_read(tls, name, sizeof(name), &err), TLS_FAILED);
		ck_assert_ptr_nonnull(strstr(err.text, "closed the connection"));
	}
	tls_free(tls);
	close(fd);
	server_stop(&server);
}
END_TEST

/* Opens a stream with TLS to that server; the error it gives. */
static struct error open_stream(
	const struct server_plan *server_plan, int64_t timeout_us, int wake_fd)
{
	struct server server = server_start(server_plan);
	const char *ca = scratch_path("certificates/ca.pem");
	struct stream_plan plan = {.host = STR("localhost"),
		.port = server.port,
		.ca_file = str_from(ca),
		.timeout_us = timeout_us,
		.wake_fd = wake_fd};
	struct stream *stream = NULL;
	struct error err = {0};
	if (stream_open(&plan, &stream, &err) == 0)
		(void)stream_start_tls(stream, &err);
	stream_free(stream);
	server_stop(&server);
	return err;
}

static void expect_error(struct error err, const char *text)
{
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert_msg(strstr(err.text, text), "%s", err.text);
}

START_TEST(tls_older_than_1_2_is_refused)
{
	struct server_plan plan = {.max_version = TLS1_1_VERSION};
	expect_error(open_stream(&plan, 5 * SECOND_US, -1), "offers no TLS 1.2 or newer");
}
END_TEST

START_TEST(tls_1_2_is_enough)
{
	struct server_plan plan = {.max_version = TLS1_2_VERSION};
	ck_assert_int_eq(open_stream(&plan, 5 * SECOND_US, -1).kind, ERROR_NONE);
}
END_TEST

START_TEST(a_server_that_never_answers_is_left_at_the_deadline)
{
	struct server_plan plan = {.silent_at_hello = true};
	expect_error(open_stream(&plan, SECOND_US / 5, -1), "'localhost': no answer in time");
}
END_TEST

START_TEST(a_stop_ends_the_handshake)
{
	struct server_plan plan = {.silent_at_hello = true};
	int wake[2];
	ck_assert_int_eq(pipe(wake), 0);
	ck_assert_int_eq(write(wake[1], "", 1), 1);
	struct error err = open_stream(&plan, 60 * SECOND_US, wake[0]);
	ck_assert_str_eq(err.text, "stopped");
}
END_TEST

START_TEST(a_connection_cut_in_the_handshake_is_told)
{
	struct server_plan plan = {.cut_at_hello = true};
	struct error err = open_stream(&plan, 5 * SECOND_US, -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert_msg(strstr(err.text, "connection"), "%s", err.text);
}
END_TEST

static void greet_in_the_clear(struct talk *t, const void *context)
{
	(void)context;
	talk_write(t, STR("* OK hello\r\n"));
	talk_hang();
}

START_TEST(a_server_without_tls_is_told)
{
	struct server_plan plan = {.plain = true, .talk = greet_in_the_clear};
	expect_error(open_stream(&plan, 5 * SECOND_US, -1), "does not speak TLS on this port");
}
END_TEST

START_TEST(nobody_at_the_port_is_told)
{
	struct server_plan plan = {.plain = true};
	struct server server = server_start(&plan);
	server_stop(&server);
	struct stream_plan stream_plan = {.host = STR("127.0.0.1"),
		.port = server.port,
		.timeout_us = SECOND_US,
		.wake_fd = -1};
	struct stream *stream = NULL;
	struct error err = {0};
	ck_assert_int_eq(stream_open(&stream_plan, &stream, &err), -1);
	expect_error(err, "connection refused by '127.0.0.1' port");
}
END_TEST

static int option_of(int fd, int level, int name)
{
	int value;
	socklen_t size = sizeof(value);
	ck_assert_int_eq(getsockopt(fd, level, name, &value, &size), 0);
	return value;
}

START_TEST(a_silent_peer_is_asked_before_routers_forget_it)
{
	struct server_plan plan = {.plain = true, .talk = greet_in_the_clear};
	struct server server = server_start(&plan);
	const struct patience patience = {clock_monotonic_us() + 5 * SECOND_US, -1};
	struct error err = {0};
	int fd = connect_host(STR("127.0.0.1"), server.port, &patience, &err);
	ck_assert_msg(fd >= 0, "%s", err.text);
	ck_assert_int_eq(option_of(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
	int asked_s = option_of(fd, IPPROTO_TCP, TCP_KEEPIDLE);
	int given_up_s = asked_s +
		option_of(fd, IPPROTO_TCP, TCP_KEEPINTVL) * option_of(fd, IPPROTO_TCP, TCP_KEEPCNT);
	ck_assert_int_lt(asked_s, 5 * 60);
	ck_assert_int_le(given_up_s, 6 * 60);
	close(fd);
	server_stop(&server);
}
END_TEST

START_TEST(a_host_that_does_not_exist_is_told)
{
	struct stream_plan plan = {.host = STR("no-such-host.invalid"),
		.port = 993,
		.timeout_us = 5 * SECOND_US,
		.wake_fd = -1};
	struct stream *stream = NULL;
	struct error err = {0};
	ck_assert_int_eq(stream_open(&plan, &stream, &err), -1);
	expect_error(err, "host");
}
END_TEST

START_TEST(what_is_no_host_is_a_mistake_in_the_configuration)
{
	static const struct str hosts[] = {{"", 0}, {"a b", 3}, {"b\xc3\xbc.example", 10}};
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		struct stream_plan plan = {
			.host = hosts[i], .port = 993, .timeout_us = SECOND_US, .wake_fd = -1};
		struct stream *stream = NULL;
		struct error err = {0};
		ck_assert_int_eq(stream_open(&plan, &stream, &err), -1);
		ck_assert_int_eq(err.kind, ERROR_CONFIG);
	}
}
END_TEST

START_TEST(a_ca_file_that_cannot_be_read_is_a_mistake_in_the_configuration)
{
	struct tls *tls = NULL;
	struct error err = {0};
	struct str path = str_from(scratch_path("no-ca.pem"));
	ck_assert_int_eq(tls_new(-1, STR("localhost"), path, &tls, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "ca_file"));
}
END_TEST

Suite *tls_suite(void)
{
	Suite *suite = suite_create("tls");
	TCase *tests = tcase_create("servers");
	tcase_set_timeout(tests, 30);
	tcase_add_loop_test(tests, a_certificate_is_accepted_or_refused, 0,
		(int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, tls_older_than_1_2_is_refused);
	tcase_add_test(tests, tls_1_2_is_enough);
	tcase_add_test(tests, a_server_that_never_answers_is_left_at_the_deadline);
	tcase_add_test(tests, a_stop_ends_the_handshake);
	tcase_add_test(tests, a_connection_cut_in_the_handshake_is_told);
	tcase_add_test(tests, a_server_without_tls_is_told);
	tcase_add_test(tests, nobody_at_the_port_is_told);
	tcase_add_test(tests, a_silent_peer_is_asked_before_routers_forget_it);
	tcase_add_test(tests, a_host_that_does_not_exist_is_told);
	tcase_add_test(tests, what_is_no_host_is_a_mistake_in_the_configuration);
	tcase_add_test(tests, a_ca_file_that_cannot_be_read_is_a_mistake_in_the_configuration);
	suite_add_tcase(suite, tests);
	return suite;
}
