// Templates are cut at their blanks once, so that making a command only appends.
#include "tools/load_mix.h"

#include "domain/core/date.h"
#include "tools/command_line.h"

#include <algorithm>
#include <charconv>
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

// Leading zeros are allowed: they say how wide the numbers are.
std::optional<std::int64_t> plain_number(std::string_view digits) {
    std::int64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return number;
}

void append_decimal(std::int64_t number, std::size_t digits, std::string& out) {
    const std::string text = std::to_string(number);
    if (text.size() < digits) out.append(digits - text.size(), '0');
    out += text;
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

// What stands between two braces, if it is a blank; all else is text of the command.
std::optional<LoadMix::Part> LoadMix::blank_of(std::string_view words) {
    if (words == "uuid") return Part{{}, Blank::uuid};
    if (words == "seq") return Part{{}, Blank::seq};
    if (words == "date") return Part{{}, Blank::date};
    const std::size_t first = words.find(':');
    const std::size_t second = words.find(':', std::min(first, words.size() - 1) + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const std::string_view kind = words.substr(0, first);
    const std::string_view from = words.substr(first + 1, second - first - 1);
    const std::string_view to = words.substr(second + 1);
    std::optional<std::int64_t> least, most;
    if (kind == "number") {
        least = plain_number(from);
        most = plain_number(to);
    } else if (kind == "day") {
        if (const auto day = date_from(from)) least = day->days;
        if (const auto day = date_from(to)) most = day->days;
    }
    if (!least || !most || *least < 0 || *most < *least) return std::nullopt;
    return Part{{},
                kind == "day" ? Blank::day : Blank::number,
                *least,
                static_cast<std::uint64_t>(*most - *least) + 1,
                from.size()};
}

void LoadMix::learn(std::string command, std::string_view body) {
    Template made{std::move(command), {}};
    std::string text;
    while (!body.empty()) {
        const std::size_t end = body.front() == '{' ? body.find('}') : std::string_view::npos;
        std::optional<Part> part;
        if (end != std::string_view::npos && end > 1) part = blank_of(body.substr(1, end - 1));
        if (!part) {
            text += body.front();
            body.remove_prefix(1);
            continue;
        }
        part->text = std::exchange(text, {});
        made.parts.push_back(std::move(*part));
        body.remove_prefix(end + 1);
    }
    made.parts.push_back({std::move(text)});
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
        const auto text = [&](const char* name) {
            return read.is_object() && read.contains(name) && read[name].is_string()
                       ? read[name].get<std::string>()
                       : std::string();
        };
        if (const std::string address = text("query"); address.starts_with('/'))
            mix.learn({}, address);
        else if (const std::string command = text("command");
                 !command.empty() && read.contains("data"))
            mix.learn(command, read["data"].dump());
        else
            throw Unable("Line " + std::to_string(number) +
                         " of the mix is neither {\"command\": ..., \"data\": ...} nor "
                         "{\"query\": \"/...\"}.");
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

bool LoadMix::asks() const {
    return std::ranges::any_of(templates_, [](const Template& one) { return one.command.empty(); });
}

std::int64_t LoadMix::drawn(const Part& part) {
    return part.least + static_cast<std::int64_t>(random() % part.choices);
}

void LoadMix::fill(const Template& from, std::string& out) {
    for (const Part& part : from.parts) {
        out += part.text;
        switch (part.behind) {
            case Blank::none: break;
            case Blank::uuid: out += new_uuid(); break;
            case Blank::seq: out += std::to_string(made_); break;
            case Blank::date: out += date_; break;
            case Blank::day: out += to_text(Date{static_cast<std::int32_t>(drawn(part))}); break;
            case Blank::number: append_decimal(drawn(part), part.digits, out); break;
        }
    }
}

LoadMix::Command LoadMix::next() {
    const Template& from = templates_[made_ % templates_.size()];
    ++made_;
    Command command{from.command, {}, {}, from.command.empty()};
    if (!command.asks) command.id = new_uuid();
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
