// Persons in a real company: who reads them, what of them is on the disk, and what an erasure, a
// backup and a restore leave of them.
#include "api/http_client.h"
#include "api/scalar_text.h"
#include "api/server.h"
#include "domain/contexts.h"
#include "eventstore/hashes.h"
#include "eventstore/subject_keys.h"
#include "tests/support/people_list.h"
#include "tests/tools/small_company.h"
#include "tools/audit.h"
#include "tools/audit_state.h"
#include "tools/audit_verify.h"
#include "tools/backup.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <sstream>

namespace kontor {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::Ran;
using test::ran;

// The program with a register of persons on top.
const Catalog& with_people() {
    static const auto catalog = [] {
        auto all = contexts();
        all.push_back(people::context());
        return std::make_unique<Catalog>(std::move(all), std::vector<FlowSpec>{});
    }();
    return *catalog;
}
std::vector<ReadModelSpec> models() {
    auto all = read_models();
    all.push_back(people::people_list());
    return all;
}

constexpr const char* ann = "00000000-0000-0007-0000-000000000001";
constexpr const char* ben = "00000000-0000-0007-0000-000000000002";
// Nothing else in the company is spelled like these.
const std::vector<std::string> secrets = {"Zephyrine Quill", "Oudtshoorn", "+27 44 555 0199",
                                          "Zephyrine Moss"};

class People {
public:
    explicit People(std::string directory) : directory_(std::move(directory)) { begin(); }

    void begin() {
        server_.reset();
        ServerOptions options;
        options.directory = directory_;
        server_ = std::make_unique<Server>(with_people(), models(), options);
        client_ = std::make_unique<HttpClient>(server_->url());
        // As `kontor serve` tells tools beside it.
        std::ofstream(directory_ + "/server.json")
            << json{{"pid", ::getpid()}, {"url", server_->url()}};
        if (key_.empty()) key_ = admin();
    }
    void end() {
        server_.reset();
        fs::remove(directory_ + "/server.json");
    }
    std::string admin() const {
        std::string line;
        std::ifstream file(directory_ + "/admin.key");
        std::getline(file, line);
        return line;
    }
    void act_with(std::string key) { key_ = std::move(key); }

    HttpAnswer command(const std::string& name, const std::string& body,
                       std::vector<Header> headers = {}, const std::string& how = {}) {
        headers.push_back({"Authorization", "Bearer " + key_});
        const HttpAnswer answer = client_->post("/commands/" + name + how, body, headers);
        const json told = json::parse(answer.body, nullptr, false);
        if (told.is_object() && told.contains("position"))
            position_ = told["position"].get<std::int64_t>();
        return answer;
    }
    json data_of(const HttpAnswer& answer) {
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("events").at(0).at("data");
    }
    HttpAnswer get(const std::string& target, std::vector<Header> headers = {}) {
        headers.push_back({"Authorization", "Bearer " + key_});
        return client_->get(target, headers);
    }
    HttpAnswer ask(const std::string& more = {}, std::vector<Header> headers = {}) {
        return get("/queries/people?min_position=" + std::to_string(position_) + more,
                   std::move(headers));
    }
    json rows() {
        const HttpAnswer answer = ask();
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("rows");
    }
    // What the feed tells up to the newest position.
    std::string feed() {
        std::string told;
        HttpClient client(server_->url());
        client.send({"GET",
                     "/events?after=0",
                     {{"Authorization", "Bearer " + key_}, {"Accept", "application/x-ndjson"}},
                     {},
                     {}},
                    [&](std::string_view piece) {
                        told += piece;
                        return told.find("\"position\":" + std::to_string(position_) + ",") ==
                               std::string::npos;
                    });
        return told;
    }
    // A key of its own with a role of these permissions, for every company.
    std::string key_with(const std::string& name, const json& permissions) {
        const std::string secret = "the secret of " + name;
        const Hash hash = sha256(secret);
        std::string encoded;
        append_base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, encoded);
        const auto tell = [&](const char* command, const json& body) {
            REQUIRE(this->command(command, body.dump()).status == 200);
        };
        tell("DefineRole", {{"role", name}, {"permissions", permissions}});
        tell("GrantRole", {{"actor", name}, {"role", name}});
        tell("CreateKey", {{"key", name}, {"actor", name}, {"sha256", encoded}});
        return secret;
    }
    void meet_ann() {
        data_of(command(
            "RegisterPerson",
            json{{"person", ann},
                 {"name", "Zephyrine Quill"},
                 {"born_in", "Oudtshoorn"},
                 {"contacts", {{{"kind", "satellite phone"}, {"value", "+27 44 555 0199"}}}}}
                .dump(),
            {{"Idempotency-Key", "ann-1"}}));
    }
    void meet_ben() {
        data_of(
            command("RegisterPerson",
                    json{{"person", ben}, {"name", "Ben"}, {"contacts", json::array()}}.dump()));
    }

private:
    const std::string directory_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<HttpClient> client_;
    std::string key_;
    std::int64_t position_ = 0;
};

