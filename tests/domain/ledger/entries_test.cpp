// Posting: what is accepted, how it is numbered, and every way in which the ledger says no.
#include "domain/ledger/entries.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

// The sale with something else in it.
PostEntry sale_but(const auto& change) {
    PostEntry post = sale();
    change(post);
    return post;
}

}  // namespace

TEST_CASE("a balanced entry is posted with the next number of its journal") {
    given(open_books()).when(sale()).then(sale_posted());
    given(open_books(), sale_posted(1, 1)).when(sale(2)).then(sale_posted(2, 2));
}

TEST_CASE("each journal and each fiscal year numbers from one") {
    auto story = given(open_books(), sale_posted(1, 1), sale_posted(2, 2));
    auto other_journal = sale(3);
    other_journal.journal = {"SAL"};
    auto in_sal = sale_posted(3, 1);
    in_sal.journal = {"SAL"};
    story.when(other_journal).then(in_sal);
    auto last_year = sale(4);
    last_year.date = test::day("2025-12-31");
    auto in_2025 = sale_posted(4, 1);
    in_2025.date = test::day("2025-12-31");
    in_2025.fiscal_year = {"2025"};
    in_2025.period = 12;
    story.when(last_year).then(in_2025);
}

TEST_CASE("a foreign amount is posted with its amount in base currency") {
    PostEntry post = sale();
    post.lines = {debit("dollars", usd("110.00")), credit("sales", eur("100.00"))};
    post.lines[0].base = eur("100.00");
    EntryPosted expected = sale_posted();
    expected.lines[0] = {{"dollars"}, Side::debit, usd("110.00"), eur("100.00"), {}, {}};
    given(open_books()).when(post).then(expected);
}

TEST_CASE("texts and dimensions of a line are posted as given") {
    PostEntry post = sale();
    post.lines[0].text = "Invoice 7";
    post.lines[0].dimensions = {{{"project"}, {"P1"}}, {{"country"}, {"DE"}}};
    EntryPosted expected = sale_posted();
    expected.lines[0].text = "Invoice 7";
    expected.lines[0].dimensions = {{{"project"}, {"P1"}}, {{"country"}, {"DE"}}};
    given(open_books()).when(post).then(expected);
}

