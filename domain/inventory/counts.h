// Counts of stock: assertions of what is there, not corrections of what is missing.
#pragma once

#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

inline constexpr Reason counted_twice{Refusal::invalid, "counted_twice",
                                      "One document counts the same goods at a place twice."};

struct CountLine {
    items::ItemCode item;
    WarehouseCode warehouse;
    std::optional<LotCode> lot;
    Quantity counted;
    std::optional<LocationCode> location{};
    StockState state = StockState::free;

    static void describe(auto& line) {
        line.record("CountLine", "What was counted.")
            .field("item", &CountLine::item, "An item of goods.")
            .field("warehouse", &CountLine::warehouse, "Where it was counted.")
            .field("lot", &CountLine::lot,
                   "Lot or serial number, where the item has them; others are not counted by it.")
            .field("counted", &CountLine::counted,
                   "What was there, zero too, in any unit of the item.")
            .field("location", &CountLine::location,
                   "Where in the warehouse. Absent: in its default location.")
            .field("state", &CountLine::state, "What may be done with it; others are not counted.")
            .otherwise(StockState::free);
    }
};

struct CountStock {
    CompanyCode company;
    StockDocumentId document;
    std::optional<Date> date;
    std::optional<std::int64_t> second;
    std::vector<CountLine> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;

    static void describe(auto& command) {
        command
            .record("CountStock",
                    "Says what was there, by item, place and lot. The gain or loss follows "
                    "from all moves before it, those that become known later too: they change the "
                    "gain and not what is there after it. A gain is worth what stock costs then.")
            .company(&CountStock::company)
            .stream(&CountStock::document)
            .example(R"({"company": "DEMO", "document":
                "01980000-0000-7000-8000-000000000503", "lines": [{"item": "CANDLE", "warehouse":
                "MAIN", "counted": {"amount": "25", "unit": "ea"}}], "text": "Cellar"})")
            .field("company", &CountStock::company, "Whose stock.")
            .field("document", &CountStock::document, "A new id, chosen by the client.")
            .field("date", &CountStock::date, "When it was counted. Absent: the company's today.")
            .field("second", &CountStock::second,
                   "At which second of that day. Absent: at its close.")
            .least(0)
            .most(86'399)
            .field("lines", &CountStock::lines, "What was counted.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &CountStock::counterpart,
                   "The account of gains and losses. Absent: that of differences.")
            .field("text", &CountStock::text, "What the document says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, stock_document_exists, ledger::account_unknown,
                     ledger::account_is_summary, items::item_unknown, item_not_in_stock,
                     items::item_is_template, items::item_is_draft, items::item_phased_out,
                     items::item_discontinued, items::item_use_blocked, warehouse_unknown,
                     warehouse_blocked, location_unknown, location_blocked, stock_state_transit,
                     lot_missing, lot_not_tracked, counted_negative, quantity_not_whole,
                     counted_twice, serial_not_single, stock_accounts_missing,
                     ledger::date_outside_calendar, stock_insufficient, cost_missing,
                     stock_too_large, stock_day_closed);
    }
};

Decision<StockMoved> decide(const World&, const CountStock&, const Context&);

Part counts();

}  // namespace kontor::inventory
