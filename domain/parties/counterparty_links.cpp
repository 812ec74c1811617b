// How parties and counterparties are linked.
#include "domain/parties/counterparty_links.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

namespace {

bool any_open_link(const World& world, const CompanyCode& company, const PartyCode& party) {
    for (const auto& [key, link] : world.of<CounterpartyLinks>().from({company, party, {}})) {
        if (key.company != company || key.party != party) break;
        if (open_term(link.terms)) return true;
    }
    return false;
}

// Takes the preference from every other counterparty of the party.
void prefer(CounterpartyLinks& links, const CounterpartyLinkKey& preferred) {
    std::vector<CounterpartyLinkKey> before;
    for (const auto& [key, link] : links.from({preferred.company, preferred.party, {}})) {
        if (key.company != preferred.company || key.party != preferred.party) break;
        if (link.preferred) before.push_back(key);
    }
    for (const CounterpartyLinkKey& key : before)
        links.change(key, [](CounterpartyLink& link) { link.preferred = false; });
    links.change(preferred, [](CounterpartyLink& link) { link.preferred = true; });
}

}  // namespace

Decision<CounterpartyLinked> decide(const World& world, const LinkCounterparty& command,
                                    const Context& context) {
    if (const Objection fault = fault_of_party(world, command.company, command.party)) return fault;
    if (const Objection fault = fault_of_counterparty(world, command.company, command.counterparty))
        return fault;
    const Date since = command.since.value_or(context.today);
    const CounterpartyLink* link =
        world.of<CounterpartyLinks>().find({command.company, command.party, command.counterparty});
    if (link && taken_from(link->terms, since))
        return link_stands.about(command.party, command.counterparty);
    const bool first = !any_open_link(world, command.company, command.party);
    return CounterpartyLinked{command.company, command.party, command.counterparty, since,
                              command.preferred || first};
}

Decision<CounterpartyPreferred> decide(const World& world, const PreferCounterparty& command,
                                       const Context&) {
    if (const Objection fault = fault_of_party(world, command.company, command.party)) return fault;
    const CounterpartyLink* link =
        world.of<CounterpartyLinks>().find({command.company, command.party, command.counterparty});
    if (!link || !open_term(link->terms))
        return link_unknown.about(command.party, command.counterparty);
    if (link->preferred) return link_preferred.about(command.counterparty);
    return CounterpartyPreferred{command.company, command.party, command.counterparty};
}

Decision<CounterpartyUnlinked> decide(const World& world, const UnlinkCounterparty& command,
                                      const Context& context) {
    if (const Objection fault = fault_of_party(world, command.company, command.party)) return fault;
    const CounterpartyLink* link =
        world.of<CounterpartyLinks>().find({command.company, command.party, command.counterparty});
    const Term* open = link ? open_term(link->terms) : nullptr;
    if (!open) return link_unknown.about(command.party, command.counterparty);
    const Date until = command.until.value_or(context.today);
    if (until < open->since) return end_before_beginning.about(open->since);
    return CounterpartyUnlinked{command.company, command.party, command.counterparty, until};
}

void evolve(CounterpartyLinks& links, const CounterpartyLinked& linked) {
    const CounterpartyLinkKey key{linked.company, linked.party, linked.counterparty};
    if (!links.find(key)) links.put(key, {});
    links.change(key, [&](CounterpartyLink& link) { link.terms.push_back({linked.since, {}}); });
    if (linked.preferred) prefer(links, key);
}

void evolve(CounterpartyLinks& links, const CounterpartyPreferred& preferred) {
    prefer(links, {preferred.company, preferred.party, preferred.counterparty});
}

void evolve(CounterpartyLinks& links, const CounterpartyUnlinked& unlinked) {
    links.change({unlinked.company, unlinked.party, unlinked.counterparty},
                 [&](CounterpartyLink& link) { end_term(link.terms, unlinked.until); });
}

Part counterparty_links() {
    return Part()
        .table<CounterpartyLinks>("parties.counterparty_links")
        .commands<LinkCounterparty, PreferCounterparty, UnlinkCounterparty>()
        .event<CounterpartyLinked, CounterpartyLinks>()
        .event<CounterpartyPreferred, CounterpartyLinks>()
        .event<CounterpartyUnlinked, CounterpartyLinks>();
}

}  // namespace kontor::parties
