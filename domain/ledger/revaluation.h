// Foreign balances at the rate of a day (IAS 21.23): what is held, owed or owing in another
// currency is worth another amount when the period ends, and the difference is a gain or a loss.
//
// The difference is posted beside the balance and taken back on the first day of the next period,
// so that the account itself keeps the rates that its open items were booked at.
#pragma once

#include "domain/ledger/derived_entries.h"
#include "domain/ledger/rates.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

inline constexpr Reason account_not_monetary{
    Refusal::conflict, "account_not_monetary",
    "The account is not monetary, so its balances keep their rates (IAS 21.23); say so first by "
    "ChangeAccountUse where it is."};
inline constexpr Reason adjusts_itself{
    Refusal::invalid, "adjusts_itself",
    "A control account is equal to its open items, so another account takes the differences of its "
    "revaluation."};
inline constexpr Reason adjustment_account_missing{
    Refusal::conflict, "adjustment_account_missing",
    "A control account has a foreign balance and no account beside it that takes the difference; "
    "name one by SetAdjustmentAccount."};
inline constexpr Reason exchange_accounts_missing{
    Refusal::conflict, "exchange_accounts_missing",
    "The company's policy does not name the accounts of exchange gains and losses."};
inline constexpr Reason next_period_closed{
    Refusal::conflict, "next_period_closed",
    "The period after it, on whose first day the revaluation is taken back, is closed, and the "
    "company moves no late entries; reopen it first."};
inline constexpr Reason closing_rate_missing{Refusal::conflict, "closing_rate_missing",
                                             "A currency with balances has no rate of that type "
                                             "for the period's last day, or a spot or closing rate "
                                             "of an earlier period; set it by SetRate."};

struct AdjustmentAccountSet {
    CompanyCode company;
    AccountCode account;
    AccountCode adjustment_account;
    std::optional<AccountCode> exchange_gains = std::nullopt;
    std::optional<AccountCode> exchange_losses = std::nullopt;

    bool operator==(const AdjustmentAccountSet&) const = default;
    static void describe(auto& event) {
        event
            .record("AdjustmentAccountSet",
                    "Differences of an account's revaluation are posted beside it.")
            .company(&AdjustmentAccountSet::company)
            .stream(&AdjustmentAccountSet::account)
            .on_recorded_day()
            .field("company", &AdjustmentAccountSet::company, "Whose books.")
            .field("account", &AdjustmentAccountSet::account, "The account that is revalued.")
            .field("adjustment_account", &AdjustmentAccountSet::adjustment_account,
                   "The account that takes the differences.")
            .field("exchange_gains", &AdjustmentAccountSet::exchange_gains,
                   "What its gains are income on; absent: the account of the policy.")
            .field("exchange_losses", &AdjustmentAccountSet::exchange_losses,
                   "What its losses are expense on; absent: the account of the policy.");
    }
};

struct SetAdjustmentAccount {
    CompanyCode company;
    AccountCode account;
    AccountCode adjustment_account;
    std::optional<AccountCode> exchange_gains = std::nullopt;
    std::optional<AccountCode> exchange_losses = std::nullopt;

    static void describe(auto& command) {
        command
            .record("SetAdjustmentAccount",
                    "Names the account that takes the differences when a monetary account is "
                    "revalued; it should stand in the same line of the balance sheet. Without one "
                    "they are posted on the account itself, which a control account cannot have.")
            .company(&SetAdjustmentAccount::company)
            .stream(&SetAdjustmentAccount::account)
            .example(R"({"company": "DEMO", "account": "1010", "adjustment_account": "1000"})")
            .field("company", &SetAdjustmentAccount::company, "Whose books.")
            .field("account", &SetAdjustmentAccount::account, "A monetary account.")
            .field("adjustment_account", &SetAdjustmentAccount::adjustment_account,
                   "An account that is no heading and no control account; the account itself where "
                   "that is meant.")
            .field("exchange_gains", &SetAdjustmentAccount::exchange_gains,
                   "The account of its gains, where it is not that of the policy: what borrowings "
                   "gain is financing (IFRS 18.B65).")
            .field("exchange_losses", &SetAdjustmentAccount::exchange_losses,
                   "The account of its losses, where it is not that of the policy.")
            .refuses(account_unknown, account_not_monetary, account_is_summary, adjusts_itself,
                     account_is_control);
    }
};

struct RateUsed {
    Currency currency;
    Rate rate;

    bool operator==(const RateUsed&) const = default;
    static void describe(auto& record) {
        record.record("RateUsed", "A rate that amounts were brought to.")
            .field("currency", &RateUsed::currency, "The foreign currency.")
            .field("rate", &RateUsed::rate,
                   "So many of the base currency for one of it, to ten digits.");
    }
};

