// When goods may be put elsewhere, sent, and lost on the way.
#include "domain/inventory/transfers.h"

#include "domain/inventory/moving.h"

#include <utility>

namespace kontor::inventory {

namespace {

constexpr std::int64_t noon = 43'200;
constexpr std::int64_t end_of_day = 86'340;

// What of a line of the command moves.
struct Goods {
    const items::ItemCode& item;
    const Quantity& quantity;
    const std::optional<LotCode>& lot;
};

// Where a line begins, and where it ends.
struct Way {
    StockPlace from, to;
};

// A document that is being made of lines that keep what they are worth.
class Relocating {
public:
    Relocating(const World& world, StockMoved moved)
        : world_(world), company_(moved.company), moved_(std::move(moved)) {}

    Objection fault() const {
        if (!world_.of<companies::Companies>().find(company_))
            return companies::company_unknown.about(company_);
        if (world_.of<StockDocuments>().find({company_, moved_.document}))
            return stock_document_exists.about(moved_.document);
        return {};
    }
    // Finds the quantity and the series of a line, whose places are known by then.
    Objection add(const Goods& goods, const Way& way) {
        MovedLine out;
        out.item = goods.item;
        out.place = way.from;
        out.place.lot = goods.lot;
        Quantity quantity;
        if (Objection fault = find_quantity(world_, company_, goods.item, goods.quantity, quantity))
            return fault;
        out.quantity = -quantity;
        if (Objection fault = fault_of_serial(world_, company_, out, 0)) return fault;
        StockPlace to = way.to;
        to.lot = goods.lot;
        if (to == out.place) return transfer_to_same_place.about(goods.item);
        const auto found = items::costing_of(world_, company_, goods.item, moved_.date);
        const items::Costing costing = found ? found->costing : items::Costing{};
        if (costing.area == items::ValuationArea::warehouse) {
            if (to.warehouse != out.place.warehouse)
                return transfer_between_areas.about(goods.item, to.warehouse);
            out.area = out.place.warehouse;
        }
        if (costing.method == items::CostingMethod::lot) out.costed_lot = goods.lot;
        const StockPosting* posting = stock_posting_of(world_, company_, goods.item, moved_.date);
        if (!posting) return stock_accounts_missing.about(goods.item);
        out.valuing = Valuing::relocates;
        out.counterpart = posting->accounts.stock;
        MovedLine in = out;
        in.place = to;
        in.quantity = quantity;
        add_line(std::move(out));
        add_line(std::move(in));
        return {};
    }
    // Goods that are lost: at what they cost.
    Objection lose(const MovedLine& sent, const Quantity& asked,
                   const std::optional<ledger::AccountCode>& counterpart) {
        MovedLine lost = sent;
        Quantity quantity;
        if (Objection fault = find_quantity(world_, company_, sent.item, asked, quantity))
            return fault;
        lost.quantity = -quantity;
        if (Objection fault = fault_of_serial(world_, company_, lost, 0)) return fault;
        const StockPosting* posting = stock_posting_of(world_, company_, sent.item, moved_.date);
        if (!posting) return stock_accounts_missing.about(sent.item);
        lost.valuing = Valuing::by_formula;
        lost.counterpart = counterpart.value_or(posting->accounts.difference);
        add_line(std::move(lost));
        return {};
    }
    // Adds lines by what finds each of them, and ends the document.
    Decision<StockMoved> moved(const auto& lines, const auto& find_line, const Context& context) {
        for (std::size_t at = 0; at < lines.size(); ++at)
            if (Objection fault = find_line(lines[at])) return std::move(fault).at("lines", at);
        if (Objection fault = finish(context)) return fault;
        return std::move(moved_);
    }

private:
    Objection finish(const Context& context) {
        if (!ledger::fiscal_day(world_, company_, moved_.date))
            return ledger::date_outside_calendar.about(moved_.date);
        for (const MovedLine& line : moved_.lines)
            if (!has_series(world_.of<StockBlocks>(), series_of(company_, line)))
                return stock_insufficient.about(line.item, words_of(line.place));
        return find_postings(world_, company_, edits_of(moved_), context, moved_.postings);
    }
    void add_line(MovedLine line) {
        line.line = static_cast<std::int64_t>(moved_.lines.size()) + 1;
        moved_.lines.push_back(std::move(line));
    }

