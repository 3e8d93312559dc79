#!/usr/bin/env bash
# How much of the native code do the tests of it run? gcov, in a copy of the tree. Prints a line for each file and one for all of them.
#   scripts/coverage-native.sh [TEST...]     the default is test/lifecycle and test/kernel
# Branches include those that the compiler makes of `new` and `delete`; the other systems' files do not run here.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/copy-tree.sh
. scripts/copy-tree.sh

has g++ || skip 'coverage of the native code' 'no g++'
has gcov || skip 'coverage of the native code' 'no gcov'
tests=("$@")
[ $# -gt 0 ] || tests=(test/lifecycle test/kernel)

copy_tree
build_addons '-g -O0 --coverage' '--coverage'
build_ts
cd "$tree"
NATIVE_TIMEOUT=600000 npx vitest run --testTimeout=600000 --hookTimeout=600000 --reporter=dot "${tests[@]}" >"$temporary/tests" 2>&1 || {
  cat "$temporary/tests"
  exit 1
}

# The counts lie beside the objects, each written when a process ends; the compiler's paths begin in build/.
cd build
objects=Release/obj.target/getsockopt/native
report() { gcov "$@" --object-directory "$objects/$(dirname "$file")" "../native/$file.cc" 2>/dev/null; }
for file in addon request os/posix os/linux; do
  report --branch-probabilities --no-output | awk -v file="native/$file.cc" '
    /^File / { is_ours = ($0 ~ file) }
    !is_ours { next }
    /^Lines executed/ { split($0, part, /[:% ]+/); lines = part[5]; taken = int(lines * part[3] / 100 + 0.5) }
    /^Taken at least once/ { split($0, part, /[:% ]+/); branches = part[7]; both = int(branches * part[5] / 100 + 0.5) }
    END { printf "%s: %d of %d lines, %d of %d branches\n", file, taken, lines, both, branches }'
  report --stdout | awk -F: -v file="native/$file.cc" '
    /:Source:/ { is_ours = ($0 ~ file) }
    is_ours && $1 ~ /#####/ { printf "  never: %s:%d:%s\n", file, $2, $3 }' >&2
done | tee "$temporary/lines"
awk '{ taken += $2; lines += $4; both += $6; branches += $8 }
  END { printf "native: %.1f %% of %d lines, %.1f %% of %d branches\n", 100 * taken / lines, lines, 100 * both / branches, branches; exit lines == 0 }' "$temporary/lines"
