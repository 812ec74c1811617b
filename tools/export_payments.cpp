// Asks a server for the payments of a run, and writes them as the bank reads them.
#include "tools/export_payments.h"

#include "api/http_client.h"
#include "eventstore/clock.h"
#include "tools/command_line.h"
#include "tools/import_server.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

namespace kontor {
namespace {

using Json = nlohmann::json;
using pugi::xml_node;

struct Wishes {
    std::string company, run, bank, to;
    imports::ServerWishes server;
};

void add(xml_node node, const char* name, const std::string& text) {
    node.append_child(name).text().set(text.c_str());
}

// Ids have at most 35 characters, a UUID with its hyphens one more.
std::string short_id(std::string uuid) {
    std::erase(uuid, '-');
    return uuid;
}

// At most so many octets, and whole characters.
std::string at_most(const std::string& text, std::size_t longest) {
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

std::string sum_of(const TransferFile& file) {
    Wide sum = 0;
    for (const Transfer& each : file.transfers) sum += each.amount.minor;
    if (sum > most_money) throw Unable("the payments of the run come to more than can be said");
    return amount_text({static_cast<std::int64_t>(sum), file.transfers.front().amount.currency});
}

void add_account(xml_node node, const char* name, const std::string& iban,
                 const std::string& number) {
    xml_node id = node.append_child(name).append_child("Id");
    if (!iban.empty())
        add(id, "IBAN", iban);
    else
        add(id.append_child("Othr"), "Id", at_most(number, 34));
}

void add_bank(xml_node node, const char* name, const std::string& bic, const std::string& code) {
    xml_node bank = node.append_child(name).append_child("FinInstnId");
    if (!bic.empty())
        add(bank, "BICFI", bic);
    else if (!code.empty())
        add(bank.append_child("ClrSysMmbId"), "MmbId", at_most(code, 35));
    else
        add(bank.append_child("Othr"), "Id", "NOTPROVIDED");
}

void add_transfer(xml_node payment, const Transfer& transfer) {
    xml_node node = payment.append_child("CdtTrfTxInf");
    add(node.append_child("PmtId"), "EndToEndId", short_id(transfer.id));
    xml_node amount = node.append_child("Amt").append_child("InstdAmt");
    amount.append_attribute("Ccy").set_value(std::string(transfer.amount.currency.text()).c_str());
    amount.text().set(amount_text(transfer.amount).c_str());
    if (!transfer.bic.empty() || !transfer.bank_code.empty())
        add_bank(node, "CdtrAgt", transfer.bic, transfer.bank_code);
    add(node.append_child("Cdtr"), "Nm", at_most(transfer.name, 70));
    add_account(node, "CdtrAcct", transfer.iban, transfer.number);
    if (!transfer.text.empty())
        add(node.append_child("RmtInf"), "Ustrd", at_most(transfer.text, 140));
}

// Asks the server and reads its answers.
class Asking {
public:
    explicit Asking(const Wishes& wishes)
        : wishes_(wishes),
          key_(wishes.server.the_key()),
          client_(wishes.server.url, {std::chrono::seconds(60), wishes.server.trust}) {}

    TransferFile file() {
        TransferFile file;
        file.id = wishes_.run;
        std::string account;
        for (const Json& row : all("payments", "&run=" + wishes_.run)) {
            if (!account.empty() && account != text(row, "account"))
                throw Unable("the payments of the run are of two accounts of the ledger");
            account = text(row, "account");
            file.date = date_from(text(row, "date")).value();
            file.transfers.push_back(transfer(row));
        }
        if (file.transfers.empty())
            throw Unable("no payment of " + wishes_.company + " is of the run " + wishes_.run);
        for (const Json& row : all("house_banks", "")) {
            const bool wanted = wishes_.bank.empty() ? text(row, "account") == account
                                                     : text(row, "bank") == wishes_.bank;
            if (!wanted) continue;
            file.name = text(row, "name");
            file.iban = text(row, "iban");
            file.bic = text(row, "bic");
            file.number = text(row, "account_number");
        }
        if (file.name.empty())
            throw Unable("no house bank has the account " + account +
                         " that the run pays from; OpenHouseBank adds it, or --bank names another");
        return file;
    }

private:
    static std::string text(const Json& row, const char* name) {
        const auto found = row.find(name);
        return found != row.end() && found->is_string() ? found->get<std::string>() : "";
    }
    static std::string in_url(const std::string& text) {
        std::string made;
        for (const char c : text) {
            const auto octet = static_cast<unsigned char>(c);
            constexpr const char* hex = "0123456789ABCDEF";
            if (std::isalnum(octet) || c == '-' || c == '_' || c == '.')
                made += c;
            else
                made += {'%', hex[octet >> 4], hex[octet & 15]};
        }
        return made;
    }
    std::vector<Json> all(const std::string& query, const std::string& more) {
        std::vector<Json> rows;
        std::string after;
        do {
            const HttpAnswer answer =
                client_.get("/queries/" + query + "?company=" + in_url(wishes_.company) + more +
                                "&limit=1000" + after,
                            {{"Authorization", "Bearer " + key_}});
            const Json json = Json::parse(answer.body, nullptr, false);
            if (answer.status != 200 || !json.is_object())
                throw Unable("the server answers " + std::to_string(answer.status) + " to " +
                             query + ": " + (json.is_object() ? json.value("detail", "") : ""));
            for (const Json& row : json.at("rows")) rows.push_back(row);
            const auto next = json.find("next");
            after = next != json.end() && next->is_string()
                        ? "&after=" + in_url(next->get<std::string>())
                        : std::string();
        } while (!after.empty());
        return rows;
    }
    Transfer transfer(const Json& payment) {
        Transfer made;
        made.id = text(payment, "payment");
        const Json& amount = payment.at("amount");
        const auto currency = currency_from(text(amount, "currency"));
        made.amount = money_from(text(amount, "amount"), *currency).value();
        made.text = remittance(payment);
        const std::string whose = text(payment, "counterparty");
        const std::string code = text(payment, "bank_account");
        for (const Json& row : all("bank_accounts", "&counterparty=" + in_url(whose))) {
            if (text(row, "bank_account") != code) continue;
            made.iban = text(row, "iban");
            made.bic = text(row, "bic");
            made.number = text(row, "account_number");
            made.bank_code = text(row, "bank_code");
            // The number of a person is told to whoever may read it, and is an IBAN or none.
            const std::string personal = text(row, "personal_number");
            if (!personal.empty())
                (text(row, "country").empty() ? made.iban : made.number) = personal;
        }
        if (made.iban.empty() && made.number.empty())
            throw Unable("payment " + made.id + " to " + whose +
                         " names no account that this key may read");
        for (const Json& row : all("counterparty", "&counterparty=" + in_url(whose))) {
            made.name = text(row, "legal_name");
            if (const std::string form = text(row, "legal_form"); !form.empty())
                made.name += ' ' + form;
            if (const std::string name = text(row, "personal_name"); !name.empty())
                made.name = name;
        }
        return made;
    }
    static std::string remittance(const Json& payment) {
        std::string made;
        if (const auto documents = payment.find("documents"); documents != payment.end())
            for (const Json& each : *documents)
                made += (made.empty() ? "" : ", ") + each.get<std::string>();
        return made.empty() ? text(payment, "text") : made;
    }

    const Wishes& wishes_;
    const std::string key_;
    HttpClient client_;
};

int run(const Wishes& wishes) {
    if (!uuid_from(wishes.run)) throw Unable("--payment-run must be the id of a run");
    TransferFile file;
    try {
        file = Asking(wishes).file();
    } catch (const HttpFailure& failure) {
        throw Unable(failure.what());
    }
    file.created = to_text(system_now()).substr(0, 19);
    const std::string xml = pain001(file);
    if (wishes.to.empty()) {
        std::cout << xml;
        return exit_done;
    }
    std::ofstream out(wishes.to, std::ios::binary);
    out << xml;
    out.flush();
    if (!out) throw Unable("The file " + wishes.to + " cannot be written.");
    std::cerr << file.transfers.size() << " payments of " << wishes.company << ", " << sum_of(file)
              << '\n';
    return exit_done;
}

}  // namespace

std::string pain001(const TransferFile& file) {
    pugi::xml_document document;
    xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    xml_node root = document.append_child("Document");
    root.append_attribute("xmlns").set_value("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
    xml_node message = root.append_child("CstmrCdtTrfInitn");
    const std::string count = std::to_string(file.transfers.size());
    const std::string sum = sum_of(file);
    xml_node header = message.append_child("GrpHdr");
    add(header, "MsgId", short_id(file.id));
    add(header, "CreDtTm", file.created);
    add(header, "NbOfTxs", count);
    add(header, "CtrlSum", sum);
    add(header.append_child("InitgPty"), "Nm", at_most(file.name, 70));
    xml_node payment = message.append_child("PmtInf");
    add(payment, "PmtInfId", short_id(file.id));
    add(payment, "PmtMtd", "TRF");
    // Each is a line of the statement, by which it is recognized.
    add(payment, "BtchBookg", "false");
    add(payment, "NbOfTxs", count);
    add(payment, "CtrlSum", sum);
    const Currency currency = file.transfers.front().amount.currency;
    const bool sepa = currency == *currency_from("EUR") && !file.iban.empty() &&
                      std::ranges::all_of(file.transfers,
                                          [](const Transfer& each) { return !each.iban.empty(); });
    if (sepa) add(payment.append_child("PmtTpInf").append_child("SvcLvl"), "Cd", "SEPA");
    add(payment.append_child("ReqdExctnDt"), "Dt", to_text(file.date));
    add(payment.append_child("Dbtr"), "Nm", at_most(file.name, 70));
    add_account(payment, "DbtrAcct", file.iban, file.number);
    add_bank(payment, "DbtrAgt", file.bic, {});
    add(payment, "ChrgBr", sepa ? "SLEV" : "SHAR");
    for (const Transfer& each : file.transfers) add_transfer(payment, each);
    std::ostringstream out;
    document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
}

int export_payments(int argc, char** argv) {
    CLI::App app{
        "Writes a payment run as the file that a bank pays by: ISO 20022 pain.001.001.09. Nothing "
        "is sent to a bank.",
        "kontor export"};
    Wishes wishes;
    app.add_option("--payment-run", wishes.run, "id of the run")->required();
    app.add_option("--company", wishes.company, "who pays")->required();
    app.add_option("--bank", wishes.bank,
                   "the house bank; else that of the account of the ledger that the run pays from");
    app.add_option("--to", wishes.to, "the file; else the standard output");
    wishes.server.add_options(app);
    CLI11_PARSE(app, argc, argv);
    return run_command("export", [&] { return run(wishes); });
}

}  // namespace kontor
