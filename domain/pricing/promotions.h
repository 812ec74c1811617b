// Promotions: what is given on whole sales for a time, as often and as far as was decided.
//
// An order that is given something uses the promotion. Uses are counted in the order in which they
// are decided, so that none is given once too often.
#pragma once

#include "domain/core/paged_table.h"
#include "domain/pricing/price_assignments.h"

namespace kontor::pricing {

using contracts::UsingDocumentId;

struct PromotionThing {
    static constexpr Thing thing{"promotion", "promotions"};
};
using PromotionCode = Code<PromotionThing>;

inline constexpr Reason promotion_exists{Refusal::conflict, "promotion_exists",
                                         "The company has a promotion with this code already."};
inline constexpr Reason promotion_unknown{Refusal::missing, "promotion_unknown",
                                          "The company has no promotion with this code."};
inline constexpr Reason promotion_is_one_of{
    Refusal::invalid, "promotion_is_one_of",
    "A promotion gives a percentage above 0 and at most 100, or an amount above zero, or some of a "
    "number for nothing (buy 3, pay 2): one of these."};
inline constexpr Reason promotion_limits_unfit{
    Refusal::invalid, "promotion_limits_unfit",
    "Limits and what a sale must come to are above zero; amounts are of the promotion's currency."};
inline constexpr Reason promotion_ends_earlier{Refusal::conflict, "promotion_ends_earlier",
                                               "The promotion ends on that day or before already."};
inline constexpr Reason promotion_not_running{
    Refusal::conflict, "promotion_not_running",
    "The promotion does not run on that day: it has not begun yet, or is over."};
inline constexpr Reason promotion_use_unfit{
    Refusal::invalid, "promotion_use_unfit",
    "What a promotion gives is above zero, in its currency and at most what it may give at once."};
inline constexpr Reason promotion_used_by_other{
    Refusal::conflict, "promotion_used_by_other",
    "The document used the promotion for another party; take that back first."};
inline constexpr Reason promotion_used_up{Refusal::conflict, "promotion_used_up",
                                          "The promotion was used as often as it may be."};
inline constexpr Reason promotion_used_up_by_party{
    Refusal::conflict, "promotion_used_up_by_party",
    "The party has used the promotion as often as it may."};
inline constexpr Reason promotion_budget_spent{
    Refusal::conflict, "promotion_budget_spent",
    "With this, the promotion would give more in all than its budget."};
inline constexpr Reason promotion_use_unknown{Refusal::missing, "promotion_use_unknown",
                                              "The document does not use the promotion."};

struct PromotionTerms {
    Currency currency;
    std::optional<Percent> percent;
    std::optional<Money> amount;
    std::optional<std::int64_t> buy;
    std::optional<std::int64_t> pay;
    std::vector<items::ItemCode> items;
    std::vector<items::ItemCategoryCode> categories;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    std::optional<Money> from_amount;
    std::optional<std::int64_t> uses;
    std::optional<std::int64_t> uses_per_party;
    std::optional<Money> budget;
    std::optional<Money> most;
    bool on_request = false;
    bool combines = false;
    std::int64_t order = 0;
    Date from;
    Date until;

