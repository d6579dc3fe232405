/* The declaration that the owner may sign beside a bundle: a template, one for each language. */
#include "base/utf8.h"
#include "bundle_text.h"
#include "record_form.h"
#include <inttypes.h>

/* What stands in {braces} is filled in here, what stands in [brackets] by hand. */
struct template
{
	const char *language;
	const char *text;
	const char *redacted; /* {redacted}, when copies stand in place of messages */
};

static const struct template templates[] = {
	{"en",
		"DECLARATION (template)\n\n"
		"Whoever signs this reads it first, fills in what stands in [brackets] and strikes out\n"
		"what is not so. Unsigned it states nothing.\n\n"
		"Name:     {owner}\n"
		"Address:  [address]\n"
		"Capacity: [capacity]\n\n"
		"1. The system. This folder was written on {day} by the program overstep, version\n"
		"   {version}, out of an archive of electronic mail that I keep. The program fetched\n"
		"   the messages from my own mailboxes and stored the octets of each as it received\n"
		"   them, with the times that it then knew. [How and by whom the computer is used.]\n\n"
		"2. The folder. It was chosen by the filter and holds the numbers that stand here.\n\n"
		"   filter:      {filter}\n"
		"   messages:    {messages}\n"
		"   records:     {here}\n\n"
		"3. The hash. The records stand in a log, which this checkpoint identifies:\n\n"
		"   records:     {records}\n"
		"   list-sha256: {list}\n"
		"   key:         {key}\n\n"
		"   The key is named by the SHA-256 of data/log-key.pem.\n\n"
		"4. I have not altered the messages or their records since they were stored. [Strike\n"
		"   out if this is not so, and say what is.]\n{redacted}\n"
		"This declaration does not state that these are all the messages there were, who wrote\n"
		"them or what anybody meant by them; nor since when the archive has held them, for\n"
		"which data/checkpoints/ may hold time stamps of others. README.txt tells how the\n"
		"folder can be checked without my word.\n\n"
		"Place and date: [place, date]\n\n"
		"Signature:      [signature]\n",
		"   Of some messages there are only copies, in data/redacted/, in which I covered words\n"
		"   before I gave them away; their records name the hash of what was covered.\n"},
	{"sv",
		"INTYGANDE (mall)\n\n"
		"Den som undertecknar läser först, fyller i det som står inom [hakparentes] och stryker\n"
		"det som inte stämmer. Utan underskrift intygar texten ingenting.\n\n"
		"Namn:        {owner}\n"
		"Adress:      [adress]\n"
		"Egenskap:    [egenskap]\n\n"
		"1. Systemet. Mappen skrevs den {day} av programmet overstep, version {version}, ur ett\n"
		"   arkiv med e-post som jag för. Programmet hämtade meddelandena från mina egna\n"
		"   brevlådor och sparade varje meddelandes oktetter så som de togs emot, tillsammans\n"
		"   med de tider som då var kända. [Hur och av vem datorn används.]\n\n"
		"2. Mappen. Innehållet valdes med filtret, till det antal som står här.\n\n"
		"   filter:      {filter}\n"
		"   meddelanden: {messages}\n"
		"   poster:      {here}\n\n"
		"3. Kontrollsumman. Posterna står i en logg, som identifieras av denna kontrollpunkt:\n\n"
		"   records:     {records}\n"
		"   list-sha256: {list}\n"
		"   nyckel:      {key}\n\n"
		"   Nyckeln namnges med SHA-256 av data/log-key.pem.\n\n"
		"4. Jag har inte ändrat meddelandena eller deras poster sedan de sparades. [Stryk om det\n"
		"   inte stämmer, och ange vad som gäller.]\n{redacted}\n"
		"Intygandet säger inte att detta är alla meddelanden som funnits, vem som skrev dem\n"
		"eller vad någon menade med dem; inte heller hur länge arkivet har haft dem, vilket\n"
		"andras tidsstämplar i data/checkpoints/ kan visa. README.txt beskriver hur mappen kan\n"
		"kontrolleras utan mitt ord.\n\n"
		"Ort och datum: [ort, datum]\n\n"
		"Underskrift:   [underskrift]\n",
		"   Av vissa meddelanden finns bara kopior, i data/redacted/, där jag har täckt ord innan\n"
		"   jag lämnade ut dem; deras poster anger kontrollsumman för det täckta.\n"},
	{"fr",
		"DÉCLARATION (modèle)\n\n"
		"La personne qui signe lit d'abord ce texte, remplit ce qui est entre [crochets] et raye\n"
		"ce qui n'est pas exact. Sans signature, il n'atteste rien.\n\n"
		"Nom :        {owner}\n"
		"Adresse :    [adresse]\n"
		"Qualité :    [qualité]\n\n"
		"1. Le système. Ce dossier a été écrit le {day} par le programme overstep, version\n"
		"   {version}, à partir d'une archive de courrier électronique que je tiens. Le\n"
		"   programme a relevé les messages dans mes propres boîtes et conservé les octets de\n"
		"   chacun tels qu'il les a reçus, avec les heures connues à ce moment. [Comment et par\n"
		"   qui l'ordinateur est utilisé.]\n\n"
		"2. Le dossier. Son contenu a été choisi par le filtre, aux nombres indiqués ici.\n\n"
		"   filtre :          {filter}\n"
		"   messages :        {messages}\n"
		"   enregistrements : {here}\n\n"
		"3. L'empreinte. Les enregistrements figurent dans un journal, que ce point de contrôle\n"
		"   identifie :\n\n"
		"   records:     {records}\n"
		"   list-sha256: {list}\n"
		"   clé :        {key}\n\n"
		"   La clé est nommée par le SHA-256 de data/log-key.pem.\n\n"
		"4. Je n'ai modifié ni les messages ni leurs enregistrements depuis leur conservation.\n"
		"   [Rayer si ce n'est pas exact, et préciser.]\n{redacted}\n"
		"Cette déclaration n'atteste pas que ce sont tous les messages qui ont existé, ni qui\n"
		"les a écrits, ni ce que quiconque a voulu dire ; ni depuis quand l'archive les contient,\n"
		"ce que des horodatages de tiers dans data/checkpoints/ peuvent montrer. README.txt\n"
		"explique comment vérifier le dossier sans se fier à ma parole.\n\n"
		"Lieu et date : [lieu, date]\n\n"
		"Signature :    [signature]\n",
		"   De certains messages, il n'y a que des copies, dans data/redacted/, où j'ai masqué\n"
		"   des mots avant de les remettre ; leurs enregistrements nomment l'empreinte de\n"
		"   l'original.\n"},
};

