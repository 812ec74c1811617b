// Layouts of statements, and the templates that a company may begin with.
#include "domain/ledger/statement_layouts.h"
#include "domain/ledger/charts.h"

#include "tests/domain/ledger/books.h"

#include <map>
#include <set>

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

namespace {

StatementLine of_accounts(const char* code, std::vector<AccountCode> accounts) {
    return {{code}, code, 1, std::move(accounts), {}, Side::credit, {}};
}
StatementLine adding(const char* code, std::vector<StatementLineCode> adds) {
    return {{code}, code, 1, {}, std::move(adds), Side::credit, {}};
}
DefineStatement layout(std::vector<StatementLine> lines) {
    return {acme, {"margin"}, "Margin", StatementKind::performance, std::move(lines)};
}

companies::CompanyCreated created(companies::Chart chart) {
    return {acme, "Acme", test::currency("EUR"), "UTC", 1, 2026, chart};
}

}  // namespace

TEST_CASE("a statement sums accounts and adds lines above, and may be laid out anew") {
    const auto lines = std::vector<StatementLine>{of_accounts("sales", {{"sales"}}),
                                                  of_accounts("wages", {{"wages"}}),
                                                  adding("margin", {{"sales"}, {"wages"}})};
    const StatementDefined defined{acme, {"margin"}, "Margin", StatementKind::performance, lines};
    auto story = given(open_books());
    story.when(layout(lines)).then(defined);
    story.happened(defined);
    story.when(layout(lines)).then(defined);
}

TEST_CASE("what is wrong with a layout is said in a fixed order") {
    auto story = given(open_books());
    DefineStatement wrong = layout({of_accounts("sales", {{"sales"}})});
    wrong.company = {"OTHER"};
    story.when(wrong).refused(companies::company_unknown);
    story.when(layout({of_accounts("a", {{"sales"}}), of_accounts("a", {{"sales"}})}))
        .refused(statement_line_twice);
    StatementLine both = of_accounts("b", {{"sales"}});
    both.adds = {{"nothing"}};
    story.when(layout({both})).refused(statement_line_of_two_kinds);
    story.when(layout({adding("a", {{"b"}}), of_accounts("b", {{"sales"}})}))
        .refused(statement_line_unknown);
    story.when(layout({adding("a", {{"a"}})})).refused(statement_line_unknown);
    std::vector<StatementLine> doubling{of_accounts("l0", {{"sales"}})};
    for (int line = 1; line <= 9; ++line) {
        const StatementLineCode above{"l" + std::to_string(line - 1)};
        doubling.push_back(adding("", {above, above}));
        doubling.back().line = {"l" + std::to_string(line)};
    }
    story.when(layout(doubling)).accepted();  // 512 times
    doubling.push_back(adding("last", {{"l9"}, {"l9"}}));
    story.when(layout(doubling)).refused(statement_line_too_often);
    story.when(layout({of_accounts("a", {{"sales"}}), of_accounts("b", {{"sales"}})}))
        .refused(account_in_two_lines);
    story.when(layout({of_accounts("a", {{"none"}})})).refused(statement_account_unknown);
    story.when(layout({of_accounts("caption", {})})).accepted();
}

