// What documents are taxed: published cases, worked ones, and what holds of any document.
#include "domain/taxes/calculation.h"

#include "tests/support/dice.h"
#include "tests/support/given.h"

#include <map>

using namespace kontor;
using namespace kontor::taxes;
using test::money;

namespace {

Money eur(std::string_view amount) { return money(amount, "EUR"); }
Percent percent(std::string_view text) { return {decimal_from(text, 6).value()}; }

TaxRule rule(std::string_view code, std::string_view rate) {
    TaxRule rule;
    rule.tax = {std::string(code)};
    rule.percent = percent(rate);
    return rule;
}
TaxRule included(std::string_view code, std::string_view rate) {
    TaxRule in_price = rule(code, rate);
    in_price.included = true;
    return in_price;
}
TaxRule joining(TaxRule rule) {
    rule.joins_base = true;
    return rule;
}
TaxRule fixed(std::string_view code, std::string_view amount) {
    TaxRule rule;
    rule.tax = {std::string(code)};
    rule.computation = TaxComputation::fixed;
    rule.per_unit =
        UnitPrice{decimal_from(amount, UnitPrice::digits).value(), test::currency("EUR")};
    return rule;
}
TaxRule division(TaxRule rule) {
    rule.computation = TaxComputation::division;
    return rule;
}
TaxRule with(TaxRule rule, TaxEffect effect) {
    rule.effect = effect;
    return rule;
}

TaxableLine line(Money amount, std::vector<std::size_t> taxes, std::int64_t quantity = 1) {
    return {amount, quantity * 1'000'000, std::move(taxes)};
}

TaxedDocument taxed(const std::vector<TaxableLine>& lines, const std::vector<TaxRule>& rules,
                    TaxRounding rounding = TaxRounding::globally) {
    auto document = taxes_of(lines, rules, rounding);
    REQUIRE(document);
    return *document;
}

// "net 181.82, t1 18.18 of 181.82; pay 200.00"
std::string text(const TaxedDocument& document, const std::vector<TaxRule>& rules) {
    std::string text = "net " + amount_text(document.net);
    for (const TaxShare& total : document.taxes)
        text += ", " + rules[total.tax].tax.text + " " + amount_text(total.amount) + " of " +
                amount_text(total.base);
    return text + "; pay " + amount_text(document.payable);
}
std::string text(const std::vector<TaxableLine>& lines, const std::vector<TaxRule>& rules,
                 TaxRounding rounding = TaxRounding::globally) {
    return text(taxed(lines, rules, rounding), rules);
}

// t1 6 % joins the base, t2 6 % is on the net amount, t3 3 % on all of that.
std::vector<TaxRule> tax_on_tax() {
    TaxRule second = joining(rule("t2", "6"));
    second.of_net = true;
    return {joining(rule("t1", "6")), second, rule("t3", "3")};
}

}  // namespace

TEST_CASE("tax on tax, rounded per line and globally") {
    const std::vector<TaxableLine> lines{line(eur("15.89"), {0, 1, 2}),
                                         line(eur("15.89"), {0, 1, 2})};
    const TaxedDocument per_line = taxed(lines, tax_on_tax(), TaxRounding::per_line);
    CHECK(per_line.charged == eur("4.86"));
    CHECK(per_line.gross == eur("36.64"));
    const TaxedDocument globally = taxed(lines, tax_on_tax());
    CHECK(globally.charged == eur("4.89"));
    CHECK(globally.gross == eur("36.67"));
    CHECK(text(globally, tax_on_tax()) ==
          "net 31.78, t1 1.91 of 31.78, t2 1.91 of 31.78, t3 1.07 of 35.60; pay 36.67");
}

TEST_CASE("by EN 16931 tax is rounded once for its rate") {
    const std::vector<TaxableLine> lines{line(eur("15.89"), {0}), line(eur("15.89"), {0})};
    CHECK(text(lines, {rule("vat", "6")}) == "net 31.78, vat 1.91 of 31.78; pay 33.69");
    CHECK(text(lines, {rule("vat", "6")}, TaxRounding::per_line) ==
          "net 31.78, vat 1.90 of 31.78; pay 33.68");
    const TaxedDocument document = taxed(lines, {rule("vat", "6")});
    CHECK(document.lines[0].taxes[0].amount == eur("0.96"));
    CHECK(document.lines[1].taxes[0].amount == eur("0.95"));
}

