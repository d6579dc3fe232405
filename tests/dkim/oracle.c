/* Says what libopendkim thinks of mails, with keys from a file instead of DNS: for comparisons. */
#include <opendkim/dkim.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

struct keys {
	char *text;
};

static DKIM_STAT look_up(DKIM *dkim, DKIM_SIGINFO *sig, u_char *out, size_t size)
{
	const struct keys *keys = dkim_get_user_context(dkim);
	char name[512];
	snprintf(name, sizeof(name), "%s._domainkey.%s", (char *)dkim_sig_getselector(sig),
		(char *)dkim_sig_getdomain(sig));
	size_t len = strlen(name);
	for (const char *line = keys->text; *line;) {
		const char *end = strchr(line, '\n');
		if (!end)
			break;
		if (!strncasecmp(line, name, len) && line[len] == '\t') {
			size_t value = (size_t)(end - line) - len - 1;
			if (value >= size)
				return DKIM_STAT_SYNTAX;
			memcpy(out, line + len + 1, value);
			out[value] = '\0';
			return DKIM_STAT_OK;
		}
		line = end + 1;
	}
	return DKIM_STAT_NOKEY;
}

static char *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		exit(EXIT_FAILURE);
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = calloc(1, *len + 1);
	if (!text || fread(text, 1, *len, f) != *len)
		exit(EXIT_FAILURE);
	fclose(f);
	return text;
}

static void say(DKIM_LIB *lib, struct keys *keys, const char *path)
{
	DKIM_STAT status;
	DKIM_SIGINFO **sigs = NULL;
	size_t len;
	int count = 0;
	char *mail = read_all(path, &len);
	DKIM *dkim = dkim_verify(lib, (u_char *)"id", NULL, &status);
	dkim_set_user_context(dkim, keys);
	dkim_chunk(dkim, (u_char *)mail, len);
	dkim_chunk(dkim, NULL, 0);
	bool testing;
	status = dkim_eom(dkim, &testing);
	printf("%s", path);
	if (dkim_getsiglist(dkim, &sigs, &count) == DKIM_STAT_OK)
		for (int i = 0; i < count; i++) {
			(void)dkim_sig_process(dkim, sigs[i]);
			bool pass = (dkim_sig_getflags(sigs[i]) & DKIM_SIGFLAG_PASSED) &&
				dkim_sig_getbh(sigs[i]) == DKIM_SIGBH_MATCH;
			printf("\t%s:%s", pass ? "pass" : "fail",
				dkim_sig_geterrorstr(dkim_sig_geterror(sigs[i])));
		}
	else
		printf("\tfail:%s", dkim_getresultstr(status));
	printf("\n");
	dkim_free(dkim);
	free(mail);
}

int main(int argc, char **argv)
{
	struct keys keys;
	size_t len;
	if (argc < 2)
		return EXIT_FAILURE;
	keys.text = read_all(argv[1], &len);
	DKIM_LIB *lib = dkim_init(NULL, NULL);
	u_int flags = DKIM_LIBFLAGS_FIXCRLF;
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof(flags));
	dkim_set_key_lookup(lib, look_up);
	/* the library crashes on some mails: each in a process of its own */
	for (int i = 2; i < argc; i++) {
		int status = 0;
		fflush(stdout);
		pid_t child = fork();
		if (child == 0) {
			say(lib, &keys, argv[i]);
			fflush(stdout);
			_exit(0);
		}
		if (child < 0 || waitpid(child, &status, 0) != child || status)
			printf("%s\tfail:crashed\n", argv[i]);
	}
	dkim_close(lib);
	free(keys.text);
	return EXIT_SUCCESS;
}
