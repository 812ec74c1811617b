// Accounts against each other, as the reports of Russian bookkeeping show them: the account
// analysis, the turnover and balance sheet, and the chessboard of all debits by all credits.
#pragma once

#include "domain/ledger/entries.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kontor::ledger {

struct TurnoverRow {
    AccountCode account;
    std::string name;
    Money opening_debit;
    Money opening_credit;
    Money debit;
    Money credit;
    Money closing_debit;
    Money closing_credit;

    bool operator==(const TurnoverRow&) const = default;
    static void describe(auto& row) {
        row.record("TurnoverRow", "An account from an opening to a closing balance.")
            .field("account", &TurnoverRow::account, "Its code.")
            .field("name", &TurnoverRow::name, "Its name on the last day.")
            .field("opening_debit", &TurnoverRow::opening_debit,
                   "Balance before the first day, if on the debit side.")
            .field("opening_credit", &TurnoverRow::opening_credit,
                   "Balance before the first day, if on the credit side.")
            .field("debit", &TurnoverRow::debit, "Debits from the first to the last day.")
            .field("credit", &TurnoverRow::credit, "Credits from the first to the last day.")
            .field("closing_debit", &TurnoverRow::closing_debit,
                   "Balance on the last day, if on the debit side.")
            .field("closing_credit", &TurnoverRow::closing_credit,
                   "Balance on the last day, if on the credit side.");
    }
};

struct TurnoverTotals {
    Money opening_debit;
    Money opening_credit;
    Money debit;
    Money credit;
    Money closing_debit;
    Money closing_credit;

    bool operator==(const TurnoverTotals&) const = default;
    static void describe(auto& totals) {
        totals
            .record("TurnoverTotals",
                    "All accounts together; each two are equal unless dimensions were asked for.")
            .field("opening_debit", &TurnoverTotals::opening_debit, "Opening debit balances.")
            .field("opening_credit", &TurnoverTotals::opening_credit, "Opening credit balances.")
            .field("debit", &TurnoverTotals::debit, "Debits.")
            .field("credit", &TurnoverTotals::credit, "Credits.")
            .field("closing_debit", &TurnoverTotals::closing_debit, "Closing debit balances.")
            .field("closing_credit", &TurnoverTotals::closing_credit, "Closing credit balances.");
    }
};

struct TurnoverSheet {
    CompanyCode company;
    Date from;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record(
                "turnover_sheet",
                "Opening balance, turnover and closing balance of every account that was posted "
                "on, from a day to `valid_at`.")
            .company(&TurnoverSheet::company)
            .field("company", &TurnoverSheet::company, "Whose books.")
            .field("from", &TurnoverSheet::from, "First day of the turnover.")
            .field("dimensions", &TurnoverSheet::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<TurnoverSheet>(query)
            .template answers<TurnoverRow>(Times::both)
            .template totals<TurnoverTotals>();
    }
};

struct AnalysisRow {
    AccountCode account;
    std::string name;
    Money debit;
    Money credit;

    bool operator==(const AnalysisRow&) const = default;
    static void describe(auto& row) {
        row.record("AnalysisRow", "What an account moved against another one.")
            .field("account", &AnalysisRow::account, "The other account.")
            .field("name", &AnalysisRow::name, "Its name.")
            .field("debit", &AnalysisRow::debit,
                   "Debits of the analysed account against credits of this one.")
            .field("credit", &AnalysisRow::credit,
                   "Credits of the analysed account against debits of this one.");
    }
};

struct AnalysisTotals {
    Money opening;
    Money debit;
    Money credit;
    Money closing;
    Money unpaired_debit;
    Money unpaired_credit;

    bool operator==(const AnalysisTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("AnalysisTotals", "The analysed account from opening to closing.")
            .field("opening", &AnalysisTotals::opening,
                   "Balance before the first day, debit positive.")
            .field("debit", &AnalysisTotals::debit, "All its debits.")
            .field("credit", &AnalysisTotals::credit, "All its credits.")
            .field("closing", &AnalysisTotals::closing, "Balance on the last day, debit positive.")
            .field("unpaired_debit", &AnalysisTotals::unpaired_debit,
                   "Debits of entries that keep no pairs: those from before the policy said so.")
            .field("unpaired_credit", &AnalysisTotals::unpaired_credit, "Such credits.");
    }
};

struct AccountAnalysis {
    CompanyCode company;
    AccountCode account;
    Date from;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("account_analysis",
                    "What an account moved against each other account, from a day to `valid_at`; "
                    "of entries that keep which debit belongs to which credit.")
            .company(&AccountAnalysis::company)
            .field("company", &AccountAnalysis::company, "Whose books.")
            .field("account", &AccountAnalysis::account, "The account that is analysed.")
            .field("from", &AccountAnalysis::from, "First day.");
        describe_scope<AccountAnalysis>(query)
            .template answers<AnalysisRow>(Times::both)
            .template totals<AnalysisTotals>();
    }
};

struct ChessboardRow {
    std::string pair;
    AccountCode debit;
    AccountCode credit;
    Money amount;

    bool operator==(const ChessboardRow&) const = default;
    static void describe(auto& row) {
        row.record("ChessboardRow", "One field of the chessboard.")
            .field("pair", &ChessboardRow::pair, "Both accounts, as \"50/51\".")
            .field("debit", &ChessboardRow::debit, "The account that was debited.")
            .field("credit", &ChessboardRow::credit, "The account that was credited.")
            .field("amount", &ChessboardRow::amount, "The amount; base currency.");
    }
};

struct ChessboardTotals {
    Money amount;

    bool operator==(const ChessboardTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("ChessboardTotals", "The whole board.")
            .field("amount", &ChessboardTotals::amount, "The sum of its fields.");
    }
};

struct Chessboard {
    CompanyCode company;
    Date from;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("chessboard",
                    "How much each account was debited against each other one, from a day to "
                    "`valid_at`, one row a field that is not empty.")
            .company(&Chessboard::company)
            .field("company", &Chessboard::company, "Whose books.")
            .field("from", &Chessboard::from, "First day.");
        describe_scope<Chessboard>(query)
            .template answers<ChessboardRow>(Times::both)
            .template totals<ChessboardTotals>();
    }
};

class AccountPairs {
public:
    explicit AccountPairs(const Place& place) : totals_(place.table(1), 1) {}

    void on(const EntryPosted&, const Recorded&);
    void answer(const TurnoverSheet&, const AsOf&, Page<TurnoverRow>&) const;
    void answer(const AccountAnalysis&, const AsOf&, Page<AnalysisRow>&) const;
    void answer(const Chessboard&, const AsOf&, Page<ChessboardRow>&) const;
    void explain(const TurnoverSheet&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void explain(const AccountAnalysis&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void explain(const Chessboard&, const ExplainedRow&, const AsOf&, Explanation&) const;

private:
    // What stands behind a prefix of keys, from a day to the end of a scope, by the accounts.
    using Pairs = std::map<std::pair<AccountCode, AccountCode>, Wide>;
    Pairs moved(const AsOf&, const std::string& begins_with, std::size_t grouping_length,
                const Scope&, Date from) const;
    // The events behind the sum of one of these pairs, under a grouping of keys.
    void explain_pairs(const AsOf&, const std::string& begins_with, std::size_t grouping_length,
                       const Scope&, Date from, Currency base, Explanation&) const;

    TwoTimeTotals totals_;
};

ReadModelSpec account_pairs();

}  // namespace kontor::ledger
