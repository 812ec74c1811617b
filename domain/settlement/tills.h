// Tills: desks with cash in them. What lies in one is never less than nothing, on any day, whatever
// comes to light about a day before.
#pragma once

#include "domain/settlement/open_items.h"

namespace kontor::settlement {

inline constexpr Reason till_exists{Refusal::conflict, "till_exists",
                                    "The company has a till with this code already."};
inline constexpr Reason till_unknown{Refusal::missing, "till_unknown",
                                     "The company has no till with this code."};
inline constexpr Reason till_account_taken{
    Refusal::conflict, "till_account_taken",
    "Another till has the account, or open items lie on it; what lies in a till is the balance of "
    "an account of its own."};
inline constexpr Reason till_account_unfit{
    Refusal::invalid, "till_account_unfit",
    "Cash is an asset: the account is of another kind, requires dimensions, or takes another "
    "currency."};
inline constexpr Reason till_currency_differs{Refusal::invalid, "till_currency_differs",
                                              "The till holds another currency."};
inline constexpr Reason cash_move_exists{Refusal::conflict, "cash_move_exists",
                                         "The company has a cash move with this id already."};
inline constexpr Reason cash_move_unknown{Refusal::missing, "cash_move_unknown",
                                          "The company has no cash move with this id."};
inline constexpr Reason cash_move_reversed{Refusal::conflict, "cash_move_reversed",
                                           "The cash move is taken back already."};

struct CashMoveThing {
    static constexpr Thing thing{"cash_move", ""};
};
using CashMoveId = Id<CashMoveThing>;

enum class CashWay : std::uint8_t { in, out };

void describe(auto& choice, CashWay) {
    choice.choice("CashWay", "Whether money came in or went out.")
        .value("in", "It came in.")
        .value("out", "It went out.");
}

struct TillOpened {
    CompanyCode company;
    TillCode till;
    std::string name;
    ledger::AccountCode account;
    Currency currency;

    bool operator==(const TillOpened&) const = default;
    static void describe(auto& event) {
        event.record("TillOpened", "The company has one more till.")
            .company(&TillOpened::company)
            .stream(&TillOpened::till)
            .on_recorded_day()
            .field("company", &TillOpened::company, "Whose till.")
            .field("till", &TillOpened::till, "Its code.")
            .field("name", &TillOpened::name, "Its name.")
            .field("account", &TillOpened::account, "The account that is what lies in it.")
            .field("currency", &TillOpened::currency, "What it holds.");
    }
};

struct CashMoved {
    CompanyCode company;
    CashMoveId move;
    TillCode till;
    Date date;
    std::optional<Date> belongs_to;
    CashWay way = CashWay::in;
    Money amount;
    Money base;
    ledger::AccountCode account;
    ledger::JournalCode journal;
    std::vector<ledger::EntryLine> lines;
    std::string text;

    bool operator==(const CashMoved&) const = default;
    static void describe(auto& event) {
        event.record("CashMoved", "Cash came into a till or went out of it, and no item says so.")
            .company(&CashMoved::company)
            .stream(&CashMoved::move)
            .on(&CashMoved::date)
            .field("company", &CashMoved::company, "Whose till.")
            .field("move", &CashMoved::move, "Its id.")
            .field("till", &CashMoved::till, "The till.")
            .field("date", &CashMoved::date, "The day that it is posted on.")
            .field("belongs_to", &CashMoved::belongs_to, "Its own day, where that was closed.")
            .field("way", &CashMoved::way, "In or out.")
            .field("amount", &CashMoved::amount, "How much.")
            .field("base", &CashMoved::base, "The same in base currency.")
            .field("account", &CashMoved::account, "The account of the till.")
            .field("journal", &CashMoved::journal, "The journal of the entry.")
            .field("lines", &CashMoved::lines, "The other lines of it.")
            .field("text", &CashMoved::text, "What happened.");
    }
};

struct CashMoveReversed {
    CompanyCode company;
    CashMoveId move;
    TillCode till;
    Date date;
    std::optional<Date> belongs_to;
    CashWay way = CashWay::in;
    Money amount;
    std::string reason;

