// The company's own rules: late entries, stornos, and who still posts where a period is closing.
#include "domain/ledger/policy.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

LedgerPolicySet posts_late() { return {acme, {LateEntries::first_open_period, {}}}; }
LedgerPolicySet storno() { return {acme, {LateEntries::refused, ReversalStyle::storno}}; }

FiscalYearOpened adjusted_year() {
    FiscalYearOpened opened{acme, {"2027"}, day("2027-01-01"), 12};
    opened.adjustment_periods = 1;
    return opened;
}

PostEntry on_last_day(std::optional<std::int64_t> period) {
    PostEntry post = sale();
    post.date = day("2027-12-31");
    post.period = period;
    return post;
}

std::int64_t period_of(const test::Then& then) {
    then.accepted();
    return then.events().front().as<EntryPosted>()->period;
}

}  // namespace

TEST_CASE("a policy is set in part, and what is not named stays") {
    auto story = given(open_books());
    story.when(SetLedgerPolicy{{"OTHER"}, LateEntries::refused, {}})
        .refused(companies::company_unknown);
    story.when(SetLedgerPolicy{acme, {}, {}}).refused(policy_unchanged);
    story.when(SetLedgerPolicy{acme, LateEntries::refused, ReversalStyle::swapped_sides})
        .refused(policy_unchanged);
    story.when(SetLedgerPolicy{acme, LateEntries::first_open_period, {}}).then(posts_late());
    story.happened(posts_late());
    story.when(SetLedgerPolicy{acme, {}, ReversalStyle::storno})
        .then(LedgerPolicySet{acme, {LateEntries::first_open_period, ReversalStyle::storno}});
}

TEST_CASE("the rules for rates of exchange are the company's own") {
    auto story = given(open_books());
    SetLedgerPolicy set{acme, {}, {}};
    set.rate_type = RateType::spot;
    set.rate_days = 31;
    story.when(set).refused(policy_unchanged);
    LedgerPolicySet expected{acme, {}};
    set.rate_days = expected.policy.rate_days = 5;
    set.rates_through = expected.policy.rates_through = test::currency("USD");
    set.rate_type = expected.policy.rate_type = RateType::own;
    story.when(set).then(expected);
    story.happened(expected);
    story.when(set).refused(policy_unchanged);
    expected.policy.late_entries = LateEntries::first_open_period;
    story.when(SetLedgerPolicy{acme, LateEntries::first_open_period, {}}).then(expected);
}

TEST_CASE("the accounts that rules post on are there, take postings, and fit") {
    AccountOpened control;
    control.company = acme;
    control.account = {"receivables"};
    control.control = true;
    auto story = given(open_books(), test::Past{opened("retained", AccountKind::equity)}, control);
    SetLedgerPolicy set{acme, {}, {}};
    set.exchange_gains = AccountCode{"nowhere"};
    set.exchange_losses = AccountCode{"assets"};
    set.retained_earnings = AccountCode{"cash"};
    story.when(set).refused(account_unknown);
    set.exchange_gains = AccountCode{"sales"};
    story.when(set).refused(account_is_summary);
    set.exchange_losses = AccountCode{"receivables"};
    story.when(set).refused(account_is_control);
    set.exchange_losses.reset();
    story.when(set).refused(account_not_equity);
    set.retained_earnings = AccountCode{"retained"};
    LedgerPolicySet expected{acme, {}};
    expected.policy.retained_earnings = AccountCode{"retained"};
    expected.policy.exchange_gains = AccountCode{"sales"};
    story.when(set).then(expected);
    story.happened(expected);
    story.when(set).refused(policy_unchanged);
}

TEST_CASE("entries keep which debit belongs to which credit where the company wants it") {
    auto story = given(open_books());
    PostEntry post = sale();
    post.lines = {debit("cash", eur("60.00")), credit("sales", eur("50.00")),
                  debit("cash", eur("40.00")), credit("cash", eur("50.00"))};
    CHECK(story.when(post).events().front().as<EntryPosted>()->pairs.empty());
    LedgerPolicySet set{acme, {}};
    set.policy.pairs_lines = true;
    set.policy.reversals = ReversalStyle::storno;
    story.happened(set);
    const EntryPosted posted_ = *story.when(post).events().front().as<EntryPosted>();
    CHECK(posted_.pairs ==
          std::vector<LinePair>{{1, 2, eur("50.00")}, {1, 4, eur("10.00")}, {3, 4, eur("40.00")}});
    story.happened(posted_);
    const auto back = story.when(ReverseEntry{acme, entry(2), entry(1), {}, "wrong"});
    CHECK(
        back.events().front().as<EntryPosted>()->pairs ==
        std::vector<LinePair>{{1, 2, eur("-50.00")}, {1, 4, eur("-10.00")}, {3, 4, eur("-40.00")}});
}

