// How groups are made and price lists given to them, to parties and to all.
#include "domain/pricing/price_assignments.h"

#include "domain/parties/dealings.h"

namespace kontor::pricing {

namespace {

std::optional<PriceGroupCode> own_group(const World& world, const CompanyCode& company,
                                        const parties::PartyCode& party, Date day) {
    const auto* row = world.of<PartyPriceGroups>().last_until({company, party, day});
    if (!row || row->first.company != company || row->first.party != party) return std::nullopt;
    return row->second.group;
}

}  // namespace

std::optional<PriceGroupCode> price_group_of(const World& world, const CompanyCode& company,
                                             const parties::PartyCode& party, Date day) {
    for (const parties::PartyCode& each : parties::with_absorbed(world, company, party))
        if (auto group = own_group(world, company, each, day)) return group;
    return std::nullopt;
}

std::optional<PriceListCode> list_assigned(const World& world, const PriceAssignmentKey& key) {
    const auto* row = world.of<PriceAssignments>().last_until(key);
    if (!row) return std::nullopt;
    PriceAssignmentKey found = row->first;
    found.from = key.from;
    return found == key ? row->second.list : std::nullopt;
}

Decision<PriceGroupDefined> decide(const World& world, const DefinePriceGroup& define,
                                   const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<PriceGroups>().find({define.company, define.group}))
        return price_group_exists.about(define.group);
    return PriceGroupDefined{define.company, define.group, define.name};
}

Decision<PartyPutIntoPriceGroup> decide(const World& world, const PutIntoPriceGroup& put,
                                        const Context& context) {
    if (Objection fault = parties::fault_of_party(world, put.company, put.party)) return fault;
    if (put.group && !world.of<PriceGroups>().find({put.company, *put.group}))
        return price_group_unknown.about(*put.group);
    const Date from = put.from.value_or(context.today);
    if (own_group(world, put.company, put.party, from) == put.group)
        return price_group_unchanged.about(put.party, from);
    return PartyPutIntoPriceGroup{put.company, put.party, put.group, from};
}

Decision<PriceListAssigned> decide(const World& world, const AssignPriceList& assign,
                                   const Context& context) {
    if (!world.of<companies::Companies>().find(assign.company))
        return companies::company_unknown.about(assign.company);
    if (assign.party && assign.group) return price_list_for_one.about(*assign.party, *assign.group);
    if (assign.party)
        if (Objection fault = parties::fault_of_party(world, assign.company, *assign.party))
            return fault;
    if (assign.group && !world.of<PriceGroups>().find({assign.company, *assign.group}))
        return price_group_unknown.about(*assign.group);
    if (assign.list) {
        const PriceList* list = world.of<PriceLists>().find({assign.company, *assign.list});
        if (!list) return price_list_unknown.about(*assign.list);
        if (list->use != assign.use || list->currency != assign.currency)
            return price_list_unfit.about(*assign.list, list->use, list->currency);
    }
    const Date from = assign.from.value_or(context.today);
    if (list_assigned(world, {assign.company, assign.use, assign.currency, assign.party,
                              assign.group, from}) == assign.list)
        return price_list_assigned.about(from);
    return PriceListAssigned{
        assign.company, assign.use, assign.currency, assign.party, assign.group, assign.list, from};
}

void evolve(PriceGroups& groups, const PriceGroupDefined& defined) {
    groups.put({defined.company, defined.group}, {defined.name});
}

void evolve(PartyPriceGroups& groups, const PartyPutIntoPriceGroup& put) {
    groups.put({put.company, put.party, put.from}, {put.group});
}

void evolve(PriceAssignments& assignments, const PriceListAssigned& assigned) {
    assignments.put({assigned.company, assigned.use, assigned.currency, assigned.party,
                     assigned.group, assigned.from},
                    {assigned.list});
}

Part price_assignments() {
    return Part()
        .table<PriceGroups>("pricing.groups")
        .table<PartyPriceGroups>("pricing.groups_of_parties")
        .table<PriceAssignments>("pricing.assignments")
        .commands<DefinePriceGroup, PutIntoPriceGroup, AssignPriceList>()
        .event<PriceGroupDefined, PriceGroups>()
        .event<PartyPutIntoPriceGroup, PartyPriceGroups>()
        .event<PriceListAssigned, PriceAssignments>();
}

}  // namespace kontor::pricing
