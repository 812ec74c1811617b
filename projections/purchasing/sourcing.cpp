// How requisitions, quotations and agreements are kept, and quotations compared.
#include "projections/purchasing/sourcing.h"

#include "projections/any_day.h"
#include "projections/ledger/rates.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor::purchasing {

void SourcingModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    bases_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void SourcingModel::on(const PurchaseRequested& requested, const Recorded& recorded) {
    requisitions_.put(recorded, {requested.company, requested.requisition}, recorded.day,
                      {requested.requisition,
                       requested.requested_by,
                       recorded.day,
                       RequisitionState::requested,
                       0,
                       requested.lines,
                       requested.text,
                       {}});
}

void SourcingModel::on(const RequisitionApproved& approved, const Recorded& recorded) {
    requisitions_.change(recorded, {approved.company, approved.requisition},
                         [](ListedRequisition& row) { row.state = RequisitionState::approved; });
}

void SourcingModel::on(const RequisitionRejected& rejected, const Recorded& recorded) {
    requisitions_.change(recorded, {rejected.company, rejected.requisition},
                         [&](ListedRequisition& row) {
                             row.state = RequisitionState::rejected;
                             row.rejected_because = rejected.reason;
                         });
}

void SourcingModel::on(const QuotationsRequested& requested, const Recorded& recorded) {
    requests_.put(recorded, {requested.company, requested.request}, first_date,
                  {requested.lines, {}});
}

void SourcingModel::on(const SupplierQuoted& quoted, const Recorded& recorded) {
    quotations_.put(recorded, {quoted.company, quoted.request, quoted.quotation}, first_date,
                    quoted);
}

void SourcingModel::on(const QuotationsAwarded& awarded, const Recorded& recorded) {
    requests_.change_always(recorded, {awarded.company, awarded.request}, [&](AskedRow& row) {
        for (const ComparedAward& award : awarded.awards)
            row.awards.push_back({award.line, award.quotation});
    });
}

void SourcingModel::on(const FrameworkAgreed& agreed, const Recorded& recorded) {
    for (const FrameworkLine& line : agreed.lines) {
        // Ceilings are in the base unit; a price without one says its own unit.
        const Unit base = line.ceiling ? line.ceiling->unit : line.unit;
        frameworks_.put(recorded, {agreed.company, agreed.framework, line.item}, recorded.day,
                        {agreed.framework,
                         agreed.supplier,
                         agreed.valid,
                         line.item,
                         line.unit,
                         line.price,
                         line.ceiling,
                         {0, base},
                         agreed.ceiling});
    }
}

void SourcingModel::on(const FrameworkEnded& ended, const Recorded& recorded) {
    std::vector<items::ItemCode> items;
    const std::string of = ordered_key(ended.company) + ordered_key(ended.framework);
    std::string after;
    while (const auto row = frameworks_.first(recorded.rows, of, after, Corner{})) {
        items.push_back(row->item);
        after = ordered_key(FrameworkItemKey{ended.company, ended.framework, row->item});
    }
    for (const items::ItemCode& item : items)
        frameworks_.change(recorded, {ended.company, ended.framework, item},
                           [&](ListedFramework& row) { row.valid.last = ended.until; });
}

void SourcingModel::call_off(const Recorded& recorded, const CompanyCode& company,
                             const std::optional<FrameworkCode>& framework,
                             const items::ItemCode& item, std::int64_t base_micro) const {
    if (framework && base_micro != 0)
        frameworks_.change(recorded, {company, *framework, item},
                           [&](ListedFramework& row) { row.called.micro += base_micro; });
}

void SourcingModel::call_off(const Recorded& recorded, const CompanyCode& company,
                             const std::vector<OrderedLine>& lines, int sign) const {
    for (const OrderedLine& line : lines) {
        call_off(recorded, company, line.framework, line.item, sign * line.base.micro);
        if (line.framework)
            frameworks_.change(recorded, {company, *line.framework, line.item},
                               [&](ListedFramework& row) { row.called.unit = line.base.unit; });
    }
}

void SourcingModel::count_orders(const Recorded& recorded, const CompanyCode& company,
                                 const std::vector<OrderedLine>& lines, int sign) const {
    for (const OrderedLine& line : lines)
        if (line.requisition)
            requisitions_.change(recorded, {company, line.requisition->requisition},
                                 [&](ListedRequisition& row) { row.orders += sign; });
}

void SourcingModel::on(const PurchaseOrderPlaced& placed, const Recorded& recorded) {
    call_off(recorded, placed.company, placed.lines, +1);
    count_orders(recorded, placed.company, placed.lines, +1);
}

void SourcingModel::on(const PurchaseOrderAmended& amended, const Recorded& recorded) {
    call_off(recorded, amended.company, amended.was, -1);
    call_off(recorded, amended.company, amended.becomes, +1);
    count_orders(recorded, amended.company, amended.was, -1);
    count_orders(recorded, amended.company, amended.becomes, +1);
}

