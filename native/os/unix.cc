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

}  // namespace os
