/* The tables of WhatsApp's own words: en, de, fr, es, sv. */
#include "whatsapp_words.h"

#include <stddef.h>

/* Whole messages; a full stop at the end and < > around them are left out here and there. */
static const struct {
	struct str words;
	enum chat_kind kind;
} messages[] = {
	{STR("media omitted"), CHAT_MEDIA},
	{STR("image omitted"), CHAT_MEDIA},
	{STR("video omitted"), CHAT_MEDIA},
	{STR("video note omitted"), CHAT_MEDIA},
	{STR("audio omitted"), CHAT_MEDIA},
	{STR("sticker omitted"), CHAT_MEDIA},
	{STR("gif omitted"), CHAT_MEDIA},
	{STR("document omitted"), CHAT_MEDIA},
	{STR("contact card omitted"), CHAT_MEDIA},
	{STR("medien ausgeschlossen"), CHAT_MEDIA},
	{STR("bild weggelassen"), CHAT_MEDIA},
	{STR("video weggelassen"), CHAT_MEDIA},
	{STR("audio weggelassen"), CHAT_MEDIA},
	{STR("sticker weggelassen"), CHAT_MEDIA},
	{STR("gif weggelassen"), CHAT_MEDIA},
	{STR("dokument weggelassen"), CHAT_MEDIA},
	{STR("kontaktkarte ausgelassen"), CHAT_MEDIA},
	{STR("médias omis"), CHAT_MEDIA},
	{STR("image absente"), CHAT_MEDIA},
	{STR("vidéo absente"), CHAT_MEDIA},
	{STR("audio omis"), CHAT_MEDIA},
	{STR("sticker omis"), CHAT_MEDIA},
	{STR("gif retiré"), CHAT_MEDIA},
	{STR("document manquant"), CHAT_MEDIA},
	{STR("fiche contact omise"), CHAT_MEDIA},
	{STR("multimedia omitido"), CHAT_MEDIA},
	{STR("imagen omitida"), CHAT_MEDIA},
	{STR("video omitido"), CHAT_MEDIA},
	{STR("audio omitido"), CHAT_MEDIA},
	{STR("sticker omitido"), CHAT_MEDIA},
	{STR("gif omitido"), CHAT_MEDIA},
	{STR("documento omitido"), CHAT_MEDIA},
	{STR("tarjeta de contacto omitida"), CHAT_MEDIA},
	{STR("utelämnad media"), CHAT_MEDIA},
	{STR("media har utelämnats"), CHAT_MEDIA},
	{STR("bild utelämnad"), CHAT_MEDIA},
	{STR("bilden har utelämnats"), CHAT_MEDIA},
	{STR("video utelämnad"), CHAT_MEDIA},
	{STR("videon har utelämnats"), CHAT_MEDIA},
	{STR("ljud utelämnat"), CHAT_MEDIA},
	{STR("ljudet har utelämnats"), CHAT_MEDIA},
	{STR("dokument utelämnat"), CHAT_MEDIA},
	{STR("this message was deleted"), CHAT_DELETED},
	{STR("you deleted this message"), CHAT_DELETED},
	{STR("diese nachricht wurde gelöscht"), CHAT_DELETED},
	{STR("du hast diese nachricht gelöscht"), CHAT_DELETED},
	{STR("ce message a été supprimé"), CHAT_DELETED},
	{STR("vous avez supprimé ce message"), CHAT_DELETED},
	{STR("se eliminó este mensaje"), CHAT_DELETED},
	{STR("este mensaje fue eliminado"), CHAT_DELETED},
	{STR("eliminaste este mensaje"), CHAT_DELETED},
	{STR("det här meddelandet har raderats"), CHAT_DELETED},
	{STR("det här meddelandet raderades"), CHAT_DELETED},
	{STR("du raderade det här meddelandet"), CHAT_DELETED},
	{STR("missed voice call"), CHAT_MEDIA},
	{STR("missed video call"), CHAT_MEDIA},
	{STR("verpasster sprachanruf"), CHAT_MEDIA},
	{STR("verpasster videoanruf"), CHAT_MEDIA},
	{STR("appel vocal manqué"), CHAT_MEDIA},
	{STR("appel vidéo manqué"), CHAT_MEDIA},
	{STR("llamada perdida"), CHAT_MEDIA},
	{STR("videollamada perdida"), CHAT_MEDIA},
	{STR("missat röstsamtal"), CHAT_MEDIA},
	{STR("missat videosamtal"), CHAT_MEDIA},
};

