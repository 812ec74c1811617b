// Receipts from suppliers: what came of an order, what of it was not taken, and what is owed for
// the rest until its invoice comes.
#pragma once

#include "domain/purchasing/purchase_orders.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

inline constexpr Reason purchase_receipt_exists{Refusal::conflict, "purchase_receipt_exists",
                                                "The company has a receipt with this id already."};
inline constexpr Reason purchase_receipt_unknown{Refusal::missing, "purchase_receipt_unknown",
                                                 "The company has no receipt with this id."};
inline constexpr Reason purchase_receipt_line_unknown{
    Refusal::missing, "purchase_receipt_line_unknown", "The receipt has no line with this number."};
inline constexpr Reason purchase_receipt_reversed{Refusal::conflict, "purchase_receipt_reversed",
                                                  "The receipt is reversed: nothing came."};
inline constexpr Reason purchase_receipt_settled{
    Refusal::conflict, "purchase_receipt_settled",
    "Something of the receipt is invoiced, or went back; a return or a credit note puts it right."};
inline constexpr Reason rejected_beyond_received{Refusal::invalid, "rejected_beyond_received",
                                                 "More would be rejected than came."};
inline constexpr Reason received_beyond_order{
    Refusal::conflict, "received_beyond_order",
    "More would be taken than the line allows; reject the rest, or amend the order."};
inline constexpr Reason receipt_rate_unknown{
    Refusal::missing, "receipt_rate_unknown",
    "No rate of the order's currency is known on the day; set it, or say the receipt's rate."};
inline constexpr Reason receipt_rate_unfit{
    Refusal::invalid, "receipt_rate_unfit",
    "A rate is above zero, and an order in base currency has none."};
inline constexpr Reason prepaid_currency_differs{
    Refusal::invalid, "prepaid_currency_differs",
    "What was paid is in the currency of the order, and in base currency what it was booked at."};

// What came of a line, as it is said.
struct CameOfLine {
    std::int64_t line = 1;
    std::optional<Quantity> quantity;
    std::optional<Quantity> rejected;
    std::string rejected_because;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LotCode> lot;
    std::optional<Date> expires;

    static void describe(auto& line) {
        line.record("CameOfLine", "What came of a line of an order.")
            .field("line", &CameOfLine::line, "Number of the order's line.")
            .least(1)
            .field("quantity", &CameOfLine::quantity,
                   "All that came, rejected or not, in any unit of the item. Absent: all that is "
                   "open.")
            .field("rejected", &CameOfLine::rejected,
                   "What of it was not taken and goes back at once, in any unit of the item.")
            .field("rejected_because", &CameOfLine::rejected_because, "Why.")
            .otherwise_empty()
            .longest(500)
            .field("warehouse", &CameOfLine::warehouse,
                   "Where it lies now. Absent: where it was to come.")
            .field("lot", &CameOfLine::lot, "Lot or serial number, where the item has them.")
            .field("expires", &CameOfLine::expires,
                   "The last day that the lot keeps. Absent: by the item's shelf life.");
    }
};

// A line of a receipt. What is owed for it is in the order's currency, at the order's price and the
// rate of the receipt; what was invoiced or paid before it came keeps its own rate.
struct ReceivedLine {
    std::int64_t line = 1;
    std::int64_t order_line = 1;
    items::ItemCode item;
    Quantity received;
    Quantity rejected;
    std::string rejected_because;
    UnitPrice price;
    Money owed;
    Money cost;
    Valued ahead;
    Valued prepaid;
    std::int64_t stock_line = 0;
    ledger::AccountCode account;
    std::optional<ledger::AccountCode> expense;
    std::optional<inventory::WarehouseCode> warehouse;
    std::optional<inventory::LotCode> lot;
    std::optional<Date> expires;

