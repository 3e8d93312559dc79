#!/bin/sh
# Does native/ compile without a warning on every system that this machine has a compiler for, and is it formatted and clean?
# One line per check: "ok", "FAILED" with what the tool said, or "skipped" with the reason. Exits 1 if one failed.
#   ZIG=/path/to/zig  a zig that is not on the PATH: for macOS and for musl
set -u
cd "$(dirname "$0")/.." || exit 1

temporary=$(mktemp -d) || exit 1
trap 'rm -rf "$temporary"' EXIT
failures=0

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped  %s: %s\n' "$1" "$2"; }

# check NAME COMMAND...
check() {
  name=$1
  shift
  if "$@" >"$temporary/output" 2>&1; then
    printf 'ok       %s\n' "$name"
  else
    failures=$((failures + 1))
    printf 'FAILED   %s: %s\n' "$name" "$*"
    head -n 40 "$temporary/output"
  fi
}

# compile_each "COMPILER AND FLAGS" FILE...
compile_each() {
  compiler=$1
  shift
  for file in "$@"; do
    # shellcheck disable=SC2086 # the flags are words
    $compiler -c "$file" -o "$temporary/object.o" || return 1
  done
}

language='-std=c++17 -O2 -fno-exceptions -fno-rtti -fvisibility=hidden'
warnings='-Wall -Wextra -Wpedantic -Wconversion -Werror'
strict="$language $warnings"
addon_api=$(node -p "require('node-addon-api').include_dir") || exit 1
node_api=$(node -p "require('node-api-headers').include_dir") || exit 1
glue="-Inative -isystem $addon_api -isystem $node_api -DNAPI_VERSION=8 -DNAPI_DISABLE_CPP_EXCEPTIONS"
glue="$glue -DNODE_ADDON_API_DISABLE_DEPRECATED -DNODE_GYP_MODULE_NAME=getsockopt -DBUILDING_NODE_EXTENSION"
any_unix='native/request.cc native/os/posix.cc native/os/unix.cc'
linux='native/request.cc native/os/posix.cc native/os/linux.cc'
windows='native/request.cc native/os/win32.cc native/os/loop.cc'

# compile NAME "COMPILER AND FLAGS" "FILES"
compile() {
  # shellcheck disable=SC2086 # the files are words
  check "$1" compile_each "$2" $3
}

# This system.
native=${CXX:-c++}
if has "${native%% *}"; then
  compile 'addon.cc' "$native $strict $glue" native/addon.cc
  compile 'any Unix' "$native $strict" "$any_unix"
  case $(uname -s) in
    Linux) compile 'Linux' "$native $strict" "$linux" ;;
    Darwin) compile 'macOS' "$native $strict" 'native/request.cc native/os/posix.cc native/os/darwin.cc' ;;
    FreeBSD) compile 'FreeBSD' "$native $strict" 'native/request.cc native/os/posix.cc native/os/freebsd.cc' ;;
  esac
else
  skip 'this system' "no ${native%% *}"
fi

# Linux on other architectures: what matters is that linux-numbers.h agrees with their headers.
for triplet in aarch64-linux-gnu arm-linux-gnueabihf i686-linux-gnu powerpc64le-linux-gnu riscv64-linux-gnu s390x-linux-gnu \
  alpha-linux-gnu hppa-linux-gnu mips-linux-gnu sparc64-linux-gnu; do
  if has "$triplet-g++"; then
    compile "Linux, $triplet" "$triplet-g++ $strict" "$linux"
  else
    skip "Linux, $triplet" "no $triplet-g++"
  fi
done
if has arm-linux-gnueabihf-g++; then
  compile 'Linux, arm-linux-gnueabihf, 64-bit time_t' \
    "arm-linux-gnueabihf-g++ $strict -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64" "$linux"
fi
if has musl-gcc; then
  # Debian's musl has no C++ library, but linux-numbers.h is C as well.
  printf '#include <assert.h>\n#include "linux-numbers.h"\n' >"$temporary/numbers.c"
  check 'Linux, linux-numbers.h with musl' musl-gcc -std=c11 -Wall -Wextra -Werror -Inative/os -fsyntax-only "$temporary/numbers.c"
else
  skip 'Linux, linux-numbers.h with musl' 'no musl-gcc'
fi

