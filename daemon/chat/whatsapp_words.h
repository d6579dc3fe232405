/* What WhatsApp itself writes between people's words, in the languages of its users. */
#ifndef OVERSTEP_DAEMON_CHAT_WHATSAPP_WORDS_H
#define OVERSTEP_DAEMON_CHAT_WHATSAPP_WORDS_H

#include "chat/chat.h"

/* Is the whole text the program's? CHAT_MEDIA "<Media omitted>", a missed call; CHAT_DELETED "This
   message was deleted"; CHAT_SYSTEM the notice of encryption; else CHAT_SAID. Only whole sentences
   that are known count: an unknown one stays the sender's. */
enum chat_kind whatsapp_words_kind(struct str text);

/* What the line ends with that is the program's: where that begins (line.len: nowhere).
   "IMG-1.jpg (file attached)", "<attached: 1.jpg>", and `edited` for "<This message was edited>".
 */
size_t whatsapp_words_tail(struct str line, bool *edited);

/* Without direction marks, blanks and byte order marks at both ends. */
struct str whatsapp_trim(struct str s);

#endif
