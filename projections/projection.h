// A read model: rows folded from the log, and the queries that are answered from them.
//
// A read model is a class with `on(const Event&, const Recorded&)` for each event it folds and
// `answer(const Query&, const AsOf&, Page<Row>&) const` for each query; its .cpp ends with its
// ReadModelSpec and projections.cpp lists it. All rows lie in the read-model database under the
// place that the model is given, so that a new version can be built beside the old one.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/describe.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"
#include "eventstore/commit.h"
#include "eventstore/storage_broken.h"
#include "projections/corner.h"
#include "projections/rows.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

namespace kontor {

// Where a read model's rows lie in the database: all its keys begin with this.
class Place {
public:
    explicit Place(std::string prefix) : prefix_(std::move(prefix)) {}
    const std::string& prefix() const { return prefix_; }
    // The prefix of one of its tables; `number` is the model's own and never changes meaning
    // within a version.
    std::string table(std::uint8_t number) const { return prefix_ + static_cast<char>(number); }

private:
    std::string prefix_;
};

// An event on its way into a read model.
struct Recorded {
    EventRef event;  // <position>.<n>
    Timestamp time;  // when it was recorded
    Date day;        // when it is true
    const std::string& company;
    const std::string& actor;
    const std::string& stream;
    RowWriter& rows;
};

class ReadModels;

// The corner of the two times that a question is asked at, and the rows as of one position.
struct AsOf {
    Corner corner;      // valid_at, and known_at resolved to a position
    Position position;  // what the rows hold
    const RowReader& rows;
    const ReadModels& models;
};

// A page of an answer, in the order of its keys. The key of a row is any text of bytes that orders
// the rows; it never leaves the server but inside a cursor.
class AnyPage {
public:
    AnyPage(std::size_t limit, std::string after) : limit_(limit), after_(std::move(after)) {}

    // Rows start behind this key; empty at the first page.
    const std::string& after() const { return after_; }
    std::size_t limit() const { return limit_; }
    // False when the page is full: the row was not taken, and there is a next page.
    bool add(std::string key, Message row) {
        if (rows_.size() == limit_) {
            more_ = true;
            return false;
        }
        keys_.push_back(std::move(key));
        rows_.push_back(std::move(row));
        return true;
    }
    void totals(Message totals) { totals_ = std::move(totals); }
    // The query names something that is not there: 404 with these words.
    void missing(std::string words) { missing_ = std::move(words); }

    // Puts what the call answers in the place of each row.
    void change_rows(const std::function<Message(const Message&)>& changed) {
        for (Message& row : rows_) row = changed(row);
    }

    const std::vector<Message>& rows() const { return rows_; }
    const std::optional<Message>& totals() const { return totals_; }
    bool more() const { return more_; }
    // The key of each row.
    const std::vector<std::string>& keys() const { return keys_; }
    std::string last() const { return keys_.empty() ? std::string() : keys_.back(); }
    const std::optional<std::string>& missing() const { return missing_; }

private:
    std::size_t limit_;
    std::string after_;
    std::vector<Message> rows_;
    std::optional<Message> totals_;
    std::optional<std::string> missing_;
    std::vector<std::string> keys_;
    bool more_ = false;
};

template <class Row>
class Page {
public:
    explicit Page(AnyPage& page) : page_(page) {}
    const std::string& after() const { return page_.after(); }
    std::size_t limit() const { return page_.limit(); }
    bool add(std::string key, Row row) {
        return page_.add(std::move(key), Message::of(std::move(row)));
    }
    template <class Totals>
    void totals(Totals totals) {
        page_.totals(Message::of(std::move(totals)));
    }
    void missing(std::string words) { page_.missing(std::move(words)); }

private:
    AnyPage& page_;
};

// A number that can be explained: whole units of 10^-digits of something.
struct Figure {
    Wide units = 0;
    int digits = 0;
    std::string unit;  // currency, unit of measure; empty for a bare count

    static Figure of(Money money) {
        return {money.minor, minor_digits(money.currency), std::string(money.currency.text())};
    }
    static Figure of(Quantity quantity) {
        return {quantity.micro, Quantity::digits, std::string(quantity.unit.text())};
    }
};

// The events behind a figure with what each adds to it; all pages together add up to the figure.
class Explanation {
public:
    Explanation(std::size_t limit, std::optional<EventRef> after) : limit_(limit), after_(after) {}

