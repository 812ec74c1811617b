// When an entry may be posted or taken back, and what the ledger remembers of it.
#include "domain/ledger/entries.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

const Reason* fault_of_account(const World& world, const CompanyCode& company,
                               const EntryLine& line, const Context& context) {
    const Account* account = world.of<Accounts>().find({company, line.account});
    if (!account) return &account_unknown;
    if (account->summary) return &account_is_summary;
    if (account->blocked) return &account_blocked;
    if (account->control && !context.by_flow) return &account_is_control;
    if (account->currency && *account->currency != line.amount.currency)
        return &account_currency_differs;
    return nullptr;
}

const Reason* fault_of_base(const EntryLine& line, Currency base_currency) {
    if (!line.base) return line.amount.currency == base_currency ? nullptr : &base_missing;
    if (line.base->currency != base_currency) return &base_not_in_base_currency;
    if (line.amount.currency == base_currency && line.amount != *line.base)
        return &base_contradicts_amount;
    if (line.base->minor < 0) return &base_negative;
    return nullptr;
}

const Reason* fault_of_dimensions(const World& world, const CompanyCode& company,
                                  const EntryLine& line) {
    const Account* account = world.of<Accounts>().find({company, line.account});
    for (const DimensionCode& required : account->required_dimensions)
        if (!line.dimensions.contains(required)) return &dimension_missing;
    for (const auto& [code, value] : line.dimensions) {
        const Dimension* dimension = world.of<Dimensions>().find({company, code});
        if (!dimension) return &dimension_unknown;
        const DimensionValue* known = world.of<DimensionValues>().find({company, code, value});
        if (!known && dimension->values == ValueRule::listed) return &dimension_value_unknown;
        if (known && known->blocked) return &dimension_value_blocked;
    }
    return nullptr;
}

const Reason* fault_of_line(const World& world, const CompanyCode& company, Currency base_currency,
                            const EntryLine& line, const Context& context) {
    if (line.amount.minor <= 0) return &amount_not_positive;
    if (const Reason* fault = fault_of_account(world, company, line, context)) return fault;
    if (const Reason* fault = fault_of_base(line, base_currency)) return fault;
    return fault_of_dimensions(world, company, line);
}

const Reason* fault_of_balance(const std::vector<PostedLine>& lines) {
    Wide debits = 0;
    Wide credits = 0;
    for (const PostedLine& line : lines)
        (line.side == Side::debit ? debits : credits) += line.base.minor;
    if (debits > most_money || credits > most_money) return &entry_too_large;
    if (debits != credits) return &entry_unbalanced;
    return nullptr;
}

std::int64_t next_number(const Journal& journal, const FiscalYearCode& year) {
    const auto last = journal.last_numbers.find(year);
    return last == journal.last_numbers.end() ? 1 : last->second + 1;
}

// Where an entry comes to lie in the calendar.
struct Placed {
    FiscalPlace in;
    Date date;
    std::optional<Date> belongs_to;
};

// Why the actor cannot post on a day, in a period if one is named; null when it can.
const Reason* find_place(const World& world, const CompanyCode& company, Date date,
                         const std::optional<std::int64_t>& period, const Context& context,
                         Placed& placed) {
    auto found = fiscal_day(world, company, date);
    if (!found) return &date_outside_calendar;
    if (period) found = fiscal_period(world, company, date, *period);
    if (!found) return &date_outside_period;
    placed.date = date;
    if (const Reason* closed = closed_for(world, company, *found, context.actor)) {
        if (policy_of(world, company).late_entries == LateEntries::refused) return closed;
        const auto next = next_open_day(world, company, date, context.actor);
        if (!next) return closed;
        found = fiscal_day(world, company, *next);
        placed.date = *next;
        placed.belongs_to = date;
    }
    placed.in = *found;
    return nullptr;
}

bool on_control_account(const World& world, const CompanyCode& company, const Entry& entry) {
    return std::ranges::any_of(entry.lines, [&](const PostedLine& line) {
        return world.of<Accounts>().find({company, line.account})->control;
    });
}

constexpr Side other(Side side) { return side == Side::debit ? Side::credit : Side::debit; }

}  // namespace

