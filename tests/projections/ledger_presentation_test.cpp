// Statements in another currency against a plain recomputation: they agree with the translated
// balance sheets on both sides, add up, and each figure explains itself to the cent.
#include "domain/core/exact_rate.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/foreign_balances.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/rates.h"
#include "projections/ledger/rule_runs.h"
#include "tests/projections/layered_history.h"

using namespace kontor;
using namespace kontor::ledger;
using test::LayeredHistory;

namespace {

const Currency usd = test::currency("USD");

StatementLine line(const char* code, std::vector<AccountCode> accounts,
                   LineFigure figure = LineFigure::movement) {
    StatementLine line;
    line.line = {code};
    line.name = code;
    line.accounts = std::move(accounts);
    line.figure = figure;
    line.positive = Side::credit;
    return line;
}

StatementLine adding(const char* code, std::vector<StatementLineCode> adds) {
    StatementLine line;
    line.line = {code};
    line.name = code;
    line.adds = std::move(adds);
    return line;
}

// A0 is cash, Q1 shows the reserve, L0 and Q2 are in no line of the flow.
StatementDefined cash_flow() {
    StatementLine exchange = line("exchange", {{"A0"}}, LineFigure::exchange);
    exchange.against = StatementLineCode{"adjustment"};
    return {
        {"ACME"},
        {"flow"},
        "Cash flow",
        StatementKind::cash_flow,
        {line("result", {{"I0"}, {"X0"}}), line("adjustment", {}), line("assets", {{"H"}}),
         line("equity", {{"Q0"}, {"Q1"}}),
         adding("change", {{"result"}, {"adjustment"}, {"assets"}, {"equity"}}), exchange,
         line("begin", {{"A0"}}, LineFigure::opening), line("end", {{"A0"}}, LineFigure::closing)}};
}

StatementDefined equity_layout(const char* code, StatementKind kind) {
    return {{"ACME"},
            {code},
            "Equity",
            kind,
            {line("capital", {{"Q0"}, {"Q2"}}), line("reserve", {{"Q1"}}),
             line("result", {{"I0"}, {"X0"}}),
             adding("equity", {{"capital"}, {"reserve"}, {"result"}})}};
}

// Every day has a rate of each kind of its own.
struct RatedHistory : LayeredHistory {
    RatedHistory(std::uint64_t seed, int length) : LayeredHistory(seed, length) {
        LedgerPolicySet set;
        set.company = acme;
        set.policy.translation_reserve = AccountCode{"Q1"};
        books.happened(set, first_day());
        books.happened(cash_flow(), first_day());
        books.happened(equity_layout("equity_of_day", StatementKind::position), first_day());
        books.happened(equity_layout("changes_in_equity", StatementKind::changes_in_equity),
                       first_day());
        for (int day = -25; day <= 65; ++day)
            for (const RateType type : {RateType::spot, RateType::average, RateType::closing}) {
                const Date on = first_day() + day;
                const Rate rate{dice.between(9'000'000'000, 15'000'000'000)};
                rates[{type, on}] = rate;
                books.happened(RateSet{acme, type, currency_of_books, usd, on, rate}, on);
            }
    }
    Wide at(RateType type, Date day, Wide minor) const {
        return converted(eur(minor), exact({rates.at({type, day}), false}), usd).value().minor;
    }

    const Currency currency_of_books = test::currency("EUR");
    std::map<std::pair<RateType, Date>, Rate> rates;
};

Money dollars(Wide minor) { return {static_cast<std::int64_t>(minor), usd}; }

template <class Query>
void check_explained(RatedHistory& history, const Query& query, const std::string& row,
                     const std::string& field, Money figure, const Corner& corner) {
    CAPTURE(row, field);
    const auto why = history.books.explain(query, {row, field}, corner, 1 + history.dice.below(30));
    REQUIRE_FALSE(why.missing);
    REQUIRE(why.figure);
    CHECK((why.figure->units == figure.minor));
    CHECK((why.sum() == figure.minor));
    for (const auto& item : why.items) CHECK(item.amount.units != 0);
}

struct Asked {
    Corner corner;
    Date from;
    std::optional<BookCode> book;
};

Asked drawn(RatedHistory& history) {
    Asked asked;
    const int first = static_cast<int>(history.dice.between(0, 40));
    asked.from = LayeredHistory::first_day() + first;
    asked.corner.valid_at = asked.from + static_cast<int>(history.dice.between(0, 58 - first));
    if (history.dice.one_in(2)) asked.book = BookCode{"LOCAL"};
    return asked;
}

}  // namespace

