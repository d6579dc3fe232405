/* What mailers write in Portuguese, European and Brazilian. */
#include "language.h"

const struct language language_pt = {
	.verbs = LIST("escreveu", "escreveu o seguinte", "escreve", "citando"),
	.pronouns =
		LIST("eu", "tu", "você", "vocês", "ele", "ela", "nós", "me", "te", "lhe", "que"),
	.intros = LIST("em", "no dia", "a", "às", "seg", "ter", "qua", "qui", "sex", "sáb", "dom",
		"segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo",
		"segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"),
	.originals = LIST("mensagem original", "e-mail original", "email original"),
	.forwards = LIST("mensagem encaminhada", "mensagem reencaminhada",
		"início da mensagem encaminhada", "início da mensagem reencaminhada",
		"início da mensagem", "e-mail encaminhado", "encaminhado por", "encaminhada por",
		"reencaminhado por", "repassado por"),
	.pointers = LIST("respostas abaixo", "meus comentários abaixo", "respostas em vermelho",
		"comentários em vermelho", "respondo abaixo", "veja minhas respostas"),
	.labels =
		{
			[HEADER_FROM] = LIST("de", "remetente"),
			[HEADER_TO] = LIST("para", "destinatário"),
			[HEADER_CC] = LIST("cc", "cco", "bcc", "com cópia"),
			[HEADER_DATE] = LIST("enviado", "enviada", "enviado em", "enviada em",
				"data", "data de envio"),
			[HEADER_SUBJECT] = LIST("assunto"),
			[HEADER_REPLY_TO] = LIST("responder a", "responder para"),
			[HEADER_OTHER] = LIST("anexos", "anexo", "importância", "prioridade"),
		},
	.mobiles = LIST("enviado do", "enviado da", "enviado a partir", "enviado de", "enviado com",
		"enviado via", "enviado pelo", "obter o outlook para", "obtenha o outlook para",
		"baixe o outlook para", "transferir o outlook para"),
	.devices = LIST("meu", "minha", "telemóvel", "celular", "telefone", "smartphone",
		"dispositivo", "tablet", "app", "email", "e-mail", "correio"),
	.excuses = LIST("desculpe", "desculpe-me", "desculpem", "perdoe", "erros", "brevidade"),
	.addressees = LIST("destinatário indicado", "seu destinatário", "for o destinatário",
		"é o destinatário", "seja o destinatário", "mensagem por engano",
		"mensagem por erro", "e-mail por engano", "informe o remetente",
		"avise o remetente", "avisar o remetente", "notifique o remetente", "ao remetente"),
	.secrets = LIST("confidencial", "confidenciais", "uso exclusivo", "exclusivamente",
		"privilegiada", "privilegiadas", "proibida", "proibido", "apague", "elimine"),
	.replies = LIST("res", "re"),
	.forward_subjects = LIST("enc", "reenc"),
};
