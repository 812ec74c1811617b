// Which lines of a statement an account is in, and what its balances add to each.
#pragma once

#include "domain/ledger/statement_layouts.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/ledger_totals.h"

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace kontor::ledger {

using Chart = std::map<AccountCode, ChartAccount>;

// From one day, if any, to where a scope ends.
struct Span {
    Scope scope;
    std::optional<Date> from;
};

// A question about a statement with everything found that it names.
struct AskedStatement {
    CompanyCode company;
    DimensionFilter dimensions;
    Currency base;
    Currency shown;  // what its figures are told in
    StatementDefined layout;
    Chart chart;
    Span span;
    std::optional<Span> compared;

    bool translated() const { return shown != base; }
};

// What an account was before a span, what the span moved, what of that is revaluation, and what in
// the span is told of the time before the books began; debit positive. Of cash in another currency,
// what rates made of it beside: it is neither received nor paid (IAS 7.28).
struct SpannedBalance {
    Wide before = 0;
    Wide since = 0;
    Wide opening = 0;
    Wide revalued = 0;
    Wide exchange = 0;

    Wide all() const { return before + since + opening + exchange; }
    // What it comes to where a debit adds so.
    Wide figure(const DebitAdds& adds) const {
        return adds.before * before + adds.since * since + adds.opening * opening +
               adds.revalued * revalued + adds.exchange * exchange;
    }
};
using SpannedBalances = std::map<AccountCode, SpannedBalance>;
SpannedBalances balances_of(const AsOf&, const CompanyCode&, const DimensionFilter&, const Span&);

class StatementLines {
public:
    // Both outlive it.
    StatementLines(const StatementDefined& layout, const Chart& chart);

    std::optional<std::size_t> at(std::string_view line) const;
    // The line that an account is in with a figure: the one that names it, or else the one that
    // names the nearest heading above it.
    std::optional<std::size_t> of(const AccountCode&, LineFigure = LineFigure::movement) const;
    // How often each line with accounts is in a line, itself or through what it adds. A position's
    // figure is signed as its own line shows it, so that total assets add assets.
    const std::map<std::size_t, Wide>& parts_of(std::size_t line) const { return parts_[line]; }
    // What a debit on each account adds to a line; accounts that add nothing are left out.
    std::map<AccountCode, DebitAdds> adds_to(std::size_t line) const;
    // Whether the account is cash: in a line with another figure than movements.
    bool is_cash(const AccountCode&) const;
    // What an account should show and no line does; 0 where it is in one or belongs in none.
    Wide lacking(const AccountCode&, const SpannedBalance&) const;
    // What a debit on each account adds to what no line shows, and to the movement of cash.
    std::map<AccountCode, DebitAdds> adds_to_unassigned() const;
    std::map<AccountCode, DebitAdds> adds_to_cash_movement() const;

private:
    using Named = std::map<AccountCode, std::size_t>;
    std::optional<std::size_t> nearest(const Named&, const AccountCode&) const;
    DebitAdds lacking_adds(const AccountCode&) const;
    // What a debit adds to lines with accounts themselves.
    std::vector<std::pair<std::size_t, DebitAdds>> own_adds(const AccountCode&) const;

    const StatementDefined& layout_;
    const Chart& chart_;
    std::map<StatementLineCode, std::size_t> index_;
    std::vector<std::map<std::size_t, Wide>> parts_;  // by line, from those above it
    std::array<Named, 4> named_;                      // by figure
    Named added_back_;
    std::vector<std::pair<AccountCode, std::vector<std::pair<std::size_t, DebitAdds>>>> accounts_;
};

// A line of neither accounts nor lines, that no other line is taken out by.
bool is_caption(const StatementLine&, const StatementDefined&);

// The sum of what accounts add.
Wide figure_of(const std::map<AccountCode, DebitAdds>&, const SpannedBalances&);

// All figures of a statement.
struct LineFigures {
    std::vector<Wide> lines;
    Wide unassigned = 0;
    std::vector<AccountCode> unassigned_accounts;
    Wide cash_movement = 0;
};
LineFigures figures_of(const SpannedBalances&, const StatementDefined&, const StatementLines&);

}  // namespace kontor::ledger
