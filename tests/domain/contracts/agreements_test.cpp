// Contracts: made, amended, ended, extended, signed, preferred, and what is wrong with each.
#include "domain/contracts/agreements.h"

#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "tests/domain/contracts/agreed.h"

using namespace kontor;
using namespace kontor::contracts;
using namespace kontor::contracts::agreed;
using test::given;

namespace {

MakeContract make(const char* contract) {
    MakeContract command;
    command.company = acme;
    command.contract = {contract};
    command.party = salix;
    command.currency = euro;
    return command;
}

template <class Command>
Command about(const char* contract) {
    Command command;
    command.company = acme;
    command.contract = {contract};
    return command;
}

std::string limit_on(const test::Given& story, const char* date) {
    const auto limit = credit_limit_of(story.world(), acme, ContractCode{"S-1"}, day(date));
    return limit ? amount_text(*limit) : "none";
}

}  // namespace

TEST_CASE("a contract is made with a party and the entity behind it") {
    auto story = given(dealing());
    MakeContract command = make("S-1");
    command.terms = with_limit(eur("5000.00"), eur("20000.00"));
    command.terms.payment_terms = net30;
    command.name = "Supply";
    command.reference = "KV 17";
    command.signed_on = day("2026-05-10");
    ContractMade event = made("S-1", command.terms);
    event.since = day("2026-05-15");
    event.until.reset();
    event.name = "Supply";
    event.reference = "KV 17";
    event.signed_on = day("2026-05-10");
    story.when(command, today()).then(event);
    command.counterparty = s_gmbh;
    command.since = day("2026-01-01");
    command.until = day("2026-01-01");
    event.since = event.until.emplace(day("2026-01-01"));
    story.when(command, today()).then(event);
    command.preferred = true;
    story.when(command, today()).then(event, ContractPreferred{acme, {"S-1"}, {}});
    story.happened(event);
    story.happened(ContractPreferred{acme, {"S-1"}, {}});
    command.contract = event.contract = {"S-2"};
    story.when(command, today()).then(event, ContractPreferred{acme, {"S-2"}, ContractCode{"S-1"}});
    command.currency = event.currency = test::currency("USD");
    command.terms.ceiling = event.terms.ceiling = usd("1.00");
    story.when(command, today()).then(event, ContractPreferred{acme, {"S-2"}, {}});
}

TEST_CASE("what is wrong with a new contract is said in a fixed order") {
    auto story =
        given(dealing(), made("S-1"), terms_defined({"OLD"}), PaymentTermsBlocked{acme, {"OLD"}});
    MakeContract wrong = make("S-1");
    wrong.company = {"OTHER"};
    wrong.party = {"NOBODY"};
    wrong.since = day("2026-06-01");
    wrong.until = day("2026-05-31");
    wrong.terms = with_limit(eur("-0.01"), eur("0.00"));
    wrong.terms.payment_terms = PaymentTermsCode{"NONE"};
    wrong.terms.commission = Percent{1};
    story.when(wrong).refused(companies::company_unknown, "company OTHER");
    wrong.company = acme;
    story.when(wrong).refused(contract_exists, "contract S-1");
    wrong.contract = {"S-2"};
    story.when(wrong).refused(parties::end_before_beginning, "2026-06-01, 2026-05-31");
    wrong.until = wrong.since;
    story.when(wrong).refused(parties::party_unknown, "party NOBODY");
    wrong.party = fern;
    story.when(wrong).refused(parties::party_lacks_role, "party FERN, customer, 2026-06-01");
    wrong.kind = ContractKind::purchase;
    wrong.counterparty = parties::CounterpartyCode{"NONE"};
    story.when(wrong).refused(parties::counterparty_unknown);
    wrong.counterparty = s_gmbh;
    story.when(wrong).refused(parties::counterparty_not_linked);
    wrong.counterparty.reset();
    story.when(wrong).refused(payment_terms_unknown, "payment terms NONE");
    wrong.terms.payment_terms = PaymentTermsCode{"OLD"};
    story.when(wrong).refused(payment_terms_blocked, "payment terms OLD");
    wrong.terms.payment_terms = net30;
    story.when(wrong).refused(credit_limit_unfit, "-0.01 EUR");
    wrong.terms.credit_limit = usd("1.00");
    story.when(wrong).refused(credit_limit_unfit, "1.00 USD");
    wrong.currency = test::currency("USD");
    story.when(wrong).refused(ceiling_unfit, "0.00 EUR");
    wrong.terms.ceiling = eur("5.00");
    story.when(wrong).refused(ceiling_unfit, "5.00 EUR");
    wrong.terms.credit_limit = eur("0.00");
    wrong.terms.ceiling = usd("5.00");
    story.when(wrong).refused(commission_unfit, "purchase");
    wrong.kind = ContractKind::agency;
    for (const std::int64_t units : {0LL, -1LL, 100'000'001LL}) {
        wrong.terms.commission = Percent{units};
        story.when(wrong).refused(commission_unfit, "agency");
    }
    wrong.terms.commission = Percent{100'000'000};
    story.when(wrong).accepted();
}

