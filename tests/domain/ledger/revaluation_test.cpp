// Foreign balances at the rate of a day: the case of FACTS.md, running again, and what is refused.
#include "domain/ledger/revaluation.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

Message account(std::string_view code, AccountKind kind, bool control, bool monetary) {
    AccountOpened opened;
    opened.company = acme;
    opened.account = {std::string(code)};
    opened.kind = kind;
    opened.normal_side = normal_side_of(kind);
    opened.control = control;
    opened.monetary = monetary;
    return Message::of(opened);
}

// Receivables are a control account with an account beside it; debts are revalued on themselves.
test::Past foreign_books() {
    test::Past past = open_books();
    past.push_back(account("receivables", AccountKind::asset, true, true));
    past.push_back(account("receivables+", AccountKind::asset, false, false));
    past.push_back(account("debts", AccountKind::liability, false, true));
    past.push_back(account("advances", AccountKind::asset, false, false));
    past.push_back(account("gains", AccountKind::income, false, false));
    past.push_back(account("losses", AccountKind::expense, false, false));
    past.push_back(
        Message::of(AdjustmentAccountSet{acme, {"receivables"}, {"receivables+"}, {}, {}}));
    LedgerPolicySet policy{acme, {}};
    policy.policy.exchange_gains = AccountCode{"gains"};
    policy.policy.exchange_losses = AccountCode{"losses"};
    past.push_back(Message::of(policy));
    return past;
}

RateSet rate(std::string_view date, std::string_view to_one) {
    const auto units = decimal_from(to_one, Rate::digits);
    return {acme,      RateType::closing,  test::currency("USD"), test::currency("EUR"),
            day(date), Rate{units.value()}};
}

// An entry of dollars on one account, worth so many euros, against sales.
EntryPosted dollars(std::uint64_t number, std::string_view on, Side side, std::string_view amount,
                    std::string_view base, std::string_view date = "2026-05-04",
                    std::int64_t period = 5) {
    EntryPosted entry = sale_posted(number, static_cast<std::int64_t>(number));
    entry.date = day(date);
    entry.period = period;
    PostedLine line = posted(side, on, usd(amount));
    line.base = eur(base);
    entry.lines = {line,
                   posted(side == Side::debit ? Side::credit : Side::debit, "sales", eur(base))};
    return entry;
}

RevalueForeignBalances revalue_may(std::uint64_t number = 90) {
    return {acme, {"2026"}, 5, entry(number), {"GEN"}, RateType::closing, "Rates of May"};
}

EntryPosted of_may(std::uint64_t id, std::int64_t number, std::vector<PostedLine> lines) {
    EntryPosted entry_{
        acme,           entry(id), {"GEN"},          {"2026"}, number, day("2026-05-31"),
        "Rates of May", {},        std::move(lines), {},       {},     5};
    entry_.origin = EntryOrigin{EntryRule::revaluation, "USD", {"2026"}, 5};
    return entry_;
}

// What takes it back on 1 June.
EntryPosted of_june(EntryPosted entry_, std::uint64_t made) {
    entry_.reverses = entry_.entry;
    entry_.entry = {derived_uuid(entry(90).uuid, "rule", made)};
    entry_.number += 1;
    entry_.date = day("2026-06-01");
    entry_.period = 6;
    for (PostedLine& line : entry_.lines)
        line.side = line.side == Side::debit ? Side::credit : Side::debit;
    return entry_;
}

ForeignBalancesRevalued revalued(std::vector<EntryId> entries, std::string_view to_one) {
    return {acme,
            {"2026"},
            5,
            RateType::closing,
            {{test::currency("USD"), Rate{decimal_from(to_one, Rate::digits).value()}}},
            std::move(entries)};
}

}  // namespace

TEST_CASE("a receivable of 100 booked at 80 and worth 85 gains 500, until the next period") {
    auto story = given(foreign_books(), rate("2026-05-31", "85"),
                       dollars(1, "receivables", Side::debit, "100.00", "8000.00"));
    const EntryPosted gain = of_may(90, 2,
                                    {posted(Side::credit, "gains", eur("500.00")),
                                     posted(Side::debit, "receivables+", eur("500.00"))});
    story.when(revalue_may()).then(gain, of_june(gain, 1), revalued({entry(90)}, "85"));
}