TEST_CASE("a cash flow in another currency comes from the opening to the closing cash") {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        RatedHistory history(seed, 100);
        for (int question = 0; question < 10; ++question) {
            CAPTURE(seed, question);
            const auto [corner, from, book] = drawn(history);
            FinancialStatement query;
            query.company = history.acme;
            query.statement = {"flow"};
            query.from = from;
            query.book = book;
            query.currency = usd;
            FinancialStatement counted = query;  // closing entries are left out unasked
            counted.closing_entries = ClosingEntries::excluded;
            // By account and the last day of the month that counts.
            std::map<std::string, std::map<Date, Wide>> moved;
            std::map<std::string, Wide> before, all, since;
            for (const auto* each : history.shown(counted, corner, {})) {
                const std::string account = each->line.account.text;
                all[account] += each->net();
                if (each->posted.date < from)
                    before[account] += each->net();
                else
                    moved[account]
                         [std::min(*corner.valid_at,
                                   LayeredHistory::end_of(
                                       each->posted.date <= LayeredHistory::end_of(1) ? 1 : 2))] +=
                        each->net();
            }
            for (const auto& [account, months] : moved)
                for (const auto& [end, net] : months)
                    since[account] += history.at(RateType::average, end, net);
            const Wide begin = history.at(RateType::closing, from - 1, before["A0"]);
            const Wide end = history.at(RateType::closing, *corner.valid_at, all["A0"]);
            const auto answer = history.books.ask<StatementFigure>(query, corner, 3);
            REQUIRE_FALSE(answer.missing);
            std::map<std::string, Money> figures;
            for (const StatementFigure& row : answer.rows)
                if (row.amount) figures[row.line.text] = *row.amount;
            CHECK(figures["result"] == dollars(-since["I0"] - since["X0"]));
            CHECK(figures["assets"] == dollars(-since["A1"]));
            CHECK(figures["equity"] == dollars(-since["Q0"] - since["Q1"]));
            CHECK(figures["begin"] == dollars(begin));
            CHECK(figures["end"] == dollars(end));
            const auto& totals = *answer.totals->as<FinancialStatementTotals>();
            CHECK(totals.unassigned == dollars(since["L0"] + since["Q2"]));
            CHECK(totals.cash_movement == dollars(end - begin));
            CHECK(figures["begin"] + figures["change"] + figures["exchange"] ==
                  figures["end"] + totals.unassigned);
            for (const auto& [code, figure] : figures)
                check_explained(history, query, code, "amount", figure, corner);
            check_explained(history, query, "", "unassigned", totals.unassigned, corner);
            check_explained(history, query, "", "cash_movement", *totals.cash_movement, corner);
        }
    }
}

TEST_CASE("changes in equity in another currency go from one translated position to the next") {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        RatedHistory history(seed, 80);
        for (int question = 0; question < 8; ++question) {
            CAPTURE(seed, question);
            const auto [corner, from, book] = drawn(history);
            ChangesInEquity query;
            query.company = history.acme;
            query.from = from;
            query.book = book;
            query.currency = usd;
            if (history.dice.one_in(2)) query.closing_entries = ClosingEntries::excluded;
            const auto answer = history.books.ask<EquityComponent>(query, corner, 3);
            REQUIRE_FALSE(answer.missing);
            FinancialStatement position;
            position.company = history.acme;
            position.statement = {"equity_of_day"};
            position.book = book;
            position.currency = usd;
            position.closing_entries = query.closing_entries;
            const auto at_end = history.books.ask<StatementFigure>(position, corner);
            Corner earlier = corner;
            earlier.valid_at = from - 1;
            const auto at_begin = history.books.ask<StatementFigure>(position, earlier);
            for (std::size_t at = 0; at < answer.rows.size(); ++at) {
                const EquityComponent& row = answer.rows[at];
                CAPTURE(row.line.text);
                CHECK(row.opening == *at_begin.rows[at].amount);
                CHECK(row.closing == *at_end.rows[at].amount);
                CHECK(row.closing == row.opening + row.profit + row.other_comprehensive_income +
                                         row.contributions + row.distributions +
                                         row.against_profit + row.transfers + *row.translation);
                const std::string code = row.line.text;
                check_explained(history, query, code, "opening", row.opening, corner);
                check_explained(history, query, code, "profit", row.profit, corner);
                check_explained(history, query, code, "contributions", row.contributions, corner);
                check_explained(history, query, code, "distributions", row.distributions, corner);
                check_explained(history, query, code, "against_profit", row.against_profit, corner);
                check_explained(history, query, code, "transfers", row.transfers, corner);
                check_explained(history, query, code, "translation", *row.translation, corner);
                check_explained(history, query, code, "closing", row.closing, corner);
            }
            // Equity that came in has the rates of its days. Closes within a year, which only this
            // history has, carry what its periods came to by the average of a part of them.
            const EquityComponent& capital = answer.rows[0];
            if (query.closing_entries == ClosingEntries::excluded)
                CHECK(capital.translation->minor == 0);
            const auto& totals = *answer.totals->as<ChangesInEquityTotals>();
            check_explained(history, query, "", "translation_reserve", *totals.translation_reserve,
                            corner);
        }
    }
}

