/* Serves one connection after the other with a certificate of the test's choice. */
#include "server.h"

#include "scratch.h"
#include <arpa/inet.h>
#include <check.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void talk_write(struct talk *t, struct str octets)
{
	if (octets.len == 0)
		return;
	if (t->ssl)
		(void)SSL_write(t->ssl, octets.ptr, (int)octets.len);
	else
		(void)!write(t->fd, octets.ptr, octets.len);
}

bool talk_read_line(struct talk *t, char *line, size_t size)
{
	size_t len = 0;
	for (;;) {
		char c;
		int got = t->ssl ? SSL_read(t->ssl, &c, 1) : (int)read(t->fd, &c, 1);
		if (got <= 0)
			return false;
		if (c == '\n')
			break;
		if (c != '\r' && len < size - 1)
			line[len++] = c;
	}
	line[len] = '\0';
	return true;
}

void talk_start_tls(struct talk *t)
{
	t->ssl = SSL_new(t->context);
	SSL_set_fd(t->ssl, t->fd);
	if (SSL_accept(t->ssl) != 1)
		_exit(0);
}

void talk_hang(void)
{
	pause();
}

static SSL_CTX *make_context(const struct server_plan *plan)
{
	const char *name = plan->certificate ? plan->certificate : "good";
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	/* this server may be as weak as it likes */
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_min_proto_version(context, 0);
	if (plan->max_version)
		SSL_CTX_set_max_proto_version(context, plan->max_version);
	if (SSL_CTX_use_certificate_file(
		    context, scratch_path("certificates/%s.pem", name), SSL_FILETYPE_PEM) != 1 ||
		SSL_CTX_use_PrivateKey_file(
			context, scratch_path("certificates/%s.key", name), SSL_FILETYPE_PEM) != 1)
		_exit(1);
	return context;
}

static void serve(int listener, const struct server_plan *plan)
{
	SSL_CTX *context = make_context(plan);
	for (unsigned number = 1;; number++) {
		struct talk t = {.context = context, .number = number};
		char hello[16];
		t.fd = accept(listener, NULL, NULL);
		if (t.fd < 0)
			_exit(1);
		if (plan->silent_at_hello)
			talk_hang();
		if (plan->cut_at_hello)
			(void)!read(t.fd, hello, sizeof(hello));
		else if (!plan->plain)
			talk_start_tls(&t);
		if (plan->talk && !plan->cut_at_hello)
			plan->talk(&t, plan->context);
		if (t.ssl) {
			SSL_shutdown(t.ssl);
			SSL_free(t.ssl);
		}
		close(t.fd);
	}
}

struct server server_start(const struct server_plan *plan)
{
	struct server s = {0};
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, size), 0);
	ck_assert_int_eq(listen(listener, 8), 0);
	ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &size), 0);
	s.port = ntohs(address.sin_port);
	s.pid = fork();
	if (s.pid == 0) {
		/* never outlives the test */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(listener, plan);
	}
	close(listener);
	return s;
}

void server_stop(struct server *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
}
