// A business small enough for a test: bins that hold pieces, and a rule that counts empty ones.
#pragma once

#include "domain/core/catalog.h"
#include "domain/core/paged_table.h"

#include <memory>
#include <string>
#include <vector>

namespace kontor::warehouse {

struct BinThing {
    static constexpr Thing thing{"bin", {}};
};
using BinCode = Code<BinThing>;

inline constexpr Reason bin_exists{Refusal::conflict, "bin_exists", "There is such a bin."};
inline constexpr Reason bin_unknown{Refusal::missing, "bin_unknown", "There is no such bin."};
inline constexpr Reason too_few{Refusal::conflict, "too_few", "The bin holds fewer pieces."};
inline constexpr Reason never_thirteen{Refusal::conflict, "never_thirteen",
                                       "No bin may hold thirteen pieces."};
inline constexpr Reason too_many_empty{Refusal::conflict, "too_many_empty",
                                       "Two bins are empty already."};

struct OpenBin {
    BinCode bin;
    static void describe(auto& command) {
        command.record("OpenBin", "Makes a bin.")
            .every_company()
            .stream(&OpenBin::bin)
            .field("bin", &OpenBin::bin, "A new bin.")
            .refuses(bin_exists);
    }
};
struct BinOpened {
    BinCode bin;
    bool operator==(const BinOpened&) const = default;
    static void describe(auto& event) {
        event.record("BinOpened", "There is a new bin.")
            .every_company()
            .stream(&BinOpened::bin)
            .on_recorded_day()
            .field("bin", &BinOpened::bin, "The bin.");
    }
};
struct MovePieces {
    BinCode bin;
    std::int64_t pieces = 0;
    static void describe(auto& command) {
        command.record("MovePieces", "Puts pieces in, or takes them out.")
            .every_company()
            .stream(&MovePieces::bin)
            .field("bin", &MovePieces::bin, "A bin.")
            .field("pieces", &MovePieces::pieces, "How many; negative to take out.")
            .refuses(bin_unknown, too_few);
    }
};
struct PiecesMoved {
    BinCode bin;
    std::int64_t pieces = 0, left = 0;
    bool operator==(const PiecesMoved&) const = default;
    static void describe(auto& event) {
        event.record("PiecesMoved", "Pieces went in or out.")
            .every_company()
            .stream(&PiecesMoved::bin)
            .on_recorded_day()
            .field("bin", &PiecesMoved::bin, "The bin.")
            .field("pieces", &PiecesMoved::pieces, "How many.")
            .field("left", &PiecesMoved::left, "What the bin holds now.");
    }
};
struct CountEmptyBin {
    BinCode bin;
    static void describe(auto& command) {
        command.record("CountEmptyBin", "Notes that a bin became empty.")
            .every_company()
            .no_stream()
            .field("bin", &CountEmptyBin::bin, "The bin.")
            .refuses(too_many_empty);
    }
};
struct EmptyBinCounted {
    BinCode bin;
    bool operator==(const EmptyBinCounted&) const = default;
    static void describe(auto& event) {
        event.record("EmptyBinCounted", "A bin became empty.")
            .every_company()
            .no_stream()
            .on_recorded_day()
            .field("bin", &EmptyBinCounted::bin, "The bin.");
    }
};

struct Bin {
    std::int64_t pieces = 0;
    bool operator==(const Bin&) const = default;
    static void describe(auto& bin) {
        bin.record("Bin", "A bin.").field("pieces", &Bin::pieces, "What it holds.");
    }
};
using Bins = PagedTable<BinCode, Bin>;
struct EmptyCount {
    std::int64_t count = 0;
    static void describe(auto& row) {
        row.record("EmptyCount", "How often.").field("count", &EmptyCount::count, "So often.");
    }
};
using EmptyCounts = Table<std::string, EmptyCount>;

inline Decision<BinOpened> decide(const World& world, const OpenBin& open, const Context&) {
    if (world.of<Bins>().find(open.bin)) return bin_exists;
    return BinOpened{open.bin};
}
inline Decision<PiecesMoved> decide(const World& world, const MovePieces& move, const Context&) {
    const Bin* bin = world.of<Bins>().find(move.bin);
    if (!bin) return bin_unknown;
    if (bin->pieces + move.pieces < 0) return too_few;
    return PiecesMoved{move.bin, move.pieces, bin->pieces + move.pieces};
}
inline Decision<EmptyBinCounted> decide(const World& world, const CountEmptyBin& count,
                                        const Context&) {
    const EmptyCount* so_far = world.of<EmptyCounts>().find("all");
    if (so_far && so_far->count >= 2) return too_many_empty;
    return EmptyBinCounted{count.bin};
}
inline void evolve(Bins& bins, const BinOpened& opened) { bins.put(opened.bin, {}); }
inline void evolve(Bins& bins, const PiecesMoved& moved) {
    bins.change(moved.bin, [&](Bin& bin) { bin.pieces = moved.left; });
}
inline void evolve(EmptyCounts& counts, const EmptyBinCounted&) {
    const EmptyCount* so_far = counts.find("all");
    counts.put("all", {so_far ? so_far->count + 1 : 1});
}

inline Decision<CountEmptyBin> an_emptied_bin_is_counted(const PiecesMoved& moved, const World&) {
    if (moved.left == 13) return never_thirteen;
    if (moved.left != 0 || moved.pieces == 0) return {};
    return CountEmptyBin{moved.bin};
}

inline std::unique_ptr<Catalog> catalog() {
    BusinessContext context{"warehouse", "Bins that hold pieces.", {}};
    context.parts.push_back(Part()
                                .table<Bins>("bins")
                                .table<EmptyCounts>("empty_counts")
                                .commands<OpenBin, MovePieces, CountEmptyBin>()
                                .event<BinOpened, Bins>()
                                .event<PiecesMoved, Bins>()
                                .event<EmptyBinCounted, EmptyCounts>());
    return std::make_unique<Catalog>(
        std::vector<BusinessContext>{std::move(context)},
        std::vector<FlowSpec>{on<an_emptied_bin_is_counted>().refuses(never_thirteen)});
}

}  // namespace kontor::warehouse