    bool operator==(const PromotionTerms&) const = default;
    static void describe(auto& record) {
        record.record("PromotionTerms", "What a promotion gives, to whom, on what and how often.")
            .field("currency", &PromotionTerms::currency, "Of the sales that it is for.")
            .field("percent", &PromotionTerms::percent,
                   "It gives a percentage of what its goods come to.")
            .field("amount", &PromotionTerms::amount,
                   "Or an amount, once a sale, at most what its goods come to.")
            .field("buy", &PromotionTerms::buy,
                   "Or of each so many base units ... (3, to be paid as 2)")
            .least(2)
            .most(1'000)
            .field("pay", &PromotionTerms::pay, "... these are paid; the cheapest are free.")
            .least(1)
            .most(999)
            .field("items", &PromotionTerms::items, "Its goods: these items and templates ...")
            .otherwise_empty()
            .longest(1'000)
            .field("categories", &PromotionTerms::categories,
                   "... and what is in these categories or below them. None of both: all.")
            .otherwise_empty()
            .longest(100)
            .field("party", &PromotionTerms::party, "Only for this party.")
            .field("group", &PromotionTerms::group, "Only for parties of this group.")
            .field("from_amount", &PromotionTerms::from_amount,
                   "Where its goods come to this at least, discounts taken off.")
            .field("uses", &PromotionTerms::uses, "So many sales in all may use it.")
            .field("uses_per_party", &PromotionTerms::uses_per_party, "So many of one party.")
            .field("budget", &PromotionTerms::budget, "So much it may give in all.")
            .field("most", &PromotionTerms::most, "So much it may give on one sale.")
            .field("on_request", &PromotionTerms::on_request,
                   "It is given to those who name its code, such as that of a coupon.")
            .otherwise(false)
            .field("combines", &PromotionTerms::combines,
                   "A line that has it may have another one that combines too.")
            .otherwise(false)
            .field("order", &PromotionTerms::order,
                   "Promotions are given by this number, then by their codes.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(1'000)
            .field("from", &PromotionTerms::from, "The first day.")
            .field("until", &PromotionTerms::until, "The last day.");
    }
};

struct PromotionDefined {
    CompanyCode company;
    PromotionCode promotion;
    std::string name;
    PromotionTerms terms;

    bool operator==(const PromotionDefined&) const = default;
    static void describe(auto& event) {
        event.record("PromotionDefined", "There is one more promotion.")
            .company(&PromotionDefined::company)
            .stream(&PromotionDefined::promotion)
            .on_recorded_day()
            .field("company", &PromotionDefined::company, "Whose promotion.")
            .field("promotion", &PromotionDefined::promotion, "Its code.")
            .field("name", &PromotionDefined::name, "Its name.")
            .field("terms", &PromotionDefined::terms, "What it is.");
    }
};

struct PromotionEnded {
    CompanyCode company;
    PromotionCode promotion;
    Date until;

    bool operator==(const PromotionEnded&) const = default;
    static void describe(auto& event) {
        event.record("PromotionEnded", "A promotion ends sooner than it said.")
            .company(&PromotionEnded::company)
            .stream(&PromotionEnded::promotion)
            .on(&PromotionEnded::until)
            .field("company", &PromotionEnded::company, "Whose promotion.")
            .field("promotion", &PromotionEnded::promotion, "Its code.")
            .field("until", &PromotionEnded::until, "The last day.");
    }
};

struct PromotionUsed {
    CompanyCode company;
    PromotionCode promotion;
    UsingDocumentId document;
    parties::PartyCode party;
    Date date;
    Money amount;
    std::int64_t uses = 0;
    std::int64_t uses_of_party = 0;
    Money spent;

    bool operator==(const PromotionUsed&) const = default;
    static void describe(auto& event) {
        event.record("PromotionUsed", "A sale is given something by a promotion.")
            .company(&PromotionUsed::company)
            .stream(&PromotionUsed::promotion)
            .on(&PromotionUsed::date)
            .field("company", &PromotionUsed::company, "Whose promotion.")
            .field("promotion", &PromotionUsed::promotion, "Its code.")
            .field("document", &PromotionUsed::document, "The sale.")
            .field("party", &PromotionUsed::party, "Who buys.")
            .field("date", &PromotionUsed::date, "Of the sale.")
            .field("amount", &PromotionUsed::amount, "What is given.")
            .field("uses", &PromotionUsed::uses, "Sales that use it with this one.")
            .field("uses_of_party", &PromotionUsed::uses_of_party, "Those of the party.")
            .field("spent", &PromotionUsed::spent, "What it has given in all.");
    }
};

struct PromotionUseTakenBack {
    CompanyCode company;
    PromotionCode promotion;
    UsingDocumentId document;
    parties::PartyCode party;
    Money amount;
    std::int64_t uses = 0;
    std::int64_t uses_of_party = 0;
    Money spent;

    bool operator==(const PromotionUseTakenBack&) const = default;
    static void describe(auto& event) {
        event.record("PromotionUseTakenBack", "A sale no longer uses a promotion.")
            .company(&PromotionUseTakenBack::company)
            .stream(&PromotionUseTakenBack::promotion)
            .on_recorded_day()
            .field("company", &PromotionUseTakenBack::company, "Whose promotion.")
            .field("promotion", &PromotionUseTakenBack::promotion, "Its code.")
            .field("document", &PromotionUseTakenBack::document, "The sale.")
            .field("party", &PromotionUseTakenBack::party, "Who would have bought.")
            .field("amount", &PromotionUseTakenBack::amount, "What was given.")
            .field("uses", &PromotionUseTakenBack::uses, "Sales that use it still.")
            .field("uses_of_party", &PromotionUseTakenBack::uses_of_party, "Those of the party.")
            .field("spent", &PromotionUseTakenBack::spent, "What it has given in all.");
    }
};

struct DefinePromotion {
    CompanyCode company;
    PromotionCode promotion;
    std::string name;
    PromotionTerms terms;

    static void describe(auto& command) {
        command
            .record("DefinePromotion",
                    "Adds a promotion on sales. What it is never changes, as sales name it; "
                    "EndPromotion ends it.")
            .company(&DefinePromotion::company)
            .stream(&DefinePromotion::promotion)
            .example(R"({"company": "DEMO", "promotion": "CANDLES-3-FOR-2", "name":
                "Three candles for two", "terms": {"currency": "EUR", "buy": 3, "pay": 2, "items":
                ["CANDLE"], "uses_per_party": 2, "budget": {"amount": "500.00", "currency":
                "EUR"}, "from": "2020-01-01", "until": "2099-12-31"}})")
            .field("company", &DefinePromotion::company, "Whose promotion.")
            .field("promotion", &DefinePromotion::promotion, "A code for it; it never changes.")
            .field("name", &DefinePromotion::name, "Its name, as on an invoice.")
            .shortest(1)
            .longest(200)
            .field("terms", &DefinePromotion::terms, "What it is.")
            .refuses(companies::company_unknown, promotion_exists, promotion_is_one_of,
                     promotion_limits_unfit, parties::end_before_beginning, parties::party_unknown,
                     parties::party_merged, price_group_unknown, items::item_unknown,
                     items::item_category_unknown);
    }
};

struct EndPromotion {
    CompanyCode company;
    PromotionCode promotion;
    std::optional<Date> until;

    static void describe(auto& command) {
        command.record("EndPromotion", "Ends a promotion sooner than it said.")
            .company(&EndPromotion::company)
            .stream(&EndPromotion::promotion)
            .example(R"({"company": "DEMO", "promotion": "CANDLES-3-FOR-2"})")
            .field("company", &EndPromotion::company, "Whose promotion.")
            .field("promotion", &EndPromotion::promotion, "A promotion.")
            .field("until", &EndPromotion::until, "The last day. Absent: today.")
            .refuses(promotion_unknown, parties::end_before_beginning, promotion_ends_earlier);
    }
};

struct UsePromotion {
    CompanyCode company;
    PromotionCode promotion;
    UsingDocumentId document;
    parties::PartyCode party;
    std::optional<Date> date;
    Money amount;

    static void describe(auto& command) {
        command
            .record("UsePromotion",
                    "Counts that a sale is given something by a promotion, against its limits. "
                    "Orders do this by themselves; said again, a sale is counted once, with what "
                    "was last said.")
            .company(&UsePromotion::company)
            .stream(&UsePromotion::promotion)
            .example(R"({"company": "DEMO", "promotion": "CANDLES-3-FOR-2", "document":
                "01980000-0000-7000-8000-000000000602", "party": "C-1001", "date": "2026-03-02",
                "amount": {"amount": "2.95", "currency": "EUR"}})")
            .field("company", &UsePromotion::company, "Whose promotion.")
            .field("promotion", &UsePromotion::promotion, "A promotion.")
            .field("document", &UsePromotion::document, "The sale.")
            .field("party", &UsePromotion::party, "Who buys.")
            .field("date", &UsePromotion::date, "Of the sale. Absent: today.")
            .field("amount", &UsePromotion::amount, "What is given.")
            .refuses(promotion_unknown, promotion_not_running, parties::party_unknown,
                     promotion_use_unfit, promotion_used_by_other, promotion_used_up,
                     promotion_used_up_by_party, promotion_budget_spent);
    }
};

struct TakeBackPromotion {
    CompanyCode company;
    PromotionCode promotion;
    UsingDocumentId document;

