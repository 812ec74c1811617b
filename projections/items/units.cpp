// How units are listed and quantities converted. Units have one time only, when they became known:
// what was counted before a carton changed keeps what it was counted as.
#include "projections/items/units.h"

#include "projections/any_day.h"

namespace kontor::items {

void UnitsModel::on(const UnitDefined& defined, const Recorded& recorded) {
    units_.put(recorded, {defined.company, defined.unit}, first_date,
               {defined.unit, defined.name, defined.decimals, defined.rec20, {}, {}, {}});
}

void UnitsModel::on(const UnitChanged& changed, const Recorded& recorded) {
    units_.change_always(recorded, {changed.company, changed.unit}, [&](ListedUnit& unit) {
        unit.name = changed.name;
        unit.decimals = changed.decimals;
        unit.rec20 = changed.rec20;
    });
}

void UnitsModel::on(const UnitConversionDefined& defined, const Recorded& recorded) {
    const auto link = link_of(defined.equals, defined.per);
    if (!link) throw StorageBroken("a conversion of units is no ratio");
    units_.change_always(recorded, {defined.company, defined.unit}, [&](ListedUnit& unit) {
        unit.of = link->of;
        unit.numerator = link->numerator;
        unit.denominator = link->denominator;
    });
}

void UnitsModel::on(const UnitConversionWithdrawn& withdrawn, const Recorded& recorded) {
    units_.change_always(recorded, {withdrawn.company, withdrawn.unit}, [&](ListedUnit& unit) {
        unit.of.reset();
        unit.numerator.reset();
        unit.denominator.reset();
    });
}

void UnitsModel::on(const ItemCreated& created, const Recorded& recorded) {
    bases_.put(recorded, {created.company, created.item}, first_date, {created.base_unit});
}

void UnitsModel::on(const ItemUnitDefined& defined, const Recorded& recorded) {
    const auto base = bases_.get(recorded.rows, {defined.company, defined.item}, Corner{});
    if (!base) throw StorageBroken("a unit is of an item that is not there");
    item_units_.put(
        recorded, {defined.company, defined.item, defined.unit}, first_date,
        {defined.item, defined.unit, defined.numerator, defined.denominator, base->unit});
}

void UnitsModel::on(const ItemUnitWithdrawn& withdrawn, const Recorded& recorded) {
    item_units_.erase(recorded, {withdrawn.company, withdrawn.item, withdrawn.unit}, first_date);
}

std::optional<Unit> UnitsModel::base_of(const AsOf& as_of, const CompanyCode& company,
                                        const ItemCode& item) const {
    const auto base = bases_.get(as_of.rows, {company, item}, on_any_day(as_of).corner);
    return base ? std::optional(base->unit) : std::nullopt;
}

LinkOf UnitsModel::links(const AsOf& as_of, const CompanyCode& company) const {
    return [this, &as_of, company](Unit code) -> std::optional<UnitLink> {
        const auto unit = units_.get(as_of.rows, {company, code}, on_any_day(as_of).corner);
        if (!unit || !unit->of) return std::nullopt;
        return UnitLink{*unit->of, unit->numerator.value_or(1), unit->denominator.value_or(1)};
    };
}

std::optional<UnitRatio> UnitsModel::to_base(const AsOf& as_of, const CompanyCode& company,
                                             const ItemCode& item, Unit from) const {
    const auto base = base_of(as_of, company, item);
    if (!base) return std::nullopt;
    UnitsOfItem units{*base, {}};
    item_units_.each(on_any_day(as_of), ordered_key(ItemKey{company, item}),
                     [&](const ListedItemUnit& unit) {
                         units.own[unit.unit] = {unit.numerator, unit.denominator};
                     });
    return to_base_among(links(as_of, company), units, from);
}

std::optional<UnitRatio> UnitsModel::ratio(const AsOf& as_of, const CompanyCode& company,
                                           const std::optional<ItemCode>& item, Unit from,
                                           Unit to) const {
    if (!item) return ratio_among(links(as_of, company), from, to);
    const auto into_base = to_base(as_of, company, *item, from);
    const auto out_of_base = to_base(as_of, company, *item, to);
    if (!into_base || !out_of_base) return std::nullopt;
    return chained(*into_base, inverse(*out_of_base));
}

void UnitsModel::answer(const UnitList& query, const AsOf& as_of, Page<ListedUnit>& page) const {
    units_.list(as_of, ordered_key(query.company), page);
}

void UnitsModel::answer(const ItemUnitList& query, const AsOf& as_of,
                        Page<ListedItemUnit>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    item_units_.list(as_of, begins_with, page);
}

void UnitsModel::answer(const UnitConversion& query, const AsOf& as_of,
                        Page<ConvertedQuantity>& page) const {
    const auto ratio =
        this->ratio(as_of, query.company, query.item, query.quantity.unit, query.into);
    const auto exactly =
        ratio ? converted(exact(query.quantity), *ratio, query.into) : std::nullopt;
    const auto result = exactly ? rounded(*exactly, Rounding::half_up) : std::nullopt;
    if (!result)
        return page.missing("Nothing tells how many " + std::string(query.into.text()) + " one " +
                            std::string(query.quantity.unit.text()) +
                            " is, or it is more than a quantity can be.");
    if (!page.after().empty()) return;
    page.add("quantity", {query.quantity, *result, whole(*exactly).has_value(), ratio->numerator,
                          ratio->denominator});
}

ReadModelSpec units_of_measure() {
    return ReadModelSpec::of<UnitsModel>("units_of_measure", 1, "items")
        .folding<UnitsModel, UnitDefined, UnitChanged, UnitConversionDefined,
                 UnitConversionWithdrawn, ItemCreated, ItemUnitDefined, ItemUnitWithdrawn>()
        .answering<UnitsModel, UnitList, ListedUnit>()
        .answering<UnitsModel, ItemUnitList, ListedItemUnit>()
        .answering<UnitsModel, UnitConversion, ConvertedQuantity>();
}

}  // namespace kontor::items
