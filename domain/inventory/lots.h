// Lots and serial numbers: until when they keep, and which is to be taken first.
#pragma once

#include "domain/inventory/stock_moves.h"
#include "domain/inventory/stocked_items.h"

#include <vector>

namespace kontor::inventory {

inline constexpr Reason lot_unknown{Refusal::missing, "lot_unknown",
                                    "Nothing of this lot of the item was ever in stock."};
inline constexpr Reason lot_expiry_unchanged{Refusal::conflict, "lot_expiry_unchanged",
                                             "The lot keeps until then already."};
inline constexpr Reason lot_expired{
    Refusal::conflict, "lot_expired",
    "The lot keeps no longer on that day, and the company sells nothing expired."};
inline constexpr Reason expiry_policy_unchanged{Refusal::conflict, "expiry_policy_unchanged",
                                                "The company has this policy already."};
inline constexpr Reason serial_not_single{
    Refusal::invalid, "serial_not_single",
    "A serial number is of one piece: one base unit of the item."};
inline constexpr Reason serial_in_stock{
    Refusal::conflict, "serial_in_stock",
    "The piece with this serial number lies in stock already, and it is at one place only."};

struct LotExpirySet {
    CompanyCode company;
    items::ItemCode item;
    LotCode lot;
    std::optional<Date> expires;

    bool operator==(const LotExpirySet&) const = default;
    static void describe(auto& event) {
        event.record("LotExpirySet", "A lot keeps until another day than was thought.")
            .company(&LotExpirySet::company)
            .stream(&LotExpirySet::item)
            .on_recorded_day()
            .field("company", &LotExpirySet::company, "Whose stock.")
            .field("item", &LotExpirySet::item, "The item.")
            .field("lot", &LotExpirySet::lot, "The lot or serial number.")
            .field("expires", &LotExpirySet::expires,
                   "The last day that it keeps; absent: for good.");
    }
};

struct ExpiryPolicySet {
    CompanyCode company;
    bool sells_expired = false;

    bool operator==(const ExpiryPolicySet&) const = default;
    static void describe(auto& event) {
        event.record("ExpiryPolicySet", "The company sells what has expired, or does not.")
            .company(&ExpiryPolicySet::company)
            .stream(&ExpiryPolicySet::company)
            .on_recorded_day()
            .field("company", &ExpiryPolicySet::company, "Whose stock.")
            .field("sells_expired", &ExpiryPolicySet::sells_expired,
                   "Expired lots may be issued for orders.");
    }
};

struct SetLotExpiry {
    CompanyCode company;
    items::ItemCode item;
    LotCode lot;
    std::optional<Date> expires;

    static void describe(auto& command) {
        command
            .record("SetLotExpiry",
                    "Says until when a lot keeps, whatever its receipts said or the "
                    "shelf life of the item comes to.")
            .company(&SetLotExpiry::company)
            .stream(&SetLotExpiry::item)
            .example(R"({"company": "DEMO", "item": "HONEY", "lot": "H-26", "expires":
                "2028-06-30"})")
            .field("company", &SetLotExpiry::company, "Whose stock.")
            .field("item", &SetLotExpiry::item, "The item.")
            .field("lot", &SetLotExpiry::lot, "A lot that was received once.")
            .field("expires", &SetLotExpiry::expires,
                   "The last day that it keeps. Absent: for good.")
            .refuses(lot_unknown, lot_expiry_unchanged);
    }
};

struct SetExpiryPolicy {
    CompanyCode company;
    bool sells_expired = false;

    static void describe(auto& command) {
        command
            .record("SetExpiryPolicy",
                    "Says whether what has expired may be issued for an order. At "
                    "first it may not. Expired goods can always be issued for no "
                    "order: as scrap.")
            .company(&SetExpiryPolicy::company)
            .stream(&SetExpiryPolicy::company)
            .example(R"({"company": "DEMO", "sells_expired": true})")
            .field("company", &SetExpiryPolicy::company, "Whose stock.")
            .field("sells_expired", &SetExpiryPolicy::sells_expired,
                   "Expired lots may be issued for orders.")
            .refuses(companies::company_unknown, expiry_policy_unchanged);
    }
};

