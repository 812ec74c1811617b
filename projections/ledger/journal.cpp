// How entries are found by event, id, number and day.
//
// An entry never changes: it has one day and one event, so it lies in a plain row, and whether it
// is in a corner is seen by these two. What later happened to it lies in rows of its own, which
// have their day and event likewise.
#include "projections/ledger/journal.h"

#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

#include <array>

namespace kontor::ledger {

namespace {

// Position and number of an event, big-endian.
std::string bytes_of(const EventRef& event) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(event.position >> shift & 0xff);
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(event.n >> shift & 0xff);
    return bytes;
}

EventRef event_from(std::string_view bytes) {
    if (bytes.size() != 12) throw StorageBroken("the stored name of an event has another length");
    EventRef event;
    for (std::size_t at = 0; at < 8; ++at)
        event.position = event.position << 8 | static_cast<unsigned char>(bytes[at]);
    for (std::size_t at = 8; at < 12; ++at)
        event.n = event.n << 8 | static_cast<unsigned char>(bytes[at]);
    return event;
}

struct NumberKey {
    JournalKey journal;
    FiscalYearCode fiscal_year;
    std::int64_t number = 0;
    static void describe(auto& key) {
        key.record("EntryNumberKey", "A number of a journal and fiscal year.")
            .field("journal", &NumberKey::journal, "The journal.")
            .field("fiscal_year", &NumberKey::fiscal_year, "The fiscal year.")
            .field("number", &NumberKey::number, "The number.");
    }
};

// Something that happened to an entry: another reverses or replaces it.
struct LaterEntry {
    EntryId entry;
    Date date;
    bool reverses = false;
    static void describe(auto& record) {
        record.record("LaterEntry", "An entry that reverses or replaces another.")
            .field("entry", &LaterEntry::entry, "Its id.")
            .field("date", &LaterEntry::date, "Its business day.")
            .field("reverses", &LaterEntry::reverses, "It reverses; otherwise it replaces.");
    }
};

// Where a page by day ends: the place of its last entry.
struct DayCursor {
    Date day;
    std::int64_t position = 0;
    std::int64_t n = 0;
    std::int64_t ordinal = 0;
    static void describe(auto& key) {
        key.record("JournalDayCursor", "A place in a journal by day.")
            .field("day", &DayCursor::day, "Business day.")
            .field("position", &DayCursor::position, "Position of the event.")
            .field("n", &DayCursor::n, "Number of the event in its commit.")
            .field("ordinal", &DayCursor::ordinal, "Ordinal among the journal's postings.");
    }
};

Money debits_of(const EntryPosted& posted) {
    Money total{0, posted.lines.front().base.currency};
    for (const PostedLine& line : posted.lines)
        if (line.side == Side::debit) total = total + line.base;
    return total;
}

std::optional<Currency> base_currency(const AsOf& as_of, const CompanyCode& company) {
    const auto* totals = as_of.models.of<LedgerTotals>();
    return totals ? totals->base_currency(as_of, company) : std::nullopt;
}

}  // namespace

JournalModel::JournalModel(const Place& place)
    : by_event_(place.table(1)),
      by_id_(place.table(2)),
      by_number_(place.table(3)),
      later_(place.table(4)),
      by_day_(place.table(5), 2) {}

void JournalModel::on(const EntryPosted& posted, const Recorded& recorded) {
    const std::string event = bytes_of(recorded.event);
    RowWriter& rows = recorded.rows;
    rows.put(by_event_ + event, to_wire(StoredEntry{posted, recorded.time, recorded.actor}));
    rows.put(by_id_ + ordered_key(EntryKey{posted.company, posted.entry}), event);
    const JournalKey journal{posted.company, posted.journal};
    rows.put(by_number_ + ordered_key(NumberKey{journal, posted.fiscal_year, posted.number}),
             event);
    const std::array<std::int64_t, 2> amounts{1, debits_of(posted).minor};
    by_day_.add(rows, ordered_key(journal), posted.date, recorded.event, amounts);
    const auto happened_to = [&](const EntryId& earlier, bool reverses) {
        rows.put(later_ + ordered_key(EntryKey{posted.company, earlier}) + event,
                 to_wire(LaterEntry{posted.entry, posted.date, reverses}));
    };
    if (posted.reverses) happened_to(*posted.reverses, true);
    if (posted.replaces) happened_to(*posted.replaces, false);
}

