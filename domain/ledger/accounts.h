// The chart of accounts: a tree of headings with the accounts that postings lie on.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/dimensions.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct AccountThing {
    static constexpr Thing thing{"account", "chart_of_accounts"};
};
using AccountCode = Code<AccountThing>;

// The elements of financial statements (IFRS Conceptual Framework, chapter 4).
enum class AccountKind : std::uint8_t { asset, liability, equity, income, expense };

void describe(auto& choice, AccountKind) {
    choice.choice("AccountKind", "Which element of the financial statements an account is part of.")
        .value("asset", "What the company controls; a debit raises it.")
        .value("liability", "What the company owes; a credit raises it.")
        .value("equity", "What is left for the owners; a credit raises it.")
        .value("income", "What the company earns; a credit raises it.")
        .value("expense", "What the company uses up; a debit raises it.");
}

enum class Side : std::uint8_t { debit, credit };

void describe(auto& choice, Side) {
    choice.choice("Side", "The two sides of an account.")
        .value("debit", "The left side: raises assets and expenses.")
        .value("credit", "The right side: raises liabilities, equity and income.");
}

// The side that raises an account of this kind, unless it is a contra account.
constexpr Side normal_side_of(AccountKind kind) {
    return kind == AccountKind::asset || kind == AccountKind::expense ? Side::debit : Side::credit;
}

constexpr bool is_income_or_expense(AccountKind kind) {
    return kind == AccountKind::income || kind == AccountKind::expense;
}

inline constexpr Reason parent_below_account{
    Refusal::invalid, "parent_below_account",
    "The new heading is the account itself or stands below it."};
inline constexpr Reason account_stands_there{Refusal::conflict, "account_stands_there",
                                             "The account stands below that heading already."};
inline constexpr Reason account_use_unchanged{
    Refusal::invalid, "account_use_unchanged",
    "The command names nothing that is to be another way."};
inline constexpr Reason account_exists{Refusal::conflict, "account_exists",
                                       "The company has an account with this code already."};
inline constexpr Reason parent_unknown{Refusal::missing, "parent_unknown",
                                       "The company has no account with the parent's code."};
inline constexpr Reason parent_not_summary{
    Refusal::invalid, "parent_not_summary",
    "A heading stands below headings only; it is accounts that stand below accounts too."};
inline constexpr Reason parent_of_other_kind{
    Refusal::invalid, "parent_of_other_kind",
    "The parent is of another kind: all accounts below a heading are of its kind."};
inline constexpr Reason account_unknown{Refusal::missing, "account_unknown",
                                        "The company has no account with this code."};
inline constexpr Reason account_is_summary{
    Refusal::invalid, "account_is_summary",
    "The account is a heading; post on an account below it."};
inline constexpr Reason account_is_control{
    Refusal::conflict, "account_is_control",
    "The account is a control account: it is moved by receivables, payables, stock or another "
    "area, never by hand."};
inline constexpr Reason account_currency_differs{
    Refusal::invalid, "account_currency_differs",
    "The account takes amounts in another currency only."};
inline constexpr Reason account_blocked{Refusal::conflict, "account_blocked",
                                        "The account is blocked for new postings."};
inline constexpr Reason account_not_blocked{Refusal::conflict, "account_not_blocked",
                                            "The account is not blocked."};

struct AccountOpened {
    CompanyCode company;
    AccountCode account;
    std::string name;
    AccountKind kind = AccountKind::asset;
    Side normal_side = Side::debit;
    std::optional<AccountCode> parent;
    bool summary = false;
    std::optional<Currency> currency;
    std::vector<DimensionCode> required_dimensions;
    bool any_kind_below = false;
    bool control = false;
    bool monetary = false;
    bool suspense = false;

    bool operator==(const AccountOpened&) const = default;
    static void describe(auto& event) {
        event.record("AccountOpened", "The chart has one more account.")
            .company(&AccountOpened::company)
            .stream(&AccountOpened::account)
            .on_recorded_day()
            .field("company", &AccountOpened::company, "Whose books.")
            .field("account", &AccountOpened::account, "Code of the account.")
            .field("name", &AccountOpened::name, "Its name.")
            .field("kind", &AccountOpened::kind, "Element of the financial statements.")
            .field("normal_side", &AccountOpened::normal_side, "The side that raises it.")
            .field("parent", &AccountOpened::parent, "The heading above it.")
            .field("summary", &AccountOpened::summary, "A heading, which takes no postings.")
            .field("currency", &AccountOpened::currency, "The only currency of its postings.")
            .field("required_dimensions", &AccountOpened::required_dimensions,
                   "Dimensions that each of its postings carries, sorted.")
            .field("any_kind_below", &AccountOpened::any_kind_below,
                   "A heading that has accounts of all kinds below it.")
            .otherwise(false)
            .field("control", &AccountOpened::control, "Only flows of other areas post on it.")
            .otherwise(false)
            .field("monetary", &AccountOpened::monetary,
                   "Its balances in foreign currency are revalued.")
            .otherwise(false)
            .field("suspense", &AccountOpened::suspense,
                   "What is posted on it awaits its right account.")
            .otherwise(false);
    }
};

