/* What mailers write in Swedish. */
#include "language.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct language language_sv = {
	.verbs = LIST("skrev", "skriver"),
	.pronouns = LIST("jag", "du", "ni", "vi", "han", "hon", "de", "som"),
	.intros = LIST("den", "på", "mån", "tis", "ons", "tors", "fre", "lör", "sön", "måndag",
		"tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "måndagen", "tisdagen",
		"onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"),
	.originals = LIST("ursprungligt meddelande", "originalmeddelande", "ursprungligt e-brev"),
	.forwards =
		LIST("vidarebefordrat meddelande", "vidarebefordrat brev", "vidarebefordrat mejl",
			"vidarebefordrat mail", "börja på vidarebefordrat meddelande",
			"början på vidarebefordrat meddelande", "vidarebefordrat e-postmeddelande"),
	.labels =
		(const struct header_label[]){
			{"från", HEADER_FROM},
			{"till", HEADER_TO},
			{"kopia", HEADER_CC},
			{"kopia till", HEADER_CC},
			{"skickat", HEADER_DATE},
			{"datum", HEADER_DATE},
			{"ämne", HEADER_SUBJECT},
			{"svar till", HEADER_REPLY_TO},
			{"svara till", HEADER_REPLY_TO},
			{"prioritet", HEADER_OTHER},
			{"bifogade filer", HEADER_OTHER},
			{NULL, 0},
		},
	.mobiles = LIST("skickat från", "skickad från", "skickat med", "skickat via", "sänt från",
		"hämta outlook för", "mobilt från"),
	.excuses = LIST("ursäkta", "stavfel", "skrivfel", "fåordig", "kortfattad"),
	.disclaimers = LIST("konfidentiell", "konfidentiellt", "avsedd mottagare",
		"avsedda mottagaren", "rätt mottagare", "avsedd för adressaten",
		"fått detta meddelande av misstag", "fått detta mejl av misstag",
		"meddela avsändaren"),
	.replies = LIST("sv:"),
	.forward_subjects = LIST("vb:"),
};
