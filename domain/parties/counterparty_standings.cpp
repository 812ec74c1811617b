// How counterparties are refused, retired and reinstated.
#include "domain/parties/counterparty_standings.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

namespace {

// Why it cannot stand so from the day on; empty when it can.
Objection fault_of_change(const World& world, const CounterpartyKey& key, Standing standing,
                          Date since) {
    if (const Objection fault = fault_of_counterparty(world, key.company, key.counterparty))
        return fault;
    return fault_of_standing(world.of<Counterparties>().find(key)->standings, standing, since);
}

void change(Counterparties& counterparties, const auto& event, Standing standing) {
    counterparties.change({event.company, event.counterparty}, [&](Counterparty& counterparty) {
        change_standing(counterparty.standings, standing, event.since);
    });
}

}  // namespace

Decision<CounterpartyRefused> decide(const World& world, const RefuseCounterparty& refuse,
                                     const Context& context) {
    const Date since = refuse.since.value_or(context.today);
    if (const Objection fault =
            fault_of_change(world, {refuse.company, refuse.counterparty}, Standing::refused, since))
        return fault;
    return CounterpartyRefused{refuse.company, refuse.counterparty, refuse.reason, since};
}

Decision<CounterpartyRetired> decide(const World& world, const RetireCounterparty& retire,
                                     const Context& context) {
    const Date since = retire.since.value_or(context.today);
    if (const Objection fault =
            fault_of_change(world, {retire.company, retire.counterparty}, Standing::former, since))
        return fault;
    return CounterpartyRetired{retire.company, retire.counterparty, retire.reason, since};
}

Decision<CounterpartyReinstated> decide(const World& world, const ReinstateCounterparty& reinstate,
                                        const Context& context) {
    const Date since = reinstate.since.value_or(context.today);
    if (const Objection fault = fault_of_change(world, {reinstate.company, reinstate.counterparty},
                                                Standing::active, since))
        return fault;
    return CounterpartyReinstated{reinstate.company, reinstate.counterparty, reinstate.reason,
                                  since};
}

void evolve(Counterparties& counterparties, const CounterpartyRefused& refused) {
    change(counterparties, refused, Standing::refused);
}

void evolve(Counterparties& counterparties, const CounterpartyRetired& retired) {
    change(counterparties, retired, Standing::former);
}

void evolve(Counterparties& counterparties, const CounterpartyReinstated& reinstated) {
    change(counterparties, reinstated, Standing::active);
}

Part counterparty_standings() {
    return Part()
        .commands<RefuseCounterparty, ReinstateCounterparty, RetireCounterparty>()
        .event<CounterpartyRefused, Counterparties>()
        .event<CounterpartyRetired, Counterparties>()
        .event<CounterpartyReinstated, Counterparties>();
}

}  // namespace kontor::parties
