/* What each kind of process may still do in its box, and what becomes of it when it does more. */
#include "app/sandbox.h"
#include "app_test.h"
#include "channel.h"
#include "config/config.h"
#include "fetcher.h"
#include "process.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child ends with. An errno is what the deed was refused with. */
#define DONE 200
#define KILLED 201

static char inside[128], outside[128]; /* files: of the CA, and of nobody's concern */
static char kept[128];                 /* a folder that is the keeper's */
static int held;                       /* a descriptor to write to */
static uint16_t listening, forbidden;  /* ports */

static int outcome(bool done)
{
	return done ? DONE : errno;
}

static int read_file_at(const char *path)
{
	char byte;
	int fd = open(path, O_RDONLY);
	return outcome(fd >= 0 && read(fd, &byte, 1) == 1);
}

static int reads_ca(void)
{
	return read_file_at(inside);
}

static int reads_resolver_settings(void)
{
	return read_file_at("/etc/nsswitch.conf");
}

static int reads_other_file(void)
{
	return read_file_at(outside);
}

static int reads_accounts(void)
{
	return read_file_at("/etc/passwd");
}

static int reads_memory_of_others(void)
{
	return read_file_at("/proc/1/maps");
}

static int writes_ca(void)
{
	return outcome(open(inside, O_WRONLY) >= 0);
}

static int makes_file(void)
{
	return outcome(open("/tmp/overstep-must-not-be", O_CREAT | O_RDONLY, 0600) >= 0);
}

static int removes_file(void)
{
	return outcome(unlink(outside) == 0);
}

static int lists_folder(void)
{
	return outcome(open("/tmp", O_RDONLY | O_DIRECTORY) >= 0);
}

static int writes_to_what_it_holds(void)
{
	return outcome(write(held, "", 1) == 1);
}

static int opens_socket(int family, int type)
{
	return outcome(socket(family, type, 0) >= 0);
}

static int opens_tcp(void)
{
	return opens_socket(AF_INET, SOCK_STREAM);
}

static int opens_dns(void)
{
	return opens_socket(AF_INET6, SOCK_DGRAM);
}

static int opens_local_socket(void)
{
	return opens_socket(AF_UNIX, SOCK_STREAM);
}

static int opens_packets(void)
{
	return opens_socket(AF_PACKET, SOCK_RAW);
}

static int connects(uint16_t port)
{
	const struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return outcome(fd >= 0 && connect(fd, (const void *)&to, sizeof(to)) == 0);
}

static int connects_to_its_port(void)
{
	return connects(listening);
}

static int connects_elsewhere(void)
{
	return connects(forbidden);
}

static int listens(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return outcome(fd >= 0 && listen(fd, 1) == 0);
}

static int looks_host_up(void)
{
	struct addrinfo *found;
	return getaddrinfo("localhost", "imaps", NULL, &found) == 0 ? DONE : 1;
}

static void *nothing(void *context)
{
	return context;
}

static int starts_thread(void)
{
	pthread_t thread;
	errno = pthread_create(&thread, NULL, nothing, NULL);
	return outcome(!errno && pthread_join(thread, NULL) == 0);
}

/* Past libc, which under a sanitizer would do more than that. */
static int starts_process(void)
{
	long child = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
	if (child == 0)
		_exit(0);
	return outcome(child > 0);
}

static int runs_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return errno;
}

