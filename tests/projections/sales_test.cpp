// What became of orders at any corner of the two times: equal to their accounts, listed, threaded.
#include "projections/sales/sales.h"

#include "domain/flows/sale_beyond_credit_is_held.h"
#include "tests/domain/sales/selling_company.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <map>
#include <set>

using namespace kontor;
using namespace kontor::sales;
using namespace kontor::sales::selling;
using settlement::signed_minor;

namespace {

struct Posting {
    std::uint64_t position = 0;
    Date date;
    std::string account;
    std::int64_t base = 0;
};

// A shop whose events are read by all read models.
class ReadShop {
public:
    ReadShop() {
        companies::CompanyCreated created;
        created.company = acme;
        created.base_currency = test::currency("EUR");
        reading.happened(created, day("2026-01-01"));
    }
    template <class Command>
    bool tries(const Command& command) {
        const test::Played played = shop.tries(Message::of(command));
        if (played.refused) {
            refused.insert(std::string(played.refused.reason->code));
            return false;
        }
        auto in = test::Reading::In::a_commit_of_its_own;
        for (const Message& event : played.events) {
            const Date date = event.type->on
                                  ? *static_cast<const Date*>(event.type->on.in(event.value.get()))
                                  : day("2026-06-15");
            const std::string_view context = test::the_catalog().event(event.type)->context->name;
            if (context == "sales" || context == "settlement") reading.happened(event, date, in);
            in = test::Reading::In::the_last_commit;
            if (const auto* entry = event.as<ledger::EntryPosted>())
                for (const ledger::PostedLine& line : entry->lines)
                    postings.push_back({reading.position(), entry->date, line.account.text,
                                        signed_minor(line.side, line.base.minor)});
        }
        return true;
    }
    template <class Command>
    void must(const Command& command) {
        REQUIRE(tries(command));
    }
    std::int64_t account(const char* code, const Corner& corner) const {
        std::int64_t sum = 0;
        for (const Posting& posting : postings)
            if (posting.account == code && posting.position <= corner.known_at &&
                (!corner.valid_at || posting.date <= *corner.valid_at))
                sum += posting.base;
        return sum;
    }

    Shop shop;
    test::Reading reading;
    std::vector<Posting> postings;
    std::set<std::string> refused;
};

// A random fact: most are accepted, some are not.
class Facts {
public:
    Facts(ReadShop& all, std::uint64_t seed) : all_(all), dice_(seed) {}

