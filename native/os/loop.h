// Which handles has the event loop of this thread? Asked of the libuv in the program that runs, whose functions are
// found by name at run time: nothing of libuv is included or linked, and where it is missing that is an answer.
#pragma once

#include <cstdint>

namespace os::loop {

using Function = void (*)();

// The function of that name in the program that runs, or nullptr. Each system has its own way; the rest is alike.
Function FindInProgram(const char* name);

// os::ListHandles; -1 where the program has not all the functions it takes, or the environment no loop.
int List(void* environment, void* bytes, int32_t capacity);

}  // namespace os::loop