TEST_CASE("run again it posts the difference, and with none nothing") {
    auto story = given(foreign_books(), rate("2026-05-31", "85"),
                       dollars(1, "receivables", Side::debit, "100.00", "8000.00"));
    const EntryPosted gain = of_may(90, 2,
                                    {posted(Side::credit, "gains", eur("500.00")),
                                     posted(Side::debit, "receivables+", eur("500.00"))});
    story.happened(gain);
    story.happened(of_june(gain, 1));
    story.when(revalue_may(91)).then(revalued({}, "85"));
    // A payment of May is entered late: 40 are left of 100, and 200 of the 500 are right.
    story.happened(dollars(4, "receivables", Side::credit, "60.00", "4800.00", "2026-05-20"));
    const auto then = story.when(revalue_may(91));
    then.accepted();
    REQUIRE(then.events().size() == 3);
    CHECK(then.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::debit, "gains", eur("300.00")),
                      posted(Side::credit, "receivables+", eur("300.00"))});
    CHECK(then.events()[1].as<EntryPosted>()->number == 6);
    // Another rate for the day counts too, and turns the gain into a loss.
    story.happened(rate("2026-05-31", "79"));
    const auto lower = story.when(revalue_may(91));
    lower.accepted();
    CHECK(lower.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::debit, "gains", eur("500.00")),
                      posted(Side::debit, "losses", eur("40.00")),
                      posted(Side::credit, "receivables+", eur("540.00"))});
}

TEST_CASE("the next period is revalued from the booked rates, not from those of the last") {
    auto story = given(foreign_books(), rate("2026-05-31", "85"), rate("2026-06-30", "83"),
                       dollars(1, "receivables", Side::debit, "100.00", "8000.00"));
    const EntryPosted gain = of_may(90, 2,
                                    {posted(Side::credit, "gains", eur("500.00")),
                                     posted(Side::debit, "receivables+", eur("500.00"))});
    story.happened(gain);
    story.happened(of_june(gain, 1));
    RevalueForeignBalances june = revalue_may(91);
    june.period = 6;
    const auto then = story.when(june);
    then.accepted();
    CHECK(then.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::credit, "gains", eur("300.00")),
                      posted(Side::debit, "receivables+", eur("300.00"))});
}

TEST_CASE("periods that share a day are revalued once together") {
    FiscalYearOpened adjusted{acme, {"2027"}, day("2027-01-01"), 12};
    adjusted.adjustment_periods = 1;
    auto story =
        given(foreign_books(), adjusted, FiscalYearOpened{acme, {"2028"}, day("2028-01-01"), 12},
              rate("2027-12-31", "0.95"));
    EntryPosted december = dollars(1, "debts", Side::debit, "100.00", "90.00", "2027-12-05", 12);
    december.fiscal_year = {"2027"};
    story.happened(december);
    RevalueForeignBalances revalue = revalue_may();
    revalue.fiscal_year = {"2027"};
    revalue.period = 12;
    const auto first = story.when(revalue);
    first.accepted();
    REQUIRE(first.events().size() == 3);
    story.happened(first.events());
    revalue.entry = entry(91);
    revalue.period = 13;
    CHECK(story.when(revalue).events().size() == 1);  // nothing more to post
    EntryPosted audit = dollars(5, "debts", Side::debit, "100.00", "80.00", "2027-12-31", 13);
    audit.fiscal_year = {"2027"};
    audit.adjustment = 1;
    story.happened(audit);
    const auto more = story.when(revalue);
    REQUIRE(more.events().size() == 3);
    CHECK(more.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::debit, "debts", eur("15.00")),
                      posted(Side::credit, "gains", eur("15.00"))});
    revalue.period = 12;
    CHECK(story.when(revalue).events().size() == 1);
}

