# The clients: processes of their own that send a mixed load and write the record until the server
# is gone or they are told to end.
import json
import multiprocessing
import random
import signal
import time

from asking import GONE, Line, Refused
from commands import batch_line, command_of
from record import Pen, digest_of

LINES_OF_A_BATCH = 40
LINES_OF_AN_ATOMIC_BATCH = 10

_fork = multiprocessing.get_context("fork")


class Client:
    """One client's life against one start of the server."""

    def __init__(self, name, address, key, path, seed, over):
        self.name = name
        self.pen = Pen(path)
        self.dice = random.Random(seed)
        self.over = over
        self.count = 0
        self.mine = []  # (kind, id, target, digest) of single commands that were answered
        self.posted = []  # ids whose entries stand and are not reversed
        self.address = address
        self.key = key

    def live(self):
        try:
            with Line(self.address, self.key) as line:
                while not self.over.is_set():
                    self.act(line)
        except GONE:
            pass  # what was under way has an unknown outcome: the record has no answer
        except Refused as why:
            self.pen.wrong(f"client {self.name} was turned away: {why}")
        finally:
            self.pen.close()

    def act(self, line):
        dice = self.dice.random()
        if dice < 0.50:
            self.single(line, "post")
        elif dice < 0.58:
            self.single(line, "refuse")
        elif dice < 0.70 and self.posted:
            self.single(line, "reverse", self.posted.pop(self.dice.randrange(len(self.posted))))
        elif dice < 0.78:
            self.dry_run(line)
        elif dice < 0.88 and self.mine:
            self.repeat(line)
        elif dice < 0.94:
            self.batch(line, "lines", LINES_OF_A_BATCH)
        else:
            self.batch(line, "atomic", LINES_OF_AN_ATOMIC_BATCH)

    def new_id(self):
        self.count += 1
        return f"{self.name}-{self.count}"

    def single(self, line, kind, target=None):
        command_id = self.new_id()
        name, data = command_of(kind, command_id, target)
        self.pen.sent(kind, command_id, "single", target)
        answer = line.command(name, data, command_id)
        if answer.status == 503:
            return self.turned_away(answer)
        told = answer.json()
        self.pen.got(command_id, answer.status, told.get("position"), answer.body)
        self.mine.append((kind, command_id, target, digest_of(answer.body)))
        due = 422 if kind == "refuse" else 200
        if answer.status != due:
            self.pen.wrong(f"{command_id} was answered {answer.says()} in place of {due}")
        elif kind == "post":
            self.posted.append(command_id)
        return None

    def turned_away(self, answer):
        self.pen.counted("503")
        if not answer.headers.get("Retry-After") or not answer.json().get("code"):
            self.pen.wrong(f"a 503 lacks Retry-After or its cause: {answer.says()}")
        time.sleep(0.05)

    def dry_run(self, line):
        command_id = self.new_id()
        name, data = command_of("post", command_id)
        answer = line.command(name, data, dry_run=True)
        if answer.status == 503:
            return self.turned_away(answer)
        if answer.status != 200 or not answer.json().get("dry_run"):
            self.pen.wrong(f"a dry run was answered {answer.says()}")
        self.pen.tried(command_id)
        return None

    def repeat(self, line):
        kind, command_id, target, digest = self.dice.choice(self.mine)
        name, data = command_of(kind, command_id, target)
        answer = line.command(name, data, command_id)
        if answer.status == 503:
            return self.turned_away(answer)
        if digest_of(answer.body) != digest:
            self.pen.wrong(f"the repeat of {command_id} was answered otherwise: {answer.says()}")
        self.pen.counted("repeats while the server ran")
        return None

    def batch(self, line, how, size):
        ids = [self.new_id() for _ in range(size)]
        # A refused line stops nothing, but an atomic batch would be refused whole.
        kinds = ["refuse" if how == "lines" and self.dice.random() < 0.1 else "post" for _ in ids]
        for kind, command_id in zip(kinds, ids):
            self.pen.sent(kind, command_id, how, batch=ids[0])
        lines = [batch_line(kind, command_id) for kind, command_id in zip(kinds, ids)]
        try:
            for command_id, answer in line.batch(lines, atomic=how == "atomic"):
                told = json.loads(answer)
                if told["status"] != 503:
                    self.pen.got(command_id, told["status"], position_in(told), answer)
        except Refused as why:
            if why.answer.status != 503:
                raise
            self.turned_away(why.answer)


def position_in(told):
    """Where a batch line's answer stands in the log, be it yes or no."""
    return told.get("position", told.get("problem", {}).get("position"))


def _run(*arguments):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Client(*arguments).live()


class Load:
    """Clients at once against one server; left when all have ended."""

    def __init__(self, server, key, directory, name, seed, clients=3):
        self._over = _fork.Event()
        self._clients = [
            _fork.Process(target=_run, args=(
                f"{name}-{at}", server.address, key, directory / f"client-{at}.record",
                f"{seed}/{name}/{at}", self._over), daemon=True)
            for at in range(clients)]

    def __enter__(self):
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for client in self._clients:
            client.join(30)
            if client.is_alive():
                client.kill()
                client.join()
                raise RuntimeError("a client hangs: the server neither answered nor went")
            if client.exitcode != 0:
                raise RuntimeError("a client ended by a fault of its own, see above")
