// How entries are found by event, id, number and day.
//
// An entry never changes: it has one day and one event, so it lies in a plain row, and whether it
// is in a corner is seen by these two. What later happened to it lies in rows of its own, which
// have their day and event likewise.
#include "projections/ledger/journal.h"

#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/packed_numbers.h"
#include "projections/packed_record.h"

#include <array>
#include <map>

namespace kontor::ledger {

namespace {

std::string bytes_of(const EventRef& event) {
    std::string bytes;
    append_fixed(bytes, event.position);
    append_fixed(bytes, event.n);
    return bytes;
}

EventRef event_from(std::string_view bytes) {
    PackedNumbers numbers(bytes);
    const auto position = numbers.fixed<std::uint64_t>();
    return {position, numbers.fixed<std::uint32_t>()};
}

// The numbers of a journal in a year lie 128 to a row: the last position there (8), then for each
// its place among the 128 (1), the positions since the one before and the number of the event.
constexpr std::uint64_t numbers_of_a_row = 128;

std::string numbers_from(std::string key, const FiscalYearCode& year, std::int64_t number) {
    append_ordered(key, type_of<FiscalYearCode>(), &year);
    append_fixed(key, static_cast<std::uint64_t>(number) / numbers_of_a_row);
    return key;
}

void add_number(std::string& row, std::int64_t number, const EventRef& event) {
    if (row.empty()) append_fixed(row, std::uint64_t{0});
    const auto before = PackedNumbers(row).fixed<std::uint64_t>();
    row += static_cast<char>(static_cast<std::uint64_t>(number) % numbers_of_a_row);
    append_short(row, event.position - before);
    append_short(row, event.n);
    write_fixed(row.data(), event.position);
}

std::map<std::int64_t, EventRef> numbers_in(std::string_view row, std::uint64_t row_number) {
    std::map<std::int64_t, EventRef> events;
    PackedNumbers numbers(row.substr(8));
    EventRef event;
    while (!numbers.done()) {
        const auto place = numbers.fixed<std::uint8_t>();
        event.position += numbers.shortened();
        event.n = numbers.shortened<std::uint32_t>();
        events[static_cast<std::int64_t>(row_number * numbers_of_a_row + place)] = event;
    }
    return events;
}

// Behind each entry, when and by whom it was posted.
struct Recording {
    Timestamp at;
    std::string by;
    static void describe(auto& record) {
        record.record("EntryRecording", "When and by whom an entry was recorded.")
            .field("at", &Recording::at, "When.")
            .field("by", &Recording::by, "By whom.");
    }
};

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
    return as_of.models.of<LedgerTotals>().base_currency(as_of, company);
}

}  // namespace

JournalModel::JournalModel(const Place& place)
    : entries_(place.table(1)),
      by_id_(place.table(2)),
      by_number_(place.table(3)),
      later_(place.table(4)),
      attached_(place.table(6)),
      by_day_(place.table(5), 2) {}

void JournalModel::on(const EntryPosted& posted, const Recorded& recorded) {
    RowWriter& rows = recorded.rows;
    std::string entry;
    append_packed(entry, posted);
    append_packed(entry, Recording{recorded.time, recorded.actor});
    entries_.add(rows, recorded.event, entry);
    std::string event;
    append_short(event, recorded.event.position);
    append_short(event, recorded.event.n);
    rows.put(by_id_ + ordered_key(EntryKey{posted.company, posted.entry}), event);
    const JournalKey journal{posted.company, posted.journal};
    add_number(rows.row_to_change(numbers_from(by_number_ + ordered_key(journal),
                                               posted.fiscal_year, posted.number)),
               posted.number, recorded.event);
    const std::array<std::int64_t, 2> amounts{1, debits_of(posted).minor};
    by_day_.add(rows, ordered_key(journal), posted.date, recorded.event, amounts);
    const auto happened_to = [&](const EntryId& earlier, bool reverses) {
        rows.put(later_ + ordered_key(EntryKey{posted.company, earlier}) + bytes_of(recorded.event),
                 to_wire(LaterEntry{posted.entry, posted.date, reverses}));
    };
    if (posted.reverses) happened_to(*posted.reverses, true);
    if (posted.replaces) happened_to(*posted.replaces, false);
}

void JournalModel::on(const AttachmentAdded& added, const Recorded& recorded) {
    recorded.rows.put(
        attached_ + ordered_key(EntryKey{added.company, added.entry}) + bytes_of(recorded.event),
        to_wire(ListedAttachment{added.attachment, recorded.time, recorded.actor}));
}

StoredEntry JournalModel::entry_of(const RowReader& rows, const EventRef& event) const {
    RowsByEvent::Finder one = entries(rows);
    return entry_of(one, event);
}

StoredEntry JournalModel::entry_of(RowsByEvent::Finder& entries, const EventRef& event) {
    std::string_view left = entries.get(event);
    StoredEntry entry{taken_packed<EntryPosted>(left), {}, {}};
    auto recording = taken_packed<Recording>(left);
    entry.recorded_at = recording.at;
    entry.recorded_by = std::move(recording.by);
    return entry;
}

std::optional<EventRef> JournalModel::event_of(const RowReader& rows, const CompanyCode& company,
                                               const EntryId& entry) const {
    std::string bytes;
    if (!rows.get(by_id_ + ordered_key(EntryKey{company, entry}), bytes)) return std::nullopt;
    PackedNumbers numbers(bytes);
    const auto position = numbers.shortened();
    return EventRef{position, numbers.shortened<std::uint32_t>()};
}

