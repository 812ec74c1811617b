// Journals are the books of first entry; each numbers its entries without a gap, year by year.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/calendar.h"

#include <map>
#include <string>

namespace kontor::ledger {

struct JournalThing {
    static constexpr Thing thing{"journal", "journals"};
};
using JournalCode = Code<JournalThing>;

inline constexpr Reason journal_exists{Refusal::conflict, "journal_exists",
                                       "The company has a journal with this code already."};
inline constexpr Reason journal_unknown{Refusal::missing, "journal_unknown",
                                        "The company has no journal with this code."};

struct JournalOpened {
    CompanyCode company;
    JournalCode journal;
    std::string name;

    bool operator==(const JournalOpened&) const = default;
    static void describe(auto& event) {
        event.record("JournalOpened", "Entries can be posted in one more journal.")
            .company(&JournalOpened::company)
            .stream(&JournalOpened::journal)
            .on_recorded_day()
            .field("company", &JournalOpened::company, "Whose books.")
            .field("journal", &JournalOpened::journal, "Code of the journal.")
            .field("name", &JournalOpened::name, "Its name.");
    }
};

struct OpenJournal {
    CompanyCode company;
    JournalCode journal;
    std::string name;

    static void describe(auto& command) {
        command
            .record("OpenJournal",
                    "Opens a journal. Its entries are numbered 1, 2, 3 ... in each fiscal year, "
                    "in the order in which they are posted.")
            .company(&OpenJournal::company)
            .stream(&OpenJournal::journal)
            .example(R"({"company": "DEMO", "journal": "ADJ", "name": "Adjustments"})")
            .field("company", &OpenJournal::company, "Whose books.")
            .field("journal", &OpenJournal::journal, "A short code for it, such as \"SAL\".")
            .field("name", &OpenJournal::name, "Its name, such as \"Sales\".")
            .shortest(1)
            .longest(200)
            .refuses(companies::company_unknown, journal_exists);
    }
};

struct JournalKey {
    CompanyCode company;
    JournalCode journal;

    auto operator<=>(const JournalKey&) const = default;
    static void describe(auto& key) {
        key.record("JournalKey", "A journal of a company.")
            .field("company", &JournalKey::company, "Whose books.")
            .field("journal", &JournalKey::journal, "Code of the journal.");
    }
};

struct Journal {
    std::map<FiscalYearCode, std::int64_t> last_numbers;

    static void describe(auto& record) {
        record.record("Journal", "A journal as decisions know it.")
            .field("last_numbers", &Journal::last_numbers,
                   "The number that its last entry has, by fiscal year.");
    }
};
using Journals = Table<JournalKey, Journal>;

Decision<JournalOpened> decide(const World&, const OpenJournal&, const Context&);
void evolve(Journals&, const JournalOpened&);

Part journals();

}  // namespace kontor::ledger
