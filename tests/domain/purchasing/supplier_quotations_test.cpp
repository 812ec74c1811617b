// Prices asked for, told, compared with their freight in one currency, and awarded.
#include "domain/purchasing/supplier_quotations.h"

#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

RequestQuotations request(std::uint64_t number) {
    return {acme,
            nth<QuotationRequestId>(number),
            {{{"mug"}, pcs("100"), {}, {}}, {{"carriage"}, pcs("1"), {}, {}}},
            {{"YANKEE"}, {"WICK"}},
            {},
            ""};
}
RecordSupplierQuotation quote(std::uint64_t number, const char* supplier, std::string_view amount,
                              std::string_view code) {
    RecordSupplierQuotation quotation;
    quotation.company = acme;
    quotation.quotation = nth<SupplierQuotationId>(number);
    quotation.request = nth<QuotationRequestId>(1);
    quotation.supplier = {supplier};
    quotation.date = day("2026-01-20");
    quotation.lines = {{1, price(amount, code), 14, {}}};
    return quotation;
}
AwardQuotations award(std::uint64_t quotation, std::string reason = {}) {
    return {acme,
            nth<QuotationRequestId>(1),
            {{1, nth<SupplierQuotationId>(quotation)}},
            std::move(reason)};
}

}  // namespace

TEST_CASE("the best quotation is the least in base currency with its freight") {
    Buyer buyer;
    buyer.know_rate("2026-01-31", "0.90");
    buyer.must(request(1));
    // 100 at 10.00 are EUR 1,000.00 with nothing beside; 100 at USD 11.00 and 20.00 of freight are
    // USD 1,120.00, which is EUR 1,008.00.
    buyer.must(quote(1, "WICK", "10", "EUR"));
    auto dollars = quote(2, "YANKEE", "11", "USD");
    dollars.freight = usd("20.00");
    buyer.must(dollars);
    const Objection dearer = buyer.refused(award(2));
    CHECK(dearer.reason == &award_not_best);
    CHECK(dearer.about ==
          "supplier quotation 00000000-0000-0000-0000-000000000001, 1000.00 EUR, 1008.00 EUR");
    CHECK(buyer.says<QuotationsAwarded>(award(2, "Their glaze is better")).awards ==
          std::vector<ComparedAward>{{1, nth<SupplierQuotationId>(2), eur("1008.00"),
                                      nth<SupplierQuotationId>(1), eur("1000.00")}});
    buyer.refuses(award(1), quotation_request_awarded);
    buyer.refuses(quote(3, "WICK", "9", "EUR"), quotation_request_awarded);
}

TEST_CASE("freight is shared by value, and what does not hold is no best quotation") {
    Buyer buyer;
    buyer.must(request(1));
    auto whole = quote(1, "WICK", "9", "EUR");
    whole.lines.push_back({2, price("100"), 0, {}});
    whole.freight = eur("20.00");
    buyer.must(whole);
    auto ended = quote(2, "WICK", "1", "EUR");
    ended.valid_until = day("2026-01-31");  // and it is 1 February
    buyer.must(ended);
    auto large = quote(3, "WICK", "2", "EUR");
    large.lines[0].minimum = pcs("101");
    buyer.must(large);
    buyer.must(quote(4, "YANKEE", "9.18", "EUR"));
    // 900.00 and 100.00 share 20.00 as 18.00 and 2.00: 918.00 for the mugs, as the other asks.
    const auto awarded = buyer.says<QuotationsAwarded>(award(4));
    CHECK(awarded.awards[0].landed == eur("918.00"));
    CHECK(awarded.awards[0].best_landed == eur("918.00"));
}

