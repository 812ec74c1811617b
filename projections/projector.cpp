// How read models are folded, joined, stopped, rebuilt and shown.
#include "projections/projector.h"

#include "domain/core/ensure.h"
#include "eventstore/hashes.h"
#include "eventstore/moments.h"
#include "eventstore/threads.h"
#include "eventstore/wire.h"

#include <algorithm>
#include <future>
#include <limits>
#include <unordered_map>

namespace kontor {
namespace {

// Rows of the projector itself lie under number 0; a model's under its number, from 1.
std::string prefix_of(std::uint32_t number) {
    std::string prefix;
    for (int shift = 24; shift >= 0; shift -= 8)
        prefix += static_cast<char>(number >> shift & 0xff);
    return prefix;
}

// Which models there are, where their rows lie and where they stand: one row, written in the batch
// of the rows that it speaks of.
struct RegisteredModel {
    std::string name;
    std::int64_t version = 0;
    std::int64_t number = 0;
    std::int64_t position = 0;
    bool live = false;
    std::string stopped;

    static void describe(auto& model) {
        model.record("RegisteredModel", "A read model and where its rows lie.")
            .field("name", &RegisteredModel::name, "Its name.")
            .field("version", &RegisteredModel::version, "Version of its rows.")
            .field("number", &RegisteredModel::number, "Its rows begin with this number.")
            .field("position", &RegisteredModel::position, "The last commit folded.")
            .field("live", &RegisteredModel::live, "It answers queries.")
            .field("stopped", &RegisteredModel::stopped, "Why it stopped.");
    }
};

struct Register {
    std::int64_t position = 0;
    Bytes hash;  // of the commit at the position, so that another log is noticed
    std::int64_t next_number = 1;
    std::vector<RegisteredModel> models;

    static void describe(auto& all) {
        all.record("Register", "The read models of this database.")
            .field("position", &Register::position, "The last commit folded into live models.")
            .field("hash", &Register::hash, "SHA-256 of that commit.")
            .field("next_number", &Register::next_number, "The next place.")
            .field("models", &Register::models, "The models.");
    }
};

std::string register_key() { return prefix_of(0) + "register"; }

// SHA-256 of the stored commit, or zeros before the first.
std::string hash_at(const EventLog& log, Position position) {
    Hash hash{};
    if (position > 0) {
        Position found = 0;
        std::string_view bytes;
        const auto cursor = log.read_from(position);
        if (!cursor->next(found, bytes) || found != position) return {};
        hash = sha256(bytes);
    }
    return {hash.begin(), hash.end()};
}

// Which folds an event goes to; it is read once for all of them.
template <class Folding>
class Routes {
public:
    void add(Folding& model, const ReadModelSpec::Fold& fold) {
        Route& route = routes_[fold.event->name];
        if (!route.event) route.event = box(*fold.event);
        route.to.push_back({&model, &fold});
    }
    // `now` is the model that is at it, for whoever catches what it throws.
    void lead(const StoredEvent& stored, const Recorded& recorded, Folding*& now) {
        const auto found = routes_.find(stored.type);
        if (found == routes_.end()) return;
        const Route& route = found->second;
        now = route.to.front().model;
        if (!from_wire(*route.to.front().fold->event, stored.data.octets, route.event.get()))
            throw StorageBroken("event " + std::to_string(recorded.event.position) + "." +
                                std::to_string(recorded.event.n) + ": a " + stored.type +
                                " cannot be read");
        for (const auto& [model, fold] : route.to) {
            now = model;
            fold->on(model->model.get(), route.event.get(), recorded);
        }
    }

private:
    struct To {
        Folding* model;
        const ReadModelSpec::Fold* fold;
    };
    struct Route {
        Box event;
        std::vector<To> to;
    };
    std::unordered_map<std::string_view, Route> routes_;
};

}  // namespace

const void* ReadView::model(std::type_index type) const {
    for (const Model& model : models) {
        if (model.spec->cpp_type != type) continue;
        if (model.stopped.empty()) return model.model.get();
        throw ReadModelOut("The answer is also made of the read model " +
                           std::string(model.spec->name) +
                           ", which does not answer: " + model.stopped);
    }
    ensure(false, "an answer is made of models that are there");
    return nullptr;
}

const ReadView::Model* ReadView::named(std::string_view name) const {
    for (const Model& model : models)
        if (model.spec->name == name) return &model;
    return nullptr;
}

Projector::Projector(const Catalog& catalog, const EventLog& log, RowStore& store,
                     std::vector<ReadModelSpec> specs, ProjectorOptions options)
    : catalog_(catalog),
      log_(log),
      store_(store),
      specs_(std::move(specs)),
      options_(std::move(options)) {
    tail_ = log_.tail().position;
    open();
    thread_ = named_thread("kontor-project", [this] { loop(); });
}

Projector::~Projector() { stop(); }

void Projector::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    work_.notify_all();
    thread_.join();
    batch_.reset();
    building_batch_.reset();
    call_waiters(true);
}

