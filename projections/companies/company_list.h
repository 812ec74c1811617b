// The companies whose books are kept here.
#pragma once

#include "domain/companies/companies.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <vector>

namespace kontor::companies {

struct ListedCompany {
    CompanyCode company;
    std::string name;
    Currency base_currency;
    std::string time_zone;
    std::int64_t fiscal_year_start_month = 1;

    bool operator==(const ListedCompany&) const = default;
    static void describe(auto& row) {
        row.record("ListedCompany", "A company.")
            .field("company", &ListedCompany::company, "Its code.")
            .field("name", &ListedCompany::name, "Its name.")
            .field("base_currency", &ListedCompany::base_currency, "Currency of its books.")
            .field("time_zone", &ListedCompany::time_zone, "IANA name; says which day it is.")
            .field("fiscal_year_start_month", &ListedCompany::fiscal_year_start_month,
                   "Month in which its first fiscal year began; 1 is January.");
    }
};

struct CompanyList {
    static void describe(auto& query) {
        query.record("companies", "All companies, by code.")
            .every_company()
            .template answers<ListedCompany>(Times::both);
    }
};

class CompanyListModel {
public:
    explicit CompanyListModel(const Place& place) : companies_(place.table(1)) {}

    void on(const CompanyCreated&, const Recorded&);
    void on(const CompanyRenamed&, const Recorded&);
    void answer(const CompanyList&, const AsOf&, Page<ListedCompany>&) const;
    // Empty when no company has the code at the corner.
    std::optional<ListedCompany> find(const RowReader&, const CompanyCode&, const Corner&) const;

    // All companies at the corner, by code.
    std::vector<CompanyCode> codes(const AsOf&) const;

private:
    struct Key {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("ListedCompanyKey", "A company.")
                .field("company", &Key::company, "Its code.");
        }
    };
    DescribedRows<Key, ListedCompany> companies_;
};

ReadModelSpec company_list();

}  // namespace kontor::companies
