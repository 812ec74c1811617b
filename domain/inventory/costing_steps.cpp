// How settings of costing by day become steps of a series.
#include "domain/inventory/costing_steps.h"

#include <algorithm>
#include <utility>

namespace kontor::inventory {

std::set<Date> days_of_settings(const World& world, const CompanyCode& company,
                                const items::ItemCode& item) {
    std::set<Date> days{first_date};
    for (const auto& [key, costing] :
         world.of<items::Costings>().from({company, {}, {}, first_date})) {
        if (key.company != company) break;
        days.insert(key.from);
    }
    for (const auto& [key, category] :
         world.of<items::CategoriesOfItems>().from({company, item, first_date})) {
        if (key.company != company || key.item != item) break;
        days.insert(key.from);
    }
    return days;
}

CostFormula formula_of(items::CostingMethod method) {
    switch (method) {
        case items::CostingMethod::moving_average: return CostFormula::moving_average;
        case items::CostingMethod::standard: return CostFormula::standard;
        default: return CostFormula::fifo;  // of one lot, any formula is its own cost
    }
}

Move step_to_standard(Date from, const UnitCost& cost) {
    Move step;
    step.at = {from, 0, {}, 0};
    step.valuing = Valuing::restandard;
    step.standard = cost;
    return step;
}

Move step_to_formula(Date from, CostFormula formula) {
    Move step;
    // Behind a standard of that day, and behind what a series begins with.
    step.at = {from, from == first_date ? 1 : 0, {}, 1};
    step.valuing = Valuing::reformula;
    step.formula = formula;
    return step;
}

std::vector<std::pair<Date, CostFormula>> formulas_over_time(const World& world,
                                                             const CompanyCode& company,
                                                             const items::ItemCode& item) {
    std::vector<std::pair<Date, CostFormula>> formulas;
    for (const Date day : days_of_settings(world, company, item)) {
        const auto found = items::costing_of(world, company, item, day);
        const CostFormula formula =
            formula_of(found ? found->costing.method : items::Costing{}.method);
        if (formulas.empty() || formulas.back().second != formula)
            formulas.emplace_back(day, formula);
    }
    return formulas;
}

SeriesBegun costing_over_time(const World& world, const CompanyCode& company,
                              const items::ItemCode& item, const StockAccounts& accounts) {
    SeriesBegun begins{
        CostFormula::fifo,
        {accounts.stock, accounts.variance, accounts.revaluation, accounts.difference},
        {}};
    for (const auto& [from, formula] : formulas_over_time(world, company, item)) {
        if (from == first_date)
            begins.formula = formula;
        else
            begins.steps.push_back(step_to_formula(from, formula));
    }
    for (const auto& [key, standard] :
         world.of<StandardCosts>().from({company, item, first_date})) {
        if (key.company != company || key.item != item) break;
        begins.steps.push_back(step_to_standard(key.from, standard.cost));
    }
    // What the item was assessed at holds for all of its stock.
    bool first = true;
    each_series(world, company, item, [&](const SeriesKey&, const StockSeries& series) {
        if (!std::exchange(first, false)) return;
        for (const Move& step : series.steps)
            if (step.valuing == Valuing::assess) begins.steps.push_back(step);
    });
    std::ranges::sort(begins.steps, {}, &Move::at);
    return begins;
}

}  // namespace kontor::inventory
