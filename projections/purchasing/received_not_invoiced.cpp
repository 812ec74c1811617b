// How lines are counted up and cleared, on the days on which their entries are.
#include "projections/purchasing/received_not_invoiced.h"

#include <array>
#include <map>

namespace kontor::purchasing {

namespace {

// Of a debit account's view: what is owed less what was paid before has the order's currency.
Valued owed(const Valued& all, const Valued& prepaid) {
    return {all.quantity, all.amount - prepaid.amount, all.base};
}

Valued negative(const Valued& value) { return {-value.quantity, -value.amount, -value.base}; }

}  // namespace

void ReceivedNotInvoicedModel::on(const companies::CompanyCreated& created,
                                  const Recorded& recorded) {
    bases_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void ReceivedNotInvoicedModel::count(const Recorded& recorded, const LineKey& key, Date day,
                                     const Valued& more) const {
    const std::array<std::int64_t, 3> amounts{more.quantity, more.amount, more.base};
    if (more != Valued{}) sums_.add(recorded.rows, ordered_key(key), day, recorded.event, amounts);
}

void ReceivedNotInvoicedModel::on(const PurchaseReceived& received, const Recorded& recorded) {
    for (const ReceivedLine& line : received.lines) {
        const LineKey key{received.company, received.order, line.order_line, line.account};
        lines_.put(recorded, key, first_date,
                   {received.supplier, line.item, line.received.unit, line.owed.currency});
        count(recorded, key, received.posted_on, owed(line.valued(), line.prepaid));
    }
}

void ReceivedNotInvoicedModel::on(const PurchaseReceiptReversed& reversed,
                                  const Recorded& recorded) {
    for (const ReceivedLine& line : reversed.lines)
        count(recorded, {reversed.company, reversed.order, line.order_line, line.account},
              reversed.posted_on, negative(owed(line.valued(), line.prepaid)));
}

void ReceivedNotInvoicedModel::on(const PurchaseReturned& returned, const Recorded& recorded) {
    std::int64_t of_stock = 0;
    const ReturnedLine* first = nullptr;
    for (const ReturnedLine& line : returned.lines) {
        Valued all = line.open;
        all += line.credit;
        count(recorded, {returned.company, returned.order, line.order_line, line.account},
              returned.posted_on, negative(owed(all, line.prepaid)));
        if (line.stock_line == 0) continue;
        if (!first) first = &line;
        of_stock += all.base + line.rounding.minor;
    }
    if (first)
        causes_.put(
            recorded, {returned.company, {returned.supplier_return.uuid}}, first_date,
            {returned.order, first->order_line, first->account, returned.posted_on, of_stock});
}

void ReceivedNotInvoicedModel::on(const SupplierInvoiced& invoiced, const Recorded& recorded) {
    const int sign = invoiced.credit ? +1 : -1;
    const auto signed_as = [&](const Valued& value) { return sign < 0 ? negative(value) : value; };
    std::uint64_t count_of_costs = 0;
    for (const InvoicedLine& line : invoiced.lines) {
        for (const ClearedReceipt& cleared : line.cleared) {
            const LineKey key{invoiced.company, line.order, line.order_line, cleared.account};
            count(recorded, key, invoiced.posted_on,
                  signed_as(owed(cleared.cleared, cleared.prepaid)));
            if (cleared.stock_line == 0 || cleared.price_difference.minor == 0) continue;
            // The entry takes the difference to the account, and stock takes it from there.
            count(recorded, key, invoiced.posted_on, {0, 0, -cleared.price_difference.minor});
            const CauseId cause{derived_uuid(invoiced.invoice.uuid, "invoiced_prices_reach_stock",
                                             count_of_costs++)};
            causes_.put(recorded, {invoiced.company, cause}, first_date,
                        {line.order, line.order_line, cleared.account, invoiced.posted_on, 0});
        }
        if (line.ahead == Valued{}) continue;
        const LineKey key{invoiced.company, line.order, line.order_line, line.account};
        lines_.put(recorded, key, first_date,
                   {invoiced.supplier, line.item, line.quantity.unit, line.amount.currency});
        count(recorded, key, invoiced.posted_on, signed_as(line.ahead));
    }
    invoices_.put(recorded, {invoiced.company, invoiced.invoice}, invoiced.date,
                  {invoiced.invoice,
                   invoiced.credit,
                   invoiced.number,
                   invoiced.supplier,
                   invoiced.counterparty,
                   invoiced.date,
                   invoiced.due,
                   invoiced.payable,
                   invoiced.payable_base,
                   !invoiced.faults.empty(),
                   invoiced.faults,
                   {}});
}

void ReceivedNotInvoicedModel::on(const SupplierInvoiceReleased& released,
                                  const Recorded& recorded) {
    invoices_.change(recorded, {released.company, released.invoice},
                     [&](ListedSupplierInvoice& invoice) {
                         invoice.blocked = false;
                         invoice.released_because = released.reason;
                     });
}

// What stock posts on the account beside what is counted: a price that came later, and what of it
// goes back with goods.
void ReceivedNotInvoicedModel::count_rest(
    const Recorded& recorded, const CompanyCode& company, CauseId id,
    const std::vector<inventory::StockEntryLine>& postings) const {
    const auto cause = causes_.get(recorded.rows, {company, id}, Corner{});
    if (!cause) return;
    std::map<Date, std::int64_t> debits;
    debits[cause->counted_on] = -cause->counted;
    for (const inventory::StockEntryLine& posting : postings)
        if (posting.account == cause->account) debits[posting.date] += posting.debit.minor;
    for (const auto& [day, debit] : debits)
        if (debit != 0)
            count(recorded, {company, cause->order, cause->line, cause->account}, day,
                  {0, 0, -debit});
}

void ReceivedNotInvoicedModel::on(const inventory::StockMoved& moved, const Recorded& recorded) {
    if (moved.kind == inventory::StockDocumentKind::returned)
        count_rest(recorded, moved.company, {moved.document.uuid}, moved.postings);
}

void ReceivedNotInvoicedModel::on(const inventory::LandedCostAdded& added,
                                  const Recorded& recorded) {
    count_rest(recorded, added.company, {added.landed_cost.uuid}, added.postings);
}

void ReceivedNotInvoicedModel::on(const inventory::LandedCostWithdrawn& withdrawn,
                                  const Recorded& recorded) {
    count_rest(recorded, withdrawn.company, {withdrawn.landed_cost.uuid}, withdrawn.postings);
}

void ReceivedNotInvoicedModel::answer(const ReceivedNotInvoiced& query, const AsOf& as_of,
                                      Page<UninvoicedLine>& page) const {
    const auto base = bases_.get(as_of.rows, {query.company}, Corner{});
    if (!base) throw StorageBroken("a company that buys has no currency");
    UninvoicedTotals totals{{0, base->currency}};
    bool full = false;
    sums_.for_each_sum(
        as_of.rows, ordered_key(query.company), std::nullopt, as_of.corner,
        [&](std::string_view key, std::span<const Wide> sums) {
            if (sums[0] == 0 && sums[1] == 0 && sums[2] == 0) return true;
            std::string_view octets = key;
            const auto of = taken<LineKey>(octets);
            const auto facts = lines_.get(as_of.rows, of, Corner{});
            if (!facts) throw StorageBroken("a line that is not invoiced is not there");
            if ((query.supplier && facts->supplier != *query.supplier) ||
                (query.account && of.account != *query.account))
                return true;
            const auto narrow = [](Wide sum) { return static_cast<std::int64_t>(sum); };
            totals.base.minor += narrow(sums[2]);
            if (!full && key > page.after())
                full = !page.add(std::string(key), {of.order,
                                                    of.line,
                                                    facts->supplier,
                                                    facts->item,
                                                    of.account,
                                                    {narrow(sums[0]), facts->unit},
                                                    {narrow(sums[1]), facts->currency},
                                                    {narrow(sums[2]), base->currency}});
            return true;
        });
    page.totals(totals);
}

void ReceivedNotInvoicedModel::answer(const SupplierInvoiceList& query, const AsOf& as_of,
                                      Page<ListedSupplierInvoice>& page) const {
    invoices_.list(as_of, ordered_key(query.company), page,
                   [&](const ListedSupplierInvoice& invoice) {
                       return (!query.supplier || invoice.supplier == *query.supplier) &&
                              (!query.blocked || invoice.blocked == *query.blocked);
                   });
}

ReadModelSpec received_not_invoiced_model() {
    return ReadModelSpec::of<ReceivedNotInvoicedModel>("received_not_invoiced", 1, "purchasing")
        .folding<ReceivedNotInvoicedModel, companies::CompanyCreated, PurchaseReceived,
                 PurchaseReceiptReversed, PurchaseReturned, SupplierInvoiced,
                 SupplierInvoiceReleased, inventory::StockMoved, inventory::LandedCostAdded,
                 inventory::LandedCostWithdrawn>()
        .answering<ReceivedNotInvoicedModel, ReceivedNotInvoiced, UninvoicedLine>()
        .answering<ReceivedNotInvoicedModel, SupplierInvoiceList, ListedSupplierInvoice>();
}

}  // namespace kontor::purchasing
