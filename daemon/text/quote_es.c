/* What mailers write in Spanish. */
#include "language.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct language language_es = {
	.verbs = LIST("escribió", "ha escrito", "escribio", "escribe"),
	.pronouns =
		LIST("yo", "tú", "tu", "usted", "ustedes", "él", "ella", "nosotros", "me", "te"),
	.intros = LIST("el", "lun", "mar", "mié", "jue", "vie", "sáb", "dom", "lunes", "martes",
		"miércoles", "jueves", "viernes", "sábado", "domingo", "en"),
	.originals = LIST("mensaje original", "mensaje de origen", "correo original"),
	.forwards = LIST("mensaje reenviado", "mensaje remitido", "inicio del mensaje reenviado",
		"inicio de mensaje reenviado", "forwarded message", "correo reenviado"),
	.labels =
		(const struct header_label[]){
			{"de", HEADER_FROM},
			{"para", HEADER_TO},
			{"a", HEADER_TO},
			{"cc", HEADER_CC},
			{"copia", HEADER_CC},
			{"enviado", HEADER_DATE},
			{"enviado el", HEADER_DATE},
			{"enviado por", HEADER_FROM},
			{"fecha", HEADER_DATE},
			{"asunto", HEADER_SUBJECT},
			{"responder a", HEADER_REPLY_TO},
			{"importancia", HEADER_OTHER},
			{"datos adjuntos", HEADER_OTHER},
			{NULL, 0},
		},
	.mobiles = LIST("enviado desde", "enviado con", "enviado de mi", "enviado a través",
		"enviado por", "obtener outlook para", "descargar outlook para",
		"consigue outlook para"),
	.excuses = LIST(
		"disculpa", "disculpe", "disculpen", "perdona", "errores", "brevedad", "faltas"),
	.disclaimers = LIST("confidencial", "destinatario", "por error", "notifíquelo",
		"comunicarlo al remitente", "uso exclusivo", "privilegiada"),
	.replies = LIST("re:", "rta:"),
	.forward_subjects = LIST("rv:", "reenv:"),
};
