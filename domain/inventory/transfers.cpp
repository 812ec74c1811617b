// When goods may be put elsewhere, sent, and lost on the way.
#include "domain/inventory/transfers.h"

#include "domain/inventory/document_lines.h"

#include <utility>

namespace kontor::inventory {

namespace {

constexpr std::int64_t noon = 43'200;

// Where a line begins, and where it ends.
struct Way {
    StockPlace from, to;
};

// A document that is being made of lines that keep what they are worth.
class Relocating {
public:
    Relocating(const World& world, StockMoved moved,
               const std::optional<ledger::AccountCode>& counterpart = {})
        : world_(world), company_(moved.company), lines_(world, std::move(moved), counterpart) {}

    Objection fault() const { return lines_.fault(); }
    // Two lines of goods whose places are known by then.
    Objection add(const items::ItemCode& item, const std::optional<LotCode>& lot,
                  const Quantity& asked, const Way& way) {
        MovedLine out;
        out.item = item;
        out.place = way.from;
        out.place.lot = lot;
        out.valuing = Valuing::relocates;
        if (Objection fault = find_quantity(world_, company_, item, asked, out.quantity))
            return fault;
        MovedLine in = out;
        in.place = way.to;
        in.place.lot = lot;
        if (in.place == out.place) return transfer_to_same_place.about(item);
        out.quantity = -out.quantity;
        if (Objection fault = lines_.add(std::move(out), &StockAccounts::stock)) return fault;
        const auto area = lines_.last().area;
        if (Objection fault = lines_.add(std::move(in), &StockAccounts::stock)) return fault;
        if (lines_.last().area != area) return transfer_between_areas.about(item, way.to.warehouse);
        return {};
    }
    // Goods that are lost: at what they cost.
    Objection lose(const MovedLine& sent, const Quantity& asked) {
        MovedLine lost;
        lost.item = sent.item;
        lost.place = sent.place;
        lost.valuing = Valuing::by_formula;
        if (Objection fault = find_quantity(world_, company_, sent.item, asked, lost.quantity))
            return fault;
        lost.quantity = -lost.quantity;
        return lines_.add(std::move(lost), &StockAccounts::difference);
    }
    // Adds lines by what finds each of them, and ends the document.
    Decision<StockMoved> moved(const auto& lines, const auto& find_line, const Context& context) {
        for (std::size_t at = 0; at < lines.size(); ++at)
            if (Objection fault = find_line(lines[at])) return std::move(fault).at("lines", at);
        if (Objection fault = lines_.finish(context)) return fault;
        return std::move(lines_).moved();
    }

private:
    const World& world_;
    const CompanyCode company_;
    DocumentLines lines_;
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
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_exactly(world, company, line.from, line.from_location, line.state, way.from))
            return fault;
        if (Objection fault = find_place(world, company, line.to.value_or(line.from),
                                         line.to_location, line.state, way.to))
            return fault;
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(line.item, line.lot, line.quantity, way);
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
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_place(world, company, line.warehouse, line.location, line.from, way.from))
            return fault;
        way.to = way.from;
        way.to.state = line.to;
        if (line.to == StockState::transit) return stock_state_transit;
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(line.item, line.lot, line.quantity, way);
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
        if (Objection fault = fault_of_item(world, company, line.item)) return fault;
        Way way;
        if (Objection fault =
                find_place(world, company, send.from, line.location, StockState::free, way.from))
            return fault;
        way.to = in_transit(send.document, send.to, line.lot);
        if (Objection fault = fault_of_lot(world, company, line.item, line.lot)) return fault;
        return relocating.add(line.item, line.lot, line.quantity, way);
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
        return relocating.add(sent->item, sent->place.lot, line.quantity, way);
    };
    return relocating.moved(receive.lines, find_line, context);
}

Decision<StockMoved> decide(const World& world, const LoseTransfer& lose, const Context& context) {
    const CompanyCode& company = lose.company;
    Relocating relocating(world,
                          {company,
                           lose.document,
                           StockDocumentKind::issue,
                           lose.date.value_or(context.today),
                           lose.second.value_or(second_of_issues),
                           lose.reason,
                           {},
                           {}},
                          lose.counterpart);
    if (Objection fault = relocating.fault()) return fault;
    const StockDocument* transfer = nullptr;
    if (Objection fault = find_transfer(world, company, lose.transfer, transfer)) return fault;
    const auto find_line = [&](const LostLine& line) -> Objection {
        const MovedLine* sent = nullptr;
        if (Objection fault = find_sent(*transfer, lose.transfer, line.line, sent)) return fault;
        return relocating.lose(*sent, line.quantity);
    };
    return relocating.moved(lose.lines, find_line, context);
}

Part transfers() {
    return Part()
        .commands<MoveStock, ChangeStockState, SendTransfer, ReceiveTransfer, LoseTransfer>();
}

}  // namespace kontor::inventory
