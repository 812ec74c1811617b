// Statements of the company's bank accounts: what the bank says came in and went out, each line
// recognized where it can be, and the others waiting in suspense until somebody assigns them.
//
// All of a statement is posted when it is recorded, so that the bank's account in the ledger is
// what the bank says; what nobody recognized stands on the suspense account meanwhile.
#pragma once

#include "domain/settlement/house_banks.h"
#include "domain/settlement/payments.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct BankStatementThing {
    static constexpr Thing thing{"bank_statement", ""};
};
using BankStatementId = Id<BankStatementThing>;

// Whoever is behind a line of a statement. What the bank tells of them is sealed under a key of
// this line alone, as nobody knows whether it names a person.
struct BankPayerThing {
    static constexpr Thing thing{"bank_payer", ""};
};
using BankPayerId = Id<BankPayerThing>;

inline constexpr Reason bank_statement_exists{
    Refusal::conflict, "bank_statement_exists",
    "The statement with this number and closing day is there already."};
inline constexpr Reason bank_statement_currency_differs{
    Refusal::invalid, "bank_statement_currency_differs",
    "All amounts of a statement are in the currency of the account."};
inline constexpr Reason bank_line_amount_unfit{Refusal::invalid, "bank_line_amount_unfit",
                                               "The amount of a line is above zero."};
inline constexpr Reason bank_line_late{Refusal::invalid, "bank_line_late",
                                       "A line was booked after the statement was closed."};
inline constexpr Reason bank_payer_taken{
    Refusal::conflict, "bank_payer_taken",
    "The id of whoever is behind a line is that of another line already."};
inline constexpr Reason bank_statement_unbalanced{
    Refusal::invalid, "bank_statement_unbalanced",
    "The opening balance and the lines do not come to the closing balance."};
inline constexpr Reason bank_statement_gap{
    Refusal::conflict, "bank_statement_gap",
    "The opening balance is not what the statement before it closed with, or the one after it "
    "opened with: one between them is missing."};
inline constexpr Reason bank_line_exists{
    Refusal::conflict, "bank_line_exists",
    "A line with this reference of the bank, day and amount was in a statement before."};

// What a line was recognized as.
struct RecognizedLine {
    BankMatch by = BankMatch::document;
    std::optional<OpenItemId> payment;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<ItemSide> side;
    std::vector<OpenItemId> items;

    bool operator==(const RecognizedLine&) const = default;
    static void describe(auto& record) {
        using R = RecognizedLine;
        record.record("RecognizedLine", "What a line of a bank statement was recognized as.")
            .field("by", &R::by, "By what.")
            .field("payment", &R::payment, "The payment of the company that it is.")
            .field("counterparty", &R::counterparty, "Who it is of.")
            .field("side", &R::side, "Of a customer or a supplier.")
            .field("items", &R::items, "What it settles; empty: the oldest due.")
            .otherwise_empty();
    }
};

struct RecordedBankLine {
    std::int64_t line = 1;
    BankPayerId payer;
    Date date;
    Date value_date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    std::optional<std::string> reference;
    std::optional<PersonalText> name;
    std::optional<PersonalText> number;
    std::optional<PersonalText> text;
    std::optional<RecognizedLine> recognized;
    bool settles = false;
    ledger::AccountCode against;

    bool operator==(const RecordedBankLine&) const = default;
    static void describe(auto& record) {
        using R = RecordedBankLine;
        record.record("RecordedBankLine", "A line of a bank statement.")
            .field("line", &R::line, "Its number in the statement, from 1.")
            .field("payer", &R::payer, "Whoever is behind it.")
            .field("date", &R::date, "The day that the bank booked it on.")
            .field("value_date", &R::value_date, "From when it bears interest.")
            .field("way", &R::way, "Whether it came in or went out.")
            .field("amount", &R::amount, "Above zero.")
            .field("reference", &R::reference, "The bank's reference.")
            .field("name", &R::name, "Who paid or was paid, as the bank tells it.")
            .personal(&R::payer)
            .field("number", &R::number, "The IBAN or number of their account.")
            .personal(&R::payer)
            .field("text", &R::text, "What they wrote.")
            .personal(&R::payer)
            .field("recognized", &R::recognized, "What it was recognized as.")
            .field("settles", &R::settles, "It settles that without being asked.")
            .otherwise(false)
            .field("against", &R::against,
                   "The account that it is posted against; the bank's own: it is posted already.");
    }
};

