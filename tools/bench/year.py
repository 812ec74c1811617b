"""A company with a year to close: what an accountant asks for at its end, as rows of the bench."""
import json
import random
import subprocess
import time
import uuid

import kontor
from figures import median
from kontor import Failed, load

COMPANY, YEAR = "YEAR", 2025
ACCOUNTS, CENTRES = 1_000, 3
CUSTOMERS = 10_000
ROUNDS = 3


def new_id():
    return str(uuid.uuid4())


def money(amount, currency="EUR"):
    return {"amount": amount, "currency": currency}


class Year:
    """1,000 accounts, half of them of income and half of expenses, by three cost centres each."""

    def __init__(self, bench, entries, say):
        self.bench, self.entries, self.say = bench, entries, say
        self.server = kontor.Server(bench.program, bench.folder / "year")
        self.journal = bench.folder / "year.journal"

    def ready(self):
        self.server.remove()
        self.server.start()
        self._found()
        begun = time.perf_counter()
        load(self.bench.program, self.server.url, self.server.key, self._mix(), connections=4,
             batch=1000, requests=max(1, self.entries // 1000))
        self._foreign()
        self.server.wait_for_read_models(self.server.position())
        self.say("the year: %d entries and %d foreign balances in %.0f s" % (
            self.entries, CUSTOMERS, time.perf_counter() - begun))

    def command(self, command, **data):
        begun = time.perf_counter()
        answer = json.loads(self.server.ask("POST", "/commands/" + command, json.dumps(
            dict(data, company=COMPANY))))
        return time.perf_counter() - begun, answer

    def _batch(self, commands):
        lines = "".join(json.dumps({"id": new_id(), "command": name, "data": dict(
            data, company=COMPANY)}) + "\n" for name, data in commands)
        answers = self.server.ask("POST", "/commands", lines,
                                  **{"Content-Type": "application/x-ndjson"})
        for line in answers.decode().splitlines():
            if json.loads(line)["status"] != 200:
                raise Failed("a command of the year was refused: " + line[:300])

    def _found(self):
        # The first company of the bench is the one that `wait_for_read_models` asks about.
        self.server.found_company()
        self.command("CreateCompany", name="Year", base_currency="EUR",
                     time_zone="Europe/Berlin", fiscal_year_start_month=1, first_fiscal_year=YEAR,
                     chart="standard")
        self.command("OpenFiscalYear", year=str(YEAR + 1), first_day="%d-01-01" % (YEAR + 1))
        self.command("DefineDimension", dimension="customer", name="Customer", values="any")
        self._batch([("AddDimensionValues", {"dimension": "cost_centre", "values": [
            {"value": "%d" % at, "name": "Centre %d" % at} for at in range(1, CENTRES + 1)]})] + [
            ("OpenAccount", {"account": "R%04d" % at, "name": "Account %d" % at,
                             "kind": "income" if at <= ACCOUNTS // 2 else "expense",
                             "parent": "4" if at <= ACCOUNTS // 2 else "5"})
            for at in range(1, ACCOUNTS + 1)])

    def _mix(self):
        dice = random.Random(20251231)

        def template():
            income = dice.random() < 0.5
            result = {"account": "R{number:0001:0500}" if income else "R{number:0501:1000}",
                      "side": "credit" if income else "debit",
                      "dimensions": {"cost_centre": "{number:1:%d}" % CENTRES}}
            bank = {"account": "1010", "side": "debit" if income else "credit"}
            amount = money("%.2f" % (dice.randrange(100, 500_000) / 100))
            return json.dumps({"command": "PostEntry", "data": {
                "company": COMPANY, "entry": "{uuid}", "journal": "GEN",
                "date": "{day:%d-01-01:%d-12-31}" % (YEAR, YEAR), "text": "Load {seq}",
                "lines": [dict(result, amount=amount), dict(bank, amount=amount)]}})
        path = self.bench.folder / "year.mix"
        path.write_text("\n".join(template() for _ in range(75)) + "\n")
        return path

    def _foreign(self):
        """An open invoice in dollars of each of many customers."""
        for first in range(0, CUSTOMERS, 1000):
            self._batch([("PostEntry", {
                "entry": new_id(), "journal": "SAL", "date": "%d-06-15" % YEAR, "lines": [
                    {"account": "1100", "side": "debit", "amount": money("100.00", "USD"),
                     "base": money("%d.00" % (80 + at % 20)), "dimensions": {
                         "customer": "C%05d" % at}},
                    {"account": "4000", "side": "credit", "amount": money(
                        "%d.00" % (80 + at % 20))}]}) for at in range(first, first + 1000)])

    def close_row(self, row):
        seconds = []
        for _ in range(ROUNDS):
            took, answer = self.command("CloseFiscalYear", fiscal_year=str(YEAR), entry=new_id(),
                                        journal="GEN")
            lines = sum(len(event["data"]["lines"]) for event in answer["events"]
                        if event["type"] == "EntryPosted")
            if lines < ACCOUNTS * CENTRES:
                raise Failed("the close has %d lines" % lines)
            seconds.append(took)
            self.command("ReopenFiscalYear", fiscal_year=str(YEAR), reason="Once more")
        row.measured(median(seconds), each=seconds, lines=lines)

    def revaluation_row(self, row):
        seconds = []
        for at in range(ROUNDS):
            self.command("SetRate", type="closing", **{"from": "USD", "to": "EUR"},
                         date="%d-12-31" % YEAR, rate="0.9%d" % at)
            took, answer = self.command("RevalueForeignBalances", fiscal_year=str(YEAR), period=12,
                                        entry=new_id(), journal="GEN")
            lines = sum(len(event["data"]["lines"]) for event in answer["events"]
                        if event["type"] == "EntryPosted")
            if lines < CUSTOMERS:
                raise Failed("the revaluation has %d lines" % lines)
            seconds.append(took)
        row.measured(1000 * median(seconds), each=seconds, lines=lines)

    def export_row(self, row):
        begun = time.perf_counter()
        done = subprocess.run([str(self.bench.program), "export", "--data",
                               str(self.server.folder), "--company", COMPANY, "--to",
                               str(self.journal)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, stdin=subprocess.DEVNULL)
        took = time.perf_counter() - begun
        if done.returncode != 0:
            raise Failed("the export failed: " + done.stderr.strip()[-300:])
        row.measured(took, entries=self.entries, octets=self.journal.stat().st_size)
        self.journal.unlink()
