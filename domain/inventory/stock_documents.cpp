// When goods may come in and go out, and how a document is put right.
#include "domain/inventory/stock_documents.h"

#include "domain/core/catalog.h"
#include "domain/inventory/moving.h"

#include <algorithm>
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
    if (!found || found->micro == 0) return quantity_not_whole.about(item, asked);
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

Objection fault_of_counterpart(const World& world, const CompanyCode& company,
                               const std::optional<ledger::AccountCode>& code) {
    if (!code) return {};
    const auto* account = world.of<ledger::Accounts>().find({company, *code});
    if (!account) return ledger::account_unknown.about(*code);
    if (account->summary) return ledger::account_is_summary.about(*code);
    return {};
}

CostFormula formula_of(items::CostingMethod method) {
    switch (method) {
        case items::CostingMethod::moving_average: return CostFormula::moving_average;
        case items::CostingMethod::standard: return CostFormula::standard;
        default: return CostFormula::fifo;  // of one lot, any formula is its own cost
    }
}

// A line that is about to move; what both kinds of documents have.
struct Asked {
    const items::ItemCode& item;
    const Quantity& quantity;
    const WarehouseCode& warehouse;
    const std::optional<LotCode>& lot;
};

Objection find_line(const World& world, const CompanyCode& company, const Asked& asked,
                    MovedLine& line) {
    if (Objection fault = fault_of_item(world, company, asked.item)) return fault;
    if (Objection fault = fault_of_warehouse(world, company, asked.warehouse)) return fault;
    if (Objection fault = fault_of_lot(world, company, asked.item, asked.lot)) return fault;
    line.item = asked.item;
    line.place = {asked.warehouse, asked.lot};
    return find_quantity(world, company, asked.item, asked.quantity, line.quantity);
}

// Where a line is costed, and how its series begins if it does with this document.
Objection find_series(const World& world, const StockMoved& moved, MovedLine& line) {
    const CompanyCode& company = moved.company;
    const StockPosting* posting = stock_posting_of(world, company, line.item, moved.date);
    if (!posting) return stock_accounts_missing.about(line.item);
    const auto found = items::costing_of(world, company, line.item, moved.date);
    const items::Costing costing = found ? found->costing : items::Costing{};
    if (costing.area == items::ValuationArea::warehouse) line.area = line.place.warehouse;
    if (costing.method == items::CostingMethod::lot) line.costed_lot = line.place.lot;
    const SeriesKey series{company, line.item, line.area, line.costed_lot};
    const bool begun_here = std::ranges::any_of(moved.lines, [&](const MovedLine& other) {
        return SeriesKey{company, other.item, other.area, other.costed_lot} == series;
    });
    if (begun_here || !series_from(world.of<StockBlocks>(), series, {last_date}).blocks.empty())
        return {};
    const StockAccounts& accounts = posting->accounts;
    line.begins =
        SeriesBegun{formula_of(costing.method),
                    {accounts.stock, accounts.variance, accounts.revaluation, accounts.difference}};
    return {};
}

// A document before its lines; the reasons that are no line's.
Objection find_document(const World& world, const CompanyCode& company,
                        const StockDocumentId& document,
                        const std::optional<ledger::AccountCode>& counterpart) {
    if (!world.of<companies::Companies>().find(company))
        return companies::company_unknown.about(company);
    if (world.of<StockDocuments>().find({company, document}))
        return stock_document_exists.about(document);
    return fault_of_counterpart(world, company, counterpart);
}

const StockAccounts& accounts_of(const World& world, const StockMoved& moved,
                                 const MovedLine& line) {
    return stock_posting_of(world, moved.company, line.item, moved.date)->accounts;
}

Objection finish(const World& world, const Context& context, StockMoved& moved) {
    if (!ledger::fiscal_day(world, moved.company, moved.date))
        return ledger::date_outside_calendar.about(moved.date);
    return find_postings(world, moved.company, edits_of(moved), context, moved.postings);
}

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
    if (Objection fault =
            find_document(world, receive.company, receive.document, receive.counterpart))
        return fault;
    StockMoved moved{receive.company,
                     receive.document,
                     StockDocumentKind::receipt,
                     receive.date.value_or(context.today),
                     receive.second.value_or(0),
                     receive.text,
                     {},
                     {}};
    for (const ReceiptLine& asked : receive.lines) {
        MovedLine line;
        line.line = static_cast<std::int64_t>(moved.lines.size()) + 1;
        const auto fault_of_line = [&]() -> Objection {
            const Asked what{asked.item, asked.quantity, asked.warehouse, asked.lot};
            if (Objection fault = find_line(world, receive.company, what, line)) return fault;
            if (Objection fault = fault_of_cost(world, receive.company, asked.item, asked.cost))
                return fault;
            return find_series(world, moved, line);
        };
        if (Objection fault = fault_of_line())
            return std::move(fault).at("lines", moved.lines.size());
        line.cost = asked.cost;
        line.counterpart = receive.counterpart.value_or(accounts_of(world, moved, line).received);
        moved.lines.push_back(std::move(line));
    }
    if (Objection fault = finish(world, context, moved)) return fault;
    return moved;
}

Decision<StockMoved> decide(const World& world, const IssueStock& issue, const Context& context) {
    if (Objection fault = find_document(world, issue.company, issue.document, issue.counterpart))
        return fault;
    StockMoved moved{issue.company,
                     issue.document,
                     StockDocumentKind::issue,
                     issue.date.value_or(context.today),
                     issue.second.value_or(end_of_day),
                     issue.text,
                     {},
                     {}};
    for (const IssueLine& asked : issue.lines) {
        MovedLine line;
        line.line = static_cast<std::int64_t>(moved.lines.size()) + 1;
        line.valuing = Valuing::by_formula;
        const auto fault_of_line = [&]() -> Objection {
            const Asked what{asked.item, asked.quantity, asked.warehouse, asked.lot};
            if (Objection fault = find_line(world, issue.company, what, line)) return fault;
            return find_series(world, moved, line);
        };
        if (Objection fault = fault_of_line())
            return std::move(fault).at("lines", moved.lines.size());
        line.quantity = -line.quantity;
        line.counterpart =
            issue.counterpart.value_or(accounts_of(world, moved, line).cost_of_sales);
        moved.lines.push_back(std::move(line));
    }
    if (Objection fault = finish(world, context, moved)) return fault;
    return moved;
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
