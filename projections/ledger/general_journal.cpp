// How the entries of a general journal are found: by the account where one is asked for, else by
// the journals side by side; the rest of a question is seen in the entries.
#include "projections/ledger/general_journal.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/small_letters.h"

#include <algorithm>
#include <set>

namespace kontor::ledger {

namespace {

// The last line of a page.
struct LineCursor {
    Date day;
    std::int64_t position = 0;
    std::int64_t n = 0;
    std::int64_t line = 0;
    static void describe(auto& key) {
        key.record("GeneralJournalCursor", "A line of the general journal.")
            .field("day", &LineCursor::day, "Business day.")
            .field("position", &LineCursor::position, "Position of the event.")
            .field("n", &LineCursor::n, "Number of the event in its commit.")
            .field("line", &LineCursor::line, "The line of its entry, from 1.");
    }
    EventRef event() const {
        return {static_cast<std::uint64_t>(position), static_cast<std::uint32_t>(n)};
    }
};

bool has_text(const EntryPosted& entry, const std::string& small) {
    const auto in = [&](const std::string& text) {
        return in_small_letters(text).find(small) != std::string::npos;
    };
    return in(entry.text) || std::ranges::any_of(entry.lines, in, &PostedLine::text);
}

}  // namespace

void JournalModel::answer(const GeneralJournal& query, const AsOf& as_of,
                          Page<GeneralJournalLine>& page) const {
    const auto& books = as_of.models.of<BooksModel>();
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto& chart = as_of.models.of<ChartModel>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    if (query.journal && !books.has_journal(as_of, {query.company, *query.journal}))
        return page.missing("The company has no journal with this code.");
    std::set<AccountCode> accounts;
    if (query.account) {
        accounts = chart.below(as_of, query.company, *query.account);
        if (accounts.empty()) return page.missing("The company has no account with this code.");
    }
    std::optional<LineCursor> cursor;
    if (!page.after().empty() &&
        !from_ordered(type_of<LineCursor>(), page.after(), &cursor.emplace()))
        throw StorageBroken("a cursor of the general journal cannot be read");
    std::optional<DayPlace> after;
    if (cursor)
        after = DayPlace{cursor->day, before_event(cursor->event())};
    else if (query.from)
        after = behind_day(*query.from - 1);

    const std::string text = in_small_letters(query.text.value_or(""));
    const auto asked_for = [&](const EntryPosted& entry) {
        if (query.journal && entry.journal != *query.journal) return false;
        if (query.document && entry.document != query.document) return false;
        if (query.text && !has_text(entry, text)) return false;
        return std::ranges::any_of(entry.lines, [&](const PostedLine& line) {
            return (!query.account || accounts.contains(line.account)) &&
                   (!query.counterpart || line.counterpart == query.counterpart) &&
                   carries(line.dimensions, query.dimensions);
        });
    };
    RowsByEvent::Finder entries = this->entries(as_of.rows);
    auto names = chart.finder(as_of.rows);
    const auto show = [&](const EventRef& event) {
        const StoredEntry stored = entry_of(entries, event);
        const EntryPosted& entry = stored.posted;
        if (!scope.shows(entry, event) || !asked_for(entry)) return true;
        LineCursor here{entry.date, static_cast<std::int64_t>(event.position), event.n, 0};
        for (const PostedLine& line : entry.lines) {
            ++here.line;
            if (cursor && event == cursor->event() && here.line <= cursor->line) continue;
            const auto known = names.get({query.company, line.account}, as_of.corner);
            const bool debit = line.side == Side::debit;
            if (!page.add(ordered_key(here), {entry.entry,
                                              here.line,
                                              entry.date,
                                              entry.fiscal_year,
                                              entry.period,
                                              entry.journal,
                                              entry.number,
                                              entry.document,
                                              line.text.empty() ? entry.text : line.text,
                                              line.account,
                                              known ? known->name : std::string(),
                                              debit ? line.base : Money{0, *base},
                                              debit ? Money{0, *base} : line.base,
                                              line.amount,
                                              line.dimensions,
                                              entry.reverses,
                                              line.counterpart,
                                              stored.recorded_at,
                                              stored.recorded_by,
                                              entry.belongs_to}))
                return false;
        }
        return true;
    };
    if (query.account)
        return totals.each_event_by_day(as_of, query.company, accounts, query.dimensions, scope,
                                        after, show);
    std::vector<KeyAtCorner> keys;
    for (const JournalCode& journal : books.journals(as_of, query.company))
        if (!query.journal || journal == *query.journal)
            keys.push_back({ordered_key(JournalKey{query.company, journal}), scope.corner});
    by_day_.events_by_day(as_of.rows, keys, after, show);
}

// The key of a line says when it was posted in the one log of all companies, so what one of them
// shows behind it is found by the same key; a page is the first lines of all of them.
void JournalModel::answer(const CombinedJournal& query, const AsOf& as_of,
                          Page<CombinedJournalLine>& page) const {
    std::map<std::string, CombinedJournalLine> lines;
    const auto words = each_company(
        as_of, companies_of(as_of, query.companies),
        [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
            if (query.account &&
                as_of.models.of<ChartModel>().below(as_of, company, *query.account).empty())
                return std::nullopt;
            GeneralJournal of;
            of.company = company;
            of.from = query.from;
            of.account = query.account;
            of.document = query.document;
            of.text = query.text;
            of.counterpart = query.counterpart;
            of.closing_entries = query.closing_entries;
            AnyPage own(page.limit() + 1, page.after());
            Page<GeneralJournalLine> typed(own);
            answer(of, as_of, typed);
            if (own.missing()) return own.missing();
            for (std::size_t at = 0; at < own.rows().size(); ++at) {
                const GeneralJournalLine& line = *own.rows()[at].as<GeneralJournalLine>();
                lines[own.keys()[at]] = {company,           line.entry,       line.line,
                                         line.date,         line.journal,     line.number,
                                         line.document,     line.text,        line.account,
                                         line.account_name, line.debit,       line.credit,
                                         line.amount,       line.dimensions,  line.reverses,
                                         line.counterpart,  line.recorded_at, line.recorded_by};
            }
            return std::nullopt;
        });
    if (words) return page.missing(*words);
    for (auto& [key, line] : lines)
        if (!page.add(key, std::move(line))) return;
}

}  // namespace kontor::ledger
