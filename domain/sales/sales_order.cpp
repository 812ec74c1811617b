// What is left of a sales order.
#include "domain/sales/sales_order.h"

#include <algorithm>

namespace kontor::sales {

std::int64_t undelivered_of(const SalesLineState& line) {
    if (line.closed) return 0;
    return std::max<std::int64_t>(0, line.sold.base.micro - line.progress.kept());
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
