// How moves are kept: in their documents, in series by business order, and as what is on hand.
#include "domain/inventory/stock_moves.h"

#include <algorithm>
#include <limits>

namespace kontor::inventory {

namespace {

StockDocumentId complement(const StockDocumentId& id) { return {{~id.uuid.high, ~id.uuid.low}}; }

StockBlockKey key_of(const SeriesKey& series, StockBlockPart part, const MoveOrder& first) {
    return {series.company, series.item,
            series.area,    series.lot,
            part,           -static_cast<std::int64_t>(first.day.days),
            -first.second,  complement(first.document),
            -first.line};
}

// Not behind any row of the series of its part; of standings, the key of that behind all moves.
StockBlockKey newest_of(const SeriesKey& series, StockBlockPart part) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    return {series.company, series.item, series.area, series.lot, part, least, least, {}, least};
}

bool is_of(const StockBlockKey& key, const SeriesKey& series, StockBlockPart part) {
    return key.company == series.company && key.item == series.item && key.area == series.area &&
           key.lot == series.lot && key.part == part;
}

void in_order(EditsBySeries& edits) {
    for (auto& [series, of_series] : edits) std::ranges::sort(of_series, {}, &Edit::at);
}

// Counts up a row that is there only while it is not zero.
template <class Row, class Table, class Key>
void add(Table& table, const Key& key, std::int64_t quantity) {
    if (quantity == 0) return;
    const Row* was = table.find(key);
    const std::int64_t is = (was ? was->quantity : 0) + quantity;
    if (is == 0)
        table.erase(key);
    else
        table.put(key, {is});
}

void add_others(std::vector<LineEdit>& edits, const std::vector<ChangedLine>& others) {
    for (const ChangedLine& other : others)
        edits.push_back(
            {{other.date, other.second, other.document, other.was.line}, other.was, other.becomes});
}

}  // namespace

const MovedLine* StockDocument::line(std::int64_t number) const {
    const auto found = std::ranges::find(lines, number, &MovedLine::line);
    return found == lines.end() ? nullptr : &*found;
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
    for (const ReturnedPart& part : line.parts)
        move.parts.push_back({part.of_at, part.quantity.micro});
    for (const LandedShare& share : line.landed)
        move.landed.push_back({share.counterpart, share.cost.minor, share.beyond.minor});
    if (line.goes_back) move.goes_back = line.goes_back->micro;
    if (line.purchase_price)
        move.purchase_price = UnitCost{line.purchase_price->minor, size_of(move)};
    return move;
}

std::vector<Move> beginning(const SeriesBegun& begins, const StockDocumentId& document,
                            std::int64_t line) {
    Move first;
    first.at = {first_date, 0, document, line};
    first.valuing = Valuing::reformula;
    first.formula = begins.formula;
    first.bearers = begins.bearers;
    std::vector<Move> moves{std::move(first)};
    moves.insert(moves.end(), begins.steps.begin(), begins.steps.end());
    return moves;
}

SeriesPart series_from(const StockBlocks& blocks, const SeriesKey& series, const MoveOrder& place) {
    SeriesPart part;
    const StockBlockKey from = key_of(series, StockBlockPart::moves, place);
    std::optional<StockBlockKey> first;
    blocks.each_from(newest_of(series, StockBlockPart::moves),
                     [&](const StockBlockKey& key, const StockBlock& row) {
                         if (!is_of(key, series, StockBlockPart::moves)) return false;
                         part.blocks.push_back(*row.moves);
                         first = key;
                         return key < from;
                     });
    if (!first) return part;
    std::ranges::reverse(part.blocks);
    first->part = StockBlockPart::standing;
    part.start = *blocks.find(*first)->standing;
    part.end = *blocks.find(newest_of(series, StockBlockPart::standing))->standing;
    return part;
}

void each_series(const World& world, const CompanyCode& company, const items::ItemCode& item,
                 const std::function<void(const SeriesKey&, const StockSeries&)>& call) {
    world.of<AllStockSeries>().each_from({company, item, {}, {}},
                                         [&](const SeriesKey& key, const StockSeries& series) {
                                             if (key.company != company || key.item != item)
                                                 return false;
                                             call(key, series);
                                             return true;
                                         });
}

ChangedLine changed_line(const LineEdit& edit) {
    return {edit.at.document, edit.at.day, edit.at.second, *edit.was, *edit.becomes};
}

std::vector<LineEdit> line_edits_of(const StockMoved& moved) {
    std::vector<LineEdit> edits;
    for (const MovedLine& line : moved.lines)
        edits.push_back(
            {{moved.date, moved.second, moved.document, line.line}, std::nullopt, line});
    add_others(edits, moved.others);
    return edits;
}

std::vector<LineEdit> line_edits_of(const StockLineCorrected& corrected) {
    std::vector<LineEdit> edits{
        {{corrected.date, corrected.second, corrected.document, corrected.was.line},
         corrected.was,
         corrected.becomes}};
    add_others(edits, corrected.others);
    return edits;
}

std::vector<LineEdit> line_edits_of(const StockDocumentReversed& reversed) {
    std::vector<LineEdit> edits;
    for (const MovedLine& line : reversed.lines)
        edits.push_back(
            {{reversed.date, reversed.second, reversed.document, line.line}, line, std::nullopt});
    add_others(edits, reversed.others);
    return edits;
}

std::vector<LineEdit> line_edits_of(const std::vector<ChangedLine>& lines) {
    std::vector<LineEdit> edits;
    add_others(edits, lines);
    return edits;
}

