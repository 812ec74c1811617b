// Templates are cut at their blanks once, so that making a command only appends.
#include "tools/load_mix.h"

#include "tools/command_line.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

namespace kontor {
namespace {

using Json = nlohmann::ordered_json;

void append_hex(std::uint64_t number, int digits, std::string& out) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(number >> shift) & 15];
}

Json line_of_entry(const std::string& account, const char* side, const std::string& currency) {
    return {{"account", account},
            {"side", side},
            {"amount", {{"amount", "10.00"}, {"currency", currency}}}};
}

}  // namespace

LoadMix::LoadMix(std::string date) : date_(std::move(date)) {
    std::random_device device;
    random_state_ = (std::uint64_t{device()} << 32) | device();
}

// SplitMix64: a load must not wait for the system's randomness at each id.
std::uint64_t LoadMix::random() {
    std::uint64_t mixed = (random_state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

std::string LoadMix::new_uuid() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
    const std::uint64_t high = random();
    const std::uint64_t low = random();
    std::string text;
    text.reserve(36);
    append_hex(static_cast<std::uint64_t>(millis) >> 16, 8, text);
    text += '-';
    append_hex(static_cast<std::uint64_t>(millis) & 0xffff, 4, text);
    text += "-7";
    append_hex(high & 0xfff, 3, text);
    text += '-';
    append_hex(0x8000 | (low >> 50), 4, text);
    text += '-';
    append_hex(low & 0xffffffffffffU, 12, text);
    return text;
}

void LoadMix::learn(std::string command, std::string_view body) {
    constexpr std::pair<std::string_view, Blank> blanks[] = {
        {"{uuid}", Blank::uuid}, {"{seq}", Blank::seq}, {"{date}", Blank::date}};
    Template made{std::move(command), {}};
    std::size_t from = 0;
    while (true) {
        std::size_t nearest = std::string_view::npos;
        std::size_t length = 0;
        Blank kind = Blank::none;
        for (const auto& [name, blank] : blanks) {
            const std::size_t at = body.find(name, from);
            if (at >= nearest) continue;
            nearest = at;
            length = name.size();
            kind = blank;
        }
        made.parts.push_back({std::string(body.substr(from, nearest - from)), kind});
        if (kind == Blank::none) break;
        from = nearest + length;
    }
    templates_.push_back(std::move(made));
}

LoadMix LoadMix::of_lines(std::string_view lines, std::string date) {
    LoadMix mix(std::move(date));
    std::size_t number = 0;
    while (!lines.empty()) {
        ++number;
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const Json read = Json::parse(line, nullptr, false);
        const bool right = read.is_object() && read.contains("command") &&
                           read["command"].is_string() && read.contains("data");
        if (!right)
            throw Unable("Line " + std::to_string(number) +
                         " of the mix is not {\"command\": ..., \"data\": ...}.");
        mix.learn(read["command"].get<std::string>(), read["data"].dump());
    }
    if (mix.templates_.empty()) throw Unable("The mix has no line.");
    return mix;
}

LoadMix LoadMix::entries(const std::string& company, const std::string& journal,
                         const std::vector<std::string>& accounts, const std::string& currency,
                         std::string date) {
    if (accounts.size() < 2) throw Unable("An entry needs two accounts.");
    LoadMix mix(std::move(date));
    const Json entry{{"company", company},
                     {"entry", "{uuid}"},
                     {"journal", journal},
                     {"date", "{date}"},
                     {"text", "Load {seq}"},
                     {"lines",
                      {line_of_entry(accounts[0], "debit", currency),
                       line_of_entry(accounts[1], "credit", currency)}}};
    mix.learn("PostEntry", entry.dump());
    return mix;
}

void LoadMix::fill(const Template& from, std::string& out) {
    for (const Part& part : from.parts) {
        out += part.text;
        switch (part.behind) {
            case Blank::none: break;
            case Blank::uuid: out += new_uuid(); break;
            case Blank::seq: out += std::to_string(made_); break;
            case Blank::date: out += date_; break;
        }
    }
}

LoadMix::Command LoadMix::next() {
    const Template& from = templates_[made_ % templates_.size()];
    ++made_;
    Command command{from.command, new_uuid(), {}};
    fill(from, command.body);
    return command;
}

void LoadMix::append_line(std::string& out) {
    const Template& from = templates_[made_ % templates_.size()];
    ++made_;
    out += "{\"id\":\"" + new_uuid() + "\",\"command\":\"" + from.command + "\",\"data\":";
    fill(from, out);
    out += "}\n";
}

}  // namespace kontor
