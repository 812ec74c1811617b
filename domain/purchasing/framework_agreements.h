// Framework agreements: prices that a supplier holds for a time, until a ceiling is called off.
#pragma once

#include "domain/parties/dealings.h"
#include "domain/purchasing/purchased_items.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct FrameworkThing {
    static constexpr Thing thing{"framework", "framework_agreements"};
};
// The company's own name of an agreement, such as "WICK-2026".
using FrameworkCode = Code<FrameworkThing>;

inline constexpr Reason framework_exists{
    Refusal::conflict, "framework_exists",
    "The company has a framework agreement with this code already."};
inline constexpr Reason framework_unknown{Refusal::missing, "framework_unknown",
                                          "The company has no framework agreement with this code."};
inline constexpr Reason framework_ends_before{
    Refusal::invalid, "framework_ends_before",
    "The agreement would end before it begins, or after it ends already."};
inline constexpr Reason framework_item_twice{Refusal::invalid, "framework_item_twice",
                                             "An item has one price in an agreement."};
inline constexpr Reason framework_price_unfit{
    Refusal::invalid, "framework_price_unfit",
    "An agreement is in one currency, its ceiling too, and no price is below zero."};
// What whoever calls off by an agreement may meet.
inline constexpr Reason framework_of_other_supplier{Refusal::invalid, "framework_of_other_supplier",
                                                    "The agreement is with another supplier."};
inline constexpr Reason framework_not_valid{Refusal::conflict, "framework_not_valid",
                                            "The agreement does not hold on the day."};
inline constexpr Reason framework_item_unknown{Refusal::missing, "framework_item_unknown",
                                               "The agreement has no price for the item."};
inline constexpr Reason framework_price_differs{
    Refusal::invalid, "framework_price_differs",
    "What is called off has the price, the currency and the unit of the agreement; leave them "
    "out, or do not name it."};
inline constexpr Reason framework_exceeded{
    Refusal::conflict, "framework_exceeded",
    "More would be called off than the agreement's ceiling has left."};

struct FrameworkLine {
    items::ItemCode item;
    Unit unit;
    UnitPrice price;
    std::optional<Quantity> ceiling;

    bool operator==(const FrameworkLine&) const = default;
    static void describe(auto& line) {
        line.record("FrameworkLine", "A price that is agreed.")
            .field("item", &FrameworkLine::item, "An item that can be bought.")
            .field("unit", &FrameworkLine::unit, "A unit of the item.")
            .field("price", &FrameworkLine::price, "Of one of that unit, without tax.")
            .field("ceiling", &FrameworkLine::ceiling,
                   "So much is called off at most, in any unit of the item. Absent: no such "
                   "limit.");
    }
};

struct FrameworkAgreed {
    CompanyCode company;
    FrameworkCode framework;
    parties::PartyCode supplier;
    Period valid;
    std::vector<FrameworkLine> lines;
    std::optional<Money> ceiling;
    std::string text;

    bool operator==(const FrameworkAgreed&) const = default;
    static void describe(auto& event) {
        event.record("FrameworkAgreed", "A supplier holds its prices for a time.")
            .company(&FrameworkAgreed::company)
            .stream(&FrameworkAgreed::framework)
            .on_recorded_day()
            .field("company", &FrameworkAgreed::company, "Who buys.")
            .field("framework", &FrameworkAgreed::framework, "The agreement.")
            .field("supplier", &FrameworkAgreed::supplier, "With whom.")
            .field("valid", &FrameworkAgreed::valid, "The days on which orders may call off.")
            .field("lines", &FrameworkAgreed::lines,
                   "The prices; ceilings are in the items' base units.")
            .field("ceiling", &FrameworkAgreed::ceiling, "What all orders may come to.")
            .field("text", &FrameworkAgreed::text, "What else is agreed.");
    }
};

struct FrameworkEnded {
    CompanyCode company;
    FrameworkCode framework;
    Date until;
    std::string reason;

    bool operator==(const FrameworkEnded&) const = default;
    static void describe(auto& event) {
        event.record("FrameworkEnded", "An agreement ends earlier than it was to.")
            .company(&FrameworkEnded::company)
            .stream(&FrameworkEnded::framework)
            .on_recorded_day()
            .field("company", &FrameworkEnded::company, "Who buys.")
            .field("framework", &FrameworkEnded::framework, "The agreement.")
            .field("until", &FrameworkEnded::until, "The last day.")
            .field("reason", &FrameworkEnded::reason, "Why.");
    }
};

struct AgreeFramework {
    CompanyCode company;
    FrameworkCode framework;
    parties::PartyCode supplier;
    Period valid;
    std::vector<FrameworkLine> lines;
    std::optional<Money> ceiling;
    std::string text;

