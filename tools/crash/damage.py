# Damaged files: a byte flipped, a tail cut off, a file gone, in every kind of file there is.
#
# The server may refuse to start, may answer with a clear sentence, or may be unaffected with the
# same figures. It may never tell a wrong figure, and never lose commits without a word.
import collections
import http.client
import itertools
import json
import re
import shutil
import time

from asking import Answer, Line
from commands import batch_line, posting
from figures import commits_of, question, questions, take
from judgement import Broken
from machine import Company
from server import DoesNotStart, Server, wait_until, word

REFUSED = "refuses to start"
TOLD = "answers with a sentence"
SAME = "same figures"
SHORTER = "lost commits in silence"
WRONG = "wrong figures"
DIED = "died"
REPEATS = 300  # commands that are asked again of each damaged copy
KINDS_IN_SHORT = ("log WAL", "log SST", "log MANIFEST", "log CURRENT", "format", "mark",
                  "views SST")


def kind_of(path):
    """What a file of the data directory is, in the words of the table."""
    part = path.parts[0] + " " if len(path.parts) > 1 else ""
    name = path.name
    if name.endswith(".log"):
        return part + "WAL"
    if name.endswith(".sst"):
        return part + "SST"
    return part + re.split(r"[-.]", name)[0] if part else name


def files_by_kind(directory):
    """Files that hold something, by kind, the newest last."""
    kinds = collections.defaultdict(list)
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.stat().st_size:
            name = path.relative_to(directory)
            kinds[kind_of(name)].append(name)
    return dict(sorted(kinds.items()))


# Ways to damage a file; each says what it did.

def written(path, octets):
    """How many octets of it hold something: behind them a write-ahead log is zeros."""
    return len(octets.rstrip(b"\0") if path.suffix == ".log" else octets) or len(octets)


def flip(path, dice):
    octets = bytearray(path.read_bytes())
    at = dice.randrange(written(path, octets))
    octets[at] ^= 1 << dice.randrange(8)
    path.write_bytes(octets)
    return f"a bit of byte {at} of {len(octets)}"


def cut(path, dice):
    octets = path.read_bytes()
    there = written(path, octets)
    gone = dice.choice((1, 7, 64, dice.randint(1, there)))
    left = max(0, there - gone)
    path.write_bytes(octets[:left])
    return f"cut from {len(octets)} to {left} bytes"


def remove(path, _):
    path.unlink()
    return "removed"


class Truth:
    """An undamaged directory at rest and the figures that it gives."""

    def __init__(self, run, directory, key, last, commands):
        self.directory = directory
        self.key = key
        self.last = last
        commands = [one for one in commands if one.known]
        self.repeats = run.dice.sample(commands, min(len(commands), REPEATS))
        copy = directory.with_name(directory.name + "-truth")
        shutil.copytree(directory, copy)
        with Server(run.program, copy) as server:
            self.figures = take(server, key, last)
            with Line(server.address, key) as line:
                self.next_numbers = next_numbers(line)
        self.has_mark = (directory / "mark").exists()


def next_numbers(line):
    """The number that the next entry would get: decisions rest on state, not on figures."""
    answer = line.command("PostEntry", posting("next"), dry_run=True)
    if answer.status != 200:
        return answer
    return [event["data"]["number"] for event in answer.json()["events"]]


def prepare(run, room):
    """Two directories with the same books: one whose server was stopped, one killed at rest."""
    with Company(run, room, room / "killed") as company:
        rounds = 2 if run.short else 4
        for at in range(rounds):  # each start makes files of what the last one wrote
            company.start()
            with company.load():
                company.wait_for_answers(60 if run.short else 700)
            with company.line() as line:
                last = company.judge.mark(line)
                line.query("companies", min_position=last)
            if at + 1 < rounds:
                company.server.stop()
        company.server.kill()
    stopped = room / "stopped"
    shutil.copytree(company.directory, stopped)
    Server(run.program, stopped).stop()
    commands = list(company.record.commands.values())
    return [Truth(run, directory, company.key, last, commands)
            for directory in (company.directory, stopped)]


def attempt(run, truth, copy):
    """Starts a server on damaged files; the outcome and the sentence that goes with it."""
    try:
        server = Server(run.program, copy)
    except DoesNotStart as why:
        if why.code < 0 or not why.said:
            return DIED, f"ended with {why.code}: {why.said[-300:]}"
        return REFUSED, why.said
    with server:
        try:
            return compare(server, truth)
        except (OSError, http.client.HTTPException) as why:
            if wait_until(lambda: not server.runs(), 5):
                return DIED, f"ended with {server.process.poll()}: {server.said()[-300:]}"
            return DIED, f"does not answer: {why}"


