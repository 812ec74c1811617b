// How what a rule has come to follows from its entries.
#include "domain/ledger/derived_entries.h"

#include "domain/core/catalog.h"

#include <map>
#include <tuple>

namespace kontor::ledger {

namespace {

// What is moved where; an entry may have thousands of lines.
using Moved = std::map<std::tuple<AccountCode, BookCode, std::string>, std::int64_t>;

void add_lines(std::vector<DerivedSum>& sums, const EntryPosted& posted) {
    static const std::vector<BookCode> all_books{{}};
    Moved moved;
    for (DerivedSum& sum : sums)
        moved[{std::move(sum.account), std::move(sum.book), std::move(sum.dimensions)}] = sum.base;
    for (const PostedLine& line : posted.lines)
        for (const BookCode& book : posted.books.empty() ? all_books : posted.books)
            moved[{line.account, book, dimension_text(line.dimensions)}] +=
                line.side == Side::debit ? line.base.minor : -line.base.minor;
    sums.clear();
    for (const auto& [of, base] : moved)
        if (base != 0) sums.push_back({std::get<0>(of), std::get<1>(of), std::get<2>(of), base});
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
    if (is.entries.empty() && is.sums.empty())
        derived.erase(key);
    else
        derived.put(key, std::move(is));
}

Part sums_for_rules() {
    return Part().table<PeriodBalances>("ledger.balances").table<DerivedEntries>("ledger.derived");
}

}  // namespace kontor::ledger
