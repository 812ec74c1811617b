// What is answered of sales: rows at a corner with their sums, and threads of documents.
#include "domain/settlement/open_items.h"
#include "projections/any_day.h"
#include "projections/question_malformed.h"
#include "projections/sales/sales.h"
#include "projections/settlement/open_items.h"

#include <array>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace kontor::sales {

namespace {

std::int64_t minor(Wide sum) { return static_cast<std::int64_t>(sum); }

}  // namespace

Currency SalesModel::base_of(const AsOf& as_of, const CompanyCode& company) const {
    const auto base = bases_.get(as_of.rows, {company}, Corner{});
    if (!base) throw StorageBroken("a company with sales has no currency");
    return base->base_currency;
}

SalesModel::LineSums SalesModel::sums_of(const AsOf& as_of, const LineRow& line) const {
    const std::string key = ordered_key(line);
    std::array<Wide, 3> done{};
    std::array<Wide, 7> booked{};
    done_.sum(as_of.rows, key, as_of.corner, done);
    booked_.sum(as_of.rows, key, as_of.corner, booked);
    return {minor(done[0]),   minor(done[1]),   minor(done[2]),   minor(booked[0]),
            minor(booked[1]), minor(booked[2]), minor(booked[3]), minor(booked[4]),
            minor(booked[5]), minor(booked[6])};
}

std::optional<SalesModel::KeptLine> SalesModel::line_at(const AsOf& as_of,
                                                        const LineRow& line) const {
    if (auto kept = lines_.get(as_of.rows, line, as_of.corner)) return kept;
    return lines_.get(as_of.rows, line, on_any_day(as_of).corner);
}

void SalesModel::add_sums(const AsOf& as_of, const CompanyCode& company,
                          ListedSalesOrder& order) const {
    booked_.for_each_sum(as_of.rows, ordered_key(SalesOrderKey{company, order.order}), std::nullopt,
                         as_of.corner, [&](std::string_view, std::span<const Wide> sums) {
                             order.earned.minor += minor(sums[0]);
                             order.invoiced.minor += minor(sums[2]);
                             order.unbilled.minor += minor(sums[3]);
                             order.liability.minor += minor(sums[5]);
                             return true;
                         });
}

void SalesModel::answer(const SalesOrderList& query, const AsOf& as_of,
                        Page<ListedSalesOrder>& page) const {
    orders_.list(as_of, ordered_key(query.company), page, [&](ListedSalesOrder& order) {
        if ((query.customer && order.customer != *query.customer) ||
            (query.counterparty && order.counterparty != *query.counterparty) ||
            (query.seller && order.seller != query.seller) || (query.held && !order.held))
            return false;
        add_sums(as_of, query.company, order);
        return true;
    });
}

void SalesModel::answer(const SalesOrderQuestion& query, const AsOf& as_of,
                        Page<SalesOrderLine>& page) const {
    auto order = orders_.get(as_of.rows, {query.company, query.order}, as_of.corner);
    if (!order) return page.missing("The company has no such sales order at that time.");
    add_sums(as_of, query.company, *order);
    const Currency base = base_of(as_of, query.company);
    const Currency currency = order->net.currency;
    for (std::int64_t number = 1;; ++number) {
        const LineRow row{query.company, query.order, number};
        const auto kept = lines_.get(as_of.rows, row, as_of.corner);
        if (!kept) break;
        const std::string key = ordered_key(number);
        if (!page.after().empty() && key <= page.after()) continue;
        const SoldLine& sold = kept->sold;
        const LineSums sums = sums_of(as_of, row);
        const Unit unit = sold.base.unit;
        if (!page.add(key, {number,
                            sold.item,
                            sold.name,
                            sold.quantity,
                            sold.base,
                            sold.price,
                            sold.discount,
                            sold.net,
                            sold.gross,
                            sold.due,
                            sold.warehouse,
                            kept->closed,
                            {sums.delivered, unit},
                            {sums.returned, unit},
                            {sums.invoiced, unit},
                            {sums.earned, currency},
                            {sums.earned_base, base},
                            {sums.invoiced_net, currency},
                            {sums.unbilled, currency},
                            {sums.unbilled_base, base},
                            {sums.liability, currency},
                            {sums.liability_base, base}}))
            break;
    }
    page.totals(*order);
}