void Projector::report(const std::string& sentence) const {
    if (options_.report) options_.report(sentence);
}

Projector::Folding Projector::folding(const ReadModelSpec& spec, std::uint32_t number) const {
    Folding folding;
    folding.spec = &spec;
    folding.number = number;
    folding.model = spec.make(Place(prefix_of(number)));
    return folding;
}

void Projector::start_building(const ReadModelSpec& spec, bool replaces) {
    Folding begun = folding(spec, next_number_++);
    begun.replaces = replaces;
    building_.push_back(std::move(begun));
}

void Projector::open() {
    std::string stored;
    std::optional<Register> known;
    if (store_.snapshot()->get(register_key(), stored)) {
        known = from_wire<Register>(stored);
        if (!known) throw StorageBroken("the register of the read models cannot be read");
        const auto position = static_cast<Position>(known->position);
        if (position > tail_ || hash_at(log_, position) != known->hash.octets) {
            report("the read models are of another log or ahead of this one: thrown away");
            // The register last: while it is there, a crash in between only repeats all this.
            // Without it new models would be given numbers under which old rows lie.
            for (std::int64_t number = known->next_number - 1; number >= 0; --number)
                store_.erase_prefix(prefix_of(static_cast<std::uint32_t>(number)));
            known.reset();
        }
    }
    std::vector<std::uint32_t> abandoned;
    if (known) {
        position_ = static_cast<Position>(known->position);
        next_number_ = static_cast<std::uint32_t>(known->next_number);
        for (const RegisteredModel& model : known->models) {
            const auto spec = std::ranges::find_if(specs_, [&](const ReadModelSpec& one) {
                return one.name == model.name && one.version == model.version;
            });
            const auto number = static_cast<std::uint32_t>(model.number);
            if (spec == specs_.end()) {
                abandoned.push_back(number);
                continue;
            }
            Folding found = folding(*spec, number);
            found.position = found.stored = static_cast<Position>(model.position);
            found.stopped = model.stopped;
            (model.live ? live_ : building_).push_back(std::move(found));
        }
    }
    // With an empty log or an empty database there is nothing to build beside.
    for (const ReadModelSpec& spec : specs_) {
        const auto is_it = [&](const Folding& one) { return one.spec == &spec; };
        if (std::ranges::any_of(live_, is_it) || std::ranges::any_of(building_, is_it)) continue;
        if (position_ == 0)
            live_.push_back(folding(spec, next_number_++));
        else
            start_building(spec, false);
    }
    for (Folding& one : building_)
        one.replaces = std::ranges::any_of(
            live_, [&](const Folding& other) { return other.spec == one.spec; });
    folded_ = position_;
    batch_ = store_.begin();
    write_register(*batch_);
    batch_->commit();
    for (const std::uint32_t number : abandoned) store_.erase_prefix(prefix_of(number));
    publish();
}

void Projector::write_register(RowWriter& rows) const {
    Register now;
    now.position = static_cast<std::int64_t>(position_);
    now.hash.octets = hash_at(log_, position_);
    now.next_number = next_number_;
    const auto add = [&](const std::vector<Folding>& foldings, bool live) {
        for (const Folding& one : foldings)
            now.models.push_back({std::string(one.spec->name), one.spec->version, one.number,
                                  static_cast<std::int64_t>(one.stored), live, one.stopped});
    };
    add(live_, true);
    add(building_, false);
    rows.put(register_key(), to_wire(now));
}

