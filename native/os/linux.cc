// Linux: the queue ioctls of tcp(7), udp(7) and unix(7).
#include <sys/ioctl.h>

#include "../os.h"
#include "linux-numbers.h"
#include "posix.h"

namespace os {

namespace {

// SIOCOUTQNSD of <linux/sockios.h>, a header of the kernel's: a system with musl need not have it.
constexpr unsigned long kNeverSent = 0x894B;

}  // namespace

// SIOCINQ and SIOCOUTQ by the names that the C library has for them.
int UnreadBytes(Socket socket) { return posix::AskInt(socket, FIONREAD); }

int UnsentBytes(Socket socket) { return posix::AskInt(socket, TIOCOUTQ); }

int NeverSentBytes(Socket socket) { return posix::AskInt(socket, kNeverSent); }

}  // namespace os
