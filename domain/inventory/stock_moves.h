// What moved: documents with their lines, the series that value them, and what is on hand.
//
// Events say what happened and what is posted for it at that moment. What later moves then cost is
// computed from the series, the same by whoever folds the events.
#pragma once

#include "domain/core/paged_table.h"
#include "domain/inventory/order_lines.h"
#include "domain/inventory/stock_accounts.h"
#include "domain/inventory/stock_series.h"
#include "domain/items/costing.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::inventory {

enum class StockDocumentKind : std::uint8_t {
    receipt,
    issue,
    returned,
    transfer,
    state_change
};

void describe(auto& choice, StockDocumentKind) {
    choice.choice("StockDocumentKind", "What a stock document tells.")
        .value("receipt", "Goods came in at a cost.")
        .value("issue", "Goods went out.")
        .value("returned", "Goods came back that had gone, or went back that had come.")
        .value("transfer", "Goods went from place to place.")
        .value("state_change", "Goods were put into another state where they lay.");
}

// A line of a document that another one comes back from.
struct StockLineRef {
    StockDocumentId document;
    std::int64_t line = 0;

    auto operator<=>(const StockLineRef&) const = default;
    static void describe(auto& record) {
        record.record("StockLineRef", "A line of a stock document.")
            .field("document", &StockLineRef::document, "The document.")
            .field("line", &StockLineRef::line, "Number of the line, from 1.")
            .least(1);
    }
};

// Stock that has one cost: of an item in an area, by lot where it is costed so.
struct SeriesKey {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> area;
    std::optional<LotCode> lot;
    auto operator<=>(const SeriesKey&) const = default;
};

// How a series is costed from its first move on.
struct SeriesBegun {
    CostFormula formula = CostFormula::fifo;
    Bearers bearers;

    bool operator==(const SeriesBegun&) const = default;
    static void describe(auto& record) {
        record.record("SeriesBegun", "How stock is costed that begins with a line.")
            .field("formula", &SeriesBegun::formula, "Which cost an issue takes.")
            .field("bearers", &SeriesBegun::bearers, "The accounts.");
    }
};

struct MovedLine {
    std::int64_t line = 0;
    items::ItemCode item;
    StockPlace place;
    Quantity quantity;
    Valuing valuing = Valuing::brings_cost;
    std::optional<Money> cost;
    ledger::AccountCode counterpart;
    std::optional<StockLineRef> source;
    std::optional<MoveOrder> source_at;
    std::optional<WarehouseCode> area;
    std::optional<LotCode> costed_lot;
    std::optional<SeriesBegun> begins;
    std::optional<OrderLineRef> order;
    std::optional<Date> expires;

    bool operator==(const MovedLine&) const = default;
    static void describe(auto& record) {
        record.record("MovedLine", "One line of a stock document.")
            .field("line", &MovedLine::line, "Its number, from 1.")
            .field("item", &MovedLine::item, "The item.")
            .field("place", &MovedLine::place, "Where it moved.")
            .field("quantity", &MovedLine::quantity, "In the item's base unit; above zero is in.")
            .field("valuing", &MovedLine::valuing, "Where its worth comes from.")
            .field("cost", &MovedLine::cost, "What a receipt brought, in base currency.")
            .field("counterpart", &MovedLine::counterpart, "The account beside stock.")
            .field("source", &MovedLine::source, "What it comes back from.")
            .field("source_at", &MovedLine::source_at, "The place of that in business order.")
            .field("area", &MovedLine::area, "The area that it is costed in; absent: all.")
            .field("costed_lot", &MovedLine::costed_lot, "The lot that it is costed by.")
            .field("begins", &MovedLine::begins, "Where stock of the item begins with it.")
            .field("order", &MovedLine::order, "The line of an order that it is for.")
            .field("expires", &MovedLine::expires, "The last day that its lot keeps.");
    }
};

// A line of the entries that a change of stock is posted by.
struct StockEntryLine {
    Date date;
    ledger::JournalCode journal;
    ledger::AccountCode account;
    std::optional<items::ItemCode> item;
    Money debit;

    bool operator==(const StockEntryLine&) const = default;
    static void describe(auto& record) {
        record.record("StockEntryLine", "What stock posts on an account on a day.")
            .field("date", &StockEntryLine::date, "The day of the entry.")
            .field("journal", &StockEntryLine::journal, "Its journal.")
            .field("account", &StockEntryLine::account, "The account.")
            .field("item", &StockEntryLine::item, "Whose stock, on an account of stock.")
            .field("debit", &StockEntryLine::debit, "In base currency; a credit is below zero.");
    }
};

