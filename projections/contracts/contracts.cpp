// How contracts and payment terms are listed. What they say has two times; their names, ends,
// blocks and totals have one, when they became known.
#include "projections/contracts/contracts.h"

#include "projections/any_day.h"

namespace kontor::contracts {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

void ContractsModel::on(const PaymentTermsDefined& defined, const Recorded& recorded) {
    terms_.put(recorded, {defined.company, defined.terms}, first_date,
               {defined.terms, defined.name, 1, {}, {}, false});
    term_versions_.put(recorded, {defined.company, defined.terms}, first_date,
                       {1, {}, defined.conditions});
}

void ContractsModel::on(const PaymentTermsChanged& changed, const Recorded& recorded) {
    term_versions_.put(recorded, {changed.company, changed.terms}, changed.from,
                       {changed.version, changed.from, changed.conditions});
}

void ContractsModel::on(const PaymentTermsRenamed& renamed, const Recorded& recorded) {
    terms_.change_always(recorded, {renamed.company, renamed.terms},
                         [&](ListedPaymentTerms& terms) { terms.name = renamed.name; });
}

void ContractsModel::on(const PaymentTermsBlocked& blocked, const Recorded& recorded) {
    terms_.change_always(recorded, {blocked.company, blocked.terms},
                         [](ListedPaymentTerms& terms) { terms.blocked = true; });
}

void ContractsModel::on(const PaymentTermsUnblocked& unblocked, const Recorded& recorded) {
    terms_.change_always(recorded, {unblocked.company, unblocked.terms},
                         [](ListedPaymentTerms& terms) { terms.blocked = false; });
}

void ContractsModel::on(const ContractMade& made, const Recorded& recorded) {
    ListedContract row;
    row.contract = made.contract;
    row.kind = made.kind;
    row.name = made.name;
    row.party = made.party;
    row.counterparty = made.counterparty;
    row.currency = made.currency;
    row.since = made.since;
    row.until = made.until;
    row.by_default = made.by_default;
    row.reference = made.reference;
    row.signed_on = made.signed_on;
    const ContractKey key{made.company, made.contract};
    contracts_.put(recorded, key, first_date, row);
    holding_.put(recorded, key, first_date, {1, made.since, made.terms});
    versions_.put(recorded, {made.company, made.contract, 1}, first_date,
                  {made.contract, 1, made.since, made.terms, "", made.reference, made.signed_on});
}

void ContractsModel::on(const ContractAmended& amended, const Recorded& recorded) {
    holding_.put(recorded, {amended.company, amended.contract}, amended.from,
                 {amended.version, amended.from, amended.terms});
    versions_.put(recorded, {amended.company, amended.contract, amended.version}, first_date,
                  {amended.contract, amended.version, amended.from, amended.terms, amended.because,
                   amended.reference, amended.signed_on});
}

void ContractsModel::on(const ContractEnded& ended, const Recorded& recorded) {
    contracts_.change_always(recorded, {ended.company, ended.contract},
                             [&](ListedContract& row) { row.until = ended.until; });
}

void ContractsModel::on(const ContractExtended& extended, const Recorded& recorded) {
    contracts_.change_always(recorded, {extended.company, extended.contract},
                             [&](ListedContract& row) { row.until = extended.until; });
}

void ContractsModel::on(const ContractSigned& event, const Recorded& recorded) {
    contracts_.change_always(recorded, {event.company, event.contract}, [&](ListedContract& row) {
        row.signed_on = event.signed_on;
        if (event.reference) row.reference = event.reference;
    });
}

void ContractsModel::on(const ContractRenamed& renamed, const Recorded& recorded) {
    contracts_.change_always(recorded, {renamed.company, renamed.contract},
                             [&](ListedContract& row) { row.name = renamed.name; });
}

void ContractsModel::on(const ContractPreferred& preferred, const Recorded& recorded) {
    if (preferred.instead_of)
        contracts_.change_always(recorded, {preferred.company, *preferred.instead_of},
                                 [](ListedContract& row) { row.preferred = false; });
    contracts_.change_always(recorded, {preferred.company, preferred.contract},
                             [](ListedContract& row) { row.preferred = true; });
}

void ContractsModel::on(const ContractUsed& used, const Recorded& recorded) {
    totals_.put(recorded, {used.company, used.contract}, first_date, {used.total});
}

void ContractsModel::on(const ContractDefaultsSet& set, const Recorded& recorded) {
    defaults_.put(recorded, {set.company, set.kind}, first_date,
                  {set.kind, set.payment_terms, set.credit_limit});
}

void ContractsModel::on(const CreditLimitSet& set, const Recorded& recorded) {
    limits_.put(recorded, {set.company, set.counterparty}, set.from,
                {set.counterparty, set.from, set.limit, set.because});
}

void ContractsModel::answer(const PaymentTermsList& query, const AsOf& as_of,
                            Page<ListedPaymentTerms>& page) const {
    terms_.list(on_any_day(as_of), ordered_key(query.company), page,
                [&](ListedPaymentTerms& terms) {
                    const auto version =
                        term_versions_.get(as_of.rows, {query.company, terms.terms}, as_of.corner);
                    if (!version) return false;
                    terms.version = version->version;
                    terms.from = version->from;
                    terms.conditions = version->conditions;
                    return true;
                });
}

void ContractsModel::answer(const PaymentScheduleOf& query, const AsOf& as_of,
                            Page<ScheduledInstalment>& page) const {
    const auto version = term_versions_.get(as_of.rows, {query.company, query.terms},
                                            {query.date, as_of.corner.known_at});
    if (!version) return page.missing("No payment terms have the code " + query.terms.text + ".");
    const Money net = query.net.value_or(query.amount);
    if (net.currency != query.amount.currency)
        return page.missing("What is no tax is of another currency than the amount.");
    const auto schedule = schedule_of(version->conditions, query.date, query.amount, net);
    if (schedule.empty()) return page.missing("It would be due after the year 9999.");
    Date last = schedule.front().due;
    for (const DueInstalment& each : schedule) last = std::max(last, each.due);
    page.totals(ScheduleTotals{version->version, query.amount, last,
                               lines_of(invoice_text(version->conditions, query.date, schedule))});
    for (std::size_t n = 0; n < schedule.size(); ++n) {
        std::string key = ordered_key(static_cast<std::int64_t>(n));
        if (key <= page.after()) continue;
        ScheduledInstalment row{
            static_cast<std::int64_t>(n) + 1, schedule[n].due, schedule[n].amount, {}};
        for (const DiscountOffer& offer : schedule[n].discounts)
            row.discounts.push_back({offer.until, offer.percent, offer.basis, offer.amount});
        if (!page.add(std::move(key), std::move(row))) return;
    }
}

// Fills what follows from the day and from orders.
void ContractsModel::complete(const AsOf& as_of, const CompanyCode& company,
                              ListedContract& row) const {
    const Date day = as_of.corner.valid_at.value_or(last_date);
    const ContractKey key{company, row.contract};
    row.holds = (row.by_default || *row.since <= day) && (!row.until || day <= *row.until);
    if (const auto version = holding_.get(as_of.rows, key, as_of.corner)) {
        row.version = version->version;
        row.terms = version->terms;
    }
    const auto total = totals_.get(as_of.rows, key, on_any_day(as_of).corner);
    row.ordered = total ? total->amount : Money{0, row.currency};
    if (row.terms.ceiling) row.left = *row.terms.ceiling - *row.ordered;
}

std::optional<ListedContract> ContractsModel::contract(const AsOf& as_of,
                                                       const CompanyCode& company,
                                                       const ContractCode& code) const {
    auto row = contracts_.get(as_of.rows, {company, code}, on_any_day(as_of).corner);
    if (row) complete(as_of, company, *row);
    return row;
}

void ContractsModel::answer(const ContractList& query, const AsOf& as_of,
                            Page<ListedContract>& page) const {
    contracts_.list(on_any_day(as_of), ordered_key(query.company), page, [&](ListedContract& row) {
        if (query.kind && row.kind != *query.kind) return false;
        if (query.party && row.party != *query.party) return false;
        if (query.counterparty && row.counterparty != *query.counterparty) return false;
        if (query.currency && row.currency != *query.currency) return false;
        if (query.by_default && row.by_default != *query.by_default) return false;
        complete(as_of, query.company, row);
        return !query.holds || row.holds == *query.holds;
    });
}

void ContractsModel::answer(const ContractOf& query, const AsOf& as_of,
                            Page<ListedContract>& page) const {
    auto row = contract(as_of, query.company, query.contract);
    if (!row) return page.missing("No contract has the code " + query.contract.text + ".");
    if (page.after().empty()) page.add("contract", *std::move(row));
}

void ContractsModel::answer(const ContractVersionList& query, const AsOf& as_of,
                            Page<ListedContractVersion>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.contract) begins_with += ordered_key(*query.contract);
    versions_.list(as_of, begins_with, page);
}

