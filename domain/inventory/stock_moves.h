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
#include "domain/parties/party.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::inventory {

enum class StockDocumentKind : std::uint8_t {
    receipt,
    issue,
    returned,
    count,
    revaluation,
    transfer,
    state_change
};

void describe(auto& choice, StockDocumentKind) {
    choice.choice("StockDocumentKind", "What a stock document tells.")
        .value("receipt", "Goods came in at a cost.")
        .value("issue", "Goods went out.")
        .value("returned", "Goods came back that had gone, or went back that had come.")
        .value("count", "Goods were counted.")
        .value("revaluation", "Stock is valued otherwise; nothing moved.")
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
    static void describe(auto& key) {
        key.record("SeriesKey", "Stock that has one cost.")
            .field("company", &SeriesKey::company, "Whose stock.")
            .field("item", &SeriesKey::item, "Of which item.")
            .field("area", &SeriesKey::area, "In which area; absent: all of the company.")
            .field("lot", &SeriesKey::lot, "Of which lot, where lots are costed apart.");
    }
};

// How a series is costed from its first move on. Steps move nothing: standards and formulas that
// others follow on a day.
struct SeriesBegun {
    CostFormula formula = CostFormula::fifo;
    Bearers bearers;
    std::vector<Move> steps{};

    bool operator==(const SeriesBegun&) const = default;
    static void describe(auto& record) {
        record.record("SeriesBegun", "How stock is costed that begins with a line.")
            .field("formula", &SeriesBegun::formula, "Which cost an issue takes.")
            .field("bearers", &SeriesBegun::bearers, "The accounts.")
            .field("steps", &SeriesBegun::steps,
                   "Standards and other formulas from a day on, in order.")
            .otherwise_empty();
    }
};

// A part of a line that comes back, by the line that it comes back from.
struct ReturnedPart {
    StockLineRef of;
    MoveOrder of_at;
    Quantity quantity;

    bool operator==(const ReturnedPart&) const = default;
    static void describe(auto& record) {
        record.record("ReturnedPart", "A part of what comes back.")
            .field("of", &ReturnedPart::of, "The line that it comes back from.")
            .field("of_at", &ReturnedPart::of_at, "The place of that in business order.")
            .field("quantity", &ReturnedPart::quantity, "Above zero, in the item's base unit.");
    }
};

struct LandedCostThing {
    static constexpr Thing thing{"landed_cost", {}};
};
using LandedCostId = Id<LandedCostThing>;

// What a receipt's line bears of a landed cost.
struct LandedShare {
    LandedCostId landed_cost;
    ledger::AccountCode counterpart;
    Money cost;
    Money beyond;

    bool operator==(const LandedShare&) const = default;
    static void describe(auto& record) {
        record.record("LandedShare", "What a line bears of a cost that came with the goods.")
            .field("landed_cost", &LandedShare::landed_cost, "The cost.")
            .field("counterpart", &LandedShare::counterpart, "The account beside stock.")
            .field("cost", &LandedShare::cost, "What stays with what was kept.")
            .field("beyond", &LandedShare::beyond,
                   "What goes back to the supplier bears until then, at the same cost a piece.");
    }
};

// What of a cost is owed in another currency than the base one, and what that is in base currency.
// The rest is owed in base currency, or was paid before at a rate that it keeps.
struct ForeignShare {
    Money amount;
    Money base;

