# Helpers for shell tests, sourced by them: . "$(dirname "$0")/tap.sh" (or ../cli/tap.sh).
# Every check prints "ok N - title" or "not ok N - title"; finish prints "1..N" and ends the test.

: "${OVERSTEP:=build-asan/overstep}" "${OVERSTEPD:=build-asan/overstepd}"
checks=0 failures=0
work=$(mktemp -d /tmp/overstep-test.XXXXXX)
trap 'rm -rf "$work"' EXIT
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}log_path=$work/sanitizer
UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}log_path=$work/sanitizer
export ASAN_OPTIONS UBSAN_OPTIONS
trap 'exit 130' INT TERM HUP PIPE

# report RESULT TITLE: RESULT 0 is well. What came out is shown when it is not.
report() {
	checks=$((checks + 1))
	if [ "$1" = 0 ]; then
		echo "ok $checks - $2"
	else
		failures=$((failures + 1))
		echo "not ok $checks - $2"
	fi
}

# ends CODE TITLE COMMAND...: the exit code, with what it printed in $work/out and $work/err.
ends() {
	want=$1 title=$2
	shift 2
	got=0
	"$@" > "$work/out" 2> "$work/err" || got=$?
	cat "$work/err" >> "$work/said"
	if [ "$got" != "$want" ]; then
		echo "# ended with $got instead of $want: $*"
		sed 's/^/# /' "$work/err"
	fi
	report "$([ "$got" = "$want" ] && echo 0 || echo 1)" "$title"
}

# says TITLE PATTERN [FILE]: a line of FILE ($work/out) matches the basic regular expression.
says() {
	if grep -q -e "$2" "${3:-$work/out}"; then
		report 0 "$1"
	else
		echo "# no line matches '$2' in:"
		head -n 40 "${3:-$work/out}" | sed 's/^/# /'
		report 1 "$1"
	fi
}

# never_says TITLE PATTERN [FILE]
never_says() {
	found=0
	grep -e "$2" "${3:-$work/out}" > "$work/found" 2>&1 || found=$?
	sed 's/^/# /' "$work/found"
	# 1 is "no line matches"; 2 is no file, or no pattern
	report "$([ $found -eq 1 ] && echo 0 || echo 1)" "$1"
}

# same TITLE FILE FILE
same() {
	if cmp -s "$2" "$3"; then
		report 0 "$1"
	else
		diff "$2" "$3" | head -n 20 | sed 's/^/# /'
		report 1 "$1"
	fi
}

# is TITLE GOT WANT
is() {
	if [ "$2" != "$3" ]; then
		echo "# got:    $2"
		echo "# wanted: $3"
	fi
	report "$([ "$2" = "$3" ] && echo 0 || echo 1)" "$1"
}

# passes TITLE COMMAND...
passes() {
	title=$1 result=0
	shift
	"$@" > "$work/passes" 2>&1 || result=1
	[ $result = 0 ] || sed 's/^/# /' "$work/passes" | head -n 20
	report $result "$title"
}

skip() {
	checks=$((checks + 1))
	echo "ok $checks - $1 # SKIP $2"
}

# needs PROGRAM...: without one of them this machine cannot run the test, which is said.
needs() {
	for program; do
		command -v "$program" > /dev/null && continue
		skip "the whole of $(basename "$0")" "no $program on this machine"
		finish
	done
}

# What a sanitizer says of any process, a child's included, is a failure of its own.
finish() {
	if cat "$work"/said "$work"/log "$work"/sanitizer* 2> /dev/null |
		grep -a 'runtime error:\|ERROR: [A-Za-z]*Sanitizer' > "$work/found"; then
		sed 's/^/# /' "$work/found"
		report 1 "no sanitizer has anything to say"
	fi
	echo "1..$checks"
	[ $failures = 0 ]
	exit
}
