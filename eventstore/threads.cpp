// How Linux is told a thread's name.
#include "eventstore/threads.h"

#include <pthread.h>

namespace kontor {

std::thread named_thread(const char* name, std::function<void()> work) {
    return std::thread([name, work = std::move(work)] {
        ::pthread_setname_np(::pthread_self(), name);
        work();
    });
}

}  // namespace kontor