TEST_CASE("what a price includes is taken out of it") {
    CHECK(text({line(eur("200.00"), {0})}, {included("vat", "10")}) ==
          "net 181.82, vat 18.18 of 181.82; pay 200.00");
    // A division of 10 % leaves 180 of 200, and makes 200 of 180.
    CHECK(text({line(eur("200.00"), {0})}, {division(included("d", "10"))}) ==
          "net 180.00, d 20.00 of 180.00; pay 200.00");
    CHECK(text({line(eur("180.00"), {0})}, {division(rule("d", "10"))}) ==
          "net 180.00, d 20.00 of 180.00; pay 200.00");
    // Two in a price at once: 125.00 = net x (1 + 0.20 + 0.05).
    CHECK(text({line(eur("125.00"), {0, 1})}, {included("a", "20"), included("b", "5")}) ==
          "net 100.00, a 20.00 of 100.00, b 5.00 of 100.00; pay 125.00");
    // Tax on tax in a price: 121.00 = net x 1.1 x 1.1.
    CHECK(
        text({line(eur("121.00"), {0, 1})}, {joining(included("a", "10")), included("b", "10")}) ==
        "net 100.00, a 10.00 of 100.00, b 11.00 of 110.00; pay 121.00");
    // A tax beside the price is computed on what is left of it.
    CHECK(text({line(eur("110.00"), {0, 1})}, {included("a", "10"), rule("b", "5")}) ==
          "net 100.00, a 10.00 of 100.00, b 5.00 of 100.00; pay 115.00");
    // A deposit of 1.00 for each of ten bottles stands in the price, tax is on it too:
    // 121.00 = (net + 10) x 1.1.
    CHECK(text({line(eur("121.00"), {0, 1}, 10)}, {joining([] {
                                                       TaxRule deposit = fixed("a", "1");
                                                       deposit.included = true;
                                                       return deposit;
                                                   }()),
                                                   included("b", "10")}) ==
          "net 100.00, a 10.00 of 100.00, b 11.00 of 110.00; pay 121.00");
}

TEST_CASE("an amount for a unit, in the base of what comes after it") {
    CHECK(text({line(eur("100.00"), {0, 1})}, {joining(fixed("f", "10")), rule("p", "10")}) ==
          "net 100.00, f 10.00 of 100.00, p 11.00 of 110.00; pay 121.00");
    CHECK(text({line(eur("100.00"), {0}, 3)}, {fixed("f", "0.035")}) ==
          "net 100.00, f 0.11 of 100.00; pay 100.11");
    // The order of computation is the taxes' own, and not that of their naming.
    TaxRule first = joining(fixed("z", "10")), second = rule("a", "10");
    second.order = 1;
    CHECK(text({line(eur("100.00"), {1, 0})}, {first, second}) ==
          "net 100.00, z 10.00 of 100.00, a 11.00 of 110.00; pay 121.00");
}

TEST_CASE("what is reverse charged is computed and not paid, what is withheld is not paid either") {
    CHECK(text({line(eur("100.00"), {0})}, {with(rule("r", "19"), TaxEffect::reverse_charge)}) ==
          "net 100.00, r 19.00 of 100.00; pay 100.00");
    const std::vector<TaxRule> rules{rule("vat", "21"), with(rule("w", "15"), TaxEffect::withheld)};
    const TaxedDocument document = taxed({line(eur("1000.00"), {0, 1})}, rules);
    CHECK(document.gross == eur("1210.00"));
    CHECK(document.withheld == eur("150.00"));
    CHECK(document.payable == eur("1060.00"));
    CHECK(document.lines[0].gross == eur("1210.00"));
}

TEST_CASE("halves are rounded away from zero, so a credit note mirrors its invoice") {
    CHECK(text({line(eur("0.50"), {0})}, {rule("t", "1")}) == "net 0.50, t 0.01 of 0.50; pay 0.51");
    CHECK(text({line(eur("-0.50"), {0})}, {rule("t", "1")}) ==
          "net -0.50, t -0.01 of -0.50; pay -0.51");
}

