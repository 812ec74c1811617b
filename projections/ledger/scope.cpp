// How the scope of a question is found in the company's books and calendar.
#include "projections/ledger/scope.h"

#include "projections/described_rows.h"
#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"

#include <algorithm>

namespace kontor::ledger {

LayerKind layer_kind_of(const EntryPosted& posted) {
    if (posted.origin && posted.origin->rule == EntryRule::revaluation)
        return LayerKind::revaluation;
    switch (posted.kind) {
        case EntryKind::ordinary: break;
        case EntryKind::closing: return LayerKind::closing;
        case EntryKind::opening: return LayerKind::opening;
    }
    return LayerKind::ordinary;
}

std::string octets_of(const Layer& layer) {
    if (layer == Layer{}) return std::string(1, '\0');
    return '\1' + ordered_key(layer.book) + static_cast<char>(layer.adjustment) +
           static_cast<char>(layer.kind);
}

Layer taken_layer(std::string_view& octets) {
    const auto octet = [&] {
        if (octets.empty()) throw StorageBroken("a key of the ledger's sums cannot be read");
        const char first = octets.front();
        octets.remove_prefix(1);
        return first;
    };
    if (octet() == '\0') return {};
    Layer layer;
    layer.book = taken<BookCode>(octets);
    layer.adjustment = octet();
    const char kind = octet();
    if (kind < 0 || kind > static_cast<char>(LayerKind::revaluation))
        throw StorageBroken("a key of the ledger's sums cannot be read");
    layer.kind = static_cast<LayerKind>(kind);
    return layer;
}

std::string octets_of(const std::map<DimensionCode, DimensionValueCode>& dimensions) {
    std::string octets;
    for (const auto& [dimension, value] : dimensions)
        octets += ordered_key(dimension) + ordered_key(value);
    return octets;
}

std::map<DimensionCode, DimensionValueCode> taken_dimensions(std::string_view octets) {
    std::map<DimensionCode, DimensionValueCode> dimensions;
    while (!octets.empty()) {
        const auto dimension = taken<DimensionCode>(octets);
        dimensions[dimension] = taken<DimensionValueCode>(octets);
    }
    return dimensions;
}

std::vector<Layer> layers_of(const EntryPosted& posted) {
    Layer layer{{}, posted.adjustment, layer_kind_of(posted)};
    if (posted.books.empty()) return {layer};
    std::vector<Layer> layers;
    for (const BookCode& book : posted.books) {
        layer.book = book;
        layers.push_back(layer);
    }
    return layers;
}

bool Scope::shows(const EntryPosted& posted, const EventRef& event) const {
    return std::ranges::any_of(layers_of(posted), [&](const Layer& layer) {
        return counts(layer) && in_corner(corner_of(layer), event, posted.date);
    });
}

Corner Scope::corner_of(const Layer& layer) const {
    return is_later(layer) ? before(corner, *corner.valid_at) : corner;
}

Scope before(const Scope& scope, Date day) {
    if (scope.corner.valid_at && *scope.corner.valid_at < day) return scope;
    Scope earlier = scope;
    earlier.corner.valid_at = day - 1;
    earlier.adjustments.reset();  // those of the last day are not before the first
    return earlier;
}

std::optional<std::string> find_scope(const AsOf& as_of, const ScopeFields& asked, Scope& scope) {
    const auto& model = as_of.models.of<BooksModel>();
    scope = {as_of.corner, std::nullopt, std::nullopt,
             asked.closing_entries == ClosingEntries::included};
    const auto books = model.books(as_of, asked.company);
    const auto meant = std::ranges::find_if(books, [&](const ListedBook& book) {
        return asked.book ? book.book == *asked.book : book.leading;
    });
    if (meant != books.end()) scope.book = meant->book;
    if (asked.book && !scope.book) return "The company has no book " + asked.book->text + ".";
    if (asked.fiscal_year.has_value() != asked.through_period.has_value())
        return "`fiscal_year` and `through_period` are said together.";
    if (auto words = model.unknown_among(as_of, asked.company, asked.dimensions)) return words;
    if (!asked.fiscal_year) return std::nullopt;
    const auto end =
        model.end_of_period(as_of, asked.company, *asked.fiscal_year, *asked.through_period);
    if (!end)
        return "The company has no period " + std::to_string(*asked.through_period) +
               " of a fiscal year " + asked.fiscal_year->text + ".";
    if (scope.corner.valid_at && *scope.corner.valid_at < end->last_day) return std::nullopt;
    scope.corner.valid_at = end->last_day;
    scope.adjustments = end->adjustment;
    return std::nullopt;
}

}  // namespace kontor::ledger