struct BankStatementRecorded {
    CompanyCode company;
    BankStatementId statement;
    HouseBankCode bank;
    std::string number;
    Date date;
    Money opening;
    Money closing;
    ledger::AccountCode account;
    ledger::JournalCode journal;
    std::vector<RecordedBankLine> lines;

    bool operator==(const BankStatementRecorded&) const = default;
    static void describe(auto& event) {
        using E = BankStatementRecorded;
        event.record("BankStatementRecorded", "The bank said what came in and went out.")
            .company(&E::company)
            .stream(&E::statement)
            .on(&E::date)
            .field("company", &E::company, "Whose account.")
            .field("statement", &E::statement, "Its id.")
            .field("bank", &E::bank, "Of which account.")
            .field("number", &E::number, "The bank's number of it.")
            .field("date", &E::date, "The day of its closing balance.")
            .field("opening", &E::opening, "What there was; owed to the bank: below zero.")
            .field("closing", &E::closing, "What there is.")
            .field("account", &E::account, "The bank's account in the ledger.")
            .field("journal", &E::journal, "The journal of its entries.")
            .field("lines", &E::lines, "Its lines.");
    }
};

struct BankLineAsk {
    BankPayerId payer;
    Date date;
    std::optional<Date> value_date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    std::optional<std::string> reference;
    std::optional<std::string> end_to_end;
    std::string iban;
    std::string words;
    std::optional<PersonalText> name;
    std::optional<PersonalText> number;
    std::optional<PersonalText> text;

    static void describe(auto& record) {
        using R = BankLineAsk;
        record
            .record("BankLineAsk",
                    "A line of a statement. What is read to recognize it (`iban`, `words`, "
                    "`end_to_end`) is not kept; what is kept of whoever is behind it is sealed.")
            .field("payer", &R::payer, "A new id for whoever is behind it.")
            .field("date", &R::date, "The day that the bank booked it on.")
            .field("value_date", &R::value_date, "From when it bears interest. Absent: `date`.")
            .field("way", &R::way, "Whether it came in or went out.")
            .field("amount", &R::amount, "Above zero, in the account's currency.")
            .field("reference", &R::reference, "The bank's reference, where it is unique.")
            .shortest(1)
            .longest(64)
            .field("end_to_end", &R::end_to_end, "The id that whoever pays gave the payment.")
            .longest(64)
            .field("iban", &R::iban, "The account of whoever is behind it, to recognize them by.")
            .otherwise_empty()
            .longest(50)
            .field("words", &R::words, "What they wrote, to find numbers of documents in.")
            .otherwise_empty()
            .longest(2'000)
            .field("name", &R::name, "Who paid or was paid.")
            .longest(200)
            .personal(&R::payer)
            .field("number", &R::number, "The IBAN or number of their account, to be kept.")
            .longest(50)
            .personal(&R::payer)
            .field("text", &R::text, "What they wrote, to be kept.")
            .longest(2'000)
            .personal(&R::payer);
    }
};

struct RecordBankStatement {
    CompanyCode company;
    BankStatementId statement;
    std::string account;
    std::string number;
    Date date;
    Money opening;
    Money closing;
    std::vector<BankLineAsk> lines;

    static void describe(auto& command) {
        using C = RecordBankStatement;
        command
            .record("RecordBankStatement",
                    "Records a statement of the company's account at a bank, all of it or "
                    "nothing. Every line is posted; what is recognized by a rule of the account "
                    "settles it, and the rest waits on the suspense account. `kontor import "
                    "--statement` makes it of a file in camt.053 or MT940.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb01",
                "account": "DE02120300000000202051", "number": "2026-06-30", "date": "2026-06-30",
                "opening": {"amount": "100.00", "currency": "EUR"}, "closing": {"amount": "92.50",
                "currency": "EUR"}, "lines": [{"payer": "01980000-0000-7000-8000-00000000eb02",
                "date": "2026-06-30", "way": "paid", "amount": {"amount": "7.50", "currency":
                "EUR"}, "words": "Fees", "text": "Fees"}]})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "A new id.")
            .field("account", &C::account, "The IBAN or number of the account, as the bank has it.")
            .shortest(1)
            .longest(50)
            .field("number", &C::number, "The bank's number of the statement.")
            .shortest(1)
            .longest(64)
            .field("date", &C::date, "The day of its closing balance.")
            .field("opening", &C::opening, "What there was; owed to the bank: below zero.")
            .field("closing", &C::closing, "What there is.")
            .field("lines", &C::lines, "What came in and went out; it may be empty.")
            .longest(10'000)
            .refuses(house_bank_unknown, bank_statement_exists, bank_statement_currency_differs,
                     bank_line_amount_unfit, bank_line_late, bank_payer_taken,
                     bank_statement_unbalanced, bank_statement_gap, bank_line_exists);
    }
};

// By the day of the closing balance, as statements of an account follow each other.
struct BankStatementKey {
    CompanyCode company;
    HouseBankCode bank;
    Date date;
    std::string number;

