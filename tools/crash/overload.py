# More than the server can do: four times its rate, idle and slow clients, the largest bodies.
#
# Memory stays within the sum of the server's own limits, what was accepted happened, what was
# refused says when to come back and why, and afterwards all is as fast as before.
import json
import resource
import socket
import subprocess
import threading
import time

from asking import GONE, Line, found_company, wait_for_models
from judgement import Broken, judged
from machine import Company
from server import Watch

OTHER = "LOAD"  # the company that the unrecorded load posts into
MEGABYTE = 1 << 20
LARGEST_BATCH = 16 * MEGABYTE
LARGEST_COMMAND = MEGABYTE
LINES_OF_A_LARGE_ANSWER = 10_000
SLOW_BYTES = 1024  # that a slow reader takes at once
# What the server allows itself over what it holds at rest, in megabytes: bodies, write buffers and
# cache of the two databases, and per slow reader a bounded backlog with the batch behind it.
ALLOWED = 256 + 96 + 128 + 200 * 3


DUE = 0.8  # of the rate before, for the long form; the machine may have other work


class Shape:
    """How much of everything."""

    def __init__(self, short):
        self.seconds = 1 if short else 60
        self.measured = 1 if short else 4
        self.measurings = 1 if short else 3
        self.idle = 300 if short else 2_000
        self.slow = 20 if short else 200
        self.large = 4 if short else 24
        self.busy = 64 if short else 2_500


def overload(run):
    """Asks four times what the server can do; it stays within bounds, and is well afterwards."""
    shape = Shape(run.short)
    allow_files(10_000)
    with Company(run, run.room("overload")) as company:
        company.start()
        with company.line() as line:
            found_company(line, OTHER)
        before = best_rate(run, company, shape)
        rest = company.server.resident()
        with Watch(company.server) as watch:
            press(run, company, shape, before)
        check_record(company)
        after = rate_afterwards(run, company, shape, before)
        run.tally["commands a second before"] = round(before)
        run.tally["commands a second afterwards, % of before"] = round(100 * after / before)
        run.tally["memory at rest, MB"] = rest // MEGABYTE
        run.tally["memory at its most, MB"] = watch.most // MEGABYTE
        run.tally["memory afterwards, MB"] = company.server.resident() // MEGABYTE
        if watch.most - rest > ALLOWED * MEGABYTE:
            raise Broken(f"memory grew by {(watch.most - rest) // MEGABYTE} MB; its limits allow "
                         f"{ALLOWED} MB")
        if not run.short and after < DUE * before:
            raise Broken(f"{before:.0f} commands a second before, {after:.0f} afterwards")


def allow_files(count):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))


