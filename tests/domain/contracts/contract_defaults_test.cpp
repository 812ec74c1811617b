// Which contract a document is under: named, found, or made on first use.
#include "domain/contracts/contract_defaults.h"

#include "tests/domain/contracts/agreed.h"

using namespace kontor;
using namespace kontor::contracts;
using namespace kontor::contracts::agreed;
using test::given;

namespace {

std::string chosen(const test::Given& story, const ContractWanted& wanted) {
    const ContractChosen chosen = contract_for(story.world(), acme, wanted);
    return chosen.contract.text + (chosen.exists ? "" : " to be made");
}
std::string why_not(const test::Given& story, const char* contract, const ContractWanted& wanted) {
    const Objection fault = fault_of_contract(story.world(), acme, {contract}, wanted);
    return fault ? std::string(fault.reason->code) : "fits";
}

OpenDefaultContract open() {
    return {acme, {"SALIX-EUR-sale"}, ContractKind::sale, salix, s_gmbh, euro, day("2026-05-04")};
}
ContractMade opened(ContractTerms terms = {}) {
    ContractMade event = made("SALIX-EUR-sale", std::move(terms));
    event.since = day("2026-05-04");
    event.until.reset();
    event.by_default = true;
    return event;
}

}  // namespace

TEST_CASE("business without a contract has one by default, made on first use") {
    auto story = given(dealing());
    CHECK(chosen(story, sale_on(day("2026-05-04"))) == "SALIX-EUR-sale to be made");
    story.when(open()).then(opened());
    const ContractDefaultsSet defaults{acme, ContractKind::sale, net30, eur("2500.00")};
    story.happened(defaults);
    ContractTerms terms = with_limit(eur("2500.00"));
    terms.payment_terms = net30;
    story.when(open()).then(opened(terms));
    OpenDefaultContract undated = open();
    undated.date.reset();
    ContractMade of_today = opened(terms);
    of_today.since = day("2026-05-15");
    story.when(undated, today()).then(of_today);
    story.happened(opened(terms));
    CHECK(chosen(story, sale_on(day("2026-05-04"))) == "SALIX-EUR-sale");
    // An order that is told late is of a day before the first use.
    CHECK(chosen(story, sale_on(day("2026-02-01"))) == "SALIX-EUR-sale");
    CHECK(credit_limit_of(story.world(), acme, ContractCode{"SALIX-EUR-sale"}, day("2026-02-01")) ==
          eur("2500.00"));
    ContractWanted dollars = sale_on(day("2026-05-04"));
    dollars.currency = test::currency("USD");
    CHECK(chosen(story, dollars) == "SALIX-USD-sale to be made");
    ContractWanted other = sale_on(day("2026-05-04"));
    other.counterparty = f_gmbh;
    CHECK(chosen(story, other) == "SALIX-EUR-sale-2 to be made");
    other.party = {std::string(39, 'x') + "ä" + std::string(20, 'y')};
    CHECK(chosen(story, other) == std::string(39, 'x') + "-EUR-sale to be made");
}

TEST_CASE("of several contracts the preferred one is taken, then one that somebody wrote") {
    auto story = given(dealing(), opened(), made("Y"), made("X"));
    CHECK(chosen(story, sale_on(day("2026-05-04"))) == "X");
    story.happened(ContractPreferred{acme, {"Y"}, {}});
    CHECK(chosen(story, sale_on(day("2026-05-04"))) == "Y");
    CHECK(chosen(story, sale_on(day("2027-01-01"))) == "SALIX-EUR-sale");
    CHECK(chosen(story, sale_on({})) == "Y");
    story.happened(ContractEnded{acme, {"Y"}, day("2026-05-03"), "Done"});
    CHECK(chosen(story, sale_on(day("2026-05-04"))) == "X");
    // A merged party's contracts are those of the party that stands for it.
    story.happened(parties::PartiesMerged{acme, salix, fern, "One"});
    ContractWanted wanted = sale_on(day("2026-05-04"));
    wanted.party = fern;
    CHECK(chosen(story, wanted) == "X");
    CHECK(why_not(story, "X", wanted) == "fits");
    story.happened(parties::CounterpartiesMerged{acme, s_gmbh, f_gmbh, "One"});
    wanted.counterparty = f_gmbh;
    CHECK(chosen(story, wanted) == "X");
}

