/* What mailers write in Dutch. */
#include "language.h"

const struct language language_nl = {
	.verbs = LIST("schreef", "schrijft", "het volgende geschreven", "geschreven", "citeren"),
	.pronouns = LIST(
		"ik", "je", "jij", "u", "hij", "ze", "zij", "we", "wij", "jullie", "heb", "hebt"),
	.intros = LIST("op", "ma", "di", "wo", "do", "vr", "za", "zo", "maandag", "dinsdag",
		"woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
	.originals = LIST("oorspronkelijk bericht", "origineel bericht", "oorspronkelijke mail",
		"oorspronkelijke e-mail"),
	.forwards = LIST("doorgestuurd bericht", "begin doorgestuurd bericht", "doorgestuurde mail",
		"doorgestuurde e-mail", "doorgezonden bericht", "doorgestuurd door"),
	.pointers = LIST("antwoorden hieronder", "mijn opmerkingen hieronder", "antwoorden in rood",
		"opmerkingen in rood", "zie mijn antwoorden", "zie mijn opmerkingen"),
	.labels =
		{
			[HEADER_FROM] = LIST("van", "afzender"),
			[HEADER_TO] = LIST("aan", "ontvanger"),
			[HEADER_CC] = LIST("cc", "kopie", "kopie aan", "bcc"),
			[HEADER_DATE] = LIST("verzonden", "verzonden op", "datum"),
			[HEADER_SUBJECT] = LIST("onderwerp", "betreft"),
			[HEADER_REPLY_TO] =
				LIST("antwoord aan", "antwoorden aan", "beantwoorden aan"),
			[HEADER_OTHER] = LIST("bijlagen", "bijlage", "urgentie", "prioriteit"),
		},
	.mobiles = LIST("verzonden met", "verzonden vanaf", "verzonden via", "verzonden vanuit",
		"verstuurd met", "verstuurd vanaf", "verstuurd via", "outlook voor ios",
		"outlook voor android", "download outlook voor", "verkrijg outlook voor"),
	.devices = LIST("mijn", "mobiel", "mobiele", "telefoon", "gsm", "toestel", "apparaat",
		"tablet", "app", "mail", "e-mail"),
	.excuses = LIST("excuseer", "excuses", "typefouten", "tikfouten", "beknoptheid"),
	.addressees = LIST("geadresseerde", "uitsluitend bestemd", "bestemd voor de",
		"niet voor u bestemd", "dit bericht ten onrechte", "e-mail ten onrechte",
		"afzender te informeren", "afzender op de hoogte", "afzender te verwittigen",
		"de afzender"),
	.secrets = LIST("vertrouwelijk", "vertrouwelijke", "abusievelijk", "per abuis",
		"niet toegestaan", "verboden", "te verwijderen", "te vernietigen"),
	.replies = LIST("antw", "re"),
	.forward_subjects = LIST("doorst"),
};
