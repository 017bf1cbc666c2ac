#!/usr/bin/env bash
# Makes a release for linux/amd64 and linux/arm64: packaging/release.sh VERSION [FOLDER]
#
#   packaging/release.sh v1.2.3          into dist/
#
# For each: an archive with the program, manual pages, completions, contrib and licences, a Debian package of
# the same, and a list of what is linked in (CycloneDX); and SHA256SUMS of all. The programs are linked
# statically, so they need nothing but a kernel. The same source gives the same bytes: times are those of the
# commit (SOURCE_DATE_EPOCH, with REVISION), owners are 0, paths are trimmed. packaging/check.sh holds that.
#
# Needed are Go, a C compiler for each (Debian: gcc libc6-dev, gcc-aarch64-linux-gnu libc6-dev-arm64-cross), GNU tar,
# and of the network the Go module proxy. ARCHES="amd64" makes one alone. MAINTAINER="Name <mail>" is who answers for the
# Debian package: Debian wants an address there. Without it that is the project, under an address that cannot be (RFC 2606).
set -euo pipefail
[[ ${1:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$ ]] || { echo "usage: packaging/release.sh VERSION [FOLDER], such as v1.2.3" >&2; exit 2; }
version=$1
out=$(realpath -m "${2:-dist}")
cd "$(dirname "$0")/.."
nfpm=github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2
sbom=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" LC_ALL=C TZ=UTC
export REVISION="${REVISION:-$(git rev-parse HEAD)}"
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
# No table of users and no resolver of the C library, and no extensions of SQLite: what a static program cannot have.
tags=netgo,osusergo,sqlite_omit_load_extension
flags=(-trimpath -buildvcs=false -tags "$tags")
link="-s -w -buildid= -X main.release=$version -X main.revision=$REVISION"
native=$(go env GOHOSTARCH)

# What is the same everywhere.
common=$work/common
mkdir -p "$common"/{man/man1,completions,docs}
go run "${flags[@]}" -tags "$tags,man" -ldflags "$link" ./cmd/dedupe "$common/man/man1"
CGO_ENABLED=1 go build "${flags[@]}" -ldflags "$link" -o "$work/native" ./cmd/dedupe
"$work/native" completion bash > "$common/completions/dedupe.bash"
"$work/native" completion zsh > "$common/completions/_dedupe"
"$work/native" completion fish > "$common/completions/dedupe.fish"
cp -r contrib "$common/contrib"
cp docs/*.md "$common/docs/"
cp LICENSE THIRD_PARTY_LICENSES README.md SECURITY.md config.yaml "$common/"

# pack FOLDER FILE: an archive that depends on nothing but what is in it.
pack() {
	tar -C "$(dirname "$1")" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner \
		--mode='u=rwX,go=rX' --mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename "$1")" | gzip -9n > "$2"
}

for arch in ${ARCHES:-amd64 arm64}; do
	cc=gcc
	case $native-$arch in
	amd64-arm64) cc=aarch64-linux-gnu-gcc ;;
	arm64-amd64) cc=x86_64-linux-gnu-gcc ;;
	esac
	command -v "$cc" > /dev/null || { echo "$cc is missing: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross (or what the architecture needs)" >&2; exit 1; }
	name=dedupe_${version#v}_linux_$arch
	stage=$work/$name
	cp -r "$common" "$stage"
	CGO_ENABLED=1 GOOS=linux GOARCH=$arch CC=$cc go build "${flags[@]}" -ldflags "$link -linkmode=external -extldflags=-static" -o "$stage/dedupe" ./cmd/dedupe
	pack "$stage" "$out/$name.tar.gz"
	go run "$sbom" bin -json -noserial -notimestamp -version "$version" -output "$out/$name.cdx.json" "$stage/dedupe" 2> "$work/sbom.log" || { cat "$work/sbom.log" >&2; exit 1; }
	gzip -9n "$stage"/man/man1/*.1
	find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
	STAGE=$stage ARCH=$arch VERSION=${version#v} MAINTAINER="${MAINTAINER:-The dedupe project <dedupe@dedupe.invalid>}" \
		go run "$nfpm" package --config packaging/nfpm.yaml --packager deb --target "$out/dedupe_${version#v}_$arch.deb" > "$work/nfpm.log" || { cat "$work/nfpm.log" >&2; exit 1; }
done
(cd "$out" && sha256sum dedupe_* > "$work/sums" && mv "$work/sums" SHA256SUMS)
ls -l "$out"
