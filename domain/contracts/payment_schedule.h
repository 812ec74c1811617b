// When how much of a document is due, and what an earlier payment takes off: a pure function, for
// invoices and for questions alike.
#pragma once

#include "domain/core/date.h"
#include "domain/core/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kontor::contracts {

enum class DueDay : std::uint8_t { counted, end_of_month, day_of_month, next_day_of_month };

void describe(auto& choice, DueDay) {
    choice.choice("DueDay", "What becomes of the day that is reached by counting.")
        .value("counted", "It is the day itself: 30 days from the document's date.")
        .value("end_of_month", "The last day of the month that it is in.")
        .value("day_of_month",
               "A fixed day of the month that it is in; of the next month where that would lie "
               "before the document's date.")
        .value("next_day_of_month", "The first such day of a month that does not lie before it.");
}

// The day comes of the document's date in this order: months, days, what the month says, and days
// after that. "30 days end of month" counts first, "end of month 30 days" counts after.
struct DueRule {
    std::int64_t months = 0;
    std::int64_t days = 0;
    DueDay then = DueDay::counted;
    std::optional<std::int64_t> day;
    std::int64_t plus_days = 0;

    bool operator==(const DueRule&) const = default;
    static void describe(auto& record) {
        record.record("DueRule", "How a day follows from the date of a document.")
            .field("months", &DueRule::months,
                   "So many months later: the same day, or the month's last where it is shorter.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(120)
            .field("days", &DueRule::days, "Then so many days later.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(3'660)
            .field("then", &DueRule::then, "Then the day itself, or one of its month.")
            .otherwise(DueDay::counted)
            .field("day", &DueRule::day,
                   "Which day of the month, where it is a fixed one; the last where the month is "
                   "shorter.")
            .least(1)
            .most(31)
            .field("plus_days", &DueRule::plus_days,
                   "Then so many days after that, such as 30 for end of month plus 30 days.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(3'660);
    }
};

struct DiscountStep {
    Percent percent;
    DueRule within;

    bool operator==(const DiscountStep&) const = default;
    static void describe(auto& record) {
        record.record("DiscountStep", "What a payment up to a day takes off.")
            .field("percent", &DiscountStep::percent, "Above 0 and below 100.")
            .field("within", &DiscountStep::within, "Up to and with which day.");
    }
};

struct Instalment {
    std::optional<Percent> percent;
    DueRule due;
    std::vector<DiscountStep> discounts;

    bool operator==(const Instalment&) const = default;
    static void describe(auto& record) {
        record.record("Instalment", "A part of a document's amount, and when it is due.")
            .field("percent", &Instalment::percent,
                   "Its part of the amount. Absent: all that the others leave.")
            .field("due", &Instalment::due, "The last day on which it is paid in time.")
            .field("discounts", &Instalment::discounts,
                   "What is taken off when it is paid early: the largest first.")
            .otherwise_empty()
            .longest(5);
    }
};

enum class DiscountBasis : std::uint8_t { gross, net };

void describe(auto& choice, DiscountBasis) {
    choice.choice("DiscountBasis", "What an early discount is a percentage of.")
        .value("gross", "Of the amount with tax: net amount and tax go down in proportion.")
        .value("net", "Of the amount without tax; the tax stays as it is.");
}

struct PaymentConditions {
    std::vector<Instalment> instalments;
    DiscountBasis discount_basis = DiscountBasis::gross;
    std::optional<std::string> text;

    bool operator==(const PaymentConditions&) const = default;
    static void describe(auto& record) {
        record.record("PaymentConditions", "When how much of a document's amount is to be paid.")
            .field("instalments", &PaymentConditions::instalments,
                   "At least one. Their percentages are 100 in all, or one of them has what the "
                   "others leave.")
            .shortest(1)
            .longest(120)
            .field("discount_basis", &PaymentConditions::discount_basis,
                   "What early discounts are a percentage of.")
            .otherwise(DiscountBasis::gross)
            .field("text", &PaymentConditions::text,
                   "What an invoice says of them in words (EN 16931, BT-20).")
            .shortest(1)
            .longest(1'000);
    }
};

// An early discount of an instalment of a document.
struct DiscountOffer {
    Date until;  // the last day
    Percent percent;
    Money basis;   // what it is a percentage of
    Money amount;  // what is taken off; of the sign of the document
    bool operator==(const DiscountOffer&) const = default;
};

struct DueInstalment {
    Date due;  // the last day on which it is paid in time
    Money amount;
    std::vector<DiscountOffer> discounts;  // the largest first
    bool operator==(const DueInstalment&) const = default;
};

// The day that follows from a document's date; it may lie beyond the years that are read.
Date due_day(const DueRule&, Date document);

// What a document of this date and amount is paid in, in the order of the terms. `gross` is what is
// to be paid and `net` what of it is no tax; both are of one currency and one sign, and negative
// for a credit note. Instalments add up to the amount: each is its exact part rounded down or up by
// the largest remainder. A discount's basis is the instalment's share of gross or net. Empty where
// a day lies beyond the year 9999; otherwise there is at least one.
std::vector<DueInstalment> schedule_of(const PaymentConditions&, Date document, Money gross,
                                       Money net);

// The best discount of an instalment that is still open on the day; null when there is none.
const DiscountOffer* open_discount(const DueInstalment&, Date paid_on);

// What an electronic invoice says of how it is paid (EN 16931, BT-20): the words of the terms, the
// day and amount of each of several instalments with its discounts, and where all is due at once a
// line for each discount as XRechnung has it (BR-DE-18), its base named where that is not the whole
// amount. BT-9 is the last instalment's day.
std::string invoice_text(const PaymentConditions&, Date document,
                         const std::vector<DueInstalment>&);

}  // namespace kontor::contracts
