// What does C++ get from Winsock? Opens sockets as Node does, sets options, reads them with getsockopt, and prints the answers: a line for each,
// "socket name level number capacity errno bytes". answers-windows.mjs does the same through the library, and the two must agree.
#define WIN32_LEAN_AND_MEAN
// Windows 10 1809: else the headers leave the newer names out.
#define _WIN32_WINNT 0x0A00
#define NTDDI_VERSION 0x0A000006
#include <winsock2.h>
#include <ws2tcpip.h>
// after winsock2.h
#include <mstcpip.h>
#include <mswsock.h>

#include <cstdio>
#include <cstdlib>

namespace {

constexpr int kMostBytes = 1024;
constexpr int kControlLevel = -1;

[[noreturn]] void Fail(const char* what) {
  fprintf(stderr, "%s: %d\n", what, WSAGetLastError());
  exit(1);
}

void Expect(bool is_right, const char* what) {
  if (!is_right) Fail(what);
}

SOCKET Open(int type) {
  const SOCKET made = socket(AF_INET, type, 0);
  Expect(made != INVALID_SOCKET, "socket");
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Expect(bind(made, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0, "bind");
  return made;
}

template <typename Value>
void Set(SOCKET socket, int level, int number, const Value& value) {
  Expect(setsockopt(socket, level, number, reinterpret_cast<const char*>(&value), sizeof(value)) == 0, "setsockopt");
}

void PrintAnswer(const char* socket, const char* name, int level, int number, int capacity, int error, const unsigned char* bytes, int length) {
  printf("%s %s %d %d %d %d ", socket, name, level, number, capacity, error);
  for (int at = 0; at < length; at++) printf("%02x", bytes[at]);
  printf("\n");
}

struct Option {
  const char* name;
  int level;
  int number;
  int capacity;
};

#define OPTION(level, name, capacity) {#name, level, static_cast<int>(name), capacity}

// The numbers are those of the headers. With a capacity as large as the type, as the library has it.
constexpr Option kOptions[] = {
    OPTION(SOL_SOCKET, SO_DEBUG, 4),
    OPTION(SOL_SOCKET, SO_ACCEPTCONN, 4),
    OPTION(SOL_SOCKET, SO_REUSEADDR, 4),
    OPTION(SOL_SOCKET, SO_KEEPALIVE, 4),
    OPTION(SOL_SOCKET, SO_DONTROUTE, 4),
    OPTION(SOL_SOCKET, SO_BROADCAST, 4),
    OPTION(SOL_SOCKET, SO_LINGER, 4),
    OPTION(SOL_SOCKET, SO_DONTLINGER, 4),
    OPTION(SOL_SOCKET, SO_OOBINLINE, 4),
    OPTION(SOL_SOCKET, SO_SNDBUF, 4),
    OPTION(SOL_SOCKET, SO_RCVBUF, 4),
    OPTION(SOL_SOCKET, SO_SNDTIMEO, 4),
    OPTION(SOL_SOCKET, SO_RCVTIMEO, 4),
    OPTION(SOL_SOCKET, SO_TYPE, 4),
    OPTION(SOL_SOCKET, SO_MAX_MSG_SIZE, 4),
    OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA, 372),
    OPTION(SOL_SOCKET, SO_PROTOCOL_INFOW, 628),
    OPTION(SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 4),
    OPTION(SOL_SOCKET, SO_CONDITIONAL_ACCEPT, 4),
    OPTION(IPPROTO_TCP, TCP_NODELAY, 4),
    OPTION(IPPROTO_TCP, TCP_EXPEDITED_1122, 4),
    // Not in the headers of mingw-w64: the numbers of ws2ipdef.h.
    {"TCP_KEEPIDLE", IPPROTO_TCP, 3, 4},
    {"TCP_KEEPCNT", IPPROTO_TCP, 16, 4},
    {"TCP_KEEPINTVL", IPPROTO_TCP, 17, 4},
    {"TCP_FASTOPEN", IPPROTO_TCP, 15, 4},
    OPTION(IPPROTO_IP, IP_TTL, 4),
    OPTION(IPPROTO_IP, IP_TOS, 4),
    OPTION(IPPROTO_IP, IP_DONTFRAGMENT, 4),
    OPTION(IPPROTO_IP, IP_MULTICAST_TTL, 4),
    OPTION(IPPROTO_IP, IP_MULTICAST_LOOP, 4),
    OPTION(IPPROTO_IP, IP_PKTINFO, 4),
    OPTION(IPPROTO_IP, IP_UNICAST_IF, 4),
    OPTION(IPPROTO_IP, IP_MTU, 4),
};

void PrintOptions(const char* name, SOCKET socket) {
  for (const Option& option : kOptions) {
    unsigned char bytes[kMostBytes] = {};
    int length = option.capacity;
    const bool is_read = getsockopt(socket, option.level, option.number, reinterpret_cast<char*>(bytes), &length) == 0;
    const int error = is_read ? 0 : WSAGetLastError();
    PrintAnswer(name, option.name, option.level, option.number, option.capacity, error, bytes, is_read ? length : 0);
  }
}

// SIO_TCP_INFO: 136 bytes for version 1.
void PrintTcpInfo(const char* name, SOCKET socket) {
  unsigned char bytes[136] = {};
  DWORD version = 1;
  DWORD length = 0;
  const bool is_read = WSAIoctl(socket, SIO_TCP_INFO, &version, sizeof(version), bytes, sizeof(bytes), &length, nullptr, nullptr) == 0;
  const int error = is_read ? 0 : WSAGetLastError();
  PrintAnswer(name, "SIO_TCP_INFO", kControlLevel, static_cast<int>(SIO_TCP_INFO), sizeof(bytes), error, bytes, is_read ? static_cast<int>(length) : 0);
}

void SetAll(SOCKET stream, SOCKET datagram) {
  const BOOL yes = TRUE;
  Set(stream, SOL_SOCKET, SO_KEEPALIVE, yes);
  Set(stream, SOL_SOCKET, SO_OOBINLINE, yes);
  Set(stream, SOL_SOCKET, SO_RCVBUF, 65536);
  Set(stream, SOL_SOCKET, SO_SNDBUF, 16384);
  Set(stream, SOL_SOCKET, SO_LINGER, linger{1, 3});
  Set(stream, SOL_SOCKET, SO_RCVTIMEO, DWORD{1500});
  Set(stream, SOL_SOCKET, SO_SNDTIMEO, DWORD{25200});
  Set(stream, IPPROTO_TCP, TCP_NODELAY, yes);
  Set(stream, IPPROTO_IP, IP_TTL, DWORD{77});
  Set(datagram, SOL_SOCKET, SO_BROADCAST, yes);
  Set(datagram, SOL_SOCKET, SO_RCVBUF, 32768);
  Set(datagram, IPPROTO_IP, IP_MULTICAST_TTL, DWORD{9});
}

}  // namespace

int main() {
  WSADATA data;
  Expect(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
  const SOCKET listener = Open(SOCK_STREAM);
  const SOCKET stream = Open(SOCK_STREAM);
  const SOCKET datagram = Open(SOCK_DGRAM);
  Expect(listen(listener, 511) == 0, "listen");
  sockaddr_in address = {};
  int size = sizeof(address);
  Expect(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  Expect(connect(stream, reinterpret_cast<sockaddr*>(&address), size) == 0, "connect");
  Expect(accept(listener, nullptr, nullptr) != INVALID_SOCKET, "accept");
  SetAll(stream, datagram);
  PrintOptions("tcp", stream);
  PrintTcpInfo("tcp", stream);
  PrintOptions("listener", listener);
  PrintOptions("udp", datagram);
  return 0;
}