void Projector::publish() {
    auto view = std::make_shared<ReadView>();
    view->position = position_;
    view->rows = store_.snapshot();
    std::vector<Status> status;
    for (const ReadModelSpec& spec : specs_) {
        const auto is_it = [&](const Folding& one) { return one.spec == &spec; };
        const auto live = std::ranges::find_if(live_, is_it);
        const auto building = std::ranges::find_if(building_, is_it);
        if (live != live_.end()) {
            view->models.push_back(
                {&spec, live->model, prefix_of(live->number), live->stored, live->stopped});
        } else {
            view->models.push_back({&spec, nullptr, prefix_of(building->number), building->stored,
                                    "it is being built"});
        }
        const Folding& shown = live != live_.end() ? *live : *building;
        status.push_back({std::string(spec.name), spec.version, shown.stored,
                          building != building_.end(), shown.stopped});
    }
    {
        const std::lock_guard lock(mutex_);
        view_ = std::move(view);
        status_ = std::move(status);
    }
    call_waiters(false);
}

void Projector::call_waiters(bool stopping) {
    std::vector<std::pair<Reached, bool>> calls;
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        std::erase_if(waiters_, [&](Waiter& waiter) {
            const bool there = view_->position >= waiter.position;
            if (!there && !stopping && waiter.deadline > now) return false;
            calls.emplace_back(std::move(waiter.reached), there);
            return true;
        });
    }
    for (const auto& [reached, there] : calls) reached(there);
}

// Under the lock.
bool Projector::is_asked() const { return stopping_ || !rebuilds_.empty() || !works_.empty(); }

// Many commits in one batch cost far less than the same in many. So when they come in numbers and
// nobody waits, what comes soon after a batch is gathered for the next.
void Projector::gather(std::unique_lock<std::mutex>& lock) {
    if (tail_ <= folded_ || last_batch_ < options_.gathered_after || !building_.empty()) return;
    work_.wait_until(lock, written_ + options_.gathered_for, [&] {
        return is_asked() || !waiters_.empty() || tail_ - folded_ >= options_.most_commits;
    });
}

void Projector::loop() {
    try {
        while (true) {
            Position tail = 0;
            std::vector<std::string> rebuilds;
            std::vector<std::function<void(RowStore&)>> works;
            {
                std::unique_lock lock(mutex_);
                gather(lock);
                if (stopping_) return;
                tail = tail_;
                rebuilds = rebuilds_;
                works.swap(works_);
            }
            for (const auto& work : works) work(store_);
            for (const std::string& name : rebuilds)
                for (const ReadModelSpec& spec : specs_)
                    if (spec.name == name &&
                        std::ranges::none_of(building_,
                                             [&](const Folding& one) { return one.spec == &spec; }))
                        start_building(spec, true);
            if (!rebuilds.empty()) {
                publish();  // whoever asked sees it building without a gap
                const std::lock_guard lock(mutex_);
                rebuilds_.erase(rebuilds_.begin(),
                                rebuilds_.begin() + static_cast<std::ptrdiff_t>(rebuilds.size()));
            }
            const bool folded = fold_live(tail);
            const bool built = fold_building();
            if (folded || built) continue;
            call_waiters(false);
            std::unique_lock lock(mutex_);
            auto wake = std::chrono::steady_clock::now() + std::chrono::seconds(1);
            for (const Waiter& waiter : waiters_) wake = std::min(wake, waiter.deadline);
            work_.wait_until(lock, wake, [&] { return is_asked() || tail_ > folded_; });
        }
    } catch (const std::exception& why) {
        const std::lock_guard lock(mutex_);
        broken_ = std::string("The read models stand still until a restart: ") + why.what();
    }
    report(broken());
    call_waiters(true);
}

Projector::Folded Projector::fold(const Together& models, Position after, Position to,
                                  RowWriter& rows) const {
    Routes<Folding> routes;
    for (Folding* model : models)
        for (const ReadModelSpec::Fold& fold : model->spec->folds) routes.add(*model, fold);
    Folded folded{after, nullptr, {}};
    const auto cursor = log_.read_from(after + 1);
    std::string_view bytes;
    std::size_t bytes_read = 0;
    EventRef event;
    while (event.position < to && folded.through - after < options_.most_commits &&
           bytes_read < options_.most_bytes && cursor->next(event.position, bytes)) {
        bytes_read += bytes.size();
        const Commit commit = sound_commit(event.position, bytes);
        event.n = 0;
        Folding* folding = nullptr;
        try {
            for (const StoredCommand& command : commit.commands) {
                for (const StoredEvent& stored : command.events) {
                    const Recorded recorded{event,        commit.time,   stored.day, stored.company,
                                            commit.actor, stored.stream, rows};
                    routes.lead(stored, recorded, folding);
                    ++event.n;
                }
            }
        } catch (const std::exception& thrown) {
            if (!folding) throw;
            folded.thrower = folding;
            folded.why = thrown.what();
            return folded;
        }
        folded.through = event.position;
    }
    for (Folding* model : models) model->position = folded.through;
    return folded;
}

