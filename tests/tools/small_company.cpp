// How the small company comes to be, through the engine and the projector.
#include "tests/tools/small_company.h"

#include "api/json.h"
#include "domain/access/rights.h"
#include "domain/access/roles.h"
#include "domain/contexts.h"
#include "domain/ledger/entries.h"
#include "eventstore/engine.h"
#include "projections/projector.h"
#include "projections/rocks_rows.h"
#include "tests/support/dice.h"

#include <cstdlib>
#include <future>
#include <stdexcept>

namespace kontor::test {
namespace {

void expect(bool holds, const std::string& what) {
    if (!holds) throw std::logic_error(what);
}

class Writer {
public:
    Writer(const std::string& directory, std::uint64_t seed)
        : dice_(seed), catalog_(make_catalog()), log_(rocks_event_log(log_options(directory))) {
        EngineOptions options;
        options.rights = [](const World& world) { return access::Rights(world); };
        options.zone_of = companies::time_zone_of;
        options.snapshot_changed_rows = 40;
        options.clock = [this] { return Timestamp{now_ += 1'500'000}; };
        keys_ = subject_keys_of(*catalog_, directory);
        options.keys = keys_.get();
        engine_ = std::make_unique<Engine>(*catalog_, *log_, options);
    }

    template <class... Command>
    std::vector<Answered> ask(const std::string& id, Command... commands) {
        Submission submission;
        submission.asker = {"kontor", "", true};
        std::size_t n = 0;
        const auto add = [&](auto command) {
            using C = decltype(command);
            const std::string each = n++ == 0 ? id : id + '-' + std::to_string(n);
            submission.asks.push_back(
                {catalog_->command(&type_of<C>()), std::make_shared<const C>(std::move(command)),
                 id.empty() ? std::nullopt : std::optional(each), std::nullopt});
        };
        (add(std::move(commands)), ...);
        auto answers = engine_->ask(std::move(submission));
        std::size_t event_number = 0;
        for (const Answered& answer : answers)
            for (const Answered::Event& event : answer.events)
                company_.events.push_back(
                    {std::to_string(*answer.position) + '.' + std::to_string(event_number++),
                     std::string(event.type->name), write_json(*event.type, event.value.get())});
        return answers;
    }

    void found(const std::string& code) {
        const auto answers =
            ask("found-" + code, companies::CreateCompany{{code},
                                                          code + " Ltd",
                                                          *currency_from("GBP"),
                                                          "Europe/London",
                                                          4,
                                                          2025,
                                                          companies::Chart::standard});
        expect(answers[0].status == 200, answers[0].text);
    }

    ledger::PostEntry entry(const std::string& company) {
        const auto amount = [&] {
            return Money{dice_.between(1, 5'000'000), *currency_from("GBP")};
        };
        ledger::PostEntry post;
        post.company = {company};
        post.entry = {Uuid{dice_.next(), dice_.next()}};
        post.journal = {"GEN"};
        post.date = *date_of(2025, 5, 1) + static_cast<int>(dice_.below(300));
        post.text = "entry \"" + std::to_string(dice_.below(1000)) + "\"\n\xC3\xA9";
        const Money first = amount(), second = amount();
        const Money sum{first.minor + second.minor, first.currency};
        post.lines = {{{"1010"}, ledger::Side::debit, first, {}, "cash", {}},
                      {{"1010"}, ledger::Side::debit, second, {}, {}, {}},
                      {{"3000"}, ledger::Side::credit, sum, {}, {}, {}}};
        return post;
    }

    void trade() {
        for (int at = 0; at < 60; ++at) {
            const std::string company = dice_.one_in(3) ? "OTHER" : "ACME";
            const std::string id = dice_.one_in(4) ? "" : "post-" + std::to_string(at);
            ledger::PostEntry post = entry(company);
            if (dice_.one_in(8)) {
                post.lines.pop_back();
                expect(ask(id, post)[0].code == "entry_unbalanced", "half an entry is refused");
                continue;
            }
            const auto answers = ask(id, post);
            expect(answers[0].status == 200, answers[0].text);
            if (dice_.one_in(5)) {
                const auto back = ask("back-" + std::to_string(at),
                                      ledger::ReverseEntry{{company},
                                                           {Uuid{dice_.next(), dice_.next()}},
                                                           post.entry,
                                                           {},
                                                           "a mistake"});
                expect(back[0].status == 200, back[0].text);
            }
        }
        const auto batch = ask("batch", entry("ACME"), entry("ACME"), entry("ACME"));
        expect(batch.size() == 3 && batch[2].status == 200, "a batch is taken whole");
    }

    // As the first start of a server does it.
    void admit() {
        const auto answers =
            ask("", access::DefineRole{{"administrator"}, {"*"}},
                access::GrantRole{{"administrator"}, {"administrator"}, std::nullopt},
                access::CreateKey{{"admin"}, {"administrator"}, {std::string(32, 'k')}});
        expect(answers[2].status == 200, answers[2].text);
    }

    SmallCompany finish(const std::string& directory) {
        std::promise<TableSums> sums;
        engine_->between_commands([&](const State& state) { sums.set_value(digest_of(state)); });
        company_.digest = to_text(summed_up(*catalog_, sums.get_future().get()).all);
        engine_->stop();
        const LogTail tail = log_->tail();
        company_.commits = tail.position;
        RocksRows rows(directory + "/views");
        Projector projector(*catalog_, *log_, rows, read_models(), {});
        expect(projector.wait_for(tail.position, std::chrono::seconds(30)), "folded in time");
        projector.stop();
        return std::move(company_);
    }

private:
    static RocksLogOptions log_options(const std::string& directory) {
        RocksLogOptions options;
        options.directory = directory;
        return options;
    }

    Dice dice_;
    std::int64_t now_ = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z
    std::unique_ptr<Catalog> catalog_;
    std::unique_ptr<EventLog> log_;
    std::unique_ptr<SubjectKeys> keys_;
    std::unique_ptr<Engine> engine_;
    SmallCompany company_;
};

}  // namespace

ToolsDirectory::ToolsDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "kontor-tools-XXXXXX").string();
    expect(::mkdtemp(name.data()) != nullptr, "a directory can be made");
    path_ = name;
}

ToolsDirectory::~ToolsDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

SmallCompany write_small_company(const std::string& directory, std::uint64_t seed) {
    Writer writer(directory, seed);
    writer.admit();
    writer.found("ACME");
    writer.found("OTHER");
    writer.trade();
    return writer.finish(directory);
}

const SmallCompany& copy_of_small_company(const std::string& directory) {
    static const ToolsDirectory kept;
    static const SmallCompany company = write_small_company(kept / "company", 20'260'224);
    std::filesystem::copy(kept / "company", directory, std::filesystem::copy_options::recursive);
    return company;
}

}  // namespace kontor::test
