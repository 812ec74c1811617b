// How contracts are made, amended, ended, extended, signed and preferred.
#include "domain/contracts/agreements.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::contracts {

namespace {

using parties::PartyRole;

// Any of these roles lets a party have a contract of the kind; the first is asked for.
std::vector<PartyRole> roles_for(ContractKind kind) {
    switch (kind) {
        case ContractKind::sale: return {PartyRole::customer};
        case ContractKind::purchase: return {PartyRole::supplier, PartyRole::carrier};
        case ContractKind::agency: return {PartyRole::customer, PartyRole::supplier};
    }
    return {PartyRole::customer};
}

Objection fault_of_party_for(const World& world, const CompanyCode& company, ContractKind kind,
                             const parties::PartyCode& party, Date day) {
    Objection first;
    for (const PartyRole role : roles_for(kind)) {
        Objection fault = parties::fault_of_dealing(world, company, party, role, day);
        if (!fault) return {};
        if (!first) first = std::move(fault);
    }
    return first;
}

const ContractVersion& version_on(const Contract& contract, Date day) {
    const ContractVersion* found = &contract.versions.front();
    for (const ContractVersion& each : contract.versions)
        if (each.from <= day) found = &each;
    return *found;
}

// The contract that is preferred to others of the same kind with the same.
std::optional<ContractCode> preferred_beside(const World& world, const CompanyCode& company,
                                             ContractKind kind, const parties::PartyCode& party,
                                             const parties::CounterpartyCode& counterparty,
                                             Currency currency) {
    for (const auto& [key, listed] : world.of<PartyContracts>().from({company, party, {}})) {
        if (key.company != company || key.party != party) break;
        if (listed.kind != kind) continue;
        const Contract& contract = *world.of<Contracts>().find({company, key.contract});
        if (contract.preferred && contract.counterparty == counterparty &&
            contract.currency == currency)
            return key.contract;
    }
    return std::nullopt;
}

}  // namespace

Objection fault_of_terms(const World& world, const CompanyCode& company, ContractKind kind,
                         Currency currency, const ContractTerms& terms,
                         const ContractTerms* before) {
    if (terms.payment_terms && !(before && before->payment_terms == terms.payment_terms))
        if (Objection fault = fault_of_payment_terms(world, company, *terms.payment_terms))
            return fault;
    if (terms.credit_limit) {
        const auto& books = *world.of<companies::Companies>().find(company);
        const Currency of = terms.credit_limit->currency;
        if (terms.credit_limit->minor < 0 || (of != currency && of != books.base_currency))
            return credit_limit_unfit.about(*terms.credit_limit);
    }
    if (terms.ceiling && (terms.ceiling->minor <= 0 || terms.ceiling->currency != currency))
        return ceiling_unfit.about(*terms.ceiling);
    if (terms.commission && (kind != ContractKind::agency || terms.commission->units <= 0 ||
                             terms.commission->units > 100'000'000))
        return commission_unfit.about(kind);
    return {};
}

Dealing dealing_with(const World& world, const CompanyCode& company, ContractKind kind,
                     const parties::PartyCode& party,
                     const std::optional<parties::CounterpartyCode>& named, Date day) {
    if (Objection fault = fault_of_party_for(world, company, kind, party, day))
        return {{}, std::move(fault)};
    const auto chosen = named ? named : parties::default_counterparty(world, company, party, day);
    if (!chosen) return {{}, counterparty_missing.about(party, day)};
    return {*chosen, parties::fault_of_serving(world, company, party, *chosen, day)};
}

Decision<ContractMade, ContractPreferred> decide(const World& world, const MakeContract& make,
                                                 const Context& context) {
    if (!world.of<companies::Companies>().find(make.company))
        return companies::company_unknown.about(make.company);
    if (world.of<Contracts>().find({make.company, make.contract}))
        return contract_exists.about(make.contract);
    const Date since = make.since.value_or(context.today);
    if (make.until && *make.until < since)
        return parties::end_before_beginning.about(since, *make.until);
    Dealing dealing =
        dealing_with(world, make.company, make.kind, make.party, make.counterparty, since);
    if (dealing.fault) return dealing.fault;
    if (Objection fault = fault_of_terms(world, make.company, make.kind, make.currency, make.terms))
        return fault;
    Decision<ContractMade, ContractPreferred> made{ContractMade{
        make.company, make.contract, make.kind, make.party, dealing.counterparty, make.currency,
        since, make.until, make.terms, false, make.name, make.reference, make.signed_on}};
    if (make.preferred)
        made.add(ContractPreferred{make.company, make.contract,
                                   preferred_beside(world, make.company, make.kind, make.party,
                                                    dealing.counterparty, make.currency)});
    return made;
}

