// What moved the components of equity, entry by entry: owners, other components, the result, or
// what is earned and no income.
#pragma once

#include "domain/ledger/entries.h"
#include "projections/ledger/statement_lines.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace kontor::ledger {

// The columns of changes in equity.
enum class EquityColumn : std::uint8_t {
    opening,
    profit,
    comprehensive,
    contribution,
    distribution,
    against_profit,
    transfer,
    translation,
    closing,
};
constexpr std::size_t equity_columns = 9;
using EquityRow = std::array<Wide, equity_columns>;  // credit positive

// As the fields of a row are named.
std::optional<EquityColumn> equity_column_named(std::string_view field);

inline Wide& in(EquityRow& row, EquityColumn column) {
    return row[static_cast<std::size_t>(column)];
}
inline Wide in(const EquityRow& row, EquityColumn column) {
    return row[static_cast<std::size_t>(column)];
}

class EquityEntries {
public:
    // Both outlive it.
    EquityEntries(const AskedStatement& asked, const StatementLines& lines)
        : asked_(asked), lines_(lines) {}

    bool is_result(const AccountCode& account) const {
        return is_income_or_expense(asked_.chart.at(account).kind);
    }
    bool is_equity(const AccountCode& account) const {
        return !is_result(account) && (asked_.chart.at(account).kind == AccountKind::equity ||
                                       lines_.of(account).has_value());
    }
    // Calls with the component, the account, the column and the amount, credit positive. What the
    // books began with moved nothing.
    using EachMove =
        std::function<void(std::size_t component, const AccountCode&, EquityColumn, Wide amount)>;
    void moves_of(const EntryPosted&, const EachMove&) const;
    // Entries on equity as a scope counts them, and those on results as far as they close years, in
    // order.
    void each_entry(const AsOf&, const Scope&,
                    const std::function<void(const EventRef&, const EntryPosted&)>& call) const;

private:
    const AskedStatement& asked_;
    const StatementLines& lines_;
};

}  // namespace kontor::ledger