TEST_CASE("a cash flow names cash twice and adds back against a line of movements") {
    auto story = given(open_books());
    const auto line = [](const char* code, std::vector<AccountCode> accounts, LineFigure figure) {
        StatementLine made = of_accounts(code, std::move(accounts));
        made.figure = figure;
        return made;
    };
    const auto back = [](const char* code, std::vector<AccountCode> accounts,
                         std::optional<StatementLineCode> against) {
        StatementLine made = of_accounts(code, {});
        made.adds_back = std::move(accounts);
        made.against = std::move(against);
        return made;
    };
    const auto flow = [](std::vector<StatementLine> lines) {
        return DefineStatement{
            acme, {"flow"}, "Cash flow", StatementKind::cash_flow, std::move(lines)};
    };
    const std::vector<StatementLine> whole{
        of_accounts("result", {{"sales"}, {"wages"}}), back("added", {{"wages"}}, {{"other"}}),
        of_accounts("other", {{"dollars"}}), line("begins", {{"cash"}}, LineFigure::opening),
        line("ends", {{"cash"}}, LineFigure::closing)};
    story.when(flow(whole))
        .then(StatementDefined{acme, {"flow"}, "Cash flow", StatementKind::cash_flow, whole});

    StatementLine both = back("both", {{"wages"}}, {{"both"}});
    both.accounts = {{"sales"}};
    story.when(flow({both})).refused(statement_line_of_two_kinds);
    story.when(layout({line("ends", {{"cash"}}, LineFigure::closing)}))
        .refused(statement_line_out_of_place);
    story.when(layout({back("added", {{"wages"}}, {{"added"}})}))
        .refused(statement_line_out_of_place);
    StatementLine comprehensive = of_accounts("reserve", {{"sales"}});
    comprehensive.comprehensive = true;
    story.when(flow({comprehensive})).refused(statement_line_out_of_place);
    DefineStatement equity = layout({comprehensive});
    equity.kind = StatementKind::changes_in_equity;
    story.when(equity).accepted();
    story
        .when(flow({line("ends", {{"cash"}}, LineFigure::closing),
                    line("again", {{"cash"}}, LineFigure::closing)}))
        .refused(account_in_two_lines);
    story
        .when(flow({of_accounts("other", {{"dollars"}}), back("a", {{"wages"}}, {{"other"}}),
                    back("b", {{"wages"}}, {{"other"}})}))
        .refused(account_in_two_lines);
    story.when(flow({of_accounts("other", {{"dollars"}}), back("a", {{"none"}}, {{"other"}})}))
        .refused(statement_account_unknown);
    story.when(flow({back("a", {{"wages"}}, {})})).refused(against_nothing);
    story.when(flow({back("a", {{"wages"}}, {{"b"}})})).refused(against_nothing);
    story
        .when(flow(
            {line("ends", {{"cash"}}, LineFigure::closing), back("a", {{"wages"}}, {{"ends"}})}))
        .refused(against_nothing);
    StatementLine against = of_accounts("other", {{"dollars"}});
    against.against = StatementLineCode{"other"};
    story.when(flow({against})).refused(against_nothing);
}

TEST_CASE("what rates made of cash is taken out by a line of nothing else, or of movements") {
    auto story = given(open_books());
    const auto flow = [](std::vector<StatementLine> lines) {
        DefineStatement define = layout(std::move(lines));
        define.kind = StatementKind::cash_flow;
        return define;
    };
    StatementLine exchange = of_accounts("exchange", {{"cash"}});
    exchange.figure = LineFigure::exchange;
    story.when(flow({exchange})).refused(against_nothing);
    exchange.against = StatementLineCode{"adjustment"};
    story.when(flow({exchange})).refused(against_nothing);
    story.when(flow({of_accounts("adjustment", {}), exchange})).accepted();
    story.when(flow({of_accounts("adjustment", {{"sales"}}), exchange})).accepted();
    story.when(flow({of_accounts("a", {{"sales"}}), adding("adjustment", {{"a"}}), exchange}))
        .refused(against_nothing);
    StatementLine closing = of_accounts("adjustment", {{"cash"}});
    closing.figure = LineFigure::closing;
    story.when(flow({closing, exchange})).refused(against_nothing);
    exchange.accounts.clear();
    story.when(flow({of_accounts("adjustment", {}), exchange}))
        .refused(statement_line_out_of_place);
}

TEST_CASE("a template adds what the company has not, once") {
    for (const auto chart :
         {companies::Chart::standard, companies::Chart::ifrs, companies::Chart::ru_94n}) {
        auto story = given(created(chart));
        const ApplyChart apply{acme, chart, companies::ChartLanguage::english};
        const auto then = story.when(apply);
        then.accepted();
        const std::size_t all = then.events().size();
        story.happened(*then.events().front().as<AccountOpened>());
        CHECK(story.when(apply).events().size() == all - 1);
        story.happened(test::Past(then.events().begin() + 1, then.events().end()));
        story.when(apply).refused(chart_there);
    }
    given().when(ApplyChart{acme, companies::Chart::ifrs, {}}).refused(companies::company_unknown);
    auto story = given(open_books());
    story.when(ApplyChart{acme, companies::Chart::none, {}}).refused(chart_empty);
    story.happened(test::Past{opened("1", AccountKind::liability)});
    story.when(ApplyChart{acme, companies::Chart::ifrs, {}}).refused(chart_contradicts);
}

