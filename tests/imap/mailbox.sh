# A private mail server, a configuration for it and the service on it. Sourced by the tests here:
#   . "$(dirname "$0")/mailbox.sh"
# It is a Dovecot, or for tests that know only start_server, post and `deliver` a Cyrus: MAIL_SERVER=cyrus.
here=${here:-$(dirname "$0")}
. "$here/../cli/tap.sh"
chmod 711 "$work" # Dovecot's own user goes through it
config=$work/overstep.conf
archive=$work/archive
accounts='' clients='' servers='' odd='' service=
PATH=$PATH:/usr/sbin:/sbin

mailbox_end() {
	[ -z "$service" ] || kill -9 "$service" 2> /dev/null || true
	[ -z "$odd" ] || kill "$odd" 2> /dev/null || true
	for server in $servers; do "$here/${MAIL_SERVER:-dovecot}" stop "$server"; done
	rm -rf "$work"
}
trap mailbox_end EXIT

# start_server NAME [OPTION]...: of `dovecot start`. Sets IMAPS_PORT, IMAP_PORT, CA_FILE and server.
start_server() {
	server=$work/$1
	shift
	servers="$servers $server"
	variables=$("$here/${MAIL_SERVER:-dovecot}" start "$server" "$@") || exit 1
	eval "$variables"
}

# odd_servers SCRIPT...: servers that misbehave as odd/SCRIPT says, with the certificate of $server.
odd_servers() {
	(cd "$here/odd" && exec ../odd-server "$work" "$server/certificates/good.pem" \
		"$server/certificates/good.key" "$@") > "$work/odd.log" 2>&1 &
	odd=$!
}

# odd_port SCRIPT
odd_port() {
	within 10 test -s "$work/$1.port" || echo "# no odd server: $(cat "$work/odd.log")" >&2
	cat "$work/$1.port"
}

printf 'secret\n' > "$work/password"
chmod 600 "$work/password"
password_file=$work/password

# account NAME PORT USER [SETTING...]: one more of the configuration.
account() {
	accounts="$accounts${accounts:+,
}  { name = \"$1\"; host = \"localhost\"; port = $2; user = \"$3\"; ca_file = \"$CA_FILE\"; password_file = \"$password_file\"; "
	shift 3
	accounts="$accounts$* }"
}

# client ID ADDRESS...
client() {
	clients="$clients${clients:+,
}  { id = \"$1\"; addresses = [ "
	shift
	clients="$clients$(printf '"%s", ' "$@" | sed 's/, $//') ]; }"
}

# Writes what account and client have told. No hour is outside: mail comes when the test is run.
configure() {
	cat > "$config" << END
archive = "$archive";
languages = [ "en" ];
me: { addresses = [ "anna@studio.example" ]; time_zone = "Europe/Stockholm"; hours = [ "mon-sun 00:00-24:00" ]; };
accounts = (
$accounts
);
clients = (
$clients
);
END
}

# One whole look, bounded so that a hanging one fails; what it said is in $work/out and $work/err.
service_once() {
	timeout 120 "$OVERSTEPD" --config "$config" --once "$@"
}

# begin_service [OPTION]...: in the background, its log in $work/log; sets service.
begin_service() {
	: > "$work/log" # nobody is to take the last one's words for this one's
	"$OVERSTEPD" --config "$config" "$@" > /dev/null 2> "$work/log" &
	service=$!
}

# end_service SIGNAL: sets code to what it ended with; a signal is 128 and its number.
end_service() {
	kill "-$1" "$service" 2> /dev/null || true
	code=0
	wait "$service" 2> /dev/null || code=$?
	cat "$work/log" >> "$work/said"
	service=
}

tool() {
	"$OVERSTEP" --config "$config" "$@"
}

# within SECONDS COMMAND...: tries until it succeeds.
within() {
	tries=$(($1 * 10))
	shift
	until "$@" > /dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.1
	done
}

# letter FROM TO SUBJECT [TEXT]: a mail on standard output.
letter() {
	letters=$((${letters:-0} + 1))
	printf 'From: %s\nTo: %s\nSubject: %s\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n' "$1" "$2" "$3"
	printf 'Message-ID: <%s.%s@test.example>\nContent-Type: text/plain; charset=utf-8\n\n%s\n' \
		"$letters" "$(printf '%s' "$1$3" | cksum | cut -d ' ' -f 1)" "${4:-Hello, how are you?}"
}

# post FOLDER FROM TO SUBJECT [TEXT]: a letter into alice's folder.
post() {
	folder=$1
	shift
	letter "$@" > "$work/letter.eml"
	"$here/deliver" "$server" alice "$folder" "$work/letter.eml"
}

# count_stored QUERY...: how many archived messages it finds.
count_stored() {
	tool --json search "$@" 2> /dev/null | wc -l
}
