// Accounts of the result that another one takes first: how they are named, and what a close makes
// of them.
#include "domain/ledger/closing_accounts.h"

#include "domain/ledger/charts.h"
#include "domain/ledger/closing.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

// Sales of goods and of services, their costs, and the accounts that take them: "trade" takes
// those, and "result" takes "trade".
test::Past books_with_stages() {
    test::Past past = open_books();
    past.push_back(opened("retained", AccountKind::equity));
    past.push_back(opened("services", AccountKind::income));
    past.push_back(opened("cost", AccountKind::expense));
    past.push_back(opened("tax", AccountKind::expense));
    past.push_back(opened("trade", AccountKind::income));
    past.push_back(opened("result", AccountKind::income));
    past.push_back(opened("in dollars", AccountKind::income, test::currency("USD")));
    past.push_back(Message::of(AccountOpened{
        acme, {"earned"}, "Earned", AccountKind::income, Side::credit, {}, true, {}, {}}));
    past.push_back(Message::of(BookOpened{acme, {"HGB"}, "Local", true}));
    return past;
}

SetClosingAccount closed_to(std::string_view account, std::string_view target) {
    return {acme, {std::string(account)}, AccountCode{std::string(target)}};
}
ClosingAccountSet is_closed_to(std::string_view account, std::string_view target) {
    return {acme, {std::string(account)}, AccountCode{std::string(target)}};
}
test::Past stages() {
    return {
        Message::of(is_closed_to("sales", "trade")), Message::of(is_closed_to("services", "trade")),
        Message::of(is_closed_to("cost", "trade")), Message::of(is_closed_to("trade", "result"))};
}
LedgerPolicySet with_pairs() {
    LedgerPolicySet set{acme, {}};
    set.policy.pairs_lines = true;
    return set;
}

// What happened on 30 June 2026 against cash, under an id of its own.
EntryPosted moved(std::string_view account, std::string_view amount, bool income = true) {
    static std::int64_t number = 1'000;
    ++number;
    EntryPosted posted_ = sale_posted(static_cast<std::uint64_t>(number), number);
    posted_.date = day("2026-06-30");
    posted_.period = 6;
    posted_.lines = {posted(income ? Side::debit : Side::credit, "cash", eur(amount)),
                     posted(income ? Side::credit : Side::debit, account, eur(amount))};
    return posted_;
}
EntryPosted cost(std::string_view account, std::string_view amount) {
    return moved(account, amount, false);
}

CloseFiscalYear close_2026(std::uint64_t number = 90) {
    return {acme, {"2026"}, entry(number), {"GEN"}, AccountCode{"retained"}, {}, "Result"};
}