TEST_CASE("an entry may have a thousand lines and not one more") {
    const auto with_lines = [](std::size_t count) {
        PostEntry post = sale();
        post.lines.assign(count - 1, debit("cash", eur("1.00")));
        post.lines.push_back(credit(
            "sales", Money{100 * static_cast<std::int64_t>(count - 1), eur("1.00").currency}));
        return post;
    };
    given(open_books()).when(with_lines(1'000)).accepted();
    given(open_books()).when(with_lines(1'001)).refused(too_many_lines);
}

TEST_CASE("an entry is posted in the books of a known company") {
    given(open_books())
        .when(sale_but([](PostEntry& post) { post.company = {"OTHER"}; }))
        .refused(companies::company_unknown);
}

TEST_CASE("an entry id is used once") {
    given(open_books(), sale_posted()).when(sale()).refused(entry_exists);
}

TEST_CASE("an entry is posted in an open journal of its own company") {
    const auto elsewhere = sale_but([](PostEntry& post) { post.journal = {"BANK"}; });
    given(open_books()).when(elsewhere).refused(journal_unknown);
    given(open_books(), JournalOpened{{"OTHER"}, {"BANK"}, "Bank"})
        .when(elsewhere)
        .refused(journal_unknown);
}

TEST_CASE("an entry has at least two lines") {
    given(open_books())
        .when(sale_but([](PostEntry& post) { post.lines.clear(); }))
        .refused(too_few_lines);
    given(open_books())
        .when(sale_but([](PostEntry& post) { post.lines.pop_back(); }))
        .refused(too_few_lines);
}

TEST_CASE("an entry is dated within the fiscal calendar") {
    for (const char* outside : {"2024-12-31", "2027-01-01"})
        given(open_books())
            .when(sale_but([&](PostEntry& post) { post.date = test::day(outside); }))
            .refused(date_outside_calendar);
    for (const char* inside : {"2025-01-01", "2026-12-31"})
        given(open_books())
            .when(sale_but([&](PostEntry& post) { post.date = test::day(inside); }))
            .accepted();
}

TEST_CASE("nothing is posted in a closed period") {
    auto story = given(open_books(), PeriodClosed{acme, {"2026"}, 5});
    story.when(sale()).refused(period_closed, "fiscal year 2026, period 5, 2026-05-04");
    for (const char* open : {"2026-04-30", "2026-06-01", "2025-05-04"})
        story.when(sale_but([&](PostEntry& post) { post.date = test::day(open); })).accepted();
    story.happened(PeriodReopened{acme, {"2026"}, 5, "late invoice"});
    story.when(sale()).then(sale_posted());
}

TEST_CASE("a document number is used once in a journal") {
    EntryPosted first = sale_posted();
    first.document = "R-1";
    auto story = given(open_books(), first);
    const auto again = [](const char* journal, const char* document) {
        PostEntry post = sale(2);
        post.journal = {journal};
        post.document = document;
        return post;
    };
    story.when(again("GEN", "R-1")).refused(document_exists, "R-1");
    story.when(again("SAL", "R-1")).accepted();
    story.when(again("GEN", "R-2")).accepted();
    story.when(sale(2)).accepted();  // without a document
}

TEST_CASE("only a reversed entry of the company is replaced") {
    const auto replacing = [](std::uint64_t number) {
        PostEntry post = sale(3);
        post.replaces = entry(number);
        return post;
    };
    auto story = given(open_books(), sale_posted());
    story.when(replacing(9)).refused(replaced_unknown);
    story.when(replacing(1)).refused(replaced_not_reversed);
    EntryPosted reversal = sale_posted(2, 2);
    reversal.reverses = entry(1);
    story.happened(reversal);
    EntryPosted expected = sale_posted(3, 3);
    expected.replaces = entry(1);
    story.when(replacing(1)).then(expected);
}

TEST_CASE("amounts are above zero") {
    for (const char* amount : {"0.00", "-100.00"})
        given(open_books())
            .when(sale_but([&](PostEntry& post) { post.lines[0].amount = eur(amount); }))
            .refused(amount_not_positive);
}

TEST_CASE("an account is known, no heading, not blocked, and of the line's currency") {
    const auto debiting = [](const char* account) {
        return sale_but([&](PostEntry& post) { post.lines[0].account = {account}; });
    };
    auto story = given(open_books());
    story.when(debiting("nowhere")).refused(account_unknown, "account nowhere", "/lines/0");
    story.when(debiting("assets")).refused(account_is_summary);
    story.when(debiting("dollars")).refused(account_currency_differs);
    story.happened(AccountBlocked{acme, {"cash"}});
    story.when(sale()).refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"cash"}});
    story.when(sale()).accepted();
}

TEST_CASE("another company's account is unknown") {
    given(open_books(),
          AccountOpened{
              {"OTHER"}, {"till"}, "Till", AccountKind::asset, Side::debit, {}, false, {}, {}})
        .when(sale_but([](PostEntry& post) { post.lines[0].account = {"till"}; }))
        .refused(account_unknown);
}

TEST_CASE("the amount in base currency is known, in that currency, and does not contradict") {
    const auto first_line = [](Money amount, std::optional<Money> base) {
        return sale_but([&](PostEntry& post) {
            post.lines[0].amount = amount;
            post.lines[0].base = base;
        });
    };
    auto story = given(open_books());
    story.when(first_line(usd("110.00"), {})).refused(rate_unknown);
    story.when(first_line(usd("110.00"), usd("110.00"))).refused(base_not_in_base_currency);
    story.when(first_line(eur("100.00"), eur("99.99"))).refused(base_contradicts_amount);
    story.when(first_line(usd("110.00"), eur("-100.00"))).refused(base_negative);
    story.when(first_line(eur("100.00"), eur("100.00"))).then(sale_posted());
}

TEST_CASE("a required dimension is there, and every value is one that postings may carry") {
    const auto wages = [](std::map<DimensionCode, DimensionValueCode> dimensions) {
        return sale_but([&](PostEntry& post) {
            post.lines[0].account = {"wages"};
            post.lines[0].dimensions = std::move(dimensions);
        });
    };
    auto story = given(open_books());
    story.when(wages({})).refused(dimension_missing, "account wages, dimension project",
                                  "/lines/0");
    story.when(wages({{{"country"}, {"DE"}}})).refused(dimension_missing);
    story.when(wages({{{"project"}, {"P1"}}, {{"colour"}, {"red"}}})).refused(dimension_unknown);
    story.when(wages({{{"project"}, {"P9"}}})).refused(dimension_value_unknown);
    story.when(wages({{{"project"}, {"P1"}}, {{"country"}, {"any at all"}}})).accepted();
    story.happened(DimensionValueBlocked{acme, {"project"}, {"P1"}});
    story.when(wages({{{"project"}, {"P1"}}})).refused(dimension_value_blocked);
    story.when(wages({{{"project"}, {"P2"}}})).accepted();
}

TEST_CASE("debits equal credits to the smallest unit of the base currency") {
    given(open_books())
        .when(sale_but([](PostEntry& post) { post.lines[1].amount = eur("99.99"); }))
        .refused(entry_unbalanced, "debits 100.00 EUR, credits 99.99 EUR");
    given(open_books())
        .when(sale_but([](PostEntry& post) { post.lines[1].side = Side::debit; }))
        .refused(entry_unbalanced);
    // Balanced in dollars but not in euros.
    PostEntry dollars = sale();
    dollars.lines = {debit("dollars", usd("110.00")), credit("sales", usd("110.00"))};
    dollars.lines[0].base = eur("100.00");
    dollars.lines[1].base = eur("100.01");
    given(open_books()).when(dollars).refused(entry_unbalanced);
}

TEST_CASE("the sides of an entry add up to no more than an amount may be") {
    const Money most{most_money, test::currency("EUR")};
    PostEntry largest = sale();
    largest.lines = {debit("cash", most), credit("sales", most)};
    given(open_books()).when(largest).accepted();
    PostEntry beyond = largest;
    beyond.lines.push_back(debit("cash", eur("0.01")));
    given(open_books()).when(beyond).refused(entry_too_large);
    beyond.lines.back().side = Side::credit;
    given(open_books()).when(beyond).refused(entry_too_large);
    // A thousand of the largest would not fit 64 bits.
    PostEntry overflowing = largest;
    overflowing.lines.assign(1'000, debit("cash", most));
    given(open_books()).when(overflowing).refused(entry_too_large);
}

TEST_CASE("what is wrong with an entry is said in a fixed order") {
    // Wrong in every way; mended step by step, each time the next reason is said.
    EntryPosted used = sale_posted();
    used.document = "R-1";
    auto story =
        given(open_books(), used, AccountBlocked{acme, {"cash"}}, PeriodClosed{acme, {"2026"}, 5},
              PeriodClosed{acme, {"2026"}, 7, Closing::soft, access::RoleCode{"chief"}},
              DimensionValueBlocked{acme, {"project"}, {"P2"}},
              test::Past{opened("stock", AccountKind::asset)},
              AccountUseChanged{acme, {"stock"}, true, false});
    PostEntry post = sale();
    post.company = {"OTHER"};
    post.journal = {"BANK"};
    post.date = test::day("2030-01-01");
    post.document = "R-1";
    post.replaces = entry(9);
    post.lines = {debit("nowhere", usd("-1.00"))};
    story.when(post).refused(companies::company_unknown);
    post.company = acme;
    story.when(post).refused(entry_exists);
    post.entry = entry(2);
    story.when(post).refused(journal_unknown);
    post.journal = {"GEN"};
    post.books = {{"IFRS"}};
    story.when(post).refused(book_unknown);
    post.books = {};
    story.when(post).refused(too_few_lines);
    post.lines.resize(1'001, post.lines[0]);
    story.when(post).refused(too_many_lines);
    post.lines.resize(2);
    post.lines[1] = credit("sales", eur("2.00"));
    story.when(post).refused(date_outside_calendar);
    post.date = test::day("2026-05-04");
    post.period = 6;
    story.when(post).refused(date_outside_period);
    post.period = 5;
    story.when(post).refused(period_closed);
    post.period = {};
    post.date = test::day("2026-07-04");
    story.when(post).refused(period_soft_closed);
    post.date = test::day("2026-06-04");
    story.when(post).refused(document_exists);
    post.document = "R-2";
    story.when(post).refused(replaced_unknown);
    post.replaces = entry(1);
    story.when(post).refused(replaced_not_reversed);
    post.replaces = {};
    story.when(post).refused(amount_not_positive);
    post.lines[0].amount = usd("1.00");
    story.when(post).refused(account_unknown);
    post.lines[0].account = {"assets"};
    story.when(post).refused(account_is_summary);
    post.lines[0].account = {"cash"};
    story.when(post).refused(account_blocked);
    post.lines[0].account = {"stock"};
    story.when(post).refused(account_is_control);
    post.lines[0].account = {"dollars"};
    post.lines[0].amount = test::money("1.00", "GBP");
    story.when(post).refused(account_currency_differs);
    post.lines[0].account = {"wages"};
    post.lines[0].rate = Rate{0};
    post.lines[0].base = usd("-1.00");
    story.when(post).refused(base_not_in_base_currency);
    post.lines[0].base = eur("-1.00");
    story.when(post).refused(base_negative);
    post.lines[0].base = eur("1.00");
    story.when(post).refused(rate_not_positive);
    post.lines[0].rate = Rate{20'000'000'000};
    story.when(post).refused(rate_contradicts_base);
    post.lines[0].rate = {};
    post.lines[0].base = {};
    story.when(post).refused(rate_unknown);
    post.lines[0].base = eur("1.00");
    story.when(post).refused(dimension_missing);
    post.lines[0].dimensions = {{{"project"}, {"P9"}}, {{"colour"}, {"red"}}};
    story.when(post).refused(dimension_unknown);
    post.lines[0].dimensions = {{{"project"}, {"P9"}}};
    story.when(post).refused(dimension_value_unknown);
    post.lines[0].dimensions = {{{"project"}, {"P2"}}};
    story.when(post).refused(dimension_value_blocked);
    post.lines[0].dimensions = {{{"project"}, {"P1"}}};
    post.lines[0].counterpart = CompanyCode{"NOWHERE"};
    story.when(post).refused(counterpart_unknown);
    post.lines[0].counterpart = acme;
    story.when(post).refused(counterpart_is_itself);
    post.lines[0].counterpart.reset();
    post.lines[0].base = Money{most_money + 1, test::currency("EUR")};
    story.when(post).refused(entry_too_large);
    post.lines[0].base = eur("1.00");
    story.when(post).refused(entry_unbalanced);
    post.lines[0].base = eur("2.00");
    story.when(post).accepted();
}

TEST_CASE("the description tells the reasons in the order of the checks") {
    std::vector<std::string_view> told;
    for (const Reason* reason : type_of<PostEntry>().reasons) told.push_back(reason->code);
    CHECK(told == std::vector<std::string_view>{"company_unknown",
                                                "entry_exists",
                                                "journal_unknown",
                                                "book_unknown",
                                                "too_few_lines",
                                                "too_many_lines",
                                                "date_outside_calendar",
                                                "date_outside_period",
                                                "period_closed",
                                                "period_soft_closed",
                                                "document_exists",
                                                "replaced_unknown",
                                                "replaced_not_reversed",
                                                "attachment_hash_malformed",
                                                "attachment_exists",
                                                "amount_not_positive",
                                                "account_unknown",
                                                "account_is_summary",
                                                "account_blocked",
                                                "account_is_control",
                                                "account_currency_differs",
                                                "base_not_in_base_currency",
                                                "base_contradicts_amount",
                                                "base_negative",
                                                "rate_not_positive",
                                                "rate_contradicts_base",
                                                "rate_unknown",
                                                "dimension_missing",
                                                "dimension_unknown",
                                                "dimension_value_unknown",
                                                "dimension_value_blocked",
                                                "counterpart_unknown",
                                                "counterpart_is_itself",
                                                "entry_too_large",
                                                "entry_unbalanced",
                                                "approval_required"});
}

TEST_CASE("the fault of the first line that has one is said") {
    PostEntry post = sale();
    post.lines = {debit("cash", eur("1.00")), debit("nowhere", eur("1.00")),
                  debit("cash", eur("-1.00"))};
    given(open_books()).when(post).refused(account_unknown);
    std::swap(post.lines[1], post.lines[2]);
    given(open_books()).when(post).refused(amount_not_positive);
}