struct StockMoved {
    CompanyCode company;
    StockDocumentId document;
    StockDocumentKind kind = StockDocumentKind::receipt;
    Date date;
    std::int64_t second = 0;
    std::string text;
    std::vector<MovedLine> lines;
    std::vector<StockEntryLine> postings;

    bool operator==(const StockMoved&) const = default;
    static void describe(auto& event) {
        event.record("StockMoved", "Goods came in or went out.")
            .company(&StockMoved::company)
            .stream(&StockMoved::document)
            .on(&StockMoved::date)
            .field("company", &StockMoved::company, "Whose stock.")
            .field("document", &StockMoved::document, "The document, by the client's id.")
            .field("kind", &StockMoved::kind, "What it tells.")
            .field("date", &StockMoved::date, "When it happened.")
            .field("second", &StockMoved::second, "At which second of that day.")
            .field("text", &StockMoved::text, "What it says.")
            .field("lines", &StockMoved::lines, "What moved.")
            .field("postings", &StockMoved::postings,
                   "What is posted for it, later moves that cost otherwise now included.");
    }
};

struct StockLineCorrected {
    CompanyCode company;
    StockDocumentId document;
    Date date;
    std::int64_t second = 0;
    MovedLine was;
    MovedLine becomes;
    std::string reason;
    std::vector<StockEntryLine> postings;

    bool operator==(const StockLineCorrected&) const = default;
    static void describe(auto& event) {
        event.record("StockLineCorrected", "A line of a stock document was another one.")
            .company(&StockLineCorrected::company)
            .stream(&StockLineCorrected::document)
            .on(&StockLineCorrected::date)
            .field("company", &StockLineCorrected::company, "Whose stock.")
            .field("document", &StockLineCorrected::document, "The document.")
            .field("date", &StockLineCorrected::date, "When the document happened.")
            .field("second", &StockLineCorrected::second, "At which second of that day.")
            .field("was", &StockLineCorrected::was, "The line as it was.")
            .field("becomes", &StockLineCorrected::becomes, "The line as it is right.")
            .field("reason", &StockLineCorrected::reason, "Why, for the auditor.")
            .field("postings", &StockLineCorrected::postings,
                   "What is posted for it, later moves that cost otherwise now included.");
    }
};

struct StockDocumentReversed {
    CompanyCode company;
    StockDocumentId document;
    Date date;
    std::int64_t second = 0;
    std::vector<MovedLine> lines;
    std::string reason;
    std::vector<StockEntryLine> postings;

    bool operator==(const StockDocumentReversed&) const = default;
    static void describe(auto& event) {
        event.record("StockDocumentReversed", "Nothing of a stock document happened.")
            .company(&StockDocumentReversed::company)
            .stream(&StockDocumentReversed::document)
            .on(&StockDocumentReversed::date)
            .field("company", &StockDocumentReversed::company, "Whose stock.")
            .field("document", &StockDocumentReversed::document, "The document.")
            .field("date", &StockDocumentReversed::date, "When it was said to have happened.")
            .field("second", &StockDocumentReversed::second, "At which second of that day.")
            .field("lines", &StockDocumentReversed::lines, "The lines that are taken out.")
            .field("reason", &StockDocumentReversed::reason, "Why, for the auditor.")
            .field("postings", &StockDocumentReversed::postings,
                   "What is posted for it, later moves that cost otherwise now included.");
    }
};

struct StockDocumentKey {
    CompanyCode company;
    StockDocumentId document;

    auto operator<=>(const StockDocumentKey&) const = default;
    static void describe(auto& key) {
        key.record("StockDocumentKey", "A stock document of a company.")
            .field("company", &StockDocumentKey::company, "Whose stock.")
            .field("document", &StockDocumentKey::document, "Its id.");
    }
};

struct StockDocument {
    StockDocumentKind kind = StockDocumentKind::receipt;
    Date date;
    std::int64_t second = 0;
    std::vector<MovedLine> lines;
    bool reversed = false;

