/* What mailers write in French. */
#include "language.h"

const struct language language_fr = {
	.verbs = LIST("a écrit", "écrit", "a ecrit", "écrivait"),
	.pronouns = LIST("j'ai", "tu", "tu as", "vous", "vous avez", "avez", "as", "nous",
		"nous avons", "il", "elle", "ils ont", "m'a", "t'a"),
	.intros = LIST("le", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "lundi", "mardi",
		"mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
	.originals = LIST("message d'origine", "message original", "message initial",
		"courriel original", "mail original", "e-mail d'origine"),
	.forwards = LIST("message transféré", "message transmis", "message réexpédié",
		"début du message transféré", "début du message réexpédié", "message transfere",
		"courriel transféré", "mail transféré", "e-mail transféré", "réacheminé par",
		"transféré par", "transmis par"),
	.pointers = LIST("réponses ci-dessous", "mes commentaires ci-dessous",
		"réponses dans le texte", "commentaires dans le texte", "réponses en rouge",
		"commentaires en rouge", "voir mes réponses", "voir mes commentaires"),
	.labels =
		{
			[HEADER_FROM] = LIST("de", "expéditeur", "envoyé par"),
			[HEADER_TO] = LIST("à", "a", "destinataire", "pour"),
			[HEADER_CC] = LIST("cc", "copie", "copie à", "cci"),
			[HEADER_DATE] =
				LIST("envoyé", "envoyé le", "date", "date d'envoi", "message du"),
			[HEADER_SUBJECT] = LIST("objet", "sujet"),
			[HEADER_REPLY_TO] = LIST("répondre à", "rép"),
			[HEADER_OTHER] =
				LIST("importance", "priorité", "pièces jointes", "pièce jointe"),
		},
	.mobiles = LIST("envoyé de mon", "envoyé de ma", "envoyé depuis", "envoyé avec",
		"envoyé à partir", "envoyé à l'aide", "envoyé via", "envoyé par", "envoye de mon",
		"envoye depuis", "obtenir outlook pour", "obtenez outlook pour",
		"télécharger outlook pour", "téléchargez outlook pour", "provenance"),
	.devices = LIST("mon", "ma", "appareil", "mobile", "portable", "téléphone", "tablette",
		"smartphone", "messagerie", "courriel", "mail", "e-mail"),
	.excuses = LIST("excusez", "excuser", "désolé", "fautes", "brièveté", "concision"),
	.addressees = LIST("destinataire de ce", "destinataire prévu", "pas le destinataire",
		"son destinataire", "ses destinataires", "destinataires désignés",
		"à l'attention exclusive", "message par erreur", "courriel par erreur",
		"e-mail par erreur", "avertir l'expéditeur", "informer l'expéditeur",
		"prévenir l'expéditeur", "immédiatement l'expéditeur", "aviser l'expéditeur"),
	.secrets = LIST("confidentiel", "confidentiels", "confidentielles", "confidentielle",
		"usage exclusif", "interdite", "strictement interdit", "le détruire",
		"le supprimer"),
	.replies = LIST("re", "rép", "rép."),
	.forward_subjects = LIST("tr", "transf"),
};
