// A stock document that is being made of its lines, whatever it tells: whether goods may move so,
// in which stock they are costed, and on which accounts.
#pragma once

#include "domain/core/decision.h"
#include "domain/inventory/stock_moves.h"
#include "domain/inventory/stocked_items.h"

#include <optional>
#include <set>

namespace kontor::inventory {

// The seconds of a day at which moves stand that say none: issues in its last minute, returns
// behind them, counts at its close.
inline constexpr std::int64_t second_of_issues = 86'340;
inline constexpr std::int64_t second_of_returns = 86'370;
inline constexpr std::int64_t second_of_counts = 86'399;

// Where a line says that it is.
struct AskedPlace {
    const WarehouseCode& warehouse;
    std::optional<LocationCode> location = std::nullopt;  // none: the warehouse's default one
    StockState state = StockState::free;
};

// Why it is no cost of a receipt: cost_not_in_base_currency or cost_negative.
Objection fault_of_cost(const World&, const CompanyCode&, const items::ItemCode&, const Money&);
// The document, unless it is unknown or reversed.
Objection find_open(const World&, const CompanyCode&, const StockDocumentId&,
                    const StockDocument*&);

class DocumentLines {
public:
    // `moved` has all but lines.
    DocumentLines(const World&, StockMoved moved,
                  const std::optional<ledger::AccountCode>& counterpart = {});

    // What is wrong with it that is no line's: company_unknown, stock_document_exists,
    // account_unknown or account_is_summary.
    Objection fault() const;
    // Why a line cannot move: it is no goods, there is no such place, no such lot, no such
    // quantity; none when it can, and then its item, place and quantity in the base unit.
    Objection find_goods(const items::ItemCode&, const AskedPlace&, const std::optional<LotCode>&,
                         const Quantity&, LeastQuantity, MovedLine&) const;
    // Adds a line, costed and posted; serial_not_single, serial_in_stock, stock_accounts_missing.
    // `account`: of its accounts, the one beside stock where the document and the line name none.
    Objection add(MovedLine, ledger::AccountCode StockAccounts::*account);
    // Whether it can be, and what it posts and makes of other lines.
    Objection finish(const Context&);
    std::size_t size() const { return moved_.lines.size(); }
    const MovedLine& last() const { return moved_.lines.back(); }
    StockMoved moved() && { return std::move(moved_); }

private:
    std::int64_t brought_of(const MovedLine&) const;
    void find_area(MovedLine&) const;

    const World& world_;
    const CompanyCode company_;
    const std::optional<ledger::AccountCode> counterpart_;
    StockMoved moved_;
    std::set<SeriesKey> begun_;
};

}  // namespace kontor::inventory
