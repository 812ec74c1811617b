// How addresses come, move and go, and which is taken for a purpose.
#include "domain/parties/addresses.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

#include <algorithm>

namespace kontor::parties {

namespace {

// The counterparty's addresses, one after the other, until the callback says false.
void each_address(const World& world, const CompanyCode& company, const CounterpartyCode& code,
                  const auto& call) {
    for (const auto& [key, address] : world.of<Addresses>().from({company, code, {}})) {
        if (key.company != company || key.counterparty != code) return;
        if (!call(address)) return;
    }
}

// Why a command cannot be about the address; empty when it can.
Objection fault_of_address(const World& world, const AddressKey& key) {
    if (const Objection fault = fault_of_counterparty(world, key.company, key.counterparty))
        return fault;
    const Address* address = world.of<Addresses>().find(key);
    if (!address) return address_unknown.about(key.address);
    if (address->term.until) return address_ended.about(key.address, *address->term.until);
    return {};
}

}  // namespace

bool is_for(const Address& address, AddressPurpose purpose) {
    return std::ranges::find(address.purposes, purpose) != address.purposes.end();
}

CountryCode country_on(const Address& address, Date day) {
    CountryCode country = address.countries.front().country;
    Date newest = address.countries.front().since;
    for (const CountrySince& each : address.countries) {
        if (each.since > day || each.since < newest) continue;
        country = each.country;
        newest = each.since;
    }
    return country;
}

std::vector<AddressPurpose> purposes_unserved(const World& world, const CompanyCode& company,
                                              const CounterpartyCode& counterparty,
                                              std::vector<AddressPurpose> purposes) {
    each_address(world, company, counterparty, [&](const Address& other) {
        std::erase_if(purposes, [&](AddressPurpose purpose) {
            return !other.term.until && is_for(other, purpose);
        });
        return true;
    });
    return purposes;
}

Decision<AddressAdded> decide(const World& world, const AddAddress& add, const Context& context) {
    if (const Objection fault = fault_of_legal_entity(world, add.company, add.counterparty))
        return fault;
    if (world.of<Addresses>().find({add.company, add.counterparty, add.address}))
        return address_exists.about(add.address);
    if (!is_country(add.postal.country.text)) return country_unknown.about(add.postal.country);
    AddressAdded added{add.company, add.counterparty,
                       add.address, sorted_once(add.purposes),
                       add.postal,  add.since.value_or(context.today),
                       {}};
    added.preferred_for = purposes_unserved(world, add.company, add.counterparty, added.purposes);
    return added;
}

Decision<AddressChanged> decide(const World& world, const ChangeAddress& change,
                                const Context& context) {
    if (const Objection fault = fault_of_legal_entity(world, change.company, change.counterparty))
        return fault;
    if (const Objection fault =
            fault_of_address(world, {change.company, change.counterparty, change.address}))
        return fault;
    if (!is_country(change.postal.country.text))
        return country_unknown.about(change.postal.country);
    return AddressChanged{change.company, change.counterparty,
                          change.address, sorted_once(change.purposes),
                          change.postal,  change.since.value_or(context.today)};
}

Decision<AddressPreferred> decide(const World& world, const PreferAddress& prefer, const Context&) {
    const AddressKey key{prefer.company, prefer.counterparty, prefer.address};
    if (const Objection fault = fault_of_address(world, key)) return fault;
    if (!is_for(*world.of<Addresses>().find(key), prefer.purpose))
        return address_not_for.about(prefer.address, prefer.purpose);
    return AddressPreferred{prefer.company, prefer.counterparty, prefer.address, prefer.purpose};
}

Decision<AddressEnded> decide(const World& world, const EndAddress& end, const Context& context) {
    const AddressKey key{end.company, end.counterparty, end.address};
    if (const Objection fault = fault_of_address(world, key)) return fault;
    const Date until = end.until.value_or(context.today);
    const Date since = world.of<Addresses>().find(key)->term.since;
    if (until < since) return end_before_beginning.about(since);
    return AddressEnded{end.company, end.counterparty, end.address, until};
}

void evolve(Addresses& addresses, const AddressAdded& added) {
    addresses.put({added.company, added.counterparty, added.address},
                  {added.purposes,
                   added.preferred_for,
                   {{added.since, added.postal.country}},
                   {added.since, {}}});
}

void evolve(Addresses& addresses, const AddressChanged& changed) {
    addresses.change({changed.company, changed.counterparty, changed.address},
                     [&](Address& address) {
                         address.purposes = changed.purposes;
                         address.countries.push_back({changed.since, changed.postal.country});
                         address.term.since = std::min(address.term.since, changed.since);
                     });
}

void evolve(Addresses& addresses, const AddressPreferred& preferred) {
    std::vector<AddressKey> keys;
    for (const auto& [key, address] :
         addresses.from({preferred.company, preferred.counterparty, {}})) {
        if (key.company != preferred.company || key.counterparty != preferred.counterparty) break;
        const bool has = std::ranges::find(address.preferred_for, preferred.purpose) !=
                         address.preferred_for.end();
        if (has != (key.address == preferred.address)) keys.push_back(key);
    }
    for (const AddressKey& key : keys)
        addresses.change(key, [&](Address& address) {
            std::erase(address.preferred_for, preferred.purpose);
            if (key.address == preferred.address)
                address.preferred_for.push_back(preferred.purpose);
        });
}

void evolve(Addresses& addresses, const AddressEnded& ended) {
    addresses.change({ended.company, ended.counterparty, ended.address},
                     [&](Address& address) { address.term.until = ended.until; });
}

Part addresses() {
    return Part()
        .table<Addresses>("parties.addresses")
        .commands<AddAddress, ChangeAddress, PreferAddress, EndAddress>()
        .event<AddressAdded, Addresses>()
        .event<AddressChanged, Addresses>()
        .event<AddressPreferred, Addresses>()
        .event<AddressEnded, Addresses>();
}

}  // namespace kontor::parties
