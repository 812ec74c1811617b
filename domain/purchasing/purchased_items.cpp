// How an item and a quantity of it are looked at before they are ordered.
#include "domain/purchasing/purchased_items.h"

#include "domain/core/common_divisor.h"
#include "domain/items/kits.h"

namespace kontor::purchasing {

Objection fault_of_purchase(const World& world, const CompanyCode& company,
                            const items::ItemCode& code) {
    Objection fault = items::fault_of_use(world, company, code, items::ItemUse::purchase);
    // No kit is bought, whatever it holds.
    if (fault && fault.reason != &items::kit_is_empty) return fault;
    const items::Item& item = *world.of<items::Items>().find({company, code});
    if (item.kind == items::ItemKind::kit) return item_not_bought.about(code);
    return {};
}

bool is_stocked(const World& world, const CompanyCode& company, const items::ItemCode& code) {
    return world.of<items::Items>().find({company, code})->kind == items::ItemKind::goods;
}

std::optional<Money> amount_of(const UnitPrice& price, const Quantity& ordered,
                               const Quantity& base, std::int64_t of_base) {
    // price / 10^6 x ordered / 10^6 x of_base / base, all of it rounded once.
    Wide numerator = ordered.micro, denominator = base.micro, part = of_base;
    const auto reduce = [&](Wide& factor) {
        const Wide divisor = common_divisor(factor, denominator);
        factor /= divisor;
        denominator /= divisor;
    };
    reduce(numerator);
    reduce(part);
    Wide quantity = 0, amount = 0, by = 0;
    const int digits = Quantity::digits + UnitPrice::digits - minor_digits(price.currency);
    if (__builtin_mul_overflow(part, numerator, &quantity) ||
        __builtin_mul_overflow(quantity, Wide{price.units}, &amount) ||
        __builtin_mul_overflow(denominator, ten_to(digits), &by))
        return std::nullopt;
    const Wide minor = divide(amount, by, Rounding::half_up);
    if (minor > most_money || minor < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), price.currency};
}

}  // namespace kontor::purchasing