// A line of an entry in words: "Dr sales 100.00".
std::string words_of(const PostedLine& line) {
    return (line.side == Side::debit ? "Dr " : "Cr ") + line.account.text + ' ' +
           std::to_string(line.base.minor / 100);
}
// The entries of a close, each in words.
std::vector<std::string> entries_in(const std::vector<Message>& events) {
    std::vector<std::string> entries;
    for (const Message& event : events) {
        const auto* posted_ = event.as<EntryPosted>();
        if (!posted_) continue;
        CHECK(posted_->kind == EntryKind::closing);
        CHECK(posted_->origin == EntryOrigin{EntryRule::closing, {}, {"2026"}, 0});
        std::string& words = entries.emplace_back();
        for (const BookCode& book : posted_->books) words += book.text + ": ";
        for (const PostedLine& line : posted_->lines)
            words += (line == posted_->lines.front() ? "" : ", ") + words_of(line);
    }
    return entries;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("an account of the result is closed to another one, or no more") {
    auto story = given(books_with_stages());
    story.when(closed_to("sales", "trade"))
        .then(ClosingAccountSet{acme, {"sales"}, AccountCode{"trade"}});
    story.when(SetClosingAccount{acme, {"sales"}, {}})
        .then(ClosingAccountSet{acme, {"sales"}, std::nullopt});
    story.happened(is_closed_to("sales", "trade"));
    CHECK(*closes_to(story.world(), acme, {"sales"}) == AccountCode{"trade"});
    story.happened(ClosingAccountSet{acme, {"sales"}, std::nullopt});
    CHECK(closes_to(story.world(), acme, {"sales"}) == nullptr);
}

TEST_CASE("a closing account is refused for these reasons, in this order") {
    auto story = given(books_with_stages());
    const auto set = [&](std::string_view account, std::string_view target) {
        return story.when(closed_to(account, target));
    };
    story.when(SetClosingAccount{{"OTHER"}, {"sales"}, AccountCode{"trade"}})
        .refused(account_unknown);
    set("nowhere", "nowhere either").refused(account_unknown);
    set("assets", "nowhere").refused(account_is_summary);
    set("cash", "nowhere").refused(account_not_of_result);
    set("sales", "nowhere").refused(account_unknown);
    set("sales", "earned").refused(account_is_summary);
    set("sales", "retained").refused(account_not_of_result);
    story.happened(AccountUseChanged{acme, {"in dollars"}, true, false});
    set("sales", "in dollars").refused(account_is_control);
    story.happened(AccountUseChanged{acme, {"in dollars"}, false, false});
    set("sales", "in dollars").refused(account_currency_differs);
    set("wages", "wages").refused(dimension_missing);
    set("sales", "sales").refused(closing_comes_back);
    story.happened(stages());
    set("result", "sales").refused(closing_comes_back);
    set("trade", "cost").refused(closing_comes_back);
    set("result", "tax").accepted();
    set("wages", "trade").accepted();
}

TEST_CASE("a year is closed stage by stage, the accounts that are furthest away first") {
    auto story = given(books_with_stages(), moved("sales", "100.00"), moved("services", "40.00"),
                       cost("cost", "60.00"), cost("tax", "8.00"));
    story.happened(stages());
    const auto then = story.when(close_2026());
    CHECK(entries_in(then.events()) ==
          Words{"Cr cost 60, Dr sales 100, Dr services 40, Cr trade 80",
                "Cr result 80, Dr trade 80", "Dr result 80, Cr retained 72, Cr tax 8"});
    const auto* closed = then.events().back().as<FiscalYearClosed>();
    REQUIRE(closed != nullptr);
    CHECK(closed->entries.size() == 3);
    CHECK(closed->entries.front() == entry(90));
    story.happened(then.events());
    story.when(close_2026(91)).then(FiscalYearClosed{acme, {"2026"}, {"retained"}, {}});
}

TEST_CASE("where debits have their credits, income and expenses are entries apart in each stage") {
    auto story = given(books_with_stages(), with_pairs(), moved("sales", "100.00"),
                       cost("cost", "60.00"), cost("tax", "8.00"));
    story.happened(stages());
    const auto then = story.when(close_2026());
    CHECK(entries_in(then.events()) == Words{"Dr sales 100, Cr trade 100",
                                             "Cr cost 60, Dr trade 60", "Cr result 40, Dr trade 40",
                                             "Dr result 40, Cr retained 40",
                                             "Dr retained 8, Cr tax 8"});
    for (const Message& event : then.events())
        if (const auto* posted_ = event.as<EntryPosted>()) CHECK(posted_->pairs.size() == 1);
    // Without a chain the same is told against retained earnings.
    for (const char* account : {"sales", "services", "cost", "trade"})
        story.happened(ClosingAccountSet{acme, {account}, std::nullopt});
    CHECK(entries_in(story.when(close_2026()).events()) ==
          Words{"Cr retained 100, Dr sales 100", "Cr cost 60, Dr retained 68, Cr tax 8"});
}

TEST_CASE("what comes late goes through the same stages alone, and a reopened year has no close") {
    auto story = given(books_with_stages(), moved("sales", "100.00"), cost("cost", "60.00"));
    story.happened(stages());
    const auto first = story.when(close_2026());
    first.accepted();
    story.happened(first.events());
    story.happened(cost("cost", "15.00"));
    const auto again = story.when(close_2026(91));
    CHECK(entries_in(again.events()) == Words{"Cr cost 15, Dr trade 15",
                                              "Dr result 15, Cr trade 15",
                                              "Cr result 15, Dr retained 15"});
    story.happened(again.events());
    const auto back = story.when(ReopenFiscalYear{acme, {"2026"}, "why"});
    back.accepted();
    CHECK(back.events().size() == 6);
    story.happened(back.events());
    // As it is closed now: once, with all that is there.
    CHECK(entries_in(story.when(close_2026(92)).events()) ==
          Words{"Cr cost 75, Dr sales 100, Cr trade 25", "Cr result 25, Dr trade 25",
                "Dr result 25, Cr retained 25"});
}

TEST_CASE("what an account that takes others has of its own goes on with what arrives") {
    auto story = given(books_with_stages(), moved("sales", "100.00"), cost("trade", "30.00"));
    EntryPosted for_project = moved("trade", "5.00");
    for_project.lines[1].dimensions[{"project"}] = {"P1"};
    story.happened(for_project);
    story.happened(stages());
    CHECK(entries_in(story.when(close_2026()).events()) ==
          Words{"Dr sales 100, Cr trade 100", "Cr result 75, Dr trade 70, Dr trade 5",
                "Dr result 75, Cr retained 75"});
    // What comes to nothing on the way ends there.
    story.happened(cost("cost", "75.00"));
    CHECK(entries_in(story.when(close_2026()).events()) ==
          Words{"Cr cost 75, Dr sales 100, Cr trade 25", "Cr trade 5, Dr trade 5"});
}

TEST_CASE("each book has stages of its own") {
    EntryPosted local = cost("cost", "10.00");
    local.books = {{"HGB"}};
    auto story = given(books_with_stages(), moved("sales", "100.00"), local);
    story.happened(stages());
    CHECK(entries_in(story.when(close_2026()).events()) ==
          Words{"Dr sales 100, Cr trade 100", "Cr result 100, Dr trade 100",
                "Dr result 100, Cr retained 100", "HGB: Cr cost 10, Dr trade 10",
                "HGB: Dr result 10, Cr trade 10", "HGB: Cr result 10, Dr retained 10"});
}

TEST_CASE("a close does not post on an account that takes nothing any more") {
    auto story = given(books_with_stages(), moved("sales", "100.00"));
    story.happened(stages());
    const auto refused = [&](const Reason& reason) { story.when(close_2026()).refused(reason); };
    story.happened(AccountBlocked{acme, {"trade"}});
    refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"trade"}});
    story.happened(AccountUseChanged{acme, {"trade"}, true, false});
    refused(account_is_control);
    story.happened(AccountUseChanged{acme, {"trade"}, false, false});
    story.happened(DimensionsRequired{acme, {"result"}, {{"project"}}});
    refused(dimension_missing);
    story.happened(DimensionsRequired{acme, {"result"}, {}});
    // What only gives is emptied, whatever it has become, and what nothing comes to is not asked.
    story.happened(AccountBlocked{acme, {"sales"}});
    story.happened(is_closed_to("tax", "cost"));
    story.happened(AccountBlocked{acme, {"cost"}});
    story.when(close_2026()).accepted();
}

