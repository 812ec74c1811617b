// Questions that cannot be answered any more: a cursor of other times, a read model that stopped.
#include "api/cursor.h"
#include "eventstore/storage_broken.h"
#include "projections/companies/company_list.h"
#include "tests/support/running_server.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace kontor {
namespace {

using nlohmann::json;
using test::RunningServer;
using test::ScratchDirectory;

constexpr const char* create_acme = R"({"company": "ACME", "name": "Acme Ltd",
    "base_currency": "EUR", "time_zone": "Asia/Riyadh", "first_fiscal_year": 2026})";

TEST_CASE("a cursor that can no longer be answered says so") {
    const ScratchDirectory directory;
    RunningServer server(directory.path());
    const HttpAnswer created = server.command("CreateCompany", create_acme);
    REQUIRE(created.status == 200);
    const HttpAnswer page = server.get("/queries/journals?company=ACME&limit=1&min_position=" +
                                       json::parse(created.body)["position"].dump());
    REQUIRE(page.status == 200);
    const auto cursor = cursor_from(json::parse(page.body)["next"].get<std::string>());
    REQUIRE(cursor);
    const auto code_of = [&](const Cursor& changed) {
        const HttpAnswer answer = server.get("/queries/journals?after=" + to_text(changed));
        return std::to_string(answer.status) + " " +
               json::parse(answer.body).value("code", std::string("rows"));
    };
    CHECK(code_of(*cursor) == "200 rows");
    const std::string text = to_text(*cursor);
    for (std::size_t at = 0; at < text.size(); ++at) {  // a letter of it changed on its way
        std::string changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        CHECK(server.get("/queries/journals?after=" + changed).status == 422);
    }
    Cursor other = *cursor;
    other.version += 1;  // of a read model that packs its rows otherwise
    CHECK(code_of(other) == "410 cursor_expired");
    other = *cursor;
    other.known_at += 1'000;  // of a log that was longer
    CHECK(code_of(other) == "410 cursor_expired");
}

struct AskUnwell {
    CompanyCode company;
    static void describe(auto& query) {
        query.record("unwell", "What a model with a fault would answer.")
            .company(&AskUnwell::company)
            .field("company", &AskUnwell::company, "Whose.")
            .template answers<companies::ListedCompany>(Times::known_at);
    }
};

// A model that cannot bear a company.
struct Unwell {
    explicit Unwell(const Place&) {}
    void on(const companies::CompanyCreated&, const Recorded&) {
        throw StorageBroken("it is unwell");
    }
    void answer(const AskUnwell&, const AsOf&, Page<companies::ListedCompany>&) const {}
};

struct AskLeaning {
    CompanyCode company;
    static void describe(auto& query) {
        query.record("leaning", "What a sound model answers with the help of one with a fault.")
            .company(&AskLeaning::company)
            .field("company", &AskLeaning::company, "Whose.")
            .template answers<companies::ListedCompany>(Times::known_at);
    }
};

// A sound model whose answers are made of that one too.
struct Leaning {
    explicit Leaning(const Place&) {}
    void on(const companies::CompanyCreated&, const Recorded&) {}
    void answer(const AskLeaning&, const AsOf& as_of, Page<companies::ListedCompany>&) const {
        as_of.models.of<Unwell>();
    }
};

TEST_CASE("a read model that has stopped says where and why, and the others answer") {
    const ScratchDirectory directory;
    auto models = read_models();
    models.push_back(ReadModelSpec::of<Unwell>("unwell", 1, "ledger")
                         .folding<Unwell, companies::CompanyCreated>()
                         .answering<Unwell, AskUnwell, companies::ListedCompany>());
    models.push_back(ReadModelSpec::of<Leaning>("leaning", 1, "ledger")
                         .folding<Leaning, companies::CompanyCreated>()
                         .answering<Leaning, AskLeaning, companies::ListedCompany>());
    ServerOptions options;
    options.directory = directory.path();
    Server server(test::program(), std::move(models), options);
    HttpClient client(server.url());
    const std::vector<Header> key = {
        {"Authorization", "Bearer " + test::first_line(directory.path() + "/admin.key")}};
    const HttpAnswer created = client.post("/commands/CreateCompany", create_acme, key);
    REQUIRE(created.status == 200);
    const std::string there =
        "company=ACME&min_position=" + json::parse(created.body)["position"].dump();
    CHECK(client.get("/queries/trial_balance?" + there, key).status == 200);
    const HttpAnswer stopped = client.get("/queries/unwell?" + there, key);
    CHECK(stopped.status == 503);
    REQUIRE(stopped.header("Retry-After") != nullptr);
    const json why = json::parse(stopped.body);
    CHECK(why["code"] == "read_model_stopped");
    CHECK(why["detail"] == "unwell stands at position 1: it is unwell");
    const HttpAnswer without = client.get("/queries/leaning?" + there, key);
    CHECK(without.status == 503);
    CHECK(json::parse(without.body)["code"] == "read_model_stopped");
    CHECK(json::parse(without.body)["detail"] ==
          "The answer is also made of the read model unwell, which does not answer: it is unwell");
    CHECK(client.get("/metrics", key)
              .body.find(R"(kontor_read_model_stopped{read_model="unwell"} 1)") !=
          std::string::npos);
}

}  // namespace
}  // namespace kontor
