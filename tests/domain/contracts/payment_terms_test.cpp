// Payment terms: days, instalments, early discounts, versions, and what is wrong with them.
#include "domain/contracts/payment_terms.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::contracts;
using ledger::books::acme;
using ledger::books::eur;
using ledger::books::open_books;
using test::day;
using test::given;

namespace {

Percent percent(std::string_view text) { return {decimal_from(text, 6).value()}; }
const PaymentTermsCode net30{"NET-30"};

DueRule after(std::int64_t days) { return {0, days, DueDay::counted, {}, 0}; }
Instalment part(std::optional<std::string_view> of, std::int64_t days,
                std::vector<DiscountStep> discounts = {}) {
    return {of ? std::optional(percent(*of)) : std::nullopt, after(days), std::move(discounts)};
}
PaymentConditions all_in(std::int64_t days) { return {{part({}, days)}, {}, {}}; }

std::string due(const DueRule& rule, std::string_view document) {
    return to_text(due_day(rule, day(document)));
}
// "33.34 33.33 33.33"
std::string amounts(const PaymentConditions& conditions, Money amount) {
    std::string text;
    for (const DueInstalment& each : schedule_of(conditions, day("2026-01-01"), amount, amount))
        text += (text.empty() ? "" : " ") + amount_text(each.amount);
    return text;
}

}  // namespace

TEST_CASE("days are counted from the document, and months end where they end") {
    CHECK(due(after(30), "2026-01-31") == "2026-03-02");
    CHECK(due({1, 0, DueDay::counted, {}, 0}, "2026-01-31") == "2026-02-28");
    CHECK(due({0, 0, DueDay::end_of_month, {}, 0}, "2026-02-10") == "2026-02-28");
    CHECK(due({0, 0, DueDay::end_of_month, {}, 0}, "2028-02-10") == "2028-02-29");
    // The two ways to read "45 days end of month" that French law leaves open.
    CHECK(due({0, 45, DueDay::end_of_month, {}, 0}, "2026-01-20") == "2026-03-31");
    CHECK(due({0, 0, DueDay::end_of_month, {}, 45}, "2026-01-20") == "2026-03-17");
    // Thirty days from 30 January lie in March; a month from it does not.
    CHECK(due({0, 30, DueDay::end_of_month, {}, 0}, "2026-01-30") == "2026-03-31");
    CHECK(due({1, 0, DueDay::end_of_month, {}, 0}, "2026-01-30") == "2026-02-28");
}

TEST_CASE("a fixed day of the month is never before the document") {
    const DueRule next_15th{1, 0, DueDay::day_of_month, 15, 0};
    CHECK(due(next_15th, "2026-01-03") == "2026-02-15");
    CHECK(due(next_15th, "2026-01-20") == "2026-02-15");
    const DueRule the_10th{0, 0, DueDay::day_of_month, 10, 0};
    CHECK(due(the_10th, "2026-01-05") == "2026-01-10");
    CHECK(due(the_10th, "2026-01-10") == "2026-01-10");
    CHECK(due(the_10th, "2026-12-20") == "2027-01-10");
    const DueRule pay_day{0, 30, DueDay::next_day_of_month, 10, 0};
    CHECK(due(pay_day, "2026-01-05") == "2026-02-10");
    CHECK(due(pay_day, "2026-01-15") == "2026-03-10");
    CHECK(due({1, 0, DueDay::day_of_month, 31, 0}, "2026-01-31") == "2026-02-28");
    CHECK(due({0, 0, DueDay::next_day_of_month, 30, 0}, "2028-02-29") == "2028-02-29");
    CHECK(due({0, 0, DueDay::day_of_month, 31, 2}, "2026-04-01") == "2026-05-02");
}