struct AccountMoved {
    CompanyCode company;
    AccountCode account;
    std::optional<AccountCode> parent;

    bool operator==(const AccountMoved&) const = default;
    static void describe(auto& event) {
        event.record("AccountMoved", "An account stands below another heading.")
            .company(&AccountMoved::company)
            .stream(&AccountMoved::account)
            .on_recorded_day()
            .field("company", &AccountMoved::company, "Whose books.")
            .field("account", &AccountMoved::account, "Code of the account.")
            .field("parent", &AccountMoved::parent, "The heading; absent: none, it is at the top.");
    }
};

struct AccountUseChanged {
    CompanyCode company;
    AccountCode account;
    bool control = false;
    bool monetary = false;
    bool suspense = false;

    bool operator==(const AccountUseChanged&) const = default;
    static void describe(auto& event) {
        event.record("AccountUseChanged", "An account is used another way from now on.")
            .company(&AccountUseChanged::company)
            .stream(&AccountUseChanged::account)
            .on_recorded_day()
            .field("company", &AccountUseChanged::company, "Whose books.")
            .field("account", &AccountUseChanged::account, "Code of the account.")
            .field("control", &AccountUseChanged::control, "Only flows of other areas post on it.")
            .field("monetary", &AccountUseChanged::monetary,
                   "Its balances in foreign currency are revalued.")
            .field("suspense", &AccountUseChanged::suspense,
                   "What is posted on it awaits its right account.")
            .otherwise(false);
    }
};

struct AccountRenamed {
    CompanyCode company;
    AccountCode account;
    std::string name;

    bool operator==(const AccountRenamed&) const = default;
    static void describe(auto& event) {
        event.record("AccountRenamed", "An account has another name.")
            .company(&AccountRenamed::company)
            .stream(&AccountRenamed::account)
            .on_recorded_day()
            .field("company", &AccountRenamed::company, "Whose books.")
            .field("account", &AccountRenamed::account, "Code of the account.")
            .field("name", &AccountRenamed::name, "The new name.");
    }
};

struct AccountBlocked {
    CompanyCode company;
    AccountCode account;

    bool operator==(const AccountBlocked&) const = default;
    static void describe(auto& event) {
        event.record("AccountBlocked", "The account takes no new postings.")
            .company(&AccountBlocked::company)
            .stream(&AccountBlocked::account)
            .on_recorded_day()
            .field("company", &AccountBlocked::company, "Whose books.")
            .field("account", &AccountBlocked::account, "Code of the account.");
    }
};

struct AccountUnblocked {
    CompanyCode company;
    AccountCode account;

    bool operator==(const AccountUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("AccountUnblocked", "The account takes postings again.")
            .company(&AccountUnblocked::company)
            .stream(&AccountUnblocked::account)
            .on_recorded_day()
            .field("company", &AccountUnblocked::company, "Whose books.")
            .field("account", &AccountUnblocked::account, "Code of the account.");
    }
};

struct DimensionsRequired {
    CompanyCode company;
    AccountCode account;
    std::vector<DimensionCode> required_dimensions;

    bool operator==(const DimensionsRequired&) const = default;
    static void describe(auto& event) {
        event.record("DimensionsRequired", "New postings of an account carry these dimensions.")
            .company(&DimensionsRequired::company)
            .stream(&DimensionsRequired::account)
            .on_recorded_day()
            .field("company", &DimensionsRequired::company, "Whose books.")
            .field("account", &DimensionsRequired::account, "Code of the account.")
            .field("required_dimensions", &DimensionsRequired::required_dimensions,
                   "All that are required from now on, sorted.");
    }
};

struct OpenAccount {
    CompanyCode company;
    AccountCode account;
    std::string name;
    AccountKind kind = AccountKind::asset;
    std::optional<Side> normal_side;
    std::optional<AccountCode> parent;
    bool summary = false;
    std::optional<Currency> currency;
    std::vector<DimensionCode> required_dimensions;
    bool any_kind_below = false;
    bool control = false;
    bool monetary = false;
    bool suspense = false;

