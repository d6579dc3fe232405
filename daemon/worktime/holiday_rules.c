/* The table of holidays: a country's rules, in the order of its year.
 *
 * Public holidays, where most people do not work. What is a holiday by law in part of a region
 * only (Mariä Himmelfahrt in Catholic Bavaria, feasts of a Spanish town) is left to an .ics file.
 * Years before about 2000 are not complete. */
#include "holiday_rules.h"

enum { MON, TUE, WED, THU, FRI, SAT, SUN };

#define FIXED(m, d) .kind = HOLIDAY_FIXED, .month = (m), .day = (d)
#define EASTER(n) .kind = HOLIDAY_EASTER, .days = (n)
#define FIRST(w, m, d) .kind = HOLIDAY_WEEKDAY_FROM, .weekday = (w), .month = (m), .day = (d)
#define NTH(n, w, m) FIRST(w, m, 7 * (n)-6)
#define ONCE(y) .from = (y), .until = (y)
#define NEXT .substitute = SUBSTITUTE_NEXT
#define NEAREST .substitute = SUBSTITUTE_NEAREST

/* The three eves are no public holidays, but Sundays by the holiday act (semesterlagen, 3 a §), and
   nobody is at work: left out, a freelancer's Midsummer would be an ordinary Friday. */
static const struct holiday_rule sweden[] = {
	{"Nyårsdagen", FIXED(1, 1)},
	{"Trettondedag jul", FIXED(1, 6)},
	{"Långfredagen", EASTER(-2)},
	{"Påskdagen", EASTER(0)},
	{"Annandag påsk", EASTER(1)},
	{"Första maj", FIXED(5, 1)},
	{"Kristi himmelsfärdsdag", EASTER(39)},
	{"Pingstdagen", EASTER(49)},
	{"Annandag pingst", EASTER(50), .until = 2004},
	{"Sveriges nationaldag", FIXED(6, 6), .from = 2005},
	{"Midsommarafton", FIRST(FRI, 6, 19)},
	{"Midsommardagen", FIRST(SAT, 6, 20)},
	{"Alla helgons dag", FIRST(SAT, 10, 31)},
	{"Julafton", FIXED(12, 24)},
	{"Juldagen", FIXED(12, 25)},
	{"Annandag jul", FIXED(12, 26)},
	{"Nyårsafton", FIXED(12, 31)},
};

static const struct holiday_rule france[] = {
	{"Jour de l'an", FIXED(1, 1)},
	{"Vendredi saint", EASTER(-2), .in = "57 67 68"},
	{"Lundi de Pâques", EASTER(1)},
	{"Fête du Travail", FIXED(5, 1)},
	{"Victoire 1945", FIXED(5, 8)},
	{"Ascension", EASTER(39)},
	{"Lundi de Pentecôte", EASTER(50)},
	{"Fête nationale", FIXED(7, 14)},
	{"Assomption", FIXED(8, 15)},
	{"Toussaint", FIXED(11, 1)},
	{"Armistice 1918", FIXED(11, 11)},
	{"Noël", FIXED(12, 25)},
	{"Saint-Étienne", FIXED(12, 26), .in = "57 67 68"},
};

static const struct holiday_rule germany[] = {
	{"Neujahr", FIXED(1, 1)},
	{"Heilige Drei Könige", FIXED(1, 6), .in = "BW BY ST"},
	{"Internationaler Frauentag", FIXED(3, 8), .in = "BE", .from = 2019},
	{"Internationaler Frauentag", FIXED(3, 8), .in = "MV", .from = 2023},
	{"Karfreitag", EASTER(-2)},
	{"Ostersonntag", EASTER(0), .in = "BB"},
	{"Ostermontag", EASTER(1)},
	{"Tag der Arbeit", FIXED(5, 1)},
	{"75. Jahrestag der Befreiung", FIXED(5, 8), .in = "BE", ONCE(2020)},
	{"80. Jahrestag der Befreiung", FIXED(5, 8), .in = "BE", ONCE(2025)},
	{"Christi Himmelfahrt", EASTER(39)},
	{"Pfingstsonntag", EASTER(49), .in = "BB"},
	{"Pfingstmontag", EASTER(50)},
	{"Fronleichnam", EASTER(60), .in = "BW BY HE NW RP SL"},
	{"75. Jahrestag des Volksaufstands", FIXED(6, 17), .in = "BE", ONCE(2028)},
	{"Mariä Himmelfahrt", FIXED(8, 15), .in = "SL"},
	{"Weltkindertag", FIXED(9, 20), .in = "TH", .from = 2019},
	{"Tag der Deutschen Einheit", FIXED(10, 3), .from = 1990},
	{"Reformationstag", FIXED(10, 31), ONCE(2017)},
	{"Reformationstag", FIXED(10, 31), .in = "BB MV SN ST TH"},
	{"Reformationstag", FIXED(10, 31), .in = "HB HH NI SH", .from = 2018},
	{"Allerheiligen", FIXED(11, 1), .in = "BW BY NW RP SL"},
	{"Buß- und Bettag", FIRST(WED, 11, 16), .in = "SN"},
	{"1. Weihnachtstag", FIXED(12, 25)},
	{"2. Weihnachtstag", FIXED(12, 26)},
};