    auto operator<=>(const BankStatementKey&) const = default;
    static void describe(auto& key) {
        key.record("BankStatementKey", "A statement of a bank account.")
            .field("company", &BankStatementKey::company, "Whose account.")
            .field("bank", &BankStatementKey::bank, "Which account.")
            .field("date", &BankStatementKey::date, "The day of its closing balance.")
            .field("number", &BankStatementKey::number, "The bank's number of it.");
    }
};
struct KeptBankStatement {
    Money opening;
    Money closing;
    static void describe(auto& record) {
        record.record("KeptBankStatement", "The balances of a statement.")
            .field("opening", &KeptBankStatement::opening, "What there was.")
            .field("closing", &KeptBankStatement::closing, "What there is.");
    }
};
using BankStatements = PagedTable<BankStatementKey, KeptBankStatement>;

// References of the bank that were in a statement, so that no line comes in twice.
struct BankReferenceKey {
    CompanyCode company;
    HouseBankCode bank;
    Date date;
    std::string reference;
    PaymentWay way = PaymentWay::received;
    std::int64_t minor = 0;

    auto operator<=>(const BankReferenceKey&) const = default;
    static void describe(auto& key) {
        using K = BankReferenceKey;
        key.record("BankReferenceKey", "A reference of the bank.")
            .field("company", &K::company, "Whose account.")
            .field("bank", &K::bank, "Which account.")
            .field("date", &K::date, "The day that it was booked on.")
            .field("reference", &K::reference, "The reference.")
            .field("way", &K::way, "In or out.")
            .field("minor", &K::minor, "How much, in smallest units.");
    }
};
struct BankReference {
    BankStatementId statement;
    static void describe(auto& record) {
        record.record("BankReference", "Which statement has a reference of the bank.")
            .field("statement", &BankReference::statement, "The statement.");
    }
};
using BankReferences = PagedTable<BankReferenceKey, BankReference>;

struct BankPayerKey {
    CompanyCode company;
    BankPayerId payer;

    auto operator<=>(const BankPayerKey&) const = default;
    static void describe(auto& key) {
        key.record("BankPayerKey", "Whoever is behind a line.")
            .field("company", &BankPayerKey::company, "Whose statement.")
            .field("payer", &BankPayerKey::payer, "The id.");
    }
};
struct BankPayer {
    bool erased = false;
    static void describe(auto& record) {
        record.record("BankPayer", "That somebody is behind a line.")
            .field("erased", &BankPayer::erased, "What was known of them is gone.");
    }
};
using BankPayers = PagedTable<BankPayerKey, BankPayer>;

// The entry of a line as it was recorded.
ledger::EntryId entry_of(const BankPayerId&);

Decision<BankStatementRecorded> decide(const World&, const RecordBankStatement&, const Context&);
void evolve(BankStatements&, const BankStatementRecorded&);
void evolve(BankReferences&, const BankStatementRecorded&);
void evolve(BankPayers&, const BankStatementRecorded&);

Part bank_statements();

}  // namespace kontor::settlement
