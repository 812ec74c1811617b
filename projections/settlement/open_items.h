// Open items: what is open of whom, how old it is, and how it came about, at any corner of the two
// times.
#pragma once

#include "domain/companies/companies.h"
#include "domain/settlement/payments.h"
#include "domain/settlement/write_offs.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/settlement/ageing.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct ListedItem {
    OpenItemId item;
    std::int64_t line = 1;
    ItemKind kind = ItemKind::invoice;
    ItemSide side = ItemSide::receivable;
    std::optional<parties::PartyCode> party;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    Date document_date;
    Date date;
    Date due;
    ledger::AccountCode account;
    Money amount;
    Money open;
    Money open_base;
    std::string text;
    std::optional<contracts::ContractCode> contract;
    std::optional<std::string> held;

    bool operator==(const ListedItem&) const = default;
    static void describe(auto& row) {
        row.record("ListedOpenItem", "An instalment of an item.")
            .field("item", &ListedItem::item, "The item.")
            .field("line", &ListedItem::line, "Which of its instalments, from 1.")
            .field("kind", &ListedItem::kind, "What it tells.")
            .field("side", &ListedItem::side, "Of a customer or a supplier.")
            .field("party", &ListedItem::party, "The party that it was dealt with.")
            .field("counterparty", &ListedItem::counterparty, "The legal entity.")
            .field("document", &ListedItem::document, "Number of its document.")
            .field("document_date", &ListedItem::document_date, "Date of that.")
            .field("date", &ListedItem::date, "The day that it is posted on.")
            .field("due", &ListedItem::due, "When it is due.")
            .field("account", &ListedItem::account, "The account that it lies on.")
            .field("amount", &ListedItem::amount,
                   "What the customer owes, or the supplier is owed; credit notes and payments are "
                   "below zero.")
            .field("open", &ListedItem::open, "What of it is open.")
            .field("open_base", &ListedItem::open_base, "What that is booked at.")
            .field("text", &ListedItem::text, "What it is.")
            .field("contract", &ListedItem::contract, "The contract.")
            .field("held", &ListedItem::held,
                   "Why it is held back from payment; absent: it is not.");
    }
};

struct OpenItemTotals {
    Money receivable;
    Money payable;

    bool operator==(const OpenItemTotals&) const = default;
    static void describe(auto& totals) {
        totals
            .record("OpenItemTotals",
                    "What is open of all items that are asked for, as booked, in base currency.")
            .field("receivable", &OpenItemTotals::receivable, "What customers owe.")
            .field("payable", &OpenItemTotals::payable, "What suppliers are owed.");
    }
};

struct OpenItemList {
    CompanyCode company;
    std::optional<ItemSide> side;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<parties::PartyCode> party;
    std::optional<Currency> currency;
    bool settled = false;
    std::optional<contracts::ContractCode> contract;

    static void describe(auto& query) {
        query
            .record("open_items",
                    "Instalments of which something is open at the end of the day `valid_at`: "
                    "what is owed, and what payments and credit notes have not settled.")
            .company(&OpenItemList::company)
            .field("company", &OpenItemList::company, "Whose books.")
            .field("side", &OpenItemList::side, "Only of customers, or of suppliers.")
            .field("counterparty", &OpenItemList::counterparty, "Only of this legal entity.")
            .field("party", &OpenItemList::party, "Only what was dealt with this party.")
            .field("currency", &OpenItemList::currency, "Only in this currency.")
            .field("settled", &OpenItemList::settled, "Those of which nothing is open too.")
            .otherwise(false)
            .field("contract", &OpenItemList::contract, "Only of this contract.")
            .template answers<ListedItem>(Times::both)
            .template totals<OpenItemTotals>();
    }
};

struct ListedPayment {
    OpenItemId payment;
    PaymentWay way = PaymentWay::received;
    ItemSide side = ItemSide::receivable;
    parties::CounterpartyCode counterparty;
    std::optional<std::string> document;
    Date date;
    Money amount;
    Money unallocated;
    ledger::AccountCode account;
    std::optional<TillCode> till;
    std::string text;
    std::optional<PaymentRunId> run;
    std::optional<parties::BankAccountCode> bank_account;
    std::vector<std::string> documents;

