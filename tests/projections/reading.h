// All read models of the program over rows in memory, for tests that fold events and ask.
#pragma once

#include "projections/memory_rows.h"
#include "projections/projection.h"
#include "tests/support/given.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kontor::test {

template <class Row>
struct Answer {
    std::vector<Row> rows;
    std::optional<Message> totals;
    std::optional<std::string> missing;
    std::size_t pages = 0;
};

class Reading : public ReadModels {
public:
    Reading() : specs_(read_models()) {
        for (std::size_t at = 0; at < specs_.size(); ++at)
            models_.push_back(
                specs_[at].make(Place("m" + std::string(1, static_cast<char>('a' + at)))));
        batch_ = store_.begin();
    }

    enum class In : bool { a_commit_of_its_own, the_last_commit };

    // The record time is the commit's position in seconds.
    template <class Event>
    EventRef happened(const Event& event, Date day, In in = In::a_commit_of_its_own) {
        return happened(type_of<Event>(), &event, day, in);
    }
    EventRef happened(const Message& event, Date day, In in = In::a_commit_of_its_own) {
        return happened(*event.type, event.value.get(), day, in);
    }
    std::uint64_t position() const { return position_; }

    // All pages of an answer, each of at most `limit` rows; with their totals, which are the same.
    template <class Row, class Query>
    Answer<Row> ask(const Query& query, const Corner& corner = {}, std::size_t limit = 1'000) {
        const auto rows = snapshot();
        Answer<Row> answer;
        std::string after;
        while (true) {
            AnyPage page(limit, after);
            const auto [model, spec] = model_of(type_of<Query>());
            spec->answer(model, &query, AsOf{corner, position_, *rows, *this}, page);
            ++answer.pages;
            CHECK(page.rows().size() <= limit);
            for (const Message& row : page.rows()) {
                REQUIRE(row.as<Row>() != nullptr);
                answer.rows.push_back(*row.as<Row>());
            }
            if (page.totals() && answer.totals)
                CHECK(shown(*page.totals()) == shown(*answer.totals));
            answer.totals = page.totals();
            answer.missing = page.missing();
            if (!page.more()) return answer;
            REQUIRE(after != page.last());
            after = page.last();
        }
    }

    struct Why {
        std::optional<Figure> figure;
        std::vector<Explanation::Item> items;  // of all pages
        std::optional<std::string> missing;

        Wide sum() const {
            Wide sum = 0;
            for (const Explanation::Item& item : items) sum += item.amount.units;
            return sum;
        }
    };
    template <class Query>
    Why explain(const Query& query, const ExplainedRow& row, const Corner& corner = {},
                std::size_t limit = 1'000) {
        const auto rows = snapshot();
        Why why;
        std::optional<EventRef> after;
        while (true) {
            Explanation page(limit, after);
            const auto [model, spec] = model_of(type_of<Query>());
            REQUIRE(spec->explain != nullptr);
            spec->explain(model, &query, row, AsOf{corner, position_, *rows, *this}, page);
            if (page.explained() && why.figure)
                CHECK((page.explained()->units == why.figure->units));
            why.figure = page.explained();
            why.missing = page.missing();
            CHECK(page.items().size() <= limit);
            for (const auto& item : page.items()) {
                if (!why.items.empty()) CHECK(why.items.back().event < item.event);
                why.items.push_back(item);
            }
            if (!page.more()) return why;
            after = page.items().back().event;
        }
    }

    const void* model(std::type_index type) const override {
        for (std::size_t at = 0; at < specs_.size(); ++at)
            if (specs_[at].cpp_type == type) return models_[at].get();
        return nullptr;
    }

private:
    EventRef happened(const Type& type, const void* event, Date day, In in) {
        if (in == In::a_commit_of_its_own || position_ == 0) {
            ++position_;
            n_ = 0;
        } else {
            ++n_;
        }
        const EventRef ref{position_, n_};
        const std::string company, actor = "ann", stream;
        const Recorded recorded{
            ref,    {static_cast<std::int64_t>(position_) * 1'000'000}, day, company, actor, stream,
            *batch_};
        for (std::size_t at = 0; at < specs_.size(); ++at)
            for (const ReadModelSpec::Fold& fold : specs_[at].folds)
                if (fold.event == &type) fold.on(models_[at].get(), event, recorded);
        return ref;
    }
    std::shared_ptr<const RowReader> snapshot() {
        if (batch_->changed_rows() > 0) {
            batch_->commit();
            rows_.reset();
        }
        if (!rows_) rows_ = store_.snapshot();
        return rows_;
    }
    std::pair<const void*, const QuerySpec*> model_of(const Type& query) const {
        for (std::size_t at = 0; at < specs_.size(); ++at)
            for (const QuerySpec& spec : specs_[at].queries)
                if (spec.type == &query) return {models_[at].get(), &spec};
        FAIL("no read model answers " << query.name);
        return {};
    }

    std::vector<ReadModelSpec> specs_;
    std::vector<std::shared_ptr<void>> models_;
    MemoryRows store_;
    std::unique_ptr<RowBatch> batch_;
    std::shared_ptr<const RowReader> rows_;
    std::uint64_t position_ = 0;
    std::uint32_t n_ = 0;
};

}  // namespace kontor::test