struct ForeignBalancesRevalued {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;
    RateType rate_type = RateType::closing;
    std::vector<RateUsed> rates;
    std::vector<EntryId> entries;

    bool operator==(const ForeignBalancesRevalued&) const = default;
    static void describe(auto& event) {
        event
            .record("ForeignBalancesRevalued",
                    "Foreign balances at the end of a period are at its rates, as far as they were "
                    "known.")
            .company(&ForeignBalancesRevalued::company)
            .stream(&ForeignBalancesRevalued::fiscal_year)
            .on_recorded_day()
            .field("company", &ForeignBalancesRevalued::company, "Whose books.")
            .field("fiscal_year", &ForeignBalancesRevalued::fiscal_year, "Code of the year.")
            .field("period", &ForeignBalancesRevalued::period, "Number of the period.")
            .field("rate_type", &ForeignBalancesRevalued::rate_type, "Which rates were used.")
            .field("rates", &ForeignBalancesRevalued::rates, "The rates, by currency.")
            .field("entries", &ForeignBalancesRevalued::entries,
                   "The entries that it took, without those that take them back; none where "
                   "nothing had changed.");
    }
};

struct RevalueForeignBalances {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;
    EntryId entry;
    JournalCode journal;
    RateType rate_type = RateType::closing;
    std::string text;

    static void describe(auto& command) {
        command
            .record(
                "RevalueForeignBalances",
                "Brings the foreign balances of all monetary accounts at the end of a period to "
                "the rate of its last day, an entry a currency and book, and takes each back "
                "on the first day of the next period. Gains and losses go to the accounts of "
                "the policy. Once more, after late facts or another rate, it posts the "
                "difference; with none it posts nothing. Adjustment periods of the same day that "
                "were revalued before are so again. Where the next period is closed, the policy "
                "for late entries holds for what takes it back.")
            .company(&RevalueForeignBalances::company)
            .stream(&RevalueForeignBalances::fiscal_year)
            .example(R"({"company": "DEMO", "fiscal_year": "2026", "period": 6, "entry":
                "01980000-0000-7000-8000-000000000201", "journal": "GEN"})")
            .field("company", &RevalueForeignBalances::company, "Whose books.")
            .field("fiscal_year", &RevalueForeignBalances::fiscal_year, "Code of the year.")
            .field("period", &RevalueForeignBalances::period,
                   "Number of the period. Adjustment periods behind it do not count.")
            .least(1)
            .most(most_periods)
            .field("entry", &RevalueForeignBalances::entry,
                   "A new id, chosen by the client. The ids of further entries follow from it.")
            .field("journal", &RevalueForeignBalances::journal, "An open journal, such as \"GEN\".")
            .field("rate_type", &RevalueForeignBalances::rate_type, "Which rates to use.")
            .otherwise(RateType::closing)
            .field("text", &RevalueForeignBalances::text, "What the entries say.")
            .otherwise_empty()
            .longest(500)
            .refuses(fiscal_year_unknown, period_unknown, entry_exists, journal_unknown,
                     exchange_accounts_missing, next_period_missing, period_closed,
                     period_soft_closed, next_period_closed, closing_rate_missing,
                     adjustment_account_missing, account_blocked, account_is_control,
                     account_currency_differs, dimension_missing, entry_too_large);
    }
};

struct AdjustmentAccount {
    AccountCode adjustment_account;
    std::optional<AccountCode> exchange_gains = std::nullopt;
    std::optional<AccountCode> exchange_losses = std::nullopt;

    static void describe(auto& record) {
        record.record("AdjustmentAccount", "Where an account's differences go.")
            .field("adjustment_account", &AdjustmentAccount::adjustment_account,
                   "The account that takes them.")
            .field("exchange_gains", &AdjustmentAccount::exchange_gains,
                   "What its gains are income on; absent: the account of the policy.")
            .field("exchange_losses", &AdjustmentAccount::exchange_losses,
                   "What its losses are expense on; absent: the account of the policy.");
    }
};
using AdjustmentAccounts = Table<AccountKey, AdjustmentAccount>;

Decision<AdjustmentAccountSet> decide(const World&, const SetAdjustmentAccount&, const Context&);
Decision<EntryPosted, ForeignBalancesRevalued> decide(const World&, const RevalueForeignBalances&,
                                                      const Context&);
void evolve(AdjustmentAccounts&, const AdjustmentAccountSet&);

Part revaluation();

}  // namespace kontor::ledger
