// Finds Node-API in the program that runs, whatever its name. An import table would ask for "node.exe", which neither
// Electron nor a single executable application nor a renamed Node is. With MSVC, node-gyp's delay-load hook does this.
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "../os/loop.h"

// The slots through which "dllimport" functions are called. On ia32 the compiler puts one more underscore before each.
#ifdef _M_IX86
#define SLOT(name) _imp__##name
#else
#define SLOT(name) __imp_##name
#endif

// host-functions.h is made by scripts/prebuild-all.sh: HOST_FUNCTION(name) for each that the other objects call.
extern "C" {
#define HOST_FUNCTION(name) os::loop::Function SLOT(name) = nullptr;
#include "host-functions.h"
#undef HOST_FUNCTION
}

namespace {

struct HostFunction {
  os::loop::Function* slot;
  const char* name;
};

// NOLINTNEXTLINE(modernize-avoid-c-arrays): its length is the list's
constexpr HostFunction kHostFunctions[] = {
#define HOST_FUNCTION(name) {&SLOT(name), #name},
#include "host-functions.h"
#undef HOST_FUNCTION
};

bool FindHostFunctions() {
  for (const HostFunction& function : kHostFunctions) {
    *function.slot = os::loop::FindInProgram(function.name);
    if (*function.slot == nullptr) return false;
  }
  return true;
}

}  // namespace

// FALSE: the library is not loaded, and LoadLibrary says so.
extern "C" BOOL WINAPI DllMain(HINSTANCE /*library*/, DWORD reason, LPVOID /*reserved*/) {
  return reason != DLL_PROCESS_ATTACH || FindHostFunctions() ? TRUE : FALSE;
}
