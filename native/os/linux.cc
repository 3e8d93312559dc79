// Linux: the queue ioctls of tcp(7), udp(7) and unix(7); borrowed descriptors; sock_diag(7).
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "../os.h"
#include "linux-numbers.h"
#include "posix.h"

namespace os {

namespace {

// SIOCOUTQNSD of <linux/sockios.h>, a header of the kernel's: a system with musl need not have it.
constexpr unsigned long kNeverSent = 0x894B;

// NETLINK_SOCK_DIAG of <linux/netlink.h>.
constexpr int kSockDiag = 4;

// By number, because the C library has functions for them only since glibc 2.36.
#ifdef SYS_pidfd_getfd
constexpr long kPidfdOpen = SYS_pidfd_open;
constexpr long kPidfdGetfd = SYS_pidfd_getfd;
#else  // headers before Linux 5.6: no system call has the number -1, so the kernel answers ENOSYS
constexpr long kPidfdOpen = -1;
constexpr long kPidfdGetfd = -1;
#endif

// What `result` says, once the descriptor it came through is closed: close(2) may change errno.
int CloseAfter(int descriptor, long result) {
  const int answer = posix::OrErrno(result);
  close(descriptor);
  return answer;
}

}  // namespace

// SIOCINQ and SIOCOUTQ by the names that the C library has for them.
int UnreadBytes(Socket socket) { return posix::AskInt(socket, FIONREAD); }

int UnsentBytes(Socket socket) { return posix::AskInt(socket, TIOCOUTQ); }

int NeverSentBytes(Socket socket) { return posix::AskInt(socket, kNeverSent); }

int OpenSocket(int family, int type, int protocol) {
  return posix::OrErrno(socket(family, type | SOCK_CLOEXEC, protocol));
}

// Both system calls set close-on-exec by themselves.
int TakeDescriptor(int32_t process, int32_t descriptor) {
  const int opened = posix::OrErrno(syscall(kPidfdOpen, process, 0));
  if (opened < 0) return opened;
  return CloseAfter(opened, syscall(kPidfdGetfd, opened, descriptor, 0));
}

// The kernel answers while send() runs, so the answer is there or will never be: net/netlink/af_netlink.c,
// netlink_unicast_kernel(). MSG_TRUNC makes recv() return the whole length, whatever fits.
int AskSockDiag(void* bytes, int32_t capacity, int32_t input) {
  const int netlink = posix::OrErrno(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, kSockDiag));
  if (netlink < 0) return netlink;
  const ssize_t sent = send(netlink, bytes, static_cast<size_t>(input), 0);
  if (sent < 0) return CloseAfter(netlink, sent);
  return CloseAfter(netlink, recv(netlink, bytes, static_cast<size_t>(capacity), MSG_TRUNC));
}

}  // namespace os
