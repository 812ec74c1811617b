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

// Moves that are applied one after the other, and what of them comes back later.
class Following {
public:
    explicit Following(const SeriesStanding& standing) : replay_(standing.stock) {
        for (const AwaitedSource& source : standing.sources) sources_.emplace(source.of, source);
    }

    // `named`: how often it comes back. The effect is there until the next one.
    const Effect& apply(const Move& move, std::int64_t named) {
        if (!move.source && move.parts.empty()) {
            replay_.apply(move, {}, effect_);
        } else {
            std::vector<Source*> now;
            for (const SourcePart& part : sources_of(move)) {
                const auto source = sources_.find(part.of);
                now.push_back(source == sources_.end() ? nullptr : &source->second.source);
            }
            replay_.apply(move, now, effect_);
        }
        if (effect_.obstacle == Obstacle::none) keep_sources(move, named);
        return effect_;
    }
    SeriesStanding standing() const {
        SeriesStanding standing{replay_.stock(), {}};
        for (const auto& [of, source] : sources_) standing.sources.push_back(source);
        return standing;
    }
    bool stands_as(const Following& other) const {
        return replay_ == other.replay_ && sources_ == other.sources_;
    }

private:
    void keep_sources(const Move& move, std::int64_t named) {
        if (named > 0) {
            Source source{size_of(move), effect_.cost, 0, 0, move.goes_back, move.landed};
            sources_[move.at] = {move.at, std::move(source), named};
        }
        if (sources_.empty()) return;
        for (const Share& share : effect_.shares)
            if (share.of != move.at)
                if (const auto of = sources_.find(share.of); of != sources_.end())
                    of->second.source.cost += share.amount;
        for (const SourcePart& part : sources_of(move)) {
            const auto source = sources_.find(part.of);
            if (--source->second.times == 0) sources_.erase(source);
        }
    }

    Replay replay_;
    std::map<MoveOrder, AwaitedSource> sources_;
    Effect effect_;
};

// One change of a series: its moves as they were and as they are, side by side.
class Rewriting {
public:
    // From `standing`, behind moves that stay as they are.
    Rewriting(const SeriesStanding& standing, std::size_t blocks_of, Rewritten& into)
        : was_(standing), is_(standing), start_(standing), blocks_of_(blocks_of), into_(into) {}

    // Moves before `standing` that are of the block that is being made.
    void begin_with(const SeriesStanding& start, const MoveBlock& moves) {
        start_ = start;
        for (MoveReader reader(moves); const KeptMove* kept = reader.next();)
            pack(kept->move, kept->named);
    }
    // A move that was there, or is new (null), and what it is to be (null: gone). False where it
    // has no worth.
    bool next(const KeptMove* was, const Move* becomes, std::int64_t named) {
        const Effect* did = was ? &was_.apply(was->move, was->named) : nullptr;
        if (!becomes) {
            differ(was->move.at.day, did, nullptr);
            return true;
        }
        const Effect& does = is_.apply(*becomes, named);
        if (is_obstructed(does, *becomes)) return false;
        differ(becomes->at.day, did, &does);
        pack(*becomes, named);
        cut_from(blocks_of_ * full());
        return true;
    }
    // A block whose moves stay what they are, each for itself. False where one has no worth.
    bool pass(const MoveBlock& block) {
        MoveReader reader(block);
        const KeptMove* kept = reader.next();
        const MoveOrder first = kept->move.at;
        for (; kept; kept = reader.next()) {
            const Effect& did = was_.apply(kept->move, kept->named);
            const Effect& does = is_.apply(kept->move, kept->named);
            if (is_obstructed(does, kept->move)) return false;
            differ(kept->move.at.day, &did, &does);
        }
        into_.blocks.push_back({std::move(start_), first, std::nullopt});
        start_ = is_.standing();
        return true;
    }
    // Whether a block can stay: it is neither too small nor too large where stock stands so.
    bool can_pass(const MoveBlock& block, bool last) const {
        const auto count = static_cast<std::size_t>(block.count);
        return packer_.count() == 0 && (last || count >= full() / 2) && count <= 2 * full();
    }
    // What follows begins a block, if this one has so many moves.
    void cut_from(std::size_t moves) {
        if (packer_.count() == 0 || static_cast<std::size_t>(packer_.count()) < moves) return;
        into_.blocks.push_back({std::move(start_), first_, packer_.taken()});
        start_ = is_.standing();
    }
    std::size_t full() const { return std::max(moves_of_block, 2 * parts_of(start_)); }
    SeriesStanding standing() const { return is_.standing(); }
    bool stands_as_before() const { return is_.stands_as(was_); }

private:
    void pack(const Move& move, std::int64_t named) {
        if (packer_.count() == 0) first_ = move.at;
        packer_.add(move, named);
    }
    bool is_obstructed(const Effect& effect, const Move& move) {
        if (effect.obstacle == Obstacle::none) return false;
        into_.obstacle = effect.obstacle;
        into_.obstructed = move.at;
        return true;
    }
    void differ(Date day, const Effect* did, const Effect* does) {
        if (did && does && did->stock == does->stock && did->shares == does->shares) return;
        DayDifference& of_day = into_.differences[day];
        const auto add = [&](const Effect* effect, int sign) {
            if (!effect) return;
            of_day.stock += sign * effect->stock;
            for (const Share& share : effect->shares)
                of_day.shares[share.counterpart] += sign * share.amount;
        };
        add(did, -1);
        add(does, +1);
    }

