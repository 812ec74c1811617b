// Costs that came with goods, however late their bill.
#include "domain/inventory/landed_costs.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

constexpr std::int64_t one = 1'000'000;

std::vector<std::int64_t> shares(std::string_view amount, LandedBasis basis,
                                 const std::vector<BearingLine>& lines) {
    std::vector<std::int64_t> shares;
    for (const LandedPart& part : spread(eur(amount), basis, lines)) shares.push_back(part.cost);
    return shares;
}

}  // namespace

TEST_CASE("a landed cost is spread to the last cent, and no share is below zero") {
    using Shares = std::vector<std::int64_t>;
    const std::vector<BearingLine> worth{{one, 0, 120'00, 0}, {one, 0, 200'00, 0}, {one, 0, 0, 0}};
    CHECK(shares("80.00", LandedBasis::value, worth) == Shares{30'00, 50'00, 0});
    const std::vector<BearingLine> seven(7, {one, 0, 1'00, 0});
    CHECK(shares("0.04", LandedBasis::equal, seven) == Shares{1, 1, 1, 1, 0, 0, 0});
    const std::vector<BearingLine> heavy{{2 * one, 0, 0, 3 * one}, {6 * one, 2 * one, 0, one}};
    CHECK(shares("10.00", LandedBasis::weight, heavy) == Shares{6'00, 4'00});
    // What goes back bears none, and lines of which all goes back bear none.
    const std::vector<BearingLine> gone{{one, one, 5'00, one}, {one, 0, 5'00, one}};
    CHECK(shares("10.00", LandedBasis::equal, gone) == Shares{0, 10'00});
    CHECK(is_without_basis(LandedBasis::value, {{one, 0, 0, 0}}));
    CHECK(is_without_basis(LandedBasis::equal, {{one, one, 5'00, 0}}));
}

TEST_CASE("of 10 received, 2 go back and 6 are sold: stock bears 5.00 of 20.00") {
    const auto method = GENERATE(items::CostingMethod::fifo, items::CostingMethod::moving_average);
    const bool sold_first = GENERATE(true, false), late_return = GENERATE(true, false);
    CAPTURE(static_cast<int>(method), sold_first, late_return);
    Books books(method);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(issue(2, sold_first ? "2026-01-06" : "2026-01-08", "6"));
    const auto back = send_back(3, "2026-01-07", 1, "2");
    if (!late_return) books.must(back);
    books.must(land(1, LandedBasis::quantity, "20.00", {line_of(1)}));
    if (late_return) books.must(back);
    CHECK(books.balance("1200", "2026-01-31") == 20'00 + 5'00);
    CHECK(books.balance("5000", "2026-01-31") == 60'00 + 15'00);
    CHECK(books.balance("2300", "2026-01-31") == -20'00);
    CHECK(books.balance("2200", "2026-01-31") == -80'00);
    books.must(WithdrawLandedCost{acme, nth<LandedCostId>(1), "Another's"});
    CHECK(books.balance("1200", "2026-01-31") == 20'00);
    CHECK(books.balance("2300", "2026-01-31") == 0);
}

TEST_CASE("shares follow what is put right of the receipts") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-06", "10", "300.00"));
    books.must(issue(3, "2026-01-07", "20"));
    books.must(land(1, LandedBasis::value, "40.00", {line_of(1), line_of(2)}));
    CHECK(books.balance("1200", "2026-01-05") == 110'00);
    CHECK(books.balance("5000", "2026-01-31") == 440'00);
    books.must(correct_cost(1, "300.00"));
    CHECK(books.balance("1200", "2026-01-05") == 320'00);
    CHECK(books.balance("5000", "2026-01-31") == 640'00);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Why"}).reason ==
          &receipt_bears_cost);
    // All of the first goes back: the second bears everything.
    books.must(receive(4, "2026-01-06", "10", "1.00"));
    books.must(send_back(5, "2026-01-20", 1, "10"));
    CHECK(books.balance("2300", "2026-01-31") == -40'00);
    CHECK(books.balance("2200", "2026-01-31") == -301'00);
}

TEST_CASE("at a standard all of a landed cost is a variance") {
    Books books(items::CostingMethod::standard);
    books.must(standard("2026-01-01", "8.00"));
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(land(1, LandedBasis::equal, "20.00", {line_of(1)}));
    CHECK(books.balance("1200", "2026-01-31") == 80'00);
    CHECK(books.balance("5000", "2026-01-31") == 40'00);
}

TEST_CASE("where all that bore a cost goes back, the difference bears it") {
    Books books(items::CostingMethod::fifo);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(land(1, LandedBasis::quantity, "20.00", {line_of(1)}));
    books.must(send_back(2, "2026-01-06", 1, "10"));
    CHECK(books.balance("1200", "2026-01-31") == 0);
    CHECK(books.balance("2300", "2026-01-31") == -20'00);
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
}

TEST_CASE("a landed cost is refused for the first of its faults") {
    Books books;
    AddLandedCost add = land(1, LandedBasis::value, "0.00", {line_of(1), line_of(1)});
    add.company = {"OTHER"};
    CHECK(books.refused(add).reason == &companies::company_unknown);
    add.company = acme;
    books.must(receive(8, "2026-01-05", "10", "100.00"));
    books.must(land(2, LandedBasis::value, "1.00", {line_of(8)}));
    add.landed_cost = nth<LandedCostId>(2);
    CHECK(books.refused(add).reason == &landed_cost_exists);
    add.landed_cost = nth<LandedCostId>(1);
    add.counterpart = ledger::AccountCode{"none"};
    CHECK(books.refused(add).reason == &ledger::account_unknown);
    add.counterpart = ledger::AccountCode{"2"};
    CHECK(books.refused(add).reason == &ledger::account_is_summary);
    add.counterpart.reset();
    add.amount = test::money("1.00", "USD");
    CHECK(books.refused(add).reason == &cost_not_in_base_currency);
    add.amount = eur("0.00");
    CHECK(books.refused(add).reason == &landed_amount_zero);
    add.amount = eur("1.00");
    CHECK(books.refused(add).reason == &receipt_line_unknown);
    books.must(receive(1, "2026-01-05", "10", "0.00"));
    const Objection twice = books.refused(add);
    CHECK(twice.reason == &receipt_line_repeated);
    CHECK(twice.pointer == "/lines/1");
    add.lines.pop_back();
    CHECK(books.refused(add).reason == &landed_basis_zero);
    add.basis = LandedBasis::weight;
    CHECK(books.refused(add).reason == &landed_basis_zero);
    items::CreateItem rope;
    rope.company = acme;
    rope.item = {"rope"};
    rope.name = "Rope";
    rope.base_unit = unit_from("m").value();
    items::DefineUnit metre;
    metre.company = acme;
    metre.unit = unit_from("m").value();
    metre.name = "metre";
    metre.decimals = 3;
    books.must(metre);
    books.must(rope);
    ReceiveStock ropes = receive(3, "2026-01-05", "1", "5.00");
    ropes.lines[0].item = {"rope"};
    ropes.lines[0].quantity = quantity_from("1", unit_from("m").value()).value();
    books.must(ropes);
    add.basis = LandedBasis::quantity;
    add.lines = {line_of(1), line_of(3)};
    CHECK(books.refused(add).reason == &landed_units_differ);
    add.basis = LandedBasis::value;
    add.date = day("2031-01-01");
    CHECK(books.refused(add).reason == &ledger::date_outside_calendar);
    WithdrawLandedCost withdraw{acme, nth<LandedCostId>(9), "Why"};
    CHECK(books.refused(withdraw).reason == &landed_cost_unknown);
    withdraw.landed_cost = nth<LandedCostId>(2);
    books.must(withdraw);
    CHECK(books.refused(withdraw).reason == &landed_cost_withdrawn);
}
