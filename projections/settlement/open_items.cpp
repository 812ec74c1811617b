// How items are folded into sums by instalment, by due day and by counterparty, and listed.
#include "projections/settlement/open_items.h"

#include "projections/any_day.h"

#include <algorithm>
#include <array>

namespace kontor::settlement {

namespace {

// Receivables are shown as debits, payables as credits.
std::int64_t shown_minor(ItemSide side, Wide debit) {
    return static_cast<std::int64_t>(side == ItemSide::receivable ? debit : -debit);
}

SettledPart whole_of(const ItemFacts& facts, const OpenItemId& item, std::int64_t number) {
    const ItemInstalment& instalment = facts.instalments.at(static_cast<std::size_t>(number - 1));
    return {item,          number,         facts.side,        facts.direction,  facts.counterparty,
            facts.account, instalment.due, instalment.amount, *instalment.base, facts.contract,
            facts.kind};
}

}  // namespace

DueKey OpenItemModel::due_key(const CompanyCode& company, const SettledPart& part) {
    return {company, part.side, part.counterparty, part.due, part.item, part.instalment};
}

void OpenItemModel::add(const Recorded& recorded, Date day, const Change& change) const {
    const SettledPart& part = change.part;
    const std::array<std::int64_t, 2> amounts{change.debit, change.base};
    const std::string company_side = ordered_key(change.company) + ordered_key(part.side);
    const std::string by_day = ordered_key(part.amount.currency) + ordered_key(part.due);
    open_.add(recorded.rows, ordered_key(due_key(change.company, part)), day, recorded.event,
              amounts);
    due_.add(recorded.rows,
             company_side + ordered_key(part.counterparty) + ordered_key(part.contract) + by_day,
             day, recorded.event, amounts);
    due_of_all_.add(recorded.rows, company_side + by_day, day, recorded.event, amounts);
    if (part.side != ItemSide::receivable) return;
    const bool owes = part.direction == ledger::Side::debit;
    const std::array<std::int64_t, 2> exposed{owes ? change.debit : 0, owes ? 0 : -change.debit};
    exposures_.add(recorded.rows,
                   ordered_key(change.company) + ordered_key(part.counterparty) +
                       ordered_key(part.contract) + ordered_key(part.amount.currency),
                   day, recorded.event, exposed);
}

void OpenItemModel::move(const Recorded& recorded, const CompanyCode& company,
                         const parties::CounterpartyCode& counterparty, Date day,
                         std::int64_t number, const StatementMovement& movement) const {
    const MovementRow key{company, counterparty, day,
                          static_cast<std::int64_t>(recorded.event.position),
                          static_cast<std::int64_t>(recorded.event.n) * 100'000 + number};
    movements_.put(recorded, key, day, movement);
}

void OpenItemModel::open(const Recorded& recorded, const CompanyCode& company,
                         const OpenItemId& item, Date day, const ItemFacts& facts,
                         bool reversed) const {
    for (std::size_t at = 0; at < facts.instalments.size(); ++at) {
        const auto number = static_cast<std::int64_t>(at) + 1;
        const SettledPart part = whole_of(facts, item, number);
        const std::int64_t debit = signed_minor(part.direction, part.amount.minor);
        const std::int64_t base = signed_minor(part.direction, part.base.minor);
        add(recorded, day, {company, part, reversed ? -debit : debit, reversed ? -base : base});
        if (reversed) {
            instalments_.erase(recorded, due_key(company, part), day);
            continue;
        }
        const Money amount{shown_minor(part.side, debit), part.amount.currency};
        instalments_.put(recorded, due_key(company, part), day,
                         {item,
                          number,
                          facts.kind,
                          facts.side,
                          facts.party,
                          facts.counterparty,
                          facts.document,
                          facts.document_date,
                          day,
                          part.due,
                          facts.account,
                          amount,
                          amount,
                          part.base,
                          facts.text,
                          facts.contract,
                          {}});
    }
    const Money owed{signed_minor(facts.direction, facts.amount.minor), facts.amount.currency};
    move(recorded, company, facts.counterparty, day, 0,
         {day,
          reversed ? MovementKind::reversed : MovementKind::opened,
          facts.kind,
          facts.side,
          item,
          facts.document,
          facts.party,
          facts.text,
          reversed ? -owed : owed,
          {},
          facts.contract});
}

void OpenItemModel::settle(const Recorded& recorded, const CompanyCode& company, Date day,
                           const std::vector<AllocatedPart>& parts, bool taken_back) const {
    for (const AllocatedPart& part : parts) {
        for (const SettledPart* side : {&part.settled, &part.by}) {
            const std::int64_t debit = signed_minor(side->direction, side->amount.minor);
            const std::int64_t base = signed_minor(side->direction, side->base.minor);
            add(recorded, day,
                {company, *side, taken_back ? debit : -debit, taken_back ? base : -base});
        }
        // What the two sides come to together in a currency is owed less than was paid for it.
        const SettledPart& settled = part.settled;
        const bool alike = settled.amount.currency == part.by.amount.currency &&
                           settled.counterparty == part.by.counterparty &&
                           settled.side == part.by.side && settled.contract == part.by.contract;
        std::int64_t number = part.line * 2;
        const auto moved = [&](const SettledPart& side, std::int64_t minor) {
            if (minor == 0) return;
            move(recorded, company, side.counterparty, day, number++,
                 {day,
                  taken_back ? MovementKind::taken_back : MovementKind::settled,
                  side.kind,
                  side.side,
                  side.item,
                  {},
                  {},
                  {},
                  {taken_back ? minor : -minor, side.amount.currency},
                  {},
                  side.contract});
        };
        const std::int64_t one = signed_minor(settled.direction, settled.amount.minor);
        const std::int64_t other_one = signed_minor(part.by.direction, part.by.amount.minor);
        if (alike) {
            moved(settled, one + other_one);
        } else {
            moved(settled, one);
            moved(part.by, other_one);
        }
    }
}

void OpenItemModel::add_cash(const Recorded& recorded, const CompanyCode& company,
                             const TillCode& till, Date day, std::int64_t more) const {
    cash_.add(recorded.rows, ordered_key(TillRow{company, till}), day, recorded.event, {&more, 1});
}

void OpenItemModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    bases_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void OpenItemModel::on(const ItemOpened& opened, const Recorded& recorded) {
    open(recorded, opened.company, opened.item, opened.date, opened.facts, false);
}

void OpenItemModel::on(const ItemReversed& reversed, const Recorded& recorded) {
    const ItemFacts& facts = reversed.facts;
    open(recorded, reversed.company, reversed.item, reversed.date, facts, true);
    if (facts.kind == ItemKind::payment)
        payments_.erase(recorded, {reversed.company, facts.instalments.front().due, reversed.item},
                        reversed.date);
    if (facts.till)
        add_cash(recorded, reversed.company, *facts.till, reversed.date, -more_in_till(facts));
}

void OpenItemModel::on(const ItemsAllocated& allocated, const Recorded& recorded) {
    settle(recorded, allocated.company, allocated.date, allocated.parts, false);
}

void OpenItemModel::on(const AllocationTakenBack& back, const Recorded& recorded) {
    settle(recorded, back.company, back.date, back.parts, true);
}

void OpenItemModel::on(const PaymentRecorded& paid, const Recorded& recorded) {
    const ItemFacts& facts = paid.facts;
    open(recorded, paid.company, paid.payment, paid.date, facts, false);
    settle(recorded, paid.company, paid.date, paid.parts, false);
    const bool received = facts.direction == ledger::Side::credit;
    std::vector<std::string> documents;
    for (const AllocatedPart& part : paid.parts) {
        const auto settled =
            instalments_.get(recorded.rows, due_key(paid.company, part.settled), Corner{});
        if (settled && settled->document &&
            std::ranges::find(documents, *settled->document) == documents.end())
            documents.push_back(*settled->document);
    }
    payments_.put(recorded, {paid.company, paid.date, paid.payment}, paid.date,
                  {paid.payment, received ? PaymentWay::received : PaymentWay::paid, facts.side,
                   facts.counterparty, facts.document, paid.date, facts.amount, facts.amount,
                   facts.lines.front().account, facts.till, facts.text, facts.run,
                   facts.bank_account, documents});
    if (facts.till) add_cash(recorded, paid.company, *facts.till, paid.date, more_in_till(facts));
}

void OpenItemModel::on(const ItemWrittenOff& written, const Recorded& recorded) {
    open(recorded, written.company, written.write_off, written.date, written.facts, false);
    settle(recorded, written.company, written.date, written.parts, false);
}

void OpenItemModel::on(const ItemPaymentHeld& held, const Recorded& recorded) {
    held_.put(recorded, {held.company, held.item}, first_date, {held.reason});
}

void OpenItemModel::on(const ItemPaymentReleased& released, const Recorded& recorded) {
    held_.erase(recorded, {released.company, released.item}, first_date);
}

void OpenItemModel::on(const TillOpened& opened, const Recorded& recorded) {
    tills_.put(recorded, {opened.company, opened.till}, first_date,
               {opened.till, opened.name, opened.account, {0, opened.currency}});
}

void OpenItemModel::on(const CashMoved& moved, const Recorded& recorded) {
    add_cash(recorded, moved.company, moved.till, moved.date,
             moved.way == CashWay::in ? moved.amount.minor : -moved.amount.minor);
}

void OpenItemModel::on(const CashMoveReversed& reversed, const Recorded& recorded) {
    add_cash(recorded, reversed.company, reversed.till, reversed.date,
             reversed.way == CashWay::in ? -reversed.amount.minor : reversed.amount.minor);
}

Currency OpenItemModel::currency_of(const AsOf& as_of, const CompanyCode& company) const {
    const auto base = bases_.get(as_of.rows, {company}, Corner{});
    if (!base) throw StorageBroken("a company with items has no currency");
    return base->currency;
}

void OpenItemModel::each_open(const AsOf& as_of, const CompanyCode& company, ItemSide side,
                              const std::optional<parties::CounterpartyCode>& counterparty,
                              std::string_view after,
                              const std::function<bool(std::string key, const ListedItem&)>& call,
                              bool settled) const {
    const Currency base = currency_of(as_of, company);
    DescribedRows<DueKey, ListedItem>::Finder instalments(instalments_, as_of.rows);
    const Corner any_day = on_any_day(as_of).corner;
    std::string begins_with = ordered_key(company) + ordered_key(side);
    if (counterparty) begins_with += ordered_key(*counterparty);
    std::optional<std::string_view> behind;
    if (!after.empty()) behind = after;
    open_.for_each_sum(
        as_of.rows, begins_with, behind, as_of.corner,
        [&](std::string_view octets, std::span<const Wide> open) {
            if (!settled && open[0] == 0) return true;
            std::string key(octets);
            auto row = instalments.get(taken<DueKey>(octets), as_of.corner);
            if (!row) return true;
            row->open.minor = shown_minor(side, open[0]);
            row->open_base = {shown_minor(side, open[1]), base};
            if (const auto held = held_.get(as_of.rows, {company, row->item}, any_day))
                row->held = held->reason;
            return call(std::move(key), *row);
        });
}

void OpenItemModel::answer(const OpenItemList& query, const AsOf& as_of,
                           Page<ListedItem>& page) const {
    const Currency base = currency_of(as_of, query.company);
    Money sums[2] = {{0, base}, {0, base}};
    bool full = false;
    for (const ItemSide side : {ItemSide::receivable, ItemSide::payable}) {
        if (query.side && *query.side != side) continue;
        const auto show = [&](std::string key, const ListedItem& row) {
            if ((query.party && row.party != query.party) ||
                (query.contract && row.contract != query.contract) ||
                (query.currency && row.amount.currency != *query.currency))
                return true;
            Money& sum = sums[static_cast<int>(side)];
            sum = sum + row.open_base;
            if (!full && key > page.after()) full = !page.add(std::move(key), row);
            return true;
        };
        each_open(as_of, query.company, side, query.counterparty, {}, show, query.settled);
    }
    page.totals(OpenItemTotals{sums[0], sums[1]});
}

void OpenItemModel::answer(const PaymentList& query, const AsOf& as_of,
                           Page<ListedPayment>& page) const {
    payments_.list(as_of, ordered_key(query.company), page, [&](ListedPayment& payment) {
        if (query.counterparty && payment.counterparty != *query.counterparty) return false;
        if (query.way && payment.way != *query.way) return false;
        if (query.run && payment.run != query.run) return false;
        const DueKey key{query.company, payment.side,    payment.counterparty,
                         payment.date,  payment.payment, 1};
        std::array<Wide, 2> open{};
        open_.sum(as_of.rows, ordered_key(key), as_of.corner, open);
        payment.unallocated.minor =
            static_cast<std::int64_t>(payment.way == PaymentWay::received ? -open[0] : open[0]);
        return !query.unallocated || payment.unallocated.minor != 0;
    });
}

void OpenItemModel::answer(const TillList& query, const AsOf& as_of, Page<ListedTill>& page) const {
    tills_.list(on_any_day(as_of), ordered_key(query.company), page, [&](ListedTill& till) {
        Wide balance = 0;
        cash_.sum(as_of.rows, ordered_key(TillRow{query.company, till.till}), as_of.corner,
                  {&balance, 1});
        till.balance.minor = static_cast<std::int64_t>(balance);
        return true;
    });
}

ReadModelSpec open_items_model() {
    return ReadModelSpec::of<OpenItemModel>("open_items", 2, "settlement")
        .folding<OpenItemModel, companies::CompanyCreated, ItemOpened, ItemReversed, ItemsAllocated,
                 AllocationTakenBack, PaymentRecorded, ItemWrittenOff, ItemPaymentHeld,
                 ItemPaymentReleased, TillOpened, CashMoved, CashMoveReversed>()
        .answering<OpenItemModel, OpenItemList, ListedItem>()
        .answering<OpenItemModel, PaymentList, ListedPayment>()
        .answering<OpenItemModel, TillList, ListedTill>()
        .answering<OpenItemModel, Ageing, AgedBalance>()
        .answering<OpenItemModel, CashForecast, ForecastDay>()
        .answering<OpenItemModel, CounterpartyStatement, StatementMovement>()
        .answering<OpenItemModel, Exposures, Exposure>();
}

}  // namespace kontor::settlement
