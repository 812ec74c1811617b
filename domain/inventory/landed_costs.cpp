// How a landed cost is spread over what was kept of receipts.
#include "domain/inventory/landed_costs.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"
#include "domain/inventory/moving.h"

#include <algorithm>
#include <limits>
#include <set>

namespace kontor::inventory {

namespace {

constexpr Wide most_weight = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t micro = 1'000'000;

// What a quantity of a line weighs in the spreading.
Wide weight_of(LandedBasis basis, const BearingLine& line, std::int64_t quantity) {
    if (quantity == 0) return 0;
    switch (basis) {
        case LandedBasis::equal: return 1;
        case LandedBasis::value:
            return divide(Wide{line.cost} * quantity, line.received, Rounding::half_up);
        default: return Wide{quantity} * line.measure;
    }
}

// By what was kept; by what came where nothing was kept of any. Scaled down to what shares can be
// computed of.
std::vector<std::int64_t> weights_of(LandedBasis basis, const std::vector<BearingLine>& lines) {
    const bool received = is_without_basis(basis, lines);
    std::vector<Wide> wide;
    for (const BearingLine& line : lines)
        wide.push_back(weight_of(basis, line, line.received - (received ? 0 : line.sent_back)));
    const Wide scale = *std::ranges::max_element(wide) / most_weight + 1;
    std::vector<std::int64_t> weights;
    for (const Wide weight : wide) weights.push_back(static_cast<std::int64_t>(weight / scale));
    return weights;
}

}  // namespace

bool is_without_basis(LandedBasis basis, const std::vector<BearingLine>& lines) {
    return std::ranges::all_of(lines, [&](const BearingLine& line) {
        return weight_of(basis, line, line.received - line.sent_back) == 0;
    });
}

std::vector<LandedPart> spread(const Money& amount, LandedBasis basis,
                               const std::vector<BearingLine>& lines) {
    const std::vector<Money> shares = allocate(amount, weights_of(basis, lines));
    std::vector<LandedPart> parts;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        LandedPart part;
        part.cost = shares[at].minor;
        const std::int64_t kept = lines[at].received - lines[at].sent_back;
        if (kept > 0) part.beyond = worth({part.cost, kept}, lines[at].sent_back);
        parts.push_back(part);
    }
    return parts;
}

namespace {

// What one unit of an item comes to by the basis, in the unit that the first line is told in.
class Measuring {
public:
    Measuring(const World& world, const AddLandedCost& add) : world_(world), add_(add) {}

    Objection find(const items::ItemCode& code, std::int64_t& measure) {
        const items::Item& item = *world_.of<items::Items>().find({add_.company, code});
        measure = 0;
        std::optional<Quantity> one;
        if (add_.basis == LandedBasis::quantity) one = Quantity{micro, item.base_unit};
        if (add_.basis == LandedBasis::weight) one = item.weight;
        if (add_.basis == LandedBasis::volume) one = item.volume;
        if (!one) return {};
        if (!unit_) unit_ = one->unit;
        const auto ratio = items::ratio_between(world_, add_.company, one->unit, *unit_);
        if (!ratio) return landed_units_differ.about(code, one->unit, *unit_);
        const Wide exact =
            divide(Wide{one->micro} * ratio->numerator, ratio->denominator, Rounding::half_up);
        measure = static_cast<std::int64_t>(std::min<Wide>(exact, most_quantity));
        return {};
    }

private:
    const World& world_;
    const AddLandedCost& add_;
    std::optional<Unit> unit_;
};

// The lines that are to bear a cost, as they are.
struct Bearing {
    std::vector<LandedLine> bearers;
    std::vector<ChangedLine> lines;
    std::vector<BearingLine> measured;
};

Objection find_bearing(const World& world, const AddLandedCost& add, Bearing& bearing) {
    Measuring measuring(world, add);
    std::set<StockLineRef> named;
    for (const StockLineRef& ref : add.lines) {
        const std::size_t at = bearing.bearers.size();
        const StockDocument* document =
            world.of<StockDocuments>().find({add.company, ref.document});
        const MovedLine* line =
            document && !document->reversed ? document->line(ref.line) : nullptr;
        if (!line || document->kind != StockDocumentKind::receipt)
            return receipt_line_unknown.about(ref.document, ref.line).at("lines", at);
        if (!named.insert(ref).second)
            return receipt_line_repeated.about(ref.document, ref.line).at("lines", at);
        LandedLine bearer{ref, 0};
        if (Objection fault = measuring.find(line->item, bearer.measure))
            return std::move(fault).at("lines", at);
        const SentBack* sent = world.of<StockSentBack>().find({add.company, ref});
        bearing.bearers.push_back(bearer);
        bearing.lines.push_back({ref.document, document->date, document->second, *line, *line});
        bearing.measured.push_back({line->quantity.micro, sent ? sent->quantity : 0,
                                    line->cost ? line->cost->minor : 0, bearer.measure});
    }
    if (is_without_basis(add.basis, bearing.measured)) return landed_basis_zero.about(add.basis);
    return {};
}

// The account that a cost is owed on where the command names none.
Objection find_counterpart(const World& world, const AddLandedCost& add, const MovedLine& line,
                           Date day, ledger::AccountCode& counterpart) {
    const StockPosting* posting = stock_posting_of(world, add.company, line.item, day);
    if (!posting) return stock_accounts_missing.about(line.item);
    counterpart = add.counterpart.value_or(posting->accounts.received);
    return {};
}

}  // namespace

