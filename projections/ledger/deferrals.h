// Deferrals: what was put off, what of it is income or expense by a day, and what is left.
#pragma once

#include "domain/ledger/deferrals.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct ListedDeferral {
    DeferralCode deferral;
    std::string text;
    Money amount;
    Money released;
    Money left;
    AccountCode held_on;
    AccountCode released_to;
    Period span;
    ReleaseBy by = ReleaseBy::days;
    JournalCode journal;
    std::string deferred_by;
    std::optional<std::string> approved_by;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::vector<BookCode> books;
    std::vector<Date> part_ends = {};

    bool operator==(const ListedDeferral&) const = default;
    static void describe(auto& row) {
        row.record("ListedDeferral", "A deferral.")
            .field("deferral", &ListedDeferral::deferral, "Its code.")
            .field("text", &ListedDeferral::text, "What it is for.")
            .field("amount", &ListedDeferral::amount, "What is released in all.")
            .field("released", &ListedDeferral::released, "What of it is released.")
            .field("left", &ListedDeferral::left, "What is not.")
            .field("held_on", &ListedDeferral::held_on, "The account that it is released from.")
            .field("released_to", &ListedDeferral::released_to,
                   "The account of income or expense that it is released to.")
            .field("span", &ListedDeferral::span, "The days that it belongs to.")
            .field("by", &ListedDeferral::by, "How it is spread over them.")
            .field("journal", &ListedDeferral::journal, "The journal of the releases.")
            .field("deferred_by", &ListedDeferral::deferred_by, "Who began it.")
            .field("approved_by", &ListedDeferral::approved_by, "Who approved it.")
            .field("dimensions", &ListedDeferral::dimensions, "What the releases carry.")
            .field("books", &ListedDeferral::books, "The books that it is in; empty: all.")
            .field("part_ends", &ListedDeferral::part_ends,
                   "By periods: the last day of each in the span, in order.");
    }
};

struct DeferralList {
    CompanyCode company;
    bool with_rest = false;

    static void describe(auto& query) {
        query
            .record("deferrals",
                    "Deferrals, by code, with what is released by `valid_at`. On whatever day, "
                    "they are those that are known.")
            .company(&DeferralList::company)
            .field("company", &DeferralList::company, "Whose books.")
            .field("with_rest", &DeferralList::with_rest, "Only those of which something is left.")
            .otherwise(false)
            .template answers<ListedDeferral>(Times::both);
    }
};

class DeferralsModel {
public:
    explicit DeferralsModel(const Place& place)
        : deferrals_(place.table(1)), released_(place.table(2), 1) {}

    void on(const AmountDeferred&, const Recorded&);
    void on(const DeferralApproved&, const Recorded&);
    void on(const EntryPosted&, const Recorded&);
    void answer(const DeferralList&, const AsOf&, Page<ListedDeferral>&) const;
    void explain(const DeferralList&, const ExplainedRow&, const AsOf&, Explanation&) const;

    // Those of which the days through one should have released more, by code, with how much.
    void each_due(const AsOf&, const CompanyCode&, Date through,
                  const std::function<void(const DeferralCode&, Money)>&) const;

private:
    Money released(const AsOf&, const Corner&, const DeferralKey&, Currency) const;

    DescribedRows<DeferralKey, ListedDeferral> deferrals_;
    TwoTimeTotals released_;
};

ReadModelSpec deferrals_model();

}  // namespace kontor::ledger
