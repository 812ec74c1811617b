// How what a rule has come to follows from its entries.
#include "domain/ledger/derived_entries.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

void add_line(std::vector<DerivedSum>& sums, const BookCode& book, const PostedLine& line) {
    const std::string dimensions = dimension_text(line.dimensions);
    auto sum = std::ranges::find_if(sums, [&](const DerivedSum& of) {
        return of.account == line.account && of.book == book && of.dimensions == dimensions;
    });
    if (sum == sums.end()) sum = sums.insert(sum, {line.account, book, dimensions});
    sum->base += line.side == Side::debit ? line.base.minor : -line.base.minor;
}

void add_lines(std::vector<DerivedSum>& sums, const EntryPosted& posted) {
    for (const PostedLine& line : posted.lines) {
        if (posted.books.empty()) add_line(sums, {}, line);
        for (const BookCode& book : posted.books) add_line(sums, book, line);
    }
}

// Closings run to thousands of lines, and what is left on their accounts tells what they moved.
bool sums_are_kept(EntryRule rule) {
    return rule == EntryRule::allocation || rule == EntryRule::revaluation;
}

// A revaluation is taken back in the next period as a matter of course: it was made nevertheless.
bool takes_away(const EntryPosted& posted) {
    return posted.reverses && posted.origin->rule != EntryRule::revaluation;
}

}  // namespace

const DerivedEntry* derived_by(const World& world, const CompanyCode& company,
                               const EntryOrigin& origin) {
    return world.of<DerivedEntries>().find({company, origin});
}

Wide moved_by(const DerivedEntry* derived, const AccountCode& account, const BookCode& book,
              const std::string& dimensions) {
    if (!derived) return 0;
    for (const DerivedSum& sum : derived->sums)
        if (sum.account == account && sum.book == book && sum.dimensions == dimensions)
            return sum.base;
    return 0;
}

void evolve(DerivedEntries& derived, const EntryPosted& posted) {
    if (!posted.origin) return;
    const DerivedKey key{posted.company, *posted.origin};
    const DerivedEntry* was = derived.find(key);
    DerivedEntry is = was ? *was : DerivedEntry{};
    if (takes_away(posted))
        std::erase(is.entries, *posted.reverses);
    else if (!posted.reverses)
        is.entries.push_back(posted.entry);
    if (sums_are_kept(posted.origin->rule) && (takes_away(posted) || !posted.reverses))
        add_lines(is.sums, posted);
    std::erase_if(is.sums, [](const DerivedSum& sum) { return sum.base == 0; });
    if (is.entries.empty() && is.sums.empty())
        derived.erase(key);
    else
        derived.put(key, std::move(is));
}

Part sums_for_rules() {
    return Part().table<PeriodBalances>("ledger.balances").table<DerivedEntries>("ledger.derived");
}

}  // namespace kontor::ledger
