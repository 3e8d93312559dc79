// macOS: the queue options of <sys/socket.h>.
#include <sys/socket.h>

#include <cerrno>

#include "../os.h"
#include "posix.h"

namespace os {

namespace {

// An option of SOL_SOCKET that answers with one int.
int AskInt(Socket socket, int number) {
  int value = 0;
  socklen_t length = sizeof(value);
  return getsockopt(socket, SOL_SOCKET, number, &value, &length) < 0 ? -errno : value;
}

}  // namespace

// The whole queue of a stream, the first datagram of anything else: xnu, bsd/kern/uipc_socket.c, sogetoptlock().
int UnreadBytes(Socket socket) { return AskInt(socket, SO_NREAD); }

// The whole send buffer, in flight or not.
int UnsentBytes(Socket socket) { return AskInt(socket, SO_NWRITE); }

int NeverSentBytes(Socket /*socket*/) { return -EOPNOTSUPP; }

// No SOCK_CLOEXEC here.
int OpenSocket(int family, int type, int protocol) { return posix::OpenAndMark(family, type, protocol); }

int TakeDescriptor(int32_t /*process*/, int32_t /*descriptor*/) { return -EOPNOTSUPP; }

int AskSockDiag(void* /*bytes*/, int32_t /*capacity*/, int32_t /*input*/) { return -EOPNOTSUPP; }

}  // namespace os
