/* What a bundle says of itself in words: bag-info.txt, README.txt and data/index.csv. */
#include "bundle_text.h"
#include "base/csv.h"
#include "record_form.h"
#include <inttypes.h>

void bundle_info_write(
	struct buf *out, const struct bundle_folder *f, const struct bundle_summary *summary)
{
	uint64_t octets = 0, files = 0;
	for (size_t i = 0; i < f->count; i++) {
		if (!str_starts(str_from(f->entries[i].path), STR("data/")))
			continue;
		octets += f->entries[i].size_bytes;
		files++;
	}
	buf_add_cstr(out, "Bag-Software-Agent: overstep\n");
	buf_add_format(out, "Bagging-Date: %s\n", summary->day);
	buf_add_format(out, "Payload-Oxum: %" PRIu64 ".%" PRIu64 "\n", octets, files);
	buf_add_format(
		out, "Records: %zu of %" PRIu64 "\n", summary->records, summary->log_records);
	if (summary->filter.len > 0) {
		buf_add_cstr(out, "Filter: ");
		value_write(out, summary->filter);
		buf_add_char(out, '\n');
	}
}

/* Of the messages that data/redacted/ has a copy of, the octets are not in the bundle. */
static const char still_here[] =
	"while read -r sum file; do n=${file##*/}; "
	"[ -e \"data/redacted/${n%.eml}.txt\" ] || echo \"$sum  $file\"; done | ";

static void add_recipe(struct buf *out, const struct bundle_summary *summary)
{
	uint64_t n = summary->log_records;
	buf_add_cstr(out,
		"Check it by hand\n"
		"================\n"
		"Open a terminal in this folder and run these lines. Each prints only OK, or words\n"
		"that end in OK.\n\n"
		"Nothing in this folder was changed, taken away or added:\n\n"
		"    sha256sum --strict --quiet -c tagmanifest-sha256.txt manifest-sha256.txt && echo OK\n"
		"    { sed 's/^[0-9a-f]*  //' manifest-sha256.txt; find data ! -type d; } |"
		" LC_ALL=C sort | uniq -u | grep . || echo OK\n\n");
	buf_add_format(out,
		"The log has the %" PRIu64
		" lines that its checkpoint commits to, and the checkpoint "
		"is signed:\n\n"
		/* the whole file: a line behind them would pass for a record's below */
		"    [ \"$(sha256sum < data/log.txt | cut -c 1-64)\" = \"$(sed -n "
		"'s/^list-sha256: //p' data/checkpoints/%06" PRIu64 ".txt)\" ] && echo OK\n"
		"    openssl dgst -sha256 -verify data/log-key.pem -signature "
		"data/checkpoints/%06" PRIu64 ".txt.sig data/checkpoints/%06" PRIu64 ".txt\n\n",
		n, n, n, n);
	buf_add_format(out,
		"A record stands in the log: line %" PRIu64 " is the hash of record %" PRIu64
		"; then all of them at once:\n\n"
		"    [ \"$(sed -n %" PRIu64
		"p data/log.txt)\" = \"$(sha256sum < data/records/%06" PRIu64
		".txt | cut -c 1-64)\" ] && echo OK\n"
		"    sha256sum data/records/*.txt | cut -c 1-64 | grep -vxFf data/log.txt || echo OK\n\n",
		summary->example, summary->example, summary->example, summary->example);
	if (summary->has_octets)
		buf_add_format(out,
			"Each file of evidence is the one that its record names:\n\n"
			"    grep -h '^[0-9a-f]\\{64\\}  ' data/records/*.txt | %ssha256sum -c\n\n",
			summary->redacted ? still_here : "");
	buf_add_cstr(out,
		"`sh verify.sh` does all of this and more: it also finds files that no record names.\n"
		"Whoever doubts this folder should not trust the script in it either: a copy from\n"
		"elsewhere checks it by `sh elsewhere/verify.sh DIR`. It needs sha256sum, and openssl for\n"
		"signatures. Where there is no sha256sum, as on some macOS, `shasum -a 256` does the same.\n\n");
}