static int traces(void)
{
	return outcome(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
}

static int reads_parent(void)
{
	char byte;
	const struct iovec here = {&byte, 1}, there = {inside, 1};
	return outcome(process_vm_readv(getppid(), &here, 1, &there, 1, 0) == 1);
}

static int signals_parent(void)
{
	return outcome(kill(getppid(), SIGCONT) == 0);
}

static int raises_limit(void)
{
	const struct rlimit more = {100, 100};
	return outcome(prlimit(0, RLIMIT_NOFILE, &more, NULL) == 0);
}

static int duplicates(void)
{
	return outcome(dup(STDERR_FILENO) >= 0);
}

static int makes_pipe(void)
{
	int ends[2];
	return outcome(pipe(ends) == 0);
}

static int leaves_namespace(void)
{
	return outcome(unshare(CLONE_NEWUSER) == 0);
}

static int adds_filter(void)
{
	return outcome(prctl(PR_SET_SECCOMP, 1, NULL) == 0);
}

static int maps(int protection, int flags, int fd)
{
	return outcome(mmap(NULL, 4096, protection, MAP_PRIVATE | flags, fd, 0) != MAP_FAILED);
}

static int takes_memory(void)
{
	return maps(PROT_READ | PROT_WRITE, MAP_ANONYMOUS, -1);
}

static int makes_code(void)
{
	return maps(PROT_READ | PROT_WRITE | PROT_EXEC, MAP_ANONYMOUS, -1);
}

static int loads_library(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	if (fd < 0)
		fd = open("/usr/bin/env", O_RDONLY);
	return fd < 0 ? errno : maps(PROT_READ | PROT_EXEC, 0, fd);
}

static int turns_memory_into_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return outcome(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int makes_file_in_memory(void)
{
	return outcome(syscall(SYS_memfd_create, "code", 0) >= 0);
}

static int takes_random_octets(void)
{
	char octets[16];
	return outcome(syscall(SYS_getrandom, octets, sizeof(octets), 0) == sizeof(octets));
}

/* As an archive and its index are written, and a file is put in another's place. */
static int keeps_files(void)
{
	char path[160], other[160];
	snprintf(path, sizeof(path), "%s/new", kept);
	snprintf(other, sizeof(other), "%s/old", kept);
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600);
	bool done = fd >= 0 && pwrite(fd, "12", 2, 0) == 2 && fdatasync(fd) == 0 &&
		ftruncate(fd, 1) == 0 && fchmod(fd, 0600) == 0 && rename(path, other) == 0 &&
		unlink(other) == 0;
	return outcome(done && open(kept, O_TMPFILE | O_RDWR, 0600) >= 0);
}

static int makes_device(void)
{
	char path[160];
	snprintf(path, sizeof(path), "%s/pipe", kept);
	return outcome(mknod(path, S_IFIFO | 0600, 0) == 0);
}

static int tells_the_journal(void)
{
	return opens_socket(AF_UNIX, SOCK_DGRAM);
}

/* A bus, an agent with keys: what answers has a connection. */
static int reaches_a_service(void)
{
	const struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "/run/nobody"};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	return outcome(connect(fd, (const void *)&to, sizeof(to)) == 0);
}

static int starts_to_listen(void)
{
	int pair[2];
	return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && listen(pair[0], 1) == 0);
}

static int makes_channel(void)
{
	int pair[2];
	return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
}

static int ends_nobody(void)
{
	return outcome(kill(INT32_MAX, SIGKILL) == 0);
}

static int takes_descriptors_of_others(void)
{
	return outcome(syscall(SYS_pidfd_getfd, 0, 0, 0) == 0);
}

static int gives_up(void)
{
	abort();
}

static const struct sandbox reader = {.role = SANDBOX_READER};
static const struct sandbox watcher = {.role = SANDBOX_FILES};
static struct sandbox fetcher = {.role = SANDBOX_NETWORK, .host = STR("mail.example")};
static const struct sandbox witness = {.role = SANDBOX_NETWORK, .any_port = true};
static struct sandbox_path keepers[] = {{kept, true}, {inside, false}};
static const struct sandbox keeper = {.role = SANDBOX_KEEPER, .paths = keepers, .path_count = 2};
static struct sandbox at_home = {.role = SANDBOX_NETWORK, .host = STR("nas.local")};

/* needs: the version of Landlock that knows of it. strict: a sanitizer's runtime asks for this
   itself. */
