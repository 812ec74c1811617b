// Dunning: reminding those who have not paid, by levels, and what was sent when.
#pragma once

#include "domain/settlement/open_items.h"

namespace kontor::settlement {

inline constexpr Reason dunning_levels_unfit{
    Refusal::invalid, "dunning_levels_unfit",
    "Each level is reached after more days than the one before it."};
inline constexpr Reason dunning_levels_unchanged{Refusal::conflict, "dunning_levels_unchanged",
                                                 "They are set so already."};
inline constexpr Reason dunning_levels_missing{
    Refusal::conflict, "dunning_levels_missing",
    "The company has not said after how many days it reminds; SetDunningLevels does."};
inline constexpr Reason dunning_run_exists{Refusal::conflict, "dunning_run_exists",
                                           "The company has a dunning run with this id already."};
inline constexpr Reason nobody_dunned{Refusal::conflict, "nobody_dunned",
                                      "Nothing is overdue that is to be reminded of by then."};

struct DunningRunThing {
    static constexpr Thing thing{"dunning_run", "dunning_runs"};
};
using DunningRunId = Id<DunningRunThing>;

struct DunningLevel {
    std::int64_t days = 1;
    std::string name;

    bool operator==(const DunningLevel&) const = default;
    static void describe(auto& record) {
        record.record("DunningLevel", "How urgent a reminder is.")
            .field("days", &DunningLevel::days, "Reached when overdue for so many days.")
            .least(1)
            .most(3'660)
            .field("name", &DunningLevel::name, "What it is called, such as \"First reminder\".")
            .shortest(1)
            .longest(200);
    }
};

struct DunningLevelsSet {
    CompanyCode company;
    std::vector<DunningLevel> levels;
    std::int64_t interval_days = 0;

    bool operator==(const DunningLevelsSet&) const = default;
    static void describe(auto& event) {
        event.record("DunningLevelsSet", "The company reminds by these levels from now on.")
            .company(&DunningLevelsSet::company)
            .stream(&DunningLevelsSet::company)
            .on_recorded_day()
            .field("company", &DunningLevelsSet::company, "Who reminds.")
            .field("levels", &DunningLevelsSet::levels, "The levels, the least urgent first.")
            .field("interval_days", &DunningLevelsSet::interval_days,
                   "From one reminder of an item to the next, at least.");
    }
};

struct DunnedItem {
    OpenItemId item;
    std::int64_t instalment = 1;
    parties::CounterpartyCode counterparty;
    Date due;
    Money open;
    std::int64_t level = 1;

    bool operator==(const DunnedItem&) const = default;
    static void describe(auto& record) {
        record.record("DunnedItem", "An instalment that somebody is reminded of.")
            .field("item", &DunnedItem::item, "The item.")
            .field("instalment", &DunnedItem::instalment, "Which of its instalments, from 1.")
            .field("counterparty", &DunnedItem::counterparty, "Who is reminded.")
            .field("due", &DunnedItem::due, "When it was due.")
            .field("open", &DunnedItem::open, "What is open of it.")
            .field("level", &DunnedItem::level, "The level of the reminder, from 1.");
    }
};

struct CustomersDunned {
    CompanyCode company;
    DunningRunId run;
    Date date;
    std::vector<DunnedItem> items;

    bool operator==(const CustomersDunned&) const = default;
    static void describe(auto& event) {
        event.record("CustomersDunned", "Customers were reminded of what is overdue.")
            .company(&CustomersDunned::company)
            .stream(&CustomersDunned::run)
            .on(&CustomersDunned::date)
            .field("company", &CustomersDunned::company, "Who reminds.")
            .field("run", &CustomersDunned::run, "Its id.")
            .field("date", &CustomersDunned::date, "The day of the reminders.")
            .field("items", &CustomersDunned::items, "What they were reminded of.");
    }
};

struct SetDunningLevels {
    CompanyCode company;
    std::vector<DunningLevel> levels;
    std::int64_t interval_days = 0;

