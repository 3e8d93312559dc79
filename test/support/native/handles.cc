// The way to a SOCKET on Windows, put to the test where JavaScript shows the true answer. Only how a name is found differs.
#include "handles.h"

#include <dlfcn.h>

#include "../../../native/os/loop.h"
#include "arguments.h"

os::loop::Function os::loop::FindInProgram(const char* name) { return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name)); }

// listHandles(bytes) -> how many handles the loop has; as many as fit are written.
napi_value ListHandles(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 1);
  const Bytes bytes = arguments.Array(0);
  if (!arguments.ok()) return nullptr;
  return Number(env, os::loop::List(env, bytes.data, static_cast<int32_t>(bytes.length)));
}