static const struct {
	const struct sandbox *who;
	int (*does)(void);
	const char *what;
	int want;
	int needs;
	bool strict;
} deeds[] = {
/* clang-format off */
#define ROW(who, does, want) {who, does, #does, want, 0, false}
#define LANDLOCK(who, does, want, version) {who, does, #does, want, version, false}
#define STRICT(who, does, want) {who, does, #does, want, 0, true}
	/* clang-format on */
	ROW(&reader, writes_to_what_it_holds, DONE),
	ROW(&reader, takes_memory, DONE),
	ROW(&reader, takes_random_octets, DONE),
	ROW(&reader, makes_code, DONE), /* JIT code of rules */
	ROW(&reader, turns_memory_into_code, KILLED),
	ROW(&reader, makes_file_in_memory, KILLED),
	ROW(&reader, reads_ca, EACCES),
	ROW(&reader, reads_other_file, EACCES),
	ROW(&reader, writes_ca, EACCES),
	ROW(&reader, makes_file, EACCES),
	ROW(&reader, lists_folder, EACCES),
	ROW(&reader, removes_file, KILLED),
	ROW(&reader, opens_tcp, KILLED),
	ROW(&reader, opens_local_socket, KILLED),
	ROW(&reader, duplicates, KILLED),
	ROW(&reader, makes_pipe, KILLED),
	ROW(&reader, starts_process, KILLED),
	ROW(&reader, runs_program, KILLED),
	ROW(&reader, traces, KILLED),
	ROW(&reader, reads_parent, KILLED),
	ROW(&reader, signals_parent, KILLED),
	ROW(&reader, leaves_namespace, KILLED),
	STRICT(&reader, raises_limit, KILLED),
	STRICT(&reader, adds_filter, KILLED),
	STRICT(&reader, gives_up, SIGABRT), /* the signal that says so */

	ROW(&watcher, reads_other_file, DONE),
	ROW(&watcher, lists_folder, DONE),
	ROW(&watcher, takes_memory, DONE),
	ROW(&watcher, writes_ca, KILLED),
	ROW(&watcher, makes_file, KILLED),
	ROW(&watcher, removes_file, KILLED),
	ROW(&watcher, opens_tcp, KILLED),
	ROW(&watcher, opens_local_socket, KILLED),
	ROW(&watcher, makes_code, KILLED),
	ROW(&watcher, loads_library, KILLED),
	ROW(&watcher, starts_process, KILLED),
	ROW(&watcher, starts_thread, KILLED),
	ROW(&watcher, runs_program, KILLED),
	ROW(&watcher, traces, KILLED),

	ROW(&fetcher, reads_ca, DONE),
	ROW(&fetcher, reads_resolver_settings, DONE),
	ROW(&fetcher, opens_tcp, DONE),
	ROW(&fetcher, opens_dns, DONE),
	ROW(&fetcher, looks_host_up, DONE),
	ROW(&fetcher, connects_to_its_port, DONE),
	ROW(&fetcher, starts_thread, DONE),
	ROW(&fetcher, makes_pipe, DONE),
	ROW(&fetcher, takes_memory, DONE),
	ROW(&fetcher, loads_library, DONE),
	ROW(&fetcher, makes_code, KILLED),
	ROW(&fetcher, turns_memory_into_code, KILLED),
	ROW(&fetcher, makes_file_in_memory, ENOSYS),
	LANDLOCK(&fetcher, connects_elsewhere, EACCES, 4),
	ROW(&fetcher, listens, KILLED),
	ROW(&fetcher, opens_local_socket, EAFNOSUPPORT),
	ROW(&fetcher, opens_packets, KILLED),
	LANDLOCK(&fetcher, reads_other_file, EACCES, 1),
	LANDLOCK(&fetcher, reads_accounts, EACCES, 1),
	LANDLOCK(&fetcher, reads_memory_of_others, EACCES, 1),
	LANDLOCK(&fetcher, lists_folder, EACCES, 1),
	ROW(&fetcher, writes_ca, KILLED),
	ROW(&fetcher, makes_file, KILLED),
	ROW(&fetcher, removes_file, KILLED),
	ROW(&fetcher, starts_process, KILLED),
	ROW(&fetcher, runs_program, KILLED),
	ROW(&fetcher, traces, KILLED),
	ROW(&fetcher, reads_parent, KILLED),
	ROW(&fetcher, signals_parent, KILLED),
	ROW(&fetcher, leaves_namespace, KILLED),
	ROW(&at_home, opens_local_socket, DONE),
	ROW(&at_home, runs_program, KILLED),
	ROW(&witness, connects_elsewhere, DONE),
	LANDLOCK(&witness, reads_ca, EACCES, 1),
	STRICT(&fetcher, raises_limit, KILLED),
	STRICT(&fetcher, adds_filter, KILLED),
	STRICT(&fetcher, gives_up, SIGABRT),

	ROW(&keeper, keeps_files, DONE),
	ROW(&keeper, reads_ca, DONE),
	ROW(&keeper, makes_channel, DONE),
	ROW(&keeper, makes_pipe, DONE),
	ROW(&keeper, tells_the_journal, DONE),
	ROW(&keeper, takes_memory, DONE),
	ROW(&keeper, takes_random_octets, DONE),
	ROW(&keeper, ends_nobody, ESRCH),
	ROW(&keeper, signals_parent, ENOSYS),
	LANDLOCK(&keeper, writes_ca, EACCES, 1),
	LANDLOCK(&keeper, reads_other_file, EACCES, 1),
	LANDLOCK(&keeper, reads_accounts, EACCES, 1),
	LANDLOCK(&keeper, reads_resolver_settings, EACCES, 1),
	LANDLOCK(&keeper, lists_folder, EACCES, 1),
	LANDLOCK(&keeper, makes_file, EACCES, 1),
	LANDLOCK(&keeper, removes_file, EACCES, 1),
	ROW(&keeper, makes_device, ENOSYS),
	ROW(&keeper, opens_tcp, ENOSYS),
	ROW(&keeper, opens_dns, ENOSYS),
	ROW(&keeper, opens_packets, ENOSYS),
	ROW(&keeper, opens_local_socket, ENOSYS),
	ROW(&keeper, reaches_a_service, KILLED),
	ROW(&keeper, starts_to_listen, KILLED),
	ROW(&keeper, runs_program, KILLED),
	ROW(&keeper, reads_parent, KILLED),
	ROW(&keeper, takes_descriptors_of_others, KILLED),
	ROW(&keeper, leaves_namespace, KILLED),
	ROW(&keeper, makes_file_in_memory, KILLED),
	ROW(&keeper, makes_code, ENOSYS),
	ROW(&keeper, turns_memory_into_code, ENOSYS),
	STRICT(&keeper, loads_library, EACCES),
	STRICT(&keeper, starts_process, KILLED),
	STRICT(&keeper, starts_thread, KILLED),
	STRICT(&keeper, traces, KILLED),
	STRICT(&keeper, raises_limit, ENOSYS),
	STRICT(&keeper, adds_filter, ENOSYS),
	STRICT(&keeper, gives_up, SIGABRT),
};

