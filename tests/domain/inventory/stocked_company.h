// A company with one item and one warehouse whose commands are played with their flows.
#pragma once

#include "domain/inventory/counts.h"
#include "domain/inventory/landed_costs.h"
#include "domain/inventory/returns.h"
#include "domain/inventory/standard_costs.h"
#include "domain/inventory/stock_documents.h"
#include "domain/inventory/stock_policy.h"
#include "domain/inventory/write_downs.h"
#include "domain/parties/organisations.h"
#include "tests/support/given.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace kontor::inventory::stocked {

using test::day;
using test::nth;

inline const CompanyCode acme{"ACME"};

inline Unit pieces() { return unit_from("pcs").value(); }
inline Quantity pcs(std::string_view amount) { return quantity_from(amount, pieces()).value(); }
inline Money eur(std::string_view amount) { return test::money(amount, "EUR"); }

// Plays commands with their flows, as a company does.
class Books {
public:
    explicit Books(items::CostingMethod method = items::CostingMethod::moving_average,
                   bool with_accounts = true)
        : state_(test::the_catalog()) {
        companies::CreateCompany create;
        create.company = acme;
        create.name = "Acme";
        create.base_currency = test::currency("EUR");
        create.time_zone = "UTC";
        create.first_fiscal_year = 2026;
        create.chart = companies::Chart::standard;
        must(create);
        items::DefineUnit unit;
        unit.company = acme;
        unit.unit = pieces();
        unit.name = "pieces";
        unit.decimals = 0;
        must(unit);
        items::CreateItem mug;
        mug.company = acme;
        mug.item = {"mug"};
        mug.name = "Mug";
        mug.base_unit = pieces();
        must(mug);
        items::SetCosting costing;
        costing.company = acme;
        costing.from = day("2026-01-01");
        costing.method = method;
        must(costing);
        must(OpenWarehouse{acme, {"MAIN"}, "Main"});
        if (with_accounts) must(SetStockAccounts{acme, {}, accounts(), {"GEN"}});
    }
    static StockAccounts accounts() {
        return {{"1200"}, {"2200"}, {"5000"}, {"5000"}, {"5000"}, {"5000"}};
    }
    test::Played tries(const Message& command, Context context = {}) {
        context.today = day("2026-02-01");
        test::Played played =
            test::Play(test::the_catalog(), state_, test::Flows::run, context).run(command);
        if (played.refused) {
            state_.take_back();
        } else {
            state_.keep();
            events_.push_back(played.events);
        }
        return played;
    }
    template <class Command>
    test::Played must(const Command& command) {
        test::Played played = tries(Message::of(command));
        INFO(command_name<Command>()
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
    // The balance of an account as of a day, by dates of entries.
    std::int64_t balance(std::string_view account, std::string_view through) {
        std::int64_t sum = 0;
        state_.world().of<ledger::Entries>().each_from({}, [&](const ledger::EntryKey&,
                                                               const ledger::Entry& entry) {
            if (entry.date > day(through)) return true;
            for (const ledger::PostedLine& line : entry.lines)
                if (line.account.text == account)
                    sum += line.side == ledger::Side::debit ? line.base.minor : -line.base.minor;
            return true;
        });
        return sum;
    }
    const World& world() const { return state_.world(); }
    // What each accepted command has brought.
    const std::vector<std::vector<Message>>& events() const { return events_; }

private:
    template <class Command>
    static std::string_view command_name() {
        return type_of<Command>().name;
    }
    State state_;
    std::vector<std::vector<Message>> events_;
};

inline ReceiveStock receive(std::uint64_t document, std::string_view date,
                            std::string_view quantity, std::string_view cost) {
    return {acme,
            nth<StockDocumentId>(document),
            day(date),
            {},
            {{{"mug"}, pcs(quantity), {"MAIN"}, {}, eur(cost)}},
            {},
            "Receipt"};
}
inline IssueStock issue(std::uint64_t document, std::string_view date, std::string_view quantity) {
    return {acme,   nth<StockDocumentId>(document),           day(date),
            {},     {{{"mug"}, pcs(quantity), {"MAIN"}, {}}}, {},
            "Issue"};
}
inline CountStock count(std::uint64_t document, std::string_view date, std::string_view counted) {
    return {acme,   nth<StockDocumentId>(document),          day(date),
            {},     {{{"mug"}, {"MAIN"}, {}, pcs(counted)}}, {},
            "Count"};
}
inline TakeBackStock take_back(std::uint64_t document, std::string_view date,
                               std::string_view quantity) {
    return {acme, nth<StockDocumentId>(document),
            {},   day(date),
            {},   {{{"mug"}, pcs(quantity), {"MAIN"}, {}, {}}},
            {},   "Return"};
}
inline StockLineRef line_of(std::uint64_t document) { return {nth<StockDocumentId>(document), 1}; }
inline SendBackStock send_back(std::uint64_t document, std::string_view date, std::uint64_t receipt,
                               std::string_view quantity) {
    return {acme,    nth<StockDocumentId>(document),          day(date),
            {},      {{line_of(receipt), pcs(quantity), {}}}, {},
            "Return"};
}
inline AddLandedCost land(std::uint64_t id, LandedBasis basis, std::string_view amount,
                          std::vector<StockLineRef> lines) {
    return {acme,
            nth<LandedCostId>(id),
            {},
            basis,
            eur(amount),
            std::move(lines),
            ledger::AccountCode{"2300"},
            "Freight"};
}
inline SetStandardCost standard(std::string_view from, std::string_view cost) {
    return {acme, {"mug"}, day(from), eur(cost), pcs("1")};
}
inline AssessStock assess(std::string_view date, std::string_view realisable) {
    return {acme, {"mug"}, day(date), eur(realisable), pcs("1"), "Market"};
}
inline parties::RegisterOrganisation customer(std::string_view code) {
    parties::RegisterOrganisation organisation;
    organisation.company = acme;
    organisation.party = {std::string(code)};
    organisation.name = code;
    organisation.country = {"DE"};
    organisation.roles = {parties::PartyRole::customer};
    return organisation;
}
inline CorrectStockLine correct_cost(std::uint64_t document, std::string_view cost) {
    return {acme, nth<StockDocumentId>(document), 1, {}, eur(cost), "Wrong bill"};
}

}  // namespace kontor::inventory::stocked