TEST_CASE("the sum of an account that takes others is told, or the close refused") {
    auto story = given(books_with_stages());
    story.happened(stages());
    const auto sell = [&](std::string_view account, int times) {
        for (int time = 0; time < times; ++time) {
            EntryPosted sale = moved(account, "1.00");
            for (PostedLine& line : sale.lines) line.amount.minor = line.base.minor = most_money;
            story.happened(sale);
        }
    };
    sell("sales", 3);
    CHECK(entries_in(story.when(close_2026()).events()).size() == 9);  // three a stage
    sell("sales", 4'000);
    sell("services", 4'000);
    story.when(close_2026()).refused(entry_too_large);
}

TEST_CASE("a template sets closing accounts where the company has none") {
    const companies::CompanyCreated created{acme, "Acme", test::currency("RUB"),   "UTC",
                                            1,    2025,   companies::Chart::ru_94n};
    const ApplyChart apply{acme, companies::Chart::ru_94n, companies::ChartLanguage::english};
    auto story = given(created);
    const auto then = story.when(apply);
    test::Past accounts, others;
    std::size_t chain = 0;
    for (const Message& event : then.events()) {
        if (event.as<ClosingAccountSet>()) ++chain;
        (event.as<AccountOpened>() ? accounts : others).push_back(event);
    }
    CHECK(chain == 8);
    story.happened(accounts);
    story.happened(is_closed_to("99", "90.1"));  // against the order's way, but decided
    const auto decided = story.when(apply);
    for (const Message& event : decided.events()) CHECK(!event.as<ClosingAccountSet>());
    story.happened(ClosingAccountSet{acme, {"99"}, std::nullopt});
    for (const Message& event : others)
        if (!event.as<ClosingAccountSet>()) story.happened(test::Past{event});
    const auto rest = story.when(apply);  // for a chart of an earlier program
    CHECK(rest.events().size() == 8);
    for (const Message& event : rest.events()) {
        const auto& set = *event.as<ClosingAccountSet>();
        story.when(SetClosingAccount{acme, set.account, set.closes_to}).then(set);
        story.happened(set);
    }
    CHECK(closing_depth(story.world(), acme, {"90.3"}) == 2);
    CHECK(closing_depth(story.world(), acme, {"99"}) == 0);
}
