// How moves are kept: in their documents, in series by business order, and as what is on hand.
#include "domain/inventory/stock_moves.h"

#include <algorithm>
#include <limits>

namespace kontor::inventory {

namespace {

StockDocumentId complement(const StockDocumentId& id) { return {{~id.uuid.high, ~id.uuid.low}}; }

StockBlockKey key_of(const SeriesKey& series, const MoveOrder& first) {
    return {series.company,
            series.item,
            series.area,
            series.lot,
            -static_cast<std::int64_t>(first.day.days),
            -first.second,
            complement(first.document),
            -first.line};
}

// Not behind any block of the series.
StockBlockKey newest_of(const SeriesKey& series) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    return {series.company, series.item, series.area, series.lot, least, least, {}, least};
}

bool is_of(const StockBlockKey& key, const SeriesKey& series) {
    return key.company == series.company && key.item == series.item && key.area == series.area &&
           key.lot == series.lot;
}

const MoveOrder& first_of(const MoveBlock& block) { return block.moves.front().move.at; }

void in_order(EditsBySeries& edits) {
    for (auto& [series, of_series] : edits) std::ranges::sort(of_series, {}, &Edit::at);
}

void rewrite_series(StockBlocks& blocks, const EditsBySeries& edits) {
    for (const auto& [series, of_series] : edits) {
        const SeriesPart part = series_from(blocks, series, first_touched(of_series));
        const Rewritten rewritten = rewrite(part.blocks, part.end, of_series);
        ensure(rewritten.obstacle == Obstacle::none, "what was decided can be folded");
        const std::size_t replaced = part.blocks.size() - rewritten.untouched;
        for (std::size_t at = 0; at < replaced; ++at)
            blocks.erase(key_of(series, first_of(part.blocks[at])));
        for (const MoveBlock& block : rewritten.blocks)
            blocks.put(key_of(series, first_of(block)), {block, std::nullopt});
        if (rewritten.untouched == 0 && !rewritten.blocks.empty())
            blocks.change(key_of(series, first_of(rewritten.blocks.back())),
                          [&](StockBlock& last) { last.end = rewritten.end; });
    }
}

void add(StocksOnHand& stocks, const CompanyCode& company, const MovedLine& line, int sign) {
    const OnHandKey key{company, line.item, line.place};
    const OnHand* was = stocks.find(key);
    const std::int64_t is = (was ? was->quantity : 0) + sign * line.quantity.micro;
    if (is == 0)
        stocks.erase(key);
    else
        stocks.put(key, {is});
}

}  // namespace

const MovedLine* StockDocument::line(std::int64_t number) const {
    const auto found = std::ranges::find(lines, number, &MovedLine::line);
    return found == lines.end() ? nullptr : &*found;
}

bool has_series(const StockBlocks& blocks, const SeriesKey& series) {
    bool has = false;
    blocks.each_from(newest_of(series), [&](const StockBlockKey& key, const StockBlock&) {
        has = is_of(key, series);
        return false;
    });
    return has;
}

SeriesKey series_of(const CompanyCode& company, const MovedLine& line) {
    return {company, line.item, line.area, line.costed_lot};
}

Move move_of(const MoveOrder& at, const MovedLine& line) {
    Move move;
    move.at = at;
    move.place = line.place;
    move.valuing = line.valuing;
    move.quantity = line.quantity.micro;
    move.cost = line.cost ? line.cost->minor : 0;
    move.counterpart = line.counterpart;
    move.source = line.source_at;
    return move;
}

Move beginning(const SeriesBegun& begins, const StockDocumentId& document, std::int64_t line) {
    Move move;
    move.at = {first_date, 0, document, line};
    move.valuing = Valuing::reformula;
    move.formula = begins.formula;
    move.bearers = begins.bearers;
    return move;
}

SeriesPart series_from(const StockBlocks& blocks, const SeriesKey& series, const MoveOrder& place) {
    SeriesPart part;
    blocks.each_from(newest_of(series), [&](const StockBlockKey& key, const StockBlock& row) {
        if (!is_of(key, series)) return false;
        if (row.end) part.end = *row.end;
        part.blocks.push_back(row.block);
        return place < first_of(row.block);
    });
    std::ranges::reverse(part.blocks);
    return part;
}

EditsBySeries edits_of(const StockMoved& moved) {
    EditsBySeries edits;
    for (const MovedLine& line : moved.lines) {
        const MoveOrder at{moved.date, moved.second, moved.document, line.line};
        auto& of_series = edits[series_of(moved.company, line)];
        if (line.begins) {
            const Move begins = beginning(*line.begins, moved.document, line.line);
            of_series.push_back({begins.at, std::nullopt, begins});
        }
        of_series.push_back({at, std::nullopt, move_of(at, line)});
    }
    in_order(edits);
    return edits;
}

EditsBySeries edits_of(const StockLineCorrected& corrected) {
    const MoveOrder at{corrected.date, corrected.second, corrected.document, corrected.was.line};
    EditsBySeries edits;
    edits[series_of(corrected.company, corrected.was)].push_back(
        {at, move_of(at, corrected.was), move_of(at, corrected.becomes)});
    return edits;
}

EditsBySeries edits_of(const StockDocumentReversed& reversed) {
    EditsBySeries edits;
    for (const MovedLine& line : reversed.lines) {
        const MoveOrder at{reversed.date, reversed.second, reversed.document, line.line};
        edits[series_of(reversed.company, line)].push_back({at, move_of(at, line), std::nullopt});
    }
    in_order(edits);
    return edits;
}

void evolve(StockBlocks& blocks, const StockMoved& moved) {
    rewrite_series(blocks, edits_of(moved));
}
void evolve(StockBlocks& blocks, const StockLineCorrected& corrected) {
    rewrite_series(blocks, edits_of(corrected));
}
void evolve(StockBlocks& blocks, const StockDocumentReversed& reversed) {
    rewrite_series(blocks, edits_of(reversed));
}

void evolve(StockDocuments& documents, const StockMoved& moved) {
    documents.put({moved.company, moved.document},
                  {moved.kind, moved.date, moved.second, moved.lines, false});
}

void evolve(StockDocuments& documents, const StockLineCorrected& corrected) {
    documents.change({corrected.company, corrected.document}, [&](StockDocument& document) {
        *std::ranges::find(document.lines, corrected.was.line, &MovedLine::line) =
            corrected.becomes;
    });
}

void evolve(StockDocuments& documents, const StockDocumentReversed& reversed) {
    documents.change({reversed.company, reversed.document},
                     [](StockDocument& document) { document.reversed = true; });
}

void evolve(StocksOnHand& stocks, const StockMoved& moved) {
    for (const MovedLine& line : moved.lines) add(stocks, moved.company, line, +1);
}

void evolve(StocksOnHand& stocks, const StockLineCorrected& corrected) {
    add(stocks, corrected.company, corrected.was, -1);
    add(stocks, corrected.company, corrected.becomes, +1);
}

void evolve(StocksOnHand& stocks, const StockDocumentReversed& reversed) {
    for (const MovedLine& line : reversed.lines) add(stocks, reversed.company, line, -1);
}

}  // namespace kontor::inventory
