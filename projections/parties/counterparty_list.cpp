// How legal entities are listed and shown.
#include "projections/parties/counterparty_list.h"

#include "projections/parties/at_corner.h"
#include "projections/parties/duplicate_pairs.h"
#include "projections/parties/party_list.h"
#include "projections/parties/words.h"

namespace kontor::parties {

namespace {

std::string in_words(const EntityNumber& number) {
    const std::string kind(type_of<NumberKind>().choices[std::size_t(number.kind)].name);
    // A VAT number, an LEI and an EORI name their country themselves, or none.
    const bool by_country = number.kind == NumberKind::tax || number.kind == NumberKind::kpp ||
                            number.kind == NumberKind::registration ||
                            number.kind == NumberKind::other;
    return kind + " " + (by_country ? number.country.text + " " : "") + number.number;
}

ListedAddress listed(const KnownAddress& address, const PostalSince& written,
                     const KnownCounterparty& counterparty) {
    ListedAddress row;
    row.counterparty = address.counterparty;
    row.address = address.address;
    row.purposes = written.purposes;
    for (const PreferredAddress& each : counterparty.addresses)
        if (each.address == address.address) row.preferred_for.push_back(each.purpose);
    row.lines = written.postal.lines;
    row.postal_code = written.postal.postal_code;
    row.city = written.postal.city;
    row.region = written.postal.region;
    row.country = written.postal.country;
    row.since = address.term.since;
    row.until = address.term.until;
    row.person = counterparty.person;
    row.personal = written.personal;
    return row;
}

ListedBankAccount listed(const KnownAccount& account, const KnownCounterparty& counterparty) {
    const AccountDetails& details = account.details;
    ListedBankAccount row{account.counterparty,
                          account.bank_account,
                          details.currency,
                          details.iban,
                          details.bic,
                          details.account_number,
                          details.bank_code,
                          details.correspondent_account,
                          details.country,
                          details.bank_name,
                          {},
                          account.term.since,
                          account.term.until,
                          counterparty.person,
                          account.personal_number,
                          account.awaits_confirmation};
    for (const PreferredAccount& each : counterparty.accounts)
        if (each.bank_account == account.bank_account) row.preferred_for.push_back(each.currency);
    return row;
}

// Where the lists of a company or of one of its counterparties begin.
std::string beginning(const CompanyCode& company, const std::optional<CounterpartyCode>& code) {
    return ordered_key(company) + (code ? ordered_key(*code) : std::string());
}

NameSince name_at(const KnownCounterparty& counterparty, const Corner& corner) {
    const NameSince* name = newest(counterparty.names, corner);
    return name ? *name : counterparty.names.front();
}

}  // namespace

std::vector<std::string> compared_numbers(const KnownCounterparty& counterparty) {
    std::vector<std::string> numbers;
    for (const EntityNumber& number : counterparty.numbers)
        if (number.kind == NumberKind::vat || number.kind == NumberKind::tax ||
            number.kind == NumberKind::lei || number.kind == NumberKind::eori ||
            (number.kind == NumberKind::registration && number.country.text == "RU"))
            numbers.push_back(in_words(number));
    return numbers;
}

std::vector<std::string> branches_of(const KnownCounterparty& counterparty) {
    std::vector<std::string> branches;
    for (const EntityNumber& number : counterparty.numbers)
        if (number.kind == NumberKind::kpp) branches.push_back(number.number);
    return branches;
}

void CounterpartyModel::on(const CounterpartyRegistered& registered, const Recorded& recorded) {
    KnownCounterparty counterparty;
    counterparty.counterparty = registered.counterparty;
    counterparty.names = {{first_date, registered.legal_name, registered.legal_form}};
    counterparty.country = registered.country;
    counterparty.numbers = registered.numbers;
    counterparties_.put(recorded, {registered.company, registered.counterparty}, first_date,
                        counterparty);
}

void CounterpartyModel::on(const CounterpartyChanged& changed, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {changed.company, changed.counterparty}, [&](KnownCounterparty& counterparty) {
            NameSince name = name_at(counterparty, {changed.since});
            name.since = changed.since;
            name.legal_name = changed.legal_name.value_or(name.legal_name);
            name.legal_form = changed.legal_form.value_or(name.legal_form);
            counterparty.names.push_back(name);
        });
}

