// How long does the system call itself take? No line here does more than it must: that is the point of comparison.
#include "loops.h"

#include <sys/socket.h>
#include <time.h>

#include "arguments.h"

namespace {

double Nanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

constexpr int kLoopBuffer = 4096;

}  // namespace

// loopGet(fd, level, number, length, count) -> nanoseconds for all of them, or -errno of the first that failed: the floor of any binding
napi_value LoopGet(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 5);
  const int fd = arguments.Int(0), level = arguments.Int(1), number = arguments.Int(2), size = arguments.Int(3), count = arguments.Int(4);
  if (arguments.ok() && (size < 0 || size > kLoopBuffer)) arguments.Fail("length is out of range");
  if (!arguments.ok()) return nullptr;
  alignas(8) uint8_t buffer[kLoopBuffer];
  const double start = Nanoseconds();
  for (int turn = 0; turn < count; turn++) {
    socklen_t length = static_cast<socklen_t>(size);
    if (getsockopt(fd, level, number, buffer, &length) != 0) return Number(env, -errno);
  }
  return Number(env, Nanoseconds() - start);
}

// loopProgram(fd, Int32Array of [level, number, length]*, count) -> nanoseconds for `count` passes over all. Refusals are part of the work.
napi_value LoopProgram(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int fd = arguments.Int(0), count = arguments.Int(2);
  const Bytes program = arguments.Array(1, napi_int32_array);
  const int32_t* step = reinterpret_cast<const int32_t*>(program.data);
  for (size_t at = 2; arguments.ok() && at < program.length; at += 3) {
    if (step[at] < 0 || step[at] > kLoopBuffer) arguments.Fail("length is out of range");
  }
  if (!arguments.ok()) return nullptr;
  alignas(8) uint8_t buffer[kLoopBuffer];
  const double start = Nanoseconds();
  for (int turn = 0; turn < count; turn++) {
    for (size_t at = 0; at + 2 < program.length; at += 3) {
      socklen_t length = static_cast<socklen_t>(step[at + 2]);
      getsockopt(fd, step[at], step[at + 1], buffer, &length);
    }
  }
  return Number(env, Nanoseconds() - start);
}

// bareGet(fd, level, number) -> value: the least a Node-API function that reads an int option can do, without a check. For the benchmark.
napi_value BareGet(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value values[3];
  int32_t fd, level, number;
  int value = 0;
  socklen_t length = sizeof value;
  napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  napi_get_value_int32(env, values[0], &fd);
  napi_get_value_int32(env, values[1], &level);
  napi_get_value_int32(env, values[2], &number);
  getsockopt(fd, level, number, &value, &length);
  napi_value result;
  napi_create_int32(env, value, &result);
  return result;
}
