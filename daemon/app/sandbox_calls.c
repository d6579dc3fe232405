/* The calls that the kernel takes from a process in its box: seccomp, by libseccomp. */
#include "sandbox_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call, what becomes of it, and of which arguments that holds: all, or those where each of the
   comparisons does. */
struct call {
	int number;
	uint32_t action;
	unsigned comparisons;
	struct scmp_arg_cmp compare[2];
};

/* clang-format off */
#define ALLOW(name) {SCMP_SYS(name), SCMP_ACT_ALLOW, 0, {{0}}}
#define REFUSE(name, error) {SCMP_SYS(name), SCMP_ACT_ERRNO(error), 0, {{0}}}
#define KILL(name) {SCMP_SYS(name), SCMP_ACT_KILL_PROCESS, 0, {{0}}}
#define BITS(argument, mask, value) {argument, SCMP_CMP_MASKED_EQ, mask, value}
#define IF(name, action, bits) {SCMP_SYS(name), action, 1, {bits}}
#define IF_BOTH(name, action, bits, more) {SCMP_SYS(name), action, 2, {bits, more}}
/* clang-format on */
#define WHOLE UINT32_MAX

/* What a program does that holds all it needs. */
static const struct call living[] = {
	ALLOW(read),
	ALLOW(write),
	ALLOW(writev), /* what libc says before it gives up */
	ALLOW(sendto), /* its channel */
	ALLOW(recvfrom),
	ALLOW(close),
	ALLOW(brk),
	ALLOW(munmap),
	ALLOW(mremap),
	ALLOW(madvise),
	IF(mmap, SCMP_ACT_ALLOW, BITS(2, PROT_EXEC, 0)),
	IF(mprotect, SCMP_ACT_ALLOW, BITS(2, PROT_EXEC, 0)),
	ALLOW(futex),
	ALLOW(sched_yield),
	ALLOW(getrandom),
	ALLOW(clock_gettime),
	ALLOW(gettimeofday),
	ALLOW(time),
	ALLOW(setitimer), /* the bound of processor time for a message */
	ALLOW(getpid),
	ALLOW(gettid),
	ALLOW(rt_sigprocmask),
	ALLOW(rt_sigreturn),
	ALLOW(restart_syscall), /* after the machine slept */
	ALLOW(exit),
	ALLOW(exit_group),
	REFUSE(sysinfo, EPERM), /* qsort asks how much memory there is, and goes on */
#if SANITIZED
	/* the runtime's own: stacks for signals, and what it looks at to tell of a mistake */
	ALLOW(sigaltstack),
	ALLOW(prctl),
	ALLOW(uname),
#endif
};

/* Libraries look for files by themselves and go on without: for the converter of a character set
   that is not kept open, for the number of processors. To die of that would let senders choose
   which of their mails nobody examines. */
static const struct call reader[] = {
	REFUSE(open, EACCES),
	REFUSE(openat, EACCES),
	REFUSE(stat, EACCES),
	REFUSE(lstat, EACCES),
	REFUSE(fstat, EACCES),
	REFUSE(newfstatat, EACCES),
	REFUSE(statx, EACCES),
	REFUSE(access, EACCES),
	REFUSE(faccessat, EACCES),
	REFUSE(faccessat2, EACCES),
	REFUSE(readlink, EACCES),
	REFUSE(readlinkat, EACCES),
	/* PCRE2 makes the JIT code of a rule here, when a text is long enough to be worth it;
	   nobody else has a use for it. That is memory of no file. */
	IF(mmap, SCMP_ACT_ALLOW, BITS(3, MAP_ANONYMOUS, MAP_ANONYMOUS)),
};

/* Reads files, which ones is Landlock's to say, and waits. */
static const struct call files[] = {
	IF(open, SCMP_ACT_ALLOW, BITS(1, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)),
	IF(openat, SCMP_ACT_ALLOW, BITS(2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)),
	ALLOW(stat),
	ALLOW(lstat),
	ALLOW(fstat),
	ALLOW(newfstatat),
	ALLOW(statx),
	ALLOW(access),
	ALLOW(faccessat),
	ALLOW(faccessat2),
	ALLOW(readlink),
	ALLOW(readlinkat),
	ALLOW(getdents64),
	ALLOW(lseek),
	ALLOW(pread64),
	ALLOW(readv),
	ALLOW(fcntl),
	ALLOW(poll),
	ALLOW(ppoll),
	ALLOW(epoll_create1),
	ALLOW(epoll_ctl),
	ALLOW(epoll_wait),
	ALLOW(epoll_pwait),
};

/* Hears when files change. */
static const struct call watching[] = {
	ALLOW(inotify_init1),
	ALLOW(inotify_add_watch),
	ALLOW(inotify_rm_watch),
};

