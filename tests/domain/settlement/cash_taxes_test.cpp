// Taxes that are owed when they are paid: they wait until then, and move in proportion.
#include "domain/settlement/cash_taxes.h"
#include "domain/taxes/tax_codes.h"
#include "domain/taxes/tax_rates.h"
#include "tests/domain/settlement/settled_company.h"

using namespace kontor;
using namespace kontor::settlement;
using namespace kontor::settlement::settled;

namespace {

// Tax waits on 2190 and is owed on 2200; what is got back waits on 1290 and is there on 1300.
class Taxed : public Books {
public:
    Taxed() {
        using ledger::AccountKind;
        account("2190", "Tax in transition", AccountKind::liability, "2");
        account("2291", "Tax owed", AccountKind::liability, "2");
        account("1290", "Input tax in transition", AccountKind::asset, "1");
        account("1291", "Input tax", AccountKind::asset, "1");
        taxes::SetTaxRate rate{acme, {"DE"}, {"standard"}, day("2020-01-01"), {}, {}};
        rate.percent = Percent{20'000'000};
        must(rate);
        define("cash-sales", "2190");
        define("cash-bills", "1290");
    }
    // 1,000.00 and 200.00 of tax, as FACTS of the trade have it.
    OpenItem taxed(std::uint64_t number, ItemSide side = ItemSide::receivable) {
        const bool sale = side == ItemSide::receivable;
        OpenItem open = invoice(number, "2026-03-01", eur("1200.00"), side);
        const char* waits = sale ? "2190" : "1290";
        open.lines = sale
                         ? std::vector{credit("4000", eur("1000.00")), credit(waits, eur("200.00"))}
                         : std::vector{debit("5000", eur("1000.00")), debit(waits, eur("200.00"))};
        open.taxes = {{{waits}, eur("200.00"), taxes::TaxCode{sale ? "cash-sales" : "cash-bills"}}};
        return open;
    }
    void pay(std::uint64_t number, std::uint64_t invoice, const char* date, const char* amount,
             PaymentWay way = PaymentWay::received) {
        RecordPayment record = payment(number, date, eur(amount), way);
        record.allocations = {of(invoice)};
        must(record);
    }

private:
    void define(const char* code, const char* waits) {
        taxes::TaxTerms terms;
        terms.jurisdiction = {"DE"};
        terms.rate = taxes::TaxRateCode{"standard"};
        terms.cash_basis = true;
        must(taxes::DefineTax{acme, {code}, code, terms});
        must(taxes::SetTaxAccounts{acme,
                                   {code},
                                   ledger::AccountCode{"2291"},
                                   ledger::AccountCode{"1291"},
                                   ledger::AccountCode{waits}});
    }
};

}  // namespace

TEST_CASE("a part that is paid makes its part of the tax due, and the last one all that is left") {
    Taxed books;
    books.must(books.taxed(1));
    CHECK(books.balance("2190") == -200'00);
    CHECK(books.balance("2291") == 0);
    // 200.00 x 100.00 / 1,200.00 = 16.67, of 200.00: 33.33, so 16.66 more.
    books.pay(11, 1, "2026-04-01", "100.00");
    CHECK(books.balance("2291") == -16'67);
    CHECK(books.balance("2190") == -183'33);
    books.pay(12, 1, "2026-04-02", "100.00");
    CHECK(books.balance("2291") == -33'33);
    books.pay(13, 1, "2026-04-03", "1000.00");
    CHECK(books.balance("2291") == -200'00);
    CHECK(books.balance("2190") == 0);
    CHECK(books.balance("2291", "2026-04-01") == -16'67);
}

TEST_CASE("what is taken back waits again, and all parts still come to the tax") {
    Taxed books;
    books.must(books.taxed(1));
    books.pay(11, 1, "2026-04-01", "100.00");
    books.pay(12, 1, "2026-04-02", "100.00");
    books.must(TakeBackAllocation{acme, AllocationId{item(11).uuid}, {}, {}, "Not for this"});
    CHECK(books.balance("2291") == -16'66);
    books.pay(13, 1, "2026-04-03", "1100.00");
    CHECK(books.balance("2291") == -200'00);
    CHECK(books.balance("2190") == 0);
}

TEST_CASE("input tax can be deducted when the bill is paid") {
    Taxed books;
    books.must(books.taxed(1, ItemSide::payable));
    CHECK(books.balance("1290") == 200'00);
    books.pay(11, 1, "2026-04-01", "600.00", PaymentWay::paid);
    CHECK(books.balance("1290") == 100'00);
    CHECK(books.balance("1291") == 100'00);
}

TEST_CASE("an early discount takes its part off what waits") {
    Taxed books;
    OpenItem open = books.taxed(1);
    open.instalments.front().discounts = {{day("2026-03-10"), Percent{2'000'000}, false}};
    books.must(open);
    // 2 % of 1,200.00: 1,176.00 is paid, revenue - 20.00, tax - 4.00; 196.00 is owed.
    books.pay(11, 1, "2026-03-10", "1176.00");
    CHECK(books.open(1) == eur("0.00"));
    CHECK(books.balance("4090") == 20'00);
    CHECK(books.balance("2291") == -196'00);
    CHECK(books.balance("2190") == 0);
}

TEST_CASE("of what is written off the tax is never due, and the loss is less by it") {
    Taxed books;
    books.must(books.taxed(1));
    books.pay(11, 1, "2026-04-01", "600.00");
    WriteOffItem write;
    write.company = acme;
    write.write_off = item(21);
    write.item = item(1);
    write.date = day("2026-05-01");
    write.reason = "Insolvent";
    books.must(write);
    CHECK(books.balance("2291") == -100'00);
    CHECK(books.balance("2190") == 0);
    CHECK(books.balance("5700") == 500'00);
}

TEST_CASE("an advance that settles an invoice later makes its tax due then") {
    Taxed books;
    books.must(books.taxed(1));
    books.must(payment(11, "2026-02-01", eur("1200.00")));
    CHECK(books.balance("2291") == 0);
    books.must(allocate(1, 11, "2026-03-15", {of(1)}));
    CHECK(books.balance("2291", "2026-03-14") == 0);
    CHECK(books.balance("2291") == -200'00);
    CHECK(books.balance("2190") == 0);
}