bool Projector::fold_live(Position tail) {
    if (folded_ >= tail) return false;
    Together models;
    for (Folding& one : live_)
        if (one.stopped.empty()) models.push_back(&one);
    const Folded folded = fold(models, folded_, tail, *batch_);
    if (folded.thrower) {
        // What the batch holds is dropped and made again without the model that threw.
        batch_ = store_.begin();
        for (Folding* one : models) one->position = one->stored;
        folded_ = position_;
        folded.thrower->stopped = folded.why;
        report("read model " + std::string(folded.thrower->spec->name) + " stopped after commit " +
               std::to_string(position_) + ": " + folded.why);
        return true;
    }
    if (folded.through == folded_) return false;
    folded_ = folded.through;
    const bool far_behind = tail - folded_ > options_.far_behind;
    if (!far_behind || batch_->changed_bytes() >= options_.most_held_bytes ||
        std::chrono::steady_clock::now() - written_ >= options_.longest_held)
        commit_live();
    return true;
}

void Projector::commit_live() {
    last_batch_ = folded_ - position_;
    position_ = folded_;
    for (Folding& one : live_)
        if (one.stopped.empty()) one.stored = one.position = position_;
    write_register(*batch_);
    batch_->commit();
    written_ = std::chrono::steady_clock::now();
    publish();
}

bool Projector::fold_building() {
    // Those that stand furthest behind come first, up to where the next are to join them.
    Position from = std::numeric_limits<Position>::max();
    for (const Folding& one : building_)
        if (one.stopped.empty()) from = std::min(from, one.position);
    if (from == std::numeric_limits<Position>::max() || folded_ > position_) return false;
    Position to = position_;
    Together models;
    for (Folding& one : building_) {
        if (!one.stopped.empty()) continue;
        if (one.position == from)
            models.push_back(&one);
        else
            to = std::min(to, one.position);
    }
    if (from >= position_) {
        commit_building();
        while (take_place()) continue;
        return true;
    }
    if (!building_batch_) building_batch_ = store_.begin();
    const Folded folded = fold(models, from, to, *building_batch_);
    if (folded.thrower) {
        building_batch_ = store_.begin();
        for (Folding& one : building_) one.position = one.stored;
        folded.thrower->stopped = folded.why;
        report("read model " + std::string(folded.thrower->spec->name) +
               " cannot be built beyond commit " + std::to_string(folded.thrower->stored) + ": " +
               folded.why);
        commit_building();
    } else if (building_batch_->changed_bytes() >= options_.most_held_bytes) {
        commit_building();
    }
    return true;
}

void Projector::commit_building() {
    if (!building_batch_) building_batch_ = store_.begin();
    for (Folding& one : building_) one.stored = one.position;
    write_register(*building_batch_);
    building_batch_->commit();
    publish();
}

void Projector::compare_rows(const Folding& old_rows, const Folding& new_rows) const {
    const auto rows = store_.snapshot();
    const std::string before = prefix_of(old_rows.number), after = prefix_of(new_rows.number);
    const auto old_at = rows->cursor(before), new_at = rows->cursor(after);
    const auto here = [](const RowCursor& at, const std::string& prefix) {
        return at.valid() && at.key().starts_with(prefix);
    };
    // The rows themselves are compared, which is cheaper than their digests and says as much.
    old_at->seek(before);
    new_at->seek(after);
    while (here(*old_at, before) && here(*new_at, after) &&
           old_at->key().substr(before.size()) == new_at->key().substr(after.size()) &&
           old_at->value() == new_at->value()) {
        old_at->next();
        new_at->next();
    }
    if (!here(*old_at, before) && !here(*new_at, after)) return;
    report("read model " + std::string(new_rows.spec->name) + " was corrupt: rebuilt to commit " +
           std::to_string(new_rows.position) + " it has another digest; the rebuilt rows are used");
}

