// The loss allowance for receivables by a matrix of ages (IFRS 9 5.5.15, B5.5.35): what is expected
// not to be paid, the more the longer something is overdue.
#pragma once

#include "domain/settlement/open_items.h"

namespace kontor::settlement {

inline constexpr Reason allowance_bands_unfit{
    Refusal::invalid, "allowance_bands_unfit",
    "Each band begins after more days than the one before it and expects no smaller loss."};
inline constexpr Reason allowance_account_unfit{
    Refusal::invalid, "allowance_account_unfit",
    "The allowance stands against an asset, and what is expected is an expense."};
inline constexpr Reason allowance_matrix_unchanged{Refusal::conflict, "allowance_matrix_unchanged",
                                                   "It is set so already."};
inline constexpr Reason allowance_matrix_missing{
    Refusal::conflict, "allowance_matrix_missing",
    "The company has not said what losses it expects by age; SetAllowanceMatrix does."};
inline constexpr Reason allowance_exists{Refusal::conflict, "allowance_exists",
                                         "The company has an allowance with this id already."};

struct AllowanceThing {
    static constexpr Thing thing{"loss_allowance", ""};
};
using AllowanceId = Id<AllowanceThing>;

struct AllowanceBand {
    std::int64_t days = 0;
    Percent percent;

    bool operator==(const AllowanceBand&) const = default;
    static void describe(auto& record) {
        record.record("AllowanceBand", "What loss is expected from an age on.")
            .field("days", &AllowanceBand::days,
                   "Overdue for so many days or more; 0: what is not overdue too.")
            .least(0)
            .most(36'600)
            .field("percent", &AllowanceBand::percent, "Of what is open, in per cent.")
            .least(0)
            .most(100'000'000);
    }
};

// What is expected of the items of one band.
struct AllowanceOfBand {
    AllowanceBand band;
    Money open;
    Money expected;

    bool operator==(const AllowanceOfBand&) const = default;
    static void describe(auto& record) {
        record.record("AllowanceOfBand", "What loss is expected of the items of a band.")
            .field("band", &AllowanceOfBand::band, "The band.")
            .field("open", &AllowanceOfBand::open, "What is open, as booked, in base currency.")
            .field("expected", &AllowanceOfBand::expected, "What of it is expected to be lost.");
    }
};

struct AllowanceMatrix {
    ledger::AccountCode allowance;
    ledger::AccountCode expense;
    std::vector<AllowanceBand> bands;

    bool operator==(const AllowanceMatrix&) const = default;
    static void describe(auto& record) {
        record.record("AllowanceMatrix", "What losses a company expects by age.")
            .field("allowance", &AllowanceMatrix::allowance,
                   "The account of the allowance: a contra asset beside receivables.")
            .field("expense", &AllowanceMatrix::expense, "The account of impairment losses.")
            .field("bands", &AllowanceMatrix::bands, "From which age on how much, ascending.")
            .shortest(1)
            .longest(20);
    }
};

struct AllowanceMatrixSet {
    CompanyCode company;
    AllowanceMatrix matrix;

    bool operator==(const AllowanceMatrixSet&) const = default;
    static void describe(auto& event) {
        event.record("AllowanceMatrixSet", "The company expects these losses from now on.")
            .company(&AllowanceMatrixSet::company)
            .stream(&AllowanceMatrixSet::company)
            .on_recorded_day()
            .field("company", &AllowanceMatrixSet::company, "Whose receivables.")
            .field("matrix", &AllowanceMatrixSet::matrix, "What it expects.");
    }
};

struct LossAllowancePosted {
    CompanyCode company;
    AllowanceId allowance;
    Date date;
    std::optional<Date> belongs_to;
    std::vector<AllowanceOfBand> bands;
    Money expected;
    Money posted;
    AllowanceMatrix matrix;
    ledger::JournalCode journal;

