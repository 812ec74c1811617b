"""A company with stock: receipts, a price found wrong a year later, and stock of any past day, as
rows of the bench."""
import contextlib
import datetime
import http.client
import json
import random
import threading
import time
import uuid

import kontor
from figures import median, percentile
from kontor import Failed

COMPANY, YEAR = "STOCK", 2025
FIRST = datetime.date(YEAR, 1, 2)
DAYS = 364
LINES = 50  # a document of the histories
RECEIPTS = 200
ITEMS = 10_000
CORRECTIONS = 5
MIXED = "MIX"


def amount(number, unit="pcs"):
    return {"amount": str(number), "unit": unit}


def euros(cents):
    return {"amount": "%d.%02d" % divmod(cents, 100), "currency": "EUR"}


def history(item, moves, dice):
    """Documents that move one item so many times: it comes by tens at a price of the day and goes
    one by one to nine, so that it never runs out; in the order of days."""
    yield "ReceiveStock", document(FIRST, [receipt(item, 1_000_000, 100_000_000)])
    for first in range(0, moves, LINES):
        day = FIRST + datetime.timedelta(days=1 + first * (DAYS - 2) // moves)
        here = min(LINES, moves - first)
        if first // LINES % 2:
            yield "IssueStock", document(day, [issue(item, dice.randrange(1, 10))
                                               for _ in range(here)])
        else:
            yield "ReceiveStock", document(day, [receipt(item, 10, 10 * dice.randrange(80, 120))
                                                 for _ in range(here)])


def document(day, lines):
    return {"company": COMPANY, "document": str(uuid.uuid4()), "date": str(day), "lines": lines}


def receipt(item, quantity, cents):
    return {"item": item, "quantity": amount(quantity), "warehouse": "MAIN", "cost": euros(cents)}


def issue(item, quantity):
    return {"item": item, "quantity": amount(quantity), "warehouse": "MAIN"}


class Stock:
    """Items with histories of many moves, by moving average: `sizes` of one item each, and one
    million moves of 10,000 items."""

    def __init__(self, bench, sizes, mixed, say):
        self.bench, self.sizes, self.mixed, self.say = bench, sizes, mixed, say
        self.server = kontor.Server(bench.program, bench.folder / "stock")
        self.first_receipts = {}
        self.all_items_since = 0  # the position from which on each of the mixed ones has stock

    def ready(self, with_mixed):
        self.server.remove()
        self.server.start()
        self._found()
        begun, moves = time.perf_counter(), 0
        for size in self.sizes:
            dice, item = random.Random(size), self.item_of(size)
            documents = list(history(item, size, dice))
            self.first_receipts[size] = documents[1][1]
            self._batches(documents)
            moves += size
        if with_mixed:
            self.all_items_since = self.server.position() + ITEMS // LINES
            self._batches(self._mixed_documents())
            moves += self.mixed
        self.server.wait_for_read_models(self.server.position())
        self.say("stock: %d moves in %.0f s" % (moves, time.perf_counter() - begun))

    @staticmethod
    def item_of(size):
        return "I%d" % size

    def command(self, command, **data):
        return json.loads(self.server.ask("POST", "/commands/" + command, json.dumps(
            dict(data, company=COMPANY))))

    def _found(self):
        # The first company of the bench is the one that `wait_for_read_models` asks about.
        self.server.found_company()
        self.command("CreateCompany", name="Stock", base_currency="EUR", time_zone="Europe/Berlin",
                     first_fiscal_year=YEAR, chart="standard")
        self.command("OpenFiscalYear", year=str(YEAR + 1), first_day="%d-01-01" % (YEAR + 1))
        self.command("DefineUnit", unit="pcs", name="Piece", decimals=0)
        self.command("SetCosting", **{"from": "%d-01-01" % YEAR}, method="moving_average")
        self.command("OpenWarehouse", warehouse="MAIN", name="Main")
        self.command("SetStockAccounts", journal="GEN", accounts={
            "stock": "1200", "received": "2200", "cost_of_sales": "5000", "variance": "5000",
            "revaluation": "5000", "difference": "5000"})
        codes = [self.item_of(size) for size in self.sizes]
        codes += ["%s%05d" % (MIXED, at) for at in range(ITEMS)]
        self._batches([("CreateItem", {"company": COMPANY, "item": code, "name": code,
                                       "base_unit": "pcs"}) for code in codes])

    def _mixed_documents(self):
        """Each item comes once in plenty, then they all come and go in turn through the year."""
        dice = random.Random(17)
        codes = ["%s%05d" % (MIXED, at) for at in range(ITEMS)]
        for first in range(0, ITEMS, LINES):
            yield "ReceiveStock", document(FIRST, [receipt(code, 1_000, 100_000)
                                                   for code in codes[first:first + LINES]])
        for first in range(0, self.mixed - ITEMS, LINES):
            day = FIRST + datetime.timedelta(days=1 + first * (DAYS - 2) // self.mixed)
            here = [codes[dice.randrange(ITEMS)] for _ in range(LINES)]
            if first // LINES % 2:
                yield "IssueStock", document(day, [issue(code, dice.randrange(1, 10))
                                                   for code in here])
            else:
                yield "ReceiveStock", document(day, [
                    receipt(code, 10, 10 * dice.randrange(80, 120)) for code in here])

    def _batches(self, commands):
        """Sends commands as lines, 200 documents a request, over one connection."""
        door = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=600)
        with contextlib.closing(door):
            lines = []

            def send():
                door.request("POST", "/commands", "".join(lines), {
                    "Authorization": "Bearer " + self.server.key,
                    "Content-Type": "application/x-ndjson"})
                for line in door.getresponse().read().decode().splitlines():
                    if json.loads(line)["status"] != 200:
                        raise Failed("a command of the stock was refused: " + line[:300])
                lines.clear()
            for name, data in commands:
                lines.append(json.dumps({"id": str(uuid.uuid4()), "command": name,
                                         "data": data}) + "\n")
                if len(lines) == 200:
                    send()
            if lines:
                send()

    def receipt_row(self, row):
        """Single receipts of 20 lines of one item, for each length of its history."""
        found = {}
        for size in self.sizes:
            item, took = self.item_of(size), []
            door = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
            with contextlib.closing(door):
                for _ in range(RECEIPTS):
                    body = json.dumps(document("%d-12-31" % YEAR, [
                        receipt(item, 10, 1_000 + at) for at in range(20)]))
                    begun = time.perf_counter()
                    door.request("POST", "/commands/ReceiveStock", body, {
                        "Authorization": "Bearer " + self.server.key})
                    answer = door.getresponse()
                    answer.read()
                    took.append(1000 * (time.perf_counter() - begun))
                    if answer.status != 200:
                        raise Failed("a receipt was answered %d" % answer.status)
            found[size] = {"p50": median(took), "p99": percentile(took, 0.99)}
        row.measured(max(each["p99"] for each in found.values()), by_history=found)
        self.say("   receipts of 20 lines by the item's moves (p50, p99 ms): " + ", ".join(
            "%d: %.1f %.1f" % (size, each["p50"], each["p99"]) for size, each in found.items()))

    def correction_row(self, row, size, with_others=False):
        """The first receipt's price again and again, until all read models are right."""
        first, item, took = self.first_receipts[size], self.item_of(size), []
        cents = round(100 * float(first["lines"][0]["cost"]["amount"]))
        others = Others(self.server) if with_others else None
        for at in range(1, CORRECTIONS + 1):
            begun = time.perf_counter()
            answer = self.command("CorrectStockLine", document=first["document"], line=1,
                                  cost=euros(cents + 100 * at), reason="The bill was wrong")
            value = json.loads(self.server.ask(
                "GET", "/queries/stock_value?company=%s&item=%s&min_position=%d" % (
                    COMPANY, item, answer["position"])))["rows"][0]
            took.append(1000 * (time.perf_counter() - begun))
            if value["posted"] != value["replayed"]:
                raise Failed("stock is posted at %(posted)s and replayed at %(replayed)s" % value)
        details = {"each": took, "later_moves": size}
        if others:
            details["others_p99_ms"] = percentile(others.ended(), 0.99)
            self.say("   others' commands meanwhile: p99 %.1f ms" % details["others_p99_ms"])
        row.measured(median(took), **details)

    def past_row(self, row, rounds=12):
        """Quantity and value of all items, of any past day as of any moment since they are there:
        a page of all of them."""
        took = []
        for corner in self._corners(rounds):
            begun = time.perf_counter()
            answer = json.loads(self.server.ask("GET", "/queries/stock_value?company=%s&%s&limit=%d"
                                                % (COMPANY, corner, ITEMS)))
            took.append(1000 * (time.perf_counter() - begun))
            if len(answer["rows"]) != ITEMS:
                raise Failed("stock of %d items instead of %d" % (len(answer["rows"]), ITEMS))
        row.measured(median(took), each=took, items=ITEMS)

    def ageing_row(self, row, rounds=12):
        """How long all of it has lain, at such corners: all pages."""
        took, first_pages = [], []
        for corner in self._corners(rounds):
            begun, rows, more = time.perf_counter(), 0, "company=%s&%s" % (COMPANY, corner)
            while more:
                answer = json.loads(self.server.ask(
                    "GET", "/queries/stock_ageing?%s&limit=10000" % more))
                if not rows:
                    first_pages.append(1000 * (time.perf_counter() - begun))
                rows += len(answer["rows"])
                more = answer["next"] and "after=" + answer["next"]
            took.append(1000 * (time.perf_counter() - begun))
            if rows < ITEMS:
                raise Failed("the ages of %d items instead of %d" % (rows, ITEMS))
        row.measured(median(took), each=took, first_page_ms=median(first_pages), bands=rows)

    def _corners(self, rounds):
        dice, tail = random.Random(5), self.server.position()
        for _ in range(rounds):
            yield "valid_at=%s&known_at=%d" % (
                FIRST + datetime.timedelta(days=dice.randrange(DAYS)),
                dice.randrange(self.all_items_since, tail))


class Others:
    """One more client that receives another item again and again, until it is ended."""

    def __init__(self, server):
        self.server, self.took, self.on = server, [], True
        self.thread = threading.Thread(target=self._receive)
        self.thread.start()

    def _receive(self):
        while self.on:
            body = json.dumps(document("%d-12-31" % YEAR, [receipt(MIXED + "00000", 1, 100)]))
            begun = time.perf_counter()
            self.server.ask("POST", "/commands/ReceiveStock", body)
            self.took.append(1000 * (time.perf_counter() - begun))

    def ended(self):
        self.on = False
        self.thread.join()
        return self.took
