// Reminders: who would be reminded of what on a day, and who was.
#pragma once

#include "domain/settlement/dunning.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>

namespace kontor::settlement {

struct ProposedReminder {
    parties::CounterpartyCode counterparty;
    OpenItemId item;
    std::int64_t line = 1;
    std::optional<std::string> document;
    Date due;
    std::int64_t days = 0;
    Money open;
    std::int64_t level = 1;
    std::string name;

    bool operator==(const ProposedReminder&) const = default;
    static void describe(auto& row) {
        row.record("ProposedReminder", "An instalment that a customer would be reminded of.")
            .field("counterparty", &ProposedReminder::counterparty, "The legal entity.")
            .field("item", &ProposedReminder::item, "The item.")
            .field("line", &ProposedReminder::line, "Which of its instalments, from 1.")
            .field("document", &ProposedReminder::document, "Number of its document.")
            .field("due", &ProposedReminder::due, "When it was due.")
            .field("days", &ProposedReminder::days, "How many days ago that is.")
            .field("open", &ProposedReminder::open, "What is open of it.")
            .field("level", &ProposedReminder::level, "The level of the reminder, from 1.")
            .field("name", &ProposedReminder::name, "What that is called.");
    }
};

struct DunningProposal {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<Date> day;

    static void describe(auto& query) {
        query
            .record("dunning_proposal",
                    "What DunCustomers would remind of on a day, of what is open at the end of "
                    "the day `valid_at`.")
            .company(&DunningProposal::company)
            .field("company", &DunningProposal::company, "Who reminds.")
            .field("counterparty", &DunningProposal::counterparty, "Only this customer.")
            .field("day", &DunningProposal::day,
                   "The day of the reminders. Absent: `valid_at`; without either nothing is "
                   "proposed.")
            .template answers<ProposedReminder>(Times::both);
    }
};

struct ListedDunning {
    DunningRunId run;
    std::int64_t line = 1;
    Date date;
    parties::CounterpartyCode counterparty;
    OpenItemId item;
    std::int64_t instalment = 1;
    Date due;
    Money open;
    std::int64_t level = 1;

    bool operator==(const ListedDunning&) const = default;
    static void describe(auto& row) {
        row.record("ListedDunning", "An instalment that a customer was reminded of.")
            .field("run", &ListedDunning::run, "The run.")
            .field("line", &ListedDunning::line, "Which of its items, from 1.")
            .field("date", &ListedDunning::date, "The day of the reminders.")
            .field("counterparty", &ListedDunning::counterparty, "The legal entity.")
            .field("item", &ListedDunning::item, "The item.")
            .field("instalment", &ListedDunning::instalment, "Which of its instalments, from 1.")
            .field("due", &ListedDunning::due, "When it was due.")
            .field("open", &ListedDunning::open, "What was open of it.")
            .field("level", &ListedDunning::level, "The level of the reminder, from 1.");
    }
};

struct DunningRunList {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;

    static void describe(auto& query) {
        query.record("dunning_runs", "What customers were reminded of, by day.")
            .company(&DunningRunList::company)
            .field("company", &DunningRunList::company, "Who reminded.")
            .field("counterparty", &DunningRunList::counterparty, "Only this customer.")
            .template answers<ListedDunning>(Times::both);
    }
};

class DunningModel {
public:
    explicit DunningModel(const Place& place)
        : rules_(place.table(1)), dunned_(place.table(2)), runs_(place.table(3)) {}

    void on(const DunningLevelsSet&, const Recorded&);
    void on(const CustomersDunned&, const Recorded&);
    void answer(const DunningProposal&, const AsOf&, Page<ProposedReminder>&) const;
    void answer(const DunningRunList&, const AsOf&, Page<ListedDunning>&) const;

private:
    struct RulesRow {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("DunningRulesKey", "A company.")
                .field("company", &RulesRow::company, "Its code.");
        }
    };
    struct RunRow {
        CompanyCode company;
        Date date;
        DunningRunId run;
        std::int64_t line = 1;
        static void describe(auto& key) {
            key.record("ListedDunningKey", "An item of a dunning run.")
                .field("company", &RunRow::company, "Who reminded.")
                .field("date", &RunRow::date, "The day of the run.")
                .field("run", &RunRow::run, "The run.")
                .field("line", &RunRow::line, "Which of its items, from 1.");
        }
    };

    DescribedRows<RulesRow, DunningRules> rules_;
    DescribedRows<DunnedKey, Dunned> dunned_;
    DescribedRows<RunRow, ListedDunning> runs_;
};

ReadModelSpec dunning_model();

}  // namespace kontor::settlement