TEST_CASE("instalments add up to the amount, whatever it is") {
    const PaymentConditions thirds{{part("33.33", 0), part("33.33", 30), part({}, 60)}, {}, {}};
    CHECK(amounts(thirds, eur("100.00")) == "33.33 33.33 33.34");
    CHECK(amounts(thirds, eur("100.01")) == "33.33 33.33 33.35");
    const PaymentConditions parts{{part("30", 0), part("30", 30), part("40", 60)}, {}, {}};
    CHECK(amounts(parts, eur("99.99")) == "30.00 30.00 39.99");
    CHECK(amounts(parts, eur("0.05")) == "0.02 0.01 0.02");
    CHECK(amounts(parts, eur("-0.05")) == "-0.02 -0.01 -0.02");
    CHECK(amounts(parts, eur("0.00")) == "0.00 0.00 0.00");
    CHECK(amounts(parts, eur("10000000000000.00")) ==
          "3000000000000.00 3000000000000.00 4000000000000.00");
    const PaymentConditions far{{part({}, 3'660)}, {}, {}};
    CHECK(schedule_of(far, last_date, eur("1.00"), eur("1.00")).empty());
    const PaymentConditions far_discount{{part({}, 0, {{percent("1"), after(1)}})}, {}, {}};
    CHECK(schedule_of(far_discount, last_date, eur("1.00"), eur("1.00")).empty());
    CHECK(schedule_of(far_discount, last_date - 1, eur("1.00"), eur("1.00")).size() == 1);
}

TEST_CASE("an early payment takes off a share of the amount with tax, or without") {
    PaymentConditions terms{
        {part({}, 30, {{percent("3"), after(8)}, {percent("2"), after(14)}})}, {}, {}};
    const auto gross = schedule_of(terms, day("2026-03-01"), eur("1200.00"), eur("1000.00"));
    REQUIRE(gross.size() == 1);
    CHECK(gross[0].due == day("2026-03-31"));
    CHECK(gross[0].discounts ==
          std::vector<DiscountOffer>{
              {day("2026-03-09"), percent("3"), eur("1200.00"), eur("36.00")},
              {day("2026-03-15"), percent("2"), eur("1200.00"), eur("24.00")}});
    CHECK(open_discount(gross[0], day("2026-02-27"))->amount == eur("36.00"));
    CHECK(open_discount(gross[0], day("2026-03-09"))->amount == eur("36.00"));
    CHECK(open_discount(gross[0], day("2026-03-10"))->amount == eur("24.00"));
    CHECK(open_discount(gross[0], day("2026-03-15"))->amount == eur("24.00"));
    CHECK(open_discount(gross[0], day("2026-03-16")) == nullptr);

    terms.discount_basis = DiscountBasis::net;
    const auto net = schedule_of(terms, day("2026-03-01"), eur("1200.00"), eur("1000.00"));
    CHECK(net[0].amount == eur("1200.00"));
    CHECK(net[0].discounts[1] ==
          DiscountOffer{day("2026-03-15"), percent("2"), eur("1000.00"), eur("20.00")});
    const auto back = schedule_of(terms, day("2026-03-01"), eur("-1200.00"), eur("-1000.00"));
    CHECK(back[0].discounts[1].amount == eur("-20.00"));
}

TEST_CASE("an invoice says in words what cannot be said by one day") {
    PaymentConditions terms{{part({}, 30, {{percent("2.25"), after(14)}})}, {}, "30 days net"};
    const auto said = [&](Money gross, Money net) {
        return invoice_text(terms, day("2026-03-01"),
                            schedule_of(terms, day("2026-03-01"), gross, net));
    };
    CHECK(said(eur("119.00"), eur("100.00")) == "30 days net\n#SKONTO#TAGE=14#PROZENT=2.25#\n");
    terms.discount_basis = DiscountBasis::net;
    CHECK(said(eur("119.00"), eur("100.00")) ==
          "30 days net\n#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=100.00#\n");
    terms.instalments[0].discounts[0].percent = percent("2.125");
    CHECK(said(eur("119.00"), eur("100.00")) ==
          "30 days net\n2026-03-31: 119.00 EUR, 2.125 % until 2026-03-15");
    terms = {{part("50", 0, {{percent("1"), after(5)}}), part({}, 30)}, {}, {}};
    CHECK(said(eur("119.00"), eur("100.00")) ==
          "2026-03-01: 59.50 EUR, 1 % until 2026-03-06\n2026-03-31: 59.50 EUR");
    CHECK(said(eur("0.00"), eur("0.00")).starts_with("2026-03-01: 0.00 EUR"));
    terms = all_in(10);
    CHECK(said(eur("119.00"), eur("100.00")).empty());
}

TEST_CASE("documents take the version of their date and keep it") {
    auto story = given(open_books());
    story.when(DefinePaymentTerms{acme, net30, "30 days", all_in(30)})
        .then(PaymentTermsDefined{acme, net30, "30 days", all_in(30)});
    story.happened(PaymentTermsDefined{acme, net30, "30 days", all_in(30)});
    const PaymentTermsChanged second{acme, net30, 2, day("2026-04-01"), all_in(14)};
    story.when(ChangePaymentTerms{acme, net30, day("2026-04-01"), all_in(14)}).then(second);
    Context context;
    context.today = day("2026-04-01");
    story.when(ChangePaymentTerms{acme, net30, {}, all_in(14)}, context).then(second);
    story.happened(second);
    const auto version = [&](std::string_view document) {
        return payment_terms_version_on(story.world(), acme, net30, day(document));
    };
    CHECK(version("1999-01-01") == 1);
    CHECK(version("2026-03-31") == 1);
    CHECK(version("2026-04-01") == 2);
    CHECK(payment_terms_version_on(story.world(), acme, {"none"}, day("2026-04-01")) == 0);
    CHECK(*payment_conditions(story.world(), acme, net30, 1) == all_in(30));
    CHECK(*payment_conditions(story.world(), acme, net30, 2) == all_in(14));
    CHECK(payment_conditions(story.world(), acme, net30, 0) == nullptr);
    CHECK(payment_conditions(story.world(), acme, net30, 3) == nullptr);
    CHECK(payment_conditions(story.world(), {"OTHER"}, net30, 1) == nullptr);
}

TEST_CASE("what is wrong with payment terms is said in a fixed order") {
    auto story = given(open_books(), PaymentTermsDefined{acme, net30, "30 days", all_in(30)});
    DefinePaymentTerms wrong{{"OTHER"}, net30, "Wrong", all_in(30)};
    story.when(wrong).refused(companies::company_unknown, "company OTHER");
    wrong.company = acme;
    story.when(wrong).refused(payment_terms_exist, "payment terms NET-30");
    wrong.terms = {"NEW"};
    auto& parts = wrong.conditions.instalments;
    const DueRule dayless{0, 0, DueDay::day_of_month, {}, 0};
    parts = {part("60", 0), {percent("50"), dayless, {{percent("2"), after(1)}}}};
    parts[1].discounts.push_back({percent("2"), after(2)});
    story.when(wrong).refused(instalments_not_whole, "110 %");
    for (const char* units : {"0", "-1", "101"}) {
        parts[1].percent = percent(units);
        story.when(wrong).refused(instalments_not_whole, std::string(units) + " %",
                                  "/conditions/instalments/1");
    }
    parts[1].percent = percent("39.999999");
    story.when(wrong).refused(instalments_not_whole, "99.999999 %");
    parts[0].percent.reset();
    parts[1].percent.reset();
    story.when(wrong).refused(instalments_not_whole, "0 %");
    parts[1].percent = percent("100");
    story.when(wrong).refused(instalments_not_whole, "100 %");
    parts[1].percent = percent("40");
    story.when(wrong).refused(due_day_unfit, "", "/conditions/instalments/1");
    parts[1].due = {0, 0, DueDay::end_of_month, 3, 0};
    story.when(wrong).refused(due_day_unfit);
    parts[1].due = after(0);
    parts[1].discounts[0].within = dayless;
    story.when(wrong).refused(due_day_unfit);
    parts[1].discounts[0].within = after(1);
    story.when(wrong).refused(discount_steps_unfit, "2 %", "/conditions/instalments/1");
    for (const char* units : {"100", "0", "-1"}) {
        parts[1].discounts[0].percent = percent(units);
        story.when(wrong).refused(discount_steps_unfit);
    }
    parts[1].discounts[0].percent = percent("3");
    story.when(wrong).accepted();
}

TEST_CASE("what is wrong with another version of payment terms is said in a fixed order") {
    auto story = given(open_books(), PaymentTermsDefined{acme, net30, "30 days", all_in(30)},
                       PaymentTermsChanged{acme, net30, 2, day("2026-04-01"), all_in(14)});
    ChangePaymentTerms wrong{acme, {"none"}, day("2026-04-01"), all_in(14)};
    wrong.conditions.instalments[0].percent = percent("50");
    wrong.conditions.instalments[0].due.day = 5;
    wrong.conditions.instalments[0].discounts = {{percent("0"), after(1)}};
    story.when(wrong).refused(payment_terms_unknown, "payment terms none");
    wrong.terms = net30;
    story.when(wrong).refused(instalments_not_whole, "50 %");
    wrong.conditions.instalments[0].percent.reset();
    story.when(wrong).refused(due_day_unfit);
    wrong.conditions.instalments[0].due.day.reset();
    story.when(wrong).refused(discount_steps_unfit, "0 %", "/conditions/instalments/0");
    wrong.conditions.instalments[0].discounts.clear();
    story.when(wrong).refused(payment_terms_unchanged, "payment terms NET-30");
    wrong.conditions = all_in(21);
    story.when(wrong).refused(payment_terms_version_early, "payment terms NET-30, 2026-04-01");
    wrong.from = day("2026-04-02");
    story.when(wrong).accepted();
}

TEST_CASE("payment terms are renamed, blocked and allowed again") {
    auto story = given(open_books(), PaymentTermsDefined{acme, net30, "30 days", all_in(30)});
    story.when(RenamePaymentTerms{acme, {"none"}, "Net"}).refused(payment_terms_unknown);
    story.when(RenamePaymentTerms{acme, net30, "Net"})
        .then(PaymentTermsRenamed{acme, net30, "Net"});
    story.when(BlockPaymentTerms{acme, {"none"}}).refused(payment_terms_unknown);
    story.when(UnblockPaymentTerms{acme, {"none"}}).refused(payment_terms_unknown);
    story.when(UnblockPaymentTerms{acme, net30}).refused(payment_terms_not_blocked);
    CHECK_FALSE(fault_of_payment_terms(story.world(), acme, net30));
    CHECK(fault_of_payment_terms(story.world(), acme, {"none"}).reason == &payment_terms_unknown);
    story.when(BlockPaymentTerms{acme, net30}).then(PaymentTermsBlocked{acme, net30});
    story.happened(PaymentTermsBlocked{acme, net30});
    CHECK(fault_of_payment_terms(story.world(), acme, net30).reason == &payment_terms_blocked);
    story.when(BlockPaymentTerms{acme, net30})
        .refused(payment_terms_blocked, "payment terms NET-30");
    story.when(UnblockPaymentTerms{acme, net30}).then(PaymentTermsUnblocked{acme, net30});
    story.happened(PaymentTermsUnblocked{acme, net30});
    CHECK_FALSE(fault_of_payment_terms(story.world(), acme, net30));
}
