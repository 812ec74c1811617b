// Which queries tell what a journal is held against.
#include "tools/journal_books.h"

#include "api/http_client.h"
#include "api/query_text.h"
#include "domain/core/decimal.h"
#include "tools/command_line.h"
#include "tools/progress.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace kontor::hledger {
namespace {

using Json = nlohmann::json;

std::string in_url(std::string_view text) {
    std::string encoded;
    append_percent_encoded(text, encoded);
    return encoded;
}

std::optional<ledger::AccountKind> kind_from(const std::string& name) {
    using ledger::AccountKind;
    static const std::map<std::string, AccountKind> kinds{{"asset", AccountKind::asset},
                                                          {"liability", AccountKind::liability},
                                                          {"equity", AccountKind::equity},
                                                          {"income", AccountKind::income},
                                                          {"expense", AccountKind::expense}};
    const auto found = kinds.find(name);
    return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

class Asking {
public:
    Asking(const imports::ServerWishes& server, const std::string& key, const std::string& company)
        : company_(company),
          key_(key),
          client_(server.url, {std::chrono::milliseconds{60'000}, server.trust}) {
        // All that was posted so far is seen, though the read models may be behind.
        const Json ready = Json::parse(client_.get("/health/ready").body, nullptr, false);
        if (ready.is_object()) position_ = ready.value("position", std::uint64_t{0});
    }

    CompanyBooks books(const Journal& journal, const std::string& posted_in) {
        CompanyBooks books;
        books.company = {company_};
        const Json totals = page("trial_balance", "&limit=1").at("totals");
        books.base_currency =
            currency_from(totals.at("debit").at("currency").get<std::string>()).value();
        each("chart_of_accounts", "", [&](const Json& row) { add_account(books, row); });
        if (!journal.prices.empty())
            each("rates", "&type=spot", [&](const Json& row) { add_rate(books, row); });
        books.journals.insert(posted_in);
        if (journal.exported) ask_for_exported(books, journal);
        for (const std::string& code : books.journals)
            each("journal", "&order=number&journal=" + in_url(code), [&](const Json& row) {
                books.entries.insert(uuid_from(row.at("entry").get<std::string>()).value());
            });
        return books;
    }

private:
    static void add_account(CompanyBooks& books, const Json& row) {
        CompanyBooks::Account account{row.at("name").get<std::string>(),
                                      row.value("summary", false), row.value("blocked", false),
                                      row.value("control", false)};
        if (const auto currency = row.find("currency"); currency != row.end())
            account.currency = currency_from(currency->get<std::string>());
        account.kind = kind_from(row.at("kind").get<std::string>()).value();
        books.accounts.emplace(row.at("account").get<std::string>(), std::move(account));
    }
    static void add_rate(CompanyBooks& books, const Json& row) {
        const auto text = [&](const char* name) { return row.at(name).get<std::string>(); };
        books.rates[{currency_from(text("from")).value(), currency_from(text("to")).value(),
                     date_from(text("date")).value()}] = {
            decimal_from(text("rate"), Rate::digits).value()};
    }
    // What only a journal of our own export speaks of.
    void ask_for_exported(CompanyBooks& books, const Journal& journal) {
        each("journals", "",
             [&](const Json& row) { books.journals.insert(row.at("journal").get<std::string>()); });
        each("dimensions", "", [&](const Json& row) {
            books.dimensions.insert(row.at("dimension").get<std::string>());
        });
        const auto any = [&](const char* kind) {
            return std::ranges::any_of(journal.transactions, [&](const auto& transaction) {
                const auto tag = transaction.tags.find("kind");
                return tag != transaction.tags.end() && tag->second == kind;
            });
        };
        if (any("opening"))
            each("ledger_policy", "", [&](const Json& row) {
                if (const auto account = row.find("opening_account"); account != row.end())
                    books.opening_account = account->get<std::string>();
            });
        if (!any("closing")) return;
        each("fiscal_periods", "", [&](const Json& row) {
            const auto text = [&](const char* name) { return row.at(name).get<std::string>(); };
            const Date first = date_from(text("first_day")).value();
            const Date last = date_from(text("last_day")).value();
            if (books.fiscal_years.empty() ||
                books.fiscal_years.back().code.text != text("fiscal_year"))
                books.fiscal_years.push_back({{text("fiscal_year")}, first, last});
            CompanyBooks::FiscalYear& year = books.fiscal_years.back();
            year.last_day = std::max(year.last_day, last);
        });
    }

    Json page(const std::string& query, const std::string& more) {
        const HttpAnswer answer =
            client_.get("/queries/" + query + "?company=" + in_url(company_) +
                            "&min_position=" + std::to_string(position_) + more,
                        {{"Authorization", "Bearer " + key_}});
        Json json = Json::parse(answer.body, nullptr, false);
        if (answer.status == 200 && json.is_object()) return json;
        const std::string words = json.is_object() ? json.value("detail", "") : std::string();
        throw Unable("the server answers " + std::to_string(answer.status) + " to " + query +
                     (words.empty() ? "" : ": " + words));
    }
    void each(const std::string& query, const std::string& more, const auto& call) {
        std::string after;
        do {
            if (InterruptWatch::asked()) throw Interrupted{};
            const Json json = page(query, more + "&limit=1000" + after);
            for (const Json& row : json.at("rows")) call(row);
            const auto next = json.find("next");
            after = next != json.end() && next->is_string()
                        ? "&after=" + in_url(next->get<std::string>())
                        : std::string();
        } while (!after.empty());
    }

    const std::string company_, key_;
    HttpClient client_;
    std::uint64_t position_ = 0;
};

}  // namespace

CompanyBooks books_at(const imports::ServerWishes& server, const std::string& key,
                      const std::string& company, const Journal& journal,
                      const ledger::JournalCode& posted_in) {
    try {
        return Asking(server, key, company).books(journal, posted_in.text);
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
}

}  // namespace kontor::hledger