TEST_CASE("the amount above which four eyes are wanted is in base currency, and can be given up") {
    const auto above = [](std::optional<Money> amount, bool without) {
        SetLedgerPolicy set{acme, {}, {}};
        set.four_eyes_above = amount;
        set.without_approval = without;
        return set;
    };
    auto story = given(open_books());
    story.when(above(usd("5.00"), true)).refused(policy_contradicts);
    story.when(above(usd("5.00"), false)).refused(policy_currency_differs);
    story.when(above({}, true)).refused(policy_unchanged);
    LedgerPolicySet expected{acme, {}};
    expected.policy.four_eyes_above = eur("5.00");
    story.when(above(eur("5.00"), false)).then(expected);
    story.happened(expected);
    story.when(above({}, true)).then(LedgerPolicySet{acme, {}});
    expected.policy.late_entries = LateEntries::first_open_period;
    story.when(SetLedgerPolicy{acme, LateEntries::first_open_period, {}}).then(expected);
}

TEST_CASE("a late entry is posted in the next open period and names the day that it belongs to") {
    auto story = given(open_books(), posts_late(), PeriodClosed{acme, {"2026"}, 5},
                       PeriodClosed{acme, {"2026"}, 6});
    EntryPosted expected = sale_posted();
    expected.date = day("2026-07-01");
    expected.period = 7;
    expected.belongs_to = day("2026-05-04");
    story.when(sale()).then(expected);
    PostEntry in_time = sale();
    in_time.date = day("2026-04-04");
    story.when(in_time).accepted();
}

TEST_CASE("a late entry is refused where no later period is open") {
    auto story = given(open_books(), posts_late());
    for (std::int64_t period = 5; period <= 12; ++period)
        story.happened(PeriodClosed{acme, {"2026"}, period});
    story.when(sale()).refused(period_closed);
}

TEST_CASE("a late entry crosses into the next fiscal year, whose number it takes") {
    auto story = given(open_books(), posts_late());
    for (std::int64_t period = 1; period <= 12; ++period)
        story.happened(PeriodClosed{acme, {"2025"}, period});
    PostEntry late = sale();
    late.date = day("2025-12-31");
    EntryPosted expected = sale_posted();
    expected.date = day("2026-01-01");
    expected.period = 1;
    expected.belongs_to = day("2025-12-31");
    story.when(late).then(expected);
}

TEST_CASE("a late reversal goes the same way") {
    auto story = given(open_books(), posts_late(), sale_posted(), PeriodClosed{acme, {"2026"}, 5});
    const auto then = story.when(ReverseEntry{acme, entry(2), entry(1), {}, {}});
    then.accepted();
    const auto* reversal = then.events().front().as<EntryPosted>();
    CHECK(reversal->date == day("2026-06-01"));
    CHECK(reversal->belongs_to == day("2026-05-04"));
}

TEST_CASE("a storno takes back on the same sides with negative amounts") {
    EntryPosted expected = sale_posted(2, 2);
    expected.text = "Typo";
    expected.lines = {posted(Side::debit, "cash", eur("-100.00")),
                      posted(Side::credit, "sales", eur("-100.00"))};
    expected.reverses = entry(1);
    given(open_books(), storno(), sale_posted())
        .when(ReverseEntry{acme, entry(2), entry(1), {}, "Typo"})
        .then(expected);
}

TEST_CASE("who has the role posts in a soft closed period, others do not") {
    const access::RoleCode chief{"chief"};
    auto story = given(open_books(), access::RoleDefined{chief, {"ledger.*"}},
                       access::RoleGranted{{"eva"}, chief, acme},
                       PeriodClosed{acme, {"2026"}, 5, Closing::soft, chief});
    story.when(sale()).refused(period_soft_closed);
    story.when(sale(), {{}, "bob", {}}).refused(period_soft_closed);
    story.when(sale(), {{}, "eva", {}}).then(sale_posted());
}

TEST_CASE("an adjustment period is named, and its reversal stays in it") {
    auto story = given(open_books(), adjusted_year());
    CHECK(period_of(story.when(on_last_day({}))) == 12);
    CHECK(period_of(story.when(on_last_day(12))) == 12);
    CHECK(period_of(story.when(on_last_day(13))) == 13);
    story.when(on_last_day(14)).refused(date_outside_period);

    EntryPosted adjustment = sale_posted();
    adjustment.fiscal_year = {"2027"};
    adjustment.date = day("2027-12-31");
    adjustment.period = 13;
    story.happened(adjustment);
    CHECK(period_of(story.when(ReverseEntry{acme, entry(2), entry(1), {}, {}})) == 13);
    CHECK(period_of(story.when(ReverseEntry{acme, entry(2), entry(1), day("2027-12-31"), {}})) ==
          12);
    CHECK(period_of(
              story.when(ReverseEntry{acme, entry(2), entry(1), day("2027-12-31"), {}, 13})) == 13);
    // The ordinary periods of the year are closed; the auditor's stays open.
    story.happened(PeriodClosed{acme, {"2027"}, 12});
    PostEntry another = on_last_day({});
    another.entry = entry(3);
    story.when(another).refused(period_closed);
    another.period = 13;
    CHECK(period_of(story.when(another)) == 13);
}

TEST_CASE("an entry of an older program is reversed in the ordinary period of its day") {
    EntryPosted old = sale_posted();
    old.period = 0;
    auto story = given(open_books(), old);
    CHECK(period_of(story.when(ReverseEntry{acme, entry(2), entry(1), {}, {}})) == 5);
}

TEST_CASE("an entry that says no day is of the company's today") {
    PostEntry post = sale();
    post.date = {};
    given(open_books()).when(post, {{}, "bob", day("2026-05-04")}).then(sale_posted());
}
