// How standards and changes of costing become steps of the series that are there.
#include "domain/inventory/standard_costs.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"
#include "domain/inventory/moving.h"

#include <algorithm>

namespace kontor::inventory {

namespace {

// What a revaluation is posted by: the same for the same day of an item.
StockDocumentId document_of(const CompanyCode& company, const items::ItemCode& item, Date from,
                            std::string_view what) {
    return {derived_uuid(company.text + '/' + item.text + '/' + to_text(from), what, 0)};
}

Objection find_revaluation(const World& world, StockRevalued& revalued, const Context& context) {
    return find_postings(world, revalued.company, edits_of(revalued), context, revalued.postings);
}

const Move* step_at(const StockSeries& series, const MoveOrder& at) {
    const auto step = std::ranges::find(series.steps, at, &Move::at);
    return step == series.steps.end() ? nullptr : &*step;
}

}  // namespace

std::vector<ChangedStep> recosted_steps(const World& world, const CompanyCode& company,
                                        const items::ItemCode& item) {
    const auto formulas = formulas_over_time(world, company, item);
    std::vector<ChangedStep> changed;
    each_series(world, company, item, [&](const SeriesKey& key, const StockSeries& series) {
        std::vector<Move> steps;
        CostFormula before = series.formula;
        for (const auto& [from, formula] : formulas) {
            if (formula != before) steps.push_back(step_to_formula(from, formula));
            before = formula;
        }
        for (const Move& step : series.steps) {
            if (step.valuing != Valuing::reformula) continue;
            const auto same = std::ranges::find(steps, step);
            if (same != steps.end()) {
                steps.erase(same);
                continue;
            }
            const auto place = std::ranges::find(steps, step.at, &Move::at);
            ChangedStep change{key.area, key.lot, step, std::nullopt};
            if (place != steps.end()) {
                change.becomes = *place;
                steps.erase(place);
            }
            changed.push_back(std::move(change));
        }
        for (Move& step : steps)
            changed.push_back({key.area, key.lot, std::nullopt, std::move(step)});
    });
    return changed;
}

bool changes_area(const World& world, const CompanyCode& company, const items::ItemCode& item,
                  Date from) {
    std::optional<SeriesKey> first;
    each_series(world, company, item, [&](const SeriesKey& key, const StockSeries&) {
        if (!first) first = key;
    });
    if (!first) return false;
    return std::ranges::any_of(days_of_settings(world, company, item), [&](Date day) {
        const auto found = items::costing_of(world, company, item, std::max(day, from));
        return found &&
               ((found->costing.area == items::ValuationArea::warehouse) !=
                    first->area.has_value() ||
                (found->costing.method == items::CostingMethod::lot) != first->lot.has_value());
    });
}

Decision<StandardCostSet, StockRevalued> decide(const World& world, const SetStandardCost& set,
                                                const Context& context) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    const items::Item* item = world.of<items::Items>().find({set.company, set.item});
    if (!item) return items::item_unknown.about(set.item);
    if (item->is_template || item->kind != items::ItemKind::goods)
        return item_not_in_stock.about(set.item);
    StandardCostSet is{set.company, set.item, set.from.value_or(context.today), set.cost, {}};
    if (Objection fault =
            find_quantity(world, set.company, set.item, set.per, LeastQuantity::above_zero, is.per))
        return fault;
    if (Objection fault = fault_of_cost(world, set.company, set.item, set.cost)) return fault;
    const UnitCost cost{set.cost.minor, is.per.micro};
    const StandardCost* was = world.of<StandardCosts>().find({set.company, set.item, is.from});
    if (was && was->cost == cost) return standard_cost_unchanged.about(set.item, is.from);
    StockRevalued revalued{
        set.company, set.item,        document_of(set.company, set.item, is.from, "standard"),
        is.from,     "Standard cost", {},
        {}};
    const Move becomes = step_to_standard(is.from, cost);
    each_series(world, set.company, set.item, [&](const SeriesKey& key, const StockSeries& series) {
        ChangedStep step{key.area, key.lot, std::nullopt, becomes};
        if (const Move* before = step_at(series, becomes.at)) step.was = *before;
        revalued.steps.push_back(std::move(step));
    });
    if (Objection fault = find_revaluation(world, revalued, context)) return fault;
    Decision<StandardCostSet, StockRevalued> decision;
    decision.add(std::move(is));
    if (!revalued.steps.empty()) decision.add(std::move(revalued));
    return decision;
}

Decision<StockRevalued> decide(const World& world, const RecostStock& recost,
                               const Context& context) {
    if (!world.of<items::Items>().find({recost.company, recost.item}))
        return items::item_unknown.about(recost.item);
    if (changes_area(world, recost.company, recost.item, recost.from.value_or(first_date)))
        return stock_area_in_use.about(recost.item);
    const auto steps = recosted_steps(world, recost.company, recost.item);
    Date first = recost.from.value_or(context.today);
    for (const ChangedStep& step : steps)
        first = std::min(first, (step.becomes ? *step.becomes : *step.was).at.day);
    StockRevalued revalued{recost.company,
                           recost.item,
                           document_of(recost.company, recost.item, first, "costing"),
                           first,
                           "Costing",
                           steps,
                           {}};
    if (Objection fault = find_revaluation(world, revalued, context)) return fault;
    return revalued;
}

void evolve(StandardCosts& standards, const StandardCostSet& set) {
    standards.put({set.company, set.item, set.from}, {{set.cost.minor, set.per.micro}});
}

Part standard_costs() {
    return Part()
        .table<StandardCosts>("inventory.standard_costs")
        .commands<SetStandardCost, RecostStock>()
        .event<StandardCostSet, StandardCosts>();
}

}  // namespace kontor::inventory
