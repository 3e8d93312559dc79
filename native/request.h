// One request, as it lies in the arena that JavaScript and C++ share, and how it is carried out.
#pragma once

#include <cstdint>

struct Request {
  enum Operation : int32_t {
    kGet = 0,       // getsockopt into zeroed bytes
    kExchange = 1,  // getsockopt that reads the bytes first
    kSet = 2,
    kLocalAddress = 3,
    kPeerAddress = 4,
    kUnread = 5,
    kUnsent = 6,
    kNeverSent = 7,
    kIsSocket = 8,
    kIsNonBlocking = 9,
    kHandles = 10,         // of the event loop: no socket is asked
    kOpenSocket = 11,      // level: the family; number: the type; the descriptor's place: the protocol
    kTakeDescriptor = 12,  // level: the process; number: its descriptor
    kClose = 13,
    kAskSockDiag = 14,  // the input is the request, the bytes become the answer
    kBind = 15,         // the bytes are the address
  };

  int32_t operation;
  int32_t level;
  int32_t number;
  int32_t offset;    // of the bytes, from the start of the arena
  int32_t capacity;  // optlen
  int32_t unit;      // bytes that one unit of optlen stands for: 1, or 8 for SO_GET_FILTER's instructions
  int32_t input;     // bytes of input, for the operations that have one
  int32_t result;    // >= 0, or -errno
};

// The arena: [count, descriptor, 6 reserved words], `count` requests, then the bytes.
struct Arena {
  static constexpr int64_t kHeaderBytes = 32;

  int32_t* words = nullptr;
  int64_t size = 0;

  // Carries out every request, and sets their number to 0. Whatever is out of bounds is not carried out, and its result
  // is -EFAULT. `environment` is the caller's napi_env.
  void Perform(void* environment) const;
};