    bool operator==(const ListedPayment&) const = default;
    static void describe(auto& row) {
        row.record("ListedPayment", "A payment.")
            .field("payment", &ListedPayment::payment, "Its id.")
            .field("way", &ListedPayment::way, "Received or paid.")
            .field("side", &ListedPayment::side, "Of a customer or a supplier.")
            .field("counterparty", &ListedPayment::counterparty, "The legal entity.")
            .field("document", &ListedPayment::document, "The bank's reference.")
            .field("date", &ListedPayment::date, "The day that it is posted on.")
            .field("amount", &ListedPayment::amount, "How much.")
            .field("unallocated", &ListedPayment::unallocated, "What of it settles nothing yet.")
            .field("account", &ListedPayment::account, "The account of the bank or till.")
            .field("till", &ListedPayment::till, "The till.")
            .field("text", &ListedPayment::text, "What it is.")
            .field("run", &ListedPayment::run, "The payment run that it is of.")
            .field("bank_account", &ListedPayment::bank_account,
                   "The account of the counterparty that it goes to.")
            .field("documents", &ListedPayment::documents,
                   "Numbers of the documents that it settled at once.");
    }
};

struct PaymentList {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<PaymentWay> way;
    bool unallocated = false;
    std::optional<PaymentRunId> run = std::nullopt;

    static void describe(auto& query) {
        query
            .record("payments",
                    "Payments up to the end of the day `valid_at`, by day; what was "
                    "taken back by then is left out.")
            .company(&PaymentList::company)
            .field("company", &PaymentList::company, "Whose books.")
            .field("counterparty", &PaymentList::counterparty, "Only of this legal entity.")
            .field("way", &PaymentList::way, "Only received ones, or paid ones.")
            .field("unallocated", &PaymentList::unallocated,
                   "Only those that have not settled something with all they are.")
            .otherwise(false)
            .field("run", &PaymentList::run, "Only those of this payment run.")
            .template answers<ListedPayment>(Times::both);
    }
};

struct ListedTill {
    TillCode till;
    std::string name;
    ledger::AccountCode account;
    Money balance;

    bool operator==(const ListedTill&) const = default;
    static void describe(auto& row) {
        row.record("ListedTill", "A till.")
            .field("till", &ListedTill::till, "Its code.")
            .field("name", &ListedTill::name, "Its name.")
            .field("account", &ListedTill::account, "Its account.")
            .field("balance", &ListedTill::balance, "What lies in it.");
    }
};

struct TillList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("tills", "The company's tills, and what lies in them on the day `valid_at`.")
            .company(&TillList::company)
            .field("company", &TillList::company, "Whose.")
            .template answers<ListedTill>(Times::both);
    }
};

class OpenItemModel {
public:
    explicit OpenItemModel(const Place& place)
        : bases_(place.table(1)),
          instalments_(place.table(2)),
          payments_(place.table(3)),
          movements_(place.table(4)),
          tills_(place.table(5)),
          open_(place.table(6), 2),
          due_(place.table(7), 2),
          due_of_all_(place.table(8), 2),
          exposures_(place.table(9), 2),
          cash_(place.table(10), 1),
          held_(place.table(11)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const ItemOpened&, const Recorded&);
    void on(const ItemReversed&, const Recorded&);
    void on(const ItemsAllocated&, const Recorded&);
    void on(const AllocationTakenBack&, const Recorded&);
    void on(const PaymentRecorded&, const Recorded&);
    void on(const ItemWrittenOff&, const Recorded&);
    void on(const ItemPaymentHeld&, const Recorded&);
    void on(const ItemPaymentReleased&, const Recorded&);
    void on(const TillOpened&, const Recorded&);
    void on(const CashMoved&, const Recorded&);
    void on(const CashMoveReversed&, const Recorded&);
    void answer(const OpenItemList&, const AsOf&, Page<ListedItem>&) const;
    void answer(const PaymentList&, const AsOf&, Page<ListedPayment>&) const;
    void answer(const TillList&, const AsOf&, Page<ListedTill>&) const;
    void answer(const Ageing&, const AsOf&, Page<AgedBalance>&) const;
    void answer(const CashForecast&, const AsOf&, Page<ForecastDay>&) const;
    void answer(const CounterpartyStatement&, const AsOf&, Page<StatementMovement>&) const;
    void answer(const Exposures&, const AsOf&, Page<Exposure>&) const;