void CounterpartyModel::on(const CounterpartyNumberAdded& added, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {added.company, added.counterparty},
        [&](KnownCounterparty& counterparty) { counterparty.numbers.push_back(added.number); });
}

void CounterpartyModel::on(const CounterpartyNumberEnded& ended, const Recorded& recorded) {
    counterparties_.change_always(recorded, {ended.company, ended.counterparty},
                                  [&](KnownCounterparty& counterparty) {
                                      for (EntityNumber& number : counterparty.numbers)
                                          if (number.is(ended.kind, ended.country, ended.number))
                                              number.until = ended.until;
                                  });
}

void CounterpartyModel::on(const CounterpartyNumberRemoved& removed, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {removed.company, removed.counterparty}, [&](KnownCounterparty& counterparty) {
            std::erase_if(counterparty.numbers, [&](const EntityNumber& number) {
                return number.is(removed.kind, removed.country, removed.number);
            });
        });
}

void CounterpartyModel::stand(const auto& event, Standing standing,
                              const Recorded& recorded) const {
    counterparties_.change_always(
        recorded, {event.company, event.counterparty}, [&](KnownCounterparty& counterparty) {
            counterparty.standings.push_back({event.since, standing, event.reason});
        });
}

void CounterpartyModel::on(const CounterpartyRefused& refused, const Recorded& recorded) {
    stand(refused, Standing::refused, recorded);
}

void CounterpartyModel::on(const CounterpartyRetired& retired, const Recorded& recorded) {
    stand(retired, Standing::former, recorded);
}

void CounterpartyModel::on(const CounterpartyReinstated& reinstated, const Recorded& recorded) {
    stand(reinstated, Standing::active, recorded);
}

void CounterpartyModel::on(const CounterpartiesMerged& merged, const Recorded& recorded) {
    counterparties_.change_always(recorded, {merged.company, merged.counterparty},
                                  [&](KnownCounterparty& counterparty) {
                                      counterparty.merged_into = merged.into;
                                      counterparty.merge_reason = merged.reason;
                                  });
    counterparties_.change_always(recorded, {merged.company, merged.into},
                                  [&](KnownCounterparty& counterparty) {
                                      counterparty.absorbed.push_back(merged.counterparty);
                                  });
}

void CounterpartyModel::on(const CounterpartyMergeUndone& undone, const Recorded& recorded) {
    counterparties_.change_always(recorded, {undone.company, undone.counterparty},
                                  [&](KnownCounterparty& counterparty) {
                                      counterparty.merged_into = {};
                                      counterparty.merge_reason = undone.reason;
                                  });
    counterparties_.change_always(recorded, {undone.company, undone.into},
                                  [&](KnownCounterparty& counterparty) {
                                      std::erase(counterparty.absorbed, undone.counterparty);
                                  });
}

void CounterpartyModel::on(const NaturalPersonRegistered& registered, const Recorded& recorded) {
    KnownCounterparty counterparty;
    counterparty.counterparty = registered.counterparty;
    counterparty.names = {{first_date, {}, {}, registered.legal_name}};
    counterparty.country = registered.country;
    counterparty.person = registered.person;
    counterparty.personal_numbers = PersonalNumbers{registered.inn, registered.ogrnip,
                                                    registered.vat_number, registered.tax_number};
    counterparties_.put(recorded, {registered.company, registered.counterparty}, first_date,
                        counterparty);
}

void CounterpartyModel::on(const NaturalPersonChanged& changed, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {changed.company, changed.counterparty}, [&](KnownCounterparty& counterparty) {
            if (changed.legal_name)
                counterparty.names.push_back({changed.since, {}, {}, changed.legal_name});
            PersonalNumbers& numbers = *counterparty.personal_numbers;
            if (changed.inn) numbers.inn = changed.inn;
            if (changed.ogrnip) numbers.ogrnip = changed.ogrnip;
            if (changed.vat_number) numbers.vat_number = changed.vat_number;
            if (changed.tax_number) numbers.tax_number = changed.tax_number;
        });
}

