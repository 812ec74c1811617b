# What an operator and a machine do to a server: turn its clock back, start it twice, copy it while
# it works.
import glob
import os
import time

from asking import Line, commit_of, found_company, key_of, moment
from clients import Load
from figures import take
from judgement import Broken, Judge, judged
from record import Record
from server import DoesNotStart, Server, wait_until, word


class Company:
    """A data directory under load with its record and judge: what these scenarios share."""

    def __init__(self, run, room, directory=None):
        self.run = run
        self.room = room
        self.directory = directory or room / "data"
        self.record = Record(room)
        self.judge = Judge(self.record, run.tally, run.dice)
        self.server = self.key = None
        self.loads = 0
        self.unchecked = []

    def start(self, **options):
        fresh = self.key is None
        self.server = Server(self.run.program, self.directory, **options)
        if fresh:
            self.key = key_of(self.directory)
            with self.line() as line:
                found_company(line)

    def line(self):
        return Line(self.server.address, self.key)

    def load(self):
        self.loads += 1
        return Load(self.server, self.key, self.room, f"{self.run.name}{self.loads}",
                    self.run.seed)

    def wait_for_answers(self, count, hows=()):
        """Until so many more commands are acknowledged, and one of each way of sending."""
        self.unchecked += self.record.take_in()
        before = len(self.record.accepted())

        def there():
            self.unchecked += self.record.take_in()
            accepted = self.record.accepted()
            ways = {one.how for one in accepted if not one.id.startswith("marker")}
            return len(accepted) >= before + count and ways.issuperset(hows)
        if not wait_until(there, 120):
            raise RuntimeError("the clients get no answers")

    def check(self):
        """Everything that was recorded since the last check."""
        new = self.unchecked + self.record.take_in()
        self.unchecked = []
        self.judge.hear_clients()
        with self.line() as line:
            judged(self.judge.check_new, line, new)

    def check_whole(self):
        with self.line() as line:
            judged(self.judge.check_all, line, self.run.program, self.directory)
        told = self.server.said()
        for sign in ("was corrupt", "a defect", "cannot be built"):
            if sign in told:
                raise Broken(f"the server's journal says: {told[-500:]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run.tally["commands acknowledged"] += len(self.record.accepted())
        if self.server and self.server.runs():
            self.server.kill()


# A clock that is turned.

class Clock:
    """The server's clock, turned by libfaketime; what measures spans is left alone."""

    def __init__(self, room):
        found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not found:
            raise RuntimeError("libfaketime is not there; the Debian package is faketime")
        self._file = room / "clock"
        self.environment = {
            "LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1",
            # A server built with the address sanitizer wants to be loaded first itself.
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        self.turn("+0")

    def turn(self, offset):
        """By hours or days from the true time: "-1h", "+0"."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(offset + "\n", encoding="ascii")
        fresh.rename(self._file)


def clock(run):
    """Turns the clock back an hour under load; record times go on, one microsecond at a time."""
    room = run.room("clock")
    turned = Clock(room)
    answers = 60 if run.short else 3_000
    with Company(run, room) as company:
        company.start(environment=turned.environment)
        with company.load():
            company.wait_for_answers(answers)
            turned.turn("-1h")
            company.wait_for_answers(answers)
        company.check()
        company.server.kill()
        company.start(environment=turned.environment)  # an hour before its own last commit
        with company.load():
            company.wait_for_answers(answers)
            turned.turn("+0")
            company.wait_for_answers(answers)
        company.check()
        count_small_steps(run, company)
        company.check_whole()
        company.server.stop()
        turned.turn("+3d")
        refuse_clock_ahead(run, company, turned)


def count_small_steps(run, company):
    """The clock must have stood back while commits were made, or nothing was tried."""
    with company.line() as line:
        end = company.judge.mark(line)
        before = ""
        for commit in line.feed():
            now = moment(commit["time"])
            same_second = before[:-6] == now[:-6]
            run.tally["commits recorded"] += 1
            if same_second and int(now[-6:]) - int(before[-6:]) <= 3:
                run.tally["commits recorded a microsecond or so after the last"] += 1
            before = now
            if commit["position"] >= end:
                break
    if run.tally["commits recorded a microsecond or so after the last"] < 20:
        raise RuntimeError("the server's clock was never turned back")


def refuse_clock_ahead(run, company, turned):
    try:
        Server(run.program, company.directory, turned.environment, believes_clock=False)
    except DoesNotStart as why:
        if "clock" not in why.said or why.code < 0:
            raise Broken(f"a clock three days ahead: {why.said}") from why
        run.tally["clocks ahead that were refused"] += 1
        return
    raise Broken("a clock three days ahead was believed without --accept-clock")


# Two servers.

def two_servers(run):
    """Starts a second server on a directory under load; it is refused, the first is undisturbed."""
    with Company(run, run.room("two_servers")) as company:
        company.start()
        for _ in range(2 if run.short else 20):
            with company.load():
                time.sleep(0.1)
                refuse_second(run, company)
        company.check()
        if not run.short:
            company.check_whole()


def refuse_second(run, company):
    try:
        second = Server(run.program, company.directory)
    except DoesNotStart as why:
        due = f"in use by process {company.server.process.pid}"
        if due not in why.said or why.code < 0:
            raise Broken(f"a second server ended with {why.code}: {why.said}") from why
        run.tally["second servers that were refused"] += 1
        return
    second.kill()
    raise Broken("two servers serve one directory")


# Backups.

def backup(run):
    """Backs up under load and restores; the figures are those of the moment of the backup."""
    room = run.room("backup")
    with Company(run, room) as company:
        company.start()
        for at in range(1 if run.short else 5):
            with company.load():
                company.wait_for_answers(60 if run.short else 1_500)
                acknowledged = max(one.position for one in company.record.accepted())
                copy = room / f"backup-{at}"
                expect_done(word(run.program, "backup", "--data", company.directory, "--to", copy))
            run.tally["backups under load"] += 1
            restored = room / f"restored-{at}"
            expect_done(word(run.program, "restore", "--from", copy, "--data", restored))
            expect_done(word(run.program, "audit", "verify", "--data", restored))
            compare_restored(run, company, restored, acknowledged)
        with company.line() as line:
            company.judge.settle(line, list(company.record.commands.values()))
        company.check_whole()


def expect_done(done):
    code, said = done
    if code != 0:
        raise Broken(said)


def compare_restored(run, company, restored, acknowledged):
    with Server(run.program, restored) as server:
        with Line(server.address, company.key) as line:
            tail = int(line.metrics()["kontor_log_position"])
        if tail < acknowledged:
            raise Broken(f"the backup ends at {tail}; {acknowledged} was acknowledged before it")
        last = last_with_events(company, tail)
        copied = take(server, company.key, last, tail)
    original = take(company.server, company.key, last, tail)
    run.tally["figures compared"] += len(original.rows)
    run.tally["commits compared"] += len(original.commits)
    if copied.rows != original.rows or copied.commits != original.commits:
        raise Broken(f"the restored company differs from the original at position {tail}")


def last_with_events(company, tail):
    """The newest position up to `tail` that the feed tells; refusals have no events."""
    with company.line() as line:
        company.judge.mark(line)
        last = 0
        for commit in line.feed():
            if commit["position"] > tail:
                return last
            last = commit["position"] if commit_of(commit) or commit["events"] else last
    return last
