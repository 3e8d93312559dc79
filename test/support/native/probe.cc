// What does the system itself answer? A test-only addon: it makes sockets without Node's event loop and asks the kernel in plain C, so
// that the library is compared with something that shares no line with it. Ints and byte arrays in, ints out; a failure is -errno.
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arguments.h"
#include "handles.h"
#include "loops.h"

#ifdef __linux__
#include <linux/filter.h>
#include <sched.h>
#endif

namespace {

int CloseOnExec(int fd) {
  if (fd >= 0) fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

const sockaddr* Address(const Bytes& bytes) { return reinterpret_cast<const sockaddr*>(bytes.data); }

napi_value Socket(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int domain = arguments.Int(0), type = arguments.Int(1), protocol = arguments.Int(2);
  return Outcome(env, arguments, arguments.ok() ? CloseOnExec(socket(domain, type, protocol)) : -1);
}

#ifdef __linux__
// A socket keeps the network namespace it was made in, so the thread enters a new one only for as long as that takes.
int SocketInNewNamespace(int domain, int type, int protocol) {
  const int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  if (home < 0) return -1;
  int fd = -1;
  int error = 0;
  if (unshare(CLONE_NEWNET) == 0) {
    fd = CloseOnExec(socket(domain, type, protocol));
    error = errno;
    if (setns(home, CLONE_NEWNET) != 0) abort();
  } else {
    error = errno;
  }
  close(home);
  errno = error;
  return fd;
}
#else
int SocketInNewNamespace(int, int, int) {
  errno = ENOSYS;
  return -1;
}
#endif

// socketApart(domain, type, protocol) -> a descriptor in a network namespace of its own, where it can do no harm. Needs CAP_SYS_ADMIN.
napi_value SocketApart(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int domain = arguments.Int(0), type = arguments.Int(1), protocol = arguments.Int(2);
  return Outcome(env, arguments, arguments.ok() ? SocketInNewNamespace(domain, type, protocol) : -1);
}

// socketpair(domain, type, protocol, Int32Array(2)) -> 0
napi_value SocketPair(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 4);
  const int domain = arguments.Int(0), type = arguments.Int(1), protocol = arguments.Int(2);
  const Bytes pair = arguments.Array(3, napi_int32_array);
  if (arguments.ok() && pair.length < 2) arguments.Fail("expected room for two descriptors");
  if (!arguments.ok()) return nullptr;
  int ends[2] = {-1, -1};
  const int result = socketpair(domain, type, protocol, ends);
  const int error = errno;
  if (result == 0) {
    CloseOnExec(ends[0]);
    CloseOnExec(ends[1]);
    memcpy(pair.data, ends, sizeof ends);
  }
  errno = error;
  return Outcome(env, arguments, result);
}

napi_value Bind(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 2);
  const int fd = arguments.Int(0);
  const Bytes address = arguments.Array(1);
  return Outcome(env, arguments, arguments.ok() ? bind(fd, Address(address), static_cast<socklen_t>(address.length)) : -1);
}

napi_value Connect(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 2);
  const int fd = arguments.Int(0);
  const Bytes address = arguments.Array(1);
  return Outcome(env, arguments, arguments.ok() ? connect(fd, Address(address), static_cast<socklen_t>(address.length)) : -1);
}

napi_value Listen(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 2);
  const int fd = arguments.Int(0), backlog = arguments.Int(1);
  return Outcome(env, arguments, arguments.ok() ? listen(fd, backlog) : -1);
}

napi_value Accept(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 1);
  const int fd = arguments.Int(0);
  return Outcome(env, arguments, arguments.ok() ? CloseOnExec(accept(fd, nullptr, nullptr)) : -1);
}

napi_value Dup(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 1);
  const int fd = arguments.Int(0);
  return Outcome(env, arguments, arguments.ok() ? CloseOnExec(dup(fd)) : -1);
}

napi_value Shutdown(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 2);
  const int fd = arguments.Int(0), how = arguments.Int(1);
  return Outcome(env, arguments, arguments.ok() ? shutdown(fd, how) : -1);
}

napi_value Close(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 1);
  const int fd = arguments.Int(0);
  return Outcome(env, arguments, arguments.ok() ? close(fd) : -1);
}

napi_value Send(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int fd = arguments.Int(0), flags = arguments.Int(2);
  const Bytes bytes = arguments.Array(1);
  return Outcome(env, arguments, arguments.ok() ? static_cast<int>(send(fd, bytes.data, bytes.length, flags)) : -1);
}

