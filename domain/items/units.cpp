// How units are defined and told by each other, and how two of them convert.
#include "domain/items/units.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::items {

namespace {

bool is_rec20(const std::string& code) {
    return (code.size() == 2 || code.size() == 3) && std::ranges::all_of(code, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

// Whether a unit is another one, or is told by it over any number of others.
bool leads_to(const UnitLinks& links, UnitKey from, Unit wanted) {
    while (from.unit != wanted) {
        const UnitLink* link = links.find(from);
        if (!link) return false;
        from.unit = link->of;
    }
    return true;
}

}  // namespace

std::optional<UnitLink> link_of(const Quantity& equals, std::int64_t per) {
    const auto ratio = ratio_of(equals.micro, Wide{per} * ten_to(Quantity::digits));
    if (!ratio) return std::nullopt;
    return UnitLink{equals.unit, ratio->numerator, ratio->denominator};
}

LinkOf links_of(const World& world, const CompanyCode& company) {
    return [&world, company](Unit unit) -> std::optional<UnitLink> {
        const UnitLink* link = world.of<UnitLinks>().find({company, unit});
        return link ? std::optional(*link) : std::nullopt;
    };
}

std::vector<std::pair<Unit, UnitRatio>> way_of(const LinkOf& link_of, Unit from) {
    std::vector<std::pair<Unit, UnitRatio>> way{{from, {}}};
    while (const auto link = link_of(way.back().first)) {
        const auto ratio = chained(way.back().second, link->ratio());
        if (!ratio) break;
        way.emplace_back(link->of, *ratio);
    }
    return way;
}

std::optional<UnitRatio> ratio_among(const LinkOf& link_of, Unit from, Unit to) {
    const auto ways_to = way_of(link_of, to);
    for (const auto& [unit, ratio] : way_of(link_of, from)) {
        const auto met = std::ranges::find(ways_to, unit, &std::pair<Unit, UnitRatio>::first);
        if (met != ways_to.end()) return chained(ratio, inverse(met->second));
    }
    return std::nullopt;
}

std::optional<UnitRatio> ratio_between(const World& world, const CompanyCode& company, Unit from,
                                       Unit to) {
    return ratio_among(links_of(world, company), from, to);
}

bool fits_unit(const World& world, const CompanyCode& company, const Quantity& quantity) {
    const DefinedUnit* unit = world.of<Units>().find({company, quantity.unit});
    if (!unit) return true;
    const Wide step = ten_to(Quantity::digits - static_cast<int>(unit->decimals));
    return quantity.micro % step == 0;
}

Decision<UnitDefined> decide(const World& world, const DefineUnit& define, const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Units>().find({define.company, define.unit}))
        return unit_exists.about(define.unit);
    if (define.rec20 && !is_rec20(*define.rec20)) return unit_code_unfit.about(*define.rec20);
    return UnitDefined{define.company, define.unit, define.name, define.decimals, define.rec20};
}

Decision<UnitChanged> decide(const World& world, const ChangeUnit& change, const Context&) {
    const DefinedUnit* unit = world.of<Units>().find({change.company, change.unit});
    if (!unit) return unit_unknown.about(change.unit);
    if (change.rec20 && !is_rec20(*change.rec20)) return unit_code_unfit.about(*change.rec20);
    const UnitChanged changed{change.company, change.unit, change.name.value_or(unit->name),
                              change.decimals.value_or(unit->decimals),
                              change.rec20 ? change.rec20 : unit->rec20};
    if (changed.name == unit->name && changed.decimals == unit->decimals &&
        changed.rec20 == unit->rec20)
        return unit_unchanged.about(change.unit);
    return changed;
}

Decision<UnitConversionDefined> decide(const World& world, const DefineUnitConversion& define,
                                       const Context&) {
    for (const Unit unit : {define.unit, define.equals.unit})
        if (!world.of<Units>().find({define.company, unit})) return unit_unknown.about(unit);
    const auto link = link_of(define.equals, define.per);
    if (!link) return conversion_not_positive.about(define.equals);
    if (leads_to(world.of<UnitLinks>(), {define.company, define.equals.unit}, define.unit))
        return units_in_circle.about(define.unit, define.equals.unit);
    const UnitLink* was = world.of<UnitLinks>().find({define.company, define.unit});
    if (was && *was == *link) return conversion_unchanged.about(define.unit);
    return UnitConversionDefined{define.company, define.unit, define.equals, define.per};
}

Decision<UnitConversionWithdrawn> decide(const World& world, const WithdrawUnitConversion& withdraw,
                                         const Context&) {
    if (!world.of<Units>().find({withdraw.company, withdraw.unit}))
        return unit_unknown.about(withdraw.unit);
    if (!world.of<UnitLinks>().find({withdraw.company, withdraw.unit}))
        return conversion_unknown.about(withdraw.unit);
    return UnitConversionWithdrawn{withdraw.company, withdraw.unit};
}

void evolve(Units& units, const UnitDefined& defined) {
    units.put({defined.company, defined.unit}, {defined.name, defined.decimals, defined.rec20});
}

void evolve(Units& units, const UnitChanged& changed) {
    units.put({changed.company, changed.unit}, {changed.name, changed.decimals, changed.rec20});
}

void evolve(UnitLinks& links, const UnitConversionDefined& defined) {
    const auto link = link_of(defined.equals, defined.per);
    ensure(link.has_value(), "a conversion that was recorded is a ratio");
    links.put({defined.company, defined.unit}, *link);
}

void evolve(UnitLinks& links, const UnitConversionWithdrawn& withdrawn) {
    links.erase({withdrawn.company, withdrawn.unit});
}

Part units() {
    return Part()
        .table<Units>("items.units")
        .table<UnitLinks>("items.unit_links")
        .commands<DefineUnit, ChangeUnit, DefineUnitConversion, WithdrawUnitConversion>()
        .event<UnitDefined, Units>()
        .event<UnitChanged, Units>()
        .event<UnitConversionDefined, UnitLinks>()
        .event<UnitConversionWithdrawn, UnitLinks>();
}

}  // namespace kontor::items
