// What a company allows of its stock: whether more may go out than is there, and when what is
// learned late is posted.
#pragma once

#include "domain/inventory/warehouses.h"

#include <optional>

namespace kontor::inventory {

inline constexpr Reason stock_policy_unchanged{Refusal::conflict, "stock_policy_unchanged",
                                               "The policy is so already."};

enum class NegativeStock : std::uint8_t { forbidden, provisional };

void describe(auto& choice, NegativeStock) {
    choice.choice("NegativeStock", "Whether more may go out than is there.")
        .value("forbidden", "No day is left with less than nothing at any place.")
        .value("provisional",
               "It may; until it is covered it costs what stock cost last, else the standard, else "
               "the purchase price, and what covers it trues that up.");
}

enum class LatePosting : std::uint8_t { restated, forward };

void describe(auto& choice, LatePosting) {
    choice.choice("LatePosting", "When what is learned late is posted.")
        .value("restated",
               "On its own days where those are open, else on the first open day after them.")
        .value("forward",
               "In the period in which it is learned, or the first open one after that, even where "
               "earlier ones are open.");
}

struct NegativeStockSet {
    CompanyCode company;
    std::optional<WarehouseCode> warehouse;
    NegativeStock negative = NegativeStock::forbidden;

    bool operator==(const NegativeStockSet&) const = default;
    static void describe(auto& event) {
        event.record("NegativeStockSet", "Whether more may go out than is there.")
            .company(&NegativeStockSet::company)
            .stream(&NegativeStockSet::company)
            .on_recorded_day()
            .field("company", &NegativeStockSet::company, "Whose stock.")
            .field("warehouse", &NegativeStockSet::warehouse,
                   "In this warehouse; absent: in all that say nothing.")
            .field("negative", &NegativeStockSet::negative, "Whether it may.");
    }
};

struct LatePostingSet {
    CompanyCode company;
    LatePosting late = LatePosting::restated;

    bool operator==(const LatePostingSet&) const = default;
    static void describe(auto& event) {
        event.record("LatePostingSet", "When what is learned late of stock is posted.")
            .company(&LatePostingSet::company)
            .stream(&LatePostingSet::company)
            .on_recorded_day()
            .field("company", &LatePostingSet::company, "Whose stock.")
            .field("late", &LatePostingSet::late, "When.");
    }
};

struct SetNegativeStock {
    CompanyCode company;
    std::optional<WarehouseCode> warehouse;
    NegativeStock negative = NegativeStock::forbidden;

    static void describe(auto& command) {
        command
            .record("SetNegativeStock",
                    "Says whether more may go out than is there: in a warehouse, or in all of the "
                    "company that say nothing of their own. Nothing is said at first: it may not. "
                    "What is there already stays, but no move may make it less where it is "
                    "forbidden.")
            .company(&SetNegativeStock::company)
            .stream(&SetNegativeStock::company)
            .example(R"({"company": "DEMO", "warehouse": "MAIN", "negative": "forbidden"})")
            .field("company", &SetNegativeStock::company, "Whose stock.")
            .field("warehouse", &SetNegativeStock::warehouse,
                   "Only in this warehouse. Absent: in all that say nothing.")
            .field("negative", &SetNegativeStock::negative, "Whether it may.")
            .refuses(companies::company_unknown, warehouse_unknown, stock_policy_unchanged);
    }
};

struct SetLatePosting {
    CompanyCode company;
    LatePosting late = LatePosting::restated;

    static void describe(auto& command) {
        command
            .record("SetLatePosting",
                    "Says when the ledger gets what a late or corrected fact changes: on the days "
                    "of the moves where those are open, or in the period in which it is learned. "
                    "Nothing is said at first: on the days of the moves. Days that are closed are "
                    "never posted on.")
            .company(&SetLatePosting::company)
            .stream(&SetLatePosting::company)
            .example(R"({"company": "DEMO", "late": "forward"})")
            .field("company", &SetLatePosting::company, "Whose stock.")
            .field("late", &SetLatePosting::late, "When.")
            .refuses(companies::company_unknown, stock_policy_unchanged);
    }
};

struct StockPolicyKey {
    CompanyCode company;
    std::optional<WarehouseCode> warehouse;

    auto operator<=>(const StockPolicyKey&) const = default;
    static void describe(auto& key) {
        key.record("StockPolicyKey", "Whose policy.")
            .field("company", &StockPolicyKey::company, "Of which company.")
            .field("warehouse", &StockPolicyKey::warehouse, "Of which warehouse; absent: of all.");
    }
};

struct StockPolicy {
    std::optional<NegativeStock> negative;
    std::optional<LatePosting> late;

    static void describe(auto& record) {
        record.record("StockPolicy", "What a company allows of its stock.")
            .field("negative", &StockPolicy::negative, "Whether more may go out than is there.")
            .field("late", &StockPolicy::late, "When what is learned late is posted.");
    }
};
using StockPolicies = Table<StockPolicyKey, StockPolicy>;

NegativeStock negative_stock_of(const World&, const CompanyCode&, const WarehouseCode&);
LatePosting late_posting_of(const World&, const CompanyCode&);

Decision<NegativeStockSet> decide(const World&, const SetNegativeStock&, const Context&);
Decision<LatePostingSet> decide(const World&, const SetLatePosting&, const Context&);
void evolve(StockPolicies&, const NegativeStockSet&);
void evolve(StockPolicies&, const LatePostingSet&);

Part stock_policy();

}  // namespace kontor::inventory
