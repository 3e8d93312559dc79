#!/usr/bin/env bash
# How much of src/ do the tests run? V8's own counts, by vitest, in a copy of the tree. Prints the files that are not covered whole, and the sum.
#   scripts/coverage-ts.sh [TEST...]     the default is all of them
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/copy-tree.sh
. scripts/copy-tree.sh

copy_tree
build_addons '' ''
build_ts
cd "$tree"
npx vitest run --reporter=dot --coverage --coverage.reporter=json-summary --coverage.reportsDirectory="$temporary/coverage" "$@" >"$temporary/tests" 2>&1 || {
  cat "$temporary/tests"
  exit 1
}
node -e '
  const [path, tree] = process.argv.slice(1)
  const { total, ...files } = JSON.parse(require("fs").readFileSync(path, "utf8"))
  const kinds = ["lines", "branches", "functions"]
  const text = counts => kinds.map(kind => `${counts[kind].pct} % of ${counts[kind].total} ${kind}`).join(", ")
  for (const [file, counts] of Object.entries(files)) {
    if (kinds.some(kind => counts[kind].pct < 100)) console.log(`${file.slice(tree.length + 1)}: ${text(counts)}`)
  }
  console.log(`src: ${text(total)}`)' "$temporary/coverage/coverage-summary.json" "$tree"
