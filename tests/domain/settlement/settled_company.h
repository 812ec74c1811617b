// A company with customers and suppliers whose commands are played with their flows.
#pragma once

#include "domain/ledger/opening_balances.h"
#include "domain/ledger/rates.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/merges.h"
#include "domain/settlement/payments.h"
#include "domain/settlement/write_offs.h"
#include "tests/support/given.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kontor::settlement::settled {

using test::day;
using test::nth;

inline const CompanyCode acme{"ACME"};

inline Money eur(std::string_view amount) { return test::money(amount, "EUR"); }
inline Money usd(std::string_view amount) { return test::money(amount, "USD"); }
inline Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }
inline OpenItemId item(std::uint64_t number) { return nth<OpenItemId>(number); }
inline AllocationId allocation(std::uint64_t number) { return nth<AllocationId>(number); }

inline ledger::EntryLine line(std::string_view account, ledger::Side side, Money amount) {
    ledger::EntryLine made;
    made.account = {std::string(account)};
    made.side = side;
    made.amount = amount;
    return made;
}
inline ledger::EntryLine debit(std::string_view account, Money amount) {
    return line(account, ledger::Side::debit, amount);
}
inline ledger::EntryLine credit(std::string_view account, Money amount) {
    return line(account, ledger::Side::credit, amount);
}

// Plays commands with their flows, as a company does.
class Books {
public:
    explicit Books(bool with_accounts = true) : state_(test::the_catalog()) {
        companies::CreateCompany create;
        create.company = acme;
        create.name = "Acme";
        create.base_currency = test::currency("EUR");
        create.time_zone = "UTC";
        create.first_fiscal_year = 2026;
        create.chart = companies::Chart::standard;
        must(create);
        account("1020", "Dollars in the bank", ledger::AccountKind::asset, "1");
        account("1005", "Till", ledger::AccountKind::asset, "1");
        account("1120", "Advances to suppliers", ledger::AccountKind::asset, "1");
        account("2110", "Advances from customers", ledger::AccountKind::liability, "2");
        account("2120", "Received, not invoiced", ledger::AccountKind::liability, "2");
        account("9000", "Opening account", ledger::AccountKind::equity, "3");
        for (const char* code : {"ALDER", "BIRCH"})
            must(parties::RegisterCounterparty{acme, {code}, code, "Ltd", {"GB"}, {}});
        if (with_accounts) must(accounts());
    }
    static SetSettlementAccounts accounts() {
        return {acme,
                {{"1100"},
                 {"2000"},
                 {"2110"},
                 {"1120"},
                 {"4910"},
                 {"5800"},
                 {"4090"},
                 {"4900"},
                 {"5700"},
                 {"5900"},
                 {}},
                {{"SAL"}, {"PUR"}, {"BNK"}},
                100};
    }
    void account(const char* code, const char* name, ledger::AccountKind kind, const char* parent) {
        ledger::OpenAccount open;
        open.company = acme;
        open.account = {code};
        open.name = name;
        open.kind = kind;
        open.parent = ledger::AccountCode{parent};
        must(open);
    }
    void rate_of(const char* date, const char* eur_for_usd) {
        must(ledger::SetRate{acme, ledger::RateType::spot, test::currency("USD"),
                             test::currency("EUR"), day(date), rate(eur_for_usd)});
    }
    test::Played tries(const Message& command, Context context = {}) {
        context.today = day("2026-06-15");
        context.actor = "ann";
        test::Played played =
            test::Play(test::the_catalog(), state_, test::Flows::run, context).run(command);
        if (played.refused)
            state_.take_back();
        else
            state_.keep();
        return played;
    }
    template <class Command>
    test::Played must(const Command& command) {
        test::Played played = tries(Message::of(command));
        INFO(type_of<Command>().name
             << (played.refused ? ": " + played.refused.text() : std::string()));
        REQUIRE_FALSE(played.refused);
        return played;
    }
    template <class Command>
    Objection refused(const Command& command) {
        const test::Played played = tries(Message::of(command));
        REQUIRE(played.refused);
        return played.refused;
    }
    // What an account stands at as of a day, in base currency, debits above zero.
    std::int64_t balance(std::string_view account, std::string_view through = "2026-12-31") const {
        std::int64_t sum = 0;
        world().of<ledger::Entries>().each_from(
            {}, [&](const ledger::EntryKey&, const ledger::Entry& entry) {
                if (entry.date > day(through)) return true;
                for (const ledger::PostedLine& line : entry.lines)
                    if (line.account.text == account)
                        sum += signed_minor(line.side, line.base.minor);
                return true;
            });
        return sum;
    }
    std::int64_t entries() const {
        std::int64_t count = 0;
        world().of<ledger::Entries>().each_from(
            {}, [&](const ledger::EntryKey&, const ledger::Entry&) { return ++count > 0; });
        return count;
    }
    Money open(std::uint64_t number) const {
        return world().of<OpenItems>().find({acme, item(number)})->open();
    }
    const World& world() const { return state_.world(); }

private:
    State state_;
};

// An invoice without tax, due thirty days after its day.
inline OpenItem invoice(std::uint64_t number, std::string_view date, Money amount,
                        ItemSide side = ItemSide::receivable, const char* whose = "ALDER") {
    OpenItem open;
    open.company = acme;
    open.item = item(number);
    open.side = side;
    open.counterparty = {whose};
    open.date = day(date);
    open.amount = amount;
    open.instalments = {{day(date) + 30, amount, {}, {}}};
    open.lines = {side == ItemSide::receivable ? credit("4000", amount) : debit("5000", amount)};
    return open;
}
inline RecordPayment payment(std::uint64_t number, std::string_view date, Money amount,
                             PaymentWay way = PaymentWay::received, const char* whose = "ALDER") {
    RecordPayment record;
    record.company = acme;
    record.payment = item(number);
    record.way = way;
    record.counterparty = {whose};
    record.date = day(date);
    record.amount = amount;
    record.account =
        ledger::AccountCode{amount.currency == test::currency("EUR") ? "1010" : "1020"};
    return record;
}
inline AllocationAsk of(std::uint64_t number) {
    AllocationAsk ask;
    ask.item = item(number);
    return ask;
}
inline AllocateItem allocate(std::uint64_t number, std::uint64_t by, std::string_view date,
                             std::vector<AllocationAsk> asks) {
    AllocateItem made;
    made.company = acme;
    made.allocation = allocation(number);
    made.by = item(by);
    made.date = day(date);
    made.items = std::move(asks);
    return made;
}

}  // namespace kontor::settlement::settled
