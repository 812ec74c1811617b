# What the books must say, computed from the file alone and by other means than Kontor's.
#
# Every row is quantity x price, exact. Rows of an invoice that are not zero are one entry: their
# sum rounded half up to pence, on the invoice's day. An invoice whose number begins with A adjusts
# bad debts; who has no number of a customer is CASH.
import collections
import csv
import decimal
import gzip

decimal.getcontext().prec = 50
PENNY = decimal.Decimal("0.01")
CASH = "CASH"


def in_pence(amount):
    return amount.quantize(PENNY, rounding=decimal.ROUND_HALF_UP)


class Expected:
    def __init__(self, path):
        self.rows = self.left_out = 0
        self.invoices_in_file = set()
        self.customers_in_file = set()
        self.rows_without_customer = 0
        self.rows_on_credit_notes = 0
        self.stock_codes = set()
        self.quantity = 0
        self.price_not_positive = 0
        self.exact = decimal.Decimal(0)
        self.exact_by_month = collections.defaultdict(decimal.Decimal)
        self.exact_by_country = collections.defaultdict(decimal.Decimal)
        self._invoices = {}
        with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                self._count(row)
        self._post()

    def _count(self, row):
        number, country, customer = row["InvoiceNo"], row["Country"], row["CustomerID"]
        price = decimal.Decimal(row["UnitPrice"])
        amount = int(row["Quantity"]) * price
        self.rows += 1
        self.invoices_in_file.add(number)
        self.stock_codes.add(row["StockCode"])
        self.quantity += int(row["Quantity"])
        self.price_not_positive += price <= 0
        self.rows_on_credit_notes += number.startswith("C")
        self.rows_without_customer += customer == ""
        if customer:
            self.customers_in_file.add(customer)
        day = row["InvoiceDate"][:10]
        self.exact += amount
        self.exact_by_month[day[:7]] += amount
        self.exact_by_country[country] += amount
        if amount == 0:
            self.left_out += 1
            return
        key = (number, day, customer or CASH, country)
        self._invoices[key] = self._invoices.get(key, decimal.Decimal(0)) + amount

    def _post(self):
        self.entries = len(self._invoices)
        if len({key[0] for key in self._invoices}) != self.entries:
            raise SystemExit("an invoice has two days, customers or countries: not one entry")
        self.posted = decimal.Decimal(0)
        self.bad_debts = decimal.Decimal(0)
        self.bad_debt_entries = 0
        self.by_month, self.by_country, self.by_customer = (
            collections.defaultdict(decimal.Decimal) for _ in range(3))
        for (number, day, customer, country), exact in self._invoices.items():
            amount = in_pence(exact)
            self.posted += amount
            self.by_month[day[:7]] += amount
            self.by_country[country] += amount
            self.by_customer[customer] += amount
            if number.startswith("A"):
                self.bad_debts += amount
                self.bad_debt_entries += 1
