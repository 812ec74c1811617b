// What the demo company really sends and stores, as inputs of the targets: where a fuzzer begins.
//
// KONTOR_FUZZ_SEEDS names a folder to write them to, a folder a target in it.
#include "api/batch_line.h"
#include "api/cursor.h"
#include "api/query_text.h"
#include "domain/contexts.h"
#include "eventstore/event_log.h"
#include "eventstore/schemas.h"
#include "eventstore/wire.h"
#include "eventstore/wire_schema.h"
#include "projections/projection.h"
#include "tests/fuzz/targets.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"
#include "tests/support/running_server.h"
#include "tools/demo.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>

namespace kontor::fuzz {
namespace {

using Seeds = std::map<std::string, std::set<std::string>, std::less<>>;

std::string to(std::string_view name, std::string_view what) {
    return std::string(name) + "\n" + std::string(what);
}

std::string request(std::string_view head, std::string_view body) {
    return "\x07" + std::string(head) + " HTTP/1.1\r\nHost: localhost\r\n" +
           "Authorization: Bearer 0123456789abcdef\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

void add_types(Seeds& seeds) {
    test::Dice dice(2026);
    for (const Type* type : messages()) {
        const Box value = test::random_value(*type, dice);
        seeds["wire"].insert(to(type->name, to_wire(*type, value.get())));
    }
    for (const Type* type : inputs()) {
        const Box value = test::random_value(*type, dice);
        test::unsealed(*type, value.get(), dice);
        std::string text = write_json(*type, value.get());
        if (!type->example.empty()) text = type->example;
        seeds["json"].insert(to(type->name, text));
        const std::string name(type->name);
        seeds["batch"].insert("{\"id\": \"" + name + "-1\", \"command\": \"" + name +
                              "\", \"data\": " + text + ", \"if_match\": 3}");
        seeds["http"].insert(request("POST /commands/" + name, text.substr(0, 200)));
    }
    const std::vector<const Type*> kinds = {&type_of<test::KitchenSink>()};
    seeds["schema"].insert(schema_binary(to_fbs("kitchen", kinds)));
}

void add_queries(Seeds& seeds) {
    test::Dice dice(2027);
    for (const ReadModelSpec& model : read_models())
        for (const QuerySpec& asked : model.queries) {
            const Box value = test::random_value(*asked.type, dice);
            const std::string name(asked.type->name);
            const std::string text = query_text(*asked.type, value.get());
            seeds["query"].insert(to(name, text));
            seeds["http"].insert(request("GET /queries/" + name + "?" + text.substr(0, 200), ""));
            seeds["cursor"].insert(
                to_text({name, model.version, 99, date_of(2026, 3, 31), text, {{"key"}}}));
        }
    // Forms that no client of ours sends.
    seeds["http"].insert(
        "\x01POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4;name=value\r\nWiki\r\n0\r\nTrailer: x\r\n\r\nGET / HTTP/1.0\r\n\r\n");
    seeds["http"].insert(
        "\x03POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
        "Connection: close\r\nContent-Length: 2\r\n\r\nokGET /");
    seeds["http"].insert(
        "\x05OPTIONS * HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\n"
        "Connection: upgrade\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
    seeds["csv"] = {std::string("\0Doc,Net,Day\r\nC1,10.5,31.1.26\r\nC1,\"-3\",1.2.26\r\n", 47),
                    "\x1f"
                    "a\tb\tc\n'quoted ''twice'''\t\t\r",
                    "\x02"
                    "caf\xe9,\x80,1.1.99 12:00\n",
                    std::string("\x04\xff\xfe"
                                "C\0,\0001\0,\0001\0.\0001\0.\0002\0006\0\n\0",
                                23)};
}

// The company's own log: its schemas, the first event of each type, commits, a chain of them.
void add_log(Seeds& seeds) {
    const test::ScratchDirectory directory;
    write_demo(directory.path(), 1);
    const auto log = rocks_event_log({directory.path(), LogAccess::read_only});
    const auto cursor = log->read_from(1);
    Position position = 0;
    std::string_view bytes;
    std::set<std::string> types;
    std::string chain = "c";
    while (cursor->next(position, bytes)) {
        const Commit commit = open_commit(bytes, Hashing::skip).commit;
        const std::string table = to_wire(commit);
        bool fresh = false;
        for (const StoredCommand& command : commit.commands)
            for (const StoredEvent& event : command.events) {
                if (!types.insert(event.type).second) continue;
                fresh = true;
                seeds["wire"].insert(to(event.type, event.data.octets));
            }
        if (fresh) seeds["envelope"].insert("t" + table);
        if (position <= 2) seeds["envelope"].insert("r" + std::string(bytes));
        if (position <= 3) {
            chain += static_cast<char>(table.size());
            chain += static_cast<char>(table.size() >> 8);
            chain += table;
        }
    }
    seeds["envelope"].insert(chain);
    log->each_row(LocalRow::Family::schemas, {}, {},
                  [&](std::string_view, std::string_view schema) {
                      seeds["schema"].insert(std::string(schema));
                      return true;
                  });
}

void write(const Seeds& seeds, const std::filesystem::path& folder) {
    for (const auto& [target, inputs] : seeds) {
        std::filesystem::create_directories(folder / target);
        int number = 0;
        for (const std::string& input : inputs)
            std::ofstream(folder / target / ("seed-" + std::to_string(number++)), std::ios::binary)
                << input;
    }
}

}  // namespace

TEST_CASE("what the demo company sends and stores holds at every target") {
    Seeds seeds;
    add_types(seeds);
    add_queries(seeds);
    add_log(seeds);
    if (const char* folder = std::getenv("KONTOR_FUZZ_SEEDS")) write(seeds, folder);
    for (const Target& target : targets()) {
        INFO(std::string(target.name));
        CHECK(seeds[std::string(target.name)].size() > 2);
        for (const std::string& input : seeds[std::string(target.name)]) {
            CAPTURE(input.substr(0, 60));
            CHECK_NOTHROW(target.take(input));
        }
    }
}

}  // namespace kontor::fuzz
