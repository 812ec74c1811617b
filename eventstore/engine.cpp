// How commands become commits: the door, the decision, the group, the answer.
#include "eventstore/engine.h"

#include "eventstore/canonical.h"
#include "eventstore/clock.h"
#include "eventstore/erasures.h"
#include "eventstore/log_entries.h"
#include "eventstore/moments.h"
#include "eventstore/placement.h"
#include "eventstore/refusal_status.h"
#include "eventstore/schemas.h"
#include "eventstore/threads.h"
#include "eventstore/unsealing.h"
#include "eventstore/uuid7.h"
#include "eventstore/wire.h"
#include "eventstore/zones.h"

#include <algorithm>
#include <future>
#include <set>
#include <utility>

namespace kontor {
namespace {

std::string command_key(std::string_view actor, std::string_view id) {
    std::string key(actor);
    key += '\0';
    key += id;
    return key;
}

Bytes bytes_of(const Hash& hash) { return {{hash.begin(), hash.end()}}; }

// What is stored with a command, and compared with its repeats.
Bytes fingerprint_of(const Ask& ask) {
    Bytes fingerprint = bytes_of(ask.fingerprint);
    fingerprint.octets += ask.keyed;
    return fingerprint;
}

// What is personal counts where both were sealed under the same keys: of an erased person, or where
// keys were lost, nobody can tell any more, and the rest decides.
bool is_repeat(const Bytes& stored, const Ask& ask) {
    constexpr std::size_t open = Hash{}.size(), keys = 8;
    const std::string& was = stored.octets;
    const std::string is = fingerprint_of(ask).octets;
    if (was.substr(0, open) != is.substr(0, open)) return false;
    if (was.size() == open || is.size() == open) return true;
    return was.substr(open, keys) != is.substr(open, keys) || was == is;
}

Answered no(int status, std::string_view code, std::string text) {
    Answered answer;
    answer.status = status;
    answer.code = code;
    answer.text = std::move(text);
    return answer;
}

std::vector<Answered> all(const Submission& submission, const Answered& answer) {
    std::vector<Answered> answers(submission.asks.size(), answer);
    for (std::size_t at = 0; at < answers.size(); ++at)
        answers[at].id = submission.asks[at].id.value_or("");
    return answers;
}

// What the other lines of an atomic batch answer.
Answered because_of(const Submission& submission, std::size_t refused, std::string_view code) {
    const std::string line = submission.asks[refused].id.value_or(std::to_string(refused + 1));
    return no(409, "batch_refused",
              "Line " + line + " of the batch was refused: " + std::string(code));
}

// A log refuses a commit of more, so this is exact. What lies around an event on the wire depends
// on names and padding; it is never more than three times what `about` counts for it, so only what
// may come near the limit is sealed for it.
bool is_too_large(const Commit& commit, std::size_t about, const Hash& previous) {
    return about > most_commit_bytes / 4 && seal(commit, previous).bytes.size() > most_commit_bytes;
}

constexpr std::string_view outcome_unknown_text =
    "The log could not be written, so whether this took effect is unknown. Ask again with the "
    "same Idempotency-Key after the restart.";

}  // namespace

Engine::Engine(const Catalog& catalog, EventLog& log, EngineOptions options)
    : catalog_(catalog),
      log_(log),
      options_(std::move(options)),
      state_(catalog),
      snapshots_(catalog, log),
      keys_(options_.keys) {
    ensure(catalog_.faults().empty(), "the catalog is sound");
    ensure(options_.keys || !catalog_.personal(), "who knows persons has a place for their keys");
    if (!options_.clock) options_.clock = system_now;
    recover(catalog_, log_, snapshots_, state_,
            {.write = true, .cached_rows = options_.cached_rows}, options_.progress);
    if (options_.keys) carry_out_erasures(catalog_, log_, *options_.keys);
    schema_of_ = store_schemas(catalog_, log_);
    decided_ = durable_ = log_.tail();
    durable_position_ = durable_.position;
    if (options_.rights)
        deciding_rights_ = durable_rights_ =
            std::make_shared<const access::Rights>(options_.rights(state_.world()));
    decider_ = named_thread("kontor-decide", [this] { decide_loop(); });
    syncer_ = named_thread("kontor-sync", [this] { sync_loop(); });
    snapshotter_ = named_thread("kontor-snapshot", [this] { snapshot_loop(); });
}

Engine::~Engine() { stop(); }

void Engine::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    work_.notify_all();
    decider_.join();
    const auto end = [this](bool& done, std::condition_variable& wakes, std::thread& thread) {
        {
            const std::lock_guard lock(mutex_);
            done = true;
        }
        wakes.notify_all();
        thread.join();
    };
    end(decider_done_, snapshot_, snapshotter_);
    end(snapshotter_done_, group_, syncer_);
}