    static void describe(auto& command) {
        command
            .record("TakeBackPromotion",
                    "A sale no longer uses a promotion, such as when it is cancelled: others may.")
            .company(&TakeBackPromotion::company)
            .stream(&TakeBackPromotion::promotion)
            .example(R"({"company": "DEMO", "promotion": "CANDLES-3-FOR-2", "document":
                "01980000-0000-7000-8000-000000000602"})")
            .field("company", &TakeBackPromotion::company, "Whose promotion.")
            .field("promotion", &TakeBackPromotion::promotion, "A promotion.")
            .field("document", &TakeBackPromotion::document, "The sale.")
            .refuses(promotion_unknown, promotion_use_unknown);
    }
};

struct PromotionKey {
    CompanyCode company;
    PromotionCode promotion;

    auto operator<=>(const PromotionKey&) const = default;
    static void describe(auto& key) {
        key.record("PromotionKey", "A promotion of a company.")
            .field("company", &PromotionKey::company, "Whose promotion.")
            .field("promotion", &PromotionKey::promotion, "Its code.");
    }
};

struct Promotion {
    PromotionTerms terms;
    std::int64_t uses = 0;
    Money spent;

    static void describe(auto& record) {
        record.record("Promotion", "A promotion as decisions know it.")
            .field("terms", &Promotion::terms, "What it is.")
            .field("uses", &Promotion::uses, "Sales that use it.")
            .field("spent", &Promotion::spent, "What it has given in all.");
    }
};
using Promotions = Table<PromotionKey, Promotion>;

struct PromotionUseKey {
    CompanyCode company;
    PromotionCode promotion;
    UsingDocumentId document;

