/* What mailers write in Italian. */
#include "language.h"

const struct language language_it = {
	.verbs = LIST("ha scritto", "scrive", "scriveva"),
	.pronouns = LIST("io", "tu", "lei", "lui", "noi", "voi", "loro", "mi", "ti", "ci", "che"),
	.intros = LIST("il", "in data", "lun", "mar", "mer", "gio", "ven", "sab", "dom", "lunedì",
		"martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
	.originals = LIST("messaggio originale", "messaggio di origine", "mail originale",
		"e-mail originale"),
	.forwards = LIST("messaggio inoltrato", "inizio messaggio inoltrato",
		"inizio del messaggio inoltrato", "mail inoltrata", "e-mail inoltrata",
		"inoltrato da"),
	.pointers = LIST("risposte sotto", "risposte di seguito", "risposte in rosso",
		"commenti in rosso", "commenti di seguito", "vedi le mie risposte",
		"rispondo sotto"),
	.labels =
		{
			[HEADER_FROM] = LIST("da", "mittente"),
			[HEADER_TO] = LIST("a", "per", "destinatario", "destinatari"),
			[HEADER_CC] = LIST("cc", "ccn", "copia"),
			[HEADER_DATE] =
				LIST("inviato", "inviato il", "inviata", "data", "data invio"),
			[HEADER_SUBJECT] = LIST("oggetto", "ogg"),
			[HEADER_REPLY_TO] = LIST("rispondi a", "risposta"),
			[HEADER_OTHER] = LIST("allegati", "allegato", "priorità", "importanza"),
		},
	.mobiles =
		LIST("inviato da", "inviato dal", "inviato dalla", "inviato con", "inviato tramite",
			"scarica outlook per", "ottieni outlook per", "scopri outlook per"),
	.devices = LIST("mio", "cellulare", "telefono", "telefonino", "smartphone", "dispositivo",
		"tablet", "app", "mail", "posta", "email", "e-mail"),
	.excuses = LIST("scusate", "scusa", "scusi", "perdonate", "perdona", "errori", "brevità"),
	.addressees = LIST("destinatario indicato", "destinatari indicati", "al destinatario",
		"ai destinatari", "messaggio per errore", "comunicazione per errore",
		"e-mail per errore", "informare il mittente", "avvisare il mittente",
		"al mittente"),
	.secrets = LIST("riservato", "riservate", "riservata", "confidenziale", "confidenziali",
		"uso esclusivo", "esclusivamente", "vietata", "vietato", "distruggere",
		"cancellare"),
	.replies = LIST("r", "re", "rif"),
	.forward_subjects = LIST("i", "inoltro"),
};
