#!/usr/bin/env bash
# The package as a user gets it: what the tarball holds, and whether it installs and runs elsewhere, without a compiler and without scripts.
set -eu
cd "$(dirname "$0")/.."
root=$PWD

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# In a copy: prebuildify builds where node-gyp builds, and leaves nothing of it.
mkdir "$folder/tree"
cp -R package.json README.md CHANGELOG.md LICENSE binding.gyp CMakeLists.txt native dist prebuilds "$folder/tree/"
ln -s "$root/node_modules" "$folder/tree/node_modules"
cd "$folder/tree"
npx publint --strict
node "$root/scripts/check-import-time.js"
npx prebuildify --napi --strip --tag-libc --quiet >"$folder/prebuildify" 2>&1 || { cat "$folder/prebuildify"; exit 1; }
tarball=$(npm pack --silent --pack-destination "$folder")

# Types for every way of resolving modules. `cjs-resolves-to-esm` says that require() of an ESM fails: not in the versions of "engines", as is run below.
npx attw "$folder/$tarball" --ignore-rules cjs-resolves-to-esm --format ascii --no-color --no-emoji

tar -tzf "$folder/$tarball" | sed 's#^package/##' | sort >"$folder/list"
if grep -vE '^(dist/[^/]*\.(js|d\.ts)|dist/cli/main\.js|dist/chunks/.*\.c?js|dist/.*\.d\.ts|native/.*|prebuilds/.*|binding\.gyp|CMakeLists\.txt|package\.json|README\.md|CHANGELOG\.md|LICENSE)$' "$folder/list"; then
  echo 'these files do not belong into the package'
  exit 1
fi
for needed in dist/index.js dist/core.js dist/chunks/lazy.js dist/chunks/whole.js dist/index.d.ts dist/cli/main.js native/addon.cc binding.gyp CMakeLists.txt README.md LICENSE; do
  grep -qx "$needed" "$folder/list" || { echo "missing from the package: $needed"; exit 1; }
done

mkdir "$folder/user" "$folder/bin"
for tool in node npm sh env; do ln -s "$(command -v "$tool")" "$folder/bin/$tool"; done
cd "$folder/user"
cp "$root/scripts/check-package-user.mjs" user.mjs
echo '{ "name": "user", "private": true }' >package.json
PATH=$folder/bin npm install --silent --ignore-scripts --no-audit --no-fund --prefer-offline "$folder/$tarball"
PATH=$folder/bin node user.mjs
PATH=$folder/bin node -e 'const { getsockopt, options } = require("getsockopt"); if (typeof getsockopt !== "function" || !options.SCTP_STATUS.doc) process.exit(1)' 2>"$folder/warnings"
if [ -s "$folder/warnings" ]; then cat "$folder/warnings"; echo 'require() warns'; exit 1; fi
PATH=$folder/bin node node_modules/getsockopt/dist/cli/main.js list TCP_USER --json >/dev/null
PATH=$folder/bin node node_modules/getsockopt/dist/cli/main.js demo | head -n 1 | grep -qx 'Socket timeout is set to 5 seconds'
echo "package: $(wc -l <"$folder/list") files, $(du -k "$folder/$tarball" | cut -f1) kB packed; installed and run without a compiler and without scripts"
