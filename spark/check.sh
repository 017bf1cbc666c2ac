#!/usr/bin/env bash
# Checks formats, types and tests of the job on Spark: spark/check.sh
#
# Without Java 17 or Python 3.11, or where PySpark cannot be installed, it says so and is no failure.
# PySpark is installed by pip into a folder of its own, which the next time finds again.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

seconds=${SPARK_SECONDS:-240} # for the tests
venv=${XDG_CACHE_HOME:-$HOME/.cache}/dedupe-spark

java=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
if ((${java:-0} < 17)); then
	echo "left out: Java 17 is missing (Debian: apt-get install openjdk-17-jre-headless)"
	exit 0
fi
if ! python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
	echo "left out: Python 3.11 with venv is missing (Debian: apt-get install python3-venv)"
	exit 0
fi
if ! { python3 -m venv "$venv" && timeout 900 "$venv/bin/pip" install --quiet --editable '.[check]'; }; then
	echo "left out: PySpark cannot be installed, see above"
	exit 0
fi
"$venv/bin/ruff" format --check . && "$venv/bin/ruff" check . && "$venv/bin/mypy" dedupe_spark tests standalone.py || exit 1
binary=$(mktemp -d)/dedupe
trap 'rm -r "$(dirname "$binary")"' EXIT
go build -o "$binary" ../cmd/dedupe || exit 1
BINARY=$binary timeout --kill-after=10 "$seconds" "$venv/bin/pytest" -q --durations=3
