// How items, prices, places and days of an order's lines are found.
#include "domain/purchasing/ordering.h"

#include "domain/pricing/prices.h"

#include <algorithm>
#include <utility>

namespace kontor::purchasing {

namespace {

template <class T>
void fill(std::optional<T>& option, const std::optional<T>& otherwise) {
    if (!option) option = otherwise;
}

// A line on its way into an order. Each step says the first of its faults.
class Ordering {
public:
    Ordering(const World& world, OrderHead& head, const PurchaseLine& asked, OrderedLine& line)
        : world_(world), head_(head), asked_(asked), line_(line), price_(asked.price) {}

    Objection find() {
        if (Objection fault = find_what()) return fault;
        if (Objection fault = find_quantity_of_it()) return fault;
        if (Objection fault = find_place()) return fault;
        if (Objection fault = find_price()) return fault;
        if (Objection fault = find_taxes()) return fault;
        return find_deliveries();
    }

private:
    const CompanyCode& company() const { return head_.company; }

    // A quotation or a requisition that is named says what the line leaves out.
    Objection find_what() {
        std::optional<items::ItemCode> item = asked_.item;
        quantity_ = asked_.quantity;
        if (asked_.quotation) {
            if (Objection fault = find_quotation(*asked_.quotation)) return fault;
            fill(item, std::optional(quoted_for_->item));
            fill(quantity_, std::optional(quoted_for_->quantity));
        }
        const auto& requisition = asked_.requisition ? asked_.requisition
                                  : quoted_for_      ? quoted_for_->requisition
                                                     : asked_.requisition;
        if (requisition) {
            const auto* needed =
                world_.of<Requisitions>().find({company(), requisition->requisition});
            if (!needed) return requisition_unknown.about(requisition->requisition);
            if (requisition->line < 1 || requisition->line > std::ssize(needed->lines))
                return requisition_line_unknown.about(requisition->requisition, requisition->line);
            const auto& wanted = needed->lines[static_cast<std::size_t>(requisition->line - 1)];
            fill(item, std::optional(wanted.item));
            fill(quantity_, std::optional(wanted.quantity));
            wanted_at_ = wanted.warehouse;
            wanted_by_ = wanted.needed_by;
        }
        if (!item || !quantity_) return purchase_line_incomplete;
        if (Objection fault = fault_of_purchase(world_, company(), *item)) return fault;
        line_.item = *item;
        line_.stocked = is_stocked(world_, company(), *item);
        line_.quotation = asked_.quotation;
        line_.requisition = requisition;
        line_.text = asked_.text;
        if (requisition) return fault_of_requisition(world_, company(), *requisition, *item);
        return {};
    }
    Objection find_quotation(const QuotationLineRef& ref) {
        const auto* quotation = world_.of<SupplierQuotations>().find({company(), ref.quotation});
        if (!quotation) return supplier_quotation_unknown.about(ref.quotation);
        if (quotation->supplier != head_.supplier)
            return quotation_of_other_supplier.about(ref.quotation, quotation->supplier);
        const auto found = std::ranges::find(quotation->lines, ref.line, &QuotedLine::line);
        if (found == quotation->lines.end())
            return quotation_line_unknown.about(ref.quotation, ref.line);
        const auto& request = *world_.of<QuotationRequests>().find({company(), quotation->request});
        const auto awarded = std::ranges::find(request.awards, ref.line, &Award::line);
        if (awarded == request.awards.end() || awarded->quotation != ref.quotation)
            return quotation_not_awarded.about(ref.quotation, ref.line);
        if (quotation->valid_until && *quotation->valid_until < head_.date)
            return quotation_expired.about(ref.quotation, *quotation->valid_until);
        quoted_ = *found;
        quoted_for_ = request.lines[static_cast<std::size_t>(ref.line - 1)];
        return {};
    }

    Objection find_quantity_of_it() {
        if (Objection fault = find_quantity(world_, company(), line_.item, *quantity_, line_.base))
            return fault;
        line_.quantity = *quantity_;
        if (quoted_) {
            if (quoted_for_->item != line_.item || quoted_for_->quantity.unit != quantity_->unit)
                return quotation_item_differs.about(quoted_for_->item, quoted_for_->quantity.unit);
            if (quoted_->minimum && quantity_->micro < quoted_->minimum->micro)
                return quotation_minimum_missed.about(line_.item, *quoted_->minimum);
        }
        const PurchasePolicy& policy = purchase_policy_of(world_, company());
        line_.over_receipt = asked_.over_receipt.value_or(policy.over_receipt);
        line_.under_receipt = asked_.under_receipt.value_or(policy.under_receipt);
        return {};
    }

