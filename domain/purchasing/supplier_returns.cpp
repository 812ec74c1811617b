// What a return takes off what is owed, and what a credit note is to give back for it.
#include "domain/purchasing/supplier_returns.h"

#include "domain/core/catalog.h"
#include "domain/inventory/moving.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kontor::purchasing {

namespace {

// What is owed no longer comes off first, as it stands; the cost of all that goes back is its share
// of the receipt's, together with what went before, as stock counts it.
Objection find_returned(const World& world, const CompanyCode& company, const BackOfLine& asked,
                        const ReceiptLineState& state, Currency base, ReturnedLine& line) {
    const ReceivedLine& received = state.received;
    const std::int64_t left = received.accepted().micro - state.returned.quantity;
    const Quantity rest{left, received.received.unit};
    if (Objection fault = find_quantity(world, company, received.item,
                                        asked.quantity.value_or(rest), line.quantity))
        return fault;
    if (line.quantity.micro > left)
        return returned_beyond_receipt.about(received.item, line.quantity, rest);
    Valued cost = received.valued().part(state.returned.quantity + line.quantity.micro);
    cost -= state.returned;
    const std::int64_t of_open = std::min(line.quantity.micro, state.open.quantity);
    line.open = state.open.part(of_open);
    line.prepaid = state.open_prepaid.part(of_open);
    line.rounding = {0, base};
    if (of_open < line.quantity.micro) {
        line.credit = cost;
        line.credit -= line.open;
    } else {
        line.rounding.minor = cost.base - line.open.base;
    }
    line.receipt_line = received.line;
    line.order_line = received.order_line;
    line.item = received.item;
    line.stock_line = received.stock_line;
    line.account = received.account;
    line.expense = received.expense;
    line.warehouse = asked.warehouse;
    return {};
}

}  // namespace

Decision<PurchaseReturned> decide(const World& world, const ReturnToSupplier& back,
                                  const Context& context) {
    const PurchaseReceipt* receipt =
        world.of<PurchaseReceipts>().find({back.company, back.receipt});
    if (!receipt) return purchase_receipt_unknown.about(back.receipt);
    if (receipt->reversed) return purchase_receipt_reversed.about(back.receipt);
    if (world.of<SupplierReturns>().find({back.company, back.supplier_return}))
        return supplier_return_exists.about(back.supplier_return);
    if (!world.of<PurchasePostings>().find(back.company)) return purchase_accounts_missing;
    const Date day = back.date.value_or(context.today);
    if (!ledger::fiscal_day(world, back.company, day))
        return ledger::date_outside_calendar.about(day);
    const auto posted_on = inventory::day_of_entry(world, back.company, day, context);
    if (!posted_on) return inventory::stock_day_closed.about(day);
    const PurchaseOrder& order = *world.of<PurchaseOrders>().find({back.company, receipt->order});
    const Currency base = world.of<companies::Companies>().find(back.company)->base_currency;
    PurchaseReturned returned{
        back.company, back.supplier_return, back.receipt, receipt->order,   order.supplier,
        day,          *posted_on,           {},           back.replacement, back.reason};
    std::set<std::int64_t> named;
    for (std::size_t at = 0; at < back.lines.size(); ++at) {
        const ReceiptLineState* state = receipt->line(back.lines[at].line);
        ReturnedLine line;
        line.line = static_cast<std::int64_t>(at) + 1;
        Objection fault =
            state ? find_returned(world, back.company, back.lines[at], *state, base, line)
                  : purchase_receipt_line_unknown.about(back.lines[at].line);
        if (!named.insert(back.lines[at].line).second)
            fault = returned_line_twice.about(back.lines[at].line);
        if (fault) return std::move(fault).at("lines", at);
        returned.lines.push_back(std::move(line));
    }
    return returned;
}

void evolve(SupplierReturns& returns, const PurchaseReturned& returned) {
    returns.put({returned.company, returned.supplier_return}, {returned.receipt});
}

void evolve(PurchaseReceipts& receipts, const PurchaseReturned& returned) {
    receipts.change({returned.company, returned.receipt}, [&](PurchaseReceipt& receipt) {
        for (const ReturnedLine& line : returned.lines) {
            auto& state = receipt.lines[static_cast<std::size_t>(line.receipt_line - 1)];
            state.open -= line.open;
            state.open_prepaid -= line.prepaid;
            state.credit += line.credit;
            state.returned =
                state.received.valued().part(state.returned.quantity + line.quantity.micro);
        }
    });
}

void evolve(PurchaseOrders& orders, const PurchaseReturned& returned) {
    orders.change({returned.company, returned.order}, [&](PurchaseOrder& order) {
        for (const ReturnedLine& line : returned.lines) {
            auto& progress = order.lines[static_cast<std::size_t>(line.order_line - 1)].progress;
            progress.returned += line.quantity.micro;
            if (returned.replacement) progress.replaced += line.quantity.micro;
        }
    });
}

Part supplier_returns() {
    return Part()
        .table<SupplierReturns>("purchasing.returns")
        .commands<ReturnToSupplier>()
        .event<PurchaseReturned, SupplierReturns, PurchaseReceipts, PurchaseOrders>();
}

}  // namespace kontor::purchasing