    // Instalments of items on a side, of one counterparty or of all, in the order of their keys
    // behind a place; of which something is open at the corner, or all. Until `call` says no.
    void each_open(const AsOf&, const CompanyCode&, ItemSide,
                   const std::optional<parties::CounterpartyCode>&, std::string_view after,
                   const std::function<bool(std::string key, const ListedItem&)>& call,
                   bool settled = false) const;

private:
    struct CompanyRow {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("CompanyOfItemsKey", "A company.")
                .field("company", &CompanyRow::company, "Its code.");
        }
    };
    struct CompanyCurrency {
        Currency currency;
        static void describe(auto& row) {
            row.record("CurrencyOfItems", "What items are booked in.")
                .field("currency", &CompanyCurrency::currency, "The company's base currency.");
        }
    };
    struct HeldItem {
        std::string reason;
        static void describe(auto& row) {
            row.record("HeldItem", "An item that is held back from payment.")
                .field("reason", &HeldItem::reason, "Why.");
        }
    };
    struct PaymentRow {
        CompanyCode company;
        Date date;
        OpenItemId payment;
        static void describe(auto& key) {
            key.record("ListedPaymentKey", "A payment of a company.")
                .field("company", &PaymentRow::company, "Whose books.")
                .field("date", &PaymentRow::date, "Its day.")
                .field("payment", &PaymentRow::payment, "Its id.");
        }
    };
    struct MovementRow {
        CompanyCode company;
        parties::CounterpartyCode counterparty;
        Date day;
        std::int64_t position = 0;
        std::int64_t number = 0;
        static void describe(auto& key) {
            key.record("StatementMovementKey", "A movement of a counterparty's account.")
                .field("company", &MovementRow::company, "Whose books.")
                .field("counterparty", &MovementRow::counterparty, "Whose account.")
                .field("day", &MovementRow::day, "Its day.")
                .field("position", &MovementRow::position, "The commit that it is of.")
                .field("number", &MovementRow::number, "Which one of that.");
        }
    };
    struct TillRow {
        CompanyCode company;
        TillCode till;
        static void describe(auto& key) {
            key.record("ListedTillKey", "A till of a company.")
                .field("company", &TillRow::company, "Whose.")
                .field("till", &TillRow::till, "Its code.");
        }
    };
    // One change of what is open of an instalment.
    struct Change {
        const CompanyCode& company;
        const SettledPart& part;
        std::int64_t debit = 0;  // debits above zero
        std::int64_t base = 0;
    };
    static DueKey due_key(const CompanyCode&, const SettledPart&);
    void add(const Recorded&, Date, const Change&) const;
    void open(const Recorded&, const CompanyCode&, const OpenItemId&, Date, const ItemFacts&,
              bool reversed) const;
    void settle(const Recorded&, const CompanyCode&, Date, const std::vector<AllocatedPart>&,
                bool taken_back) const;
    void move(const Recorded&, const CompanyCode&, const parties::CounterpartyCode&, Date,
              std::int64_t number, const StatementMovement&) const;
    void add_cash(const Recorded&, const CompanyCode&, const TillCode&, Date,
                  std::int64_t more) const;
    Currency currency_of(const AsOf&, const CompanyCode&) const;

    DescribedRows<CompanyRow, CompanyCurrency> bases_;
    DescribedRows<DueKey, ListedItem> instalments_;
    DescribedRows<PaymentRow, ListedPayment> payments_;
    DescribedRows<MovementRow, StatementMovement> movements_;
    DescribedRows<TillRow, ListedTill> tills_;
    TwoTimeTotals open_;  // by DueKey: debits, and what they are booked at
    TwoTimeTotals due_;   // the same by company, side, counterparty, contract, currency and due day
    TwoTimeTotals due_of_all_;  // the same of all counterparties
    TwoTimeTotals exposures_;   // by company, counterparty, contract and currency: receivables and
                                // what is received, both above zero
    TwoTimeTotals cash_;        // by till
    DescribedRows<OpenItemKey, HeldItem> held_;
};

ReadModelSpec open_items_model();

}  // namespace kontor::settlement