void Engine::submit(Submission submission, Reply reply) {
    for (Ask& ask : submission.asks)
        ask.fingerprint = command_fingerprint(*ask.command->spec->type, ask.value.get());
    std::unique_lock lock(mutex_);
    const auto turn_away = [&](const Answered& answer) {
        lock.unlock();
        reply(all(submission, answer));
    };
    if (!broken_.empty()) return turn_away(no(503, "not_serving", broken_));
    if (stopping_)
        return turn_away(no(503, "not_serving", "The server is being stopped; ask again."));
    if (submission.may_be_refused && waiting_ >= options_.most_waiting)
        return turn_away(no(503, "busy", "Too many commands are waiting; ask again soon."));
    const std::uint64_t lane_number = submission.lane;
    Lane& lane = lanes_[lane_number];
    if (lane.empty()) turns_.push_back(lane_number);
    lane.push_back({std::move(submission), std::move(reply)});
    ++waiting_;
    lock.unlock();
    work_.notify_one();
}

std::vector<Answered> Engine::ask(Submission submission) {
    std::promise<std::vector<Answered>> answered;
    auto answers = answered.get_future();
    submission.may_be_refused = false;
    submit(std::move(submission),
           [&](std::vector<Answered> given) { answered.set_value(std::move(given)); });
    return answers.get();
}

void Engine::decide_loop() {
    constexpr std::size_t most_at_once = 64;  // so that the lock is taken once for many
    std::vector<Waiting> turn;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            work_.wait(lock, [&] { return stopping_ || waiting_ > 0 || !looks_.empty(); });
            if (stopping_ && waiting_ == 0 && looks_.empty()) return;
            while (turn.size() < most_at_once && !turns_.empty()) {
                const std::uint64_t number = turns_.front();
                turns_.pop_front();
                const auto lane = lanes_.find(number);
                turn.push_back(std::move(lane->second.front()));
                lane->second.pop_front();
                if (lane->second.empty())
                    lanes_.erase(lane);
                else
                    turns_.push_back(number);
                --waiting_;
            }
        }
        look_when_asked();
        for (Waiting& waiting : turn) settle(std::move(waiting));
        turn.clear();
    }
}

void Engine::look_when_asked() {
    std::deque<std::function<void(const State&)>> looks;
    {
        const std::lock_guard lock(mutex_);
        looks.swap(looks_);
    }
    for (const auto& look : looks) look(state_);
}

void Engine::between_commands(std::function<void(const State&)> look) {
    {
        const std::lock_guard lock(mutex_);
        looks_.push_back(std::move(look));
    }
    work_.notify_one();
}

void Engine::settle(Waiting waiting) {
    std::vector<Answered> answers;
    if (!is_broken_) {
        overlay_.forget_until(durable_position_);
        keys_.forget_until(durable_position_);
        try {
            answers = decide(waiting.submission);
        } catch (const StorageBroken& why) {
            state_.take_back();
            const std::lock_guard lock(mutex_);
            break_down(why.what());
        }
        keys_.drop();
    }
    if (answers.empty()) {
        sealed_.reset();
        return waiting.reply(all(waiting.submission, no(503, "not_serving", broken())));
    }
    Settled settled{std::move(waiting.reply), std::move(answers)};
    if (!give_to_group(settled))
        return settled.reply(
            all(waiting.submission, no(503, "outcome_unknown", std::string(outcome_unknown_text))));
    group_.notify_one();
    snapshot_when_due();
}

