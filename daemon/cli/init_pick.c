/* Clients from a few words: numbers of a list, or written out for --clients. */
#include "init.h"

#include "app/rulebook.h"
#include "base/utf8.h"
#include <string.h>

#define ID_MOST 60 /* with "-2" behind it still a name of 64 */

static bool take_range(struct str word, size_t count, uint64_t *first, uint64_t *last)
{
	size_t at;
	struct str from = word, to = word;
	if (str_rfind_char(word, '-', &at)) {
		from = str_slice(word, 0, at);
		to = str_slice(word, at + 1, word.len);
	}
	return str_to_u64(from, count, first) && str_to_u64(to, count, last) && *first >= 1 &&
		*first <= *last;
}

int pick_numbers(struct str words, size_t count, bool *chosen, struct error *err)
{
	memset(chosen, 0, count * sizeof(*chosen));
	for (struct str rest = words; rest.len;) {
		uint64_t first, last;
		size_t len = 0;
		while (len < rest.len && !strchr(", ", rest.ptr[len]))
			len++;
		struct str word = str_slice(rest, 0, len);
		rest = str_slice(rest, len + 1, rest.len);
		if (!word.len)
			continue;
		if (!take_range(word, count, &first, &last))
			return error_set(err, ERROR_USAGE,
				"'%.*s' is not in the list, expected numbers from 1 to %zu such as "
				"1,3-5",
				STR_ARG(word), count);
		for (uint64_t n = first; n <= last; n++)
			chosen[n - 1] = true;
	}
	return 0;
}

void client_id_from(struct str name, struct buf *out)
{
	size_t start = out->len;
	for (size_t at = 0; at < name.len && out->len - start < ID_MOST;) {
		int32_t c = utf8_bare(utf8_next(name, &at));
		/* Nora's is noras */
		if (c == '\'' || c == 0x2019)
			continue;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (kept)
			buf_add_char(out, (char)c);
		else if (out->len > start && out->ptr[out->len - 1] != '-')
			buf_add_char(out, '-');
	}
	while (out->len > start && out->ptr[out->len - 1] == '-')
		out->len--;
	if (out->len == start)
		buf_add_cstr(out, "client");
}

static struct client *find_id(const struct init *i, struct str id)
{
	for (size_t n = 0; n < i->client_count; n++)
		if (str_eq(i->clients[n].id, id))
			return &i->clients[n];
	return NULL;
}

static struct client *find_name(const struct init *i, struct str name)
{
	for (size_t n = 0; n < i->client_count; n++)
		if (str_eq_nocase(i->clients[n].name, name))
			return &i->clients[n];
	return NULL;
}

static bool is_known(const struct init *i, struct str id)
{
	return i->book && config_client(i->book->config, id);
}

/* With a number behind it when another client has it. */
static struct str make_id(struct init *i, struct str from)
{
	struct buf text = {0};
	client_id_from(from, &text);
	size_t len = text.len;
	for (unsigned number = 2;
		!text.failed && (find_id(i, buf_str(&text)) || is_known(i, buf_str(&text)));
		number++) {
		text.len = len;
		buf_add_format(&text, "-%u", number);
	}
	struct str id =
		text.failed ? (struct str){0} : arena_str(&i->dialogue.arena, buf_str(&text));
	buf_finish(&text);
	return id;
}

static int add_address(struct init *i, struct client *c, struct str address, struct error *err)
{
	struct arena *a = &i->dialogue.arena;
	struct str *items = arena_array(a, c->addresses.count + 1, sizeof(*items));
	if (!items)
		return error_memory(err);
	if (c->addresses.count)
		memcpy(items, c->addresses.items, c->addresses.count * sizeof(*items));
	items[c->addresses.count] = arena_str(a, address);
	if (!items[c->addresses.count].ptr)
		return error_memory(err);
	c->addresses = (struct strs){items, c->addresses.count + 1};
	return 0;
}

int init_add_client(
	struct init *i, struct str id_from, struct str name, struct str address, struct error *err)
{
	struct client *same = find_name(i, name);
	if (same)
		return add_address(i, same, address, err);
	if (i->client_count == INIT_CLIENTS_MOST)
		return error_set(err, ERROR_USAGE, "too many clients, expected at most %d",
			INIT_CLIENTS_MOST);
	if (!i->clients)
		i->clients =
			arena_array(&i->dialogue.arena, INIT_CLIENTS_MOST, sizeof(*i->clients));
	struct client made = {
		.id = make_id(i, id_from),
		.name = arena_str(&i->dialogue.arena, name),
	};
	if (!i->clients || !made.id.ptr || !made.name.ptr)
		return error_memory(err);
	if (add_address(i, &made, address, err) < 0)
		return -1;
	i->clients[i->client_count++] = made;
	return 0;
}

static int check_id(const struct init *i, struct str id, struct error *err)
{
	struct buf good = {0};
	client_id_from(id, &good);
	bool is_id = str_eq(buf_str(&good), id);
	buf_finish(&good);
	if (!is_id)
		return error_set(err, ERROR_USAGE,
			"bad name '%.*s' of a client, expected small letters, digits and '-'",
			STR_ARG(id));
	if (find_id(i, id) || is_known(i, id))
		return error_set(err, ERROR_USAGE, "a second client '%.*s'", STR_ARG(id));
	return 0;
}

/* "acme:Acme GmbH=@acme.example,jane@x.example" */
static int pick_client(struct init *i, struct str words, struct error *err)
{
	struct str head = {0}, id = {0}, address, name;
	if (!str_split(&words, '=', &head) || !words.len)
		return error_set(err, ERROR_USAGE,
			"no addresses for '%.*s', expected such as acme=@acme.example",
			STR_ARG(head));
	str_split(&head, ':', &id);
	id = str_trim(id);
	name = str_trim(head).len ? str_trim(head) : id;
	if (check_id(i, id, err) < 0)
		return -1;
	if (find_name(i, name))
		return error_set(err, ERROR_USAGE, "a second client named '%.*s'", STR_ARG(name));
	while (str_split(&words, ',', &address)) {
		address = str_trim(address);
		if (check_address(address, true, err) < 0 ||
			init_add_client(i, id, name, address, err) < 0)
			return -1;
	}
	return 0;
}

int pick_clients(struct init *i, struct str words, struct error *err)
{
	struct str one;
	i->client_count = 0;
	while (str_split(&words, ';', &one))
		if (str_trim(one).len && pick_client(i, str_trim(one), err) < 0)
			return -1;
	return 0;
}