TEST_CASE("a contract is not made with whom the company does not deal") {
    using namespace parties;
    auto story = given(dealing(), known::registered("ELM"), known::entity("E-GMBH"));
    MakeContract wrong = make("S-1");
    story.happened(PartyRoleStarted{acme, {"ELM"}, PartyRole::customer, day("2026-01-01")});
    wrong.party = {"ELM"};
    story.when(wrong, today()).refused(counterparty_missing, "party ELM, 2026-05-15");
    story.happened(CounterpartyLinked{acme, {"ELM"}, {"E-GMBH"}, day("2026-01-01"), false});
    story.when(wrong, today()).accepted();
    story.happened(CounterpartyRetired{acme, {"E-GMBH"}, "Closed", day("2026-05-01")});
    story.when(wrong, today()).refused(counterparty_former);
    story.happened(CounterpartyRefused{acme, {"E-GMBH"}, "Owes", day("2026-05-02")});
    story.when(wrong, today()).refused(counterparty_refused);
    story.happened(CounterpartiesMerged{acme, {"E-GMBH"}, {"S-GMBH"}, "One"});
    wrong.counterparty = CounterpartyCode{"E-GMBH"};
    story.when(wrong, today()).refused(counterparty_merged);
    story.happened(PartyRetired{acme, {"ELM"}, "Closed", day("2026-05-01")});
    story.when(wrong, today()).refused(party_former);
    story.happened(PartyRefused{acme, {"ELM"}, "Owes", day("2026-05-02")});
    story.when(wrong, today()).refused(party_refused);
    story.happened(PartiesMerged{acme, {"ELM"}, salix, "One"});
    story.when(wrong, today()).refused(party_merged);
    wrong.party = salix;
    wrong.counterparty.reset();
    wrong.kind = ContractKind::agency;
    story.when(wrong, today()).accepted();
    wrong.party = fern;
    story.when(wrong, today()).accepted();
    wrong.kind = ContractKind::purchase;
    story.happened(PartyRoleEnded{acme, fern, PartyRole::supplier, day("2026-04-30")});
    story.when(wrong, today()).refused(party_lacks_role, "party FERN, supplier, 2026-05-15");
    story.happened(PartyRoleStarted{acme, fern, PartyRole::carrier, day("2026-05-01")});
    story.when(wrong, today()).accepted();
}

TEST_CASE("an amendment holds from its day, also one that was told late") {
    auto story = given(dealing(), made("S-1", with_limit(eur("1.00"))));
    AmendContract july = about<AmendContract>("S-1");
    july.from = day("2026-07-01");
    july.terms = with_limit(eur("7.00"));
    july.because = "More";
    const ContractAmended in_july{acme, {"S-1"}, 2, day("2026-07-01"), july.terms, "More", {}, {}};
    story.when(july, today()).then(in_july);
    story.happened(in_july);
    AmendContract now = july;
    now.from.reset();
    now.terms = with_limit(eur("5.00"));
    now.reference = "Annex 2";
    now.signed_on = day("2026-05-14");
    const ContractAmended in_may{acme,      {"S-1"}, 3,         day("2026-05-15"),
                                 now.terms, "More",  "Annex 2", day("2026-05-14")};
    story.when(now, today()).then(in_may);
    story.happened(in_may);
    story.happened(
        ContractAmended{acme, {"S-1"}, 4, day("2026-07-01"), with_limit({}), "No limit", {}, {}});
    CHECK(limit_on(story, "2025-01-01") == "1.00");
    CHECK(limit_on(story, "2026-05-14") == "1.00");
    CHECK(limit_on(story, "2026-05-15") == "5.00");
    CHECK(limit_on(story, "2026-06-30") == "5.00");
    CHECK(limit_on(story, "2026-07-01") == "none");
    CHECK(contract_version_on(story.world(), acme, {"S-1"}, day("2026-06-30")) == 3);
    CHECK(contract_version_on(story.world(), acme, {"S-1"}, day("2026-07-01")) == 4);
    CHECK(contract_version_on(story.world(), acme, {"NONE"}, day("2026-07-01")) == 0);
    CHECK(contract_terms(story.world(), acme, {"S-1"}, 2)->credit_limit == eur("7.00"));
    CHECK(contract_terms(story.world(), acme, {"S-1"}, 5) == nullptr);
    CHECK(contract_terms(story.world(), acme, {"NONE"}, 1) == nullptr);
}

