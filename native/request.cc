// Bounds first, then one system call per request.
#include "request.h"

#include <cerrno>
#include <cstring>

#include "os.h"

namespace {

int Carry(const Request& request, os::Socket socket, uint8_t* bytes, void* environment) {
  switch (request.operation) {
    case Request::kGet:
      memset(bytes, 0, static_cast<size_t>(request.capacity) * static_cast<size_t>(request.unit));
      return os::GetOption(socket, request.level, request.number, bytes, request.capacity, request.input);
    case Request::kExchange:
      return os::GetOption(socket, request.level, request.number, bytes, request.capacity, request.input);
    case Request::kSet:
      return os::SetOption(socket, request.level, request.number, bytes, request.capacity);
    case Request::kLocalAddress:
      return os::LocalAddress(socket, bytes, request.capacity);
    case Request::kPeerAddress:
      return os::PeerAddress(socket, bytes, request.capacity);
    case Request::kUnread:
      return os::UnreadBytes(socket);
    case Request::kUnsent:
      return os::UnsentBytes(socket);
    case Request::kNeverSent:
      return os::NeverSentBytes(socket);
    case Request::kIsSocket:
      return os::IsSocket(socket);
    case Request::kIsNonBlocking:
      return os::IsNonBlocking(socket);
    case Request::kHandles:
      return os::ListHandles(environment, bytes, request.capacity);
    case Request::kOpenSocket:
      return os::OpenSocket(request.level, request.number, socket);
    case Request::kTakeDescriptor:
      return os::TakeDescriptor(request.level, request.number);
    case Request::kClose:
      return os::Close(socket);
    case Request::kAskSockDiag:
      return os::AskSockDiag(bytes, request.capacity, request.input);
    case Request::kBind:
      return os::Bind(socket, bytes, request.capacity);
    default:
      return -EFAULT;
  }
}

bool IsWithin(const Request& request, int64_t first, int64_t size) {
  if (request.offset < first || request.capacity < 0 || request.unit < 1 || request.input < 0) return false;
  const int64_t length = static_cast<int64_t>(request.capacity) * request.unit;
  return length <= size - request.offset && request.input <= length;
}

}  // namespace

void Arena::Perform(void* environment) const {
  if (words == nullptr) return;
  const int64_t count = words[0];
  const int64_t room = (size - kHeaderBytes) / static_cast<int64_t>(sizeof(Request));
  if (count < 0 || count > room) return;
  const os::Socket socket = words[1];
  auto* bytes = reinterpret_cast<uint8_t*>(words);
  auto* requests = reinterpret_cast<Request*>(bytes + kHeaderBytes);
  const int64_t first = kHeaderBytes + count * static_cast<int64_t>(sizeof(Request));
  for (int64_t i = 0; i < count; i++) {
    Request& request = requests[i];
    request.result =
        IsWithin(request, first, size) ? Carry(request, socket, bytes + request.offset, environment) : -EFAULT;
  }
  words[0] = 0;
}
