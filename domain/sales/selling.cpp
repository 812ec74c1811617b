// How items, places, prices, accounts and taxes of an order's lines are found.
#include "domain/sales/selling.h"

#include "domain/items/kits.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kontor::sales {

namespace {

constexpr Percent all_of_it{100'000'000};

std::optional<inventory::WarehouseCode> only_warehouse(const World& world,
                                                       const CompanyCode& company) {
    std::optional<inventory::WarehouseCode> only;
    for (const auto& [key, warehouse] : world.of<inventory::Warehouses>().from({company, {}})) {
        if (key.company != company) break;
        if (warehouse.blocked) continue;
        if (only) return std::nullopt;
        only = key.warehouse;
    }
    return only;
}

Objection find_place(const World& world, const SaleHead& head,
                     const std::optional<inventory::WarehouseCode>& asked, SoldLine& line) {
    if (line.kind == items::ItemKind::service)
        return asked ? sales_warehouse_unwanted.about(line.item) : Objection();
    line.warehouse = asked ? asked : head.warehouse;
    if (!line.warehouse) line.warehouse = only_warehouse(world, head.company);
    if (!line.warehouse) return sales_warehouse_missing.about(line.item);
    return inventory::fault_of_warehouse(world, head.company, *line.warehouse);
}

// Goods leave stock as they are, a kit as what it holds on the day of the order.
Objection find_leaving(const World& world, const SaleHead& head, SoldLine& line) {
    line.leaves.clear();
    if (line.kind == items::ItemKind::service) return {};
    if (line.kind == items::ItemKind::goods) {
        line.leaves.push_back({line.item, line.base});
        return {};
    }
    const auto held =
        items::opened(world, head.company, line.item, items::exact(line.base), head.date);
    if (!held) return kit_not_openable.about(line.item, head.date);
    for (const items::KitShare& share : *held) {
        if (world.of<items::Items>().find({head.company, share.item})->kind !=
            items::ItemKind::goods)
            continue;
        const auto quantity = items::whole(share.quantity);
        if (!quantity || !items::fits_unit(world, head.company, *quantity))
            return kit_not_openable.about(line.item, share.item);
        line.leaves.push_back({share.item, *quantity});
    }
    return {};
}

// What promotions give is at most what is there, in the order in which they gave it.
void take_off(std::vector<LinePromotion>& promotions, Money& amount) {
    for (LinePromotion& promotion : promotions) {
        promotion.amount.minor = std::min(promotion.amount.minor, amount.minor);
        amount = amount - promotion.amount;
    }
    std::erase_if(promotions,
                  [](const LinePromotion& promotion) { return promotion.amount.minor <= 0; });
}

// What a line comes to at its quantity, price, discount and promotions.
Objection find_amount(const World& world, const SaleHead& head, SoldLine& line) {
    if (line.price.currency != head.currency || line.price.units < 0)
        return sales_price_unfit.about(line.price, head.currency);
    if (line.discount.units < 0 || line.discount > all_of_it)
        return sales_discount_unfit.about(line.item);
    auto quantity = std::optional(items::exact(line.quantity));
    if (line.price_unit) {
        const auto ratio = items::ratio_between(world, head.company, line.item, line.quantity.unit,
                                                *line.price_unit);
        quantity = ratio ? items::converted(*quantity, *ratio, *line.price_unit) : std::nullopt;
    }
    const auto amount = quantity ? discounted(*quantity, line.price, line.discount) : std::nullopt;
    if (!amount) return sales_too_large.about(line.item);
    line.amount = *amount;
    take_off(line.promotions, line.amount);
    return {};
}

// What is sold, and where it comes from.
Objection find_thing(const World& world, const SaleHead& head, const SalesLine& asked,
                     SoldLine& line) {
    if (Objection fault =
            items::fault_of_use(world, head.company, asked.item, items::ItemUse::sale))
        return fault;
    const items::Item& item = *world.of<items::Items>().find({head.company, asked.item});
    line.item = asked.item;
    line.name = item.name;
    line.kind = item.kind;
    line.quantity = asked.quantity;
    line.text = asked.text;
    line.taxes = asked.taxes;
    if (Objection fault =
            inventory::find_quantity(world, head.company, asked.item, asked.quantity, line.base))
        return fault;
    if (Objection fault = find_place(world, head, asked.warehouse, line)) return fault;
    return find_leaving(world, head, line);
}

void take_price(SoldLine& line, const pricing::PricedLine& priced) {
    line.price = priced.unit_price;
    line.list = priced.list;
    line.list_price = priced.list_price;
    if (priced.unit != line.quantity.unit) line.price_unit = priced.unit;
    for (const pricing::PriceStep& step : priced.steps)
        if (step.kind == pricing::PriceStepKind::promotion)
            line.promotions.push_back({{step.code}, -step.amount});
}

// Which line of a question its fault is of; the first where it is none's.
std::size_t line_of_fault(const Objection& fault) {
    constexpr std::string_view lines = "/lines/";
    std::size_t line = 0;
    if (fault.pointer.starts_with(lines))
        std::from_chars(fault.pointer.data() + lines.size(),
                        fault.pointer.data() + fault.pointer.size(), line);
    return line;
}

// The prices of lines that name none, all of them together.
Objection find_prices(const World& world, const SaleHead& head, const SaleOffer& offer,
                      std::span<const AskedLine> asked, std::span<SoldLine> lines) {
    pricing::PriceQuestion question{pricing::PriceUse::sale, head.customer, head.contract,
                                    head.currency,           head.date,     {},
                                    offer.promotions,        offer.document};
    std::vector<std::size_t> without;
    for (std::size_t at = 0; at < asked.size(); ++at) {
        if (asked[at].line->price) continue;
        without.push_back(at);
        question.lines.push_back({lines[at].item, lines[at].quantity});
    }
    if (without.empty()) return {};
    pricing::Priced priced = pricing::prices_of(world, head.company, question);
    if (priced.fault) {
        const std::size_t at = asked[without[line_of_fault(priced.fault)]].at;
        return std::move(priced.fault).of_what_is_kept().at("lines", at);
    }
    for (std::size_t at = 0; at < without.size(); ++at)
        take_price(lines[without[at]], priced.document.lines[at]);
    return {};
}

// What a line comes to, when it is due and how it is posted.
Objection find_terms(const World& world, const SaleHead& head, const SalesLine& asked,
                     SoldLine& line) {
    if (asked.price) line.price = *asked.price;
    line.discount = asked.discount.value_or(Percent{});
    if (Objection fault = find_amount(world, head, line)) return fault;
    line.due = asked.due.value_or(head.due);
    if (line.due < head.date) return due_before_order.about(line.due, head.date);
    const SalesPosting* posting = sales_posting_of(world, head.company, line.item, head.date);
    if (!posting) return sales_accounts_missing.about(line.item);
    line.accounts = posting->accounts;
    line.journal = posting->journal;
    if (line.taxes.empty()) line.taxes = posting->taxes;
    return {};
}

// The agreed price stays, for one of what it was agreed for; what promotions gave goes down with
// the quantity and not up.
void change_quantity(SoldLine& line, const Quantity& quantity, std::int64_t base_before) {
    if (quantity.unit != line.quantity.unit && !line.price_unit)
        line.price_unit = line.quantity.unit;
    if (line.price_unit == quantity.unit) line.price_unit.reset();
    line.quantity = quantity;
    if (line.base.micro >= base_before) return;
    for (LinePromotion& promotion : line.promotions)
        promotion.amount.minor =
            share_of_rest(promotion.amount.minor, base_before, line.base.micro);
}

}  // namespace