Decision<ContractAmended> decide(const World& world, const AmendContract& amend,
                                 const Context& context) {
    const Contract* contract = world.of<Contracts>().find({amend.company, amend.contract});
    if (!contract) return contract_unknown.about(amend.contract);
    const Date from = amend.from.value_or(context.today);
    if (!contract->holds_on(from)) return contract_not_in_force.about(amend.contract, from);
    const ContractTerms& before = version_on(*contract, from).terms;
    if (Objection fault = fault_of_terms(world, amend.company, contract->kind, contract->currency,
                                         amend.terms, &before))
        return fault;
    if (amend.terms == before) return contract_unchanged.about(amend.contract, from);
    return ContractAmended{amend.company,
                           amend.contract,
                           static_cast<std::int64_t>(contract->versions.size()) + 1,
                           from,
                           amend.terms,
                           amend.because,
                           amend.reference,
                           amend.signed_on};
}

Decision<ContractEnded> decide(const World& world, const EndContract& end, const Context& context) {
    const Contract* contract = world.of<Contracts>().find({end.company, end.contract});
    if (!contract) return contract_unknown.about(end.contract);
    const Date until = end.until.value_or(context.today);
    if (!contract->by_default && until < contract->since)
        return parties::end_before_beginning.about(contract->since, until);
    if (contract->until && *contract->until <= until)
        return contract_ends_earlier.about(end.contract, *contract->until);
    return ContractEnded{end.company, end.contract, until, end.because};
}

Decision<ContractExtended> decide(const World& world, const ExtendContract& extend,
                                  const Context&) {
    const Contract* contract = world.of<Contracts>().find({extend.company, extend.contract});
    if (!contract) return contract_unknown.about(extend.contract);
    if (!contract->until || (extend.until && *extend.until <= *contract->until))
        return contract_not_longer.about(extend.contract);
    return ContractExtended{extend.company, extend.contract, extend.until, extend.because};
}

Decision<ContractSigned> decide(const World& world, const SignContract& sign,
                                const Context& context) {
    const Contract* contract = world.of<Contracts>().find({sign.company, sign.contract});
    if (!contract) return contract_unknown.about(sign.contract);
    if (contract->is_signed) return contract_signed.about(sign.contract);
    return ContractSigned{sign.company, sign.contract, sign.signed_on.value_or(context.today),
                          sign.reference};
}

Decision<ContractRenamed> decide(const World& world, const RenameContract& rename, const Context&) {
    if (!world.of<Contracts>().find({rename.company, rename.contract}))
        return contract_unknown.about(rename.contract);
    return ContractRenamed{rename.company, rename.contract, rename.name};
}

Decision<ContractPreferred> decide(const World& world, const PreferContract& prefer,
                                   const Context&) {
    const Contract* contract = world.of<Contracts>().find({prefer.company, prefer.contract});
    if (!contract) return contract_unknown.about(prefer.contract);
    if (contract->preferred) return contract_preferred.about(prefer.contract);
    return ContractPreferred{
        prefer.company, prefer.contract,
        preferred_beside(world, prefer.company, contract->kind, contract->party,
                         contract->counterparty, contract->currency)};
}

void evolve(Contracts& contracts, const ContractMade& made) {
    contracts.put({made.company, made.contract},
                  {made.kind,
                   made.party,
                   made.counterparty,
                   made.currency,
                   made.since,
                   made.until,
                   made.by_default,
                   false,
                   made.signed_on.has_value(),
                   {{1, made.by_default ? first_date : made.since, made.terms}}});
}

void evolve(Contracts& contracts, const ContractAmended& amended) {
    contracts.change({amended.company, amended.contract}, [&](Contract& contract) {
        auto& versions = contract.versions;
        const auto after = std::ranges::find_if(
            versions, [&](const ContractVersion& each) { return amended.from < each.from; });
        versions.insert(after, {amended.version, amended.from, amended.terms});
    });
}

void evolve(Contracts& contracts, const ContractEnded& ended) {
    contracts.change({ended.company, ended.contract},
                     [&](Contract& contract) { contract.until = ended.until; });
}

void evolve(Contracts& contracts, const ContractExtended& extended) {
    contracts.change({extended.company, extended.contract},
                     [&](Contract& contract) { contract.until = extended.until; });
}

void evolve(Contracts& contracts, const ContractSigned& signed_) {
    contracts.change({signed_.company, signed_.contract},
                     [](Contract& contract) { contract.is_signed = true; });
}

void evolve(Contracts& contracts, const ContractPreferred& preferred) {
    if (preferred.instead_of)
        contracts.change({preferred.company, *preferred.instead_of},
                         [](Contract& contract) { contract.preferred = false; });
    contracts.change({preferred.company, preferred.contract},
                     [](Contract& contract) { contract.preferred = true; });
}

void evolve(PartyContracts& contracts, const ContractMade& made) {
    contracts.put({made.company, made.party, made.contract}, {made.kind});
}

Part agreements() {
    return Part()
        .table<Contracts>("contracts.contracts")
        .table<PartyContracts>("contracts.of_parties")
        .commands<MakeContract, AmendContract, EndContract, ExtendContract, SignContract,
                  RenameContract, PreferContract>()
        .event<ContractMade, Contracts, PartyContracts>()
        .event<ContractAmended, Contracts>()
        .event<ContractEnded, Contracts>()
        .event<ContractExtended, Contracts>()
        .event<ContractSigned, Contracts>()
        .event<ContractRenamed>()
        .event<ContractPreferred, Contracts>();
}

}  // namespace kontor::contracts