/* What is said of a kind of record, when there is one. */
static const struct {
	enum record_type type;
	const char *text;
} kinds[] = {
	{RECORD_DKIM,
		"    data/dkim/         whose signature a message had when it came, and the key that DNS\n"
		"                       gave for it\n"},
	{RECORD_ATTACHMENT,
		"    data/attachments/  what the owner supplied besides: files, and notes of what is no\n"
		"                       mail, with the time as the owner states it\n"},
	{RECORD_FINDINGS,
		"    data/findings/     which rules matched, by the rules in data/rules/; a rule's match\n"
		"                       is an opinion, not evidence\n"},
};

/* So that nobody has to guess what a gap is, and what is none. */
static const char missed[] =
	"Was anything missed?\n"
	"====================\n"
	"Records with 'type: gap' are the owner's log of looking. Their 'what' line says which:\n\n"
	"    watched      the account was looked at from 'from' until 'until', with no pause longer\n"
	"                 than 'pause' seconds: what came then and stayed that long was fetched\n"
	"    away         nobody looked then, 'why' says why: what came was fetched later, unless it\n"
	"                 was deleted before\n"
	"    vanished     the message 'of' was fetched, and later was in its folder no longer\n"
	"    renumbered   the server numbered the folder anew (UIDVALIDITY), and it was read again\n"
	"    restored     the server put the folder back to an earlier state, as from a backup: its\n"
	"                 numbers from the second of 'uid' on were given anew, and read again\n"
	"    settled      the message that the record 'of' is about could be had later, or was there no\n"
	"                 longer: 'why' says which\n"
	"    none         a message of this folder could not be had at all\n\n"
	"Of a time that no such record covers it cannot be told whether anybody looked. They are\n"
	"the owner's own word, in the log like the messages; verify.sh checks that they are\n"
	"unchanged, not that they are true.\n\n";

static const char agreements[] =
	"A record with 'type: mark' is the owner's own word that the message in its 'of' line fixes\n"
	"what its 'kind' line says (scope, price or hours), given at the time in its 'stored' line;\n"
	"data/index.csv names it beside the message.\n\n";

static void add_contents(struct buf *out, const struct bundle_summary *summary)
{
	buf_add_cstr(out,
		"What is here\n"
		"============\n"
		"    data/messages/     messages, octet for octet; any mail reader opens them,\n"
		"                       and any editor a line of a chat, which is named .eml, too;\n"
		"                       edits and deletions before its export cannot be known\n"
		"    data/records/      what was recorded of each when it was stored, with all its clocks\n"
		"    data/log.txt       the hash of every record of the archive, in order; the salt in a\n"
		"                       record keeps the others secret\n"
		"    data/checkpoints/  signed commitments to the log\n"
		"    data/log-key.pem   the public key of the newest one; data/keys/ has all of them\n"
		"    data/index.csv     the messages as a table\n");
	if (summary->has_page)
		buf_add_cstr(out,
			"    data/report.html   the messages in order of time, to be read or printed:\n"
			"                       begin here\n");
	buf_add_cstr(
		out, "    data/declaration-* what the owner may sign: templates, no evidence\n");
	if (summary->redacted)
		buf_add_format(out,
			"    data/redacted/     copies of %zu of the messages, with words covered; what\n"
			"                       the message itself holds cannot be told, but its record\n"
			"                       names the hash of it, and whoever is shown the message can\n"
			"                       compare\n",
			summary->redacted);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (summary->has[kinds[i].type])
			buf_add_cstr(out, kinds[i].text);
	buf_add_cstr(out,
		"\nA message's 'peer: name N' line counts the messages of that client from 1 without a\n"
		"gap, so one that was left out shows as a missing number. bag-info.txt says how the\n"
		"records were chosen.\n\n");
	if (summary->has[RECORD_MARK])
		buf_add_cstr(out, agreements);
	if (summary->has[RECORD_GAP])
		buf_add_cstr(out, missed);
}