static int listen_somewhere(uint16_t *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(fd, (const void *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	ck_assert_int_eq(getsockname(fd, (void *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

static int listeners[2];

static void make(void)
{
	make_folder();
	free(put_file("ca.pem", "a certificate"));
	free(put_file("password", "secret"));
	snprintf(inside, sizeof(inside), "%s/ca.pem", folder);
	snprintf(outside, sizeof(outside), "%s/password", folder);
	snprintf(kept, sizeof(kept), "%s/archive", folder);
	ck_assert_int_eq(mkdir(kept, 0700), 0);
	listeners[0] = listen_somewhere(&listening);
	listeners[1] = listen_somewhere(&forbidden);
	held = open("/dev/null", O_WRONLY);
	fetcher.port = at_home.port = listening;
	fetcher.ca_file = at_home.ca_file = str_from(inside);
}

static void drop(void)
{
	close(listeners[0]);
	close(listeners[1]);
	close(held);
	drop_folder();
}

/* What the deed comes to in a box of its own. */
static int come_to(const struct sandbox *who, int (*does)(void))
{
	struct error err = {0};
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit(sandbox_enter(who, &err) < 0 ? 1 : does());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SANDBOX_SIGNAL ? KILLED : WTERMSIG(status);
	return WEXITSTATUS(status);
}

START_TEST(each_process_may_do_its_work_and_nothing_else)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (sandbox_lacks() && strstr(sandbox_lacks(), "seccomp")) {
		printf("skipped: %s\n", sandbox_lacks());
		return;
	}
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		if (deeds[i].needs > version || (deeds[i].strict && SANITIZED))
			continue;
		int came = come_to(deeds[i].who, deeds[i].does);
		ck_assert_msg(came == deeds[i].want, "row %zu, %s: %d, expected %d", i,
			deeds[i].what, came, deeds[i].want);
	}
}
END_TEST

/* A kernel that has Landlock and does not give it: that is seen when a box is to be closed. */
static void refuse_landlock(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_restrict_self, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {sizeof(steps) / sizeof(*steps), steps};
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

START_TEST(a_fetcher_whose_box_cannot_be_closed_says_why)
{
	const struct account account = {.name = STR("old"), .type = ACCOUNT_MAILDIR};
	const struct fetcher_plan fetching = {.account = &account};
	const struct process_plan plan = {.title = "test",
		.prepare = refuse_landlock,
		.run = fetcher_main,
		.context = &fetching};
	struct process p;
	struct error err = {0};
	struct frame frame;
	if (sandbox_lacks()) {
		printf("skipped: %s\n", sandbox_lacks());
		return;
	}
	ck_assert_msg(process_start(&plan, &p, &err) == 0, "%s", err.text);
	struct pollfd fd = {.fd = channel_fd(p.channel), .events = POLLIN};
	ck_assert_int_eq(poll(&fd, 1, 20000), 1);
	ck_assert_msg(channel_next(p.channel, &frame, &err) == 1, "%s", err.text);
	ck_assert_str_eq(frame.verb, "failed");
	ck_assert_msg(str_eq(frame.head,
			      STR("{\"kind\":11,\"text\":\"cannot take files from a "
				  "process: Operation not permitted\"}")),
		"%.*s", STR_ARG(frame.head));
	ck_assert(!process_end(&p));
}
END_TEST

Suite *sandbox_suite(void)
{
	Suite *suite = suite_create("app: sandbox");
	TCase *tests = tcase_create("sandbox");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, each_process_may_do_its_work_and_nothing_else);
	tcase_add_test(tests, a_fetcher_whose_box_cannot_be_closed_says_why);
	suite_add_tcase(suite, tests);
	return suite;
}
