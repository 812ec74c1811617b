// The stock document of a receipt has the receipt's id, that of a return the return's.
#include "domain/flows/received_goods_enter_stock.h"

#include <utility>

namespace kontor::flow {

namespace {

using namespace purchasing;

// What of a cost is owed in another currency: all but what was paid before at its own rate.
std::optional<inventory::ForeignShare> foreign_share(Currency currency, Currency base,
                                                     const Valued& all, const Valued& prepaid) {
    if (currency == base || all.amount == prepaid.amount) return std::nullopt;
    return inventory::ForeignShare{{all.amount - prepaid.amount, currency},
                                   {all.base - prepaid.base, base}};
}

ledger::EntryLine line_of(const ledger::AccountCode& account, ledger::Side side, Money amount,
                          Money base) {
    ledger::EntryLine line;
    line.account = account;
    line.side = side;
    line.amount = amount;
    if (amount.currency != base.currency) line.base = base;
    return line;
}

// What is owed for a service, as foreign and base amounts; nothing where it costs nothing.
void bear(std::vector<ledger::EntryLine>& lines, const ledger::AccountCode& account,
          const ledger::AccountCode& expense, const Valued& all, const Valued& prepaid,
          Currency currency, Currency base, bool back) {
    const ledger::Side owed = back ? ledger::Side::debit : ledger::Side::credit;
    const ledger::Side borne = back ? ledger::Side::credit : ledger::Side::debit;
    if (all.base == 0) return;
    lines.push_back(line_of(expense, borne, {all.base, base}, {all.base, base}));
    if (const auto foreign = foreign_share(currency, base, all, prepaid)) {
        lines.push_back(line_of(account, owed, foreign->amount, foreign->base));
        if (prepaid.base != 0)
            lines.push_back(line_of(account, owed, {prepaid.base, base}, {prepaid.base, base}));
    } else {
        lines.push_back(line_of(account, owed, {all.base, base}, {all.base, base}));
    }
}

ledger::EntryId entry_of(const Uuid& document) {
    return {derived_uuid(document, "received_goods_enter_stock", 0)};
}

const ledger::JournalCode& journal_of(const World& world, const CompanyCode& company) {
    return world.of<PurchasePostings>().find(company)->journal;
}

std::string text_of(const char* what, const std::string& number) {
    return number.empty() ? what : what + (' ' + number);
}

}  // namespace

Decision<inventory::ReceiveStock, ledger::PostEntry> received_goods_enter_stock(
    const PurchaseReceived& received, const World& world) {
    inventory::ReceiveStock stock;
    stock.company = received.company;
    stock.document = {received.receipt.uuid};
    stock.date = received.date;
    stock.text = text_of("Goods received", received.delivery_note);
    ledger::PostEntry services;
    for (const ReceivedLine& line : received.lines) {
        const Currency currency = line.owed.currency, base = line.cost.currency;
        if (line.stock_line > 0) {
            inventory::ReceiptLine goods{line.item, line.accepted(), *line.warehouse, line.lot,
                                         line.cost};
            goods.expires = line.expires;
            goods.order = {{received.order.uuid}, line.order_line};
            goods.foreign = foreign_share(currency, base, line.valued(), line.prepaid);
            stock.lines.push_back(std::move(goods));
        } else if (line.expense) {
            bear(services.lines, line.account, *line.expense, line.valued(), line.prepaid, currency,
                 base, false);
        }
    }
    Decision<inventory::ReceiveStock, ledger::PostEntry> commands;
    if (!stock.lines.empty()) commands.add(std::move(stock));
    if (!services.lines.empty()) {
        services.company = received.company;
        services.entry = entry_of(received.receipt.uuid);
        services.date = received.posted_on;
        services.journal = journal_of(world, received.company);
        services.text = text_of("Services received", received.delivery_note);
        commands.add(std::move(services));
    }
    return commands;
}

Decision<inventory::ReverseStockDocument, ledger::ReverseEntry> reversed_receipt_leaves_stock(
    const PurchaseReceiptReversed& reversed, const World& world) {
    Decision<inventory::ReverseStockDocument, ledger::ReverseEntry> commands;
    const inventory::StockDocumentId document{reversed.receipt.uuid};
    if (world.of<inventory::StockDocuments>().find({reversed.company, document}))
        commands.add(inventory::ReverseStockDocument{reversed.company, document, reversed.reason});
    const ledger::EntryId entry = entry_of(reversed.receipt.uuid);
    if (world.of<ledger::Entries>().find({reversed.company, entry}))
        commands.add(ledger::ReverseEntry{
            reversed.company,
            {derived_uuid(reversed.receipt.uuid, "reversed_receipt_leaves_stock", 0)},
            entry,
            reversed.posted_on,
            reversed.reason});
    return commands;
}

Decision<inventory::SendBackStock, ledger::PostEntry> returned_goods_leave_stock(
    const PurchaseReturned& returned, const World& world) {
    const Currency currency =
        world.of<PurchaseOrders>().find({returned.company, returned.order})->currency;
    inventory::SendBackStock stock;
    stock.company = returned.company;
    stock.document = {returned.supplier_return.uuid};
    stock.date = returned.date;
    stock.text = returned.reason;
    ledger::PostEntry beside;
    for (const ReturnedLine& line : returned.lines) {
        const Currency base = line.rounding.currency;
        Valued all = line.open;
        all += line.credit;
        if (line.stock_line > 0)
            stock.lines.push_back({{{returned.receipt.uuid}, line.stock_line},
                                   line.quantity,
                                   line.warehouse,
                                   {},
                                   inventory::StockState::free,
                                   foreign_share(currency, base, all, line.prepaid)});
        else
            bear(beside.lines, line.account, *line.expense, all, line.prepaid, currency, base,
                 true);
        if (line.stock_line == 0 || line.rounding.minor == 0) continue;
        // What stock gives more or less than is owed, by roundings of parts.
        const PurchaseAccounts& accounts = *world.of<PurchasePostings>().find(returned.company);
        const bool more = line.rounding.minor > 0;
        const Money size = more ? line.rounding : -line.rounding;
        const auto side = [](bool debit) {
            return debit ? ledger::Side::debit : ledger::Side::credit;
        };
        beside.lines.push_back(line_of(line.account, side(!more), size, size));
        beside.lines.push_back(line_of(more ? accounts.exchange_losses : accounts.exchange_gains,
                                       side(more), size, size));
    }
    Decision<inventory::SendBackStock, ledger::PostEntry> commands;
    if (!stock.lines.empty()) commands.add(std::move(stock));
    if (!beside.lines.empty()) {
        beside.company = returned.company;
        beside.entry = {
            derived_uuid(returned.supplier_return.uuid, "returned_goods_leave_stock", 0)};
        beside.date = returned.posted_on;
        beside.journal = journal_of(world, returned.company);
        beside.text = returned.reason;
        commands.add(std::move(beside));
    }
    return commands;
}

Decision<> stock_of_purchases_is_corrected_there(const inventory::StockLineCorrected& corrected,
                                                 const World& world) {
    const Uuid& id = corrected.document.uuid;
    if (world.of<PurchaseReceipts>().find({corrected.company, {id}}) ||
        world.of<SupplierReturns>().find({corrected.company, {id}}))
        return stock_of_purchase.about(corrected.document);
    return {};
}

Decision<> stock_of_purchases_is_reversed_there(const inventory::StockDocumentReversed& reversed,
                                                const World& world) {
    const Uuid& id = reversed.document.uuid;
    const auto* receipt = world.of<PurchaseReceipts>().find({reversed.company, {id}});
    if ((receipt && !receipt->reversed) ||
        world.of<SupplierReturns>().find({reversed.company, {id}}))
        return stock_of_purchase.about(reversed.document);
    return {};
}

}  // namespace kontor::flow
