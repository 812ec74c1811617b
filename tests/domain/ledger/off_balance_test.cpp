// Off-balance accounts: what may be recorded on them, and why it may not be.
#include "domain/ledger/off_balance.h"

#include "domain/ledger/charts.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;
using test::nth;

namespace {

const OffBalanceAccountCode custody{"002"};

test::Past books_with_custody() {
    test::Past past = open_books();
    past.push_back(Message::of(OffBalanceAccountOpened{acme, custody, "In custody"}));
    return past;
}
RecordOffBalance record(std::uint64_t number, OffBalanceSide side, std::string_view amount) {
    RecordOffBalance record;
    record.company = acme;
    record.record = nth<OffBalanceRecordId>(number);
    record.account = custody;
    record.side = side;
    record.date = day("2026-06-30");
    record.amount = eur(amount);
    return record;
}
OffBalanceRecorded recorded(std::uint64_t number, OffBalanceSide side, std::string_view amount) {
    return {acme,
            nth<OffBalanceRecordId>(number),
            custody,
            side,
            day("2026-06-30"),
            eur(amount),
            {},
            {},
            ""};
}

}  // namespace

TEST_CASE("an off-balance account is opened once, and renamed") {
    given(books_with_custody())
        .when(OpenOffBalanceAccount{acme, {"006"}, "Forms"})
        .then(OffBalanceAccountOpened{acme, {"006"}, "Forms"});
    given(books_with_custody())
        .when(OpenOffBalanceAccount{{"NONE"}, custody, "Again"})
        .refused(companies::company_unknown);
    given(books_with_custody())
        .when(OpenOffBalanceAccount{acme, custody, "Again"})
        .refused(off_balance_account_exists);
    given(books_with_custody())
        .when(RenameOffBalanceAccount{acme, custody, "Held for others"})
        .then(OffBalanceAccountRenamed{acme, custody, "Held for others"});
    given(books_with_custody())
        .when(RenameOffBalanceAccount{acme, {"003"}, "None"})
        .refused(off_balance_account_unknown);
    given(books_with_custody())
        .when(RenameOffBalanceAccount{acme, custody, "In custody"})
        .refused(off_balance_account_unchanged);
}

TEST_CASE("one record moves an account alone") {
    using enum OffBalanceSide;
    given(books_with_custody()).when(record(1, comes, "100.00")).then(recorded(1, comes, "100.00"));
    given(books_with_custody(), recorded(1, comes, "100.00"))
        .when(record(2, leaves, "100.00"))
        .then(recorded(2, leaves, "100.00"));
}

TEST_CASE("why something is not recorded off the balance sheet, in this order") {
    using enum OffBalanceSide;
    const test::Past past = books_with_custody();
    const auto refused = [&](const RecordOffBalance& command, const Reason& reason) {
        given(past, recorded(1, comes, "100.00")).when(command).refused(reason);
    };
    RecordOffBalance command = record(1, leaves, "-1.00");
    command.account = {"009"};
    command.amount.currency = test::currency("USD");
    command.dimensions = {{DimensionCode{"owner"}, DimensionValueCode{"WICK"}}};
    command.date = day("1999-01-01");
    refused(command, off_balance_record_exists);
    command.record = nth<OffBalanceRecordId>(2);
    refused(command, off_balance_account_unknown);
    command.account = custody;
    refused(command, off_balance_currency);
    command.amount = eur("-1.00");
    refused(command, amount_not_positive);
    command.amount = eur("100.01");
    refused(command, dimension_unknown);
    command.dimensions = {{DimensionCode{"project"}, DimensionValueCode{"P9"}}};
    refused(command, dimension_value_unknown);
    command.dimensions = {{DimensionCode{"project"}, DimensionValueCode{"P1"}}};
    given(past, recorded(1, comes, "100.00"), DimensionValueBlocked{acme, {"project"}, {"P1"}})
        .when(command)
        .refused(dimension_value_blocked);
    command.dimensions.clear();
    refused(command, date_outside_calendar);
    command.date = day("2026-06-30");
    given(past, recorded(1, comes, "100.00"), PeriodClosed{acme, {"2026"}, 6})
        .when(command)
        .refused(period_closed);
    given(past, recorded(1, comes, "100.00"),
          PeriodClosed{acme, {"2026"}, 6, Closing::soft, access::RoleCode{"chief"}})
        .when(command)
        .refused(period_soft_closed);
    refused(command, off_balance_insufficient);
    command.side = comes;
    command.amount = Money{most_money, eur("0.00").currency};
    refused(command, off_balance_too_large);
}

TEST_CASE("a record that is reversed leaves nothing, and is reversed once") {
    using enum OffBalanceSide;
    const ReverseOffBalance reverse{acme, nth<OffBalanceRecordId>(1), "Bought"};
    const OffBalanceReversed reversed{acme,    nth<OffBalanceRecordId>(1), custody,
                                      comes,   day("2026-06-30"),          eur("100.00"),
                                      "Bought"};
    given(books_with_custody(), recorded(1, comes, "100.00")).when(reverse).then(reversed);
    given(books_with_custody()).when(reverse).refused(off_balance_record_unknown);
    given(books_with_custody(), recorded(1, comes, "100.00"), reversed)
        .when(reverse)
        .refused(off_balance_record_reversed);
    given(books_with_custody(), recorded(1, comes, "100.00"), PeriodClosed{acme, {"2026"}, 6})
        .when(reverse)
        .refused(period_closed);
    given(books_with_custody(), recorded(1, comes, "100.00"), recorded(2, leaves, "1.00"))
        .when(reverse)
        .refused(off_balance_insufficient);
}

TEST_CASE("the Russian plan has its eleven off-balance accounts") {
    std::vector<std::string> codes;
    for (const OffBalanceLine& line : ru_94n_chart().off_balance) codes.emplace_back(line.account);
    CHECK(codes == std::vector<std::string>{"001", "002", "003", "004", "005", "006", "007", "008",
                                            "009", "010", "011"});
}
