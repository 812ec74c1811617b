// What becomes of a contract that names a price list.
#include "domain/flows/contracts_name_price_lists_that_fit.h"

namespace kontor::flow {

namespace {

Decision<> look(const World& world, const CompanyCode& company, const contracts::ContractCode& code,
                const contracts::ContractTerms& terms) {
    if (!terms.price_list) return {};
    const auto* list = world.of<pricing::PriceLists>().find({company, *terms.price_list});
    if (!list) return pricing::price_list_unknown.about(*terms.price_list);
    const auto& contract = *world.of<contracts::Contracts>().find({company, code});
    const bool bought = contract.kind == contracts::ContractKind::purchase;
    if (list->currency != contract.currency || (list->use == pricing::PriceUse::purchase) != bought)
        return pricing::price_list_unfit.about(*terms.price_list, list->use, list->currency);
    return {};
}

}  // namespace

Decision<> made_contract_names_a_price_list_that_fits(const contracts::ContractMade& made,
                                                      const World& world) {
    return look(world, made.company, made.contract, made.terms);
}

Decision<> amended_contract_names_a_price_list_that_fits(const contracts::ContractAmended& amended,
                                                         const World& world) {
    return look(world, amended.company, amended.contract, amended.terms);
}

}  // namespace kontor::flow
