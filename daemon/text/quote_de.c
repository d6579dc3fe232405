/* What mailers write in German. */
#include "language.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct language language_de = {
	.verbs = LIST("schrieb", "schreibt", "geschrieben", "hat geschrieben"),
	.pronouns = LIST("ich", "du", "sie", "ihr", "wir", "er", "hast", "haben", "habe", "habt"),
	.intros = LIST("am", "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag",
		"mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "von"),
	.originals = LIST("ursprüngliche nachricht", "originalnachricht", "original-nachricht",
		"originalmail", "original nachricht", "urspr. nachricht"),
	.forwards = LIST("weitergeleitete nachricht", "weitergeleitete mail",
		"anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
		"weitergeleitete e-mail", "weitergeleitet von"),
	.labels =
		(const struct header_label[]){
			{"von", HEADER_FROM},
			{"an", HEADER_TO},
			{"cc", HEADER_CC},
			{"kopie", HEADER_CC},
			{"gesendet", HEADER_DATE},
			{"gesendet am", HEADER_DATE},
			{"datum", HEADER_DATE},
			{"betreff", HEADER_SUBJECT},
			{"antwort an", HEADER_REPLY_TO},
			{"antworten an", HEADER_REPLY_TO},
			{"priorität", HEADER_OTHER},
			{"wichtigkeit", HEADER_OTHER},
			{"anlagen", HEADER_OTHER},
			{NULL, 0},
		},
	.mobiles = LIST("gesendet von", "gesendet mit", "gesendet via", "gesendet über",
		"von meinem iphone", "von meinem ipad", "von unterwegs", "holen sie sich outlook",
		"outlook für ios", "outlook für android", "gesendet aus"),
	.mobile_ends = LIST("gesendet", "gesendet.", "geschickt", "geschickt."),
	.mobile_ended_starts = LIST("von meinem", "von meiner", "diese nachricht wurde von",
		"diese nachricht wurde mit", "diese e-mail wurde von", "von unterwegs",
		"mit meinem", "vom handy", "vom smartphone"),
	.excuses = LIST("entschuldigen", "entschuldige", "tippfehler", "kürze"),
	.disclaimers = LIST("vertraulich", "vertrauliche", "vertraulichen", "richtige adressat",
		"vorgesehene empfänger", "vorgesehenen empfänger", "irrtümlich erhalten",
		"informieren sie bitte", "unbefugte", "unerlaubte"),
	.replies = LIST("aw:", "antw:", "antwort:"),
	.forward_subjects = LIST("wg:", "wtr:", "weitergeleitet:"),
};