TEST_CASE("what is wrong with an amendment is said in a fixed order") {
    auto story = given(dealing(), terms_defined({"OLD"}));
    ContractTerms old = with_limit(eur("1.00"));
    old.payment_terms = PaymentTermsCode{"OLD"};
    story.happened(made("S-1", old));
    story.happened(PaymentTermsBlocked{acme, {"OLD"}});
    AmendContract wrong = about<AmendContract>("NONE");
    wrong.from = day("2027-01-01");
    wrong.terms = with_limit(eur("-1.00"), usd("1.00"));
    wrong.terms.payment_terms = PaymentTermsCode{"NONE"};
    wrong.terms.commission = Percent{1};
    story.when(wrong).refused(contract_unknown, "contract NONE");
    wrong.contract = {"S-1"};
    story.when(wrong).refused(contract_not_in_force, "contract S-1, 2027-01-01");
    wrong.from = day("2025-12-31");
    story.when(wrong).refused(contract_not_in_force, "contract S-1, 2025-12-31");
    wrong.from = day("2026-12-31");
    story.when(wrong).refused(payment_terms_unknown);
    wrong.terms.payment_terms = net30;
    story.happened(PaymentTermsBlocked{acme, net30});
    story.when(wrong).refused(payment_terms_blocked, "payment terms NET-30");
    // What it has been paid by may go on, though no new contract may take it.
    wrong.terms.payment_terms = PaymentTermsCode{"OLD"};
    story.when(wrong).refused(credit_limit_unfit);
    wrong.terms.credit_limit = eur("1.00");
    story.when(wrong).refused(ceiling_unfit);
    wrong.terms.ceiling.reset();
    story.when(wrong).refused(commission_unfit);
    wrong.terms.commission.reset();
    story.when(wrong).refused(contract_unchanged, "contract S-1, 2026-12-31");
    wrong.terms.payment_terms.reset();
    story.when(wrong).accepted();
}

TEST_CASE("a contract ends sooner than it said, and holds longer") {
    auto story = given(dealing(), made("S-1"));
    EndContract end = about<EndContract>("NONE");
    end.until = day("2025-12-31");
    end.because = "Done";
    story.when(end, today()).refused(contract_unknown, "contract NONE");
    end.contract = {"S-1"};
    story.when(end, today()).refused(parties::end_before_beginning, "2026-01-01, 2025-12-31");
    end.until = day("2026-12-31");
    story.when(end, today()).refused(contract_ends_earlier, "contract S-1, 2026-12-31");
    end.until.reset();
    const ContractEnded ended{acme, {"S-1"}, day("2026-05-15"), "Done"};
    story.when(end, today()).then(ended);
    story.happened(ended);
    ExtendContract extend = about<ExtendContract>("NONE");
    extend.until = day("2026-05-15");
    extend.because = "Again";
    story.when(extend).refused(contract_unknown, "contract NONE");
    extend.contract = {"S-1"};
    story.when(extend).refused(contract_not_longer, "contract S-1");
    extend.until = day("2026-05-16");
    story.when(extend).then(ContractExtended{acme, {"S-1"}, day("2026-05-16"), "Again"});
    extend.until.reset();
    const ContractExtended endless{acme, {"S-1"}, {}, "Again"};
    story.when(extend).then(endless);
    story.happened(endless);
    story.when(extend).refused(contract_not_longer);
}

TEST_CASE("a contract is signed once, renamed and preferred") {
    auto story = given(dealing(), made("S-1"), made("S-2"));
    SignContract sign = about<SignContract>("NONE");
    story.when(sign, today()).refused(contract_unknown, "contract NONE");
    sign.contract = {"S-1"};
    sign.reference = "KV 18";
    const ContractSigned on_paper{acme, {"S-1"}, day("2026-05-15"), "KV 18"};
    story.when(sign, today()).then(on_paper);
    story.happened(on_paper);
    story.when(sign, today()).refused(contract_signed, "contract S-1");

    RenameContract rename = about<RenameContract>("NONE");
    rename.name = "Supply";
    story.when(rename).refused(contract_unknown, "contract NONE");
    rename.contract = {"S-1"};
    story.when(rename).then(ContractRenamed{acme, {"S-1"}, "Supply"});

    story.when(about<PreferContract>("NONE")).refused(contract_unknown, "contract NONE");
    story.happened(ContractPreferred{acme, {"S-1"}, {}});
    story.when(about<PreferContract>("S-1")).refused(contract_preferred, "contract S-1");
    const ContractPreferred instead{acme, {"S-2"}, ContractCode{"S-1"}};
    story.when(about<PreferContract>("S-2")).then(instead);
    story.happened(instead);
    story.when(about<PreferContract>("S-1"))
        .then(ContractPreferred{acme, {"S-1"}, ContractCode{"S-2"}});
}
