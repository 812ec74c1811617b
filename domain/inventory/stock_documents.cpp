// When goods may come in and go out, and how a document is put right.
#include "domain/inventory/stock_documents.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"
#include "domain/inventory/moving.h"
#include "domain/inventory/reservations.h"

#include <utility>

namespace kontor::inventory {

namespace {

// Why a line cannot be as the correction has it; none when it can, and then how it is.
Objection find_correction(const World& world, const CorrectStockLine& correct, const MovedLine& was,
                          MovedLine& becomes) {
    if (was.valuing == Valuing::relocates) return transfer_line_paired.about(was.item);
    becomes = was;
    becomes.begins.reset();
    if (correct.quantity) {
        Quantity quantity;
        if (Objection fault = find_quantity(
                world, correct.company, was.item, *correct.quantity,
                was.counted ? LeastQuantity::zero : LeastQuantity::above_zero, quantity))
            return fault;
        if (was.counted)
            becomes.counted = quantity;
        else
            becomes.quantity = was.quantity.micro < 0 ? -quantity : quantity;
        if (becomes.quantity != was.quantity || becomes.counted != was.counted)
            if (Objection fault = fault_of_serial(world, correct.company, becomes, 0)) return fault;
    }
    if (correct.cost) {
        if (!was.cost) return cost_of_no_receipt.about(was.item);
        if (Objection fault = fault_of_cost(world, correct.company, was.item, *correct.cost))
            return fault;
        becomes.cost = correct.cost;
    }
    if (becomes.quantity == was.quantity && becomes.counted == was.counted &&
        becomes.cost == was.cost)
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
    DocumentLines lines(world,
                        {receive.company,
                         receive.document,
                         StockDocumentKind::receipt,
                         receive.date.value_or(context.today),
                         receive.second.value_or(0),
                         receive.text,
                         {},
                         {}},
                        receive.counterpart);
    if (Objection fault = lines.fault()) return fault;
    for (const ReceiptLine& asked : receive.lines) {
        MovedLine line;
        Objection fault =
            lines.find_goods(asked.item, {asked.warehouse, asked.location, asked.state}, asked.lot,
                             asked.quantity, LeastQuantity::above_zero, line);
        if (!fault) fault = fault_of_cost(world, receive.company, asked.item, asked.cost);
        line.cost = asked.cost;
        line.order = asked.order;
        if (!fault)
            line.expires = expiry_of_receipt(world, receive.company, line, asked.expires,
                                             receive.date.value_or(context.today));
        line.foreign = asked.foreign;
        if (!fault && asked.foreign &&
            (asked.foreign->amount.currency == asked.cost.currency ||
             asked.foreign->base.currency != asked.cost.currency ||
             asked.foreign->base.minor > asked.cost.minor))
            fault = foreign_share_unfit.about(asked.item, asked.foreign->amount);
        if (!fault) fault = lines.add(std::move(line), &StockAccounts::received);
        if (fault) return std::move(fault).at("lines", lines.size());
    }
    if (Objection fault = lines.finish(context)) return fault;
    return std::move(lines).moved();
}

Decision<StockMoved> decide(const World& world, const IssueStock& issue, const Context& context) {
    DocumentLines lines(world,
                        {issue.company,
                         issue.document,
                         StockDocumentKind::issue,
                         issue.date.value_or(context.today),
                         issue.second.value_or(second_of_issues),
                         issue.text,
                         {},
                         {}},
                        issue.counterpart);
    if (Objection fault = lines.fault()) return fault;
    if (issue.customer)
        if (Objection fault = parties::fault_of_party(world, issue.company, *issue.customer))
            return fault;
    for (const IssueLine& asked : issue.lines) {
        MovedLine line;
        line.valuing = Valuing::by_formula;
        line.customer = issue.customer;
        line.purchase_price = asked.purchase_price;
        line.order = asked.order;
        Objection fault =
            lines.find_goods(asked.item, {asked.warehouse, asked.location, asked.state}, asked.lot,
                             asked.quantity, LeastQuantity::above_zero, line);
        if (!fault && asked.purchase_price)
            fault = fault_of_cost(world, issue.company, asked.item, *asked.purchase_price);
        line.quantity = -line.quantity;
        if (!fault && asked.order && asked.state != StockState::free)
            fault = stock_not_free.about(asked.item);
        if (!fault)
            fault = fault_of_expiry(world, issue.company, line, issue.date.value_or(context.today));
        if (!fault) fault = lines.add(std::move(line), &StockAccounts::cost_of_sales);
        if (fault) return std::move(fault).at("lines", lines.size());
    }
    if (Objection fault = lines.finish(context)) return fault;
    return std::move(lines).moved();
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
    if (Objection fault = settle(world, context, corrected)) return fault;
    return corrected;
}

Decision<StockDocumentReversed> decide(const World& world, const ReverseStockDocument& reverse,
                                       const Context& context) {
    const StockDocument* document = nullptr;
    if (Objection fault = find_open(world, reverse.company, reverse.document, document))
        return fault;
    for (const MovedLine& line : document->lines)
        if (!line.landed.empty())
            return receipt_bears_cost.about(line.item, line.landed.front().landed_cost);
    if (Objection fault = fault_of_pieces(world, reverse.company, *document)) return fault;
    StockDocumentReversed reversed{reverse.company,
                                   reverse.document,
                                   document->date,
                                   document->second,
                                   document->lines,
                                   reverse.reason,
                                   {}};
    if (Objection fault = settle(world, context, reversed)) return fault;
    return reversed;
}

Part stock_documents() {
    return Part()
        .table<StockDocuments>("inventory.stock_documents")
        .table<StocksOnHand>("inventory.stocks_on_hand")
        .table<StockBlocks>("inventory.stock_blocks")
        .table<AllStockSeries>("inventory.stock_series")
        .table<CountsOfStock>("inventory.counts_of_stock")
        .table<CustomerMoves>("inventory.customer_moves")
        .table<StockSentBack>("inventory.stock_sent_back")
        .commands<ReceiveStock, IssueStock, CorrectStockLine, ReverseStockDocument>()
        .event<StockMoved, StockDocuments, StocksOnHand, StockBlocks, AllStockSeries, CountsOfStock,
               CustomerMoves, StockSentBack, Expectations, Reservations, Lots>()
        .event<StockLineCorrected, StockDocuments, StocksOnHand, StockBlocks, AllStockSeries,
               CountsOfStock, CustomerMoves, StockSentBack, Expectations, Lots>()
        .event<StockDocumentReversed, StockDocuments, StocksOnHand, StockBlocks, AllStockSeries,
               CountsOfStock, CustomerMoves, StockSentBack, Expectations, Lots>()
        .event<StockRevalued, StockBlocks, AllStockSeries>();
}

}  // namespace kontor::inventory