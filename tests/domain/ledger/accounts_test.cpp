// The chart of accounts: how accounts come into it and what changes afterwards.
#include "domain/ledger/accounts.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

OpenAccount till() {
    OpenAccount open;
    open.company = acme;
    open.account = {"till"};
    open.name = "Till";
    open.kind = AccountKind::asset;
    return open;
}

AccountOpened till_opened() {
    return {acme, {"till"}, "Till", AccountKind::asset, Side::debit, {}, false, {}, {}};
}

}  // namespace

TEST_CASE("an account rises on the usual side of its kind, a contra account on the other") {
    given(open_books()).when(till()).then(till_opened());
    OpenAccount contra = till();
    contra.normal_side = Side::credit;
    AccountOpened expected = till_opened();
    expected.normal_side = Side::credit;
    given(open_books()).when(contra).then(expected);
    CHECK(normal_side_of(AccountKind::asset) == Side::debit);
    CHECK(normal_side_of(AccountKind::expense) == Side::debit);
    CHECK(normal_side_of(AccountKind::liability) == Side::credit);
    CHECK(normal_side_of(AccountKind::equity) == Side::credit);
    CHECK(normal_side_of(AccountKind::income) == Side::credit);
}

TEST_CASE("an account is opened with all that was said of it") {
    OpenAccount open = till();
    open.parent = AccountCode{"assets"};
    open.currency = test::currency("USD");
    open.required_dimensions = {{"project"}, {"country"}, {"project"}};
    AccountOpened expected = till_opened();
    expected.parent = AccountCode{"assets"};
    expected.currency = test::currency("USD");
    expected.required_dimensions = {{"country"}, {"project"}};
    given(open_books()).when(open).then(expected);
}

TEST_CASE("an account's code is used once in a company") {
    given(open_books(), till_opened()).when(till()).refused(account_exists);
    AccountOpened elsewhere = till_opened();
    elsewhere.company = {"OTHER"};
    given(open_books(), elsewhere).when(till()).then(till_opened());
}

TEST_CASE("only a known company has a chart") {
    OpenAccount open = till();
    open.company = {"OTHER"};
    given(open_books()).when(open).refused(companies::company_unknown);
}

TEST_CASE("an account stands below a known heading or account of its kind") {
    const auto below = [](const char* parent, AccountKind kind) {
        OpenAccount open = till();
        open.parent = AccountCode{parent};
        open.kind = kind;
        return open;
    };
    auto story = given(open_books());
    story.when(below("nowhere", AccountKind::asset)).refused(parent_unknown);
    story.when(below("till", AccountKind::asset)).refused(parent_unknown);
    story.when(below("cash", AccountKind::income)).refused(parent_of_other_kind);
    story.when(below("cash", AccountKind::asset)).accepted();  // a till of the cash account
    OpenAccount heading = below("cash", AccountKind::asset);
    heading.summary = true;
    story.when(heading).refused(parent_not_summary);
    story.when(below("assets", AccountKind::income)).refused(parent_of_other_kind);
}

TEST_CASE("headings nest") {
    OpenAccount heading = till();
    heading.summary = true;
    heading.parent = AccountCode{"assets"};
    AccountOpened expected = till_opened();
    expected.summary = true;
    expected.parent = AccountCode{"assets"};
    given(open_books()).when(heading).then(expected);
}

TEST_CASE("only defined dimensions are required") {
    OpenAccount open = till();
    open.required_dimensions = {{"project"}, {"colour"}};
    given(open_books()).when(open).refused(dimension_unknown);
}

TEST_CASE("what is wrong with an account is said in a fixed order") {
    auto story = given(open_books());
    OpenAccount open = till();
    open.company = {"OTHER"};
    open.account = {"cash"};
    open.kind = AccountKind::income;
    open.parent = AccountCode{"nowhere"};
    open.required_dimensions = {{"colour"}};
    story.when(open).refused(companies::company_unknown);
    open.company = acme;
    story.when(open).refused(account_exists);
    open.account = {"till"};
    story.when(open).refused(parent_unknown);
    open.parent = AccountCode{"cash"};
    open.summary = true;
    story.when(open).refused(parent_not_summary);
    open.summary = false;
    open.parent = AccountCode{"assets"};
    story.when(open).refused(parent_of_other_kind);
    open.kind = AccountKind::asset;
    story.when(open).refused(dimension_unknown);
    open.required_dimensions.clear();
    story.when(open).accepted();
}

TEST_CASE("an account is renamed") {
    given(open_books())
        .when(RenameAccount{acme, {"cash"}, "Petty cash"})
        .then(AccountRenamed{acme, {"cash"}, "Petty cash"});
    given(open_books()).when(RenameAccount{acme, {"nowhere"}, "Nowhere"}).refused(account_unknown);
}

