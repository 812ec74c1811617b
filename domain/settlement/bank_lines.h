// Lines of bank statements, and what became of each: a payment, another posting, or a place in the
// queue of what nobody has recognized.
#pragma once

#include "domain/settlement/bank_statements.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

inline constexpr Reason bank_line_unknown{Refusal::missing, "bank_line_unknown",
                                          "No statement of the company has this line."};
inline constexpr Reason bank_line_settled{
    Refusal::conflict, "bank_line_settled",
    "The line is assigned already; ReopenBankLine puts it back into the queue."};
inline constexpr Reason bank_line_waits{Refusal::conflict, "bank_line_waits",
                                        "The line is in the queue."};
inline constexpr Reason bank_line_not_recognized{
    Refusal::invalid, "bank_line_not_recognized",
    "Nothing is proposed for the line: say whose payment it is."};
inline constexpr Reason bank_line_payment_unfit{
    Refusal::invalid, "bank_line_payment_unfit",
    "The payment goes the other way, has another amount, is taken back, or lies in a till."};
inline constexpr Reason bank_line_payment_cleared{Refusal::conflict, "bank_line_payment_cleared",
                                                  "The payment is on a statement already."};
inline constexpr Reason bank_payer_erased{Refusal::conflict, "bank_payer_erased",
                                          "Nothing is known of them any more."};

enum class BankLineState : std::uint8_t { waits, cleared, posted };

void describe(auto& choice, BankLineState) {
    choice.choice("BankLineState", "What became of a line of a bank statement.")
        .value("waits", "Nobody has said what it is; it stands on the suspense account.")
        .value("cleared", "It is a payment.")
        .value("posted", "It was posted on other accounts.");
}

struct BankLineCleared {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    HouseBankCode bank;
    Date date;
    OpenItemId payment;
    PaymentWay way = PaymentWay::received;
    Money amount;
    ledger::AccountCode from;
    ledger::AccountCode to;
    std::int64_t time = 0;

    bool operator==(const BankLineCleared&) const = default;
    static void describe(auto& event) {
        using E = BankLineCleared;
        event.record("BankLineCleared", "A line of a bank statement is a payment.")
            .company(&E::company)
            .stream(&E::statement)
            .on(&E::date)
            .field("company", &E::company, "Whose account.")
            .field("statement", &E::statement, "The statement.")
            .field("line", &E::line, "Which line of it.")
            .field("bank", &E::bank, "Of which account.")
            .field("date", &E::date, "The day that the bank booked it on.")
            .field("payment", &E::payment, "The payment.")
            .field("way", &E::way, "In or out.")
            .field("amount", &E::amount, "How much.")
            .field("from", &E::from, "The account that the line stood on.")
            .field("to", &E::to, "The account that the payment is posted on.")
            .field("time", &E::time, "How many times it was assigned before.");
    }
};

struct BankLinePosted {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    HouseBankCode bank;
    Date date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    ledger::AccountCode from;
    std::vector<ledger::EntryLine> lines;
    std::string text;
    std::int64_t time = 0;

    bool operator==(const BankLinePosted&) const = default;
    static void describe(auto& event) {
        using E = BankLinePosted;
        event.record("BankLinePosted", "A line of a bank statement is posted on other accounts.")
            .company(&E::company)
            .stream(&E::statement)
            .on(&E::date)
            .field("company", &E::company, "Whose account.")
            .field("statement", &E::statement, "The statement.")
            .field("line", &E::line, "Which line of it.")
            .field("bank", &E::bank, "Of which account.")
            .field("date", &E::date, "The day that the bank booked it on.")
            .field("way", &E::way, "In or out.")
            .field("amount", &E::amount, "How much.")
            .field("from", &E::from, "The account that the line stood on.")
            .field("lines", &E::lines, "What it is posted on.")
            .field("text", &E::text, "What it is.")
            .field("time", &E::time, "How many times it was assigned before.");
    }
};

struct BankLineReopened {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    HouseBankCode bank;
    Date date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    std::optional<OpenItemId> payment;
    bool made_by_line = false;
    ledger::AccountCode from;
    ledger::AccountCode to;
    std::string reason;
    std::int64_t time = 0;

