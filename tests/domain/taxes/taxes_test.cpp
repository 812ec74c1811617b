// Taxes of a company: rates by day, what a tax is, groups, accounts, and the rules of a line.
#include "domain/taxes/taxes.h"

#include "domain/taxes/tax_groups.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::taxes;
using ledger::books::acme;
using ledger::books::open_books;
using test::currency;
using test::day;
using test::given;

namespace {

Percent percent(std::string_view text) { return {decimal_from(text, 6).value()}; }

TaxRateSet rate_set(std::string_view rate, std::string_view from, std::string_view units,
                    std::string_view jurisdiction = "DE") {
    return {acme, {std::string(jurisdiction)}, {std::string(rate)}, day(from), percent(units), {}};
}
TaxRateSet deposit_set(std::string_view from, std::int64_t micros) {
    return {acme, {"DE"}, {"deposit"}, day(from), {}, UnitPrice{micros, currency("EUR")}};
}

TaxTerms terms(std::string_view rate = "standard") {
    TaxTerms terms;
    terms.jurisdiction = {"DE"};
    terms.rate = TaxRateCode{std::string(rate)};
    return terms;
}
DefineTax define(std::string_view tax, TaxTerms terms) {
    return {acme, {std::string(tax)}, std::string(tax), std::move(terms)};
}
TaxDefined defined(std::string_view tax, TaxTerms terms) {
    return {acme, {std::string(tax)}, std::string(tax), std::move(terms)};
}

std::string rate_on(const test::Given& story, std::string_view date) {
    const TaxRate* rate = tax_rate_on(story.world(), acme, {"DE"}, {"standard"}, day(date));
    return rate ? short_decimal_text(rate->percent->units, 6) : "none";
}

// The rules that codes come to on a sale in euros: "vat 19, deposit", or the reason why not.
std::string rules_of(const test::Given& story, std::vector<TaxCode> named,
                     std::string_view date = "2026-05-01", TaxUse use = TaxUse::sale) {
    DocumentTaxes document{use, currency("EUR"), {}};
    std::vector<std::size_t> numbers;
    const Objection fault =
        document.add(tax_book_on(story.world(), acme, day(date)), named, numbers);
    if (fault) return std::string(fault.reason->code) + ": " + fault.about;
    CHECK(numbers.size() == document.rules.size());
    std::string text;
    for (const TaxRule& rule : document.rules) {
        text += (text.empty() ? "" : ", ") + rule.tax.text;
        if (rule.percent.units) text += " " + short_decimal_text(rule.percent.units, 6);
    }
    return text;
}

}  // namespace

TEST_CASE("a rate holds from its day until the next one") {
    auto story = given(open_books());
    SetTaxRate set{acme, {"DE"}, {"standard"}, day("2020-07-01"), percent("16"), {}};
    story.when(set).then(rate_set("standard", "2020-07-01", "16"));
    story.happened(rate_set("standard", "2007-01-01", "19"));
    story.happened(rate_set("standard", "2020-07-01", "16"));
    story.happened(rate_set("standard", "2021-01-01", "19"));
    story.happened(rate_set("standard", "2021-01-01", "21", "NL"));
    CHECK(rate_on(story, "2006-12-31") == "none");
    CHECK(rate_on(story, "2020-06-30") == "19");
    CHECK(rate_on(story, "2020-07-01") == "16");
    CHECK(rate_on(story, "2020-12-31") == "16");
    CHECK(rate_on(story, "2021-01-01") == "19");
    const TaxRateWithdrawn gone{acme, {"DE"}, {"standard"}, day("2020-07-01")};
    story.when(WithdrawTaxRate{acme, {"DE"}, {"standard"}, day("2020-07-02")})
        .refused(tax_rate_not_set, "jurisdiction DE, tax rate standard, 2020-07-02");
    story.when(WithdrawTaxRate{acme, {"DE"}, {"standard"}, day("2020-07-01")}).then(gone);
    story.happened(gone);
    CHECK(rate_on(story, "2020-07-01") == "19");
}

