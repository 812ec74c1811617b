// Balances by dimensions and by period against a plain recomputation, at random corners and scopes.
#include "tests/projections/layered_history.h"

using namespace kontor;
using namespace kontor::ledger;
using test::LayeredHistory;

namespace {

Money eur(Wide minor) { return LayeredHistory::eur(minor); }

// A figure explains itself by events that add up to it.
template <class Query>
void check_explained(LayeredHistory& history, const Query& query, const std::string& row,
                     const std::string& field, Money figure, const Corner& corner) {
    CAPTURE(row, field);
    const auto why = history.books.explain(query, {row, field}, corner, 1 + history.dice.below(9));
    REQUIRE(why.figure);
    CHECK((why.figure->units == figure.minor));
    CHECK((why.sum() == figure.minor));
    for (const auto& item : why.items) CHECK(item.amount.units != 0);
}

Balances drawn(LayeredHistory& history) {
    test::Dice& dice = history.dice;
    Balances query;
    query.company = history.acme;
    std::vector<DimensionCode> left{{"country"}, {"customer"}, {"project"}};
    const auto take = [&] {
        const auto at = left.begin() + static_cast<std::ptrdiff_t>(dice.below(left.size()));
        const DimensionCode taken = *at;
        left.erase(at);
        return taken;
    };
    for (std::uint64_t count = dice.below(3); count > 0; --count) query.by.push_back(take());
    if (dice.one_in(2)) query.columns = take();
    query.by_account = dice.one_in(2);
    if (dice.one_in(3)) query.account = AccountCode{dice.one_in(2) ? "H" : "I0"};
    if (dice.one_in(2))
        query.from = LayeredHistory::first_day() + static_cast<int>(dice.between(-21, 59));
    history.draw_scope(query);
    if (dice.one_in(3)) {
        query.fiscal_year = FiscalYearCode{"2025"};
        query.through_period = dice.between(1, 3);
    }
    return query;
}

struct Expected {
    std::map<std::vector<std::pair<bool, std::string>>, BalanceRow> rows;  // what has none is last
    BalanceTotals totals;
};

Expected recomputed(const LayeredHistory& history, const Balances& query, const Corner& corner) {
    struct Sums {
        Wide opening = 0, debit = 0, credit = 0;
        std::map<std::string, Wide> columns;
    };
    std::map<std::vector<std::pair<bool, std::string>>, Sums> sums;
    for (const auto* line : history.shown(query, corner, query.through_period)) {
        const std::string code = line->line.account.text;
        if (query.account && code != query.account->text &&
            !(query.account->text == "H" && code.starts_with('A')))
            continue;
        std::vector<std::pair<bool, std::string>> of;
        if (query.by_account) of.emplace_back(false, code);
        for (const DimensionCode& dimension : query.by)
            of.emplace_back(line->value(dimension.text).empty(), line->value(dimension.text));
        Sums& row = sums[of];
        if (query.from && line->posted.date < *query.from) {
            row.opening += line->net();
            continue;
        }
        (line->net() > 0 ? row.debit : row.credit) += line->line.base.minor;
        if (query.columns) row.columns[line->value(query.columns->text)] += line->net();
    }
    std::set<std::string> columns;
    for (const auto& [of, row] : sums)
        for (const auto& [column, figure] : row.columns)
            if (figure != 0) columns.insert(column);
    Expected expected;
    Sums all;
    const auto columns_of = [&](Sums& of) {
        std::map<std::string, Money> figures;
        for (const std::string& column : columns) figures[column] = eur(of.columns[column]);
        return figures;
    };
    for (auto& [of, row] : sums) {
        if (row.opening == 0 && row.debit == 0 && row.credit == 0) continue;
        BalanceRow shown;
        std::size_t at = 0;
        for (const auto& [none, code] : of) shown.row += (at++ == 0 ? "" : "/") + code;
        if (!of.empty() && shown.row.empty()) shown.row = "/";
        at = 0;
        if (query.by_account) {
            shown.account = AccountCode{of[at++].second};
            shown.account_name = "Account " + shown.account->text;
        }
        if (at < of.size() && !of[at].first) shown.value = DimensionValueCode{of[at].second};
        if (++at < of.size() && !of[at].first)
            shown.second_value = DimensionValueCode{of[at].second};
        shown.opening = eur(row.opening);
        shown.debit = eur(row.debit);
        shown.credit = eur(row.credit);
        shown.balance = eur(row.opening + row.debit - row.credit);
        shown.columns = columns_of(row);
        for (const auto& [column, figure] : row.columns) all.columns[column] += figure;
        all.opening += row.opening;
        all.debit += row.debit;
        all.credit += row.credit;
        expected.rows[of] = shown;
    }
    expected.totals = {eur(all.opening), eur(all.debit), eur(all.credit),
                       eur(all.opening + all.debit - all.credit), columns_of(all)};
    return expected;
}

}  // namespace

