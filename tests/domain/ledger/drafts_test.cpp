// Drafts: what is saved unchecked, who may approve it, and what is posted from it.
#include "domain/ledger/drafts.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

const DraftId first = test::nth<DraftId>(1);
const PostDraft post_first{acme, first, entry(1)};

Context by(const char* actor) {
    Context context;
    context.actor = actor;
    return context;
}

// The sale of 100 EUR that `sale` posts.
DraftedEntry content() {
    const PostEntry post = sale();
    return {post.journal, post.date, post.text, {}, post.lines, {}, {}, {}, {}, false};
}

DraftSaved saved(const char* actor, DraftedEntry what = content()) {
    return {acme, first, std::move(what), actor};
}
DraftApproved approved() { return {acme, first, sale_posted().lines}; }
DraftRejected rejected() { return {acme, first, "No invoice"}; }

EntryPosted drafted_sale() {
    EntryPosted posted = sale_posted();
    posted.draft = first;
    return posted;
}

LedgerPolicySet four_eyes_above(const char* amount) {
    LedgerPolicySet set{acme, {}};
    set.policy.four_eyes_above = eur(amount);
    return set;
}

}  // namespace

TEST_CASE("a draft is saved as it is, balanced or not") {
    given(open_books()).when(SaveDraft{acme, first, content()}, by("ann")).then(saved("ann"));
    DraftedEntry half;
    half.journal = {"NOWHERE"};
    half.lines = {debit("nothing", eur("-5.00"))};
    given(open_books()).when(SaveDraft{acme, first, half}, by("ann")).then(saved("ann", half));
    given(open_books(), saved("ann"), rejected())
        .when(SaveDraft{acme, first, half}, by("ben"))
        .then(saved("ben", half));
}

