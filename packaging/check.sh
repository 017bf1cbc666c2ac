#!/usr/bin/env bash
# Holds a release to what is promised of it: packaging/check.sh FOLDER, of packaging/release.sh VERSION FOLDER
#
# Checksums; what archives and packages hold; the program runs, that of arm64 under qemu-user where it is
# installed; the package is unpacked into an empty system, its units are verified by systemd where systemd-analyze
# is installed, and it is purged without a trace but the database. --again VERSION builds it once more, from a copy in another folder and
# with an empty build cache, and compares every byte. --install also installs it on this machine, as root,
# runs it as its user and purges it.
set -euo pipefail
dist=$(realpath "${1:?usage: packaging/check.sh FOLDER [--again VERSION] [--install]}")
shift
again='' install=''
while [ $# -gt 0 ]; do
	case $1 in
	--again) again=$2; shift 2 ;;
	--install) install=yes; shift ;;
	*) echo "unknown: $1" >&2; exit 2 ;;
	esac
done
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
ok() { printf '%-12s %s\n' "$1" "$2"; }

(cd "$dist" && sha256sum --quiet --check SHA256SUMS) || fail "a checksum is wrong"
ok checksums "$(wc -l < "$dist/SHA256SUMS") files"

for archive in "$dist"/dedupe_*_linux_*.tar.gz; do
	arch=${archive##*_} arch=${arch%.tar.gz}
	tar -C "$work" -xzf "$archive"
	folder=$work/$(basename "$archive" .tar.gz)
	for file in dedupe man/man1/dedupe-run.1 completions/dedupe.bash completions/_dedupe completions/dedupe.fish \
		contrib/systemd/dedupe.timer LICENSE THIRD_PARTY_LICENSES README.md SECURITY.md docs/operations.md; do
		[ -s "$folder/$file" ] || fail "$archive has no $file"
	done
	grep -q '"name": "github.com/mattn/go-sqlite3"' "$dist/$(basename "$archive" .tar.gz).cdx.json" || fail "the SBOM of $arch does not name SQLite's module"
	run=()
	if [ "$arch" != "$(dpkg --print-architecture 2> /dev/null || go env GOHOSTARCH)" ]; then
		qemu=qemu-$([ "$arch" = arm64 ] && echo aarch64 || echo x86_64)
		command -v "$qemu" > /dev/null || { ok "$arch" "not run: no $qemu (Debian: qemu-user)"; continue; }
		run=("$qemu")
	fi
	"${run[@]}" "$folder/dedupe" version > "$work/version"
	grep -qE '^source +[0-9a-f]{40}$' "$work/version" || fail "the program of $arch does not say of which revision it is"
	"${run[@]}" "$folder/dedupe" --config "$folder/config.yaml" --db "$work/$arch.db" ingest -q testdata/articles testdata/pages > "$work/$arch.run"
	"${run[@]}" "$folder/dedupe" --config "$folder/config.yaml" --db "$work/$arch.db" export pairs --format csv > "$work/$arch.csv"
	ok "$arch" "$(head -1 "$work/version"); $(sed -n 's/^clusters *//p' "$work/$arch.run")"
done
if [ -s "$work/amd64.csv" ] && [ -s "$work/arm64.csv" ]; then
	cmp "$work/amd64.csv" "$work/arm64.csv" || fail "amd64 and arm64 find other links"
	ok same "both architectures find the same links with the same figures"
fi

if command -v dpkg > /dev/null; then
	deb=$(ls "$dist"/dedupe_*_"$(dpkg --print-architecture)".deb)
	root=$work/root
	mkdir -p "$root"/var/lib/dpkg/{info,updates} "$root/etc"
	touch "$root/var/lib/dpkg/status"
	# shellcheck disable=SC2054
	options=(--root="$root" --force-script-chrootless --force-not-root --force-unsafe-io --log=/dev/null)
	dpkg "${options[@]}" -i "$deb" > "$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "the package cannot be installed"; }
	"$root/usr/bin/dedupe" --config "$root/etc/dedupe/config.yaml" config > /dev/null || fail "its settings are not allowed"
	if command -v systemd-analyze > /dev/null; then
		systemd-analyze verify --man=no --root="$root" --recursive-errors=no "$root"/usr/lib/systemd/system/dedupe.{service,timer} 2>&1 | { ! grep .; } || fail "systemd does not take the units"
		ok units "$(systemd-analyze security --offline=true "$root/usr/lib/systemd/system/dedupe.service" | tail -n 1 | sed 's/^[^A-Z]*//'); next: $(systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' "$root/usr/lib/systemd/system/dedupe.timer")" | sed -n 's/.*Next elapse: //p')"
	fi
	installed=$(find "$root" -type f -path '*dedupe*' | wc -l)
	dpkg "${options[@]}" --purge dedupe >> "$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "the package cannot be purged"; }
	left=$(find "$root" -type f -path '*dedupe*')
	[ -z "$left" ] || fail "a purge leaves $left"
	ok package "$installed files, and none after a purge"
fi

if [ -n "$install" ]; then
	dpkg -i "$deb" > "$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "the package cannot be installed"; }
	cp -r testdata/articles /var/lib/dedupe/in && chown -R dedupe: /var/lib/dedupe/in
	sed -i 's|^sources: .*|sources: [/var/lib/dedupe/in]|' /etc/dedupe/config.yaml
	setpriv --reuid dedupe --regid dedupe --clear-groups --no-new-privs --bounding-set=-all \
		dedupe --config /etc/dedupe/config.yaml run -q > "$work/as-user" || fail "it does not run as its user"
	ok installed "$(sed -n 's/^articles *//p' "$work/as-user"); $(stat -c '%U:%G %a' /var/lib/dedupe/dedupe.db) database, $(stat -c '%U:%G %a' /etc/dedupe/config.yaml) settings"
	systemctl --quiet enable dedupe.timer # where systemd is not running, too
	dpkg --purge dedupe >> "$work/dpkg.log" 2>&1
	[ ! -L /etc/systemd/system/timers.target.wants/dedupe.timer ] || fail "a purge leaves the timer enabled"
	[ -s /var/lib/dedupe/dedupe.db ] || fail "a purge took the database away"
	rm -r /var/lib/dedupe
	userdel dedupe
	ok purged "the database stayed, and was deleted by hand"
fi

if [ -n "$again" ]; then
	copy=$work/elsewhere
	git worktree list > /dev/null && mkdir "$copy" && git ls-files -z | xargs -0 cp --parents -t "$copy"
	SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) REVISION=$(git rev-parse HEAD) GOCACHE=$work/cache "$copy/packaging/release.sh" "$again" "$work/again" > "$work/release.log" 2>&1 || { tail "$work/release.log"; fail "it cannot be built again"; }
	diff "$dist/SHA256SUMS" "$work/again/SHA256SUMS" || fail "the second build has other bytes"
	ok again "every byte the same, from another folder with an empty build cache"
fi
