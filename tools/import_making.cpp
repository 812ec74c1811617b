// Groups of rows, each complete when its last row has been read.
#include "tools/import_making.h"

#include "api/json.h"
#include "api/query_text.h"
#include "domain/core/id.h"
#include "tools/command_line.h"

#include <algorithm>
#include <unordered_set>

namespace kontor::imports {
namespace {

constexpr std::size_t most_held = 512u << 20;  // octets of rows whose groups are not complete
constexpr std::size_t longest_id = 128;

std::size_t size_of(const Row& row) {
    std::size_t size = sizeof(Row) + row.cells.size() * sizeof(std::string);
    for (const std::string& cell : row.cells) size += cell.size();
    return size;
}

std::vector<const Row*> pointers(const std::vector<Row>& rows) {
    std::vector<const Row*> all;
    all.reserve(rows.size());
    for (const Row& row : rows) all.push_back(&row);
    return all;
}

}  // namespace

std::string command_id(const std::string& ids, const std::string& own, std::uint64_t attempt) {
    std::string id = ids + ':';
    for (const char c : own)
        if (c > ' ' && c < 0x7f && c != '%' && c != '~')
            id += c;
        else
            append_percent_octet(c, id);
    std::string suffix;
    if (attempt > 1) suffix.append("~").append(std::to_string(attempt));
    if (id.size() + suffix.size() > longest_id) suffix = "~" + to_text(named_uuid({}, id)) + suffix;
    return id.substr(0, longest_id - suffix.size()) + suffix;
}

CommandMaking::CommandMaking(const Mapping& mapping, ImportFile& file,
                             std::vector<std::size_t> places)
    : mapping_(mapping),
      file_(file),
      reckoning_(mapping, std::move(places)),
      only_once_(std::ranges::all_of(
          mapping.commands,
          [](const CommandRule& rule) { return rule.takes == CommandRule::Takes::once_per; })),
      groups_(mapping.commands.size()) {}

// A row that cannot be judged counts: whoever uses it says what is wrong with it.
const std::string* CommandMaking::left_out(Row& row) const {
    const Row* const one[] = {&row};
    try {
        for (const LeftOut& rule : mapping_.leave_out)
            if (reckoning_.holds(rule.when, {one, 1})) return &rule.reason;
    } catch (const Unreadable& why) {
        row.trouble = why.what();
    }
    return nullptr;
}

bool CommandMaking::takes(const CommandRule& rule, std::size_t number, Row& row) const {
    if (row.only != 0 && row.only != number) return false;
    const Row* const one[] = {&row};
    try {
        return reckoning_.holds(rule.when, {one, 1});
    } catch (const Unreadable& why) {
        row.trouble = why.what();
        return true;
    }
}

bool CommandMaking::key_of(const CommandRule& rule, Row& row, std::string& key) const {
    try {
        key = reckoning_.key(rule.key, row);
        // Parts of a group that were refused apart stay apart.
        if (row.part != 0) key += "#" + std::to_string(row.part);
        return true;
    } catch (const Unreadable& why) {
        row.trouble = why.what();
        return false;
    }
}

void CommandMaking::survey(const std::function<void(std::uint64_t)>& at) {
    file_.rewind();
    Row row;
    std::string key;
    while (file_.next(row)) {
        ++tally_.rows;
        at(file_.octets());
        if (const std::string* reason = left_out(row)) {
            ++tally_.rows_left_out[*reason];
            continue;
        }
        for (std::size_t which = 0; which < mapping_.commands.size(); ++which) {
            const CommandRule& rule = mapping_.commands[which];
            if (rule.takes == CommandRule::Takes::group && takes(rule, which + 1, row) &&
                key_of(rule, row, key))
                ++groups_[which][key].rows;
        }
    }
}

void CommandMaking::make(const std::function<void(Made)>& to,
                         const std::function<void(std::uint64_t)>& at) {
    steps_done_ = 0;
    for (std::size_t which = 0; which < mapping_.commands.size(); ++which) pass(which, to, at);
}

void CommandMaking::pass(std::size_t command, const std::function<void(Made)>& to,
                         const std::function<void(std::uint64_t)>& at) {
    using Takes = CommandRule::Takes;
    const CommandRule& rule = mapping_.commands[command];
    std::unordered_set<std::string> once;
    std::unordered_map<std::string, std::vector<Row>> open;
    std::size_t held = 0;
    std::string key;
    Row row;
    const auto alone = [&] {
        std::vector<Row> rows;
        rows.push_back(std::move(row));
        row = Row();
        finish(command, std::move(rows), to);
    };
    file_.rewind();
    while (file_.next(row)) {
        at(++steps_done_);
        if (left_out(row) || !takes(rule, command + 1, row)) continue;
        if (rule.takes == Takes::each_row) {
            alone();
            continue;
        }
        if (rule.takes == Takes::once_per) {
            // Commands that take the row refuse it; here another row of the key may do.
            if (!row.trouble.empty() && !only_once_) continue;
            if (!key_of(rule, row, key) ? only_once_ : once.insert(key).second) alone();
            continue;
        }
        if (!key_of(rule, row, key)) {
            alone();
            continue;
        }
        Group& group = groups_[command][key];
        std::vector<Row>& rows = open[key];
        held += size_of(row);
        if (held > most_held)
            throw Unable("the rows of the groups of " + rule.pointer +
                         " lie too far apart to be collected; sort the file by what they are "
                         "grouped by");
        rows.push_back(std::move(row));
        row = Row();
        if (++group.seen < group.rows) continue;
        group.seen = 0;
        for (const Row& one : rows) held -= size_of(one);
        std::vector<Row> whole = std::move(rows);
        open.erase(key);
        finish(command, std::move(whole), to);
    }
}

void CommandMaking::finish(std::size_t command, std::vector<Row> rows,
                           const std::function<void(Made)>& to) {
    const CommandRule& rule = mapping_.commands[command];
    const std::uint64_t first_part = rows.front().part;
    bool troubled = std::ranges::any_of(rows, [](const Row& row) { return !row.trouble.empty(); });
    try {
        const auto all = pointers(rows);
        for (const LeftOut& group : rule.leave_out)
            if (!troubled && reckoning_.holds(group.when, {all, 1})) {
                ++tally_.groups_left_out[group.reason];
                return;
            }
    } catch (const Unreadable& why) {
        rows.front().trouble = why.what();
        troubled = true;
    }
    // Of a group with a row that cannot be read no part is made.
    if (troubled || first_part != 0 || rule.most_rows == 0 || rows.size() <= rule.most_rows) {
        to(made(command, std::move(rows), first_part));
        return;
    }
    for (std::size_t start = 0, part = 1; start < rows.size(); start += rule.most_rows, ++part) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(start);
        const auto end = rows.begin() +
                         static_cast<std::ptrdiff_t>(std::min(start + rule.most_rows, rows.size()));
        to(made(command, {std::make_move_iterator(begin), std::make_move_iterator(end)}, part));
    }
}

Made CommandMaking::made(std::size_t command, std::vector<Row> rows, std::uint64_t part) {
    const CommandRule& rule = mapping_.commands[command];
    Made made;
    made.command = command + 1;
    made.part = part;
    for (const Row& row : rows) {
        made.attempt = std::max(made.attempt, row.attempt);
        if (made.why_not.empty() && !row.trouble.empty()) made.why_not = row.trouble;
    }
    if (made.why_not.empty()) try {
            const auto all = pointers(rows);
            const Scope scope{all, std::max<std::uint64_t>(part, 1)};
            const std::string data = reckoning_.json(rule.fields, scope);
            made.id = command_id(mapping_.ids, reckoning_.text(rule.id, scope), made.attempt);
            made.line = "{\"id\":";
            append_json_text(made.id, made.line);
            made.line += ",\"command\":\"" + rule.command + "\",\"data\":" + data + "}\n";
        } catch (const Unreadable& why) {
            made.why_not = why.what();
        }
    made.rows = std::move(rows);
    return made;
}

}  // namespace kontor::imports
