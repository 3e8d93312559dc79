// Any Unix without a file of its own: what POSIX does not define is not supported.
#include <sys/ioctl.h>
#if __has_include(<sys/filio.h>)
#include <sys/filio.h>  // where illumos has FIONREAD
#endif

#include <cerrno>

#include "../os.h"
#include "posix.h"

namespace os {

int UnreadBytes(Socket socket) { return posix::AskInt(socket, FIONREAD); }

int UnsentBytes(Socket /*socket*/) { return -EOPNOTSUPP; }

int NeverSentBytes(Socket /*socket*/) { return -EOPNOTSUPP; }

// SOCK_CLOEXEC is in POSIX since 2024 alone.
int OpenSocket(int family, int type, int protocol) { return posix::OpenAndMark(family, type, protocol); }

int TakeDescriptor(int32_t /*process*/, int32_t /*descriptor*/) { return -EOPNOTSUPP; }

int AskSockDiag(void* /*bytes*/, int32_t /*capacity*/, int32_t /*input*/) { return -EOPNOTSUPP; }

}  // namespace os