TEST_CASE("lines have the taxes that they name, and some have none") {
    const TaxedDocument document =
        taxed({line(eur("10.00"), {0}), line(eur("20.00"), {}), line(eur("30.00"), {1})},
              {rule("a", "10"), rule("b", "20"), rule("unused", "30")});
    CHECK(document.net == eur("60.00"));
    CHECK(document.charged == eur("7.00"));
    CHECK(document.taxes.size() == 2);
    CHECK(document.lines[1].taxes.empty());
    CHECK(document.lines[1].gross == eur("20.00"));
}

TEST_CASE("what is too large to be an amount is no document") {
    CHECK_FALSE(taxes_of(std::vector{line({most_money, test::currency("EUR")}, {0})},
                         std::vector{rule("t", "10")}, TaxRounding::globally));
    const Money most{most_money, test::currency("EUR")};
    CHECK_FALSE(taxes_of(std::vector{line(most, {}), line(most, {})}, {}, TaxRounding::globally));
}

TEST_CASE("an early discount comes off revenue and tax in proportion") {
    const std::vector<Money> taxes{eur("200.00")};
    const EarlyDiscount all = early_discount(eur("1000.00"), taxes, percent("2"), eur("1176.00"));
    CHECK(all.discount == eur("24.00"));
    CHECK(all.net == eur("20.00"));
    CHECK(all.taxes == std::vector<Money>{eur("4.00")});
    const EarlyDiscount half = early_discount(eur("1000.00"), taxes, percent("2"), eur("588.00"));
    CHECK(half.discount == eur("12.00"));
    CHECK(half.net == eur("10.00"));
    CHECK(half.taxes == std::vector<Money>{eur("2.00")});
    CHECK(early_discount(eur("1000.00"), taxes, percent("2"), eur("1200.00")).discount ==
          eur("24.00"));
    CHECK(
        early_discount(eur("-1000.00"), std::vector{eur("-200.00")}, percent("2"), eur("-1176.00"))
            .net == eur("-20.00"));
    CHECK(early_discount(eur("1000.00"), taxes, percent("99.999999"), eur("-9999999999999.99"))
              .discount == eur("0.00"));
    // 2 % of 100.25 is 2.005, so 2.01: who pays the other 98.24 has all of it.
    CHECK(early_discount(eur("100.25"), {}, percent("2"), eur("98.24")).discount == eur("2.01"));
}

namespace {

TaxRule random_rule(test::Dice& dice, std::size_t n) {
    TaxRule made = rule("t" + std::to_string(n), "0");
    made.percent.units = dice.between(0, 300) * 100'000;  // up to 30 % in tenths
    made.order = dice.between(0, 3);
    made.of_net = dice.one_in(4);
    if (dice.one_in(5))
        made = with(made, dice.one_in(2) ? TaxEffect::withheld : TaxEffect::reverse_charge);
    if (made.effect == TaxEffect::charged) {
        made.included = dice.one_in(3);
        made.joins_base = dice.one_in(2);
    }
    if (dice.one_in(4)) made.computation = TaxComputation::division;
    if (dice.one_in(5)) {
        const UnitPrice each{dice.between(0, 5'000'000), test::currency("EUR")};
        made.computation = TaxComputation::fixed;
        made.per_unit = each;
    }
    return made;
}

struct RandomDocument {
    std::vector<TaxRule> rules;
    std::vector<TaxableLine> lines;
};

RandomDocument random_document(test::Dice& dice) {
    RandomDocument made;
    const std::size_t count = dice.below(5);
    for (std::size_t n = 0; n < count; ++n) made.rules.push_back(random_rule(dice, n));
    for (std::int64_t n = dice.between(1, 12); n > 0; --n) {
        TaxableLine line{{dice.between(-20'000, 200'000), test::currency("EUR")},
                         dice.between(0, 9'000'000),
                         {}};
        for (std::size_t tax = 0; tax < count; ++tax)
            if (!dice.one_in(3)) line.taxes.push_back(tax);
        made.lines.push_back(line);
    }
    return made;
}

}  // namespace

