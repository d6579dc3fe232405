#!/bin/sh
# Checks a bundle of evidence: sh verify.sh [-r ROOTS.pem] [DIR]
#
# DIR is the bundle, else the current folder; never the folder that this file lies in, so that a copy
# you trust can check a bundle you do not. ROOTS.pem: the authorities whose time stamps you believe.
# Needs sha256sum (or shasum) and the tools of POSIX; openssl for signatures and time stamps.
# Prints a line for each thing looked at. Ends with 0 (nothing is altered), 3 (altered), 2 (cannot
# look). What cannot be told is said, and is not "altered".
# It reads the log from its beginning for each checkpoint: in a bundle that somebody made to keep you
# waiting these can be many. No honest bundle has more than a few; Ctrl-C ends it.
#
# What it does not show: that the archive was not written anew as a whole before its oldest time
# stamp; that it holds every message there was; who wrote a message.
set +e -u
LC_ALL=C
export LC_ALL
roots=
if [ "${1-}" = -r ]; then
	roots=${2-}
	case $roots in /*) ;; *) roots=$PWD/$roots ;; esac
	shift 2
fi
cd -- "${1:-.}" || exit 2
[ -f bagit.txt ] || {
	echo "this is no bundle: bagit.txt is missing" >&2
	exit 2
}
sha=sha256sum
command -v $sha > /dev/null || sha='shasum -a 256' # macOS
for tool in awk cat cmp cut find grep head mktemp od rm sed ${sha%% *} sort tail tr wc xargs; do
	command -v $tool > /dev/null || {
		echo "$tool is missing" >&2
		exit 2
	}
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
altered=0
as=

ok() {
	echo "OK $1"
}

bad() {
	echo "ALTERED $1"
	altered=1
}

open() {
	echo "CANNOT TELL $1"
	as=", as far as can be told"
}

# empty FILE TITLE COMPLAINT: FILE holds a line for each thing that is wrong. Of these a hundred are
# shown, the beginning of each, and nothing in them that could steer a terminal.
empty() {
	if [ -s "$1" ]; then
		altered=1
		awk -v what="ALTERED $3: " 'NR <= 100 { print what substr($0, 1, 200) }
			END { if (NR > 100) print what NR - 100 " more" }' "$1" | tr -c '\n -~' '?'
	else
		ok "$2"
	fi
}

sum() {
	$sha < "$1" | cut -c 1-64
}

# but FILE: lines of the standard input that FILE does not have.
but() {
	awk -v other="$1" 'BEGIN { while ((getline line < other) > 0) has[line] = 1 } !($0 in has)'
}

# check FILE: those of its lines "hash  file" that are not so. Of files that are in the bundle: what
# leads out of it could be any device.
check() {
	awk -v there="$work/there" 'BEGIN { while ((getline line < there) > 0) has[line] = 1 }
		substr($0, 67) in has' "$1" > "$work/sums"
	{ [ ! -s "$work/sums" ] || $sha -c "$work/sums" 2> /dev/null; } | sed -n 's/: FAILED.*$//p'
}

hex='[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
hex=$hex$hex$hex$hex$hex$hex$hex$hex

# Every file is a plain one with a plain name.
{
	find . ! -type d ! -type f
	find . -name '*[!A-Za-z0-9._-]*'
} | sed 's|^\./||' > "$work/odd"
empty "$work/odd" "every file is a plain file" "not a plain file with a plain name"

for file in bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt README.txt verify.sh \
	data/log.txt data/log-key.pem data/index.csv; do
	[ -f "$file" ] && [ ! -h "$file" ] || echo "$file"
done > "$work/missing"
empty "$work/missing" "the files that every bundle has are there" "missing"
if [ -s "$work/missing" ] || [ -s "$work/odd" ]; then
	echo "the rest was not looked at"
	exit 3
fi

# The manifests: in their form, complete, and true.
cat manifest-sha256.txt tagmanifest-sha256.txt > "$work/manifests"
grep -v "^$hex  [A-Za-z0-9._/-][A-Za-z0-9._/-]*\$" "$work/manifests" > "$work/odd"
for file in manifest-sha256.txt tagmanifest-sha256.txt; do
	[ "$(tail -c 1 $file | od -An -c | tr -d ' ')" = '\n' ] || echo "the end of $file"
done >> "$work/odd"
empty "$work/odd" "the manifests are in their form" "a line of a manifest is not in its form"
cut -c 67- "$work/manifests" > "$work/listed"
find . -type f ! -name 'tagmanifest-sha256.txt*' | sed 's|^\./||' > "$work/there"
but "$work/listed" < "$work/there" > "$work/odd"
empty "$work/odd" "no file was added" "added"
but "$work/there" < "$work/listed" > "$work/odd"
empty "$work/odd" "no file was taken away" "taken away"
check "$work/manifests" > "$work/odd"
empty "$work/odd" "every file gives its hash" "changed"

# The log and its checkpoints.
grep -v "^$hex\$" data/log.txt > "$work/odd"
[ "$(tail -c 1 data/log.txt | od -An -c | tr -d ' ')" = '\n' ] || echo "its end" >> "$work/odd"
empty "$work/odd" "the log is in its form" "a line of the log is not in its form"
lines=$(wc -l < data/log.txt | tr -d ' ')
covered=0
witnessed=
has_openssl=$(command -v openssl || true)

# The keys: each is handed on by the one before it, and signs until the next one comes.
find data/keys -type f 2> /dev/null | sort -t / -k 3n > "$work/keys"
newest=
while read -r key; do
	record=data/records/${key#data/keys/}
	record=${record%.pem}.txt
	signature=$(sed -n 's/^signature: //p' "$record" 2> /dev/null)
	if [ -z "$newest" ]; then
		:
	elif [ -z "$signature" ]; then
		open "who made $key: the key before it has not signed it, so its owner had lost that one, or somebody else began anew"
	elif [ -z "$has_openssl" ]; then
		open "whether $key is signed by the key before it: openssl is missing"
	elif echo "$signature" | openssl base64 -d -A > "$work/signature" 2> /dev/null &&
		openssl dgst -sha256 -verify "$newest" -signature "$work/signature" "$key" \
			> /dev/null 2>&1; then
		ok "$key is signed by $newest"
	else
		bad "$key is not signed by the key before it"
	fi
	newest=$key
done < "$work/keys"
if [ -n "$newest" ] && cmp -s "$newest" data/log-key.pem; then
	ok "data/log-key.pem is the newest key of the log"
else
	bad "data/log-key.pem is not the newest key of the log"
fi

find data/checkpoints -type f |
	grep -Ev '^data/checkpoints/[0-9]+\.txt(\.sig|(\.[0-9]+)?\.tsr)?$' > "$work/odd"
find data/checkpoints -type f ! -name '*.txt' | while read -r file; do
	[ -f "${file%.txt.*}.txt" ] || echo "$file"
done >> "$work/odd"
empty "$work/odd" "the checkpoints are in their form" "not of a checkpoint"

# stamped BELIEVED...: the stamp is one of the checkpoint, by somebody of these.
stamped() {
	openssl ts -verify -data "$checkpoint" -in "$stamp" "$@" -untrusted data/tsa-chain.pem \
		${at:+-attime "$at"} > /dev/null 2>&1
}

for checkpoint in data/checkpoints/*.txt; do
	[ -f "$checkpoint" ] || continue
	records=$(sed -n 's/^records: \([0-9]*\)$/\1/p' "$checkpoint")
	list=$(sed -n 's/^list-sha256: //p' "$checkpoint")
	log=$(sed -n 's/^log: //p' "$checkpoint")
	if [ "$(sed -n 1p "$checkpoint")" != "overstep-checkpoint v1" ] || [ -z "$records" ] ||
		[ "$(wc -l < "$checkpoint" | tr -d ' ')" != 4 ]; then
		bad "$checkpoint is not in its form"
		continue
	fi
	if [ "$checkpoint" != "data/checkpoints/$(printf %06d "$records").txt" ]; then
		bad "$checkpoint is not the one that its number says"
	elif [ "$records" -le "$lines" ] &&
		[ "$(head -n "$records" data/log.txt | $sha | cut -c 1-64)" = "$list" ]; then
		ok "$checkpoint commits to the first $records lines of the log"
		[ "$records" -le "$covered" ] || covered=$records
	else
		bad "$checkpoint does not fit the log"
	fi
	key=
	while read -r file; do
		number=${file#data/keys/}
		[ "${number%.pem}" -le "$records" ] 2> /dev/null && key=$file
	done < "$work/keys"
	if [ -z "$key" ] || [ "$(sum "$key")" != "$log" ]; then
		bad "$checkpoint is not signed by the key that the log had then"
	elif [ ! -f "$checkpoint.sig" ]; then
		bad "$checkpoint.sig is missing"
	elif [ -z "$has_openssl" ]; then
		open "whether $checkpoint is signed: openssl is missing"
	elif openssl dgst -sha256 -verify "$key" -signature "$checkpoint.sig" "$checkpoint" \
		> /dev/null 2>&1; then
		ok "$checkpoint is signed by $key"
	else
		bad "$checkpoint does not fit its signature"
	fi
	for stamp in "$checkpoint".*tsr; do
		[ -f "$stamp" ] || continue
		if [ -z "$has_openssl" ]; then
			open "whose time stamp $stamp is: openssl is missing"
			continue
		fi
		# an authority whose certificate has run out was valid at the time that it states
		# what stands before the last such line is not signed
		at=$(openssl ts -reply -in "$stamp" -text 2> /dev/null |
			sed -n 's/^Time stamp: //p' | tail -n 1)
		at=$(date -u -d "$at" +%s 2> /dev/null || true)
		if [ -n "$roots" ] && stamped -CAfile "$roots"; then
			witnessed=1
			ok "$checkpoint existed at ${at:+$(date -u -d "@$at" 2> /dev/null)}"
		elif ! openssl ts -help 2>&1 | grep -q -e -partial_chain; then
			open "whose time stamp $stamp is: this openssl can look at it only with its authority, by -r"
		elif stamped -CAfile data/tsa-chain.pem -partial_chain; then
			open "whose time stamp $stamp is: ${roots:-give the authorities that you believe by -r}${roots:+ does not vouch for it}"
		else
			bad "$stamp is no time stamp of this checkpoint"
		fi
	done
done
if [ "$covered" = 0 ]; then
	bad "no checkpoint commits to the log"
elif [ "$covered" -lt "$lines" ]; then
	bad "the log has $lines lines, the last checkpoint commits to $covered"
else
	ok "a checkpoint commits to the whole log"
fi
[ -n "$witnessed" ] ||
	open "whether all of this was written anew: no time stamp by anybody whom you believe; whoever had the key or a checkpoint before can compare, the key's SHA-256 is $(sum data/log-key.pem)"

# The manifest of the manifests, signed by the same key.
if [ -f tagmanifest-sha256.txt.sig ] && [ -n "$has_openssl" ]; then
	if openssl dgst -sha256 -verify data/log-key.pem -signature tagmanifest-sha256.txt.sig \
		tagmanifest-sha256.txt > /dev/null 2>&1; then
		ok "tagmanifest-sha256.txt is signed by data/log-key.pem"
	else
		bad "tagmanifest-sha256.txt does not fit its signature"
	fi
else
	open "whether tagmanifest-sha256.txt is signed, and so whether what no record names (the table, the report, the words) is as it was"
fi

# Each record is the line of the log that its number says, and each octet file one that a record names.
find data/records -type f | sort > "$work/records"
[ -s "$work/records" ] || echo "there are no records" > "$work/records.none"
xargs $sha < "$work/records" > "$work/sums"
awk 'NR == FNR { line[FNR] = $1; next }
	{ n = $2; sub(/^data\/records\//, "", n); sub(/\.txt$/, "", n)
	  if (n !~ /^[0-9]+$/ || sprintf("%06d", n) != n || line[n + 0] != $1) print $2 }' data/log.txt "$work/sums" > "$work/odd"
xargs awk 'FNR == 2 { n = FILENAME; sub(/^data\/records\//, "", n); sub(/\.txt$/, "", n)
	  if ($0 != "seq: " (n + 0)) print FILENAME }' < "$work/records" >> "$work/odd"
cat "$work/records.none" >> "$work/odd" 2> /dev/null
empty "$work/odd" "every record is its line of the log" "not the line of the log that its number says"
xargs cat < "$work/records" |
	sed -n "s/^\\($hex\\)  \\(data\\/[A-Za-z0-9._\\/-]*\\)\$/\\1  \\2/p" > "$work/named"
# A message that is not here may have a copy with words covered, which names its hash.
: > "$work/kept"
: > "$work/octets"
while read -r hash file; do
	number=${file#data/messages/}
	twin=data/redacted/${number%.eml}.txt
	if [ "$number" != "$file" ] && [ ! -e "$file" ] && [ -f "$twin" ] && grep -qF "$hash" "$twin"; then
		open "what $file holds: it is withheld, a redacted copy is here: $twin"
		echo "$twin" >> "$work/octets"
	else
		echo "$hash  $file" >> "$work/kept"
	fi
done < "$work/named"
check "$work/kept" > "$work/odd"
cut -c 67- "$work/kept" | but "$work/there" >> "$work/odd"
empty "$work/odd" "what the records name is here as it was recorded" "not what its record names"
cut -c 67- "$work/kept" >> "$work/octets"
find data -type f ! -path 'data/records/*' ! -path 'data/checkpoints/*' ! -path 'data/log.txt' \
	! -path 'data/log-key.pem' ! -path 'data/tsa-chain.pem' ! -path 'data/index.csv' \
	! -path 'data/report.html' ! -path 'data/declaration*.txt' |
	but "$work/octets" > "$work/odd"
empty "$work/odd" "a record names every file of evidence" "no record names"

if [ $altered = 1 ]; then
	echo "this bundle is altered"
	exit 3
fi
echo "nothing is altered$as"
