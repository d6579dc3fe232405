/* Runs the suites of app/; and the small world that they share. */
#include "app_test.h"

#include "archive/archive.h"
#include "base/file.h"
#include "index/index.h"
#include "message/message_parse.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A reader that crashes on purpose does so without a report. */
const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
	return "handle_segv=0";
}

char folder[64];

void make_folder(void)
{
	strcpy(folder, "/tmp/overstep-app-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void drop_files(const char *place)
{
	DIR *dir = opendir(place);
	struct dirent *entry;
	while (dir && (entry = readdir(dir))) {
		char *path = file_join(place, entry->d_name);
		if (entry->d_name[0] != '.' && unlink(path) < 0) {
			drop_files(path);
			rmdir(path);
		}
		free(path);
	}
	if (dir)
		closedir(dir);
}

void drop_folder(void)
{
	drop_files(folder);
	rmdir(folder);
}

char *put_file(const char *name, const char *text)
{
	struct error err = {0};
	char *path = file_join(folder, name);
	ck_assert_msg(file_write_atomic(path, str_from(text), 0600, &err) == 0, "%s", err.text);
	return path;
}

const char *const plain_config =
	"archive = \"archive\"; languages = [ ]; rules = [ \"my.rules\" ];\n"
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";\n"
	"      hours = [ \"mon-fri 09:00-17:00\" ]; };\n"
	"clients = ( { id = \"acme\"; addresses = [ \"@acme.example\" ]; },\n"
	"            { id = \"beta\"; addresses = [ \"bo@beta.example\" ];\n"
	"              time_zone = \"America/New_York\"; hours = [ \"mon 10:00-11:00\" ]; } );\n";

static const char rules[] = "rule urgency/now\n"
			    "  title     Act at once\n"
			    "  sign      urgency\n"
			    "  severity  3\n"
			    "  says      right now\n"
			    "  yes       Do it right now.\n"
			    "  no        Whenever it suits you.\n";

struct rulebook *make_book(const char *config)
{
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct buf said = {0};
	struct error err = {0};
	char *rule_path = put_file("my.rules", rules), *path = put_file("test.conf", config);
	const struct rulebook_plan plan = {.config = path};
	int result = rulebook_load(&plan, &book, &diags, &err);
	diags_print(&diags, &said);
	ck_assert_msg(result == 0, "%s\n%s", err.text, buf_cstr(&said));
	buf_finish(&said);
	diags_finish(&diags);
	free(rule_path);
	free(path);
	return book;
}

struct buf mail_from(const char *from, const char *words)
{
	struct buf mail = {0};
	buf_add_format(&mail,
		"From: %s\r\nTo: anna@studio.example\r\nSubject: Logo\r\n"
		"Date: Mon, 5 Jan 2026 21:00:00 +0100\r\n"
		"Message-ID: <1@mail.example>\r\n\r\n%s\r\n",
		from, words);
	return mail;
}

struct raw raw_of(const struct buf *mail, const char *account, uint32_t uid)
{
	return (struct raw){
		.place = {.account = str_from(account),
			.folder = STR("INBOX"),
			.uidvalidity = 1,
			.uid = uid},
		.state = RAW_WHOLE,
		.has_internal = true,
		.internal_at_us = INT64_C(1767643200) * SECOND_US,
		.seen_at_us = INT64_C(1767643260) * SECOND_US + 5,
		.size_bytes = mail->len,
		.octets = buf_str(mail),
	};
}

static void open_store(struct world *w)
{
	struct error err = {0};
	char *place = str_dup(w->book->config_path ? str_from(folder) : (struct str){0});
	char *archive = file_join(place, "archive");
	ck_assert_msg(
		store_open(archive, STORE_CREATE, NULL, w->readers, NULL, &w->store, &err) == 0,
		"%s", err.text);
	ck_assert_msg(store_terms(w->store, w->book, NULL, &err) == 0, "%s", err.text);
	free(archive);
	free(place);
}

void make_world(struct world *w)
{
	struct error err = {0};
	make_folder();
	w->book = make_book(plain_config);
	ck_assert_int_eq(readers_new(w->book, 1, &w->readers, &err), 0);
	open_store(w);
}

void open_store_again(struct world *w)
{
	store_close(w->store);
	open_store(w);
}

void drop_world(struct world *w)
{
	store_close(w->store);
	readers_free(w->readers);
	rulebook_free(w->book);
	drop_folder();
}

struct buf dump_of(struct store *s)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_msg(index_dump(s->index, &out, &err) == 0, "%s", err.text);
	return out;
}

int main(void)
{
	static Suite *(*const suites[])(void) = {channel_suite, process_suite, sandbox_suite,
		reading_suite, readers_suite, store_suite, control_suite, queue_suite, frames_suite,
		rulebook_suite, notify_suite, events_suite, hook_suite, guests_suite, spawner_suite,
		sequences_suite, sequence_watch_suite, innocent_suite, survey_suite, watch_suite,
		clock_watch_suite, retry_suite, account_link_suite, outgoing_suite};
	message_library_start();
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
