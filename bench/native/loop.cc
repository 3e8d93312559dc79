// How long do system calls take when C makes them one after the other? The floor under the benchmarks of sets, of snapshots and of
// many sockets.
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "arguments.h"

namespace {

// The numbers that bench/native.js writes into a program.
enum Kind : int32_t { kOption = 0, kLocalAddress = 1, kPeerAddress = 2, kControl = 3 };

struct Step {
  int32_t kind;
  int32_t level;
  int32_t number;
  int32_t length;
};

constexpr int32_t kLargest = 4096;

double Nanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Refusals are part of the work: a snapshot asks for options that this kind of socket does not have.
void Take(int fd, const Step& step, uint8_t* buffer) {
  socklen_t length = static_cast<socklen_t>(step.length);
  int value = 0;
  switch (step.kind) {
    case kOption:
      getsockopt(fd, step.level, step.number, buffer, &length);
      break;
    case kLocalAddress:
      getsockname(fd, reinterpret_cast<sockaddr*>(buffer), &length);
      break;
    case kPeerAddress:
      getpeername(fd, reinterpret_cast<sockaddr*>(buffer), &length);
      break;
    default:
      ioctl(fd, static_cast<unsigned long>(step.number), &value);
  }
}

// loopCalls(fd, Int32Array of [kind, level, number, length]*, count) -> nanoseconds for `count` passes over all of them
napi_value LoopCalls(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int fd = arguments.Int(0), count = arguments.Int(2);
  const Bytes program = arguments.Array(1, napi_int32_array);
  const auto* steps = reinterpret_cast<const Step*>(program.data);
  const size_t total = program.length / 4;
  for (size_t at = 0; arguments.ok() && at < total; at++) {
    if (steps[at].length < 0 || steps[at].length > kLargest) arguments.Fail("length is out of range");
  }
  if (!arguments.ok()) return nullptr;
  alignas(8) uint8_t buffer[kLargest];
  const double start = Nanoseconds();
  for (int turn = 0; turn < count; turn++) {
    for (size_t at = 0; at < total; at++) Take(fd, steps[at], buffer);
  }
  return Number(env, Nanoseconds() - start);
}

// loopSet(fd, level, number, value, count) -> nanoseconds for all of them, or -errno of the first that failed
napi_value LoopSet(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 5);
  const int fd = arguments.Int(0), level = arguments.Int(1), number = arguments.Int(2);
  const int value = arguments.Int(3), count = arguments.Int(4);
  if (!arguments.ok()) return nullptr;
  const double start = Nanoseconds();
  for (int turn = 0; turn < count; turn++) {
    if (setsockopt(fd, level, number, &value, sizeof value) != 0) return Number(env, -errno);
  }
  return Number(env, Nanoseconds() - start);
}

// loopSockets(Int32Array of descriptors, level, number, length, count) -> nanoseconds for `count` passes over all of them, or -errno of the first
// that failed
napi_value LoopSockets(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 5);
  const Bytes sockets = arguments.Array(0, napi_int32_array);
  const int level = arguments.Int(1), number = arguments.Int(2), size = arguments.Int(3), count = arguments.Int(4);
  if (arguments.ok() && (size < 0 || size > kLargest)) arguments.Fail("length is out of range");
  if (!arguments.ok()) return nullptr;
  const auto* descriptors = reinterpret_cast<const int32_t*>(sockets.data);
  alignas(8) uint8_t buffer[kLargest];
  const double start = Nanoseconds();
  for (int turn = 0; turn < count; turn++) {
    for (size_t at = 0; at < sockets.length; at++) {
      socklen_t length = static_cast<socklen_t>(size);
      if (getsockopt(descriptors[at], level, number, buffer, &length) != 0) return Number(env, -errno);
    }
  }
  return Number(env, Nanoseconds() - start);
}

}  // namespace

NAPI_MODULE_INIT() {
  const auto function = [](const char* name, napi_callback body) {
    return napi_property_descriptor{name, nullptr, body, nullptr, nullptr, nullptr, napi_enumerable, nullptr};
  };
  const napi_property_descriptor functions[] = {
      function("loopCalls", LoopCalls),
      function("loopSet", LoopSet),
      function("loopSockets", LoopSockets),
  };
  return napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions) == napi_ok ? exports : nullptr;
}
