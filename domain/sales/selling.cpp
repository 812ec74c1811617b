// How items, places, prices, accounts and taxes of an order's lines are found.
#include "domain/sales/selling.h"

#include "domain/items/kits.h"

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

// What a line comes to at its quantity, price and discount.
Objection find_amount(const SaleHead& head, SoldLine& line) {
    if (line.price.currency != head.currency || line.price.units < 0)
        return sales_price_unfit.about(line.price, head.currency);
    if (line.discount.units < 0 || line.discount > all_of_it)
        return sales_discount_unfit.about(line.discount);
    const auto amount = discounted(line.quantity, line.price, line.discount);
    if (!amount) return sales_too_large.about(line.item);
    line.amount = *amount;
    return {};
}

}  // namespace

std::optional<Money> discounted(const Quantity& quantity, const UnitPrice& price,
                                Percent discount) {
    // millionths x millionths x (100 % in millionths): 10^20 of them are one unit of the currency.
    const int digits = minor_digits(price.currency);
    Wide whole = 0;
    if (__builtin_mul_overflow(Wide{quantity.micro} * price.units,
                               Wide{all_of_it.units - discount.units}, &whole))
        return std::nullopt;
    const Wide minor = divide(whole, ten_to(20 - digits), Rounding::half_up);
    if (minor > most_money || minor < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), price.currency};
}

Objection find_sold_line(const World& world, const SaleHead& head, const SalesLine& asked,
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
    if (Objection fault = find_leaving(world, head, line)) return fault;
    if (!asked.price) return sales_price_missing.about(asked.item);
    line.price = *asked.price;
    line.discount = asked.discount.value_or(Percent{});
    if (Objection fault = find_amount(head, line)) return fault;
    line.due = asked.due.value_or(head.due);
    if (line.due < head.date) return due_before_order.about(line.due, head.date);
    const SalesPosting* posting = sales_posting_of(world, head.company, line.item, head.date);
    if (!posting) return sales_accounts_missing.about(line.item);
    line.accounts = posting->accounts;
    line.journal = posting->journal;
    if (line.taxes.empty()) line.taxes = posting->taxes;
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
        line.quantity = *amended.quantity;
        if (Objection fault = find_leaving(world, head, line)) return fault;
    }
    if (amended.warehouse)
        if (Objection fault = find_place(world, head, amended.warehouse, line)) return fault;
    if (amended.price) line.price = *amended.price;
    if (amended.discount) line.discount = *amended.discount;
    if (Objection fault = find_amount(head, line)) return fault;
    if (amended.due) line.due = *amended.due;
    if (line.due < head.date) return due_before_order.about(line.due, head.date);
    const std::int64_t done = std::max(was.progress.kept(), was.progress.invoiced);
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
