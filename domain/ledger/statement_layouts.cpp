// Which layouts of financial statements make sense.
#include "domain/ledger/statement_layouts.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace kontor::ledger {

namespace {

int ways_to_sum(const StatementLine& line) {
    return !line.accounts.empty() + !line.adds.empty() + !line.adds_back.empty();
}

bool is_out_of_place(const StatementLine& line, StatementKind kind) {
    const bool of_cash_flow =
        line.figure != LineFigure::movement || !line.adds_back.empty() || line.against;
    return (of_cash_flow && kind != StatementKind::cash_flow) ||
           (line.figure != LineFigure::movement && line.accounts.empty()) ||
           (line.comprehensive && kind != StatementKind::changes_in_equity);
}

bool is_against_nothing(const StatementLine& line, const std::vector<StatementLine>& all) {
    if (line.adds_back.empty() && line.figure != LineFigure::exchange)
        return line.against.has_value();
    // What rates made of cash may have a line of its own to be taken out by.
    const bool alone = line.figure == LineFigure::exchange;
    return std::ranges::none_of(all, [&](const StatementLine& other) {
        const bool takes =
            alone ? other.adds.empty() && other.adds_back.empty() : !other.accounts.empty();
        return other.line == line.against && takes && other.figure == LineFigure::movement;
    });
}

using Counts = std::map<StatementLineCode, std::int64_t>;

// How often a line counts those that sum; empty where that is too often.
std::optional<Counts> counted_by(const StatementLine& line,
                                 const std::map<StatementLineCode, Counts>& above) {
    if (line.adds.empty()) return Counts{{line.line, 1}};
    Counts counts;
    for (const StatementLineCode& added : line.adds)
        for (const auto& [part, times] : above.at(added))
            if ((counts[part] += times) > most_times_in_a_line) return std::nullopt;
    return counts;
}

}  // namespace

Decision<StatementDefined> decide(const World& world, const DefineStatement& define,
                                  const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    // Each line with how often it counts those that sum.
    std::map<StatementLineCode, Counts> above;
    std::array<std::set<AccountCode>, 4> named;  // by figure
    std::set<AccountCode> added_back;
    Objection wrong;
    const auto name = [&](const std::vector<AccountCode>& accounts, std::set<AccountCode>& once) {
        for (const AccountCode& account : accounts) {
            if (wrong) return;
            if (!once.insert(account).second)
                wrong = account_in_two_lines.about(account);
            else if (!world.of<Accounts>().find({define.company, account}))
                wrong = statement_account_unknown.about(account);
        }
    };
    for (std::size_t at = 0; at < define.lines.size(); ++at) {
        const StatementLine& line = define.lines[at];
        const auto refused = [&](Objection because) { return std::move(because).at("lines", at); };
        if (above.contains(line.line)) return refused(statement_line_twice.about(line.line));
        if (ways_to_sum(line) > 1) return refused(statement_line_of_two_kinds.about(line.line));
        if (is_out_of_place(line, define.kind))
            return refused(statement_line_out_of_place.about(line.line));
        for (const StatementLineCode& added : line.adds)
            if (!above.contains(added)) return refused(statement_line_unknown.about(added));
        auto counts = counted_by(line, above);
        if (!counts) return refused(statement_line_too_often.about(line.line));
        name(line.accounts, named[static_cast<std::size_t>(line.figure)]);
        name(line.adds_back, added_back);
        if (wrong) return refused(std::move(wrong));
        above.emplace(line.line, std::move(*counts));
    }
    for (const StatementLine& line : define.lines)
        if (is_against_nothing(line, define.lines)) return against_nothing.about(line.line);
    return StatementDefined{define.company, define.statement, define.name, define.kind,
                            define.lines};
}

void evolve(Statements& statements, const StatementDefined& defined) {
    statements.put({defined.company, defined.statement}, {defined.kind});
}

Part statement_layouts() {
    return Part()
        .table<Statements>("ledger.statements")
        .commands<DefineStatement>()
        .event<StatementDefined, Statements>();
}

}  // namespace kontor::ledger
