// How lots are kept, and which of them go first.
#include "domain/inventory/lots.h"

#include <algorithm>
#include <tuple>

namespace kontor::inventory {

namespace {

constexpr std::int64_t one_piece = 1'000'000;

void add(Lots& lots, const CompanyCode& company, const MovedLine& line, int sign) {
    if (!line.place.lot) return;
    const LotKey key{company, line.item, *line.place.lot};
    const Lot* was = lots.find(key);
    Lot lot = was ? *was : Lot{};
    lot.on_hand += sign * line.quantity.micro;
    if (sign > 0 && line.expires)
        lot.received_expiry = std::min(lot.received_expiry.value_or(*line.expires), *line.expires);
    lots.put(key, lot);
}

}  // namespace

std::optional<Date> expiry_of(const World& world, const CompanyCode& company,
                              const items::ItemCode& item, const LotCode& code) {
    const Lot* lot = world.of<Lots>().find({company, item, code});
    return lot ? lot->expires() : std::nullopt;
}

bool has_expired(const World& world, const CompanyCode& company, const items::ItemCode& item,
                 const LotCode& code, Date day) {
    const auto expires = expiry_of(world, company, item, code);
    return expires && *expires < day;
}

std::optional<Date> expiry_of_receipt(const World& world, const CompanyCode& company,
                                      const MovedLine& line, const std::optional<Date>& said,
                                      Date came) {
    if (said || !line.place.lot) return said;
    const std::int64_t keeps = world.of<items::Items>().find({company, line.item})->shelf_life_days;
    if (keeps == 0) return std::nullopt;
    const Lot* lot = world.of<Lots>().find({company, line.item, *line.place.lot});
    if (lot && lot->expires()) return std::nullopt;
    return std::min(came + static_cast<int>(keeps), last_date);
}

Objection fault_of_serial(const World& world, const CompanyCode& company, const MovedLine& line,
                          std::int64_t more) {
    if (world.of<items::Items>().find({company, line.item})->tracking != items::Tracking::serial)
        return {};
    if (line.counted) {
        if (line.counted->micro == 0 || line.counted->micro == one_piece) return {};
        return serial_not_single.about(line.item, *line.place.lot);
    }
    if (line.quantity.micro != one_piece && line.quantity.micro != -one_piece)
        return serial_not_single.about(line.item, *line.place.lot);
    if (line.quantity.micro < 0 || line.valuing == Valuing::relocates) return {};
    const Lot* lot = world.of<Lots>().find({company, line.item, *line.place.lot});
    if ((lot ? lot->on_hand : 0) + more > 0)
        return serial_in_stock.about(line.item, *line.place.lot);
    return {};
}

Objection fault_of_expiry(const World& world, const CompanyCode& company, const MovedLine& line,
                          Date day) {
    if (!line.order || line.quantity.micro > 0 || !line.place.lot) return {};
    const ExpiryPolicy* policy = world.of<ExpiryPolicies>().find({company});
    if (policy && policy->sells_expired) return {};
    if (!has_expired(world, company, line.item, *line.place.lot, day)) return {};
    return lot_expired.about(line.item, *line.place.lot,
                             *expiry_of(world, company, line.item, *line.place.lot));
}

std::vector<KeptStock> first_expired_first_out(std::vector<KeptStock> stock, std::int64_t wanted,
                                               Date day) {
    std::erase_if(stock, [&](const KeptStock& kept) {
        return kept.quantity <= 0 || (kept.expires && *kept.expires < day);
    });
    std::ranges::sort(stock, [](const KeptStock& a, const KeptStock& b) {
        return std::tuple(a.expires.value_or(last_date), !a.expires, a.place) <
               std::tuple(b.expires.value_or(last_date), !b.expires, b.place);
    });
    std::vector<KeptStock> picks;
    for (KeptStock& kept : stock) {
        if (wanted <= 0) break;
        kept.quantity = std::min(kept.quantity, wanted);
        wanted -= kept.quantity;
        picks.push_back(std::move(kept));
    }
    return picks;
}

std::vector<KeptStock> picks_of(const World& world, const CompanyCode& company,
                                const items::ItemCode& item,
                                const std::optional<WarehouseCode>& warehouse, std::int64_t wanted,
                                Date day) {
    std::vector<KeptStock> stock;
    StockPlace first;
    if (warehouse) first.warehouse = *warehouse;
    world.of<StocksOnHand>().each_from(
        {company, item, first}, [&](const OnHandKey& key, const OnHand& there) {
            if (key.company != company || key.item != item) return false;
            if (warehouse && key.place.warehouse != *warehouse) return false;
            if (!can_be_taken(world, company, key.place)) return true;
            const auto expires =
                key.place.lot ? expiry_of(world, company, item, *key.place.lot) : std::nullopt;
            stock.push_back({key.place, there.quantity, expires});
            return true;
        });
    return first_expired_first_out(std::move(stock), wanted, day);
}

Decision<LotExpirySet> decide(const World& world, const SetLotExpiry& set, const Context&) {
    const Lot* lot = world.of<Lots>().find({set.company, set.item, set.lot});
    if (!lot) return lot_unknown.about(set.item, set.lot);
    if (lot->expires() == set.expires) return lot_expiry_unchanged.about(set.item, set.lot);
    return LotExpirySet{set.company, set.item, set.lot, set.expires};
}

Decision<ExpiryPolicySet> decide(const World& world, const SetExpiryPolicy& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    const ExpiryPolicy* was = world.of<ExpiryPolicies>().find({set.company});
    if ((was && was->sells_expired) == set.sells_expired) return expiry_policy_unchanged;
    return ExpiryPolicySet{set.company, set.sells_expired};
}

void evolve(Lots& lots, const LotExpirySet& set) {
    lots.change({set.company, set.item, set.lot}, [&](Lot& lot) {
        lot.is_set = true;
        lot.set_expiry = set.expires;
    });
}

void apply(Lots& lots, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        if (edit.was) add(lots, company, *edit.was, -1);
        if (edit.becomes) add(lots, company, *edit.becomes, +1);
    }
}

void evolve(ExpiryPolicies& policies, const ExpiryPolicySet& set) {
    policies.put({set.company}, {set.sells_expired});
}

Part lots() {
    return Part()
        .table<Lots>("inventory.lots")
        .table<ExpiryPolicies>("inventory.expiry_policies")
        .commands<SetLotExpiry, SetExpiryPolicy>()
        .event<LotExpirySet, Lots>()
        .event<ExpiryPolicySet, ExpiryPolicies>();
}

}  // namespace kontor::inventory