/* The communities may move or replace some each year. Christmas moves nearly everywhere. */
static const struct holiday_rule spain[] = {
	{"Año Nuevo", FIXED(1, 1)},
	{"Epifanía del Señor", FIXED(1, 6)},
	{"Viernes Santo", EASTER(-2)},
	{"Fiesta del Trabajo", FIXED(5, 1)},
	{"Asunción de la Virgen", FIXED(8, 15)},
	{"Fiesta Nacional de España", FIXED(10, 12)},
	{"Todos los Santos", FIXED(11, 1)},
	{"Día de la Constitución", FIXED(12, 6)},
	{"Inmaculada Concepción", FIXED(12, 8)},
	{"Navidad", FIXED(12, 25), .substitute = SUBSTITUTE_MONDAY},
};

/* Plain "GB" is England and Wales. */
static const struct holiday_rule britain[] = {
	{"New Year's Day", FIXED(1, 1), NEXT},
	{"2nd January", FIXED(1, 2), .in = "SCT", NEXT},
	{"Saint Patrick's Day", FIXED(3, 17), .in = "NIR", NEXT},
	{"Good Friday", EASTER(-2)},
	{"Easter Monday", EASTER(1), .not_in = "SCT"},
	{"Royal Wedding", FIXED(4, 29), ONCE(2011)},
	{"Early May bank holiday", NTH(1, MON, 5), .from = 1978, .until = 2019},
	{"Early May bank holiday (VE day)", FIXED(5, 8), ONCE(2020)},
	{"Early May bank holiday", NTH(1, MON, 5), .from = 2021},
	{"Coronation of King Charles III", FIXED(5, 8), ONCE(2023)},
	{"Spring bank holiday", FIRST(MON, 5, 25), .until = 2001},
	{"Spring bank holiday", FIXED(6, 4), ONCE(2002)},
	{"Golden Jubilee", FIXED(6, 3), ONCE(2002)},
	{"Spring bank holiday", FIRST(MON, 5, 25), .from = 2003, .until = 2011},
	{"Spring bank holiday", FIXED(6, 4), ONCE(2012)},
	{"Diamond Jubilee", FIXED(6, 5), ONCE(2012)},
	{"Spring bank holiday", FIRST(MON, 5, 25), .from = 2013, .until = 2021},
	{"Spring bank holiday", FIXED(6, 2), ONCE(2022)},
	{"Platinum Jubilee", FIXED(6, 3), ONCE(2022)},
	{"Spring bank holiday", FIRST(MON, 5, 25), .from = 2023},
	{"Battle of the Boyne", FIXED(7, 12), .in = "NIR", NEXT},
	{"Summer bank holiday", NTH(1, MON, 8), .in = "SCT"},
	{"Summer bank holiday", FIRST(MON, 8, 25), .not_in = "SCT"},
	{"State Funeral of Queen Elizabeth II", FIXED(9, 19), ONCE(2022)},
	{"Saint Andrew's Day", FIXED(11, 30), .in = "SCT", .from = 2007, NEXT},
	{"Christmas Day", FIXED(12, 25), NEXT},
	{"Boxing Day", FIXED(12, 26), NEXT},
};

/* On a weekend nobody is entitled to the Monday; Good Friday is no public holiday. */
static const struct holiday_rule ireland[] = {
	{"New Year's Day", FIXED(1, 1)},
	{"Saint Brigid's Day", .kind = HOLIDAY_THAT_OR_WEEKDAY, .month = 2, .day = 1, .other = FRI,
		.weekday = MON, .from = 2023},
	{"Saint Patrick's Day", FIXED(3, 17)},
	{"Day of Remembrance and Recognition", FIXED(3, 18), ONCE(2022)},
	{"Easter Monday", EASTER(1)},
	{"May bank holiday", NTH(1, MON, 5), .from = 1994},
	{"June bank holiday", NTH(1, MON, 6)},
	{"August bank holiday", NTH(1, MON, 8)},
	{"October bank holiday", FIRST(MON, 10, 25)},
	{"Christmas Day", FIXED(12, 25)},
	{"Saint Stephen's Day", FIXED(12, 26)},
};

/* 5 U.S.C. 6103 */
static const struct holiday_rule america[] = {
	{"New Year's Day", FIXED(1, 1), NEAREST},
	{"Martin Luther King Jr. Day", NTH(3, MON, 1), .from = 1986},
	{"Washington's Birthday", NTH(3, MON, 2)},
	{"Memorial Day", FIRST(MON, 5, 25)},
	{"Juneteenth", FIXED(6, 19), .from = 2021, NEAREST},
	{"Independence Day", FIXED(7, 4), NEAREST},
	{"Labor Day", NTH(1, MON, 9)},
	{"Columbus Day", NTH(2, MON, 10)},
	{"Veterans Day", FIXED(11, 11), NEAREST},
	{"Thanksgiving Day", NTH(4, THU, 11)},
	{"Christmas Day", FIXED(12, 25), NEAREST},
};

#define RULES(array) (array), sizeof(array) / sizeof((array)[0])

const struct holiday_calendar holiday_calendars[] = {
	{"SE", "", NULL, RULES(sweden)},
	{"FR", "57 67 68", NULL, RULES(france)},
	{"DE", "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH", NULL, RULES(germany)},
	{"ES", "", " (día sustituto)", RULES(spain)},
	{"GB", "ENG NIR SCT WLS", " (substitute day)", RULES(britain)},
	{"IE", "", NULL, RULES(ireland)},
	{"US", "", " (observed)", RULES(america)},
};
const size_t holiday_calendar_count = sizeof(holiday_calendars) / sizeof(holiday_calendars[0]);
