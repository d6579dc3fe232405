/* What reading a chat export takes, and how much memory: `bench_chat FILE [LOCALE]`. */
#include "base/clock.h"
#include "chat/chat_survey.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static double seconds_since(int64_t start_us)
{
	return (double)(clock_monotonic_us() - start_us) / SECOND_US;
}

/* What is the program's own: pages of the mapped file are the system's to take back. */
static long own_kib(void)
{
	char line[256];
	long value = 0;
	FILE *f = fopen("/proc/self/status", "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "RssAnon: %ld", &value) == 1)
			break;
	if (f)
		fclose(f);
	return value;
}

static int read_all(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct error *err)
{
	struct chat_reader *r = NULL;
	struct chat_message m;
	int64_t start_us = clock_monotonic_us();
	uint64_t count = 0;
	long most = 0;
	int more = chat_open(format, files, declared, &r, err);
	chat_message_init(&m);
	while (!more && (more = chat_next(r, &m, err)) > 0) {
		if (count++ % 10000 == 0 && own_kib() > most)
			most = own_kib();
		more = 0;
	}
	chat_message_finish(&m);
	chat_close(r);
	printf("read:   %.2f s, %llu messages, %ld KiB at most\n", seconds_since(start_us),
		(unsigned long long)count, most);
	return more;
}

static int measure(struct str name, struct str octets, enum chat_order order, struct error *err)
{
	struct chat_files *files = NULL;
	struct chat_survey survey;
	enum chat_format format;
	struct chat_declared declared = {.order = order};
	chat_survey_init(&survey);
	int64_t start_us = clock_monotonic_us();
	int result = chat_files_open(name, octets, &files, err);
	if (!result)
		result = chat_detect(files, &format, err);
	if (!result)
		result = chat_survey(format, files, &declared, &survey, err);
	if (!result) {
		declared.order = survey.dates.order;
		printf("survey: %.2f s, %s, %zu authors, %ld KiB\n", seconds_since(start_us),
			chat_format_name(format), survey.author_count, own_kib());
		result = read_all(format, files, &declared, err);
	}
	chat_survey_finish(&survey);
	chat_files_close(files);
	return result;
}

int main(int argc, char **argv)
{
	struct error err = {0};
	enum chat_order order = CHAT_ORDER_UNKNOWN;
	struct stat st;
	int fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0 || fstat(fd, &st) < 0) {
		fputs("usage: bench_chat FILE [LOCALE]\n", stderr);
		return 2;
	}
	void *octets = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (octets == MAP_FAILED || (argc > 2 && chat_order_parse(str_from(argv[2]), &order, &err)))
		return 2;
	int result =
		measure(str_from(argv[1]), (struct str){octets, (size_t)st.st_size}, order, &err);
	if (result < 0)
		fprintf(stderr, "bench_chat: %s\n", err.text);
	return result < 0;
}