void SalesModel::answer(const DeliveriesDue& query, const AsOf& as_of,
                        Page<DueSalesLine>& page) const {
    std::optional<std::string_view> after;
    if (!page.after().empty()) after = page.after();
    due_.for_each_sum(
        as_of.rows, ordered_key(query.company), after, as_of.corner,
        [&](std::string_view octets, std::span<const Wide> sums) {
            std::string key(octets);
            taken<CompanyCode>(octets);
            const Date due = taken<Date>(octets);
            if (query.through && *query.through < due) return false;
            if (sums[0] <= 0) return true;
            LineRow row{query.company, taken<SalesOrderId>(octets), 1};
            row.line = taken<std::int64_t>(octets);
            const auto kept = line_at(as_of, row);
            const auto order = orders_.get(as_of.rows, {query.company, row.order}, as_of.corner);
            if (!kept || !order || (query.customer && order->customer != *query.customer) ||
                (query.item && kept->sold.item != *query.item) ||
                (query.warehouse && kept->sold.warehouse != query.warehouse))
                return true;
            const SoldLine& sold = kept->sold;
            const std::int64_t open = minor(sums[0]);
            const LineSums done = sums_of(as_of, row);
            const std::int64_t rest = sold.base.micro - done.delivered + done.returned;
            const Money net{rest <= 0 ? 0 : share_of_rest(sold.net.minor - done.earned, rest, open),
                            sold.net.currency};
            return page.add(std::move(key), {row.order,
                                             row.line,
                                             order->number,
                                             order->customer,
                                             sold.item,
                                             sold.name,
                                             due,
                                             sold.warehouse,
                                             sold.base,
                                             {open, sold.base.unit},
                                             net,
                                             order->held});
        });
}

void SalesModel::answer(const UnbilledSales& query, const AsOf& as_of,
                        Page<UnbilledSale>& page) const {
    const Currency base = base_of(as_of, query.company);
    UnbilledTotals totals{{0, base}, {0, base}};
    bool full = false;
    booked_.for_each_sum(as_of.rows, ordered_key(query.company), std::nullopt, as_of.corner,
                         [&](std::string_view octets, std::span<const Wide> sums) {
                             if (sums[3] == 0 && sums[4] == 0 && sums[5] == 0 && sums[6] == 0)
                                 return true;
                             std::string key(octets);
                             const auto row = taken<LineRow>(octets);
                             const auto kept = line_at(as_of, row);
                             const auto order = orders_.get(as_of.rows, {query.company, row.order},
                                                            on_any_day(as_of).corner);
                             if (!kept || !order ||
                                 (query.counterparty && order->counterparty != *query.counterparty))
                                 return true;
                             const Currency currency = order->net.currency;
                             const SalesAccounts& accounts = kept->sold.accounts;
                             UnbilledSale sale{row.order,
                                               row.line,
                                               order->number,
                                               order->customer,
                                               order->counterparty,
                                               kept->sold.item,
                                               accounts.unbilled,
                                               {minor(sums[3]), currency},
                                               {minor(sums[4]), base},
                                               accounts.contract_liability,
                                               {minor(sums[5]), currency},
                                               {minor(sums[6]), base}};
                             totals.unbilled = totals.unbilled + sale.unbilled_base;
                             totals.liability = totals.liability + sale.liability_base;
                             if (!full && key > page.after())
                                 full = !page.add(std::move(key), std::move(sale));
                             return true;
                         });
    page.totals(totals);
}

void SalesModel::answer(const SaleDeliveryList& query, const AsOf& as_of,
                        Page<ListedSaleDelivery>& page) const {
    deliveries_.list(as_of, ordered_key(query.company), page,
                     [&](const ListedSaleDelivery& delivery) {
                         return (!query.order || delivery.order == *query.order) &&
                                (!query.customer || delivery.customer == *query.customer) &&
                                (!query.carrier || delivery.carrier == query.carrier);
                     });
}

void SalesModel::answer(const SalesInvoiceList& query, const AsOf& as_of,
                        Page<ListedSalesInvoice>& page) const {
    invoices_.list(as_of, ordered_key(query.company), page, [&](const ListedSalesInvoice& invoice) {
        return (!query.customer || invoice.customer == *query.customer) &&
               (!query.counterparty || invoice.counterparty == *query.counterparty) &&
               (!query.kind || invoice.kind == *query.kind);
    });
}