void CounterpartyModel::add(const auto& event, const KnownAddress& address,
                            const Recorded& recorded) const {
    addresses_.put(recorded, {event.company, event.counterparty, event.address}, first_date,
                   address);
    if (event.preferred_for.empty()) return;
    counterparties_.change_always(
        recorded, {event.company, event.counterparty}, [&](KnownCounterparty& counterparty) {
            for (const AddressPurpose purpose : event.preferred_for)
                counterparty.addresses.push_back({purpose, event.address});
        });
}

void CounterpartyModel::on(const AddressAdded& added, const Recorded& recorded) {
    add(added,
        KnownAddress{added.counterparty,
                     added.address,
                     {{added.since, added.purposes, added.postal}},
                     {added.since, {}}},
        recorded);
}

void CounterpartyModel::on(const PersonalAddressAdded& added, const Recorded& recorded) {
    PostalSince written{added.since, added.purposes, {}};
    written.postal.country = added.country;
    written.personal = PersonalPostal{added.lines, added.postal_code, added.city, added.region};
    add(added, KnownAddress{added.counterparty, added.address, {written}, {added.since, {}}},
        recorded);
}

void CounterpartyModel::on(const AddressChanged& changed, const Recorded& recorded) {
    addresses_.change_always(
        recorded, {changed.company, changed.counterparty, changed.address},
        [&](KnownAddress& address) {
            address.written.push_back({changed.since, changed.purposes, changed.postal});
            address.term.since = std::min(address.term.since, changed.since);
        });
}

void CounterpartyModel::on(const AddressPreferred& preferred, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {preferred.company, preferred.counterparty},
        [&](KnownCounterparty& counterparty) {
            std::erase_if(counterparty.addresses, [&](const PreferredAddress& each) {
                return each.purpose == preferred.purpose;
            });
            counterparty.addresses.push_back({preferred.purpose, preferred.address});
        });
}

void CounterpartyModel::on(const AddressEnded& ended, const Recorded& recorded) {
    addresses_.change_always(recorded, {ended.company, ended.counterparty, ended.address},
                             [&](KnownAddress& address) { address.term.until = ended.until; });
}

void CounterpartyModel::add(const auto& event, const KnownAccount& account,
                            const Recorded& recorded) const {
    accounts_.put(recorded, {event.company, event.counterparty, event.bank_account}, first_date,
                  account);
    if (event.preferred_for.empty()) return;
    counterparties_.change_always(
        recorded, {event.company, event.counterparty}, [&](KnownCounterparty& counterparty) {
            for (const Currency currency : event.preferred_for)
                counterparty.accounts.push_back({currency, event.bank_account});
        });
}

void CounterpartyModel::on(const BankAccountAdded& added, const Recorded& recorded) {
    add(added,
        KnownAccount{added.counterparty,
                     added.bank_account,
                     added.details,
                     {added.since, {}},
                     std::nullopt,
                     added.awaits_confirmation},
        recorded);
}

void CounterpartyModel::on(const PersonalAccountAdded& added, const Recorded& recorded) {
    add(added,
        KnownAccount{added.counterparty,
                     added.bank_account,
                     added.bank,
                     {added.since, {}},
                     added.number,
                     added.awaits_confirmation},
        recorded);
}

void CounterpartyModel::on(const BankAccountConfirmed& confirmed, const Recorded& recorded) {
    accounts_.change_always(recorded,
                            {confirmed.company, confirmed.counterparty, confirmed.bank_account},
                            [](KnownAccount& account) { account.awaits_confirmation = false; });
}

void CounterpartyModel::on(const BankAccountPreferred& preferred, const Recorded& recorded) {
    counterparties_.change_always(
        recorded, {preferred.company, preferred.counterparty},
        [&](KnownCounterparty& counterparty) {
            std::erase_if(counterparty.accounts, [&](const PreferredAccount& each) {
                return each.currency == preferred.currency;
            });
            counterparty.accounts.push_back({preferred.currency, preferred.bank_account});
        });
}

void CounterpartyModel::on(const BankAccountClosed& closed, const Recorded& recorded) {
    accounts_.change_always(recorded, {closed.company, closed.counterparty, closed.bank_account},
                            [&](KnownAccount& account) { account.term.until = closed.until; });
}