StoredEntry JournalModel::entry_of(const RowReader& rows, const EventRef& event) const {
    std::string bytes;
    if (!rows.get(by_event_ + bytes_of(event), bytes))
        throw StorageBroken("event " + std::to_string(event.position) + "." +
                            std::to_string(event.n) + " is no stored entry");
    return stored_as<StoredEntry>(bytes);
}

std::optional<EventRef> JournalModel::event_of(const RowReader& rows, const CompanyCode& company,
                                               const EntryId& entry) const {
    std::string bytes;
    if (!rows.get(by_id_ + ordered_key(EntryKey{company, entry}), bytes)) return std::nullopt;
    return event_from(bytes);
}

JournalModel::Later JournalModel::later(const AsOf& as_of, const CompanyCode& company,
                                        const EntryId& entry) const {
    Later later;
    const std::string begins_with = later_ + ordered_key(EntryKey{company, entry});
    const auto cursor = as_of.rows.cursor();
    for (cursor->seek(begins_with); cursor->valid() && cursor->key().starts_with(begins_with);
         cursor->next()) {
        const EventRef event = event_from(cursor->key().substr(begins_with.size()));
        const auto happened = stored_as<LaterEntry>(cursor->value());
        if (!in_corner(as_of.corner, event, happened.date)) continue;
        if (happened.reverses)
            later.reversed_by = happened.entry;
        else
            later.replaced_by.push_back(happened.entry);
    }
    return later;
}

JournalEntry JournalModel::listed(const AsOf& as_of, const StoredEntry& stored) const {
    const EntryPosted& posted = stored.posted;
    return {posted.entry,
            posted.journal,
            posted.fiscal_year,
            posted.number,
            posted.date,
            posted.text,
            posted.document,
            debits_of(posted),
            posted.reverses,
            posted.replaces,
            later(as_of, posted.company, posted.entry).reversed_by};
}

void JournalModel::list_by_number(const JournalListing& query, const AsOf& as_of,
                                  Page<JournalEntry>& page) const {
    const std::string begins_with =
        by_number_ + ordered_key(JournalKey{query.company, query.journal});
    const auto cursor = as_of.rows.cursor();
    // The next possible key after the last one is that key and a zero octet.
    cursor->seek(page.after().empty() ? begins_with : page.after() + '\0');
    for (; cursor->valid() && cursor->key().starts_with(begins_with); cursor->next()) {
        const EventRef event = event_from(cursor->value());
        if (event.position > as_of.corner.known_at) continue;
        const StoredEntry stored = entry_of(as_of.rows, event);
        if (!in_corner(as_of.corner, event, stored.posted.date)) continue;
        if (query.from && stored.posted.date < *query.from) continue;
        if (!page.add(std::string(cursor->key()), listed(as_of, stored))) return;
    }
}

void JournalModel::list_by_date(const JournalListing& query, const AsOf& as_of,
                                Page<JournalEntry>& page) const {
    std::optional<DayPlace> after;
    if (!page.after().empty()) {
        DayCursor last;
        if (!from_ordered(type_of<DayCursor>(), page.after(), &last))
            throw StorageBroken("a cursor of the journal cannot be read");
        after = DayPlace{
            last.day,
            {{static_cast<std::uint64_t>(last.position), static_cast<std::uint32_t>(last.n)},
             static_cast<std::uint64_t>(last.ordinal)}};
    } else if (query.from) {
        after = DayPlace{*query.from - 1, {{UINT64_MAX, UINT32_MAX}}};
    }
    by_day_.statement(
        as_of.rows, ordered_key(JournalKey{query.company, query.journal}), as_of.corner, after,
        [&](const Posting& posting) {
            const EventRef& event = posting.place.event;
            const DayCursor here{posting.day, static_cast<std::int64_t>(event.position), event.n,
                                 static_cast<std::int64_t>(posting.place.ordinal)};
            return page.add(ordered_key(here), listed(as_of, entry_of(as_of.rows, event)));
        });
}

