"""A Kontor server of the bench's own, its company, and the loads that are put on it."""
import contextlib
import ctypes
import http.client
import json
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import time

COMPANY, YEAR, ACCOUNTS = "BENCH", 2025, 1000
FIRST_DAY, TODAY, LAST_DAY = ("%d-%s" % (YEAR, day) for day in ("01-01", "11-03", "12-31"))


class Failed(Exception):
    """A measurement that cannot count, in a sentence."""


def end_with_parent():
    """In the child: a bench that is killed leaves no server behind (Linux, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def entry_line(date, amount, company=COMPANY):
    """A template of a two-line entry between two of a company's accounts."""
    def line(account, side):
        return {"account": "A" + account, "side": side,
                "amount": {"amount": amount, "currency": "EUR"}}
    return json.dumps({"command": "PostEntry", "data": {
        "company": company, "entry": "{uuid}", "journal": "GEN", "date": date,
        "text": "Load {seq}", "lines": [line("{number:0001:0500}", "debit"),
                                        line("{number:0501:1000}", "credit")]}})


def entries_mix(path, date, backdated, companies=(COMPANY,), amounts=75):
    """Writes the mix that loads of entries use: amounts and accounts drawn, the companies in turn,
    and one entry of fifteen with the second date in place of the first."""
    dice = random.Random(20260115)
    lines = [entry_line(backdated if at % 15 == 7 else date,
                        "%.2f" % (dice.randrange(100, 500_000) / 100),
                        companies[at % len(companies)]) for at in range(amounts)]
    path.write_text("\n".join(lines) + "\n")
    return path


class Server:
    """`kontor serve` on a data directory; started, asked, and ended by its own process id."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.process = self.port = None

    @property
    def pid(self):
        return self.process.pid

    @property
    def key(self):
        return (self.folder / "admin.key").read_text().strip()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.port

    def start(self, at_most=900):
        """Starts it; the seconds from exec until it says that it is ready."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        log = open(str(self.folder) + ".log", "ab")
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [str(self.program), "serve", "--data", str(self.folder), "--listen",
             "127.0.0.1:%d" % self.port, "--accept-clock"], stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, preexec_fn=end_with_parent)
        log.close()
        while time.perf_counter() - begun < at_most:
            if self.process.poll() is not None:
                raise Failed("the server ended at its start, see %s.log" % self.folder)
            if self._is_ready():
                return time.perf_counter() - begun
            time.sleep(0.002)
        raise Failed("the server was not ready after %d s" % at_most)

    def _is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as door:
                door.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n"
                             b"Connection: close\r\n\r\n")
                return door.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def stop(self):
        self.end(signal.SIGTERM)

    def end(self, how):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(120)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def remove(self):
        self.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
        pathlib.Path(str(self.folder) + ".log").unlink(missing_ok=True)

    def ask(self, method, path, body=None, expected=(200, 202), **headers):
        headers.update({"Authorization": "Bearer " + self.key, "Connection": "close"})
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        with contextlib.closing(door):  # a kept one would be closed while a load runs
            door.request(method, path, body, headers)
            answer = door.getresponse()
            text = answer.read()
        if answer.status not in expected:
            raise Failed("%s %s answered %d: %s" % (method, path[:80], answer.status,
                                                    text[:300].decode("utf-8", "replace")))
        return text

    def position(self):
        """The log's last durable position."""
        return int(json.loads(self.ask("GET", "/health/ready"))["position"])

    def metrics(self):
        found = {}
        for line in self.ask("GET", "/metrics").decode().splitlines():
            if not line.startswith("#") and line:
                name, value = line.rsplit(" ", 1)
                found[name] = float(value)
        return found

    def wait_for_read_models(self, position, at_most=1800):
        """Returns once a query reads the position."""
        until = time.monotonic() + at_most
        while time.monotonic() < until:
            answer = self.ask("GET", "/queries/journals?company=%s&min_position=%d" %
                              (COMPANY, position), expected=(200, 503))
            if json.loads(answer).get("as_of", {}).get("position", -1) >= position:
                return
        raise Failed("the read models did not reach position %d in %d s" % (position, at_most))

    def found_company(self, company=COMPANY, headings=(("asset", "1"), ("income", "4"))):
        """A company of the bench: a year, a journal, 1,000 accounts of its own, as many under each
        heading."""
        self.ask("POST", "/commands/CreateCompany", json.dumps({
            "company": company, "name": "Bench", "base_currency": "EUR",
            "time_zone": "Europe/Berlin", "fiscal_year_start_month": 1,
            "first_fiscal_year": YEAR, "chart": "standard"}))

        def account(at):
            kind, parent = headings[(at - 1) * len(headings) // ACCOUNTS]
            return {"id": "account-%s-%d" % (company, at), "command": "OpenAccount", "data": {
                "company": company, "account": "A%04d" % at, "name": "Account %d" % at,
                "kind": kind, "parent": parent}}
        lines = "".join(json.dumps(account(at)) + "\n" for at in range(1, ACCOUNTS + 1))
        answers = self.ask("POST", "/commands", lines, **{"Content-Type": "application/x-ndjson"})
        for line in answers.decode().splitlines():
            if json.loads(line)["status"] != 200:
                raise Failed("an account was refused: " + line[:300])

    def answer_octets(self, entry):
        """How many octets the answer to a posted entry has, head and body."""
        status, head, body = exchange_on_new(self.port, "POST /commands/PostEntry HTTP/1.1\r\n"
                                             "Host: localhost\r\nAuthorization: Bearer %s\r\n"
                                             "Content-Length: %d\r\n\r\n%s" % (
                                                 self.key, len(entry), entry))
        if status != 200:
            raise Failed("a posting was answered %d: %s" % (status, body[:300]))
        return len(head) + 4 + len(body)


def exchange(door, request):
    """One request and its answer over an open connection: status, head and body."""
    door.sendall(request.encode())
    text = b""

    def more():
        octets = door.recv(65536)
        if not octets:
            raise Failed("the server closed the connection")
        return octets
    while b"\r\n\r\n" not in text:
        text += more()
    head, body = text.split(b"\r\n\r\n", 1)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += more()
    return int(head[9:12]), head, body


def exchange_on_new(port, request):
    with socket.create_connection(("127.0.0.1", port), 60) as door:
        return exchange(door, request)


def load(program, url, key, mix, *, connections, seconds=None, rate=None, batch=1, requests=None,
         all_of=200):
    """Runs `kontor load` and returns its findings; anything but `all_of` makes it worthless."""
    words = [str(program), "load", "--url", url, "--key", key, "--mix", str(mix), "--json",
             "--connections", str(connections), "--batch", str(batch),
             "--duration", str(seconds or max(600, requests * batch // 500))]
    if rate:
        words += ["--rate", "%.3f" % rate]
    if requests:
        words += ["--requests", str(requests)]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
    if done.returncode != 0:
        raise Failed("the load failed: " + (done.stderr or done.stdout).strip()[-300:])
    findings = json.loads(done.stdout)
    if set(findings["statuses"]) != {str(all_of)} or findings["failed"] or findings["unanswered"]:
        raise Failed("not every request was answered %d: %s, %d failed, %d unanswered" % (
            all_of, findings["statuses"], findings["failed"], findings["unanswered"]))
    return findings
