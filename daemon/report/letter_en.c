/* English: what I may say or send to a client. */
#include "report/letter.h"

const struct letter_words letter_en = {
	.lang = "en",
	.weekdays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
	.months = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
	.first_day = "1",
	.date = "{day} {month} {year}",
	.moment = "{weekday} {day} {month} at {time}",
	.to = " to ",
	.and = " and ",
	.greeting = "Hello,",
	.greeting_name = "Hello {name},",
	.closing = "Kind regards",
	.after_hours_contact =
		"Thank you for your message. I read mail in my working hours: {hours}. "
		"You will have my answer from {opening}.",
	.after_hours_demand =
		"I have your message. It asks for something before I am back at work; my "
		"hours are {hours}. I will look at it {opening} and tell you then when "
		"it can be ready.",
	.excluded =
		"You ask for this: {item}. It is not part of what we agreed, so I will send you a "
		"quote first, and start once you have approved it.",
	.rush = "I am glad to hear from you. My weeks are planned ahead, so I cannot start at once; "
		"tell me by when you need it, and I will send you a day and a price.",
	.reasons =
		{
			[SIGN_INSULT] =
				"The tone in which this work is talked about is not one that "
				"I can work in.",
			[SIGN_THREAT] =
				"After what was written about consequences I no longer see a "
				"basis for working together.",
			[SIGN_MANIPULATION] = "We remember too differently what was agreed.",
			[SIGN_URGENCY] = "The work is needed faster than I can do it well.",
			[SIGN_SCOPE_CREEP] = "The work keeps growing beyond what we agreed on.",
			[SIGN_UNREASONABLE_DEMAND] =
				"What is expected and what I can deliver are too "
				"far apart.",
			[SIGN_UNPAID_WORK] = "We do not agree on which work is paid.",
			[SIGN_LATE_PAYMENT] = "Payments come too late for me to plan with.",
			[SIGN_HARMFUL_REQUEST] = "I was asked for work that I do not do.",
			[SIGN_INDECISION] = "We do not come to decisions that I can work from.",
			[SIGN_AFTER_HOURS] = "The work is needed at hours at which I do not work.",
			[SIGN_UNSTEADY_WORK] = "The work comes too unevenly for me to plan with.",
		},
	.call =
		{
			"I want to tell you this myself before I write it: I am ending our work together.",
			"{reason}",
			"As agreed there are {notice_days} days of notice, so my last day for you is "
			"{last_day}.",
			"By then you have from me what is paid for, and I ask you to settle what is open.",
			"You will have all of this in writing today, and I will help whoever takes over "
			"to find their way in.",
			"I finish what I have begun, and I would like us to fix the last day now.",
		},
	.subject = "The end of our work together",
	.letter =
		"As I told you today, I am ending our work together. {reason}\n\n"
		"With {notice_days} days of notice my last day is {last_day}. "
		"You will have from me by then: {i_owe}. "
		"Still to be paid: {owed}.\n\n"
		"Please tell me until then to whom I should hand over. Thank you for the work that we "
		"have done together.",
	.offer =
		"Offer something in my place: a colleague who has agreed to be named, a list of what is "
		"where, or an hour of handing over at the usual rate.",
	.first =
		{
			[SIGN_INSULT] =
				"Say once, in writing, that you will talk about the work but not "
				"in this tone.",
			[SIGN_THREAT] =
				"Keep to writing, and ask for the point that is meant; answer "
				"nothing else.",
			[SIGN_MANIPULATION] =
				"Answer with the mail in which it was agreed, without a word "
				"on who is to blame.",
			[SIGN_URGENCY] =
				"Tell your hours and what a rush costs, before the next one.",
			[SIGN_SCOPE_CREEP] =
				"Name what the price covers, and send a quote for each addition "
				"before you begin.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Say what is possible by when and at what price, and "
				"let them choose.",
			[SIGN_UNPAID_WORK] =
				"Say that the work is paid, with the line of the quote that "
				"says so.",
			[SIGN_LATE_PAYMENT] =
				"Remind once, friendly, with number, sum and due day of the "
				"invoice.",
			[SIGN_HARMFUL_REQUEST] =
				"Decline in one sentence and offer the honest way.",
			[SIGN_INDECISION] =
				"Ask three questions that can be answered, and one person to "
				"answer them.",
			[SIGN_AFTER_HOURS] = "Tell your hours, and set 'hours_told' to that day.",
			[SIGN_UNSTEADY_WORK] =
				"Agree on a notice for new work, or on days that are paid "
				"for and kept free.",
		},
	.next =
		{
			[SIGN_INSULT] =
				"Meet or call, say it again, and say that you end the work if it goes "
				"on.",
			[SIGN_THREAT] =
				"Have somebody who knows the law look at it before you answer.",
			[SIGN_MANIPULATION] =
				"Decide things only in writing from here on, and confirm each "
				"call by mail.",
			[SIGN_URGENCY] =
				"Charge the rush fee that you named, and take no call outside your "
				"hours.",
			[SIGN_SCOPE_CREEP] =
				"Stop at what is agreed, and put the additions into one order "
				"with its own price.",
			[SIGN_UNREASONABLE_DEMAND] =
				"Write down together what done means, and turn down "
				"what lies outside it.",
			[SIGN_UNPAID_WORK] = "Ask for a deposit before the next piece of work.",
			[SIGN_LATE_PAYMENT] =
				"Pause the work until it is paid, and say so with a day.",
			[SIGN_HARMFUL_REQUEST] = "End the work: this does not mend.",
			[SIGN_INDECISION] = "Bill each round beyond the agreed ones.",
			[SIGN_AFTER_HOURS] =
				"Answer only inside your hours, without exception, for a month.",
			[SIGN_UNSTEADY_WORK] =
				"Plan as if the work did not come, and fill the time with "
				"others.",
		},
};
