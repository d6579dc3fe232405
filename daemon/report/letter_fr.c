/* French: what I may say or send to a client. */
#include "report/letter.h"

const struct letter_words letter_fr = {
	.lang = "fr",
	.weekdays = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
	.months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		"septembre", "octobre", "novembre", "décembre"},
	.first_day = "1er",
	.date = "{day} {month} {year}",
	.moment = "{weekday} {day} {month} à {time}",
	.to = " à ",
	.and = " et ",
	.greeting = "Bonjour,",
	.greeting_name = "Bonjour {name},",
	.closing = "Cordialement",
	.after_hours_contact =
		"Merci pour votre message. Je lis mes mails pendant mes heures de travail : "
		"{hours}. Vous aurez ma réponse à partir de {opening}.",
	.after_hours_demand =
		"J'ai bien reçu votre message. Il demande quelque chose avant mon retour au "
		"travail ; mes heures sont : {hours}. Je le regarderai {opening} et vous "
		"dirai alors quand ce sera prêt.",
	.excluded =
		"Vous demandez ceci : {item}. Cela ne fait pas partie de notre accord ; je vous envoie "
		"donc d'abord un devis, et je commence dès votre accord.",
	.rush = "C'est un plaisir de vous lire. Mes semaines sont planifiées, je ne peux donc pas commencer "
		"tout de suite ; dites-moi pour quand il vous le faut, et je vous envoie un jour et un "
		"prix.",
	.reasons =
		{
			[SIGN_INSULT] =
				"Le ton de nos échanges ne me permet pas de bien travailler.",
			[SIGN_THREAT] =
				"Après ce qui a été écrit sur d'éventuelles suites, je ne vois plus de "
				"base pour continuer.",
			[SIGN_MANIPULATION] =
				"Nos souvenirs de ce qui a été convenu diffèrent trop.",
			[SIGN_URGENCY] =
				"Le travail est attendu plus vite que je ne peux bien le faire.",
			[SIGN_SCOPE_CREEP] =
				"Le travail ne cesse de dépasser ce que nous avions convenu.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Ce qui est attendu et ce que je peux livrer sont trop "
				"éloignés.",
			[SIGN_UNPAID_WORK] =
				"Nous ne sommes pas d'accord sur le travail qui est payé.",
			[SIGN_LATE_PAYMENT] =
				"Les paiements arrivent trop tard pour que je puisse prévoir.",
			[SIGN_HARMFUL_REQUEST] = "On m'a demandé un travail que je ne fais pas.",
			[SIGN_INDECISION] =
				"Nous n'arrivons pas à des décisions sur lesquelles je puisse "
				"travailler.",
			[SIGN_AFTER_HOURS] =
				"Le travail est attendu à des heures où je ne travaille pas.",
			[SIGN_UNSTEADY_WORK] =
				"Le travail arrive trop irrégulièrement pour que je puisse "
				"prévoir.",
		},
	.call =
		{
			"Je tiens à vous le dire moi-même avant de l'écrire : je mets fin à notre "
			"collaboration.",
			"{reason}",
			"Notre accord prévoit un préavis de {notice_days} jours : mon dernier jour pour vous est "
			"donc le {last_day}.",
			"D'ici là, vous aurez ce qui est payé, et je vous demande de régler ce qui reste ouvert.",
			"Vous aurez tout cela par écrit aujourd'hui, et j'aiderai la personne qui prendra la "
			"suite à s'y retrouver.",
			"Je termine ce que j'ai commencé, et je propose de fixer ensemble le dernier jour, dès "
			"maintenant.",
		},
	.subject = "Fin de notre collaboration",
	.letter =
		"Comme je vous l'ai dit aujourd'hui, je mets fin à notre collaboration. {reason}\n\n"
		"Avec un préavis de {notice_days} jours, mon dernier jour est le {last_day}. "
		"D'ici là, vous aurez de ma part : {i_owe}. "
		"Reste à payer : {owed}.\n\n"
		"Dites-moi d'ici là à qui je dois transmettre le travail. Merci pour ce que nous avons fait "
		"ensemble.",
	.offer =
		"Proposer quelque chose à ma place : un confrère qui accepte d'être nommé, une liste de ce qui "
		"se trouve où, ou une heure de passation au tarif habituel.",
	.first =
		{
			[SIGN_INSULT] =
				"Dire une fois, par écrit, que l'on parlera volontiers du travail mais "
				"pas sur ce ton.",
			[SIGN_THREAT] =
				"S'en tenir à l'écrit et demander quel point est visé ; ne répondre à rien "
				"d'autre.",
			[SIGN_MANIPULATION] =
				"Répondre avec le mail où cela a été convenu, sans un mot sur la "
				"faute.",
			[SIGN_URGENCY] =
				"Annoncer ses heures et le prix d'une urgence, avant la prochaine.",
			[SIGN_SCOPE_CREEP] =
				"Rappeler ce que le prix comprend, et envoyer un devis pour chaque "
				"ajout avant de commencer.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Dire ce qui est possible, pour quand et à quel prix, et "
				"laisser choisir.",
			[SIGN_UNPAID_WORK] =
				"Dire que ce travail est payé, avec la ligne du devis qui le dit.",
			[SIGN_LATE_PAYMENT] =
				"Relancer une fois, aimablement, avec le numéro, la somme et "
				"l'échéance de la facture.",
			[SIGN_HARMFUL_REQUEST] =
				"Refuser en une phrase et proposer la voie honnête.",
			[SIGN_INDECISION] =
				"Poser trois questions auxquelles on peut répondre, à une seule "
				"personne.",
			[SIGN_AFTER_HOURS] =
				"Annoncer ses heures, et mettre 'hours_told' à ce jour.",
			[SIGN_UNSTEADY_WORK] =
				"Convenir d'un délai de prévenance, ou de jours payés et gardés "
				"libres.",
		},
	.next =
		{
			[SIGN_INSULT] =
				"Se voir ou s'appeler, le redire, et dire que l'on arrête si cela "
				"continue.",
			[SIGN_THREAT] =
				"Faire lire cela à quelqu'un qui connaît le droit avant de répondre.",
			[SIGN_MANIPULATION] =
				"Ne plus rien décider qu'à l'écrit, et confirmer chaque appel par "
				"mail.",
			[SIGN_URGENCY] =
				"Facturer le supplément annoncé, et ne prendre aucun appel hors de ses "
				"heures.",
			[SIGN_SCOPE_CREEP] =
				"S'arrêter à ce qui est convenu, et réunir les ajouts en une commande "
				"avec son prix.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Écrire ensemble ce que veut dire terminé, et refuser le "
				"reste.",
			[SIGN_UNPAID_WORK] = "Demander un acompte avant le travail suivant.",
			[SIGN_LATE_PAYMENT] =
				"Suspendre le travail jusqu'au paiement, et le dire avec une date.",
			[SIGN_HARMFUL_REQUEST] = "Arrêter : cela ne se répare pas.",
			[SIGN_INDECISION] = "Facturer chaque tour au-delà de ceux convenus.",
			[SIGN_AFTER_HOURS] =
				"Ne répondre que pendant ses heures, sans exception, pendant un mois.",
			[SIGN_UNSTEADY_WORK] =
				"Prévoir comme si le travail ne venait pas, et remplir le temps "
				"autrement.",
		},
};
