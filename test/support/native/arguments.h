// What did the caller pass? The checked arguments of one call, and the one shape of an answer.
#pragma once
#include <errno.h>
#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

constexpr size_t kMaxArguments = 6;

struct Bytes {
  uint8_t* data = nullptr;
  size_t length = 0;
};

// The arguments of one call. A wrong one throws a TypeError, and every later read answers 0 or an empty array.
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info, size_t expected) : env_(env) {
    size_t count = kMaxArguments;
    const napi_status status = napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
    if (status != napi_ok || count != expected) Fail("wrong number of arguments");
  }

  bool ok() const { return ok_; }

  int Int(size_t index) {
    double whole = 0;
    if (!ok_) return 0;
    const bool is_number = napi_get_value_double(env_, values_[index], &whole) == napi_ok;
    if (!is_number || !(whole >= INT32_MIN && whole <= INT32_MAX) || whole != static_cast<int32_t>(whole)) {
      Fail("expected a 32-bit integer");
      return 0;
    }
    return static_cast<int>(whole);
  }

  Bytes Array(size_t index, napi_typedarray_type expected = napi_uint8_array) {
    Bytes bytes;
    bool is_typed = false;
    if (!ok_) return bytes;
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    if (napi_is_typedarray(env_, values_[index], &is_typed) != napi_ok || !is_typed ||
        napi_get_typedarray_info(env_, values_[index], &type, &length, &data, nullptr, nullptr) != napi_ok || type != expected) {
      Fail(expected == napi_uint8_array ? "expected a Uint8Array" : "expected an Int32Array");
      return bytes;
    }
    bytes.data = static_cast<uint8_t*>(data);
    bytes.length = length;
    return bytes;
  }

  void Fail(const char* message) {
    ok_ = false;
    napi_throw_type_error(env_, nullptr, message);
  }

 private:
  napi_env env_;
  napi_value values_[kMaxArguments] = {};
  bool ok_ = true;
};

inline napi_value Number(napi_env env, double value) {
  napi_value result = nullptr;
  napi_create_double(env, value, &result);
  return result;
}

inline napi_value Outcome(napi_env env, const Arguments& arguments, int result) {
  if (!arguments.ok()) return nullptr;
  return Number(env, result < 0 ? -errno : result);
}