/* Which ports is Landlock's to say, too. */
static const struct call network[] = {
	/* a library of name services or of SASL: the code of a file, never what was written */
	IF_BOTH(mmap, SCMP_ACT_ALLOW, BITS(2, PROT_EXEC | PROT_WRITE, PROT_EXEC),
		BITS(3, MAP_ANONYMOUS, 0)),
	IF(socket, SCMP_ACT_ALLOW, BITS(0, WHOLE, AF_INET)),
	IF(socket, SCMP_ACT_ALLOW, BITS(0, WHOLE, AF_INET6)),
	/* libc asks the kernel which kinds of address there are, and goes on without an answer */
	IF(socket, SCMP_ACT_ERRNO(EAFNOSUPPORT), BITS(0, WHOLE, AF_NETLINK)),
	ALLOW(connect),
	ALLOW(getsockname),
	ALLOW(getpeername),
	ALLOW(getsockopt),
	ALLOW(setsockopt),
	ALLOW(recvmsg),
	ALLOW(sendmsg),
	ALLOW(sendmmsg),
	ALLOW(shutdown),
	ALLOW(pipe),
	ALLOW(pipe2),
	ALLOW(ioctl),
	ALLOW(select),
	ALLOW(pselect6),
	ALLOW(uname),
	ALLOW(getuid),
	ALLOW(geteuid),
	ALLOW(getgid),
	ALLOW(getegid),
	/* what the libraries of name services ask when they are loaded: who and where they are */
	ALLOW(getresuid),
	ALLOW(getresgid),
	ALLOW(getgroups),
	ALLOW(getppid),
	ALLOW(getcwd),
	ALLOW(capget),
	ALLOW(statfs),
	ALLOW(fstatfs),
	ALLOW(clock_getres),
	ALLOW(eventfd2),
	ALLOW(timerfd_create),
	ALLOW(timerfd_settime),
	IF(prctl, SCMP_ACT_ERRNO(EINVAL), BITS(0, WHOLE, PR_CAPBSET_READ)),
	REFUSE(memfd_create, ENOSYS), /* a file that is written and then code */
	ALLOW(nanosleep),
	ALLOW(clock_nanosleep),
	ALLOW(rt_sigaction),
	/* while it holds the secret nobody may look into it */
	IF(prctl, SCMP_ACT_ALLOW, BITS(0, WHOLE, PR_GET_DUMPABLE)),
	IF(prctl, SCMP_ACT_ALLOW, BITS(0, WHOLE, PR_SET_DUMPABLE)),
	/* the thread that looks a host up: a thread, never a process */
	IF(clone, SCMP_ACT_ALLOW, BITS(0, CLONE_THREAD, CLONE_THREAD)),
	REFUSE(clone3, ENOSYS), /* its flags cannot be seen; libc takes clone then */
	ALLOW(set_robust_list),
	ALLOW(rseq),
	ALLOW(sched_getaffinity),
	IF(prlimit64, SCMP_ACT_ALLOW, BITS(2, UINT64_MAX, 0)), /* asks only */
	ALLOW(getrlimit),
};

/* Services of this machine (Avahi, resolved) know the names of the local network. For other hosts
   nobody is asked over a socket in the file system: behind one of them anything may listen. */
static const struct call local_names[] = {
	IF(socket, SCMP_ACT_ALLOW, BITS(0, WHOLE, AF_UNIX)),
};
static const struct call no_local_names[] = {
	IF(socket, SCMP_ACT_ERRNO(EAFNOSUPPORT), BITS(0, WHOLE, AF_UNIX)),
};

