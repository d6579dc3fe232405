# The demonstration's archive, for tests of what is asked of an archive. Sourced:
#   . "$(dirname "$0")/sample.sh"
. "${here:-$(dirname "$0")}/tap.sh"
sample=$work/sample
config=$sample/overstep.conf
day=2026-06-30 # the sample mail ends in June 2026
if ! "$OVERSTEP" demo --keep "$sample" > "$work/demo.out" 2> "$work/demo.err"; then
	cat "$work/demo.err"
	exit 1
fi

tool() {
	"$OVERSTEP" --config "$config" "$@"
}

# ask ARGUMENT...: what it prints, nothing of what it complains of.
ask() {
	tool "$@" 2> /dev/null
}

# one_id QUERY...: the first message found.
one_id() {
	ask --json search "$@" | sed -n '1s/.*"id":"\(E-[0-9]*\)".*/\1/p'
}

# with_rules FILE...: the sample's configuration with further rule files.
with_rules() {
	list=$(printf '"%s", ' "$@" | sed 's/, $//')
	sed "s|^accounts = ( );|accounts = ( ); rules = [ $list ];|" "$sample/overstep.conf"
}
