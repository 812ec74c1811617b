// What goes back to a supplier after it was taken: at what its receipt cost, with a credit to come
// where it was invoiced.
#pragma once

#include "domain/purchasing/purchase_receipts.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct SupplierReturnThing {
    static constexpr Thing thing{"supplier_return", {}};
};
using SupplierReturnId = Id<SupplierReturnThing>;

inline constexpr Reason supplier_return_exists{Refusal::conflict, "supplier_return_exists",
                                               "The company has a return with this id already."};
inline constexpr Reason returned_line_twice{Refusal::invalid, "returned_line_twice",
                                            "A line of the receipt is named twice."};
inline constexpr Reason returned_beyond_receipt{
    Refusal::conflict, "returned_beyond_receipt",
    "More would go back than the receipt brought and is still there of it."};

struct BackOfLine {
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<inventory::WarehouseCode> warehouse;

    static void describe(auto& line) {
        line.record("BackOfLine", "What of a receipt goes back.")
            .field("line", &BackOfLine::line, "Number of the receipt's line.")
            .otherwise(std::int64_t{1})
            .least(1)
            .field("quantity", &BackOfLine::quantity,
                   "In any unit of the item. Absent: all that did not go back.")
            .field("warehouse", &BackOfLine::warehouse, "Where it lay. Absent: where it came to.");
    }
};

struct ReturnedLine {
    std::int64_t line = 1;
    std::int64_t receipt_line = 1;
    std::int64_t order_line = 1;
    items::ItemCode item;
    Quantity quantity;
    Valued open;
    Valued prepaid;
    Valued credit;
    Money rounding;
    std::int64_t stock_line = 0;
    ledger::AccountCode account;
    std::optional<ledger::AccountCode> expense;
    std::optional<inventory::WarehouseCode> warehouse;

    bool operator==(const ReturnedLine&) const = default;
    static void describe(auto& line) {
        line.record("ReturnedLine", "A line of a return to a supplier.")
            .field("line", &ReturnedLine::line, "Its number, from 1.")
            .field("receipt_line", &ReturnedLine::receipt_line, "The line of the receipt.")
            .field("order_line", &ReturnedLine::order_line, "The line of the order.")
            .field("item", &ReturnedLine::item, "The item.")
            .field("quantity", &ReturnedLine::quantity, "In the item's base unit.")
            .field("open", &ReturnedLine::open, "What of it is not invoiced: it is owed no longer.")
            .field("prepaid", &ReturnedLine::prepaid, "What of that was paid before it came.")
            .field("credit", &ReturnedLine::credit,
                   "What of it is invoiced, at what its receipt cost: a credit note is to come.")
            .field("rounding", &ReturnedLine::rounding,
                   "What its cost is more than both, by roundings; in base currency.")
            .field("stock_line", &ReturnedLine::stock_line,
                   "The line of the receipt's stock document; 0: it is not in stock.")
            .field("account", &ReturnedLine::account, "Where it was received and not invoiced.")
            .field("expense", &ReturnedLine::expense, "The account that bore a service.")
            .field("warehouse", &ReturnedLine::warehouse, "Where it lay.");
    }
};

struct PurchaseReturned {
    CompanyCode company;
    SupplierReturnId supplier_return;
    PurchaseReceiptId receipt;
    PurchaseOrderId order;
    parties::PartyCode supplier;
    Date date;
    Date posted_on;
    std::vector<ReturnedLine> lines;
    bool replacement = false;
    std::string reason;

    bool operator==(const PurchaseReturned&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseReturned", "Something went back to its supplier.")
            .company(&PurchaseReturned::company)
            .stream(&PurchaseReturned::supplier_return)
            .on(&PurchaseReturned::date)
            .field("company", &PurchaseReturned::company, "Who sends it back.")
            .field("supplier_return", &PurchaseReturned::supplier_return, "The return.")
            .field("receipt", &PurchaseReturned::receipt, "The receipt that brought it.")
            .field("order", &PurchaseReturned::order, "The order that it was for.")
            .field("supplier", &PurchaseReturned::supplier, "Who gets it back.")
            .field("date", &PurchaseReturned::date, "When it went.")
            .field("posted_on", &PurchaseReturned::posted_on, "The day that it is posted on.")
            .field("lines", &PurchaseReturned::lines, "What went.")
            .field("replacement", &PurchaseReturned::replacement, "It is to come anew.")
            .field("reason", &PurchaseReturned::reason, "Why.");
    }
};

struct ReturnToSupplier {
    CompanyCode company;
    SupplierReturnId supplier_return;
    PurchaseReceiptId receipt;
    std::optional<Date> date;
    std::vector<BackOfLine> lines;
    bool replacement = false;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReturnToSupplier",
                    "Sends something back that was taken, at what its receipt cost. What is not "
                    "invoiced is owed no longer; for what is, a credit note is to come.")
            .company(&ReturnToSupplier::company)
            .stream(&ReturnToSupplier::supplier_return)
            .example(R"({"company": "DEMO", "supplier_return":
                "01980000-0000-7000-8000-000000000612", "receipt":
                "01980000-0000-7000-8000-000000000607", "lines": [{"line": 1, "quantity":
                {"amount": "4", "unit": "ea"}}], "reason": "Broken wicks"})")
            .field("company", &ReturnToSupplier::company, "Who sends it back.")
            .field("supplier_return", &ReturnToSupplier::supplier_return,
                   "A new id, chosen by the client.")
            .field("receipt", &ReturnToSupplier::receipt, "The receipt that brought it.")
            .field("date", &ReturnToSupplier::date, "When it went. Absent: the company's today.")
            .field("lines", &ReturnToSupplier::lines, "What goes back.")
            .shortest(1)
            .longest(1'000)
            .field("replacement", &ReturnToSupplier::replacement,
                   "True where the supplier is to send it anew: the order is open for it again.")
            .otherwise(false)
            .field("reason", &ReturnToSupplier::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(purchase_receipt_unknown, purchase_receipt_reversed, supplier_return_exists,
                     purchase_accounts_missing, ledger::date_outside_calendar,
                     inventory::stock_day_closed, purchase_receipt_line_unknown,
                     returned_line_twice, inventory::quantity_not_positive,
                     inventory::quantity_not_whole, returned_beyond_receipt);
    }
};

struct SupplierReturnKey {
    CompanyCode company;
    SupplierReturnId supplier_return;

    auto operator<=>(const SupplierReturnKey&) const = default;
    static void describe(auto& key) {
        key.record("SupplierReturnKey", "A return to a supplier.")
            .field("company", &SupplierReturnKey::company, "Whose.")
            .field("supplier_return", &SupplierReturnKey::supplier_return, "Its id.");
    }
};

struct SupplierReturn {
    PurchaseReceiptId receipt;

    static void describe(auto& record) {
        record.record("SupplierReturn", "A return as decisions know it.")
            .field("receipt", &SupplierReturn::receipt, "The receipt that had brought it.");
    }
};
using SupplierReturns = PagedTable<SupplierReturnKey, SupplierReturn>;

Decision<PurchaseReturned> decide(const World&, const ReturnToSupplier&, const Context&);
void evolve(SupplierReturns&, const PurchaseReturned&);
void evolve(PurchaseReceipts&, const PurchaseReturned&);
void evolve(PurchaseOrders&, const PurchaseReturned&);

Part supplier_returns();

}  // namespace kontor::purchasing
