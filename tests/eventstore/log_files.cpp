// How files are copied, found and judged.
#include "tests/eventstore/log_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kontor::test {

namespace fs = std::filesystem;

void copy_files(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

std::vector<std::string> log_files(const std::string& directory, std::string_view begins,
                                   std::string_view ends) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(directory + "/log")) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begins) && name.ends_with(ends)) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string mark_of(const std::string& directory) {
    std::ifstream file(directory + "/mark", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put_mark(const std::string& directory, const std::string& mark) {
    std::ofstream(directory + "/mark", std::ios::binary) << mark;
}

Aftermath reopened(const std::string& directory, const std::vector<std::string>& appended) {
    Aftermath after;
    try {
        const auto log = open_log(directory);
        after.difference = verify_chain(*log, {.schemas = false}, {}).difference;
        const auto cursor = log->read_from(1);
        Position position = 0;
        for (std::string_view bytes; cursor->next(position, bytes); ++after.commits)
            if (after.commits >= appended.size() || bytes != appended[after.commits])
                after.prefix = false;
    } catch (const StorageBroken& broken) {
        (after.commits == 0 && after.difference.empty() ? after.refused : after.difference) =
            broken.what();
    }
    return after;
}

}  // namespace kontor::test
