// How entries become transactions of plain-text accounting.
#include "tools/journal_text.h"

#include "domain/core/decimal.h"
#include "eventstore/placement.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire.h"
#include "tools/audit_log.h"
#include "tools/command_line.h"
#include "tools/journal_escapes.h"
#include "tools/progress.h"

#include <algorithm>
#include <ostream>
#include <set>

namespace kontor {
namespace {

using namespace ledger;

template <class Event>
Event read(const StoredEvent& stored) {
    auto event = from_wire<Event>(stored.data.octets);
    if (!event) throw StorageBroken("An event " + stored.type + " of the log cannot be read.");
    return *std::move(event);
}

char type_letter(AccountKind kind) {
    switch (kind) {
        case AccountKind::asset: return 'A';
        case AccountKind::liability: return 'L';
        case AccountKind::equity: return 'E';
        case AccountKind::income: return 'R';
        case AccountKind::expense: break;
    }
    return 'X';
}

std::string amount_text(const Money& money, bool negative) {
    const Wide minor = negative ? -Wide{money.minor} : Wide{money.minor};
    return std::string(money.currency.text()) + ' ' +
           decimal_text(minor, minor_digits(money.currency));
}

class Writer {
public:
    Writer(const JournalTextOptions& options, std::ostream& out)
        : options_(options), out_(out), book_(options.book) {}

    void event(const StoredEvent& stored) {
        if (stored.company != options_.company.text) return;
        if (stored.type == "EntryPosted") return entry(read<EntryPosted>(stored));
        if (stored.type == "DimensionDefined") return dimension(read<DimensionDefined>(stored));
        if (stored.type == "AccountOpened") return account(read<AccountOpened>(stored));
        if (stored.type == "BookOpened") return book(read<BookOpened>(stored));
        if (stored.type == "CompanyCreated")
            return company(read<companies::CompanyCreated>(stored));
    }
    std::uint64_t entries() const { return entries_; }

private:
    void company(const companies::CompanyCreated& created) {
        base_ = created.base_currency;
        out_ << "; " << escaped(created.name, JournalPlace::comment) << " (" << created.company.text
             << "), in " << base_.text() << '\n'
             << escapes_notice << "\n\n";
        // What is no tag to ledger-cli is one to hledger, which wants the type of accounts too.
        for (const char* tag :
             {"entry", "document", "reverses", "belongs_to", "kind", "period", "type"})
            out_ << "tag " << tag << '\n';
        out_ << '\n';
    }
    void dimension(const DimensionDefined& defined) {
        out_ << "tag " << escaped_tag_name(defined.dimension.text) << '\n';
    }
    // An entry names only books that were opened before it, so the leading one is known in time.
    void book(const BookOpened& opened) {
        if (!options_.book && opened.leading) book_ = opened.book;
    }
    void account(const AccountOpened& opened) {
        if (opened.summary) return;
        // Beside the name ledger-cli would take the comment for a part of it.
        out_ << "account " << escaped_name(opened.account.text) << "\n    ; "
             << escaped(opened.name, JournalPlace::comment) << ", type:" << type_letter(opened.kind)
             << '\n';
    }
    void entry(const EntryPosted& posted) {
        if (options_.valid_at && posted.date > *options_.valid_at) return;
        if (!posted.books.empty() &&
            (!book_ || std::ranges::find(posted.books, *book_) == posted.books.end()))
            return;
        ++entries_;
        formats(posted);
        out_ << '\n'
             << to_text(posted.date) << " (" << escaped(posted.journal.text, JournalPlace::code)
             << '/' << escaped(posted.fiscal_year.text, JournalPlace::code) << '/' << posted.number
             << ") " << escaped(posted.text, JournalPlace::description)
             << "\n    ; entry:" << to_text(posted.entry.uuid);
        if (posted.document)
            out_ << ", document:" << escaped(*posted.document, JournalPlace::tag_value);
        if (posted.reverses) out_ << ", reverses:" << to_text(posted.reverses->uuid);
        if (posted.belongs_to) out_ << ", belongs_to:" << to_text(*posted.belongs_to);
        out_ << '\n';
        // What statements leave out or tell apart is a tag for both programs' queries.
        if (posted.kind != EntryKind::ordinary)
            out_ << "    ; kind: " << (posted.kind == EntryKind::closing ? "closing" : "opening")
                 << '\n';
        if (posted.adjustment > 0) out_ << "    ; period: P" << posted.period << '\n';
        for (const PostedLine& line : posted.lines) posting(line);
    }
    // Before a currency is first used, how it is written: hledger wants it declared, and ledger-cli
    // takes no digits from costs, so that sums of them would be whole numbers.
    void formats(const EntryPosted& posted) {
        format(base_);
        for (const PostedLine& line : posted.lines) format(line.amount.currency);
    }
    void format(Currency currency) {
        if (!formatted_.insert(currency).second) return;
        const int digits = minor_digits(currency);
        out_ << "\ncommodity " << currency.text() << "\n    format " << currency.text() << " 1000."
             << std::string(static_cast<std::size_t>(digits), '0') << '\n';
    }
    void posting(const PostedLine& line) {
        const bool credit = line.side == Side::credit;
        out_ << "    " << escaped_name(line.account.text) << "  "
             << amount_text(line.amount, credit);
        if (line.amount.currency != base_)
            out_ << " @@ " << amount_text(line.base, line.base.minor < 0);
        if (!line.text.empty()) out_ << "  ; " << escaped(line.text, JournalPlace::comment);
        out_ << '\n';
        // On a line of its own, with a space behind the colon, a tag is one for both programs.
        for (const auto& [dimension, value] : line.dimensions)
            out_ << "    ; " << escaped_tag_name(dimension.text) << ": "
                 << escaped(value.text, JournalPlace::tag_value) << '\n';
    }

    const JournalTextOptions& options_;
    std::ostream& out_;
    std::optional<BookCode> book_;  // that is written
    Currency base_;
    std::set<Currency> formatted_;
    std::uint64_t entries_ = 0;
};

// Whether something had happened to the company or book that an event would be of.
template <class Event>
bool known(const EventLog& log, const Event& event, Position known_at) {
    bool found = false;
    log.indexes().each_of_stream(stream_of(type_of<Event>(), &event), 1,
                                 [&](std::int64_t, EventPlace place) {
                                     found = place.position <= known_at;
                                     return false;
                                 });
    return found;
}

void check_names(const EventLog& log, const JournalTextOptions& options) {
    companies::CompanyCreated created;
    created.company = options.company;
    if (!known(log, created, options.known_at))
        throw Unable("The log has no company " + options.company.text + ".");
    if (options.book &&
        !known(log, BookOpened{options.company, *options.book, {}}, options.known_at))
        throw Unable("The company has no book " + options.book->text + ".");
}

}  // namespace

std::uint64_t write_journal(const EventLog& log, const JournalTextOptions& options,
                            std::ostream& out) {
    check_names(log, options);
    Writer writer(options, out);
    each_commit(log, 1, options.known_at, [&](const Commit& commit) {
        if (InterruptWatch::asked()) throw Interrupted{};
        for (const StoredCommand& command : commit.commands)
            for (const StoredEvent& event : command.events) writer.event(event);
        return out.good();
    });
    return writer.entries();
}

}  // namespace kontor