    const MovedLine* line(std::int64_t number) const;
    static void describe(auto& record) {
        record.record("StockDocument", "What moved by a document.")
            .field("kind", &StockDocument::kind, "What it tells.")
            .field("date", &StockDocument::date, "When it happened.")
            .field("second", &StockDocument::second, "At which second of that day.")
            .field("lines", &StockDocument::lines, "As they are right.")
            .field("reversed", &StockDocument::reversed, "Nothing of it happened.");
    }
};
using StockDocuments = PagedTable<StockDocumentKey, StockDocument>;

struct OnHandKey {
    CompanyCode company;
    items::ItemCode item;
    StockPlace place;

    auto operator<=>(const OnHandKey&) const = default;
    static void describe(auto& key) {
        key.record("OnHandKey", "Stock of an item at a place.")
            .field("company", &OnHandKey::company, "Whose stock.")
            .field("item", &OnHandKey::item, "Of which item.")
            .field("place", &OnHandKey::place, "Where.");
    }
};

struct OnHand {
    std::int64_t quantity = 0;

    static void describe(auto& record) {
        record.record("OnHand", "How much is there after all moves.")
            .field("quantity", &OnHand::quantity, "Millionths of the item's base unit.");
    }
};
using StocksOnHand = PagedTable<OnHandKey, OnHand>;

// Newest first, so that the moves after a place in business order are the first rows of a series.
struct StockBlockKey {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> area;
    std::optional<LotCode> lot;
    std::int64_t days_less = 0;
    std::int64_t seconds_less = 0;
    StockDocumentId document_less;
    std::int64_t line_less = 0;

    auto operator<=>(const StockBlockKey&) const = default;
    static void describe(auto& key) {
        key.record("StockBlockKey", "Moves of a series, by the first of them, the newest first.")
            .field("company", &StockBlockKey::company, "Whose stock.")
            .field("item", &StockBlockKey::item, "Of which item.")
            .field("area", &StockBlockKey::area, "In which area; absent: all of the company.")
            .field("lot", &StockBlockKey::lot, "Of which lot, where lots are costed apart.")
            .field("days_less", &StockBlockKey::days_less, "The day, below zero.")
            .field("seconds_less", &StockBlockKey::seconds_less, "The second, below zero.")
            .field("document_less", &StockBlockKey::document_less, "The document's complement.")
            .field("line_less", &StockBlockKey::line_less, "The line, below zero.");
    }
};

struct StockBlock {
    MoveBlock block;
    std::optional<SeriesStanding> end;

    static void describe(auto& record) {
        record.record("StockBlock", "Moves of a series that follow each other.")
            .field("block", &StockBlock::block, "The moves.")
            .field("end", &StockBlock::end,
                   "How the series stands behind them, where nothing follows.");
    }
};
using StockBlocks = PagedTable<StockBlockKey, StockBlock>;

// Whether anything of it ever moved.
bool has_series(const StockBlocks&, const SeriesKey&);
// A series from a place on.
struct SeriesPart {
    std::vector<MoveBlock> blocks;  // ascending; what `rewrite` takes
    SeriesStanding end;
};
SeriesPart series_from(const StockBlocks&, const SeriesKey&, const MoveOrder& place);

// The series that values a line, and the move that it is there.
SeriesKey series_of(const CompanyCode&, const MovedLine&);
Move move_of(const MoveOrder& at, const MovedLine&);
// The move that a series begins with: before all others, so that it holds for those that come to
// light later. Of several lines of one series only one begins it.
Move beginning(const SeriesBegun&, const StockDocumentId&, std::int64_t line);

using EditsBySeries = std::map<SeriesKey, std::vector<Edit>>;
// What an event edits, in order.
EditsBySeries edits_of(const StockMoved&);
EditsBySeries edits_of(const StockLineCorrected&);
EditsBySeries edits_of(const StockDocumentReversed&);

void evolve(StockBlocks&, const StockMoved&);
void evolve(StockBlocks&, const StockLineCorrected&);
void evolve(StockBlocks&, const StockDocumentReversed&);
void evolve(StockDocuments&, const StockMoved&);
void evolve(StockDocuments&, const StockLineCorrected&);
void evolve(StockDocuments&, const StockDocumentReversed&);
void evolve(StocksOnHand&, const StockMoved&);
void evolve(StocksOnHand&, const StockLineCorrected&);
void evolve(StocksOnHand&, const StockDocumentReversed&);

}  // namespace kontor::inventory
