// What is personal on its way through the engine: sealed before it is decided, gone when it is
// erased, whatever breaks in between.
#include "eventstore/engine.h"
#include "eventstore/event_log.h"
#include "eventstore/moments.h"
#include "eventstore/unsealing.h"
#include "eventstore/wire.h"
#include "tests/domain/core/aborts.h"
#include "tests/support/people.h"

#include <catch2/catch.hpp>

#include <future>

namespace kontor {
namespace {

using namespace people;
using KeyState = SubjectKeys::State;

const Catalog& the_catalog() {
    static const auto catalog = people::catalog();
    return *catalog;
}

// Contexts with the mistake that the engine must not let pass.
struct Misplace {
    PersonId from, to;
    PersonalText name, other;
    static void describe(auto& command) {
        command.record("Misplace", "Mixes two persons up.")
            .every_company()
            .no_stream()
            .field("from", &Misplace::from, "One.")
            .field("to", &Misplace::to, "Another.")
            .field("name", &Misplace::name, "Of the one.")
            .personal(&Misplace::from)
            .field("other", &Misplace::other, "Of the other.")
            .personal(&Misplace::to, "name");
    }
};
struct Misplaced {
    PersonId to;
    PersonalText name;
    static void describe(auto& event) {
        event.record("Misplaced", "Two persons were mixed up.")
            .every_company()
            .no_stream()
            .on_recorded_day()
            .field("to", &Misplaced::to, "The other.")
            .field("name", &Misplaced::name, "Of the one.")
            .personal(&Misplaced::to);
    }
};
Decision<Misplaced> decide(const World&, const Misplace& misplace, const Context&) {
    return Misplaced{misplace.to, misplace.name};
}
struct Misname {
    PersonId person;
    PersonalText name;
    static void describe(auto& command) {
        command.record("Misname", "Takes a name for something else.")
            .every_company()
            .no_stream()
            .field("person", &Misname::person, "Who.")
            .field("name", &Misname::name, "Their name.")
            .personal(&Misname::person);
    }
};
struct Misnamed {
    PersonId person;
    PersonalText address;
    static void describe(auto& event) {
        event.record("Misnamed", "A name was taken for something else.")
            .every_company()
            .no_stream()
            .on_recorded_day()
            .field("person", &Misnamed::person, "Who.")
            .field("address", &Misnamed::address, "Their name, by mistake.")
            .personal(&Misnamed::person);
    }
};
Decision<Misnamed> decide(const World&, const Misname& misname, const Context&) {
    return Misnamed{misname.person, misname.name};
}

// A disk that breaks at a step of its choice, and a log beside it.
enum class Step { none, before_keys, behind_keys, behind_log, behind_erasure, behind_mark };

class BreakingKeys final : public SubjectKeys {
public:
    Found find(const SubjectName& subject) const override { return keys_->find(subject); }
    void add(const std::vector<NamedKey>& keys) override {
        happened.push_back("keys");
        if (breaks == Step::before_keys) fail();
        keys_->add(keys);
        if (breaks == Step::behind_keys) fail();
    }
    void destroy(const std::vector<SubjectName>& subjects) override {
        happened.push_back("erasure");
        if (breaks == Step::behind_log) fail();
        keys_->destroy(subjects);
        if (breaks == Step::behind_erasure) fail();
    }
    Position erased_to() const override { return keys_->erased_to(); }
    void erased_to(Position position) override {
        happened.push_back("mark");
        keys_->erased_to(position);
        if (breaks == Step::behind_mark) fail();
    }
    // Keys that are lost with their place.
    void lose() { keys_ = memory_subject_keys(); }

