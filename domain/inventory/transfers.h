// Transfers: goods that lie elsewhere or in another state than before, and are worth the same.
//
// A move within stock that has one cost takes nothing out of it and brings nothing in: each line of
// a document is two, from a place and to another, and neither changes the value. What is sent lies
// in transit, at a place of its own that is named by the transfer, until it arrives there or is
// lost; as no place goes below zero on any day, no more arrives than was sent, and none before.
#pragma once

#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

inline constexpr Reason transfer_to_same_place{Refusal::invalid, "transfer_to_same_place",
                                               "It lies there already, in that state."};
inline constexpr Reason transfer_between_areas{
    Refusal::conflict, "transfer_between_areas",
    "The warehouses are costed apart: issue it from one and receive it in the other."};
inline constexpr Reason transfer_unknown{
    Refusal::missing, "transfer_unknown",
    "The company has no transfer with this id that sent goods."};
inline constexpr Reason transfer_reversed{Refusal::conflict, "transfer_reversed",
                                          "The transfer is reversed: nothing was sent."};

struct MoveLine {
    items::ItemCode item;
    Quantity quantity;
    std::optional<LotCode> lot;
    WarehouseCode from;
    std::optional<LocationCode> from_location;
    std::optional<WarehouseCode> to;
    std::optional<LocationCode> to_location;
    StockState state = StockState::free;

    static void describe(auto& record) {
        record.record("MoveLine", "Goods that are put elsewhere.")
            .field("item", &MoveLine::item, "An item of goods.")
            .field("quantity", &MoveLine::quantity, "Above zero, in any unit of the item.")
            .field("lot", &MoveLine::lot, "Lot or serial number, where the item has them.")
            .field("from", &MoveLine::from, "The warehouse that they were in.")
            .field("from_location", &MoveLine::from_location,
                   "Where in it. Absent: in none of its locations.")
            .field("to", &MoveLine::to, "The warehouse that they are in now. Absent: the same.")
            .field("to_location", &MoveLine::to_location,
                   "Where in it. Absent: in its default location.")
            .field("state", &MoveLine::state, "Its state, which stays.")
            .otherwise(StockState::free);
    }
};

struct MoveStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<MoveLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("MoveStock",
                    "Puts goods elsewhere at once: from bin to bin, or into another "
                    "warehouse whose stock has the same cost. Of an earlier day "
                    "too.")
            .company(&MoveStock::company)
            .stream(&MoveStock::document)
            .example(R"({"company": "DEMO", "document": "01980000-0000-7000-8000-000000000511",
                "lines": [{"item": "CANDLE", "quantity": {"amount": "1", "unit": "ea"}, "from":
                "MAIN", "to": "SHOP", "to_location": "SHELF"}]})")
            .field("company", &MoveStock::company, "Whose stock.")
            .field("document", &MoveStock::document, "A new id, chosen by the client.")
            .field("date", &MoveStock::date, "When. Absent: the company's today.")
            .field("second", &MoveStock::second,
                   "At which second of that day. Absent: at noon, behind receipts "
                   "and before issues.")
            .least(0)
            .most(86'399)
            .field("lines", &MoveStock::lines, "What was put where.")
            .shortest(1)
            .longest(500)
            .field("text", &MoveStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, items::item_unknown,
                     items::item_is_template, item_not_in_stock, items::item_is_draft,
                     items::item_use_blocked, warehouse_unknown, warehouse_blocked,
                     location_unknown, location_blocked, stock_state_transit, lot_missing,
                     lot_not_tracked, quantity_not_positive, quantity_not_whole,
                     transfer_to_same_place, serial_not_single, stock_accounts_missing,
                     transfer_between_areas, ledger::date_outside_calendar, stock_insufficient);
    }
};

struct StateLine {
    items::ItemCode item;
    Quantity quantity;
    std::optional<LotCode> lot;
    WarehouseCode warehouse;
    std::optional<LocationCode> location;
    StockState from = StockState::free;
    StockState to = StockState::free;

    static void describe(auto& record) {
        record.record("StateLine", "Goods that are put into another state.")
            .field("item", &StateLine::item, "An item of goods.")
            .field("quantity", &StateLine::quantity, "Above zero, in any unit of the item.")
            .field("lot", &StateLine::lot, "Lot or serial number, where the item has them.")
            .field("warehouse", &StateLine::warehouse, "The warehouse that they are in.")
            .field("location", &StateLine::location,
                   "Where in it. Absent: in its default location.")
            .field("from", &StateLine::from, "The state that they were in.")
            .field("to", &StateLine::to, "The state that they are in now.");
    }
};