    Quantity accepted() const { return received - rejected; }
    // All that its account gets: in the order's currency, and in base currency.
    Valued valued() const { return {accepted().micro, owed.minor, cost.minor}; }
    bool operator==(const ReceivedLine&) const = default;
    static void describe(auto& line) {
        line.record("ReceivedLine", "A line of a receipt from a supplier.")
            .field("line", &ReceivedLine::line, "Its number, from 1.")
            .field("order_line", &ReceivedLine::order_line, "The line of the order.")
            .field("item", &ReceivedLine::item, "The item.")
            .field("received", &ReceivedLine::received, "All that came, in the base unit.")
            .field("rejected", &ReceivedLine::rejected, "What of it was not taken.")
            .field("rejected_because", &ReceivedLine::rejected_because, "Why.")
            .field("price", &ReceivedLine::price, "The order's price.")
            .field("owed", &ReceivedLine::owed,
                   "What is owed for the rest, in the order's currency; what was invoiced before "
                   "at what it was invoiced at.")
            .field("cost", &ReceivedLine::cost, "The same in base currency.")
            .field("ahead", &ReceivedLine::ahead, "What of it was invoiced before it came.")
            .field("prepaid", &ReceivedLine::prepaid,
                   "What of it was paid before it came; it is not monetary (IFRIC 22.8).")
            .field("stock_line", &ReceivedLine::stock_line,
                   "Its line of the stock document of the same id; 0: it is not in stock.")
            .field("account", &ReceivedLine::account, "Where it is received and not invoiced.")
            .field("expense", &ReceivedLine::expense, "The account that bears a service.")
            .field("warehouse", &ReceivedLine::warehouse, "Where it lies now.")
            .field("lot", &ReceivedLine::lot, "Its lot or serial number.")
            .field("expires", &ReceivedLine::expires, "The last day that the lot keeps.");
    }
};

struct PurchaseReceived {
    CompanyCode company;
    PurchaseReceiptId receipt;
    PurchaseOrderId order;
    parties::PartyCode supplier;
    Date date;
    Date posted_on;
    std::optional<Rate> rate;
    std::vector<ReceivedLine> lines;
    std::string delivery_note;

    bool operator==(const PurchaseReceived&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseReceived", "A supplier has delivered something.")
            .company(&PurchaseReceived::company)
            .stream(&PurchaseReceived::receipt)
            .on(&PurchaseReceived::date)
            .field("company", &PurchaseReceived::company, "Who buys.")
            .field("receipt", &PurchaseReceived::receipt, "The receipt.")
            .field("order", &PurchaseReceived::order, "The order.")
            .field("supplier", &PurchaseReceived::supplier, "Who delivered.")
            .field("date", &PurchaseReceived::date, "When it came.")
            .field("posted_on", &PurchaseReceived::posted_on,
                   "The day that it is posted on: that day, or the first open one after it.")
            .field("rate", &PurchaseReceived::rate,
                   "So many of the base currency for one of the order's, to ten digits.")
            .field("lines", &PurchaseReceived::lines, "What came.")
            .field("delivery_note", &PurchaseReceived::delivery_note,
                   "The supplier's number of it.");
    }
};

struct PurchaseReceiptReversed {
    CompanyCode company;
    PurchaseReceiptId receipt;
    PurchaseOrderId order;
    Date date;
    Date posted_on;
    std::vector<ReceivedLine> lines;
    std::string reason;

    bool operator==(const PurchaseReceiptReversed&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseReceiptReversed", "A receipt never happened.")
            .company(&PurchaseReceiptReversed::company)
            .stream(&PurchaseReceiptReversed::receipt)
            .on(&PurchaseReceiptReversed::date)
            .field("company", &PurchaseReceiptReversed::company, "Who buys.")
            .field("receipt", &PurchaseReceiptReversed::receipt, "The receipt.")
            .field("order", &PurchaseReceiptReversed::order, "The order.")
            .field("date", &PurchaseReceiptReversed::date, "When it was to have come.")
            .field("posted_on", &PurchaseReceiptReversed::posted_on,
                   "The day that its reversal is posted on.")
            .field("lines", &PurchaseReceiptReversed::lines, "Its lines, all of them.")
            .field("reason", &PurchaseReceiptReversed::reason, "Why, for the auditor.");
    }
};

struct OrderPrepaid {
    CompanyCode company;
    PurchaseOrderId order;
    Money amount;
    Money base;

