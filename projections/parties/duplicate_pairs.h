// How suspects become the rows of an answer: parties and counterparties alike.
#pragma once

#include "domain/parties/check_digits.h"
#include "projections/described_rows.h"
#include "projections/parties/duplicates.h"

#include <algorithm>
#include <vector>

namespace kontor::parties {

// Somebody that likeness looks at; without a code the one that is asked about.
template <class Code>
struct Suspect {
    std::optional<Code> code;
    Likely likely;
    bool shared = false;  // others are served through the same legal entity
};

// Who is asked about and not entered yet, as likeness looks at it among those that are: a number is
// taken for each kind that somebody has it of, with the prefix of its country or without. Without a
// country all are taken to be of one.
template <class Code>
void add_asked(std::vector<Suspect<Code>>& suspects, const auto& query) {
    if (query.name.empty() && query.number.empty()) return;
    Suspect<Code> asked;
    asked.likely.name = query.name;
    if (query.country) asked.likely.country = query.country->text;
    const std::string number = compacted(query.number);
    for (Suspect<Code>& each : suspects) {
        if (!query.country) each.likely.country.clear();
        if (number.size() < 4) continue;
        for (const std::string& known : each.likely.numbers) {
            const std::string_view bare = std::string_view(known).substr(known.rfind(' ') + 1);
            if (bare.ends_with(number) && bare.size() <= number.size() + 3)
                asked.likely.numbers.push_back(known);
        }
    }
    suspects.insert(suspects.begin(), std::move(asked));
}

// Certain pairs first, then by code.
template <class Row, class Code>
void answer_pairs(const std::vector<Suspect<Code>>& suspects, const std::optional<Code>& only,
                  Page<Row>& page) {
    std::vector<Likely> all;
    for (const Suspect<Code>& each : suspects) all.push_back(each.likely);
    const bool asked = !suspects.empty() && !suspects.front().code;
    std::vector<std::pair<std::string, Row>> rows;
    for (const Match& match : matches(all)) {
        const Suspect<Code>* one = &suspects[match.one];
        const Suspect<Code>* other = &suspects[match.other];
        if (asked && one->code) continue;
        if (only && other->code == only) std::swap(one, other);
        if (only && one->code != only) continue;
        const bool certain = match.sign == LikenessSign::number && !one->shared && !other->shared;
        const auto certainty = certain ? Certainty::certain : Certainty::likely;
        std::string key(1, static_cast<char>('1' + static_cast<int>(certainty)));
        key += ordered_key(one->code.value_or(Code{})) + ordered_key(*other->code);
        rows.emplace_back(std::move(key),
                          Row{one->code, one->likely.name, *other->code, other->likely.name,
                              certainty, match.sign, match.text});
    }
    std::ranges::sort(rows, {}, &std::pair<std::string, Row>::first);
    for (auto& [key, row] : rows)
        if (key > page.after() && !page.add(key, std::move(row))) return;
}

}  // namespace kontor::parties
