// What of a move is written, and read again.
#include "domain/inventory/packed_moves.h"

#include "domain/core/ensure.h"

#include <utility>

namespace kontor::inventory {

namespace {

// What is otherwise than in the move before. Of these, documents and accounts change often, and the
// rest hardly ever.
enum Differs : std::uint64_t {
    day = 1,
    second = 2,
    document = 4,
    line = 8,  // than one more
    quantity = 16,
    cost = 32,
    valuing = 64,
    counterpart = 128,
    place = 256,
    named = 512,
    rest = 1024  // there is some; all of it
};

enum Rest : std::uint64_t {
    has_source = 1,
    has_standard = 2,
    has_purchase_price = 4,
    has_formula = 8,
    has_bearers = 16,
    has_parts = 32,
    has_landed = 64,
    has_goes_back = 128,
    has_realisable = 256,
    has_allowance = 512,
};

std::uint64_t rest_of(const Move& move) {
    std::uint64_t has = 0;
    if (move.source) has |= has_source;
    if (move.standard) has |= has_standard;
    if (move.purchase_price) has |= has_purchase_price;
    if (move.formula != CostFormula::fifo) has |= has_formula;
    if (move.bearers) has |= has_bearers;
    if (!move.parts.empty()) has |= has_parts;
    if (!move.landed.empty()) has |= has_landed;
    if (move.goes_back != 0) has |= has_goes_back;
    if (move.realisable) has |= has_realisable;
    if (move.allowance) has |= has_allowance;
    return has;
}

// Of the same document.
std::int64_t line_after(const MoveOrder& at) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(at.line) + 1);
}

std::uint64_t differences(const KeptMove& before, const Move& move, std::int64_t times) {
    const Move& was = before.move;
    std::uint64_t differs = 0;
    if (move.at.day != was.at.day) differs |= day;
    if (move.at.second != was.at.second) differs |= second;
    if (move.at.document != was.at.document) differs |= document;
    if (move.at.line != line_after(was.at)) differs |= line;
    if (move.quantity != was.quantity) differs |= quantity;
    if (move.cost != was.cost) differs |= cost;
    if (move.valuing != was.valuing) differs |= valuing;
    if (move.counterpart != was.counterpart) differs |= counterpart;
    if (move.place != was.place) differs |= place;
    if (times != before.named) differs |= named;
    if (rest_of(move) != 0) differs |= rest;
    return differs;
}

// Short numbers in few octets, whatever their sign.
constexpr std::uint64_t zigzag(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
}

}  // namespace

void MovePacker::put(std::int64_t number) {
    std::uint64_t rest = zigzag(number);
    for (; rest >= 128; rest >>= 7) block_.octets.octets.push_back(static_cast<char>(rest | 128));
    block_.octets.octets.push_back(static_cast<char>(rest));
}

void MovePacker::put_text(std::string_view text) {
    put(static_cast<std::int64_t>(text.size()));
    block_.octets.octets += text;
}

void MovePacker::put_order(const MoveOrder& order) {
    put(order.day.days);
    put(order.second);
    put(static_cast<std::int64_t>(order.document.uuid.high));
    put(static_cast<std::int64_t>(order.document.uuid.low));
    put(order.line);
}

void MovePacker::put_cost(const UnitCost& cost) {
    put(cost.value);
    put(cost.quantity);
}

void MovePacker::put_rest(const Move& move) {
    put(static_cast<std::int64_t>(rest_of(move)));
    if (move.source) put_order(*move.source);
    if (move.standard) put_cost(*move.standard);
    if (move.purchase_price) put_cost(*move.purchase_price);
    if (move.formula != CostFormula::fifo) put(static_cast<std::int64_t>(move.formula));
    if (move.bearers)
        for (const auto* account : {&move.bearers->stock, &move.bearers->variance,
                                    &move.bearers->revaluation, &move.bearers->difference})
            put_text(account->text);
    if (!move.parts.empty()) put(static_cast<std::int64_t>(move.parts.size()));
    for (const SourcePart& part : move.parts) {
        put_order(part.of);
        put(part.quantity);
    }
    if (!move.landed.empty()) put(static_cast<std::int64_t>(move.landed.size()));
    for (const LandedPart& part : move.landed) {
        put_text(part.counterpart.text);
        put(part.cost);
        put(part.beyond);
    }
    if (move.goes_back != 0) put(move.goes_back);
    if (move.realisable) put_cost(*move.realisable);
    if (move.allowance) put_text(move.allowance->text);
}