TEST_CASE("balances by dimensions are the plain sums at any corner and scope") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        LayeredHistory history(seed, 120);
        std::size_t rows = 0;
        for (int question = 0; question < 80; ++question) {
            CAPTURE(seed, question);
            const Corner corner = history.corner();
            const Balances query = drawn(history);
            const Expected expected = recomputed(history, query, corner);
            const auto answer =
                history.books.ask<BalanceRow>(query, corner, 1 + history.dice.below(9));
            REQUIRE_FALSE(answer.missing);
            std::vector<BalanceRow> shown;
            for (const auto& [of, row] : expected.rows) shown.push_back(row);
            CHECK(answer.rows == shown);
            REQUIRE(answer.totals);
            CHECK(*answer.totals->as<BalanceTotals>() == expected.totals);
            rows += answer.rows.size();
            const BalanceTotals& all = expected.totals;
            check_explained(history, query, "", "opening", all.opening, corner);
            check_explained(history, query, "", "debit", all.debit, corner);
            check_explained(history, query, "", "credit", all.credit, corner);
            check_explained(history, query, "", "balance", all.balance, corner);
            for (const auto& [column, figure] : all.columns)
                check_explained(history, query, "", "columns[" + column + "]", figure, corner);
            if (answer.rows.empty()) continue;
            const BalanceRow& row = answer.rows[history.dice.below(answer.rows.size())];
            check_explained(history, query, row.row, "opening", row.opening, corner);
            check_explained(history, query, row.row, "debit", row.debit, corner);
            check_explained(history, query, row.row, "credit", row.credit, corner);
            check_explained(history, query, row.row, "balance", row.balance, corner);
            for (const auto& [column, figure] : row.columns)
                check_explained(history, query, row.row, "columns[" + column + "]", figure, corner);
        }
        CHECK(rows > 200);
    }
}

TEST_CASE("what a question about balances names and nobody knows is said") {
    LayeredHistory history(1, 40);
    const auto said = [&](const auto& change) {
        Balances query;
        query.company = history.acme;
        change(query);
        return history.books.ask<BalanceRow>(query).missing.value_or("");
    };
    CHECK(said([](Balances& query) { query.company = {"NONE"}; }) == "No company has this code.");
    CHECK(said([](Balances& query) { query.by = {{"planet"}}; }) ==
          "The company has no dimension planet.");
    CHECK(said([](Balances& query) { query.columns = DimensionCode{"planet"}; }) ==
          "The company has no dimension planet.");
    CHECK(said([](Balances& query) {
              query.by = {{"country"}, {"country"}};
          }) == "The dimension country is named twice.");
    CHECK(said([](Balances& query) {
              query.by = {{"country"}};
              query.columns = DimensionCode{"country"};
          }) == "The dimension country is named twice.");
    CHECK(said([](Balances& query) { query.account = AccountCode{"NONE"}; }) ==
          "The company has no account with this code.");
    Balances query;
    query.company = history.acme;
    query.by = {{"country"}};
    query.columns = DimensionCode{"project"};
    CHECK(history.books.explain(query, {"nowhere", "debit"}).missing);
    CHECK(history.books.explain(query, {"1", "value"}).missing);
    CHECK(history.books.explain(query, {"1", "columns[9]"}).missing);
    CHECK_FALSE(history.books.explain(query, {"1", "columns[1]"}).missing);
}

TEST_CASE("codes with a separator name their rows apart, and too many columns are refused") {
    test::Reading books;
    const CompanyCode acme{"ACME"};
    const Date today = test::day("2025-01-01");
    books.happened(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 2025,
                                             companies::Chart::none},
                   today);
    for (const char* dimension : {"country", "project"})
        books.happened(DimensionDefined{acme, {dimension}, dimension, ValueRule::any}, today);
    EntryPosted entry;
    entry.company = acme;
    entry.date = today;
    const auto add = [&](const char* country, const std::string& project, std::int64_t minor) {
        PostedLine line{{"1"}, Side::debit, eur(minor), eur(minor), {}, {}};
        line.dimensions[{"country"}] = {country};
        line.dimensions[{"project"}] = {project};
        entry.lines.push_back(line);
    };
    add("a/b", "c", 1);
    add("a", "b/c", 2);
    add("a\\", "b", 4);
    books.happened(entry, today);
    Balances query;
    query.company = acme;
    query.by = {{"country"}, {"project"}};
    std::string rows;
    for (const BalanceRow& row : books.ask<BalanceRow>(query).rows)
        rows += row.row + " " + std::to_string(row.debit.minor) + "; ";
    CHECK(rows == "a/b\\/c 2; a\\/b/c 1; a\\\\/b 4; ");
    CHECK((books.explain(query, {"a\\/b/c", "debit"}).sum() == 1));

    entry.entry = test::nth<EntryId>(2);
    entry.lines.clear();
    for (int number = 0; number < 197; ++number) add("x", std::to_string(number), 1);
    books.happened(entry, today);
    query.by = {{"country"}};
    query.columns = DimensionCode{"project"};
    const auto widest = books.ask<BalanceRow>(query);
    REQUIRE_FALSE(widest.missing);
    for (const BalanceRow& row : widest.rows) CHECK(row.columns.size() == 200);
    entry.entry = test::nth<EntryId>(3);
    entry.lines.clear();
    add("x", "one more", 1);
    books.happened(entry, today);
    CHECK(books.ask<BalanceRow>(query).missing ==
          "There would be over 200 columns; ask for the dimension with `by`.");
}

