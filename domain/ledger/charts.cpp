// How a template becomes accounts and statements of a company.
#include "domain/ledger/charts.h"

#include "domain/core/catalog.h"

#include <string>

namespace kontor::ledger {

namespace {

using companies::Chart;
using companies::ChartLanguage;

ChartTemplate chart_of(Chart chart) {
    switch (chart) {
        case Chart::none: break;
        case Chart::standard: return standard_chart();
        case Chart::ifrs: return ifrs_chart();
        case Chart::ru_94n: return ru_94n_chart();
    }
    return {};
}

using TwoNames = std::pair<std::string_view, std::string_view>;  // in English and in Russian
constexpr std::array<TwoNames, 4> statement_names{
    TwoNames{"Statement of financial position", "Бухгалтерский баланс"},
    TwoNames{"Statement of profit or loss", "Отчет о финансовых результатах"},
    TwoNames{"Statement of cash flows", "Отчет о движении денежных средств"},
    TwoNames{"Statement of changes in equity", "Отчет об изменениях капитала"}};

std::string in_language(ChartLanguage language, std::string_view english,
                        std::string_view russian) {
    if (language == ChartLanguage::english) return std::string(english);
    if (russian.empty()) russian = russian_name(english);
    return std::string(russian.empty() ? english : russian);
}

bool has(const ChartLine& line, char feature) {
    return line.features.find(feature) != std::string_view::npos;
}

AccountOpened account_of(const CompanyCode& company, const ChartLine& line,
                         ChartLanguage language) {
    AccountOpened opened;
    opened.company = company;
    opened.account = {std::string(line.account)};
    opened.name = in_language(language, line.name, line.russian);
    opened.kind = line.kind;
    opened.normal_side = normal_side_of(line.kind);
    if (has(line, 'c'))
        opened.normal_side = opened.normal_side == Side::debit ? Side::credit : Side::debit;
    if (!line.parent.empty()) opened.parent = AccountCode{std::string(line.parent)};
    opened.any_kind_below = has(line, 'k');
    opened.summary = has(line, 'h') || opened.any_kind_below;
    opened.monetary = has(line, 'm');
    return opened;
}

template <class Of>
std::vector<Code<Of>> codes_in(std::string_view words) {
    std::vector<Code<Of>> codes;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        codes.push_back({std::string(words.substr(0, end))});
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return codes;
}

StatementDefined statement_of(const CompanyCode& company, std::string_view statement,
                              std::string name, StatementKind kind,
                              const std::vector<LayoutLine>& layout, ChartLanguage language) {
    StatementDefined defined{company, {std::string(statement)}, std::move(name), kind, {}};
    for (const LayoutLine& line : layout) {
        StatementLine& made = defined.lines.emplace_back();
        made.line = {std::string(line.line)};
        made.name = in_language(language, line.name, line.russian);
        made.level = line.level;
        made.accounts = codes_in<AccountThing>(line.accounts);
        made.adds = codes_in<StatementLineThing>(line.adds);
        made.positive = line.positive;
        made.category = line.category;
        made.figure = line.figure;
        made.adds_back = codes_in<AccountThing>(line.adds_back);
        if (!line.against.empty()) made.against = StatementLineCode{std::string(line.against)};
        made.comprehensive = line.comprehensive;
    }
    return defined;
}

// The policy with the template's accounts where it names none; empty where it names them all.
std::optional<LedgerPolicy> with_accounts(const LedgerPolicy& was, const RuleAccounts& rules) {
    LedgerPolicy is = was;
    const auto name = [](std::optional<AccountCode>& account, std::string_view code) {
        if (!account && !code.empty()) account = AccountCode{std::string(code)};
    };
    name(is.retained_earnings, rules.retained_earnings);
    name(is.exchange_gains, rules.exchange_gains);
    name(is.exchange_losses, rules.exchange_losses);
    name(is.translation_reserve, rules.translation_reserve);
    name(is.rounding_account, rules.rounding);
    is.pairs_lines = is.pairs_lines || rules.pairs_lines;
    if (is == was) return std::nullopt;
    return is;
}

// Who has set one has decided how the year is closed, and one more could make a circle of them.
bool any_closing_account(const World& world, const CompanyCode& company) {
    for (const auto& [key, set] : world.of<ClosingAccounts>().from({company, {}}))
        return key.company == company;
    return false;
}

}  // namespace

std::vector<TwoNames> names_of_templates() {
    std::vector<TwoNames> names(statement_names.begin(), statement_names.end());
    const auto add = [&](std::string_view english, std::string_view russian) {
        if (russian.empty()) russian = russian_name(english);
        if (!russian.empty()) names.emplace_back(english, russian);
    };
    // Where two templates say one thing differently, the names of an order count.
    for (const ChartTemplate& chart : {ru_94n_chart(), ifrs_chart(), standard_chart()}) {
        for (const ChartLine& line : chart.accounts) add(line.name, line.russian);
        for (const OffBalanceLine& line : chart.off_balance) add(line.name, line.russian);
        for (const auto* layout : {&chart.balance_sheet, &chart.income_statement, &chart.cash_flow,
                                   &chart.changes_in_equity})
            for (const LayoutLine& line : *layout) add(line.name, line.russian);
    }
    return names;
}

Decision<AccountOpened, OffBalanceAccountOpened, StatementDefined, LedgerPolicySet,
         AdjustmentAccountSet, ClosingAccountSet>
decide(const World& world, const ApplyChart& apply, const Context&) {
    if (!world.of<companies::Companies>().find(apply.company))
        return companies::company_unknown.about(apply.company);
    if (apply.chart == Chart::none) return chart_empty;
    const ChartTemplate chart = chart_of(apply.chart);
    Decision<AccountOpened, OffBalanceAccountOpened, StatementDefined, LedgerPolicySet,
             AdjustmentAccountSet, ClosingAccountSet>
        adds;
    for (const ChartLine& line : chart.accounts) {
        AccountOpened opened = account_of(apply.company, line, apply.language);
        const Account* there = world.of<Accounts>().find({apply.company, opened.account});
        if (!there)
            adds.add(std::move(opened));
        else if (there->kind != opened.kind || there->summary != opened.summary)
            return chart_contradicts.about(opened.account);
    }
    for (const OffBalanceLine& line : chart.off_balance) {
        const OffBalanceAccountCode account{std::string(line.account)};
        if (!world.of<OffBalanceAccounts>().find({apply.company, account}))
            adds.add(OffBalanceAccountOpened{apply.company, account,
                                             in_language(apply.language, line.name, line.russian)});
    }
    const auto add_statement = [&](std::string_view code, StatementKind kind,
                                   const std::vector<LayoutLine>& layout, const TwoNames& names) {
        if (!world.of<Statements>().find({apply.company, {std::string(code)}}))
            adds.add(statement_of(apply.company, code,
                                  in_language(apply.language, names.first, names.second), kind,
                                  layout, apply.language));
    };
    add_statement("balance_sheet", StatementKind::position, chart.balance_sheet,
                  statement_names[0]);
    add_statement("income_statement", StatementKind::performance, chart.income_statement,
                  statement_names[1]);
    add_statement("cash_flow", StatementKind::cash_flow, chart.cash_flow, statement_names[2]);
    add_statement("changes_in_equity", StatementKind::changes_in_equity, chart.changes_in_equity,
                  statement_names[3]);
    if (const auto policy = with_accounts(policy_of(world, apply.company), chart.rules))
        adds.add(LedgerPolicySet{apply.company, *policy});
    for (const RuleAccounts::Adjustment& adjustment : chart.rules.adjustments) {
        const AccountCode account{std::string(adjustment.account)};
        if (world.of<AdjustmentAccounts>().find({apply.company, account})) continue;
        const auto named = [](std::string_view code) {
            return code.empty() ? std::nullopt : std::optional(AccountCode{std::string(code)});
        };
        adds.add(AdjustmentAccountSet{apply.company,
                                      account,
                                      {std::string(adjustment.beside)},
                                      named(adjustment.gains),
                                      named(adjustment.losses)});
    }
    if (!any_closing_account(world, apply.company))
        for (const RuleAccounts::Closing& closing : chart.rules.closings)
            adds.add(ClosingAccountSet{apply.company,
                                       {std::string(closing.account)},
                                       AccountCode{std::string(closing.closes_to)}});
    if (adds.messages().empty()) return chart_there;
    return adds;
}

Part charts() { return Part().commands<ApplyChart>(); }

}  // namespace kontor::ledger
