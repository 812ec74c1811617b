// A sales order as it stands: what is sold, and what of it is delivered, earned and invoiced.
#pragma once

#include "domain/contracts/contract_defaults.h"
#include "domain/core/paged_table.h"
#include "domain/inventory/stock_documents.h"
#include "domain/parties/dealings.h"
#include "domain/pricing/prices.h"
#include "domain/sales/sales_accounts.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::sales {

struct SalesOrderThing {
    static constexpr Thing thing{"sales_order", "sales_orders"};
};
using SalesOrderId = Id<SalesOrderThing>;

// What leaves stock when a line is delivered: itself, or what a kit holds.
struct LeavingStock {
    items::ItemCode item;
    Quantity quantity;

    bool operator==(const LeavingStock&) const = default;
    static void describe(auto& record) {
        record.record("LeavingStock", "What leaves stock when a line is delivered.")
            .field("item", &LeavingStock::item, "Goods.")
            .field("quantity", &LeavingStock::quantity, "In their base unit.");
    }
};

// What a promotion gives on a line.
struct LinePromotion {
    pricing::PromotionCode promotion;
    Money amount;

    bool operator==(const LinePromotion&) const = default;
    static void describe(auto& record) {
        record.record("LinePromotion", "What a promotion gives on a line of an order.")
            .field("promotion", &LinePromotion::promotion, "The promotion.")
            .field("amount", &LinePromotion::amount, "What it takes off; above zero.");
    }
};

// A line as it is sold, with all that the command left to defaults.
struct SoldLine {
    std::int64_t line = 1;
    items::ItemCode item;
    std::string name;
    items::ItemKind kind = items::ItemKind::goods;
    Quantity quantity;
    Quantity base;
    UnitPrice price;
    Percent discount;
    Money amount;
    Money net;
    Money gross;
    std::vector<taxes::TaxCode> taxes;
    SalesAccounts accounts;
    ledger::JournalCode journal;
    std::optional<inventory::WarehouseCode> warehouse;
    std::vector<LeavingStock> leaves;
    Date due;
    std::string text;
    std::optional<pricing::PriceListCode> list{};
    std::optional<UnitPrice> list_price{};
    std::optional<Unit> price_unit{};
    std::vector<LinePromotion> promotions{};

    bool operator==(const SoldLine&) const = default;
    static void describe(auto& line) {
        line.record("SoldLine", "A line of a sales order.")
            .field("line", &SoldLine::line, "Its number, from 1.")
            .field("item", &SoldLine::item, "The item.")
            .field("name", &SoldLine::name, "What it was called on the day of the order.")
            .field("kind", &SoldLine::kind, "Goods, a service, or a kit of both.")
            .field("quantity", &SoldLine::quantity, "In the unit that it is sold in.")
            .field("base", &SoldLine::base, "The same in the item's base unit.")
            .field("price", &SoldLine::price,
                   "Of one of `price_unit`, or of the unit that it is sold in.")
            .field("discount", &SoldLine::discount, "What is taken off.")
            .field("amount", &SoldLine::amount,
                   "Quantity x price less the discount and what promotions give, as agreed.")
            .field("net", &SoldLine::net, "The same without taxes that the price includes.")
            .field("gross", &SoldLine::gross, "With all taxes that are charged.")
            .field("taxes", &SoldLine::taxes, "Its taxes.")
            .field("accounts", &SoldLine::accounts, "Where it is posted.")
            .field("journal", &SoldLine::journal, "In which journal.")
            .field("warehouse", &SoldLine::warehouse, "Where goods are taken from.")
            .field("leaves", &SoldLine::leaves,
                   "What leaves stock by it: goods themselves, or those of a kit.")
            .field("due", &SoldLine::due, "When it is to be delivered.")
            .field("text", &SoldLine::text, "What more is said of it.")
            .field("list", &SoldLine::list, "The price list that the price came from.")
            .field("list_price", &SoldLine::list_price, "What that says before discounts.")
            .field("price_unit", &SoldLine::price_unit,
                   "What the price is for one of, where it is another unit.")
            .field("promotions", &SoldLine::promotions, "What promotions give on it.")
            .otherwise_empty();
    }
};

// An amount in the order's currency, and what it is booked at.
struct BookedAmount {
    Money amount;
    Money base;

    bool operator==(const BookedAmount&) const = default;
    static void describe(auto& record) {
        record.record("BookedAmount", "An amount, and what it is booked at.")
            .field("amount", &BookedAmount::amount, "In the order's currency.")
            .field("base", &BookedAmount::base, "In base currency.");
    }
};

// What has become of a line: quantities in millionths of the base unit, amounts without tax. What
// is delivered and not invoiced is an asset, what is invoiced and not delivered a liability; a line
// has one of them at most.
struct SoldProgress {
    std::int64_t delivered = 0;
    std::int64_t returned = 0;
    std::int64_t invoiced = 0;
    std::int64_t earned_minor = 0;
    std::int64_t earned_base = 0;
    std::int64_t invoiced_minor = 0;
    std::int64_t invoiced_amount = 0;
    std::int64_t unbilled_minor = 0;
    std::int64_t unbilled_base = 0;
    std::int64_t liability_minor = 0;
    std::int64_t liability_base = 0;