TEST_CASE("a period that is revalued after its adjustments takes its part from them") {
    FiscalYearOpened adjusted{acme, {"2027"}, day("2027-01-01"), 12};
    adjusted.adjustment_periods = 1;
    auto story =
        given(foreign_books(), adjusted, FiscalYearOpened{acme, {"2028"}, day("2028-01-01"), 12},
              rate("2027-12-31", "0.95"));
    EntryPosted december = dollars(1, "debts", Side::debit, "100.00", "90.00", "2027-12-05", 12);
    december.fiscal_year = {"2027"};
    story.happened(december);
    RevalueForeignBalances revalue = revalue_may();
    revalue.fiscal_year = {"2027"};
    revalue.period = 13;
    const auto thirteen = story.when(revalue);
    REQUIRE(thirteen.events().size() == 3);
    story.happened(thirteen.events());
    revalue.entry = entry(91);
    revalue.period = 12;
    const auto twelve = story.when(revalue);
    twelve.accepted();
    std::map<std::int64_t, std::int64_t> gains;  // by period, of what is not taken back
    for (const Message& event : twelve.events())
        if (const auto* posted_ = event.as<EntryPosted>(); posted_ && !posted_->reverses)
            for (const PostedLine& line : posted_->lines)
                if (line.account == AccountCode{"gains"})
                    gains[posted_->period] +=
                        line.side == Side::credit ? line.base.minor : -line.base.minor;
    CHECK(gains == std::map<std::int64_t, std::int64_t>{{12, 500}, {13, -500}});
    story.happened(twelve.events());
    revalue.entry = entry(92);
    for (const std::int64_t period : {12, 13}) {
        revalue.period = period;
        const auto again = story.when(revalue);
        for (const Message& event : again.events()) CHECK(event.as<EntryPosted>() == nullptr);
    }
}

TEST_CASE("an account may have gains and losses of its own") {
    auto story = given(foreign_books(), dollars(1, "debts", Side::debit, "100.00", "80.00"),
                       rate("2026-05-31", "0.85"));
    story.happened(test::Past{opened("financing", AccountKind::income)});
    story.happened(
        AdjustmentAccountSet{acme, {"debts"}, {"debts"}, AccountCode{"financing"}, std::nullopt});
    const auto then = story.when(revalue_may());
    then.accepted();
    CHECK(then.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::debit, "debts", eur("5.00")),
                      posted(Side::credit, "financing", eur("5.00"))});
    SetAdjustmentAccount set{acme, {"debts"}, {"debts"}, AccountCode{"nowhere"}, {}};
    story.when(set).refused(account_unknown);
}

TEST_CASE("where late entries are moved, so is what takes a revaluation back") {
    auto story = given(foreign_books(), dollars(1, "debts", Side::debit, "100.00", "80.00"),
                       rate("2026-05-31", "0.85"), PeriodClosed{acme, {"2026"}, 6});
    story.when(revalue_may()).refused(next_period_closed);
    LedgerPolicySet moves{acme, {}};
    moves.policy.exchange_gains = AccountCode{"gains"};
    moves.policy.exchange_losses = AccountCode{"gains"};
    moves.policy.late_entries = LateEntries::first_open_period;
    story.happened(moves);
    const auto then = story.when(revalue_may());
    then.accepted();
    const auto* back = then.events()[1].as<EntryPosted>();
    CHECK(back->date == day("2026-07-01"));
    CHECK(back->belongs_to == day("2026-06-01"));
}

TEST_CASE("an id that a client has taken is passed over") {
    EntryPosted taken = sale_posted(2, 2);
    taken.entry = {derived_uuid(entry(90).uuid, "rule", 1)};
    auto story = given(foreign_books(), rate("2026-05-31", "85"),
                       dollars(1, "receivables", Side::debit, "100.00", "8000.00"), taken);
    const auto then = story.when(revalue_may());
    then.accepted();
    CHECK(then.events()[1].as<EntryPosted>()->entry ==
          EntryId{derived_uuid(entry(90).uuid, "rule", 2)});
}

TEST_CASE(
    "debts that are worth more are a loss, on the account itself where none stands beside it") {
    auto story = given(foreign_books(), rate("2026-05-31", "0.95"),
                       dollars(1, "debts", Side::credit, "1000.00", "900.00"));
    const auto then = story.when(revalue_may());
    then.accepted();
    CHECK(then.events()[0].as<EntryPosted>()->lines ==
          std::vector{posted(Side::credit, "debts", eur("50.00")),
                      posted(Side::debit, "losses", eur("50.00"))});
}

TEST_CASE("advances keep their rate, as do balances in the base currency and those of later") {
    auto story = given(foreign_books(), rate("2026-05-31", "0.95"),
                       dollars(1, "advances", Side::debit, "1000.00", "900.00"), sale_posted(2, 2),
                       dollars(3, "debts", Side::credit, "1000.00", "900.00", "2026-06-01", 6));
    story.when(revalue_may())
        .then(ForeignBalancesRevalued{acme, {"2026"}, 5, RateType::closing, {}, {}});
}