    bool operator==(const ForeignShare&) const = default;
    static void describe(auto& record) {
        record.record("ForeignShare", "What of a cost is owed in another currency.")
            .field("amount", &ForeignShare::amount, "In that currency, not below zero.")
            .least(0)
            .field("base", &ForeignShare::base, "The same in base currency, at its rate.")
            .least(0);
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
    std::optional<Quantity> counted{};
    std::optional<parties::PartyCode> customer{};
    std::vector<ReturnedPart> parts{};
    std::vector<LandedShare> landed{};
    std::optional<Quantity> goes_back{};
    std::optional<Money> purchase_price{};
    std::optional<OrderLineRef> order{};
    std::optional<Date> expires{};
    std::optional<ForeignShare> foreign{};

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
            .field("counted", &MovedLine::counted,
                   "What was there, as somebody counted; the quantity is then what that is more "
                   "than the moves before it leave.")
            .field("customer", &MovedLine::customer, "Whom it went to, or came back from.")
            .field("parts", &MovedLine::parts,
                   "What it comes back from where no line was named; the rest matches nothing.")
            .otherwise_empty()
            .field("landed", &MovedLine::landed, "What it bears of costs that came with it.")
            .otherwise_empty()
            .field("goes_back", &MovedLine::goes_back,
                   "How much of it goes back to the supplier, where it bears such costs.")
            .field("purchase_price", &MovedLine::purchase_price,
                   "What all of it would cost, where nothing else says what an issue costs.")
            .field("order", &MovedLine::order, "The line of an order that it is for.")
            .field("expires", &MovedLine::expires, "The last day that its lot keeps.")
            .field("foreign", &MovedLine::foreign,
                   "What of its cost the counterpart has in another currency.");
    }
};

// A line of another document that a fact makes another one: the count after it finds more or less,
// another issue comes back, another receipt bears a cost.
struct ChangedLine {
    StockDocumentId document;
    Date date;
    std::int64_t second = 0;
    MovedLine was;
    MovedLine becomes;

    bool operator==(const ChangedLine&) const = default;
    static void describe(auto& record) {
        record.record("ChangedLine", "A line of another document that becomes another one.")
            .field("document", &ChangedLine::document, "The document.")
            .field("date", &ChangedLine::date, "When it happened.")
            .field("second", &ChangedLine::second, "At which second of that day.")
            .field("was", &ChangedLine::was, "The line as it was.")
            .field("becomes", &ChangedLine::becomes, "The line as it is now.");
    }
};

// A line of the entries that a change of stock is posted by.
struct StockEntryLine {
    Date date;
    ledger::JournalCode journal;
    ledger::AccountCode account;
    std::optional<items::ItemCode> item;
    Money debit;
    std::optional<Date> moved_on{};
    std::optional<Money> foreign{};

    bool operator==(const StockEntryLine&) const = default;
    static void describe(auto& record) {
        record.record("StockEntryLine", "What stock posts on an account on a day.")
            .field("date", &StockEntryLine::date, "The day of the entry.")
            .field("journal", &StockEntryLine::journal, "Its journal.")
            .field("account", &StockEntryLine::account, "The account.")
            .field("item", &StockEntryLine::item, "Whose stock, on an account of stock.")
            .field("debit", &StockEntryLine::debit, "In base currency; a credit is below zero.")
            .field("moved_on", &StockEntryLine::moved_on,
                   "On an account of stock, the day of the moves that it is of, where that is "
                   "another.")
            .field("foreign", &StockEntryLine::foreign,
                   "The same in another currency, where it is owed in one.");
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
    std::vector<ChangedLine> others{};

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
                   "What is posted for it, later moves that cost otherwise now included.")
            .field("others", &StockMoved::others,
                   "Lines of other documents that become others by it.")
            .otherwise_empty();
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
    std::vector<ChangedLine> others{};

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
                   "What is posted for it, later moves that cost otherwise now included.")
            .field("others", &StockLineCorrected::others,
                   "Lines of other documents that become others by it.")
            .otherwise_empty();
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
    std::vector<ChangedLine> others{};

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
                   "What is posted for it, later moves that cost otherwise now included.")
            .field("others", &StockDocumentReversed::others,
                   "Lines of other documents that become others by it.")
            .otherwise_empty();
    }
};

// A step of a series as it was, and as it becomes: a standard, a formula, an assessment.
struct ChangedStep {
    std::optional<WarehouseCode> area;
    std::optional<LotCode> lot;
    std::optional<Move> was;
    std::optional<Move> becomes;

    bool operator==(const ChangedStep&) const = default;
    static void describe(auto& record) {
        record.record("ChangedStep", "From when on stock is valued otherwise, and how.")
            .field("area", &ChangedStep::area, "In which area; absent: all of the company.")
            .field("lot", &ChangedStep::lot, "Of which lot, where lots are costed apart.")
            .field("was", &ChangedStep::was, "What was said of that moment.")
            .field("becomes", &ChangedStep::becomes, "What is said of it now.");
    }
};