    void next() {
        const std::uint64_t kind = dice_.below(13);
        if (kind < 3 || orders_ < 3) return order_something();
        if (kind < 6) return deliver_something();
        if (kind < 9) return invoice_something();
        if (kind < 10) return credit_something();
        if (kind < 11) return amend_something();
        if (kind < 12) return return_something();
        all_.tries(ReverseSaleDelivery{acme, delivery(1 + dice_.below(deliveries_ + 1)), "Wrong"});
    }

private:
    Date any_day() { return day("2026-02-01") + static_cast<int>(dice_.below(120)); }
    std::uint64_t some_order() { return 1 + dice_.below(orders_); }
    Quantity some() { return pcs(std::to_string(1 + dice_.below(4))); }
    void order_something() {
        static constexpr const char* things[] = {"mug", "engraving", "set"};
        PlaceSalesOrder made = place(++orders_, "2026-02-01", things[dice_.below(3)], "7",
                                     {static_cast<std::int64_t>(1 + dice_.below(9'999'999)),
                                      test::currency(dice_.below(3) ? "EUR" : "USD")});
        made.date = any_day();
        made.lines.push_back(made.lines[0]);
        made.lines[1].quantity = some();
        made.lines[0].due = *made.date + static_cast<int>(dice_.below(30));
        if (dice_.below(3) == 0) made.lines[0].discount = Percent{12'500'000};
        all_.tries(made);
    }
    void deliver_something() {
        DeliverSale made = deliver(++deliveries_, some_order(), "2026-02-01");
        made.date = any_day();
        if (dice_.below(2))
            made.lines = {{static_cast<std::int64_t>(1 + dice_.below(2)), some(), {}, {}, {}}};
        if (dice_.below(2)) made.freight = eur("4.00");
        all_.tries(made);
    }
    void invoice_something() {
        InvoiceSale made = bill(++invoices_, some_order(), "2026-02-01",
                                dice_.below(2) ? InvoiceBasis::ordered : InvoiceBasis::delivered);
        made.date = any_day();
        if (dice_.below(2)) {
            made.lines[0].line = static_cast<std::int64_t>(1 + dice_.below(2));
            made.lines[0].quantity = some();
        }
        all_.tries(made);
    }
    void return_something() {
        ReturnSale made;
        made.company = acme;
        made.sale_return = nth<SaleReturnId>(++returns_);
        made.delivery = delivery(1 + dice_.below(deliveries_ + 1));
        made.date = any_day();
        made.reason = "Dented";
        if (dice_.below(2)) {
            made.lines.resize(1);
            made.lines[0].quantity = pcs("1");
        }
        made.without_goods = dice_.below(4) == 0;
        all_.tries(made);
    }
    void credit_something() {
        const std::uint64_t of = 1 + dice_.below(invoices_ + 1);
        CreditSale made = credit(++invoices_, of, "2026-02-01");
        made.date = any_day();
        if (dice_.below(2)) {
            made.kind = CreditKind::price;
            made.lines = {{1,
                           {},
                           Money{static_cast<std::int64_t>(1 + dice_.below(900)),
                                 test::currency(dice_.below(2) ? "EUR" : "USD")}}};
        } else if (dice_.below(2)) {
            made.lines = {{1, some(), {}}};
        }
        all_.tries(made);
    }
    void amend_something() {
        if (dice_.below(3) == 0) {
            all_.tries(CloseSalesLines{acme, order(some_order()), {1}, "Enough"});
            return;
        }
        if (dice_.below(2)) {
            all_.tries(ReopenSalesLines{acme, order(some_order()), {1}, "After all"});
            return;
        }
        AmendSalesOrder made{acme, order(some_order()), {AmendedSalesLine()}, "Other"};
        made.lines[0].line = 1;
        if (dice_.below(2)) made.lines[0].due = day("2026-08-01");
        made.lines[0].quantity = pcs(std::to_string(4 + dice_.below(6)));
        all_.tries(made);
    }

    ReadShop& all_;
    test::Dice dice_;
    std::uint64_t orders_ = 0, deliveries_ = 0, invoices_ = 0, returns_ = 0;
};

}  // namespace