std::string octets_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Names of the files below a directory that hold the text.
std::vector<std::string> holding(const std::string& directory, const std::string& text) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (entry.is_regular_file() && octets_of(entry.path()).find(text) != std::string::npos)
            files.push_back(entry.path().string());
    return files;
}

void check_no_secret_in(const std::string& directory) {
    // What is not personal is found, so that the search is known to find.
    CHECK_FALSE(holding(directory, "satellite phone").empty());
    for (const std::string& secret : secrets) {
        CAPTURE(secret, directory);
        CHECK(holding(directory, secret) == std::vector<std::string>{});
        CHECK(holding(directory, secret.substr(0, 9)) == std::vector<std::string>{});
    }
}

Examination examined(const std::string& directory) {
    RocksLogOptions options;
    options.directory = directory;
    options.access = LogAccess::read_only;
    const auto log = rocks_event_log(options);
    return examine(with_people(), models(), {*log, directory + "/views", {}});
}

std::string digests_of(const std::string& directory, Position to) {
    RocksLogOptions options;
    options.directory = directory;
    options.access = LogAccess::read_only;
    const auto log = rocks_event_log(options);
    std::ostringstream out;
    print_replay(with_people(), *log, to, models(), {}, PrintAs::json, out);
    return out.str();
}

mode_t mode_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

const json erased = {{"erased", true}};
const json sealed = {{"sealed", true}};

}  // namespace

TEST_CASE("who may ask a query reads persons; CSV says it in a word") {
    const test::ToolsDirectory place;
    People people(place / "company");
    people.meet_ann();
    people.meet_ben();
    const json rows = people.rows();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["name"] == "Zephyrine Quill");
    CHECK(rows[0]["born_in"] == "Oudtshoorn");
    CHECK(rows[0]["contacts"][0]["value"] == "+27 44 555 0199");
    CHECK_FALSE(rows[1].contains("born_in"));
    CHECK(json::parse(people.ask().body)["totals"]["first_name"] == "Zephyrine Quill");
    const std::string csv = people.ask({}, {{"Accept", "text/csv"}}).body;
    CHECK(csv.find(std::string(ann) + ",Zephyrine Quill,Oudtshoorn,") != std::string::npos);
    CHECK(csv.find("+27 44 555 0199") != std::string::npos);

    // The text is the same before and after: only sealed anew, the row has not changed.
    CHECK(people.command("ChangeName", json{{"person", ann}, {"name", "Zephyrine Quill"}}.dump())
              .status == 409);
    people.data_of(
        people.command("ChangeName", json{{"person", ann}, {"name", "Zephyrine Moss"}}.dump()));
    const json diff = json::parse(people.get("/queries/people/diff?between=1&between=3").body);
    INFO(diff.dump());
    REQUIRE(diff.contains("rows"));

    people.command("ErasePerson", json{{"person", ann}}.dump());
    const json after = people.rows();
    CHECK(after[0]["name"] == erased);
    CHECK(after[0]["born_in"] == erased);
    CHECK(after[0]["contacts"][0]["kind"] == "satellite phone");
    CHECK(after[0]["contacts"][0]["value"] == erased);
    CHECK(after[1]["name"] == "Ben");
    CHECK(json::parse(people.ask().body)["totals"]["first_name"] == erased);
    CHECK(people.ask({}, {{"Accept", "text/csv"}})
              .body.find(std::string(ann) + ",[erased],[erased],") != std::string::npos);
}

