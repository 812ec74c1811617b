// What a load is made of: commands with blanks that are filled anew for each one sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// Makes commands in turn from templates. In a template's text `{uuid}` becomes a new UUID of
// version 7, `{seq}` the count of commands so far, `{date}` the business date of the mix,
// `{number:0001:1000}` a number drawn between the two, with at least the digits of the first, and
// `{day:2026-01-01:2026-12-31}` a day drawn between the two.
class LoadMix {
public:
    // One template a line, {"command": "PostEntry", "data": {...}} or, for a question,
    // {"query": "/queries/journals?company=DEMO"}. Throws Unable with the line that is none.
    static LoadMix of_lines(std::string_view lines, std::string date);
    // Two-line journal entries of 10.00 from the second account to the first.
    static LoadMix entries(const std::string& company, const std::string& journal,
                           const std::vector<std::string>& accounts, const std::string& currency,
                           std::string date);

    struct Command {
        std::string_view name;  // valid as long as the mix
        std::string id;
        std::string body;   // of a question: its address
        bool asks = false;  // a question is got, not posted
    };
    Command next();
    // Whether any template is a question, which no batch can hold.
    bool asks() const;
    // Appends the command as a line of an NDJSON batch.
    void append_line(std::string& out);

    std::uint64_t made() const { return made_; }
    std::string new_uuid();

private:
    enum class Blank { none, uuid, seq, date, number, day };
    struct Part {
        std::string text;
        Blank behind = Blank::none;  // what follows the text
        std::int64_t least = 0;      // of what is drawn; days are counted from 1970-01-01
        std::uint64_t choices = 1;   // how many there are from there on
        std::size_t digits = 0;
    };
    struct Template {
        std::string command;  // empty for a question
        std::vector<Part> parts;
    };

    explicit LoadMix(std::string date);
    void learn(std::string command, std::string_view body);
    static std::optional<Part> blank_of(std::string_view words);
    std::int64_t drawn(const Part& part);
    void fill(const Template& from, std::string& out);
    std::uint64_t random();

    std::string date_;
    std::vector<Template> templates_;
    std::uint64_t made_ = 0;
    std::uint64_t random_state_;
};

}  // namespace kontor