TEST_CASE("a request for quotation is refused for the first of its faults") {
    Buyer buyer;
    buyer.must(request(1));
    RequestQuotations command = request(1);
    command.company = {"NONE"};
    command.lines.resize(1);
    command.lines[0] = {{"none"}, pcs("0"), {}, RequisitionLineRef{nth<RequisitionId>(9), 1}};
    command.suppliers = {{"NONE"}};
    buyer.refuses(command, companies::company_unknown);
    command.company = acme;
    buyer.refuses(command, quotation_request_exists);
    command.request = nth<QuotationRequestId>(2);
    buyer.refuses(command, items::item_unknown);
    command.lines[0].item = {"mug"};
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("1.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = pcs("100");
    buyer.refuses(command, requisition_unknown);
    buyer.must_as(
        "ann",
        RequestPurchase{acme, nth<RequisitionId>(9), {{{"carriage"}, pcs("1"), {}, {}, ""}}, ""});
    command.lines[0].requisition->line = 2;
    buyer.refuses(command, requisition_line_unknown);
    command.lines[0].requisition->line = 1;
    buyer.refuses(command, requisition_not_approved);
    buyer.must(ApproveRequisition{acme, nth<RequisitionId>(9)});
    buyer.refuses(command, requisition_item_differs);
    buyer.must(RejectRequisition{acme, nth<RequisitionId>(9), "No"});
    buyer.refuses(command, requisition_rejected);
    command.lines[0].requisition.reset();
    refuses_suppliers(buyer, [&](const char* supplier) {
        command.suppliers = {{"WICK"}, {supplier}};
        return command;
    });
}

TEST_CASE("a quotation is refused for the first of its faults") {
    Buyer buyer;
    RecordSupplierQuotation command = quote(1, "NONE", "-1", "EUR");
    buyer.refuses(command, quotation_request_unknown);
    buyer.must(request(1));
    buyer.must(quote(2, "WICK", "10", "EUR"));
    command.quotation = nth<SupplierQuotationId>(2);
    buyer.refuses(command, supplier_quotation_exists);
    command.quotation = nth<SupplierQuotationId>(1);
    refuses_suppliers(buyer, [&](const char* supplier) {
        command.supplier = {supplier};
        return command;
    });
    command.supplier = {"WICK"};
    command.valid_until = day("2026-01-19");
    command.freight = usd("1.00");
    command.lines.push_back(command.lines[0]);
    command.lines[0].line = 3;
    command.lines[0].minimum = ctn("1");
    buyer.refuses(command, quotation_ends_before);
    command.valid_until = day("2026-01-20");
    buyer.refuses(command, quoted_price_unfit);
    command.freight.reset();
    buyer.refuses(command, quotation_line_unknown);
    command.lines[0].line = 1;
    buyer.refuses(command, quoted_price_unfit);
    command.lines[0].price = price("5000000000000");
    buyer.refuses(command, minimum_of_other_unit);
    command.lines[0].minimum.reset();
    buyer.refuses(command, quoted_too_large);
    command.lines[0].price = price("10");
    command.lines[1].price = price("10");
    buyer.refuses(command, quotation_line_twice);
}

TEST_CASE("an award is refused for the first of its faults") {
    Buyer buyer;
    buyer.refuses(award(1), quotation_request_unknown);
    buyer.must(request(1));
    buyer.refuses(award(1), supplier_quotation_unknown);
    buyer.must(request(2));
    auto other = quote(1, "WICK", "10", "EUR");
    other.request = nth<QuotationRequestId>(2);
    buyer.must(other);
    buyer.refuses(award(1), quotation_of_other_request);
    auto ended = quote(2, "WICK", "10", "EUR");
    ended.valid_until = day("2026-01-31");
    ended.lines[0].minimum = pcs("101");
    buyer.must(ended);
    AwardQuotations command = award(2);
    command.awards = {{2, nth<SupplierQuotationId>(2)}, {2, nth<SupplierQuotationId>(2)}};
    buyer.refuses(command, quotation_line_unknown);
    command.awards[0].line = command.awards[1].line = 1;
    buyer.refuses(command, quotation_line_twice);
    command.awards.pop_back();
    buyer.refuses(command, quotation_expired);
    auto large = quote(3, "WICK", "10", "EUR");
    large.lines[0].minimum = pcs("101");
    buyer.must(large);
    buyer.refuses(award(3), quotation_minimum_missed);
    buyer.must(quote(4, "YANKEE", "10", "USD"));
    buyer.refuses(award(4), quotation_rate_unknown);
    buyer.know_rate("2026-01-31", "0.90");
    buyer.must(quote(5, "WICK", "8.99", "EUR"));
    buyer.refuses(award(4), award_not_best);
    buyer.must(award(5));
    buyer.refuses(award(5), quotation_request_awarded);
}