TEST_CASE("an account is blocked and unblocked in turn") {
    auto story = given(open_books());
    story.when(BlockAccount{acme, {"nowhere"}}).refused(account_unknown);
    story.when(UnblockAccount{acme, {"nowhere"}}).refused(account_unknown);
    story.when(UnblockAccount{acme, {"cash"}}).refused(account_not_blocked);
    story.when(BlockAccount{acme, {"cash"}}).then(AccountBlocked{acme, {"cash"}});
    story.happened(AccountBlocked{acme, {"cash"}});
    story.when(BlockAccount{acme, {"cash"}}).refused(account_blocked);
    story.when(UnblockAccount{acme, {"cash"}}).then(AccountUnblocked{acme, {"cash"}});
}

TEST_CASE("the dimensions that an account requires can change") {
    auto story = given(open_books());
    story.when(RequireDimensions{acme, {"cash"}, {{"project"}, {"country"}}})
        .then(DimensionsRequired{acme, {"cash"}, {{"country"}, {"project"}}});
    story.when(RequireDimensions{acme, {"nowhere"}, {{"colour"}}}).refused(account_unknown);
    story.when(RequireDimensions{acme, {"cash"}, {{"colour"}}}).refused(dimension_unknown);
    story.happened(DimensionsRequired{acme, {"cash"}, {{"project"}}});
    story.when(sale()).refused(dimension_missing);
    story.happened(DimensionsRequired{acme, {"cash"}, {}});
    story.when(sale()).accepted();
}

TEST_CASE("an account moves to another heading of its kind, with all that is below it") {
    const auto heading = [](const char* code, AccountKind kind, const char* parent,
                            bool any_kind = false) {
        AccountOpened opened{acme, {code}, code, kind, normal_side_of(kind), {}, true, {}, {}};
        if (*parent) opened.parent = AccountCode{parent};
        opened.any_kind_below = any_kind;
        return opened;
    };
    auto story = given(open_books(), heading("current", AccountKind::asset, "assets"),
                       heading("liquid", AccountKind::asset, "current"),
                       heading("section", AccountKind::equity, "", true),
                       heading("income", AccountKind::income, ""));
    const auto move = [](const char* account, const char* parent) {
        MoveAccount command{acme, {account}, {}};
        if (*parent) command.parent = AccountCode{parent};
        return command;
    };
    story.when(move("nowhere", "assets")).refused(account_unknown);
    story.when(move("cash", "nowhere")).refused(parent_unknown);
    story.when(move("liquid", "cash")).refused(parent_not_summary);
    story.when(move("cash", "income")).refused(parent_of_other_kind);
    story.when(move("assets", "liquid")).refused(parent_below_account);
    story.when(move("liquid", "liquid")).refused(parent_below_account);
    story.when(move("cash", "")).refused(account_stands_there);
    story.when(move("cash", "liquid")).then(AccountMoved{acme, {"cash"}, AccountCode{"liquid"}});
    story.when(move("cash", "section")).then(AccountMoved{acme, {"cash"}, AccountCode{"section"}});
    story.happened(AccountMoved{acme, {"cash"}, AccountCode{"liquid"}});
    story.when(move("cash", "liquid")).refused(account_stands_there);
    story.when(move("cash", "")).then(AccountMoved{acme, {"cash"}, {}});
    story.when(move("liquid", "")).accepted();
}

TEST_CASE("how an account is used changes in part") {
    auto story = given(open_books());
    story.when(ChangeAccountUse{acme, {"nowhere"}, true, {}}).refused(account_unknown);
    story.when(ChangeAccountUse{acme, {"cash"}, {}, {}}).refused(account_use_unchanged);
    story.when(ChangeAccountUse{acme, {"cash"}, false, false}).refused(account_use_unchanged);
    story.when(ChangeAccountUse{acme, {"cash"}, {}, true})
        .then(AccountUseChanged{acme, {"cash"}, false, true});
    story.happened(AccountUseChanged{acme, {"cash"}, false, true});
    story.when(ChangeAccountUse{acme, {"cash"}, true, {}})
        .then(AccountUseChanged{acme, {"cash"}, true, true});
}

TEST_CASE("a control account is moved by flows and never by hand") {
    auto story = given(open_books(), sale_posted(), AccountUseChanged{acme, {"cash"}, true, false});
    Context flow;
    flow.by_flow = true;
    story.when(sale(2)).refused(account_is_control);
    story.when(sale(2), flow).then(sale_posted(2, 2));
    const ReverseEntry reverse{acme, entry(3), entry(1), {}, {}};
    story.when(reverse).refused(account_is_control);
    story.when(reverse, flow).accepted();
}
