#!/usr/bin/env bash
# Do the tests pass when every access of the native code to memory, and every undefined operation, is watched?
# The addon and the tests' own addon with AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer, in a copy of the tree.
# Then random calls (test/fuzz/calls.mjs). Fails on a report of theirs in any process, on memory that the addon alone leaks, and on what fails.
#   scripts/test-asan.sh [--quick] [TEST...]     --quick: a few of the tests, and fewer calls
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/copy-tree.sh
. scripts/copy-tree.sh

calls=200000
tests=("$@")
if [ "${1:-}" = --quick ]; then
  calls=20000
  tests=(test/lifecycle/native.test.ts test/kernel/access.test.ts "${@:2}")
fi

[ "$(uname -s)" = Linux ] || skip 'sanitizers' 'LD_PRELOAD and the names of its libraries are those of Linux'
has g++ || skip 'sanitizers' 'no g++'
preload=
for library in libasan.so libubsan.so; do
  path=$(g++ -print-file-name=$library)
  [ "$path" != "$library" ] || skip 'sanitizers' "g++ has no $library"
  preload="$preload $path"
done

copy_tree
# vptr needs the type information that the addon is built without; object-size would speak before AddressSanitizer, which says more.
watched='-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize=vptr,object-size -fno-sanitize-recover=all'
build_addons "$watched" '-fsanitize=address,undefined'
build_ts
reports=$temporary/reports
mkdir "$reports"

# run LEAKS COMMAND...: under the sanitizers, whose reports go to files, because tests swallow what their children print. Of undefined behaviour
# the file has the stack of the abort that it ends in.
run() {
  (
    cd "$tree"
    export ASAN_OPTIONS=log_path=$reports/report:log_exe_name=1:detect_leaks=$1:detect_stack_use_after_return=1:handle_abort=2
    export UBSAN_OPTIONS=log_path=$reports/report:log_exe_name=1:print_stacktrace=1:abort_on_error=1
    export LD_PRELOAD=${preload# }
    shift
    exec "$@"
  )
}

# plant WHAT STATEMENT: a watcher that sees nothing proves nothing, so each has to find a mistake first.
plant() {
  plant_addon "$2" "$watched"
  run 1 node -e "require('$planted')" 2>/dev/null || true
  [ -n "$(ls "$reports")" ] || {
    printf 'FAILED: a planted mistake is not found: %s\n' "$1"
    exit 1
  }
  rm "$reports"/*
}
plant 'a byte written beyond the end' 'static_cast<volatile char*>(malloc(8))[8] = 1;'
plant 'an int that overflows' 'volatile int number = 0x7fffffff; number = number + 1;'
plant 'memory that nobody frees' 'for (int i = 0; i < 100; i++) static_cast<volatile char*>(malloc(8))[0] = 1;'

# Leaks only where every thread has come to its end: a process that ends in the middle of one leaks by itself.
status=0
printf 'leaks: '
run 1 node --no-deprecation test/fuzz/operations.cjs "$tree/build/Release/getsockopt.node" || status=1
# What memory.test.ts measures would be the memory of the sanitizers.
printf 'SKIPPED: test/lifecycle/memory.test.ts: under AddressSanitizer memory that is freed stays in quarantine\n'
printf 'SKIPPED: test/fuzz/fuzz.test.ts: the death that it plants would be reported\n'
NATIVE_TIMEOUT=600000 run 0 npx vitest run --testTimeout=600000 --hookTimeout=600000 --reporter=default --reporter=json --outputFile.json="$temporary/tests.json" \
  --exclude test/lifecycle/memory.test.ts --exclude test/fuzz/fuzz.test.ts ${tests[@]+"${tests[@]}"} || status=1
run 0 node test/fuzz/calls.mjs --calls "$calls" >"$temporary/calls" || status=1
cat "$temporary/calls"
! grep -q '^SKIPPED' "$temporary/calls" || calls=0
if [ -n "$(ls "$reports")" ]; then
  cat "$reports"/*
  status=1
else
  node -p '
    const { numPassedTests, numPendingTests } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    `sanitizers: no report in ${numPassedTests} tests (${numPendingTests} skipped) and ${process.argv[2]} calls`' "$temporary/tests.json" "$calls"
fi
exit "$status"
