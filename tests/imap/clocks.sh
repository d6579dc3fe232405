# Programs whose clocks a test sets. Sourced behind mailbox.sh:
#   . "$(dirname "$0")/clocks.sh"
# From then on $OVERSTEP and $OVERSTEPD go by clocks of their own, which are the machine's at first.
needs cc python3
SHIFT=$work/shift

# clocks_ahead SHOWN THROUGH_SLEEP AWAKE: so many seconds the clocks are ahead of the machine's from now on:
# that which tells the time, that which counts sleep, and that which does not.
clocks_ahead() {
	python3 -c 'import struct, sys; sys.stdout.buffer.write(struct.pack("qqq", *map(int, sys.argv[1:])))' "$@" |
		dd of="$SHIFT" conv=notrunc status=none
}
clocks_ahead 0 0 0

# time_passes SECONDS: in a moment.
passed=0
time_passes() {
	passed=$((passed + $1))
	clocks_ahead $passed $passed $passed
}

cc -shared -fPIC -o "$work/shifted_clock.so" "$here/shifted_clock.c"
for program in "$OVERSTEP" "$OVERSTEPD"; do
	cat > "$work/$(basename "$program")" << SCRIPT
#!/bin/sh
SHIFT='$SHIFT' LD_PRELOAD='$work/shifted_clock.so' ASAN_OPTIONS="\$ASAN_OPTIONS:verify_asan_link_order=0"
export SHIFT LD_PRELOAD ASAN_OPTIONS
exec '$(realpath "$program")' "\$@"
SCRIPT
done
chmod +x "$work/overstep" "$work/overstepd"
OVERSTEP=$work/overstep OVERSTEPD=$work/overstepd
