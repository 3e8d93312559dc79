// What the C++ run-time library would give. Where a cross compiler has only a static one, these lines save 200 kB in
// the binary. Only scripts/prebuild-all.sh compiles this folder; see docs/prebuilds.md.
#include <cstdlib>
#include <new>
#include <string>

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is what "new" is made of
namespace {

// Out of memory is the end, as it is for every "new" without exceptions.
void* Allocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
// NOLINTEND(cppcoreguidelines-no-malloc)

// node-addon-api has strings. Both libraries declare that what all strings share is compiled elsewhere: here.
#ifdef __GLIBCXX__
namespace std {

void __throw_length_error(const char* /*what*/) { abort(); }

}  // namespace std

// Not the whole class: on Windows, unwind tables keep the linker from leaving out what is not called.
template char* std::string::_M_create(std::size_t& capacity, std::size_t old_capacity);
template void std::string::_M_dispose();
#else
template class std::basic_string<char>;
#endif