    bool operator==(const BankLineReopened&) const = default;
    static void describe(auto& event) {
        using E = BankLineReopened;
        event.record("BankLineReopened", "A line of a bank statement is in the queue again.")
            .company(&E::company)
            .stream(&E::statement)
            .on(&E::date)
            .field("company", &E::company, "Whose account.")
            .field("statement", &E::statement, "The statement.")
            .field("line", &E::line, "Which line of it.")
            .field("bank", &E::bank, "Of which account.")
            .field("date", &E::date, "The day that the bank booked it on.")
            .field("way", &E::way, "In or out.")
            .field("amount", &E::amount, "How much.")
            .field("payment", &E::payment, "The payment that it was; absent: it was posted.")
            .field("made_by_line", &E::made_by_line,
                   "That payment came about by the line and is taken back with it.")
            .field("from", &E::from, "The account that it stood against.")
            .field("to", &E::to, "The suspense account.")
            .field("reason", &E::reason, "Why.")
            .field("time", &E::time, "How many times it was assigned before.");
    }
};

struct BankPayerErased {
    CompanyCode company;
    BankStatementId statement;
    BankPayerId payer;

    bool operator==(const BankPayerErased&) const = default;
    static void describe(auto& event) {
        using E = BankPayerErased;
        event
            .record("BankPayerErased",
                    "What a line of a bank statement said of somebody is gone for good.")
            .company(&E::company)
            .stream(&E::statement)
            .on_recorded_day()
            .erases(&E::payer)
            .field("company", &E::company, "Whose account.")
            .field("statement", &E::statement, "The statement.")
            .field("payer", &E::payer, "Whoever is behind the line.");
    }
};

struct ClearBankLine {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    OpenItemId payment;

    static void describe(auto& command) {
        using C = ClearBankLine;
        command
            .record("ClearBankLine",
                    "Says that a line of a statement is a payment that is recorded already, such "
                    "as one that was entered by hand before the statement came.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb11",
                "line": 1, "payment": "01980000-0000-7000-8000-00000000e003"})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "The statement.")
            .field("line", &C::line, "Which line of it, from 1.")
            .least(1)
            .field("payment", &C::payment, "A payment of the same amount.")
            .refuses(bank_line_unknown, bank_line_settled, open_item_unknown,
                     bank_line_payment_unfit, bank_line_payment_cleared);
    }
};

struct AssignBankLine {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<ItemSide> side;
    std::vector<AllocationAsk> allocations;
    bool oldest_due = false;
    std::string text;
    std::optional<Money> charges;
    std::optional<ledger::AccountCode> charges_account;

    static void describe(auto& command) {
        using C = AssignBankLine;
        command
            .record("AssignBankLine",
                    "Makes a payment of a line that waits: of whom it is and what it settles. "
                    "With neither the proposal is accepted.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb21",
                "line": 1, "counterparty": "ALDER-LTD"})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "The statement.")
            .field("line", &C::line, "Which line of it, from 1.")
            .least(1)
            .field("counterparty", &C::counterparty,
                   "Whose payment it is. Absent: what is proposed for the line.")
            .field("side", &C::side, "As RecordPayment has it.")
            .field("allocations", &C::allocations, "What it settles, in this order.")
            .otherwise_empty()
            .longest(1'000)
            .field("oldest_due", &C::oldest_due, "With what is left, the oldest due.")
            .otherwise(false)
            .field("text", &C::text, "For the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("charges", &C::charges,
                   "What the bank kept of what was paid, or took beside it; the line is what came "
                   "or went in all.")
            .field("charges_account", &C::charges_account, "The account that bears it.")
            .refuses(bank_line_unknown, bank_line_settled, bank_line_not_recognized,
                     payment_charges_unfit);
    }
};

struct PostBankLine {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    std::vector<ledger::EntryLine> lines;
    std::string text;

    static void describe(auto& command) {
        using C = PostBankLine;
        command
            .record("PostBankLine",
                    "Posts a line that waits and is nobody's payment: charges, interest, money "
                    "between the company's own accounts.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb01",
                "line": 1, "lines": [{"account": "5300", "side": "debit", "amount": {"amount":
                "7.50", "currency": "EUR"}}], "text": "Fees of June"})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "The statement.")
            .field("line", &C::line, "Which line of it, from 1.")
            .least(1)
            .field("lines", &C::lines, "The other side, which comes to the line's amount.")
            .shortest(1)
            .longest(100)
            .field("text", &C::text, "For the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .refuses(bank_line_unknown, bank_line_settled, ledger::account_unknown,
                     line_on_item_account, ledger::account_is_control);
    }
};

struct ReopenBankLine {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;
    std::string reason;

