#!/usr/bin/env bash
# Does the library survive abuse? The short form of each check of docs/verification.md, one after the other. What a machine cannot do is printed as
# SKIPPED, with the reason. Fails if one of them fails.
set -u
cd "$(dirname "$0")/.." || exit 1

failed=0
check() {
  printf '\n=== %s\n' "$*"
  "$@" || {
    printf '!!! failed: %s\n' "$*"
    failed=$((failed + 1))
  }
}

check npm run --silent build:native
check npm run --silent build:probe
check node test/fuzz/codecs.mjs --runs 200000
check node test/fuzz/calls.mjs --calls 100000 --processes 2
check bash scripts/test-asan.sh --quick
check bash scripts/test-valgrind.sh
check bash scripts/coverage-native.sh test/lifecycle/native.test.ts test/lifecycle/native-linux.test.ts test/lifecycle/native-open.test.ts
check bash scripts/coverage-ts.sh test/kernel/access.test.ts test/kernel/timeouts.test.ts
printf '\n%s\n' "$([ "$failed" -eq 0 ] && echo 'abuse: nothing failed' || echo "abuse: $failed failed")"
[ "$failed" -eq 0 ]