// The commit of what was decided, if it made one, and its answers; false, and nothing taken, when
// the engine broke down meanwhile.
bool Engine::give_to_group(Settled& settled) {
    const std::lock_guard lock(mutex_);
    if (!broken_.empty()) return false;
    for (const Answered& answer : settled.answers)
        ++(answer.status == 200 ? counters_.decided : counters_.refused);
    Forming& group = forming();
    group.settled.push_back(std::move(settled));
    if (sealed_) {
        group.bytes += sealed_->bytes.size();
        group.closed = group.bytes > options_.most_group_bytes;
        group.group.commits.push_back(*std::move(sealed_));
        std::ranges::move(key_changes_.added, std::back_inserter(group.keys.added));
        std::ranges::move(key_changes_.erased, std::back_inserter(group.keys.erased));
        key_changes_ = {};
        sealed_.reset();
        ++counters_.commits;
    }
    if (std::exchange(rights_changed_, false)) group.rights = deciding_rights_;
    return true;
}

// Under the lock: the group that takes what is decided now. One on its way to the disk is closed.
Engine::Forming& Engine::forming() {
    if (forming_.empty() || forming_.back().closed) forming_.emplace_back();
    return forming_.back();
}

Timestamp Engine::next_time() const {
    return std::max(options_.clock(), Timestamp{decided_.time.micros + 1});
}

std::string_view Engine::zone_of(const std::string& company) const {
    if (company.empty() || !options_.zone_of) return "UTC";
    return options_.zone_of(state_.world(), CompanyCode{company});
}

Context Engine::context_for(const Submission& submission, const Ask& ask, Timestamp now) const {
    const std::string company = company_of(*ask.command->spec->type, ask.value.get());
    return {now, submission.asker.actor, day_in_zone(now, zone_of(company))};
}

bool Engine::turned_away(const Submission& submission, std::vector<Answered>& answers) const {
    if (!deciding_rights_ || submission.asker.trusted) return false;
    if (!deciding_rights_->holds(submission.asker.key)) {
        answers = all(submission, no(401, "key_missing", "The key is unknown or revoked."));
        return true;
    }
    for (std::size_t at = 0; at < submission.asks.size(); ++at) {
        const Ask& ask = submission.asks[at];
        const Type& type = *ask.command->spec->type;
        const std::string company = company_of(type, ask.value.get());
        if (deciding_rights_->permits(submission.asker.actor, type.name, ask.command->context->name,
                                      company))
            continue;
        const std::string where = company.empty() ? " for every company" : " for " + company;
        answers =
            all(submission, no(409, "batch_refused",
                               "Line " + std::to_string(at + 1) + " of the batch is forbidden."));
        const std::string id = answers[at].id;
        answers[at] = no(
            403, "not_permitted",
            submission.asker.actor + " has no role with " + std::string(type.name) + where + ".");
        answers[at].id = id;
        return true;
    }
    return false;
}

Commit Engine::commit_at(Position position) const {
    {
        const std::lock_guard lock(mutex_);
        for (const Forming& group : forming_)
            for (const SealedCommit& sealed : group.group.commits)
                if (sealed.commit.position == static_cast<std::int64_t>(position))
                    return sealed.commit;
    }
    return kontor::commit_at(log_, position);
}

Answered Engine::from_commit(const Commit& commit, std::uint32_t index, const Asker& asker) const {
    const StoredCommand& command = commit.commands.at(index);
    Answered answer;
    answer.status = static_cast<int>(command.outcome.status);
    answer.id = command.id;
    answer.code = command.outcome.code;
    answer.text = command.outcome.text;
    answer.flow = command.outcome.flow;
    answer.pointer = command.outcome.pointer;
    answer.replayed = true;
    answer.position = static_cast<Position>(commit.position);
    answer.time = commit.time;
    for (const StoredEvent& stored : command.events) {
        const Catalog::Event* event = catalog_.event(stored.type);
        ensure(event != nullptr, "recovery knew every event of the log");
        Box value = box(*event->spec->type);
        if (!from_wire(*event->spec->type, stored.data.octets, value.get()))
            throw StorageBroken("commit " + std::to_string(commit.position) + ": a " + stored.type +
                                " cannot be read");
        std::string fault;
        answer.events.push_back(
            {event->spec->type, stored.stream, stored.version, shown(*event, value, asker, fault)});
        if (!fault.empty())
            throw StorageBroken("commit " + std::to_string(commit.position) + ": " + fault);
    }
    return answer;
}

