// The projector: all read models at one position, each event once, whatever stops it in between.
#include "projections/projector.h"
#include "eventstore/engine.h"
#include "eventstore/wire.h"
#include "projections/memory_rows.h"
#include "projections/two_time_totals.h"
#include "tests/projections/row_stores.h"
#include "tests/support/warehouse.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include <array>
#include <atomic>
#include <future>
#include <map>
#include <random>
#include <thread>

namespace kontor {
namespace {

using namespace warehouse;
using std::chrono::milliseconds;
using std::chrono::seconds;

const Catalog& the_catalog() {
    static const auto catalog = warehouse::catalog();
    return *catalog;
}

struct PiecesIn {
    BinCode bin;
    static void describe(auto& query) {
        query.record("pieces_in", "What a bin holds.")
            .every_company()
            .field("bin", &PiecesIn::bin, "A bin.")
            .template answers<Bin>(Times::both);
    }
};

class Pieces {
public:
    explicit Pieces(const Place& place) : totals_(place.table(1), 1) {}
    void on(const PiecesMoved& moved, const Recorded& recorded) {
        totals_.add(recorded.rows, moved.bin.text, recorded.day, recorded.event,
                    std::array<std::int64_t, 1>{moved.pieces});
    }
    void answer(const PiecesIn& query, const AsOf& as_of, Page<Bin>& page) const {
        std::array<Wide, 1> sum{};
        if (totals_.sum(as_of.rows, query.bin.text, as_of.corner, sum))
            page.add(query.bin.text, Bin{static_cast<std::int64_t>(sum[0])});
    }

private:
    TwoTimeTotals totals_;
};

std::atomic<bool> throws_at_thirteen{false};

// A model with a fault: it cannot bear thirteen pieces.
class Nervous {
public:
    explicit Nervous(const Place& place) : prefix_(place.table(1)) {}
    void on(const PiecesMoved& moved, const Recorded& recorded) {
        if (throws_at_thirteen && moved.pieces == -13) throw StorageBroken("thirteen");
        recorded.rows.put(prefix_ + moved.bin.text, std::to_string(moved.left));
    }

private:
    std::string prefix_;
};

std::vector<ReadModelSpec> models(int version = 1) {
    std::vector<ReadModelSpec> specs;
    specs.push_back(ReadModelSpec::of<Pieces>("pieces", version, "warehouse")
                        .folding<Pieces, PiecesMoved>()
                        .answering<Pieces, PiecesIn, Bin>());
    specs.push_back(
        ReadModelSpec::of<Nervous>("nervous", 1, "warehouse").folding<Nervous, PiecesMoved>());
    return specs;
}

struct House {
    House() : log(memory_event_log()), engine(the_catalog(), *log, {}) {}

    template <class C>
    int ask(C command) {
        Submission submission;
        submission.asker = {"ann", "key"};
        submission.asks.push_back({the_catalog().command(&type_of<C>()),
                                   std::make_shared<const C>(std::move(command)),
                                   {},
                                   {}});
        return engine.ask(std::move(submission)).front().status;
    }
    void live(std::uint32_t seed, int steps) {
        std::mt19937 dice(seed);
        for (const char* bin : {"A", "B", "C"}) ask(OpenBin{{bin}});
        for (int step = 0; step < steps; ++step)
            ask(MovePieces{{std::string(1, static_cast<char>('A' + dice() % 3))},
                           static_cast<std::int64_t>(dice() % 12) - 4});
    }
    std::unique_ptr<Projector> projector(RowStore& rows, std::vector<ReadModelSpec> specs,
                                         std::size_t most_commits = 7,
                                         std::size_t far_behind = 20'000,
                                         std::size_t most_held_bytes = 64u << 20) {
        ProjectorOptions options;
        options.most_commits = most_commits;
        options.far_behind = far_behind;
        options.most_held_bytes = most_held_bytes;
        options.report = [this](const std::string& sentence) { reports.push_back(sentence); };
        return std::make_unique<Projector>(the_catalog(), *log, rows, std::move(specs), options);
    }
    Position tail() const { return log->tail().position; }