bool Projector::take_place() {
    const auto ready = std::ranges::find_if(building_, [&](const Folding& one) {
        return one.stopped.empty() && one.stored == position_;
    });
    if (ready == building_.end()) return false;
    Folding risen = std::move(*ready);
    building_.erase(ready);
    std::vector<std::uint32_t> gone;
    std::erase_if(live_, [&](const Folding& old) {
        if (old.spec->name != risen.spec->name) return false;
        if (old.stopped.empty() && old.spec->version == risen.spec->version)
            compare_rows(old, risen);
        gone.push_back(old.number);
        return true;
    });
    risen.replaces = false;
    live_.push_back(std::move(risen));
    // Rows at hand are those of the models before.
    batch_ = store_.begin();
    if (building_.empty()) building_batch_.reset();
    write_register(*batch_);
    batch_->commit();
    publish();
    for (const std::uint32_t number : gone) store_.erase_prefix(prefix_of(number));
    return true;
}

std::optional<Projector::Stored> Projector::stored(const RowReader& rows) {
    std::string bytes;
    if (!rows.get(register_key(), bytes)) return std::nullopt;
    const auto known = from_wire<Register>(bytes);
    if (!known) throw StorageBroken("the register of the read models cannot be read");
    Stored stored{static_cast<Position>(known->position), known->hash.octets, {}};
    for (const RegisteredModel& model : known->models)
        stored.models.push_back({model.name, static_cast<int>(model.version),
                                 prefix_of(static_cast<std::uint32_t>(model.number)),
                                 static_cast<Position>(model.position), model.live, model.stopped});
    return stored;
}

DigestSum Projector::digest(const ReadView& view, const ReadView::Model& model) {
    DigestSum sum;
    const auto cursor = view.rows->cursor(model.prefix);
    for (cursor->seek(model.prefix); cursor->valid() && cursor->key().starts_with(model.prefix);
         cursor->next()) {
        const std::string_view key = cursor->key().substr(model.prefix.size());
        std::string material = std::to_string(key.size());
        material += ' ';
        material += key;
        material += cursor->value();
        sum.add(blake2b(material));
    }
    return sum;
}

void Projector::tail_moved(Position tail) {
    {
        const std::lock_guard lock(mutex_);
        tail_ = std::max(tail_, tail);
    }
    work_.notify_one();
}

std::shared_ptr<const ReadView> Projector::view() const {
    const std::lock_guard lock(mutex_);
    return view_;
}

std::optional<QueryRef> Projector::query(std::string_view name) const {
    for (const ReadModelSpec& spec : specs_)
        for (const QuerySpec& query : spec.queries)
            if (query.type->name == name) return QueryRef{&spec, &query};
    return std::nullopt;
}

void Projector::when_at(Position position, std::chrono::steady_clock::time_point deadline,
                        Reached reached) {
    bool there = false;
    {
        const std::lock_guard lock(mutex_);
        there = view_->position >= position;
        if (!there && !stopping_ && broken_.empty()) {
            waiters_.push_back({position, deadline, std::move(reached)});
            reached = nullptr;
        }
    }
    if (reached)
        reached(there);
    else
        work_.notify_one();
}

bool Projector::wait_for(Position position, std::chrono::milliseconds at_most) {
    std::promise<bool> promise;
    auto answer = promise.get_future();
    when_at(position, std::chrono::steady_clock::now() + at_most,
            [&](bool reached) { promise.set_value(reached); });
    return answer.get();
}

bool Projector::rebuild(std::string_view name) {
    if (std::ranges::none_of(specs_, [&](const ReadModelSpec& spec) { return spec.name == name; }))
        return false;
    {
        const std::lock_guard lock(mutex_);
        rebuilds_.emplace_back(name);
    }
    work_.notify_one();
    return true;
}

void Projector::rebuild_all() {
    for (const ReadModelSpec& spec : specs_) rebuild(spec.name);
}

void Projector::between_batches(std::function<void(RowStore&)> work) {
    {
        const std::lock_guard lock(mutex_);
        works_.push_back(std::move(work));
    }
    work_.notify_one();
}

std::vector<Projector::Status> Projector::status() const {
    const std::lock_guard lock(mutex_);
    std::vector<Status> status = status_;
    // Who asked for a rebuild and looks at once sees it, though it has not begun.
    for (Status& one : status)
        if (std::ranges::find(rebuilds_, one.name) != rebuilds_.end()) one.building = true;
    return status;
}

Position Projector::tail() const {
    const std::lock_guard lock(mutex_);
    return tail_;
}

std::string Projector::broken() const {
    const std::lock_guard lock(mutex_);
    return broken_;
}

}  // namespace kontor
