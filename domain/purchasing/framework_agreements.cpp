// How prices are agreed for a time, and what is left of their ceilings.
#include "domain/purchasing/framework_agreements.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kontor::purchasing {

namespace {

Objection fault_of_line(const World& world, const CompanyCode& company, FrameworkLine& line,
                        Currency currency) {
    if (line.price.currency != currency || line.price.units < 0)
        return framework_price_unfit.about(line.item, line.price);
    if (Objection fault = fault_of_purchase(world, company, line.item)) return fault;
    if (!items::ratio_to_base(world, company, line.item, line.unit))
        return items::units_do_not_convert.about(line.item, line.unit);
    if (!line.ceiling) return {};
    Quantity base;
    if (Objection fault = find_quantity(world, company, line.item, *line.ceiling, base))
        return fault;
    line.ceiling = base;
    return {};
}

bool has_left(const Framework& framework, const FrameworkPrice& price, std::int64_t base_micro,
              std::int64_t minor) {
    if (price.agreed.ceiling && Wide{price.called} + base_micro > price.agreed.ceiling->micro)
        return false;
    return !framework.ceiling || Wide{framework.called} + minor <= framework.ceiling->minor;
}

}  // namespace

const FrameworkPrice* Framework::price_of(const items::ItemCode& item) const {
    const auto found = std::ranges::find(
        lines, item, [](const FrameworkPrice& price) -> const auto& { return price.agreed.item; });
    return found == lines.end() ? nullptr : &*found;
}

Objection fault_of_framework(const World& world, const CompanyCode& company,
                             const FrameworkCode& code, const parties::PartyCode& supplier,
                             const items::ItemCode& item, Date day) {
    const Framework* framework = world.of<Frameworks>().find({company, code});
    if (!framework) return framework_unknown.about(code);
    if (framework->supplier != supplier) return framework_of_other_supplier.about(code);
    if (!framework->valid.contains(day)) return framework_not_valid.about(code, day);
    if (!framework->price_of(item)) return framework_item_unknown.about(code, item);
    return {};
}

Objection fault_of_call_offs(const World& world, const CompanyCode& company,
                             const std::vector<CallOff>& call_offs) {
    std::map<std::pair<FrameworkCode, items::ItemCode>, std::int64_t> by_item;
    std::map<FrameworkCode, std::int64_t> by_framework;
    for (const CallOff& one : call_offs) {
        by_item[{one.framework, one.item}] += one.base_micro;
        by_framework[one.framework] += one.minor;
    }
    for (const auto& [of, base_micro] : by_item) {
        const Framework& framework = *world.of<Frameworks>().find({company, of.first});
        const FrameworkPrice& price = *framework.price_of(of.second);
        const std::int64_t minor = by_framework[of.first];
        if (base_micro <= 0 && minor <= 0) continue;
        if (!has_left(framework, price, base_micro, minor))
            return framework_exceeded.about(of.first, of.second);
    }
    return {};
}

const FrameworkCode* framework_for(const World& world, const CompanyCode& company,
                                   const parties::PartyCode& supplier, const items::ItemCode& item,
                                   Unit unit, std::int64_t base_micro, Date day) {
    for (const auto& [key, framework] : world.of<Frameworks>().from({company, {}})) {
        if (key.company != company) break;
        if (framework.supplier != supplier || !framework.valid.contains(day)) continue;
        const FrameworkPrice* price = framework.price_of(item);
        if (price && price->agreed.unit == unit && has_left(framework, *price, base_micro, 0))
            return &key.framework;
    }
    return nullptr;
}

void call_off(Frameworks& frameworks, const CompanyCode& company, const CallOff& call_off) {
    frameworks.change({company, call_off.framework}, [&](Framework& framework) {
        framework.called += call_off.minor;
        for (FrameworkPrice& price : framework.lines)
            if (price.agreed.item == call_off.item) price.called += call_off.base_micro;
    });
}

Decision<FrameworkAgreed> decide(const World& world, const AgreeFramework& agree,
                                 const Context& context) {
    if (!world.of<companies::Companies>().find(agree.company))
        return companies::company_unknown.about(agree.company);
    if (world.of<Frameworks>().find({agree.company, agree.framework}))
        return framework_exists.about(agree.framework);
    if (Objection fault =
            parties::fault_of_buying_from(world, agree.company, agree.supplier, context.today))
        return fault;
    if (agree.valid.last < agree.valid.first)
        return framework_ends_before.about(agree.valid.last, agree.valid.first);
    const Currency currency = agree.lines.front().price.currency;
    if (agree.ceiling && agree.ceiling->currency != currency)
        return framework_price_unfit.about(*agree.ceiling);
    FrameworkAgreed agreed{agree.company, agree.framework, agree.supplier, agree.valid,
                           agree.lines,   agree.ceiling,   agree.text};
    std::set<items::ItemCode> named;
    for (std::size_t at = 0; at < agreed.lines.size(); ++at) {
        Objection fault = fault_of_line(world, agree.company, agreed.lines[at], currency);
        if (!fault && !named.insert(agreed.lines[at].item).second)
            fault = framework_item_twice.about(agreed.lines[at].item);
        if (fault) return std::move(fault).at("lines", at);
    }
    return agreed;
}

Decision<FrameworkEnded> decide(const World& world, const EndFramework& end,
                                const Context& context) {
    const Framework* framework = world.of<Frameworks>().find({end.company, end.framework});
    if (!framework) return framework_unknown.about(end.framework);
    const Date until = end.until.value_or(context.today);
    if (until < framework->valid.first - 1 || until >= framework->valid.last)
        return framework_ends_before.about(until, framework->valid.first, framework->valid.last);
    return FrameworkEnded{end.company, end.framework, until, end.reason};
}

void evolve(Frameworks& frameworks, const FrameworkAgreed& agreed) {
    Framework framework{agreed.supplier, agreed.valid, {}, agreed.ceiling, 0};
    for (const FrameworkLine& line : agreed.lines) framework.lines.push_back({line, 0});
    frameworks.put({agreed.company, agreed.framework}, std::move(framework));
}

void evolve(Frameworks& frameworks, const FrameworkEnded& ended) {
    frameworks.change({ended.company, ended.framework},
                      [&](Framework& framework) { framework.valid.last = ended.until; });
}

Part framework_agreements() {
    return Part()
        .table<Frameworks>("purchasing.frameworks")
        .commands<AgreeFramework, EndFramework>()
        .event<FrameworkAgreed, Frameworks>()
        .event<FrameworkEnded, Frameworks>();
}

}  // namespace kontor::purchasing