JournalTotals JournalModel::totals(const JournalListing& query, const AsOf& as_of,
                                   Currency base) const {
    const std::string key = ordered_key(JournalKey{query.company, query.journal});
    std::array<Wide, 2> all{}, earlier{};
    by_day_.sum(as_of.rows, key, as_of.corner, all);
    if (query.from) by_day_.sum(as_of.rows, key, before(as_of.corner, *query.from), earlier);
    return {static_cast<std::int64_t>(all[0] - earlier[0]), money_of(all[1] - earlier[1], base)};
}

void JournalModel::answer(const JournalListing& query, const AsOf& as_of,
                          Page<JournalEntry>& page) const {
    const auto* books = as_of.models.of<BooksModel>();
    if (books && !books->has_journal(as_of, {query.company, query.journal}))
        return page.missing("The company has no journal with this code.");
    if (query.order == JournalOrder::number)
        list_by_number(query, as_of, page);
    else
        list_by_date(query, as_of, page);
    if (const auto base = base_currency(as_of, query.company))
        page.totals(totals(query, as_of, *base));
}

void JournalModel::answer(const OneEntry& query, const AsOf& as_of, Page<FullEntry>& page) const {
    const auto event = event_of(as_of.rows, query.company, query.entry);
    if (!event) return page.missing("The company has no entry with this id.");
    StoredEntry stored = entry_of(as_of.rows, *event);
    EntryPosted& posted = stored.posted;
    if (!in_corner(as_of.corner, *event, posted.date))
        return page.missing("The entry was not there on that day, or not yet known then.");
    if (!page.after().empty()) return;
    Later later = this->later(as_of, query.company, query.entry);
    page.add("entry", {posted.entry, posted.journal, posted.fiscal_year, posted.number, posted.date,
                       posted.text, posted.document, debits_of(posted), std::move(posted.lines),
                       posted.reverses, posted.replaces, later.reversed_by,
                       std::move(later.replaced_by), stored.recorded_at, stored.recorded_by});
}

void JournalModel::explain(const JournalListing& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    if (row.field != "total") return why.missing("Only the field `total` is a sum of events.");
    if (!row.row.empty()) {
        const auto id = uuid_from(row.row);
        const auto event = id ? event_of(as_of.rows, query.company, EntryId{*id}) : std::nullopt;
        if (!event) return why.missing("The journal has no such entry.");
        const EntryPosted posted = entry_of(as_of.rows, *event).posted;
        if (posted.journal != query.journal || !in_corner(as_of.corner, *event, posted.date))
            return why.missing("The journal has no such entry.");
        why.figure(Figure::of(debits_of(posted)));
        if (!why.after()) why.add(*event, Figure::of(debits_of(posted)));
        return;
    }
    const auto base = base_currency(as_of, query.company);
    const auto* books = as_of.models.of<BooksModel>();
    if (!base || (books && !books->has_journal(as_of, {query.company, query.journal})))
        return why.missing("There is no such journal.");
    const std::string key = ordered_key(JournalKey{query.company, query.journal});
    std::optional<PostingPlace> after;
    if (why.after()) after = PostingPlace{*why.after()};
    by_day_.postings(as_of.rows, key, as_of.corner, after, [&](const Posting& posting) {
        if (query.from && posting.day < *query.from) return true;
        return why.add(posting.place.event, Figure::of(Money{posting.amounts[1], *base}));
    });
    why.figure(Figure::of(totals(query, as_of, *base).total));
}

ReadModelSpec journal() {
    return ReadModelSpec::of<JournalModel>("journal", 2, "ledger")
        .folding<JournalModel, EntryPosted>()
        .answering<JournalModel, JournalListing, JournalEntry>()
        .answering<JournalModel, OneEntry, FullEntry>();
}

}  // namespace kontor::ledger