    bool operator==(const OrderPrepaid&) const = default;
    static void describe(auto& event) {
        event.record("OrderPrepaid", "Something of an order is paid before it came.")
            .company(&OrderPrepaid::company)
            .stream(&OrderPrepaid::order)
            .on_recorded_day()
            .field("company", &OrderPrepaid::company, "Who buys.")
            .field("order", &OrderPrepaid::order, "The order.")
            .field("amount", &OrderPrepaid::amount, "In the order's currency.")
            .field("base", &OrderPrepaid::base, "What it was booked at, in base currency.");
    }
};

struct ReceivePurchase {
    CompanyCode company;
    PurchaseReceiptId receipt;
    PurchaseOrderId order;
    std::optional<Date> date;
    std::vector<CameOfLine> lines;
    std::optional<Rate> rate;
    std::string delivery_note;

    static void describe(auto& command) {
        command
            .record("ReceivePurchase",
                    "Says what came of an order, in parts or all of it. Goods enter stock at the "
                    "order's price and the rate of the day; services are borne by their account. "
                    "Both are owed as received and not invoiced.")
            .company(&ReceivePurchase::company)
            .stream(&ReceivePurchase::receipt)
            .example(R"({"company": "DEMO", "receipt": "01980000-0000-7000-8000-000000000607",
                "order": "01980000-0000-7000-8000-000000000605", "lines": [{"line": 1,
                "quantity": {"amount": "120", "unit": "ea"}}], "delivery_note": "W-771"})")
            .field("company", &ReceivePurchase::company, "Who buys.")
            .field("receipt", &ReceivePurchase::receipt, "A new id, chosen by the client.")
            .field("order", &ReceivePurchase::order, "An order of the company.")
            .field("date", &ReceivePurchase::date, "When it came. Absent: the company's today.")
            .field("lines", &ReceivePurchase::lines, "What came. Empty: all that is open.")
            .otherwise_empty()
            .longest(1'000)
            .field("rate", &ReceivePurchase::rate,
                   "So many of the base currency for one of the order's. Absent: the company's "
                   "rate of the day.")
            .field("delivery_note", &ReceivePurchase::delivery_note, "The supplier's number of it.")
            .otherwise_empty()
            .longest(64)
            .refuses(
                purchase_order_unknown, purchase_receipt_exists, receipt_rate_unfit,
                receipt_rate_unknown, ledger::date_outside_calendar, inventory::stock_day_closed,
                purchase_line_unknown, purchase_line_closed, inventory::quantity_not_positive,
                inventory::quantity_not_whole, rejected_beyond_received, received_beyond_order,
                inventory::stock_accounts_missing, purchase_accounts_missing, purchase_too_large);
    }
};

struct ReversePurchaseReceipt {
    CompanyCode company;
    PurchaseReceiptId receipt;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReversePurchaseReceipt",
                    "Takes a receipt back as if it had never been entered, as long as nothing of "
                    "it is invoiced or went back.")
            .company(&ReversePurchaseReceipt::company)
            .stream(&ReversePurchaseReceipt::receipt)
            .example(R"({"company": "DEMO", "receipt": "01980000-0000-7000-8000-000000000608",
                "reason": "It was the neighbour's"})")
            .field("company", &ReversePurchaseReceipt::company, "Who buys.")
            .field("receipt", &ReversePurchaseReceipt::receipt, "A receipt of the company.")
            .field("reason", &ReversePurchaseReceipt::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(purchase_receipt_unknown, purchase_receipt_reversed, purchase_receipt_settled,
                     inventory::stock_day_closed);
    }
};

struct PrepayOrder {
    CompanyCode company;
    PurchaseOrderId order;
    Money amount;
    Money base;