napi_value Receive(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int fd = arguments.Int(0), flags = arguments.Int(2);
  const Bytes bytes = arguments.Array(1);
  return Outcome(env, arguments, arguments.ok() ? static_cast<int>(recv(fd, bytes.data, bytes.length, flags)) : -1);
}

using Name = int (*)(int, sockaddr*, socklen_t*);

// getsockname(fd, Uint8Array) -> length of the address, which may be longer than the array
napi_value ReadName(napi_env env, napi_callback_info info, Name read) {
  Arguments arguments(env, info, 2);
  const int fd = arguments.Int(0);
  const Bytes bytes = arguments.Array(1);
  if (!arguments.ok()) return nullptr;
  socklen_t length = static_cast<socklen_t>(bytes.length);
  const int result = read(fd, reinterpret_cast<sockaddr*>(bytes.data), &length);
  return Outcome(env, arguments, result < 0 ? result : static_cast<int>(length));
}

napi_value GetSockName(napi_env env, napi_callback_info info) { return ReadName(env, info, getsockname); }
napi_value GetPeerName(napi_env env, napi_callback_info info) { return ReadName(env, info, getpeername); }

napi_value ReadOption(napi_env env, napi_callback_info info, bool has_length) {
  Arguments arguments(env, info, has_length ? 5 : 4);
  const int fd = arguments.Int(0), level = arguments.Int(1), number = arguments.Int(2);
  const Bytes bytes = arguments.Array(3);
  socklen_t length = static_cast<socklen_t>(has_length ? arguments.Int(4) : static_cast<int>(bytes.length));
  if (arguments.ok() && length > bytes.length) arguments.Fail("optlen is larger than the array");
  if (!arguments.ok()) return nullptr;
  const int result = getsockopt(fd, level, number, bytes.data, &length);
  return Outcome(env, arguments, result < 0 ? result : static_cast<int>(length));
}

// getsockopt(fd, level, number, Uint8Array) -> length the kernel returned
napi_value GetSockOpt(napi_env env, napi_callback_info info) { return ReadOption(env, info, false); }
// getsockoptLength(fd, level, number, Uint8Array, optlen) -> length the kernel returned
napi_value GetSockOptLength(napi_env env, napi_callback_info info) { return ReadOption(env, info, true); }

napi_value SetSockOpt(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 4);
  const int fd = arguments.Int(0), level = arguments.Int(1), number = arguments.Int(2);
  const Bytes bytes = arguments.Array(3);
  if (!arguments.ok()) return nullptr;
  return Outcome(env, arguments, setsockopt(fd, level, number, bytes.data, static_cast<socklen_t>(bytes.length)));
}

// attachFilter(fd, Uint8Array of struct sock_filter, option) -> 0. These options carry a pointer, so only C can set them.
napi_value AttachFilter(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info, 3);
  const int fd = arguments.Int(0), option = arguments.Int(2);
  const Bytes bytes = arguments.Array(1);
  if (!arguments.ok()) return nullptr;
#ifdef __linux__
  sock_fprog program = {};
  program.len = static_cast<unsigned short>(bytes.length / sizeof(sock_filter));
  program.filter = reinterpret_cast<sock_filter*>(bytes.data);
  return Outcome(env, arguments, setsockopt(fd, SOL_SOCKET, option, &program, sizeof program));
#else
  (void)fd;
  (void)option;
  errno = ENOPROTOOPT;
  return Outcome(env, arguments, -1);
#endif
}

struct Entry {
  const char* name;
  napi_callback call;
};

constexpr Entry kFunctions[] = {
    {"socket", Socket},
    {"socketApart", SocketApart},
    {"socketpair", SocketPair},
    {"bind", Bind},
    {"connect", Connect},
    {"listen", Listen},
    {"accept", Accept},
    {"dup", Dup},
    {"shutdown", Shutdown},
    {"close", Close},
    {"send", Send},
    {"recv", Receive},
    {"getsockname", GetSockName},
    {"getpeername", GetPeerName},
    {"getsockopt", GetSockOpt},
    {"getsockoptLength", GetSockOptLength},
    {"setsockopt", SetSockOpt},
    {"attachFilter", AttachFilter},
    {"listHandles", ListHandles},
    {"loopGet", LoopGet},
    {"loopProgram", LoopProgram},
    {"bareGet", BareGet},
};

}  // namespace

NAPI_MODULE_INIT() {
  for (const Entry& entry : kFunctions) {
    napi_value function = nullptr;
    if (napi_create_function(env, entry.name, NAPI_AUTO_LENGTH, entry.call, nullptr, &function) != napi_ok) return nullptr;
    if (napi_set_named_property(env, exports, entry.name, function) != napi_ok) return nullptr;
  }
  return exports;
}
