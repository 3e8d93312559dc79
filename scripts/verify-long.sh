#!/usr/bin/env bash
# The long form of every check of docs/verification.md, whose outcomes are written into it. Hours, on a small machine: hence the nice.
#   scripts/verify-long.sh [asan|valgrind|calls|codecs|native|src]...     the default is all of them
set -eu -o pipefail
cd "$(dirname "$0")/.."

# record NAME COMMAND...
record() {
  local name=$1
  shift
  printf '\n=== %s\n' "$*"
  nice "$@" | tee /dev/stderr | node scripts/record-verification.mjs "$name"
}

[ $# -gt 0 ] || set -- asan valgrind codecs native src calls
for check in "$@"; do
  case $check in
    asan) record asan bash scripts/test-asan.sh ;;
    valgrind) record valgrind bash scripts/test-valgrind.sh ;;
    codecs) record codecs node test/fuzz/codecs.mjs --runs 2000000 ;;
    calls)
      npm run --silent build:native && npm run --silent build:probe
      record calls node test/fuzz/calls.mjs --calls 10000000 --processes "$(nproc)"
      ;;
    native) record native bash scripts/coverage-native.sh ;;
    src) record src bash scripts/coverage-ts.sh ;;
    *) echo "there is no check $check" && exit 1 ;;
  esac
done
