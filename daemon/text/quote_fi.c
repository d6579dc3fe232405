/* What mailers write in Finnish. */
#include "language.h"

const struct language language_fi = {
	.verbs = LIST("kirjoitti", "kirjoittaa", "lainaus"),
	.pronouns = LIST("minä", "sinä", "hän", "me", "te", "he"),
	.intros = LIST("ma", "ti", "ke", "to", "pe", "la", "su", "maanantai", "tiistai",
		"keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai", "maanantaina",
		"tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina",
		"sunnuntaina"),
	.originals = LIST("alkuperäinen viesti"),
	.forwards = LIST("välitetty viesti", "välitetty viesti alkaa", "edelleenlähetetty viesti",
		"edelleenlähetetty viesti alkaa", "lähetetty edelleen", "välittänyt",
		"alkaa välitetty viesti"),
	.pointers = LIST("vastaukset alla", "vastaukseni alla", "kommentit alla",
		"kommenttini alla", "vastaukset punaisella", "kommentit punaisella"),
	.labels =
		{
			[HEADER_FROM] = LIST("lähettäjä", "keneltä"),
			[HEADER_TO] = LIST("vastaanottaja", "vastaanottajat", "saaja", "kenelle"),
			[HEADER_CC] = LIST("kopio", "kopiot", "piilokopio"),
			[HEADER_DATE] = LIST("lähetetty", "päivämäärä", "päiväys", "pvm"),
			[HEADER_SUBJECT] = LIST("aihe"),
			[HEADER_REPLY_TO] = LIST("vastausosoite", "vastaa"),
			[HEADER_OTHER] = LIST("liitteet", "liite", "tärkeys", "prioriteetti"),
		},
	.mobiles = LIST("lähetetty", "hanki outlook", "hae outlook", "lataa outlook"),
	.devices = LIST("puhelimesta", "puhelimestani", "matkapuhelimesta", "laitteesta",
		"laitteestani", "tabletista", "sähköpostilla", "sovelluksella"),
	.excuses = LIST("anteeksi", "kirjoitusvirheet", "lyhyt"),
	.addressees = LIST("tarkoitettu vain", "tarkoitettu ainoastaan",
		"tarkoitettu vastaanottaja", "oikea vastaanottaja", "saanut tämän viestin",
		"vastaanottanut tämän viestin", "ilmoittakaa lähettäjälle", "ilmoita lähettäjälle",
		"ilmoitathan lähettäjälle"),
	.secrets = LIST("luottamuksellinen", "luottamuksellista", "luottamuksellisia", "vahingossa",
		"erehdyksessä", "kielletty", "poista viesti", "poistakaa"),
	.replies = LIST("vs"),
	.forward_subjects = LIST("vl"),
};
