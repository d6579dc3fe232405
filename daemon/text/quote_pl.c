/* What mailers write in Polish. */
#include "language.h"

const struct language language_pl = {
	.verbs = LIST("napisał", "napisała", "napisał(a)", "napisał/a", "napisał/-a", "pisze",
		"napisana przez", "napisane przez", "cytowanie"),
	.pronouns = LIST("ja", "ty", "on", "ona", "my", "wy", "pan", "pani", "państwo", "mi",
		"który", "która"),
	.intros = LIST("w dniu", "dnia", "w", "pon", "wt", "śr", "czw", "pt", "sob", "niedz",
		"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela",
		"wiadomość napisana"),
	.originals = LIST("wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna"),
	.forwards = LIST("wiadomość przekazana", "wiadomość przekazana dalej",
		"przekazana wiadomość", "przekazywana wiadomość", "treść przekazanej wiadomości",
		"treść przekazywanej wiadomości", "początek przekazanej wiadomości",
		"początek przekazywanej wiadomości", "przesłana wiadomość", "przekazane przez",
		"przesłane dalej przez"),
	.labels =
		{
			[HEADER_FROM] = LIST("od", "nadawca"),
			[HEADER_TO] = LIST("do", "adresat", "odbiorca"),
			[HEADER_CC] = LIST("dw", "udw", "kopia"),
			[HEADER_DATE] = LIST("wysłano", "wysłane", "data", "data wysłania"),
			[HEADER_SUBJECT] = LIST("temat"),
			[HEADER_REPLY_TO] = LIST("odpowiedz do", "odpowiedź do"),
			[HEADER_OTHER] = LIST("załączniki", "załącznik", "ważność", "priorytet"),
		},
	.mobiles = LIST("wysłane z", "wysłano z", "wysłane przez", "wysłano przez",
		"wysłane za pomocą", "wysłano za pomocą", "pobierz outlook",
		"pobierz aplikację outlook", "pobierz program outlook", "uzyskaj outlook",
		"uzyskaj aplikację outlook"),
	.devices = LIST("mojego", "mojej", "telefonu", "komórki", "smartfona", "urządzenia",
		"tabletu", "poczty", "aplikacji"),
	.excuses =
		LIST("wybaczyć", "wybacz", "przepraszam", "literówki", "lakoniczność", "zwięzłość"),
	.addressees = LIST("dla adresata", "do adresata", "adresatem", "zamierzonym odbiorcą",
		"powiadomić nadawcę", "poinformować nadawcę", "zawiadomić nadawcę",
		"poinformowanie nadawcy", "powiadomienie nadawcy"),
	.secrets = LIST("poufne", "poufny", "poufna", "poufnych", "zastrzeżone", "przez pomyłkę",
		"omyłkowo", "zabronione", "usunąć", "usunięcie"),
	.replies = LIST("odp"),
	.forward_subjects = LIST("pd"),
};
