// What is left of a sales order.
#include "domain/sales/sales_order.h"

#include <algorithm>
#include <map>

namespace kontor::sales {

std::int64_t undelivered_of(const SalesLineState& line) {
    if (line.closed) return 0;
    return std::max<std::int64_t>(0, line.sold.base.micro - line.progress.delivered);
}

std::int64_t uninvoiced_of(const SalesLineState& line) {
    const std::int64_t open = undelivered_of(line) + line.progress.kept() - line.progress.invoiced;
    if (open <= 0) return 0;
    return share_of_rest(line.sold.gross.minor, line.sold.base.micro, open);
}

std::int64_t uninvoiced_of(const SalesOrder& order) {
    std::int64_t sum = 0;
    for (const SalesLineState& line : order.lines) sum += uninvoiced_of(line);
    return sum;
}

UninvoicedChange change_between(const SalesOrder& before, const SalesOrder& after) {
    return {after.counterparty,
            after.contract,
            {uninvoiced_of(after) - uninvoiced_of(before), after.currency}};
}

void apply(UninvoicedSales& sales, const CompanyCode& company, const UninvoicedChange& change) {
    const UninvoicedKey key{company, change.counterparty, change.contract, change.amount.currency};
    const Uninvoiced* before = sales.find(key);
    sales.put(key, {(before ? before->minor : 0) + change.amount.minor});
}

std::vector<Money> uninvoiced_of(const World& world, const CompanyCode& company,
                                 const parties::CounterpartyCode& counterparty,
                                 const std::optional<contracts::ContractCode>& contract) {
    std::map<Currency, std::int64_t> sums;
    for (const auto& [key, sales] : world.of<UninvoicedSales>().from(
             {company, counterparty, contract.value_or(contracts::ContractCode{}), {}})) {
        if (key.company != company || key.counterparty != counterparty ||
            (contract && key.contract != *contract))
            break;
        sums[key.currency] += sales.minor;
    }
    std::vector<Money> all;
    for (const auto& [currency, minor] : sums) all.push_back({minor, currency});
    return all;
}

const SalesLineState* SalesOrder::line(std::int64_t number) const {
    if (number < 1 || number > std::ssize(lines)) return nullptr;
    return &lines[static_cast<std::size_t>(number - 1)];
}

std::int64_t share_of_rest(std::int64_t left_minor, std::int64_t left_quantity, std::int64_t part) {
    return static_cast<std::int64_t>(
        divide(Wide{left_minor} * part, left_quantity, Rounding::half_up));
}

}  // namespace kontor::sales