// Repeats are answered from the commit; the same id for other input is refused.
bool Engine::repeated(const Submission& submission, std::vector<Answered>& answers) {
    std::vector<std::optional<CommandPlace>> places(submission.asks.size());
    std::set<std::string_view> ids;
    std::size_t known = 0;
    for (std::size_t at = 0; at < places.size(); ++at) {
        const auto& id = submission.asks[at].id;
        if (!id) continue;
        if (!ids.insert(*id).second) {
            answers = all(submission, no(422, "malformed_input", "An id stands twice: " + *id));
            return true;
        }
        const auto found = overlay_.commands.find(command_key(submission.asker.actor, *id));
        if (found != overlay_.commands.end()) places[at] = found->second;
        if (!places[at]) places[at] = log_.find_command(submission.asker.actor, *id);
        if (places[at]) ++known;
    }
    if (known == 0) return false;
    answers = all(submission, no(409, "batch_partly_known",
                                 "Some ids of the batch are known already; nothing was done."));
    Commit commit;
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (!places[at]) continue;
        // Lines of one batch lie in one commit, which is opened once.
        if (static_cast<Position>(commit.position) != places[at]->position)
            commit = commit_at(places[at]->position);
        const StoredCommand& command = commit.commands.at(places[at]->index);
        if (!is_repeat(command.fingerprint, submission.asks[at])) {
            answers = all(submission, no(422, "id_of_other_input",
                                         "This id was used for a command with other input: " +
                                             *submission.asks[at].id));
            return true;
        }
        if (known == places.size())
            answers[at] = from_commit(commit, places[at]->index, submission.asker);
    }
    return true;
}

std::int64_t Engine::version_of(const std::string& stream, Versions& versions) const {
    const auto [known, added] = versions.try_emplace(stream, 0);
    if (!added) return known->second;
    const auto pending = overlay_.streams.find(stream);
    if (pending != overlay_.streams.end()) return known->second = pending->second.version;
    return known->second = log_.tail_of(stream);
}

bool Engine::version_differs(const Ask& ask, Versions& versions, Answered& answer) {
    if (!ask.if_match) return false;
    const std::string stream = stream_of(*ask.command->spec->type, ask.value.get());
    if (stream.empty()) {
        answer = no(422, "malformed_input", "If-Match has no meaning for this command.");
        return true;
    }
    const std::int64_t version = version_of(stream, versions);
    if (version == *ask.if_match) return false;
    answer = no(412, "version_differs",
                stream + " is at version " + std::to_string(version) + ", not " +
                    std::to_string(*ask.if_match) + ".");
    return true;
}

Commit Engine::new_commit(const Submission& submission, Timestamp now) const {
    Commit commit;
    commit.position = static_cast<std::int64_t>(decided_.position + 1);
    commit.time = now;
    commit.actor = submission.asker.actor;
    commit.key = submission.asker.key;
    commit.note = submission.note;
    for (const Ask& ask : submission.asks) {
        StoredCommand command;
        command.name = ask.command->spec->type->name;
        command.id = ask.id ? *ask.id : to_text(new_uuid7(now));
        command.server_made = !ask.id;
        command.fingerprint = fingerprint_of(ask);
        commit.commands.push_back(std::move(command));
    }
    return commit;
}

StoredEvent Engine::stored(const Happened& happened, Timestamp now, Versions& versions) {
    const Type& type = *happened.message.type;
    const void* value = happened.message.value.get();
    StoredEvent event;
    event.type = type.name;
    event.schema = schema_of_.at(&type);
    event.stream = stream_of(type, value);
    if (!event.stream.empty())
        event.version = versions[event.stream] = version_of(event.stream, versions) + 1;
    event.company = company_of(type, value);
    event.day = day_of(type, value, now, zone_of(event.company));
    event.flow = happened.flow;
    event.data.octets = to_wire(type, value);
    return event;
}

