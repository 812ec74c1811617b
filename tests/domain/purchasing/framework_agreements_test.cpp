// Prices held for a time, called off by orders until a ceiling is reached.
#include "domain/purchasing/framework_agreements.h"

#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

AgreeFramework agree(std::string_view ceiling) {
    return {acme,
            {"WICK-2026"},
            {"WICK"},
            {day("2026-01-01"), day("2026-06-30")},
            {{{"mug"}, carton(), price("216"), ctn(ceiling)}},
            {},
            ""};
}
PurchaseLine cartons(std::string_view quantity) {
    PurchaseLine line;
    line.item = items::ItemCode{"mug"};
    line.quantity = ctn(quantity);
    return line;
}
const Framework& framework(const Buyer& buyer) {
    return *buyer.world().of<Frameworks>().find({acme, {"WICK-2026"}});
}

}  // namespace

TEST_CASE("an order without a price calls off by an agreement, up to its ceiling") {
    Buyer buyer;
    buyer.must(agree("10"));
    buyer.must(place(1, "WICK", {cartons("6")}));
    const OrderedLine& line = buyer.order(1).lines[0].ordered;
    CHECK(line.framework == FrameworkCode{"WICK-2026"});
    CHECK(line.price == price("216"));
    CHECK(line.amount == eur("1296.00"));
    CHECK(line.base == pcs("144"));
    auto more = place(2, "WICK", {cartons("5")});
    // Nothing is left for five, so nothing says their price; who names the agreement is told why.
    buyer.refuses(more, purchase_price_missing);
    more.lines[0].framework = FrameworkCode{"WICK-2026"};
    buyer.refuses(more, framework_exceeded);
    buyer.must(AmendPurchaseOrder{
        acme, nth<PurchaseOrderId>(1), {{1, {}, ctn("5"), {}, {}, {}, {}}}, "One less"});
    buyer.must(more);
    CHECK(framework(buyer).lines[0].called == pcs("240").micro);
    CHECK(framework(buyer).called == 2160'00);
}

TEST_CASE("what is closed undelivered can be called off again") {
    Buyer buyer;
    buyer.must(agree("10"));
    buyer.must(place(1, "WICK", {cartons("10")}));
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {}, "None to be had"});
    CHECK(framework(buyer).lines[0].called == 0);
    buyer.must(place(2, "WICK", {cartons("1")}));
    buyer.refuses(ReopenPurchaseLines{acme, nth<PurchaseOrderId>(1), {1}, "Found"},
                  framework_exceeded);
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(2), {1}, "Not needed"});
    buyer.must(ReopenPurchaseLines{acme, nth<PurchaseOrderId>(1), {1}, "Found"});
    CHECK(framework(buyer).called == 2160'00);
}

TEST_CASE("an agreement may have a ceiling of value, over all of its items") {
    Buyer buyer;
    auto command = agree("100");
    command.lines.push_back({{"carriage"}, inventory::stocked::pieces(), price("50"), {}});
    command.ceiling = eur("300.00");
    buyer.must(command);
    PurchaseLine carriage;
    carriage.item = items::ItemCode{"carriage"};
    carriage.quantity = pcs("2");
    buyer.refuses(place(1, "WICK", {cartons("1"), carriage}), framework_exceeded);
    carriage.quantity = pcs("1");
    buyer.must(place(1, "WICK", {cartons("1"), carriage}));
}

TEST_CASE("an agreement is refused for the first of its faults") {
    Buyer buyer;
    buyer.must(agree("10"));
    AgreeFramework command = agree("10");
    command.company = {"NONE"};
    command.valid.last = day("2025-12-31");
    command.ceiling = usd("1.00");
    command.lines[0] = {{"none"}, unit_from("kg").value(), price("-1"), pcs("0")};
    command.lines.push_back({{"mug"}, carton(), price("1"), {}});
    command.lines.push_back({{"mug"}, carton(), price("1"), {}});
    buyer.refuses(command, companies::company_unknown);
    command.company = acme;
    buyer.refuses(command, framework_exists);
    command.framework = {"OTHER"};
    refuses_suppliers(buyer, [&](const char* supplier) {
        command.supplier = {supplier};
        return command;
    });
    command.supplier = {"WICK"};
    buyer.refuses(command, framework_ends_before);
    command.valid.last = day("2026-12-31");
    buyer.refuses(command, framework_price_unfit);
    command.ceiling.reset();
    buyer.refuses(command, framework_price_unfit);
    command.lines[0].price = price("1");
    buyer.refuses(command, items::item_unknown);
    command.lines[0].item = {"mug"};
    buyer.refuses(command, items::units_do_not_convert);
    command.lines[0].unit = carton();
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].ceiling = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].ceiling.reset();
    buyer.refuses(command, framework_item_twice);
}

TEST_CASE("an agreement ends earlier, and never before it began") {
    Buyer buyer;
    EndFramework end{acme, {"WICK-2026"}, {}, "Renegotiated"};
    buyer.refuses(end, framework_unknown);
    buyer.must(agree("10"));
    end.until = day("2025-12-30");
    buyer.refuses(end, framework_ends_before);
    end.until = day("2026-06-30");
    buyer.refuses(end, framework_ends_before);
    end.until.reset();
    buyer.must(end);
    auto late = place(1, "WICK", {cartons("1")}, "2026-02-02");
    buyer.refuses(late, purchase_price_missing);
    late.lines[0].framework = FrameworkCode{"WICK-2026"};
    buyer.refuses(late, framework_not_valid);
}