    static void describe(auto& command) {
        command
            .record("SetDunningLevels",
                    "Says after how many days a customer is reminded, and how often an item rises "
                    "to the next level.")
            .company(&SetDunningLevels::company)
            .stream(&SetDunningLevels::company)
            .example(R"({"company": "DEMO", "levels": [{"days": 10, "name": "Reminder"},
                {"days": 30, "name": "Last reminder"}], "interval_days": 14})")
            .field("company", &SetDunningLevels::company, "Who reminds.")
            .field("levels", &SetDunningLevels::levels,
                   "The levels, the least urgent first: each after more days than the one before.")
            .shortest(1)
            .longest(9)
            .field("interval_days", &SetDunningLevels::interval_days,
                   "From one reminder of an item to the next, at least.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(366)
            .refuses(companies::company_unknown, dunning_levels_unfit, dunning_levels_unchanged);
    }
};

struct DunCustomers {
    CompanyCode company;
    DunningRunId run;
    std::optional<Date> date;
    std::optional<parties::CounterpartyCode> counterparty;

    static void describe(auto& command) {
        command
            .record("DunCustomers",
                    "Records that customers are reminded of what is overdue and open: each item "
                    "of the next level that it has reached, one level at a time. The query "
                    "dunning_proposal shows beforehand what that is. Items that are held back "
                    "are left out.")
            .company(&DunCustomers::company)
            .stream(&DunCustomers::run)
            .example(R"({"company": "DEMO", "run": "01980000-0000-7000-8000-00000000ed01",
                "date": "2026-07-31"})")
            .field("company", &DunCustomers::company, "Who reminds.")
            .field("run", &DunCustomers::run, "A new id, chosen by the client.")
            .field("date", &DunCustomers::date, "The day of the reminders. Absent: today.")
            .field("counterparty", &DunCustomers::counterparty, "Only this customer.")
            .refuses(dunning_levels_missing, dunning_run_exists, nobody_dunned);
    }
};

struct DunningRules {
    std::vector<DunningLevel> levels;
    std::int64_t interval_days = 0;

    bool operator==(const DunningRules&) const = default;
    static void describe(auto& record) {
        record.record("DunningRules", "How a company reminds.")
            .field("levels", &DunningRules::levels, "The levels, the least urgent first.")
            .field("interval_days", &DunningRules::interval_days, "From one to the next.");
    }
};
using DunningRulesTable = Table<CompanyCode, DunningRules>;

struct DunnedKey {
    CompanyCode company;
    OpenItemId item;
    std::int64_t instalment = 1;

    auto operator<=>(const DunnedKey&) const = default;
    static void describe(auto& key) {
        key.record("DunnedKey", "An instalment that somebody was reminded of.")
            .field("company", &DunnedKey::company, "Whose books.")
            .field("item", &DunnedKey::item, "The item.")
            .field("instalment", &DunnedKey::instalment, "Which instalment, from 1.");
    }
};
struct Dunned {
    std::int64_t level = 0;
    Date last;
    static void describe(auto& record) {
        record.record("Dunned", "How urgently somebody was reminded, and when last.")
            .field("level", &Dunned::level, "The highest level so far.")
            .field("last", &Dunned::last, "The day of that.");
    }
};
using DunnedInstalments = PagedTable<DunnedKey, Dunned>;

struct DunningRunKey {
    CompanyCode company;
    DunningRunId run;

    auto operator<=>(const DunningRunKey&) const = default;
    static void describe(auto& key) {
        key.record("DunningRunKey", "A dunning run of a company.")
            .field("company", &DunningRunKey::company, "Who reminds.")
            .field("run", &DunningRunKey::run, "Its id.");
    }
};
struct DunningRun {
    Date date;
    static void describe(auto& record) {
        record.record("DunningRun", "That customers were reminded.")
            .field("date", &DunningRun::date, "When.");
    }
};
using DunningRuns = PagedTable<DunningRunKey, DunningRun>;

// The level of the next reminder of an instalment on a day, one above the last; 0: none is due.
std::int64_t next_level(const DunningRules&, const Dunned* so_far, Date due, Date day);

Decision<DunningLevelsSet> decide(const World&, const SetDunningLevels&, const Context&);
Decision<CustomersDunned> decide(const World&, const DunCustomers&, const Context&);
void evolve(DunningRulesTable&, const DunningLevelsSet&);
void evolve(DunnedInstalments&, const CustomersDunned&);
void evolve(DunningRuns&, const CustomersDunned&);

Part dunning();

}  // namespace kontor::settlement