/* Sentences of the notice that stands at the head of a chat. */
static const struct str notice[] = {
	STR("Messages and calls are end-to-end encrypted."),
	STR("Messages to this chat and calls are now secured with end-to-end encryption."),
	STR("Messages to this group are now secured with end-to-end encryption."),
	STR("Messages you send to this group are now secured with end-to-end encryption."),
	STR("No one outside of this chat, not even WhatsApp, can read or listen to them."),
	STR("Only people in this chat can read, listen to, or share them."),
	STR("Tap to learn more."),
	STR("Tap for more info."),
	STR("Learn more."),
	STR("Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."),
	STR("Niemand außerhalb dieses Chats kann sie lesen oder anhören, nicht einmal WhatsApp."),
	STR("Tippe, um mehr zu erfahren."),
	STR("Les messages et les appels sont chiffrés de bout en bout."),
	STR("Aucun tiers, pas même WhatsApp, ne peut les lire ou les écouter."),
	STR("Appuyez pour en savoir plus."),
	STR("Los mensajes y las llamadas están cifrados de extremo a extremo."),
	STR("Nadie fuera de este chat, ni siquiera WhatsApp, puede leerlos ni escucharlos."),
	STR("Toca para obtener más información."),
	STR("Meddelanden och samtal är komplett krypterade."),
	STR("Ingen utanför den här chatten, inte ens WhatsApp, kan läsa eller lyssna på dem."),
	STR("Tryck för att läsa mer."),
	STR("Läs mer."),
};

/* Behind the name of a file, at the end of the line. */
static const struct str attached_behind[] = {
	STR("(file attached)"),
	STR("(Datei angehängt)"),
	STR("(fichier joint)"),
	STR("(archivo adjunto)"),
	STR("(bifogad fil)"),
};

/* Within < > before the name of a file. */
static const struct str attached_before[] = {
	STR("attached:"),
	STR("Anhang:"),
	STR("pièce jointe"),
	STR("adjunto:"),
	STR("bifogad:"),
};

static const struct str edited_words[] = {
	STR("This message was edited"),
	STR("Diese Nachricht wurde bearbeitet"),
	STR("Ce message a été modifié"),
	STR("Se editó este mensaje"),
	STR("Det här meddelandet redigerades"),
	STR("Det här meddelandet har redigerats"),
};

/* The program puts it before what it writes itself. */
static const struct str direction_mark = STR("\u200e");

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct str whatsapp_trim(struct str s)
{
	static const struct str blanks[] = {STR("\u200e"), STR("\u200f"), STR("\u202f"),
		STR("\u00a0"), STR("\uFEFF"), STR("\u202a"), STR("\u202c"), STR("\u2068"),
		STR("\u2069")};
	for (bool again = true; again;) {
		again = false;
		s = str_trim(s);
		for (size_t i = 0; i < COUNT(blanks); i++) {
			size_t len = blanks[i].len;
			if (str_starts(s, blanks[i])) {
				s = str_slice(s, len, s.len);
				again = true;
			} else if (str_ends(s, blanks[i])) {
				s = str_slice(s, 0, s.len - len);
				again = true;
			}
		}
	}
	return s;
}

static bool is_notice(struct str text)
{
	bool any = false;
	for (size_t i = 0; i < COUNT(notice); i++)
		if (str_starts(text, notice[i])) {
			text = whatsapp_trim(str_slice(text, notice[i].len, text.len));
			any = true;
			i = (size_t)-1; /* the sentences stand in any order */
		}
	return any && !text.len;
}

enum chat_kind whatsapp_words_kind(struct str text)
{
	text = whatsapp_trim(text);
	if (is_notice(text))
		return CHAT_SYSTEM;
	if (str_starts(text, STR("<")) && str_ends(text, STR(">")) && text.len > 1)
		text = whatsapp_trim(str_slice(text, 1, text.len - 1));
	if (str_ends(text, STR(".")))
		text.len--;
	for (size_t i = 0; i < COUNT(messages); i++)
		if (str_eq_nocase(text, messages[i].words))
			return messages[i].kind;
	return CHAT_SAID;
}

/* Is there one of the words at the front, in any case? */
static bool starts_with(struct str s, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts_nocase(s, words[i]))
			return true;
	return false;
}

/* "<attached: 1.jpg>" or "<This message was edited>" at the end of the line. */
static size_t bracketed_tail(struct str line, bool *edited)
{
	size_t at;
	if (!str_ends(line, STR(">")) || !str_rfind_char(line, '<', &at))
		return line.len;
	struct str inside = whatsapp_trim(str_slice(line, at + 1, line.len - 1));
	while (str_ends(str_slice(line, 0, at), direction_mark))
		at -= direction_mark.len;
	*edited = starts_with(inside, edited_words, COUNT(edited_words));
	return *edited || starts_with(inside, attached_before, COUNT(attached_before)) ? at
										       : line.len;
}

/* "plan.pdf • 3 pages <mark>document omitted": what follows the last direction mark. */
static size_t marked_tail(struct str line)
{
	for (size_t at = line.len; at >= direction_mark.len; at--) {
		if (!str_ends(str_slice(line, 0, at), direction_mark))
			continue;
		return whatsapp_words_kind(str_slice(line, at, line.len)) == CHAT_MEDIA ? 0
											: line.len;
	}
	return line.len;
}

size_t whatsapp_words_tail(struct str line, bool *edited)
{
	*edited = false;
	struct str seen = line;
	while (seen.len && (unsigned char)seen.ptr[seen.len - 1] <= ' ')
		seen.len--;
	for (size_t i = 0; i < COUNT(attached_behind); i++)
		if (str_ends(seen, attached_behind[i]))
			return 0;
	size_t at = bracketed_tail(seen, edited);
	if (at == seen.len)
		at = marked_tail(seen);
	return at == seen.len ? line.len : at;
}
