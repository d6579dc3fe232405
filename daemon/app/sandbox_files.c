/* The files and ports that are left to a process in its box: Landlock, by its system calls. */
#include "sandbox_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What kernels learned after the headers of Debian 12, by the version of Landlock. */
#define ACCESS_FS_TRUNCATE (1ULL << 14)  /* 3 */
#define ACCESS_FS_IOCTL_DEV (1ULL << 15) /* 5 */
#define ACCESS_NET_CONNECT_TCP (1ULL << 1)
#define ACCESS_NET_BIND_TCP (1ULL << 0)
#define SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define SCOPE_SIGNAL (1ULL << 1)
#define RULE_NET_PORT 2

struct ruleset {
	uint64_t files;
	uint64_t network; /* 4 */
	uint64_t scoped;  /* 6 */
};

struct port_rule {
	uint64_t allowed;
	uint64_t port;
};

#define DNS_PORT 53
#define FIRST_ACCESS_FS ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define READ_FOLDER (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_FOLDER                                                                               \
	(READ_FOLDER | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |            \
		LANDLOCK_ACCESS_FS_MAKE_REG | ACCESS_FS_TRUNCATE)

/* What says who a host is, and who may vouch for it: settings, certificates, and the libraries that
   libc, OpenSSL and SASL load for it. A file that is replaced is another one and cannot be read any
   more: fetchers are started anew for each connection. */
static const char *const readable[] = {
	"/etc/resolv.conf",
	"/etc/hosts",
	"/etc/host.conf",
	"/etc/nsswitch.conf",
	"/etc/gai.conf",
	"/etc/services",
	"/etc/localtime",
	"/etc/ld.so.cache",
	"/etc/ssl",
	"/etc/pki",
	"/etc/sasl2",
	"/lib",
	"/lib64",
	"/usr",
	"/dev/urandom",
};

/* Where OpenSSL looks for certificates instead. */
static const char *const readable_variables[] = {"SSL_CERT_FILE", "SSL_CERT_DIR"};

int sandbox_landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

/* What can be forbidden: all of it. */
static struct ruleset everything(int version, const struct sandbox *box)
{
	struct ruleset r = {.files = FIRST_ACCESS_FS};
	if (version >= 2)
		r.files |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		r.files |= ACCESS_FS_TRUNCATE;
	if (version >= 4)
		r.network = ACCESS_NET_BIND_TCP | (box->any_port ? 0 : ACCESS_NET_CONNECT_TCP);
	if (version >= 5)
		r.files |= ACCESS_FS_IOCTL_DEV;
	/* the keeper's children are in no box of its, and are to be ended */
	if (version >= 6)
		r.scoped = SCOPE_ABSTRACT_UNIX_SOCKET |
			(box->role == SANDBOX_KEEPER ? 0 : SCOPE_SIGNAL);
	return r;
}

/* What is not there cannot be used, which is no mistake. */
static int let_use(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = access};
	struct stat what;
	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return 0;
	if (fstat(rule.parent_fd, &what) == 0 && !S_ISDIR(what.st_mode))
		rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
	long result = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return (int)result;
}

static int let_read(int rules, const char *path)
{
	return let_use(rules, path, READ_FOLDER);
}

static int let_keep(int rules, const struct ruleset *all, const struct sandbox *box)
{
	int result = let_read(rules, "/dev/urandom");
	for (size_t i = 0; i < box->path_count && !result; i++)
		result = let_use(rules, box->paths[i].path,
			box->paths[i].written ? WRITE_FOLDER & all->files : READ_FOLDER);
#if SANITIZED
	/* the runtime looks there for what was not given back */
	if (!result)
		result = let_read(rules, "/proc");
#endif
	return result;
}

static int let_connect(int rules, int version, const struct sandbox *box, uint16_t port)
{
	const struct port_rule rule = {ACCESS_NET_CONNECT_TCP, port};
	if (version < 4 || !port || box->any_port)
		return 0;
	return (int)syscall(SYS_landlock_add_rule, rules, RULE_NET_PORT, &rule, 0);
}

static int let_network(int rules, int version, const struct sandbox *box)
{
	char ca_file[4096] = "";
	if (box->ca_file.len < sizeof(ca_file) && box->ca_file.len)
		memcpy(ca_file, box->ca_file.ptr, box->ca_file.len);
	int result = ca_file[0] ? let_read(rules, ca_file) : 0;
	for (size_t i = 0; i < sizeof(readable) / sizeof(readable[0]) && !result; i++)
		result = let_read(rules, readable[i]);
	for (size_t i = 0; i < 2 && !result; i++) {
		const char *path = getenv(readable_variables[i]);
		result = path ? let_read(rules, path) : 0;
	}
	if (!result)
		result = let_connect(rules, version, box, DNS_PORT);
	return result ? result : let_connect(rules, version, box, box->port);
}

int sandbox_close_files(const struct sandbox *box, struct error *err)
{
	int version = sandbox_landlock_version();
	const struct ruleset all = everything(version, box);
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	int result = rules < 0 ? -1 : 0;
	if (!result && box->role == SANDBOX_NETWORK)
		result = let_network(rules, version, box);
	/* wherever its user keeps mail, and links to it */
	if (!result && box->role == SANDBOX_FILES)
		result = let_read(rules, "/");
	if (!result && box->role == SANDBOX_KEEPER)
		result = let_keep(rules, &all, box);
	if (!result)
		result = (int)syscall(SYS_landlock_restrict_self, rules, 0);
	if (result < 0)
		error_system(err, errno, "cannot take files from a process");
	if (rules >= 0)
		close(rules);
	return result;
}
