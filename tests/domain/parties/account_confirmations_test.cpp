// New bank accounts that a second person looks at before money goes there.
#include "domain/parties/account_confirmations.h"

#include "domain/parties/dealings.h"
#include "domain/parties/merges.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::currency;
using test::given;

namespace {

const CounterpartyCode salix{"S-GMBH"};

Context by(const char* actor) {
    Context context = today();
    context.actor = actor;
    return context;
}

AddBankAccount add() {
    AddBankAccount add{acme, salix, {"MAIN"}, {}, day("2026-01-01")};
    add.details.currency = currency("EUR");
    add.details.iban = "DE89370400440532013000";
    return add;
}

BankAccountAdded added(const char* by, bool awaits) {
    return {acme, salix, {"MAIN"}, add().details, day("2026-01-01"), {currency("EUR")}, by, awaits};
}

}  // namespace

TEST_CASE("where the company wants it, a new bank account waits for a second person") {
    auto story = given(acquainted());
    story.when(SetPartiesPolicy{{"NONE"}, true}).refused(companies::company_unknown);
    story.when(SetPartiesPolicy{acme, false}).refused(parties_policy_unchanged);
    story.when(SetPartiesPolicy{acme, true}).then(PartiesPolicySet{acme, true});
    story.when(add(), by("mallory")).then(added("mallory", false));
    story.happened(PartiesPolicySet{acme, true});
    story.when(SetPartiesPolicy{acme, true}).refused(parties_policy_unchanged);
    story.when(add(), by("mallory")).then(added("mallory", true));
}

TEST_CASE("who has entered a bank account does not confirm it") {
    auto story = given(acquainted(), PartiesPolicySet{acme, true}, added("mallory", true));
    ConfirmBankAccount confirm{acme, {"NOBODY"}, {"HUT"}, "Called them"};
    story.when(confirm, by("mallory")).refused(counterparty_unknown);
    confirm.counterparty = salix;
    story.when(confirm, by("mallory")).refused(bank_account_unknown);
    confirm.bank_account = {"MAIN"};
    story.when(confirm, by("mallory"))
        .refused(bank_account_entered_by_confirmer, "bank account MAIN, mallory");
    const BankAccountConfirmed confirmed{acme, salix, {"MAIN"}, "Called them"};
    story.when(confirm, by("ann")).then(confirmed);
    story.happened(confirmed);
    story.when(confirm, by("ann")).refused(bank_account_confirmed);
    story.happened(BankAccountClosed{acme, salix, {"MAIN"}, day("2026-06-30")});
    story.when(confirm, by("ann")).refused(bank_account_closed);
    auto merged = given(acquainted(), added("mallory", true));
    merged.happened(CounterpartiesMerged{acme, salix, {"F-GMBH"}, "One"});
    merged.when(confirm, by("ann")).refused(counterparty_merged);
}

TEST_CASE("nothing is paid to an account that waits, unless the company no longer wants that") {
    auto story = given(acquainted(), PartiesPolicySet{acme, true}, added("mallory", true));
    const auto paid_to = [&] {
        const auto code =
            bank_account_to_pay(story.world(), acme, salix, currency("EUR"), day("2026-02-01"));
        return code ? code->text : "none";
    };
    const auto why_not = [&](const char* account, const char* in, const char* on) {
        const Objection fault =
            fault_of_paying_to(story.world(), acme, salix, {account}, currency(in), day(on));
        return fault ? std::string(fault.reason->code) : "";
    };
    CHECK(paid_to() == "none");
    CHECK(why_not("HUT", "USD", "2025-12-31") == "bank_account_unknown");
    CHECK(why_not("MAIN", "USD", "2025-12-31") == "bank_account_closed");
    CHECK(why_not("MAIN", "USD", "2026-02-01") == "bank_account_currency_differs");
    CHECK(why_not("MAIN", "EUR", "2026-02-01") == "bank_account_unconfirmed");
    // Another one that was there before stays in use meanwhile.
    BankAccountAdded older = added("ann", false);
    older.bank_account = {"OLD"};
    older.details.iban = "FR1420041010050500013M02606";
    story.happened(older);
    CHECK(paid_to() == "OLD");
    story.happened(BankAccountConfirmed{acme, salix, {"MAIN"}, "Called them"});
    CHECK(paid_to() == "MAIN");
    CHECK(why_not("MAIN", "EUR", "2026-02-01").empty());
    auto lax = given(acquainted(), PartiesPolicySet{acme, true}, added("mallory", true),
                     PartiesPolicySet{acme, false});
    CHECK(bank_account_to_pay(lax.world(), acme, salix, currency("EUR"), day("2026-02-01")));
}