void ContractsModel::answer(const ContractDefaultsOf& query, const AsOf& as_of,
                            Page<ListedContractDefaults>& page) const {
    defaults_.list(as_of, ordered_key(query.company), page);
}

void ContractsModel::answer(const CreditLimitList& query, const AsOf& as_of,
                            Page<ListedCreditLimit>& page) const {
    limits_.list(as_of, ordered_key(query.company), page,
                 [](const ListedCreditLimit& limit) { return limit.limit.has_value(); });
}

ReadModelSpec contracts_model() {
    return ReadModelSpec::of<ContractsModel>("contracts", 1, "contracts")
        .folding<ContractsModel, PaymentTermsDefined, PaymentTermsChanged, PaymentTermsRenamed,
                 PaymentTermsBlocked, PaymentTermsUnblocked, ContractMade, ContractAmended,
                 ContractEnded, ContractExtended, ContractSigned, ContractRenamed,
                 ContractPreferred, ContractUsed, ContractDefaultsSet, CreditLimitSet>()
        .answering<ContractsModel, PaymentTermsList, ListedPaymentTerms>()
        .answering<ContractsModel, PaymentScheduleOf, ScheduledInstalment>()
        .answering<ContractsModel, ContractList, ListedContract>()
        .answering<ContractsModel, ContractOf, ListedContract>()
        .answering<ContractsModel, ContractVersionList, ListedContractVersion>()
        .answering<ContractsModel, ContractDefaultsOf, ListedContractDefaults>()
        .answering<ContractsModel, CreditLimitList, ListedCreditLimit>();
}

}  // namespace kontor::contracts