// What decide or a flow said is recorded under a client's id: a commit without events.
void Engine::refuse(const Submission& submission, std::size_t at, const Refused& refused,
                    Timestamp now, std::vector<Answered>& answers) {
    state_.take_back();
    const Reason& reason = *refused.objection.reason;
    answers = all(submission, because_of(submission, at, reason.code));
    const int status = refused.flow.empty() ? status_of(reason.refusal) : 409;
    const std::string id = answers[at].id;
    answers[at] = no(status, reason.code, refused.objection.text());
    answers[at].pointer = refused.objection.pointer;
    answers[at].id = id;
    answers[at].flow = refused.flow;
    if (submission.dry_run ||
        std::ranges::none_of(submission.asks, [](const Ask& ask) { return ask.id.has_value(); }))
        return;
    Commit commit = new_commit(submission, now);
    for (std::size_t line = 0; line < answers.size(); ++line) {
        Answered& answer = answers[line];
        commit.commands[line].outcome = {answer.status, answer.code, answer.text, answer.flow,
                                         answer.pointer};
        answer.position = static_cast<Position>(commit.position);
        answer.time = now;
    }
    append(std::move(commit));
}

std::vector<SealedCommand> Engine::seal_personal(Submission& submission) {
    std::vector<SealedCommand> sealed;
    if (std::ranges::none_of(submission.asks, [](const Ask& ask) { return ask.command->personal; }))
        return sealed;
    for (Ask& ask : submission.asks) {
        SealedCommand& line = sealed.emplace_back();
        if (!ask.command->personal) continue;
        line = keys_.seal(*ask.command->spec->type, ask.value.get());
        ask.value = line.value;
        // Under a key that is new there is nothing to compare, and a refusal does not keep it.
        if (!line.fresh_key) ask.keyed = line.keyed;
    }
    return sealed;
}

// Like If-Match, this says nothing about the business, and is not recorded.
bool Engine::cannot_be_kept(const SealedCommand& sealed, Answered& answer) const {
    if (!sealed.problem.empty()) {
        answer = no(422, "malformed_input", sealed.problem);
        return true;
    }
    if (std::ranges::none_of(sealed.subjects,
                             [&](const SubjectName& subject) { return keys_.erased(subject); }))
        return false;
    answer = no(409, "subject_erased",
                "What is personal about this one was erased, for good; nothing more is kept.");
    return true;
}

std::shared_ptr<const void> Engine::shown(const Catalog::Event& event,
                                          const std::shared_ptr<const void>& value,
                                          const Asker& asker, std::string& fault) const {
    if (!event.personal) return value;
    const Type& type = *event.spec->type;
    const Box opened = copied(type, value.get());
    fault = unseal_within(type, opened.get(),
                          [this](const SubjectName& subject) { return keys_.find(subject); });
    const bool may_read = !deciding_rights_ || asker.trusted ||
                          deciding_rights_->permits(asker.actor, type.name, event.context->name,
                                                    company_of(type, value.get()));
    return may_read ? opened : value;
}

std::vector<Answered> Engine::decide(Submission& submission) {
    std::vector<Answered> answers;
    if (turned_away(submission, answers)) return answers;
    const std::vector<SealedCommand> sealed = seal_personal(submission);
    if (!submission.dry_run && repeated(submission, answers)) return answers;

    const Timestamp now = next_time();
    Commit commit = new_commit(submission, now);
    Versions versions;
    Deciding deciding(catalog_, state_);
    std::size_t told = 0, bytes = 0;
    for (std::size_t at = 0; at < submission.asks.size(); ++at) {
        const Ask& ask = submission.asks[at];
        Answered answer;
        if ((!sealed.empty() && cannot_be_kept(sealed[at], answer)) ||
            version_differs(ask, versions, answer)) {
            state_.take_back();
            answers = all(submission, because_of(submission, at, answer.code));
            answer.id = answers[at].id;
            answers[at] = std::move(answer);
            return answers;
        }
        const Context context = context_for(submission, ask, now);
        if (const auto refused = deciding.decide(*ask.command, ask.value.get(), context)) {
            refuse(submission, at, *refused, now, answers);
            return answers;
        }
        answer.id = commit.commands[at].id;
        for (; told < deciding.happened().size(); ++told) {
            const Happened& happened = deciding.happened()[told];
            StoredEvent event = stored(happened, now, versions);
            bytes += event.data.octets.size() + event.stream.size() + 128;
            keys_.happened(*happened.message.type, happened.message.value.get());
            std::string misplaced;
            answer.events.push_back(
                {happened.message.type, event.stream, event.version,
                 shown(*happened.event, happened.message.value, submission.asker, misplaced)});
            ensure(misplaced.empty(), misplaced.c_str());
            commit.commands[at].events.push_back(std::move(event));
        }
        answers.push_back(std::move(answer));
    }
    const bool too_large = is_too_large(commit, bytes, decided_.hash);
    if (submission.dry_run || too_large) {
        state_.take_back();
        if (too_large)
            return all(submission, no(422, "commit_too_large",
                                      "What this would append is above 8 MB; nothing was done."));
        for (Answered& answer : answers) answer.id.clear();
        return answers;
    }
    state_.keep();
    for (Answered& answer : answers) {
        answer.position = static_cast<Position>(commit.position);
        answer.time = now;
    }
    for (std::size_t at = 0; at < sealed.size(); ++at)
        if (sealed[at].fresh_key) commit.commands[at].fingerprint.octets += sealed[at].keyed;
    key_changes_ = keys_.keep(static_cast<Position>(commit.position));
    append(std::move(commit));
    refresh_rights(deciding.happened());
    return answers;
}

