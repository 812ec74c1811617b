// How days, instalments and discounts follow from the date and the amount of a document.
#include "domain/contracts/payment_schedule.h"

#include "domain/core/ensure.h"

#include <algorithm>

namespace kontor::contracts {

namespace {

constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it

// A day of the month that `within` is in, or its last where the month is shorter.
Date day_of(Date within, std::int64_t day) {
    const Date last = last_of_month(within);
    const int behind = civil(last).day - static_cast<int>(day);
    return behind > 0 ? last - behind : last;
}

Date next_month(Date day) { return last_of_month(day) + 1; }

// So many millionths of a percent as each instalment is of the whole.
std::vector<std::int64_t> parts_of(const std::vector<Instalment>& instalments) {
    std::int64_t rest = whole;
    for (const Instalment& each : instalments)
        if (each.percent) rest -= each.percent->units;
    std::vector<std::int64_t> parts;
    for (const Instalment& each : instalments)
        parts.push_back(each.percent ? each.percent->units : rest);
    return parts;
}

// The lines of early discounts have percentages of two digits.
bool is_of_cents(Percent percent) { return percent.units % 10'000 == 0; }

std::string skonto_line(const DiscountOffer& offer, Date document, Money payable) {
    std::string line = "#SKONTO#TAGE=" + std::to_string(offer.until - document) +
                       "#PROZENT=" + decimal_text(offer.percent.units / 10'000, 2) + "#";
    if (offer.basis != payable) line += "BASISBETRAG=" + amount_text(offer.basis) + "#";
    return line + "\n";
}

}  // namespace

Date due_day(const DueRule& rule, Date document) {
    const Date reached =
        plus_months(document, static_cast<int>(rule.months)) + static_cast<int>(rule.days);
    const std::int64_t day = rule.day.value_or(31);
    Date due = reached;
    switch (rule.then) {
        case DueDay::counted: break;
        case DueDay::end_of_month: due = last_of_month(reached); break;
        case DueDay::day_of_month:
            due = day_of(reached, day);
            if (due < document) due = day_of(next_month(reached), day);
            break;
        case DueDay::next_day_of_month:
            due = day_of(reached, day);
            if (due < reached) due = day_of(next_month(reached), day);
            break;
    }
    return due + static_cast<int>(rule.plus_days);
}

std::vector<DueInstalment> schedule_of(const PaymentConditions& conditions, Date document,
                                       Money gross, Money net) {
    ensure(gross.currency == net.currency, "what is paid and what of it is no tax are alike");
    const std::vector<std::int64_t> parts = parts_of(conditions.instalments);
    const std::vector<Money> amounts = allocate(gross, parts);
    const std::vector<Money> bases =
        conditions.discount_basis == DiscountBasis::gross ? amounts : allocate(net, parts);
    std::vector<DueInstalment> schedule;
    for (std::size_t n = 0; n < parts.size(); ++n) {
        const Instalment& instalment = conditions.instalments[n];
        DueInstalment due{due_day(instalment.due, document), amounts[n], {}};
        bool in_time = due.due <= last_date;
        for (const DiscountStep& step : instalment.discounts) {
            const Date until = due_day(step.within, document);
            in_time = in_time && until <= last_date;
            due.discounts.push_back(
                {until, step.percent, bases[n],
                 percent_of(bases[n], step.percent, Rounding::half_up).value()});
        }
        if (!in_time) return {};
        schedule.push_back(std::move(due));
    }
    return schedule;
}

const DiscountOffer* open_discount(const DueInstalment& instalment, Date paid_on) {
    const auto offer = std::ranges::find_if(
        instalment.discounts, [&](const DiscountOffer& each) { return paid_on <= each.until; });
    return offer == instalment.discounts.end() ? nullptr : &*offer;
}

std::string invoice_text(const PaymentConditions& conditions, Date document,
                         const std::vector<DueInstalment>& schedule) {
    std::string text = conditions.text.value_or("");
    const auto line = [&](const std::string& words) {
        if (!text.empty() && text.back() != '\n') text += '\n';
        text += words;
    };
    const bool at_once = schedule.size() == 1;
    for (const DueInstalment& each : schedule) {
        std::string words = to_text(each.due) + ": " + to_text(each.amount);
        for (const DiscountOffer& offer : each.discounts) {
            if (at_once && is_of_cents(offer.percent))
                line(skonto_line(offer, document, each.amount));
            else
                words += ", " + short_decimal_text(offer.percent.units, Percent::digits) +
                         " % until " + to_text(offer.until);
        }
        if (!at_once || words.find(',') != std::string::npos) line(words);
    }
    return text;
}

}  // namespace kontor::contracts