    Objection find_place() {
        if (line_.stocked ? asked_.expense.has_value() : asked_.warehouse.has_value())
            return purchase_warehouse_unwanted.about(line_.item);
        if (!line_.stocked) {
            line_.expense = asked_.expense;
            return asked_.expense ? inventory::fault_of_account(world_, company(), *asked_.expense)
                                  : Objection();
        }
        line_.warehouse = asked_.warehouse;
        fill(line_.warehouse, wanted_at_);
        fill(line_.warehouse, head_.warehouse);
        if (!line_.warehouse) line_.warehouse = only_warehouse();
        if (!line_.warehouse) return purchase_warehouse_missing.about(line_.item);
        return inventory::fault_of_warehouse(world_, company(), *line_.warehouse);
    }
    std::optional<inventory::WarehouseCode> only_warehouse() const {
        std::optional<inventory::WarehouseCode> only;
        for (const auto& [key, warehouse] :
             world_.of<inventory::Warehouses>().from({company(), {}})) {
            if (key.company != company()) break;
            if (warehouse.blocked) continue;
            if (only) return std::nullopt;
            only = key.warehouse;
        }
        return only;
    }

    Objection find_price() {
        line_.framework = asked_.framework;
        if (line_.framework) {
            if (Objection fault = fault_of_framework(world_, company(), *line_.framework,
                                                     head_.supplier, line_.item, head_.date))
                return fault;
        } else if (!price_ && !quoted_) {
            if (const auto* found =
                    framework_for(world_, company(), head_.supplier, line_.item,
                                  line_.quantity.unit, line_.base.micro, head_.date))
                line_.framework = *found;
        }
        if (line_.framework) {
            const FrameworkLine& agreed = world_.of<Frameworks>()
                                              .find({company(), *line_.framework})
                                              ->price_of(line_.item)
                                              ->agreed;
            if (agreed.unit != line_.quantity.unit || (price_ && *price_ != agreed.price))
                return framework_price_differs.about(*line_.framework, agreed.price, agreed.unit);
            price_ = agreed.price;
        }
        if (!price_ && quoted_) price_ = quoted_->price;
        if (!price_) price_ = price_of_lists();
        if (!price_) return purchase_price_missing.about(line_.item);
        if (price_->units < 0) return purchase_price_unfit.about(*price_);
        if (!head_.currency) head_.currency = price_->currency;
        if (price_->currency != *head_.currency)
            return purchase_price_unfit.about(*price_, *head_.currency);
        line_.price = *price_;
        const auto amount = priced(line_.quantity, *price_, Rounding::half_up);
        if (!amount) return purchase_too_large.about(line_.item);
        line_.amount = *amount;
        return {};
    }

    // What the supplier's price lists say, for one of the unit that it is bought in.
    std::optional<UnitPrice> price_of_lists() const {
        pricing::PriceQuestion question;
        question.use = pricing::PriceUse::purchase;
        question.party = head_.supplier;
        question.contract = head_.contract;
        question.currency = head_.currency.value_or(
            world_.of<companies::Companies>().find(company())->base_currency);
        question.date = head_.date;
        question.lines = {{line_.item, line_.quantity}};
        const pricing::Priced found = pricing::prices_of(world_, company(), question);
        if (found.fault) return std::nullopt;
        const pricing::PricedLine& line = found.document.lines.front();
        const auto ratio =
            items::ratio_between(world_, company(), line_.item, line_.quantity.unit, line.unit);
        if (!ratio) return std::nullopt;
        const Wide units = divide(Wide{line.unit_price.units} * ratio->numerator,
                                  ratio->denominator, Rounding::half_up);
        if (units > most_quantity) return std::nullopt;
        return UnitPrice{static_cast<std::int64_t>(units), line.unit_price.currency};
    }

    Objection find_taxes() {
        line_.taxes = asked_.taxes.empty() ? head_.taxes : asked_.taxes;
        taxes::DocumentTaxes document{taxes::TaxUse::purchase, *head_.currency, {}};
        std::vector<std::size_t> numbers;
        return document.add(taxes::tax_book_on(world_, company(), head_.date), line_.taxes,
                            numbers);
    }