TEST_CASE("unbilled and owed in goods by line of order are their accounts, at every corner") {
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 7)));
    CAPTURE(seed);
    ReadShop all;
    all.shop.rate_of("2026-01-01", "0.9");
    all.shop.rate_of("2026-03-01", "0.9317");
    all.shop.receive("mug", "2000", "60000.00");
    all.shop.receive("plate", "2000", "10000.00");
    Facts facts(all, seed);
    for (int count = 0; count < 500; ++count) facts.next();
    REQUIRE(all.postings.size() > 100);
    test::Dice dice(seed);
    const auto agrees = [&](const Corner& corner) {
        const auto answer = all.reading.ask<UnbilledSale>(UnbilledSales{acme, {}}, corner, 7);
        std::int64_t unbilled = 0, liability = 0;
        for (const UnbilledSale& row : answer.rows) {
            unbilled += row.unbilled_base.minor;
            liability += row.liability_base.minor;
        }
        const auto totals = *answer.totals->as<UnbilledTotals>();
        CHECK(totals.unbilled.minor == unbilled);
        CHECK(totals.liability.minor == liability);
        CHECK(unbilled == all.account("1130", corner));
        CHECK(liability == -all.account("2150", corner));
    };
    for (int count = 0; count < 40; ++count) {
        const Corner corner{day("2026-01-31") + static_cast<int>(dice.below(150)),
                            1 + dice.below(all.reading.position())};
        CAPTURE(to_text(*corner.valid_at), corner.known_at);
        agrees(corner);
    }
    agrees({});
    // What is still to go is what the decisions say, and so is what became of each line.
    std::map<std::pair<SalesOrderId, std::int64_t>, std::int64_t> due;
    for (const DueSalesLine& row :
         all.reading.ask<DueSalesLine>(DeliveriesDue{acme, {}, {}, {}, {}}).rows)
        due[{row.order, row.line}] = row.undelivered.micro;
    std::map<std::pair<SalesOrderId, std::int64_t>, std::int64_t> open;
    std::int64_t uninvoiced = 0;
    for (const ListedSalesOrder& listed :
         all.reading.ask<ListedSalesOrder>(SalesOrderList{acme, {}, {}, {}, false}).rows) {
        const SalesOrder& kept = *all.shop.world().of<SalesOrders>().find({acme, listed.order});
        const auto lines =
            all.reading.ask<SalesOrderLine>(SalesOrderQuestion{acme, listed.order}).rows;
        REQUIRE(lines.size() == kept.lines.size());
        uninvoiced += uninvoiced_of(kept);
        for (std::size_t at = 0; at < lines.size(); ++at) {
            const SoldProgress& progress = kept.lines[at].progress;
            if (undelivered_of(kept.lines[at]) > 0)
                open[{listed.order, lines[at].line}] = undelivered_of(kept.lines[at]);
            CHECK(lines[at].delivered.micro == progress.delivered);
            CHECK(lines[at].returned.micro == progress.returned);
            CHECK(lines[at].invoiced.micro == progress.invoiced);
            CHECK(lines[at].earned.minor == progress.earned_minor);
            CHECK(lines[at].unbilled.minor == progress.unbilled_minor);
            CHECK(lines[at].liability.minor == progress.liability_minor);
            // No line has both, and none of them is below zero.
            CHECK((progress.unbilled_minor == 0 || progress.liability_minor == 0));
            CHECK(progress.unbilled_minor >= 0);
            CHECK(progress.liability_minor >= 0);
        }
    }
    CHECK(due == open);
    // What a credit limit counts is what orders come to.
    std::int64_t counted = 0;
    for (const Money& amount : uninvoiced_of(all.shop.world(), acme, {"ALDER"}))
        counted += amount.minor;
    CHECK(counted == uninvoiced);
    std::map<Currency, std::int64_t> exposed, owed;
    for (const auto& row :
         all.reading.ask<ListedCreditExposure>(CreditExposures{acme, {{"ALDER"}}}, {}, 1).rows)
        exposed[row.exposure.currency] += row.exposure.minor;
    for (const Money& amount : flow::credit_exposure_of(all.shop.world(), acme, {"ALDER"}))
        owed[amount.currency] += amount.minor;
    CHECK(exposed == owed);
    // Nothing that a rule of the ledger would have to catch.
    for (const char* code : {"entry_unbalanced", "amount_not_positive", "too_few_lines"})
        CHECK_FALSE(all.refused.contains(code));
}

TEST_CASE("a thread is told from each of its documents alike") {
    ReadShop all;
    all.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    all.must(deliver(1, 1, "2026-03-05", pcs("6")));
    all.must(deliver(2, 1, "2026-03-06"));
    all.must(bill(1, 1, "2026-03-07", InvoiceBasis::delivered, pcs("4")));
    settlement::RecordPayment paid = settlement::settled::payment(70, "2026-03-10", eur("150.00"));
    paid.oldest_due = true;
    all.must(paid);
    const auto told = [&](const SalesThread& query, const Corner& corner = {}) {
        std::string text;
        for (const ThreadStep& step : all.reading.ask<ThreadStep>(query, corner, 3).rows)
            text += test::shown(type_of<ThreadKind>(), &step.kind) + " " + to_text(step.date) +
                    " " + (step.amount ? amount_text(*step.amount) : "-") + "\n";
        return text;
    };
    const std::string all_of_it =
        "sales_order 2026-03-01 500.00\n"
        "delivery 2026-03-05 300.00\n"
        "stock_document 2026-03-05 -\n"
        "entry 2026-03-05 -\n"
        "delivery 2026-03-06 200.00\n"
        "stock_document 2026-03-06 -\n"
        "entry 2026-03-06 -\n"
        "invoice 2026-03-07 200.00\n"
        "open_item 2026-03-07 200.00\n"
        "entry 2026-03-07 -\n"
        "payment 2026-03-10 150.00\n";
    CHECK(told({acme, order(1), {}, {}}) == all_of_it);
    CHECK(told({acme, {}, delivery(2), {}}) == all_of_it);
    CHECK(told({acme, {}, {}, invoice(1)}) == all_of_it);
    CHECK(told({acme, order(1), {}, {}}, {day("2026-03-04")}) == "sales_order 2026-03-01 500.00\n");
    CHECK(all.reading.ask<ThreadStep>(SalesThread{acme, order(9), {}, {}}).missing);
}
