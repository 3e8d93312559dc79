// The bodies that every Unix shares.
#include "posix.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "../os.h"

namespace os {

Abi DescribeAbi() {
  const uint16_t one = 1;
  return {
      *reinterpret_cast<const uint8_t*>(&one),
      static_cast<int32_t>(sizeof(long)),
      static_cast<int32_t>(sizeof(timeval)),
      kInt64Alignment,
      offsetof(sockaddr, sa_family) == 1 ? 1 : 0,
      AF_INET6,
      SO_RCVTIMEO,
      SO_SNDTIMEO,
  };
}

int GetOption(Socket socket, int level, int number, void* bytes, int32_t capacity, int32_t /*input*/) {
  socklen_t length = static_cast<socklen_t>(capacity);
  return getsockopt(socket, level, number, bytes, &length) < 0 ? -errno : static_cast<int>(length);
}

int SetOption(Socket socket, int level, int number, const void* bytes, int32_t length) {
  return posix::OrErrno(setsockopt(socket, level, number, bytes, static_cast<socklen_t>(length)));
}

int LocalAddress(Socket socket, void* bytes, int32_t capacity) {
  socklen_t length = static_cast<socklen_t>(capacity);
  return getsockname(socket, static_cast<sockaddr*>(bytes), &length) < 0 ? -errno : static_cast<int>(length);
}

int PeerAddress(Socket socket, void* bytes, int32_t capacity) {
  socklen_t length = static_cast<socklen_t>(capacity);
  return getpeername(socket, static_cast<sockaddr*>(bytes), &length) < 0 ? -errno : static_cast<int>(length);
}

int Bind(Socket socket, const void* bytes, int32_t length) {
  return posix::OrErrno(bind(socket, static_cast<const sockaddr*>(bytes), static_cast<socklen_t>(length)));
}

// Whatever it answers but EBADF, the descriptor is gone: there is no second try.
int Close(Socket descriptor) { return posix::OrErrno(close(descriptor)); }

// Not fstat(): built with glibc 2.33 or later it would need that glibc to run, while Node itself needs but 2.28.
int IsSocket(Socket socket) {
  int type = 0;
  socklen_t length = sizeof(type);
  if (getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &length) == 0) return 1;
  if (errno == ENOTSOCK) return 0;
  return errno == EBADF ? -EBADF : 1;  // any other refusal is a socket's: macOS says EINVAL of one that was shut down
}

int IsNonBlocking(Socket socket) {
  const int flags = fcntl(socket, F_GETFL);
  if (flags < 0) return -errno;
  return (flags & O_NONBLOCK) != 0 ? 1 : 0;
}

// JavaScript shows the descriptor here, and libuv is not there to be asked in every program: in Bun, uv_walk aborts.
int ListHandles(void* /*environment*/, void* /*bytes*/, int32_t /*capacity*/) { return -EOPNOTSUPP; }

int posix::OrErrno(long result) { return result < 0 ? -errno : static_cast<int>(result); }

int posix::OpenAndMark(int family, int type, int protocol) {
  const int opened = OrErrno(socket(family, type, protocol));
  if (opened < 0 || fcntl(opened, F_SETFD, FD_CLOEXEC) == 0) return opened;
  const int refused = -errno;
  close(opened);
  return refused;
}

int posix::AskInt(int32_t socket, unsigned long request) {
  int value = 0;
  return ioctl(socket, request, &value) < 0 ? -errno : value;
}

}  // namespace os