    std::unique_ptr<EventLog> log;
    Engine engine;
    std::vector<std::string> reports;
};

DigestSum digest_of_model(const Projector& projector, std::string_view name) {
    const auto view = projector.view();
    return Projector::digest(*view, *view->named(name));
}

std::optional<std::int64_t> pieces_in(const Projector& projector, const char* bin, Corner corner) {
    const auto view = projector.view();
    const auto query = projector.query("pieces_in");
    const PiecesIn asked{{bin}};
    AnyPage page(10, {});
    query->query->answer(view->named("pieces")->model.get(), &asked,
                         AsOf{corner, view->position, *view->rows, *view}, page);
    if (page.rows().empty()) return std::nullopt;
    return page.rows().front().as<Bin>()->pieces;
}

bool settles(const std::function<bool()>& holds) {
    for (int tries = 0; tries < 1'000; ++tries) {
        if (holds()) return true;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
}

}  // namespace

TEST_CASE("read models hold what the log says, at any position that was known") {
    House house;
    house.live(1, 150);
    MemoryRows rows;
    const auto projector = house.projector(rows, models());
    REQUIRE(projector->wait_for(house.tail(), seconds(10)));
    std::map<std::string, std::int64_t> plain;
    std::string_view bytes;
    Position position = 0;
    for (const auto cursor = house.log->read_from(1); cursor->next(position, bytes);) {
        const Commit commit = open_commit(bytes, Hashing::skip).commit;
        for (const StoredEvent& event : commit.commands[0].events)
            if (const auto moved = event.type == "PiecesMoved"
                                       ? from_wire<PiecesMoved>(event.data.octets)
                                       : std::nullopt)
                plain[moved->bin.text] += moved->pieces;
        for (const auto& [bin, pieces] : plain)
            CHECK(pieces_in(*projector, bin.c_str(), {std::nullopt, position}) == pieces);
    }
    CHECK(plain.size() == 3);
}

TEST_CASE("live, rebuilt, and cut at every commit: the same rows") {
    House house;
    house.live(2, 60);
    MemoryRows whole, cut;
    const auto live = house.projector(whole, models(), 1'000);
    REQUIRE(live->wait_for(house.tail(), seconds(10)));
    // A projector that folds one commit a batch, ended and started again and again.
    for (Position to = 1; to <= house.tail(); to += 9) {
        const auto part = house.projector(cut, models(), 1);
        REQUIRE(part->wait_for(to, seconds(10)));
    }
    const auto last = house.projector(cut, models(), 3);
    REQUIRE(last->wait_for(house.tail(), seconds(10)));
    for (const char* model : {"pieces", "nervous"})
        CHECK(digest_of_model(*live, model) == digest_of_model(*last, model));

    SECTION("a rebuild gives the same digest and says nothing") {
        const std::string before = live->view()->named("pieces")->prefix;
        const DigestSum digest = digest_of_model(*live, "pieces");
        REQUIRE(live->rebuild("pieces"));
        CHECK_FALSE(live->rebuild("unheard_of"));
        bool always_building = true;
        REQUIRE(settles([&] {
            const auto status = live->status();
            const bool building = std::ranges::any_of(
                status, [](const auto& one) { return one.name == "pieces" && one.building; });
            const bool there = live->view()->named("pieces")->prefix != before;
            always_building = always_building && (building || there);
            return there;
        }));
        CHECK(always_building);
        CHECK(digest_of_model(*live, "pieces") == digest);
        CHECK(house.reports.empty());
    }
}

TEST_CASE("live, far behind, rebuilt and ingested, ended at any moment: the same rows") {
    House house;
    const testing::ScratchDirectory scratch;
    house.live(21, 400);
    MemoryRows plain;
    const auto live = house.projector(plain, models(), 1);
    REQUIRE(live->wait_for(house.tail(), seconds(10)));
    for (const std::size_t ingest_from : {std::size_t{0}, std::size_t{1} << 30}) {
        RocksRowsOptions storing;
        storing.ingest_from_bytes = ingest_from;
        const auto directory = scratch / (ingest_from == 0 ? "ingested" : "written");
        // Few rows are held, so that they are written in the middle of the way too. What is held
        // and not written is lost at each end, and the database does not know of it.
        for (const std::size_t held : {1'500u, 100'000u}) {
            for (int part = 0; part < 8; ++part) {
                RocksRows rows(directory, storing);
                const auto projector = house.projector(rows, models(), 7, 40, held);
                if (part % 2 == 1) projector->rebuild_all();
                std::this_thread::sleep_for(milliseconds(part));
                projector->stop();
                rows.close();
            }
            RocksRows rows(directory, storing);
            const auto projector = house.projector(rows, models(), 7, 40, held);
            REQUIRE(projector->wait_for(house.tail(), seconds(10)));
            REQUIRE(settles([&] {
                return std::ranges::none_of(projector->status(), &Projector::Status::building);
            }));
            for (const char* model : {"pieces", "nervous"})
                CHECK(digest_of_model(*projector, model) == digest_of_model(*live, model));
            projector->stop();
        }
    }
    CHECK(house.reports.empty());
}

TEST_CASE("a model that throws far behind costs what was held, and no row of the others") {
    House house;
    house.live(22, 60);
    house.ask(MovePieces{{"A"}, 100});
    house.ask(MovePieces{{"A"}, -13});
    house.live(23, 60);
    MemoryRows plain, held;
    throws_at_thirteen = true;
    {
        const auto one = house.projector(plain, models(), 1);
        const auto other = house.projector(held, models(), 5, 0, 1 << 20);
        for (const auto* projector : {&one, &other}) {
            REQUIRE((*projector)->wait_for(house.tail(), seconds(10)));
            CHECK((*projector)->view()->named("nervous")->stopped == "thirteen");
        }
        CHECK(digest_of_model(*one, "pieces") == digest_of_model(*other, "pieces"));
        // Rebuilt together, one throws again and the other takes its place.
        const std::string before = other->view()->named("pieces")->prefix;
        other->rebuild_all();
        REQUIRE(settles([&] { return other->view()->named("pieces")->prefix != before; }));
        CHECK(digest_of_model(*one, "pieces") == digest_of_model(*other, "pieces"));
        CHECK(other->view()->named("nervous")->stopped == "thirteen");
    }
    throws_at_thirteen = false;
}

TEST_CASE("a rebuild notices that the old rows were corrupt") {
    House house;
    house.live(3, 40);
    MemoryRows rows;
    std::string prefix;
    {
        const auto projector = house.projector(rows, models());
        REQUIRE(projector->wait_for(house.tail(), seconds(10)));
        prefix = projector->view()->named("nervous")->prefix;
    }
    const auto batch = rows.begin();
    batch->put(prefix + "\x01" + "A", "a lie");
    batch->commit();
    const auto projector = house.projector(rows, models());
    projector->rebuild("nervous");
    REQUIRE(settles([&] { return projector->view()->named("nervous")->prefix != prefix; }));
    projector->stop();
    REQUIRE(house.reports.size() == 1);
    CHECK(house.reports[0].find("nervous was corrupt") != std::string::npos);
}

TEST_CASE("a model that throws stops at its position and the rest go on") {
    House house;
    house.live(4, 20);
    const Position before = house.tail();
    house.ask(MovePieces{{"A"}, 100});
    house.ask(MovePieces{{"A"}, -13});
    house.live(5, 10);
    throws_at_thirteen = true;
    MemoryRows rows;
    {
        const auto projector = house.projector(rows, models(), 1);
        REQUIRE(projector->wait_for(house.tail(), seconds(10)));
        const auto view = projector->view();
        CHECK(view->named("pieces")->stopped.empty());
        CHECK(view->named("nervous")->stopped == "thirteen");
        CHECK(view->named("nervous")->position == before + 1);
        CHECK_THROWS_WITH(view->model(typeid(Nervous)),
                          Catch::Contains("nervous") && Catch::Contains("thirteen"));
        CHECK(view->model(typeid(Pieces)) != nullptr);
    }
    throws_at_thirteen = false;
    const auto mended = house.projector(rows, models(), 1);
    CHECK(mended->view()->named("nervous")->stopped == "thirteen");  // until it is built anew
    mended->rebuild("nervous");
    REQUIRE(settles([&] { return mended->view()->named("nervous")->stopped.empty(); }));
    CHECK(mended->view()->named("nervous")->position == house.tail());
}

TEST_CASE("a new version is built beside the others and then answers") {
    House house;
    house.live(6, 50);
    MemoryRows rows;
    { REQUIRE(house.projector(rows, models())->wait_for(house.tail(), seconds(10))); }
    const auto projector = house.projector(rows, models(2), 1);
    REQUIRE(settles([&] { return projector->view()->named("pieces")->stopped.empty(); }));
    CHECK(projector->view()->named("pieces")->model != nullptr);
    CHECK(pieces_in(*projector, "A", {}) == [&] {
        MemoryRows fresh;
        const auto other = house.projector(fresh, models());
        other->wait_for(house.tail(), seconds(10));
        return pieces_in(*other, "A", {});
    }());
}

TEST_CASE("read models of another log are thrown away") {
    House house, other;
    house.live(7, 30);
    other.live(8, 50);
    MemoryRows rows;
    { REQUIRE(other.projector(rows, models())->wait_for(other.tail(), seconds(10))); }
    const auto projector = house.projector(rows, models());
    REQUIRE(projector->wait_for(house.tail(), seconds(10)));
    CHECK_FALSE(house.reports.empty());
    MemoryRows fresh;
    const auto clean = house.projector(fresh, models());
    REQUIRE(clean->wait_for(house.tail(), seconds(10)));
    CHECK(digest_of_model(*projector, "pieces") == digest_of_model(*clean, "pieces"));
}

TEST_CASE("commits that nobody waits for are gathered, and folded at once for who does") {
    House house;
    house.live(12, 40);
    MemoryRows rows;
    ProjectorOptions options;
    options.gathered_for = std::chrono::minutes(10);
    Projector projector(the_catalog(), *house.log, rows, models(), options);
    REQUIRE(projector.wait_for(house.tail(), seconds(10)));
    const Position before = house.tail();
    house.ask(MovePieces{{"A"}, 1});
    projector.tail_moved(house.tail());
    std::this_thread::sleep_for(milliseconds(30));
    CHECK(projector.view()->position == before);
    CHECK(projector.wait_for(house.tail(), seconds(10)));
    // That was a batch of one, and what comes now and then is folded as it comes.
    house.ask(MovePieces{{"A"}, 1});
    projector.tail_moved(house.tail());
    CHECK(settles([&] { return projector.view()->position == house.tail(); }));
    // Nor are many held back.
    for (int more = 0; more < 40; ++more) house.ask(MovePieces{{"B"}, 1});
    options.most_commits = 30;
    MemoryRows others;
    Projector impatient(the_catalog(), *house.log, others, models(), options);
    REQUIRE(impatient.wait_for(house.tail(), seconds(10)));
    for (int more = 0; more < 30; ++more) house.ask(MovePieces{{"B"}, 1});
    impatient.tail_moved(house.tail());
    CHECK(settles([&] { return impatient.view()->position == house.tail(); }));
}

// Dies before it has erased the rows of another model.
class DiesWhileErasing final : public RowStore {
public:
    DiesWhileErasing(RowStore& rows, int erases_left) : rows_(rows), erases_left_(erases_left) {}
    std::shared_ptr<const RowReader> snapshot() const override { return rows_.snapshot(); }
    std::unique_ptr<RowBatch> begin() override { return rows_.begin(); }
    void erase_prefix(std::string_view prefix) override {
        if (erases_left_-- == 0) throw StorageBroken("killed");
        rows_.erase_prefix(prefix);
    }
    void checkpoint(const std::filesystem::path& directory) override {
        rows_.checkpoint(directory);
    }
    void sync() override { rows_.sync(); }
    void close() override { rows_.close(); }

private:
    RowStore& rows_;
    int erases_left_;
};

TEST_CASE("read models of another log are thrown away as a whole, though it takes two starts") {
    House house, other;
    house.live(7, 30);
    other.live(8, 50);
    MemoryRows fresh;
    const auto clean = house.projector(fresh, models());
    REQUIRE(clean->wait_for(house.tail(), seconds(10)));
    for (int erases = 0; erases < 3; ++erases) {  // the register's and two models'
        MemoryRows rows;
        { REQUIRE(other.projector(rows, models())->wait_for(other.tail(), seconds(10))); }
        DiesWhileErasing dying(rows, erases);
        CHECK_THROWS_AS(house.projector(dying, models()), StorageBroken);
        const auto projector = house.projector(rows, models());
        REQUIRE(projector->wait_for(house.tail(), seconds(10)));
        for (const char* model : {"pieces", "nervous"})
            CHECK(digest_of_model(*projector, model) == digest_of_model(*clean, model));
    }
}

TEST_CASE("waiting for a position ends when it is there, or at the deadline") {
    House house;
    house.live(9, 5);
    MemoryRows rows;
    const auto projector = house.projector(rows, models());
    REQUIRE(projector->wait_for(house.tail(), seconds(10)));
    CHECK_FALSE(projector->wait_for(house.tail() + 1, milliseconds(20)));
    std::promise<bool> there;
    projector->when_at(house.tail() + 1, std::chrono::steady_clock::now() + seconds(10),
                       [&](bool reached) { there.set_value(reached); });
    house.ask(MovePieces{{"A"}, 1});
    projector->tail_moved(house.tail());
    CHECK(there.get_future().get());
    std::promise<bool> never;
    projector->when_at(house.tail() + 1, std::chrono::steady_clock::now() + seconds(100),
                       [&](bool reached) { never.set_value(reached); });
    projector->stop();
    CHECK_FALSE(never.get_future().get());
}

}  // namespace kontor
