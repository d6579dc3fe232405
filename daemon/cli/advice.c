/* What `overstep doctor` thinks of what it sees: no looking here, only judging. */
#include "advice.h"

#include "base/file.h"
#include "base/limits.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPACE_WRONG (100 * MIB)
#define SPACE_LOW (1024 * MIB)
#define TZDATA_YEARS 2 /* rules of summer time change in some country nearly every year */

const char *advice_level_name(enum advice_level level)
{
	static const char *const names[] = {"ok", "warning", "wrong"};
	return names[level];
}

void advice_finish(struct advice *a)
{
	buf_finish(&a->text);
	buf_finish(&a->mend);
}

void advice_warn(struct advice *a, const char *mend, ...)
{
	va_list arguments;
	va_start(arguments, mend);
	a->level = ADVICE_WARNING;
	buf_add_vformat(&a->mend, mend, arguments);
	va_end(arguments);
}

void advice_wrong(struct advice *a, enum error_kind kind, const char *mend, ...)
{
	va_list arguments;
	va_start(arguments, mend);
	a->level = ADVICE_WRONG;
	a->kind = kind;
	buf_add_vformat(&a->mend, mend, arguments);
	va_end(arguments);
}

void advise_on_mode(struct advice *a, const char *path, bool read)
{
	struct stat st;
	if (stat(path, &st) < 0) {
		buf_add_format(&a->text, "cannot look at '%s'", path);
		advice_wrong(a, ERROR_CONFIG, "check that it is there and yours");
		return;
	}
	const char *mode = S_ISDIR(st.st_mode) ? "700" : "600";
	buf_add_format(&a->text, "'%s' ", path);
	if (st.st_uid != geteuid() && st.st_uid != 0) {
		buf_add_cstr(&a->text, "belongs to somebody else");
		advice_wrong(a, ERROR_CONFIG, "chown '%s' to the user of the service", path);
	} else if (st.st_mode & (S_IWGRP | S_IWOTH)) {
		buf_add_cstr(&a->text, "can be changed by others");
		advice_wrong(a, ERROR_CONFIG, "chmod %s '%s'", mode, path);
	} else if (read && (st.st_mode & (S_IRWXG | S_IRWXO))) {
		buf_add_cstr(&a->text, "can be read by others");
		advice_warn(a, "chmod %s '%s'", mode, path);
	} else {
		buf_add_format(&a->text, "is mode %03o", (unsigned)st.st_mode & 07777);
	}
}

void advise_on_space(struct advice *a, uint64_t free_bytes)
{
	bool small = free_bytes < SPACE_LOW;
	uint64_t tenths = free_bytes / (small ? MIB : SPACE_LOW / 10);
	if (small)
		buf_add_format(&a->text, "%llu MiB free", (unsigned long long)tenths);
	else
		buf_add_format(&a->text, "%llu.%llu GiB free", (unsigned long long)(tenths / 10),
			(unsigned long long)(tenths % 10));
	static const char mend[] = "make room: without it nothing more is stored";
	if (free_bytes < SPACE_WRONG)
		advice_wrong(a, ERROR_TEMPORARY, mend);
	else if (small)
		advice_warn(a, mend);
}

void advise_on_zone(struct advice *a, struct str zone, const char *version, int year)
{
	int of = atoi(version);
	buf_add_format(&a->text, "%.*s, tzdata %s", STR_ARG(zone), version);
	if (!of)
		advice_warn(a,
			"install the package tzdata whole: how old its rules are cannot be told");
	else if (of + TZDATA_YEARS < year)
		advice_warn(a, "update the package tzdata: rules of summer time change");
}

void advise_on_lingering(struct advice *a, const struct lingering *l)
{
	if (!l->has_systemd) {
		buf_add_cstr(
			&a->text, "no systemd here: whoever starts overstepd keeps it running");
		return;
	}
	if (!l->is_person) {
		buf_add_format(&a->text, "'%s' is a user of the system's, it needs none", l->user);
		return;
	}
	char *path = file_join(l->folder, l->user);
	bool lingers = path && file_exists(path);
	free(path);
	if (lingers) {
		buf_add_format(&a->text, "the service of '%s' goes on after logout", l->user);
		return;
	}
	buf_add_format(&a->text, "the service of '%s' ends at logout", l->user);
	advice_warn(a, "loginctl enable-linger %s", l->user);
}

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

void advise_on_command(struct advice *a, const char *program, const char *path)
{
	bool found = strchr(program, '/') && is_program(program);
	struct str rest = str_from(path), folder;
	while (!found && !strchr(program, '/') && str_split(&rest, ':', &folder)) {
		struct buf full = {0};
		buf_add_format(&full, "%.*s/%s", STR_ARG(folder), program);
		found = !full.failed && is_program(buf_cstr(&full));
		buf_finish(&full);
	}
	buf_add_format(&a->text, "'%s' %s", program, found ? "is there" : "cannot be run");
	if (!found)
		advice_warn(a, "install it, or give its whole path in on_finding");
}

void advise_on_trouble(struct advice *a, const struct error *why)
{
	size_t at;
	bool certificate = str_find_nocase(str_from(why->text), STR("certificate"), &at);
	buf_add_cstr(&a->text, why->text);
	if (why->kind == ERROR_LOGIN)
		advice_wrong(a, why->kind,
			"check user and secret; large providers want an app password, or a token "
			"(auth)");
	else if (why->kind == ERROR_CONFIG)
		advice_wrong(a, why->kind, "mend the account, see 'overstep help configuration'");
	else if (str_starts(str_from(why->text), STR("secret command ")))
		advice_wrong(a, why->kind,
			"run it by hand as the user of the service, until it prints the secret and "
			"ends with 0");
	else if (certificate)
		advice_wrong(a, why->kind,
			"use the host name that the certificate is for, or name a private CA in "
			"ca_file");
	else
		advice_wrong(a, why->kind, "check host, port and tls, and the network");
}
