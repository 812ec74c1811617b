// How a line of a stock document is looked over, and where it is costed.
#include "domain/inventory/document_lines.h"

#include "domain/inventory/costing_steps.h"
#include "domain/inventory/lots.h"
#include "domain/inventory/moving.h"
#include "domain/inventory/stock_documents.h"

#include <utility>

namespace kontor::inventory {

Objection fault_of_cost(const World& world, const CompanyCode& company, const items::ItemCode& item,
                        const Money& cost) {
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    if (cost.currency != base) return cost_not_in_base_currency.about(item, base);
    if (cost.minor < 0) return cost_negative.about(item, cost);
    return {};
}

Objection find_open(const World& world, const CompanyCode& company, const StockDocumentId& id,
                    const StockDocument*& document) {
    document = world.of<StockDocuments>().find({company, id});
    if (!document) return stock_document_unknown.about(id);
    if (document->reversed) return stock_document_reversed.about(id);
    return {};
}

DocumentLines::DocumentLines(const World& world, StockMoved moved,
                             const std::optional<ledger::AccountCode>& counterpart)
    : world_(world), company_(moved.company), counterpart_(counterpart), moved_(std::move(moved)) {}

Objection DocumentLines::fault() const {
    if (!world_.of<companies::Companies>().find(company_))
        return companies::company_unknown.about(company_);
    if (world_.of<StockDocuments>().find({company_, moved_.document}))
        return stock_document_exists.about(moved_.document);
    return counterpart_ ? fault_of_account(world_, company_, *counterpart_) : Objection();
}

Objection DocumentLines::find_goods(const items::ItemCode& item, const AskedPlace& at,
                                    const std::optional<LotCode>& lot, const Quantity& quantity,
                                    LeastQuantity least, MovedLine& line) const {
    if (Objection fault = fault_of_item(world_, company_, item)) return fault;
    if (Objection fault =
            find_place(world_, company_, at.warehouse, at.location, at.state, line.place))
        return fault;
    if (Objection fault = fault_of_lot(world_, company_, item, lot)) return fault;
    line.item = item;
    line.place.lot = lot;
    return find_quantity(world_, company_, item, quantity, least, line.quantity);
}

Objection DocumentLines::add(MovedLine line, ledger::AccountCode StockAccounts::*account) {
    if (Objection fault = fault_of_serial(world_, company_, line, brought_of(line))) return fault;
    const StockPosting* posting = stock_posting_of(world_, company_, line.item, moved_.date);
    if (!posting) return stock_accounts_missing.about(line.item);
    if (counterpart_)
        line.counterpart = *counterpart_;
    else if (line.counterpart.text.empty())
        line.counterpart = posting->accounts.*account;
    find_area(line);
    const SeriesKey series = series_of(company_, line);
    if (!world_.of<AllStockSeries>().find(series) && begun_.insert(series).second)
        line.begins = costing_over_time(world_, company_, line.item, posting->accounts);
    line.line = static_cast<std::int64_t>(moved_.lines.size()) + 1;
    moved_.lines.push_back(std::move(line));
    return {};
}

// What the document brings of a line's lot before it.
std::int64_t DocumentLines::brought_of(const MovedLine& line) const {
    std::int64_t brought = 0;
    for (const MovedLine& other : moved_.lines)
        if (other.item == line.item && other.place.lot == line.place.lot)
            brought += other.quantity.micro;
    return brought;
}

// All stock of an item is told apart in one way: as its first series is, else as is set.
void DocumentLines::find_area(MovedLine& line) const {
    std::optional<SeriesKey> first;
    each_series(world_, company_, line.item, [&](const SeriesKey& key, const StockSeries&) {
        if (!first) first = key;
    });
    const auto found = items::costing_of(world_, company_, line.item, moved_.date);
    const items::Costing costing = found ? found->costing : items::Costing{};
    const bool by_warehouse =
        first ? first->area.has_value() : costing.area == items::ValuationArea::warehouse;
    const bool by_lot =
        first ? first->lot.has_value() : costing.method == items::CostingMethod::lot;
    if (by_warehouse) line.area = line.place.warehouse;
    if (by_lot) line.costed_lot = line.place.lot;
}

Objection DocumentLines::finish(const Context& context) {
    if (!ledger::fiscal_day(world_, company_, moved_.date))
        return ledger::date_outside_calendar.about(moved_.date);
    return settle(world_, context, moved_);
}

}  // namespace kontor::inventory
