/* overstep doctor on the machine: modes, zone, clock, disk, lingering, the command of on_finding.
 */
#include "app/rulebook.h"
#include "app/sandbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "config/config.h"
#include "doctor.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <pwd.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#define FIRST_PERSON 1000 /* user numbers below are the system's own */

static void tell(struct doctor *d, struct advice *a)
{
	doctor_tell(d, a, (struct str){0});
}

static void look_at_mode(struct doctor *d, const char *path, bool read)
{
	struct advice a = {.check = "mode"};
	advise_on_mode(&a, path, read);
	tell(d, &a);
}

/* Several accounts may share one. */
static void look_at_secret_mode(struct doctor *d, size_t account)
{
	const struct account *accounts = d->in->book->config->accounts;
	struct str path = accounts[account].secret.file;
	for (size_t i = 0; i < account; i++)
		if (str_eq(accounts[i].secret.file, path))
			return;
	char *name = path.len ? str_dup(path) : NULL;
	if (name)
		look_at_mode(d, name, true);
	free(name);
}

static void look_at_modes(struct doctor *d)
{
	const struct config *config = d->in->book->config;
	look_at_mode(d, d->in->book->config_path, true);
	for (size_t i = 0; i < config->account_count; i++)
		look_at_secret_mode(d, i);
	if (!file_is_folder(d->archive))
		return; /* told with the archive */
	look_at_mode(d, d->archive, true);
	static const char *const names[] = {"archive.db", "index.db"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *path = file_join(d->archive, names[i]);
		if (path && file_exists(path))
			look_at_mode(d, path, true);
		free(path);
	}
}

static void look_at_zone(struct doctor *d)
{
	char version[TZDATA_VERSION_SIZE];
	struct advice a = {.check = "zone"};
	zone_tzdata_version(NULL, version);
	int year = date_from_days(clock_now_us(NULL) / DAY_US).year;
	advise_on_zone(&a, zone_name(worktime_zone(d->in->book->mine)), version, year);
	tell(d, &a);
}

static void look_at_clock(struct doctor *d)
{
	struct advice a = {.check = "clock"};
	struct timex state = {0};
	int result = adjtimex(&state); /* only asks */
	bool synchronised = result >= 0 && result != TIME_ERROR && !(state.status & STA_UNSYNC);
	buf_add_format(&a.text, "this machine's is %ssynchronised", synchronised ? "" : "not ");
	if (!synchronised)
		advice_warn(&a, "timedatectl set-ntp true");
	tell(d, &a);
}

/* The archive's folder, or the nearest above that is there. free() it. */
static char *nearest_folder(const char *path)
{
	char *folder = str_dup(str_from(path));
	while (folder && !file_is_folder(folder) && folder[0] && folder[1]) {
		char *above = file_folder(folder);
		free(folder);
		folder = above;
	}
	return folder;
}

static void look_at_disk(struct doctor *d)
{
	struct advice a = {.check = "disk"};
	struct statvfs disk;
	char *folder = nearest_folder(d->archive);
	if (!folder || statvfs(folder, &disk) < 0) {
		buf_add_format(&a.text, "cannot look at the disk of '%s'", d->archive);
		advice_wrong(&a, ERROR_CONFIG, "check 'archive' of the configuration");
	} else if (access(folder, W_OK) < 0) {
		buf_add_format(&a.text, "nothing can be written to '%s'", folder);
		advice_wrong(&a, ERROR_CONFIG, "chown it to the user of the service");
	} else {
		advise_on_space(&a, (uint64_t)disk.f_bavail * disk.f_frsize);
	}
	free(folder);
	tell(d, &a);
}

static void look_at_box(struct doctor *d)
{
	struct advice a = {.check = "box"};
	const char *lacks = sandbox_lacks();
	if (lacks) {
		buf_add_format(&a.text,
			"of what closes in the processes that meet mail, here is %s", lacks);
		advice_warn(&a,
			"a kernel that has it (CONFIG_SECCOMP_FILTER, CONFIG_SECURITY_LANDLOCK "
			"and landlock in lsm=), or a container that does not hide it");
	} else {
		buf_add_cstr(&a.text, "processes that meet mail are closed in");
	}
	tell(d, &a);
}

void advise_on_my_lingering(struct advice *a)
{
	const struct passwd *user = getpwuid(geteuid());
	const struct lingering l = {
		.user = user ? user->pw_name : "?",
		.is_person = geteuid() >= FIRST_PERSON,
		.has_systemd = file_is_folder("/run/systemd/system"),
		.folder = "/var/lib/systemd/linger",
	};
	advise_on_lingering(a, &l);
}

static void look_at_lingering(struct doctor *d)
{
	struct advice a = {.check = "lingering"};
	advise_on_my_lingering(&a);
	tell(d, &a);
}

static void look_at_hook(struct doctor *d)
{
	const struct strs *command = &d->in->book->config->on_finding;
	char *program = command->count ? str_dup(command->items[0]) : NULL;
	if (!program)
		return;
	struct advice a = {.check = "on_finding"};
	advise_on_command(&a, program, getenv("PATH"));
	free(program);
	tell(d, &a);
}

void doctor_look_at_machine(struct doctor *d)
{
	look_at_modes(d);
	look_at_zone(d);
	look_at_clock(d);
	look_at_disk(d);
	look_at_box(d);
	look_at_lingering(d);
	look_at_hook(d);
}