TEST_CASE("what is wrong with a rate of tax is said in a fixed order") {
    auto story = given(open_books(), rate_set("standard", "2007-01-01", "19"));
    SetTaxRate wrong{{"OTHER"}, {"Germany"}, {"standard"}, day("2026-01-01"), {}, {}};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    for (const char* code : {"Germany", "D", "de", "DE-", "DE-BERL", "DE_BE", "D1"}) {
        wrong.jurisdiction = {code};
        story.when(wrong).refused(jurisdiction_unfit);
    }
    wrong.jurisdiction = {"DE"};
    story.when(wrong).refused(tax_rate_is_one_of);
    wrong.percent = percent("19");
    wrong.per_unit = UnitPrice{1, currency("EUR")};
    story.when(wrong).refused(tax_rate_is_one_of);
    wrong.percent.reset();
    wrong.per_unit->units = -1;
    story.when(wrong).refused(tax_rate_is_one_of);
    wrong.per_unit.reset();
    wrong.percent = percent("19");
    story.when(wrong).refused(tax_rate_unchanged, "jurisdiction DE, tax rate standard, 2026-01-01");
    wrong.jurisdiction = {"CA-QC"};
    story.when(wrong).accepted();
}

TEST_CASE("what is wrong with a tax is said in a fixed order") {
    auto story = given(open_books(), defined("vat", terms()),
                       TaxGroupDefined{acme, {"all"}, "All", {{"vat"}}});
    DefineTax wrong = define("vat", {});
    wrong.terms.category = TaxCategory::AE;
    wrong.terms.effect = TaxEffect::reverse_charge;
    wrong.terms.included = true;
    wrong.company = {"OTHER"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(tax_exists, "tax vat");
    wrong.tax = {"all"};
    story.when(wrong).refused(tax_exists, "tax all");
    wrong.tax = {"new"};
    story.when(wrong).refused(jurisdiction_unfit);
    wrong.terms.jurisdiction = {"DE"};
    story.when(wrong).refused(tax_rate_missing);
    wrong.terms.rate = TaxRateCode{"standard"};
    story.when(wrong).refused(tax_effect_unfit, "reverse charge");
    wrong.terms.included = false;
    wrong.terms.joins_base = true;
    story.when(wrong).refused(tax_effect_unfit);
    wrong.terms.joins_base = false;
    story.when(wrong).refused(exemption_missing, "AE");
    wrong.terms.exemption_code = "vatex-eu-ae";
    story.when(wrong).refused(exemption_code_unfit, "vatex-eu-ae");
    wrong.terms.exemption_code = "VATEX-EU-AE";
    story.when(wrong).then(TaxDefined{acme, {"new"}, "vat", wrong.terms});
}

TEST_CASE("what is not taxed has a reason and no rate, and what is taxed the other way round") {
    auto story = given(open_books());
    const auto of = [](TaxCategory category, bool rate, bool reason,
                       TaxEffect effect = TaxEffect::charged) {
        TaxTerms made = terms();
        made.category = category;
        made.effect = effect;
        if (!rate) made.rate.reset();
        if (reason) made.exemption_text = "By law";
        return define("new", made);
    };
    for (const TaxCategory exempt :
         {TaxCategory::E, TaxCategory::AE, TaxCategory::K, TaxCategory::G, TaxCategory::O}) {
        story.when(of(exempt, true, true)).refused(tax_rate_unwanted);
        story.when(of(exempt, false, false)).refused(exemption_missing);
        story.when(of(exempt, false, true)).accepted();
    }
    story.when(of(TaxCategory::Z, true, false)).refused(tax_rate_unwanted, "Z");
    story.when(of(TaxCategory::Z, false, true)).refused(exemption_unwanted, "Z");
    story.when(of(TaxCategory::Z, false, false)).accepted();
    for (const TaxCategory levied : {TaxCategory::none, TaxCategory::S, TaxCategory::L}) {
        story.when(of(levied, false, false)).refused(tax_rate_missing);
        story.when(of(levied, true, true)).refused(exemption_unwanted);
        story.when(of(levied, true, false)).accepted();
    }
    // Whoever buys computes it.
    for (const TaxCategory owed : {TaxCategory::AE, TaxCategory::K}) {
        story.when(of(owed, false, true, TaxEffect::reverse_charge)).refused(tax_rate_missing);
        story.when(of(owed, true, true, TaxEffect::reverse_charge)).accepted();
    }
}

TEST_CASE("a tax is renamed, blocked and unblocked") {
    auto story = given(open_books(), defined("vat", terms()));
    story.when(RenameTax{acme, {"gst"}, "GST"}).refused(tax_unknown, "tax gst");
    story.when(RenameTax{acme, {"vat"}, "VAT"}).then(TaxRenamed{acme, {"vat"}, "VAT"});
    story.when(BlockTax{acme, {"gst"}}).refused(tax_unknown);
    story.when(UnblockTax{acme, {"gst"}}).refused(tax_unknown);
    story.when(UnblockTax{acme, {"vat"}}).refused(tax_not_blocked);
    story.when(BlockTax{acme, {"vat"}}).then(TaxBlocked{acme, {"vat"}});
    story.happened(TaxBlocked{acme, {"vat"}});
    story.when(BlockTax{acme, {"vat"}}).refused(tax_blocked);
    story.when(UnblockTax{acme, {"vat"}}).then(TaxUnblocked{acme, {"vat"}});
}

TEST_CASE("the accounts of a tax are in the chart and no headings") {
    auto story = given(open_books(), defined("vat", terms()));
    const auto set = [](std::string_view payable, std::string_view recoverable) {
        SetTaxAccounts command{acme, {"vat"}, {}, {}, {}};
        if (!payable.empty()) command.payable = ledger::AccountCode{std::string(payable)};
        if (!recoverable.empty())
            command.recoverable = ledger::AccountCode{std::string(recoverable)};
        return command;
    };
    SetTaxAccounts wrong = set("nowhere", "assets");
    wrong.tax = {"gst"};
    story.when(wrong).refused(tax_unknown);
    story.when(set("nowhere", "assets")).refused(ledger::account_unknown, "account nowhere");
    story.when(set("cash", "assets")).refused(ledger::account_is_summary, "account assets");
    story.when(set("", "")).refused(tax_unchanged);
    const ledger::AccountCode cash{"cash"}, dollars{"dollars"};
    story.when(set("cash", "")).then(TaxAccountsSet{acme, {"vat"}, cash, {}, {}});
    story.happened(TaxAccountsSet{acme, {"vat"}, cash, {}, {}});
    story.when(set("cash", "")).refused(tax_unchanged);
    story.when(set("", "dollars")).then(TaxAccountsSet{acme, {"vat"}, cash, dollars, {}});
}

TEST_CASE("a group is of taxes that are there, under a code that none of them has") {
    auto story = given(open_books(), defined("vat", terms()), defined("excise", terms()));
    DefineTaxGroup group{{"OTHER"}, {"vat"}, "All", {{"vat"}, {"gst"}}};
    story.when(group).refused(companies::company_unknown);
    group.company = acme;
    story.when(group).refused(tax_exists, "tax vat");
    group.group = {"all"};
    story.when(group).refused(tax_unknown, "tax gst", "/taxes/1");
    group.taxes = {{"vat"}, {"excise"}, {"vat"}};
    const TaxGroupDefined made{acme, {"all"}, "All", {{"excise"}, {"vat"}}};
    story.when(group).then(made);
    story.happened(made);
    story.when(group).refused(tax_group_unchanged);
    group.taxes = {{"all"}};
    story.when(group).refused(tax_unknown, "tax all", "/taxes/0");
    group.taxes = {{"vat"}};
    story.when(group).accepted();
    story.when(define("all", terms())).refused(tax_exists);
}

TEST_CASE("a company rounds globally until it says otherwise") {
    auto story = given(open_books());
    CHECK(tax_rounding_of(story.world(), acme) == TaxRounding::globally);
    story.when(SetTaxPolicy{{"OTHER"}, TaxRounding::per_line}).refused(companies::company_unknown);
    story.when(SetTaxPolicy{acme, TaxRounding::globally}).refused(tax_policy_unchanged);
    story.when(SetTaxPolicy{acme, TaxRounding::per_line})
        .then(TaxPolicySet{acme, TaxRounding::per_line});
    story.happened(TaxPolicySet{acme, TaxRounding::per_line});
    CHECK(tax_rounding_of(story.world(), acme) == TaxRounding::per_line);
}

TEST_CASE("a line's rules are those of its day, with groups opened and each tax once") {
    TaxTerms bought = terms();
    bought.use = TaxUse::purchase;
    TaxTerms bottle = terms("deposit");
    bottle.computation = TaxComputation::fixed;
    TaxTerms none = terms();
    none.rate.reset();
    none.category = TaxCategory::Z;
    auto story = given(open_books(), rate_set("standard", "2007-01-01", "19"),
                       rate_set("standard", "2020-07-01", "16"),
                       rate_set("standard", "2021-01-01", "19"), deposit_set("2022-01-01", 80'000),
                       defined("vat", terms()), defined("bottle", bottle), defined("zero", none));
    story.happened(defined("input", bought));
    story.happened(TaxGroupDefined{acme, {"all"}, "All", {{"bottle"}, {"vat"}}});
    CHECK(rules_of(story, {{"vat"}}) == "vat 19");
    CHECK(rules_of(story, {{"vat"}}, "2020-09-01") == "vat 16");
    CHECK(rules_of(story, {{"zero"}}) == "zero");
    CHECK(rules_of(story, {{"vat"}, {"all"}, {"vat"}}) == "vat 19, bottle");
    CHECK(rules_of(story, {{"input"}}, "2026-05-01", TaxUse::purchase) == "input 19");
    CHECK(rules_of(story, {{"gst"}}) == "tax_unknown: tax gst");
    CHECK(rules_of(story, {{"input"}}) == "tax_of_other_use: tax input, purchase");
    CHECK(rules_of(story, {{"vat"}}, "2006-05-01") ==
          "tax_rate_not_set: tax vat, jurisdiction DE, tax rate standard");
    story.happened(TaxBlocked{acme, {"vat"}});
    CHECK(rules_of(story, {{"all"}}) == "tax_blocked: tax vat");
}

TEST_CASE("a rate of another kind than its tax is refused") {
    TaxTerms by_unit = terms();
    by_unit.computation = TaxComputation::fixed;
    TaxTerms divided = terms("all");
    divided.computation = TaxComputation::division;
    auto story =
        given(open_books(), rate_set("standard", "2007-01-01", "19"),
              rate_set("all", "2007-01-01", "100"), deposit_set("2022-01-01", 80'000),
              defined("a", by_unit), defined("b", terms("deposit")), defined("c", divided));
    CHECK(rules_of(story, {{"a"}}) == "tax_rate_unfit: tax a, tax rate standard");
    CHECK(rules_of(story, {{"b"}}) == "tax_rate_unfit: tax b, tax rate deposit");
    CHECK(rules_of(story, {{"c"}}) == "tax_rate_unfit: tax c, tax rate all");
    TaxTerms bottle = terms("deposit");
    bottle.computation = TaxComputation::fixed;
    story.happened(defined("d", bottle));
    DocumentTaxes dollars{TaxUse::sale, currency("USD"), {}};
    std::vector<std::size_t> numbers;
    CHECK(
        dollars.add(tax_book_on(story.world(), acme, day("2026-05-01")), {{"d"}}, numbers).reason ==
        &tax_rate_unfit);
}