void SalesModel::answer(const SalesInvoiceQuestion& query, const AsOf& as_of,
                        Page<InvoicedSaleLine>& page) const {
    auto document = documents_.get(as_of.rows, {query.company, query.invoice}, as_of.corner);
    if (!document) return page.missing("The company has no such sales invoice at that time.");
    const auto lines = std::exchange(document->lines, {});
    page.totals(*document);
    for (const InvoicedSaleLine& line : lines) {
        std::string key = ordered_key(line.line);
        if (key > page.after() && !page.add(std::move(key), line)) return;
    }
}

void SalesModel::answer(const CreditExposures& query, const AsOf& as_of,
                        Page<ListedCreditExposure>& page) const {
    // What is owed already is the settlement's to say; both are one row by contract and currency.
    AnyPage owed(std::numeric_limits<std::size_t>::max(), {});
    Page<settlement::Exposure> owed_page(owed);
    as_of.models.of<settlement::OpenItemModel>().answer(
        settlement::Exposures{query.company, query.counterparty}, as_of, owed_page);
    using Key =
        std::tuple<parties::CounterpartyCode, std::optional<contracts::ContractCode>, Currency>;
    std::map<Key, ListedCreditExposure> rows;
    const auto row_of = [&](const Key& key) -> ListedCreditExposure& {
        const Money none{0, std::get<2>(key)};
        return rows
            .try_emplace(key, ListedCreditExposure{std::get<0>(key), std::get<1>(key), none, none,
                                                   none, none})
            .first->second;
    };
    for (const Message& message : owed.rows()) {
        const auto& each = *message.as<settlement::Exposure>();
        ListedCreditExposure& row =
            row_of({each.counterparty, each.contract, each.exposure.currency});
        row.receivable = each.receivable;
        row.unallocated = each.unallocated;
        row.exposure = row.exposure + each.exposure;
    }
    std::string begins_with = ordered_key(query.company);
    if (query.counterparty) begins_with += ordered_key(*query.counterparty);
    uninvoiced_.for_each_sum(
        as_of.rows, begins_with, std::nullopt, as_of.corner,
        [&](std::string_view octets, std::span<const Wide> sums) {
            if (sums[0] == 0) return true;
            const auto key = taken<UninvoicedKey>(octets);
            ListedCreditExposure& row = row_of({key.counterparty, key.contract, key.currency});
            row.uninvoiced.minor = minor(sums[0]);
            row.exposure = row.exposure + row.uninvoiced;
            return true;
        });
    for (auto& [key, row] : rows) {
        std::string at = ordered_key(
            UninvoicedKey{query.company, std::get<0>(key),
                          std::get<1>(key).value_or(contracts::ContractCode{}), std::get<2>(key)});
        if (at > page.after() && !page.add(std::move(at), row)) return;
    }
}

// What hangs together with a document, found by following links from one to the next.
class SalesModel::Thread {
public:
    Thread(const SalesModel& model, const AsOf& as_of, const CompanyCode& company)
        : model_(model), as_of_(as_of), company_(company) {}