std::map<CounterpartyCode, KnownCounterparty> CounterpartyModel::all(
    const AsOf& as_of, const CompanyCode& company) const {
    std::map<CounterpartyCode, KnownCounterparty> all;
    counterparties_.each(as_of, ordered_key(company), [&](KnownCounterparty counterparty) {
        all.emplace(counterparty.counterparty, std::move(counterparty));
    });
    return all;
}

std::vector<ListedAddress> CounterpartyModel::addresses(const AsOf& as_of,
                                                        const AddressList& query) const {
    std::vector<ListedAddress> rows;
    const auto counterparties = all(as_of, query.company);
    addresses_.each(
        as_of, beginning(query.company, query.counterparty), [&](const KnownAddress& address) {
            const PostalSince* written = newest(address.written, as_of.corner);
            if (!written || !holds(address.term, as_of.corner)) return;
            if (query.purpose &&
                std::ranges::find(written->purposes, *query.purpose) == written->purposes.end())
                return;
            rows.push_back(listed(address, *written, counterparties.at(address.counterparty)));
        });
    return rows;
}

std::vector<ListedBankAccount> CounterpartyModel::accounts(const AsOf& as_of,
                                                           const BankAccountList& query) const {
    std::vector<ListedBankAccount> rows;
    const auto counterparties = all(as_of, query.company);
    accounts_.each(as_of, beginning(query.company, query.counterparty),
                   [&](const KnownAccount& account) {
                       const auto& currency = account.details.currency;
                       if (!holds(account.term, as_of.corner)) return;
                       if (query.currency && currency && *currency != *query.currency) return;
                       rows.push_back(listed(account, counterparties.at(account.counterparty)));
                   });
    return rows;
}