TEST_CASE("figures of the translated trial balance and of positions explain themselves") {
    RatedHistory history(3, 80);
    for (int question = 0; question < 8; ++question) {
        CAPTURE(question);
        const auto [corner, from, book] = drawn(history);
        TranslatedBalances query{history.acme, usd};
        query.book = book;
        const auto answer = history.books.ask<TranslatedBalance>(query, corner, 3);
        REQUIRE_FALSE(answer.missing);
        for (const TranslatedBalance& row : answer.rows) {
            check_explained(history, query, row.account.text, "debit", row.debit, corner);
            check_explained(history, query, row.account.text, "credit", row.credit, corner);
            check_explained(history, query, row.account.text, "base", row.base, corner);
        }
        const auto& totals = *answer.totals->as<TranslatedTotals>();
        CHECK(totals.reserve == totals.debit - totals.credit);
        check_explained(history, query, "", "debit", totals.debit, corner);
        check_explained(history, query, "", "credit", totals.credit, corner);
        check_explained(history, query, "", "reserve", totals.reserve, corner);
        // One company alone is combined to what it is.
        CombinedTrialBalance combined{{history.acme}, usd};
        if (book) continue;
        const auto same = history.books.ask<CombinedBalance>(combined, corner, 4);
        REQUIRE(same.rows.size() == answer.rows.size());
        for (std::size_t at = 0; at < same.rows.size(); ++at) {
            CHECK(same.rows[at].debit == answer.rows[at].debit);
            CHECK(same.rows[at].credit == answer.rows[at].credit);
            check_explained(history, combined, same.rows[at].account.text, "by_company[ACME]",
                            same.rows[at].debit - same.rows[at].credit, corner);
        }
        const auto& added = *same.totals->as<CombinedBalanceTotals>();
        CHECK(added.translation_reserve == totals.reserve);
        check_explained(history, combined, "", "translation_reserve", totals.reserve, corner);
        CombinedTrialBalanceByPeriod by_period;
        by_period.companies = {history.acme};
        by_period.fiscal_year = {"2025"};
        by_period.currency = usd;
        const auto through = history.books.ask<CombinedPeriodBalance>(by_period, {}, 4);
        REQUIRE_FALSE(through.missing);
        for (const CombinedPeriodBalance& row : through.rows) {
            Money sum = row.opening;
            for (const auto& [period, moved] : row.periods) {
                sum = sum + moved;
                check_explained(history, by_period, row.account.text, "periods[" + period + "]",
                                moved, {});
            }
            CHECK(row.closing == sum);
            check_explained(history, by_period, row.account.text, "closing", row.closing, {});
        }
    }
}