    std::int64_t kept() const { return delivered - returned; }
    bool operator==(const SoldProgress&) const = default;
    static void describe(auto& record) {
        record.record("SoldProgress", "What has become of a line.")
            .field("delivered", &SoldProgress::delivered, "What went, in millionths.")
            .field("returned", &SoldProgress::returned, "What of that came back.")
            .field("invoiced", &SoldProgress::invoiced, "What is invoiced, less credits.")
            .field("earned_minor", &SoldProgress::earned_minor, "Revenue of what was delivered.")
            .field("earned_base", &SoldProgress::earned_base, "What that is booked at.")
            .field("invoiced_minor", &SoldProgress::invoiced_minor, "Net amount invoiced.")
            .field("invoiced_amount", &SoldProgress::invoiced_amount,
                   "The same as agreed, with taxes that the price includes.")
            .field("unbilled_minor", &SoldProgress::unbilled_minor,
                   "Delivered and not invoiced, in the order's currency.")
            .field("unbilled_base", &SoldProgress::unbilled_base, "What that is booked at.")
            .field("liability_minor", &SoldProgress::liability_minor,
                   "Invoiced and not delivered, in the order's currency.")
            .field("liability_base", &SoldProgress::liability_base, "What that is booked at.");
    }
};

struct SalesLineState {
    SoldLine sold;
    SoldProgress progress;
    bool closed = false;

    static void describe(auto& record) {
        record.record("SalesLineState", "A line of a sales order as it stands.")
            .field("sold", &SalesLineState::sold, "The line.")
            .field("progress", &SalesLineState::progress, "What has become of it.")
            .field("closed", &SalesLineState::closed, "Nothing more of it is delivered.");
    }
};

// What is still to be delivered of a line, in millionths of the base unit; 0 where it is closed.
// What came back is not delivered again.
std::int64_t undelivered_of(const SalesLineState&);

// What of a line is not invoiced yet, with taxes: what is still to go and what went, less what was
// invoiced of it.
std::int64_t uninvoiced_of(const SalesLineState&);

struct SalesOrderKey {
    CompanyCode company;
    SalesOrderId order;

    auto operator<=>(const SalesOrderKey&) const = default;
    static void describe(auto& key) {
        key.record("SalesOrderKey", "A sales order of a company.")
            .field("company", &SalesOrderKey::company, "Who sells.")
            .field("order", &SalesOrderKey::order, "Its id.");
    }
};

struct SalesOrder {
    parties::PartyCode customer;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;
    Date date;
    std::int64_t version = 1;
    std::optional<std::string> held;
    std::vector<SalesLineState> lines;
    bool released = false;

    // Null: it has none with this number.
    const SalesLineState* line(std::int64_t number) const;
    static void describe(auto& record) {
        record.record("SalesOrder", "A sales order as decisions know it.")
            .field("customer", &SalesOrder::customer, "Who buys.")
            .field("counterparty", &SalesOrder::counterparty, "Who pays.")
            .field("contract", &SalesOrder::contract, "What it is under.")
            .field("currency", &SalesOrder::currency, "What it is in.")
            .field("date", &SalesOrder::date, "Its day.")
            .field("version", &SalesOrder::version, "1, and one more by each amendment.")
            .field("held", &SalesOrder::held, "Why nothing of it is delivered for now.")
            .field("lines", &SalesOrder::lines, "Its lines, by number.")
            .field("released", &SalesOrder::released,
                   "Somebody answers for it, whatever credit limits say.")
            .otherwise(false);
    }
};
using SalesOrders = PagedTable<SalesOrderKey, SalesOrder>;

std::int64_t uninvoiced_of(const SalesOrder&);

// How what is ordered and not invoiced changes, for whom and under which contract.
struct UninvoicedChange {
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Money amount;

    bool operator==(const UninvoicedChange&) const = default;
    static void describe(auto& record) {
        record.record("UninvoicedChange", "How what is ordered and not invoiced changes.")
            .field("counterparty", &UninvoicedChange::counterparty, "Who pays.")
            .field("contract", &UninvoicedChange::contract, "Under which contract.")
            .field("amount", &UninvoicedChange::amount, "With taxes; below zero: it is less.");
    }
};
UninvoicedChange change_between(const SalesOrder& before, const SalesOrder& after);

struct UninvoicedKey {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    contracts::ContractCode contract;
    Currency currency;

    auto operator<=>(const UninvoicedKey&) const = default;
    static void describe(auto& key) {
        key.record("UninvoicedKey", "Sales to a counterparty under a contract, in a currency.")
            .field("company", &UninvoicedKey::company, "Who sells.")
            .field("counterparty", &UninvoicedKey::counterparty, "Who pays.")
            .field("contract", &UninvoicedKey::contract, "Under which contract.")
            .field("currency", &UninvoicedKey::currency, "In which currency.");
    }
};

struct Uninvoiced {
    std::int64_t minor = 0;

    static void describe(auto& record) {
        record.record("Uninvoiced", "What is ordered and not invoiced yet, with taxes.")
            .field("minor", &Uninvoiced::minor, "In smallest units.");
    }
};
using UninvoicedSales = Table<UninvoicedKey, Uninvoiced>;

void apply(UninvoicedSales&, const CompanyCode&, const UninvoicedChange&);
// What is ordered and not invoiced of a counterparty by currency: under all contracts, or one.
std::vector<Money> uninvoiced_of(const World&, const CompanyCode&, const parties::CounterpartyCode&,
                                 const std::optional<contracts::ContractCode>& contract = {});

// What a part of a line has of its net amount, so that parts come to the whole: of what is left of
// the amount as much as of what is left of the quantity, rounded half up. All in smallest units and
// millionths; `part` is above zero and at most `left_quantity`.
std::int64_t share_of_rest(std::int64_t left_minor, std::int64_t left_quantity, std::int64_t part);

}  // namespace kontor::sales
