// The platform contract: what every system must be able to do with a socket. Each function answers ">= 0, or -errno";
// on Windows errno is WSAGetLastError(), whose numbers are Winsock's own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace os {

// A descriptor; on Windows a SOCKET, whose significant bits fit in 32.
using Socket = int32_t;

struct Abi {
  int32_t little_endian;
  int32_t word_size;            // sizeof(long) on Unix, sizeof(void*) on Windows
  int32_t timeval_size;         // sizeof(struct timeval)
  int32_t int64_alignment;      // of an int64_t in a struct: 8, but 4 on ia32 outside Windows
  int32_t sockaddr_has_length;  // BSD: a length byte before the family
  int32_t af_inet6;
  int32_t so_rcvtimeo;  // differs by architecture and by the width of time_t
  int32_t so_sndtimeo;
};

// Alone, an int64_t is often aligned better than where a struct has it.
struct AfterByte {
  int8_t byte;
  int64_t number;
};
constexpr int32_t kInt64Alignment = offsetof(AfterByte, number);

Abi DescribeAbi();

// getsockopt(2). `capacity` is passed as optlen, in units of whatever the option counts; returns the optlen that came
// back. On Windows, level -1 is WSAIoctl: `number` is the control code and the first `input` bytes are its input.
int GetOption(Socket socket, int level, int number, void* bytes, int32_t capacity, int32_t input);

// setsockopt(2). Returns what the system call returned: 0, or a count for the few options that have one.
// On Windows, level -1 is WSAIoctl with all the bytes as its input and no output.
int SetOption(Socket socket, int level, int number, const void* bytes, int32_t length);

// getsockname(2), getpeername(2). Return the length of the address, which may be larger than `capacity`.
int LocalAddress(Socket socket, void* bytes, int32_t capacity);
int PeerAddress(Socket socket, void* bytes, int32_t capacity);

// Bytes received and not read; bytes written and not acknowledged (or not yet given to the device); of these, bytes
// never sent. Of datagrams, "not read" is the next one on Linux and macOS, all of them on FreeBSD and Windows.
int UnreadBytes(Socket socket);
int UnsentBytes(Socket socket);
int NeverSentBytes(Socket socket);

// 1 or 0; -EBADF for a descriptor that is not open, which Windows does not tell from one that is no socket: 0.
int IsSocket(Socket socket);
int IsNonBlocking(Socket socket);

// The handles of the event loop of `environment` (a napi_env), four words each: the address (its low half, its high
// half), whether the handle keeps the loop alive (1 or 0), the descriptor (negative: it has none). Returns how many
// there are, which may be more than `capacity` bytes take. Windows alone, where JavaScript shows no SOCKET.
int ListHandles(void* environment, void* bytes, int32_t capacity);

// socket(2), on Linux in the network namespace of this thread; protocol 0 is the family's own. Returns a descriptor
// that exec() closes, on Windows a SOCKET that no process inherits.
int OpenSocket(int family, int type, int protocol);

// bind(2) to the sockaddr that the first `length` bytes are.
int Bind(Socket socket, const void* bytes, int32_t length);

// close(2) of a descriptor that OpenSocket or TakeDescriptor returned.
int Close(Socket descriptor);

// What only Linux does; elsewhere -EOPNOTSUPP.

// pidfd_getfd(2): a duplicate of another process' descriptor. Returns a descriptor that exec() closes.
int TakeDescriptor(int32_t process, int32_t descriptor);

// One exchange with sock_diag(7): the first `input` bytes are the request, the answer takes their place. Returns the
// length of the answer, which may be larger than `capacity`; never waits: -EAGAIN where there is no answer.
int AskSockDiag(void* bytes, int32_t capacity, int32_t input);

}  // namespace os
