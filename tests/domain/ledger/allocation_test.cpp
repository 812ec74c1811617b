// Costs shared out: by percents, weights and balances; late costs; what is refused.
#include "domain/ledger/allocation.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

test::Past cost_books() {
    test::Past past = open_books();
    for (const char* code : {"rent", "shop", "office", "store"})
        past.push_back(opened(code, AccountKind::expense));
    return past;
}

Percent percent(std::int64_t whole) { return {whole * 1'000'000}; }

AllocationTarget target(std::string_view code) {
    AllocationTarget target;
    target.account = {std::string(code)};
    return target;
}

AllocationDefined sixty_to_forty() {
    AllocationDefined defined{acme, {"RENT"}, "Rent", {"GEN"}, {{"rent"}}, {}, {}, {}};
    defined.targets = {target("shop"), target("office")};
    defined.targets[0].percent = percent(60);
    defined.targets[1].percent = percent(40);
    return defined;
}

DefineAllocation define(const AllocationDefined& as) {
    return {as.company, as.allocation,        as.name,  as.journal,
            as.sources, as.source_dimensions, as.basis, as.targets};
}

EntryPosted cost(std::uint64_t number, std::string_view on, std::string_view amount) {
    EntryPosted entry = sale_posted(number, static_cast<std::int64_t>(number));
    entry.lines = {posted(Side::debit, on, eur(amount)), posted(Side::credit, "cash", eur(amount))};
    return entry;
}

AllocateCosts allocate_may(std::uint64_t number = 90) {
    return {acme, {"RENT"}, {"2026"}, 5, entry(number), "Rent of May"};
}

EntryPosted shared(std::uint64_t id, std::int64_t number, std::vector<PostedLine> lines) {
    EntryPosted entry_{
        acme,          entry(id), {"GEN"},          {"2026"}, number, day("2026-05-31"),
        "Rent of May", {},        std::move(lines), {},       {},     5};
    entry_.origin = EntryOrigin{EntryRule::allocation, "RENT", {"2026"}, 5};
    return entry_;
}

CostsAllocated allocated(std::vector<EntryId> entries) {
    return {acme, {"RENT"}, {"2026"}, 5, std::move(entries)};
}

// The lines of the one entry that comes of it.
std::vector<PostedLine> lines_of(const test::Then& then) {
    then.accepted();
    REQUIRE(then.events().size() == 2);
    return then.events()[0].as<EntryPosted>()->lines;
}

}  // namespace

TEST_CASE("1,000 shared 60 to 40 is 600 and 400; 50 that come late are 30 and 20") {
    auto story = given(cost_books(), sixty_to_forty(), cost(1, "rent", "1000.00"));
    const EntryPosted first = shared(
        90, 2,
        {posted(Side::debit, "office", eur("400.00")), posted(Side::credit, "rent", eur("1000.00")),
         posted(Side::debit, "shop", eur("600.00"))});
    story.when(allocate_may()).then(first, allocated({entry(90)}));
    story.happened(first);
    story.when(allocate_may(91)).then(allocated({}));
    story.happened(cost(3, "rent", "50.00"));
    const EntryPosted second = shared(
        91, 4,
        {posted(Side::debit, "office", eur("20.00")), posted(Side::credit, "rent", eur("50.00")),
         posted(Side::debit, "shop", eur("30.00"))});
    story.when(allocate_may(91)).then(second, allocated({entry(91)}));
    story.happened(second);
    story.when(allocate_may(92)).then(allocated({}));
}

