// The journal: every entry with its lines, by number or by day, and what became of it.
#pragma once

#include "domain/ledger/attachments.h"
#include "domain/ledger/entries.h"
#include "projections/described_rows.h"
#include "projections/ledger/general_journal.h"
#include "projections/projection.h"
#include "projections/rows_by_event.h"
#include "projections/two_time_totals.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct JournalEntry {
    EntryId entry;
    JournalCode journal;
    FiscalYearCode fiscal_year;
    std::int64_t number = 0;
    Date date;
    std::string text;
    std::optional<std::string> document;
    Money total;
    std::optional<EntryId> reverses;
    std::optional<EntryId> replaces;
    std::optional<EntryId> reversed_by;
    std::optional<Date> belongs_to = std::nullopt;

    bool operator==(const JournalEntry&) const = default;
    static void describe(auto& row) {
        row.record("JournalEntry", "An entry, without its lines.")
            .field("entry", &JournalEntry::entry, "Its id.")
            .field("journal", &JournalEntry::journal, "The journal that it is in.")
            .field("fiscal_year", &JournalEntry::fiscal_year, "The fiscal year of its date.")
            .field("number", &JournalEntry::number, "Its number in journal and fiscal year.")
            .field("date", &JournalEntry::date, "Its business day.")
            .field("text", &JournalEntry::text, "What happened.")
            .field("document", &JournalEntry::document, "Number of the source document.")
            .field("total", &JournalEntry::total, "Sum of its debits; base currency.")
            .field("reverses", &JournalEntry::reverses, "The entry that it takes back.")
            .field("replaces", &JournalEntry::replaces, "The reversed entry that it replaces.")
            .field("reversed_by", &JournalEntry::reversed_by, "The entry that takes it back.")
            .field("belongs_to", &JournalEntry::belongs_to,
                   "The day that it belongs to, where it was posted later as that day's period "
                   "was closed.");
    }
};

struct JournalTotals {
    std::int64_t entries = 0;
    Money total;

    bool operator==(const JournalTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("JournalTotals", "The journal in all.")
            .field("entries", &JournalTotals::entries, "How many entries.")
            .field("total", &JournalTotals::total, "Sum of their debits; base currency.");
    }
};

enum class JournalOrder : std::uint8_t { number, date };

void describe(auto& choice, JournalOrder) {
    choice.choice("JournalOrder", "How the entries of a journal are ordered.")
        .value("number", "By fiscal year and number: as they were posted in each year.")
        .value("date", "By business day, and within a day as they were posted.");
}

struct JournalListing {
    CompanyCode company;
    JournalCode journal;
    JournalOrder order = JournalOrder::number;
    std::optional<Date> from;

    static void describe(auto& query) {
        query
            .record("journal",
                    "The entries of a journal. Those up to a day: `valid_at`; from a day on: "
                    "`from`.")
            .company(&JournalListing::company)
            .field("company", &JournalListing::company, "Whose books.")
            .field("journal", &JournalListing::journal, "Code of the journal.")
            .field("order", &JournalListing::order, "By number or by date.")
            .otherwise(JournalOrder::number)
            .field("from", &JournalListing::from, "Only entries of this day and later.")
            .template answers<JournalEntry>(Times::both)
            .template totals<JournalTotals>();
    }
};

struct ListedAttachment {
    Attachment file;
    Timestamp attached_at;
    std::string attached_by;

    bool operator==(const ListedAttachment&) const = default;
    static void describe(auto& row) {
        row.record("ListedAttachment", "A file that belongs to an entry.")
            .field("file", &ListedAttachment::file, "Which file.")
            .field("attached_at", &ListedAttachment::attached_at, "When it was attached.")
            .field("attached_by", &ListedAttachment::attached_by, "Who attached it.");
    }
};

struct FullEntry {
    EntryId entry;
    JournalCode journal;
    FiscalYearCode fiscal_year;
    std::int64_t number = 0;
    Date date;
    std::string text;
    std::optional<std::string> document;
    Money total;
    std::vector<PostedLine> lines;
    std::optional<EntryId> reverses;
    std::optional<EntryId> replaces;
    std::optional<EntryId> reversed_by;
    std::vector<EntryId> replaced_by;
    Timestamp recorded_at;
    std::string recorded_by;
    std::int64_t period = 0;
    std::optional<Date> belongs_to = std::nullopt;
    std::optional<DraftId> draft = std::nullopt;
    std::vector<ListedAttachment> attachments = {};
    std::optional<EntryOrigin> origin = std::nullopt;

