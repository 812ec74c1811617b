// What a company has decided about its bookkeeping, once for all entries.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/accounts.h"
#include "domain/ledger/rates.h"

#include <optional>

namespace kontor::ledger {

// What becomes of an entry whose day lies in a closed period.
enum class LateEntries : std::uint8_t { refused, first_open_period };

void describe(auto& choice, LateEntries) {
    choice.choice("LateEntries", "What becomes of an entry whose day lies in a closed period.")
        .value("refused", "It is refused; whoever enters it says another day.")
        .value("first_open_period",
               "It is posted on the first day of the next period that is open, and names the day "
               "that it belongs to.");
}

// How an entry is taken back.
enum class ReversalStyle : std::uint8_t { swapped_sides, storno };

void describe(auto& choice, ReversalStyle) {
    choice.choice("ReversalStyle", "How an entry is taken back.")
        .value("swapped_sides",
               "Debits become credits: 100 posted and reversed is a turnover of 100 and 100.")
        .value("storno",
               "The same sides with negative amounts: 100 posted and reversed is a turnover of 0.");
}

// A spot or closing rate that is older is one that somebody forgot to set anew.
constexpr std::int64_t usual_rate_days = 31;

inline constexpr Reason policy_contradicts{
    Refusal::invalid, "policy_contradicts",
    "The command names an amount in `four_eyes_above` and says that nothing needs approval."};
inline constexpr Reason policy_currency_differs{
    Refusal::invalid, "policy_currency_differs",
    "The amount in `four_eyes_above` is not in the company's base currency."};
inline constexpr Reason policy_unchanged{Refusal::invalid, "policy_unchanged",
                                         "The command names nothing that is to be another way."};

inline constexpr Reason account_not_equity{
    Refusal::invalid, "account_not_equity",
    "Results of years and translation reserves lie on accounts of equity, such as retained "
    "earnings."};

inline constexpr Reason rounding_account_needs_dimensions{
    Refusal::invalid, "rounding_account_needs_dimensions",
    "The rounding account requires dimensions, which a line that nobody enters cannot have."};
inline constexpr Reason rounding_account_missing{
    Refusal::invalid, "rounding_account_missing",
    "What is tolerated needs an account to go to; say `rounding_account`."};

// An option is a field here, a field of the command and a line of `decide`. It has a value from the
// beginning, which is that of events that know nothing of it.
struct LedgerPolicy {
    LateEntries late_entries = LateEntries::refused;
    ReversalStyle reversals = ReversalStyle::swapped_sides;
    RateType rate_type = RateType::spot;
    std::optional<Currency> rates_through = std::nullopt;
    std::int64_t rate_days = usual_rate_days;
    std::optional<AccountCode> retained_earnings = std::nullopt;
    std::optional<AccountCode> exchange_gains = std::nullopt;
    std::optional<AccountCode> exchange_losses = std::nullopt;
    bool pairs_lines = false;
    std::optional<AccountCode> rounding_account = std::nullopt;
    std::int64_t rounding_tolerance = 0;
    std::optional<Money> four_eyes_above = std::nullopt;
    std::optional<AccountCode> opening_account = std::nullopt;
    std::optional<AccountCode> translation_reserve = std::nullopt;

    bool operator==(const LedgerPolicy&) const = default;
    static void describe(auto& record) {
        record.record("LedgerPolicy", "How a company keeps its books.")
            .field("late_entries", &LedgerPolicy::late_entries,
                   "What becomes of an entry whose day lies in a closed period.")
            .field("reversals", &LedgerPolicy::reversals, "How an entry is taken back.")
            .field("rate_type", &LedgerPolicy::rate_type,
                   "The rates that lines in other currencies are posted at.")
            .otherwise(RateType::spot)
            .field("rates_through", &LedgerPolicy::rates_through,
                   "The currency that two rates may meet in; absent: the base currency.")
            .field("rate_days", &LedgerPolicy::rate_days,
                   "Spot and closing rates are used for so many days after their own.")
            .otherwise(usual_rate_days)
            .field("retained_earnings", &LedgerPolicy::retained_earnings,
                   "Where the result of a year is carried to.")
            .field("exchange_gains", &LedgerPolicy::exchange_gains,
                   "Where gains of revaluations are posted.")
            .field("exchange_losses", &LedgerPolicy::exchange_losses,
                   "Where losses of revaluations are posted.")
            .field("pairs_lines", &LedgerPolicy::pairs_lines,
                   "Entries keep which debit belongs to which credit.")
            .otherwise(false)
            .field("rounding_account", &LedgerPolicy::rounding_account,
                   "Where what conversions leave between debits and credits goes.")
            .field("rounding_tolerance", &LedgerPolicy::rounding_tolerance,
                   "So much at most in an entry, in smallest units of the base currency.")
            .otherwise(std::int64_t{0})
            .field("four_eyes_above", &LedgerPolicy::four_eyes_above,
                   "An entry whose debits are above this, in base currency, needs approval; "
                   "absent: none does.")
            .field("opening_account", &LedgerPolicy::opening_account,
                   "What opening balances are posted against; it comes to zero in the end.")
            .field("translation_reserve", &LedgerPolicy::translation_reserve,
                   "Where statements in another currency show what translation leaves.");
    }
};
struct LedgerPolicySet {
    CompanyCode company;
    LedgerPolicy policy;

