/* The letters of the sample mailbox: half a year of a designer in Stockholm with four clients.
 *
 * Brightside Events begins well and gets worse. Harbour & Finch write in their own working day,
 * which is my evening. Lumen Books writes at night and never wants an answer before morning.
 * Atelier Verdier is busy, presses once, and says sorry. Insults that are only quoted or forwarded,
 * machines that shout, and people who are no clients are there to be passed over.
 */
#include "demo_mailbox.h"

const struct demo_person_facts demo_people[] = {
	[ADA] = {"Ada Lind", "ada@studio.example", DEMO_ENGLISH, "Ada Lind\nstudio.example"},
	[CARL] = {"Carl Voss", "carl@brightside.example", DEMO_ENGLISH,
		"Carl Voss, Brightside Events\n\"I needed it yesterday.\""},
	[MAJA] = {"Maja Holm", "maja@brightside.example", DEMO_SWEDISH, NULL},
	[NORA] = {"Nora Finch", "nora@harbourfinch.example", DEMO_ENGLISH,
		"Nora Finch\nHarbour & Finch, booksellers"},
	[THEO] = {"Theo Marsh", "theo@lumenbooks.example", DEMO_ENGLISH, NULL},
	[LUMEN_NEWS] = {"Lumen Books", "news@lumenbooks.example", DEMO_ENGLISH, NULL},
	[CAMILLE] = {"Camille Verdier", "camille@verdier.example", DEMO_FRENCH,
		"Camille Verdier\nAtelier Verdier, Paris et Lyon"},
	[BARGAINS] = {"Best Bargains", "offers@bargains.example", DEMO_ENGLISH, NULL},
	[IDA] = {"Ida", "ida@family.example", DEMO_ENGLISH, NULL},
};

