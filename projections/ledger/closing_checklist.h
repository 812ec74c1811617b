// The checklist of a close: what is left to be done before a period, or a year, is closed.
#pragma once

#include "domain/ledger/calendar.h"
#include "projections/projection.h"

#include <optional>
#include <string>

namespace kontor::ledger {

// What a close asks for.
enum class ClosingCheck : std::uint8_t {
    earlier_period_open,
    draft_not_posted,
    recurring_not_posted,
    deferral_not_released,
    accrual_not_taken_back,
    opening_not_zero,
    suspense_not_zero,
    not_revalued,
    revaluation_stale,
    formula_stale,
    not_allocated,
    allocation_stale,
    result_not_carried
};

void describe(auto& choice, ClosingCheck) {
    choice.choice("ClosingCheck", "What is to be done before a period is closed.")
        .value("earlier_period_open", "An earlier period is not closed.")
        .value("draft_not_posted",
               "A draft of a day up to the period's last is neither posted nor discarded.")
        .value("recurring_not_posted",
               "A recurring entry is due in the period or before it and is not posted; its oldest "
               "such day.")
        .value("deferral_not_released",
               "Of a deferral less is released than belongs to the days through the last.")
        .value("accrual_not_taken_back",
               "The reversal of an accrual belongs to the period or an earlier one, which was "
               "closed, and lies behind it.")
        .value("opening_not_zero",
               "The account that opening balances are posted against has a balance.")
        .value("suspense_not_zero", "A suspense account has a balance.")
        .value("not_revalued", "A foreign balance was not brought to the period's rate.")
        .value("revaluation_stale", "Foreign balances or rates have changed since.")
        .value("formula_stale",
               "What a recurring entry computes from balances has changed since it was posted; "
               "PostRecurring posts the difference.")
        .value("not_allocated", "An allocation was not run, and its accounts have moved.")
        .value("allocation_stale", "What was allocated has changed since.")
        .value("result_not_carried", "Of a whole year: income or expenses are not in equity.");
}

struct ChecklistRow {
    std::string item;
    ClosingCheck check = ClosingCheck::earlier_period_open;
    std::string of;
    std::optional<Money> amount;
    std::optional<std::int64_t> computed_at;

    bool operator==(const ChecklistRow&) const = default;
    static void describe(auto& row) {
        row.record("ChecklistRow", "One thing to be done before the close.")
            .field("item", &ChecklistRow::item, "What it is, as one text.")
            .field("check", &ChecklistRow::check, "Which check found it.")
            .field("of", &ChecklistRow::of,
                   "The period, draft, schedule, entry, account, balance or allocation that it is "
                   "about.")
            .field("amount", &ChecklistRow::amount,
                   "What it amounts to, debit positive, where it is a balance.")
            .field("computed_at", &ChecklistRow::computed_at,
                   "Of what is stale: the log position that it was computed from.");
    }
};

struct ClosingChecklist {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;

    static void describe(auto& query) {
        query
            .record("closing_checklist",
                    "What is left to be done before a period is closed; of the last ordinary "
                    "period and those behind it, before its year is.")
            .company(&ClosingChecklist::company)
            .field("company", &ClosingChecklist::company, "Whose books.")
            .field("fiscal_year", &ClosingChecklist::fiscal_year, "Code of the year.")
            .field("period", &ClosingChecklist::period, "Number of the period.")
            .least(1)
            .most(most_periods)
            .template answers<ChecklistRow>(Times::known_at);
    }
};

}  // namespace kontor::ledger