TEST_CASE("a trial balance by period is the plain sum of each period, and adds up") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        LayeredHistory history(seed, 120);
        for (int question = 0; question < 40; ++question) {
            CAPTURE(seed, question);
            const Corner corner = history.corner();
            TrialBalanceByPeriod query;
            query.company = history.acme;
            query.fiscal_year = {"2025"};
            if (history.dice.one_in(2)) query.through_period = history.dice.between(1, 3);
            if (history.dice.one_in(4)) query.account = AccountCode{"H"};
            history.draw_scope(query);
            const std::int64_t periods = query.through_period.value_or(3);
            std::map<std::string, PeriodBalanceRow> expected;
            for (const auto* line : history.shown(query, corner, periods)) {
                const std::string code = line->line.account.text;
                if (query.account && !code.starts_with('A')) continue;
                PeriodBalanceRow& row = expected[code];
                if (row.periods.empty()) {
                    row = {{code}, "Account " + code, eur(0), {}, eur(0), eur(0), eur(0)};
                    for (std::int64_t period = 1; period <= periods; ++period)
                        row.periods["0" + std::to_string(period)] = eur(0);
                }
                const Money net = eur(line->net());
                row.closing = row.closing + net;
                if (line->posted.date < LayeredHistory::first_day()) {
                    row.opening = row.opening + net;
                    continue;
                }
                const std::string period = line->posted.adjustment == 1                   ? "03"
                                           : line->posted.date <= test::day("2025-01-31") ? "01"
                                                                                          : "02";
                row.periods.at(period) = row.periods.at(period) + net;
                Money& side = line->net() > 0 ? row.debit : row.credit;
                side = side + line->line.base;
            }
            const auto answer =
                history.books.ask<PeriodBalanceRow>(query, corner, 1 + history.dice.below(5));
            REQUIRE_FALSE(answer.missing);
            std::vector<PeriodBalanceRow> shown;
            for (const auto& [code, row] : expected) shown.push_back(row);
            CHECK(answer.rows == shown);
            REQUIRE(answer.totals);
            const auto& totals = *answer.totals->as<PeriodBalanceTotals>();
            CHECK(totals.columns.size() == static_cast<std::size_t>(periods));
            if (query.dimensions.empty() && !query.account) {
                CHECK(totals.opening == eur(0));
                CHECK(totals.debit == totals.credit);
                for (const auto& [period, sum] : totals.periods) CHECK(sum == eur(0));
            }
            if (answer.rows.empty()) continue;
            const auto& row = answer.rows[history.dice.below(answer.rows.size())];
            const std::string code = row.account.text;
            check_explained(history, query, code, "opening", row.opening, corner);
            check_explained(history, query, code, "debit", row.debit, corner);
            check_explained(history, query, code, "credit", row.credit, corner);
            check_explained(history, query, code, "closing", row.closing, corner);
            for (const auto& [period, figure] : row.periods)
                check_explained(history, query, code, "periods[" + period + "]", figure, corner);
        }
    }
}

TEST_CASE("a trial balance by period says what nobody knows") {
    LayeredHistory history(1, 20);
    TrialBalanceByPeriod query;
    query.company = history.acme;
    query.fiscal_year = {"1999"};
    CHECK(history.books.ask<PeriodBalanceRow>(query).missing ==
          "The company has no fiscal year 1999.");
    query.fiscal_year = {"2025"};
    query.through_period = 4;
    CHECK(history.books.ask<PeriodBalanceRow>(query).missing ==
          "The company has no period 4 of a fiscal year 2025.");
    query.through_period = 2;
    CHECK_FALSE(history.books.ask<PeriodBalanceRow>(query).missing);
    CHECK(history.books.explain(query, {"I0", "periods[03]"}).missing);
    CHECK(history.books.explain(query, {"NONE", "closing"}).missing);
    query.account = AccountCode{"NONE"};
    CHECK(history.books.ask<PeriodBalanceRow>(query).missing ==
          "The company has no account with this code.");
    query.company = {"NONE"};
    CHECK(history.books.ask<PeriodBalanceRow>(query).missing == "No company has this code.");
}
