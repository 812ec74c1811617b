// What lies in a till from day to day.
#include "domain/settlement/tills.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <vector>

namespace kontor::settlement {

namespace {

void add_day(TillDays& days, const TillDayKey& key, std::int64_t more) {
    const TillDay* was = days.find(key);
    const std::int64_t sum = (was ? was->more : 0) + more;
    if (sum == 0)
        days.erase(key);
    else
        days.put(key, {sum});
}

void add_balance(Tills& tills, const TillKey& key, std::int64_t more) {
    tills.change(key, [&](Till& till) { till.balance += more; });
}

std::int64_t more_in(CashWay way, Money amount) {
    return way == CashWay::in ? amount.minor : -amount.minor;
}

bool is_taken(const World& world, const OpenTill& open) {
    if (world.of<SettlementRulesTable>().find(open.company)->has_control(open.account)) return true;
    for (const auto& [key, till] : world.of<Tills>().from({open.company, {}})) {
        if (key.company != open.company) break;
        if (till.account == open.account) return true;
    }
    return false;
}

}  // namespace

Objection fault_of_till(const World& world, const TillKey& key, Date from, std::int64_t more) {
    if (more >= 0) return {};
    const Till* till = world.of<Tills>().find(key);
    std::vector<std::pair<Date, std::int64_t>> later;
    std::int64_t left = till->balance;
    world.of<TillDays>().each_from({key.company, key.till, from + 1},
                                   [&](const TillDayKey& at, const TillDay& day) {
                                       if (at.company != key.company || at.till != key.till)
                                           return false;
                                       later.emplace_back(at.day, day.more);
                                       left -= day.more;
                                       return true;
                                   });
    left += more;
    later.insert(later.begin(), {from, 0});
    for (const auto& [day, change] : later) {
        left += change;
        if (left < 0) return till_insufficient.about(key.till, Money{left, till->currency}, day);
    }
    return {};
}

ledger::EntryId entry_of(const CashMoveId& move) {
    return {derived_uuid(move.uuid, "moved_cash_posts_to_ledger", 0)};
}

std::int64_t more_in_till(const ItemFacts& facts) {
    // What is received is owed to the counterparty until it settles something.
    return facts.till ? -signed_minor(facts.direction, facts.amount.minor) : 0;
}

void apply(Tills& tills, const ItemChange& change) {
    if (!change.facts || !change.facts->till) return;
    const std::int64_t more = more_in_till(*change.facts);
    add_balance(tills, {change.company, *change.facts->till}, change.reversed ? -more : more);
}

void apply(TillDays& days, const ItemChange& change) {
    if (!change.facts || !change.facts->till) return;
    const std::int64_t more = more_in_till(*change.facts);
    add_day(days, {change.company, *change.facts->till, change.date},
            change.reversed ? -more : more);
}

Decision<TillOpened> decide(const World& world, const OpenTill& open, const Context&) {
    const auto* company = world.of<companies::Companies>().find(open.company);
    if (!company) return companies::company_unknown.about(open.company);
    if (!world.of<SettlementRulesTable>().find(open.company)) return settlement_accounts_missing;
    if (world.of<Tills>().find({open.company, open.till})) return till_exists.about(open.till);
    const ledger::Account* account =
        world.of<ledger::Accounts>().find({open.company, open.account});
    if (!account) return ledger::account_unknown.about(open.account);
    if (account->summary) return ledger::account_is_summary.about(open.account);
    if (is_taken(world, open)) return till_account_taken.about(open.account);
    const Currency currency = open.currency.value_or(company->base_currency);
    if (account->kind != ledger::AccountKind::asset || !account->required_dimensions.empty() ||
        (account->currency && *account->currency != currency))
        return till_account_unfit.about(open.account);
    if (has_balance(world, open.company, open.account))
        return settlement_account_in_use.about(open.account);
    return TillOpened{open.company, open.till, open.name, open.account, currency};
}

Decision<CashMoved> decide(const World& world, const MoveCash& move, const Context& context) {
    const Till* till = world.of<Tills>().find({move.company, move.till});
    if (!till) return till_unknown.about(move.till);
    if (world.of<CashMoves>().find({move.company, move.move}))
        return cash_move_exists.about(move.move);
    if (move.amount.currency != till->currency) return till_currency_differs.about(till->currency);
    const ledger::Side side = move.way == CashWay::in ? ledger::Side::debit : ledger::Side::credit;
    Booked booked;
    if (Objection fault =
            find_booked(world, move.company, {till->account, side, {}, move.amount, move.base, {}},
                        move.date.value_or(context.today), context, booked))
        return fault;
    if (Objection fault = fault_of_lines(world, move.company, move.lines, context)) return fault;
    if (Objection fault = fault_of_till(world, {move.company, move.till}, booked.date,
                                        more_in(move.way, move.amount)))
        return fault;
    CashMoved moved{
        move.company,      move.move,
        move.till,         booked.date,
        booked.belongs_to, move.way,
        move.amount,       booked.base,
        till->account,     world.of<SettlementRulesTable>().find(move.company)->journals.payments,
        move.lines,        move.text};
    share_base(moved.lines, side, move.amount, booked.base);
    return moved;
}

Decision<CashMoveReversed> decide(const World& world, const ReverseCashMove& reverse,
                                  const Context& context) {
    const CashMove* move = world.of<CashMoves>().find({reverse.company, reverse.move});
    if (!move) return cash_move_unknown.about(reverse.move);
    if (move->reversed) return cash_move_reversed.about(reverse.move);
    CashMoveReversed reversed{reverse.company, reverse.move, move->till,    move->date, {},
                              move->way,       move->amount, reverse.reason};
    if (Objection fault = find_day(world, reverse.company, move->date, context, reversed.date,
                                   reversed.belongs_to))
        return fault;
    if (Objection fault = fault_of_till(world, {reverse.company, move->till}, reversed.date,
                                        -more_in(move->way, move->amount)))
        return fault;
    return reversed;
}

void evolve(Tills& tills, const TillOpened& opened) {
    tills.put({opened.company, opened.till}, {opened.account, opened.currency, 0});
}

void evolve(Tills& tills, const CashMoved& moved) {
    add_balance(tills, {moved.company, moved.till}, more_in(moved.way, moved.amount));
}

void evolve(TillDays& days, const CashMoved& moved) {
    add_day(days, {moved.company, moved.till, moved.date}, more_in(moved.way, moved.amount));
}

void evolve(CashMoves& moves, const CashMoved& moved) {
    moves.put({moved.company, moved.move}, {moved.till, moved.date, moved.way, moved.amount});
}

void evolve(Tills& tills, const CashMoveReversed& reversed) {
    add_balance(tills, {reversed.company, reversed.till}, -more_in(reversed.way, reversed.amount));
}

void evolve(TillDays& days, const CashMoveReversed& reversed) {
    add_day(days, {reversed.company, reversed.till, reversed.date},
            -more_in(reversed.way, reversed.amount));
}

void evolve(CashMoves& moves, const CashMoveReversed& reversed) {
    moves.change({reversed.company, reversed.move}, [](CashMove& move) { move.reversed = true; });
}

Part tills() {
    return Part()
        .table<Tills>("settlement.tills")
        .table<TillDays>("settlement.till_days")
        .table<CashMoves>("settlement.cash_moves")
        .commands<OpenTill, MoveCash, ReverseCashMove>()
        .event<TillOpened, Tills>()
        .event<CashMoved, Tills, TillDays, CashMoves>()
        .event<CashMoveReversed, Tills, TillDays, CashMoves>();
}

}  // namespace kontor::settlement