    static void describe(auto& command) {
        command
            .record("AgreeFramework",
                    "Agrees prices with a supplier for a time. Orders that name it, or that name "
                    "no price, call off by it until a ceiling is reached.")
            .company(&AgreeFramework::company)
            .stream(&AgreeFramework::framework)
            .example(R"({"company": "DEMO", "framework": "WICK-2026", "supplier": "WICK", "valid":
                {"first": "2026-01-01", "last": "2036-12-31"}, "lines": [{"item": "CANDLE", "unit":
                "ea", "price": {"amount": "1.40", "currency": "EUR"}, "ceiling": {"amount":
                "100000", "unit": "ea"}}]})")
            .field("company", &AgreeFramework::company, "Who buys.")
            .field("framework", &AgreeFramework::framework, "A new code for it.")
            .field("supplier", &AgreeFramework::supplier, "A party that is a supplier.")
            .field("valid", &AgreeFramework::valid, "The days on which orders may call off.")
            .field("lines", &AgreeFramework::lines, "The prices, all in one currency.")
            .shortest(1)
            .longest(1'000)
            .field("ceiling", &AgreeFramework::ceiling,
                   "What all orders may come to without tax, in the currency of the prices. "
                   "Absent: no such limit.")
            .least(0)
            .field("text", &AgreeFramework::text, "What else is agreed.")
            .otherwise_empty()
            .longest(2'000)
            .refuses(companies::company_unknown, framework_exists, parties::party_unknown,
                     parties::party_merged, parties::party_refused, parties::party_former,
                     parties::party_lacks_role, framework_ends_before, framework_price_unfit,
                     items::item_unknown, items::item_is_template, items::item_is_draft,
                     items::item_phased_out, items::item_discontinued, items::item_use_blocked,
                     item_not_bought, items::units_do_not_convert, inventory::quantity_not_positive,
                     inventory::quantity_not_whole, framework_item_twice);
    }
};

struct EndFramework {
    CompanyCode company;
    FrameworkCode framework;
    std::optional<Date> until;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("EndFramework",
                    "Ends an agreement earlier than it was to; what is ordered by it stays.")
            .company(&EndFramework::company)
            .stream(&EndFramework::framework)
            .example(R"({"company": "DEMO", "framework": "WICK-2026", "until": "2030-12-31",
                "reason": "The next one is being negotiated"})")
            .field("company", &EndFramework::company, "Who buys.")
            .field("framework", &EndFramework::framework, "An agreement of the company.")
            .field("until", &EndFramework::until, "The last day. Absent: the company's today.")
            .field("reason", &EndFramework::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(framework_unknown, framework_ends_before);
    }
};

struct FrameworkKey {
    CompanyCode company;
    FrameworkCode framework;

    auto operator<=>(const FrameworkKey&) const = default;
    static void describe(auto& key) {
        key.record("FrameworkKey", "A framework agreement of a company.")
            .field("company", &FrameworkKey::company, "Whose.")
            .field("framework", &FrameworkKey::framework, "Its code.");
    }
};

struct FrameworkPrice {
    FrameworkLine agreed;
    std::int64_t called = 0;

    static void describe(auto& record) {
        record.record("FrameworkPrice", "A price that is agreed, with what was called off.")
            .field("agreed", &FrameworkPrice::agreed, "The price.")
            .field("called", &FrameworkPrice::called, "Millionths of the base unit.");
    }
};

struct Framework {
    parties::PartyCode supplier;
    Period valid;
    std::vector<FrameworkPrice> lines;
    std::optional<Money> ceiling;
    std::int64_t called = 0;

    const FrameworkPrice* price_of(const items::ItemCode&) const;
    static void describe(auto& record) {
        record.record("Framework", "A framework agreement as decisions know it.")
            .field("supplier", &Framework::supplier, "With whom.")
            .field("valid", &Framework::valid, "The days on which orders may call off.")
            .field("lines", &Framework::lines, "The prices.")
            .field("ceiling", &Framework::ceiling, "What all orders may come to.")
            .field("called", &Framework::called, "What they come to, in smallest units.");
    }
};
using Frameworks = Table<FrameworkKey, Framework>;

// What an order calls off, or gives back where it is below zero.
struct CallOff {
    FrameworkCode framework;
    items::ItemCode item;
    std::int64_t base_micro = 0;
    std::int64_t minor = 0;
};

// Why an order of a day cannot call off by an agreement that it names: framework_unknown,
// framework_of_other_supplier, framework_not_valid or framework_item_unknown.
Objection fault_of_framework(const World&, const CompanyCode&, const FrameworkCode&,
                             const parties::PartyCode& supplier, const items::ItemCode&, Date);
// Why so much cannot be called off: framework_exceeded.
Objection fault_of_call_offs(const World&, const CompanyCode&, const std::vector<CallOff>&);
// The agreement that an order of a day calls off by where it names no price: the first by code that
// holds, has the item in the unit and the currency, and has so much left; null: there is none.
const FrameworkCode* framework_for(const World&, const CompanyCode&,
                                   const parties::PartyCode& supplier, const items::ItemCode&, Unit,
                                   std::int64_t base_micro, Date);
void call_off(Frameworks&, const CompanyCode&, const CallOff&);

Decision<FrameworkAgreed> decide(const World&, const AgreeFramework&, const Context&);
Decision<FrameworkEnded> decide(const World&, const EndFramework&, const Context&);
void evolve(Frameworks&, const FrameworkAgreed&);
void evolve(Frameworks&, const FrameworkEnded&);

Part framework_agreements();

}  // namespace kontor::purchasing
