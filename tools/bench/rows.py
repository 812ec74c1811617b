"""What the bench measures: each function fills rows of the table, yardstick beside work."""
import contextlib
import datetime
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

import kontor
import machine
import postgres
from figures import median, percentile, spread
from kontor import COMPANY, FIRST_DAY, LAST_DAY, Failed, exchange, load

IO_THREADS = 2  # of `kontor serve`, and so of the echo
CONNECTIONS = 64
FEWEST_FOR_P99 = 200
COMMIT_OCTETS = 600  # about what the log stores of a two-line entry


DAYS = 365  # of the large company


def date_of(day):
    """The day of the year of the bench, counted from 0."""
    return str(datetime.date.fromisoformat(FIRST_DAY) + datetime.timedelta(days=day))


def say(text):
    print(text, flush=True)


def json_of(*words, **more):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, **more)
    if done.returncode != 0:
        raise Failed("%s failed: %s" % (os.path.basename(str(words[0])),
                                        done.stderr.strip()[-300:]))
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextlib.contextmanager
def echo_server(program, octets):
    """A bare Beast server whose answers have that many octets in all; gone at the end."""
    head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" %
            octets)
    process = subprocess.Popen([str(program), str(IO_THREADS), str(octets - len(head))],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield "http://127.0.0.1:%d" % json.loads(process.stdout.readline())["port"], process.pid
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


class Yardsticks:
    """What Kontor is held against; the same objects serve all rounds of a run."""

    def __init__(self, build, folder, key, echo_url, echo_pid, cluster):
        self.build, self.folder = build, folder
        self.key = key  # sent to the echo too, so that its requests are as long
        self.echo_url, self.echo_pid, self.cluster = echo_url, echo_pid, cluster
        self.clients = None  # at which PostgreSQL is at its best

    def disk(self, seconds, *how):
        return json_of(self.build / "bench_disk", self.folder / "disk", seconds, *how)

    def rocks(self, seconds):
        place = self.folder / "rocks"
        shutil.rmtree(place, ignore_errors=True)
        try:
            return json_of(self.build / "bench_rocks", place, COMMIT_OCTETS, seconds)["per_second"]
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def echo(self, program, mix, seconds):
        shares = machine.Shares(self.echo_pid)
        found = load(program, self.echo_url, self.key, mix, connections=CONNECTIONS,
                     seconds=seconds)
        return found["requests_per_second"], shares.taken()

    def find_best_clients(self, seconds):
        self.cluster.load(8, 2)  # warms the caches
        found = {clients: self.cluster.load(clients, seconds) for clients in (8, 16, 32, 64)}
        self.clients = max(found, key=found.get)
        return found

    def postgres(self, seconds):
        return self.cluster.load(self.clients, seconds)


def thread_costs(before, after, commands):
    """Processor seconds and context switches a million commands, by name of thread."""
    costs = {}
    for name, now in sorted(after.items()):
        then = before.get(name, {"seconds": 0.0, "waits": 0, "preempted": 0})
        costs[name] = {"threads": now["threads"]}
        for what in ("seconds", "waits", "preempted"):
            costs[name][what] = round((now[what] - then[what]) * 1e6 / commands, 2)
    return costs


class Spine:
    """The first four rows, and the lag: at whatever size the log has."""

    def __init__(self, bench, server, sticks):
        self.bench, self.server, self.sticks = bench, server, sticks
        self.pairs = {"echo": [], "postgres": [], "rocks": [], "disk": [], "batch": [],
                      "latency": []}
        self.details, self.highest = {}, None

    def kontor(self, seconds, **more):
        return load(self.bench.program, self.server.url, self.server.key, self.bench.mix,
                    seconds=seconds, **more)

    def settle(self):
        """Waits for the read models; the log's position then."""
        position = self.server.position()
        self.server.wait_for_read_models(position)
        time.sleep(0.3)
        return position

    def all_are_there(self, before, commands):
        """What the client counted must be in the log, or the figure is worth nothing."""
        now = self.server.position()
        if now - before != commands:
            raise Failed("%d postings were acknowledged and %d are in the log" % (
                commands, now - before))

    def single_rounds(self, rounds, seconds):
        sticks, taken = self.sticks, []
        self.kontor(1, connections=CONNECTIONS)  # warms both sides
        commands, costs = 0, []
        for at in range(rounds):
            disk = sticks.disk(1)["per_second"]
            rocks = sticks.rocks(1)
            echo, echo_shares = sticks.echo(self.bench.program, self.bench.mix, seconds)
            position = self.settle()
            before, metrics = machine.threads(self.server.pid), self.server.metrics()
            shares = machine.Shares(self.server.pid)
            found = self.kontor(seconds, connections=CONNECTIONS)
            taken.append({"kontor": shares.taken(), "echo": echo_shares})
            after, then = machine.threads(self.server.pid), self.server.metrics()
            figure = found["commands_per_second"]
            self.all_are_there(position, found["commands"])
            costs.append((before, after, found["commands"]))
            commands += found["commands"]
            self.details.setdefault("group_sizes", []).append(round(
                (then["kontor_commits_total"] - metrics["kontor_commits_total"]) /
                max(1, then["kontor_groups_total"] - metrics["kontor_groups_total"]), 1))
            self.details.setdefault("latency_ms", []).append(found["latency_ms"])
            self.settle()
            self.pairs["echo"].append((figure, echo))
            self.pairs["rocks"].append((figure, rocks))
            self.pairs["disk"].append((figure, disk))
            words = "round %d: fdatasync %.0f/s, RocksDB %.0f/s, echo %.0f/s, Kontor %.0f/s" % (
                at + 1, disk, rocks, echo, figure)
            if sticks.clients:
                rate = sticks.postgres(seconds)
                self.pairs["postgres"].append((figure, rate))
                words += ", PostgreSQL %.0f/s" % rate
            say(words + "; cores used by others %.2f" % taken[-1]["kontor"]["others_cores"])
        self.highest = median([figure for figure, _ in self.pairs["echo"]])
        self.details["shares"] = taken
        self.details["threads_per_million"] = thread_costs(*costs[-1])

    def latency_rounds(self, rounds, seconds):
        """p99 at half of the highest load, in ms, beside the p50 of one fdatasync."""
        rate = self.highest / 2
        for _ in range(rounds):
            disk, growing = self.sticks.disk(1), self.sticks.disk(1, "growing")
            found = self.kontor(seconds, connections=CONNECTIONS, rate=rate)
            self.pairs["latency"].append((found["latency_ms"]["p99"], disk["p50_us"] / 1000))
            self.details.setdefault("at_half", []).append(
                {"rate": rate, "reached": found["commands_per_second"],
                 "unsent": found["unsent"], "fdatasync": disk, "fdatasync_growing": growing,
                 **found["latency_ms"]})
            self.settle()
            say("at %.0f/s: p50 %.2f, p99 %.2f ms; one fdatasync %.2f ms, its p99 %.2f ms; "
                "of a file that grows %.2f and %.2f ms" % (
                    rate, found["latency_ms"]["p50"], found["latency_ms"]["p99"],
                    *(sync[part] / 1000 for sync in (disk, growing)
                      for part in ("p50_us", "p99_us"))))

    def batch_rounds(self, rounds, batches):
        """Entries a second by NDJSON until a query has read the last of them."""
        for _ in range(rounds):
            position = self.settle()
            before, shares = machine.threads(self.server.pid), machine.Shares(self.server.pid)
            begun = time.perf_counter()
            found = load(self.bench.program, self.server.url, self.server.key, self.bench.mix,
                         connections=4, batch=1000, requests=batches)
            answered = time.perf_counter()
            self.server.wait_for_read_models(self.server.position())
            done = time.perf_counter()
            self.all_are_there(position, found["commands"])
            rate = found["commands"] / (done - begun)
            self.pairs["batch"].append(rate)
            self.details.setdefault("batch", []).append(
                {"entries": found["commands"], "answered_s": answered - begun,
                 "caught_up_s": done - begun, "shares": shares.taken()})
            self.details["batch_threads_per_million"] = thread_costs(
                before, machine.threads(self.server.pid), found["commands"])
            say("batches: %.0f entries/s answered, %.0f until the read models had caught up" % (
                found["commands"] / (answered - begun), rate))

    def lag(self, seconds):
        """ms from the answer to a posting until min_position reads it, under the highest load."""
        probe = Probe(self.server)
        running = threading.Thread(target=probe.run)
        running.start()
        try:
            found = self.kontor(seconds, connections=CONNECTIONS - 1)
        finally:
            probe.ending = True
            running.join()
        if probe.why:
            raise Failed(probe.why)
        return probe, found["commands_per_second"]

    def fill(self, rows):
        if self.pairs["echo"]:
            rows["echo"].beside("echo/s", self.pairs["echo"]).details.update(self.details)
            rows["rocks"].beside("RocksDB sync/s", self.pairs["rocks"])
            rows["fdatasync"].beside("fdatasync/s", self.pairs["disk"])
        if self.pairs["postgres"]:
            rows["postgres"].beside("PostgreSQL/s", self.pairs["postgres"])
        if self.pairs["latency"]:
            sync = median([yardstick for _, yardstick in self.pairs["latency"]])
            row = rows["latency"].beside("one fdatasync, ms", self.pairs["latency"])
            row.due, row.aim = 5 * sync + 1, 4 * sync + 0.5
            row.details["at_half"] = self.details["at_half"]
        if self.pairs["batch"]:
            row = rows["batch"].measured(median(self.pairs["batch"]), rounds=self.pairs["batch"])
            row.details.update(spread=spread(self.pairs["batch"]), runs=self.details["batch"],
                               threads_per_million=self.details["batch_threads_per_million"])


class Probe:
    """One client that posts, and reads its own posting as soon as it is acknowledged."""

    def __init__(self, server):
        self.server, self.ending, self.why = server, False, ""
        self.lags, self.plain = [], []

    def run(self):
        try:
            with socket.create_connection(("127.0.0.1", self.server.port), 60) as door:
                door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                head = "Host: localhost\r\nAuthorization: Bearer %s\r\n" % self.server.key
                at = 0
                while not self.ending:
                    at += 1
                    self.once(door, head, at)
        except (OSError, Failed, ValueError) as broken:
            self.why = "the probe failed: %s" % broken

    def once(self, door, head, at):
        body = json.loads(kontor.entry_line(FIRST_DAY, "1.00"))["data"]
        body["entry"] = new_id()
        body["lines"][0]["account"], body["lines"][1]["account"] = "A0001", "A1000"
        text = json.dumps(body)
        status, _, answer = exchange(door, "POST /commands/PostEntry HTTP/1.1\r\n%sContent-Length: "
                                  "%d\r\n\r\n%s" % (head, len(text), text))
        acknowledged = time.perf_counter()
        if status != 200:
            raise Failed("a posting was answered %d" % status)
        ask = "GET /queries/journals?company=%s%s HTTP/1.1\r\n%s\r\n"
        status, _, _ = exchange(door, ask % (
            COMPANY, "&min_position=%d" % json.loads(answer)["position"], head))
        lag = time.perf_counter() - acknowledged
        if status != 200:
            raise Failed("a query was answered %d" % status)
        self.lags.append(lag * 1000)
        begun = time.perf_counter()
        exchange(door, ask % (COMPANY, "", head))
        self.plain.append((time.perf_counter() - begun) * 1000)


def new_id():
    millis = int(time.time() * 1000)
    return "%08x-%04x-7%03x-8%03x-%012x" % (millis >> 16, millis & 0xffff, random.getrandbits(12),
                                            random.getrandbits(12), random.getrandbits(48))


class Large:
    """The company of a year and many lines: loaded once, kept, measured at rest and asked."""

    name, whole, mix_number = "large", "company", 2

    def __init__(self, bench, entries):
        self.bench, self.entries = bench, entries
        self.folder = bench.folder / ("%s-%d" % (self.name, entries))
        self.server = kontor.Server(bench.program, self.folder)
        self.stamp = self.folder / "bench.json"
        self.facts, self.loaded_now = {}, False

    def ready(self):
        """Starts what is there when it has the size that is wanted; else loads it."""
        if self.stamp.exists() and not self.bench.reload:
            self.facts = json.loads(self.stamp.read_text())
            if (self.facts.get("entries") == self.entries and
                    self.facts.get("mix") == self.mix_number):
                try:
                    seconds = self.server.start()
                    self.server.wait_for_read_models(self.server.position())
                    say("kept: the %s of %d entries, loaded %s by %s (start %.1f s)" % (
                        self.whole, self.entries, self.facts["loaded"], self.facts["program"],
                        seconds))
                    return
                except Failed as why:
                    say("the kept %s cannot be used (%s); it is loaded anew" % (self.whole, why))
        self._load()

    def leave(self):
        """What is half loaded is of no use to a later run."""
        self.server.stop()
        if not self.stamp.exists():
            self.server.remove()

    def found(self):
        self.server.found_company()

    def mix_of(self, date):
        return kontor.entries_mix(self.bench.folder / "day.mix", date,
                                  "{day:%s:%s}" % (FIRST_DAY, date))

    def _load(self):
        self.server.remove()
        self.server.start()
        self.found()
        before = self.server.position()
        begun = time.perf_counter()
        written = 0
        for day in range(DAYS):
            until = self.entries * (day + 1) // DAYS
            batches = round((until - written) / 1000)
            if batches == 0:
                continue
            load(self.bench.program, self.server.url, self.server.key,
                 self.mix_of(date_of(day)), connections=4, batch=1000, requests=batches)
            written += batches * 1000
            if day % 30 == 29:
                say("loading: %d entries, %.0f/s, %.0f MB resident" % (
                    written, written / (time.perf_counter() - begun),
                    machine.memory(self.server.pid)["VmRSS"]))
        self.server.wait_for_read_models(self.server.position())
        seconds = time.perf_counter() - begun
        self.facts = {"entries": self.entries, "mix": self.mix_number, "commits_before": before,
                      "written": written,
                      "loaded": time.strftime("%Y-%m-%d %H:%M"), "seconds": seconds,
                      "entries_per_second": written / seconds,
                      "memory_after_load": machine.memory(self.server.pid),
                      "bytes_after_load": self.sizes(), "program": self.bench.revision}
        self.stamp.write_text(json.dumps(self.facts) + "\n")
        self.loaded_now = True
        say("loaded %d entries in %.0f s: %.0f/s" % (written, seconds, written / seconds))

    def sizes(self):
        return {part: machine.bytes_on_disk(self.folder / part) for part in ("log", "views")}

    def settled_sizes(self, at_most=180):
        """Bytes once no compaction changes them any more."""
        before, quiet = self.sizes(), 0
        for _ in range(at_most):
            time.sleep(1)
            now = self.sizes()
            quiet = quiet + 1 if now == before else 0
            before = now
            if quiet >= 8:
                break
        return before

    def disk_row(self, row):
        sizes = self.settled_sizes()
        entries = self.server.position() - self.facts["commits_before"]
        row.measured((sizes["log"] + sizes["views"]) / entries, settled=sizes, entries=entries,
                     log=sizes["log"] / entries, read_models=sizes["views"] / entries,
                     after_load=self.facts["bytes_after_load"], loaded=self.facts["loaded"])

    def memory_row(self, row, moments):
        if self.loaded_now:
            moments = {"after the load": self.facts["memory_after_load"], **moments}
        row.measured(max(memory["VmRSS"] for memory in moments.values()), moments=moments)

    def ask(self, lines, seconds, connections=1):
        mix = self.bench.folder / "questions.mix"
        mix.write_text("\n".join(json.dumps({"query": line}) for line in lines) + "\n")

        def asked(**more):
            return load(self.bench.program, self.server.url, self.server.key, mix,
                        connections=connections, **more)
        asked(seconds=2)  # files are opened and their indexes read by the first to ask
        found = asked(seconds=seconds)
        if found["requests"] < FEWEST_FOR_P99:  # of fewer a p99 is but the longest
            found = asked(requests=FEWEST_FOR_P99)
        return found

    def trial_balance_row(self, row, seconds):
        tail = self.server.position()
        known = "&known_at={number:1010:%d}" % tail
        base = "/queries/trial_balance?company=%s" % COMPANY
        day = "&valid_at={day:%s:%s}" % (FIRST_DAY, LAST_DAY)
        lines = [base + day + known + "&limit=1000", base + day + "&limit=1000",
                 base + known + "&limit=1000"]
        found = self.ask(lines, seconds)
        row.measured(found["latency_ms"]["p99"], latency_ms=found["latency_ms"],
                     requests=found["requests"], connections=1, rows_a_page=1000,
                     position=tail)

    def statement_row(self, row, seconds, places=150):
        """First pages at random corners, and pages behind cursors found at random depths."""
        dice, tail, lines = random.Random(4), self.server.position(), []
        for _ in range(places):
            base = "/queries/statement_of_account?company=%s&account=A%04d" % (
                COMPANY, dice.randrange(1, 1001))
            day = dice.randrange(DAYS)
            if dice.random() < 0.7:
                base += "&valid_at=" + date_of(day)
            if dice.random() < 0.3:
                base += "&from=" + date_of(dice.randrange(day + 1))
            if dice.random() < 0.7:
                base += "&known_at=%d" % dice.randrange(1010, tail + 1)
            lines.append(base + "&limit=100")
            cursor = self._cursor_within(base, dice)
            if cursor:
                lines.append(base + "&limit=100&after=" + urllib.parse.quote(cursor))
        found = self.ask(lines, seconds)
        row.measured(found["latency_ms"]["p99"], latency_ms=found["latency_ms"],
                     requests=found["requests"], connections=1, rows_a_page=100,
                     addresses=len(lines), behind_cursors=len(lines) - places)

    def _cursor_within(self, base, dice):
        """Where a page could begin at a random depth of that statement; None for a short one."""
        whole = json.loads(self.server.ask("GET", base + "&limit=10000"))
        depth = dice.randrange(1, max(2, len(whole["rows"])))
        return json.loads(self.server.ask("GET", "%s&limit=%d" % (base, depth)))["next"]

    def rebuild_row(self, row):
        models = self.bench.ledger_models(self.server)
        tail = self.server.position()
        before, begun = machine.threads(self.server.pid), time.perf_counter()
        for model in models:
            self.server.ask("POST", "/rebuild?read_model=" + model)
        while True:
            time.sleep(0.05)
            health = json.loads(self.server.ask("GET", "/health/ready"))
            stopped = [one["name"] for one in health["read_models"] if one.get("stopped")]
            if stopped:
                raise Failed("a read model stopped: %s" % stopped)
            if not any(one["building"] for one in health["read_models"]):
                break
        seconds = time.perf_counter() - begun
        row.measured(tail / seconds, seconds=seconds, events=tail, read_models=models,
                     threads_per_million=thread_costs(before, machine.threads(self.server.pid),
                                                      tail))

    def replay_row(self, row):
        """The server is stopped: its files are opened by a program that replays them all."""
        found = json_of(self.bench.build / "bench_replay", self.folder,
                        os.path.dirname(self.folder))
        row.measured(found["commits"] / found["seconds"], **found)

    def start_rows(self, clean, killed, times):
        """From exec until ready, after a clean stop and after SIGKILL under load."""
        seconds = []
        for _ in range(times):
            self.server.stop()
            seconds.append(self.server.start())
            self.server.wait_for_read_models(self.server.position())
        clean.measured(median(seconds), each=seconds)
        seconds, caught_up = [], []
        for _ in range(times):
            self._kill_under_load()
            begun = time.perf_counter()
            seconds.append(self.server.start())
            self.server.wait_for_read_models(self.server.position())
            caught_up.append(time.perf_counter() - begun)
        killed.measured(median(seconds), each=seconds, until_read_models_caught_up=caught_up)

    def _kill_under_load(self):
        words = [str(self.bench.program), "load", "--url", self.server.url, "--key",
                 self.server.key, "--mix", str(self.bench.mix), "--connections",
                 str(CONNECTIONS), "--duration", "60"]
        loading = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            self.server.end(signal.SIGKILL)
        finally:
            loading.kill()
            loading.wait()


def lag_row(row, probe, rate):
    if len(probe.lags) < FEWEST_FOR_P99:
        row.missing("only %d postings were probed" % len(probe.lags))
        return
    row.measured(percentile(probe.lags, 0.99), p50=percentile(probe.lags, 0.5),
                 longest=max(probe.lags), probes=len(probe.lags), load=rate,
                 query_alone_p50=percentile(probe.plain, 0.5),
                 query_alone_p99=percentile(probe.plain, 0.99))


NOT_HERE = (Failed, postgres.Missing, OSError, KeyError, ValueError)