    bool operator==(const FullEntry&) const = default;
    static void describe(auto& row) {
        row.record("FullEntry", "An entry with its lines.")
            .field("entry", &FullEntry::entry, "Its id.")
            .field("journal", &FullEntry::journal, "The journal that it is in.")
            .field("fiscal_year", &FullEntry::fiscal_year, "The fiscal year of its date.")
            .field("number", &FullEntry::number, "Its number in journal and fiscal year.")
            .field("date", &FullEntry::date, "Its business day.")
            .field("text", &FullEntry::text, "What happened.")
            .field("document", &FullEntry::document, "Number of the source document.")
            .field("total", &FullEntry::total, "Sum of its debits; base currency.")
            .field("lines", &FullEntry::lines, "Its lines.")
            .field("reverses", &FullEntry::reverses, "The entry that it takes back.")
            .field("replaces", &FullEntry::replaces, "The reversed entry that it replaces.")
            .field("reversed_by", &FullEntry::reversed_by, "The entry that takes it back.")
            .field("replaced_by", &FullEntry::replaced_by, "The entries in its place.")
            .field("recorded_at", &FullEntry::recorded_at, "When it was posted.")
            .field("recorded_by", &FullEntry::recorded_by, "Who posted it.")
            .field("period", &FullEntry::period, "Number of its fiscal period.")
            .field("belongs_to", &FullEntry::belongs_to,
                   "The day that it belongs to, where it was posted later as that day's period "
                   "was closed.")
            .field("draft", &FullEntry::draft, "The draft that it was.")
            .field("attachments", &FullEntry::attachments,
                   "The files that belong to it, those attached later too.")
            .field("origin", &FullEntry::origin,
                   "The rule that made it; absent: somebody entered it.");
    }
};

struct OneEntry {
    CompanyCode company;
    EntryId entry;

    static void describe(auto& query) {
        query.record("entry", "One entry with its lines, and what became of it.")
            .company(&OneEntry::company)
            .field("company", &OneEntry::company, "Whose books.")
            .field("entry", &OneEntry::entry, "Its id.")
            .template answers<FullEntry>(Times::both);
    }
};

// An entry as the log has it, with when and by whom.
struct StoredEntry {
    EntryPosted posted;
    Timestamp recorded_at;
    std::string recorded_by;
};

class JournalModel {
public:
    explicit JournalModel(const Place& place);

    void on(const EntryPosted&, const Recorded&);
    void on(const AttachmentAdded&, const Recorded&);
    void answer(const JournalListing&, const AsOf&, Page<JournalEntry>&) const;
    void answer(const OneEntry&, const AsOf&, Page<FullEntry>&) const;
    void answer(const GeneralJournal&, const AsOf&, Page<GeneralJournalLine>&) const;
    void answer(const CombinedJournal&, const AsOf&, Page<CombinedJournalLine>&) const;
    // The total of an entry, or of the journal where `row` is empty.
    void explain(const JournalListing&, const ExplainedRow&, const AsOf&, Explanation&) const;

    // The entry of an event that is known to be one; for several of them, one after the other.
    StoredEntry entry_of(const RowReader&, const EventRef&) const;
    RowsByEvent::Finder entries(const RowReader& rows) const { return {entries_, rows}; }
    static StoredEntry entry_of(RowsByEvent::Finder&, const EventRef&);
    // The event that posted an entry; empty when the company has none with the id.
    std::optional<EventRef> event_of(const RowReader&, const CompanyCode&, const EntryId&) const;

private:
    struct Later {  // what later happened to an entry
        std::optional<EntryId> reversed_by;
        std::vector<EntryId> replaced_by;
    };
    Later later(const AsOf&, const CompanyCode&, const EntryId&) const;
    std::vector<ListedAttachment> attachments(const AsOf&, const StoredEntry&) const;
    JournalEntry listed(const AsOf&, const StoredEntry&) const;
    void list_by_number(const JournalListing&, const AsOf&, Page<JournalEntry>&) const;
    void list_by_date(const JournalListing&, const AsOf&, Page<JournalEntry>&) const;
    JournalTotals totals(const JournalListing&, const AsOf&, Currency base) const;

    RowsByEvent entries_;
    std::string by_id_, by_number_, later_, attached_;  // prefixes of tables
    TwoTimeTotals by_day_;                              // entries and debits by journal
};

ReadModelSpec journal();

}  // namespace kontor::ledger
