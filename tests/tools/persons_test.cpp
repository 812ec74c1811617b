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
    HttpAnswer post(const std::string& target, const std::string& body,
                    std::vector<Header> headers = {}) {
        headers.push_back({"Authorization", "Bearer " + key_});
        return client_->post(target, body, std::move(headers));
    }
    // The rows of a query of the company that is asked with something personal.
    json found(const std::string& query, const std::string& more = {}) {
        const HttpAnswer answer = post(
            "/queries/" + query, "company=ACME&min_position=" + std::to_string(position_) + more);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("rows");
    }
    json one(const std::string& question) {
        const HttpAnswer answer =
            get("/queries/" + question + "&company=ACME&min_position=" + std::to_string(position_));
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("rows").at(0);
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
            "WelcomePerson",
            json{{"person", ann},
                 {"name", "Zephyrine Quill"},
                 {"born_in", "Oudtshoorn"},
                 {"contacts", {{{"kind", "satellite phone"}, {"value", "+27 44 555 0199"}}}}}
                .dump(),
            {{"Idempotency-Key", "ann-1"}}));
    }
    void meet_ben() {
        data_of(
            command("WelcomePerson",
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

// `open` is not personal and is found, so that the search is known to find.
void check_none_in(const std::string& directory, const std::vector<std::string>& hidden,
                   const std::string& open) {
    CHECK_FALSE(holding(directory, open).empty());
    for (const std::string& secret : hidden) {
        CAPTURE(secret, directory);
        CHECK(holding(directory, secret) == std::vector<std::string>{});
        CHECK(holding(directory, secret.substr(0, 9)) == std::vector<std::string>{});
    }
}
void check_no_secret_in(const std::string& directory) {
    check_none_in(directory, secrets, "satellite phone");
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

    people.command("ForgetPerson", json{{"person", ann}}.dump());
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
    const std::string clerk = people.key_with("clerk", {"WelcomePerson", "ReceiveGuest"});
    const std::string listener = people.key_with("listener", {"events"});
    const std::string carer = people.key_with("carer", {"events", "people.*"});
    const std::string admin = people.admin();
    people.meet_ann();

    people.act_with(clerk);
    const json told = people.data_of(
        people.command("WelcomePerson",
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
    people.command("ForgetPerson", json{{"person", ann}}.dump());
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
        "WelcomePerson",
        json{{"person", ann},
             {"name", "Zephyrine Quill"},
             {"born_in", "Oudtshoorn"},
             {"contacts", {{{"kind", "satellite phone"}, {"value", "+27 44 555 0199"}}}}}
            .dump(),
        {{"Idempotency-Key", "ann-1"}}));
    CHECK(registered["name"] == "Zephyrine Quill");
    CHECK(people.command("ForgetPerson", json{{"person", ann}}.dump()).status == 200);
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
    people.command("ForgetPerson", json{{"person", ann}}.dump());
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

namespace {

// Octavia, who buys, contracts, lives somewhere and is paid to; and all that is hers.
constexpr const char* octavia = "00000000-0000-0007-0000-000000000011";
const std::vector<std::string> of_octavia = {
    "Octavia Thistlewood",  "Thistlewood",         "Vyacheslavovna",         "1979-10-23",
    "octavia@thistle.test", "+49 711 98765432",    "Thistlewood Upholstery", "BG7523169263",
    "Quincetree Lane 18",   "Bad Mergentheim-Ost", "DE89370400440532013000", "zweimal klingeln"};

void meet_octavia(People& people) {
    const auto tell = [&](const char* command, json body) {
        body["company"] = "ACME";
        body["person"] = octavia;
        people.data_of(people.command(command, body.dump()));
    };
    tell("RegisterPerson", {{"party", "P-1"},
                            {"name", "Octavia Thistlewood"},
                            {"family_name", "Thistlewood"},
                            {"patronymic", "Vyacheslavovna"},
                            {"born_on", "1979-10-23"},
                            {"country", "DE"},
                            {"roles", {"customer"}}});
    tell("AddPersonContact", {{"contact_point", "E1"}, {"email", "octavia@thistle.test"}});
    tell(
        "AddPersonContact",
        {{"contact_point", "T1"}, {"telephone", "+49 711 98765432"}, {"note", "zweimal klingeln"}});
    tell("RegisterNaturalPerson", {{"counterparty", "N-1"},
                                   {"legal_name", "Thistlewood Upholstery"},
                                   {"country", "BG"},
                                   {"vat_number", "BG 7523169263"}});
    tell("AddPersonalAddress", {{"counterparty", "N-1"},
                                {"address", "A1"},
                                {"purposes", {"registered"}},
                                {"lines", "Quincetree Lane 18"},
                                {"city", "Bad Mergentheim-Ost"},
                                {"country", "DE"},
                                {"since", "2026-01-01"}});
    tell("AddPersonalAccount", {{"counterparty", "N-1"},
                                {"bank_account", "B1"},
                                {"iban", "DE89 3704 0044 0532 0130 00"},
                                {"currency", "EUR"},
                                {"since", "2026-01-01"}});
}

void found_company(People& people) {
    people.data_of(people.command("CreateCompany", json{{"company", "ACME"},
                                                        {"name", "Acme"},
                                                        {"base_currency", "EUR"},
                                                        {"time_zone", "Europe/Berlin"},
                                                        {"first_fiscal_year", 2026},
                                                        {"chart", "none"}}
                                                       .dump()));
}

}  // namespace

TEST_CASE("keys that are older than an erasure do not bring the person back") {
    const test::ToolsDirectory place;
    People people(place / "company");
    found_company(people);
    meet_octavia(people);
    people.meet_ben();
    const Ran first = ran(backup, {"--data", place / "company", "--to", place / "early", "--keys",
                                   place / "early keys"});
    INFO(first.err);
    REQUIRE(first.code == 0);
    CHECK(first.out.find("The keys of 2 persons are in " + (place / "early keys")) !=
          std::string::npos);
    CHECK(mode_of(place / "early keys") == 0600);
    people.data_of(people.command(
        "ErasePerson", json{{"company", "ACME"}, {"person", octavia}, {"ground", "law"}}.dump()));
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
        CHECK(again.rows()[0]["name"] == "Ben");
        return again.found("persons", "&erased=true").at(0)["name"];
    };
    CHECK(restored("late", "again") == erased);
    // The books of before the erasure, with the keys of then, are the books of then.
    CHECK(restored("early", "then") == "Octavia Thistlewood");
}

TEST_CASE("what has a form is held against it before it is sealed") {
    const test::ToolsDirectory place;
    People people(place / "company");
    found_company(people);
    const auto faults = [&](const char* command, json body) {
        body["company"] = "ACME";
        body["person"] = octavia;
        const HttpAnswer answer = people.command(command, body.dump());
        INFO(answer.body);
        CHECK(answer.status == 422);
        std::string all;
        const json told = json::parse(answer.body);
        for (const json& fault : told.at("errors"))
            all += fault.at("pointer").get<std::string>() + " " +
                   fault.at("problem").get<std::string>() + "; ";
        return all;
    };
    CHECK(faults("RegisterPerson", {{"party", "P-1"},
                                    {"name", "Octavia"},
                                    {"born_on", "23.10.1979"},
                                    {"country", "DE"}}) ==
          "/born_on must be a date, such as 1980-12-31; ");
    CHECK(faults("AddPersonContact", {{"contact_point", "E1"}, {"email", "octavia"}}) ==
          "/email has no @; ");
    CHECK(faults("RegisterNaturalPerson", {{"counterparty", "N-1"},
                                           {"legal_name", "Octavia"},
                                           {"country", "RU"},
                                           {"inn", "7707083893"},
                                           {"ogrnip", "304500116000158"},
                                           {"vat_number", "7523169263"}}) ==
          "/inn must have the twelve digits of a person's INN; "
          "/ogrnip has the check digit 8, which should be 7; "
          "/vat_number must begin with the two letters of its country, such as BG; ");
    CHECK(faults("AddPersonalAccount", {{"counterparty", "N-1"},
                                        {"bank_account", "B1"},
                                        {"iban", "DE88370400440532013000"}}) ==
          "/iban has the check digits 88, which should be 89; ");
    // Two writings of one number are one number.
    meet_octavia(people);
    const HttpAnswer again =
        people.command("AddPersonalAccount", json{{"company", "ACME"},
                                                  {"person", octavia},
                                                  {"counterparty", "N-1"},
                                                  {"bank_account", "B2"},
                                                  {"iban", "de89370400440532013000"}}
                                                 .dump());
    CHECK(again.status == 409);
    CHECK(json::parse(again.body)["code"] == "bank_account_listed");
}

TEST_CASE("a party that is a person is found by name, erased, and then found nowhere") {
    const test::ToolsDirectory place;
    const std::string directory = place / "company";
    People people(directory);
    found_company(people);
    meet_octavia(people);
    CHECK(people.found("persons", "&name=thistle+OCTAVIA").at(0)["born_on"] == "1979-10-23");
    CHECK(people.found("persons", "&name=nobody").empty());
    CHECK(people.found("duplicate_persons", "&name=Thistlewood%2C+Octavia").at(0)["other"] ==
          "P-1");
    const auto person = [&] { return people.one(std::string("person?person=") + octavia); };
    CHECK(person()["contact_points"][1]["personal_address"] == "+49 711 98765432");
    CHECK(people.one("party?party=P-1")["person_name"] == "Octavia Thistlewood");
    const auto trader = [&] { return people.one("counterparty?counterparty=N-1"); };
    CHECK(trader()["personal_numbers"]["vat_number"] == "BG7523169263");
    CHECK(trader()["names"][0]["personal_name"] == "Thistlewood Upholstery");
    CHECK(trader()["addresses"][0]["personal"]["city"] == "Bad Mergentheim-Ost");
    CHECK(trader()["bank_accounts"][0]["personal_number"] == "DE89370400440532013000");
    check_none_in(directory, of_octavia, "P-1");
    // Refusals are kept too, and a name in an address would be.
    CHECK(people
              .command("RegisterPerson",
                       json{{"company", "ACME"},
                            {"person", ann},
                            {"party", "THISTLEWOOD"},
                            {"name", "Octavia Thistlewood"},
                            {"country", "DE"}}
                           .dump(),
                       {{"Idempotency-Key", "named-1"}})
              .status == 422);
    CHECK(people.get("/queries/persons?company=ACME").status == 405);
    CHECK(people.post("/queries/persons?company=ACME", "").status == 405);
    CHECK(people.post("/queries/parties", "company=ACME").status == 405);

    const Ran taken =
        ran(backup, {"--data", directory, "--to", place / "backup", "--keys", place / "keys"});
    REQUIRE(taken.code == 0);
    check_none_in(place / "backup", of_octavia, "P-1");
    people.end();
    const Examination before = examined(directory);
    CHECK(before.difference == "");
    const std::string digests = digests_of(directory, before.commits);

    people.begin();
    const json done = people.data_of(people.command(
        "ErasePerson", json{{"company", "ACME"}, {"person", octavia}, {"ground", "asked"}}.dump()));
    CHECK(done["party"] == "P-1");
    CHECK(people.found("persons").empty());
    CHECK(people.found("persons", "&erased=true&name=thistle").empty());
    CHECK(people.found("duplicate_persons", "&name=Octavia+Thistlewood").empty());
    const json listed = people.found("persons", "&erased=true").at(0);
    CHECK(listed["name"] == erased);
    CHECK(listed["born_on"] == erased);
    CHECK(listed["erased"] == "asked");
    CHECK(person()["contact_points"][0]["personal_address"] == erased);
    CHECK(people.one("party?party=P-1")["person_name"] == erased);
    CHECK(trader()["personal_numbers"]["vat_number"] == erased);
    CHECK(trader()["addresses"][0]["personal"]["lines"] == erased);
    CHECK(trader()["addresses"][0]["country"] == "DE");
    CHECK(trader()["bank_accounts"][0]["personal_number"] == erased);
    const HttpAnswer refused = people.command(
        "ChangePerson",
        json{{"company", "ACME"}, {"person", octavia}, {"name", "Octavia Moss"}}.dump());
    CHECK(json::parse(refused.body)["code"] == "subject_erased");
    const HttpAnswer moved = people.command(
        "ChangePerson", json{{"company", "ACME"}, {"person", octavia}, {"country", "AT"}}.dump());
    CHECK(json::parse(moved.body)["code"] == "person_erased");
    people.end();

    const Examination after = examined(directory);
    CHECK(after.difference == "");
    CHECK(digests_of(directory, before.commits) == digests);
    check_none_in(directory, of_octavia, "P-1");
    const Ran verified = ran(audit, {"verify", "--data", directory});
    INFO(verified.err);
    CHECK(verified.code == 0);
    const Ran printed = ran(audit, {"print", "--data", directory});
    CHECK(printed.out.find("legal_name: [sealed]") != std::string::npos);
    for (const std::string& secret : of_octavia)
        CHECK(printed.out.find(secret) == std::string::npos);
    people.begin();
    CHECK(people.found("persons", "&erased=true").at(0)["name"] == erased);
    people.end();
}

TEST_CASE("files for people open persons or say in a word that they are gone") {
    const test::ToolsDirectory place;
    People people(place / "company");
    found_company(people);
    meet_octavia(people);
    const auto csv = [&](const std::string& query, const std::string& form) {
        return people.post("/queries/" + query, form, {{"Accept", "text/csv"}}).body;
    };
    people.found("persons");
    CHECK(csv("persons", "company=ACME").find("Octavia Thistlewood") != std::string::npos);
    const json diff =
        json::parse(people.post("/queries/persons/diff", "company=ACME&between=1&between=3").body);
    INFO(diff.dump());
    CHECK(diff.at("rows").at(0).dump().find("Octavia Thistlewood") != std::string::npos);
    people.command("ErasePerson",
                   json{{"company", "ACME"}, {"person", octavia}, {"ground", "law"}}.dump());
    people.found("persons");
    const std::string gone = csv("persons", "company=ACME&erased=true");
    CHECK(gone.find("P-1," + std::string(octavia) + ",[erased],[erased],") != std::string::npos);
    CHECK(gone.find("Thistlewood") == std::string::npos);
    CHECK(people.post("/queries/persons/diff", "company=ACME&between=1&between=3")
              .body.find("Thistlewood") == std::string::npos);
}

TEST_CASE("OpenAPI tells what is personal, and how it is answered") {
    const json document = json::parse(openapi_of(with_people(), models()));
    const json& schemas = document.at("components").at("schemas");
    const json& input = schemas.at("people.WelcomePerson").at("properties");
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
        document.at("paths").at("/commands/WelcomePerson").at("post").at("responses").at("409");
    CHECK(refused.dump().find("subject_erased") != std::string::npos);
    CHECK(document.at("paths")
              .at("/commands/ReceiveGuest")
              .at("post")
              .dump()
              .find("subject_erased") == std::string::npos);
}

}  // namespace kontor
