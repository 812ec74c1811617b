// Reads ISO 20022 camt.053, the bank-to-customer statement, by the names of its elements: an entry
// (Ntry) of several transactions (TxDtls) that come to its amount is a line for each of them.
#include "tools/bank_file.h"

#include <pugixml.hpp>

namespace kontor::bank {

namespace {

using pugi::xml_node;

// The document as it came, to say on which of its lines an element stands.
class Document {
public:
    explicit Document(const std::string& xml) : xml_(xml) {
        // pugixml resolves no external entities and no document types: nothing outside is read.
        const auto parsed = document_.load_buffer(xml.data(), xml.size(),
                                                  pugi::parse_default | pugi::parse_trim_pcdata);
        if (!parsed)
            throw BankFileBroken("line " + std::to_string(line_at(parsed.offset)),
                                 std::string("is no XML: ") + parsed.description());
    }
    xml_node root() const { return document_; }
    std::size_t line_at(std::ptrdiff_t offset) const {
        std::size_t line = 1;
        for (std::ptrdiff_t at = 0; at < offset && at < static_cast<std::ptrdiff_t>(xml_.size());
             ++at)
            line += xml_[static_cast<std::size_t>(at)] == '\n';
        return line;
    }
    // Where an element is, such as "line 12, Stmt/Ntry/Amt".
    std::string where(xml_node node, const std::string& below = {}) const {
        std::string path;
        for (xml_node at = node;
             at && at.parent() && name(at) != "Document" && name(at) != "BkToCstmrStmt";
             at = at.parent())
            path = name(at) + (path.empty() ? "" : "/" + path);
        return "line " + std::to_string(line_at(node.offset_debug())) + ", " + path +
               (below.empty() ? "" : "/" + below);
    }
    // Without the prefix of a namespace.
    static std::string name(xml_node node) {
        const std::string whole = node.name();
        return whole.substr(whole.find(':') + 1);  // npos + 1 is 0
    }

private:
    const std::string& xml_;
    pugi::xml_document document_;
};

xml_node child(xml_node node, const std::string& path) {
    for (std::size_t at = 0; node && at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string wanted = path.substr(at, end - at);
        xml_node found;
        for (xml_node each : node.children())
            if (!found && Document::name(each) == wanted) found = each;
        node = found;
        at = end + 1;
    }
    return node;
}

std::string text_in(xml_node node, const std::string& path) {
    return child(node, path).text().get();
}

class Reading {
public:
    explicit Reading(const std::string& xml) : document_(xml) {}