    bool operator==(const LossAllowancePosted&) const = default;
    static void describe(auto& event) {
        event
            .record("LossAllowancePosted",
                    "The loss allowance is what is expected on a day of what was known then.")
            .company(&LossAllowancePosted::company)
            .stream(&LossAllowancePosted::allowance)
            .on(&LossAllowancePosted::date)
            .field("company", &LossAllowancePosted::company, "Whose receivables.")
            .field("allowance", &LossAllowancePosted::allowance, "Its id.")
            .field("date", &LossAllowancePosted::date, "The day that it is posted on.")
            .field("belongs_to", &LossAllowancePosted::belongs_to,
                   "The day that it is of, where that was closed.")
            .field("bands", &LossAllowancePosted::bands, "How it comes about.")
            .field("expected", &LossAllowancePosted::expected, "The allowance in all.")
            .field("posted", &LossAllowancePosted::posted,
                   "What is more than before; below zero where it is less.")
            .field("matrix", &LossAllowancePosted::matrix, "What was expected by age.")
            .field("journal", &LossAllowancePosted::journal, "The journal of the entry.");
    }
};

struct SetAllowanceMatrix {
    CompanyCode company;
    AllowanceMatrix matrix;

    static void describe(auto& command) {
        command
            .record("SetAllowanceMatrix",
                    "Says what part of receivables is expected to be lost, by how long they are "
                    "overdue.")
            .company(&SetAllowanceMatrix::company)
            .stream(&SetAllowanceMatrix::company)
            .example(R"({"company": "DEMO", "matrix": {"allowance": "1190", "expense": "5700",
                "bands": [{"days": 0, "percent": "0.3"}, {"days": 31, "percent": "3.6"}, {"days":
                91, "percent": "10.6"}]}})")
            .field("company", &SetAllowanceMatrix::company, "Whose receivables.")
            .field("matrix", &SetAllowanceMatrix::matrix, "What it expects.")
            .refuses(companies::company_unknown, ledger::account_unknown,
                     ledger::account_is_summary, ledger::account_is_control,
                     allowance_account_unfit, allowance_bands_unfit, allowance_matrix_unchanged);
    }
};

struct PostLossAllowance {
    CompanyCode company;
    AllowanceId allowance;
    std::optional<Date> date;

    static void describe(auto& command) {
        command
            .record("PostLossAllowance",
                    "Brings the loss allowance to what is expected of receivables that are open "
                    "at the end of a day: only the difference to what was posted by then, and "
                    "nothing where there is none. Advances and unallocated payments take nothing "
                    "off it.")
            .company(&PostLossAllowance::company)
            .stream(&PostLossAllowance::allowance)
            .example(R"({"company": "DEMO", "allowance": "01980000-0000-7000-8000-00000000ed09",
                "date": "2026-06-30"})")
            .field("company", &PostLossAllowance::company, "Whose receivables.")
            .field("allowance", &PostLossAllowance::allowance, "A new id, chosen by the client.")
            .field("date", &PostLossAllowance::date,
                   "The day, such as the last of a period. Absent: today.")
            .refuses(allowance_matrix_missing, settlement_accounts_missing, allowance_exists,
                     ledger::date_outside_calendar, ledger::period_closed,
                     ledger::period_soft_closed);
    }
};

using AllowanceMatrices = Table<CompanyCode, AllowanceMatrix>;

struct AllowanceDayKey {
    CompanyCode company;
    Date day;

    auto operator<=>(const AllowanceDayKey&) const = default;
    static void describe(auto& key) {
        key.record("AllowanceDayKey", "A day on which an allowance was posted.")
            .field("company", &AllowanceDayKey::company, "Whose receivables.")
            .field("day", &AllowanceDayKey::day, "The day.");
    }
};
struct AllowanceDay {
    std::int64_t posted = 0;
    std::vector<AllowanceId> allowances;

    static void describe(auto& record) {
        record.record("AllowanceDay", "What was posted to the allowance on a day.")
            .field("posted", &AllowanceDay::posted, "In smallest units of base currency.")
            .field("allowances", &AllowanceDay::allowances, "By which.");
    }
};
using AllowanceDays = Table<AllowanceDayKey, AllowanceDay>;

ledger::EntryId entry_of(const AllowanceId&);

Decision<AllowanceMatrixSet> decide(const World&, const SetAllowanceMatrix&, const Context&);
Decision<LossAllowancePosted> decide(const World&, const PostLossAllowance&, const Context&);
void evolve(AllowanceMatrices&, const AllowanceMatrixSet&);
void evolve(AllowanceDays&, const LossAllowancePosted&);

Part allowance();

}  // namespace kontor::settlement
