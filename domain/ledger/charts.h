// Charts of accounts to begin with: a company takes one over and goes on from there.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/closing_accounts.h"
#include "domain/ledger/off_balance.h"
#include "domain/ledger/policy.h"
#include "domain/ledger/revaluation.h"
#include "domain/ledger/statement_layouts.h"

#include <string_view>
#include <utility>
#include <vector>

namespace kontor::ledger {

inline constexpr Reason chart_empty{Refusal::invalid, "chart_empty",
                                    "The chart `none` has no accounts to add."};
inline constexpr Reason chart_contradicts{
    Refusal::conflict, "chart_contradicts",
    "The company has an account of the chart with another kind, or as an account where the chart "
    "has a heading; open the rest of the chart by hand."};
inline constexpr Reason chart_there{Refusal::conflict, "chart_there",
                                    "The company has all accounts and statements of the chart."};

struct ApplyChart {
    CompanyCode company;
    companies::Chart chart = companies::Chart::standard;
    companies::ChartLanguage language = companies::ChartLanguage::english;

    static void describe(auto& command) {
        command
            .record("ApplyChart",
                    "Adds the accounts and the financial statements of a template that the "
                    "company does not have yet, and names the accounts that closing and "
                    "revaluation post on. What it has stays as it is.")
            .company(&ApplyChart::company)
            .stream(&ApplyChart::company)
            .example(R"({"company": "DEMO", "chart": "ru_94n", "language": "russian"})")
            .field("company", &ApplyChart::company, "Whose chart.")
            .field("chart", &ApplyChart::chart, "The template.")
            .field("language", &ApplyChart::language, "Of the names.")
            .otherwise(companies::ChartLanguage::english)
            .refuses(companies::company_unknown, chart_empty, chart_contradicts, chart_there);
    }
};

// An account of a template. Parents stand before what is below them.
struct ChartLine {
    std::string_view account;
    std::string_view name;
    AccountKind kind = AccountKind::asset;
    std::string_view parent = {};    // empty: at the top
    std::string_view features = {};  // letters: h heading, k of any kind, c contra, m monetary
    std::string_view russian = {};   // empty: as russian_name says it
};

// A line of a template's statement; lists are separated by spaces.
struct LayoutLine {
    std::string_view line;
    std::string_view name;
    std::string_view accounts = {};
    std::string_view adds = {};
    Side positive = Side::credit;
    std::int64_t level = 2;
    std::string_view russian = {};
    std::optional<IncomeCategory> category = std::nullopt;
    LineFigure figure = LineFigure::movement;
    std::string_view adds_back = {};
    std::string_view against = {};
    bool comprehensive = false;
};

// The accounts of a template that rules post on.
struct RuleAccounts {
    std::string_view retained_earnings;
    std::string_view exchange_gains;
    std::string_view exchange_losses;
    // An account that is revalued, the one beside it that takes the differences, and what they are
    // income and expense on where that is not the policy's.
    struct Adjustment {
        std::string_view account;
        std::string_view beside;
        std::string_view gains = {};
        std::string_view losses = {};
    };
    std::vector<Adjustment> adjustments = {};
    bool pairs_lines = false;
    std::string_view translation_reserve = {};
    std::string_view rounding = {};
    // An account of the result, and the one that it is closed to first.
    struct Closing {
        std::string_view account;
        std::string_view closes_to;
    };
    std::vector<Closing> closings = {};
};

// An account of a template that stands outside double entry.
struct OffBalanceLine {
    std::string_view account;
    std::string_view name;
    std::string_view russian = {};
};

struct ChartTemplate {
    std::vector<ChartLine> accounts;
    std::vector<LayoutLine> balance_sheet;
    std::vector<LayoutLine> income_statement;
    std::vector<LayoutLine> cash_flow;
    std::vector<LayoutLine> changes_in_equity;
    RuleAccounts rules;
    std::vector<OffBalanceLine> off_balance = {};
};

ChartTemplate standard_chart();
ChartTemplate ifrs_chart();
ChartTemplate ru_94n_chart();

// A name of the standard or the IFRS chart in Russian; empty where it has none.
std::string_view russian_name(std::string_view english);

// What accounts, statements and their lines are called in the templates, in English and in Russian,
// where both are there.
std::vector<std::pair<std::string_view, std::string_view>> names_of_templates();

Decision<AccountOpened, OffBalanceAccountOpened, StatementDefined, LedgerPolicySet,
         AdjustmentAccountSet, ClosingAccountSet>
decide(const World&, const ApplyChart&, const Context&);

Part charts();

}  // namespace kontor::ledger
