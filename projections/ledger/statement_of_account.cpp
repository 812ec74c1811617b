// How a statement is read page by page: a page costs what it shows, wherever it lies.
#include "projections/ledger/statement_of_account.h"

#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/ledger_totals.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace kontor::ledger {

// The last line of a page: where it stands among the postings, under which of the question's keys,
// and which of its entry's lines there it is.
struct StatementCursor {
    Date day;
    std::int64_t position = 0;
    std::int64_t n = 0;
    std::int64_t key = 0;
    std::int64_t ordinal = 0;
    std::int64_t line = 0;

    static void describe(auto& cursor) {
        cursor.record("StatementCursor", "A place in a statement of account.")
            .field("day", &StatementCursor::day, "Business day.")
            .field("position", &StatementCursor::position, "Position of the event.")
            .field("n", &StatementCursor::n, "Number of the event in its commit.")
            .field("key", &StatementCursor::key, "Which key of the question.")
            .field("ordinal", &StatementCursor::ordinal, "Ordinal among the key's postings.")
            .field("line", &StatementCursor::line, "Which of the entry's lines under the key.");
    }
    EventRef event() const {
        return {static_cast<std::uint64_t>(position), static_cast<std::uint32_t>(n)};
    }
};

namespace {

// Which line of which entry a row of a statement is: "<entry>" or "<entry>.<line>".
struct NamedLine {
    Uuid entry;
    std::optional<std::size_t> line;
};

std::optional<NamedLine> line_from(std::string_view row) {
    const std::size_t point = row.find('.');
    const auto entry = uuid_from(row.substr(0, point));
    if (!entry) return std::nullopt;
    if (point == std::string_view::npos) return NamedLine{*entry, std::nullopt};
    std::size_t line = 0;
    const std::string_view digits = row.substr(point + 1);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
    if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return NamedLine{*entry, line};
}

// Where the postings of a key go on behind the cursor. At one event the keys follow each other.
DayPlace behind_cursor(const StatementCursor& cursor, std::int64_t key) {
    if (key == cursor.key)
        return {cursor.day, {cursor.event(), static_cast<std::uint64_t>(cursor.ordinal)}};
    return {cursor.day,
            key < cursor.key ? PostingPlace{cursor.event()} : before_event(cursor.event())};
}

bool lies_on(const PostedLine& line, const AccountCode& account,
             const std::map<DimensionCode, DimensionValueCode>& dimensions, bool exactly) {
    if (line.account != account) return false;
    if (exactly) return line.dimensions == dimensions;
    return carries(line.dimensions, dimensions);
}

}  // namespace

struct LedgerTotals::Movements {
    struct One {
        StatementCursor at;
        Wide debit = 0;
        Wide credit = 0;
    };
    std::vector<One> each;  // in order, at most as many as were asked for
    Wide balance = 0;       // before the first of them
};

LedgerTotals::Movements LedgerTotals::movements(const StatementOfAccount& query, const AsOf& as_of,
                                                const AccountKeys& found, const std::string& after,
                                                std::size_t limit) const {
    Movements movements;
    std::optional<StatementCursor> cursor;
    if (!after.empty() && !from_ordered(type_of<StatementCursor>(), after, &cursor.emplace()))
        throw StorageBroken("a cursor of a statement cannot be read");
    for (std::size_t index = 0; index < found.keys.size(); ++index) {
        const AccountKey& of = found.keys[index];
        const auto key = static_cast<std::int64_t>(index);
        std::optional<DayPlace> behind;
        if (cursor)
            behind = behind_cursor(*cursor, key);
        else if (query.from)
            behind = behind_day(*query.from - 1);
        if (behind) {
            std::array<Wide, 2> sums{};
            totals_.sum_through(as_of.rows, of.bytes, of.corner, *behind, sums);
            movements.balance += sums[0] - sums[1];
        }
        std::size_t count = 0;
        StatementCursor last = cursor && cursor->key == key ? *cursor : StatementCursor{};
        totals_.statement(as_of.rows, of.bytes, of.corner, behind, [&](const Posting& posting) {
            const EventRef& event = posting.place.event;
            const std::int64_t line = event == last.event() ? last.line + 1 : 0;
            last = {posting.day, static_cast<std::int64_t>(event.position),        event.n,
                    key,         static_cast<std::int64_t>(posting.place.ordinal), line};
            movements.each.push_back({last, posting.amounts[0], posting.amounts[1]});
            return ++count < limit;
        });
    }
    std::ranges::sort(movements.each, {}, [](const Movements::One& one) {
        return std::tuple(one.at.day, one.at.position, one.at.n, one.at.key, one.at.ordinal);
    });
    if (movements.each.size() > limit) movements.each.resize(limit);
    return movements;
}