    const World& world_;
    const CompanyCode company_;
    StockMoved moved_;
};

// Where exactly a line takes goods from: what no location is named of lies in none.
Objection find_exactly(const World& world, const CompanyCode& company,
                       const WarehouseCode& warehouse, const std::optional<LocationCode>& location,
                       StockState state, StockPlace& place) {
    if (location) return find_place(world, company, warehouse, location, state, place);
    if (Objection fault = fault_of_warehouse(world, company, warehouse)) return fault;
    if (state == StockState::transit) return stock_state_transit;
    place.warehouse = warehouse;
    place.state = state;
    return {};
}

// The line of a transfer that is in transit by it.
Objection find_sent(const StockDocument& transfer, const StockDocumentId& id, std::int64_t line,
                    const MovedLine*& sent) {
    sent =
        line > static_cast<std::int64_t>(transfer.lines.size()) ? nullptr : transfer.line(2 * line);
    return sent ? Objection() : Objection(stock_line_unknown.about(id, line));
}

Objection find_transfer(const World& world, const CompanyCode& company, const StockDocumentId& id,
                        const StockDocument*& transfer) {
    transfer = world.of<StockDocuments>().find({company, id});
    if (!transfer || transfer->kind != StockDocumentKind::transfer ||
        transfer->lines.back().place.state != StockState::transit)
        return transfer_unknown.about(id);
    if (transfer->reversed) return transfer_reversed.about(id);
    return {};
}

}  // namespace

StockPlace in_transit(const StockDocumentId& transfer, const WarehouseCode& to,
                      const std::optional<LotCode>& lot) {
    return {to, lot, LocationCode{to_text(transfer.uuid)}, StockState::transit};
}

Decision<StockMoved> decide(const World& world, const MoveStock& move, const Context& context) {
    const CompanyCode& company = move.company;
    Relocating relocating(world, {company,
                                  move.document,
                                  StockDocumentKind::transfer,
                                  move.date.value_or(context.today),
                                  move.second.value_or(noon),
                                  move.text,
                                  {},
                                  {}});
    if (Objection fault = relocating.fault()) return fault;
    const auto find_line = [&](const MoveLine& line) -> Objection {
        const Goods goods{line.item, line.quantity, line.lot};
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_exactly(world, company, line.from, line.from_location, line.state, way.from))
            return fault;
        if (Objection fault = find_place(world, company, line.to.value_or(line.from),
                                         line.to_location, line.state, way.to))
            return fault;
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(goods, way);
    };
    return relocating.moved(move.lines, find_line, context);
}

Decision<StockMoved> decide(const World& world, const ChangeStockState& change,
                            const Context& context) {
    const CompanyCode& company = change.company;
    Relocating relocating(world, {company,
                                  change.document,
                                  StockDocumentKind::state_change,
                                  change.date.value_or(context.today),
                                  change.second.value_or(noon),
                                  change.reason,
                                  {},
                                  {}});
    if (Objection fault = relocating.fault()) return fault;
    const auto find_line = [&](const StateLine& line) -> Objection {
        const Goods goods{line.item, line.quantity, line.lot};
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_place(world, company, line.warehouse, line.location, line.from, way.from))
            return fault;
        way.to = way.from;
        way.to.state = line.to;
        if (line.to == StockState::transit) return stock_state_transit;
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(goods, way);
    };
    return relocating.moved(change.lines, find_line, context);
}

Decision<StockMoved> decide(const World& world, const SendTransfer& send, const Context& context) {
    const CompanyCode& company = send.company;
    Relocating relocating(world, {company,
                                  send.document,
                                  StockDocumentKind::transfer,
                                  send.date.value_or(context.today),
                                  send.second.value_or(noon),
                                  send.text,
                                  {},
                                  {}});
    if (Objection fault = relocating.fault()) return fault;
    for (const WarehouseCode& warehouse : {send.from, send.to})
        if (Objection fault = fault_of_warehouse(world, company, warehouse)) return fault;
    if (send.from == send.to) return transfer_to_same_place.about(send.to);
    const auto find_line = [&](const SentLine& line) -> Objection {
        const Goods goods{line.item, line.quantity, line.lot};
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_place(world, company, send.from, line.location, StockState::free, way.from))
            return fault;
        way.to = in_transit(send.document, send.to, line.lot);
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(goods, way);
    };
    return relocating.moved(send.lines, find_line, context);
}

Decision<StockMoved> decide(const World& world, const ReceiveTransfer& receive,
                            const Context& context) {
    const CompanyCode& company = receive.company;
    Relocating relocating(world, {company,
                                  receive.document,
                                  StockDocumentKind::transfer,
                                  receive.date.value_or(context.today),
                                  receive.second.value_or(noon + 1),
                                  receive.text,
                                  {},
                                  {}});
    if (Objection fault = relocating.fault()) return fault;
    const StockDocument* transfer = nullptr;
    if (Objection fault = find_transfer(world, company, receive.transfer, transfer)) return fault;
    const auto find_line = [&](const ArrivedLine& line) -> Objection {
        const MovedLine* sent = nullptr;
        if (Objection fault = find_sent(*transfer, receive.transfer, line.line, sent)) return fault;
        Way way;
        way.from = sent->place;
        if (Objection fault = find_place(world, company, sent->place.warehouse, line.location,
                                         line.state, way.to))
            return fault;
        return relocating.add({sent->item, line.quantity, sent->place.lot}, way);
    };
    return relocating.moved(receive.lines, find_line, context);
}

Decision<StockMoved> decide(const World& world, const LoseTransfer& lose, const Context& context) {
    const CompanyCode& company = lose.company;
    Relocating relocating(world, {company,
                                  lose.document,
                                  StockDocumentKind::issue,
                                  lose.date.value_or(context.today),
                                  lose.second.value_or(end_of_day),
                                  lose.reason,
                                  {},
                                  {}});
    if (Objection fault = relocating.fault()) return fault;
    if (lose.counterpart)
        if (Objection fault = fault_of_account(world, company, *lose.counterpart)) return fault;
    const StockDocument* transfer = nullptr;
    if (Objection fault = find_transfer(world, company, lose.transfer, transfer)) return fault;
    const auto find_line = [&](const LostLine& line) -> Objection {
        const MovedLine* sent = nullptr;
        if (Objection fault = find_sent(*transfer, lose.transfer, line.line, sent)) return fault;
        return relocating.lose(*sent, line.quantity, lose.counterpart);
    };
    return relocating.moved(lose.lines, find_line, context);
}

Part transfers() {
    return Part()
        .commands<MoveStock, ChangeStockState, SendTransfer, ReceiveTransfer, LoseTransfer>();
}

}  // namespace kontor::inventory
