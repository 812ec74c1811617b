// Stock documents: what comes in and goes out, and how it is put right, whenever that is known.
#pragma once

#include "domain/inventory/lots.h"
#include "domain/inventory/stock_moves.h"
#include "domain/inventory/stocked_items.h"
#include "domain/ledger/entries.h"

namespace kontor::inventory {

inline constexpr Reason stock_document_exists{
    Refusal::conflict, "stock_document_exists",
    "The company has a stock document with this id already."};
inline constexpr Reason stock_document_unknown{Refusal::missing, "stock_document_unknown",
                                               "The company has no stock document with this id."};
inline constexpr Reason stock_document_reversed{
    Refusal::conflict, "stock_document_reversed",
    "The document is reversed: nothing of it happened."};
inline constexpr Reason stock_line_unknown{Refusal::missing, "stock_line_unknown",
                                           "The document has no line with this number."};
inline constexpr Reason cost_not_in_base_currency{
    Refusal::invalid, "cost_not_in_base_currency",
    "What a receipt cost is in the company's base currency."};
inline constexpr Reason cost_negative{Refusal::invalid, "cost_negative",
                                      "What a receipt cost is not below zero."};
inline constexpr Reason foreign_share_unfit{
    Refusal::invalid, "foreign_share_unfit",
    "What is owed in another currency is so in one that is not the base currency, and in base "
    "currency it is at most the cost."};
inline constexpr Reason cost_missing{
    Refusal::conflict, "cost_missing",
    "More goes out than ever came in, and nothing says what it may cost until it comes."};
inline constexpr Reason stock_too_large{
    Refusal::invalid, "stock_too_large",
    "Stock of the item would be more than any quantity or amount."};
inline constexpr Reason stock_insufficient{
    Refusal::conflict, "stock_insufficient",
    "On a day from then on, less than nothing would lie there, which the company forbids."};
inline constexpr Reason returned_before_source{
    Refusal::invalid, "returned_before_source",
    "Something would come back before it went, or of what never went."};
inline constexpr Reason returned_beyond_source{Refusal::conflict, "returned_beyond_source",
                                               "More would come back of a line than it moved."};
inline constexpr Reason stock_day_closed{
    Refusal::conflict, "stock_day_closed",
    "The day's period is closed, and no later one is open for what it costs."};
inline constexpr Reason stock_line_unchanged{Refusal::conflict, "stock_line_unchanged",
                                             "The line is so already."};
inline constexpr Reason cost_of_no_receipt{
    Refusal::invalid, "cost_of_no_receipt",
    "Only what came in at a cost of its own has one to correct."};

inline constexpr Reason stock_not_free{
    Refusal::invalid, "stock_not_free",
    "What is in inspection or blocked goes out for no order; set it free first."};
inline constexpr Reason transfer_line_paired{
    Refusal::conflict, "transfer_line_paired",
    "What left one place came to another: reverse the document, and enter it as it was."};
inline constexpr Reason receipt_bears_cost{
    Refusal::conflict, "receipt_bears_cost",
    "A landed cost is borne by the receipt; withdraw that first."};

struct ReceiptLine {
    items::ItemCode item;
    Quantity quantity;
    WarehouseCode warehouse;
    std::optional<LotCode> lot;
    Money cost;
    std::optional<LocationCode> location = std::nullopt;
    StockState state = StockState::free;
    std::optional<Date> expires = std::nullopt;
    std::optional<OrderLineRef> order = std::nullopt;
    std::optional<ForeignShare> foreign{};

    static void describe(auto& line) {
        line.record("ReceiptLine", "Goods that came in.")
            .field("item", &ReceiptLine::item, "An item of goods.")
            .field("quantity", &ReceiptLine::quantity, "Above zero, in any unit of the item.")
            .field("warehouse", &ReceiptLine::warehouse, "Where it lies now.")
            .field("lot", &ReceiptLine::lot, "Lot or serial number, where the item has them.")
            .field("cost", &ReceiptLine::cost, "What all of it cost, in base currency.")
            .field("location", &ReceiptLine::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &ReceiptLine::state, "Whether it may be used before it is looked at.")
            .otherwise(StockState::free)
            .field("expires", &ReceiptLine::expires,
                   "The last day that the lot keeps. Absent: by the item's shelf life from the "
                   "day that it came, where the lot is new.")
            .field("order", &ReceiptLine::order,
                   "The line of an order that it came for: so much less of it is expected.")
            .field("foreign", &ReceiptLine::foreign,
                   "What of the cost is owed in another currency; at most all of it.");
    }
};

struct ReceiveStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<ReceiptLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;