    Objection find_deliveries() {
        line_.deliveries = asked_.deliveries;
        if (line_.deliveries.empty()) {
            Date due = head_.due;
            if (wanted_by_) due = *wanted_by_;
            if (quoted_) due = head_.date + static_cast<int>(quoted_->lead_time_days);
            line_.deliveries.push_back({asked_.due.value_or(due), line_.quantity});
        }
        std::ranges::stable_sort(line_.deliveries, {}, &ScheduledDelivery::date);
        return fault_of_deliveries(line_.deliveries, line_.quantity, head_.date);
    }

    const World& world_;
    OrderHead& head_;
    const PurchaseLine& asked_;
    OrderedLine& line_;
    std::optional<UnitPrice> price_;
    std::optional<Quantity> quantity_;
    std::optional<QuotedLine> quoted_;
    std::optional<LineToQuote> quoted_for_;
    std::optional<inventory::WarehouseCode> wanted_at_;
    std::optional<Date> wanted_by_;
};

// The last deliveries are so much more or less that all add up to the quantity again.
void fit_deliveries(std::vector<ScheduledDelivery>& deliveries, const Quantity& quantity) {
    std::int64_t before = 0;
    for (auto at = deliveries.begin(); at != deliveries.end(); ++at) {
        const std::int64_t left = quantity.micro - before;
        if (at->quantity.micro >= left) {
            at->quantity.micro = left;
            deliveries.erase(at + 1, deliveries.end());
            return;
        }
        before += at->quantity.micro;
    }
    deliveries.back().quantity.micro += quantity.micro - before;
}

}  // namespace

Objection fault_of_deliveries(const std::vector<ScheduledDelivery>& deliveries, const Quantity& of,
                              Date since) {
    Wide sum = 0;
    for (const ScheduledDelivery& delivery : deliveries) {
        if (delivery.quantity.unit != of.unit || delivery.quantity.micro <= 0)
            return deliveries_differ.about(delivery.quantity);
        sum += delivery.quantity.micro;
    }
    if (sum != of.micro) return deliveries_differ.about(of);
    for (const ScheduledDelivery& delivery : deliveries)
        if (delivery.date < since) return delivery_before_order.about(delivery.date, since);
    return {};
}

Objection find_ordered_line(const World& world, OrderHead& head, const PurchaseLine& asked,
                            OrderedLine& line) {
    return Ordering(world, head, asked, line).find();
}

Objection find_amended_line(const World& world, const OrderHead& head, const AmendedLine& amended,
                            OrderedLine& line) {
    if (amended.added || (amended.quantity && amended.quantity->unit != line.quantity.unit))
        return purchase_item_kept.about(line.item, line.quantity.unit);
    if (amended.quantity) {
        if (Objection fault =
                find_quantity(world, head.company, line.item, *amended.quantity, line.base))
            return fault;
        line.quantity = *amended.quantity;
        fit_deliveries(line.deliveries, line.quantity);
    }
    if (amended.warehouse) {
        if (!line.stocked) return purchase_warehouse_unwanted.about(line.item);
        if (Objection fault =
                inventory::fault_of_warehouse(world, head.company, *amended.warehouse))
            return fault;
        line.warehouse = amended.warehouse;
    }
    if (amended.price) {
        if (line.framework && *amended.price != line.price)
            return framework_price_differs.about(*line.framework, line.price);
        if (amended.price->units < 0 || amended.price->currency != line.price.currency)
            return purchase_price_unfit.about(*amended.price, line.price.currency);
        line.price = *amended.price;
    }
    const auto amount = priced(line.quantity, line.price, Rounding::half_up);
    if (!amount) return purchase_too_large.about(line.item);
    line.amount = *amount;
    if (amended.due) line.deliveries = {{*amended.due, line.quantity}};
    if (!amended.deliveries.empty()) line.deliveries = amended.deliveries;
    std::ranges::stable_sort(line.deliveries, {}, &ScheduledDelivery::date);
    return fault_of_deliveries(line.deliveries, line.quantity, head.date);
}

CallOff call_off_of(const OrderedLine& line, int sign) {
    return {*line.framework, line.item, sign * line.base.micro, sign * line.amount.minor};
}

}  // namespace kontor::purchasing
