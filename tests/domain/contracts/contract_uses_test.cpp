// Ceilings of contracts and limits of counterparties, counted and set in order.
#include "domain/contracts/contract_uses.h"

#include "tests/domain/contracts/agreed.h"

using namespace kontor;
using namespace kontor::contracts;
using namespace kontor::contracts::agreed;
using test::given;

namespace {

UsingDocumentId order(std::uint64_t number) { return test::nth<UsingDocumentId>(number); }
UseContract use(std::uint64_t number, std::string_view amount) {
    return {acme, {"S-1"}, order(number), day("2026-05-04"), eur(amount)};
}
ContractUsed used(std::uint64_t number, std::string_view amount, std::string_view total) {
    return {acme, {"S-1"}, order(number), day("2026-05-04"), eur(amount), eur(total)};
}

}  // namespace

TEST_CASE("orders under a contract never come to more than its ceiling") {
    auto story = given(dealing(), made("S-1", with_limit({}, eur("1000.00"))));
    CHECK(ordered_under(story.world(), acme, {"S-1"}) == eur("0.00"));
    story.when(use(1, "1000.01"))
        .refused(contract_ceiling_exceeded, "contract S-1, 1000.01 EUR, 1000.00 EUR");
    story.when(use(1, "1000.00")).then(used(1, "1000.00", "1000.00"));
    story.happened(used(1, "600.00", "600.00"));
    story.when(use(2, "400.01")).refused(contract_ceiling_exceeded);
    story.happened(used(2, "400.00", "1000.00"));
    CHECK(ordered_under(story.world(), acme, {"S-1"}) == eur("1000.00"));
    // An order that is changed is counted with what it comes to now.
    story.when(use(1, "600.01")).refused(contract_ceiling_exceeded);
    story.when(use(1, "599.99")).then(used(1, "599.99", "999.99"));
    // A ceiling that was lowered keeps no order from becoming smaller.
    story.happened(ContractAmended{
        acme, {"S-1"}, 2, day("2026-05-01"), with_limit({}, eur("500.00")), "Less", {}, {}});
    story.when(use(1, "599.99")).then(used(1, "599.99", "999.99"));
    story.when(use(3, "0.01")).refused(contract_ceiling_exceeded);
    story.when(use(1, "0.00")).then(used(1, "0.00", "400.00"));
    story.happened(used(1, "0.00", "400.00"));
    story.when(use(3, "100.00")).then(used(3, "100.00", "500.00"));
    // The ceiling is that of the order's day.
    UseContract before = use(3, "600.00");
    before.date = day("2026-04-30");
    story.when(before).accepted();
    before.amount = eur("600.01");
    story.when(before).refused(contract_ceiling_exceeded);
}

TEST_CASE("what is wrong with an order under a contract is said in a fixed order") {
    auto story = given(dealing(), made("S-1", with_limit({}, eur("10.00"))));
    UseContract wrong{acme, {"NONE"}, order(1), {}, usd("-0.01")};
    story.when(wrong, today()).refused(contract_unknown, "contract NONE");
    wrong.contract = {"S-1"};
    story.when(wrong, today()).refused(contract_currency_differs, "contract S-1, EUR");
    wrong.amount = eur("-0.01");
    story.when(wrong, today()).refused(contract_use_negative, "-0.01 EUR");
    wrong.amount = eur("0.00");
    story.when(wrong, today()).refused(contract_use_unchanged, "0.00 EUR");
    wrong.amount = eur("10.01");
    story.when(wrong, today()).refused(contract_ceiling_exceeded);
    wrong.amount = eur("10.00");
    story.when(wrong, today())
        .then(ContractUsed{acme, {"S-1"}, order(1), day("2026-05-15"), eur("10.00"), eur("10.00")});
    story.happened(used(1, "10.00", "10.00"));
    story.when(wrong, today()).refused(contract_use_unchanged, "10.00 EUR");
    // Without a ceiling there is what an amount can be.
    story.happened(made("S-2"));
    UseContract endless{acme, {"S-2"}, order(1), {}, {most_money, euro}};
    story.when(endless, today()).accepted();
    story.happened(
        ContractUsed{acme, {"S-2"}, order(1), day("2026-05-15"), endless.amount, endless.amount});
    endless.document = order(2);
    endless.amount = eur("0.01");
    story.when(endless, today()).refused(contract_ceiling_exceeded);
}

TEST_CASE("a counterparty has a limit over all its contracts, from a day on") {
    auto story = given(dealing());
    SetCreditLimit set{acme, {"NONE"}, {}, eur("-1.00"), ""};
    story.when(set, today()).refused(parties::counterparty_unknown, "counterparty NONE");
    set.counterparty = s_gmbh;
    story.when(set, today()).refused(credit_limit_negative, "-1.00 EUR");
    set.limit.reset();
    story.when(set, today()).refused(credit_limit_unchanged, "counterparty S-GMBH, 2026-05-15");
    set.limit = eur("1.00");
    set.because = "New";
    const CreditLimitSet may{acme, s_gmbh, day("2026-05-15"), eur("1.00"), "New"};
    story.when(set, today()).then(may);
    story.happened(may);
    story.when(set, today()).refused(credit_limit_unchanged);
    story.happened(CreditLimitSet{acme, s_gmbh, day("2026-08-01"), {}, ""});
    const auto limit_on = [&](const parties::CounterpartyCode& of, const char* date) {
        return credit_limit_of(story.world(), acme, of, day(date));
    };
    CHECK(limit_on(s_gmbh, "2026-05-14") == std::nullopt);
    CHECK(limit_on(s_gmbh, "2026-05-15") == eur("1.00"));
    CHECK(limit_on(s_gmbh, "2026-08-01") == std::nullopt);
    CHECK(limit_on(f_gmbh, "2026-05-15") == std::nullopt);
    story.happened(parties::CounterpartiesMerged{acme, f_gmbh, s_gmbh, "One"});
    CHECK(limit_on(f_gmbh, "2026-05-15") == eur("1.00"));
    set.counterparty = f_gmbh;
    story.when(set, today()).refused(parties::counterparty_merged);
}
