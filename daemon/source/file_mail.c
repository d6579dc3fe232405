/* One mail out of a file: hashed as it stood there, brought into CRLF form. */
#include "file_mail.h"

#include "base/limits.h"
#include <string.h>

void file_mail_finish(struct file_mail *m)
{
	if (m->sum)
		sha256_end(m->sum, NULL, NULL);
	buf_finish(&m->octets);
	buf_finish(&m->start);
	*m = (struct file_mail){0};
}

int file_mail_begin(struct file_mail *m, struct error *err)
{
	struct buf octets = m->octets, start = m->start;
	m->octets = m->start = (struct buf){0};
	file_mail_finish(m);
	buf_clear(&octets);
	buf_clear(&start);
	m->octets = octets;
	m->start = start;
	return sha256_start(&m->sum, err);
}

/* A line end of any kind becomes CRLF; a CR alone is none. */
static void add_own(struct file_mail *m, struct str own)
{
	size_t before = m->octets.len;
	while (own.len) {
		const char *lf = memchr(own.ptr, '\n', own.len);
		size_t len = lf ? (size_t)(lf - own.ptr) : own.len;
		if (len)
			m->ended_cr = own.ptr[len - 1] == '\r';
		buf_add(&m->octets, own.ptr, len);
		if (lf) {
			buf_add_cstr(&m->octets, m->ended_cr ? "\n" : "\r\n");
			m->crlf += m->ended_cr;
			m->lf += !m->ended_cr;
			m->ended_cr = false;
		}
		own = str_slice(own, len + (lf != NULL), own.len);
	}
	m->size_bytes += m->octets.len - before;
}

int file_mail_add(struct file_mail *m, struct str found, struct str own, struct error *err)
{
	m->found_bytes += found.len;
	add_own(m, own);
	return m->octets.failed ? error_memory(err) : sha256_add(m->sum, found, err);
}

int file_mail_take(struct file_mail *m, struct str *out, struct error *err)
{
	size_t room = LIMIT_HEADER_BLOCK - m->start.len;
	buf_add_str(&m->start, str_slice(buf_str(&m->octets), 0, room));
	if (m->start.failed)
		return error_memory(err);
	*out = buf_str(&m->octets);
	m->octets.len = 0;
	return 0;
}

int file_mail_end(struct file_mail *m, struct file_place *out, struct error *err)
{
	out->size_bytes = m->found_bytes;
	out->line_ends = !m->lf ? LINE_ENDS_CRLF : m->crlf ? LINE_ENDS_MIXED : LINE_ENDS_LF;
	int result = sha256_end(m->sum, &out->sum, err);
	m->sum = NULL;
	return result;
}
