# A real browser for tests of pages. Sourced, after tap.sh or what sources it.
modules=build-tests/web/node_modules
needs node chromium pdftotext
if [ ! -d "$modules/axe-core" ] || [ ! -d "$modules/playwright-core" ]; then
	skip "the whole of $(basename "$0")" "npm's registry could not be reached: tests/setup web"
	finish
fi
NODE_PATH=$modules
export NODE_PATH

# tells COMMAND...: it prints "0 title" or "1 title" for each check, and lines with #.
tells() {
	told=0
	"$@" > "$work/told" 2> "$work/told.err" || told=$?
	while read -r result title; do
		case $result in
		0 | 1) report "$result" "$title" ;;
		*) echo "$result $title" ;;
		esac
	done < "$work/told"
	[ $told = 0 ] || sed 's/^/# /' "$work/told.err"
	report $told "the browser came to the end"
}

# look [OPTION]... PAGE...: see ./look.
look() {
	tells timeout 300 tests/web/look ${PICTURES:+--pictures "$PICTURES"} "$@"
}

# hashes: those of JSON on standard input, a line each.
hashes() {
	grep -o '"sha256":"[0-9a-f]\{64\}"' | cut -d '"' -f 4 | sort -u
}

# begin_pages [OPTION]...: `overstep serve` in the background; sets pages and address.
begin_pages() {
	"$OVERSTEP" --config "$config" serve "$@" > "$work/address" 2> "$work/pages.log" &
	pages=$!
	tries=200
	while [ ! -s "$work/address" ] && [ $tries -gt 0 ] && kill -0 $pages 2> /dev/null; do
		sleep 0.1
		tries=$((tries - 1))
	done
	address=$(cat "$work/address")
}

# crawl: over all of its links, from the address on.
crawl() {
	if grep -q 'built without' "$work/pages.log"; then
		skip "the pages of serve" "built without libmicrohttpd"
		return
	fi
	tells timeout 300 tests/web/look --crawl ${PICTURES:+--pictures "$PICTURES"} "$address"
	kill -INT $pages 2> /dev/null
	wait $pages || true
	never_says "the server had nothing to say" . "$work/pages.log"
}
