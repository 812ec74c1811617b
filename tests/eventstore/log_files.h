// The files of a log on disk as a crash or a decaying disk leaves them, and how they are judged.
#pragma once

#include "eventstore/chain.h"
#include "tests/eventstore/made_commits.h"

#include <string>
#include <vector>

namespace kontor::test {

// Copies the files as they are now, beside a running writer: what a crash would leave.
void copy_files(const std::string& from, const std::string& to);
// Files of <directory>/log whose names end or begin so, sorted.
std::vector<std::string> log_files(const std::string& directory, std::string_view begins,
                                   std::string_view ends);

// The mark as it is now, and as it was: what a crash leaves says how far the log was durable.
std::string mark_of(const std::string& directory);
void put_mark(const std::string& directory, const std::string& mark);

// What a log says of itself when it is opened after something happened to its files.
struct Aftermath {
    std::string refused;     // the sentence with which it does not open
    std::string difference;  // what the audit found
    std::size_t commits = 0;
    bool prefix = true;  // what can be read is what was appended, from the first commit on
};
Aftermath reopened(const std::string& directory, const std::vector<std::string>& appended);

}  // namespace kontor::test
