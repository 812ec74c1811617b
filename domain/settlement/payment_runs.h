// Payment runs: all that is to be paid to suppliers by a day, a payment for each of them.
#pragma once

#include "domain/settlement/payments.h"

namespace kontor::settlement {

inline constexpr Reason bank_account_missing{
    Refusal::conflict, "bank_account_missing",
    "A counterparty has no bank account that takes the currency on that day; add one, or leave it "
    "out of the run."};
inline constexpr Reason nothing_to_pay{
    Refusal::conflict, "nothing_to_pay",
    "Nothing is due by that day in the currency that is not held back or left out."};

struct RunPayments {
    CompanyCode company;
    PaymentRunId run;
    std::optional<Date> date;
    Date due_until;
    ledger::AccountCode account;
    std::optional<Currency> currency;
    std::vector<parties::CounterpartyCode> counterparties;
    std::vector<parties::CounterpartyCode> leave_out;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RunPayments",
                    "Pays suppliers what is due up to a day, and what has an early discount that "
                    "would be lost by then: one payment for each, which settles those items. As a "
                    "dry run it is the proposal. Items that are held back are left out, and so "
                    "are suppliers who owe as much.")
            .company(&RunPayments::company)
            .stream(&RunPayments::run)
            .example(R"({"company": "DEMO", "run": "01980000-0000-7000-8000-00000000ee01",
                "date": "2026-06-15", "due_until": "2026-06-30", "account": "1010"})")
            .field("company", &RunPayments::company, "Whose books.")
            .field("run", &RunPayments::run, "A new id, which its payments name.")
            .field("date", &RunPayments::date, "The business day of the payments. Absent: today.")
            .field("due_until", &RunPayments::due_until,
                   "The last due day that is paid, such as the day before the next run.")
            .field("account", &RunPayments::account, "The account of the bank that pays.")
            .field("currency", &RunPayments::currency,
                   "Of the items that are paid. Absent: base currency.")
            .field("counterparties", &RunPayments::counterparties,
                   "Only these. Empty: all suppliers.")
            .otherwise_empty()
            .longest(1'000)
            .field("leave_out", &RunPayments::leave_out, "Not these.")
            .otherwise_empty()
            .longest(1'000)
            .field("text", &RunPayments::text, "What it is, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, settlement_accounts_missing, bank_account_missing,
                     nothing_to_pay);
    }
};

Steps<RecordPayment> decide(const World&, const RunPayments&, const Context&);

Part payment_runs();

}  // namespace kontor::settlement
