// Payments in and out: money on a bank account or in a till against the items that it settles.
//
// A payment is an item itself. What of it settles nothing yet lies on the account of advances, at
// its rate, until it is allocated (IFRS 15.106, IFRIC 22.8).
#pragma once

#include "domain/settlement/allocating.h"
#include "domain/settlement/tills.h"

namespace kontor::settlement {

inline constexpr Reason payment_bank_account_unknown{
    Refusal::missing, "payment_bank_account_unknown",
    "The counterparty has no bank account with this code."};
inline constexpr Reason payment_account_missing{
    Refusal::invalid, "payment_account_missing",
    "A payment names the account of a bank that it went to or came from, or a till: one of them."};

inline constexpr Reason payment_charges_unfit{
    Refusal::invalid, "payment_charges_unfit",
    "Charges of the bank are above zero, in the currency of the payment, with the account that "
    "bears them, less than what was received, and not of a till."};

enum class PaymentWay : std::uint8_t { received, paid };

void describe(auto& choice, PaymentWay) {
    choice.choice("PaymentWay", "Whether money came in or went out.")
        .value("received", "From a customer, or back from a supplier.")
        .value("paid", "To a supplier, or back to a customer.");
}

struct PaymentRecorded {
    CompanyCode company;
    OpenItemId payment;
    Date date;
    ItemFacts facts;
    std::vector<AllocatedPart> parts;

    bool operator==(const PaymentRecorded&) const = default;
    static void describe(auto& event) {
        event.record("PaymentRecorded", "Money came in or went out.")
            .company(&PaymentRecorded::company)
            .stream(&PaymentRecorded::payment)
            .on(&PaymentRecorded::date)
            .field("company", &PaymentRecorded::company, "Whose books.")
            .field("payment", &PaymentRecorded::payment,
                   "Its id, which what is allocated at once has too.")
            .field("date", &PaymentRecorded::date, "The day that it is posted on.")
            .field("facts", &PaymentRecorded::facts, "What it is.")
            .field("parts", &PaymentRecorded::parts, "What it settles at once.");
    }
};

struct RecordPayment {
    CompanyCode company;
    OpenItemId payment;
    PaymentWay way = PaymentWay::received;
    std::optional<ItemSide> side;
    std::optional<parties::PartyCode> party;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    std::optional<Date> date;
    Money amount;
    std::optional<Money> base;
    std::optional<Rate> rate;
    std::optional<ledger::AccountCode> account;
    std::optional<TillCode> till;
    std::vector<AllocationAsk> allocations;
    bool oldest_due = false;
    std::string text;
    std::optional<contracts::ContractCode> contract;
    std::optional<PaymentRunId> run;
    std::optional<parties::BankAccountCode> bank_account;
    std::optional<Money> charges = std::nullopt;
    std::optional<ledger::AccountCode> charges_account = std::nullopt;

    static void describe(auto& command) {
        command
            .record("RecordPayment",
                    "Records money that came in or went out, and what it settles. What settles "
                    "nothing stays an open item of the counterparty and is allocated later by "
                    "AllocateItem. Early discounts that are open on its day are taken.")
            .company(&RecordPayment::company)
            .stream(&RecordPayment::payment)
            .example(R"({"company": "DEMO", "payment": "01980000-0000-7000-8000-00000000e013",
                "way": "received", "counterparty": "ALDER-LTD", "date": "2026-07-10", "amount":
                {"amount": "500.00", "currency": "EUR"}, "account": "1010", "text":
                "Paid in advance"})")
            .field("company", &RecordPayment::company, "Whose books.")
            .field("payment", &RecordPayment::payment,
                   "A new id, chosen by the client; the payment is an item with it.")
            .field("way", &RecordPayment::way, "Whether it was received or paid.")
            .field("side", &RecordPayment::side,
                   "Of a customer or a supplier. Absent: received from a customer, paid to a "
                   "supplier.")
            .field("party", &RecordPayment::party, "The party that it was dealt with.")
            .field("counterparty", &RecordPayment::counterparty, "Whose items it settles.")
            .field("document", &RecordPayment::document, "The bank's reference.")
            .shortest(1)
            .longest(64)
            .field("date", &RecordPayment::date, "The business day. Absent: today.")
            .field("amount", &RecordPayment::amount, "Above zero, in any currency.")
            .field("base", &RecordPayment::base,
                   "The same in base currency. Absent: at `rate`, or the company's rate of the "
                   "day.")
            .field("rate", &RecordPayment::rate,
                   "So many of the base currency for one of the amount's.")
            .field("account", &RecordPayment::account, "The account of the bank, or")
            .field("till", &RecordPayment::till, "the till that it went into or came from.")
            .field("allocations", &RecordPayment::allocations, "What it settles, in this order.")
            .otherwise_empty()
            .longest(1'000)
            .field("oldest_due", &RecordPayment::oldest_due,
                   "With what is left then, the counterparty's items on the same side and in the "
                   "same currency are settled, the oldest due first; those that are held back "
                   "from payment are left out.")
            .otherwise(false)
            .field("text", &RecordPayment::text, "What it is, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("contract", &RecordPayment::contract, "The contract that it is of.")
            .field("run", &RecordPayment::run, "The payment run that it is of.")
            .field("bank_account", &RecordPayment::bank_account,
                   "The account of the counterparty that it goes to.")
            .field("charges", &RecordPayment::charges,
                   "What the bank kept of what was received, or took beside what was paid. "
                   "`amount` is what settles: of 100.00 received with 2.00 charges, 98.00 come to "
                   "the account.")
            .field("charges_account", &RecordPayment::charges_account, "The account that bears it.")
            .refuses(
                companies::company_unknown, open_item_exists, settlement_accounts_missing,
                parties::counterparty_unknown, parties::counterparty_merged, parties::party_unknown,
                parties::party_merged, contracts::contract_unknown, contract_of_another,
                payment_bank_account_unknown, payment_account_missing, till_unknown,
                till_currency_differs, ledger::account_unknown, ledger::account_is_summary,
                ledger::account_is_control, ledger::date_outside_calendar, ledger::period_closed,
                ledger::period_soft_closed, ledger::amount_not_positive, ledger::account_blocked,
                ledger::account_currency_differs, ledger::base_not_in_base_currency,
                ledger::base_contradicts_amount, ledger::base_negative, ledger::rate_not_positive,
                ledger::rate_contradicts_base, ledger::rate_unknown,
                ledger::dimension_value_blocked, payment_charges_unfit, till_insufficient,
                item_not_named, open_item_unknown, open_item_reversed, items_owed_alike,
                counterparty_differs, allocated_before_item, instalment_unknown,
                allocation_not_positive, exchange_rate_unknown, allocated_beyond,
                difference_too_large);
    }
};

ItemChange change_of(const PaymentRecorded&);

Decision<PaymentRecorded> decide(const World&, const RecordPayment&, const Context&);

Part payments();

}  // namespace kontor::settlement