    static void describe(auto& command) {
        command.record("OpenAccount", "Adds an account, or a heading, to the chart of accounts.")
            .company(&OpenAccount::company)
            .stream(&OpenAccount::account)
            .example(R"({"company": "DEMO", "account": "5310", "name": "Telephone", "kind":
                "expense", "parent": "5"})")
            .field("company", &OpenAccount::company, "Whose books.")
            .field("account", &OpenAccount::account,
                   "A code for it, such as \"4000\"; it never changes.")
            .field("name", &OpenAccount::name, "Its name, such as \"Sales\".")
            .shortest(1)
            .longest(200)
            .field("kind", &OpenAccount::kind, "Element of the financial statements.")
            .field(
                "normal_side", &OpenAccount::normal_side,
                "The side that raises it. Absent: the usual one of its kind; the other one makes "
                "it a contra account, such as accumulated depreciation.")
            .field("parent", &OpenAccount::parent,
                   "The heading that it stands below: a summary account of the same kind.")
            .field("summary", &OpenAccount::summary,
                   "True for a heading: it takes no postings and has accounts below it.")
            .otherwise(false)
            .field("currency", &OpenAccount::currency,
                   "Takes amounts in this currency only, such as a bank account in USD. Absent: "
                   "in any.")
            .field("required_dimensions", &OpenAccount::required_dimensions,
                   "Dimensions that each posting on it must carry.")
            .otherwise_empty()
            .longest(20)
            .field("any_kind_below", &OpenAccount::any_kind_below,
                   "Of a heading: true where accounts of all kinds stand below it, as in the "
                   "sections of a national chart.")
            .otherwise(false)
            .field("control", &OpenAccount::control,
                   "True where only flows of other areas post, such as receivables and stock; "
                   "entries by hand are refused.")
            .otherwise(false)
            .field("monetary", &OpenAccount::monetary,
                   "True where units of money are held, received or paid (IAS 21.16): its foreign "
                   "balances are revalued. Advances and stock are not.")
            .otherwise(false)
            .field("suspense", &OpenAccount::suspense,
                   "True where what is posted awaits its right account, so that the balance should "
                   "be zero when a period is closed: the checklist says where it is not.")
            .otherwise(false)
            .refuses(companies::company_unknown, account_exists, parent_unknown, parent_not_summary,
                     parent_of_other_kind, dimension_unknown);
    }
};

struct RenameAccount {
    CompanyCode company;
    AccountCode account;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameAccount", "Gives an account another name. Its code stays.")
            .company(&RenameAccount::company)
            .stream(&RenameAccount::account)
            .example(R"({"company": "DEMO", "account": "5310", "name": "Telephone and internet"})")
            .field("company", &RenameAccount::company, "Whose books.")
            .field("account", &RenameAccount::account, "An account of the chart.")
            .field("name", &RenameAccount::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(account_unknown);
    }
};

struct BlockAccount {
    CompanyCode company;
    AccountCode account;

    static void describe(auto& command) {
        command
            .record("BlockAccount",
                    "Keeps new postings off an account. What is posted stays; reversals are still "
                    "possible.")
            .company(&BlockAccount::company)
            .stream(&BlockAccount::account)
            .example(R"({"company": "DEMO", "account": "5310"})")
            .field("company", &BlockAccount::company, "Whose books.")
            .field("account", &BlockAccount::account, "An account of the chart.")
            .refuses(account_unknown, account_blocked);
    }
};

struct UnblockAccount {
    CompanyCode company;
    AccountCode account;

    static void describe(auto& command) {
        command.record("UnblockAccount", "Lets a blocked account take postings again.")
            .company(&UnblockAccount::company)
            .stream(&UnblockAccount::account)
            .example(R"({"company": "DEMO", "account": "5310"})")
            .field("company", &UnblockAccount::company, "Whose books.")
            .field("account", &UnblockAccount::account, "A blocked account.")
            .refuses(account_unknown, account_not_blocked);
    }
};

struct RequireDimensions {
    CompanyCode company;
    AccountCode account;
    std::vector<DimensionCode> required_dimensions;

    static void describe(auto& command) {
        command
            .record("RequireDimensions",
                    "Says which dimensions new postings on an account must carry. What is posted "
                    "stays as it is.")
            .company(&RequireDimensions::company)
            .stream(&RequireDimensions::account)
            .example(R"({"company": "DEMO", "account": "5310", "required_dimensions":
                ["cost_centre"]})")
            .field("company", &RequireDimensions::company, "Whose books.")
            .field("account", &RequireDimensions::account, "An account of the chart.")
            .field("required_dimensions", &RequireDimensions::required_dimensions,
                   "All that are required from now on; an empty list requires none.")
            .longest(20)
            .refuses(account_unknown, dimension_unknown);
    }
};

struct MoveAccount {
    CompanyCode company;
    AccountCode account;
    std::optional<AccountCode> parent;

