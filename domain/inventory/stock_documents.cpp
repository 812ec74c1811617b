// When goods may come in and go out, and how a document is put right.
#include "domain/inventory/stock_documents.h"

#include "domain/core/catalog.h"
#include "domain/inventory/moving.h"

#include <set>
#include <utility>

namespace kontor::inventory {

namespace {

constexpr std::int64_t end_of_day = 86'340;  // issues are in a day's last minute

// Why a quantity is none of the item; none when it is, and then in its base unit.
Objection find_quantity(const World& world, const CompanyCode& company, const items::ItemCode& item,
                        const Quantity& asked, Quantity& quantity) {
    if (asked.micro <= 0) return quantity_not_positive.about(item, asked);
    const auto exact = items::in_base_unit(world, company, item, asked);
    const auto found = exact ? items::whole(*exact) : std::nullopt;
    if (!found || found->micro == 0 || !items::fits_unit(world, company, *found))
        return quantity_not_whole.about(item, asked);
    quantity = *found;
    return {};
}

Objection fault_of_cost(const World& world, const CompanyCode& company, const items::ItemCode& item,
                        const Money& cost) {
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    if (cost.currency != base) return cost_not_in_base_currency.about(item, base);
    if (cost.minor < 0) return cost_negative.about(item, cost);
    return {};
}

Objection fault_of_item(const World& world, const CompanyCode& company,
                        const items::ItemCode& code) {
    const items::Item* item = world.of<items::Items>().find({company, code});
    if (!item) return items::item_unknown.about(code);
    if (!item->is_template && item->kind != items::ItemKind::goods)
        return item_not_in_stock.about(code);
    return items::fault_of_use(world, company, code, items::ItemUse::move);
}

Objection fault_of_lot(const World& world, const CompanyCode& company, const items::ItemCode& code,
                       const std::optional<LotCode>& lot) {
    const bool tracked =
        world.of<items::Items>().find({company, code})->tracking != items::Tracking::none;
    if (tracked && !lot) return lot_missing.about(code);
    if (!tracked && lot) return lot_not_tracked.about(code, *lot);
    return {};
}

CostFormula formula_of(items::CostingMethod method) {
    switch (method) {
        case items::CostingMethod::moving_average: return CostFormula::moving_average;
        case items::CostingMethod::standard: return CostFormula::standard;
        default: return CostFormula::fifo;  // of one lot, any formula is its own cost
    }
}

// A line that is about to move, whichever way.
struct Asked {
    const items::ItemCode& item;
    const Quantity& quantity;
    const WarehouseCode& warehouse;
    const std::optional<LotCode>& lot;
    const Money* cost = nullptr;  // of what comes in
};

// A document that is being made of its lines.
class Moving {
public:
    Moving(const World& world, StockMoved moved,
           const std::optional<ledger::AccountCode>& counterpart)
        : world_(world),
          company_(moved.company),
          counterpart_(counterpart),
          moved_(std::move(moved)) {}

    // What is wrong with it that is no line's.
    Objection fault() const {
        if (!world_.of<companies::Companies>().find(company_))
            return companies::company_unknown.about(company_);
        if (world_.of<StockDocuments>().find({company_, moved_.document}))
            return stock_document_exists.about(moved_.document);
        return counterpart_ ? fault_of_account(world_, company_, *counterpart_) : Objection();
    }
    Objection add(const Asked& asked) {
        MovedLine line;
        if (Objection fault = find_line(asked, line))
            return std::move(fault).at("lines", moved_.lines.size());
        line.line = static_cast<std::int64_t>(moved_.lines.size()) + 1;
        moved_.lines.push_back(std::move(line));
        return {};
    }
    Objection finish(const Context& context) {
        if (!ledger::fiscal_day(world_, company_, moved_.date))
            return ledger::date_outside_calendar.about(moved_.date);
        return find_postings(world_, company_, edits_of(moved_), context, moved_.postings);
    }
    StockMoved moved() && { return std::move(moved_); }

private:
    Objection find_line(const Asked& asked, MovedLine& line) {
        if (Objection fault = fault_of_item(world_, company_, asked.item)) return fault;
        if (Objection fault = fault_of_warehouse(world_, company_, asked.warehouse)) return fault;
        if (Objection fault = fault_of_lot(world_, company_, asked.item, asked.lot)) return fault;
        line.item = asked.item;
        line.place = {asked.warehouse, asked.lot};
        if (Objection fault =
                find_quantity(world_, company_, asked.item, asked.quantity, line.quantity))
            return fault;
        if (asked.cost) {
            if (Objection fault = fault_of_cost(world_, company_, asked.item, *asked.cost))
                return fault;
            line.cost = *asked.cost;
        } else {
            line.valuing = Valuing::by_formula;
            line.quantity = -line.quantity;
        }
        return find_series(line);
    }
    // Where a line is costed and posted, and how its series begins if it does with this document.
    Objection find_series(MovedLine& line) {
        const StockPosting* posting = stock_posting_of(world_, company_, line.item, moved_.date);
        if (!posting) return stock_accounts_missing.about(line.item);
        const StockAccounts& accounts = posting->accounts;
        line.counterpart =
            counterpart_.value_or(line.cost ? accounts.received : accounts.cost_of_sales);
        const auto found = items::costing_of(world_, company_, line.item, moved_.date);
        const items::Costing costing = found ? found->costing : items::Costing{};
        if (costing.area == items::ValuationArea::warehouse) line.area = line.place.warehouse;
        if (costing.method == items::CostingMethod::lot) line.costed_lot = line.place.lot;
        const SeriesKey series = series_of(company_, line);
        if (!has_series(world_.of<StockBlocks>(), series) && begun_.insert(series).second)
            line.begins = SeriesBegun{
                formula_of(costing.method),
                {accounts.stock, accounts.variance, accounts.revaluation, accounts.difference}};
        return {};
    }