const struct demo_letter demo_letters[] = {
	{"bookplates", "2026-01-11T15:10:00-05:00", NORA, ADA, .subject = "Bookplates",
		.text = "Dear Ada,\n\n"
			"our bookshop would like bookplates, a set of six. A colleague recommended "
			"you. Do you have room in spring?\n"},
	{"festival", "2026-01-12T10:05:00+01:00", CARL, ADA,
		.subject = "Festival poster and landing page",
		.text = "Hello Ada,\n\n"
			"we loved your posters for the museum. Our summer festival needs one, and a "
			"landing page that goes with it. What would that cost?\n"},
	{"offer", "2026-01-12T14:20:00+01:00", ADA, CARL, .answers = "festival",
		.text = "Hello Carl,\n\n"
			"gladly. The poster and the landing page are 24,000 SEK, with two rounds of "
			"revisions, paid within 30 days. A newsletter, banners and T-shirts are not "
			"included in the price.\n\n"
			"My working hours are Monday to Thursday 9 to 17.30 and Friday 9 to 15. "
			"What comes in later I read on the next working day.\n"},
	{"agreed", "2026-01-13T09:40:00+01:00", CARL, ADA, .answers = "offer",
		.text = "Agreed, all of it. Looking forward to working with you.\n"},
	{"bookplates-answer", "2026-01-15T10:00:00+01:00", ADA, NORA, .answers = "bookplates",
		.text = "Dear Nora,\n\n"
			"I do, from February on: 14,000 SEK for the six, payable within 30 days. My "
			"working hours are Monday to Thursday 9 to 17.30, Friday 9 to 15, in "
			"Stockholm; your morning is my afternoon.\n"},
	{"bookplates-yes", "2026-01-20T15:30:00-05:00", NORA, ADA, .answers = "bookplates-answer",
		.form = LETTER_ATTACHED,
		.text = "Approved! I attach the list of titles. Could you start with the owl?\n"},
	{"identite", "2026-01-21T10:00:00+01:00", CAMILLE, ADA, .subject = "Identité de l'atelier",
		.text = "Bonjour Ada,\n\n"
			"nous ouvrons un deuxième atelier à Lyon et il nous faut une identité : "
			"logo, papeterie, enseigne. Seriez-vous disponible ?\n"},
	{"identite-devis", "2026-01-22T09:30:00+01:00", ADA, CAMILLE, .answers = "identite",
		.form = LETTER_ATTACHED,
		.text = "Bonjour Camille,\n\n"
			"oui, à partir de février. Le devis est joint ; je travaille du lundi au "
			"jeudi de 9 h à 17 h 30 et le vendredi jusqu'à 15 h.\n"},
	{"identite-oui", "2026-01-22T11:15:00+01:00", CAMILLE, ADA, .answers = "identite-devis",
		.form = LETTER_ALTERNATIVE,
		.text = "C'est parfait, nous signons aujourd'hui. Merci pour votre réponse si "
			"rapide !\n"},
	{"draft", "2026-01-26T11:00:00+01:00", ADA, CARL, .subject = "First draft of the poster",
		.form = LETTER_ALTERNATIVE,
		.text = "Hello Carl,\n\n"
			"the first draft of the poster is ready: dark blue, the stage lights as a "
			"crown. I look forward to your comments.\n"},
	{"draft-liked", "2026-01-27T09:15:00+01:00", CARL, ADA, .answers = "draft",
		.form = LETTER_ALTERNATIVE,
		.text = "This is lovely, and the blue works well on the wall too. The date could be "
			"a little larger, that is all.\n"},
	{"anthology", "2026-02-02T11:00:00+00:00", THEO, ADA,
		.subject = "Cover for the night anthology",
		.text = "Hello Ada,\n\n"
			"would you design the cover of our night anthology? I work when the house "
			"is asleep, so my mails come late. Never mind the hour.\n"},
	{"anthology-answer", "2026-02-02T15:00:00+01:00", ADA, THEO, .answers = "anthology",
		.text = "Hello Theo,\n\n"
			"with pleasure. My working hours are Monday to Thursday 9 to 17.30 and "
			"Friday 9 to 15. As your printer works at night, I am also there on "
			"Wednesdays from 22 to 2.\n"},
	{"texter", "2026-02-05T10:30:00+01:00", MAJA, ADA, .subject = "Datum till landningssidan",
		.form = LETTER_ATTACHED,
		.text = "Hej Ada,\n\n"
			"här kommer datumen till landningssidan. Ingen brådska, nästa vecka går "
			"bra.\n"},
	{"texter-tack", "2026-02-05T13:10:00+01:00", ADA, MAJA, .answers = "texter",
		.text = "Tack Maja, nu har jag allt som behövs. Sidan är klar på tisdag.\n"},
	{"moon", "2026-02-06T23:40:00+00:00", THEO, ADA, .answers = "anthology-answer",
		.text = "The moon could sit a little lower. No rush at all, next week is fine.\n"},
	{"owl", "2026-02-10T12:30:00-05:00", NORA, ADA, .subject = "The owl",
		.form = LETTER_ALTERNATIVE,
		.text = "The owl is wonderful. Could you make its eyes a touch smaller? Then please "
			"go on with the fox.\n"},
	{"owl-answer", "2026-02-11T09:45:00+01:00", ADA, NORA, .answers = "owl",
		.text = "Smaller eyes it is; the fox follows next week.\n"},
	{"newsletter", "2026-02-12T16:05:00+01:00", CARL, ADA, .subject = "Newsletter",
		.text = "The page is online, good. While you're at it, make us a newsletter too. It "
			"should only take you five minutes.\n"},
	{"newsletter-scope", "2026-02-13T10:00:00+01:00", ADA, CARL, .answers = "newsletter",
		.text = "Hello Carl,\n\n"
			"a newsletter is outside what we agreed. I will send you a quote today, and "
			"start when you say yes.\n"},
	{"papeterie", "2026-02-16T14:30:00+01:00", CAMILLE, ADA, .subject = "Papeterie : le gris",
		.text = "Le logo nous plaît beaucoup. Pour la papeterie, le gris clair est le bon. "
			"Prenez votre temps pour l'enseigne.\n"},
	{"wednesday-night", "2026-02-19T00:30:00+00:00", THEO, ADA, .subject = "Title",
		.text = "The printer has the file open. Could you move the title up by two "
			"millimetres?\n"},
	{"wednesday-done", "2026-02-19T01:50:00+01:00", ADA, THEO, .answers = "wednesday-night",
		.text = "Done, the file is in the folder.\n"},
	{"colours", "2026-02-24T15:40:00+01:00", CARL, ADA, .subject = "Poster, again",
		.text = "Forget the newsletter then. Just one more small change to the poster: "
			"change the font and the colours and the layout.\n"},
	{"invoice", "2026-03-02T11:15:00+01:00", ADA, CARL, .subject = "Invoice 2031",
		.form = LETTER_ATTACHED,
		.text = "Hello Carl,\n\n"
			"here is invoice 2031 for the poster and the landing page, 24,000 SEK, "
			"payable by 1 April. The second round of revisions is in it, at no extra "
			"cost.\n"},
	{"lettres", "2026-03-05T11:00:00+01:00", CAMILLE, ADA, .subject = "Cartes reçues",
		.text = "Les cartes sont arrivées de l'imprimerie, elles sont superbes.\n"},
	{"spine", "2026-03-08T01:15:00+00:00", THEO, ADA, .subject = "The spine",
		.text = "A thought about the spine: silver, or is that too much? It can wait until "
			"Monday.\n"},
	{"shop", "2026-03-10T15:20:00+01:00", CARL, ADA, .subject = "Ticket shop",
		.text = "Can you also set up a shop on the website? I thought it was included.\n"},
	{"shop-scope", "2026-03-11T09:30:00+01:00", ADA, CARL, .answers = "shop",
		.text = "It is not part of our agreement, so it would be a separate quote: about "
			"three days of work. Shall I write it?\n"},
	{"saturday", "2026-03-14T19:40:00+01:00", CARL, ADA, .subject = "A2 tonight",
		.text = "I need the poster in A2 tonight, it goes to print tomorrow morning. Please "
			"don't make this hard.\n"},
	{"saturday-answer", "2026-03-16T09:05:00+01:00", ADA, CARL, .answers = "saturday",
		.form = LETTER_ATTACHED,
		.text = "Good morning Carl,\n\n"
			"I saw this just now: I don't work on weekends, as I wrote in January. The "
			"A2 file is attached. For weekends there is a rush fee that we agree on "
			"beforehand.\n"},
	{"enseigne", "2026-03-17T10:10:00+01:00", CAMILLE, ADA, .subject = "Plan de l'enseigne",
		.text = "Bonjour Ada,\n\n"
			"la mairie vient d'avancer le rendez-vous. Il nous faut le plan de "
			"l'enseigne pour ce soir au plus tard, c'est très urgent.\n"},
	{"mailing", "2026-03-18T07:30:00+00:00", BARGAINS, ADA, .subject = "You have been selected",
		.form = LETTER_HTML, .headers = "Precedence: bulk\n",
		.text = "Last chance! Buy now, only today. You must act immediately.\n"},
	{"enseigne-soir", "2026-03-24T19:20:00+01:00", CAMILLE, ADA, .answers = "enseigne",
		.text = "La mairie demande encore une cote. Pouvez-vous l'ajouter ce soir ? C'est "
			"urgent.\n"},
	{"pardon", "2026-03-25T09:05:00+01:00", CAMILLE, ADA, .answers = "enseigne-soir",
		.text = "Je suis désolée pour mon message d'hier soir, ce n'était pas à vous de "
			"courir. La mairie attendra.\n"},
	{"five-hours", "2026-03-26T12:10:00-04:00", NORA, ADA, .subject = "The fox",
		.text = "The fox arrived. Our clocks have changed already and yours have not, so I "
			"may catch you at your desk: shall we talk at half past?\n"},
	{"clock-forward", "2026-03-28T23:50:00+01:00", CARL, ADA, .subject = "Sponsor logo",
		.text = "Are you there? The sponsor's logo must come off the page tonight. I know "
			"it's the weekend.\n"},
	{"clock-forwarded", "2026-03-29T03:20:00+02:00", CARL, ADA, .subject = "Sponsor logo!",
		.text = "Why aren't you answering? Call me now.\n"},
	{"sponsor-answer", "2026-03-30T09:10:00+02:00", ADA, CARL, .answers = "clock-forwarded",
		.text = "Good morning Carl,\n\n"
			"the logo is off the page since nine. Nights and weekends are outside my "
			"working hours; a message waits for me until Monday.\n"},
	{"bilder", "2026-03-30T11:30:00+02:00", MAJA, ADA, .subject = "Bilder från förra året",
		.text = "Hej Ada,\n\n"
			"jag har lagt bilderna i mappen. Titta när du hinner.\n"},
	{"six-hours", "2026-03-30T12:10:00-04:00", NORA, ADA, .subject = "The hare",
		.text = "Thank you for the call last week. The hare can have the long ears, we all "
			"like it.\n"},
	{"wednesday-summer", "2026-04-01T23:55:00+01:00", THEO, ADA, .subject = "Proof",
		.text = "Proof number two is on the machine; could you look at the green with me?\n"},
	{"reminder", "2026-04-02T10:00:00+02:00", ADA, CARL, .subject = "Reminder: invoice 2031",
		.text = "Hello Carl,\n\n"
			"a friendly reminder: invoice 2031 was due yesterday. Could you tell me "
			"when it will be paid?\n"},
	{"never-received", "2026-04-07T16:45:00+02:00", CARL, ADA, .answers = "reminder",
		.text = "We never received your invoice. Besides, our bookkeeper is on vacation, so "
			"it has to wait.\n"},
	{"invoice-again", "2026-04-08T09:20:00+02:00", ADA, CARL, .answers = "never-received",
		.form = LETTER_ATTACHED,
		.text = "Hello Carl,\n\n"
			"here it is once more; I sent it on 2 March.\n"},
	{"transfert", "2026-04-09T10:00:00+02:00", CAMILLE, ADA, .subject = "Tr : Votre commande",
		.text = "Bonjour Ada,\n\n"
			"je vous transmets ce que notre ancien imprimeur m'a écrit : vous "
			"comprendrez pourquoi nous changeons de maison.\n\n"
			"---------- Message transféré ----------\n"
			"De : Gaston <gaston@imprimerie.example>\n"
			"Date : mer. 8 avr. 2026 à 22:14\n"
			"Objet : Votre commande\n"
			"À : Camille Verdier <camille@verdier.example>\n\n"
			"You are such a liar. Shut up and pay, you idiot, or you will be hearing "
			"from my lawyers.\n"},
	{"transfert-merci", "2026-04-09T14:00:00+02:00", ADA, CAMILLE, .answers = "transfert",
		.text = "Bonjour Camille,\n\n"
			"je comprends. Je vous recommande volontiers une autre maison.\n"},
	{"filerna", "2026-04-14T20:10:00+02:00", MAJA, ADA, .subject = "Bilden",
		.text = "Hej Ada,\n\n"
			"Carl vill att du skickar bilden redan ikväll. Kan du fixa det?\n"},
	{"filerna-svar", "2026-04-15T09:00:00+02:00", ADA, MAJA, .answers = "filerna",
		.text = "God morgon Maja,\n\n"
			"bilden ligger i mappen. Jag svarar inte på mejl på kvällen; det går nästa "
			"arbetsdag.\n"},
	{"two-clients", "2026-04-15T10:30:00+02:00", ADA, NORA, .cc = THEO,
		.subject = "One shelf, two books",
		.text = "Dear Nora, dear Theo,\n\n"
			"you share a shelf this autumn, so I would like to draw the spine of the "
			"anthology so that it goes with the bookplates. Is that all right with both "
			"of you?\n"},
	{"two-clients-yes", "2026-04-15T11:05:00-04:00", NORA, ADA, .cc = THEO,
		.answers = "two-clients", .text = "With the greatest pleasure.\n"},
	{"blurb", "2026-04-19T02:20:00+01:00", THEO, ADA, .subject = "Blurb",
		.form = LETTER_ATTACHED,
		.text = "Here is the blurb. Please don't answer before Monday, I only write so that "
			"I don't forget it.\n"},
	{"pause", "2026-04-24T10:30:00+02:00", ADA, CARL,
		.subject = "Second reminder: invoice 2031",
		.text = "Hello Carl,\n\n"
			"this is my second reminder: invoice 2031 is three weeks overdue. I pause "
			"the work until the invoice is paid.\n"},
	{"stop-invoices", "2026-04-24T18:30:00+02:00", CARL, ADA, .answers = "pause",
		.text = "Stop sending me invoices. We can pay you as soon as we make some money "
			"with the tickets. And for what I'm paying you I want three versions by "
			"Monday morning.\n"},
	{"absence", "2026-04-28T08:00:00+02:00", CAMILLE, ADA,
		.subject = "Absence : Re: Tr : Votre commande",
		.headers = "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n",
		.text = "Je suis absente jusqu'au 4 mai. En cas d'urgence, appelez immédiatement "
			"l'atelier : répondez-moi tout de suite ne sert à rien.\n"},
	{"first-of-may", "2026-05-01T21:15:00+02:00", CARL, ADA, .subject = "Banner",
		.text = "I need the banner tonight. I don't care how, but it has to hang at the "
			"gate tomorrow.\n"},
	{"first-of-may-answer", "2026-05-04T09:00:00+02:00", ADA, CARL, .answers = "first-of-may",
		.text = "Hello Carl,\n\n"
			"Friday was a public holiday. The banner is out of scope and the invoice is "
			"still open; I am glad to quote it once that is settled.\n"},
	{"vitrine", "2026-05-05T15:00:00+02:00", CAMILLE, ADA,
		.subject = "L'enseigne et la vitrine", .form = LETTER_ATTACHED,
		.text = "L'enseigne est posée, toute la rue nous félicite. Je joins les mesures de "
			"la vitrine ; un devis, quand vous pourrez ?\n"},
	{"vitrine-devis", "2026-05-06T09:15:00+02:00", ADA, CAMILLE, .answers = "vitrine",
		.text = "Avec plaisir : 6 000 SEK, livrée le 12 juin.\n"},
	{"vitrine-oui", "2026-05-06T10:40:00+02:00", CAMILLE, ADA, .answers = "vitrine-devis",
		.text = "Parfait, allez-y.\n"},
	{"newsletter-lumen", "2026-05-07T06:00:00+00:00", LUMEN_NEWS, ADA,
		.subject = "Only today: 20 % off", .form = LETTER_HTML,
		.headers =
			"List-Id: Lumen Books news <news.lumenbooks.example>\nPrecedence: bulk\n",
		.text = "Last chance! Order the night anthology today, only today. You must act "
			"now: the offer ends at midnight.\n"},
	{"hare-approved", "2026-05-12T14:20:00-04:00", NORA, ADA, .subject = "Six of six",
		.form = LETTER_HTML,
		.text = "All six are approved, and the invoice goes out with the payment of this "
			"week. You have been a joy to work with.\n"},
	{"printer", "2026-05-19T11:10:00+02:00", ADA, NORA, .subject = "The paper",
		.text = "Dear Nora,\n\n"
			"the printer wrote to me this morning: \"What an idiot. Who chose this "
			"paper? It looks like crap.\" I would rather take the heavier one. Is that "
			"all right?\n"},
	{"printer-answer", "2026-05-19T10:02:00-04:00", NORA, ADA, .answers = "printer",
		.form = LETTER_ALTERNATIVE,
		.text = "Ha, I am afraid that was me. The heavier one, by all means.\n"},
	{"nephew", "2026-05-22T14:00:00+02:00", CARL, ADA, .subject = "Stage backdrop",
		.text = "This looks like crap, do it again. My nephew could do that in Paint.\n"},
	{"author", "2026-05-24T00:40:00+01:00", THEO, ADA, .subject = "The author",
		.text = "The author cried when she saw the cover. I thought you should know. Have a "
			"nice weekend, the rest when you're back.\n"},
	{"tone", "2026-05-25T09:30:00+02:00", ADA, CARL, .answers = "nephew",
		.text = "Carl, you wrote: \"This looks like crap, do it again. My nephew could do "
			"that in Paint.\"\n\n"
			"I don't accept this tone. Tell me what should be different, and I look at "
			"it on Wednesday.\n"},
	{"tone-quoted", "2026-05-25T11:00:00+02:00", CARL, ADA, .answers = "tone",
		.text = "The lettering should be larger and the sky darker.\n"},
	{"family", "2026-05-30T17:05:00+02:00", IDA, ADA, .subject = "Sunday",
		.text = "Dinner on Sunday? Bring the good bread, and call me now and then, you "
			"idiot!\n"},
	{"paid", "2026-06-02T16:40:00-04:00", NORA, ADA, .subject = "Invoice 2040",
		.text = "Invoice 2040 is paid. Until the autumn, and a good summer to you!\n"},
	{"unless", "2026-06-05T20:30:00+02:00", CARL, ADA, .subject = "Stage backdrop, last word",
		.text = "Finish it this weekend or you won't get paid.\n"},
	{"national-day", "2026-06-06T08:15:00+02:00", CARL, ADA,
		.subject = "Stage backdrop, very last word",
		.text = "Still nothing?! You are so unprofessional. Pick up the phone!\n"},
	{"backdrop-answer", "2026-06-08T09:00:00+02:00", ADA, CARL, .answers = "national-day",
		.text = "Carl, the backdrop is attached. It is the last piece of work until invoice "
			"2031 is paid, and I do not discuss it in this tone.\n"},
	{"why-pay", "2026-06-11T16:00:00+02:00", CARL, ADA, .subject = "Your invoice",
		.text = "Why would we pay for a draft that we never used? You agreed to this on the "
			"phone.\n"},
	{"second-volume", "2026-06-11T23:30:00+01:00", THEO, ADA, .subject = "A second volume",
		.text = "Shall we do a second volume? No need to answer before Monday.\n"},
	{"why-pay-answer", "2026-06-12T09:30:00+02:00", ADA, CARL, .answers = "why-pay",
		.text = "Carl, we did not speak on the phone. On 13 January you wrote: \"Agreed, all "
			"of it.\" The poster hangs all over town.\n"},
	{"vitrine-livree", "2026-06-12T11:20:00+02:00", CAMILLE, ADA, .subject = "Vitrine livrée",
		.text = "La vitrine est magnifique et la facture est réglée. Bel été à vous !\n"},
	{"second-volume-answer", "2026-06-15T09:30:00+02:00", ADA, THEO, .answers = "second-volume",
		.text = "Yes, let us. I have room from September.\n"},
	{"midsummer", "2026-06-19T11:30:00+02:00", CARL, ADA, .subject = "Final files",
		.text = "We need the final files today. Are you asleep? Pick up the phone! You will "
			"be hearing from our lawyers.\n"},
	{"midsummer-answer", "2026-06-22T09:00:00+02:00", ADA, CARL, .answers = "midsummer",
		.text = "Good morning Carl,\n\n"
			"Friday was Midsummer's Eve. The files are ready and leave the house on the "
			"day invoice 2031 is paid; it was due on 1 April.\n"},
	{"last-word", "2026-06-23T22:40:00+02:00", CARL, ADA, .answers = "midsummer-answer",
		.text = "You bloody idiot. I need the files tonight, or I'll tell everyone not to "
			"work with you.\n"},
	{"farewell", "2026-06-25T10:00:00+02:00", ADA, CARL, .answers = "last-word",
		.text = "Carl, I end our work together today, with the notice of our contract. The "
			"files go to Maja once the invoice is paid. I recommend a colleague to you "
			"if you like.\n"},
	{"review", "2026-06-26T14:00:00+02:00", CARL, ADA, .answers = "farewell",
		.text = "Give me a discount or I will leave a bad review.\n"},
};
const size_t demo_letter_count = sizeof(demo_letters) / sizeof(demo_letters[0]);
