/* What mailers write in English. */
#include "language.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct language language_en = {
	.verbs = LIST("wrote", "writes", "said"),
	.pronouns = LIST("i", "you", "we", "he", "she", "they", "who"),
	.intros = LIST("on", "at", "in message", "in article"),
	.originals = LIST("original message", "original email", "original appointment",
		"reply message", "replied message"),
	.forwards = LIST("forwarded message", "forwarded mail", "forwarded by", "forward message",
		"begin forwarded message", "original message follows"),
	.labels =
		(const struct header_label[]){
			{"from", HEADER_FROM},
			{"to", HEADER_TO},
			{"cc", HEADER_CC},
			{"bcc", HEADER_CC},
			{"date", HEADER_DATE},
			{"sent", HEADER_DATE},
			{"date sent", HEADER_DATE},
			{"sent on", HEADER_DATE},
			{"subject", HEADER_SUBJECT},
			{"re", HEADER_SUBJECT},
			{"reply-to", HEADER_REPLY_TO},
			{"reply to", HEADER_REPLY_TO},
			{"sender", HEADER_OTHER},
			{"importance", HEADER_OTHER},
			{"priority", HEADER_OTHER},
			{"attachments", HEADER_OTHER},
			{"organization", HEADER_OTHER},
			{"when", HEADER_OTHER},
			{"where", HEADER_OTHER},
			{"message-id", HEADER_OTHER},
			{NULL, 0},
		},
	.mobiles = LIST("sent from", "sent via", "sent with", "sent using", "sent by", "sent on",
		"get outlook for", "from my iphone", "from my ipad", "from my mobile",
		"from my phone"),
	.mobile_ends = LIST("from mobile", "from my mobile", "from my phone", "from my iphone"),
	.mobile_ended_starts = NULL,
	.excuses = LIST(
		"excuse", "pardon", "forgive", "typos", "typo", "typoze", "brevity", "autocorrect"),
	.disclaimers = LIST("intended recipient", "confidential", "privileged", "notify the sender",
		"received this e-mail in error", "received this email in error",
		"received this message in error", "unauthorized", "disclosure, copying"),
	.replies = LIST("re:"),
	.forward_subjects = LIST("fwd:", "fw:"),
};
