/* The words of days in English, Swedish, French, German and Spanish. */
#include "day_words.h"
#include "base/utf8.h"

const struct day_words day_words[DAY_LANGUAGES] = {
	{
		.lang = "en",
		.before = "by|on|before|until|till|for|no later than|at the latest|the|this",
		.until = "by|before|until|till|no later than|at the latest",
		.weekdays = {"monday", "tuesday|tues", "wednesday|weds", "thursday|thurs", "friday",
			"saturday", "sunday"},
		.months = {"january|jan", "february|feb", "march|mar", "april|apr", "may",
			"june|jun", "july|jul", "august|aug", "september|sept|sep", "october|oct",
			"november|nov", "december|dec"},
		.next = "next",
		.coming = "coming",
		.in = "in|within|in the next|within the next",
		.hour_units = "hours|hrs",
		.work_units = "working days|business days|work days|workdays",
		.day_units = "days|day",
		.end_of = "end of|the end of",
		.week_units = "weeks|week",
		.numbers = {"one|a", "two", "three", "four", "five", "six", "seven", "eight",
			"nine", "ten"},
		.ordinal = "(?<!\\d)(?:3[01]|[12]?\\d)(?:st|nd|rd|th)\\b",
		.of = "(?:st|nd|rd|th)?(?:[ \\n]of)?",
		.month_first = true,
		.phrases =
			{
				{"today|tonight|this morning|this afternoon|this evening|end of "
				 "day|end of the day|eod|close of business|cob",
					DAY_OFFSET, 0},
				{"tomorrow morning|tomorrow night|tomorrow", DAY_OFFSET, 1},
				{"day after tomorrow", DAY_OFFSET, 2},
				{"this week|this weekend|the weekend|end of the week|end of "
				 "week|end of this week|eow",
					DAY_WEEK_END, 0},
				{"next week|next weekend|end of next week", DAY_WEEK_END, 1},
				{"this month|end of the month|end of month|end of this "
				 "month|month end|eom",
					DAY_MONTH_END, 0},
				{"next month|end of next month", DAY_MONTH_END, 1},
				{"end of the year|end of year|year end|this year", DAY_YEAR_END, 0},
			},
	},
	{
		.lang = "sv",
		.before = "på|till|senast|före|innan|den|om|nu på|nu",
		.until = "senast|före|innan|till",
		.weekdays = {"måndag|måndagen", "tisdag|tisdagen", "onsdag|onsdagen",
			"torsdag|torsdagen", "fredag|fredagen", "lördag|lördagen",
			"söndag|söndagen"},
		.months = {"januari|jan", "februari|feb", "mars|mar", "april|apr", "maj",
			"juni|jun", "juli|jul", "augusti|aug", "september|sept|sep", "oktober|okt",
			"november|nov", "december|dec"},
		.next = "nästa",
		.coming = "kommande",
		.in = "om|inom",
		.hour_units = "timmar|timme",
		.work_units = "arbetsdagar|bankdagar|vardagar",
		.day_units = "dagar|dag|dygn",
		.end_of = "slutet av|sista",
		.week_units = "veckor|vecka",
		.numbers = {"en|ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio",
			"tio"},
		.ordinal = "(?:\\d{1,2}:[ea]\\b|\\bden[ \\n]\\d{1,2}\\b)",
		.of = "(?::[ea])?",
		.phrases =
			{
				{"idag|i dag|ikväll|i kväll|i eftermiddag", DAY_OFFSET, 0},
				{"imorgon|i morgon|imorron|i morron", DAY_OFFSET, 1},
				{"övermorgon|i övermorgon", DAY_OFFSET, 2},
				{"denna vecka|den här veckan|veckans slut|slutet av veckan|i "
				 "helgen|till helgen",
					DAY_WEEK_END, 0},
				{"nästa vecka|slutet av nästa vecka", DAY_WEEK_END, 1},
				{"denna månad|den här månaden|månadens slut|slutet av "
				 "månaden|månadsskiftet",
					DAY_MONTH_END, 0},
				{"nästa månad|slutet av nästa månad", DAY_MONTH_END, 1},
				{"årets slut|slutet av året|årsskiftet", DAY_YEAR_END, 0},
			},
	},
	{
		.lang = "fr",
		.before = "avant|d'ici|pour|le|ce|jusqu'au|jusqu'à|au plus tard|dès|du|au",
		.until = "avant|d'ici|pour|jusqu'au|jusqu'à|au plus tard",
		.weekdays = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
			"dimanche"},
		.months = {"janvier|janv", "février|févr", "mars", "avril|avr", "mai", "juin",
			"juillet|juil", "août", "septembre|sept", "octobre|oct", "novembre|nov",
			"décembre|déc"},
		.coming = "prochain",
		.in = "dans|d'ici|sous|dans les|sous les",
		.hour_units = "heures|heure",
		.work_units = "jours ouvrés|jours ouvrables",
		.day_units = "jours|jour",
		.end_of = "fin|la fin|fin de|la fin de",
		.week_units = "semaines|semaine",
		.numbers = {"un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
			"neuf", "dix"},
		.ordinal = "\\b(?:le|au)[ \\n]\\d{1,2}(?:er)?\\b",
		.of = "(?:er)?",
		.phrases =
			{
				{"aujourd'hui|ce soir|ce matin|cet après-midi|fin de journée",
					DAY_OFFSET, 0},
				{"demain matin|demain soir|demain", DAY_OFFSET, 1},
				{"après-demain|après demain", DAY_OFFSET, 2},
				{"cette semaine|fin de semaine|la fin de la semaine|ce "
				 "week-end|ce weekend",
					DAY_WEEK_END, 0},
				{"la semaine prochaine|semaine prochaine|fin de la semaine prochaine",
					DAY_WEEK_END, 1},
				{"ce mois-ci|fin de mois|fin du mois|la fin du mois", DAY_MONTH_END,
					0},
				{"mois prochain|fin du mois prochain", DAY_MONTH_END, 1},
				{"fin de l'année|fin d'année", DAY_YEAR_END, 0},
			},
	},
	{
		.lang = "de",
		.before = "am|bis|bis zum|zum|spätestens|vor|vor dem|den|der|diesen|ab|ab dem|im",
		.until = "bis|bis zum|spätestens|vor|vor dem",
		.weekdays = {"montag", "dienstag", "mittwoch", "donnerstag", "freitag",
			"samstag|sonnabend", "sonntag"},
		.months = {"januar|jänner|jan", "februar|feb", "märz", "april|apr", "mai",
			"juni|jun", "juli|jul", "august|aug", "september|sept|sep", "oktober|okt",
			"november|nov", "dezember|dez"},
		.coming = "nächsten|nächster|kommenden|kommender",
		.in = "in|innerhalb von|binnen|in den nächsten",
		.hour_units = "stunden|stunde",
		.work_units = "werktagen|arbeitstagen|werktage|arbeitstage",
		.day_units = "tagen|tag|tage",
		.end_of = "ende",
		.week_units = "wochen|woche",
		.numbers = {"einem|einer|eine|ein", "zwei", "drei", "vier", "fünf", "sechs",
			"sieben", "acht", "neun", "zehn"},
		.ordinal = "\\b(?:am|zum|den|dem|der)[ \\n]\\d{1,2}\\.(?!\\d)",
		.of = "\\.?",
		.dotted = true,
		.phrases =
			{
				{"heute abend|heute nachmittag|heute", DAY_OFFSET, 0},
				{"morgen früh|morgen abend|morgen", DAY_OFFSET, 1},
				{"übermorgen", DAY_OFFSET, 2},
				{"diese woche|dieser woche|ende der woche|ende dieser "
				 "woche|wochenende|dieses wochenende",
					DAY_WEEK_END, 0},
				{"nächste woche|nächster woche|kommende woche|ende nächster woche",
					DAY_WEEK_END, 1},
				{"diesen monat|ende des monats|monatsende", DAY_MONTH_END, 0},
				{"nächsten monat|ende nächsten monats", DAY_MONTH_END, 1},
				{"jahresende|ende des jahres", DAY_YEAR_END, 0},
			},
	},
	{
		.lang = "es",
		.before = "el|antes del|antes de|para el|para|hasta el|este|al|del|a más tardar el",
		.until = "antes del|antes de|para el|para|hasta el|a más tardar el",
		.weekdays = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
			"domingo"},
		.months = {"enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo",
			"junio|jun", "julio|jul", "agosto|ago", "septiembre|setiembre|sept|sep",
			"octubre|oct", "noviembre|nov", "diciembre|dic"},
		.coming = "próximo|que viene",
		.in = "en|dentro de|en los próximos",
		.hour_units = "horas|hora",
		.work_units = "días hábiles|días laborables|días laborales",
		.day_units = "días|día",
		.end_of = "fin de|finales de|final de",
		.week_units = "semanas|semana",
		.numbers = {"un|una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho",
			"nueve", "diez"},
		.ordinal = "\\b(?:el|al|el[ \\n]d[ií]a)[ \\n]\\d{1,2}\\b",
		.of = "(?:[ \\n]de)?",
		.phrases =
			{
				{"hoy mismo|hoy|esta tarde|esta noche", DAY_OFFSET, 0},
				{"mañana mismo|mañana", DAY_OFFSET, 1},
				{"pasado mañana", DAY_OFFSET, 2},
				{"esta semana|final de la semana|fin de semana|final de semana",
					DAY_WEEK_END, 0},
				{"la semana que viene|la próxima semana|la semana próxima",
					DAY_WEEK_END, 1},
				{"este mes|fin de mes|final de mes|finales de mes|final del mes",
					DAY_MONTH_END, 0},
				{"el mes que viene|el próximo mes|mes próximo", DAY_MONTH_END, 1},
				{"final de año|fin de año|finales de año", DAY_YEAR_END, 0},
			},
	},
};

void day_languages(struct str lang, const struct day_words **first, size_t *count)
{
	*first = day_words;
	*count = DAY_LANGUAGES;
	for (size_t i = 0; i < DAY_LANGUAGES; i++) {
		if (!str_eq(lang, str_from(day_words[i].lang)))
			continue;
		*first = &day_words[i];
		*count = 1;
	}
}

static bool begins_with_any(struct str text, const char *words)
{
	struct str rest = str_from(words), word;
	while (str_split(&rest, '|', &word))
		if (str_starts_nocase(text, word) &&
			(text.len == word.len || !utf8_is_word((unsigned char)text.ptr[word.len])))
			return true;
	return false;
}

bool day_month_begins(struct str text)
{
	for (size_t i = 0; i < DAY_LANGUAGES; i++)
		for (size_t k = 0; day_words[i].dotted && k < 12; k++)
			if (begins_with_any(text, day_words[i].months[k]))
				return true;
	return false;
}
