// A new company can start at once: calendar, journals, dimensions and, if wanted, a plain chart.
#pragma once

#include "domain/companies/companies.h"
#include "domain/ledger/calendar.h"
#include "domain/ledger/charts.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"

namespace kontor::flow {

Decision<ledger::OpenFiscalYear, ledger::OpenJournal, ledger::DefineDimension, ledger::ApplyChart>
created_company_gets_its_books(const companies::CompanyCreated&, const World&);

}  // namespace kontor::flow
