// What the Unix bodies share beyond os.h.
#pragma once

#include <cstdint>

namespace os::posix {

// What a system call returned, or -errno.
int OrErrno(long result);

// socket(2) for systems without SOCK_CLOEXEC. What another thread starts between the two calls inherits the descriptor.
int OpenAndMark(int family, int type, int protocol);

// An ioctl that answers with one int.
int AskInt(int32_t socket, unsigned long request);

}  // namespace os::posix
