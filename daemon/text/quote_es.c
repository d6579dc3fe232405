/* What mailers write in Spanish. */
#include "language.h"

const struct language language_es = {
	.verbs = LIST("escribió", "ha escrito", "escribio", "escribe", "citando a"),
	.pronouns = LIST(
		"yo", "tú", "tu", "usted", "ustedes", "él", "ella", "nosotros", "me", "te", "le"),
	.intros = LIST("el", "lun", "mar", "mié", "jue", "vie", "sáb", "dom", "lunes", "martes",
		"miércoles", "jueves", "viernes", "sábado", "domingo", "en"),
	.originals = LIST("mensaje original", "mensaje de origen", "correo original"),
	.forwards = LIST("mensaje reenviado", "mensaje remitido", "inicio del mensaje reenviado",
		"inicio de mensaje reenviado", "correo reenviado", "reenviado por", "remitido por"),
	.pointers = LIST("respuestas abajo", "mis comentarios abajo", "respuestas en rojo",
		"comentarios en rojo", "respondo abajo", "ver mis respuestas",
		"ver mis comentarios"),
	.labels =
		{
			[HEADER_FROM] = LIST("de", "remitente", "enviado por"),
			[HEADER_TO] = LIST("para", "a", "destinatario"),
			[HEADER_CC] = LIST("cc", "cco", "copia", "con copia a"),
			[HEADER_DATE] = LIST("enviado", "enviado el", "fecha"),
			[HEADER_SUBJECT] = LIST("asunto"),
			[HEADER_REPLY_TO] = LIST("responder a"),
			[HEADER_OTHER] = LIST("importancia", "prioridad", "datos adjuntos",
				"adjuntos", "archivos adjuntos"),
		},
	.mobiles = LIST("enviado desde", "enviado con", "enviado de mi", "enviado a través",
		"enviado por", "enviado mediante", "obtener outlook para", "descargar outlook para",
		"consigue outlook para", "obtén outlook para"),
	.devices = LIST("mi", "móvil", "teléfono", "celular", "dispositivo", "smartphone",
		"tableta", "correo"),
	.excuses = LIST("disculpa", "disculpe", "disculpen", "disculpas", "perdona", "perdone",
		"errores", "brevedad", "faltas"),
	.addressees = LIST("destinatario indicado", "destinatario del mismo",
		"destinatario previsto", "no es el destinatario", "a su destinatario",
		"mensaje por error", "correo por error", "notifíquelo", "notifique al remitente",
		"avise al remitente", "comunicarlo al remitente", "informe al remitente"),
	.secrets = LIST("confidencial", "confidenciales", "uso exclusivo", "exclusivamente",
		"privilegiada", "prohibida", "prohibido", "elimínelo", "bórrelo"),
	.replies = LIST("re", "rta", "res"),
	.forward_subjects = LIST("rv", "reenv"),
};
