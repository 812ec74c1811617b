// What a fiscal period comes to in each of a company's books: what runs of rules and the checklist
// of a close look at.
#pragma once

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/foreign_balances.h"
#include "projections/ledger/ledger_totals.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kontor::ledger {

// A period with what bounds it.
struct PeriodAsked {
    FiscalPeriod period;
    BooksModel::PeriodEnd end;
    BooksModel::PeriodEnd end_of_year;
    Date year_begins;
};

// Period 0 is the whole year; empty when the company has none such.
std::optional<PeriodAsked> period_of(const AsOf&, const CompanyCode&, const FiscalYearCode&,
                                     std::int64_t number);

// One scope for each of the company's books, through a period, as known at a corner of any day.
std::vector<Scope> scopes_through(const AsOf&, const CompanyCode&, const BooksModel::PeriodEnd&,
                                  const Corner& known);

// Debits and credits of some accounts in one period by book, without closing entries.
using MovedByBook = std::vector<std::map<AccountCode, std::pair<Wide, Wide>>>;
MovedByBook moved_in(const AsOf&, const CompanyCode&, const PeriodAsked&, const Corner& known,
                     const std::vector<AccountCode>&, const DimensionFilter&);

// Foreign balances of monetary accounts in a scope, without those that are at zero.
ForeignBalancesModel::Sums monetary_sums(const AsOf&, const CompanyCode&, const Scope&);
bool same_sums(const ForeignBalancesModel::Sums&, const ForeignBalancesModel::Sums&);

// What a year has left on income and expenses, debit positive, from its first day to the end of a
// scope; empty when each of them is at zero.
std::optional<Wide> result_left(const AsOf&, const CompanyCode&,
                                const std::map<AccountCode, ChartAccount>& chart, const Scope&,
                                Date first_day);

}  // namespace kontor::ledger