    std::vector<FileStatement> statements() {
        const xml_node all = child(document_.root(), "Document/BkToCstmrStmt");
        if (!all)
            throw BankFileBroken("Document/BkToCstmrStmt",
                                 "is not there: the file is no camt.053 statement");
        std::vector<FileStatement> made;
        for (xml_node node : all.children())
            if (Document::name(node) == "Stmt") made.push_back(statement(node));
        if (made.empty()) throw BankFileBroken(document_.where(all, "Stmt"), "is not there");
        return made;
    }

private:
    std::string needed(xml_node node, const std::string& path) const {
        std::string text = text_in(node, path);
        if (text.empty()) throw BankFileBroken(document_.where(node, path), "is missing");
        return text;
    }
    Money money(xml_node node) const {
        const xml_node amount = child(node, "Amt");
        if (!amount) throw BankFileBroken(document_.where(node, "Amt"), "is missing");
        const auto currency = currency_from(amount.attribute("Ccy").value());
        if (!currency)
            throw BankFileBroken(document_.where(amount), "has no currency of ISO 4217 as its Ccy");
        const auto money = amount_from(amount.text().get(), *currency, '.');
        if (!money)
            throw BankFileBroken(document_.where(amount),
                                 std::string("is no amount: ") + amount.text().get());
        return *money;
    }
    bool is_credit(xml_node node) const {
        const std::string mark = needed(node, "CdtDbtInd");
        if (mark != "CRDT" && mark != "DBIT")
            throw BankFileBroken(document_.where(node, "CdtDbtInd"), "is neither CRDT nor DBIT");
        return mark == "CRDT";
    }
    // A day, or the day of a moment.
    std::optional<Date> day_in(xml_node node, const std::string& path) const {
        const xml_node choice = child(node, path);
        if (!choice) return std::nullopt;
        std::string text = text_in(choice, "Dt");
        if (text.empty()) text = text_in(choice, "DtTm");
        const auto date = date_from(text.substr(0, 10));
        if (!date) throw BankFileBroken(document_.where(choice), "is no day: " + text);
        return date;
    }
    FileStatement statement(xml_node node) const {
        FileStatement made;
        made.number = needed(node, "Id");
        made.account = text_in(node, "Acct/Id/IBAN");
        if (made.account.empty()) made.account = needed(node, "Acct/Id/Othr/Id");
        read_balances(node, made);
        for (xml_node entry : node.children())
            if (Document::name(entry) == "Ntry") add_entry(entry, made);
        return made;
    }
    // OPBD and CLBD, or PRCD where a bank says what was left the last time instead.
    void read_balances(xml_node node, FileStatement& made) const {
        bool opened = false, closed = false;
        for (xml_node balance : node.children()) {
            if (Document::name(balance) != "Bal") continue;
            const std::string code = text_in(balance, "Tp/CdOrPrtry/Cd");
            if (code != "OPBD" && code != "CLBD" && code != "PRCD") continue;
            const Money amount = is_credit(balance) ? money(balance) : -money(balance);
            if (code == "CLBD") {
                made.closing = amount;
                const auto day = day_in(balance, "Dt");
                if (!day) throw BankFileBroken(document_.where(balance, "Dt"), "is missing");
                made.date = *day;
                closed = true;
            } else if (code == "OPBD" || !opened) {
                made.opening = amount;
                opened = true;
            }
        }
        if (!opened) throw BankFileBroken(document_.where(node, "Bal"), "has no OPBD or PRCD");
        if (!closed) throw BankFileBroken(document_.where(node, "Bal"), "has no CLBD");
    }
    void add_entry(xml_node entry, FileStatement& made) const {
        // Since version 8 the status is a choice of its own.
        const std::string status =
            text_in(entry, "Sts/Cd").empty() ? text_in(entry, "Sts") : text_in(entry, "Sts/Cd");
        if (!status.empty() && status != "BOOK") return;
        FileLine line;
        line.amount = money(entry);
        if (line.amount.minor == 0) return;
        line.received = is_credit(entry);
        line.reference = text_in(entry, "AcctSvcrRef");
        line.date = day_in(entry, "BookgDt").value_or(made.date);
        line.value_date = day_in(entry, "ValDt").value_or(line.date);
        std::vector<FileLine> parts;
        Wide sum = 0;
        for (xml_node details : entry.children()) {
            if (Document::name(details) != "NtryDtls") continue;
            for (xml_node transaction : details.children()) {
                if (Document::name(transaction) != "TxDtls") continue;
                parts.push_back(transaction_line(transaction, line));
                sum += parts.back().amount.minor;
            }
        }
        if (parts.size() == 1) parts.front().amount = line.amount;
        if (parts.size() == 1 || (parts.size() > 1 && sum == line.amount.minor)) {
            for (FileLine& part : parts) made.lines.push_back(std::move(part));
        } else {
            line.text = text_in(entry, "AddtlNtryInf");
            made.lines.push_back(std::move(line));
        }
    }
    FileLine transaction_line(xml_node transaction, const FileLine& of_entry) const {
        FileLine line = of_entry;
        if (child(transaction, "Amt")) {
            const Money amount = money(transaction);
            // In another currency it is no part of the entry's amount.
            line.amount.minor = amount.currency == line.amount.currency ? amount.minor : 0;
        }
        if (const auto own = text_in(transaction, "Refs/AcctSvcrRef"); !own.empty())
            line.reference = own;
        line.end_to_end = text_in(transaction, "Refs/EndToEndId");
        if (line.end_to_end == "NOTPROVIDED") line.end_to_end.clear();
        const std::string who = line.received ? "Dbtr" : "Cdtr";
        // Since version 8 whoever it is stands below Pty.
        line.name = text_in(transaction, "RltdPties/" + who + "/Pty/Nm");
        if (line.name.empty()) line.name = text_in(transaction, "RltdPties/" + who + "/Nm");
        line.account = text_in(transaction, "RltdPties/" + who + "Acct/Id/IBAN");
        if (line.account.empty())
            line.account = text_in(transaction, "RltdPties/" + who + "Acct/Id/Othr/Id");
        const auto say = [&](const std::string& text) {
            if (!text.empty()) line.text += (line.text.empty() ? "" : " ") + text;
        };
        for (xml_node remittance : child(transaction, "RmtInf").children()) {
            if (Document::name(remittance) == "Ustrd") say(remittance.text().get());
            if (Document::name(remittance) != "Strd") continue;
            say(text_in(remittance, "RfrdDocInf/Nb"));
            say(text_in(remittance, "CdtrRefInf/Ref"));
        }
        if (line.text.empty()) say(text_in(transaction, "AddtlTxInf"));
        return line;
    }

    Document document_;
};

}  // namespace

std::vector<FileStatement> read_camt053(const std::string& xml) {
    return Reading(xml).statements();
}

}  // namespace kontor::bank