EditsBySeries edits_of(const CompanyCode& company, const std::vector<LineEdit>& lines) {
    EditsBySeries edits;
    for (const LineEdit& edit : lines) {
        auto& of_series = edits[series_of(company, edit.line())];
        if (!edit.was && edit.becomes->begins)
            for (const Move& begins :
                 beginning(*edit.becomes->begins, edit.at.document, edit.at.line))
                of_series.push_back({begins.at, std::nullopt, begins});
        Edit of_move{edit.at, std::nullopt, std::nullopt};
        if (edit.was) of_move.was = move_of(edit.at, *edit.was);
        if (edit.becomes) of_move.becomes = move_of(edit.at, *edit.becomes);
        of_series.push_back(std::move(of_move));
    }
    in_order(edits);
    return edits;
}

EditsBySeries edits_of(const StockRevalued& revalued) {
    EditsBySeries edits;
    for (const ChangedStep& step : revalued.steps)
        edits[{revalued.company, revalued.item, step.area, step.lot}].push_back(
            {step.becomes ? step.becomes->at : step.was->at, step.was, step.becomes});
    in_order(edits);
    return edits;
}

void rewrite_series(StockBlocks& blocks, const EditsBySeries& edits) {
    for (const auto& [series, of_series] : edits) {
        const auto key = [&](StockBlockPart part, const MoveOrder& first) {
            return key_of(series, part, first);
        };
        Rewritten rewritten =
            rewrite(series_from(blocks, series, first_touched(of_series)), of_series);
        ensure(rewritten.obstacle == Obstacle::none, "what was decided can be folded");
        for (const MoveOrder& first : rewritten.gone) {
            blocks.erase(key(StockBlockPart::moves, first));
            blocks.erase(key(StockBlockPart::standing, first));
        }
        for (RewrittenBlock& block : rewritten.blocks) {
            blocks.put(key(StockBlockPart::standing, block.first),
                       {std::nullopt, std::move(block.start)});
            if (block.moves)
                blocks.put(key(StockBlockPart::moves, block.first),
                           {std::move(block.moves), std::nullopt});
        }
        const StockBlockKey end = newest_of(series, StockBlockPart::standing);
        if (rewritten.untouched > 0) continue;
        if (rewritten.blocks.empty())
            blocks.erase(end);
        else
            blocks.put(end, {std::nullopt, std::move(rewritten.end)});
    }
}

void evolve(StockBlocks& blocks, const StockRevalued& revalued) {
    rewrite_series(blocks, edits_of(revalued));
}

void apply(AllStockSeries& all, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits)
        if (!edit.was && edit.becomes->begins)
            all.put(series_of(company, *edit.becomes),
                    {edit.becomes->begins->formula, edit.becomes->begins->steps});
}

void evolve(AllStockSeries& all, const StockRevalued& revalued) {
    for (const ChangedStep& step : revalued.steps)
        all.change({revalued.company, revalued.item, step.area, step.lot},
                   [&](StockSeries& series) {
                       if (step.was) std::erase(series.steps, *step.was);
                       if (!step.becomes) return;
                       const auto place =
                           std::ranges::lower_bound(series.steps, step.becomes->at, {}, &Move::at);
                       series.steps.insert(place, *step.becomes);
                   });
}

void apply(StocksOnHand& stocks, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        const auto put = [&](const std::optional<MovedLine>& line, int sign) {
            if (line)
                add<OnHand>(stocks, OnHandKey{company, line->item, line->place},
                            sign * line->quantity.micro);
        };
        put(edit.was, -1);
        put(edit.becomes, +1);
    }
}

void apply(CountsOfStock& counts, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        if (!edit.line().counted) continue;
        const CountKey key{company, edit.line().item, edit.line().place, edit.at};
        if (edit.becomes)
            counts.put(key, {edit.becomes->counted->micro});
        else
            counts.erase(key);
    }
}

void apply(CustomerMoves& moves, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        if (!edit.line().customer) continue;
        const CustomerMoveKey key{series_of(company, edit.line()), *edit.line().customer, edit.at};
        if (edit.becomes)
            moves.put(key, {edit.becomes->quantity.micro, edit.becomes->source_at});
        else
            moves.erase(key);
    }
}

void apply(StockSentBack& sent, const CompanyCode& company, const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        const auto put = [&](const std::optional<MovedLine>& line, int sign) {
            if (line && line->source && line->quantity.micro < 0)
                add<SentBack>(sent, ReceivedLineKey{company, *line->source},
                              -sign * line->quantity.micro);
        };
        put(edit.was, -1);
        put(edit.becomes, +1);
    }
}

void change_lines(StockDocuments& documents, const CompanyCode& company,
                  const std::vector<ChangedLine>& lines) {
    for (const ChangedLine& changed : lines)
        documents.change({company, changed.document}, [&](StockDocument& document) {
            *std::ranges::find(document.lines, changed.was.line, &MovedLine::line) =
                changed.becomes;
        });
}

void evolve(StockDocuments& documents, const StockMoved& moved) {
    documents.put({moved.company, moved.document},
                  {moved.kind, moved.date, moved.second, moved.lines, false});
    change_lines(documents, moved.company, moved.others);
}

void evolve(StockDocuments& documents, const StockLineCorrected& corrected) {
    change_lines(
        documents, corrected.company,
        {{corrected.document, corrected.date, corrected.second, corrected.was, corrected.becomes}});
    change_lines(documents, corrected.company, corrected.others);
}

void evolve(StockDocuments& documents, const StockDocumentReversed& reversed) {
    documents.change({reversed.company, reversed.document},
                     [](StockDocument& document) { document.reversed = true; });
    change_lines(documents, reversed.company, reversed.others);
}

}  // namespace kontor::inventory