struct LotKey {
    CompanyCode company;
    items::ItemCode item;
    LotCode lot;

    auto operator<=>(const LotKey&) const = default;
    static void describe(auto& key) {
        key.record("LotKey", "A lot or a serial number of an item.")
            .field("company", &LotKey::company, "Whose stock.")
            .field("item", &LotKey::item, "The item.")
            .field("lot", &LotKey::lot, "The lot or serial number.");
    }
};

struct Lot {
    std::optional<Date> received_expiry;
    bool is_set = false;
    std::optional<Date> set_expiry;
    std::int64_t on_hand = 0;

    std::optional<Date> expires() const { return is_set ? set_expiry : received_expiry; }
    static void describe(auto& record) {
        record.record("Lot", "What decisions need of a lot.")
            .field("received_expiry", &Lot::received_expiry,
                   "The earliest day that its receipts said.")
            .field("is_set", &Lot::is_set, "It was said apart from receipts.")
            .field("set_expiry", &Lot::set_expiry, "And then, until when; absent: for good.")
            .field("on_hand", &Lot::on_hand, "Millionths, wherever they lie.");
    }
};

using Lots = PagedTable<LotKey, Lot>;

struct ExpiryPolicyKey {
    CompanyCode company;

    auto operator<=>(const ExpiryPolicyKey&) const = default;
    static void describe(auto& key) {
        key.record("ExpiryPolicyKey", "A company that has lots.")
            .field("company", &ExpiryPolicyKey::company, "Whose stock.");
    }
};

struct ExpiryPolicy {
    bool sells_expired = false;

    static void describe(auto& record) {
        record.record("ExpiryPolicy", "What may be done with expired goods.")
            .field("sells_expired", &ExpiryPolicy::sells_expired,
                   "Expired lots may be issued for orders.");
    }
};

using ExpiryPolicies = Table<ExpiryPolicyKey, ExpiryPolicy>;

// The last day that a lot keeps; empty: for good, or the lot is unknown.
std::optional<Date> expiry_of(const World&, const CompanyCode&, const items::ItemCode&,
                              const LotCode&);
bool has_expired(const World&, const CompanyCode&, const items::ItemCode&, const LotCode&, Date);
// The last day that what is received keeps: as it is said, else by the item's shelf life from the
// day on which it came, unless the lot is known; empty where it keeps for good.
std::optional<Date> expiry_of_receipt(const World&, const CompanyCode&, const MovedLine&,
                                      const std::optional<Date>& said, Date came);
// Why a line cannot come in: serial_not_single or serial_in_stock. `more` is what the document
// brings of the number before it.
Objection fault_of_serial(const World&, const CompanyCode&, const MovedLine&, std::int64_t more);
// Why a line cannot be issued for an order on a day: lot_expired, by the company's policy.
Objection fault_of_expiry(const World&, const CompanyCode&, const MovedLine&, Date);

// Stock at a place, and how long it keeps.
struct KeptStock {
    StockPlace place;
    std::int64_t quantity = 0;  // millionths
    std::optional<Date> expires;
    bool operator==(const KeptStock&) const = default;
};
// First expired, first out: what to take of stock, in the order to take it, at most `wanted`. What
// keeps for good comes last, what has expired by the day is left out; of equals, the lesser place.
std::vector<KeptStock> first_expired_first_out(std::vector<KeptStock>, std::int64_t wanted, Date);
// The same of what is free of an item in a warehouse, or in any.
std::vector<KeptStock> picks_of(const World&, const CompanyCode&, const items::ItemCode&,
                                const std::optional<WarehouseCode>&, std::int64_t wanted, Date);

Decision<LotExpirySet> decide(const World&, const SetLotExpiry&, const Context&);
Decision<ExpiryPolicySet> decide(const World&, const SetExpiryPolicy&, const Context&);
void evolve(Lots&, const LotExpirySet&);
void apply(Lots&, const CompanyCode&, const std::vector<LineEdit>&);
void evolve(Lots& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}
void evolve(ExpiryPolicies&, const ExpiryPolicySet&);

Part lots();

}  // namespace kontor::inventory
