/* Mail of ours on its way: written, its secret read, sent. */
#include "app/outgoing.h"

#include "app/sandbox.h"
#include "base/clock.h"
#include "base/json.h"
#include "channel.h"
#include "config/config.h"
#include "message/compose.h"
#include "message/message_parse.h"
#include "process.h"
#include "source/smtp.h"
#include "source/source.h"
#include "told.h"
#include <sys/prctl.h>

#define ANSWER_SECONDS 30

int outgoing_send(
	const struct config *config, const struct draft *draft, int stop_fd, struct error *err)
{
	const struct mail_out *smtp = &config->smtp;
	const struct smtp_plan plan = {
		.host = smtp->host,
		.port = smtp->port,
		.starttls = smtp->tls == TLS_STARTTLS,
		.ca_file = smtp->ca_file,
		.user = smtp->user,
		.timeout_us = ANSWER_SECONDS * SECOND_US,
		.wake_fd = stop_fd,
	};
	const struct sandbox box = {
		.role = SANDBOX_NETWORK,
		.port = (uint16_t)smtp->port,
		.ca_file = smtp->ca_file,
		.host = smtp->host,
	};
	struct draft ours = *draft;
	struct buf secret = {0}, octets = {0};
	ours.from = smtp->from;
	prctl(PR_SET_DUMPABLE, 0); /* nobody may look at the secret */
	int result = message_compose(&ours, &octets, err);
	if (!result && smtp->user.len)
		result = secret_read(smtp->secret.file, &smtp->secret.command,
			smtp->secret.credential, &secret, err);
	if (!result)
		result = sandbox_enter(&box, err);
	if (!result)
		result = smtp_send(
			&plan, buf_str(&secret), smtp->from, draft->to, buf_str(&octets), err);
	buf_wipe(&secret);
	buf_finish(&octets);
	return result;
}

struct orders {
	const struct config *config;
	const struct draft *draft;
};

static int sender_main(struct channel *to_parent, int stop_fd, const void *context)
{
	const struct orders *orders = context;
	struct error why = {0};
	int result = outgoing_send(orders->config, orders->draft, stop_fd, &why);
	return told_end(to_parent, result, &why);
}

int outgoing_send_apart(const struct config *config, const struct draft *draft, struct error *err)
{
	const struct orders orders = {config, draft};
	const struct process_plan plan = {
		.title = "overstep-mail",
		.prepare = message_library_start,
		.run = sender_main,
		.context = &orders,
	};
	struct process process;
	struct json_document *told = NULL;
	struct frame frame;
	if (process_start(&plan, &process, err) < 0)
		return -1;
	int result = told_next(&process, &frame, &told, err);
	json_free(told);
	process_end(&process);
	return result;
}