TEST_CASE("a document under a contract is of its kind, parties, currency and days") {
    auto story = given(dealing(), made("S-1"));
    CHECK(why_not(story, "NONE", sale_on({})) == "contract_unknown");
    ContractWanted wanted{ContractKind::purchase, fern, f_gmbh, test::currency("USD"),
                          day("2027-01-01")};
    CHECK(why_not(story, "S-1", wanted) == "contract_not_of_dealing");
    wanted.kind = ContractKind::sale;
    CHECK(why_not(story, "S-1", wanted) == "contract_not_of_dealing");
    wanted.party = salix;
    CHECK(why_not(story, "S-1", wanted) == "contract_not_of_dealing");
    wanted.counterparty = s_gmbh;
    CHECK(why_not(story, "S-1", wanted) == "contract_currency_differs");
    wanted.currency = euro;
    CHECK(why_not(story, "S-1", wanted) == "contract_not_in_force");
    wanted.day = day("2025-12-31");
    CHECK(why_not(story, "S-1", wanted) == "contract_not_in_force");
    wanted.day = day("2026-12-31");
    CHECK(why_not(story, "S-1", wanted) == "fits");
    // What was ordered in time is invoiced and paid after the end.
    wanted.day.reset();
    CHECK(why_not(story, "S-1", wanted) == "fits");
}

TEST_CASE("what is wrong with a contract by default is said in a fixed order") {
    auto story = given(dealing(), opened());
    OpenDefaultContract wrong = open();
    wrong.company = {"OTHER"};
    wrong.party = {"NOBODY"};
    wrong.counterparty = f_gmbh;
    story.when(wrong).refused(companies::company_unknown, "company OTHER");
    wrong.company = acme;
    story.when(wrong).refused(contract_exists, "contract SALIX-EUR-sale");
    wrong.contract = {"NEW"};
    story.when(wrong).refused(parties::party_unknown);
    wrong.party = fern;
    story.when(wrong).refused(parties::party_lacks_role);
    wrong.party = salix;
    story.when(wrong).refused(parties::counterparty_not_linked);
    wrong.counterparty = s_gmbh;
    story.happened(ContractDefaultsSet{acme, ContractKind::sale, net30, {}});
    story.happened(PaymentTermsBlocked{acme, net30});
    story.when(wrong).refused(payment_terms_blocked, "payment terms NET-30");
    story.happened(ContractDefaultsSet{acme, ContractKind::sale, {}, {}});
    story.when(wrong).accepted();
}

TEST_CASE("what contracts by default say is decided by the company") {
    auto story = given(dealing());
    SetContractDefaults set{{"OTHER"}, ContractKind::sale, PaymentTermsCode{"NONE"}, usd("1.00")};
    story.when(set).refused(companies::company_unknown, "company OTHER");
    set.company = acme;
    story.when(set).refused(payment_terms_unknown, "payment terms NONE");
    story.happened(terms_defined({"OLD"}));
    story.happened(PaymentTermsBlocked{acme, {"OLD"}});
    set.payment_terms = PaymentTermsCode{"OLD"};
    story.when(set).refused(payment_terms_blocked);
    set.payment_terms = net30;
    story.when(set).refused(credit_limit_unfit, "1.00 USD");
    set.credit_limit = eur("1.00");
    const ContractDefaultsSet is{acme, ContractKind::sale, net30, eur("1.00")};
    story.when(set).then(is);
    story.happened(is);
    story.when(set).refused(contract_defaults_unchanged, "sale");
    set.kind = ContractKind::purchase;
    story.when(set).accepted();
}
