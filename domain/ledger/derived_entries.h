// What rules have come to so far: the entries of one origin, and what they have moved.
//
// A rule that runs again posts what has changed since. So it must know what it posted, entry by
// entry and sum by sum; what was taken back counts no more.
#pragma once

#include "domain/ledger/balances.h"

#include <vector>

namespace kontor::ledger {

struct DerivedKey {
    CompanyCode company;
    EntryOrigin origin;

    auto operator<=>(const DerivedKey&) const = default;
    static void describe(auto& key) {
        key.record("DerivedKey", "What a rule was run for.")
            .field("company", &DerivedKey::company, "Whose books.")
            .field("origin", &DerivedKey::origin, "The rule, and the year and period.");
    }
};

struct DerivedSum {
    AccountCode account;
    BookCode book;
    std::string dimensions;
    std::int64_t base = 0;

    static void describe(auto& record) {
        record.record("DerivedSum", "What a rule has moved on an account.")
            .field("account", &DerivedSum::account, "The account.")
            .field("book", &DerivedSum::book, "The book; empty: all.")
            .field("dimensions", &DerivedSum::dimensions, "The dimensions of the lines.")
            .field("base", &DerivedSum::base, "Debits less credits, in base currency.");
    }
};

struct DerivedEntry {
    std::vector<EntryId> entries;
    std::vector<DerivedSum> sums;

    static void describe(auto& record) {
        record.record("DerivedEntry", "What a rule has come to.")
            .field("entries", &DerivedEntry::entries,
                   "Its entries that are not reversed, in the order of posting.")
            .field("sums", &DerivedEntry::sums,
                   "What they have moved; not of closings, whose accounts tell it.");
    }
};
using DerivedEntries = PagedTable<DerivedKey, DerivedEntry>;

// What a rule has come to; null: nothing.
const DerivedEntry* derived_by(const World&, const CompanyCode&, const EntryOrigin&);
void evolve(DerivedEntries&, const EntryPosted&);

// What is remembered of postings for the rules that compute from them.
Part sums_for_rules();

}  // namespace kontor::ledger
