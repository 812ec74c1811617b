// Accruals: an entry and its reversal in one commit, and how a wrong one is taken back.
#include "domain/ledger/accruals.h"

#include "domain/ledger/drafts.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

PostAccrual accrual_on(const char* date) {
    PostAccrual post;
    post.company = acme;
    post.entry = entry(1);
    post.reversal = entry(2);
    post.journal = {"GEN"};
    post.date = day(date);
    post.text = "Sale";
    post.lines = sale().lines;
    return post;
}

EntryPosted accrued(const char* date, std::int64_t period) {
    EntryPosted posted = sale_posted();
    posted.date = day(date);
    posted.period = period;
    return posted;
}

EntryPosted unwound(const char* date, std::int64_t period, std::int64_t of_period) {
    EntryPosted reversal = sale_posted(2, 2);
    reversal.date = day(date);
    reversal.period = period;
    reversal.lines = {posted(Side::credit, "cash", eur("100.00")),
                      posted(Side::debit, "sales", eur("100.00"))};
    reversal.reverses = entry(1);
    reversal.origin = EntryOrigin{EntryRule::accrual, {}, {"2026"}, of_period};
    return reversal;
}

const AccrualPosted both{acme, entry(1), entry(2)};
const ReverseAccrual take_back{acme, entry(1), entry(3), entry(4), {}, "Wrong"};

test::Past accrued_in_may() {
    return {Message::of(accrued("2026-05-04", 5)), Message::of(unwound("2026-06-01", 6, 5)),
            Message::of(both)};
}

}  // namespace

TEST_CASE("an accrual is taken back on the first day of the next period") {
    given(open_books())
        .when(accrual_on("2026-05-04"))
        .then(accrued("2026-05-04", 5), unwound("2026-06-01", 6, 5), both);
}

TEST_CASE("an accrual is taken back as the company takes back") {
    LedgerPolicySet storno{acme, {}};
    storno.policy.reversals = ReversalStyle::storno;
    EntryPosted expected = unwound("2026-06-01", 6, 5);
    expected.lines = {posted(Side::debit, "cash", eur("-100.00")),
                      posted(Side::credit, "sales", eur("-100.00"))};
    given(open_books(), storno)
        .when(accrual_on("2026-05-04"))
        .then(accrued("2026-05-04", 5), expected, both);
}

TEST_CASE("the accrual of a year's end is taken back in the next year, under its numbers") {
    EntryPosted entry_2025 = accrued("2025-12-31", 12);
    entry_2025.fiscal_year = {"2025"};
    entry_2025.number = 1;
    EntryPosted expected = unwound("2026-01-01", 1, 12);
    expected.origin->fiscal_year = {"2025"};
    expected.number = 1;
    given(open_books()).when(accrual_on("2025-12-31")).then(entry_2025, expected, both);
}

TEST_CASE("an accrual needs a next period, and one that takes its reversal") {
    given(open_books()).when(accrual_on("2026-12-31")).refused(next_period_missing);
    auto story = given(open_books(), PeriodClosed{acme, {"2026"}, 6});
    story.when(accrual_on("2026-05-04")).refused(period_closed);
    LedgerPolicySet late{acme, {}};
    late.policy.late_entries = LateEntries::first_open_period;
    story.happened(late);
    EntryPosted expected = unwound("2026-07-01", 7, 5);
    expected.belongs_to = day("2026-06-01");
    story.when(accrual_on("2026-05-04")).then(accrued("2026-05-04", 5), expected, both);
}

TEST_CASE("an accrual is an entry like others, and both ids are new") {
    auto story = given(open_books(), sale_posted(7, 1));
    PostAccrual post = accrual_on("2026-05-04");
    post.lines[0].amount = eur("99.99");
    post.reversal = entry(7);
    story.when(post).refused(entry_unbalanced);
    post.lines[0].amount = eur("100.00");
    story.when(post).refused(entry_exists);
    post.reversal = post.entry;
    story.when(post).refused(entry_exists);
    post.reversal = entry(2);
    post.entry = entry(7);
    story.when(post).refused(entry_exists);
}

TEST_CASE("above the amount of the policy an accrual comes from an approved draft") {
    LedgerPolicySet four_eyes{acme, {}};
    four_eyes.policy.four_eyes_above = eur("99.99");
    auto story = given(open_books(), four_eyes);
    story.when(accrual_on("2026-05-04")).refused(approval_required);
    DraftedEntry content;
    content.journal = {"GEN"};
    content.date = day("2026-05-04");
    content.text = "Sale";
    content.lines = sale().lines;
    const DraftId draft = test::nth<DraftId>(1);
    story.happened(DraftSaved{acme, draft, content, "ann"});
    PostDraft post{acme, draft, entry(1), entry(2)};
    story.when(post).refused(approval_required);
    story.happened(DraftApproved{acme, draft, {}});
    EntryPosted expected = accrued("2026-05-04", 5);
    expected.draft = draft;
    story.when(post).then(expected, unwound("2026-06-01", 6, 5), both,
                          DraftPosted{acme, draft, entry(1)});
    post.reversal = entry(1);
    story.when(post).refused(entry_exists);
    content.date = day("2026-12-31");
    story.happened(DraftSaved{acme, draft, content, "ann"});
    story.happened(DraftApproved{acme, draft, {}});
    post.reversal = entry(2);
    story.when(post).refused(next_period_missing);
}

