// Books as a clerk with paper would keep them: what was asked, in order, and sums by adding up.
//
// Nothing here knows Kontor's tables, codecs or read models. Each rule of the ledger that a history
// can meet is written a second time, in the plainest way, so that the two can be compared.
#pragma once

#include "tests/simulation/requests.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kontor::simulation {

struct PaperLine {
    std::string account;
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    std::string text;
};

struct PaperEntry {
    Position position = 0;
    std::uint32_t n = 0;  // among the events of its commit
    Uuid id;
    std::string journal;
    std::int64_t number = 0;
    Date date;
    std::string text;
    std::optional<std::string> document;
    std::vector<PaperLine> lines;
    std::optional<Uuid> reverses, replaces;
};

struct PaperAccount {
    ledger::AccountKind kind = ledger::AccountKind::asset;
    bool summary = false;
    bool blocked = false;
};

struct PaperCompany {
    std::string year;  // its one fiscal year of twelve months
    Date first_day;
    std::set<std::int64_t> closed;
    std::map<std::string, PaperAccount> accounts;
    std::vector<PaperEntry> entries;                          // as they were posted
    std::set<std::pair<std::string, std::string>> documents;  // taken, by journal

    const PaperEntry* entry(const Uuid& id) const;
    bool reversed(const Uuid& id) const;
    // 1 to 12; 0 outside of the year.
    std::int64_t period_of(Date date) const;
    std::int64_t posted_in(const std::string& journal) const;
};

// Why the business says no; 200 without a code where it does not.
struct Ruling {
    int status = 200;
    std::string_view code;
};

// An event that is due to be in the commit: the stream and the version that it brings it to.
struct DueEvent {
    std::string stream;
    std::int64_t version = 0;
};

class Books {
public:
    Ruling judge(const Command& command) const;
    // Of a command that is judged good; `n` counts the events of the commit and goes on.
    std::vector<DueEvent> enter(const Command& command, Position position, std::uint32_t& n);

    const std::map<std::string, PaperCompany>& companies() const { return companies_; }
    std::int64_t version_of(const std::string& stream) const;

private:
    const PaperCompany* company(const CompanyCode& code) const;
    Ruling judge(const companies::CreateCompany& create) const;
    Ruling judge(const ledger::OpenAccount& open) const;
    Ruling judge(const ledger::RenameAccount& rename) const;
    Ruling judge(const ledger::BlockAccount& block) const;
    Ruling judge(const ledger::UnblockAccount& unblock) const;
    Ruling judge(const ledger::ClosePeriod& close) const;
    Ruling judge(const ledger::ReopenPeriod& reopen) const;
    Ruling judge(const ledger::PostEntry& post) const;
    Ruling judge(const ledger::ReverseEntry& reverse) const;
    Ruling judge(const ledger::CorrectEntry& correct) const;

    // Where the events of a commit go.
    struct Entering {
        Position position;
        std::uint32_t& n;
        std::vector<DueEvent> due;
    };
    void happen(Entering& into, std::string stream);
    void enter(const companies::CreateCompany& create, Entering& into);
    void enter(const ledger::OpenAccount& open, Entering& into);
    void enter(const ledger::RenameAccount& rename, Entering& into);
    void enter(const ledger::BlockAccount& block, Entering& into);
    void enter(const ledger::UnblockAccount& unblock, Entering& into);
    void enter(const ledger::ClosePeriod& close, Entering& into);
    void enter(const ledger::ReopenPeriod& reopen, Entering& into);
    void enter(const ledger::PostEntry& post, Entering& into);
    void enter(const ledger::ReverseEntry& reverse, Entering& into);
    void enter(const ledger::CorrectEntry& correct, Entering& into);

    std::map<std::string, PaperCompany> companies_;
    std::map<std::string, std::int64_t> versions_;
};

// The stream that If-Match means for the command.
std::string stream_named_by(const Command& command);
const std::string& company_named_by(const Command& command);

}  // namespace kontor::simulation
