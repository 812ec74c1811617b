// The legal entities as lists and as cards, with their addresses and bank accounts, on any day.
#pragma once

#include "domain/parties/account_confirmations.h"
#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "projections/described_rows.h"
#include "projections/parties/counterparty_rows.h"
#include "projections/parties/duplicates.h"
#include "projections/projection.h"

#include <map>

namespace kontor::parties {

class CounterpartyModel {
public:
    explicit CounterpartyModel(const Place& place)
        : counterparties_(place.table(1)), addresses_(place.table(2)), accounts_(place.table(3)) {}

    void on(const CounterpartyRegistered&, const Recorded&);
    void on(const CounterpartyChanged&, const Recorded&);
    void on(const CounterpartyNumberAdded&, const Recorded&);
    void on(const CounterpartyNumberEnded&, const Recorded&);
    void on(const CounterpartyNumberRemoved&, const Recorded&);
    void on(const CounterpartyRefused&, const Recorded&);
    void on(const CounterpartyRetired&, const Recorded&);
    void on(const CounterpartyReinstated&, const Recorded&);
    void on(const CounterpartiesMerged&, const Recorded&);
    void on(const CounterpartyMergeUndone&, const Recorded&);
    void on(const AddressAdded&, const Recorded&);
    void on(const AddressChanged&, const Recorded&);
    void on(const AddressPreferred&, const Recorded&);
    void on(const AddressEnded&, const Recorded&);
    void on(const BankAccountAdded&, const Recorded&);
    void on(const BankAccountPreferred&, const Recorded&);
    void on(const BankAccountClosed&, const Recorded&);
    void on(const BankAccountConfirmed&, const Recorded&);
    void on(const NaturalPersonRegistered&, const Recorded&);
    void on(const NaturalPersonChanged&, const Recorded&);
    void on(const PersonalAddressAdded&, const Recorded&);
    void on(const PersonalAccountAdded&, const Recorded&);
    void answer(const CounterpartyList&, const AsOf&, Page<ListedCounterparty>&) const;
    void answer(const OneCounterparty&, const AsOf&, Page<CounterpartyCard>&) const;
    void answer(const AddressList&, const AsOf&, Page<ListedAddress>&) const;
    void answer(const BankAccountList&, const AsOf&, Page<ListedBankAccount>&) const;
    void answer(const DuplicateCounterparties&, const AsOf&, Page<DuplicateCounterparty>&) const;

    // All counterparties of the company at the corner.
    std::map<CounterpartyCode, KnownCounterparty> all(const AsOf&, const CompanyCode&) const;

private:
    void stand(const auto& event, Standing, const Recorded&) const;
    void add(const auto& event, const KnownAddress&, const Recorded&) const;
    void add(const auto& event, const KnownAccount&, const Recorded&) const;
    // The addresses and accounts of one counterparty, or of all, as they are at the corner.
    std::vector<ListedAddress> addresses(const AsOf&, const AddressList&) const;
    std::vector<ListedBankAccount> accounts(const AsOf&, const BankAccountList&) const;

    DescribedRows<CounterpartyKey, KnownCounterparty> counterparties_;
    DescribedRows<AddressKey, KnownAddress> addresses_;
    DescribedRows<BankAccountKey, KnownAccount> accounts_;
};

// Its numbers that only one legal entity has, each with its kind and country before it; and what
// tells its branches apart.
std::vector<std::string> compared_numbers(const KnownCounterparty&);
std::vector<std::string> branches_of(const KnownCounterparty&);

ReadModelSpec counterparty_list();

}  // namespace kontor::parties