struct StockRevalued {
    CompanyCode company;
    items::ItemCode item;
    StockDocumentId document;
    Date date;
    std::string text;
    std::vector<ChangedStep> steps;
    std::vector<StockEntryLine> postings;

    bool operator==(const StockRevalued&) const = default;
    static void describe(auto& event) {
        event.record("StockRevalued", "Stock of an item is valued otherwise from a day on.")
            .company(&StockRevalued::company)
            .stream(&StockRevalued::item)
            .on(&StockRevalued::date)
            .field("company", &StockRevalued::company, "Whose stock.")
            .field("item", &StockRevalued::item, "Of which item.")
            .field("document", &StockRevalued::document, "What it is posted by.")
            .field("date", &StockRevalued::date, "The first day of it.")
            .field("text", &StockRevalued::text, "What it says.")
            .field("steps", &StockRevalued::steps, "What is said otherwise, and of what stock.")
            .field("postings", &StockRevalued::postings,
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

// Stock that has one cost, and the steps of its series after the first.
struct StockSeries {
    CostFormula formula = CostFormula::fifo;
    std::vector<Move> steps;

    static void describe(auto& record) {
        record.record("StockSeries", "Stock that has one cost.")
            .field("formula", &StockSeries::formula, "What an issue cost at its beginning.")
            .field("steps", &StockSeries::steps, "From when on it is valued otherwise, in order.");
    }
};
using AllStockSeries = PagedTable<SeriesKey, StockSeries>;

struct CountKey {
    CompanyCode company;
    items::ItemCode item;
    StockPlace place;
    MoveOrder at;

    auto operator<=>(const CountKey&) const = default;
    static void describe(auto& key) {
        key.record("CountKey", "A count of an item at a place.")
            .field("company", &CountKey::company, "Whose stock.")
            .field("item", &CountKey::item, "Of which item.")
            .field("place", &CountKey::place, "Where.")
            .field("at", &CountKey::at, "Its place in business order.");
    }
};

struct Count {
    std::int64_t counted = 0;

    static void describe(auto& record) {
        record.record("Count", "What was counted.")
            .field("counted", &Count::counted, "Millionths of the item's base unit.");
    }
};
using CountsOfStock = PagedTable<CountKey, Count>;

struct CustomerMoveKey {
    SeriesKey series;
    parties::PartyCode customer;
    MoveOrder at;

    auto operator<=>(const CustomerMoveKey&) const = default;
    static void describe(auto& key) {
        key.record("CustomerMoveKey", "What went to a customer, or came back.")
            .field("series", &CustomerMoveKey::series, "Of which stock.")
            .field("customer", &CustomerMoveKey::customer, "Whom it went to or came back from.")
            .field("at", &CustomerMoveKey::at, "Its place in business order.");
    }
};

struct CustomerMove {
    std::int64_t quantity = 0;
    std::optional<MoveOrder> source;

    static void describe(auto& record) {
        record.record("CustomerMove", "How much went or came back.")
            .field("quantity", &CustomerMove::quantity,
                   "Millionths of the item's base unit; below zero it went.")
            .field("source", &CustomerMove::source, "What it comes back from, where it says so.");
    }
};
using CustomerMoves = PagedTable<CustomerMoveKey, CustomerMove>;

struct ReceivedLineKey {
    CompanyCode company;
    StockLineRef line;

    auto operator<=>(const ReceivedLineKey&) const = default;
    static void describe(auto& key) {
        key.record("ReceivedLineKey", "A line of a receipt.")
            .field("company", &ReceivedLineKey::company, "Whose stock.")
            .field("line", &ReceivedLineKey::line, "Which line.");
    }
};

struct SentBack {
    std::int64_t quantity = 0;

    static void describe(auto& record) {
        record.record("SentBack", "How much of a line went back to the supplier.")
            .field("quantity", &SentBack::quantity, "Millionths of the item's base unit.");
    }
};
using StockSentBack = PagedTable<ReceivedLineKey, SentBack>;

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

// What a row of a series has of a block. Moves are few octets and stay where only costs change.
enum class StockBlockPart : std::uint8_t { standing, moves };

void describe(auto& choice, StockBlockPart) {
    choice.choice("StockBlockPart", "What is kept of moves that follow each other.")
        .value("standing", "How the series stands before them; the first row: behind all.")
        .value("moves", "The moves.");
}

// Newest first, so that the moves after a place in business order are the first rows of a series.
struct StockBlockKey {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> area;
    std::optional<LotCode> lot;
    StockBlockPart part = StockBlockPart::standing;
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
            .field("part", &StockBlockKey::part, "What of them.")
            .field("days_less", &StockBlockKey::days_less, "The day, below zero.")
            .field("seconds_less", &StockBlockKey::seconds_less, "The second, below zero.")
            .field("document_less", &StockBlockKey::document_less, "The document's complement.")
            .field("line_less", &StockBlockKey::line_less, "The line, below zero.");
    }
};

struct StockBlock {
    std::optional<MoveBlock> moves;
    std::optional<SeriesStanding> standing;

    static void describe(auto& record) {
        record.record("StockBlock", "Moves of a series that follow each other.")
            .field("moves", &StockBlock::moves, "The moves.")
            .field("standing", &StockBlock::standing,
                   "How the series stands before them, or behind all.");
    }
};
using StockBlocks = PagedTable<StockBlockKey, StockBlock>;

SeriesPart series_from(const StockBlocks&, const SeriesKey&, const MoveOrder& place);
// All stock of an item that has one cost.
void each_series(const World&, const CompanyCode&, const items::ItemCode&,
                 const std::function<void(const SeriesKey&, const StockSeries&)>&);

// The series that values a line, and the move that it is there.
SeriesKey series_of(const CompanyCode&, const MovedLine&);
Move move_of(const MoveOrder& at, const MovedLine&);
// The moves that a series begins with. The first is before all others, so that it holds for those
// that come to light later. Of several lines of one series only one begins it.
std::vector<Move> beginning(const SeriesBegun&, const StockDocumentId&, std::int64_t line);

// A line as it was and as it becomes, at its place.
struct LineEdit {
    MoveOrder at;
    std::optional<MovedLine> was;
    std::optional<MovedLine> becomes;

    const MovedLine& line() const { return becomes ? *becomes : *was; }
};
ChangedLine changed_line(const LineEdit&);

// What an event makes of lines, those of other documents included.
std::vector<LineEdit> line_edits_of(const StockMoved&);
std::vector<LineEdit> line_edits_of(const StockLineCorrected&);
std::vector<LineEdit> line_edits_of(const StockDocumentReversed&);
std::vector<LineEdit> line_edits_of(const std::vector<ChangedLine>&);
template <class Event>
concept EditsLines = requires(const Event& event) {
    line_edits_of(event);
};

using EditsBySeries = std::map<SeriesKey, std::vector<Edit>>;
// What edits of lines, or steps, come to in the series, in order.
EditsBySeries edits_of(const CompanyCode&, const std::vector<LineEdit>&);
EditsBySeries edits_of(const StockRevalued&);

void rewrite_series(StockBlocks&, const EditsBySeries&);
void apply(AllStockSeries&, const CompanyCode&, const std::vector<LineEdit>&);
void apply(StocksOnHand&, const CompanyCode&, const std::vector<LineEdit>&);
void apply(CountsOfStock&, const CompanyCode&, const std::vector<LineEdit>&);
void apply(CustomerMoves&, const CompanyCode&, const std::vector<LineEdit>&);
void apply(StockSentBack&, const CompanyCode&, const std::vector<LineEdit>&);
void evolve(StockBlocks& blocks, const EditsLines auto& event) {
    rewrite_series(blocks, edits_of(event.company, line_edits_of(event)));
}
void evolve(AllStockSeries& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(StocksOnHand& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(CountsOfStock& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(CustomerMoves& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(StockSentBack& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(StockBlocks&, const StockRevalued&);
void evolve(AllStockSeries&, const StockRevalued&);
void evolve(StockDocuments&, const StockMoved&);
void evolve(StockDocuments&, const StockLineCorrected&);
void evolve(StockDocuments&, const StockDocumentReversed&);
// Lines of documents become others.
void change_lines(StockDocuments&, const CompanyCode&, const std::vector<ChangedLine>&);

}  // namespace kontor::inventory