std::optional<std::string> LedgerTotals::no_statement(const StatementOfAccount& query,
                                                      const AsOf& as_of) {
    const auto account =
        as_of.models.of<ChartModel>().find(as_of.rows, query.company, query.account, as_of.corner);
    if (!account) return "The company has no account with this code.";
    // Nothing lies on a heading itself; an empty statement would say that it amounts to nothing.
    if (account->summary) return "The account is a heading; ask for an account below it.";
    return std::nullopt;
}

void LedgerTotals::answer(const StatementOfAccount& query, const AsOf& as_of,
                          Page<StatementRow>& page) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return page.missing(*words);
    const auto& journal = as_of.models.of<JournalModel>();
    if (const auto words = no_statement(query, as_of)) return page.missing(*words);
    const AccountKeys found = keys_of(as_of, query.company, query.account, query.dimensions, scope);

    const Movements shown = movements(query, as_of, found, page.after(), page.limit() + 1);
    Wide balance = shown.balance;
    RowsByEvent::Finder entries = journal.entries(as_of.rows);
    EventRef read;
    EntryPosted entry;
    for (const Movements::One& one : shown.each) {
        balance += one.debit - one.credit;
        if (one.at.event() != read) {
            entry = JournalModel::entry_of(entries, one.at.event()).posted;
            read = one.at.event();
        }
        const auto& dimensions = found.keys[static_cast<std::size_t>(one.at.key)].dimensions;
        std::int64_t skip = one.at.line;
        const auto line = std::ranges::find_if(entry.lines, [&](const PostedLine& each) {
            return lies_on(each, query.account, dimensions, found.exactly) && skip-- == 0;
        });
        if (line == entry.lines.end())
            throw StorageBroken("a posting of the ledger's totals is no line of its entry");
        if (!page.add(
                ordered_key(one.at),
                {entry.entry, entry.date, entry.journal, entry.fiscal_year, entry.number,
                 entry.document, line->text.empty() ? entry.text : line->text, line->amount,
                 money_of(one.debit, *base), money_of(one.credit, *base), money_of(balance, *base),
                 line->dimensions, std::distance(entry.lines.begin(), line) + 1, entry.belongs_to}))
            break;
    }
    const Turnover all = sum(as_of, found);
    const Turnover opening = query.from ? sum(as_of, found, query.from) : Turnover{};
    page.totals(StatementTotals{
        money_of(opening.balance(), *base), money_of(all.debit - opening.debit, *base),
        money_of(all.credit - opening.credit, *base), money_of(all.balance(), *base)});
}

void LedgerTotals::explain(const StatementOfAccount& query, const ExplainedRow& row,
                           const AsOf& as_of, Explanation& why) const {
    const auto base = base_currency(as_of, query.company);
    Scope scope;
    if (const auto words = unknown(as_of, base, query, scope)) return why.missing(*words);
    if (const auto words = no_statement(query, as_of)) return why.missing(*words);
    const AccountKeys found = keys_of(as_of, query.company, query.account, query.dimensions, scope);
    if (!row.row.empty()) return explain_line(query, row, as_of, scope, found, *base, why);

    const Turnover all = sum(as_of, found);
    const Turnover opening = query.from ? sum(as_of, found, query.from) : Turnover{};
    const auto early = [&](const Posting& posting) {
        return query.from && posting.day < *query.from;
    };
    const auto net = [](const Posting& posting) {
        return Wide{posting.amounts[0]} - posting.amounts[1];
    };
    Wide figure = 0;
    PostingAdds adds;
    if (row.field == "opening") {
        figure = opening.balance();
        adds = [&](const Posting& posting, std::size_t) {
            return early(posting) ? std::optional(net(posting)) : std::nullopt;
        };
    } else if (row.field == "closing") {
        figure = all.balance();
        adds = [&](const Posting& posting, std::size_t) { return net(posting); };
    } else if (row.field == "debit" || row.field == "credit") {
        const std::size_t side = row.field == "debit" ? 0 : 1;
        figure = side == 0 ? all.debit - opening.debit : all.credit - opening.credit;
        adds = [&early, side](const Posting& posting, std::size_t) -> std::optional<Wide> {
            if (early(posting) || posting.amounts[side] == 0) return std::nullopt;
            return posting.amounts[side];
        };
    } else {
        return why.missing(
            "Figures of the statement are `opening`, `debit`, `credit` and `closing`.");
    }
    why.figure(Figure::of(money_of(figure, *base)));
    explain_postings(as_of, found, *base, adds, why);
}

