// Reversals and corrections: how a wrong entry is taken back and another stands in its place.
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

ReverseEntry reverse(std::uint64_t number, std::uint64_t reverses) {
    return {acme, entry(number), entry(reverses), {}, "Typo"};
}

// What comes of reversing the sale as the journal's second entry.
EntryPosted reversed_sale(std::uint64_t number = 2) {
    EntryPosted reversal = sale_posted(number, 2);
    reversal.text = "Typo";
    reversal.lines = {posted(Side::credit, "cash", eur("100.00")),
                      posted(Side::debit, "sales", eur("100.00"))};
    reversal.reverses = entry(1);
    return reversal;
}

CorrectEntry correct() {
    return {acme,
            entry(1),
            entry(2),
            {},
            "Typo",
            {entry(3),
             {"GEN"},
             test::day("2026-05-05"),
             "Sale",
             {},
             {debit("cash", eur("10.00")), credit("sales", eur("10.00"))}}};
}

}  // namespace

TEST_CASE("a reversal exchanges the sides on the day of the entry") {
    given(open_books(), sale_posted()).when(reverse(2, 1)).then(reversed_sale());
}

TEST_CASE("a reversal keeps texts, dimensions and foreign amounts of the lines") {
    EntryPosted original = sale_posted();
    original.lines[0] = {{"dollars"},   Side::debit, usd("110.00"),
                         eur("100.00"), "Invoice 7", {{{"project"}, {"P1"}}}};
    EntryPosted expected = reversed_sale();
    expected.lines[0] = original.lines[0];
    expected.lines[0].side = Side::credit;
    given(open_books(), original).when(reverse(2, 1)).then(expected);
}

TEST_CASE("a reversal may be dated later, not earlier") {
    auto story = given(open_books(), sale_posted());
    ReverseEntry later = reverse(2, 1);
    later.date = test::day("2026-06-01");
    EntryPosted expected = reversed_sale();
    expected.date = test::day("2026-06-01");
    expected.period = 6;
    story.when(later).then(expected);
    later.date = test::day("2026-05-03");
    story.when(later).refused(reversal_before_entry);
    later.date = test::day("2027-01-01");
    story.when(later).refused(date_outside_calendar);
}

TEST_CASE("an entry of a closed period is reversed on a day of an open one") {
    auto story = given(open_books(), sale_posted(), PeriodClosed{acme, {"2026"}, 5});
    story.when(reverse(2, 1)).refused(period_closed);
    ReverseEntry later = reverse(2, 1);
    later.date = test::day("2026-06-01");
    story.when(later).accepted();
}

TEST_CASE("only a known entry of the company is reversed") {
    auto story = given(open_books(), sale_posted());
    story.when(reverse(2, 9)).refused(entry_unknown);
    ReverseEntry elsewhere = reverse(2, 1);
    elsewhere.company = {"OTHER"};
    story.when(elsewhere).refused(entry_unknown);
}

TEST_CASE("a reversal has an id of its own") {
    auto story = given(open_books(), sale_posted());
    story.when(reverse(1, 1)).refused(entry_exists);
}

TEST_CASE("an entry is reversed once, and a reversal never") {
    auto story = given(open_books(), sale_posted(), reversed_sale());
    story.when(reverse(3, 1)).refused(entry_reversed);
    story.when(reverse(3, 2)).refused(entry_is_reversal);
}

TEST_CASE("what was blocked since does not keep an entry from being reversed") {
    given(open_books(), sale_posted(), AccountBlocked{acme, {"cash"}})
        .when(reverse(2, 1))
        .then(reversed_sale());
}

TEST_CASE("a reversed entry gives its document number back") {
    EntryPosted original = sale_posted();
    original.document = "R-1";
    EntryPosted reversal = reversed_sale();
    reversal.document = "R-1";
    auto story = given(open_books(), original);
    story.when(reverse(2, 1)).then(reversal);
    story.happened(reversal);
    PostEntry again = sale(3);
    again.document = "R-1";
    EntryPosted expected = sale_posted(3, 3);
    expected.document = "R-1";
    story.when(again).then(expected);
    // The number is taken again, by the new entry.
    story.happened(expected);
    again.entry = entry(4);
    story.when(again).refused(document_exists);
}

TEST_CASE("what is wrong with a reversal is said in a fixed order") {
    auto story = given(open_books(), sale_posted(), reversed_sale(), sale_posted(4, 3),
                       PeriodClosed{acme, {"2026"}, 6},
                       PeriodClosed{acme, {"2026"}, 7, Closing::soft, access::RoleCode{"chief"}});
    ReverseEntry wrong = reverse(1, 9);
    wrong.date = test::day("2024-01-01");
    story.when(wrong).refused(entry_unknown);
    wrong.reverses = entry(2);
    story.when(wrong).refused(entry_exists);
    wrong.entry = entry(5);
    story.when(wrong).refused(entry_is_reversal);
    wrong.reverses = entry(1);
    story.when(wrong).refused(entry_reversed);
    wrong.reverses = entry(4);
    story.happened(AccountUseChanged{acme, {"cash"}, true, false});
    story.when(wrong).refused(account_is_control);
    story.happened(AccountUseChanged{acme, {"cash"}, false, false});
    story.when(wrong).refused(reversal_before_entry);
    wrong.date = test::day("2030-01-01");
    story.when(wrong).refused(date_outside_calendar);
    wrong.date = test::day("2026-06-30");
    wrong.period = 5;
    story.when(wrong).refused(date_outside_period);
    wrong.period = {};
    story.when(wrong).refused(period_closed);
    wrong.date = test::day("2026-07-30");
    story.when(wrong).refused(period_soft_closed);
    wrong.date = {};
    story.when(wrong).accepted();
}

TEST_CASE("a correction is a reversal and a linked replacement") {
    EntryPosted replacement = sale_posted(3, 3);
    replacement.date = test::day("2026-05-05");
    replacement.lines = {posted(Side::debit, "cash", eur("10.00")),
                         posted(Side::credit, "sales", eur("10.00"))};
    replacement.replaces = entry(1);
    given(open_books(), sale_posted()).when(correct()).then(reversed_sale(), replacement);
}

TEST_CASE("a replacement may have the document number of the wrong entry") {
    EntryPosted original = sale_posted();
    original.document = "R-1";
    CorrectEntry same_document = correct();
    same_document.replacement.document = "R-1";
    given(open_books(), original).when(same_document).accepted();
}

TEST_CASE("a replacement never counts beside what it replaces") {
    auto story = given(open_books(), sale_posted());
    CorrectEntry late = correct();
    late.reversal_date = test::day("2026-06-01");
    story.when(late).refused(replacement_before_reversal);  // it would be there from 5 May on
    late.replacement.date = test::day("2026-06-01");
    story.when(late).accepted();
    CorrectEntry on_its_day = correct();
    on_its_day.replacement.date = test::day("2026-05-01");
    story.when(on_its_day).accepted();
    on_its_day.reversal_date = test::day("2026-05-04");
    story.when(on_its_day).accepted();
}

TEST_CASE("a correction is refused whole when either part is") {
    auto story = given(open_books(), sale_posted());
    CorrectEntry unbalanced = correct();
    unbalanced.replacement.lines[0].amount = eur("11.00");
    story.when(unbalanced).refused(entry_unbalanced);
    story.when(reverse(2, 1)).then(reversed_sale());  // nothing of it is left
    CorrectEntry unknown = correct();
    unknown.corrects = entry(9);
    story.when(unknown).refused(entry_unknown);
    CorrectEntry same_id = correct();
    same_id.replacement.entry = entry(2);
    story.when(same_id).refused(entry_exists);
}