    Step breaks = Step::none;
    std::vector<std::string> happened;

private:
    [[noreturn]] static void fail() { throw StorageBroken("the keys' disk broke"); }
    std::unique_ptr<SubjectKeys> keys_ = memory_subject_keys();
};

class ToldLog final : public EventLog {
public:
    explicit ToldLog(std::vector<std::string>& happened) : happened_(happened) {}
    LogTail tail() const override { return log_->tail(); }
    bool append_if(Position expected, const Group& group) override {
        if (!group.commits.empty()) happened_.push_back("log");
        return log_->append_if(expected, group);
    }
    std::unique_ptr<CommitCursor> read_from(Position position) const override {
        return log_->read_from(position);
    }
    std::optional<CommandPlace> find_command(std::string_view actor,
                                             std::string_view id) const override {
        return log_->find_command(actor, id);
    }
    std::int64_t tail_of(std::string_view stream) const override { return log_->tail_of(stream); }
    const LogIndexes& indexes() const override { return log_->indexes(); }
    std::optional<std::string> row(LocalRow::Family family, std::string_view key) const override {
        return log_->row(family, key);
    }
    void each_row(
        LocalRow::Family family, std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view, std::string_view)>& call) const override {
        log_->each_row(family, prefix, from, call);
    }
    void checkpoint(const std::string& directory) override { log_->checkpoint(directory); }

private:
    std::unique_ptr<EventLog> log_ = memory_event_log();
    std::vector<std::string>& happened_;
};

template <class C>
Ask asking(C command, std::optional<std::string> id) {
    return {the_catalog().command(&type_of<C>()), std::make_shared<const C>(std::move(command)),
            std::move(id), std::nullopt};
}

// A register that outlives its engines.
class Register {
public:
    explicit Register(std::size_t rows_of_a_snapshot = 1)
        : snapshot_changed_rows(rows_of_a_snapshot) {
        begin();
        keys.happened.clear();
    }

    void begin() {
        engine.reset();
        EngineOptions options;
        options.keys = &keys;
        options.snapshot_changed_rows = snapshot_changed_rows;
        options.cached_rows = 1;
        engine = std::make_unique<Engine>(the_catalog(), log, options);
    }
    template <class C>
    Answered ask(C command, std::optional<std::string> id = {}, bool dry_run = false) {
        Submission submission;
        submission.asker = {"ann", "ann's key"};
        submission.dry_run = dry_run;
        submission.asks.push_back(asking(std::move(command), std::move(id)));
        return engine->ask(std::move(submission)).front();
    }
    std::vector<Answered> ask_all(std::vector<Ask> asks) {
        Submission submission;
        submission.asker = {"ann", "ann's key"};
        submission.asks = std::move(asks);
        return engine->ask(std::move(submission));
    }
    Answered meet(std::uint64_t person, const std::string& name,
                  std::optional<std::string> id = {}) {
        return ask(
            WelcomePerson{
                nth_person(person), said(name), said("Riga"), {{"phone", said("+371 " + name)}}},
            std::move(id));
    }
    KeyState key_of(std::uint64_t person) const {
        return keys.find(name_of({"person", nth_person(person).uuid})).state;
    }
    // The name that the newest event of the person's gives, as a reader opens it.
    PersonalText name_in(Position position) const {
        const Commit commit = commit_at(log, position);
        const StoredEvent& stored = commit.commands.front().events.front();
        const Type& type = *the_catalog().event(stored.type)->spec->type;
        const Box value = box(type);
        REQUIRE(from_wire(type, stored.data.octets, value.get()));
        unseal_within(type, value.get(), keys);
        return *static_cast<const PersonalText*>(type.field("name")->in(value.get()));
    }
    // Everything that the log holds, to look for what must not be in it.
    std::string octets() const {
        std::string all;
        Position position = 0;
        std::string_view bytes;
        for (const auto cursor = log.read_from(1); cursor->next(position, bytes);) all += bytes;
        for (const auto family : {LocalRow::Family::snapshots, LocalRow::Family::meta})
            log.each_row(family, {}, {}, [&](std::string_view key, std::string_view value) {
                all.append(key).append(value);
                return true;
            });
        return all;
    }

    BreakingKeys keys;
    ToldLog log{keys.happened};
    const std::size_t snapshot_changed_rows;
    std::unique_ptr<Engine> engine;
};

PersonWelcomed registered(const Answered& answer) {
    REQUIRE(answer.status == 200);
    REQUIRE(answer.events.size() == 1);
    return *static_cast<const PersonWelcomed*>(answer.events.front().value.get());
}

}  // namespace

TEST_CASE("what is personal is answered open, and lies sealed in the log and its snapshots") {
    Register people;
    const PersonWelcomed ann = registered(people.meet(1, "Ann Example"));
    CHECK(ann.name.plain == "Ann Example");
    CHECK(ann.born_in->plain == "Riga");
    CHECK(ann.contacts.at(0).value.plain == "+371 Ann Example");
    CHECK(people.name_in(1).plain == "Ann Example");
    people.begin();
    const std::string octets = people.octets();
    CHECK(octets.find("PersonWelcomed") != std::string::npos);
    for (const char* secret : {"Ann", "Example", "Riga", "+371"})
        CHECK(octets.find(secret) == std::string::npos);
}

