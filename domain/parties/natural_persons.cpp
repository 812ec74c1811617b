// How persons come to contract, and under which names and numbers.
#include "domain/parties/natural_persons.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

Objection fault_of_natural_person(const World& world, const CompanyCode& company,
                                  const CounterpartyCode& code, const PersonId& person) {
    if (Objection fault = fault_of_counterparty(world, company, code)) return fault;
    const Counterparty& counterparty = *world.of<Counterparties>().find({company, code});
    if (!counterparty.person) return counterparty_is_no_person.about(code);
    if (*counterparty.person != person) return person_differs.about(code, person);
    if (is_erased(world, counterparty)) return person_erased.about(person);
    return {};
}

bool is_erased(const World& world, const Counterparty& counterparty) {
    return counterparty.person && world.of<Persons>().find(*counterparty.person)->erased;
}

Decision<NaturalPersonRegistered> decide(const World& world, const RegisterNaturalPerson& enter,
                                         const Context&) {
    if (!world.of<companies::Companies>().find(enter.company))
        return companies::company_unknown.about(enter.company);
    if (!says_nothing(enter.counterparty.text)) return code_may_name;
    if (world.of<Counterparties>().find({enter.company, enter.counterparty}))
        return counterparty_exists.about(enter.counterparty);
    if (const Objection fault = fault_of_person(world, enter.company, enter.person)) return fault;
    if (!is_country(enter.country.text)) return country_unknown.about(enter.country);
    return NaturalPersonRegistered{enter.company,    enter.counterparty, enter.person,
                                   enter.legal_name, enter.country,      enter.inn,
                                   enter.ogrnip,     enter.vat_number,   enter.tax_number};
}

Decision<NaturalPersonChanged> decide(const World& world, const ChangeNaturalPerson& change,
                                      const Context& context) {
    if (const Objection fault =
            fault_of_natural_person(world, change.company, change.counterparty, change.person))
        return fault;
    if (!change.legal_name && !change.inn && !change.ogrnip && !change.vat_number &&
        !change.tax_number)
        return counterparty_unchanged.about(change.counterparty);
    return NaturalPersonChanged{
        change.company,    change.counterparty, change.person,
        change.legal_name, change.inn,          change.ogrnip,
        change.vat_number, change.tax_number,   change.since.value_or(context.today)};
}

void evolve(Counterparties& counterparties, const NaturalPersonRegistered& registered) {
    Counterparty counterparty;
    counterparty.country = registered.country;
    counterparty.person = registered.person;
    counterparties.put({registered.company, registered.counterparty}, counterparty);
}

Part natural_persons() {
    return Part()
        .commands<RegisterNaturalPerson, ChangeNaturalPerson>()
        .event<NaturalPersonRegistered, Counterparties>()
        .event<NaturalPersonChanged>();
}

}  // namespace kontor::parties
