// What the Unix bodies share beyond os.h.
#pragma once

#include <cstdint>

namespace os::posix {

// An ioctl that answers with one int.
int AskInt(int32_t socket, unsigned long request);

}  // namespace os::posix