TEST_CASE("shares of lines add up to the document, whatever it is") {
    test::Dice dice(20'260'301);
    for (int n = 0; n < 3'000; ++n) {
        const RandomDocument made = random_document(dice);
        const TaxRounding rounding = dice.one_in(2) ? TaxRounding::globally : TaxRounding::per_line;
        const TaxedDocument document = taxed(made.lines, made.rules, rounding);
        std::map<std::size_t, std::int64_t> amounts, bases;
        std::int64_t net = 0, gross = 0, charged = 0;
        for (std::size_t at = 0; at < made.lines.size(); ++at) {
            const TaxedLine& line = document.lines[at];
            std::int64_t in_price = 0, beside = 0;
            for (const TaxShare& share : line.taxes) {
                amounts[share.tax] += share.amount.minor;
                bases[share.tax] += share.base.minor;
                const TaxRule& tax = made.rules[share.tax];
                if (tax.effect != TaxEffect::charged) continue;
                (tax.included ? in_price : beside) += share.amount.minor;
            }
            REQUIRE(line.net.minor + in_price == made.lines[at].amount.minor);
            REQUIRE(line.gross.minor == line.net.minor + in_price + beside);
            net += line.net.minor;
            gross += line.gross.minor;
            charged += in_price + beside;
        }
        REQUIRE(document.net.minor == net);
        REQUIRE(document.gross.minor == gross);
        REQUIRE(document.charged.minor == charged);
        REQUIRE(document.payable.minor == gross - document.withheld.minor);
        for (const TaxShare& total : document.taxes) {
            REQUIRE(total.amount.minor == amounts[total.tax]);
            REQUIRE(total.base.minor == bases[total.tax]);
        }
    }
}

TEST_CASE("the order of lines does not matter to the totals") {
    test::Dice dice(5);
    for (int n = 0; n < 1'000; ++n) {
        RandomDocument made = random_document(dice);
        const std::string before = text(made.lines, made.rules);
        for (std::size_t at = made.lines.size(); at > 1; --at)
            std::swap(made.lines[at - 1], made.lines[dice.below(at)]);
        REQUIRE(text(made.lines, made.rules) == before);
    }
}

TEST_CASE("globally a tax beside the price is its rate of its base, rounded once") {
    test::Dice dice(6);
    for (int n = 0; n < 1'000; ++n) {
        const RandomDocument made = random_document(dice);
        for (const TaxShare& total : taxed(made.lines, made.rules).taxes) {
            const TaxRule& tax = made.rules[total.tax];
            if (tax.included || tax.computation != TaxComputation::percent) continue;
            REQUIRE(total.amount == percent_of(total.base, tax.percent, Rounding::half_up).value());
        }
    }
}

TEST_CASE("a price with its tax gives back the price without it") {
    test::Dice dice(8);
    for (int n = 0; n < 3'000; ++n) {
        const Money net{dice.between(1, 10'000'000), test::currency("EUR")};
        const std::string rate = std::to_string(dice.between(1, 40));
        const TaxedDocument up = taxed({line(net, {0})}, {rule("t", rate)});
        const TaxedDocument down = taxed({line(up.gross, {0})}, {included("t", rate)});
        REQUIRE(down.net == net);
        REQUIRE(down.charged == up.charged);
    }
}

TEST_CASE("a credit note is its invoice with the other sign") {
    test::Dice dice(9);
    for (int n = 0; n < 1'000; ++n) {
        const RandomDocument made = random_document(dice);
        RandomDocument back = made;
        for (TaxableLine& line : back.lines) {
            line.amount = -line.amount;
            line.quantity_micro = -line.quantity_micro;
        }
        const TaxedDocument invoice = taxed(made.lines, made.rules);
        const TaxedDocument credit = taxed(back.lines, back.rules);
        for (std::size_t at = 0; at < made.lines.size(); ++at)
            for (std::size_t tax = 0; tax < invoice.lines[at].taxes.size(); ++tax)
                REQUIRE(credit.lines[at].taxes[tax].amount == -invoice.lines[at].taxes[tax].amount);
    }
}