    Following was_, is_;
    SeriesStanding start_;  // of the block that is being made
    MoveOrder first_;       // its first move
    MovePacker packer_;
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

MoveOrder last_of(const MoveBlock& block) {
    MoveOrder last;
    for (MoveReader reader(block); const KeptMove* kept = reader.next();) last = kept->move.at;
    return last;
}

// Edits behind all moves replay none of them.
bool is_behind(const std::vector<MoveBlock>& blocks, const MoveOrder& first) {
    return blocks.size() == 1 && last_of(blocks.back()) < first;
}

}  // namespace

MoveOrder first_touched(const std::vector<Edit>& edits) {
    MoveOrder first = edits.front().at;
    for (const auto& [named, times] : namings(edits)) first = std::min(first, named);
    return first;
}

Rewritten rewrite(const SeriesPart& part, const std::vector<Edit>& edits) {
    Rewritten rewritten;
    const std::vector<MoveBlock>& blocks = part.blocks;
    const auto named = namings(edits);
    const auto naming = [&](const MoveOrder& at) {
        if (named.empty()) return std::int64_t{0};
        const auto more = named.find(at);
        return more == named.end() ? 0 : more->second;
    };
    const bool behind = is_behind(blocks, first_touched(edits));
    // A block grows to twice its size by what comes late, so that it is not split each time.
    Rewriting rewriting(behind ? part.end : part.start, behind ? 1 : 2, rewritten);
    if (behind) {
        rewriting.begin_with(part.start, blocks.front());
        rewriting.cut_from(rewriting.full());
    }
    auto edit = edits.begin();
    // New moves before a place.
    const auto add_until = [&](const MoveOrder* place) {
        for (; edit != edits.end() && (!place || edit->at < *place); ++edit)
            if (!rewriting.next(nullptr, &*edit->becomes, naming(edit->at))) return false;
        return true;
    };
    // Whether moves are to be otherwise, or named otherwise, before a block's end.
    const auto is_edited = [&](const MoveOrder& first, const MoveOrder* end) {
        if (edit != edits.end() && (!end || edit->at < *end)) return true;
        const auto source = named.lower_bound(first);
        return source != named.end() && (!end || source->first < *end);
    };
    std::size_t block = behind ? blocks.size() : 0;
    std::optional<MoveOrder> first, next;
    for (; block < blocks.size(); ++block) {
        if (edit == edits.end() && rewriting.stands_as_before()) break;
        const bool last = block + 1 == blocks.size();
        first = next ? *next : first_of(blocks[block]);
        next = last ? std::nullopt : std::optional(first_of(blocks[block + 1]));
        if (rewriting.can_pass(blocks[block], last) &&
            !is_edited(*first, next ? &*next : nullptr)) {
            if (!rewriting.pass(blocks[block])) return rewritten;
            continue;
        }
        rewritten.gone.push_back(*first);
        for (MoveReader reader(blocks[block]); const KeptMove* kept = reader.next();) {
            const MoveOrder& at = kept->move.at;
            if (!add_until(&at)) return rewritten;
            const bool edited = edit != edits.end() && edit->at == at;
            const Move* becomes = !edited ? &kept->move : edit->becomes ? &*edit->becomes : nullptr;
            if (edited) ++edit;
            if (!rewriting.next(kept, becomes, kept->named + naming(at))) return rewritten;
        }
        rewriting.cut_from(rewriting.full() / 2);
    }
    if (!add_until(nullptr)) return rewritten;
    rewriting.cut_from(1);
    rewritten.untouched = blocks.size() - block;
    rewritten.end = rewritten.untouched == 0 ? rewriting.standing() : part.end;
    leave_out_zeros(rewritten.differences);
    return rewritten;
}

std::vector<Effect> effects_of(const std::vector<Move>& moves) {
    std::map<MoveOrder, std::int64_t> named;
    for (const Move& move : moves)
        for (const SourcePart& part : sources_of(move)) ++named[part.of];
    Following following{SeriesStanding{}};
    std::vector<Effect> effects;
    effects.reserve(moves.size());
    for (const Move& move : moves) {
        const auto times = named.find(move.at);
        effects.push_back(following.apply(move, times == named.end() ? 0 : times->second));
        if (effects.back().obstacle != Obstacle::none) break;
    }
    return effects;
}

}  // namespace kontor::inventory