std::vector<LineEdit> line_edits_of(const LandedCostAdded& added) {
    return line_edits_of(added.lines);
}

std::vector<LineEdit> line_edits_of(const LandedCostWithdrawn& withdrawn) {
    return line_edits_of(withdrawn.lines);
}

Decision<LandedCostAdded> decide(const World& world, const AddLandedCost& add,
                                 const Context& context) {
    const auto* company = world.of<companies::Companies>().find(add.company);
    if (!company) return companies::company_unknown.about(add.company);
    if (world.of<LandedCosts>().find({add.company, add.landed_cost}))
        return landed_cost_exists.about(add.landed_cost);
    if (add.counterpart)
        if (Objection fault = fault_of_account(world, add.company, *add.counterpart)) return fault;
    if (add.amount.currency != company->base_currency)
        return cost_not_in_base_currency.about(company->base_currency);
    if (add.amount.minor == 0) return landed_amount_zero.about(add.amount);
    Bearing bearing;
    if (Objection fault = find_bearing(world, add, bearing)) return fault;
    const Date date = add.date.value_or(context.today);
    LandedCostAdded added{add.company, add.landed_cost, date,          add.basis, add.amount, {},
                          add.text,    bearing.bearers, bearing.lines, {}};
    if (Objection fault =
            find_counterpart(world, add, added.lines.front().was, date, added.counterpart))
        return fault;
    if (!ledger::fiscal_day(world, add.company, date))
        return ledger::date_outside_calendar.about(date);
    const auto parts = spread(add.amount, add.basis, bearing.measured);
    for (std::size_t at = 0; at < parts.size(); ++at) {
        MovedLine& line = added.lines[at].becomes;
        line.goes_back = Quantity{bearing.measured[at].sent_back, line.quantity.unit};
        line.landed.push_back({add.landed_cost,
                               added.counterpart,
                               {parts[at].cost, add.amount.currency},
                               {parts[at].beyond, add.amount.currency}});
        std::ranges::sort(line.landed, {}, &LandedShare::landed_cost);
        std::int64_t cost = line.cost->minor;
        for (const LandedShare& share : line.landed) cost += share.cost.minor + share.beyond.minor;
        if (cost < 0) return landed_below_cost.about(line.item, add.amount);
    }
    if (Objection fault =
            find_postings(world, add.company, edits_of(add.company, line_edits_of(added)), context,
                          added.postings))
        return fault;
    return added;
}

Decision<LandedCostWithdrawn> decide(const World& world, const WithdrawLandedCost& withdraw,
                                     const Context& context) {
    const LandedCost* cost = world.of<LandedCosts>().find({withdraw.company, withdraw.landed_cost});
    if (!cost) return landed_cost_unknown.about(withdraw.landed_cost);
    if (cost->withdrawn) return landed_cost_withdrawn.about(withdraw.landed_cost);
    LandedCostWithdrawn withdrawn{
        withdraw.company, withdraw.landed_cost, cost->date, withdraw.reason, {}, {}};
    for (const LandedLine& bearer : cost->lines) {
        const StockDocument& document =
            *world.of<StockDocuments>().find({withdraw.company, bearer.line.document});
        const MovedLine& was = *document.line(bearer.line.line);
        MovedLine becomes = was;
        std::erase_if(becomes.landed, [&](const LandedShare& share) {
            return share.landed_cost == withdraw.landed_cost;
        });
        if (becomes.landed.empty()) becomes.goes_back.reset();
        withdrawn.lines.push_back(
            {bearer.line.document, document.date, document.second, was, std::move(becomes)});
    }
    if (Objection fault = find_postings(world, withdraw.company,
                                        edits_of(withdraw.company, line_edits_of(withdrawn)),
                                        context, withdrawn.postings))
        return fault;
    return withdrawn;
}

void evolve(LandedCosts& costs, const LandedCostAdded& added) {
    costs.put({added.company, added.landed_cost},
              {added.date, added.basis, added.amount, added.bearers, false});
}

void evolve(LandedCosts& costs, const LandedCostWithdrawn& withdrawn) {
    costs.change({withdrawn.company, withdrawn.landed_cost},
                 [](LandedCost& cost) { cost.withdrawn = true; });
}

void evolve(StockDocuments& documents, const LandedCostAdded& added) {
    change_lines(documents, added.company, added.lines);
}

void evolve(StockDocuments& documents, const LandedCostWithdrawn& withdrawn) {
    change_lines(documents, withdrawn.company, withdrawn.lines);
}

Part landed_costs() {
    return Part()
        .table<LandedCosts>("inventory.landed_costs")
        .commands<AddLandedCost, WithdrawLandedCost>()
        .event<LandedCostAdded, LandedCosts, StockDocuments, StockBlocks>()
        .event<LandedCostWithdrawn, LandedCosts, StockDocuments, StockBlocks>();
}

}  // namespace kontor::inventory
