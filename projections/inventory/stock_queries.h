// Questions about stock that are answered from its moves: how old it is, what came back from
// nowhere, and whether the ledger has the same.
#pragma once

#include "domain/inventory/stock_moves.h"
#include "projections/projection.h"

#include <optional>
#include <vector>

namespace kontor::inventory {

struct ReconciledStock {
    items::ItemCode item;
    Money stock;
    Money ledger;
    Money difference;

    bool operator==(const ReconciledStock&) const = default;
    static void describe(auto& row) {
        row.record("ReconciledStock", "Stock of an item, and what the ledger has of it.")
            .field("item", &ReconciledStock::item, "The item.")
            .field("stock", &ReconciledStock::stock, "What its moves have posted.")
            .field("ledger", &ReconciledStock::ledger,
                   "The balance of the accounts of stock with the item, as the ledger has it.")
            .field("difference", &ReconciledStock::difference, "Stock less ledger: always zero.");
    }
};

struct ReconciliationTotals {
    Money stock;
    Money ledger;
    Money difference;

    bool operator==(const ReconciliationTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("ReconciliationTotals", "Of all items that are asked for.")
            .field("stock", &ReconciliationTotals::stock, "What moves have posted.")
            .field("ledger", &ReconciliationTotals::ledger, "What the ledger has.")
            .field("difference", &ReconciliationTotals::difference, "Stock less ledger.");
    }
};

struct StockReconciliation {
    CompanyCode company;
    std::optional<items::ItemCode> item;

    static void describe(auto& query) {
        query
            .record("stock_reconciliation",
                    "The posted value of stock beside the ledger's accounts of stock, by item, at "
                    "the end of the day `valid_at`. Both are summed by themselves; that they are "
                    "equal is a property and no report that searches for faults.")
            .company(&StockReconciliation::company)
            .field("company", &StockReconciliation::company, "Whose stock.")
            .field("item", &StockReconciliation::item, "Only this item.")
            .template answers<ReconciledStock>(Times::both)
            .template totals<ReconciliationTotals>();
    }
};

struct UnmatchedReturn {
    StockDocumentId document;
    std::int64_t line = 0;
    Date date;
    items::ItemCode item;
    std::optional<parties::PartyCode> customer;
    Quantity returned;
    Quantity unmatched;

    bool operator==(const UnmatchedReturn&) const = default;
    static void describe(auto& row) {
        row.record("UnmatchedReturn", "Goods that came back and that no issue is known of.")
            .field("document", &UnmatchedReturn::document, "The document.")
            .field("line", &UnmatchedReturn::line, "Number of its line.")
            .field("date", &UnmatchedReturn::date, "When they came back.")
            .field("item", &UnmatchedReturn::item, "The item.")
            .field("customer", &UnmatchedReturn::customer, "From whom, where it says.")
            .field("returned", &UnmatchedReturn::returned, "All that came back by the line.")
            .field("unmatched", &UnmatchedReturn::unmatched,
                   "What of it matches no issue: it came back at what stock then cost.");
    }
};

struct UnmatchedReturns {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::optional<parties::PartyCode> customer;

    static void describe(auto& query) {
        query
            .record("unmatched_returns",
                    "What came back from customers without an issue that it could have come back "
                    "from, by day. A late issue may match it yet.")
            .company(&UnmatchedReturns::company)
            .field("company", &UnmatchedReturns::company, "Whose stock.")
            .field("item", &UnmatchedReturns::item, "Only of this item.")
            .field("customer", &UnmatchedReturns::customer, "Only from this customer.")
            .template answers<UnmatchedReturn>(Times::both);
    }
};

struct AgedStock {
    items::ItemCode item;
    std::int64_t days_from = 0;
    std::optional<std::int64_t> days_to;
    Quantity quantity;
    Money value;

    bool operator==(const AgedStock&) const = default;
    static void describe(auto& row) {
        row.record("AgedStock", "Stock of an item that has lain for so long.")
            .field("item", &AgedStock::item, "The item.")
            .field("days_from", &AgedStock::days_from, "It has lain for as many days at least.")
            .field("days_to", &AgedStock::days_to, "And for as many at most; absent: or longer.")
            .field("quantity", &AgedStock::quantity, "In its base unit.")
            .field("value", &AgedStock::value,
                   "Its part of what the stock of the item is worth, by days of moves.");
    }
};

struct AgedTotals {
    Money value;

    bool operator==(const AgedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("AgedStockTotals", "Of all items that are asked for.")
            .field("value", &AgedTotals::value, "What their stock is worth.");
    }
};

struct StockAgeing {
    CompanyCode company;
    std::optional<items::ItemCode> item;
    std::vector<std::int64_t> bounds;

    static void describe(auto& query) {
        query
            .record("stock_ageing",
                    "How long stock has lain at the end of the day `valid_at`, or of the newest "
                    "day on which the item moved, by item and bands of days. What came first "
                    "is taken to have gone first, whatever an issue costs; the value is spread "
                    "by quantity. What is less than nothing is left out.")
            .company(&StockAgeing::company)
            .field("company", &StockAgeing::company, "Whose stock.")
            .field("item", &StockAgeing::item, "Only this item.")
            .field("bounds", &StockAgeing::bounds,
                   "The last days of all bands but the last, ascending. Absent: 30, 90, 180, 365.")
            .otherwise_empty()
            .template answers<AgedStock>(Times::both)
            .template totals<AgedTotals>();
    }
};

}  // namespace kontor::inventory
