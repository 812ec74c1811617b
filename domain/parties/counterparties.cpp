// How counterparties are registered and changed, and their numbers checked.
#include "domain/parties/counterparties.h"

#include "domain/core/catalog.h"
#include "domain/parties/party_roles.h"

#include <algorithm>

namespace kontor::parties {

namespace {

EntityNumber as_kept(const GivenNumber& given, const CountryCode& seat) {
    const CountryCode country = given.country.value_or(seat);
    return {given.kind, country, number_of(given.kind, country, given.number), given.since, {}};
}

// What is refused is kept in the log. So the objection leaves out the number, which may be a
// person's.
Objection fault_of_given(const EntityNumber& number, const std::vector<EntityNumber>& known) {
    if (!is_country(number.country.text)) return country_unknown.about(number.country);
    const std::string fault = fault_of_number(number.kind, number.country, number.number);
    if (!fault.empty()) return number_malformed.about(number.kind, fault);
    if (is_number_of_person(number.kind, number.country, number.number))
        return number_of_person.about(number.kind);
    for (const EntityNumber& other : known)
        if (other.is(number.kind, number.country, number.number))
            return number_exists.about(number.kind, number.number);
    return {};
}

// The number that a command names; null when the counterparty has none such.
const EntityNumber* named(const Counterparty& counterparty, const auto& command) {
    const CountryCode country = command.country.value_or(counterparty.country);
    const std::string number = number_of(command.kind, country, command.number);
    const auto found = std::ranges::find_if(counterparty.numbers, [&](const EntityNumber& each) {
        return each.is(command.kind, country, number);
    });
    return found == counterparty.numbers.end() ? nullptr : &*found;
}

}  // namespace

Objection fault_of_counterparty(const World& world, const CompanyCode& company,
                                const CounterpartyCode& code) {
    const Counterparty* counterparty = world.of<Counterparties>().find({company, code});
    if (!counterparty) return counterparty_unknown.about(code);
    if (counterparty->merged_into)
        return counterparty_merged.about(code, *counterparty->merged_into);
    return {};
}

Objection fault_of_legal_entity(const World& world, const CompanyCode& company,
                                const CounterpartyCode& code) {
    if (Objection fault = fault_of_counterparty(world, company, code)) return fault;
    if (world.of<Counterparties>().find({company, code})->person)
        return counterparty_is_person.about(code);
    return {};
}

const EntityNumber* number_on(const Counterparty& counterparty, NumberKind kind,
                              const CountryCode& country, Date day) {
    for (const EntityNumber& number : counterparty.numbers)
        if (number.kind == kind && number.country == country && number.covers(day)) return &number;
    return nullptr;
}

Decision<CounterpartyRegistered> decide(const World& world, const RegisterCounterparty& enter,
                                        const Context&) {
    if (!world.of<companies::Companies>().find(enter.company))
        return companies::company_unknown.about(enter.company);
    if (world.of<Counterparties>().find({enter.company, enter.counterparty}))
        return counterparty_exists.about(enter.counterparty);
    if (!is_country(enter.country.text)) return country_unknown.about(enter.country);
    std::vector<EntityNumber> numbers;
    for (const GivenNumber& given : enter.numbers) {
        EntityNumber number = as_kept(given, enter.country);
        if (Objection fault = fault_of_given(number, numbers))
            return std::move(fault).at("numbers", numbers.size());
        numbers.push_back(std::move(number));
    }
    return CounterpartyRegistered{enter.company,    enter.counterparty, enter.legal_name,
                                  enter.legal_form, enter.country,      std::move(numbers)};
}

Decision<CounterpartyChanged> decide(const World& world, const ChangeCounterparty& change,
                                     const Context& context) {
    if (const Objection fault = fault_of_legal_entity(world, change.company, change.counterparty))
        return fault;
    if (!change.legal_name && !change.legal_form)
        return counterparty_unchanged.about(change.counterparty);
    return CounterpartyChanged{change.company, change.counterparty, change.legal_name,
                               change.legal_form, change.since.value_or(context.today)};
}

Decision<CounterpartyNumberAdded> decide(const World& world, const AddCounterpartyNumber& add,
                                         const Context&) {
    if (const Objection fault = fault_of_legal_entity(world, add.company, add.counterparty))
        return fault;
    const Counterparty& known = *world.of<Counterparties>().find({add.company, add.counterparty});
    EntityNumber number = as_kept(add.number, known.country);
    if (const Objection fault = fault_of_given(number, known.numbers)) return fault;
    return CounterpartyNumberAdded{add.company, add.counterparty, std::move(number)};
}

Decision<CounterpartyNumberEnded> decide(const World& world, const EndCounterpartyNumber& end,
                                         const Context& context) {
    if (const Objection fault = fault_of_counterparty(world, end.company, end.counterparty))
        return fault;
    const EntityNumber* number =
        named(*world.of<Counterparties>().find({end.company, end.counterparty}), end);
    if (!number) return number_unknown.about(end.kind);
    if (number->until) return number_ended.about(end.kind, end.number, *number->until);
    const Date until = end.until.value_or(context.today);
    if (number->since && until < *number->since) return end_before_beginning.about(*number->since);
    return CounterpartyNumberEnded{end.company,     end.counterparty, number->kind,
                                   number->country, number->number,   until};
}

Decision<CounterpartyNumberRemoved> decide(const World& world,
                                           const RemoveCounterpartyNumber& remove, const Context&) {
    if (const Objection fault = fault_of_counterparty(world, remove.company, remove.counterparty))
        return fault;
    const EntityNumber* number =
        named(*world.of<Counterparties>().find({remove.company, remove.counterparty}), remove);
    if (!number) return number_unknown.about(remove.kind);
    return CounterpartyNumberRemoved{remove.company, remove.counterparty, number->kind,
                                     number->country, number->number};
}

void evolve(Counterparties& counterparties, const CounterpartyRegistered& registered) {
    counterparties.put({registered.company, registered.counterparty},
                       {registered.country, registered.numbers, {}, {}, {}});
}

void evolve(Counterparties& counterparties, const CounterpartyNumberAdded& added) {
    counterparties.change({added.company, added.counterparty}, [&](Counterparty& counterparty) {
        counterparty.numbers.push_back(added.number);
    });
}

void evolve(Counterparties& counterparties, const CounterpartyNumberEnded& ended) {
    counterparties.change({ended.company, ended.counterparty}, [&](Counterparty& counterparty) {
        for (EntityNumber& number : counterparty.numbers)
            if (number.is(ended.kind, ended.country, ended.number)) number.until = ended.until;
    });
}

void evolve(Counterparties& counterparties, const CounterpartyNumberRemoved& removed) {
    counterparties.change({removed.company, removed.counterparty}, [&](Counterparty& counterparty) {
        std::erase_if(counterparty.numbers, [&](const EntityNumber& number) {
            return number.is(removed.kind, removed.country, removed.number);
        });
    });
}

Part counterparties() {
    return Part()
        .table<Counterparties>("parties.counterparties")
        .commands<RegisterCounterparty, ChangeCounterparty, AddCounterpartyNumber,
                  EndCounterpartyNumber, RemoveCounterpartyNumber>()
        .event<CounterpartyRegistered, Counterparties>()
        .event<CounterpartyChanged>()
        .event<CounterpartyNumberAdded, Counterparties>()
        .event<CounterpartyNumberEnded, Counterparties>()
        .event<CounterpartyNumberRemoved, Counterparties>();
}

}  // namespace kontor::parties
