// When goods may come in and go out, and how a document is put right.
#include "domain/inventory/stock_documents.h"

#include "domain/core/catalog.h"
#include "domain/inventory/moving.h"
#include "domain/inventory/reservations.h"
#include "domain/inventory/stocked_items.h"

#include <set>
#include <utility>

namespace kontor::inventory {

namespace {

constexpr std::int64_t end_of_day = 86'340;  // issues are in a day's last minute

Objection fault_of_cost(const World& world, const CompanyCode& company, const items::ItemCode& item,
                        const Money& cost) {
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    if (cost.currency != base) return cost_not_in_base_currency.about(item, base);
    if (cost.minor < 0) return cost_negative.about(item, cost);
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
    const std::optional<LocationCode>& location;
    StockState state;
    const std::optional<OrderLineRef>& order;
    const Money* cost = nullptr;  // of what comes in
    std::optional<Date> expires = std::nullopt;
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
        line.item = asked.item;
        line.order = asked.order;
        line.place.lot = asked.lot;
        if (Objection fault = find_place(world_, company_, asked.warehouse, asked.location,
                                         asked.state, line.place))
            return fault;
        if (Objection fault = fault_of_lot(world_, company_, asked.item, asked.lot)) return fault;
        if (!asked.cost && asked.order && asked.state != StockState::free)
            return stock_not_free.about(asked.item);
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
        if (Objection fault = fault_of_serial(world_, company_, line, brought_of(line)))
            return fault;
        if (Objection fault = fault_of_expiry(world_, company_, line, moved_.date)) return fault;
        if (asked.cost)
            line.expires = expiry_of_receipt(world_, company_, line, asked.expires, moved_.date);
        return find_series(line);
    }
    // What the document brings of the same lot before it.
    std::int64_t brought_of(const MovedLine& line) const {
        std::int64_t brought = 0;
        for (const MovedLine& other : moved_.lines)
            if (other.item == line.item && other.place.lot == line.place.lot)
                brought += other.quantity.micro;
        return brought;
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
    if (was.valuing == Valuing::relocates) return transfer_line_paired.about(was.item);
    becomes = was;
    becomes.begins.reset();
    if (correct.quantity) {
        Quantity quantity;
        if (Objection fault =
                find_quantity(world, correct.company, was.item, *correct.quantity, quantity))
            return fault;
        becomes.quantity = was.quantity.micro < 0 ? -quantity : quantity;
        if (becomes.quantity != was.quantity)
            if (Objection fault = fault_of_serial(world, correct.company, becomes, 0)) return fault;
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

// Why pieces cannot be back where they went from: they have come again since.
Objection fault_of_pieces(const World& world, const CompanyCode& company,
                          const StockDocument& document) {
    for (MovedLine line : document.lines) {
        if (line.quantity.micro > 0 || line.valuing == Valuing::relocates) continue;
        line.quantity = -line.quantity;
        if (Objection fault = fault_of_serial(world, company, line, 0)) return fault;
    }
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
                moving.add({line.item, line.quantity, line.warehouse, line.lot, line.location,
                            line.state, line.order, &line.cost, line.expires}))
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
        if (Objection fault = moving.add({line.item, line.quantity, line.warehouse, line.lot,
                                          line.location, line.state, line.order}))
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
    if (Objection fault = fault_of_pieces(world, reverse.company, *document)) return fault;
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
        .event<StockMoved, StockDocuments, StocksOnHand, StockBlocks, Expectations, Reservations,
               Lots>()
        .event<StockLineCorrected, StockDocuments, StocksOnHand, StockBlocks, Expectations, Lots>()
        .event<StockDocumentReversed, StockDocuments, StocksOnHand, StockBlocks, Expectations,
               Lots>();
}

}  // namespace kontor::inventory