TEST_CASE("a draft is of a known company, open, and of at most a thousand lines") {
    given(open_books())
        .when(SaveDraft{{"OTHER"}, first, content()})
        .refused(companies::company_unknown);
    DraftedEntry long_one = content();
    long_one.lines.assign(1'001, debit("cash", eur("1.00")));
    given(open_books(), saved("ann"), DraftDiscarded{acme, first})
        .when(SaveDraft{acme, first, long_one})
        .refused(draft_closed);
    given(open_books()).when(SaveDraft{acme, first, long_one}).refused(too_many_lines);
}

TEST_CASE("a draft is approved by somebody who has not saved it") {
    auto story = given(open_books(), saved("ann"));
    story.when(ApproveDraft{acme, first}, by("ann")).refused(draft_saved_by_approver);
    story.when(ApproveDraft{acme, first}, by("ben")).then(approved());
    // Who mended it has had a hand in it, and so has who entered it first.
    story.happened(saved("ben"));
    story.when(ApproveDraft{acme, first}, by("ben")).refused(draft_saved_by_approver);
    story.when(ApproveDraft{acme, first}, by("ann")).refused(draft_saved_by_approver);
    story.when(ApproveDraft{acme, first}, by("eve")).then(approved());
}

TEST_CASE("a draft is approved once, while it is open and not rejected") {
    const ApproveDraft approve{acme, first};
    given(open_books()).when(approve, by("ben")).refused(draft_unknown);
    given(open_books(), saved("ann"), DraftDiscarded{acme, first})
        .when(approve, by("ben"))
        .refused(draft_closed);
    given(open_books(), saved("ann"), rejected()).when(approve, by("ben")).refused(draft_rejected);
    given(open_books(), saved("ann"), approved()).when(approve, by("ben")).refused(draft_approved);
}

TEST_CASE("only lines that are an entry are approved") {
    const auto with = [](std::vector<EntryLine> lines) {
        DraftedEntry what = content();
        what.lines = std::move(lines);
        return saved("ann", std::move(what));
    };
    for (const DraftSaved& not_ready :
         {with({}), with({debit("cash", eur("1.00"))}),
          with({debit("cash", eur("1.00")), credit("sales", eur("2.00"))}),
          with({debit("nowhere", eur("1.00")), credit("sales", eur("1.00"))})})
        given(open_books(), not_ready)
            .when(ApproveDraft{acme, first}, by("ben"))
            .refused(draft_not_ready);
    // Where it lies in the calendar is a matter of the day on which it is posted.
    given(open_books(), PeriodClosed{acme, {"2026"}, 5}, saved("ann"))
        .when(ApproveDraft{acme, first}, by("ben"))
        .then(approved());
}

TEST_CASE("a change takes an approval away") {
    auto story = given(open_books(), four_eyes_above("99.99"), saved("ann"), approved());
    story.when(post_first).accepted();
    story.happened(saved("ann"));
    story.when(post_first).refused(approval_required);
}

TEST_CASE("a draft is rejected with a reason, and goes on when it is saved anew") {
    const RejectDraft reject{acme, first, "No invoice"};
    given(open_books()).when(reject).refused(draft_unknown);
    given(open_books(), saved("ann"), DraftDiscarded{acme, first})
        .when(reject)
        .refused(draft_closed);
    auto story = given(open_books(), saved("ann"));
    story.when(reject).then(rejected());
    story.happened(approved());
    story.when(reject).then(rejected());
    story.happened(rejected());
    story.when(reject).refused(draft_rejected);
    story.when(post_first).refused(draft_rejected);
    story.happened(saved("ann"));
    story.when(post_first).accepted();
}

TEST_CASE("a draft of which nothing comes is discarded once") {
    const DiscardDraft discard{acme, first};
    given(open_books()).when(discard).refused(draft_unknown);
    auto story = given(open_books(), saved("ann"), rejected());
    story.when(discard).then(DraftDiscarded{acme, first});
    story.happened(DraftDiscarded{acme, first});
    story.when(discard).refused(draft_closed);
}

TEST_CASE("what is posted from a draft is the entry that it says, and names it") {
    given(open_books(), saved("ann"))
        .when(post_first, by("ann"))
        .then(drafted_sale(), DraftPosted{acme, first, entry(1)});
    auto story = given(open_books(), saved("ann"), DraftPosted{acme, first, entry(1)});
    story.when(post_first).refused(draft_closed);
    story.when(SaveDraft{acme, first, content()}).refused(draft_closed);
    given(open_books()).when(post_first).refused(draft_unknown);
}

TEST_CASE("a draft without a day is posted on the day of the posting") {
    DraftedEntry what = content();
    what.date.reset();
    Context context = by("ann");
    context.today = test::day("2026-06-30");
    EntryPosted expected = drafted_sale();
    expected.date = test::day("2026-06-30");
    expected.period = 6;
    given(open_books(), saved("ann", what))
        .when(post_first, context)
        .then(expected, DraftPosted{acme, first, entry(1)});
}

TEST_CASE("a draft is posted by the rules of every entry, and these come before the approval") {
    const auto with = [](const auto& change) {
        DraftedEntry what = content();
        change(what);
        return given(open_books(), four_eyes_above("10.00"), saved("ann", what));
    };
    given(open_books(), sale_posted(), saved("ann")).when(post_first).refused(entry_exists);
    with([](auto& what) { what.journal = {"NOWHERE"}; }).when(post_first).refused(journal_unknown);
    with([](auto& what) { what.books = {{"IFRS"}}; }).when(post_first).refused(book_unknown);
    with([](auto& what) { what.lines.pop_back(); }).when(post_first).refused(too_few_lines);
    with([](auto& what) { what.date = test::day("2028-01-01"); })
        .when(post_first)
        .refused(date_outside_calendar);
    with([](auto& what) { what.period = 6; }).when(post_first).refused(date_outside_period);
    with([](auto& what) { what.replaces = entry(9); }).when(post_first).refused(replaced_unknown);
    with([](auto& what) { what.lines[0].amount = eur("0.00"); })
        .when(post_first)
        .refused(amount_not_positive);
    with([](auto& what) { what.lines[0].account = {"nowhere"}; })
        .when(post_first)
        .refused(account_unknown);
    with([](auto& what) { what.lines[0].amount = eur("99.00"); })
        .when(post_first)
        .refused(entry_unbalanced);
    with([](auto&) {}).when(post_first).refused(approval_required);
}

TEST_CASE("above the amount of the policy an entry comes from an approved draft only") {
    auto story = given(open_books(), four_eyes_above("100.00"));
    story.when(sale()).accepted();  // of 100.00, which is not above
    story.happened(four_eyes_above("99.99"));
    story.when(sale()).refused(approval_required);
    Context flow;
    flow.by_flow = true;
    story.when(sale(), flow).accepted();
    story.happened(saved("ann"));
    story.when(post_first).refused(approval_required);
    story.happened(approved());
    story.when(post_first, by("ann")).then(drafted_sale(), DraftPosted{acme, first, entry(1)});
}

TEST_CASE("what is posted is what was approved, whatever rates do in between") {
    const Currency dollar = test::currency("USD"), euro = test::currency("EUR");
    const auto rate = [&](const char* date, const char* units) {
        return RateSet{acme, RateType::spot,  dollar,
                       euro, test::day(date), Rate{decimal_from(units, Rate::digits).value()}};
    };
    DraftedEntry what = content();
    what.date.reset();
    what.lines = {debit("dollars", usd("100.00")), credit("cash", eur("90.00"))};
    auto story = given(open_books(), four_eyes_above("50.00"), rate("2026-05-04", "0.90"),
                       saved("ann", what));
    Context may = by("ben"), june = by("ann");
    may.today = test::day("2026-05-04");
    june.today = test::day("2026-06-01");
    EntryPosted expected = drafted_sale();
    expected.lines = {posted(Side::debit, "dollars", usd("100.00")),
                      posted(Side::credit, "cash", eur("90.00"))};
    expected.lines[0].base = eur("90.00");
    expected.lines[0].rate = LineRate{Rate{decimal_from("0.90", Rate::digits).value()},
                                      RateType::spot, test::day("2026-05-04")};
    const DraftApproved as_of_may{acme, first, expected.lines};
    story.when(ApproveDraft{acme, first}, may).then(as_of_may);
    story.happened(as_of_may);
    story.happened(rate("2026-06-01", "900.00"));
    expected.date = june.today;
    expected.period = 6;
    story.when(post_first, june).then(expected, DraftPosted{acme, first, entry(1)});
}

TEST_CASE("a rounding line is approved with the lines that it rounds, however many they are") {
    LedgerPolicySet policy = four_eyes_above("1.00");
    policy.policy.rounding_account = AccountCode{"cash"};
    policy.policy.rounding_tolerance = 5;
    DraftedEntry what = content();
    what.lines.assign(999, debit("cash", eur("1.00")));
    what.lines.push_back(credit("dollars", usd("1110.01")));
    auto story =
        given(open_books(), policy,
              RateSet{acme, RateType::spot, test::currency("USD"), test::currency("EUR"),
                      test::day("2026-05-04"), Rate{decimal_from("0.90", Rate::digits).value()}},
              saved("ann", what));
    const auto approved = story.when(ApproveDraft{acme, first}, by("ben"));
    approved.accepted();
    story.happened(approved.events());
    const auto then = story.when(post_first);
    then.accepted();
    CHECK(then.events().front().as<EntryPosted>()->lines.size() == 1'001);
}

TEST_CASE("opening balances that are large are a draft too") {
    LedgerPolicySet policy = four_eyes_above("50.00");
    DraftedEntry what = content();
    what.lines = {debit("cash", eur("100.00"))};
    what.opening = true;
    test::Past books = open_books();
    books.push_back(opened("opening", AccountKind::equity));
    auto story = given(books, policy, saved("ann", what));
    story.when(ApproveDraft{acme, first}, by("ben")).refused(draft_not_ready);
    story.when(post_first).refused(opening_account_missing);
    policy.policy.opening_account = AccountCode{"opening"};
    story.happened(policy);
    story.when(post_first).refused(approval_required);
    const DraftApproved approval{acme,
                                 first,
                                 {posted(Side::debit, "cash", eur("100.00")),
                                  posted(Side::credit, "opening", eur("100.00"))}};
    story.when(ApproveDraft{acme, first}, by("ben")).then(approval);
    story.happened(approval);
    EntryPosted expected = drafted_sale();
    expected.lines = approval.lines;
    expected.kind = EntryKind::opening;
    story.when(post_first).then(expected, DraftPosted{acme, first, entry(1)});
    what.lines.push_back(credit("opening", eur("100.00")));
    story.happened(saved("ann", what));
    story.when(post_first).refused(opening_account_repeated);
}

TEST_CASE("a small amount that is said in base currency hides no large one") {
    PostEntry post = sale();
    post.lines = {debit("dollars", usd("1000000.00")), credit("cash", eur("0.01"))};
    post.lines[0].base = eur("0.01");
    auto story = given(open_books(), four_eyes_above("100.00"));
    story.when(post).refused(approval_required);  // nobody can tell what dollars are worth
    story.happened(RateSet{acme, RateType::spot, test::currency("USD"), test::currency("EUR"),
                           test::day("2026-05-01"),
                           Rate{decimal_from("0.90", Rate::digits).value()}});
    story.when(post).refused(approval_required);
    post.lines[0].amount = usd("111.11");  // 100.00 at the rate
    story.when(post).accepted();
    post.lines[0].amount = usd("111.13");
    story.when(post).refused(approval_required);
    std::swap(post.lines[0].side, post.lines[1].side);  // on the credit side as well
    story.when(post).refused(approval_required);
}

TEST_CASE("what is above the amount is taken back at once, and replaced by an approved draft") {
    auto story = given(open_books(), four_eyes_above("99.99"), sale_posted());
    story.when(ReverseEntry{acme, entry(2), entry(1), {}, "Typo"}).accepted();
    const PostEntry right = sale();
    const CorrectEntry correct{
        acme, entry(1), entry(2),
        {},   "Typo",   {entry(3), right.journal, *right.date, "Sale", {}, right.lines}};
    story.when(correct).refused(approval_required);
    EntryPosted reversal = sale_posted(2, 2);
    reversal.reverses = entry(1);
    DraftedEntry replacement = content();
    replacement.replaces = entry(1);
    story.happened(reversal);
    story.happened(saved("ann", replacement));
    story.happened(approved());
    EntryPosted expected = sale_posted(3, 3);
    expected.replaces = entry(1);
    expected.draft = first;
    story.when(PostDraft{acme, first, entry(3)}).then(expected, DraftPosted{acme, first, entry(3)});
}

TEST_CASE("another company's draft is unknown") {
    given(open_books(), saved("ann"),
          companies::CompanyCreated{
              {"OTHER"}, "Other", test::currency("EUR"), "UTC", 1, 2025, companies::Chart::none})
        .when(DiscardDraft{{"OTHER"}, first})
        .refused(draft_unknown);
}
