/* What mailers write in languages without a table of their own: clients use any. */
#include "language.h"

const struct language language_other = {
	/* Czech, Russian, Ukrainian, Turkish, Chinese, Japanese, Korean. */
	.verbs = LIST("napsal(a)", "napsal", "napsala", "написал", "написал(а)", "написала",
		"пишет", "написав", "пише", "şunu yazdı", "yazdı", "写道", "寫道", "のメール",
		"님이 작성"),
	.pronouns = LIST("já", "я", "вы", "ben"),
	.intros = LIST("dne", "в", "понедельник", "вторник", "среда", "четверг", "пятница",
		"суббота", "воскресенье", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "在"),
	.originals = LIST("původní zpráva", "исходное сообщение", "пересылаемое сообщение",
		"orijinal mesaj", "原始邮件", "原始郵件", "元のメッセージ"),
	.forwards = LIST("přeposlaná zpráva", "пересланное сообщение", "iletilen mesaj", "转发邮件",
		"转发的邮件", "転送されたメッセージ"),
	.labels =
		{
			[HEADER_FROM] = LIST("od", "от", "от кого", "від", "kimden", "gönderen",
				"发件人", "寄件者", "差出人", "보낸 사람"),
			[HEADER_TO] = LIST("komu", "кому", "kime", "kimə", "收件人", "收件者",
				"宛先", "받는 사람"),
			[HEADER_CC] = LIST("kopie", "копия", "копія", "bilgi", "抄送"),
			[HEADER_DATE] = LIST("odesláno", "datum", "отправлено", "дата", "надіслано",
				"gönderildi", "tarih", "发送时间", "日期", "送信日時", "보낸 날짜"),
			[HEADER_SUBJECT] =
				LIST("předmět", "тема", "konu", "主题", "主旨", "件名", "제목"),
		},
	.mobiles = LIST("odesláno z", "отправлено с", "надіслано з", "從我的", "发自我的"),
	.replies = LIST("ynt", "回复", "答复"),
	.forward_subjects = LIST("ilt", "转发"),
};