    static void describe(auto& command) {
        using C = ReopenBankLine;
        command
            .record("ReopenBankLine",
                    "Puts a line back into the queue. A payment that was made of it is taken back "
                    "with what it settles; one that was there before stays.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb01",
                "line": 1, "reason": "They were for May"})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "The statement.")
            .field("line", &C::line, "Which line of it, from 1.")
            .least(1)
            .field("reason", &C::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(bank_line_unknown, bank_line_waits);
    }
};

struct EraseBankPayer {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;

    static void describe(auto& command) {
        using C = EraseBankPayer;
        command
            .record("EraseBankPayer",
                    "Makes name, account and text of a line unreadable for good. Its amount and "
                    "what became of it stay.")
            .company(&C::company)
            .stream(&C::statement)
            .example(R"({"company": "DEMO", "statement": "01980000-0000-7000-8000-00000000eb01",
                "line": 1})")
            .field("company", &C::company, "Whose account.")
            .field("statement", &C::statement, "The statement.")
            .field("line", &C::line, "Which line of it, from 1.")
            .least(1)
            .refuses(bank_line_unknown, bank_payer_erased);
    }
};

struct BankLineKey {
    CompanyCode company;
    BankStatementId statement;
    std::int64_t line = 1;

    auto operator<=>(const BankLineKey&) const = default;
    static void describe(auto& key) {
        key.record("BankLineKey", "A line of a bank statement.")
            .field("company", &BankLineKey::company, "Whose account.")
            .field("statement", &BankLineKey::statement, "The statement.")
            .field("line", &BankLineKey::line, "Its number, from 1.");
    }
};
struct KeptBankLine {
    HouseBankCode bank;
    Date date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    BankPayerId payer;
    std::optional<RecognizedLine> recognized;
    BankLineState state = BankLineState::waits;
    std::optional<OpenItemId> payment;
    ledger::AccountCode against;
    std::int64_t times = 0;

    static void describe(auto& record) {
        using R = KeptBankLine;
        record.record("KeptBankLine", "A line of a bank statement as decisions know it.")
            .field("bank", &R::bank, "Of which account.")
            .field("date", &R::date, "The day that the bank booked it on.")
            .field("way", &R::way, "In or out.")
            .field("amount", &R::amount, "How much.")
            .field("payer", &R::payer, "Whoever is behind it.")
            .field("recognized", &R::recognized, "What it was recognized as.")
            .field("state", &R::state, "What became of it.")
            .field("payment", &R::payment, "The payment that it is.")
            .field("against", &R::against, "The account that it stands against.")
            .field("times", &R::times, "How many times it was assigned.");
    }
};
using BankLines = PagedTable<BankLineKey, KeptBankLine>;

// Payments that are on a statement.
struct ClearedPayment {
    BankStatementId statement;
    std::int64_t line = 1;
    static void describe(auto& record) {
        record.record("ClearedPayment", "Which line of a statement a payment is.")
            .field("statement", &ClearedPayment::statement, "The statement.")
            .field("line", &ClearedPayment::line, "Its line.");
    }
};
using ClearedPayments = PagedTable<OpenItemKey, ClearedPayment>;

// The payment that is made of a line when it is assigned once more.
OpenItemId payment_of(const BankPayerId&, std::int64_t times);
// The entry of a line that was cleared, posted or reopened for the time of this number.
ledger::EntryId entry_of(const BankStatementId&, std::int64_t line, std::string_view what,
                         std::int64_t time);
// Where the money of a payment is posted.
const ledger::AccountCode& money_account_of(const KeptItem&);
// Whether an item can be the line: a payment that stands, of that way and amount, not in a till.
bool is_payment_like(const KeptItem&, PaymentWay, Money);

Decision<BankLineCleared> decide(const World&, const ClearBankLine&, const Context&);
Steps<RecordPayment, ClearBankLine> decide(const World&, const AssignBankLine&, const Context&);
Decision<BankLinePosted> decide(const World&, const PostBankLine&, const Context&);
Decision<BankLineReopened> decide(const World&, const ReopenBankLine&, const Context&);
Decision<BankPayerErased> decide(const World&, const EraseBankPayer&, const Context&);
void evolve(BankLines&, const BankStatementRecorded&);
void evolve(BankLines&, const BankLineCleared&);
void evolve(BankLines&, const BankLinePosted&);
void evolve(BankLines&, const BankLineReopened&);
void evolve(ClearedPayments&, const BankStatementRecorded&);
void evolve(ClearedPayments&, const BankLineCleared&);
void evolve(ClearedPayments&, const BankLineReopened&);
void evolve(BankPayers&, const BankPayerErased&);

Part bank_lines();

}  // namespace kontor::settlement