TEST_CASE("each template's accounts could be opened by hand, and its statements show them all") {
    for (const auto chart :
         {companies::Chart::standard, companies::Chart::ifrs, companies::Chart::ru_94n}) {
        const auto then =
            given(created(chart)).when(ApplyChart{acme, chart, companies::ChartLanguage::english});
        auto story = given(created(chart));
        std::map<std::string, AccountOpened> accounts;
        std::vector<StatementDefined> statements;
        for (const Message& event : then.events()) {
            if (const auto* defined = event.as<StatementDefined>()) {
                statements.push_back(*defined);
                continue;
            }
            if (!event.as<AccountOpened>()) {
                story.happened(test::Past{event});
                continue;
            }
            const AccountOpened& opened = *event.as<AccountOpened>();
            OpenAccount open{
                acme,           opened.account, opened.name, opened.kind, opened.normal_side,
                opened.parent,  opened.summary, {},          {},          opened.any_kind_below,
                opened.control, opened.monetary};
            story.when(open).then(opened);
            story.happened(opened);
            accounts[opened.account.text] = opened;
        }
        REQUIRE(statements.size() == 4);
        // What rules post on is there and takes postings.
        const LedgerPolicy& policy = policy_of(story.world(), acme);
        for (const auto& account :
             {policy.retained_earnings, policy.exchange_gains, policy.exchange_losses})
            CHECK(!accounts.at(account.value().text).summary);
        for (const auto& [key, beside] : story.world().of<AdjustmentAccounts>()) {
            CHECK(accounts.at(key.account.text).monetary);
            CHECK(!accounts.at(beside.adjustment_account.text).summary);
        }
        for (const StatementDefined& statement : statements) {
            story
                .when(DefineStatement{acme, statement.statement, statement.name, statement.kind,
                                      statement.lines})
                .then(statement);
            std::set<std::string> named;
            for (const StatementLine& line : statement.lines)
                for (const AccountCode& account : line.accounts) named.insert(account.text);
            for (const auto& [code, account] : accounts) {
                const bool result =
                    account.kind == AccountKind::income || account.kind == AccountKind::expense;
                if (account.summary || (statement.kind == StatementKind::performance && !result))
                    continue;
                if (statement.kind == StatementKind::changes_in_equity && !result &&
                    account.kind != AccountKind::equity)
                    continue;
                // Accounts that only carry a result over at the close have nothing to show.
                if (statement.kind == StatementKind::performance && code.ends_with(".9")) continue;
                INFO(statement.statement.text << " " << code);
                bool shown = false;
                for (std::string at = code; !shown;) {
                    shown = named.contains(at);
                    if (!accounts.at(at).parent) break;
                    at = accounts.at(at).parent->text;
                }
                CHECK(shown);
            }
        }
    }
}

TEST_CASE("the IFRS template has the subtotals that IFRS 18.69 requires, by category") {
    const ChartTemplate chart = ifrs_chart();
    std::set<std::string_view> names;
    std::set<IncomeCategory> categories;
    for (const LayoutLine& line : chart.income_statement) {
        names.insert(line.name);
        if (line.category) categories.insert(*line.category);
    }
    CHECK(names.contains("Operating profit or loss"));
    CHECK(names.contains("Profit or loss before financing and income taxes"));
    CHECK(categories.contains(IncomeCategory::operating));
    CHECK(categories.contains(IncomeCategory::investing));
    CHECK(categories.contains(IncomeCategory::financing));
}

TEST_CASE("a template has all its names in Russian, or it has none of them") {
    for (const ChartTemplate& chart : {standard_chart(), ifrs_chart()}) {
        const auto check = [](std::string_view name) {
            INFO(name);
            CHECK_FALSE(russian_name(name).empty());
        };
        for (const ChartLine& line : chart.accounts) check(line.name);
        for (const auto* layout : {&chart.balance_sheet, &chart.income_statement, &chart.cash_flow,
                                   &chart.changes_in_equity})
            for (const LayoutLine& line : *layout) check(line.name);
    }
    CHECK(russian_name("Goodwill") == "Гудвил");
    CHECK(russian_name("Cows").empty());
    const auto then =
        given(created(companies::Chart::none))
            .when(ApplyChart{acme, companies::Chart::ifrs, companies::ChartLanguage::russian});
    for (const Message& event : then.events())
        if (const auto* opened = event.as<AccountOpened>();
            opened && opened->account.text == "1290")
            CHECK(opened->name == "Денежные средства на счетах в банках");
}

// Sixty by order 94n, and 09 and 77, which order 38n of 7 May 2003 added.
TEST_CASE("the Russian plan has its synthetic accounts in two languages") {
    const ChartTemplate chart = ru_94n_chart();
    std::size_t synthetic = 0;
    for (const ChartLine& line : chart.accounts) {
        if (line.account.size() == 2 && line.account[0] >= '0' && line.account[0] <= '9')
            ++synthetic;
        CHECK_FALSE(line.russian.empty());
    }
    CHECK(synthetic == 62);
    const auto then =
        given(created(companies::Chart::ru_94n))
            .when(ApplyChart{acme, companies::Chart::ru_94n, companies::ChartLanguage::russian});
    bool found = false;
    for (const Message& event : then.events())
        if (const auto* opened = event.as<AccountOpened>(); opened && opened->account.text == "41")
            found = opened->name == "Товары";
    CHECK(found);
}