void Engine::append(Commit commit) {
    sealed_ = seal(std::move(commit), decided_.hash);
    const Commit& sealed = sealed_->commit;
    decided_ = {static_cast<Position>(sealed.position), sealed.time, sealed_->hash};
    overlay_.add(sealed);
}

void Engine::Overlay::add(const Commit& commit) {
    const auto position = static_cast<Position>(commit.position);
    each_client_command(commit, [&](const std::string& id, CommandPlace place) {
        const auto row = commands.insert_or_assign(command_key(commit.actor, id), place).first;
        keys.push_back({position, &row->first, nullptr});
    });
    each_event_of_stream(commit, [&](const StoredEvent& event, EventPlace) {
        const auto [row, added] = streams.try_emplace(event.stream);
        if (added || row->second.position != position)
            keys.push_back({position, nullptr, &row->first});
        row->second = {event.version, position};
    });
}

void Engine::Overlay::forget_until(Position durable) {
    for (; !keys.empty() && keys.front().position <= durable; keys.pop_front()) {
        const Key& key = keys.front();
        if (key.command) {
            commands.erase(commands.find(*key.command));
            continue;
        }
        // A stream that a later commit changed again stays until that one is durable.
        const auto stream = streams.find(*key.stream);
        if (stream->second.position == key.position) streams.erase(stream);
    }
}

void Engine::refresh_rights(const std::vector<Happened>& happened) {
    if (!options_.rights) return;
    const bool changed = std::ranges::any_of(
        happened, [](const Happened& one) { return one.event->context->name == "access"; });
    if (!changed) return;
    deciding_rights_ = std::make_shared<const access::Rights>(options_.rights(state_.world()));
    rights_changed_ = true;
}

// Past so many changed rows they are set apart, which is quick; all else happens beside decisions.
void Engine::snapshot_when_due() {
    if (snapshot_step_ == SnapshotStep::durable) {
        state_.release();
        snapshot_step_ = SnapshotStep::none;
    }
    if (snapshot_step_ != SnapshotStep::none) return;
    if (state_.changed() < options_.snapshot_changed_rows) return;
    Snapshots::Frozen frozen = Snapshots::freeze(state_, decided_.position);
    {
        const std::lock_guard lock(mutex_);
        frozen_ = std::move(frozen);
        snapshot_step_ = SnapshotStep::frozen;
    }
    snapshot_.notify_one();
}