void bundle_readme_write(struct buf *out, const struct bundle_summary *summary)
{
	buf_add_format(out,
		"Evidence: %zu records, %zu of them messages, out of a log of %" PRIu64 ".\n\n",
		summary->records, summary->messages, summary->log_records);
	add_recipe(out, summary);
	add_contents(out, summary);
	if (summary->stamps)
		buf_add_cstr(out,
			"Time stamps\n"
			"===========\n"
			"A .tsr file beside a checkpoint C is an authority's word (RFC 3161) that C existed\n"
			"at the time it states. ROOT.pem is the authority's own certificate, from its site:\n"
			"whom you believe is yours to say.\n\n"
			"  openssl ts -reply -in C.tsr -text\n"
			"  openssl ts -verify -data C -in C.tsr -CAfile ROOT.pem -untrusted "
			"data/tsa-chain.pem\n\n"
			"Add -attime SECONDS, the time stated, when the authority's certificate has run "
			"out since.\n\n");
	buf_add_cstr(out,
		"What this shows, and what it does not\n"
		"=====================================\n"
		"These files belong together and are the ones that the log commits to. The checkpoint\n"
		"is signed by the owner's own key: it binds the owner from the moment on at which\n"
		"somebody else held it, or stamped its time (a .tsr file beside it), and not before.\n"
		"Whoever held the archive could have written all of it anew up to that moment; where\n"
		"there is no such stamp, when it was stored cannot be told from this folder.\n"
		"It does not show that these are all messages there were: mail that was deleted before\n"
		"it was fetched, and a client's last messages, leave no gap. Nor does it show who wrote a\n"
		"message.\n");
}

static const char *const columns[] = {"evidence", "client", "number", "direction", "date",
	"received", "internal", "seen", "used", "state", "size_bytes", "sha256", "file",
	"message_id", "subject", "agreement"};

void bundle_index_head(struct buf *out)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		if (i > 0)
			buf_add_char(out, ',');
		csv_add(out, str_from(columns[i]));
	}
	buf_add_cstr(out, "\r\n");
}

/* Adds *text as the next field of the row, and empties it. */
static void cell(struct buf *out, struct buf *text)
{
	csv_add(out, buf_str(text));
	out->failed |= text->failed;
	buf_clear(text);
	buf_add_char(out, ',');
}

static void clock_cells(struct buf *out, const struct clocks *clocks, struct buf *text)
{
	static const enum clock_kind order[] = {
		CLOCK_DATE, CLOCK_RECEIVED, CLOCK_INTERNAL, CLOCK_SEEN};
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		clock_write(text, clocks, order[i]);
		cell(out, text);
	}
	buf_add_cstr(text, clock_kind_name(clocks->used));
	cell(out, text);
	buf_add_cstr(text, clocks->agreed ? "agreed" : "disputed");
	cell(out, text);
}

/* Clients and their numbers, in the order of the record, with spaces between. */
static int peer_cells(struct buf *out, struct record *record, struct buf *text, struct error *err)
{
	struct buf numbers = {0};
	struct str written;
	for (size_t i = 0; (written = record_get(record, "peer", i)).ptr != NULL; i++) {
		struct peer peer;
		if (!peer_read(written, &record->arena, &peer)) {
			buf_finish(&numbers);
			return error_set(err, ERROR_INTEGRITY,
				"record %" PRIu64 ": its 'peer' line cannot be read", record->seq);
		}
		buf_add_cstr(text, i > 0 ? " " : "");
		word_write(text, peer.client);
		buf_add_format(&numbers, "%s%" PRIu64, i > 0 ? " " : "", peer.number);
	}
	cell(out, text);
	cell(out, &numbers);
	buf_finish(&numbers);
	return 0;
}

static int row(struct buf *out, struct record *record, const struct message_entry *entry,
	struct buf *text, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE], hex[SHA256_HEX_SIZE];
	evidence_name(record->seq, name);
	buf_add_cstr(text, name);
	cell(out, text);
	if (peer_cells(out, record, text, err) < 0)
		return -1;
	buf_add_cstr(text, direction_name(entry->direction));
	cell(out, text);
	clock_cells(out, &entry->clocks, text);
	buf_add_format(text, "%" PRIu64, entry->size_bytes);
	cell(out, text);
	if (record->has_blob) {
		sha256_hex(&record->blob, hex);
		buf_add_cstr(text, hex);
	}
	cell(out, text);
	buf_add_str(text, record->blob_path);
	cell(out, text);
	return 0;
}

int bundle_index_row(struct buf *out, struct record *record, const struct message_entry *entry,
	const struct bundle_words *words, struct error *err)
{
	struct buf text = {0};
	int status = row(out, record, entry, &text, err);
	buf_finish(&text);
	if (status < 0)
		return -1;
	csv_add(out, words->message_id);
	buf_add_char(out, ',');
	csv_add(out, words->subject);
	buf_add_char(out, ',');
	csv_add(out, words->agreement);
	buf_add_cstr(out, "\r\n");
	return out->failed ? error_memory(err) : 0;
}