    static void describe(auto& command) {
        command
            .record("ReceiveStock",
                    "Says that goods came in, at what they cost: an opening, a gift, what was "
                    "made. Of an earlier day too; issues after it then cost otherwise, and the "
                    "ledger gets the difference.")
            .company(&ReceiveStock::company)
            .stream(&ReceiveStock::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000501", "lines": [{"item": "CANDLE", "quantity":
                {"amount": "24", "unit": "ea"}, "warehouse": "MAIN", "cost": {"amount": "36.00",
                "currency": "EUR"}}, {"item": "HONEY", "quantity": {"amount": "12", "unit": "ea"},
                "warehouse": "MAIN", "lot": "H-26", "cost": {"amount": "48.00", "currency":
                "EUR"}}], "text": "From the workshop"})")
            .field("company", &ReceiveStock::company, "Whose stock.")
            .field("document", &ReceiveStock::document, "A new id, chosen by the client.")
            .field("date", &ReceiveStock::date, "When they came. Absent: the company's today.")
            .field("second", &ReceiveStock::second,
                   "At which second of that day. Absent: at its beginning.")
            .least(0)
            .most(86'399)
            .field("lines", &ReceiveStock::lines, "What came.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &ReceiveStock::counterpart,
                   "The account that gave it. Absent: what is received and not invoiced.")
            .field("text", &ReceiveStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, items::item_unknown, item_not_in_stock,
                     items::item_is_template, items::item_is_draft, items::item_phased_out,
                     items::item_discontinued, items::item_use_blocked, warehouse_unknown,
                     warehouse_blocked, location_unknown, location_blocked, stock_state_transit,
                     lot_missing, lot_not_tracked, quantity_not_positive, quantity_not_whole,
                     cost_not_in_base_currency, cost_negative, serial_not_single, serial_in_stock,
                     foreign_share_unfit, stock_accounts_missing, ledger::date_outside_calendar,
                     stock_too_large, stock_day_closed);
    }
};

struct IssueLine {
    items::ItemCode item;
    Quantity quantity;
    WarehouseCode warehouse;
    std::optional<LotCode> lot;
    std::optional<Money> purchase_price{};
    std::optional<LocationCode> location = std::nullopt;
    StockState state = StockState::free;
    std::optional<OrderLineRef> order = std::nullopt;

    static void describe(auto& line) {
        line.record("IssueLine", "Goods that went out.")
            .field("item", &IssueLine::item, "An item of goods.")
            .field("quantity", &IssueLine::quantity, "Above zero, in any unit of the item.")
            .field("warehouse", &IssueLine::warehouse, "Where it lay.")
            .field("lot", &IssueLine::lot, "Lot or serial number, where the item has them.")
            .field("purchase_price", &IssueLine::purchase_price,
                   "What all of it would cost to buy, in base currency: what it costs where more "
                   "may go out than is there, nothing ever was and no standard is set.")
            .field("location", &IssueLine::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &IssueLine::state,
                   "What state it was in. What is not free goes out for no order: as scrap, or "
                   "back to whom it came from.")
            .otherwise(StockState::free)
            .field("order", &IssueLine::order,
                   "The line of an order that it went for: so much less of it is expected, and "
                   "so much less is reserved for it.");
    }
};

