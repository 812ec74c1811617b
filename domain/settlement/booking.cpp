// How items are booked by the rules of the ledger.
#include "domain/settlement/booking.h"

#include "domain/ledger/posting.h"

#include <algorithm>

namespace kontor::settlement {

Objection find_day(const World& world, const CompanyCode& company, Date day, const Context& context,
                   Date& posted, std::optional<Date>& belongs_to) {
    ledger::Placed placed;
    if (Objection fault = ledger::find_place(world, company, day, {}, context, placed))
        return fault;
    posted = placed.date;
    belongs_to = placed.belongs_to;
    return {};
}

Objection find_booked(const World& world, const CompanyCode& company, const Bookable& bookable,
                      Date day, const Context& context, Booked& booked) {
    if (Objection fault = find_day(world, company, day, context, booked.date, booked.belongs_to))
        return fault;
    ledger::EntryLine line;
    line.account = bookable.account;
    line.side = bookable.side;
    line.amount = bookable.amount;
    line.base = bookable.base;
    line.rate = bookable.rate;
    if (bookable.counterparty)
        line.dimensions.emplace(counterparty_dimension,
                                ledger::DimensionValueCode{bookable.counterparty->text});
    // Flows alone post on accounts of items, and this one is for a flow.
    Context by_flow = context;
    by_flow.by_flow = true;
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    std::vector<ledger::PostedLine> lines;
    if (Objection fault = ledger::find_lines(world, company, base, day, {&line, 1}, by_flow, lines))
        return std::move(fault).of_what_is_kept();
    booked.base = lines.front().base;
    booked.rate = lines.front().rate;
    return {};
}

Objection fault_of_lines(const World& world, const CompanyCode& company,
                         const std::vector<ledger::EntryLine>& lines, const Context& context) {
    const SettlementRules& rules = *world.of<SettlementRulesTable>().find(company);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const ledger::AccountCode& code = lines[at].account;
        const ledger::Account* account = world.of<ledger::Accounts>().find({company, code});
        if (!account) return ledger::account_unknown.about(code).at("lines", at);
        if (rules.has_control(code)) return line_on_item_account.about(code).at("lines", at);
        if (account->control && !context.by_flow)
            return ledger::account_is_control.about(code).at("lines", at);
    }
    return {};
}

void share_base(std::vector<ledger::EntryLine>& lines, ledger::Side item_side, Money amount,
                Money base) {
    if (amount.currency == base.currency) return;
    ledger::EntryLine* largest = nullptr;
    Wide open = signed_minor(item_side, base.minor);
    Wide open_amount = signed_minor(item_side, amount.minor);
    for (ledger::EntryLine& line : lines) {
        const bool shares =
            line.amount.currency == amount.currency && !line.base && !line.rate && !line.rate_type;
        if (shares) {
            line.base = Money{static_cast<std::int64_t>(divide(Wide{line.amount.minor} * base.minor,
                                                               amount.minor, Rounding::half_up)),
                              base.currency};
            if (!largest || line.amount.minor > largest->amount.minor) largest = &line;
        }
        if (line.amount.currency == amount.currency)
            open_amount += signed_minor(line.side, line.amount.minor);
        if (line.base) open += signed_minor(line.side, line.base->minor);
    }
    // What does not balance in the currency either is no rounding: the ledger refuses it.
    const bool all_said =
        std::ranges::all_of(lines, [](const ledger::EntryLine& line) { return !!line.base; });
    if (!largest || !all_said || open_amount != 0) return;
    const Wide minor = largest->base->minor - (largest->side == ledger::Side::debit ? open : -open);
    if (minor >= 0) largest->base->minor = static_cast<std::int64_t>(minor);
}

ledger::EntryLine line_of(const ledger::AccountCode& account, ledger::Side side,
                          const parties::CounterpartyCode& counterparty, Money amount, Money base) {
    ledger::EntryLine line;
    line.account = account;
    line.side = side;
    line.amount = amount;
    line.base = base;
    line.dimensions.emplace(counterparty_dimension, ledger::DimensionValueCode{counterparty.text});
    return line;
}

}  // namespace kontor::settlement