TEST_CASE("balances by dimension of one company are combined to themselves") {
    LayeredHistory history(4, 80);
    Balances one;
    one.company = history.acme;
    one.by = {{"country"}};
    one.by_account = true;
    CombinedBalances combined;
    combined.by = one.by;
    combined.by_account = true;
    const auto alone = history.books.ask<BalanceRow>(one, {}, 7);
    const auto added = history.books.ask<BalanceRow>(combined, {}, 5);
    CHECK(alone.rows == added.rows);
    for (const BalanceRow& row : added.rows) {
        const auto why = history.books.explain(combined, {row.row, "balance"}, {}, 3);
        CHECK((why.sum() == row.balance.minor));
    }
    CombinedJournal several;
    GeneralJournal of;
    of.company = history.acme;
    const auto lines = history.books.ask<GeneralJournalLine>(of, {}, 9);
    const auto all = history.books.ask<CombinedJournalLine>(several, {}, 4);
    REQUIRE(lines.rows.size() == all.rows.size());
    for (std::size_t at = 0; at < all.rows.size(); ++at) {
        CHECK(all.rows[at].entry == lines.rows[at].entry);
        CHECK(all.rows[at].line == lines.rows[at].line);
        CHECK(all.rows[at].company == history.acme);
    }
}

TEST_CASE("a trial balance is compared with another day, and both explain themselves") {
    LayeredHistory history(5, 80);
    for (int question = 0; question < 20; ++question) {
        Corner corner = history.corner();
        TrialBalance query;
        query.company = history.acme;
        history.draw_scope(query);
        query.compare_to =
            LayeredHistory::first_day() + static_cast<int>(history.dice.between(-21, 60));
        const auto compared = history.books.ask<TrialBalanceRow>(query, corner, 3);
        TrialBalance plain = query;
        plain.compare_to.reset();
        Corner other = corner;
        other.valid_at = query.compare_to;
        std::map<std::string, TrialBalanceRow> now, then;
        for (const auto& row : history.books.ask<TrialBalanceRow>(plain, corner).rows)
            now[row.account.text] = row;
        for (const auto& row : history.books.ask<TrialBalanceRow>(plain, other).rows)
            then[row.account.text] = row;
        const Money nothing = LayeredHistory::eur(0);
        for (const TrialBalanceRow& row : compared.rows) {
            const std::string account = row.account.text;
            CHECK(row.debit == (now.contains(account) ? now[account].debit : nothing));
            CHECK(row.comparative_debit ==
                  (then.contains(account) ? then[account].debit : nothing));
            CHECK(row.comparative_credit ==
                  (then.contains(account) ? then[account].credit : nothing));
            const auto why =
                history.books.explain(query, {account, "comparative_credit"}, corner, 4);
            CHECK((why.figure->units == row.comparative_credit->minor));
            CHECK((why.sum() == row.comparative_credit->minor));
            now.erase(account);
            then.erase(account);
        }
        CHECK(now.empty());
        CHECK(then.empty());
    }
}

TEST_CASE("changes in equity are compared as if they were asked for twice") {
    RatedHistory history(6, 60);
    ChangesInEquity query;
    query.company = history.acme;
    query.from = test::day("2025-02-01");
    query.compare_from = test::day("2025-01-01");
    query.compare_to = test::day("2025-01-31");
    Corner corner;
    corner.valid_at = test::day("2025-02-28");
    ChangesInEquity other = query;
    other.from = query.compare_from;
    other.compare_from.reset();
    other.compare_to.reset();
    Corner january;
    january.valid_at = query.compare_to;
    for (const std::optional<Currency>& currency : {std::optional<Currency>{}, {usd}}) {
        query.currency = other.currency = currency;
        const auto compared = history.books.ask<EquityComponent>(query, corner).rows;
        const auto then = history.books.ask<EquityComponent>(other, january).rows;
        REQUIRE(compared.size() == then.size());
        for (std::size_t at = 0; at < then.size(); ++at) {
            CHECK(compared[at].comparative_opening == then[at].opening);
            CHECK(compared[at].comparative_profit == then[at].profit);
            CHECK(compared[at].comparative_contributions == then[at].contributions);
            CHECK(compared[at].comparative_distributions == then[at].distributions);
            CHECK(compared[at].comparative_transfers == then[at].transfers);
            CHECK(compared[at].comparative_translation == then[at].translation);
            CHECK(compared[at].comparative_closing == then[at].closing);
            for (const auto& [field, figure] : {std::pair{"comparative_opening", then[at].opening},
                                                {"comparative_profit", then[at].profit},
                                                {"comparative_transfers", then[at].transfers},
                                                {"comparative_closing", then[at].closing}})
                check_explained(history, query, then[at].line.text, field, figure, corner);
        }
    }
}

