// Windows: Winsock. An error is the negative WSAGetLastError(), which is not an errno: WSAEINVAL is 10022, EINVAL 22.
// Whoever opened the socket has called WSAStartup, which counts for the whole process: no need to do so here.
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>

#include "../os.h"
#include "loop.h"

namespace os {

namespace {

// The level that stands for WSAIoctl. As an option's level it would be 0xFFFFFFFF, which no protocol has.
constexpr int kControlLevel = -1;

// SIO_TCP_INFO takes 4 bytes, SIO_KEEPALIVE_VALS 12, SIO_ROUTING_INTERFACE_QUERY an address: 128 at most.
constexpr size_t kLargestInput = 256;

// Sign-extended, as handles are when they widen: -1 is INVALID_SOCKET on 64 bits too.
SOCKET Widen(Socket socket) { return static_cast<SOCKET>(static_cast<INT_PTR>(socket)); }

int OrError(int result, int value) { return result == SOCKET_ERROR ? -WSAGetLastError() : value; }

int Control(Socket socket, int code, const void* input, int32_t length, void* output, int32_t capacity) {
  DWORD returned = 0;
  const int result =
      WSAIoctl(Widen(socket), static_cast<DWORD>(code), const_cast<void*>(input), static_cast<DWORD>(length), output,
               static_cast<DWORD>(capacity), &returned, nullptr, nullptr);
  return OrError(result, static_cast<int>(returned));
}

// The input is copied, because WSAIoctl does not promise to have read it all before it writes to the same bytes.
int Exchange(Socket socket, int code, void* bytes, int32_t capacity, int32_t input) {
  std::array<uint8_t, kLargestInput> copy = {};
  const auto length = static_cast<size_t>(input);
  if (length > copy.size()) return -WSAEINVAL;
  memcpy(copy.data(), bytes, length);
  return Control(socket, code, copy.data(), input, bytes, capacity);
}

}  // namespace

// SO_RCVTIMEO and SO_SNDTIMEO are a DWORD of milliseconds here, not a timeval.
Abi DescribeAbi() {
  Abi abi = {};
  abi.little_endian = 1;
  abi.word_size = sizeof(void*);
  abi.timeval_size = sizeof(timeval);
  abi.int64_alignment = kInt64Alignment;
  abi.sockaddr_has_length = 0;
  abi.af_inet6 = AF_INET6;
  abi.so_rcvtimeo = SO_RCVTIMEO;
  abi.so_sndtimeo = SO_SNDTIMEO;
  return abi;
}

int GetOption(Socket socket, int level, int number, void* bytes, int32_t capacity, int32_t input) {
  if (level == kControlLevel) return Exchange(socket, number, bytes, capacity, input);
  int length = capacity;
  const int result = getsockopt(Widen(socket), level, number, static_cast<char*>(bytes), &length);
  return OrError(result, length);
}

int SetOption(Socket socket, int level, int number, const void* bytes, int32_t length) {
  if (level == kControlLevel) return Control(socket, number, bytes, length, nullptr, 0);
  return OrError(setsockopt(Widen(socket), level, number, static_cast<const char*>(bytes), length), 0);
}

// Winsock refuses a buffer that is too small (WSAEFAULT) instead of cutting the address.
int LocalAddress(Socket socket, void* bytes, int32_t capacity) {
  int length = capacity;
  const int result = getsockname(Widen(socket), static_cast<sockaddr*>(bytes), &length);
  return OrError(result, length);
}

int PeerAddress(Socket socket, void* bytes, int32_t capacity) {
  int length = capacity;
  const int result = getpeername(Widen(socket), static_cast<sockaddr*>(bytes), &length);
  return OrError(result, length);
}

// Of datagrams all of them, although one read takes but one: "ioctlsocket", FIONREAD.
int UnreadBytes(Socket socket) {
  u_long value = 0;
  const int result = ioctlsocket(Widen(socket), static_cast<long>(FIONREAD), &value);
  return OrError(result, static_cast<int>(std::min<u_long>(value, INT_MAX)));
}

int UnsentBytes(Socket /*socket*/) { return -WSAEOPNOTSUPP; }

int NeverSentBytes(Socket /*socket*/) { return -WSAEOPNOTSUPP; }

// Winsock has one answer for a handle of another kind and for one that is not open.
int IsSocket(Socket socket) {
  int type = 0;
  int length = sizeof(type);
  if (getsockopt(Widen(socket), SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&type), &length) == 0) return 1;
  const int error = WSAGetLastError();
  return error == WSAENOTSOCK ? 0 : -error;
}

// FIONBIO can be set and not read.
int IsNonBlocking(Socket /*socket*/) { return -WSAEOPNOTSUPP; }

// Overlapped, as libuv's own are and socket() makes them too.
int OpenSocket(int family, int type, int protocol) {
  const DWORD flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
  const SOCKET opened = WSASocketW(family, type, protocol, nullptr, 0, flags);
  return opened == INVALID_SOCKET ? -WSAGetLastError() : static_cast<int>(opened);
}

int Bind(Socket socket, const void* bytes, int32_t length) {
  return OrError(bind(Widen(socket), static_cast<const sockaddr*>(bytes), length), 0);
}

int Close(Socket descriptor) { return OrError(closesocket(Widen(descriptor)), 0); }

int TakeDescriptor(int32_t /*process*/, int32_t /*descriptor*/) { return -WSAEOPNOTSUPP; }

int AskSockDiag(void* /*bytes*/, int32_t /*capacity*/, int32_t /*input*/) { return -WSAEOPNOTSUPP; }

int ListHandles(void* environment, void* bytes, int32_t capacity) {
  const int count = loop::List(environment, bytes, capacity);
  return count < 0 ? -WSAEOPNOTSUPP : count;
}

// Node is the executable, whatever its name, unless it was built as libnode.dll.
loop::Function loop::FindInProgram(const char* name) {
  HMODULE program = GetModuleHandleW(L"libnode.dll");
  if (program == nullptr) program = GetModuleHandleW(nullptr);
  return reinterpret_cast<Function>(GetProcAddress(program, name));
}

}  // namespace os
