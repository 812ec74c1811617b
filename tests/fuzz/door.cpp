// Where libFuzzer comes in: KONTOR_FUZZ_TARGET says which target its inputs go to. Only clang
// builds this; with any other compiler the file is empty.
#ifdef KONTOR_LIBFUZZER

#include "tests/fuzz/targets.h"

#include <sanitizer/allocator_interface.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using kontor::fuzz::Target;

const Target* chosen = nullptr;
std::size_t allocated = 0;

// What the fuzzer needs to see to be believed: an octet behind the end of a certain input is read.
// `tools/dev check --fuzz` runs it first, and goes on only when it was found.
void planted(std::string_view octets) {
    const kontor::fuzz::Exactly exact(octets);
    const std::string_view view = exact.view();
    if (view.size() < 4 || view.substr(0, 4) != "vend") return;
    volatile char behind = view.data()[view.size()];
    static_cast<void>(behind);
}
constexpr Target planted_target{"planted", planted, 1 << 20, 1 << 20};

void count_allocation(const volatile void*, std::size_t size) { allocated += size; }
void count_nothing(const volatile void*) {}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const char* const name = std::getenv("KONTOR_FUZZ_TARGET");
    const auto& all = kontor::fuzz::targets();
    const auto found = std::ranges::find(all, name ? name : "", &Target::name);
    if (found != all.end()) chosen = &*found;
    if (name && planted_target.name == name) chosen = &planted_target;
    if (!chosen) {
        std::fputs("KONTOR_FUZZ_TARGET must name one of:", stderr);
        for (const Target& target : all)
            std::fprintf(stderr, " %.*s", static_cast<int>(target.name.size()), target.name.data());
        std::fputs("\n", stderr);
        std::exit(2);
    }
    // What is made once is made before anything is counted.
    chosen->take("\n");
    __sanitizer_install_malloc_and_free_hooks(count_allocation, count_nothing);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
    allocated = 0;
    // Of the processor, not of the clock: a busy machine is no fault of the input.
    const std::clock_t began = std::clock();
    chosen->take({reinterpret_cast<const char*>(octets), size});
    const std::size_t most = chosen->allocates_anyway + size * chosen->allocates_each;
    if (allocated > most) {
        std::fprintf(stderr, "%zu octets of input made the program allocate %zu, over %zu\n", size,
                     allocated, most);
        std::abort();
    }
    if (std::clock() - began > CLOCKS_PER_SEC) {
        std::fprintf(stderr, "%zu octets of input took over a second of the processor\n", size);
        std::abort();
    }
    return 0;
}

#endif