TEST_CASE("shares of the whole lose no cent, however many runs it takes") {
    AllocationDefined thirds = sixty_to_forty();
    thirds.basis = AllocationBasis::weights;
    thirds.targets = {target("shop"), target("office"), target("store")};
    for (AllocationTarget& each : thirds.targets) each.weight = 1;
    auto story = given(cost_books(), thirds);
    // 0.01 at a time: the thirds of 0.01, 0.02, 0.03 ... and never a cent more or less.
    for (std::uint64_t cents = 1; cents <= 7; ++cents) {
        story.happened(cost(2 * cents - 1, "rent", "0.01"));
        const auto then = story.when(allocate_may(100 + cents));
        then.accepted();
        EntryPosted entry_ = *then.events().front().as<EntryPosted>();
        REQUIRE(entry_.lines.size() == 2);
        CHECK(entry_.lines.front().base.minor + entry_.lines.back().base.minor == 2);
        story.happened(entry_);
    }
    const FiscalYear* year = fiscal_year_named(story.world(), acme, {"2026"});
    const std::vector<AccountCode> targets{{"shop"}, {"office"}, {"store"}};
    std::vector<Wide> sums;
    for (const auto& [of, sum] : balances_in(story.world(), acme, *year, {5, 5, false}, targets))
        sums.push_back(sum.base);
    CHECK(sums == std::vector<Wide>{2, 3, 2});  // office, shop, store: 7 in three, larger first
}

TEST_CASE("costs of one cost centre go to others on the same account") {
    AllocationDefined centres = sixty_to_forty();
    centres.sources = {{"wages"}};
    centres.source_dimensions[{"project"}] = {"P1"};
    for (AllocationTarget& each : centres.targets) each.account = {"wages"};
    centres.targets[0].dimensions = {{{"project"}, {"P2"}}, {{"country"}, {"DE"}}};
    centres.targets[1].dimensions[{"project"}] = {"P2"};
    EntryPosted wages = cost(1, "wages", "100.00");
    wages.lines[0].dimensions[{"project"}] = {"P1"};
    EntryPosted other = cost(2, "wages", "7.00");
    other.lines[0].dimensions[{"project"}] = {"P2"};
    auto story = given(cost_books());
    story.when(define(centres)).then(centres);
    story.happened(centres);
    story.happened(wages);
    story.happened(other);
    const auto lines = lines_of(story.when(allocate_may()));
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].base == eur("60.00"));  // DE, P2
    CHECK(lines[1].base == eur("100.00"));
    CHECK(lines[1].side == Side::credit);
    CHECK(lines[1].dimensions == wages.lines[0].dimensions);
    CHECK(lines[2].base == eur("40.00"));
    centres.targets[1].dimensions[{"project"}] = {"P1"};
    story.when(define(centres)).refused(allocation_feeds_itself);
}

TEST_CASE("shares follow what other accounts moved in the period") {
    AllocationDefined by_sales = sixty_to_forty();
    by_sales.basis = AllocationBasis::balances;
    by_sales.targets = {target("shop"), target("office")};
    by_sales.targets[0].basis_account = AccountCode{"sales"};
    by_sales.targets[1].basis_account = AccountCode{"wages"};
    by_sales.targets[1].basis_dimensions[{"project"}] = {"P1"};
    auto story = given(cost_books(), by_sales, cost(1, "rent", "100.00"));
    story.when(allocate_may()).refused(basis_not_positive);
    story.happened(sale_posted(2, 2));  // 100.00
    EntryPosted wages = cost(3, "wages", "300.00");
    wages.lines[0].dimensions[{"project"}] = {"P1"};
    story.happened(wages);
    CHECK(lines_of(story.when(allocate_may())) ==
          std::vector{posted(Side::debit, "office", eur("75.00")),
                      posted(Side::credit, "rent", eur("100.00")),
                      posted(Side::debit, "shop", eur("25.00"))});
}

TEST_CASE("an allocation that is taken back is as if it had never been run") {
    auto story = given(cost_books(), sixty_to_forty(), cost(1, "rent", "1000.00"));
    const EntryPosted first = shared(
        90, 2,
        {posted(Side::debit, "office", eur("400.00")), posted(Side::credit, "rent", eur("1000.00")),
         posted(Side::debit, "shop", eur("600.00"))});
    story.happened(first);
    const auto back = story.when(ReverseEntry{acme, entry(95), entry(90), {}, "wrong"});
    back.accepted();
    story.happened(*back.events().front().as<EntryPosted>());
    CHECK(lines_of(story.when(allocate_may(91))) == first.lines);
}