    static void describe(auto& command) {
        command
            .record("MoveAccount",
                    "Puts an account or a heading, with all that is below it, below another "
                    "heading. Statements of earlier days still show it where it stood.")
            .company(&MoveAccount::company)
            .stream(&MoveAccount::account)
            .example(R"({"company": "DEMO", "account": "5310"})")
            .field("company", &MoveAccount::company, "Whose books.")
            .field("account", &MoveAccount::account, "An account of the chart.")
            .field("parent", &MoveAccount::parent,
                   "A heading of the same kind, or of any kind. Absent: the top of the chart.")
            .refuses(account_unknown, parent_unknown, parent_not_summary, parent_of_other_kind,
                     parent_below_account, account_stands_there);
    }
};

struct ChangeAccountUse {
    CompanyCode company;
    AccountCode account;
    std::optional<bool> control;
    std::optional<bool> monetary;
    std::optional<bool> suspense = std::nullopt;

    static void describe(auto& command) {
        command
            .record("ChangeAccountUse",
                    "Says who posts on an account, and whether its foreign balances are revalued. "
                    "What is posted stays; what the command does not name stays as it was.")
            .company(&ChangeAccountUse::company)
            .stream(&ChangeAccountUse::account)
            .example(R"({"company": "DEMO", "account": "5310", "monetary": true})")
            .field("company", &ChangeAccountUse::company, "Whose books.")
            .field("account", &ChangeAccountUse::account, "An account of the chart.")
            .field("control", &ChangeAccountUse::control, "Whether only flows post on it.")
            .field("monetary", &ChangeAccountUse::monetary,
                   "Whether its foreign balances are revalued.")
            .field("suspense", &ChangeAccountUse::suspense,
                   "Whether its balance should be zero when a period is closed.")
            .refuses(account_unknown, account_use_unchanged);
    }
};

struct AccountKey {
    CompanyCode company;
    AccountCode account;

    auto operator<=>(const AccountKey&) const = default;
    static void describe(auto& key) {
        key.record("AccountKey", "An account of a company.")
            .field("company", &AccountKey::company, "Whose books.")
            .field("account", &AccountKey::account, "Code of the account.");
    }
};

// What decisions need to remember of an account.
struct Account {
    AccountKind kind = AccountKind::asset;
    bool summary = false;
    bool blocked = false;
    std::optional<Currency> currency;
    std::vector<DimensionCode> required_dimensions;
    std::optional<AccountCode> parent;
    bool any_kind_below = false;
    bool control = false;
    bool monetary = false;
    bool suspense = false;

    static void describe(auto& record) {
        record.record("Account", "An account as decisions know it.")
            .field("kind", &Account::kind, "Element of the financial statements.")
            .field("summary", &Account::summary, "A heading, which takes no postings.")
            .field("blocked", &Account::blocked, "It takes no new postings.")
            .field("currency", &Account::currency, "The only currency of its postings.")
            .field("required_dimensions", &Account::required_dimensions,
                   "Dimensions that each of its postings carries, sorted.")
            .field("parent", &Account::parent, "The heading above it.")
            .field("any_kind_below", &Account::any_kind_below,
                   "A heading that has accounts of all kinds below it.")
            .field("control", &Account::control, "Only flows post on it.")
            .field("monetary", &Account::monetary, "Its foreign balances are revalued.")
            .field("suspense", &Account::suspense, "Its balance should be zero at a close.");
    }
};
using Accounts = Table<AccountKey, Account>;

// The wanted ones of a company's accounts that are no headings, by code.
std::vector<AccountCode> accounts_where(const World&, const CompanyCode&,
                                        bool (*wanted)(const Account&));
// Why an account cannot be named for rules to post on; none when it can.
Objection fault_of_named(const World&, const CompanyCode&, const AccountCode&);

Decision<AccountOpened> decide(const World&, const OpenAccount&, const Context&);
Decision<AccountRenamed> decide(const World&, const RenameAccount&, const Context&);
Decision<AccountBlocked> decide(const World&, const BlockAccount&, const Context&);
Decision<AccountUnblocked> decide(const World&, const UnblockAccount&, const Context&);
Decision<AccountMoved> decide(const World&, const MoveAccount&, const Context&);
Decision<AccountUseChanged> decide(const World&, const ChangeAccountUse&, const Context&);
Decision<DimensionsRequired> decide(const World&, const RequireDimensions&, const Context&);
void evolve(Accounts&, const AccountOpened&);
void evolve(Accounts&, const AccountBlocked&);
void evolve(Accounts&, const AccountUnblocked&);
void evolve(Accounts&, const AccountMoved&);
void evolve(Accounts&, const AccountUseChanged&);
void evolve(Accounts&, const DimensionsRequired&);

Part accounts();

}  // namespace kontor::ledger