Decision<EntryPosted> decide(const World& world, const PostEntry& post, const Context& context) {
    const auto* company = world.of<companies::Companies>().find(post.company);
    if (!company) return companies::company_unknown;
    if (world.of<Entries>().find({post.company, post.entry})) return entry_exists;
    const Journal* journal = world.of<Journals>().find({post.company, post.journal});
    if (!journal) return journal_unknown;
    if (!all_open(world, post.company, post.books)) return book_unknown;
    if (post.lines.size() < 2) return too_few_lines;
    if (post.lines.size() > most_lines) return too_many_lines;
    Placed placed;
    if (const Reason* fault = find_place(world, post.company, post.date.value_or(context.today),
                                         post.period, context, placed))
        return *fault;
    if (post.document && world.of<Documents>().find({post.company, post.journal, *post.document}))
        return document_exists;
    if (post.replaces) {
        const Entry* replaced = world.of<Entries>().find({post.company, *post.replaces});
        if (!replaced) return replaced_unknown;
        if (!replaced->reversed) return replaced_not_reversed;
    }
    std::vector<PostedLine> lines;
    lines.reserve(post.lines.size());
    for (const EntryLine& line : post.lines) {
        if (const Reason* fault =
                fault_of_line(world, post.company, company->base_currency, line, context))
            return *fault;
        lines.push_back({line.account, line.side, line.amount, line.base.value_or(line.amount),
                         line.text, line.dimensions});
    }
    if (const Reason* fault = fault_of_balance(lines)) return *fault;
    return EntryPosted{post.company,
                       post.entry,
                       post.journal,
                       placed.in.year,
                       next_number(*journal, placed.in.year),
                       placed.date,
                       post.text,
                       post.document,
                       std::move(lines),
                       std::nullopt,
                       post.replaces,
                       placed.in.period,
                       placed.belongs_to,
                       placed.in.adjustment,
                       sorted_once(post.books)};
}

Decision<EntryPosted> decide(const World& world, const ReverseEntry& reverse,
                             const Context& context) {
    const Entries& entries = world.of<Entries>();
    const Entry* entry = entries.find({reverse.company, reverse.reverses});
    if (!entry) return entry_unknown;
    if (entries.find({reverse.company, reverse.entry})) return entry_exists;
    if (entry->is_reversal) return entry_is_reversal;
    if (entry->reversed) return entry_reversed;
    if (!context.by_flow && on_control_account(world, reverse.company, *entry))
        return account_is_control;
    const Date date = reverse.date.value_or(entry->date);
    if (date < entry->date) return reversal_before_entry;
    std::optional<std::int64_t> period = reverse.period;
    if (!period && !reverse.date && entry->period != 0) period = entry->period;
    Placed placed;
    if (const Reason* fault = find_place(world, reverse.company, date, period, context, placed))
        return *fault;
    const Journal* journal = world.of<Journals>().find({reverse.company, entry->journal});
    ensure(journal != nullptr, "an entry's journal is there");
    std::vector<PostedLine> lines = entry->lines;
    const bool storno = policy_of(world, reverse.company).reversals == ReversalStyle::storno;
    for (PostedLine& line : lines) {
        if (storno) {
            line.amount = -line.amount;
            line.base = -line.base;
        } else {
            line.side = other(line.side);
        }
    }
    return EntryPosted{reverse.company,
                       reverse.entry,
                       entry->journal,
                       placed.in.year,
                       next_number(*journal, placed.in.year),
                       placed.date,
                       reverse.text,
                       entry->document,
                       std::move(lines),
                       reverse.reverses,
                       std::nullopt,
                       placed.in.period,
                       placed.belongs_to,
                       placed.in.adjustment,
                       entry->books};
}

Steps<ReverseEntry, PostEntry> decide(const World& world, const CorrectEntry& correct,
                                      const Context&) {
    const Replacement& right = correct.replacement;
    const Entry* wrong = world.of<Entries>().find({correct.company, correct.corrects});
    if (wrong && correct.reversal_date && *correct.reversal_date > wrong->date &&
        right.date < *correct.reversal_date)
        return replacement_before_reversal;
    return {ReverseEntry{correct.company, correct.reversal, correct.corrects, correct.reversal_date,
                         correct.text, correct.reversal_period},
            PostEntry{correct.company, right.entry, right.journal, right.date, right.text,
                      right.document, right.lines, correct.corrects, right.period, right.books}};
}

void evolve(Entries& entries, const EntryPosted& posted) {
    entries.put({posted.company, posted.entry},
                {posted.journal, posted.date, posted.document, posted.lines,
                 posted.reverses.has_value(), false, posted.period, posted.books});
    if (posted.reverses)
        entries.change({posted.company, *posted.reverses},
                       [](Entry& entry) { entry.reversed = true; });
}

void evolve(Documents& documents, const EntryPosted& posted) {
    if (!posted.document) return;
    const DocumentKey key{posted.company, posted.journal, *posted.document};
    if (posted.reverses)
        documents.erase(key);
    else
        documents.put(key, {posted.entry});
}

void evolve(Journals& journals, const EntryPosted& posted) {
    journals.change({posted.company, posted.journal}, [&](Journal& journal) {
        journal.last_numbers[posted.fiscal_year] = posted.number;
    });
}

Part entries() {
    return Part()
        .table<Entries>("ledger.entries")
        .table<Documents>("ledger.documents")
        .commands<PostEntry, ReverseEntry, CorrectEntry>()
        .event<EntryPosted, Entries, Documents, Journals>();
}

}  // namespace kontor::ledger
