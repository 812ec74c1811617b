// How a document finds its contract, and gets one where there is none.
#include "domain/contracts/contract_defaults.h"

#include "domain/core/catalog.h"
#include "domain/core/ensure.h"

#include <algorithm>

namespace kontor::contracts {

namespace {

// Whether a contract is of the kind, party, counterparty and currency that are wanted.
bool is_of_dealing(const World& world, const CompanyCode& company, const Contract& contract,
                   const ContractWanted& wanted) {
    return contract.kind == wanted.kind &&
           parties::resolved(world, company, contract.party) ==
               parties::resolved(world, company, wanted.party) &&
           parties::resolved(world, company, contract.counterparty) ==
               parties::resolved(world, company, wanted.counterparty);
}

std::string_view name_of(ContractKind kind) {
    return type_of<ContractKind>().choices[static_cast<std::size_t>(kind)].name;
}

// A code that no contract has: "C-1001-EUR-sale", or with a number behind it. A long code of a
// party is cut where a character begins.
ContractCode free_code(const World& world, const CompanyCode& company,
                       const ContractWanted& wanted) {
    constexpr std::size_t longest_party = 40;
    std::string party = wanted.party.text.substr(0, longest_party);
    while (!is_utf8(party) || party.ends_with(' ')) party.pop_back();
    const std::string base =
        party + '-' + std::string(wanted.currency.text()) + '-' + std::string(name_of(wanted.kind));
    ContractCode code{base};
    for (int number = 2; world.of<Contracts>().find({company, code}); ++number)
        code.text = base + '-' + std::to_string(number);
    return code;
}

// The one of two that a document takes which names none.
bool is_before(const Contract& contract, const Contract* other) {
    if (!other) return true;
    if (contract.preferred != other->preferred) return contract.preferred;
    return !contract.by_default && other->by_default;
}

}  // namespace

Objection fault_of_contract(const World& world, const CompanyCode& company,
                            const ContractCode& code, const ContractWanted& wanted) {
    const Contract* contract = world.of<Contracts>().find({company, code});
    if (!contract) return contract_unknown.about(code);
    if (!is_of_dealing(world, company, *contract, wanted))
        return contract_not_of_dealing.about(code, contract->party);
    if (contract->currency != wanted.currency)
        return contract_currency_differs.about(code, contract->currency);
    if (wanted.day && !contract->holds_on(*wanted.day))
        return contract_not_in_force.about(code, *wanted.day);
    return {};
}

ContractChosen contract_for(const World& world, const CompanyCode& company,
                            const ContractWanted& wanted) {
    const Contract* chosen = nullptr;
    ContractCode code;
    for (const parties::PartyCode& party : parties::with_absorbed(world, company, wanted.party))
        for (const auto& [key, listed] : world.of<PartyContracts>().from({company, party, {}})) {
            if (key.company != company || key.party != party) break;
            if (fault_of_contract(world, company, key.contract, wanted)) continue;
            const Contract& contract = *world.of<Contracts>().find({company, key.contract});
            if (!is_before(contract, chosen)) continue;
            chosen = &contract;
            code = key.contract;
        }
    if (chosen) return {code, true};
    return {free_code(world, company, wanted), false};
}

std::int64_t contract_version_on(const World& world, const CompanyCode& company,
                                 const ContractCode& code, Date day) {
    const Contract* contract = world.of<Contracts>().find({company, code});
    if (!contract) return 0;
    std::int64_t found = contract->versions.front().version;
    for (const ContractVersion& each : contract->versions)
        if (each.from <= day) found = each.version;
    return found;
}

const ContractTerms* contract_terms(const World& world, const CompanyCode& company,
                                    const ContractCode& code, std::int64_t version) {
    const Contract* contract = world.of<Contracts>().find({company, code});
    if (!contract) return nullptr;
    const auto found = std::ranges::find(contract->versions, version, &ContractVersion::version);
    return found == contract->versions.end() ? nullptr : &found->terms;
}

const ContractTerms* contract_terms_on(const World& world, const CompanyCode& company,
                                       const ContractCode& code, Date day) {
    return contract_terms(world, company, code, contract_version_on(world, company, code, day));
}

std::optional<Money> credit_limit_of(const World& world, const CompanyCode& company,
                                     const ContractCode& code, Date day) {
    const ContractTerms* terms = contract_terms_on(world, company, code, day);
    return terms ? terms->credit_limit : std::nullopt;
}

Decision<ContractDefaultsSet> decide(const World& world, const SetContractDefaults& set,
                                     const Context&) {
    const auto* books = world.of<companies::Companies>().find(set.company);
    if (!books) return companies::company_unknown.about(set.company);
    ContractTerms terms;
    terms.payment_terms = set.payment_terms;
    terms.credit_limit = set.credit_limit;
    if (Objection fault = fault_of_terms(world, set.company, set.kind, books->base_currency, terms))
        return fault;
    const DefaultTerms* before = world.of<ContractDefaults>().find({set.company, set.kind});
    if (before && *before == DefaultTerms{set.payment_terms, set.credit_limit})
        return contract_defaults_unchanged.about(set.kind);
    return ContractDefaultsSet{set.company, set.kind, set.payment_terms, set.credit_limit};
}

Decision<ContractMade> decide(const World& world, const OpenDefaultContract& open,
                              const Context& context) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    if (world.of<Contracts>().find({open.company, open.contract}))
        return contract_exists.about(open.contract);
    const Date day = open.date.value_or(context.today);
    const Dealing dealing =
        dealing_with(world, open.company, open.kind, open.party, open.counterparty, day);
    if (dealing.fault) return dealing.fault;
    ContractTerms terms;
    if (const DefaultTerms* defaults =
            world.of<ContractDefaults>().find({open.company, open.kind})) {
        terms.payment_terms = defaults->payment_terms;
        terms.credit_limit = defaults->credit_limit;
    }
    if (terms.payment_terms)
        if (Objection fault = fault_of_payment_terms(world, open.company, *terms.payment_terms))
            return std::move(fault).of_what_is_kept();
    return ContractMade{open.company,
                        open.contract,
                        open.kind,
                        open.party,
                        open.counterparty,
                        open.currency,
                        day,
                        {},
                        terms,
                        true,
                        "",
                        {},
                        {}};
}

void evolve(ContractDefaults& defaults, const ContractDefaultsSet& set) {
    defaults.put({set.company, set.kind}, {set.payment_terms, set.credit_limit});
}

Part contract_defaults() {
    return Part()
        .table<ContractDefaults>("contracts.defaults")
        .commands<SetContractDefaults, OpenDefaultContract>()
        .event<ContractDefaultsSet, ContractDefaults>();
}

}  // namespace kontor::contracts