    auto operator<=>(const PromotionUseKey&) const = default;
    static void describe(auto& key) {
        key.record("PromotionUseKey", "A sale that uses a promotion.")
            .field("company", &PromotionUseKey::company, "Whose promotion.")
            .field("promotion", &PromotionUseKey::promotion, "The promotion.")
            .field("document", &PromotionUseKey::document, "The sale.");
    }
};

struct PromotionUse {
    parties::PartyCode party;
    Money amount;

    static void describe(auto& record) {
        record.record("PromotionUse", "What a promotion gives on a sale.")
            .field("party", &PromotionUse::party, "Who buys.")
            .field("amount", &PromotionUse::amount, "What is given.");
    }
};
using PromotionUses = PagedTable<PromotionUseKey, PromotionUse>;

struct PromotionPartyKey {
    CompanyCode company;
    PromotionCode promotion;
    parties::PartyCode party;

    auto operator<=>(const PromotionPartyKey&) const = default;
    static void describe(auto& key) {
        key.record("PromotionPartyKey", "A party that uses a promotion.")
            .field("company", &PromotionPartyKey::company, "Whose promotion.")
            .field("promotion", &PromotionPartyKey::promotion, "The promotion.")
            .field("party", &PromotionPartyKey::party, "Who buys.");
    }
};

struct PromotionOfParty {
    std::int64_t uses = 0;

    static void describe(auto& record) {
        record.record("PromotionOfParty", "How often a party uses a promotion.")
            .field("uses", &PromotionOfParty::uses, "Its sales that use it.");
    }
};
using PromotionParties = PagedTable<PromotionPartyKey, PromotionOfParty>;

// By their last day, so that a price asks for no promotion that is over.
struct PromotionDayKey {
    CompanyCode company;
    Date until;
    PromotionCode promotion;

    auto operator<=>(const PromotionDayKey&) const = default;
    static void describe(auto& key) {
        key.record("PromotionDayKey", "A promotion by its last day.")
            .field("company", &PromotionDayKey::company, "Whose promotion.")
            .field("until", &PromotionDayKey::until, "The last day that it began with.")
            .field("promotion", &PromotionDayKey::promotion, "The promotion.");
    }
};

struct PromotionDay {
    Date from;

    static void describe(auto& record) {
        record.record("PromotionDay", "When a promotion begins.")
            .field("from", &PromotionDay::from, "The first day.");
    }
};
using PromotionDays = Table<PromotionDayKey, PromotionDay>;

// How often a party, and those that it stands for, use a promotion.
std::int64_t uses_by(const World&, const CompanyCode&, const PromotionCode&,
                     const parties::PartyCode&);

Decision<PromotionDefined> decide(const World&, const DefinePromotion&, const Context&);
Decision<PromotionEnded> decide(const World&, const EndPromotion&, const Context&);
Decision<PromotionUsed> decide(const World&, const UsePromotion&, const Context&);
Decision<PromotionUseTakenBack> decide(const World&, const TakeBackPromotion&, const Context&);
void evolve(Promotions&, const PromotionDefined&);
void evolve(Promotions&, const PromotionEnded&);
void evolve(Promotions&, const PromotionUsed&);
void evolve(Promotions&, const PromotionUseTakenBack&);
void evolve(PromotionDays&, const PromotionDefined&);
void evolve(PromotionUses&, const PromotionUsed&);
void evolve(PromotionUses&, const PromotionUseTakenBack&);
void evolve(PromotionParties&, const PromotionUsed&);
void evolve(PromotionParties&, const PromotionUseTakenBack&);

Part promotions();

}  // namespace kontor::pricing