void MovePacker::add(const Move& move, std::int64_t times) {
    const std::uint64_t differs = differences(before_, move, times);
    put(static_cast<std::int64_t>(differs));
    if (differs & day) put(std::int64_t{move.at.day.days} - before_.move.at.day.days);
    if (differs & second) put(move.at.second);
    if (differs & document) {
        put(static_cast<std::int64_t>(move.at.document.uuid.high));
        put(static_cast<std::int64_t>(move.at.document.uuid.low));
    }
    if (differs & line) put(move.at.line);
    if (differs & quantity) put(move.quantity);
    if (differs & cost) put(move.cost);
    if (differs & valuing) put(static_cast<std::int64_t>(move.valuing));
    if (differs & counterpart) put_text(move.counterpart.text);
    if (differs & place) {
        const StockPlace& at = move.place;
        put((at.lot ? 1 : 0) + (at.location ? 2 : 0) + 4 * static_cast<std::int64_t>(at.state));
        put_text(at.warehouse.text);
        if (at.lot) put_text(at.lot->text);
        if (at.location) put_text(at.location->text);
    }
    if (differs & named) put(times);
    if (differs & rest) put_rest(move);
    before_ = {move, times};
    ++block_.count;
}

MoveBlock MovePacker::taken() {
    before_ = {};
    return std::exchange(block_, {});
}

std::int64_t MoveReader::number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        ensure(!octets_.empty(), "packed moves are whole");
        const auto octet = static_cast<unsigned char>(octets_.front());
        octets_.remove_prefix(1);
        number |= static_cast<std::uint64_t>(octet & 127) << shift;
        if (octet < 128) return unzigzag(number);
    }
    ensure(false, "packed moves are made of numbers");
    return 0;
}

std::string_view MoveReader::text() {
    const auto size = static_cast<std::size_t>(number());
    ensure(size <= octets_.size(), "packed moves are whole");
    const std::string_view text = octets_.substr(0, size);
    octets_.remove_prefix(size);
    return text;
}

MoveOrder MoveReader::order() {
    MoveOrder order;
    order.day.days = static_cast<std::int32_t>(number());
    order.second = number();
    order.document.uuid.high = static_cast<std::uint64_t>(number());
    order.document.uuid.low = static_cast<std::uint64_t>(number());
    order.line = number();
    return order;
}

UnitCost MoveReader::cost() {
    UnitCost cost;
    cost.value = number();
    cost.quantity = number();
    return cost;
}

void MoveReader::rest() {
    Move& move = now_.move;
    const auto has = static_cast<std::uint64_t>(number());
    if (has & has_source) move.source = order();
    if (has & has_standard) move.standard = cost();
    if (has & has_purchase_price) move.purchase_price = cost();
    if (has & has_formula) move.formula = static_cast<CostFormula>(number());
    if (has & has_bearers) {
        move.bearers.emplace();
        for (auto* account : {&move.bearers->stock, &move.bearers->variance,
                              &move.bearers->revaluation, &move.bearers->difference})
            account->text = text();
    }
    if (has & has_parts)
        for (std::int64_t many = number(); many > 0; --many) {
            const MoveOrder of = order();
            move.parts.push_back({of, number()});
        }
    if (has & has_landed)
        for (std::int64_t many = number(); many > 0; --many) {
            LandedPart& part = move.landed.emplace_back();
            part.counterpart.text = text();
            part.cost = number();
            part.beyond = number();
        }
    if (has & has_goes_back) move.goes_back = number();
    if (has & has_realisable) move.realisable = cost();
    if (has & has_allowance) move.allowance = Counterpart{std::string(text())};
}

const KeptMove* MoveReader::next() {
    if (octets_.empty()) return nullptr;
    Move& move = now_.move;
    const auto differs = static_cast<std::uint64_t>(number());
    if (has_rest_) {
        move.source.reset();
        move.standard.reset();
        move.purchase_price.reset();
        move.formula = CostFormula::fifo;
        move.bearers.reset();
        move.parts.clear();
        move.landed.clear();
        move.goes_back = 0;
        move.realisable.reset();
        move.allowance.reset();
    }
    has_rest_ = differs & Differs::rest;
    if (differs & day) move.at.day.days = static_cast<std::int32_t>(move.at.day.days + number());
    if (differs & second) move.at.second = number();
    if (differs & document) {
        move.at.document.uuid.high = static_cast<std::uint64_t>(number());
        move.at.document.uuid.low = static_cast<std::uint64_t>(number());
    }
    move.at.line = differs & line ? number() : line_after(move.at);
    if (differs & quantity) move.quantity = number();
    if (differs & Differs::cost) move.cost = number();
    if (differs & valuing) move.valuing = static_cast<Valuing>(number());
    if (differs & counterpart) move.counterpart.text = text();
    if (differs & place) {
        const std::int64_t has = number();
        move.place.warehouse.text = text();
        move.place.lot.reset();
        if (has & 1) move.place.lot = LotCode{std::string(text())};
        move.place.location.reset();
        if (has & 2) move.place.location = LocationCode{std::string(text())};
        move.place.state = static_cast<StockState>(has / 4);
    }
    if (differs & named) now_.named = number();
    if (has_rest_) rest();
    return &now_;
}

MoveOrder first_of(const MoveBlock& block) { return MoveReader(block).next()->move.at; }

}  // namespace kontor::inventory
