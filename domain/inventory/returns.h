// Goods that come back from customers, and go back to suppliers.
#pragma once

#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

inline constexpr Reason source_line_unknown{
    Refusal::missing, "source_line_unknown",
    "There is no such line that it could come back from: no such document, or it is reversed."};
inline constexpr Reason source_line_unfit{
    Refusal::invalid, "source_line_unfit",
    "From a customer comes back what an issue sent out, to a supplier goes back what a receipt "
    "brought, both of the same item; from another customer than named nothing comes back."};
inline constexpr Reason source_costed_apart{
    Refusal::invalid, "source_costed_apart",
    "What it comes back from is costed apart from where it comes back to: another warehouse or "
    "lot."};

struct CustomerReturnLine {
    items::ItemCode item;
    Quantity quantity;
    WarehouseCode warehouse;
    std::optional<LotCode> lot;
    std::optional<StockLineRef> issue;
    std::optional<LocationCode> location{};
    StockState state = StockState::free;

    static void describe(auto& line) {
        line.record("CustomerReturnLine", "Goods that came back.")
            .field("item", &CustomerReturnLine::item, "An item of goods.")
            .field("quantity", &CustomerReturnLine::quantity,
                   "Above zero, in any unit of the item.")
            .field("warehouse", &CustomerReturnLine::warehouse, "Where it lies now.")
            .field("lot", &CustomerReturnLine::lot,
                   "Lot or serial number, where the item has them.")
            .field("issue", &CustomerReturnLine::issue,
                   "The line of the issue that it comes back from. Absent: the customer's oldest "
                   "issues that are not back yet.")
            .field("location", &CustomerReturnLine::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &CustomerReturnLine::state,
                   "Whether it may be used before it is looked at.")
            .otherwise(StockState::free);
    }
};

struct TakeBackStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<parties::PartyCode> customer;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<CustomerReturnLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;

    static void describe(auto& command) {
        command
            .record("TakeBackStock",
                    "Says that goods came back from a customer. They come back at what the issue "
                    "cost that is named; else at what the customer's oldest issues of the item "
                    "cost that are not back yet; what matches none, at what stock then costs.")
            .company(&TakeBackStock::company)
            .stream(&TakeBackStock::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000504", "lines": [{"item": "CANDLE", "quantity":
                {"amount": "1", "unit": "ea"}, "warehouse": "MAIN"}], "text": "Unused"})")
            .field("company", &TakeBackStock::company, "Whose stock.")
            .field("document", &TakeBackStock::document, "A new id, chosen by the client.")
            .field("customer", &TakeBackStock::customer,
                   "Whom they came back from. Absent: as the issue says, or nobody.")
            .field("date", &TakeBackStock::date, "When they came. Absent: the company's today.")
            .field("second", &TakeBackStock::second,
                   "At which second of that day. Absent: in its last minute, behind issues.")
            .least(0)
            .most(86'399)
            .field("lines", &TakeBackStock::lines, "What came back.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &TakeBackStock::counterpart,
                   "The account that gets the cost back. Absent: that of the issue, or cost of "
                   "sales.")
            .field("text", &TakeBackStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, parties::party_unknown, parties::party_merged,
                     items::item_unknown, item_not_in_stock, items::item_is_template,
                     items::item_is_draft, items::item_phased_out, items::item_discontinued,
                     items::item_use_blocked, warehouse_unknown, warehouse_blocked,
                     location_unknown, location_blocked, stock_state_transit, lot_missing,
                     lot_not_tracked, quantity_not_positive, quantity_not_whole,
                     source_line_unknown, source_line_unfit, serial_not_single, serial_in_stock,
                     stock_accounts_missing, source_costed_apart, ledger::date_outside_calendar,
                     cost_missing, stock_too_large, returned_before_source, returned_beyond_source,
                     stock_day_closed);
    }
};

struct SupplierReturnLine {
    StockLineRef receipt;
    Quantity quantity;
    std::optional<WarehouseCode> warehouse;
    std::optional<LocationCode> location{};
    StockState state = StockState::free;
    std::optional<ForeignShare> foreign{};

    static void describe(auto& line) {
        line.record("SupplierReturnLine", "Goods that go back.")
            .field("receipt", &SupplierReturnLine::receipt, "The line that brought them.")
            .field("quantity", &SupplierReturnLine::quantity,
                   "Above zero, in any unit of the item.")
            .field("warehouse", &SupplierReturnLine::warehouse,
                   "Where they lay. Absent: where they came to.")
            .field("location", &SupplierReturnLine::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &SupplierReturnLine::state, "What state they were in.")
            .otherwise(StockState::free)
            .field("foreign", &SupplierReturnLine::foreign,
                   "What of the cost is no longer owed, or is claimed, in another currency.");
    }
};

struct SendBackStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<SupplierReturnLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;

    static void describe(auto& command) {
        command
            .record("SendBackStock",
                    "Says that goods went back to their supplier, at what their receipt cost. What "
                    "stock has no longer at that cost is a difference.")
            .company(&SendBackStock::company)
            .stream(&SendBackStock::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000505", "lines": [{"receipt": {"document":
                "01980000-0000-7000-8000-000000000501", "line": 1}, "quantity": {"amount": "2",
                "unit": "ea"}}], "text": "Broken wicks"})")
            .field("company", &SendBackStock::company, "Whose stock.")
            .field("document", &SendBackStock::document, "A new id, chosen by the client.")
            .field("date", &SendBackStock::date, "When they went. Absent: the company's today.")
            .field("second", &SendBackStock::second,
                   "At which second of that day. Absent: in its last minute.")
            .least(0)
            .most(86'399)
            .field("lines", &SendBackStock::lines, "What went back.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &SendBackStock::counterpart,
                   "The account that gets the cost back. Absent: that of the receipt.")
            .field("text", &SendBackStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, source_line_unknown, source_line_unfit,
                     items::item_is_template, items::item_is_draft, items::item_phased_out,
                     items::item_discontinued, items::item_use_blocked, warehouse_unknown,
                     warehouse_blocked, location_unknown, location_blocked, stock_state_transit,
                     quantity_not_positive, quantity_not_whole, serial_not_single,
                     foreign_share_unfit, stock_accounts_missing, source_costed_apart,
                     ledger::date_outside_calendar, stock_insufficient, cost_missing,
                     stock_too_large, returned_before_source, returned_beyond_source,
                     stock_day_closed);
    }
};

Decision<StockMoved> decide(const World&, const TakeBackStock&, const Context&);
Decision<StockMoved> decide(const World&, const SendBackStock&, const Context&);

Part returns();

}  // namespace kontor::inventory
