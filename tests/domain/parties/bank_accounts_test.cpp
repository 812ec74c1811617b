// Bank accounts: checked by IBAN or by the number at a bank, and paid to by currency.
#include "domain/parties/bank_accounts.h"

#include "domain/parties/dealings.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::currency;
using test::given;

namespace {

const CounterpartyCode salix{"S-GMBH"};
constexpr const char* good_iban = "DE89370400440532013000";
constexpr const char* other_iban = "GB29NWBK60161331926819";

AccountDetails by_iban(const char* iban, const char* in = "EUR") {
    AccountDetails details;
    if (*in) details.currency = currency(in);
    details.iban = iban;
    return details;
}
AccountDetails russian(const char* number, const char* bik) {
    AccountDetails details;
    details.account_number = number;
    details.bank_code = bik;
    details.country = CountryCode{"RU"};
    return details;
}
AddBankAccount add(AccountDetails details, const char* code = "MAIN") {
    return {acme, salix, {code}, std::move(details), day("2026-01-01")};
}
BankAccountAdded added(const char* code, AccountDetails details, bool preferred = false,
                       const char* since = "2026-01-01") {
    BankAccountAdded event{acme, salix, {code}, details, day(since), {}};
    if (preferred) event.preferred_for = {*details.currency};
    return event;
}

}  // namespace

TEST_CASE("a bank account is kept compact, and the first in a currency is preferred") {
    auto story = given(acquainted());
    AccountDetails written = by_iban("de89 3704 0044 0532 0130 00");
    written.bic = "cobadeff xxx";
    AccountDetails kept = by_iban(good_iban);
    kept.bic = "COBADEFFXXX";
    story.when(add(written)).then(added("MAIN", kept, true));
    story.happened(added("MAIN", kept, true));
    story.when(add(by_iban(other_iban), "GB")).then(added("GB", by_iban(other_iban)));
    story.when(add(by_iban(other_iban, "GBP"), "GB"))
        .then(added("GB", by_iban(other_iban, "GBP"), true));
    story.when(add(by_iban(other_iban, ""), "ANY")).then(added("ANY", by_iban(other_iban, "")));
}

TEST_CASE("what is wrong with a bank account is said in a fixed order") {
    auto story = given(acquainted());
    AddBankAccount wrong = add({});
    wrong.counterparty = {"NOBODY"};
    story.when(wrong).refused(counterparty_unknown);
    wrong.counterparty = salix;
    story.when(wrong).refused(account_number_unclear);
    wrong.details.account_number = "12345678";
    story.when(wrong).refused(account_number_unclear);
    wrong.details.iban = "DE88370400440532013000";
    story.when(wrong).refused(account_number_unclear);
    wrong.details.account_number.clear();
    wrong.details.bic = "COBADEF";
    wrong.details.country = CountryCode{"EU"};
    story.when(wrong).refused(iban_malformed, "has the check digits 88, which should be 89");
    wrong.details.iban = good_iban;
    story.when(wrong).refused(bic_malformed, "has 7 characters, not 8 or 11");
    wrong.details.bic = "COBADEFF";
    story.when(wrong).refused(country_unknown, "country EU");
    wrong.details = russian("40602810800000000025", "49805746");
    story.when(wrong).refused(bank_code_malformed, "has 8 characters, not 9");
    wrong.details.bank_code = "049805746";
    story.when(wrong).refused(account_number_malformed,
                              "has the key 8, which should be 7 at the bank 049805746");
    wrong.details.account_number = "40602810700000000025";
    wrong.details.correspondent_account = "30101810400000000225";
    story.when(wrong).refused(account_number_malformed);
    wrong.details.correspondent_account.clear();
    story.when(wrong).accepted();
    story.happened(added("FIRST", wrong.details));
    story.when(wrong).refused(bank_account_listed, "bank account FIRST");
    wrong.bank_account = {"FIRST"};
    wrong.details = {};
    story.when(wrong).refused(bank_account_exists);
    wrong.bank_account = {"US"};
    wrong.details.account_number = "1234567890";
    wrong.details.bank_code = "021000021";
    wrong.details.country = CountryCode{"US"};
    story.when(wrong).accepted();
}

TEST_CASE("a bank account is preferred in a currency that it takes, and closed") {
    auto story = given(acquainted(), added("MAIN", by_iban(good_iban), true));
    PreferBankAccount prefer{acme, {"NOBODY"}, {"HUT"}, currency("USD")};
    CloseBankAccount close{acme, {"NOBODY"}, {"HUT"}, day("2025-12-31")};
    story.when(prefer).refused(counterparty_unknown);
    story.when(close).refused(counterparty_unknown);
    prefer.counterparty = close.counterparty = salix;
    story.when(prefer).refused(bank_account_unknown);
    story.when(close).refused(bank_account_unknown);
    prefer.bank_account = close.bank_account = {"MAIN"};
    story.when(prefer).refused(bank_account_currency_differs);
    story.when(close).refused(end_before_beginning);
    prefer.currency = currency("EUR");
    close.until = {};
    story.when(prefer).then(BankAccountPreferred{acme, salix, {"MAIN"}, currency("EUR")});
    const BankAccountClosed closed{acme, salix, {"MAIN"}, day("2026-05-15")};
    story.when(close, today()).then(closed);
    story.happened(closed);
    story.when(prefer).refused(bank_account_closed);
    story.when(close).refused(bank_account_closed, "bank account MAIN, 2026-05-15");
    story.when(add(by_iban(good_iban), "AGAIN")).then(added("AGAIN", by_iban(good_iban), true));
}

TEST_CASE("a payment goes to the preferred account, else to one of its currency, else to any") {
    auto story = given(acquainted(), added("ANY", by_iban(other_iban, "")));
    const auto paid_to = [&](const char* in, const char* on) {
        const auto code = bank_account_to_pay(story.world(), acme, salix, currency(in), day(on));
        return code ? code->text : "none";
    };
    CHECK(paid_to("EUR", "2026-01-01") == "ANY");
    CHECK(paid_to("EUR", "2025-12-31") == "none");
    story.happened(added("MAIN", by_iban(good_iban), true));
    story.happened(added("NEXT", by_iban("FR1420041010050500013M02606")));
    CHECK(paid_to("EUR", "2026-01-01") == "MAIN");
    CHECK(paid_to("USD", "2026-01-01") == "ANY");
    story.happened(BankAccountPreferred{acme, salix, {"NEXT"}, currency("EUR")});
    CHECK(paid_to("EUR", "2026-01-01") == "NEXT");
    story.happened(BankAccountPreferred{acme, salix, {"ANY"}, currency("USD")});
    story.happened(BankAccountClosed{acme, salix, {"NEXT"}, day("2026-06-30")});
    CHECK(paid_to("EUR", "2026-06-30") == "NEXT");
    CHECK(paid_to("EUR", "2026-07-01") == "MAIN");
    CHECK(paid_to("USD", "2026-07-01") == "ANY");
    CHECK(!bank_account_to_pay(story.world(), acme, {"F-GMBH"}, currency("EUR"), today().today));
}