TEST_CASE("what only one book holds is revalued in that book") {
    EntryPosted local = dollars(2, "debts", Side::credit, "1000.00", "900.00");
    local.books = {{"HGB"}};
    auto story =
        given(foreign_books(), BookOpened{acme, {"HGB"}, "Local", true}, rate("2026-05-31", "0.95"),
              dollars(1, "debts", Side::credit, "100.00", "90.00"), local);
    const auto then = story.when(revalue_may());
    then.accepted();
    REQUIRE(then.events().size() == 5);
    CHECK(then.events()[0].as<EntryPosted>()->books.empty());
    CHECK(then.events()[2].as<EntryPosted>()->books == local.books);
    CHECK(then.events()[2].as<EntryPosted>()->lines.front().base == eur("50.00"));
}

TEST_CASE("balances are revalued for these reasons alone not, in this order") {
    auto story = given(foreign_books(), dollars(1, "receivables", Side::debit, "100.00", "80.00"));
    LedgerPolicySet without{acme, {}};
    story.happened(without);
    RevalueForeignBalances revalue = revalue_may(1);
    revalue.fiscal_year = {"2030"};
    revalue.period = 13;
    revalue.journal = {"XXX"};
    story.when(revalue).refused(fiscal_year_unknown);
    revalue.fiscal_year = {"2026"};
    story.when(revalue).refused(period_unknown);
    revalue.period = 12;
    story.when(revalue).refused(entry_exists);
    revalue.entry = entry(90);
    story.when(revalue).refused(journal_unknown);
    revalue.journal = {"GEN"};
    story.when(revalue).refused(exchange_accounts_missing);
    LedgerPolicySet with{acme, {}};
    with.policy.exchange_gains = AccountCode{"gains"};
    with.policy.exchange_losses = AccountCode{"wages"};  // which requires a project
    story.happened(with);
    story.when(revalue).refused(next_period_missing);
    revalue.period = 5;
    story.happened(PeriodClosed{acme, {"2026"}, 6});
    story.happened(PeriodClosed{acme, {"2026"}, 5});
    story.when(revalue).refused(period_closed);
    story.happened(PeriodReopened{acme, {"2026"}, 5, "why"});
    story.when(revalue).refused(next_period_closed);
    story.happened(PeriodReopened{acme, {"2026"}, 6, "why"});
    story.when(revalue).refused(closing_rate_missing);
    story.happened(rate("2026-04-30", "0.70"));  // of the period before
    story.when(revalue).refused(closing_rate_missing);
    story.happened(rate("2026-05-01", "0.70"));
    story.when(revalue).refused(dimension_missing);
    story.happened(AccountBlocked{acme, {"wages"}});
    story.when(revalue).refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"wages"}});
    story.happened(rate("2026-05-31", "0.90"));
    story.when(revalue).accepted();
    const AccountCode alone{"alone"};
    story.happened(test::Past{account(alone.text, AccountKind::asset, true, true)});
    story.happened(dollars(2, "alone", Side::debit, "100.00", "80.00"));
    story.when(revalue).refused(adjustment_account_missing);
    story.happened(AdjustmentAccountSet{acme, alone, {"dollars"}, {}, {}});
    story.when(revalue).refused(account_currency_differs);
    story.happened(AdjustmentAccountSet{acme, alone, {"receivables"}, {}, {}});
    story.when(revalue).refused(account_is_control);
}

TEST_CASE("an adjustment account stands beside a monetary account, and takes postings") {
    auto story = given(foreign_books());
    const auto set = [](std::string_view code, std::string_view beside) {
        return SetAdjustmentAccount{acme, {std::string(code)}, {std::string(beside)}, {}, {}};
    };
    story.when(set("nowhere", "cash")).refused(account_unknown);
    story.when(set("receivables", "nowhere")).refused(account_unknown);
    story.when(set("advances", "assets")).refused(account_not_monetary);
    story.when(set("debts", "assets")).refused(account_is_summary);
    story.when(set("receivables", "receivables")).refused(adjusts_itself);
    story.when(set("debts", "receivables")).refused(account_is_control);
    story.when(set("debts", "cash")).then(AdjustmentAccountSet{acme, {"debts"}, {"cash"}, {}, {}});
}
