// What the lines of a document are taxed: a pure function, for invoices and for questions alike.
#pragma once

#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kontor::taxes {

struct TaxThing {
    static constexpr Thing thing{"tax", "taxes"};
};
using TaxCode = Code<TaxThing>;

enum class TaxComputation : std::uint8_t { percent, fixed, division };

void describe(auto& choice, TaxComputation) {
    choice.choice("TaxComputation", "How a tax is computed.")
        .value("percent", "A percentage of its base: 10 % of 100.00 is 10.00.")
        .value("fixed", "An amount for each unit of the quantity.")
        .value(
            "division",
            "A percentage of the base with the tax in it: 10 % of 200.00, of which 180.00 is the "
            "base. Tax = base / (1 - rate) - base.");
}

enum class TaxEffect : std::uint8_t { charged, reverse_charge, withheld };

void describe(auto& choice, TaxEffect) {
    choice.choice("TaxEffect", "What a tax does to what is paid.")
        .value("charged", "It is paid with the price, in it or beside it.")
        .value("reverse_charge",
               "Whoever buys owes it and may deduct it: both sides are computed, nothing is paid.")
        .value("withheld", "Whoever pays keeps it back and owes it in the other's place.");
}

enum class TaxRounding : std::uint8_t { globally, per_line };

void describe(auto& choice, TaxRounding) {
    choice.choice("TaxRounding", "When a tax is rounded, halves away from zero.")
        .value("globally",
               "Once for a document, by tax and rate, as EN 16931 wants it (BR-CO-17); lines have "
               "shares of it.")
        .value("per_line", "On each line; a document's tax is the sum of its lines'.");
}

// A tax as it stands on a day.
struct TaxRule {
    TaxCode tax;
    std::int64_t order = 0;  // taxes are computed by this, then by code
    TaxComputation computation = TaxComputation::percent;
    TaxEffect effect = TaxEffect::charged;
    bool included = false;    // the price contains it
    bool joins_base = false;  // later taxes are computed on it too
    bool of_net = false;      // computed on the net amount, whatever joined the base before
    Percent percent;          // of percent and division
    std::optional<UnitPrice> per_unit;  // of fixed, for one unit

    bool operator==(const TaxRule&) const = default;
};

// A line in its document's currency: the price times the quantity, as agreed.
struct TaxableLine {
    Money amount;
    std::int64_t quantity_micro = 1'000'000;  // for what is fixed for a unit
    std::vector<std::size_t> taxes;           // numbers of its rules, each once, in any order
};

struct TaxShare {
    std::size_t tax = 0;  // number of the rule
    Money base;
    Money amount;  // not below zero for what is withheld; `payable` takes it off
    bool operator==(const TaxShare&) const = default;
};

struct TaxedLine {
    Money net;                    // without any tax
    Money gross;                  // with what is charged
    std::vector<TaxShare> taxes;  // in the order of computation
    bool operator==(const TaxedLine&) const = default;
};

struct TaxedDocument {
    std::vector<TaxedLine> lines;
    std::vector<TaxShare> taxes;  // totals by rule, in the order of computation; none unused
    Money net;
    Money charged;
    Money gross;  // net and charged
    Money withheld;
    Money payable;  // gross less what is withheld
};

// What a document comes to. Each line's shares of a tax add up to the document's tax, a line's net
// and its taxes to its gross. At least one line; all amounts and unit prices are of one currency;
// rates of division are below 100 %. Empty where an amount is too large, or rates have so many
// digits that what is included cannot be taken out exactly.
std::optional<TaxedDocument> taxes_of(std::span<const TaxableLine> lines,
                                      std::span<const TaxRule> rules, TaxRounding rounding);

// What an early payment takes off: its discount, and what of it comes off the net amount and off
// each tax.
struct EarlyDiscount {
    Money discount;
    Money net;
    std::vector<Money> taxes;
};
// For what is paid in all so far, of a document of these amounts: who has 2 % pays 98 for what is
// 100, and revenue and taxes go down in proportion. Of several part payments each takes what is
// more than before, so that parts come to the whole. `discount` is from 0 to below 100; nothing is
// discounted beyond the whole document. All of one currency and one sign.
EarlyDiscount early_discount(Money net, std::span<const Money> taxes, Percent discount, Money paid);

}  // namespace kontor::taxes
