/* German: what a reply to a client is made of. */
#include "report/letter.h"

const struct letter_words letter_de = {
	.lang = "de",
	.weekdays = {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag",
		"Sonntag"},
	.months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
		"September", "Oktober", "November", "Dezember"},
	.first_day = "1",
	.date = "{day}. {month} {year}",
	.moment = "{weekday}, {day}. {month}, {time} Uhr",
	.to = " bis ",
	.and = " und ",
	.greeting = "Guten Tag,",
	.greeting_name = "Guten Tag {name},",
	.closing = "Freundliche Grüße",
	.after_hours_contact =
		"Danke für Ihre Nachricht. Ich lese Mails in meiner Arbeitszeit: {hours}. "
		"Meine Antwort haben Sie ab {opening}.",
	.after_hours_demand =
		"Ich habe Ihre Nachricht. Es geht um etwas, bevor ich wieder im Dienst bin; "
		"meine Arbeitszeit ist {hours}. Ich sehe es mir an am {opening} und sage dann, "
		"wann es fertig sein kann.",
	.excluded =
		"Sie bitten um dies: {item}. Das gehört nicht zu unserer Vereinbarung, deshalb schicke "
		"ich zuerst ein Angebot und beginne nach Ihrer Freigabe.",
	.rush = "Schön, von Ihnen zu hören. Meine Wochen sind im Voraus geplant, sofort anfangen kann ich "
		"nicht; sagen Sie mir, bis wann Sie es brauchen, und ich nenne einen Tag und einen Preis.",
};
