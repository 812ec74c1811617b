// What counterparties owe and are owed, by age, by day and as statements: the questions and rows.
#pragma once

#include "domain/settlement/kept_items.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct AgedBalance {
    parties::CounterpartyCode counterparty;
    std::optional<contracts::ContractCode> contract;
    Currency currency;
    Money total;
    Money not_due;
    std::map<std::string, Money> overdue;
    Money total_base;
    Money not_due_base;
    std::map<std::string, Money> overdue_base;

    bool operator==(const AgedBalance&) const = default;
    static void describe(auto& row) {
        row.record("AgedBalance", "What is open of a counterparty, contract and currency, by age.")
            .field("counterparty", &AgedBalance::counterparty, "The legal entity.")
            .field("contract", &AgedBalance::contract, "The contract.")
            .field("currency", &AgedBalance::currency, "The currency of its items.")
            .field("total", &AgedBalance::total, "All that is open.")
            .field("not_due", &AgedBalance::not_due, "What is due on the day or later.")
            .field("overdue", &AgedBalance::overdue,
                   "What is overdue, by days, such as 1-30 or 91+.")
            .field("total_base", &AgedBalance::total_base, "All, as booked, in base currency.")
            .field("not_due_base", &AgedBalance::not_due_base, "The same of what is not due.")
            .field("overdue_base", &AgedBalance::overdue_base, "The same of what is overdue.");
    }
};

struct AgedTotals {
    Money total_base;
    Money not_due_base;
    std::map<std::string, Money> overdue_base;

    bool operator==(const AgedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("AgedTotals", "Of all counterparties, as booked, in base currency.")
            .field("total_base", &AgedTotals::total_base, "All that is open.")
            .field("not_due_base", &AgedTotals::not_due_base, "What is not due.")
            .field("overdue_base", &AgedTotals::overdue_base, "What is overdue, by days.");
    }
};

struct Ageing {
    CompanyCode company;
    ItemSide side = ItemSide::receivable;
    std::optional<parties::CounterpartyCode> counterparty;
    std::vector<std::int64_t> days;

    static void describe(auto& query) {
        query
            .record("ageing",
                    "What is open at the end of the day `valid_at`, by how long it has been due "
                    "on that day; without a day everything counts as overdue longest. What is "
                    "allocated later is open, whenever it is asked.")
            .company(&Ageing::company)
            .field("company", &Ageing::company, "Whose books.")
            .field("side", &Ageing::side, "Receivables or payables.")
            .otherwise(ItemSide::receivable)
            .field("counterparty", &Ageing::counterparty, "Only of this legal entity.")
            .field("days", &Ageing::days,
                   "Last days of the age groups, ascending. Empty: 30, 60 and 90.")
            .otherwise_empty()
            .longest(12)
            .template answers<AgedBalance>(Times::both)
            .template totals<AgedTotals>();
    }
};

struct ForecastDay {
    Currency currency;
    Date day;
    Money incoming;
    Money outgoing;
    Money net;
    Money cumulated;

    bool operator==(const ForecastDay&) const = default;
    static void describe(auto& row) {
        row.record("ForecastDay", "What is due on a day in a currency.")
            .field("currency", &ForecastDay::currency, "The currency.")
            .field("day", &ForecastDay::day, "When it is due.")
            .field("incoming", &ForecastDay::incoming, "What customers owe then.")
            .field("outgoing", &ForecastDay::outgoing, "What suppliers are owed then.")
            .field("net", &ForecastDay::net, "The one less the other.")
            .field("cumulated", &ForecastDay::cumulated, "With all days before it.");
    }
};

struct CashForecast {
    CompanyCode company;
    std::optional<Currency> currency;
    std::optional<Date> from;

    static void describe(auto& query) {
        query
            .record("cash_forecast",
                    "What comes in and goes out by due days of what is open at the end of the day "
                    "`valid_at`.")
            .company(&CashForecast::company)
            .field("company", &CashForecast::company, "Whose books.")
            .field("currency", &CashForecast::currency, "Only in this currency.")
            .field("from", &CashForecast::from,
                   "What was due before counts on this day. Absent: on its own.")
            .template answers<ForecastDay>(Times::both);
    }
};

enum class MovementKind : std::uint8_t { opened, reversed, settled, taken_back };