void CounterpartyModel::answer(const CounterpartyList& query, const AsOf& as_of,
                               Page<ListedCounterparty>& page) const {
    std::map<CounterpartyCode, std::vector<PartyCode>> serves;
    for (const LinkTerm& link : as_of.models.of<PartyModel>().links(as_of, query.company))
        if (holds(link, as_of.corner)) serves[link.counterparty].push_back(link.party);
    const Words words(query.text);
    const Date day = day_of(as_of.corner);
    for (const auto& [code, counterparty] : all(as_of, query.company)) {
        const NameSince name = name_at(counterparty, as_of.corner);
        ListedCounterparty row{code,
                               name.legal_name,
                               name.legal_form,
                               counterparty.country,
                               {},
                               {},
                               {},
                               {},
                               serves[code],
                               counterparty.merged_into,
                               counterparty.person,
                               name.personal_name};
        bool sought = words.in(name.legal_name) || words.within(code.text);
        for (const EntityNumber& number : counterparty.numbers) {
            // Without a day of the question that counts which has no end.
            if (!number.covers(day)) continue;
            if (number.kind == NumberKind::vat && number.country == counterparty.country)
                row.vat_number = number.number;
            row.numbers.push_back(in_words(number));
            sought = sought || words.within(number.number);
        }
        if (const StandingReason* standing = newest(counterparty.standings, as_of.corner)) {
            row.standing = standing->standing;
            row.standing_reason = standing->reason;
        }
        if ((query.country && counterparty.country != *query.country) ||
            (query.standing && row.standing != *query.standing) || !sought ||
            (counterparty.merged_into && !query.merged) ||
            (query.party && std::ranges::find(row.serves, *query.party) == row.serves.end()))
            continue;
        std::string key = ordered_key(code);
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void CounterpartyModel::answer(const OneCounterparty& query, const AsOf& as_of,
                               Page<CounterpartyCard>& page) const {
    const auto find = [&](const CounterpartyCode& code) {
        return counterparties_.get(as_of.rows, {query.company, code}, as_of.corner);
    };
    auto counterparty = find(query.counterparty);
    while (counterparty && counterparty->merged_into && !query.as_itself)
        counterparty = find(*counterparty->merged_into);
    if (!counterparty) return page.missing("The company has no counterparty with this code.");
    const NameSince name = name_at(*counterparty, as_of.corner);
    const CounterpartyCode code = counterparty->counterparty;
    CounterpartyCard card;
    card.counterparty = code;
    card.legal_name = name.legal_name;
    card.legal_form = name.legal_form;
    card.country = counterparty->country;
    if (const StandingReason* standing = newest(counterparty->standings, as_of.corner))
        card.standing = standing->standing;
    card.names = counterparty->names;
    card.numbers = counterparty->numbers;
    card.standings = counterparty->standings;
    card.addresses = addresses(as_of, {query.company, code, {}});
    card.bank_accounts = accounts(as_of, {query.company, code, {}});
    for (const LinkTerm& link : as_of.models.of<PartyModel>().links(as_of, query.company))
        if (link.counterparty == code) card.parties.push_back(link);
    card.merged_into = counterparty->merged_into;
    card.merge_reason = counterparty->merge_reason;
    card.stands_for = counterparty->absorbed;
    card.person = counterparty->person;
    card.personal_numbers = counterparty->personal_numbers;
    std::string key = ordered_key(code);
    if (key > page.after()) page.add(std::move(key), std::move(card));
}

void CounterpartyModel::answer(const AddressList& query, const AsOf& as_of,
                               Page<ListedAddress>& page) const {
    for (ListedAddress& row : addresses(as_of, query)) {
        std::string key = ordered_key(AddressKey{query.company, row.counterparty, row.address});
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void CounterpartyModel::answer(const BankAccountList& query, const AsOf& as_of,
                               Page<ListedBankAccount>& page) const {
    for (ListedBankAccount& row : accounts(as_of, query)) {
        std::string key =
            ordered_key(BankAccountKey{query.company, row.counterparty, row.bank_account});
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void CounterpartyModel::answer(const DuplicateCounterparties& query, const AsOf& as_of,
                               Page<DuplicateCounterparty>& page) const {
    std::vector<Suspect<CounterpartyCode>> suspects;
    for (const auto& [code, counterparty] : all(as_of, query.company)) {
        // Persons are compared with persons, by the query duplicate_persons.
        if (counterparty.merged_into || counterparty.person) continue;
        Suspect<CounterpartyCode> suspect{code,
                                          {name_at(counterparty, as_of.corner).legal_name,
                                           counterparty.country.text,
                                           compared_numbers(counterparty),
                                           branches_of(counterparty),
                                           {},
                                           {}}};
        for (const EntityNumber& number : counterparty.numbers)
            if (number.kind == NumberKind::registration && number.country.text != "RU")
                suspect.likely.contacts.push_back(in_words(number));
        accounts_.each(as_of, ordered_key(CounterpartyKey{query.company, code}),
                       [&](const KnownAccount& account) {
                           const AccountDetails& details = account.details;
                           suspect.likely.contacts.push_back(details.iban.empty()
                                                                 ? details.bank_code + " " +
                                                                       details.account_number
                                                                 : details.iban);
                       });
        suspects.push_back(std::move(suspect));
    }
    add_asked(suspects, query);
    answer_pairs(suspects, query.counterparty, page);
}

ReadModelSpec counterparty_list() {
    return ReadModelSpec::of<CounterpartyModel>("counterparties", 2, "parties")
        .folding<CounterpartyModel, CounterpartyRegistered, CounterpartyChanged,
                 CounterpartyNumberAdded, CounterpartyNumberEnded, CounterpartyNumberRemoved,
                 CounterpartyRefused, CounterpartyRetired, CounterpartyReinstated,
                 CounterpartiesMerged, CounterpartyMergeUndone, AddressAdded, AddressChanged,
                 AddressPreferred, AddressEnded, BankAccountAdded, BankAccountPreferred,
                 BankAccountClosed, BankAccountConfirmed, NaturalPersonRegistered,
                 NaturalPersonChanged, PersonalAddressAdded, PersonalAccountAdded>()
        .answering<CounterpartyModel, CounterpartyList, ListedCounterparty>()
        .answering<CounterpartyModel, OneCounterparty, CounterpartyCard>()
        .answering<CounterpartyModel, AddressList, ListedAddress>()
        .answering<CounterpartyModel, BankAccountList, ListedBankAccount>()
        .answering<CounterpartyModel, DuplicateCounterparties, DuplicateCounterparty>();
}

}  // namespace kontor::parties