void SourcingModel::on(const PurchaseLinesClosed& closed, const Recorded& recorded) {
    for (const UndeliveredLine& line : closed.lines)
        call_off(recorded, closed.company, line.framework, line.item, -line.undelivered.micro);
}

void SourcingModel::on(const PurchaseLinesReopened& reopened, const Recorded& recorded) {
    for (const UndeliveredLine& line : reopened.lines)
        call_off(recorded, reopened.company, line.framework, line.item, line.undelivered.micro);
}

void SourcingModel::answer(const RequisitionList& query, const AsOf& as_of,
                           Page<ListedRequisition>& page) const {
    requisitions_.list(as_of, ordered_key(query.company), page, [&](const ListedRequisition& row) {
        return !query.state || row.state == *query.state;
    });
}

void SourcingModel::answer(const QuotationsCompared& query, const AsOf& as_of,
                           Page<ComparedQuotation>& page) const {
    const AsOf any_day = on_any_day(as_of);
    const auto request = requests_.get(as_of.rows, {query.company, query.request}, any_day.corner);
    const auto buyer = bases_.get(as_of.rows, {query.company}, Corner{});
    if (!request || !buyer)
        return page.missing("No request for quotation has the id " + to_text(query.request.uuid) +
                            ".");
    const auto& rates = as_of.models.of<ledger::RatesModel>();
    const auto rate_of = [&](Currency currency) -> std::optional<ExactRate> {
        const auto found = rates.rate_on(as_of, query.company, ledger::RateType::spot, currency,
                                         buyer->base, as_of.corner.valid_at);
        return found ? std::optional(found->rate) : std::nullopt;
    };
    std::map<std::string, ComparedQuotation> rows;
    std::map<std::int64_t, std::int64_t> least;
    quotations_.each(
        any_day, ordered_key(query.company) + ordered_key(query.request),
        [&](const SupplierQuoted& quoted) {
            const auto landed =
                landed_offers(request->lines, quoted.lines, quoted.freight, buyer->base, rate_of);
            for (std::size_t at = 0; at < quoted.lines.size(); ++at) {
                const QuotedLine& line = quoted.lines[at];
                const LineToQuote& asked = request->lines[static_cast<std::size_t>(line.line - 1)];
                ComparedQuotation row;
                row.quotation = quoted.quotation;
                row.line = line.line;
                row.supplier = quoted.supplier;
                row.item = asked.item;
                row.quantity = asked.quantity;
                row.price = line.price;
                row.lead_time_days = line.lead_time_days;
                row.minimum = line.minimum;
                row.valid_until = quoted.valid_until;
                row.amount = priced(asked.quantity, line.price, Rounding::half_up)
                                 .value_or(Money{0, line.price.currency});
                row.freight = {0, line.price.currency};
                row.on_offer = is_on_offer(asked, line, quoted.valid_until,
                                           as_of.corner.valid_at.value_or(quoted.date));
                if (landed) {
                    row.freight = (*landed)[at].freight;
                    row.landed = (*landed)[at].landed;
                    if (row.on_offer) {
                        const auto [best, first] = least.try_emplace(line.line, row.landed->minor);
                        if (!first) best->second = std::min(best->second, row.landed->minor);
                    }
                }
                row.awarded =
                    std::ranges::find(request->awards, Award{line.line, quoted.quotation}) !=
                    request->awards.end();
                rows.emplace(ordered_key(line.line) + ordered_key(quoted.quotation),
                             std::move(row));
            }
        });
    for (auto& [key, row] : rows) {
        row.best = row.on_offer && row.landed && row.landed->minor == least.at(row.line);
        if (key > page.after() && !page.add(key, row)) return;
    }
}

void SourcingModel::answer(const FrameworkList& query, const AsOf& as_of,
                           Page<ListedFramework>& page) const {
    frameworks_.list(as_of, ordered_key(query.company), page, [&](const ListedFramework& row) {
        return !query.supplier || row.supplier == *query.supplier;
    });
}

ReadModelSpec sourcing_model() {
    return ReadModelSpec::of<SourcingModel>("sourcing", 1, "purchasing")
        .folding<SourcingModel, companies::CompanyCreated, PurchaseRequested, RequisitionApproved,
                 RequisitionRejected, QuotationsRequested, SupplierQuoted, QuotationsAwarded,
                 FrameworkAgreed, FrameworkEnded, PurchaseOrderPlaced, PurchaseOrderAmended,
                 PurchaseLinesClosed, PurchaseLinesReopened>()
        .answering<SourcingModel, RequisitionList, ListedRequisition>()
        .answering<SourcingModel, QuotationsCompared, ComparedQuotation>()
        .answering<SourcingModel, FrameworkList, ListedFramework>();
}

}  // namespace kontor::purchasing