struct ChangeStockState {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<StateLine> lines;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ChangeStockState",
                    "Puts goods into another state where they lie: into inspection, "
                    "free after it, blocked. Only what is free is promised to "
                    "anybody.")
            .company(&ChangeStockState::company)
            .stream(&ChangeStockState::document)
            .example(R"({"company": "DEMO", "document": "01980000-0000-7000-8000-000000000512",
                "lines": [{"item": "CANDLE", "quantity": {"amount": "1", "unit": "ea"},
                "warehouse": "MAIN", "from": "free", "to": "blocked"}], "reason":
                "The wick is missing"})")
            .field("company", &ChangeStockState::company, "Whose stock.")
            .field("document", &ChangeStockState::document, "A new id, chosen by the client.")
            .field("date", &ChangeStockState::date, "When. Absent: the company's today.")
            .field("second", &ChangeStockState::second,
                   "At which second of that day. Absent: at noon, behind receipts "
                   "and before issues.")
            .least(0)
            .most(86'399)
            .field("lines", &ChangeStockState::lines, "What was put into which state.")
            .shortest(1)
            .longest(500)
            .field("reason", &ChangeStockState::reason, "Why, for whoever asks later.")
            .shortest(1)
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, items::item_unknown,
                     items::item_is_template, item_not_in_stock, items::item_is_draft,
                     items::item_use_blocked, warehouse_unknown, warehouse_blocked,
                     location_unknown, location_blocked, stock_state_transit, lot_missing,
                     lot_not_tracked, quantity_not_positive, quantity_not_whole,
                     transfer_to_same_place, serial_not_single, stock_accounts_missing,
                     ledger::date_outside_calendar, stock_insufficient);
    }
};

struct SentLine {
    items::ItemCode item;
    Quantity quantity;
    std::optional<LotCode> lot;
    std::optional<LocationCode> location;

    static void describe(auto& record) {
        record.record("SentLine", "Goods that are on their way to another warehouse.")
            .field("item", &SentLine::item, "An item of goods.")
            .field("quantity", &SentLine::quantity, "Above zero, in any unit of the item.")
            .field("lot", &SentLine::lot, "Lot or serial number, where the item has them.")
            .field("location", &SentLine::location,
                   "Where they were. Absent: in the default location.");
    }
};

struct SendTransfer {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    WarehouseCode from;
    WarehouseCode to;
    std::vector<SentLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("SendTransfer",
                    "Sends goods to another warehouse whose stock has the same "
                    "cost. They are in transit until they arrive there or are lost.")
            .company(&SendTransfer::company)
            .stream(&SendTransfer::document)
            .example(R"({"company": "DEMO", "document": "01980000-0000-7000-8000-000000000513",
                "from": "MAIN", "to": "SHOP", "lines": [{"item": "CANDLE", "quantity":
                {"amount": "3", "unit": "ea"}}]})")
            .field("company", &SendTransfer::company, "Whose stock.")
            .field("document", &SendTransfer::document, "A new id, chosen by the client.")
            .field("date", &SendTransfer::date, "When. Absent: the company's today.")
            .field("second", &SendTransfer::second,
                   "At which second of that day. Absent: at noon, behind receipts "
                   "and before issues.")
            .least(0)
            .most(86'399)
            .field("from", &SendTransfer::from, "The warehouse that they leave.")
            .field("to", &SendTransfer::to, "The warehouse that they are sent to.")
            .field("lines", &SendTransfer::lines, "What is sent.")
            .shortest(1)
            .longest(500)
            .field("text", &SendTransfer::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, warehouse_unknown,
                     warehouse_blocked, items::item_unknown, items::item_is_template,
                     item_not_in_stock, items::item_is_draft, items::item_use_blocked,
                     location_unknown, location_blocked, lot_missing, lot_not_tracked,
                     quantity_not_positive, quantity_not_whole, transfer_to_same_place,
                     serial_not_single, stock_accounts_missing, transfer_between_areas,
                     ledger::date_outside_calendar, stock_insufficient);
    }
};

struct ArrivedLine {
    std::int64_t line = 0;
    Quantity quantity;
    std::optional<LocationCode> location;
    StockState state = StockState::free;

    static void describe(auto& record) {
        record.record("ArrivedLine", "Goods of a transfer that have arrived.")
            .field("line", &ArrivedLine::line, "The line of the transfer, from 1.")
            .least(1)
            .field("quantity", &ArrivedLine::quantity, "Above zero, in any unit of the item.")
            .field("location", &ArrivedLine::location,
                   "Where they were put. Absent: in the default location.")
            .field("state", &ArrivedLine::state,
                   "Whether they may be used before they are looked at.")
            .otherwise(StockState::free);
    }
};

