// Runs of rules that late facts made stale, where both are in one commit as an atomic batch is.
#include "projections/ledger/rule_runs.h"

#include "projections/two_time_rows.h"
#include "projections/two_time_totals.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::day;
using In = test::Reading::In;

namespace {

const CompanyCode acme{"ACME"};

// A company of the plain chart whose commands are decided and folded, each in a commit of its own
// or in that of the one before.
class Imported {
public:
    Imported() : state_(test::the_catalog()) {
        play(companies::CreateCompany{acme, "Acme", test::currency("EUR"), "UTC", 1, 2026,
                                      companies::Chart::standard});
        play(SetRate{acme, RateType::closing, test::currency("USD"), test::currency("EUR"),
                     day("2026-01-31"), Rate{9'000'000'000}});
        AllocationTarget shop, office;
        shop.account = {"5300"};
        shop.percent = Percent{60'000'000};
        office.account = {"5400"};
        office.percent = Percent{40'000'000};
        play(DefineAllocation{acme,
                              {"RENT"},
                              "Rent",
                              {"GEN"},
                              {{"5200"}},
                              {},
                              AllocationBasis::percent,
                              {shop, office}});
    }

    template <class Command>
    void play(Command command, In in = In::a_commit_of_its_own) {
        Context context;
        context.today = day("2026-01-31");
        const test::Played played =
            test::Play(test::the_catalog(), state_, test::Flows::run, context)
                .run(Message::of(std::move(command)));
        INFO("refused: " << (played.refused ? played.refused.reason->code : "no"));
        REQUIRE_FALSE(played.refused);
        state_.keep();
        for (const Message& event : played.events) {
            const auto* posted = event.as<EntryPosted>();
            read_.happened(event, posted ? posted->date : context.today, in);
            in = In::the_last_commit;
        }
    }
    void rent(std::string_view amount, In in) {
        post("5200", test::money(amount, "EUR"), "2000", in);
    }
    // At par, which is not the rate of the month.
    void dollars(std::string_view amount, In in) {
        post("1100", test::money(amount, "USD"), "4000", in);
    }
    void allocate(In in) { play(AllocateCosts{acme, {"RENT"}, {"2026"}, 1, next(), "Rent"}, in); }
    void revalue(In in) {
        play(RevalueForeignBalances{acme, {"2026"}, 1, next(), {"GEN"}, RateType::closing, "Rate"},
             in);
    }

    // "allocation, revaluation": the runs that are stale.
    std::string stale(Corner corner = {}) {
        std::string stale;
        for (const RuleRunRow& run : read_.ask<RuleRunRow>(RuleRuns{acme, {}}, corner).rows)
            if (run.stale)
                stale += (stale.empty() ? "" : ", ") +
                         std::string(
                             type_of<EntryRule>().choices[static_cast<std::size_t>(run.rule)].name);
        return stale;
    }
    std::string checklist() {
        std::string items;
        for (const ChecklistRow& row :
             read_.ask<ChecklistRow>(ClosingChecklist{acme, {"2026"}, 1}).rows)
            items += (items.empty() ? "" : ", ") + row.item;
        return items;
    }
    std::uint64_t position() const { return read_.position(); }

private:
    EntryId next() { return test::nth<EntryId>(++entries_); }
    void post(std::string_view debited, Money amount, std::string_view credited, In in) {
        const Money base{amount.minor, test::currency("EUR")};
        PostEntry post;
        post.company = acme;
        post.entry = next();
        post.journal = {"GEN"};
        post.date = day("2026-01-20");
        post.lines = {{{std::string(debited)}, Side::debit, amount, base, {}, {}},
                      {{std::string(credited)}, Side::credit, base, {}, {}, {}}};
        play(post, in);
    }

    State state_;
    test::Reading read_;
    std::uint64_t entries_ = 0;
};

}  // namespace

TEST_CASE("what stands before a run in its batch is part of it, and its own entries are too") {
    Imported books;
    books.rent("100.00", In::a_commit_of_its_own);
    books.dollars("50.00", In::the_last_commit);
    books.allocate(In::the_last_commit);
    books.revalue(In::the_last_commit);
    CHECK(books.stale().empty());
    CHECK(books.checklist().empty());
}

TEST_CASE("what stands behind a run in its batch has made it stale") {
    Imported books;
    books.rent("100.00", In::a_commit_of_its_own);
    books.allocate(In::the_last_commit);
    books.rent("1.00", In::the_last_commit);
    CHECK(books.stale() == "allocation");
    CHECK(books.checklist() == "allocation_stale RENT");

    books.dollars("50.00", In::a_commit_of_its_own);
    books.revalue(In::the_last_commit);
    books.allocate(In::the_last_commit);
    CHECK(books.stale().empty());
    books.dollars("2.00", In::the_last_commit);
    CHECK(books.stale() == "revaluation");
    CHECK(books.checklist() == "revaluation_stale");
    const std::uint64_t then = books.position();

    // Run again in another commit, and what nobody knew before stays what it was.
    books.revalue(In::a_commit_of_its_own);
    CHECK(books.stale().empty());
    CHECK(books.stale({std::nullopt, then}) == "revaluation");
    CHECK(books.stale({std::nullopt, then - 1}) == "allocation");
}

TEST_CASE("a run of the same batch that follows a late fact counts, and not the one before") {
    Imported books;
    books.rent("100.00", In::a_commit_of_its_own);
    books.allocate(In::the_last_commit);
    books.rent("1.00", In::the_last_commit);
    books.allocate(In::the_last_commit);
    CHECK(books.stale().empty());
}

TEST_CASE("a corner may end within a commit") {
    MemoryRows store;
    const auto batch = store.begin();
    const TwoTimeTotals totals("t", 1);
    const TwoTimeRows rows("r");
    for (std::uint32_t n = 0; n < 8; ++n) {
        const std::int64_t amount[] = {std::int64_t{1} << n};
        totals.add(*batch, "k", day("2026-01-01"), {7, n}, amount);
        rows.put(*batch, "k", day("2026-01-01"), {7, n},
                 std::string(1, static_cast<char>('a' + n)));
    }
    batch->commit();
    const auto reader = store.snapshot();
    const auto sum = [&](Corner corner) {
        Wide out[1] = {0};
        totals.sum(*reader, "k", corner, out);
        return static_cast<int>(out[0]);
    };
    CHECK(sum({std::nullopt, 7, 0}) == 1);
    CHECK(sum({std::nullopt, 7, 1}) == 3);
    CHECK(sum({std::nullopt, 7, 5}) == 63);
    CHECK(sum({std::nullopt, 7}) == 255);
    CHECK(sum({std::nullopt, 6}) == 0);
    CHECK(rows.get(*reader, "k", {std::nullopt, 7, 1})->row == "b");
    CHECK(rows.get(*reader, "k", {std::nullopt, 7})->row == "h");
    CHECK_FALSE(rows.get(*reader, "k", {std::nullopt, 6}));
}
