// The off-balance sheet: what stands on accounts outside double entry, and what moved them.
#pragma once

#include "domain/ledger/off_balance.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <optional>
#include <string>

namespace kontor::ledger {

struct OffBalanceRow {
    OffBalanceAccountCode account;
    std::string name;
    Money opening;
    Money came;
    Money left;
    Money closing;

    bool operator==(const OffBalanceRow&) const = default;
    static void describe(auto& row) {
        row.record("OffBalanceRow", "An off-balance account from opening to closing.")
            .field("account", &OffBalanceRow::account, "Its code.")
            .field("name", &OffBalanceRow::name, "Its name.")
            .field("opening", &OffBalanceRow::opening, "What was on it before the first day.")
            .field("came", &OffBalanceRow::came, "What came onto it: the debit.")
            .field("left", &OffBalanceRow::left, "What left it: the credit.")
            .field("closing", &OffBalanceRow::closing, "What is on it on the last day.");
    }
};

struct OffBalanceSheet {
    CompanyCode company;
    std::optional<Date> from;

    static void describe(auto& query) {
        query
            .record("off_balance_sheet",
                    "Off-balance accounts from a day to `valid_at`, in base currency. They are in "
                    "no statement and no trial balance, and their sum would mean nothing.")
            .company(&OffBalanceSheet::company)
            .field("company", &OffBalanceSheet::company, "Whose books.")
            .field("from", &OffBalanceSheet::from, "First day. Absent: the first of all.")
            .template answers<OffBalanceRow>(Times::both);
    }
};

struct ListedOffBalance {
    OffBalanceRecordId record;
    Date date;
    OffBalanceAccountCode account;
    OffBalanceSide side = OffBalanceSide::comes;
    Money amount;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<std::string> document;
    std::string text;

    bool operator==(const ListedOffBalance&) const = default;
    static void describe(auto& row) {
        row.record("ListedOffBalance", "What came onto an off-balance account, or left it.")
            .field("record", &ListedOffBalance::record, "The record.")
            .field("date", &ListedOffBalance::date, "The business day.")
            .field("account", &ListedOffBalance::account, "The account.")
            .field("side", &ListedOffBalance::side, "Which way it moved.")
            .field("amount", &ListedOffBalance::amount, "What it is worth, in base currency.")
            .field("dimensions", &ListedOffBalance::dimensions, "Values by dimension.")
            .field("document", &ListedOffBalance::document, "Number of the source document.")
            .field("text", &ListedOffBalance::text, "What happened.");
    }
};

struct OffBalanceRecordList {
    CompanyCode company;
    std::optional<OffBalanceAccountCode> account;
    std::optional<Date> from;

    static void describe(auto& query) {
        query
            .record("off_balance_records",
                    "What came onto off-balance accounts or left them up to `valid_at`, by day; "
                    "what was reversed is not there.")
            .company(&OffBalanceRecordList::company)
            .field("company", &OffBalanceRecordList::company, "Whose books.")
            .field("account", &OffBalanceRecordList::account, "Only of this account.")
            .field("from", &OffBalanceRecordList::from, "First day.")
            .template answers<ListedOffBalance>(Times::both);
    }
};

class OffBalanceModel {
public:
    explicit OffBalanceModel(const Place& place)
        : accounts_(place.table(1)), totals_(place.table(2), 2), records_(place.table(3)) {}

    void on(const OffBalanceAccountOpened&, const Recorded&);
    void on(const OffBalanceAccountRenamed&, const Recorded&);
    void on(const OffBalanceRecorded&, const Recorded&);
    void on(const OffBalanceReversed&, const Recorded&);
    void answer(const OffBalanceSheet&, const AsOf&, Page<OffBalanceRow>&) const;
    void answer(const OffBalanceRecordList&, const AsOf&, Page<ListedOffBalance>&) const;
    void explain(const OffBalanceSheet&, const ExplainedRow&, const AsOf&, Explanation&) const;

private:
    struct NamedAccount {
        OffBalanceAccountCode account;
        std::string name;
        static void describe(auto& row) {
            row.record("NamedOffBalanceAccount", "An off-balance account.")
                .field("account", &NamedAccount::account, "Its code.")
                .field("name", &NamedAccount::name, "Its name.");
        }
    };
    // By day, so that a list is read in its order.
    struct PlaceOfRecord {
        CompanyCode company;
        Date date;
        OffBalanceRecordId record;
        auto operator<=>(const PlaceOfRecord&) const = default;
        static void describe(auto& key) {
            key.record("PlaceOfOffBalanceRecord", "A record by its day.")
                .field("company", &PlaceOfRecord::company, "Whose books.")
                .field("date", &PlaceOfRecord::date, "The business day.")
                .field("record", &PlaceOfRecord::record, "The record.");
        }
    };
    OffBalanceRow row_of(const OffBalanceSheet&, const AsOf&, const NamedAccount&,
                         Currency base) const;

    DescribedRows<OffBalanceAccountKey, NamedAccount> accounts_;
    TwoTimeTotals totals_;  // what came and what left, by account
    DescribedRows<PlaceOfRecord, ListedOffBalance> records_;
};

ReadModelSpec off_balance_model();

}  // namespace kontor::ledger
