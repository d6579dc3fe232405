/* What mailers write in Danish. */
#include "language.h"

const struct language language_da = {
	.verbs = LIST("skrev", "skriver", "citerer"),
	.pronouns = LIST("jeg", "du", "i", "vi", "han", "hun", "de", "som", "der", "har"),
	.intros = LIST("den", "på", "man", "tir", "tirs", "ons", "tor", "tors", "fre", "lør", "søn",
		"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
	.originals = LIST("oprindelig besked", "oprindelig meddelelse", "original meddelelse",
		"original besked", "oprindelig mail"),
	.forwards = LIST("videresendt besked", "videresendt meddelelse", "videresendt mail",
		"videresendt e-mail", "start på videresendt besked",
		"start på videresendt meddelelse", "begyndelse på videresendt besked",
		"videresendt af"),
	.pointers = LIST("svar nedenfor", "mine kommentarer nedenfor", "svarer nedenfor",
		"svar med rødt", "kommentarer med rødt", "se mine svar", "se mine kommentarer"),
	.labels =
		{
			[HEADER_FROM] = LIST("fra", "afsender"),
			[HEADER_TO] = LIST("til", "modtager"),
			[HEADER_CC] = LIST("cc", "kopi", "kopi til"),
			[HEADER_DATE] = LIST("sendt", "dato"),
			[HEADER_SUBJECT] = LIST("emne"),
			[HEADER_REPLY_TO] = LIST("svar til"),
			[HEADER_OTHER] = LIST("prioritet", "vedhæftede filer", "vedhæftet"),
		},
	.mobiles = LIST("sendt fra", "sendt med", "sendt via", "hent outlook til",
		"hent outlook for", "få outlook til"),
	.devices = LIST("min", "mit", "mobil", "mobiltelefon", "telefon", "enhed", "tablet", "app",
		"mail", "e-mail"),
	.excuses = LIST("undskyld", "beklager", "tastefejl", "slåfejl", "kortfattethed"),
	.addressees = LIST("tilsigtede modtager", "rette modtager", "tiltænkt", "kun bestemt for",
		"modtaget denne e-mail", "modtaget denne mail", "modtaget denne meddelelse",
		"underrette afsenderen", "informere afsender", "informere afsenderen",
		"kontakte afsenderen", "kontakt afsenderen", "give afsenderen besked"),
	.secrets = LIST(
		"fortrolig", "fortrolige", "fortroligt", "ved en fejl", "slette", "ikke tilladt"),
	.replies = LIST("sv"),
};
