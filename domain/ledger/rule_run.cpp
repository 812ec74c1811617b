// How what a rule moves becomes entries.
#include "domain/ledger/rule_run.h"

namespace kontor::ledger {

Objection lines_of(const Cells& cells, Currency base, std::vector<PostedLine>& lines) {
    Wide debits = 0, credits = 0;
    for (const auto& [cell, debit] : cells) {
        if (debit == 0) continue;
        const Wide size = debit < 0 ? -debit : debit;
        Wide& side = debit < 0 ? credits : debits;
        side += size;
        if (size > most_money || side > most_money) return entry_too_large.about(cell.account);
        const Money amount{static_cast<std::int64_t>(size), base};
        lines.push_back({cell.account,
                         debit < 0 ? Side::credit : Side::debit,
                         amount,
                         amount,
                         {},
                         dimensions_from(cell.dimensions)});
    }
    return {};
}

EntryPosted RuleRun::next(const FiscalPlace& in, Date day) {
    EntryPosted entry = entry_;
    const auto taken = [&] { return world_.of<Entries>().find({entry.company, entry.entry}); };
    do {
        entry.entry = made_ == 0 ? first_ : EntryId{derived_uuid(first_.uuid, "rule", made_)};
        ++made_;
    } while (made_ > 1 && taken());  // ids are the clients' to choose, this one too
    entry.fiscal_year = in.year;
    const auto [number, new_year] = numbers_.try_emplace(in.year);
    if (new_year) number->second = next_number(world_, entry.company, entry.journal, in.year);
    entry.number = number->second++;
    entry.date = day;
    entry.period = in.period;
    entry.adjustment = in.adjustment;
    return entry;
}

EntryPosted RuleRun::entry(const EntryOrigin& origin, const FiscalPlace& in, Date day,
                           const BookCode& book, std::vector<PostedLine> lines) {
    EntryPosted entry = next(in, day);
    entry.origin = origin;
    if (!book.text.empty()) entry.books.push_back(book);
    entry.lines = std::move(lines);
    entry.pairs = pairs_of(world_, entry.company, entry.lines);
    return entry;
}

EntryPosted RuleRun::reversal(const EntryPosted& of, const Placed& placed) {
    const EntryPosted numbered = next(placed.in, placed.date);
    EntryPosted entry =
        reversal_of(world_, {of.company, of.entry}, entry_of(of), numbered.entry, placed, of.text);
    entry.number = numbered.number;
    return entry;
}

}  // namespace kontor::ledger
