// The Node-API glue: JavaScript and C++ share one arena of ints and bytes; `call()` carries out the requests in it.
#include <napi.h>

#include <cerrno>

#include "os.h"
#include "request.h"

namespace {

// The arena that call() carries out: the one attached last on this thread. Kept here and not with the function, because
// asking Node-API for the function's data takes a fortieth of a whole getsockopt. Two copies of the library on one
// thread take turns: the one whose requests were left standing attaches again (src/native/scratch.ts).
thread_local const Arena* current = nullptr;

// One per environment: a worker has its own.
struct Binding {
  Arena arena;
  Napi::Reference<Napi::ArrayBuffer> buffer;

  Binding() = default;
  Binding(const Binding&) = delete;
  Binding(Binding&&) = delete;
  Binding& operator=(const Binding&) = delete;
  Binding& operator=(Binding&&) = delete;
  ~Binding() {
    if (current == &arena) current = nullptr;
  }
};

// attach(ArrayBuffer): the arena from now on. Returns its size in bytes, or -EINVAL.
Napi::Value Attach(const Napi::CallbackInfo& info) {
  auto* binding = static_cast<Binding*>(info.Data());
  if (info.Length() != 1 || !info[0].IsArrayBuffer()) return Napi::Number::New(info.Env(), -EINVAL);
  auto buffer = info[0].As<Napi::ArrayBuffer>();
  const bool is_usable = buffer.ByteLength() >= Arena::kHeaderBytes && buffer.ByteLength() <= INT32_MAX &&
                         reinterpret_cast<uintptr_t>(buffer.Data()) % alignof(Request) == 0;
  if (!is_usable) return Napi::Number::New(info.Env(), -EINVAL);
  binding->buffer = Napi::Persistent(buffer);
  binding->arena = {static_cast<int32_t*>(buffer.Data()), static_cast<int64_t>(buffer.ByteLength())};
  current = &binding->arena;
  return Napi::Number::New(info.Env(), static_cast<double>(buffer.ByteLength()));
}

// call(): no arguments and no result, because each would cost as much as the rest of the crossing.
// The caller makes sure that the arena has not been detached since attach(); it is on the same thread, so nothing can
// come between.
napi_value Call(napi_env env, napi_callback_info /*info*/) {
  if (current != nullptr) current->Perform(env);
  return nullptr;
}

Napi::Object DescribeAbi(Napi::Env env) {
  const os::Abi abi = os::DescribeAbi();
  Napi::Object object = Napi::Object::New(env);
  object["littleEndian"] = Napi::Boolean::New(env, abi.little_endian == 1);
  object["wordSize"] = Napi::Number::New(env, abi.word_size);
  object["timevalSize"] = Napi::Number::New(env, abi.timeval_size);
  object["int64Alignment"] = Napi::Number::New(env, abi.int64_alignment);
  object["sockaddrHasLength"] = Napi::Boolean::New(env, abi.sockaddr_has_length == 1);
  object["afInet6"] = Napi::Number::New(env, abi.af_inet6);
  object["soRcvtimeo"] = Napi::Number::New(env, abi.so_rcvtimeo);
  object["soSndtimeo"] = Napi::Number::New(env, abi.so_sndtimeo);
  return object;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto* binding = new Binding();
  env.SetInstanceData(binding);
  exports["attach"] = Napi::Function::New(env, Attach, "attach", binding);
  napi_value call = nullptr;
  if (napi_create_function(env, "call", NAPI_AUTO_LENGTH, Call, nullptr, &call) != napi_ok) return exports;
  exports["call"] = Napi::Value(env, call);
  exports["abi"] = DescribeAbi(env);
  return exports;
}

}  // namespace

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init)