struct ReceiveTransfer {
    CompanyCode company;
    StockDocumentId document;
    StockDocumentId transfer;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<ArrivedLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("ReceiveTransfer",
                    "Says that goods of a transfer have arrived, all of them or a "
                    "part.")
            .company(&ReceiveTransfer::company)
            .stream(&ReceiveTransfer::document)
            .example(R"({"company": "DEMO", "document": "01980000-0000-7000-8000-000000000514",
                "transfer": "01980000-0000-7000-8000-000000000513", "lines": [{"line": 1,
                "quantity": {"amount": "2", "unit": "ea"}}]})")
            .field("company", &ReceiveTransfer::company, "Whose stock.")
            .field("document", &ReceiveTransfer::document, "A new id, chosen by the client.")
            .field("transfer", &ReceiveTransfer::transfer, "The document that sent them.")
            .field("date", &ReceiveTransfer::date, "When. Absent: the company's today.")
            .field("second", &ReceiveTransfer::second,
                   "At which second of that day. Absent: a second after noon.")
            .least(0)
            .most(86'399)
            .field("lines", &ReceiveTransfer::lines, "What arrived.")
            .shortest(1)
            .longest(500)
            .field("text", &ReceiveTransfer::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, transfer_unknown,
                     transfer_reversed, stock_line_unknown, warehouse_unknown, warehouse_blocked,
                     location_unknown, location_blocked, stock_state_transit, quantity_not_positive,
                     quantity_not_whole, serial_not_single, stock_accounts_missing,
                     ledger::date_outside_calendar, stock_insufficient);
    }
};

struct LostLine {
    std::int64_t line = 0;
    Quantity quantity;

    static void describe(auto& record) {
        record.record("LostLine", "Goods of a transfer that will not arrive.")
            .field("line", &LostLine::line, "The line of the transfer, from 1.")
            .least(1)
            .field("quantity", &LostLine::quantity, "Above zero, in any unit of the item.");
    }
};

struct LoseTransfer {
    CompanyCode company;
    StockDocumentId document;
    StockDocumentId transfer;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<LostLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("LoseTransfer",
                    "Says that goods of a transfer were lost on the way; what they "
                    "cost is borne, and computed as of any issue.")
            .company(&LoseTransfer::company)
            .stream(&LoseTransfer::document)
            .example(R"({"company": "DEMO", "document": "01980000-0000-7000-8000-000000000515",
                "transfer": "01980000-0000-7000-8000-000000000513", "lines": [{"line": 1,
                "quantity": {"amount": "1", "unit": "ea"}}], "reason": "Fell off the van"})")
            .field("company", &LoseTransfer::company, "Whose stock.")
            .field("document", &LoseTransfer::document, "A new id, chosen by the client.")
            .field("transfer", &LoseTransfer::transfer, "The document that sent them.")
            .field("date", &LoseTransfer::date, "When. Absent: the company's today.")
            .field("second", &LoseTransfer::second,
                   "At which second of that day. Absent: in its last minute.")
            .least(0)
            .most(86'399)
            .field("lines", &LoseTransfer::lines, "What was lost.")
            .shortest(1)
            .longest(500)
            .field("counterpart", &LoseTransfer::counterpart,
                   "The account that bears it. Absent: where differences of counts "
                   "go.")
            .field("reason", &LoseTransfer::reason, "Why, for whoever asks later.")
            .shortest(1)
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, transfer_unknown, transfer_reversed,
                     stock_line_unknown, quantity_not_positive, quantity_not_whole,
                     serial_not_single, stock_accounts_missing, ledger::date_outside_calendar,
                     stock_insufficient, cost_missing, stock_too_large, stock_day_closed);
    }
};

// The place where goods of a transfer are on their way to a warehouse.
StockPlace in_transit(const StockDocumentId& transfer, const WarehouseCode& to,
                      const std::optional<LotCode>&);

Decision<StockMoved> decide(const World&, const MoveStock&, const Context&);
Decision<StockMoved> decide(const World&, const ChangeStockState&, const Context&);
Decision<StockMoved> decide(const World&, const SendTransfer&, const Context&);
Decision<StockMoved> decide(const World&, const ReceiveTransfer&, const Context&);
Decision<StockMoved> decide(const World&, const LoseTransfer&, const Context&);

Part transfers();

}  // namespace kontor::inventory