/* Which files are Landlock's to say here, too; nothing becomes code, and nobody is started. */
static const struct call keeping[] = {
	ALLOW(open),
	ALLOW(openat),
	ALLOW(pwrite64),
	ALLOW(ftruncate),
	ALLOW(fallocate),
	ALLOW(fsync),
	ALLOW(fdatasync),
	ALLOW(flock),
	ALLOW(unlink),
	ALLOW(unlinkat),
	ALLOW(rename),
	ALLOW(renameat),
	ALLOW(renameat2),
	ALLOW(mkdir),
	ALLOW(mkdirat),
	ALLOW(chmod),
	ALLOW(fchmod),
	ALLOW(fchmodat),
	ALLOW(fchown),
	ALLOW(fchownat),
	ALLOW(statfs),
	ALLOW(fstatfs),
	ALLOW(getcwd),
	/* channels, those who ask on its own sockets, the spawner */
	IF(socketpair, SCMP_ACT_ALLOW, BITS(0, WHOLE, AF_UNIX)),
	ALLOW(pipe2),
	ALLOW(accept4),
	ALLOW(getsockopt),
	ALLOW(sendmsg),
	ALLOW(recvmsg),
	/* the journal's, an event each; nothing that answers can be reached by datagrams */
	IF_BOTH(socket, SCMP_ACT_ALLOW, BITS(0, WHOLE, AF_UNIX), BITS(1, 0xf, SOCK_DGRAM)),
	/* its children: they are ended, never told anything else */
	IF(kill, SCMP_ACT_ALLOW, BITS(1, WHOLE, SIGKILL)),
	ALLOW(wait4),
	ALLOW(waitid),
	ALLOW(setpgid),
	ALLOW(pidfd_open),
	ALLOW(getuid),
	ALLOW(geteuid),
	ALLOW(getgid),
	ALLOW(getegid),
	ALLOW(getppid),
	ALLOW(rt_sigaction),
	ALLOW(nanosleep),
	ALLOW(clock_nanosleep),
	ALLOW(sched_getaffinity), /* how many readers there are to be */
#if SANITIZED
	/* the runtime looks for what was not given back, in a process of its own that stops this
	   one */
	ALLOW(clone),
	ALLOW(ptrace),
	ALLOW(getdents),
	ALLOW(tgkill),
#else
	KILL(clone),
	KILL(ptrace),
#endif
	KILL(fork),
	KILL(vfork),
	KILL(execve),
	KILL(execveat),
	KILL(process_vm_readv),
	KILL(process_vm_writev),
	KILL(pidfd_getfd),
	KILL(connect),
	KILL(bind),
	KILL(listen),
	KILL(memfd_create),
	KILL(unshare),
	KILL(setns),
	KILL(mount),
	KILL(bpf),
	KILL(io_uring_setup),
	KILL(userfaultfd),
	KILL(keyctl),
};

#define CALLS(array)                                                                               \
	{                                                                                          \
		array, sizeof(array) / sizeof((array)[0])                                          \
	}
struct calls {
	const struct call *items;
	size_t count;
};

/* What each role has, and what becomes of all that is in no list. */
#define LISTS_MOST 4
static const struct {
	uint32_t other;
	struct calls lists[LISTS_MOST];
} roles[] = {
	[SANDBOX_READER] = {SCMP_ACT_KILL_PROCESS, {CALLS(living), CALLS(reader)}},
	[SANDBOX_FILES] = {SCMP_ACT_KILL_PROCESS, {CALLS(living), CALLS(files), CALLS(watching)}},
	[SANDBOX_NETWORK] = {SCMP_ACT_KILL_PROCESS, {CALLS(living), CALLS(files), CALLS(network)}},
	[SANDBOX_KEEPER] = {SCMP_ACT_ERRNO(ENOSYS),
		{CALLS(living), CALLS(files), CALLS(watching), CALLS(keeping)}},
};

static bool has_local_name(struct str host)
{
	size_t at;
	return host.len && (str_ends(host, STR(".local")) || !str_find(host, STR("."), &at));
}

static int add(scmp_filter_ctx filter, struct calls calls)
{
	int failed = 0;
	for (size_t i = 0; i < calls.count && !failed; i++) {
		const struct call *c = &calls.items[i];
		failed = seccomp_rule_add_array(
			filter, c->action, c->number, c->comparisons, c->compare);
	}
	return failed;
}

static int fill(scmp_filter_ctx filter, const struct sandbox *box)
{
	const struct scmp_arg_cmp to_itself = {
		.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)getpid()};
	int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	/* the kernel's own word when it will not */
	if (!failed)
		failed = seccomp_attr_set(filter, SCMP_FLTATR_API_SYSRAWRC, 1);
	/* found by halves, not one by one: readers call thousands of times a second */
	if (!failed)
		failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (size_t i = 0; i < LISTS_MOST && !failed; i++)
		failed = add(filter, roles[box->role].lists[i]);
	/* it may give up, and end by the signal that says so */
	if (!failed)
		failed = seccomp_rule_add_array(
			filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &to_itself);
	if (failed || box->role != SANDBOX_NETWORK)
		return failed;
	static const struct calls asked = CALLS(local_names), not_asked = CALLS(no_local_names);
	return add(filter, has_local_name(box->host) ? asked : not_asked);
}

bool sandbox_has_seccomp(void)
{
	const uint32_t action = SECCOMP_RET_KILL_PROCESS;
	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int sandbox_close_calls(const struct sandbox *box, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(roles[box->role].other);
	if (!filter)
		return error_memory(err);
	int failed = fill(filter, box);
	if (!failed)
		failed = seccomp_load(filter);
	seccomp_release(filter);
	return failed ? error_system(err, -failed, "cannot take system calls from a process") : 0;
}
