/* Swedish: what I may say or send to a client. */
#include "report/letter.h"

const struct letter_words letter_sv = {
	.lang = "sv",
	.weekdays = {"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"},
	.months = {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
		"september", "oktober", "november", "december"},
	.first_day = "1",
	.date = "{day} {month} {year}",
	.moment = "{weekday} {day} {month} klockan {time}",
	.to = " till ",
	.and = " och ",
	.greeting = "Hej!",
	.greeting_name = "Hej {name}!",
	.closing = "Vänliga hälsningar",
	.after_hours_contact =
		"Tack för ditt meddelande. Jag läser mejl på min arbetstid: {hours}. Du "
		"får svar från {opening}.",
	.after_hours_demand =
		"Jag har fått ditt meddelande. Det gäller något som ska ske innan jag är "
		"tillbaka på jobbet; min arbetstid är {hours}. Jag tittar på det {opening} "
		"och säger då när det kan vara klart.",
	.excluded =
		"Du ber om det här: {item}. Det ingår inte i det vi har kommit överens om, så jag "
		"skickar en offert först och börjar när du har godkänt den.",
	.rush = "Roligt att höra av dig. Mina veckor är planerade i förväg, så jag kan inte börja "
		"genast; säg till när du behöver det, så skickar jag en dag och ett pris.",
	.reasons =
		{
			[SIGN_INSULT] =
				"Tonen när vi talar om arbetet är inte en som jag kan arbeta i.",
			[SIGN_THREAT] =
				"Efter det som skrevs om följder ser jag ingen grund kvar för "
				"samarbetet.",
			[SIGN_MANIPULATION] = "Vi minns för olika vad vi kom överens om.",
			[SIGN_URGENCY] = "Arbetet behövs fortare än jag kan göra det väl.",
			[SIGN_SCOPE_CREEP] =
				"Arbetet växer hela tiden utöver det vi kom överens om.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Det som förväntas och det jag kan leverera ligger för "
				"långt ifrån varandra.",
			[SIGN_UNPAID_WORK] = "Vi är inte överens om vilket arbete som är betalt.",
			[SIGN_LATE_PAYMENT] =
				"Betalningarna kommer för sent för att jag ska kunna planera.",
			[SIGN_HARMFUL_REQUEST] = "Jag har fått frågan om arbete som jag inte gör.",
			[SIGN_INDECISION] =
				"Vi kommer inte fram till beslut som jag kan arbeta efter.",
			[SIGN_AFTER_HOURS] = "Arbetet behövs på tider då jag inte arbetar.",
			[SIGN_UNSTEADY_WORK] =
				"Arbetet kommer för ojämnt för att jag ska kunna planera.",
		},
	.call =
		{
			"Jag vill säga det här själv innan jag skriver det: jag avslutar vårt samarbete.",
			"{reason}",
			"Vi har avtalat {notice_days} dagars uppsägning, så min sista dag för er är {last_day}.",
			"Till dess får ni det av mig som är betalt, och jag ber er att reglera det som är "
			"öppet.",
			"Ni får allt detta skriftligt i dag, och jag hjälper den som tar över att komma in "
			"i arbetet.",
			"Jag gör färdigt det jag har påbörjat, och jag vill gärna att vi bestämmer sista "
			"dagen nu.",
		},
	.subject = "Vårt samarbete avslutas",
	.letter = "Som jag sade i dag avslutar jag vårt samarbete. {reason}\n\n"
		  "Med {notice_days} dagars uppsägning blir {last_day} min sista dag. "
		  "Till dess får ni av mig: {i_owe}. "
		  "Återstår att betala: {owed}.\n\n"
		  "Säg gärna före dess vem jag ska lämna över till. Tack för det vi har gjort "
		  "tillsammans.",
	.offer =
		"Erbjud något i mitt ställe: en kollega som har sagt ja till att nämnas, en lista över var "
		"allt finns, eller en timmes överlämning till vanligt pris.",
	.first =
		{
			[SIGN_INSULT] =
				"Säg en gång, skriftligt, att du gärna talar om arbetet men inte i "
				"den tonen.",
			[SIGN_THREAT] =
				"Håll dig till skrift och fråga vilken punkt som avses; svara inte "
				"på något annat.",
			[SIGN_MANIPULATION] =
				"Svara med mejlet där ni kom överens, utan ett ord om vems fel "
				"det är.",
			[SIGN_URGENCY] =
				"Berätta om din arbetstid och vad en brådskande insats kostar, före "
				"nästa gång.",
			[SIGN_SCOPE_CREEP] =
				"Säg vad priset omfattar och skicka en offert på varje tillägg "
				"innan du börjar.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Säg vad som går, till när och för vilket pris, och låt "
				"dem välja.",
			[SIGN_UNPAID_WORK] =
				"Säg att arbetet är betalt, med den rad i offerten där det "
				"står.",
			[SIGN_LATE_PAYMENT] =
				"Påminn en gång, vänligt, med fakturans nummer, summa och "
				"förfallodag.",
			[SIGN_HARMFUL_REQUEST] =
				"Tacka nej i en mening och erbjud den ärliga vägen.",
			[SIGN_INDECISION] =
				"Ställ tre frågor som går att besvara, och be om en person som "
				"svarar.",
			[SIGN_AFTER_HOURS] =
				"Berätta om din arbetstid, och sätt 'hours_told' till den dagen.",
			[SIGN_UNSTEADY_WORK] =
				"Kom överens om framförhållning, eller om dagar som är "
				"betalda och hålls fria.",
		},
	.next =
		{
			[SIGN_INSULT] =
				"Träffas eller ring, säg det igen, och säg att du slutar om det "
				"fortsätter.",
			[SIGN_THREAT] = "Låt någon som kan juridik titta på det innan du svarar.",
			[SIGN_MANIPULATION] =
				"Bestäm saker bara skriftligt från och med nu, och bekräfta "
				"varje samtal med ett mejl.",
			[SIGN_URGENCY] =
				"Ta ut det brådsketillägg du nämnde, och svara inte i telefon utanför "
				"arbetstiden.",
			[SIGN_SCOPE_CREEP] =
				"Stanna vid det som är avtalat och samla tilläggen i en egen "
				"beställning med eget pris.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Skriv tillsammans ner vad färdigt betyder, och tacka nej "
				"till resten.",
			[SIGN_UNPAID_WORK] = "Be om ett förskott före nästa arbete.",
			[SIGN_LATE_PAYMENT] =
				"Pausa arbetet tills det är betalt, och säg det med en dag.",
			[SIGN_HARMFUL_REQUEST] = "Avsluta: det här går inte att laga.",
			[SIGN_INDECISION] = "Fakturera varje omgång utöver de avtalade.",
			[SIGN_AFTER_HOURS] = "Svara bara på arbetstid, utan undantag, i en månad.",
			[SIGN_UNSTEADY_WORK] =
				"Planera som om arbetet inte kom, och fyll tiden med andra.",
		},
};