std::optional<Money> discounted(const items::ExactQuantity& quantity, const UnitPrice& price,
                                Percent discount) {
    // millionths x millionths x (100 % in millionths): 10^20 of them are one unit of the currency.
    const int digits = minor_digits(price.currency);
    Wide whole = 0, parts = 0;
    if (__builtin_mul_overflow(Wide{quantity.numerator} * price.units,
                               Wide{all_of_it.units - discount.units}, &whole) ||
        __builtin_mul_overflow(Wide{quantity.denominator}, ten_to(20 - digits), &parts))
        return std::nullopt;
    const Wide minor = divide(whole, parts, Rounding::half_up);
    if (minor > most_money || minor < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), price.currency};
}

Objection find_sold_lines(const World& world, const SaleHead& head, const SaleOffer& offer,
                          std::span<const AskedLine> asked, std::vector<SoldLine>& lines) {
    const std::size_t before = lines.size();
    for (const AskedLine& each : asked) {
        SoldLine& line = lines.emplace_back();
        line.line = each.number;
        if (Objection fault = find_thing(world, head, *each.line, line))
            return std::move(fault).at("lines", each.at);
    }
    const std::span<SoldLine> found = std::span(lines).subspan(before);
    if (Objection fault = find_prices(world, head, offer, asked, found)) return fault;
    for (std::size_t at = 0; at < found.size(); ++at)
        if (Objection fault = find_terms(world, head, *asked[at].line, found[at]))
            return std::move(fault).at("lines", asked[at].at);
    return {};
}

