// What a company decides about its purchasing.
#include "domain/purchasing/purchase_policy.h"

#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

TEST_CASE("a purchase policy keeps what a command does not name") {
    Buyer buyer;
    SetPurchasePolicy set;
    set.company = acme;
    set.over_receipt = percent("5");
    buyer.must(set);
    set.over_receipt.reset();
    set.dearer = MatchTolerance{percent("2"), eur("50.00")};
    const auto policy = buyer.says<PurchasePolicySet>(set).policy;
    CHECK(policy.over_receipt == percent("5"));
    CHECK(policy.dearer == MatchTolerance{percent("2"), eur("50.00")});
    CHECK(policy.more == MatchTolerance{Percent{}, std::nullopt});
    CHECK(policy.cheaper == MatchTolerance{});
}

TEST_CASE("a purchase policy is refused for the first of its faults") {
    Buyer buyer;
    SetPurchasePolicy set;
    set.company = {"NONE"};
    set.more = MatchTolerance{std::nullopt, usd("1.00")};
    set.releases = access::RoleCode{"nobody"};
    buyer.refuses(set, companies::company_unknown);
    set.company = acme;
    buyer.refuses(set, tolerance_currency_differs);
    set.more.reset();
    buyer.refuses(set, access::role_unknown);
    set.releases.reset();
    buyer.refuses(set, purchase_policy_unchanged);
    set.without_numbers = true;
    buyer.refuses(set, purchase_policy_unchanged);
}

TEST_CASE("accounts of purchases are refused for the first of their faults") {
    Buyer buyer;
    SetPurchaseAccounts set{{"NONE"}, {{"none"}, {"5"}, {"4910"}, {"5800"}, {"NONE"}}};
    buyer.refuses(set, companies::company_unknown);
    set.company = acme;
    buyer.refuses(set, ledger::journal_unknown);
    set.accounts.journal = {"PUR"};
    buyer.refuses(set, ledger::account_unknown);
    set.accounts.received = {"2200"};
    buyer.refuses(set, ledger::account_is_summary);
    set.accounts.expense = {"5300"};
    buyer.refuses(set, purchase_accounts_unchanged);
}
