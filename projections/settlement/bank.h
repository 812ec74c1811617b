// The company's bank accounts: statements, what became of their lines, the queue of those that
// nobody has recognized, and whether the ledger says what the bank says.
#pragma once

#include "domain/settlement/bank_lines.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct ListedHouseBank {
    HouseBankCode bank;
    std::string name;
    std::string iban;
    std::string account_number;
    std::string bic;
    Currency currency;
    ledger::AccountCode account;
    ledger::AccountCode suspense;
    std::vector<BankMatch> settles_by;

    bool operator==(const ListedHouseBank&) const = default;
    static void describe(auto& row) {
        using R = ListedHouseBank;
        row.record("ListedHouseBank", "An account of the company at a bank.")
            .field("bank", &R::bank, "Its code.")
            .field("name", &R::name, "Who holds it.")
            .field("iban", &R::iban, "May be empty.")
            .field("account_number", &R::account_number, "May be empty.")
            .field("bic", &R::bic, "Of the bank; may be empty.")
            .field("currency", &R::currency, "What it is kept in.")
            .field("account", &R::account, "Its account in the ledger.")
            .field("suspense", &R::suspense, "Where lines wait that nobody has recognized.")
            .field("settles_by", &R::settles_by, "What is settled without being asked.");
    }
};

struct HouseBankList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("house_banks", "The company's accounts at banks.")
            .company(&HouseBankList::company)
            .field("company", &HouseBankList::company, "Whose.")
            .template answers<ListedHouseBank>(Times::known_at);
    }
};

struct ListedBankStatement {
    BankStatementId statement;
    HouseBankCode bank;
    std::string number;
    Date date;
    Money opening;
    Money closing;
    std::int64_t lines = 0;

    bool operator==(const ListedBankStatement&) const = default;
    static void describe(auto& row) {
        using R = ListedBankStatement;
        row.record("ListedBankStatement", "A statement of a bank account.")
            .field("statement", &R::statement, "Its id.")
            .field("bank", &R::bank, "Of which account.")
            .field("number", &R::number, "The bank's number of it.")
            .field("date", &R::date, "The day of its closing balance.")
            .field("opening", &R::opening, "What there was.")
            .field("closing", &R::closing, "What there is.")
            .field("lines", &R::lines, "How many lines it has.");
    }
};

struct BankStatementList {
    CompanyCode company;
    std::optional<HouseBankCode> bank;

    static void describe(auto& query) {
        query
            .record("bank_statements",
                    "Statements of the company's bank accounts that closed by `valid_at`, by day.")
            .company(&BankStatementList::company)
            .field("company", &BankStatementList::company, "Whose.")
            .field("bank", &BankStatementList::bank, "Only of this account.")
            .template answers<ListedBankStatement>(Times::both);
    }
};

struct ListedBankLine {
    BankStatementId statement;
    std::int64_t line = 1;
    HouseBankCode bank;
    Date date;
    Date value_date;
    PaymentWay way = PaymentWay::received;
    Money amount;
    std::optional<std::string> reference;
    BankPayerId payer;
    std::optional<PersonalText> name;
    std::optional<PersonalText> number;
    std::optional<PersonalText> text;
    std::optional<RecognizedLine> recognized;
    BankLineState state = BankLineState::waits;
    std::optional<OpenItemId> payment;

    bool operator==(const ListedBankLine&) const = default;
    static void describe(auto& row) {
        using R = ListedBankLine;
        row.record("ListedBankLine", "A line of a bank statement.")
            .field("statement", &R::statement, "The statement.")
            .field("line", &R::line, "Its number in it, from 1.")
            .field("bank", &R::bank, "Of which account.")
            .field("date", &R::date, "The day that the bank booked it on.")
            .field("value_date", &R::value_date, "From when it bears interest.")
            .field("way", &R::way, "In or out.")
            .field("amount", &R::amount, "How much.")
            .field("reference", &R::reference, "The bank's reference.")
            .field("payer", &R::payer, "Whoever is behind it.")
            .field("name", &R::name, "Who paid or was paid.")
            .personal(&R::payer)
            .field("number", &R::number, "The IBAN or number of their account.")
            .personal(&R::payer)
            .field("text", &R::text, "What they wrote.")
            .personal(&R::payer)
            .field("recognized", &R::recognized,
                   "What it was recognized as; of one that waits, what is proposed.")
            .field("state", &R::state, "What became of it.")
            .field("payment", &R::payment, "The payment that it is.");
    }
};

struct BankLineList {
    CompanyCode company;
    std::optional<HouseBankCode> bank;
    std::optional<BankLineState> state;

    static void describe(auto& query) {
        query
            .record("bank_lines",
                    "Lines of bank statements up to the day `valid_at`, by day. Those that wait "
                    "are the queue of what stands on the suspense account.")
            .company(&BankLineList::company)
            .field("company", &BankLineList::company, "Whose.")
            .field("bank", &BankLineList::bank, "Only of this account.")
            .field("state", &BankLineList::state, "Only those of which this became.")
            .template answers<ListedBankLine>(Times::both);
    }
};

