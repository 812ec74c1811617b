// How the stretches are halved, with bounds on what that costs.
#include "api/answer_bisection.h"

#include "api/changed_rows.h"

#include <map>
#include <utility>

namespace kontor {
namespace {

constexpr std::size_t most_answers = 2'000;
constexpr std::size_t most_rows = 1'000'000;  // in all answers

class Bisection {
public:
    Bisection(const Library& library, const Question& question, const std::vector<WatchedRow>& rows)
        : library_(library), question_(question), rows_(rows), found_(rows.size()) {
        for (std::size_t at = 0; at < rows.size(); ++at) by_name_[rows[at].name] = at;
    }

    std::optional<std::vector<std::vector<Position>>> run() {
        const auto first = states_at(*question_.since);
        const auto last = first ? states_at(*question_.known_at) : std::nullopt;
        if (!last || !halve({*question_.since, *first}, {*question_.known_at, *last}))
            return std::nullopt;
        return std::move(found_);
    }

private:
    using States = std::vector<std::optional<std::string>>;  // by row; empty: it is not there
    struct Moment {
        Position position;
        const States& states;
    };

    std::optional<States> states_at(Position position) {
        AnyPage page(longest_page, {});
        answer_at(library_, question_, position, page);
        read_ += page.rows().size();
        if (page.more() || ++answers_ > most_answers || read_ > most_rows) return std::nullopt;
        States states(rows_.size());
        for (const Message& row : page.rows()) {
            const auto watched =
                by_name_.find(name_of_row(*question_.query.query, row.value.get()));
            if (watched != by_name_.end())
                states[watched->second] = rows_[watched->second].state(row.value.get());
        }
        return states;
    }

    // False where it costs too much.
    bool halve(const Moment& from, const Moment& to) {
        bool differs = false;
        for (std::size_t at = 0; at < rows_.size(); ++at) {
            if (from.states[at] == to.states[at] || found_[at].size() > most_told_events) continue;
            differs = true;
            if (from.position + 1 == to.position) found_[at].push_back(to.position);
        }
        if (!differs || from.position + 1 >= to.position) return true;
        const Position middle = from.position + (to.position - from.position) / 2;
        const auto states = states_at(middle);
        return states && halve(from, {middle, *states}) && halve({middle, *states}, to);
    }

    const Library& library_;
    const Question& question_;
    const std::vector<WatchedRow>& rows_;
    std::map<std::string, std::size_t> by_name_;
    std::vector<std::vector<Position>> found_;
    std::size_t answers_ = 0, read_ = 0;
};

}  // namespace

std::optional<std::vector<std::vector<Position>>> turning_commits(
    const Library& library, const Question& question, const std::vector<WatchedRow>& rows) {
    return Bisection(library, question, rows).run();
}

}  // namespace kontor
