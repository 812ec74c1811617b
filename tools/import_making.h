// Makes commands of a file: which rows count, which belong together, and what each group becomes.
#pragma once

#include "tools/import_file.h"
#include "tools/import_rows.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace kontor::imports {

// One command, or rows that could not become one.
struct Made {
    std::size_t command = 0;  // its place in the mapping, from 1
    std::uint64_t attempt = 1;
    std::uint64_t part = 0;  // of a long group; 0: it is not one
    std::string id;
    std::string line;     // as a batch has it, with its line end; empty: unreadable
    std::string why_not;  // when unreadable
    std::vector<Row> rows;
};

struct Tally {
    std::uint64_t rows = 0;
    std::map<std::string, std::uint64_t> rows_left_out;    // by reason
    std::map<std::string, std::uint64_t> groups_left_out;  // by reason
};

// Reads the file once for each command of the mapping, and once before all to learn where groups
// end, so that it holds only the rows of groups that have begun and not ended: the same whether
// those of an invoice lie together or not, and small when they do.
class CommandMaking {
public:
    CommandMaking(const Mapping& mapping, ImportFile& file, std::vector<std::size_t> places);

    // Counts the rows and learns the groups. `at` hears of each row, to show progress.
    void survey(const std::function<void(std::uint64_t octets)>& at);
    // All commands of the file in order: those of the mapping's first for all rows, then those of
    // its second ... `at` hears how many rows of all passes are done.
    void make(const std::function<void(Made)>& to, const std::function<void(std::uint64_t)>& at);

    const Tally& tally() const { return tally_; }
    std::uint64_t steps() const { return tally_.rows * mapping_.commands.size(); }

private:
    struct Group {
        std::uint32_t rows = 0, seen = 0;
    };
    using Groups = std::unordered_map<std::string, Group>;

    // The reason why the row counts for no command, or null.
    const std::string* left_out(Row& row) const;
    bool takes(const CommandRule& rule, std::size_t number, Row& row) const;
    bool key_of(const CommandRule& rule, Row& row, std::string& key) const;
    void pass(std::size_t command, const std::function<void(Made)>& to,
              const std::function<void(std::uint64_t)>& at);
    void finish(std::size_t command, std::vector<Row> rows, const std::function<void(Made)>& to);
    // `part` is 0 for a group that is not cut.
    Made made(std::size_t command, std::vector<Row> rows, std::uint64_t part);

    const Mapping& mapping_;
    ImportFile& file_;
    const Reckoning reckoning_;
    const bool only_once_;  // no command takes each row or all rows of a group
    std::vector<Groups> groups_;
    Tally tally_;
    std::uint64_t steps_done_ = 0;
};

// The id of a command: the import's name, what the mapping says of these rows, and from the second
// attempt on its number; 1 to 128 printable characters without spaces.
std::string command_id(const std::string& ids, const std::string& own, std::uint64_t attempt);

}  // namespace kontor::imports