    static void describe(auto& command) {
        command
            .record("PrepayOrder",
                    "Says that something of an order was paid before it came, and what that was "
                    "booked at. So much of what comes next costs that, whatever the rate of its "
                    "day (IFRIC 22.8). It posts nothing: the payment did.")
            .company(&PrepayOrder::company)
            .stream(&PrepayOrder::order)
            .example(R"({"company": "DEMO", "order": "01980000-0000-7000-8000-000000000606",
                "amount": {"amount": "10.00", "currency": "EUR"}, "base": {"amount": "10.00",
                "currency": "EUR"}})")
            .field("company", &PrepayOrder::company, "Who buys.")
            .field("order", &PrepayOrder::order, "An order of the company.")
            .field("amount", &PrepayOrder::amount, "Above zero, in the order's currency.")
            .least(1)
            .field("base", &PrepayOrder::base, "What it was booked at, in base currency.")
            .least(0)
            .refuses(purchase_order_unknown, prepaid_currency_differs);
    }
};

struct PurchaseReceiptKey {
    CompanyCode company;
    PurchaseReceiptId receipt;

    auto operator<=>(const PurchaseReceiptKey&) const = default;
    static void describe(auto& key) {
        key.record("PurchaseReceiptKey", "A receipt of a company.")
            .field("company", &PurchaseReceiptKey::company, "Whose.")
            .field("receipt", &PurchaseReceiptKey::receipt, "Its id.");
    }
};

// A line of a receipt as it stands: received = invoiced + returned + what is not invoiced.
struct ReceiptLineState {
    ReceivedLine received;
    Valued open;          // what is not invoiced, and did not go back
    Valued open_prepaid;  // what of that was paid before it came
    Valued returned;      // all that went back
    Valued credit;        // what went back after it was invoiced, and is not credited

    static void describe(auto& record) {
        record.record("ReceiptLineState", "A line of a receipt as it stands.")
            .field("received", &ReceiptLineState::received, "The line.")
            .field("open", &ReceiptLineState::open, "What is not invoiced.")
            .field("open_prepaid", &ReceiptLineState::open_prepaid,
                   "What of that was paid before it came.")
            .field("returned", &ReceiptLineState::returned, "What went back.")
            .field("credit", &ReceiptLineState::credit,
                   "What went back after it was invoiced, and is not credited.");
    }
};

struct PurchaseReceipt {
    PurchaseOrderId order;
    Date date;
    std::optional<Rate> rate;
    bool reversed = false;
    std::vector<ReceiptLineState> lines;

    // Null: it has none with this number.
    const ReceiptLineState* line(std::int64_t number) const;
    static void describe(auto& record) {
        record.record("PurchaseReceipt", "A receipt as decisions know it.")
            .field("order", &PurchaseReceipt::order, "The order.")
            .field("date", &PurchaseReceipt::date, "When it came.")
            .field("rate", &PurchaseReceipt::rate, "The rate of its day, to ten digits.")
            .field("reversed", &PurchaseReceipt::reversed, "Nothing came.")
            .field("lines", &PurchaseReceipt::lines, "Its lines, by number.");
    }
};
using PurchaseReceipts = PagedTable<PurchaseReceiptKey, PurchaseReceipt>;

// A rate of the day as somebody says it, or as the company has it; and an amount at it.
struct RateOfDocument {
    std::optional<Rate> said;
    std::optional<ExactRate> found;

    // Empty above most_money.
    std::optional<Money> in_base(Money amount, Currency base) const;
    // To ten digits; empty where there is none, as all is in base currency.
    std::optional<Rate> shown() const;
};
// Why there is none; none when there is.
Objection find_rate(const World&, const CompanyCode&, Currency, const std::optional<Rate>& said,
                    Date, RateOfDocument&);

Decision<PurchaseReceived> decide(const World&, const ReceivePurchase&, const Context&);
Decision<PurchaseReceiptReversed> decide(const World&, const ReversePurchaseReceipt&,
                                         const Context&);
Decision<OrderPrepaid> decide(const World&, const PrepayOrder&, const Context&);
void evolve(PurchaseReceipts&, const PurchaseReceived&);
void evolve(PurchaseReceipts&, const PurchaseReceiptReversed&);
void evolve(PurchaseOrders&, const PurchaseReceived&);
void evolve(PurchaseOrders&, const PurchaseReceiptReversed&);
void evolve(PurchaseOrders&, const OrderPrepaid&);

Part purchase_receipts();

}  // namespace kontor::purchasing
