// One entry for each day and journal that a change of stock posts on.
#include "domain/flows/moved_stock_posts_to_ledger.h"

#include <map>
#include <utility>

namespace kontor::flow {

namespace {

// What is posted on an account in one entry, with whose stock it is and in what it is owed.
struct Account {
    ledger::AccountCode code;
    std::optional<items::ItemCode> item;
    std::optional<Currency> foreign;
    auto operator<=>(const Account&) const = default;
};

struct Debit {
    Money base;
    Money foreign;
};

ledger::EntryLine line_of(const Account& account, const Debit& debit) {
    ledger::EntryLine line;
    line.account = account.code;
    const bool credit = account.foreign ? debit.foreign.minor < 0 : debit.base.minor < 0;
    line.side = credit ? ledger::Side::credit : ledger::Side::debit;
    const Money base = credit ? -debit.base : debit.base;
    line.amount = base;
    if (account.foreign) {
        line.amount = credit ? -debit.foreign : debit.foreign;
        line.base = base;
    }
    if (account.item)
        line.dimensions.emplace(inventory::item_dimension,
                                ledger::DimensionValueCode{account.item->text});
    return line;
}

// A document posts again each time that it is put right.
ledger::EntryId next_id(const World& world, const CompanyCode& company,
                        const inventory::StockDocumentId& document, std::uint64_t& count) {
    ledger::EntryId id;
    do id = {derived_uuid(document.uuid, "moved_stock_posts_to_ledger", count++)};
    while (world.of<ledger::Entries>().find({company, id}));
    return id;
}

Decision<ledger::PostEntry> entries_of(const World& world, const CompanyCode& company,
                                       const inventory::StockDocumentId& document,
                                       const std::string& text,
                                       const std::vector<inventory::StockEntryLine>& postings) {
    std::map<std::pair<Date, ledger::JournalCode>, std::map<Account, Debit>> entries;
    for (const inventory::StockEntryLine& posting : postings) {
        const Money foreign = posting.foreign.value_or(Money{});
        Account account{posting.account, posting.item, std::nullopt};
        if (posting.foreign) account.foreign = posting.foreign->currency;
        const auto [sum, first] = entries[{posting.date, posting.journal}].try_emplace(
            std::move(account), Debit{posting.debit, foreign});
        if (!first) sum->second = {sum->second.base + posting.debit, sum->second.foreign + foreign};
    }
    Decision<ledger::PostEntry> posts;
    std::uint64_t count = 0;
    for (const auto& [of, sums] : entries) {
        std::vector<ledger::EntryLine> lines;
        for (const auto& [account, debit] : sums)
            if (debit.base.minor != 0 || debit.foreign.minor != 0)
                lines.push_back(line_of(account, debit));
        if (lines.empty()) continue;
        ledger::PostEntry post;
        post.company = company;
        post.entry = next_id(world, company, document, count);
        post.date = of.first;
        post.journal = of.second;
        post.text = text;
        post.lines = std::move(lines);
        posts.add(std::move(post));
    }
    return posts;
}

}  // namespace

Decision<ledger::PostEntry> moved_stock_posts_to_ledger(const inventory::StockMoved& moved,
                                                        const World& world) {
    return entries_of(world, moved.company, moved.document, moved.text, moved.postings);
}

Decision<ledger::PostEntry> corrected_stock_posts_to_ledger(
    const inventory::StockLineCorrected& corrected, const World& world) {
    return entries_of(world, corrected.company, corrected.document, corrected.reason,
                      corrected.postings);
}

Decision<ledger::PostEntry> reversed_stock_posts_to_ledger(
    const inventory::StockDocumentReversed& reversed, const World& world) {
    return entries_of(world, reversed.company, reversed.document, reversed.reason,
                      reversed.postings);
}

Decision<ledger::PostEntry> revalued_stock_posts_to_ledger(const inventory::StockRevalued& revalued,
                                                           const World& world) {
    return entries_of(world, revalued.company, revalued.document, revalued.text, revalued.postings);
}

Decision<ledger::PostEntry> landed_cost_posts_to_ledger(const inventory::LandedCostAdded& added,
                                                        const World& world) {
    return entries_of(world, added.company, {added.landed_cost.uuid}, added.text, added.postings);
}

Decision<ledger::PostEntry> withdrawn_landed_cost_posts_to_ledger(
    const inventory::LandedCostWithdrawn& withdrawn, const World& world) {
    return entries_of(world, withdrawn.company, {withdrawn.landed_cost.uuid}, withdrawn.reason,
                      withdrawn.postings);
}

}  // namespace kontor::flow
