/* Words and lists as scdoc(5) wants them. */
#ifndef OVERSTEP_DAEMON_MANUAL_SCDOC_H
#define OVERSTEP_DAEMON_MANUAL_SCDOC_H

#include <stdio.h>

/* The text, with nothing in it that scdoc would read as its own. */
void scdoc_text(FILE *out, const char *text);
/* As a sentence: a capital at its beginning, a full stop at its end. */
void scdoc_sentence(FILE *out, const char *text);
/* So many tabs, which indent. */
void scdoc_indent(FILE *out, unsigned depth);
/* *--name* _ARGUMENT_ and what it does, a list item of that depth. argument may be NULL. */
void scdoc_option(
	FILE *out, unsigned depth, const char *name, const char *argument, const char *help);
/* Paragraphs of running text and, where lines begin with two spaces, literal ones, as help texts
   are written; indented. */
void scdoc_paragraphs(FILE *out, unsigned depth, const char *text);

#endif
