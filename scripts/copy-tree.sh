# Sourced by the scripts that build the addon in another way: a copy of the tree, so that build/ and dist/ of this one stay as they are.
# `temporary` is removed at exit; `tree` is the copy, with the node_modules of this one. Debug information and frames, in whatever is compiled there.
# shellcheck shell=bash

has() { command -v "$1" >/dev/null 2>&1; }

# What cannot be done here is said, and is no failure.
skip() {
  printf 'SKIPPED: %s: %s\n' "$1" "$2"
  exit 0
}

root=$PWD
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
tree=$temporary/tree

copy_tree() {
  mkdir "$tree"
  tar -C "$root" -cf - --exclude=./node_modules --exclude=./.git --exclude=./coverage --exclude=./dist --exclude=build . | tar -C "$tree" -xf -
  ln -s "$root/node_modules" "$tree/node_modules"
}

# build_addons "COMPILER FLAGS" "LINKER FLAGS": the addon and the tests' own, in the copy.
build_addons() {
  local folder
  for folder in . test/support/native; do
    (cd "$tree" && CXXFLAGS="$1" LDFLAGS="$2" npx node-gyp rebuild --silent --directory "$folder") >"$temporary/build" 2>&1 || {
      cat "$temporary/build"
      return 1
    }
  done
}

build_ts() { (cd "$tree" && node scripts/build-dist.js); }

# plant_addon STATEMENT "COMPILER FLAGS": an addon with a mistake, at $planted. A watcher that does not find it proves nothing.
planted=$temporary/planted.node
plant_addon() {
  cat >"$temporary/planted.cc" <<CODE
#include <node_api.h>
#include <cstdlib>
extern "C" __attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env, napi_value exports) {
  $1
  return exports;
}
CODE
  # shellcheck disable=SC2086 # the flags are words
  g++ $2 -w -shared -fPIC -isystem "$(node -p "require('node-api-headers').include_dir")" "$temporary/planted.cc" -o "$planted"
}
