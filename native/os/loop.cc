// The handles of libuv's loop, written down for JavaScript to compare: see docs/native.md, "A SOCKET on Windows".
#include "loop.h"

#include <array>
#include <cstring>

namespace os::loop {

namespace {

// As in node_api.h and uv.h. A descriptor is an int on Unix and a pointer on Windows, of which 32 bits are significant.
using GetLoop = int (*)(void* environment, void** loop);
using Visit = void (*)(void* handle, void* listing);
using Walk = void (*)(void* loop, Visit visit, void* listing);
using HasRef = int (*)(const void* handle);
using GetDescriptor = int (*)(const void* handle, void* descriptor);

using Line = std::array<int32_t, 4>;

struct Listing {
  HasRef has_ref;
  GetDescriptor get_descriptor;
  uint8_t* bytes;
  int32_t room;
  int32_t count;
};

template <typename Type>
bool Find(const char* name, Type* function) {
  *function = reinterpret_cast<Type>(FindInProgram(name));
  return *function != nullptr;
}

// The first 32 bits are the whole of an int, and the significant ones of a pointer: Windows is little-endian.
int32_t DescriptorOf(const Listing& listing, const void* handle) {
  int64_t room = 0;
  const int error = listing.get_descriptor(handle, &room);
  if (error != 0) return error < 0 ? error : -1;
  int32_t descriptor = 0;
  memcpy(&descriptor, &room, sizeof(descriptor));
  return descriptor;
}

void WriteLine(void* handle, void* argument) {
  auto* listing = static_cast<Listing*>(argument);
  if (listing->count < listing->room) {
    const auto address = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(handle));
    const Line line = {static_cast<int32_t>(address & UINT32_MAX), static_cast<int32_t>(address >> 32U),
                       listing->has_ref(handle) != 0 ? 1 : 0, DescriptorOf(*listing, handle)};
    memcpy(listing->bytes + static_cast<size_t>(listing->count) * sizeof(Line), line.data(), sizeof(Line));
  }
  listing->count++;
}

}  // namespace

int List(void* environment, void* bytes, int32_t capacity) {
  GetLoop get_loop = nullptr;
  Walk walk = nullptr;
  Listing listing = {};
  if (!Find("napi_get_uv_event_loop", &get_loop) || !Find("uv_walk", &walk) || !Find("uv_has_ref", &listing.has_ref) ||
      !Find("uv_fileno", &listing.get_descriptor)) {
    return -1;
  }
  void* loop = nullptr;
  if (get_loop(environment, &loop) != 0 || loop == nullptr) return -1;
  listing.bytes = static_cast<uint8_t*>(bytes);
  listing.room = capacity / static_cast<int32_t>(sizeof(Line));
  walk(loop, WriteLine, &listing);
  return listing.count;
}

}  // namespace os::loop
