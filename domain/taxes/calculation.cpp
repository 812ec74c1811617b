// How taxes are computed. What a price includes is taken out of it exactly, since every tax of a
// line is a multiple of the net amount and something fixed; everything else is computed on amounts
// as they stand on the document, so that whoever reads it can compute it too.
#include "domain/taxes/calculation.h"

#include "domain/core/ensure.h"
#include "domain/taxes/fraction.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace kontor::taxes {

namespace {

constexpr Wide whole_percent = 100'000'000;  // units of Percent in 100 %

// What a tax is of one of its base; nothing for what is fixed.
std::optional<Fraction> rate_of(const TaxRule& rule) {
    switch (rule.computation) {
        case TaxComputation::percent: return fraction(rule.percent.units, whole_percent);
        case TaxComputation::division:
            ensure(rule.percent.units < whole_percent, "a division leaves something");
            return fraction(rule.percent.units, whole_percent - rule.percent.units);
        case TaxComputation::fixed: break;
    }
    return Fraction{};
}

// What is fixed for the quantity of a line, in smallest units.
std::optional<Fraction> fixed_of(const TaxRule& rule, const TaxableLine& line) {
    if (rule.computation != TaxComputation::fixed || !rule.per_unit) return Fraction{};
    ensure(rule.per_unit->currency == line.amount.currency, "a document is of one currency");
    const int digits = Quantity::digits + UnitPrice::digits - minor_digits(line.amount.currency);
    return fraction(Wide{rule.per_unit->units} * line.quantity_micro, ten_to(digits));
}

// A line's tax as a multiple of its net amount and what is fixed.
struct Affine {
    Fraction of_net;
    Fraction fixed;
};

class Calculation {
public:
    Calculation(std::span<const TaxableLine> lines, std::span<const TaxRule> rules,
                TaxRounding rounding)
        : lines_(lines), rules_(rules), rounding_(rounding), order_(rules.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::ranges::stable_sort(
            order_, {}, [&](std::size_t at) { return std::pair(rules[at].order, rules[at].tax); });
        for (const TaxableLine& line : lines) {
            TaxedLine taxed{line.amount, line.amount, {}};
            for (const std::size_t tax : order_)
                if (std::ranges::count(line.taxes, tax))
                    taxed.taxes.push_back({tax, none(), none()});
            taxed_.push_back(std::move(taxed));
        }
    }

    std::optional<TaxedDocument> document() {
        for (const std::size_t tax : order_)
            if (rules_[tax].included && !round(tax, &Calculation::exact_included)) return {};
        for (TaxedLine& line : taxed_)
            for (const TaxShare& share : line.taxes)
                if (rules_[share.tax].included) line.net = line.net - share.amount;
        for (const std::size_t tax : order_)
            if (!rules_[tax].included && !round(tax, &Calculation::exact_beside)) return {};
        return summed();
    }

private:
    using Exact = std::optional<Fraction> (Calculation::*)(std::size_t line, std::size_t tax) const;

    Money none() const { return {0, lines_.front().amount.currency}; }
    TaxShare* share_of(std::size_t line, std::size_t tax) {
        const auto found = std::ranges::find(taxed_[line].taxes, tax, &TaxShare::tax);
        return found == taxed_[line].taxes.end() ? nullptr : &*found;
    }
    // What a tax is computed on, as far as earlier ones are known.
    Wide base_of(std::size_t line, std::size_t tax) const {
        Wide base = taxed_[line].net.minor;
        if (rules_[tax].of_net) return base;
        for (const TaxShare& share : taxed_[line].taxes) {
            if (share.tax == tax) break;
            if (rules_[share.tax].joins_base) base += share.amount.minor;
        }
        return base;
    }
    std::optional<Fraction> exact_beside(std::size_t line, std::size_t tax) const {
        const auto rate = rate_of(rules_[tax]);
        const auto fixed = fixed_of(rules_[tax], lines_[line]);
        const auto part = rate ? times(*rate, {base_of(line, tax), 1}) : std::nullopt;
        return part && fixed ? plus(*part, *fixed) : std::nullopt;
    }
    std::optional<Fraction> exact_included(std::size_t line, std::size_t tax) const;
    bool round(std::size_t tax, Exact exact);
    // Whether lines come to less than nothing, as those of a credit note do.
    bool is_credit(const std::vector<std::size_t>& lines) const;
    bool larger(std::size_t line, std::size_t other) const;
    std::optional<TaxedDocument> summed();