TEST_CASE("commands and the feed open persons for who may read their context, and nobody else") {
    const test::ToolsDirectory place;
    People people(place / "company");
    const std::string clerk = people.key_with("clerk", {"RegisterPerson", "ReceiveGuest"});
    const std::string listener = people.key_with("listener", {"events"});
    const std::string carer = people.key_with("carer", {"events", "people.*"});
    const std::string admin = people.admin();
    people.meet_ann();

    people.act_with(clerk);
    const json told = people.data_of(
        people.command("RegisterPerson",
                       json{{"person", ben}, {"name", "Ben"}, {"contacts", json::array()}}.dump()));
    CHECK(told["name"] == sealed);
    // What others once said of Ann is not told to who may only say that she came.
    const std::string visit =
        json{{"visit", "00000000-0000-0009-0000-000000000001"}, {"guest", ann}}.dump();
    CHECK(people.data_of(
              people.command("ReceiveGuest", visit, {}, "?dry_run=true"))["guest_name"] == sealed);
    CHECK(people.get("/queries/people").status == 403);
    people.act_with(carer);
    CHECK(people.data_of(people.command("ReceiveGuest", visit))["guest_name"] == "Zephyrine Quill");

    const std::string open = people.feed();
    CHECK(open.find("\"name\":\"Zephyrine Quill\"") != std::string::npos);
    CHECK(open.find("\"value\":\"+27 44 555 0199\"") != std::string::npos);
    people.act_with(listener);
    const std::string closed = people.feed();
    CHECK(closed.find("\"name\":{\"sealed\":true}") != std::string::npos);
    for (const std::string& secret : secrets) CHECK(closed.find(secret) == std::string::npos);

    people.act_with(admin);
    people.command("ErasePerson", json{{"person", ann}}.dump());
    people.act_with(carer);
    const std::string later = people.feed();
    CHECK(later.find("\"name\":{\"erased\":true}") != std::string::npos);
    CHECK(later.find("\"name\":\"Ben\"") != std::string::npos);
    for (const std::string& secret : secrets) CHECK(later.find(secret) == std::string::npos);
}

