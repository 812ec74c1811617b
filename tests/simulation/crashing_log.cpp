// How the end of the program reaches the log, and what is looked at before it is kept.
#include "tests/simulation/crashing_log.h"

#include <algorithm>
#include <set>

namespace kontor::simulation {

void CrashingLog::end_at(std::uint64_t n, Left left) {
    const std::lock_guard lock(mutex_);
    to_go_ = n;
    left_ = left;
    rows_count_ = false;
}

void CrashingLog::end_at_any(std::uint64_t n, Left left) {
    end_at(n, left);
    const std::lock_guard lock(mutex_);
    rows_count_ = true;
}

bool CrashingLog::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

void CrashingLog::hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
    waits_ = false;
}

void CrashingLog::wait_until_held(const std::function<bool()>& pointless) {
    constexpr std::chrono::milliseconds between_looks{5};
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, between_looks, [&] { return waits_ || ended_; }))
        if (pointless()) return;
}

void CrashingLog::let_go() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    changed_.notify_all();
}

std::string CrashingLog::fault() const {
    const std::lock_guard lock(mutex_);
    return fault_;
}

std::map<Position, std::string> CrashingLog::tried() const {
    const std::lock_guard lock(mutex_);
    return tried_;
}

std::vector<Position> CrashingLog::ends_of_groups() const {
    const std::lock_guard lock(mutex_);
    return ends_;
}

CrashingLog::Counts CrashingLog::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

bool CrashingLog::is_last(const Group& group) {
    if (to_go_ == 0 || (group.commits.empty() && !rows_count_)) return false;
    return --to_go_ == 0;
}

std::string CrashingLog::fault_of(const Group& group) const {
    std::set<std::pair<std::string, std::string>> ids;
    std::map<std::string, std::int64_t> versions;
    for (const SealedCommit& sealed : group.commits)
        for (const StoredCommand& command : sealed.commit.commands) {
            const std::string& actor = sealed.commit.actor;
            if (!command.server_made &&
                (!ids.emplace(actor, command.id).second || kept_.find_command(actor, command.id)))
                return "id " + command.id + " of " + actor + " is in the log twice";
            for (const StoredEvent& event : command.events) {
                auto [version, first] = versions.try_emplace(event.stream, 0);
                if (first) version->second = kept_.tail_of(event.stream);
                if (event.version != ++version->second)
                    return "stream " + event.stream + " goes on at version " +
                           std::to_string(event.version) + " and not at " +
                           std::to_string(version->second);
            }
        }
    return {};
}

bool CrashingLog::append_if(Position expected, const Group& group) {
    std::unique_lock lock(mutex_);
    if (!group.commits.empty()) {
        waits_ = true;
        changed_.notify_all();
        changed_.wait(lock, [&] { return !held_ || ended_; });
    }
    if (ended_) throw StorageBroken("the program has ended");
    if (fault_.empty()) fault_ = fault_of(group);
    if (!fault_.empty()) throw StorageBroken(fault_);
    const bool last = is_last(group);
    ++counts_.appends;
    for (const SealedCommit& sealed : group.commits)
        tried_[static_cast<Position>(sealed.commit.position)] = sealed.bytes;
    if (!group.commits.empty())
        ends_.push_back(static_cast<Position>(group.commits.back().commit.position));
    if (last) {
        ended_ = true;
        changed_.notify_all();
        if (left_ == Left::the_whole_group) kept_.append_if(expected, group);
        throw StorageBroken("the program has ended");
    }
    const bool snapshot = std::ranges::any_of(
        group.rows, [](const LocalRow& row) { return row.family == LocalRow::Family::snapshots; });
    if (snapshot) ++counts_.snapshots;
    lock.unlock();
    return kept_.append_if(expected, group);
}

}  // namespace kontor::simulation
