/* What mailers write in English. */
#include "language.h"

const struct language language_en = {
	.verbs = LIST("wrote", "writes", "said"),
	.pronouns = LIST("i", "you", "we", "he", "she", "they", "who"),
	.intros = LIST("on", "at", "in message", "in article", "mon", "tue", "wed", "thu", "fri",
		"sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
		"sunday"),
	.originals = LIST("original message", "original email", "original appointment",
		"reply message", "replied message"),
	.forwards = LIST("forwarded message", "forwarded mail", "forwarded email", "forwarded by",
		"forward message", "begin forwarded message", "original message follows"),
	.labels =
		{
			[HEADER_FROM] = LIST("from"),
			[HEADER_TO] = LIST("to"),
			[HEADER_CC] = LIST("cc", "bcc"),
			[HEADER_DATE] = LIST("date", "sent", "date sent", "sent on", "sent at"),
			[HEADER_SUBJECT] = LIST("subject", "re"),
			[HEADER_REPLY_TO] = LIST("reply-to", "reply to"),
			[HEADER_OTHER] = LIST("sender", "importance", "priority", "attachments",
				"organization", "when", "where", "message-id"),
		},
	.mobiles = LIST("sent from", "sent via", "sent with", "sent using", "sent by", "sent on",
		"get outlook for", "from my iphone", "from my ipad", "from my mobile",
		"from my phone"),
	.mobile_ends = LIST("from mobile", "from my mobile", "from my phone", "from my iphone"),
	.devices = LIST("my", "phone", "mobile", "cell", "smartphone", "device", "tablet", "app",
		"mail", "e-mail", "email", "mailbox", "ios"),
	.excuses = LIST(
		"excuse", "pardon", "forgive", "typos", "typo", "typoze", "brevity", "autocorrect"),
	.addressees = LIST("intended recipient", "intended only for", "intended solely for",
		"named addressee", "notify the sender", "inform the sender",
		"notify us immediately", "this e-mail in error", "this email in error",
		"this message in error"),
	.secrets = LIST("confidential", "privileged", "unauthorized", "unauthorised", "disclosure",
		"strictly prohibited", "delete it", "delete this"),
	.replies = LIST("re"),
	.forward_subjects = LIST("fwd", "fw"),
};
