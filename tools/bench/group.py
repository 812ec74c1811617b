"""Twenty companies that are told as one: what is asked of them together, as a row of the bench."""
import datetime
import json
import urllib.parse

import kontor
from kontor import FIRST_DAY, LAST_DAY, YEAR, Failed
from rows import Large

COMPANIES = ["G%02d" % at for at in range(1, 21)]
# Of each company's accounts; entries are debited to the first two and credited to the others.
HEADINGS = (("asset", "1"), ("expense", "5"), ("liability", "2"), ("income", "4"))


def month_ends():
    return [str(datetime.date(YEAR + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1))
            for month in range(1, 13)]


def balance_sheet_of(companies):
    return "/queries/combined_statement?" + urllib.parse.urlencode(
        [("companies", company) for company in companies] +
        [("statement", "balance_sheet"), ("currency", "EUR")])


class Group(Large):
    """Companies of 1,000 accounts each: loaded once and kept, as the large company is."""

    name, whole, mix_number = "group", "group", 1

    def found(self):
        super().found()  # the company that `wait_for_read_models` asks about
        for company in COMPANIES:
            self.server.found_company(company, HEADINGS)

    def mix_of(self, date):
        return kontor.entries_mix(self.bench.folder / "group.mix", date, "{day:%s:%s}" % (
            FIRST_DAY, date), COMPANIES, amounts=5 * len(COMPANIES))

    def combined_statement_row(self, row, seconds):
        tail, whole = self.server.position(), balance_sheet_of(COMPANIES)
        self._balances(whole + "&min_position=%d" % tail)
        corner = "&valid_at={day:%s:%s}&known_at={number:%d:%d}" % (
            FIRST_DAY, LAST_DAY, self.facts["commits_before"], tail)
        found = {name: self.ask(lines, seconds) for name, lines in (
            ("month_ends", ["%s&valid_at=%s" % (whole, day) for day in month_ends()]),
            ("as_things_stand", [whole]),
            ("any_corner", [whole + corner]),
            ("one_company", ["%s&valid_at=%s" % (balance_sheet_of(COMPANIES[:1]), day)
                             for day in month_ends()]))}
        row.measured(found["month_ends"]["latency_ms"]["p99"], connections=1,
                     companies=len(COMPANIES), position=tail,
                     **{name: dict(each["latency_ms"], requests=each["requests"])
                        for name, each in found.items()})

    def _balances(self, address):
        """What is measured must be a statement of all of them that balances."""
        answer = json.loads(self.server.ask("GET", address))
        figures = {row["line"]: row for row in answer["rows"]}
        assets = figures["assets"]
        if (len(assets["by_company"]) != len(COMPANIES) or
                assets["amount"] != figures["equity_and_liabilities"]["amount"] or
                float(assets["amount"]["amount"]) <= 0):
            raise Failed("the combined statement does not balance: %s" % assets)