void describe(auto& choice, MovementKind) {
    choice.choice("MovementKind", "Why a counterparty owes more or less.")
        .value("opened", "An invoice, a credit note, a payment.")
        .value("reversed", "Such was taken back.")
        .value("settled", "More was settled than was paid: a discount, another currency.")
        .value("taken_back", "That was taken back.");
}

struct StatementMovement {
    Date date;
    MovementKind movement = MovementKind::opened;
    ItemKind kind = ItemKind::invoice;
    ItemSide side = ItemSide::receivable;
    OpenItemId item;
    std::optional<std::string> document;
    std::optional<parties::PartyCode> party;
    std::string text;
    Money amount;
    Money balance;
    std::optional<contracts::ContractCode> contract;

    bool operator==(const StatementMovement&) const = default;
    static void describe(auto& row) {
        row.record("StatementMovement", "Why a counterparty owes more or less.")
            .field("date", &StatementMovement::date, "The day that it is posted on.")
            .field("movement", &StatementMovement::movement, "What happened.")
            .field("kind", &StatementMovement::kind, "What the item tells.")
            .field("side", &StatementMovement::side, "As a customer or as a supplier.")
            .field("item", &StatementMovement::item, "The item.")
            .field("document", &StatementMovement::document, "Number of its document.")
            .field("party", &StatementMovement::party, "The party that it was dealt with.")
            .field("text", &StatementMovement::text, "What it is.")
            .field("amount", &StatementMovement::amount, "What it owes more; below zero: less.")
            .field("balance", &StatementMovement::balance,
                   "What it owes in this currency after it.")
            .field("contract", &StatementMovement::contract, "The contract.");
    }
};

struct MovementTotals {
    std::map<std::string, Money> opening;
    std::map<std::string, Money> closing;

    bool operator==(const MovementTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("MovementTotals", "What the counterparty owes, by currency.")
            .field("opening", &MovementTotals::opening, "Before the first day.")
            .field("closing", &MovementTotals::closing, "At the end.");
    }
};

struct CounterpartyStatement {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    std::optional<parties::PartyCode> party;
    std::optional<ItemSide> side;
    std::optional<Currency> currency;
    std::optional<Date> from;
    std::optional<contracts::ContractCode> contract;

    static void describe(auto& query) {
        query
            .record("counterparty_statement",
                    "The account of a counterparty: what it owes and what settled that, by day "
                    "up to `valid_at`, with the balance after each.")
            .company(&CounterpartyStatement::company)
            .field("company", &CounterpartyStatement::company, "Whose books.")
            .field("counterparty", &CounterpartyStatement::counterparty, "The legal entity.")
            .field("party", &CounterpartyStatement::party,
                   "Only what was dealt with this party; payments that name none are left out.")
            .field("side", &CounterpartyStatement::side, "Only as a customer, or as a supplier.")
            .field("currency", &CounterpartyStatement::currency, "Only in this currency.")
            .field("from", &CounterpartyStatement::from, "From this day on. Absent: all.")
            .field("contract", &CounterpartyStatement::contract, "Only of this contract.")
            .template answers<StatementMovement>(Times::both)
            .template totals<MovementTotals>();
    }
};

struct Exposure {
    parties::CounterpartyCode counterparty;
    std::optional<contracts::ContractCode> contract;
    Money receivable;
    Money unallocated;
    Money exposure;

    bool operator==(const Exposure&) const = default;
    static void describe(auto& row) {
        row.record("Exposure", "What a customer owes in a currency.")
            .field("counterparty", &Exposure::counterparty, "The legal entity.")
            .field("contract", &Exposure::contract, "The contract.")
            .field("receivable", &Exposure::receivable, "Open items that it owes.")
            .field("unallocated", &Exposure::unallocated,
                   "Payments, advances and credit notes that settle nothing yet.")
            .field("exposure", &Exposure::exposure, "The one less the other.");
    }
};

struct Exposures {
    CompanyCode company;
    std::optional<parties::CounterpartyCode> counterparty;

    static void describe(auto& query) {
        query
            .record("receivable_exposure",
                    "What each customer owes at the end of the day `valid_at`, by currency and "
                    "contract.")
            .company(&Exposures::company)
            .field("company", &Exposures::company, "Whose books.")
            .field("counterparty", &Exposures::counterparty, "Only this legal entity.")
            .template answers<Exposure>(Times::both);
    }
};

}  // namespace kontor::settlement
