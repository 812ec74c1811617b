// Opening balances: every area against one account, which says what is missing.
#include "domain/ledger/opening_balances.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

test::Past books_to_open() {
    test::Past past = open_books();
    past.push_back(opened("opening", AccountKind::equity));
    past.push_back(opened("loan", AccountKind::liability));
    LedgerPolicySet set{acme, {}};
    set.policy.opening_account = AccountCode{"opening"};
    past.push_back(Message::of(set));
    return past;
}

PostOpeningBalances open_with(std::vector<EntryLine> lines) {
    PostOpeningBalances post;
    post.company = acme;
    post.entry = entry(1);
    post.journal = {"GEN"};
    post.date = day("2026-01-01");
    post.text = "Opening";
    post.lines = std::move(lines);
    return post;
}

EntryPosted opening_of(std::vector<PostedLine> lines) {
    EntryPosted entry = sale_posted();
    entry.date = day("2026-01-01");
    entry.period = 1;
    entry.kind = EntryKind::opening;
    entry.text = "Opening";
    entry.lines = std::move(lines);
    return entry;
}

}  // namespace

TEST_CASE("what the lines lack is on the opening account, on either side") {
    auto story = given(books_to_open());
    story.when(open_with({debit("cash", eur("100.00")), credit("loan", eur("30.00"))}))
        .then(opening_of({posted(Side::debit, "cash", eur("100.00")),
                          posted(Side::credit, "loan", eur("30.00")),
                          posted(Side::credit, "opening", eur("70.00"))}));
    story.when(open_with({credit("loan", eur("30.00"))}))
        .then(opening_of({posted(Side::credit, "loan", eur("30.00")),
                          posted(Side::debit, "opening", eur("30.00"))}));
}

TEST_CASE("what replaces an opening balance is one") {
    EntryPosted first = opening_of(
        {posted(Side::debit, "cash", eur("30.00")), posted(Side::credit, "opening", eur("30.00"))});
    EntryPosted back = first;
    back.entry = entry(2);
    back.reverses = entry(1);
    PostEntry right = sale(3);
    right.replaces = entry(1);
    const auto then = given(books_to_open(), first, back).when(right);
    then.accepted();
    CHECK(then.events().front().as<EntryPosted>()->kind == EntryKind::opening);
}

TEST_CASE("balances that balance need no line on the opening account") {
    given(books_to_open())
        .when(open_with({debit("cash", eur("30.00")), credit("loan", eur("30.00"))}))
        .then(opening_of({posted(Side::debit, "cash", eur("30.00")),
                          posted(Side::credit, "loan", eur("30.00"))}));
}

TEST_CASE("a foreign balance is opened with what it is booked at") {
    EntryLine dollars = debit("dollars", usd("110.00"));
    dollars.base = eur("100.00");
    EntryPosted expected = opening_of({posted(Side::debit, "dollars", usd("110.00")),
                                       posted(Side::credit, "opening", eur("100.00"))});
    expected.lines[0].base = eur("100.00");
    given(books_to_open()).when(open_with({dollars})).then(expected);
}

TEST_CASE("the company says which account it is, and no line names it") {
    given(open_books())
        .when(open_with({debit("cash", eur("1.00"))}))
        .refused(opening_account_missing);
    auto story = given(books_to_open());
    story.when(open_with({debit("cash", eur("1.00")), credit("opening", eur("1.00"))}))
        .refused(opening_account_repeated);
    PostOpeningBalances elsewhere = open_with({debit("cash", eur("1.00"))});
    elsewhere.company = {"OTHER"};
    story.when(elsewhere).refused(companies::company_unknown);
}

TEST_CASE("a control account is opened by its own area alone") {
    auto story = given(books_to_open(), AccountUseChanged{acme, {"cash"}, true, false});
    const PostOpeningBalances post = open_with({debit("cash", eur("1.00"))});
    story.when(post).refused(account_is_control);
    Context flow;
    flow.by_flow = true;
    story.when(post, flow).accepted();
}

TEST_CASE("opening balances have what every entry must have") {
    const PostOpeningBalances good = open_with({debit("cash", eur("1.00"))});
    const auto but = [&](const auto& change) {
        PostOpeningBalances changed = good;
        change(changed);
        return changed;
    };
    auto story = given(books_to_open(), sale_posted(7, 1));
    story.when(but([](auto& of) { of.entry = entry(7); })).refused(entry_exists);
    story.when(but([](auto& of) { of.journal = {"NO"}; })).refused(journal_unknown);
    story.when(but([](auto& of) { of.books = {{"IFRS"}}; })).refused(book_unknown);
    story.when(but([](auto& of) { of.lines.clear(); })).refused(too_few_lines);
    story.when(but([](auto& of) { of.lines.assign(1'000, of.lines[0]); })).refused(too_many_lines);
    story.when(but([](auto& of) { of.lines.assign(999, of.lines[0]); })).accepted();
    story.when(but([](auto& of) { of.date = day("2028-01-01"); })).refused(date_outside_calendar);
    story.when(but([](auto& of) { of.lines[0].amount = eur("-1.00"); }))
        .refused(amount_not_positive);
    story.when(but([](auto& of) { of.lines[0].account = {"nowhere"}; })).refused(account_unknown);
    story.when(but([](auto& of) { of.lines[0] = debit("dollars", usd("1.00")); }))
        .refused(rate_unknown);
    const Money most{most_money, eur("0.00").currency};
    story.when(but([&](auto& of) {
             of.lines = {debit("cash", most), debit("loan", most)};
         }))
        .refused(entry_too_large);
    LedgerPolicySet four_eyes{acme, {}};
    four_eyes.policy.opening_account = AccountCode{"opening"};
    four_eyes.policy.four_eyes_above = eur("0.99");
    story.happened(four_eyes);
    story.when(good).refused(approval_required);
}