    bool operator==(const CashMoveReversed&) const = default;
    static void describe(auto& event) {
        event.record("CashMoveReversed", "A cash move is taken back.")
            .company(&CashMoveReversed::company)
            .stream(&CashMoveReversed::move)
            .on(&CashMoveReversed::date)
            .field("company", &CashMoveReversed::company, "Whose till.")
            .field("move", &CashMoveReversed::move, "The cash move.")
            .field("till", &CashMoveReversed::till, "The till.")
            .field("date", &CashMoveReversed::date, "The day that the reversal is posted on.")
            .field("belongs_to", &CashMoveReversed::belongs_to,
                   "Its own day, where that was closed.")
            .field("way", &CashMoveReversed::way, "What the move was.")
            .field("amount", &CashMoveReversed::amount, "How much.")
            .field("reason", &CashMoveReversed::reason, "Why.");
    }
};

struct OpenTill {
    CompanyCode company;
    TillCode till;
    std::string name;
    ledger::AccountCode account;
    std::optional<Currency> currency;

    static void describe(auto& command) {
        command
            .record("OpenTill",
                    "Adds a till. Its account takes no line by hand from then on: it is what lies "
                    "in the till.")
            .company(&OpenTill::company)
            .stream(&OpenTill::till)
            .example(R"({"company": "DEMO", "till": "SHOP", "name": "Shop", "account": "1005"})")
            .field("company", &OpenTill::company, "Whose till.")
            .field("till", &OpenTill::till, "A code for it.")
            .field("name", &OpenTill::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("account", &OpenTill::account, "An account without a balance, for it alone.")
            .field("currency", &OpenTill::currency, "What it holds. Absent: base currency.")
            .refuses(companies::company_unknown, settlement_accounts_missing, till_exists,
                     ledger::account_unknown, ledger::account_is_summary, till_account_taken,
                     till_account_unfit, settlement_account_in_use);
    }
};

struct MoveCash {
    CompanyCode company;
    CashMoveId move;
    TillCode till;
    std::optional<Date> date;
    CashWay way = CashWay::in;
    Money amount;
    std::optional<Money> base;
    std::vector<ledger::EntryLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("MoveCash",
                    "Puts cash into a till or takes it out where no counterparty's item is paid: "
                    "from the bank, for stamps, what a count found more or less.")
            .company(&MoveCash::company)
            .stream(&MoveCash::move)
            .example(R"({"company": "DEMO", "move": "01980000-0000-7000-8000-00000000ec01",
                "till": "SHOP", "date": "2026-06-30", "way": "in", "amount": {"amount": "200.00",
                "currency": "EUR"}, "lines": [{"account": "1010", "side": "credit", "amount":
                {"amount": "200.00", "currency": "EUR"}}], "text": "Change from the bank"})")
            .field("company", &MoveCash::company, "Whose till.")
            .field("move", &MoveCash::move, "A new id, chosen by the client.")
            .field("till", &MoveCash::till, "A till of the company.")
            .field("date", &MoveCash::date, "The business day. Absent: today.")
            .field("way", &MoveCash::way, "In or out.")
            .field("amount", &MoveCash::amount, "Above zero, in the till's currency.")
            .field("base", &MoveCash::base,
                   "The same in base currency. Absent: at the company's rate of the day.")
            .field("lines", &MoveCash::lines, "The other lines of the entry, which balance it.")
            .shortest(1)
            .longest(999)
            .field("text", &MoveCash::text, "What happened.")
            .otherwise_empty()
            .longest(500)
            .refuses(till_unknown, cash_move_exists, till_currency_differs,
                     ledger::date_outside_calendar, ledger::period_closed,
                     ledger::period_soft_closed, ledger::amount_not_positive,
                     ledger::account_blocked, ledger::base_not_in_base_currency,
                     ledger::base_contradicts_amount, ledger::base_negative, ledger::rate_unknown,
                     ledger::account_unknown, line_on_item_account, ledger::account_is_control,
                     till_insufficient);
    }
};

struct ReverseCashMove {
    CompanyCode company;
    CashMoveId move;
    std::string reason;