struct IssueStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<IssueLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;
    std::optional<parties::PartyCode> customer{};

    static void describe(auto& command) {
        command
            .record("IssueStock",
                    "Says that goods went out; what they cost is computed. Of an earlier day too, "
                    "as long as no later day is left with less than nothing where that is "
                    "forbidden.")
            .company(&IssueStock::company)
            .stream(&IssueStock::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000502", "lines": [{"item": "CANDLE", "quantity":
                {"amount": "6", "unit": "ea"}, "warehouse": "MAIN"}], "text": "For the window"})")
            .field("company", &IssueStock::company, "Whose stock.")
            .field("document", &IssueStock::document, "A new id, chosen by the client.")
            .field("date", &IssueStock::date, "When they went. Absent: the company's today.")
            .field("second", &IssueStock::second,
                   "At which second of that day. Absent: in its last minute.")
            .least(0)
            .most(86'399)
            .field("lines", &IssueStock::lines, "What went.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &IssueStock::counterpart,
                   "The account that bears what it cost. Absent: cost of sales.")
            .field("text", &IssueStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .field("customer", &IssueStock::customer,
                   "Whom they went to: what comes back from there comes back from these.")
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, parties::party_unknown, parties::party_merged,
                     items::item_unknown, item_not_in_stock, items::item_is_template,
                     items::item_is_draft, items::item_phased_out, items::item_discontinued,
                     items::item_use_blocked, warehouse_unknown, warehouse_blocked,
                     location_unknown, location_blocked, stock_state_transit, lot_missing,
                     lot_not_tracked, quantity_not_positive, quantity_not_whole,
                     cost_not_in_base_currency, cost_negative, stock_not_free, lot_expired,
                     serial_not_single, stock_accounts_missing, ledger::date_outside_calendar,
                     stock_insufficient, cost_missing, stock_too_large, stock_day_closed);
    }
};

struct CorrectStockLine {
    CompanyCode company;
    StockDocumentId document;
    std::int64_t line = 0;
    std::optional<Quantity> quantity;
    std::optional<Money> cost;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("CorrectStockLine",
                    "Puts a line of a stock document right, at its own place. What later moves "
                    "cost then is what it would have been, and the ledger gets the difference on "
                    "the days of those moves, or the first open day after them.")
            .company(&CorrectStockLine::company)
            .stream(&CorrectStockLine::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000501", "line": 1, "cost": {"amount": "38.40",
                "currency": "EUR"}, "reason": "The wax was dearer"})")
            .field("company", &CorrectStockLine::company, "Whose stock.")
            .field("document", &CorrectStockLine::document, "A stock document of the company.")
            .field("line", &CorrectStockLine::line, "Number of the line, from 1.")
            .least(1)
            .field("quantity", &CorrectStockLine::quantity,
                   "What moved, above zero, or was counted. Absent: as it was said.")
            .field("cost", &CorrectStockLine::cost,
                   "What all of it cost, of a receipt. Absent: as it was said.")
            .field("reason", &CorrectStockLine::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(stock_document_unknown, stock_document_reversed, stock_line_unknown,
                     transfer_line_paired, quantity_not_positive, counted_negative,
                     quantity_not_whole, serial_not_single, cost_of_no_receipt,
                     cost_not_in_base_currency, cost_negative, stock_line_unchanged,
                     stock_insufficient, cost_missing, stock_too_large, returned_beyond_source,
                     stock_accounts_missing, stock_day_closed);
    }
};

struct ReverseStockDocument {
    CompanyCode company;
    StockDocumentId document;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReverseStockDocument",
                    "Takes the moves of a document out at their own place, as if they had never "
                    "been entered; what was known before stays known.")
            .company(&ReverseStockDocument::company)
            .stream(&ReverseStockDocument::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000502", "reason": "It stayed in the cellar"})")
            .field("company", &ReverseStockDocument::company, "Whose stock.")
            .field("document", &ReverseStockDocument::document, "A stock document of the company.")
            .field("reason", &ReverseStockDocument::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(stock_document_unknown, stock_document_reversed, receipt_bears_cost,
                     serial_in_stock, stock_insufficient, cost_missing, stock_too_large,
                     returned_before_source, stock_accounts_missing, stock_day_closed);
    }
};

Decision<StockMoved> decide(const World&, const ReceiveStock&, const Context&);
Decision<StockMoved> decide(const World&, const IssueStock&, const Context&);
Decision<StockLineCorrected> decide(const World&, const CorrectStockLine&, const Context&);
Decision<StockDocumentReversed> decide(const World&, const ReverseStockDocument&, const Context&);

Part stock_documents();

}  // namespace kontor::inventory
