// Costs that came with goods: freight, duty, insurance. They are part of what the goods cost
// (IAS 2.10), whenever their bill comes, even where the goods are sold already.
#pragma once

#include "domain/inventory/stock_documents.h"

#include <optional>
#include <vector>

namespace kontor::inventory {

inline constexpr Reason landed_cost_exists{Refusal::conflict, "landed_cost_exists",
                                           "The company has a landed cost with this id already."};
inline constexpr Reason landed_cost_unknown{Refusal::missing, "landed_cost_unknown",
                                            "The company has no landed cost with this id."};
inline constexpr Reason landed_cost_withdrawn{Refusal::conflict, "landed_cost_withdrawn",
                                              "The landed cost is withdrawn: it never was."};
inline constexpr Reason landed_amount_zero{Refusal::invalid, "landed_amount_zero",
                                           "A landed cost is not zero."};
inline constexpr Reason landed_below_cost{
    Refusal::conflict, "landed_below_cost",
    "More would be taken off the cost of a line than it has."};
inline constexpr Reason receipt_line_unknown{
    Refusal::missing, "receipt_line_unknown",
    "There is no such line of a receipt, or the receipt is reversed."};
inline constexpr Reason receipt_line_repeated{Refusal::invalid, "receipt_line_repeated",
                                              "A line bears a cost once."};
inline constexpr Reason landed_units_differ{
    Refusal::invalid, "landed_units_differ",
    "What is to be compared is in units that do not convert into each other."};
inline constexpr Reason landed_basis_zero{
    Refusal::conflict, "landed_basis_zero",
    "There is nothing to spread the cost by: what was kept of the lines comes to zero."};

enum class LandedBasis : std::uint8_t { equal, quantity, weight, volume, value };

void describe(auto& choice, LandedBasis) {
    choice.choice("LandedBasis", "In proportion to what lines of receipts bear a cost.")
        .value("equal", "Each line the same.")
        .value("quantity", "Their quantities, all in one unit.")
        .value("weight", "What they weigh.")
        .value("volume", "The room that they take.")
        .value("value", "What they cost.");
}

// A line that bears a landed cost. `measure` is what one of its units weighs or takes.
struct LandedLine {
    StockLineRef line;
    std::int64_t measure = 0;

    bool operator==(const LandedLine&) const = default;
    static void describe(auto& record) {
        record.record("LandedLine", "A line of a receipt that bears a cost.")
            .field("line", &LandedLine::line, "The line.")
            .field("measure", &LandedLine::measure,
                   "What one unit weighs or takes, in millionths; 0 where that does not count.");
    }
};

struct LandedCostAdded {
    CompanyCode company;
    LandedCostId landed_cost;
    Date date;
    LandedBasis basis = LandedBasis::value;
    Money amount;
    ledger::AccountCode counterpart;
    std::string text;
    std::vector<LandedLine> bearers;
    std::vector<ChangedLine> lines;
    std::vector<StockEntryLine> postings;

    bool operator==(const LandedCostAdded&) const = default;
    static void describe(auto& event) {
        event.record("LandedCostAdded", "Goods that had come cost more than their receipt said.")
            .company(&LandedCostAdded::company)
            .stream(&LandedCostAdded::landed_cost)
            .on(&LandedCostAdded::date)
            .field("company", &LandedCostAdded::company, "Whose stock.")
            .field("landed_cost", &LandedCostAdded::landed_cost, "Its id, by the client.")
            .field("date", &LandedCostAdded::date, "The day of its bill.")
            .field("basis", &LandedCostAdded::basis, "In proportion to what it is borne.")
            .field("amount", &LandedCostAdded::amount, "All of it, in base currency.")
            .field("counterpart", &LandedCostAdded::counterpart, "The account beside stock.")
            .field("text", &LandedCostAdded::text, "What it says.")
            .field("bearers", &LandedCostAdded::bearers, "The lines that bear it.")
            .field("lines", &LandedCostAdded::lines, "What becomes of them.")
            .field("postings", &LandedCostAdded::postings,
                   "What is posted for it, later moves that cost otherwise now included.");
    }
};

struct LandedCostWithdrawn {
    CompanyCode company;
    LandedCostId landed_cost;
    Date date;
    std::string reason;
    std::vector<ChangedLine> lines;
    std::vector<StockEntryLine> postings;

    bool operator==(const LandedCostWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("LandedCostWithdrawn", "A landed cost never was.")
            .company(&LandedCostWithdrawn::company)
            .stream(&LandedCostWithdrawn::landed_cost)
            .on(&LandedCostWithdrawn::date)
            .field("company", &LandedCostWithdrawn::company, "Whose stock.")
            .field("landed_cost", &LandedCostWithdrawn::landed_cost, "Its id.")
            .field("date", &LandedCostWithdrawn::date, "The day of its bill.")
            .field("reason", &LandedCostWithdrawn::reason, "Why, for the auditor.")
            .field("lines", &LandedCostWithdrawn::lines, "What becomes of those that bore it.")
            .field("postings", &LandedCostWithdrawn::postings,
                   "What is posted for it, later moves that cost otherwise now included.");
    }
};

struct AddLandedCost {
    CompanyCode company;
    LandedCostId landed_cost;
    std::optional<Date> date;
    LandedBasis basis = LandedBasis::value;
    Money amount;
    std::vector<StockLineRef> lines;
    std::optional<ledger::AccountCode> counterpart;
    std::string text;

