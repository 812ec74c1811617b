# A client of the HTTP API: one connection, and what one company's bookkeeper asks over it.
import http.client
import json
import pathlib
import socket
import time
import urllib.parse

COMPANY = "CRASH"
IDLE = 20  # seconds after which a connection is opened anew
# What a server that is gone, or goes while it answers, does to its clients.
GONE = (OSError, http.client.HTTPException)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    def says(self):
        """Status and reason, for a sentence."""
        try:
            told = self.json()
            return f"{self.status} {told.get('code', '')}: {told.get('detail', '')}"
        except (ValueError, AttributeError):
            return f"{self.status} {self.body[:200]!r}"


class Line:
    """A keep-alive connection of one key holder."""

    def __init__(self, address, key, patience=60.0):
        self.key = key
        self.address = address
        self._used = time.monotonic()
        self._http = http.client.HTTPConnection(*address, timeout=patience)
        self._http.connect()
        self._http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self._http.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _open(self, method, target, body=None, headers=None):
        # The server ends connections that idle for a minute.
        if time.monotonic() - self._used > IDLE:
            self._http.close()
        self._used = time.monotonic()
        self._http.request(method, target, body,
                           {"Authorization": "Bearer " + self.key, **(headers or {})})
        return self._http.getresponse()

    def ask(self, method, target, body=None, headers=None):
        response = self._open(method, target, body, headers)
        return Answer(response.status, response.headers, response.read())

    def command(self, name, data, command_id=None, dry_run=False):
        headers = {"Content-Type": "application/json"}
        if command_id is not None:
            headers["Idempotency-Key"] = command_id
        target = f"/commands/{name}" + ("?dry_run=true" if dry_run else "")
        return self.ask("POST", target, json.dumps(data), headers)

    def batch(self, lines, atomic=False):
        """Yields the answer of each line as it comes: (id, the line's bytes)."""
        body = "".join(json.dumps(line) + "\n" for line in lines)
        target = "/commands" + ("?atomic=true" if atomic else "")
        response = self._open("POST", target, body, {"Content-Type": "application/x-ndjson"})
        if response.status != 200:
            raise Refused(Answer(response.status, response.headers, response.read()))
        while True:
            line = response.readline()
            if not line.endswith(b"\n"):
                break
            yield json.loads(line)["id"], line
        response.read()

    def query(self, name, **parameters):
        words = urllib.parse.urlencode({"company": COMPANY, **parameters})
        return self.ask("GET", f"/queries/{name}?{words}")

    def feed(self, after=0):
        """Yields commits as they are told, without end; over a connection of its own."""
        with Line(self.address, self.key) as own:
            response = own._open("GET", f"/events?after={after}", None,
                                 {"Accept": "application/x-ndjson"})
            if response.status != 200:
                raise Refused(Answer(response.status, response.headers, response.read()))
            while True:
                line = response.readline()
                if not line.endswith(b"\n"):
                    raise Refused(Answer(200, response.headers, b"the feed ended"))
                if line != b"\n":
                    yield json.loads(line)

    def metrics(self):
        """Values by name with labels."""
        lines = self.ask("GET", "/metrics").body.decode().splitlines()
        pairs = [line.rpartition(" ") for line in lines if line and not line.startswith("#")]
        return {name: float(value) for name, _, value in pairs}


class Refused(Exception):
    """An answer where another was due."""

    def __init__(self, answer):
        super().__init__(answer.says())
        self.answer = answer


def key_of(directory):
    return (pathlib.Path(directory) / "admin.key").read_text(encoding="ascii").strip()


def found_company(line, company=COMPANY):
    """The company of all scenarios, or another; with its books of the years 2026 on."""
    answer = line.command("CreateCompany", {
        "company": company, "name": "Crash & Sons", "base_currency": "EUR",
        "time_zone": "Europe/Berlin", "first_fiscal_year": 2026, "chart": "standard"},
        "found-" + company)
    if answer.status != 200:
        raise Refused(answer)


def commit_of(commit):
    """The entries that a commit of the feed posted: (entry id, lines)."""
    return [(event["data"]["entry"], event["data"]["lines"]) for event in commit["events"]
            if event["type"] == "EntryPosted"]


def moment(text):
    """A time of the log as a text that sorts: the fraction has six digits."""
    seconds, _, fraction = text.rstrip("Z").partition(".")
    return f"{seconds}.{fraction:0<6}"


def cents(money):
    whole, _, part = money["amount"].partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int(part or 0)


def rebuild(line):
    """All read models are built anew; the server compares them with the old ones and reports."""
    answer = line.ask("POST", "/rebuild")
    if answer.status != 202:
        raise Refused(answer)
    end = time.monotonic() + 1  # a small one may be over before it is seen
    while time.monotonic() < end:
        if any(value for name, value in line.metrics().items() if "model_building" in name):
            break
    wait_for_models(line, 300)


def wait_for_models(line, patience=60.0):
    """Until the read models are where the log is and none is being built; the position."""
    end = time.monotonic() + patience
    while True:
        seen = line.metrics()
        tail = seen["kontor_log_position"]
        behind = [name for name, value in seen.items()
                  if (name.startswith("kontor_read_model_position") and value < tail)
                  or (name.startswith("kontor_read_model_building") and value)]
        stopped = [name for name, value in seen.items()
                   if name.startswith("kontor_read_model_stopped") and value]
        if stopped:
            raise RuntimeError("read models stopped: " + ", ".join(stopped))
        if not behind:
            return int(tail)
        if time.monotonic() > end:
            raise RuntimeError("read models never caught up: " + ", ".join(behind))
        time.sleep(0.02)