Objection find_amended_line(const World& world, const SaleHead& head, const SalesLineState& was,
                            const AmendedSalesLine& amended, SoldLine& line) {
    line = was.sold;
    const bool begun = was.progress.delivered != 0 || was.progress.invoiced != 0;
    if (begun && (amended.price || amended.discount || amended.warehouse))
        return sales_line_begun.about(line.item);
    if (amended.quantity) {
        if (begun && amended.quantity->unit != line.quantity.unit)
            return sales_line_begun.about(line.item);
        if (Objection fault = inventory::find_quantity(world, head.company, line.item,
                                                       *amended.quantity, line.base))
            return fault;
        change_quantity(line, *amended.quantity, was.sold.base.micro);
        if (Objection fault = find_leaving(world, head, line)) return fault;
    }
    if (amended.warehouse)
        if (Objection fault = find_place(world, head, amended.warehouse, line)) return fault;
    if (amended.price) {
        line.price = *amended.price;
        line.price_unit.reset();
        line.list.reset();
        line.list_price.reset();
        line.promotions.clear();
    }
    if (amended.discount) line.discount = *amended.discount;
    if (Objection fault = find_amount(world, head, line)) return fault;
    if (amended.due) line.due = *amended.due;
    if (line.due < head.date) return due_before_order.about(line.due, head.date);
    const std::int64_t done =
        std::max(was.progress.delivered, was.progress.invoiced + was.progress.returned);
    if (line.base.micro < done) return sales_below_done.about(line.item, line.base);
    return {};
}

Objection find_totals(const World& world, const CompanyCode& company, Currency currency, Date day,
                      std::vector<SoldLine>& lines, SaleTotals& totals) {
    taxes::DocumentTaxes document{taxes::TaxUse::sale, currency, {}};
    const taxes::TaxBook book = taxes::tax_book_on(world, company, day);
    std::vector<taxes::TaxableLine> taxable;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        taxes::TaxableLine line{lines[at].amount, lines[at].quantity.micro, {}};
        if (Objection fault = document.add(book, lines[at].taxes, line.taxes))
            return std::move(fault).at("lines", at);
        taxable.push_back(std::move(line));
    }
    const auto taxed =
        taxes::taxes_of(taxable, document.rules, taxes::tax_rounding_of(world, company));
    if (!taxed) return sales_too_large;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        lines[at].net = taxed->lines[at].net;
        lines[at].gross = taxed->lines[at].gross;
    }
    totals = {taxed->net, taxed->gross};
    return {};
}

}  // namespace kontor::sales
