// What a load is made of: commands with blanks that are filled anew for each one sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// Makes commands in turn from templates. In a template's text `{uuid}` becomes a new UUID of
// version 7, `{seq}` the count of commands so far, `{date}` the business date of the mix.
class LoadMix {
public:
    // One template a line, {"command": "PostEntry", "data": {...}}. Throws Unable with the line
    // that is none.
    static LoadMix of_lines(std::string_view lines, std::string date);
    // Two-line journal entries of 10.00 from the second account to the first.
    static LoadMix entries(const std::string& company, const std::string& journal,
                           const std::vector<std::string>& accounts, const std::string& currency,
                           std::string date);

    struct Command {
        std::string_view name;  // valid as long as the mix
        std::string id;
        std::string body;
    };
    Command next();
    // Appends the command as a line of an NDJSON batch.
    void append_line(std::string& out);

    std::uint64_t made() const { return made_; }
    std::string new_uuid();

private:
    enum class Blank { none, uuid, seq, date };
    struct Part {
        std::string text;
        Blank behind;  // what follows the text
    };
    struct Template {
        std::string command;
        std::vector<Part> parts;
    };

    explicit LoadMix(std::string date);
    void learn(std::string command, std::string_view body);
    void fill(const Template& from, std::string& out);
    std::uint64_t random();

    std::string date_;
    std::vector<Template> templates_;
    std::uint64_t made_ = 0;
    std::uint64_t random_state_;
};

}  // namespace kontor