    bool operator==(const LedgerPolicySet&) const = default;
    static void describe(auto& event) {
        event.record("LedgerPolicySet", "The company keeps its books by these rules from now on.")
            .company(&LedgerPolicySet::company)
            .stream(&LedgerPolicySet::company)
            .on_recorded_day()
            .field("company", &LedgerPolicySet::company, "Whose books.")
            .field("policy", &LedgerPolicySet::policy, "All of them, those from before too.");
    }
};

struct SetLedgerPolicy {
    CompanyCode company;
    std::optional<LateEntries> late_entries;
    std::optional<ReversalStyle> reversals;
    std::optional<RateType> rate_type = std::nullopt;
    std::optional<Currency> rates_through = std::nullopt;
    std::optional<std::int64_t> rate_days = std::nullopt;
    std::optional<AccountCode> retained_earnings = std::nullopt;
    std::optional<AccountCode> exchange_gains = std::nullopt;
    std::optional<AccountCode> exchange_losses = std::nullopt;
    std::optional<bool> pairs_lines = std::nullopt;
    std::optional<AccountCode> rounding_account = std::nullopt;
    std::optional<std::int64_t> rounding_tolerance = std::nullopt;
    std::optional<Money> four_eyes_above = std::nullopt;
    bool without_approval = false;
    std::optional<AccountCode> opening_account = std::nullopt;
    std::optional<AccountCode> translation_reserve = std::nullopt;

    static void describe(auto& command) {
        command
            .record("SetLedgerPolicy",
                    "Decides how the company keeps its books from now on. What is posted stays as "
                    "it is; what the command does not name stays as it was.")
            .company(&SetLedgerPolicy::company)
            .stream(&SetLedgerPolicy::company)
            .example(R"({"company": "DEMO", "late_entries": "first_open_period"})")
            .field("company", &SetLedgerPolicy::company, "Whose books.")
            .field("late_entries", &SetLedgerPolicy::late_entries,
                   "What becomes of an entry whose day lies in a closed period; at first it is "
                   "refused.")
            .field("reversals", &SetLedgerPolicy::reversals,
                   "How an entry is taken back; at first by swapped sides.")
            .field("rate_type", &SetLedgerPolicy::rate_type,
                   "The rates that lines in other currencies are posted at unless they say other "
                   "ones; at first spot.")
            .field("rates_through", &SetLedgerPolicy::rates_through,
                   "Where no rate is set between two currencies, those into this one and out of it "
                   "are taken one upon the other; at first the base currency.")
            .field("rate_days", &SetLedgerPolicy::rate_days,
                   "For so many days after its own a spot or closing rate is used, as long as "
                   "there is no newer one; at first 31. 0: on its own day only. Average rates and "
                   "the company's own hold until the next one.")
            .least(0)
            .most(36'600)
            .field("retained_earnings", &SetLedgerPolicy::retained_earnings,
                   "The account of equity that the result of a year is carried to.")
            .field("exchange_gains", &SetLedgerPolicy::exchange_gains,
                   "The account that gains of revaluations are posted on.")
            .field("exchange_losses", &SetLedgerPolicy::exchange_losses,
                   "The account that losses of revaluations are posted on; it may be the same.")
            .field("pairs_lines", &SetLedgerPolicy::pairs_lines,
                   "Whether entries keep which debit belongs to which credit: debit lines in their "
                   "order against credit lines in theirs. The account analysis and the chessboard "
                   "are made of it; the chart of order 94n sets it.")
            .field("rounding_account", &SetLedgerPolicy::rounding_account,
                   "Takes what conversions leave between the debits and credits of an entry, as a "
                   "line of its own; it requires no dimensions.")
            .field("rounding_tolerance", &SetLedgerPolicy::rounding_tolerance,
                   "So much at most in an entry, in smallest units of the base currency, such as 5 "
                   "for 0.05 EUR; at first 0. An entry that no rate was used in has no such line.")
            .least(0)
            .most(1'000)
            .field("four_eyes_above", &SetLedgerPolicy::four_eyes_above,
                   "In base currency. An entry whose debits are above it is posted only from a "
                   "draft that somebody has approved who did not save it; at first none needs to.")
            .least(0)
            .field("without_approval", &SetLedgerPolicy::without_approval,
                   "No entry needs approval any more.")
            .otherwise(false)
            .field("opening_account", &SetLedgerPolicy::opening_account,
                   "The account that opening balances are posted against. When all are entered, it "
                   "stands at zero.")
            .field("translation_reserve", &SetLedgerPolicy::translation_reserve,
                   "The account of equity that statements in another currency show the translation "
                   "reserve on (IAS 21.41). Nothing is posted on it.")
            .refuses(companies::company_unknown, policy_contradicts, policy_currency_differs,
                     account_unknown, account_is_summary, account_is_control, account_not_equity,
                     account_currency_differs, rounding_account_needs_dimensions,
                     rounding_account_missing, policy_unchanged);
    }
};

using LedgerPolicies = Table<CompanyCode, LedgerPolicy>;

// What holds for a company; the rules of the beginning where it has decided nothing.
const LedgerPolicy& policy_of(const World&, const CompanyCode&);

Decision<LedgerPolicySet> decide(const World&, const SetLedgerPolicy&, const Context&);
void evolve(LedgerPolicies&, const LedgerPolicySet&);

Part policy();

}  // namespace kontor::ledger