// The rows ride in whichever group forms when they are ready: that one, or one before it, holds the
// commit that they stand behind, so a snapshot is never ahead of the log.
void Engine::snapshot_loop() {
    Snapshots::Frozen frozen;  // kept until the next one, so that no other thread frees the rows
    while (true) {
        Snapshots::Frozen next;
        {
            std::unique_lock lock(mutex_);
            snapshot_.wait(lock,
                           [&] { return decider_done_ || snapshot_step_ == SnapshotStep::frozen; });
            if (snapshot_step_ != SnapshotStep::frozen) return;
            next = std::move(frozen_);
            snapshot_step_ = SnapshotStep::encoding;
        }
        frozen = std::move(next);
        std::vector<LocalRow> rows;
        try {
            rows = snapshots_.encode(frozen);
        } catch (const StorageBroken& why) {
            const std::lock_guard lock(mutex_);
            break_down(why.what());
            return;
        }
        {
            const std::lock_guard lock(mutex_);
            Forming& group = forming();
            group.group.rows = std::move(rows);
            group.snapshot = true;
            snapshot_step_ = SnapshotStep::in_group;
        }
        group_.notify_one();
    }
}

void Engine::sync_loop() {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            group_.wait(lock, [&] { return snapshotter_done_ || !forming_.empty(); });
            if (forming_.empty()) return;
            forming_.front().closed = true;
        }
        // The decider adds to later groups meanwhile; a deque keeps the front where it is.
        Forming& group = forming_.front();
        const bool durable = make_durable(group);
        Forming done;
        std::vector<std::function<void(LogTail)>> listeners;
        LogTail tail;
        {
            const std::lock_guard lock(mutex_);
            done = std::move(forming_.front());
            forming_.pop_front();
            if (durable) {
                if (done.rights) durable_rights_ = done.rights;
                if (done.snapshot) snapshot_step_ = SnapshotStep::durable;
                if (!done.group.commits.empty()) {
                    ++counters_.groups;
                    const SealedCommit& last = done.group.commits.back();
                    durable_ = {static_cast<Position>(last.commit.position), last.commit.time,
                                last.hash};
                    durable_position_ = durable_.position;
                    listeners = listeners_;
                }
                tail = durable_;
            }
        }
        for (Settled& settled : done.settled) {
            if (!durable)
                for (Answered& answer : settled.answers) {
                    const std::string id = answer.id;
                    answer = no(503, "outcome_unknown", std::string(outcome_unknown_text));
                    answer.id = id;
                }
            settled.reply(std::move(settled.answers));
        }
        for (const auto& listener : listeners) listener(tail);
    }
}

// False when the log broke, now or before: then nobody guesses.
bool Engine::make_durable(Forming& group) {
    {
        const std::lock_guard lock(mutex_);
        if (!broken_.empty()) return false;
    }
    if (group.group.commits.empty() && group.group.rows.empty()) return true;
    std::string why;
    try {
        const Position expected =
            group.group.commits.empty()
                ? log_.tail().position
                : static_cast<Position>(group.group.commits.front().commit.position - 1);
        if (!group.keys.added.empty()) options_.keys->add(group.keys.added);
        if (log_.append_if(expected, group.group)) {
            carry_out_erasures_of(group);
            return true;
        }
        why = "the log was appended to by somebody else";
    } catch (const StorageBroken& broken) {
        why = broken.what();
    }
    const std::lock_guard lock(mutex_);
    break_down(why);
    return false;
}

// Behind the commits that say so, and before anybody is told of them.
void Engine::carry_out_erasures_of(const Forming& group) {
    const bool erases = !group.keys.erased.empty();
    if (erases) options_.keys->destroy(group.keys.erased);
    // Now and then, too, so that a start has little to look through.
    if (options_.keys && (erases || (group.snapshot && catalog_.erases())))
        options_.keys->erased_to(log_.tail().position);
}

// Under the lock. The first cause stands.
void Engine::break_down(const std::string& why) {
    is_broken_ = true;
    if (broken_.empty())
        broken_ = "The engine takes no more commands until it is restarted: " + why;
}

std::shared_ptr<const access::Rights> Engine::rights() const {
    const std::lock_guard lock(mutex_);
    return durable_rights_;
}

LogTail Engine::durable() const {
    const std::lock_guard lock(mutex_);
    return durable_;
}

void Engine::when_durable(std::function<void(LogTail)> call) {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(call));
}

std::string Engine::broken() const {
    const std::lock_guard lock(mutex_);
    return broken_;
}

Engine::Counters Engine::counters() const {
    const std::lock_guard lock(mutex_);
    Counters counters = counters_;
    counters.waiting = waiting_;
    return counters;
}

}  // namespace kontor
