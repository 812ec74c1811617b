// Which entries a question to the ledger counts, beyond its two times: whose book, through which
// period, and whether closing entries are among them.
#pragma once

#include "domain/ledger/calendar.h"
#include "domain/ledger/entries.h"
#include "domain/ledger/parallel_books.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::ledger {

enum class ClosingEntries : std::uint8_t { included, excluded };

void describe(auto& choice, ClosingEntries) {
    choice.choice("ClosingEntries", "Whether a figure counts the entries that close a year.")
        .value("included", "They count.")
        .value("excluded", "They are left out: how things stood before the year was closed.");
}

// The fields of a question that say it; a query has members of these names.
template <class Query>
auto& describe_scope(auto& query) {
    return query
        .field("book", &Query::book,
               "Which of the company's parallel books. Absent: the leading one.")
        .field("fiscal_year", &Query::fiscal_year, "With `through_period`: its fiscal year.")
        .field("through_period", &Query::through_period,
               "Through this period of `fiscal_year`, its last day included. Adjustment periods "
               "behind it do not count, although they share the year's last day.")
        .least(1)
        .most(most_periods)
        .field("closing_entries", &Query::closing_entries,
               "Whether the entries that close a year count.")
        .otherwise(ClosingEntries::included);
}

// The kinds of entries that a sum tells apart: those of the entry, and what revaluation made of a
// balance, which its origin says.
enum class LayerKind : std::uint8_t { ordinary, closing, opening, revaluation };
LayerKind layer_kind_of(const EntryPosted&);

// What tells entries of one account apart in a sum; most are in the plain layer.
struct Layer {
    BookCode book;                // empty: in all books
    std::int64_t adjustment = 0;  // of the year that ends on its day; 0: of an ordinary period
    LayerKind kind = LayerKind::ordinary;

    auto operator<=>(const Layer&) const = default;
};

// As octets behind a key of sums: one for the plain layer.
std::string octets_of(const Layer&);
// Dimensions as octets at the end of a key, and back.
std::string octets_of(const std::map<DimensionCode, DimensionValueCode>&);
std::map<DimensionCode, DimensionValueCode> taken_dimensions(std::string_view octets);
// Takes a layer from the front; throws StorageBroken where they are none.
Layer taken_layer(std::string_view& octets);

// The layers that an entry is in: one, or one for each book that it names.
std::vector<Layer> layers_of(const EntryPosted&);

struct Scope {
    Corner corner;
    std::optional<BookCode> book;             // empty: the company keeps one
    std::optional<std::int64_t> adjustments;  // of the corner's last day, those up to this; or all
    bool closing = true;
    bool ordinary = true;  // what closes no year

    bool counts(const Layer& layer) const {
        return (layer.book.text.empty() || layer.book == book) &&
               (layer.kind == LayerKind::closing ? closing : ordinary);
    }
    // Adjustment periods behind the last one that counts are dated on the last day: before it, only
    // those of earlier years are there.
    bool is_later(const Layer& layer) const {
        return adjustments && layer.adjustment > *adjustments;
    }
    Corner corner_of(const Layer& layer) const;
    // Whether an entry, posted by that event, counts.
    bool shows(const EntryPosted&, const EventRef&) const;
};

// What of a scope lies before a day.
Scope before(const Scope&, Date);

// As a question says; or, in words, what nobody knows of it.
struct ScopeFields {
    const CompanyCode& company;
    const std::optional<BookCode>& book;
    const std::optional<FiscalYearCode>& fiscal_year;
    const std::optional<std::int64_t>& through_period;
    ClosingEntries closing_entries;
    const std::map<DimensionCode, DimensionValueCode>& dimensions;
};
std::optional<std::string> find_scope(const AsOf&, const ScopeFields&, Scope&);

// Of a query without dimensions, all postings count.
template <class Query>
std::optional<std::string> find_scope(const AsOf& as_of, const Query& query, Scope& scope) {
    static const std::map<DimensionCode, DimensionValueCode> any;
    const auto fields = [&](const auto& dimensions) {
        return ScopeFields{query.company,         query.book,
                           query.fiscal_year,     query.through_period,
                           query.closing_entries, dimensions};
    };
    if constexpr (requires { query.dimensions; })
        return find_scope(as_of, fields(query.dimensions), scope);
    else
        return find_scope(as_of, fields(any), scope);
}

}  // namespace kontor::ledger
