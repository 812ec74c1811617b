// How orders are counted against the ceiling of their contract.
#include "domain/contracts/contract_uses.h"

#include "domain/core/catalog.h"

namespace kontor::contracts {

Money ordered_under(const World& world, const CompanyCode& company, const ContractCode& code) {
    if (const ContractTotal* total = world.of<ContractTotals>().find({company, code}))
        return total->amount;
    const Contract* contract = world.of<Contracts>().find({company, code});
    return {0, contract ? contract->currency : Currency{}};
}

Decision<ContractUsed> decide(const World& world, const UseContract& use, const Context& context) {
    const Contract* contract = world.of<Contracts>().find({use.company, use.contract});
    if (!contract) return contract_unknown.about(use.contract);
    if (use.amount.currency != contract->currency)
        return contract_currency_differs.about(use.contract, contract->currency);
    if (use.amount.minor < 0) return contract_use_negative.about(use.amount);
    const ContractUse* before =
        world.of<ContractUses>().find({use.company, use.contract, use.document});
    const std::int64_t counted = before ? before->amount.minor : 0;
    if (use.amount.minor == counted) return contract_use_unchanged.about(use.amount);
    const Date day = use.date.value_or(context.today);
    const Money total = ordered_under(world, use.company, use.contract) +
                        Money{use.amount.minor - counted, use.amount.currency};
    // Less than before passes also where a ceiling was lowered meanwhile.
    const auto& terms = *contract_terms_on(world, use.company, use.contract, day);
    const std::int64_t most = terms.ceiling ? terms.ceiling->minor : most_money;
    if (use.amount.minor > counted && total.minor > most)
        return contract_ceiling_exceeded.about(use.contract, total, Money{most, total.currency});
    return ContractUsed{use.company, use.contract, use.document, day, use.amount, total};
}

void evolve(ContractTotals& totals, const ContractUsed& used) {
    totals.put({used.company, used.contract}, {used.total});
}

void evolve(ContractUses& uses, const ContractUsed& used) {
    const ContractUseKey key{used.company, used.contract, used.document};
    if (used.amount.minor == 0)
        uses.erase(key);
    else
        uses.put(key, {used.amount});
}

Part contract_uses() {
    return Part()
        .table<ContractTotals>("contracts.totals")
        .table<ContractUses>("contracts.uses")
        .commands<UseContract>()
        .event<ContractUsed, ContractTotals, ContractUses>();
}

}  // namespace kontor::contracts
