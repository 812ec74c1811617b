// How amounts of money are added, divided and converted without losing a cent.
#include "domain/core/money.h"

#include "domain/core/ensure.h"

#include <algorithm>
#include <numeric>

namespace kontor {

namespace {

std::optional<Money> described(Wide minor, Currency currency) {
    if (minor > most_money || minor < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), currency};
}

Money of_one_currency(std::optional<std::int64_t> minor, Money a, Money b) {
    ensure(a.currency == b.currency, "amounts that are added are of one currency");
    ensure(minor.has_value(), "a sum of two amounts fits");
    return {*minor, a.currency};
}

}  // namespace

Money operator+(Money a, Money b) { return of_one_currency(added(a.minor, b.minor), a, b); }

Money operator-(Money a, Money b) { return of_one_currency(subtracted(a.minor, b.minor), a, b); }

Money operator-(Money a) { return Money{0, a.currency} - a; }

std::string amount_text(Money money) {
    return decimal_text(money.minor, minor_digits(money.currency));
}

std::string to_text(Money money) {
    std::string text = amount_text(money);
    if (money.currency == Currency{}) return text;
    return text.append(" ").append(money.currency.text());
}

std::optional<Money> money_from(std::string_view amount, Currency currency) {
    const auto minor = decimal_from(amount, minor_digits(currency));
    if (!minor) return std::nullopt;
    return described(*minor, currency);
}

std::vector<Money> split(Money whole, std::size_t parts) {
    ensure(parts >= 1, "an amount is split in at least one part");
    const auto count = static_cast<Wide>(parts);
    const auto least = static_cast<std::int64_t>(whole.minor / count);
    const auto left_over = static_cast<std::int64_t>(whole.minor % count);
    const auto larger = static_cast<std::size_t>(left_over < 0 ? -left_over : left_over);

    std::vector<Money> shares(parts, Money{least, whole.currency});
    for (std::size_t i = 0; i < larger; ++i) shares[i].minor += left_over < 0 ? -1 : 1;
    return shares;
}

std::vector<Money> allocate(Money whole, std::span<const std::int64_t> weights) {
    ensure(!weights.empty(), "an amount is allocated over at least one weight");
    ensure(std::ranges::none_of(weights, [](std::int64_t weight) { return weight < 0; }),
           "weights are not negative");
    const Wide total = std::accumulate(weights.begin(), weights.end(), Wide{0});
    if (total == 0) return split(whole, weights.size());

    // Computed on the magnitude, so that negative amounts mirror positive ones.
    const Wide amount = whole.minor < 0 ? -Wide{whole.minor} : Wide{whole.minor};
    Wide left_over = amount;
    std::vector<Wide> shares, remainders;
    for (const std::int64_t weight : weights) {
        const Wide product = amount * weight;
        shares.push_back(product / total);
        remainders.push_back(product % total);
        left_over -= shares.back();
    }
    // What is left over is the sum of the remainders over the total: less than the number of shares
    // that have one, so a share of nothing stays nothing.
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left_over); ++i) ++shares[order[i]];

    std::vector<Money> allocated;
    allocated.reserve(shares.size());
    for (const Wide share : shares)
        allocated.push_back(
            {static_cast<std::int64_t>(whole.minor < 0 ? -share : share), whole.currency});
    return allocated;
}

std::optional<Money> converted(Money money, Rate rate, Currency into, Rounding rounding) {
    // The digits of the two currencies differ by at most four, so the power is never negative.
    const int digits = Rate::digits + minor_digits(money.currency) - minor_digits(into);
    return described(divide(Wide{money.minor} * rate.units, ten_to(digits), rounding), into);
}

std::optional<Money> percent_of(Money money, Percent percent, Rounding rounding) {
    const Wide hundred = ten_to(Percent::digits + 2);
    return described(divide(Wide{money.minor} * percent.units, hundred, rounding), money.currency);
}

}  // namespace kontor