TEST_CASE("an allocation is defined for these reasons alone not, in this order") {
    auto story = given(cost_books());
    DefineAllocation wrong = define(sixty_to_forty());
    wrong.company = {"OTHER"};
    wrong.journal = {"XXX"};
    wrong.sources.clear();
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(journal_unknown);
    wrong.journal = {"GEN"};
    story.when(wrong).refused(allocation_has_no_sources);
    wrong.sources = {{"nowhere"}};
    story.when(wrong).refused(account_unknown);
    wrong.sources = {{"assets"}};
    story.when(wrong).refused(account_is_summary);
    wrong.sources = {{"rent"}};
    wrong.targets[0] = target("wages");
    wrong.targets[0].percent = percent(0);
    story.when(wrong).refused(dimension_missing);
    wrong.targets[0].dimensions = {{{"project"}, {"P1"}}, {{"colour"}, {"red"}}};
    story.when(wrong).refused(dimension_unknown);
    wrong.targets[0].dimensions = {{{"project"}, {"P77"}}};
    story.when(wrong).refused(dimension_value_unknown);
    wrong.targets[0].dimensions = {{{"project"}, {"P1"}}};
    wrong.targets[0].weight = 3;
    story.when(wrong).refused(share_missing);
    wrong.targets[0].weight.reset();
    story.when(wrong).refused(share_not_positive);
    wrong.targets[0].percent = percent(59);
    story.when(wrong).refused(percents_not_hundred);
    wrong.targets[0].percent = percent(60);
    wrong.targets[1] = wrong.targets[0];
    wrong.targets[1].percent = percent(40);
    story.when(wrong).refused(target_repeated);
    wrong.targets[1] = target("rent");
    wrong.targets[1].percent = percent(40);
    story.when(wrong).refused(allocation_feeds_itself);
}

TEST_CASE("an allocation is run for these reasons alone not, in this order") {
    auto story = given(cost_books(), sixty_to_forty(), cost(1, "rent", "1000.00"));
    AllocateCosts wrong = allocate_may(1);
    wrong.allocation = {"OTHER"};
    wrong.fiscal_year = {"2030"};
    wrong.period = 13;
    story.when(wrong).refused(allocation_unknown);
    wrong.allocation = {"RENT"};
    story.when(wrong).refused(fiscal_year_unknown);
    wrong.fiscal_year = {"2026"};
    story.when(wrong).refused(period_unknown);
    wrong.period = 5;
    story.when(wrong).refused(entry_exists);
    wrong.entry = entry(90);
    story.happened(PeriodClosed{acme, {"2026"}, 5});
    story.when(wrong).refused(period_closed);
    story.happened(PeriodReopened{acme, {"2026"}, 5, "why"});
    story.happened(AccountBlocked{acme, {"shop"}});
    story.when(wrong).refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"shop"}});
    story.happened(AccountUseChanged{acme, {"shop"}, true, false});
    story.when(wrong).refused(account_is_control);
    story.happened(AccountUseChanged{acme, {"shop"}, false, false});
    story.happened(DimensionsRequired{acme, {"shop"}, {{"project"}}});
    story.when(wrong).refused(dimension_missing);
    story.happened(DimensionsRequired{acme, {"shop"}, {}});
    story.when(wrong).accepted();
    for (std::int64_t number = 2; number <= 3; ++number) {
        EntryPosted much = cost(static_cast<std::uint64_t>(number), "rent", "1.00");
        for (PostedLine& line : much.lines) line.amount.minor = line.base.minor = most_money;
        story.happened(much);
    }
    story.when(wrong).refused(entry_too_large);
}
