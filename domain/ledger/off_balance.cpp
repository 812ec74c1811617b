// What may be recorded off the balance sheet, and what is on its accounts.
#include "domain/ledger/off_balance.h"

#include "domain/core/catalog.h"
#include "domain/ledger/posting.h"

namespace kontor::ledger {

namespace {

// Why nothing of a day of the calendar is recorded any more; none when it is open.
Objection fault_of_day(const World& world, const CompanyCode& company, Date date,
                       const Context& context) {
    Objection closed = closed_for(world, company, *fiscal_day(world, company, date), context.actor);
    if (closed) closed.add(to_text(date));
    return closed;
}

// Records may come in any order, so what counts is what is there after all of them.
Objection fault_of_balance(const World& world, const CompanyCode& company,
                           const OffBalanceAccountCode& account, std::int64_t added,
                           Currency currency) {
    const std::int64_t there = world.of<OffBalanceAccounts>().find({company, account})->balance;
    if (added < 0 && there + added < 0)
        return off_balance_insufficient.about(account, Money{there, currency});
    if (there + added > most_money) return off_balance_too_large.about(account);
    return {};
}

}  // namespace

Decision<OffBalanceAccountOpened> decide(const World& world, const OpenOffBalanceAccount& open,
                                         const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    if (world.of<OffBalanceAccounts>().find({open.company, open.account}))
        return off_balance_account_exists.about(open.account);
    return OffBalanceAccountOpened{open.company, open.account, open.name};
}

Decision<OffBalanceAccountRenamed> decide(const World& world, const RenameOffBalanceAccount& rename,
                                          const Context&) {
    const auto* account = world.of<OffBalanceAccounts>().find({rename.company, rename.account});
    if (!account) return off_balance_account_unknown.about(rename.account);
    if (account->name == rename.name) return off_balance_account_unchanged.about(rename.account);
    return OffBalanceAccountRenamed{rename.company, rename.account, rename.name};
}

Decision<OffBalanceRecorded> decide(const World& world, const RecordOffBalance& record,
                                    const Context& context) {
    if (world.of<OffBalanceRecords>().find({record.company, record.record}))
        return off_balance_record_exists.about(record.record);
    if (!world.of<OffBalanceAccounts>().find({record.company, record.account}))
        return off_balance_account_unknown.about(record.account);
    const Currency base = world.of<companies::Companies>().find(record.company)->base_currency;
    if (record.amount.currency != base) return off_balance_currency.about(base);
    if (record.amount.minor <= 0) return amount_not_positive.about(record.amount);
    for (const auto& [dimension, value] : record.dimensions)
        if (Objection fault = fault_of_value(world, record.company, dimension, value)) return fault;
    const Date date = record.date.value_or(context.today);
    if (!fiscal_day(world, record.company, date)) return date_outside_calendar.about(date);
    if (Objection fault = fault_of_day(world, record.company, date, context)) return fault;
    if (Objection fault = fault_of_balance(world, record.company, record.account,
                                           added_by(record.side, record.amount), base))
        return fault;
    return OffBalanceRecorded{record.company, record.record,     record.account,  record.side, date,
                              record.amount,  record.dimensions, record.document, record.text};
}

Decision<OffBalanceReversed> decide(const World& world, const ReverseOffBalance& reverse,
                                    const Context& context) {
    const auto* record = world.of<OffBalanceRecords>().find({reverse.company, reverse.record});
    if (!record) return off_balance_record_unknown.about(reverse.record);
    if (record->reversed) return off_balance_record_reversed.about(reverse.record);
    if (Objection fault = fault_of_day(world, reverse.company, record->date, context)) return fault;
    if (Objection fault =
            fault_of_balance(world, reverse.company, record->account,
                             -added_by(record->side, record->amount), record->amount.currency))
        return fault;
    return OffBalanceReversed{reverse.company, reverse.record, record->account, record->side,
                              record->date,    record->amount, reverse.reason};
}

void evolve(OffBalanceAccounts& accounts, const OffBalanceAccountOpened& opened) {
    accounts.put({opened.company, opened.account}, {opened.name, 0});
}

void evolve(OffBalanceAccounts& accounts, const OffBalanceAccountRenamed& renamed) {
    accounts.change({renamed.company, renamed.account},
                    [&](OffBalanceAccount& account) { account.name = renamed.name; });
}

void evolve(OffBalanceAccounts& accounts, const OffBalanceRecorded& recorded) {
    accounts.change({recorded.company, recorded.account}, [&](OffBalanceAccount& account) {
        account.balance += added_by(recorded.side, recorded.amount);
    });
}

void evolve(OffBalanceAccounts& accounts, const OffBalanceReversed& reversed) {
    accounts.change({reversed.company, reversed.account}, [&](OffBalanceAccount& account) {
        account.balance -= added_by(reversed.side, reversed.amount);
    });
}

void evolve(OffBalanceRecords& records, const OffBalanceRecorded& recorded) {
    records.put({recorded.company, recorded.record},
                {recorded.account, recorded.side, recorded.date, recorded.amount, false});
}

void evolve(OffBalanceRecords& records, const OffBalanceReversed& reversed) {
    records.change({reversed.company, reversed.record},
                   [](OffBalanceRecord& record) { record.reversed = true; });
}

Part off_balance() {
    return Part()
        .table<OffBalanceAccounts>("ledger.off_balance_accounts")
        .table<OffBalanceRecords>("ledger.off_balance_records")
        .commands<OpenOffBalanceAccount, RenameOffBalanceAccount, RecordOffBalance,
                  ReverseOffBalance>()
        .event<OffBalanceAccountOpened, OffBalanceAccounts>()
        .event<OffBalanceAccountRenamed, OffBalanceAccounts>()
        .event<OffBalanceRecorded, OffBalanceAccounts, OffBalanceRecords>()
        .event<OffBalanceReversed, OffBalanceAccounts, OffBalanceRecords>();
}

}  // namespace kontor::ledger