TEST_CASE("nothing of a person is in plain octets on the disk, before and after an erasure") {
    const test::ToolsDirectory place;
    const std::string directory = place / "company";
    People people(directory);
    people.meet_ann();
    people.meet_ben();
    people.data_of(
        people.command("ChangeName", json{{"person", ann}, {"name", "Zephyrine Moss"}}.dump()));
    CHECK(people.rows().size() == 2);
    check_no_secret_in(directory);
    const Ran taken =
        ran(backup, {"--data", directory, "--to", place / "backup", "--keys", place / "keys"});
    INFO(taken.err);
    REQUIRE(taken.code == 0);
    check_no_secret_in(place / "backup");
    CHECK_FALSE(fs::exists(place / "backup/keys"));
    people.end();
    check_no_secret_in(directory);
    const Examination before = examined(directory);
    CHECK(before.difference == "");
    const std::string digests = digests_of(directory, before.commits);
    CHECK(mode_of(directory + "/keys") == 0700);

    people.begin();
    CHECK(people.rows()[0]["name"] == "Zephyrine Moss");
    const json registered = people.data_of(people.command(
        "RegisterPerson",
        json{{"person", ann},
             {"name", "Zephyrine Quill"},
             {"born_in", "Oudtshoorn"},
             {"contacts", {{{"kind", "satellite phone"}, {"value", "+27 44 555 0199"}}}}}
            .dump(),
        {{"Idempotency-Key", "ann-1"}}));
    CHECK(registered["name"] == "Zephyrine Quill");
    CHECK(people.command("ErasePerson", json{{"person", ann}}.dump()).status == 200);
    CHECK(people.rows()[0]["name"] == erased);
    const HttpAnswer refused =
        people.command("ChangeName", json{{"person", ann}, {"name", "Zephyrine Moss"}}.dump());
    CHECK(refused.status == 409);
    CHECK(json::parse(refused.body)["code"] == "subject_erased");
    people.end();

    const Examination after = examined(directory);
    CHECK(after.difference == "");
    CHECK(after.commits == before.commits + 1);
    CHECK(digests_of(directory, before.commits) == digests);
    check_no_secret_in(directory);
    people.begin();
    CHECK(people.rows()[0]["name"] == erased);
    CHECK(people.rows()[1]["name"] == "Ben");
    people.end();
    const Ran printed = ran(audit, {"print", "--data", directory});
    CHECK(printed.out.find("name: [sealed]") != std::string::npos);
    CHECK(printed.out.find("contacts[0].kind: satellite phone") != std::string::npos);
    const Ran lines = ran(audit, {"print", "--json", "--data", directory});
    CHECK(lines.out.find(R"("name":{"sealed":true})") != std::string::npos);
    CHECK(ran(audit, {"print", "--data", place / "backup"}).out.find("Quill") == std::string::npos);
}

TEST_CASE("a key that is destroyed leaves its place; others stay") {
    const test::ToolsDirectory place;
    const std::string directory = place / "company";
    People people(directory);
    people.meet_ann();
    people.meet_ben();
    const auto key_octets = [&](const char* who) {
        const auto keys = subject_key_files(directory + "/keys");
        const auto found = keys->find(name_of({"person", *uuid_from(who)}));
        return std::string(found.key.octets.begin(), found.key.octets.end());
    };
    people.end();
    const std::string of_ann = key_octets(ann), of_ben = key_octets(ben);
    CHECK(holding(directory, of_ann) == std::vector<std::string>{directory + "/keys/0"});
    people.begin();
    people.command("ErasePerson", json{{"person", ann}}.dump());
    people.end();
    CHECK(holding(directory, of_ann) == std::vector<std::string>{});
    CHECK(holding(directory, of_ben) == std::vector<std::string>{directory + "/keys/0"});
}

TEST_CASE("a restore without keys has all persons read as erased, and goes on") {
    const test::ToolsDirectory place;
    People people(place / "company");
    people.meet_ann();
    const Ran taken = ran(backup, {"--data", place / "company", "--to", place / "backup"});
    REQUIRE(taken.code == 0);
    CHECK(taken.out.find("all persons would read as erased") != std::string::npos);
    people.end();
    const Ran restored = ran(restore, {"--from", place / "backup", "--data", place / "again"});
    REQUIRE(restored.code == 0);
    CHECK(restored.out.find("all persons, if there are any, read as erased") != std::string::npos);

    fs::copy_file(place / "company/admin.key", place / "again/admin.key");
    People again(place / "again");
    CHECK(again.rows()[0]["name"] == erased);
    again.data_of(
        again.command("ChangeName", json{{"person", ann}, {"name", "Zephyrine Moss"}}.dump()));
    CHECK(again.rows()[0]["name"] == "Zephyrine Moss");
    CHECK(again.rows()[0]["born_in"] == erased);
    again.end();
    CHECK(examined(place / "again").difference == "");
}