    static void describe(auto& command) {
        command
            .record(
                "AddLandedCost",
                "Says that goods cost more than their receipts said: freight, duty, insurance. "
                "It is spread over what was received less what goes back to suppliers, whenever "
                "that becomes known; what is sold already takes its part to where its cost "
                "lies, and stock at a standard takes none: all is a variance.")
            .company(&AddLandedCost::company)
            .stream(&AddLandedCost::landed_cost)
            .example(R"({"company": "DEMO", "landed_cost":
                "01980000-0000-7000-8000-000000000511", "basis": "value", "amount": {"amount":
                "4.80", "currency": "EUR"}, "lines": [{"document":
                "01980000-0000-7000-8000-000000000501", "line": 1}], "text": "Parcel"})")
            .field("company", &AddLandedCost::company, "Whose stock.")
            .field("landed_cost", &AddLandedCost::landed_cost, "A new id, chosen by the client.")
            .field("date", &AddLandedCost::date,
                   "The day of its bill. Absent: the company's today. It is posted on the days of "
                   "the receipts, or as the company posts what it learns late.")
            .field("basis", &AddLandedCost::basis, "In proportion to what the lines bear it.")
            .field("amount", &AddLandedCost::amount,
                   "All of it, in base currency; below zero where they cost less after all.")
            .field("lines", &AddLandedCost::lines, "Lines of receipts.")
            .shortest(1)
            .longest(1'000)
            .field("counterpart", &AddLandedCost::counterpart,
                   "The account that it is owed on. Absent: what is received and not invoiced, of "
                   "the first line.")
            .field("text", &AddLandedCost::text, "What it says.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, landed_cost_exists, ledger::account_unknown,
                     ledger::account_is_summary, cost_not_in_base_currency,
                     landed_amount_zero, receipt_line_unknown, receipt_line_repeated,
                     landed_units_differ, landed_basis_zero, stock_accounts_missing,
                     ledger::date_outside_calendar, landed_below_cost, stock_too_large,
                     stock_day_closed);
    }
};

struct WithdrawLandedCost {
    CompanyCode company;
    LandedCostId landed_cost;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("WithdrawLandedCost",
                    "Takes a landed cost from all that bears it, as if it had never been entered.")
            .company(&WithdrawLandedCost::company)
            .stream(&WithdrawLandedCost::landed_cost)
            .example(R"({"company": "DEMO", "landed_cost":
                "01980000-0000-7000-8000-000000000511", "reason": "It was the rent"})")
            .field("company", &WithdrawLandedCost::company, "Whose stock.")
            .field("landed_cost", &WithdrawLandedCost::landed_cost, "A landed cost.")
            .field("reason", &WithdrawLandedCost::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(landed_cost_unknown, landed_cost_withdrawn, stock_accounts_missing,
                     stock_day_closed);
    }
};

struct LandedCostKey {
    CompanyCode company;
    LandedCostId landed_cost;

    auto operator<=>(const LandedCostKey&) const = default;
    static void describe(auto& key) {
        key.record("LandedCostKey", "A landed cost of a company.")
            .field("company", &LandedCostKey::company, "Whose stock.")
            .field("landed_cost", &LandedCostKey::landed_cost, "Its id.");
    }
};

struct LandedCost {
    Date date;
    LandedBasis basis = LandedBasis::value;
    Money amount;
    std::vector<LandedLine> lines;
    bool withdrawn = false;

    static void describe(auto& record) {
        record.record("LandedCost", "A cost that came with goods.")
            .field("date", &LandedCost::date, "The day of its bill.")
            .field("basis", &LandedCost::basis, "In proportion to what it is borne.")
            .field("amount", &LandedCost::amount, "All of it.")
            .field("lines", &LandedCost::lines, "The lines that bear it.")
            .field("withdrawn", &LandedCost::withdrawn, "It never was.");
    }
};
using LandedCosts = PagedTable<LandedCostKey, LandedCost>;

// A line of a receipt as it bears costs.
struct BearingLine {
    std::int64_t received = 0;
    std::int64_t sent_back = 0;
    std::int64_t cost = 0;
    std::int64_t measure = 0;
};
// What each line bears in proportion to what was kept of it; where nothing was kept of any, to what
// came. Adds up to the amount to the last cent.
std::vector<LandedPart> spread(const Money& amount, LandedBasis basis,
                               const std::vector<BearingLine>& lines);
// Whether there is nothing to spread in proportion to.
bool is_without_basis(LandedBasis basis, const std::vector<BearingLine>& lines);

std::vector<LineEdit> line_edits_of(const LandedCostAdded&);
std::vector<LineEdit> line_edits_of(const LandedCostWithdrawn&);

Decision<LandedCostAdded> decide(const World&, const AddLandedCost&, const Context&);
Decision<LandedCostWithdrawn> decide(const World&, const WithdrawLandedCost&, const Context&);
void evolve(LandedCosts&, const LandedCostAdded&);
void evolve(LandedCosts&, const LandedCostWithdrawn&);
void evolve(StockDocuments&, const LandedCostAdded&);
void evolve(StockDocuments&, const LandedCostWithdrawn&);

Part landed_costs();

}  // namespace kontor::inventory
