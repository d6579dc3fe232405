/* What mailers write in Norwegian. */
#include "language.h"

const struct language language_no = {
	.verbs = LIST("skrev", "skriver", "siterer"),
	.pronouns = LIST("jeg", "du", "dere", "vi", "han", "hun", "de", "som", "har"),
	.intros = LIST("den", "på", "man", "tir", "tirs", "ons", "tor", "tors", "fre", "lør", "søn",
		"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
	.originals = LIST("opprinnelig melding", "original melding", "opprinnelig e-post",
		"opprinnelig epost"),
	.forwards = LIST("videresendt melding", "videresendt e-post", "videresendt epost",
		"start på videresendt melding", "start på videresendt e-post",
		"begynnelse på videresendt melding", "videresendt av"),
	.labels =
		{
			[HEADER_FROM] = LIST("fra", "avsender"),
			[HEADER_TO] = LIST("til", "mottaker"),
			[HEADER_CC] = LIST("kopi", "kopi til", "blindkopi"),
			[HEADER_DATE] = LIST("sendt", "dato"),
			[HEADER_SUBJECT] = LIST("emne"),
			[HEADER_REPLY_TO] = LIST("svar til"),
			[HEADER_OTHER] = LIST("prioritet", "viktighet", "vedlegg"),
		},
	.mobiles = LIST("sendt fra", "sendt med", "sendt via", "skaff deg outlook for",
		"skaff outlook for", "last ned outlook for", "få outlook for", "hent outlook for"),
	.devices = LIST("min", "mitt", "mobil", "mobilen", "mobiltelefon", "telefon", "enhet",
		"nettbrett", "app", "e-post"),
	.excuses = LIST("unnskyld", "beklager", "skrivefeil", "tastefeil", "kortfattet"),
	.addressees = LIST("tiltenkt mottaker", "tiltenkte mottaker", "tiltenkte mottakeren",
		"rette mottaker", "rett mottaker", "rett adressat", "rette adressat",
		"informer avsender", "informer avsenderen", "kun beregnet for", "kun ment for",
		"mottatt denne e-posten", "mottatt denne meldingen", "varsle avsender",
		"varsle avsenderen", "beskjed til avsender", "kontakt avsender",
		"underrette avsenderen"),
	.secrets = LIST("konfidensiell", "konfidensielt", "konfidensielle", "fortrolig",
		"fortrolige", "taushetsplikt", "ved en feil", "ved en feiltakelse", "slette",
		"ikke tillatt"),
	.replies = LIST("sv"),
};