JournalModel::Later JournalModel::later(const AsOf& as_of, const CompanyCode& company,
                                        const EntryId& entry) const {
    Later later;
    const std::string begins_with = later_ + ordered_key(EntryKey{company, entry});
    const auto cursor = as_of.rows.cursor(begins_with);
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

// Those of the posting first. A later one has no business day: it is there once it is known.
std::vector<ListedAttachment> JournalModel::attachments(const AsOf& as_of,
                                                        const StoredEntry& stored) const {
    std::vector<ListedAttachment> files;
    for (const Attachment& file : stored.posted.attachments)
        files.push_back({file, stored.recorded_at, stored.recorded_by});
    const std::string begins_with =
        attached_ + ordered_key(EntryKey{stored.posted.company, stored.posted.entry});
    const auto cursor = as_of.rows.cursor(begins_with);
    for (cursor->seek(begins_with); cursor->valid() && cursor->key().starts_with(begins_with);
         cursor->next()) {
        const EventRef event = event_from(cursor->key().substr(begins_with.size()));
        if (event.position <= as_of.corner.known_at)
            files.push_back(stored_as<ListedAttachment>(cursor->value()));
    }
    return files;
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
            later(as_of, posted.company, posted.entry).reversed_by,
            posted.belongs_to};
}

void JournalModel::list_by_number(const JournalListing& query, const AsOf& as_of,
                                  Page<JournalEntry>& page) const {
    const JournalKey journal{query.company, query.journal};
    const std::string begins_with = by_number_ + ordered_key(journal);
    NumberKey last{journal, {}, 0};
    if (!page.after().empty() && !from_ordered(type_of<NumberKey>(), page.after(), &last))
        throw StorageBroken("a cursor of the journal cannot be read");
    RowsByEvent::Finder entries = this->entries(as_of.rows);
    bool behind_last = page.after().empty();
    for (const auto& [first_day, year] :
         as_of.models.of<BooksModel>().fiscal_years(as_of, query.company)) {
        const bool here = !behind_last && year == last.fiscal_year;
        if (!behind_last && !here) continue;
        behind_last = true;
        const std::string of_year = begins_with + ordered_key(year);
        const auto cursor = as_of.rows.cursor(of_year);
        cursor->seek(here ? numbers_from(begins_with, year, last.number) : of_year);
        for (; cursor->valid() && cursor->key().starts_with(of_year); cursor->next()) {
            const std::string_view key = cursor->key();
            const auto row_number =
                PackedNumbers(key.substr(key.size() - 8)).fixed<std::uint64_t>();
            for (const auto& [number, event] : numbers_in(cursor->value(), row_number)) {
                if (here && number <= last.number) continue;
                if (event.position > as_of.corner.known_at) continue;
                const StoredEntry stored = entry_of(entries, event);
                const EntryPosted& posted = stored.posted;
                if (!in_corner(as_of.corner, event, posted.date)) continue;
                if (query.from && posted.date < *query.from) continue;
                if (!page.add(ordered_key(NumberKey{journal, year, number}), listed(as_of, stored)))
                    return;
            }
        }
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
        after = behind_day(*query.from - 1);
    }
    RowsByEvent::Finder entries = this->entries(as_of.rows);
    by_day_.statement(
        as_of.rows, ordered_key(JournalKey{query.company, query.journal}), as_of.corner, after,
        [&](const Posting& posting) {
            const EventRef& event = posting.place.event;
            const DayCursor here{posting.day, static_cast<std::int64_t>(event.position), event.n,
                                 static_cast<std::int64_t>(posting.place.ordinal)};
            return page.add(ordered_key(here), listed(as_of, entry_of(entries, event)));
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
    const auto& books = as_of.models.of<BooksModel>();
    if (!books.has_journal(as_of, {query.company, query.journal}))
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
    std::vector<ListedAttachment> attachments = this->attachments(as_of, stored);
    page.add("entry", {posted.entry,
                       posted.journal,
                       posted.fiscal_year,
                       posted.number,
                       posted.date,
                       posted.text,
                       posted.document,
                       debits_of(posted),
                       std::move(posted.lines),
                       posted.reverses,
                       posted.replaces,
                       later.reversed_by,
                       std::move(later.replaced_by),
                       stored.recorded_at,
                       stored.recorded_by,
                       posted.period,
                       posted.belongs_to,
                       posted.draft,
                       std::move(attachments),
                       posted.origin});
}

void JournalModel::explain(const JournalListing& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    if (row.field != "total") return why.missing("Only the field `total` is a sum of events.");
    if (!row.row.empty()) {
        const auto id = uuid_from(row.row);
        const auto event = id ? event_of(as_of.rows, query.company, EntryId{*id}) : std::nullopt;
        if (!event) return why.missing("The journal has no such entry.");
        const EntryPosted posted = entry_of(as_of.rows, *event).posted;
        if (posted.journal != query.journal || !in_corner(as_of.corner, *event, posted.date) ||
            (query.from && posted.date < *query.from))
            return why.missing("The journal has no such entry.");
        why.figure(Figure::of(debits_of(posted)));
        if (!why.after() || *why.after() < *event) why.add(*event, Figure::of(debits_of(posted)));
        return;
    }
    const auto base = base_currency(as_of, query.company);
    const auto& books = as_of.models.of<BooksModel>();
    if (!base || !books.has_journal(as_of, {query.company, query.journal}))
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
    return ReadModelSpec::of<JournalModel>("journal", 4, "ledger")
        .folding<JournalModel, EntryPosted, AttachmentAdded>()
        .answering<JournalModel, JournalListing, JournalEntry>()
        .answering<JournalModel, GeneralJournal, GeneralJournalLine>()
        .answering<JournalModel, CombinedJournal, CombinedJournalLine>()
        .answering<JournalModel, OneEntry, FullEntry>();
}

}  // namespace kontor::ledger