    // An order may have nothing that hangs together with it yet.
    void begin_with_order(const std::string& document) {
        const SalesOrderId id{uuid_from(document).value()};
        if (const auto order = model_.orders_.get(as_of_.rows, {company_, id}, as_of_.corner))
            orders_.emplace(order->date, document);
    }
    // Orders, deliveries and invoices are gone on from, other documents hang below them.
    void follow(const std::string& document) {
        std::vector<std::string> waiting{document};
        while (!waiting.empty()) {
            const std::string from = std::move(waiting.back());
            waiting.pop_back();
            if (!seen_.insert(from).second) continue;
            model_.links_.each(
                as_of_, ordered_key(company_) + ordered_key(from), [&](const Link& link) {
                    if (link.kind == ThreadKind::sales_order) orders_.emplace(link.date, link.to);
                    if (link.kind == ThreadKind::sales_order || link.kind == ThreadKind::invoice ||
                        link.kind == ThreadKind::credit_note || link.kind == ThreadKind::delivery)
                        waiting.push_back(link.to);
                });
        }
    }
    std::vector<ThreadStep> steps() {
        for (const auto& [date, document] : orders_) add_order(document);
        return std::move(steps_);
    }

private:
    void add(ThreadKind kind, const std::string& document, std::optional<std::string> from,
             Date date, std::optional<std::string> number, std::optional<Money> amount) {
        steps_.push_back({std::ssize(steps_) + 1, kind, document, std::move(from), date,
                          std::move(number), amount});
    }
    void each_below(const std::string& document, ThreadKind kind, const auto& call) {
        model_.links_.each(as_of_,
                           ordered_key(company_) + ordered_key(document) + ordered_key(kind),
                           [&](const Link& link) { call(link); });
    }
    void add_order(const std::string& document) {
        const SalesOrderId id{uuid_from(document).value()};
        const auto order = model_.orders_.get(as_of_.rows, {company_, id}, as_of_.corner);
        if (!order) return;
        add(ThreadKind::sales_order, document, {}, order->date, order->number, order->net);
        each_below(document, ThreadKind::delivery,
                   [&](const Link& link) { add_delivery(link, document); });
        each_below(document, ThreadKind::sale_return, [&](const Link& link) {
            add(ThreadKind::sale_return, link.to, document, link.date, {}, {});
        });
        for (const ThreadKind kind : {ThreadKind::invoice, ThreadKind::credit_note})
            each_below(document, kind, [&](const Link& link) { add_invoice(link, document); });
    }
    void add_delivery(const Link& link, const std::string& from) {
        const SaleDeliveryId id{uuid_from(link.to).value()};
        const auto delivery =
            model_.deliveries_.get(as_of_.rows, {company_, link.date, id}, as_of_.corner);
        if (!delivery) return;
        add(ThreadKind::delivery, link.to, from, link.date, delivery->consignment,
            delivery->earned);
        for (const ThreadKind kind : {ThreadKind::stock_document, ThreadKind::entry})
            each_below(link.to, kind, [&](const Link& below) {
                add(kind, below.to, link.to, below.date, {}, {});
            });
    }
    // An invoice of several orders stands below each of them, what settles it below the first.
    void add_invoice(const Link& link, const std::string& from) {
        const SalesInvoiceId id{uuid_from(link.to).value()};
        const auto invoice =
            model_.invoices_.get(as_of_.rows, {company_, link.date, id}, as_of_.corner);
        if (!invoice) return;
        add(link.kind, link.to, from, link.date, invoice->number, invoice->payable);
        if (!invoiced_.insert(link.to).second || invoice->payable.minor == 0) return;
        add(ThreadKind::open_item, link.to, link.to, link.date, invoice->number, invoice->payable);
        add(ThreadKind::entry, to_text(settlement::entry_of(settlement::OpenItemId{id.uuid}).uuid),
            link.to, link.date, {}, {});
        model_.payments_.each(
            as_of_, ordered_key(company_) + ordered_key(link.to), [&](const Payment& payment) {
                add(ThreadKind::payment, payment.by, link.to, payment.date, {}, payment.amount);
            });
    }

    const SalesModel& model_;
    const AsOf& as_of_;
    const CompanyCode& company_;
    std::set<std::string> seen_, invoiced_;
    std::set<std::pair<Date, std::string>> orders_;
    std::vector<ThreadStep> steps_;
};

void SalesModel::answer(const SalesThread& query, const AsOf& as_of, Page<ThreadStep>& page) const {
    const int named = (query.order ? 1 : 0) + (query.delivery ? 1 : 0) + (query.invoice ? 1 : 0);
    if (named != 1)
        throw QuestionMalformed("/order", "is to be an order, or else a delivery or an invoice");
    const std::string document = to_text(query.order      ? query.order->uuid
                                         : query.delivery ? query.delivery->uuid
                                                          : query.invoice->uuid);
    Thread thread(*this, as_of, query.company);
    if (query.order) thread.begin_with_order(document);
    thread.follow(document);
    const std::vector<ThreadStep> steps = thread.steps();
    if (steps.empty()) return page.missing("The company has no such document at that time.");
    for (const ThreadStep& step : steps) {
        std::string key = ordered_key(step.line);
        if (key > page.after() && !page.add(std::move(key), step)) return;
    }
}

}  // namespace kontor::sales
