#!/usr/bin/env bash
# Does the addon read memory that nobody wrote, or touch memory beyond its own? Every native operation under valgrind's memcheck, in a copy of
# the tree. Fails on any error that it reports.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/copy-tree.sh
. scripts/copy-tree.sh

[ "$(uname -s)" = Linux ] || skip 'valgrind' 'only on Linux'
has valgrind || skip 'valgrind' 'not installed'
has g++ || skip 'valgrind' 'no g++'

copy_tree
build_addons '-g -O1 -fno-omit-frame-pointer' '' || exit 1
cd "$tree"

# Without the compilers of V8, whose code valgrind cannot follow. The ioctl that it does not know, SIOCOUTQNSD, writes one int.
watch() { valgrind -q --error-exitcode=9 --track-origins=yes node --jitless --no-deprecation "$@"; }

plant_addon 'static_cast<volatile char*>(malloc(8))[8] = 1;' '-g -O1'
if watch -e "require('$planted')" >"$temporary/found" 2>&1 || ! grep -q 'Invalid write' "$temporary/found"; then
  echo 'FAILED: valgrind does not find a planted write beyond the end'
  exit 1
fi

answers=$(watch test/fuzz/operations.cjs "$tree/build/Release/getsockopt.node")
echo "valgrind: $answers answers, no error"
