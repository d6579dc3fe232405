/* Which time zone this machine is in, and which country that zone is of. */
#include "init.h"

#include "base/file.h"
#include "base/limits.h"
#include "worktime/worktime.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SYSTEM_ZONES "/usr/share/zoneinfo"

/* What is behind ".../zoneinfo/" of a path or of TZ, when it is a zone. */
static bool take_zone(struct str path, struct buf *out)
{
	static const struct str folder = {"zoneinfo/", 9};
	size_t at;
	if (str_starts(path, STR(":")))
		path = str_slice(path, 1, path.len);
	if (str_find(path, folder, &at))
		path = str_slice(path, at + folder.len, path.len);
	if (!path.len || worktime_check_zone(path, NULL) < 0)
		return false;
	buf_add_str(out, path);
	return true;
}

void zone_guess(struct str environment, struct buf *out)
{
	char target[4096];
	if (environment.len && take_zone(environment, out))
		return;
	ssize_t len = readlink("/etc/localtime", target, sizeof(target));
	if (len <= 0 || !take_zone((struct str){target, (size_t)len}, out))
		buf_add_cstr(out, "UTC");
}

/* A line of zone.tab: codes, coordinates, zone, remarks; tabs between them. */
void zone_country(const char *folder, struct str zone, char out[3])
{
	char path[512];
	struct buf table = {0};
	struct str line, code, place, name;
	out[0] = '\0';
	snprintf(path, sizeof(path), "%s/zone.tab", folder ? folder : SYSTEM_ZONES);
	if (file_read(path, LIMIT_CONFIG_FILE, &table, NULL) == 0)
		for (struct str rest = buf_str(&table); str_line(&rest, &line);)
			if (str_split(&line, '\t', &code) && str_split(&line, '\t', &place) &&
				str_split(&line, '\t', &name) && str_eq(name, zone) &&
				code.len == 2) {
				memcpy(out, code.ptr, 2);
				out[2] = '\0';
			}
	buf_finish(&table);
}