TEST_CASE("keys that are older than an erasure do not bring the person back") {
    const test::ToolsDirectory place;
    People people(place / "company");
    people.meet_ann();
    people.meet_ben();
    const Ran first = ran(backup, {"--data", place / "company", "--to", place / "early", "--keys",
                                   place / "early keys"});
    INFO(first.err);
    REQUIRE(first.code == 0);
    CHECK(first.out.find("The keys of 2 persons are in " + (place / "early keys")) !=
          std::string::npos);
    CHECK(mode_of(place / "early keys") == 0600);
    people.command("ErasePerson", json{{"person", ann}}.dump());
    REQUIRE(ran(backup, {"--data", place / "company", "--to", place / "late"}).code == 0);
    people.end();
    const auto restored = [&](const std::string& from, const std::string& to) {
        const Ran put = ran(restore, {"--from", place / from, "--data", place / to, "--keys",
                                      place / "early keys"});
        INFO(put.err);
        REQUIRE(put.code == 0);
        fs::copy_file(place / "company/admin.key", place / (to + "/admin.key"));
        CHECK(mode_of(place / (to + "/keys")) == 0700);
        People again(place / to);
        return again.rows();
    };
    const json late = restored("late", "again");
    CHECK(late[0]["name"] == erased);
    CHECK(late[1]["name"] == "Ben");
    // The books of before the erasure, with the keys of then, are the books of then.
    const json early = restored("early", "then");
    CHECK(early[0]["name"] == "Zephyrine Quill");
}

TEST_CASE("keys lie apart from what they open, and of one log each") {
    const test::ToolsDirectory place;
    People people(place / "company");
    people.meet_ann();
    people.end();
    const auto backed_up = [&](const std::string& keys) {
        return ran(backup, {"--data", place / "company", "--to", place / "backup", "--keys", keys});
    };
    for (const std::string& within : {place / "backup/keys", place / "company/copy"}) {
        const Ran refused = backed_up(within);
        CHECK(refused.code == 1);
        CHECK(refused.err.find("The keys must lie apart") != std::string::npos);
        CHECK_FALSE(fs::exists(place / "backup"));
    }
    std::ofstream(place / "precious") << "precious";
    CHECK(backed_up(place / "precious").code == 1);
    CHECK(octets_of(place / "precious") == "precious");
    CHECK_FALSE(fs::exists(place / "backup"));
    REQUIRE(backed_up(place / "keys").code == 0);

    People others(place / "others");
    others.meet_ben();
    others.end();
    REQUIRE(ran(backup, {"--data", place / "others", "--to", place / "other backup"}).code == 0);
    const Ran wrong = ran(restore, {"--from", place / "other backup", "--data", place / "mixed",
                                    "--keys", place / "keys"});
    CHECK(wrong.code == 1);
    CHECK(wrong.err.find("belongs to another log") != std::string::npos);
    CHECK_FALSE(fs::exists(place / "mixed"));
}

TEST_CASE("OpenAPI tells what is personal, and how it is answered") {
    const json document = json::parse(openapi_of(with_people(), models()));
    const json& schemas = document.at("components").at("schemas");
    const json& input = schemas.at("people.RegisterPerson").at("properties");
    CHECK(input.at("name").at("type") == "string");
    CHECK(input.at("name").at("x-personal") == true);
    CHECK(input.at("name").at("maxLength") == 100);
    CHECK(schemas.at("people.ContactPoint").at("properties").at("value").at("x-personal") == true);
    const json& row = schemas.at("people.PersonRow").at("properties");
    CHECK(row.at("name").at("$ref") == "#/components/schemas/PersonalText");
    CHECK(row.at("contacts").at("items").at("$ref") ==
          "#/components/schemas/people.ContactPoint_answered");
    CHECK(schemas.at("PersonalText").at("oneOf").size() == 3);
    const json& refused =
        document.at("paths").at("/commands/RegisterPerson").at("post").at("responses").at("409");
    CHECK(refused.dump().find("subject_erased") != std::string::npos);
    CHECK(document.at("paths")
              .at("/commands/ReceiveGuest")
              .at("post")
              .dump()
              .find("subject_erased") == std::string::npos);
}

}  // namespace kontor
