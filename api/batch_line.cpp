// Finds the members of a batch's line without reading what is inside them.
#include "api/batch_line.h"

#include "api/scalar_text.h"

#include <algorithm>

namespace kontor {
namespace {

struct MemberText {
    std::string_view name;   // as written, in its quotes
    std::string_view value;  // as written
};

// Steps over JSON far enough to find where values end; what is inside a value is checked by whoever
// reads it.
class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {}

    // Empty when the text is not one object.
    std::optional<std::vector<MemberText>> members() {
        std::vector<MemberText> members;
        space();
        if (!take('{')) return std::nullopt;
        space();
        if (!take('}')) {
            do {
                space();
                const auto name = value();
                if (name.empty() || name.front() != '"') return std::nullopt;
                space();
                if (!take(':')) return std::nullopt;
                space();
                const auto held = value();
                if (held.empty()) return std::nullopt;
                members.push_back({name, held});
                space();
            } while (take(','));
            if (!take('}')) return std::nullopt;
        }
        space();
        if (at_ != text_.size()) return std::nullopt;
        return members;
    }

private:
    void space() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    // Empty when no value stands here.
    std::string_view value() {
        const std::size_t start = at_;
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                if (!text()) return {};
                if (depth == 0) break;
                continue;
            }
            if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (depth == 0) break;
                if (--depth == 0) {
                    ++at_;
                    break;
                }
            } else if (depth == 0 && (c == ',' || c == ':' || c == ' ')) {
                break;
            }
            ++at_;
        }
        return depth == 0 ? text_.substr(start, at_ - start) : std::string_view();
    }
    bool text() {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == '"') {
                ++at_;
                return true;
            }
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void read_member(const MemberText& member, BatchLine& line, std::vector<std::string>& seen) {
    std::string name;
    if (!read_json(type_of<std::string>(), member.name, &name).empty()) {
        line.faults.push_back({"", "has a member whose name is no JSON text"});
        return;
    }
    const std::string pointer = pointer_to("", shown(name));
    if (std::ranges::find(seen, name) != seen.end()) {
        line.faults.push_back({pointer, "stands twice"});
        return;
    }
    seen.push_back(name);
    const auto read = [&](const Type& type, void* value) {
        for (Fault& fault : read_json(type, member.value, value))
            line.faults.push_back({pointer + fault.pointer, fault.problem});
    };
    if (name == "id") {
        std::string id;
        read(type_of<std::string>(), &id);
        if (const auto fault = fault_of_command_id(id); !fault.empty())
            line.faults.push_back({pointer, std::string(fault)});
        line.id = std::move(id);
    } else if (name == "command") {
        read(type_of<std::string>(), &line.command);
    } else if (name == "if_match") {
        std::int64_t version = 0;
        read(type_of<std::int64_t>(), &version);
        if (version < 0) line.faults.push_back({pointer, "must not be below 0"});
        line.if_match = version;
    } else if (name == "data") {
        line.data = member.value;
    } else {
        line.faults.push_back({pointer, "is not a member of a batch's line"});
    }
}

}  // namespace

std::string_view fault_of_command_id(std::string_view id) {
    if (id.empty()) return "must not be empty";
    if (id.size() > 128) return "must be at most 128 characters long";
    const bool printable = std::ranges::all_of(id, [](char c) { return c > ' ' && c < 0x7f; });
    return printable ? "" : "must be printable ASCII without spaces";
}

BatchLine read_batch_line(std::string_view text) {
    BatchLine line;
    const auto members = Splitter(text).members();
    if (!members) {
        line.faults.push_back({"", "must be one JSON object"});
        return line;
    }
    std::vector<std::string> seen;
    for (const MemberText& member : *members) {
        read_member(member, line, seen);
        if (line.faults.size() < most_faults) continue;
        // Enough is told. What goes on here would look for each name among all before it: a line
        // of many members would hold the server for as long as its sender likes.
        line.faults.resize(most_faults);
        return line;
    }
    for (const std::string_view wanted : {"id", "command", "data"})
        if (std::ranges::find(seen, wanted) == seen.end() && line.faults.size() < most_faults)
            line.faults.push_back({"/" + std::string(wanted), "is missing"});
    return line;
}

}  // namespace kontor
