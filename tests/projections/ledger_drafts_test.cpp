// Drafts as they are listed: what was saved last, who judged it and what became of it.
#include "projections/ledger/drafts.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::day;

namespace {

const CompanyCode acme{"ACME"};
const Date today = day("2026-03-01");
const DraftId one = test::nth<DraftId>(1), two = test::nth<DraftId>(2);

EntryLine line(Side side, Money amount, std::optional<Money> base = {}) {
    return {{"1000"}, side, amount, base, {}, {}};
}

DraftSaved saved(DraftId draft, std::vector<EntryLine> lines) {
    DraftedEntry content;
    content.journal = {"GEN"};
    content.text = "Rent";
    content.lines = std::move(lines);
    return {acme, draft, content, "ann"};
}

}  // namespace

TEST_CASE("a draft is listed as it was saved last, with who judged that and when") {
    const Money five = test::money("5.00", "EUR"), six = test::money("6.00", "EUR");
    test::Reading drafts;
    drafts.happened(saved(one, {line(Side::debit, five)}), today);
    drafts.happened(saved(two, {line(Side::debit, five)}), today);
    drafts.happened(DraftRejected{acme, one, "Too little"}, today);
    drafts.happened(saved(one, {line(Side::debit, six), line(Side::credit, six)}), today);
    drafts.happened(DraftApproved{acme, one, {}}, today);
    drafts.happened(DraftPosted{acme, one, test::nth<EntryId>(7)}, today);
    drafts.happened(DraftDiscarded{acme, two}, today);
    const auto list = [&](Position known_at, std::optional<DraftState> state = {}) {
        return drafts.ask<ListedDraft>(DraftList{acme, state}, {{}, known_at}, 1).rows;
    };
    ListedDraft expected;
    expected.draft = one;
    expected.journal = {"GEN"};
    expected.text = "Rent";
    expected.total = five;
    expected.saved_by = "ann";
    expected.saved_at = {1'000'000};  // the test's clock: a second a commit
    CHECK(list(1) == std::vector{expected});
    expected.state = DraftState::rejected;
    expected.judged_by = "ann";
    expected.judged_at = Timestamp{3'000'000};
    expected.reason = "Too little";
    CHECK(list(3, DraftState::rejected) == std::vector{expected});
    // What is saved anew nobody has judged.
    expected.state = DraftState::saved;
    expected.total = six;
    expected.saved_at = {4'000'000};
    expected.judged_by.reset();
    expected.judged_at.reset();
    expected.reason.reset();
    CHECK(list(4)[0] == expected);
    CHECK(list(4).size() == 2);
    expected.state = DraftState::posted;
    expected.judged_by = "ann";
    expected.judged_at = Timestamp{5'000'000};
    expected.closed_by = "ann";
    expected.closed_at = Timestamp{6'000'000};
    expected.entry = test::nth<EntryId>(7);
    CHECK(list(7)[0] == expected);
    CHECK(list(7)[1].state == DraftState::discarded);
    CHECK(list(7, DraftState::saved).empty());
    CHECK(drafts.ask<ListedDraft>(DraftList{{"OTHER"}, {}}).rows.empty());

    const auto full = drafts.ask<FullDraft>(OneDraft{acme, one}, {{}, 2}, 1);
    REQUIRE(full.rows.size() == 1);
    CHECK(full.rows[0].content == saved(one, {line(Side::debit, five)}).content);
    CHECK(drafts.ask<FullDraft>(OneDraft{acme, test::nth<DraftId>(3)}).missing);
}

TEST_CASE("the total of a draft is the sum of its debits where it has one") {
    const auto total = [&](std::vector<EntryLine> lines) {
        test::Reading drafts;
        drafts.happened(saved(one, std::move(lines)), today);
        return drafts.ask<ListedDraft>(DraftList{acme, {}}).rows.at(0).total;
    };
    const Money euros = test::money("2.50", "EUR"), dollars = test::money("3.00", "USD");
    CHECK_FALSE(total({}));
    CHECK_FALSE(total({line(Side::credit, euros)}));
    CHECK_FALSE(total({line(Side::debit, euros), line(Side::debit, dollars)}));
    CHECK(total({line(Side::debit, euros), line(Side::debit, dollars, euros),
                 line(Side::credit, dollars)}) == test::money("5.00", "EUR"));
    const Money most{most_money, euros.currency};
    CHECK(total({line(Side::debit, most)}) == most);
    CHECK_FALSE(total({line(Side::debit, most), line(Side::debit, most)}));
}
