// FreeBSD: the queue ioctls of <sys/filio.h>, answered by soo_ioctl() in sys/kern/sys_socket.c.
#include <sys/filio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "../os.h"
#include "posix.h"

namespace os {

// Everything in the receive buffer: of datagrams all of them, not the first alone as on Linux.
int UnreadBytes(Socket socket) { return posix::AskInt(socket, FIONREAD); }

// The whole send buffer, in flight or not.
int UnsentBytes(Socket socket) { return posix::AskInt(socket, FIONWRITE); }

// FIONSPACE is no answer: it counts the bytes for which the send buffer has room.
int NeverSentBytes(Socket /*socket*/) { return -EOPNOTSUPP; }

int OpenSocket(int family, int type, int protocol) {
  return posix::OrErrno(socket(family, type | SOCK_CLOEXEC, protocol));
}

int TakeDescriptor(int32_t /*process*/, int32_t /*descriptor*/) { return -EOPNOTSUPP; }

int AskSockDiag(void* /*bytes*/, int32_t /*capacity*/, int32_t /*input*/) { return -EOPNOTSUPP; }

}  // namespace os