    std::span<const TaxableLine> lines_;
    std::span<const TaxRule> rules_;
    TaxRounding rounding_;
    std::vector<std::size_t> order_;  // numbers of the rules as they are computed
    std::vector<TaxedLine> taxed_;
};

std::optional<Fraction> Calculation::exact_included(std::size_t line, std::size_t wanted) const {
    Fraction in_price{1, 1}, fixed_in_price;  // price = in_price x net + fixed_in_price
    Affine base{{1, 1}, {}}, asked;
    for (const TaxShare& share : taxed_[line].taxes) {
        const TaxRule& rule = rules_[share.tax];
        const auto rate = rate_of(rule);
        const auto fixed = fixed_of(rule, lines_[line]);
        if (!rate || !fixed) return std::nullopt;
        const Affine& on = rule.of_net ? Affine{{1, 1}, {}} : base;
        const auto of_net = times(*rate, on.of_net);
        const auto of_fixed = times(*rate, on.fixed);
        const auto constant = of_fixed ? plus(*of_fixed, *fixed) : std::nullopt;
        if (!of_net || !constant) return std::nullopt;
        if (share.tax == wanted) asked = {*of_net, *constant};
        const auto add = [&](Fraction& to, const Fraction& more) {
            const auto both = plus(to, more);
            if (both) to = *both;
            return both.has_value();
        };
        if (rule.included && (!add(in_price, *of_net) || !add(fixed_in_price, *constant)))
            return std::nullopt;
        if (rule.joins_base && (!add(base.of_net, *of_net) || !add(base.fixed, *constant)))
            return std::nullopt;
    }
    const auto rest = plus({lines_[line].amount.minor, 1}, minus(fixed_in_price));
    const auto net = rest ? over(*rest, in_price) : std::nullopt;
    const auto part = net ? times(asked.of_net, *net) : std::nullopt;
    return part ? plus(*part, asked.fixed) : std::nullopt;
}

// Whole shares of the exact ones that come to their rounded sum (largest remainder), mirrored where
// that is below zero. Equal remainders go by `larger`, which tells lines apart by what they are: so
// it makes no difference in which order they stand.
std::vector<Wide> distributed(std::vector<Fraction> exact, bool credit,
                              const std::function<bool(std::size_t, std::size_t)>& larger) {
    const Split sum = sum_of(exact);
    const bool nothing = sum.whole == 0 && sum.rest.numerator == 0;
    const bool mirrored = nothing ? credit : sum.whole < 0;
    Wide missing = mirrored ? -rounded(sum) : rounded(sum);
    if (mirrored)
        for (Fraction& each : exact) each = minus(each);
    std::vector<Wide> shares;
    for (const Fraction& each : exact) {
        shares.push_back(floor_of(each));
        missing -= shares.back();
    }
    std::vector<std::size_t> by_rest(exact.size());
    std::iota(by_rest.begin(), by_rest.end(), std::size_t{0});
    std::ranges::stable_sort(by_rest, [&](std::size_t a, std::size_t b) {
        const Fraction rest_a = rest_of(exact[a]), rest_b = rest_of(exact[b]);
        if (rest_a != rest_b) return is_less(rest_b, rest_a);
        return mirrored ? larger(b, a) : larger(a, b);
    });
    for (const std::size_t at : by_rest) {
        if (missing == 0) break;
        ++shares[at];
        --missing;
    }
    if (mirrored)
        for (Wide& share : shares) share = -share;
    return shares;
}

bool Calculation::is_credit(const std::vector<std::size_t>& lines) const {
    Wide sum = 0, quantity = 0;
    for (const std::size_t line : lines) {
        sum += lines_[line].amount.minor;
        quantity += lines_[line].quantity_micro;
    }
    return sum != 0 ? sum < 0 : quantity < 0;
}

// By amount, quantity, taxes and what these came to so far.
bool Calculation::larger(std::size_t line, std::size_t other) const {
    const auto key = [&](std::size_t at) {
        return std::pair(lines_[at].amount.minor, lines_[at].quantity_micro);
    };
    if (key(line) != key(other)) return key(line) > key(other);
    return std::ranges::lexicographical_compare(
        taxed_[other].taxes, taxed_[line].taxes, [&](const TaxShare& a, const TaxShare& b) {
            if (a.tax == b.tax) return a.amount.minor < b.amount.minor;
            return std::ranges::find(order_, a.tax) < std::ranges::find(order_, b.tax);
        });
}

bool Calculation::round(std::size_t tax, Exact exact) {
    std::vector<Fraction> parts;
    std::vector<TaxShare*> shares;
    std::vector<std::size_t> lines;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
        TaxShare* share = share_of(line, tax);
        if (!share) continue;
        const auto part = (this->*exact)(line, tax);
        if (!part) return false;
        parts.push_back(*part);
        shares.push_back(share);
        lines.push_back(line);
    }
    std::vector<Wide> amounts;
    if (rounding_ == TaxRounding::per_line) {
        for (const Fraction& part : parts)
            amounts.push_back(divide(part.numerator, part.denominator, Rounding::half_up));
    } else {
        amounts =
            distributed(std::move(parts), is_credit(lines),
                        [&](std::size_t a, std::size_t b) { return larger(lines[a], lines[b]); });
    }
    for (std::size_t n = 0; n < shares.size(); ++n) {
        if (amounts[n] > most_money || amounts[n] < -Wide{most_money}) return false;
        shares[n]->amount.minor = static_cast<std::int64_t>(amounts[n]);
    }
    return true;
}