# Windows.
for triplet in x86_64-w64-mingw32 i686-w64-mingw32; do
  compiler=$triplet-g++-posix
  has "$compiler" || compiler=$triplet-g++
  if has "$compiler"; then
    compile "Windows, $triplet" "$compiler $strict" "$windows"
    compile "Windows, $triplet, addon.cc" "$compiler $strict $glue" native/addon.cc
  else
    skip "Windows, $triplet" "no $triplet-g++"
  fi
done

# Systems whose headers zig has. ioctl's request is an int in musl, an unsigned long elsewhere: hence fewer warnings there.
zig=${ZIG:-zig}
if has "$zig"; then
  for target in aarch64-macos.11.0 x86_64-macos.11.0; do
    compile "macOS, $target" "$zig c++ -target $target $strict" \
      'native/request.cc native/os/posix.cc native/os/darwin.cc'
  done
  for target in x86_64-linux-musl aarch64-linux-musl arm-linux-musleabihf riscv64-linux-musl powerpc64le-linux-musl; do
    compile "Linux, $target" "$zig c++ -target $target $strict -Wno-shorten-64-to-32 -Wno-sign-conversion" "$linux"
  done
elif [ "$(uname -s)" != Darwin ]; then
  skip 'macOS' 'no macOS headers here and no zig, which has them'
  skip 'Linux with musl' 'no zig'
fi
[ "$(uname -s)" = FreeBSD ] || skip 'FreeBSD' 'no FreeBSD headers here; nothing stands in for them'

# The generated header against the tables it comes from.
if [ -d node_modules/esbuild ]; then
  check 'linux-numbers.h is up to date' node scripts/native-numbers.js --check
else
  skip 'linux-numbers.h is up to date' 'no esbuild, which the script reads the tables with; run npm install'
fi

# Node itself needs glibc 2.28: the addon must not need more.
newest_glibc() {
  needed=$(readelf -V "$1" | grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -1)
  echo "$1 needs $needed"
  [ "$(printf '%s\nGLIBC_2.28\n' "$needed" | sort -V | tail -1)" = GLIBC_2.28 ]
}
if [ "$(uname -s)" = Linux ] && [ -f build/Release/getsockopt.node ] && has readelf; then
  check 'needs no glibc later than 2.28' newest_glibc build/Release/getsockopt.node
else
  skip 'needs no glibc later than 2.28' 'no build/Release/getsockopt.node for Linux, or no readelf'
fi

# Style.
newest() {
  for candidate in "$1-19" "$1"; do
    if has "$candidate"; then
      echo "$candidate"
      return
    fi
  done
}
sources=$(ls native/*.h native/*.cc native/os/*.h native/os/*.cc)
probe=$(ls test/support/native/*.h test/support/native/*.cc)
format=${CLANG_FORMAT:-$(newest clang-format)}
if [ -n "$format" ]; then
  # shellcheck disable=SC2086 # the files are words
  check "$format" "$format" --dry-run -Werror $sources
  # shellcheck disable=SC2086
  check "$format, test/support/native" "$format" --dry-run -Werror $probe
else
  skip 'clang-format' 'not installed'
fi
tidy=${CLANG_TIDY:-$(newest clang-tidy)}
if [ -n "$tidy" ]; then
  # shellcheck disable=SC2086 # flags and files are words
  check "$tidy" "$tidy" --quiet native/addon.cc $linux native/os/unix.cc -- -std=c++17 $glue
  # shellcheck disable=SC2086
  check "$tidy, test/support/native" "$tidy" --quiet $(ls test/support/native/*.cc) -- -std=c++17 $glue
  mingw=x86_64-w64-mingw32-g++-posix
  if has "$mingw"; then
    # clang finds mingw's C headers by itself, and its C++ headers only in some versions.
    headers=$("$mingw" -x c++ -E -v /dev/null 2>&1 | sed -n 's/^ \(.*\/c++.*\)/-isystem \1/p' | tr '\n' ' ')
    # shellcheck disable=SC2086
    check "$tidy, win32.cc" "$tidy" --quiet native/os/win32.cc native/os/loop.cc -- -std=c++17 --target=x86_64-w64-mingw32 $headers
  else
    skip "$tidy, win32.cc" 'no mingw-w64'
  fi
else
  skip 'clang-tidy' 'not installed'
fi

[ "$failures" -eq 0 ]