    struct Item {
        EventRef event;
        Figure amount;
    };
    // Items start behind this event; empty at the first page.
    const std::optional<EventRef>& after() const { return after_; }
    std::size_t limit() const { return limit_; }
    void figure(Figure figure) { figure_ = std::move(figure); }
    // False when the page is full: the item was not taken.
    bool add(EventRef event, Figure amount) {
        if (items_.size() == limit_) {
            more_ = true;
            return false;
        }
        items_.push_back({event, std::move(amount)});
        return true;
    }
    void missing(std::string words) { missing_ = std::move(words); }

    const std::optional<Figure>& explained() const { return figure_; }
    const std::vector<Item>& items() const { return items_; }
    bool more() const { return more_; }
    const std::optional<std::string>& missing() const { return missing_; }

private:
    std::size_t limit_;
    std::optional<EventRef> after_;
    std::optional<Figure> figure_;
    std::vector<Item> items_;
    std::optional<std::string> missing_;
    bool more_ = false;
};

// Which figure of which row is asked for: `row` is the row's own key as the user sees it (the text
// of its first field; `<first>.<line>` where rows have a whole number `line`), `field` the
// described name of the figure.
struct ExplainedRow {
    std::string row;
    std::string field;
};

// A query of a read model, with the types forgotten.
struct QuerySpec {
    const Type* type = nullptr;
    void (*answer)(const void* model, const void* query, const AsOf&, AnyPage&) = nullptr;
    // Null where no figure of the answer is a sum of events.
    void (*explain)(const void* model, const void* query, const ExplainedRow&, const AsOf&,
                    Explanation&) = nullptr;
};

struct ReadModelSpec {
    std::string_view name;
    int version = 1;           // raised when the meaning or the packing of its rows changes
    std::string_view context;  // the business context whose permission its queries need
    std::type_index cpp_type = typeid(void);
    std::shared_ptr<void> (*make)(const Place&) = nullptr;
    struct Fold {
        const Type* event;
        void (*on)(void* model, const void* event, const Recorded&);
    };
    std::vector<Fold> folds;
    std::vector<QuerySpec> queries;

    // Model is constructed from a const Place&.
    template <class Model>
    static ReadModelSpec of(std::string_view name, int version, std::string_view context) {
        ReadModelSpec spec;
        spec.name = name;
        spec.version = version;
        spec.context = context;
        spec.cpp_type = typeid(Model);
        spec.make = [](const Place& place) -> std::shared_ptr<void> {
            return std::make_shared<Model>(place);
        };
        return spec;
    }
    template <class Model, class... Event>
    ReadModelSpec folding() && {
        (folds.push_back({&type_of<Event>(),
                          [](void* model, const void* event, const Recorded& recorded) {
                              static_cast<Model*>(model)->on(*static_cast<const Event*>(event),
                                                             recorded);
                          }}),
         ...);
        return std::move(*this);
    }
    // Query::describe says answers<Row>(times); Row is named again here to type the page.
    template <class Model, class Query, class Row>
    ReadModelSpec answering() && {
        QuerySpec query;
        query.type = &type_of<Query>();
        query.answer = [](const void* model, const void* asked, const AsOf& as_of, AnyPage& page) {
            Page<Row> typed(page);
            static_cast<const Model*>(model)->answer(*static_cast<const Query*>(asked), as_of,
                                                     typed);
        };
        if constexpr (requires(const Model& model, const Query& asked, const ExplainedRow& row,
                               const AsOf& as_of,
                               Explanation& why) { model.explain(asked, row, as_of, why); }) {
            query.explain = [](const void* model, const void* asked, const ExplainedRow& row,
                               const AsOf& as_of, Explanation& why) {
                static_cast<const Model*>(model)->explain(*static_cast<const Query*>(asked), row,
                                                          as_of, why);
            };
        }
        queries.push_back(query);
        return std::move(*this);
    }
};

// A read model that an answer is made of is stopped or being built; says which, and why.
struct ReadModelOut : StorageBroken {
    using StorageBroken::StorageBroken;
};

// The read models of one moment, so that a query may look at rows of another model's making.
class ReadModels {
public:
    virtual ~ReadModels() = default;
    // For an answer that is made of that model too. It never goes without: while the model is
    // out this throws ReadModelOut.
    virtual const void* model(std::type_index type) const = 0;
    template <class Model>
    const Model& of() const {
        return *static_cast<const Model*>(model(typeid(Model)));
    }
};

// THE list of read models, in projections.cpp.
std::vector<ReadModelSpec> read_models();

// What is contradictory in them, in words; a program with faults does not start.
std::vector<std::string> faults_of(const std::vector<ReadModelSpec>& specs);

}  // namespace kontor
