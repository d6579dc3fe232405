/* The large mail providers: where their IMAP server is, and what it wants to be logged in to. */
#include "source/provider.h"

#include <stddef.h>

static const struct provider providers[] = {
	{"Gmail", " gmail.com googlemail.com ", "imap.gmail.com", 993, false, false, false,
		"Google takes no account password here: make an app password at "
		"https://myaccount.google.com/apppasswords (2-Step Verification must be on)"},
	{"Outlook and Microsoft 365",
		" outlook.com outlook.de outlook.fr outlook.es hotmail.com "
		"hotmail.co.uk hotmail.fr hotmail.de live.com msn.com "
		"office365.com ",
		"outlook.office365.com", 993, false, true, false,
		"Microsoft takes no password here, only an OAuth token: 'man overstep.conf' names a "
		"program that gets one, under OAUTH TOKENS"},
	{"iCloud", " icloud.com me.com mac.com ", "imap.mail.me.com", 993, false, false, false,
		"Apple takes no account password here: make an app-specific password at "
		"https://account.apple.com"},
	{"Fastmail", " fastmail.com fastmail.fm ", "imap.fastmail.com", 993, false, false, false,
		"Fastmail wants an app password: Settings, Privacy & Security, Manage app "
		"passwords"},
	{"Yahoo", " yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.se ymail.com ",
		"imap.mail.yahoo.com", 993, false, false, false,
		"Yahoo wants an app password: Account security, Generate app password"},
	{"AOL", " aol.com ", "imap.aol.com", 993, false, false, false,
		"AOL wants an app password: Account security, Generate app password"},
	{"GMX", " gmx.net gmx.de gmx.at gmx.ch ", "imap.gmx.net", 993, false, false, false,
		"GMX wants IMAP to be allowed in its settings first, and an application password "
		"where two-factor authentication is on"},
	{"GMX", " gmx.com gmx.co.uk gmx.us gmx.fr gmx.es ", "imap.gmx.com", 993, false, false,
		false, "GMX wants IMAP to be allowed in its settings first"},
	{"WEB.DE", " web.de ", "imap.web.de", 993, false, false, false,
		"WEB.DE wants IMAP to be allowed in its settings first"},
	{"Posteo", " posteo.de posteo.net posteo.org posteo.eu ", "posteo.de", 993, false, false,
		false, "Posteo takes the account's own password"},
	{"mailbox.org", " mailbox.org ", "imap.mailbox.org", 993, false, false, false,
		"mailbox.org takes the account's own password, or an app password where two-factor "
		"authentication is on"},
	{"Proton Mail Bridge", " proton.me protonmail.com protonmail.ch pm.me ", "127.0.0.1", 1143,
		true, false, true,
		"the Bridge must run on this machine; the password is the one that it shows, not "
		"the account's"},
};
#define PROVIDERS (sizeof(providers) / sizeof(providers[0]))

struct str domain_of(struct str address)
{
	size_t at;
	return str_rfind_char(address, '@', &at) ? str_slice(address, at + 1, address.len)
						 : (struct str){0};
}

static bool is_among(struct str domain, struct str domains)
{
	struct str word;
	while (str_split(&domains, ' ', &word))
		if (word.len && str_eq_nocase(word, domain))
			return true;
	return false;
}

const struct provider *provider_of_domain(struct str domain)
{
	for (size_t i = 0; i < PROVIDERS; i++)
		if (is_among(domain, str_from(providers[i].domains)))
			return &providers[i];
	return NULL;
}

const struct provider *provider_of_host(struct str host)
{
	for (size_t i = 0; i < PROVIDERS; i++)
		if (str_eq_nocase(host, str_from(providers[i].host)))
			return &providers[i];
	return NULL;
}