    const World& world_;
    const CompanyCode company_;
    const std::optional<ledger::AccountCode>& counterpart_;
    StockMoved moved_;
    std::set<SeriesKey> begun_;
};

Objection find_open(const World& world, const CompanyCode& company, const StockDocumentId& id,
                    const StockDocument*& document) {
    document = world.of<StockDocuments>().find({company, id});
    if (!document) return stock_document_unknown.about(id);
    if (document->reversed) return stock_document_reversed.about(id);
    return {};
}

// Why a line cannot be as the correction has it; none when it can, and then how it is.
Objection find_correction(const World& world, const CorrectStockLine& correct, const MovedLine& was,
                          MovedLine& becomes) {
    becomes = was;
    becomes.begins.reset();
    if (correct.quantity) {
        Quantity quantity;
        if (Objection fault =
                find_quantity(world, correct.company, was.item, *correct.quantity, quantity))
            return fault;
        becomes.quantity = was.quantity.micro < 0 ? -quantity : quantity;
    }
    if (correct.cost) {
        if (!was.cost) return cost_of_no_receipt.about(was.item);
        if (Objection fault = fault_of_cost(world, correct.company, was.item, *correct.cost))
            return fault;
        becomes.cost = correct.cost;
    }
    if (becomes.quantity == was.quantity && becomes.cost == was.cost)
        return stock_line_unchanged.about(was.item);
    return {};
}

}  // namespace

Decision<StockMoved> decide(const World& world, const ReceiveStock& receive,
                            const Context& context) {
    Moving moving(world,
                  {receive.company,
                   receive.document,
                   StockDocumentKind::receipt,
                   receive.date.value_or(context.today),
                   receive.second.value_or(0),
                   receive.text,
                   {},
                   {}},
                  receive.counterpart);
    if (Objection fault = moving.fault()) return fault;
    for (const ReceiptLine& line : receive.lines)
        if (Objection fault =
                moving.add({line.item, line.quantity, line.warehouse, line.lot, &line.cost}))
            return fault;
    if (Objection fault = moving.finish(context)) return fault;
    return std::move(moving).moved();
}

Decision<StockMoved> decide(const World& world, const IssueStock& issue, const Context& context) {
    Moving moving(world,
                  {issue.company,
                   issue.document,
                   StockDocumentKind::issue,
                   issue.date.value_or(context.today),
                   issue.second.value_or(end_of_day),
                   issue.text,
                   {},
                   {}},
                  issue.counterpart);
    if (Objection fault = moving.fault()) return fault;
    for (const IssueLine& line : issue.lines)
        if (Objection fault = moving.add({line.item, line.quantity, line.warehouse, line.lot}))
            return fault;
    if (Objection fault = moving.finish(context)) return fault;
    return std::move(moving).moved();
}

Decision<StockLineCorrected> decide(const World& world, const CorrectStockLine& correct,
                                    const Context& context) {
    const StockDocument* document = nullptr;
    if (Objection fault = find_open(world, correct.company, correct.document, document))
        return fault;
    const MovedLine* was = document->line(correct.line);
    if (!was) return stock_line_unknown.about(correct.document, correct.line);
    StockLineCorrected corrected{correct.company,
                                 correct.document,
                                 document->date,
                                 document->second,
                                 *was,
                                 {},
                                 correct.reason,
                                 {}};
    if (Objection fault = find_correction(world, correct, *was, corrected.becomes)) return fault;
    if (Objection fault =
            find_postings(world, correct.company, edits_of(corrected), context, corrected.postings))
        return fault;
    return corrected;
}

Decision<StockDocumentReversed> decide(const World& world, const ReverseStockDocument& reverse,
                                       const Context& context) {
    const StockDocument* document = nullptr;
    if (Objection fault = find_open(world, reverse.company, reverse.document, document))
        return fault;
    StockDocumentReversed reversed{reverse.company,
                                   reverse.document,
                                   document->date,
                                   document->second,
                                   document->lines,
                                   reverse.reason,
                                   {}};
    if (Objection fault =
            find_postings(world, reverse.company, edits_of(reversed), context, reversed.postings))
        return fault;
    return reversed;
}

Part stock_documents() {
    return Part()
        .table<StockDocuments>("inventory.stock_documents")
        .table<StocksOnHand>("inventory.stocks_on_hand")
        .table<StockBlocks>("inventory.stock_blocks")
        .commands<ReceiveStock, IssueStock, CorrectStockLine, ReverseStockDocument>()
        .event<StockMoved, StockDocuments, StocksOnHand, StockBlocks>()
        .event<StockLineCorrected, StockDocuments, StocksOnHand, StockBlocks>()
        .event<StockDocumentReversed, StockDocuments, StocksOnHand, StockBlocks>();
}

}  // namespace kontor::inventory