const char *bundle_declaration_language(size_t index)
{
	return index < sizeof(templates) / sizeof(*templates) ? templates[index].language : NULL;
}

static void add_value(
	struct buf *out, struct str name, const struct template *t, const struct bundle_summary *s)
{
	char hex[SHA256_HEX_SIZE];
	if (str_eq(name, STR("owner")))
		utf8_add_visible(out, s->owner.len ? s->owner : STR("[name]"), false);
	else if (str_eq(name, STR("day")))
		buf_add_cstr(out, s->day);
	else if (str_eq(name, STR("version")))
		buf_add_str(out, s->version.len ? s->version : STR("[version]"));
	else if (str_eq(name, STR("filter")))
		value_write(out, s->filter);
	else if (str_eq(name, STR("messages")))
		buf_add_format(out, "%zu", s->messages);
	else if (str_eq(name, STR("here")))
		buf_add_format(out, "%zu", s->records);
	else if (str_eq(name, STR("records")))
		buf_add_format(out, "%" PRIu64, s->log_records);
	else if (str_eq(name, STR("redacted")))
		buf_add_cstr(out, s->redacted ? t->redacted : "");
	else {
		sha256_hex(str_eq(name, STR("key")) ? &s->key : &s->list, hex);
		buf_add_cstr(out, hex);
	}
}

void bundle_declaration_write(struct buf *out, size_t index, const struct bundle_summary *summary)
{
	const struct template *t = &templates[index];
	struct str rest = str_from(t->text), piece, name;
	while (str_split(&rest, '{', &piece)) {
		buf_add_str(out, piece);
		if (str_split(&rest, '}', &name))
			add_value(out, name, t, summary);
	}
}
