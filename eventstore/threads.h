// Threads with a name, so that a profile and an operator's `top` say who uses the processor.
#pragma once

#include <functional>
#include <thread>

namespace kontor {

// The name has at most 15 octets.
std::thread named_thread(const char* name, std::function<void()> work);

}  // namespace kontor