    static void describe(auto& command) {
        command.record("ReverseCashMove", "Takes a cash move back, on its own day.")
            .company(&ReverseCashMove::company)
            .stream(&ReverseCashMove::move)
            .example(R"({"company": "DEMO", "move": "01980000-0000-7000-8000-00000000ec01",
                "reason": "It went into the other till"})")
            .field("company", &ReverseCashMove::company, "Whose till.")
            .field("move", &ReverseCashMove::move, "A cash move that stands.")
            .field("reason", &ReverseCashMove::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(cash_move_unknown, cash_move_reversed, ledger::period_closed,
                     ledger::period_soft_closed, till_insufficient);
    }
};

struct TillKey {
    CompanyCode company;
    TillCode till;

    auto operator<=>(const TillKey&) const = default;
    static void describe(auto& key) {
        key.record("TillKey", "A till of a company.")
            .field("company", &TillKey::company, "Whose till.")
            .field("till", &TillKey::till, "Its code.");
    }
};
struct Till {
    ledger::AccountCode account;
    Currency currency;
    std::int64_t balance = 0;

    static void describe(auto& record) {
        record.record("Till", "A till as decisions know it.")
            .field("account", &Till::account, "Its account.")
            .field("currency", &Till::currency, "What it holds.")
            .field("balance", &Till::balance, "After all days, in smallest units.");
    }
};
using Tills = Table<TillKey, Till>;

struct TillDayKey {
    CompanyCode company;
    TillCode till;
    Date day;

    auto operator<=>(const TillDayKey&) const = default;
    static void describe(auto& key) {
        key.record("TillDayKey", "A day of a till.")
            .field("company", &TillDayKey::company, "Whose till.")
            .field("till", &TillDayKey::till, "Its code.")
            .field("day", &TillDayKey::day, "The day.");
    }
};
struct TillDay {
    std::int64_t more = 0;
    static void describe(auto& record) {
        record.record("TillDay", "What came into a till on a day, less what went out.")
            .field("more", &TillDay::more, "In smallest units.");
    }
};
using TillDays = PagedTable<TillDayKey, TillDay>;

struct CashMoveKey {
    CompanyCode company;
    CashMoveId move;

    auto operator<=>(const CashMoveKey&) const = default;
    static void describe(auto& key) {
        key.record("CashMoveKey", "A cash move of a company.")
            .field("company", &CashMoveKey::company, "Whose till.")
            .field("move", &CashMoveKey::move, "Its id.");
    }
};
struct CashMove {
    TillCode till;
    Date date;
    CashWay way = CashWay::in;
    Money amount;
    bool reversed = false;

    static void describe(auto& record) {
        record.record("CashMove", "A cash move as decisions know it.")
            .field("till", &CashMove::till, "The till.")
            .field("date", &CashMove::date, "The day that it is posted on.")
            .field("way", &CashMove::way, "In or out.")
            .field("amount", &CashMove::amount, "How much.")
            .field("reversed", &CashMove::reversed, "It is taken back.");
    }
};
using CashMoves = PagedTable<CashMoveKey, CashMove>;

// Why so much more (less, below zero) cannot be in a till from a day on: till_insufficient.
Objection fault_of_till(const World&, const TillKey&, Date, std::int64_t more);
// The id of the entry of a cash move.
ledger::EntryId entry_of(const CashMoveId&);

// What a payment puts into its till, or with its reversal takes out again.
void apply(Tills&, const ItemChange&);
void apply(TillDays&, const ItemChange&);
// So much more is in the till of a payment; below zero: less. Of one in no till nothing.
std::int64_t more_in_till(const ItemFacts&);

Decision<TillOpened> decide(const World&, const OpenTill&, const Context&);
Decision<CashMoved> decide(const World&, const MoveCash&, const Context&);
Decision<CashMoveReversed> decide(const World&, const ReverseCashMove&, const Context&);
void evolve(Tills&, const TillOpened&);
void evolve(Tills&, const CashMoved&);
void evolve(TillDays&, const CashMoved&);
void evolve(CashMoves&, const CashMoved&);
void evolve(Tills&, const CashMoveReversed&);
void evolve(TillDays&, const CashMoveReversed&);
void evolve(CashMoves&, const CashMoveReversed&);

Part tills();

}  // namespace kontor::settlement