TEST_CASE("neither half of an accrual is taken back alone") {
    auto story = given(open_books(), accrued_in_may());
    story.when(ReverseEntry{acme, entry(3), entry(1), {}, {}}).refused(entry_is_accrual);
    story.when(ReverseEntry{acme, entry(3), entry(2), {}, {}}).refused(entry_is_reversal);
}

TEST_CASE("an accrual is taken back with its reversal, each on its own day, once") {
    auto story = given(open_books(), accrued_in_may());
    EntryPosted back = sale_posted(3, 3);
    back.text = "Wrong";
    back.lines = unwound("2026-06-01", 6, 5).lines;
    back.reverses = entry(1);
    EntryPosted counterpart = sale_posted(4, 4);
    counterpart.text = "Wrong";
    counterpart.date = day("2026-06-01");
    counterpart.period = 6;
    counterpart.reverses = entry(2);
    const AccrualReversed reversed{acme, entry(1)};
    story.when(take_back).then(back, counterpart, reversed);
    story.happened(back);
    story.happened(counterpart);
    story.happened(reversed);
    story.when(take_back).refused(accrual_reversed);
    story.when(ReverseEntry{acme, entry(5), entry(1), {}, {}}).refused(entry_reversed);
}

TEST_CASE("both halves may be taken back on a later day, and never on a closed one") {
    auto story = given(open_books(), accrued_in_may(), PeriodClosed{acme, {"2026"}, 5});
    story.when(take_back).refused(period_closed);
    ReverseAccrual later = take_back;
    later.date = day("2026-06-15");
    const auto dates = [](const test::Then& then) {
        then.accepted();
        std::vector<std::string> days;
        for (const Message& event : then.events())
            if (const auto* entry = event.as<EntryPosted>()) days.push_back(to_text(entry->date));
        return days;
    };
    CHECK(dates(story.when(later)) == std::vector<std::string>{"2026-06-15", "2026-06-15"});
    story.happened(PeriodReopened{acme, {"2026"}, 5, "late"});
    later.date = day("2026-05-20");  // before the reversal, which keeps its day
    CHECK(dates(story.when(later)) == std::vector<std::string>{"2026-05-20", "2026-06-01"});
    later.date = day("2026-05-03");
    story.when(later).refused(reversal_before_entry);
    later.date = day("2027-01-01");
    story.when(later).refused(date_outside_calendar);
}

TEST_CASE("only a known accrual is taken back, by new ids") {
    given(open_books(), sale_posted()).when(take_back).refused(accrual_unknown);
    auto story = given(open_books(), accrued_in_may());
    for (const auto& [one, other] : {std::pair{entry(1), entry(4)}, std::pair{entry(3), entry(2)},
                                     std::pair{entry(3), entry(3)}}) {
        ReverseAccrual reverse = take_back;
        reverse.entry = one;
        reverse.counterpart = other;
        story.when(reverse).refused(entry_exists);
    }
}

TEST_CASE("the document of an accrual is free again once its bill comes") {
    EntryPosted accrual = accrued("2026-05-04", 5);
    accrual.document = "B-1";
    EntryPosted reversal = unwound("2026-06-01", 6, 5);
    reversal.document = "B-1";
    auto story = given(open_books(), accrual, reversal, both);
    PostEntry bill = sale(3);
    bill.document = "B-1";
    story.when(bill).accepted();
    EntryPosted billed = sale_posted(3, 3);
    billed.document = "B-1";
    story.happened(billed);
    // Taking the accrual back leaves the bill its number.
    const auto then = story.when(ReverseAccrual{acme, entry(1), entry(5), entry(6), {}, {}});
    then.accepted();
    for (const Message& event : then.events())
        if (const auto* entry = event.as<EntryPosted>()) CHECK_FALSE(entry->document);
}

TEST_CASE("the accrual of a control account is a flow's to take back") {
    auto story =
        given(open_books(), accrued_in_may(), AccountUseChanged{acme, {"cash"}, true, false});
    story.when(take_back).refused(account_is_control);
    Context flow;
    flow.by_flow = true;
    story.when(take_back, flow).accepted();
}
