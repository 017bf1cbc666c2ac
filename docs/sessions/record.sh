#!/usr/bin/env bash
# Records terminal sessions of 80 columns as text: docs/sessions/record.sh [SESSION...]
#
# Needed are Go, a C compiler and tmux. Each session works in a folder of its own, on the invented
# news of testdata, and types what stands below into a terminal. SESSION.txt beside this file is then
# all that the terminal showed. Times of the day, and how long a run took, differ from one recording to the next.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
news=$here/../../testdata/articles
work=$(mktemp -d)
socket=$work/tmux
trap 'tmux -S "$socket" kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
(cd "$here/../.." && go build -o "$work/bin/dedupe" ./cmd/dedupe)

t() { tmux -S "$socket" "$@"; }

# begin NAME: a terminal in an empty folder.
begin() {
	folder=$work/$1
	mkdir -p "$folder"
	cat > "$work/rc" <<- RC
		PS1='$ ' PATH=$work/bin:\$PATH
		unset MAILCHECK
		cd $folder
	RC
	t -f /dev/null new-session -d -s "$1" -x 80 -y 40 "env -u COLUMNS HOME=$folder TERM=screen bash --noprofile --rcfile $work/rc"
	t set-option -t "$1" history-limit 5000
	shown '$'
}

# shown TEXT: waits until the terminal shows the text, and nothing behind it but blanks.
shown() {
	for _ in $(seq 300); do
		[[ $(t capture-pane -p -t "$session" | sed -e 's/ *$//' -e '/^$/d' | tail -n 1) != *"$1" ]] || return 0
		sleep 0.1
	done
	echo "$session: the terminal does not end with: $1" >&2
	t capture-pane -p -t "$session" >&2
	exit 1
}

# run LINE: types a command and waits for its end, which is a prompt with nothing behind it.
run() {
	t send-keys -t "$session" -l "$1"
	shown "${1: -20}"
	t send-keys -t "$session" Enter
	shown '$'
}

# key KEY TEXT: presses a key, and waits until the terminal ends with the text.
key() {
	t send-keys -t "$session" "$1"
	sleep 0.5
	shown "$2"
}

# newsapi: week 1 as NewsAPI has it: an envelope, names of its own, the outlet in an object.
newsapi() {
	echo '{"status": "ok", "totalResults": 23, "articles": ['
	sed -e 's/"outlet": *\("[^"]*"\)/"source": {"id": null, "name": \1}/' -e 's/"published":/"publishedAt":/' -e 's/"body":/"content":/' \
		-e 's/"id": *"[^"]*", *//' -e '$!s/$/,/' "$news/2026-03-week-1.jsonl"
	echo ']}'
}

# A dump of a news service, to clusters in four commands.
dump() {
	newsapi > "$folder/newsapi.json"
	run 'dedupe ingest --dry-run newsapi.json'
	run 'dedupe init newsapi.json'
	run 'dedupe run'
	run 'dedupe report --limit 3'
}

# A week of mails. The feed of a week paper cannot be read from the second day to the fourth.
week() {
	mkdir "$folder/news"
	cat > "$folder/config.yaml" <<- 'YAML'
		sources:
		  - news
		  - {name: harbour, type: feed, path: harbour.xml}
		report: {timezone: Europe/Berlin}
	YAML
	cat > "$folder/feed.xml" <<- 'XML'
		<rss version="2.0"><channel><title>Harbour Times</title><item><guid>h1</guid><title>Lighthouse keeper retires</title>
		<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><description>The keeper of the Vessby light goes on Friday.</description></item></channel></rss>
	XML
	cp "$folder/feed.xml" "$folder/harbour.xml"
	for day in 02 03 04 05 06 07 08; do
		grep -E "\"published\": *\"2026-03-$day" "$news/2026-03-week-1.jsonl" > "$folder/2026-03-$day.jsonl" || true
		run "# 2026-03-$day"
		[[ $day != 03 ]] || run 'rm harbour.xml'
		[[ $day != 05 ]] || run 'cp feed.xml harbour.xml'
		run "mv 2026-03-$day.jsonl news"
		run 'dedupe run > /dev/null; echo "exit code $?"'
		run 'dedupe report --since-last --limit 2'
	done
	run 'dedupe sources'
}

# A review: help, an answer, undo, the other answer; later a command takes that back too.
review() {
	cp "$news"/2026-03-week-?.jsonl "$folder"
	run 'dedupe ingest --quiet *.jsonl'
	t send-keys -t "$session" -l 'dedupe review --lines 8'
	key Enter 'help:'
	for answer in '?' d u s; do
		key "$answer" 'help:'
	done
	key q '$'
	run 'dedupe label list'
	run 'dedupe undo'
	run 'dedupe undo --list'
}

for session in "${@:-dump week review}"; do
	for session in $session; do
		begin "$session"
		"$session"
		t capture-pane -p -S - -t "$session" | sed -e "s#$work/##" -e 's/ *$//' -e '/^$/N;/^\n$/D' > "$here/$session.txt"
		t kill-session -t "$session"
	done
done