struct ReconciledBank {
    HouseBankCode bank;
    ledger::AccountCode account;
    std::optional<std::string> number;
    std::optional<Date> date;
    Money closing;
    Money ledger;
    Money outstanding;
    Money difference;
    std::int64_t lines_waiting = 0;
    Money waiting;

    bool operator==(const ReconciledBank&) const = default;
    static void describe(auto& row) {
        using R = ReconciledBank;
        row.record("ReconciledBank", "What the ledger says of a bank account, and what the bank.")
            .field("bank", &R::bank, "The account at the bank.")
            .field("account", &R::account, "The account in the ledger.")
            .field("number", &R::number, "Number of the last statement; absent: there is none.")
            .field("date", &R::date, "The day of its closing balance.")
            .field("closing", &R::closing, "The closing balance.")
            .field("ledger", &R::ledger, "What the ledger says at the end of that day.")
            .field("outstanding", &R::outstanding,
                   "Payments that are posted by then and on no statement; what was paid is below "
                   "zero.")
            .field("difference", &R::difference,
                   "What the ledger has beside closing balance and outstanding payments: 0 where "
                   "all is told.")
            .field("lines_waiting", &R::lines_waiting,
                   "How many lines by then wait on the suspense account.")
            .field("waiting", &R::waiting, "What they come to; what was paid is below zero.");
    }
};

struct BankReconciliation {
    CompanyCode company;
    std::optional<HouseBankCode> bank;

    static void describe(auto& query) {
        query
            .record("bank_reconciliation",
                    "Each bank account in the ledger against the closing balance of its last "
                    "statement by the day `valid_at`.")
            .company(&BankReconciliation::company)
            .field("company", &BankReconciliation::company, "Whose.")
            .field("bank", &BankReconciliation::bank, "Only this account.")
            .template answers<ReconciledBank>(Times::both);
    }
};

class BankModel {
public:
    explicit BankModel(const Place& place)
        : banks_(place.table(1)),
          statements_(place.table(2)),
          lines_(place.table(3)),
          payments_(place.table(4)),
          outstanding_(place.table(5), 1),
          waiting_(place.table(6), 2) {}

    void on(const HouseBankOpened&, const Recorded&);
    void on(const BankMatchingSet&, const Recorded&);
    void on(const BankStatementRecorded&, const Recorded&);
    void on(const BankLineCleared&, const Recorded&);
    void on(const BankLinePosted&, const Recorded&);
    void on(const BankLineReopened&, const Recorded&);
    void on(const PaymentRecorded&, const Recorded&);
    void on(const ItemReversed&, const Recorded&);
    void answer(const HouseBankList&, const AsOf&, Page<ListedHouseBank>&) const;
    void answer(const BankStatementList&, const AsOf&, Page<ListedBankStatement>&) const;
    void answer(const BankLineList&, const AsOf&, Page<ListedBankLine>&) const;
    void answer(const BankReconciliation&, const AsOf&, Page<ReconciledBank>&) const;

private:
    struct LineRow {
        CompanyCode company;
        HouseBankCode bank;
        Date date;
        BankStatementId statement;
        std::int64_t line = 1;
        static void describe(auto& key) {
            key.record("ListedBankLineKey", "A line of a bank statement, by day.")
                .field("company", &LineRow::company, "Whose account.")
                .field("bank", &LineRow::bank, "Which account.")
                .field("date", &LineRow::date, "The day that the bank booked it on.")
                .field("statement", &LineRow::statement, "The statement.")
                .field("line", &LineRow::line, "Its number in it.");
        }
    };
    struct PaidMoney {
        ledger::AccountCode account;
        Money more;
        static void describe(auto& row) {
            row.record("PaidMoney", "What a payment moved on an account.")
                .field("account", &PaidMoney::account, "The account.")
                .field("more", &PaidMoney::more, "What was paid is below zero.");
        }
    };
    void add_outstanding(const Recorded&, const CompanyCode&, const ledger::AccountCode&, Date,
                         Money more) const;
    void add_waiting(const Recorded&, const CompanyCode&, const HouseBankCode&, Date, PaymentWay,
                     Money, bool waits) const;
    // A line that was assigned or put back, and what is open by it.
    void change_line(const Recorded&, const auto& event, BankLineState,
                     const std::optional<OpenItemId>&) const;
    ReconciledBank reconciled(const CompanyCode&, const ListedHouseBank&, const AsOf&) const;

    DescribedRows<HouseBankKey, ListedHouseBank> banks_;
    DescribedRows<BankStatementKey, ListedBankStatement> statements_;
    DescribedRows<LineRow, ListedBankLine> lines_;
    DescribedRows<OpenItemKey, PaidMoney> payments_;
    TwoTimeTotals outstanding_;  // by company, account and currency
    TwoTimeTotals waiting_;      // by company and bank: how many lines, and what they come to
};

ReadModelSpec bank_model();

}  // namespace kontor::settlement