TEST_CASE("what a foreign balance is worth is what each posting adds to it at the rate") {
    RatedHistory history(7, 0);
    AccountOpened opened;
    opened.company = history.acme;
    opened.account = {"M"};
    opened.name = "Dollars";
    opened.kind = AccountKind::asset;
    opened.monetary = true;
    history.books.happened(opened, LayeredHistory::first_day());
    history.books.happened(RateSet{history.acme, RateType::closing, usd, history.currency_of_books,
                                   LayeredHistory::last_day(), Rate{9'012'345'678}},
                           LayeredHistory::last_day());
    Wide held = 0, booked = 0;
    for (std::uint64_t number = 1; number <= 40; ++number) {
        EntryPosted posted;
        posted.company = history.acme;
        posted.entry = test::nth<EntryId>(number);
        posted.journal = {"GEN"};
        posted.date = LayeredHistory::first_day() + static_cast<int>(history.dice.below(50));
        posted.fiscal_year = {"2025"};
        const std::int64_t foreign = history.dice.between(1, 9'999);
        const std::int64_t base = history.dice.between(1, 9'999);
        const bool debit = history.dice.one_in(2);
        posted.lines = {{{"M"},
                         debit ? Side::debit : Side::credit,
                         dollars(foreign),
                         LayeredHistory::eur(base),
                         {},
                         {}},
                        {{"I0"},
                         debit ? Side::credit : Side::debit,
                         LayeredHistory::eur(base),
                         LayeredHistory::eur(base),
                         {},
                         {}}};
        held += debit ? foreign : -foreign;
        booked += debit ? base : -base;
        history.books.happened(posted, posted.date);
    }
    const Wide worth =
        converted(dollars(held), exact({Rate{9'012'345'678}, false}), history.currency_of_books)
            .value()
            .minor;
    Corner corner;
    corner.valid_at = LayeredHistory::last_day();
    ForeignBalances query;
    query.company = history.acme;
    const auto row = history.books.ask<ForeignBalance>(query, corner).rows.at(0);
    CHECK(row.worth == LayeredHistory::eur(worth));
    CHECK(row.difference == LayeredHistory::eur(worth - booked));
    for (const auto& [field, figure] : {std::pair{"amount", dollars(held)},
                                        {"booked", LayeredHistory::eur(booked)},
                                        {"worth", LayeredHistory::eur(worth)},
                                        {"difference", LayeredHistory::eur(worth - booked)}})
        check_explained(history, query, row.balance, field, figure, corner);
    check_explained(history, query, "", "difference", *row.difference, corner);
    check_explained(history, query, "", "booked", row.booked, corner);
    CHECK(history.books.explain(query, {"M/JPY", "worth"}, corner).missing);
    CHECK(history.books.explain(query, {row.balance, "rate"}, corner).missing);
}

TEST_CASE("balances that a close asks for explain themselves") {
    RatedHistory history(8, 40);
    AccountOpened opened;
    opened.company = history.acme;
    opened.account = {"S"};
    opened.name = "To be cleared";
    opened.kind = AccountKind::asset;
    opened.suspense = true;
    history.books.happened(opened, LayeredHistory::first_day());
    EntryPosted posted;
    posted.company = history.acme;
    posted.entry = test::nth<EntryId>(999);
    posted.journal = {"GEN"};
    posted.date = LayeredHistory::last_day();
    posted.fiscal_year = {"2025"};
    posted.lines = {
        {{"S"}, Side::debit, LayeredHistory::eur(77), LayeredHistory::eur(77), {}, {}},
        {{"L0"}, Side::credit, LayeredHistory::eur(77), LayeredHistory::eur(77), {}, {}}};
    history.books.happened(posted, posted.date);
    const ClosingChecklist query{history.acme, {"2025"}, LayeredHistory::ordinary_periods};
    std::set<ClosingCheck> explained;
    for (const ChecklistRow& row : history.books.ask<ChecklistRow>(query).rows) {
        const auto why = history.books.explain(query, {row.item, "amount"}, {}, 3);
        CHECK(why.missing.has_value() == !row.amount);
        if (!row.amount) continue;
        explained.insert(row.check);
        CHECK((why.figure->units == row.amount->minor));
        CHECK((why.sum() == row.amount->minor));
    }
    CHECK(explained == std::set{ClosingCheck::suspense_not_zero, ClosingCheck::result_not_carried});
}
