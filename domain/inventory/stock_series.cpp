// How a series of moves is replayed from where it changes.
#include "domain/inventory/stock_series.h"

#include "domain/core/ensure.h"

#include <algorithm>

namespace kontor::inventory {

namespace {

// A block is read and written whole, so it is small; where stock itself is large, as with many
// layers, a block is as large again, so that what is kept stays in proportion to the moves.
constexpr std::size_t moves_of_block = 128;

std::size_t parts_of(const SeriesStanding& standing) {
    return standing.stock.layers.size() + standing.stock.uncovered.size() + standing.sources.size();
}

// One change of a series.
class Rewriting {
public:
    // Replays from `standing`, behind moves that stay as they are.
    Rewriting(const SeriesStanding& standing, MoveBlock begun, std::size_t blocks_of,
              Rewritten& into)
        : replay_(standing.stock), begun_(std::move(begun)), blocks_of_(blocks_of), into_(into) {
        for (const AwaitedSource& source : standing.sources) sources_.emplace(source.of, source);
    }

    // A move that was there, or is new (null), and what it is to be (null: gone). False where it
    // has no worth.
    bool next(const KeptMove* was, const Move* becomes, std::int64_t named) {
        if (was) differ(was->move.at.day, was->effect, -1);
        if (!becomes) return true;
        KeptMove kept{*becomes, {}, named};
        kept.effect = replay_.apply(*becomes, sources_now(*becomes));
        if (kept.effect.obstacle != Obstacle::none) {
            into_.obstacle = kept.effect.obstacle;
            into_.obstructed = becomes->at;
            return false;
        }
        differ(becomes->at.day, kept.effect, +1);
        keep_sources(kept);
        begun_.moves.push_back(std::move(kept));
        cut_from(blocks_of_ * full());
        return true;
    }
    // What follows begins a block, if this one has so many moves.
    void cut_from(std::size_t moves) {
        if (begun_.moves.empty() || begun_.moves.size() < moves) return;
        into_.blocks.push_back(std::move(begun_));
        begun_ = {standing(), {}};
    }
    std::size_t full() const { return std::max(moves_of_block, 2 * parts_of(begun_.start)); }
    SeriesStanding standing() const {
        SeriesStanding standing{replay_.stock(), {}};
        for (const auto& [of, source] : sources_) standing.sources.push_back(source);
        return standing;
    }

private:
    std::vector<Source*> sources_now(const Move& move) {
        std::vector<Source*> now;
        for (const SourcePart& part : sources_of(move)) {
            const auto source = sources_.find(part.of);
            now.push_back(source == sources_.end() ? nullptr : &source->second.source);
        }
        return now;
    }
    void keep_sources(const KeptMove& kept) {
        const Move& move = kept.move;
        if (kept.named > 0) {
            Source source{size_of(move), kept.effect.cost, 0, 0, move.goes_back, move.landed};
            sources_[move.at] = {move.at, std::move(source), kept.named};
        }
        for (const Share& share : kept.effect.shares)
            if (share.of != move.at)
                if (const auto of = sources_.find(share.of); of != sources_.end())
                    of->second.source.cost += share.amount;
        for (const SourcePart& part : sources_of(move)) {
            const auto source = sources_.find(part.of);
            if (--source->second.times == 0) sources_.erase(source);
        }
    }
    void differ(Date day, const Effect& effect, int sign) {
        DayDifference& of_day = into_.differences[day];
        of_day.stock += sign * effect.stock;
        for (const Share& share : effect.shares)
            of_day.shares[share.counterpart] += sign * share.amount;
    }

    Replay replay_;
    std::map<MoveOrder, AwaitedSource> sources_;
    MoveBlock begun_;
    std::size_t blocks_of_;  // times full
    Rewritten& into_;
};

// By how much more often a move is named than before.
std::map<MoveOrder, std::int64_t> namings(const std::vector<Edit>& edits) {
    std::map<MoveOrder, std::int64_t> named;
    for (const Edit& edit : edits) {
        if (edit.was)
            for (const SourcePart& part : sources_of(*edit.was)) --named[part.of];
        if (edit.becomes)
            for (const SourcePart& part : sources_of(*edit.becomes)) ++named[part.of];
    }
    return named;
}

void leave_out_zeros(std::map<Date, DayDifference>& differences) {
    for (auto& [day, of_day] : differences)
        std::erase_if(of_day.shares, [](const auto& share) { return share.second == 0; });
    std::erase_if(differences, [](const auto& of_day) {
        return of_day.second.stock == 0 && of_day.second.shares.empty();
    });
}

// Edits behind all moves replay none of them.
bool is_behind(const std::vector<MoveBlock>& blocks, const MoveOrder& first) {
    return !blocks.empty() && blocks.back().moves.back().move.at < first;
}

}  // namespace

MoveOrder first_touched(const std::vector<Edit>& edits) {
    MoveOrder first = edits.front().at;
    for (const auto& [named, times] : namings(edits)) first = std::min(first, named);
    return first;
}

Rewritten rewrite(const std::vector<MoveBlock>& blocks, const SeriesStanding& end,
                  const std::vector<Edit>& edits) {
    Rewritten rewritten;
    const MoveOrder first = first_touched(edits);
    const auto named = namings(edits);
    const auto naming = [&](const MoveOrder& at) {
        const auto more = named.find(at);
        return more == named.end() ? 0 : more->second;
    };
    const bool behind = is_behind(blocks, first);
    ensure(!behind || blocks.size() == 1, "what is added behind all needs the last block alone");
    const SeriesStanding& from = behind || blocks.empty() ? end : blocks.front().start;
    // A block grows to twice its size by what comes late, so that it is not split each time.
    Rewriting rewriting(from, behind ? blocks.front() : MoveBlock{from, {}}, behind ? 1 : 2,
                        rewritten);
    if (behind) rewriting.cut_from(rewriting.full());
    auto edit = edits.begin();
    // New moves before a place.
    const auto add_until = [&](const MoveOrder* place) {
        for (; edit != edits.end() && (!place || edit->at < *place); ++edit)
            if (!rewriting.next(nullptr, &*edit->becomes, naming(edit->at))) return false;
        return true;
    };
    std::size_t block = behind ? blocks.size() : 0;
    for (; block < blocks.size(); ++block) {
        if (edit == edits.end() && rewriting.standing() == blocks[block].start) break;
        for (const KeptMove& kept : blocks[block].moves) {
            const MoveOrder& at = kept.move.at;
            if (!add_until(&at)) return rewritten;
            const bool edited = edit != edits.end() && edit->at == at;
            const Move* becomes = !edited ? &kept.move : edit->becomes ? &*edit->becomes : nullptr;
            if (edited) ++edit;
            if (!rewriting.next(&kept, becomes, kept.named + naming(at))) return rewritten;
        }
        rewriting.cut_from(rewriting.full() / 2);
    }
    if (!add_until(nullptr)) return rewritten;
    rewriting.cut_from(1);
    rewritten.untouched = blocks.size() - block;
    rewritten.end = rewritten.untouched == 0 ? rewriting.standing() : end;
    leave_out_zeros(rewritten.differences);
    return rewritten;
}

}  // namespace kontor::inventory
