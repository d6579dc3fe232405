/* What the service tells of, with the journal's MESSAGE_ID of each: random, and never changed. */
#include "app/events.h"

#include <stddef.h>

const struct log_kind event_started = {
	LOG_LEVEL_NOTICE, "started", "6b5a277dd7a84e0b8a1dab17622663cc"};
const struct log_kind event_ended = {LOG_LEVEL_NOTICE, "ended", "27e4891132574b13999f0c3d0474e1eb"};
const struct log_kind event_as_root = {
	LOG_LEVEL_WARNING, "running as root", "447bb365e3244e67aca345afadb60ce3"};
const struct log_kind event_files_left_out = {
	LOG_LEVEL_WARNING, "rule files left out", "8313986979c247b5b1e7bac4695b54f1"};
const struct log_kind event_reloaded = {
	LOG_LEVEL_NOTICE, "reloaded", "27e183b4067c44a293d7887adf21cdf5"};
const struct log_kind event_reload_refused = {
	LOG_LEVEL_WARNING, "reload refused", "60304db4615944f5983d6451b3c9fc18"};
const struct log_kind event_changed_on_disk = {
	LOG_LEVEL_NOTICE, "changed on disk, not in force", "eeb35ace1d0d46d8960e1f2150cfaf97"};
const struct log_kind event_account_read = {
	LOG_LEVEL_INFO, "account read", "9e118acabea548d09e9a91c9149d6165"};
const struct log_kind event_account_failed = {
	LOG_LEVEL_WARNING, "account failed", "32c7dea5514e4db1911413d8c746ff0e"};
const struct log_kind event_export = {
	LOG_LEVEL_INFO, "reading a chat's export", "bf4acafa365b4680b1fdf76eee9d8aba"};
const struct log_kind event_export_read = {
	LOG_LEVEL_INFO, "chat's export read", "dda8cf94a714408e9e3e10d40d1dc49a"};
const struct log_kind event_export_failed = {
	LOG_LEVEL_WARNING, "chat's export not read", "329a2f364b3c45de9e010dad7df5a336"};
const struct log_kind event_folder = {LOG_LEVEL_INFO, "folder", "742263cfe1c44b739d7d90f186b5167f"};
const struct log_kind event_stored = {LOG_LEVEL_INFO, "stored", "93be69db2cb940ce982a1877928aca10"};
const struct log_kind event_finding = {
	LOG_LEVEL_INFO, "finding", "8f0363c06d194cbea756fde310e75b5d"};
const struct log_kind event_hook_failed = {
	LOG_LEVEL_WARNING, "on_finding failed", "5f134710b77d4a548bfdbae1b9b167fc"};
const struct log_kind event_hook_behind = {
	LOG_LEVEL_WARNING, "on_finding is behind", "fce99084e05b44a4a1fac382b1809aed"};
const struct log_kind event_indexing = {
	LOG_LEVEL_INFO, "indexing", "fdc8bfcb2ca040d6b9e49f60efa7c32b"};
const struct log_kind event_cannot_store = {
	LOG_LEVEL_ERROR, "cannot store", "d9600c41426749f586feb30775a4903f"};
const struct log_kind event_storing_again = {
	LOG_LEVEL_NOTICE, "storing again", "992354ca2a7e41d4adc126a51cc47e05"};
const struct log_kind event_without_jit = {
	LOG_LEVEL_NOTICE, "matching without JIT", "4257e531216c05d9cf55575239dc92c7"};
const struct log_kind event_without_box = {
	LOG_LEVEL_NOTICE, "processes not boxed whole", "8a67c040bdf34ea4b1dcc3e26b3fbf55"};
const struct log_kind event_forbidden = {
	LOG_LEVEL_WARNING, "ended for what its box forbids", "7505839ebff64a4b8c350f0db7ce7c6e"};
const struct log_kind event_slept = {
	LOG_LEVEL_NOTICE, "the machine slept", "d62bfbcd2886e27c9953efd34f7dd264"};
const struct log_kind event_clock_set = {
	LOG_LEVEL_NOTICE, "the clock was set", "25391a76db2fd09610e7cd10861ae32b"};
const struct log_kind event_cannot_sign = {
	LOG_LEVEL_WARNING, "cannot sign the log", "5ce3750905bc4fbe9c48eaf7622e151e"};
const struct log_kind event_anchor_failed = {
	LOG_LEVEL_WARNING, "no anchor", "63b1fab684c1440eb9ae0a99dd5aa81e"};

const struct log_kind *const events[] = {&event_started, &event_ended, &event_as_root,
	&event_files_left_out, &event_reloaded, &event_reload_refused, &event_changed_on_disk,
	&event_account_read, &event_account_failed, &event_export, &event_export_read,
	&event_export_failed, &event_folder, &event_stored, &event_finding, &event_hook_failed,
	&event_hook_behind, &event_indexing, &event_cannot_store, &event_storing_again,
	&event_without_jit, &event_without_box, &event_forbidden, &event_slept, &event_clock_set,
	&event_cannot_sign, &event_anchor_failed, NULL};