def compare(server, truth):
    """The first thing that differs from the truth decides; a sentence is no wrong figure."""
    sentence = ""
    with Line(server.address, truth.key, 20) as line:
        tail = line.metrics()["kontor_log_position"]
        if tail < truth.figures.position:
            return SHORTER, f"{truth.figures.position - tail:.0f} of {truth.figures.position}"
        for query, parameters in questions(truth.figures.position):
            answer = line.query(query, **parameters)
            if answer.status == 200:
                told = answer.json()
                due = truth.figures.rows[question(query, parameters)]
                if (told["rows"], told.get("totals")) != due:
                    return WRONG, question(query, parameters)
            elif answer.status == 503 and answer.json().get("detail"):
                sentence = sentence or answer.says()
            else:
                return WRONG, f"{question(query, parameters)} was answered {answer.says()}"
        commits, broken_off = commits_of(line, truth.last)
        if commits != truth.figures.commits[:len(commits)]:
            return WRONG, "the feed"
        if broken_off:
            sentence = sentence or "feed: " + broken_off
        wrong = compare_state(line, truth)
        if wrong:
            return WRONG, wrong
    return (TOLD, sentence) if sentence else (SAME, "")


def compare_state(line, truth):
    """Decisions on damaged files: the next number, and what each command was answered."""
    numbers = next_numbers(line)
    if isinstance(numbers, Answer):
        if numbers.status != 503:
            return f"the next entry: {numbers.says()}"
    elif numbers != truth.next_numbers:
        return f"the next entry: {numbers} in place of {truth.next_numbers}"
    asked = [batch_line(one.kind, one.id, one.target) for one in truth.repeats]
    answers = {name: json.loads(answer) for name, answer in line.batch(asked)}
    for command in truth.repeats:
        told = answers[command.id]
        position = told.get("position", told.get("problem", {}).get("position"))
        if told["status"] != 503 and (told["status"], position) != (command.status,
                                                                    command.position):
            return f"the repeat of {command.id}, answered {command.status} at {command.position}" \
                   f" before: {told}"
    return ""


class Trials:
    """All damages of a run and the table of what came of them."""

    def __init__(self, run):
        self.run = run
        self.outcomes = collections.defaultdict(collections.Counter)
        self.broken = []
        self.without_mark = 0

    def one(self, truth, name, way, copy):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(truth.directory, copy)
        did = way(copy / name, self.run.dice)
        outcome, sentence = attempt(self.run, truth, copy)
        kind = kind_of(name)
        self.outcomes[f"{kind}, {way.__name__}"][outcome] += 1
        self.run.tally["damaged files"] += 1
        self.run.tally[outcome] += 1
        if outcome == SAME and not self.run.short and kind.startswith("log "):
            self.audit(copy)
        if outcome == SHORTER and not truth.has_mark and not self.run.mark_is_due:
            self.without_mark += 1
        elif outcome in (SHORTER, WRONG, DIED):
            self.keep(copy, f"{outcome}: {name} ({truth.directory.name}), {did}: {sentence}")

    def audit(self, copy):
        """What the server did not need to read, the audit reads."""
        code, _ = word(self.run.program, "audit", "verify", "--data", copy)
        self.run.tally["same figures, and found by the audit" if code else
                       "same figures, and the audit agrees"] += 1

    def keep(self, copy, sentence):
        self.broken.append(sentence)
        copy.rename(copy.with_name(f"broken-{len(self.broken)}"))

    def line(self, first, rest, widths):
        self.run.note(f"{first:<24}" + "".join(f"{text:>{width}}"
                                               for text, width in zip(rest, widths)))

    def tell(self):
        columns = (REFUSED, TOLD, SAME, SHORTER, WRONG, DIED)
        self.run.note("")
        widths = [max(len(word) for word in name.split()) + 2 for name in columns]
        for words in itertools.zip_longest(*(name.split() for name in columns), fillvalue=""):
            self.line("", words, widths)
        for what, counts in sorted(self.outcomes.items()):
            self.line(what, [counts[name] or "." for name in columns], widths)
        for sentence in self.broken:
            self.run.note(sentence)
        if self.without_mark:
            self.run.note(f"NOT HELD: {self.without_mark} logs without a mark came back shorter "
                          "and nobody noticed; tolerated because of --without-mark.")


def damage(run):
    """Damages files of every kind; never a wrong figure, never a commit lost in silence."""
    room = run.room("damage")
    truths = prepare(run, room)
    trials = Trials(run)
    end = time.monotonic() + run.seconds
    first = True
    while first or time.monotonic() < end:
        for truth in truths[:1] if run.short else truths:
            for kind, names in files_by_kind(truth.directory).items():
                for way in ways_for(run, kind):
                    # The newest file of the log holds what was written last.
                    name = names[-1] if way is cut else run.dice.choice(names)
                    trials.one(truth, name, way, room / "copy")
                    run.progress(f"{run.tally['damaged files']} files damaged")
        first = False
    trials.tell()
    if trials.broken:
        raise Broken(f"{len(trials.broken)} of {run.tally['damaged files']} damages were not "
                     f"noticed; the first: {trials.broken[0]}")


def ways_for(run, kind):
    if not run.short:
        return flip, cut, remove
    if kind not in KINDS_IN_SHORT:
        return ()
    return (flip, cut) if kind == "log WAL" else (flip,)