std::optional<TaxedDocument> Calculation::summed() {
    Wide net = 0, charged = 0, withheld = 0;
    std::vector<std::pair<Wide, Wide>> totals(rules_.size());  // base and amount
    std::vector<char> used(rules_.size());
    bool fits = true;
    const auto money = [&](Wide minor) {
        fits = fits && minor <= most_money && minor >= -Wide{most_money};
        return fits ? Money{static_cast<std::int64_t>(minor), none().currency} : none();
    };
    for (std::size_t line = 0; line < lines_.size(); ++line) {
        TaxedLine& taxed = taxed_[line];
        Wide gross = taxed.net.minor;
        net += taxed.net.minor;
        for (TaxShare& share : taxed.taxes) {
            share.base = money(base_of(line, share.tax));
            totals[share.tax].first += share.base.minor;
            totals[share.tax].second += share.amount.minor;
            used[share.tax] = 1;
            const TaxEffect effect = rules_[share.tax].effect;
            if (effect == TaxEffect::charged) gross += share.amount.minor;
            if (effect == TaxEffect::withheld) withheld += share.amount.minor;
        }
        taxed.gross = money(gross);
        charged += gross - taxed.net.minor;
    }
    TaxedDocument document;
    for (const std::size_t tax : order_)
        if (used[tax])
            document.taxes.push_back({tax, money(totals[tax].first), money(totals[tax].second)});
    document.net = money(net);
    document.charged = money(charged);
    document.gross = money(net + charged);
    document.withheld = money(withheld);
    document.payable = money(net + charged - withheld);
    if (!fits) return std::nullopt;
    document.lines = std::move(taxed_);
    return document;
}

}  // namespace

std::optional<TaxedDocument> taxes_of(std::span<const TaxableLine> lines,
                                      std::span<const TaxRule> rules, TaxRounding rounding) {
    ensure(!lines.empty(), "what is taxed has a line");
    return Calculation(lines, rules, rounding).document();
}

EarlyDiscount early_discount(Money net, std::span<const Money> taxes, Percent discount,
                             Money paid) {
    ensure(discount.units >= 0 && discount.units < whole_percent, "a discount leaves something");
    Wide gross = net.minor;
    for (const Money& tax : taxes) gross += tax.minor;
    const Wide most = divide(gross * discount.units, whole_percent, Rounding::half_up);
    Wide taken = divide(Wide{paid.minor} * discount.units, whole_percent - discount.units,
                        Rounding::half_up);
    // Whoever has paid all but the discount has it all, however it was rounded; whoever has paid
    // nothing yet, or was paid back more, has none.
    const Wide all = gross - most;
    if (gross >= 0 ? paid.minor >= all : paid.minor <= all)
        taken = most;
    else if (gross >= 0 ? paid.minor <= 0 : paid.minor >= 0)
        taken = 0;
    const Money whole{static_cast<std::int64_t>(taken), net.currency};
    std::vector<std::int64_t> weights{net.minor < 0 ? -net.minor : net.minor};
    for (const Money& tax : taxes) weights.push_back(tax.minor < 0 ? -tax.minor : tax.minor);
    std::vector<Money> parts = allocate(whole, weights);
    return {whole, parts.front(), {parts.begin() + 1, parts.end()}};
}

}  // namespace kontor::taxes