TEST_CASE("a person's first key is durable before the commit that uses it") {
    Register people(1'000);
    people.meet(1, "Ann");
    people.ask(ChangeName{nth_person(1), said("Anna")});
    people.ask(ForgetPerson{nth_person(1)});
    CHECK(people.keys.happened ==
          std::vector<std::string>{"keys", "log", "log", "log", "erasure", "mark"});
}

TEST_CASE("a decision compares what one person is called, without reading it") {
    Register people;
    people.meet(1, "Ann");
    people.meet(2, "Ben");
    CHECK(people.ask(ChangeName{nth_person(1), said("Ann")}).code == "name_is_that");
    people.begin();
    CHECK(people.ask(ChangeName{nth_person(1), said("Ann")}).code == "name_is_that");
    CHECK(people.ask(ChangeName{nth_person(2), said("Ann")}).status == 200);
    CHECK(people.ask(ChangeName{nth_person(1), said("Anna")}).status == 200);
    CHECK(people.ask(ChangeName{nth_person(1), said("Ann")}).status == 200);
}

TEST_CASE("a value that is copied into a field of another name opens there") {
    Register people;
    people.meet(1, "Ann");
    const Answered answer = people.ask(ReceiveGuest{{Uuid{1, 1}}, nth_person(1)});
    REQUIRE(answer.status == 200);
    const auto& received = *static_cast<const GuestReceived*>(answer.events.at(0).value.get());
    CHECK(received.guest_name->plain == "Ann");
}

TEST_CASE("a dry run and a refusal leave no key behind") {
    Register people(1'000);
    const PersonWelcomed dry = registered(people.ask(
        WelcomePerson{nth_person(1), said("Ann"), std::nullopt, {}}, std::nullopt, true));
    CHECK(dry.name.plain == "Ann");
    CHECK(people.ask(ChangeName{nth_person(2), said("Ben")}, "c1").code == "nobody_has_id");
    CHECK(people.key_of(1) == KeyState::none);
    CHECK(people.key_of(2) == KeyState::none);
    CHECK(people.keys.happened == std::vector<std::string>{"log"});
    // The refused one is answered again, and its id is taken, whoever comes to be known meanwhile.
    CHECK(people.ask(ChangeName{nth_person(2), said("Ben")}, "c1").replayed);
    people.meet(2, "Ben");
    CHECK(people.ask(ChangeName{nth_person(2), said("Ben")}, "c1").code == "nobody_has_id");
    CHECK(people.ask(ChangeName{nth_person(3), said("Ben")}, "c1").code == "id_of_other_input");
}

TEST_CASE("a repeat compares what is personal under the person's key, after a restart too") {
    Register people;
    const Answered first = people.meet(1, "Ann", "c1");
    for (const bool restarted : {false, true}) {
        if (restarted) people.begin();
        const Answered again = people.meet(1, "Ann", "c1");
        CHECK(again.replayed);
        CHECK(again.position == first.position);
        CHECK(registered(again).name.plain == "Ann");
        CHECK(people.meet(1, "Anna", "c1").code == "id_of_other_input");
        CHECK(people.meet(1, "", "c1").code == "id_of_other_input");
    }
    const Answered renamed = people.ask(ChangeName{nth_person(1), said("Anna")}, "c2");
    CHECK(renamed.status == 200);
    CHECK(people.ask(ChangeName{nth_person(1), said("Anna")}, "c2").replayed);
    CHECK(people.ask(ChangeName{nth_person(1), said("Ann")}, "c2").code == "id_of_other_input");
    const Commit commit = commit_at(people.log, *renamed.position);
    CHECK(commit.commands.at(0).fingerprint.octets.size() == 64);
}

TEST_CASE("an erased person is erased for every reader, and what is done goes on being true") {
    Register people;
    people.meet(1, "Ann", "c1");
    people.meet(2, "Ben");
    people.ask(ReceiveGuest{{Uuid{1, 1}}, nth_person(1)});
    const auto digest = [&] {
        kontor::State state(the_catalog());
        Position position = 0;
        std::string_view bytes;
        for (const auto cursor = people.log.read_from(1); cursor->next(position, bytes);)
            if (position <= 3)
                replay(the_catalog(), state, open_commit(bytes, Hashing::skip).commit);
        return digest_of(state);
    };
    const auto before = digest();
    REQUIRE(people.ask(ForgetPerson{nth_person(1)}).status == 200);
    CHECK(people.key_of(1) == KeyState::erased);
    CHECK(people.name_in(1).erased);
    CHECK(people.name_in(1).plain.empty());
    CHECK(people.name_in(2).plain == "Ben");
    CHECK(digest() == before);

    // The repeat of what was said before answers from the commit: what is personal is gone, and so
    // the rest of the command decides whether it is the same.
    const Answered again = people.meet(1, "Ann", "c1");
    CHECK(again.replayed);
    CHECK(registered(again).name.erased);
    CHECK(people.meet(1, "Somebody else", "c1").replayed);
    CHECK(people.ask(WelcomePerson{nth_person(3), said("Ann"), said("Riga"), {}}, "c1").code ==
          "id_of_other_input");

    // What was copied stays sealed wherever it is copied again.
    const Answered copied = people.ask(ReceiveGuest{{Uuid{1, 2}}, nth_person(1)});
    REQUIRE(copied.status == 200);
    CHECK(static_cast<const GuestReceived*>(copied.events[0].value.get())->guest_name->erased);
}

TEST_CASE("nothing more is kept about an erased person") {
    Register people;
    people.meet(1, "Ann");
    people.ask(ForgetPerson{nth_person(1)});
    for (const bool restarted : {false, true}) {
        if (restarted) people.begin();
        const Answered no = people.ask(ChangeName{nth_person(1), said("Anna")}, "c9");
        CHECK(no.status == 409);
        CHECK(no.code == "subject_erased");
        CHECK_FALSE(no.position);
        CHECK(people.ask(ChangeName{nth_person(1), said("Anna")}, {}, true).code ==
              "subject_erased");
    }
    CHECK(people.key_of(1) == KeyState::erased);
    // Who names nobody, or says nothing personal, is not concerned.
    CHECK(people.ask(ChangeName{nth_person(1), {}}).status == 200);
}

TEST_CASE("an erasure counts for the commands behind it, also in the same batch and group") {
    Register people;
    people.meet(1, "Ann");
    people.meet(2, "Ben");
    const auto refused = people.ask_all({asking(ForgetPerson{nth_person(1)}, "b1"),
                                         asking(ChangeName{nth_person(1), said("Anna")}, "b2")});
    CHECK(refused.at(0).code == "batch_refused");
    CHECK(refused.at(1).code == "subject_erased");
    CHECK(people.key_of(1) == KeyState::there);

    const auto both = people.ask_all({asking(ChangeName{nth_person(1), said("Anna")}, "b3"),
                                      asking(ForgetPerson{nth_person(1)}, "b4")});
    CHECK(both.at(0).status == 200);
    CHECK(both.at(1).status == 200);
    CHECK(people.key_of(1) == KeyState::erased);

    // Registered and erased by one commit: the key is made and destroyed with it.
    const auto brief =
        people.ask_all({asking(WelcomePerson{nth_person(5), said("Eve"), std::nullopt, {}}, "b5"),
                        asking(ForgetPerson{nth_person(5)}, "b6")});
    CHECK(brief.at(1).status == 200);
    CHECK(people.key_of(5) == KeyState::erased);

    // Submitted at once, decided in turn, made durable together perhaps.
    std::vector<std::future<Answered>> answers;
    std::vector<std::unique_ptr<std::promise<Answered>>> promises;
    for (int turn = 0; turn < 3; ++turn) {
        Submission submission;
        submission.asker = {"ann", "ann's key"};
        submission.lane = 7;
        submission.asks.push_back(
            turn == 1 ? asking(ForgetPerson{nth_person(2)}, std::nullopt)
                      : asking(ChangeName{nth_person(2), said("B" + std::to_string(turn))},
                               std::nullopt));
        auto& promise = promises.emplace_back(std::make_unique<std::promise<Answered>>());
        answers.push_back(promise->get_future());
        people.engine->submit(std::move(submission), [&promise = *promise](auto given) {
            promise.set_value(std::move(given.front()));
        });
    }
    CHECK(answers[0].get().status == 200);
    CHECK(answers[1].get().status == 200);
    CHECK(answers[2].get().code == "subject_erased");
}

TEST_CASE("what is personal about nobody is malformed") {
    Register people;
    const Answered no = people.ask(LeaveMessage{std::nullopt, said("hello")});
    CHECK(no.status == 422);
    CHECK(no.code == "malformed_input");
    CHECK(no.text == "\"text\" is given, but not about whom it is.");
    CHECK(people.ask(LeaveMessage{std::nullopt, std::nullopt}).status == 200);
    CHECK(people.ask(LeaveMessage{nth_person(4), said("hello")}).status == 200);
    CHECK(people.key_of(4) == KeyState::there);
}

TEST_CASE("a crash while a key is made leaves either the person or nothing that anybody needs") {
    for (const Step step : {Step::before_keys, Step::behind_keys}) {
        Register people;
        people.keys.breaks = step;
        CHECK(people.meet(1, "Ann", "c1").code == "outcome_unknown");
        CHECK(people.engine->broken().find("the keys' disk broke") != std::string::npos);
        CHECK(people.meet(2, "Ben").code == "not_serving");
        people.keys.breaks = Step::none;
        people.begin();
        CHECK(people.log.tail().position == 0);
        const Answered again = people.meet(1, "Ann", "c1");
        CHECK(again.status == 200);
        CHECK_FALSE(again.replayed);
        CHECK(people.name_in(1).plain == "Ann");
        CHECK(people.meet(1, "Ann", "c1").replayed);
    }
}

TEST_CASE("an erasure that a crash cut short is carried out before anything is served") {
    for (const Step step : {Step::behind_log, Step::behind_erasure, Step::behind_mark}) {
        Register people(1'000);
        people.meet(1, "Ann");
        people.meet(2, "Ben");
        people.keys.breaks = step;
        CHECK(people.ask(ForgetPerson{nth_person(1)}, "c1").code == "outcome_unknown");
        // Never before it is durable, and here it is.
        CHECK(people.log.tail().position == 3);
        CHECK((people.key_of(1) == KeyState::there) == (step == Step::behind_log));
        people.keys.breaks = Step::none;
        people.begin();
        CHECK(people.key_of(1) == KeyState::erased);
        CHECK(people.key_of(2) == KeyState::there);
        CHECK(people.keys.erased_to() == 3);
        CHECK(people.ask(ForgetPerson{nth_person(1)}, "c1").replayed);
    }
}

TEST_CASE("erasures behind the mark are not looked for again, those of another history are") {
    Register people;
    people.meet(1, "Ann");
    people.ask(ForgetPerson{nth_person(1)});
    people.meet(2, "Ben");
    people.begin();
    CHECK(people.keys.erased_to() == 3);
    people.keys.happened.clear();
    people.begin();
    CHECK(people.keys.happened == std::vector<std::string>{"mark"});
    // The mark is of a longer log, and says nothing about this one.
    people.keys.erased_to(500);
    people.keys.happened.clear();
    people.begin();
    CHECK(people.keys.happened == std::vector<std::string>{"erasure", "mark"});
    CHECK(people.keys.erased_to() == 3);
}

TEST_CASE("with their keys lost all persons read as erased, and work goes on") {
    Register people;
    people.meet(1, "Ann", "c1");
    people.meet(2, "Ben");
    people.ask(ForgetPerson{nth_person(2)});
    people.engine.reset();
    people.keys.lose();
    people.begin();
    CHECK(people.name_in(1).erased);
    CHECK(people.meet(1, "Ann", "c1").replayed);
    // Ann can say it anew; what she had said before stays unreadable.
    const Answered anew = people.ask(ChangeName{nth_person(1), said("Ann")});
    REQUIRE(anew.status == 200);
    CHECK(people.name_in(*anew.position).plain == "Ann");
    CHECK(people.name_in(1).erased);
    CHECK(people.meet(1, "Ann", "c1").replayed);
    // Ben was erased, and the log knows it.
    CHECK(people.ask(ChangeName{nth_person(2), said("Ben")}).code == "subject_erased");
}

// It would be the last that anybody could do with the value: it is in the log for good, and opens
// for nobody.
TEST_CASE("an event that holds a value as another person's stops the program") {
    const auto misplaced = [](bool as_another_meaning) {
        BusinessContext context{"misplacing", "Puts things where they do not belong.", {}};
        context.parts.push_back(
            as_another_meaning
                ? Part().table<Persons>("persons").commands<Misname>().event<Misnamed>()
                : Part().table<Persons>("persons").commands<Misplace>().event<Misplaced>());
        const Catalog catalog({std::move(context)}, {});
        const auto log = memory_event_log();
        const auto keys = memory_subject_keys();
        EngineOptions options;
        options.keys = keys.get();
        Engine engine(catalog, *log, options);
        Submission submission;
        if (as_another_meaning)
            submission.asks.push_back(
                {catalog.command("Misname"),
                 std::make_shared<const Misname>(Misname{nth_person(1), said("Ann")}), std::nullopt,
                 std::nullopt});
        else
            submission.asks.push_back({catalog.command("Misplace"),
                                       std::make_shared<const Misplace>(Misplace{
                                           nth_person(1), nth_person(2), said("Ann"), said("Ben")}),
                                       std::nullopt, std::nullopt});
        engine.ask(std::move(submission));
    };
    CHECK(aborts([&] { misplaced(false); }));
    CHECK(aborts([&] { misplaced(true); }));
}

}  // namespace kontor
