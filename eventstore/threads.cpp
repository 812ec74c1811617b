// How Linux is told a thread's name.
#include "eventstore/threads.h"

#include <pthread.h>

namespace kontor {

void name_this_thread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

std::thread named_thread(const char* name, std::function<void()> work) {
    return std::thread([name, work = std::move(work)] {
        name_this_thread(name);
        work();
    });
}

}  // namespace kontor
