/* Spanish: what a reply to a client is made of. */
#include "report/letter.h"

const struct letter_words letter_es = {
	.lang = "es",
	.weekdays = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
	.months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
		"septiembre", "octubre", "noviembre", "diciembre"},
	.first_day = "1",
	.date = "{day} de {month} de {year}",
	.moment = "{weekday} {day} de {month} a las {time}",
	.to = " a ",
	.and = " y ",
	.greeting = "Buenos días:",
	.greeting_name = "Hola, {name}:",
	.closing = "Un saludo",
	.after_hours_contact =
		"Gracias por su mensaje. Leo el correo en mi horario de trabajo: {hours}. "
		"Tendrá mi respuesta a partir del {opening}.",
	.after_hours_demand =
		"Tengo su mensaje. Pide algo antes de que vuelva al trabajo; mi horario es "
		"{hours}. Lo miro el {opening} y le digo entonces cuándo puede estar.",
	.excluded =
		"Pide esto: {item}. No forma parte de lo acordado, así que envío primero un presupuesto y "
		"empiezo cuando lo apruebe.",
	.rush = "Me alegra saber de usted. Tengo las semanas planificadas y no puedo empezar enseguida; "
		"dígame para cuándo lo necesita y le envío un día y un precio.",
};