// What a line shows is of its entry alone; the balance behind it, of everything up to it.
void LedgerTotals::explain_line(const StatementOfAccount& query, const ExplainedRow& row,
                                const AsOf& as_of, const Scope& scope, const AccountKeys& found,
                                Currency base, Explanation& why) const {
    const auto& journal = as_of.models.of<JournalModel>();
    const auto named = line_from(row.row);
    const auto event =
        named ? journal.event_of(as_of.rows, query.company, EntryId{named->entry}) : std::nullopt;
    if (!event) return why.missing("The statement has no such entry.");
    const EntryPosted entry = journal.entry_of(as_of.rows, *event).posted;
    const bool shown = scope.shows(entry, *event) && (!query.from || entry.date >= *query.from);
    std::vector<std::size_t> lines;  // of the entry, that the statement shows
    for (std::size_t at = 0; at < entry.lines.size(); ++at)
        if (shown && lies_on(entry.lines[at], query.account, query.dimensions, false) &&
            named->line.value_or(at + 1) == at + 1)
            lines.push_back(at);
    if (lines.empty()) return why.missing("The statement has no such entry.");
    if (lines.size() > 1)
        return why.missing(
            "The entry has several lines there; say which, as <entry>.<line> by the field `line`.");
    const PostedLine& line = entry.lines[lines.front()];
    if (row.field == "debit" || row.field == "credit") {
        const bool of_side = (line.side == Side::debit) == (row.field == "debit");
        const Money figure = of_side ? line.base : Money{0, base};
        why.figure(Figure::of(figure));
        if (figure.minor != 0 && (!why.after() || *why.after() < *event))
            why.add(*event, Figure::of(figure));
        return;
    }
    if (row.field != "balance")
        return why.missing("Figures of a line are `debit`, `credit` and `balance`.");
    const StatementCursor last =
        place_of(as_of, found, query.account, *event, entry, lines.front());
    Wide balance = 0;
    for (std::size_t key = 0; key < found.keys.size(); ++key) {
        std::array<Wide, 2> sums{};
        totals_.sum_through(as_of.rows, found.keys[key].bytes, found.keys[key].corner,
                            behind_cursor(last, static_cast<std::int64_t>(key)), sums);
        balance += sums[0] - sums[1];
    }
    why.figure(Figure::of(money_of(balance, base)));
    explain_postings(
        as_of, found, base,
        [&](const Posting& posting, std::size_t key) -> std::optional<Wide> {
            if (posting.day_place() > behind_cursor(last, static_cast<std::int64_t>(key)))
                return std::nullopt;
            return Wide{posting.amounts[0]} - posting.amounts[1];
        },
        why);
}

StatementCursor LedgerTotals::place_of(const AsOf& as_of, const AccountKeys& found,
                                       const AccountCode& account, const EventRef& event,
                                       const EntryPosted& entry, std::size_t line) const {
    for (std::size_t key = 0; key < found.keys.size(); ++key) {
        const AccountKey& of = found.keys[key];
        const auto under_key = [&](const PostedLine& each) {
            return lies_on(each, account, of.dimensions, found.exactly);
        };
        if (!under_key(entry.lines[line])) continue;
        // The lines of an entry lie under their key in the order of the entry.
        auto before =
            std::count_if(entry.lines.begin(),
                          entry.lines.begin() + static_cast<std::ptrdiff_t>(line), under_key);
        std::optional<StatementCursor> place;
        totals_.postings(
            as_of.rows, of.bytes, of.corner, before_event(event), [&](const Posting& posting) {
                if (posting.place.event != event) return false;
                if (before-- > 0) return true;
                place = StatementCursor{posting.day,
                                        static_cast<std::int64_t>(event.position),
                                        event.n,
                                        static_cast<std::int64_t>(key),
                                        static_cast<std::int64_t>(posting.place.ordinal),
                                        0};
                return false;
            });
        if (place) return *place;
    }
    throw StorageBroken("a line of an entry is no posting of the ledger's totals");
}

}  // namespace kontor::ledger