def loaded(run, company, *options):
    """`kontor load` as it reports."""
    host, port = company.server.address
    return subprocess.Popen(
        [str(run.program), "load", "--url", f"http://{host}:{port}", "--key", company.key,
         "--company", OTHER, "--date", "2026-05-05", "--json", *map(str, options)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def findings(process):
    said, _ = process.communicate(timeout=600)
    if not said:
        raise RuntimeError("kontor load found nothing out")
    return json.loads(said)


def best_rate(run, company, shape):
    """Commands a second with 64 clients, the best of several looks: others use this machine too."""
    with company.line() as line:
        wait_for_models(line, 300)
    return max(findings(loaded(run, company, "--connections", 64, "--duration",
                               shape.measured))["commands_per_second"]
               for _ in range(shape.measurings))


def rate_afterwards(run, company, shape, before):
    """Looks again while it is below what is due, since what was brought is still worked off."""
    after = best_rate(run, company, shape)
    for _ in range(0 if run.short else 4):
        if after >= DUE * before:
            break
        run.tally["looks until all was as fast as before"] += 1
        after = max(after, best_rate(run, company, shape))
    return after


def press(run, company, shape, rate):
    """All at once; returns when the load has ended."""
    over = threading.Event()
    crowd = Crowd(run, company, over)
    try:
        crowd.idle(shape.idle)
        crowd.slow(shape.slow)
        with company.load():
            load = loaded(run, company, "--rate", round(4 * rate), "--connections", shape.busy,
                          "--duration", shape.seconds)
            crowd.large(shape.large, shape.seconds)
            found = findings(load)
    finally:
        over.set()
        crowd.leave()
    for status, count in found["statuses"].items():
        run.tally[f"unrecorded load answered {status}"] += count
    run.tally["planned and not sent, since the server was full"] += found["unsent"]


class Crowd:
    """Clients that want nothing, or take nothing, or bring too much."""

    def __init__(self, run, company, over):
        self.run = run
        self.company = company
        self.over = over
        self.lock = threading.Lock()
        self.sockets = []
        self.threads = []
        self.wrong = []

    def count(self, what, count=1):
        with self.lock:
            self.run.tally[what] += count

    def connect(self, receive_buffer=None):
        peer = socket.socket()
        if receive_buffer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        peer.settimeout(30)
        peer.connect(self.company.server.address)
        self.sockets.append(peer)
        return peer

    def idle(self, count):
        for _ in range(count):
            self.connect()
        self.count("idle connections", count)

    def slow(self, count):
        """Half read the feed from its beginning, half the answers of large batches."""
        head = f"Host: kontor\r\nAuthorization: Bearer {self.company.key}\r\n"
        lines = b'{"id":"slow","command":"NoCommand","data":{}}\n' * LINES_OF_A_LARGE_ANSWER
        feed = (f"GET /events?after=0 HTTP/1.1\r\n{head}"
                "Accept: application/x-ndjson\r\n\r\n").encode()
        batch = (f"POST /commands HTTP/1.1\r\n{head}Content-Type: application/x-ndjson\r\n"
                 f"Content-Length: {len(lines)}\r\n\r\n").encode() + lines
        slow = []
        for at in range(count):
            peer = self.connect(4096)
            peer.sendall(feed if at % 2 else batch)
            slow.append(peer)
        self.count("slow readers", count)
        self.start(self.sip, slow)

    def sip(self, slow):
        """A little from each, again and again; the server may give them up."""
        while not self.over.wait(0.5):
            for peer in list(slow):
                try:
                    peer.settimeout(0.01)
                    if not peer.recv(SLOW_BYTES):
                        raise ConnectionResetError
                except TimeoutError:
                    continue
                except OSError:
                    slow.remove(peer)
                    self.count("slow readers that the server gave up")

    def large(self, count, seconds):
        for at in range(count):
            self.start(self.bring, at, time.monotonic() + seconds)

    def bring(self, at, end):
        """The largest bodies, one after the other, and now and then one that is too large."""
        while time.monotonic() < end and not self.over.is_set():
            octets = LARGEST_COMMAND if at % 4 == 1 else LARGEST_BATCH
            try:
                self.bring_one(octets + (at % 4 == 3), "PostEntry" if at % 4 == 1 else "")
            except GONE:
                # Refused after its head, the connection may end before the body is sent.
                self.count("large bodies cut off by the server")
            time.sleep(0.1)

    def bring_one(self, octets, command):
        beginning, end = b'{"text":"', b'"}\n'
        body = beginning + b"x" * (octets - len(beginning) - len(end)) + end
        with Line(self.company.server.address, self.company.key) as line:
            answer = line.ask("POST", f"/commands/{command}".rstrip("/"), body,
                              {"Content-Type": "application/x-ndjson"})
        self.count(f"large bodies answered {answer.status}")
        if answer.status == 503:
            self.hear_refusal(answer)
        elif answer.status not in (200, 413, 422):
            self.wrong.append(f"a body of {octets} bytes was answered {answer.says()}")

    def hear_refusal(self, answer):
        self.count("503 with its cause: " + answer.json().get("code", "none"))
        if not answer.headers.get("Retry-After") or not answer.json().get("code"):
            self.wrong.append(f"a 503 lacks Retry-After or its cause: {answer.says()}")

    def start(self, call, *arguments):
        thread = threading.Thread(target=call, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    def leave(self):
        for thread in self.threads:
            thread.join(90)
        for peer in self.sockets:
            peer.close()
        if self.wrong:
            raise Broken(self.wrong[0])


def check_record(company):
    """The recorded clients' commands; the feed is left out, since others posted millions."""
    new = company.record.take_in()
    company.judge.hear_clients()
    with company.line() as line:
        judged(check_commands, company, line, new)
    for what, count in company.record.counts.items():
        company.run.tally["recorded clients: " + what] += count


def check_commands(company, line, new):
    company.judge.settle(line, new)
    company.judge.retry(line, new, 500)
    company.judge.checked_to = wait_for_models(line, 600)
    company.judge.look_up(line, new, 500)
