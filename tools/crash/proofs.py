# The harness proves itself: each of its checks is shown the fault that it is there for.
import copy
import json
import shutil

from commands import entry_of
from damage import SHORTER, WRONG, Truth, compare
from judgement import Broken
from machine import Company
from record import Command
from server import Server


def proofs(run):
    """Shows each check a lie, a loss or a difference of its own making, and it must be found."""
    with Company(run, run.room("proofs")) as company:
        company.start()
        with company.load():
            company.wait_for_answers(20, {"single", "lines", "atomic"})
        company.check()
        with company.line() as line:
            prove_record(run, company, line)
            prove_books(run, company, line)
            prove_figures(run, company, line)
        prove_older_copy(run, company)


def must_find(run, what, call, *arguments):
    """Calls a check on something that is wrong."""
    try:
        call(*arguments)
    except Broken:
        run.tally["seeded faults that were found"] += 1
        return
    raise Broken(f"the harness proves nothing: it does not find {what}")


def invented(company, position):
    """A command that the record believes acknowledged and that was never sent."""
    command = Command({"sent": f"never-sent-{position}", "kind": "post", "how": "single",
                       "target": None, "batch": None})
    command.note(200, position, b"{}")
    return command


def some(company, how):
    return next(one for one in company.record.commands.values()
                if one.how == how and one.accepted and not one.id.startswith("marker"))


def prove_record(run, company, line):
    judge = company.judge
    commands = list(company.record.commands.values())
    lie = invented(company, 5)
    must_find(run, "a command that is missing in the log", judge.read_log, line,
              [*commands, lie], 0)
    without = some(company, "single")
    must_find(run, "an entry that nobody asked for", judge.read_log, line,
              [one for one in commands if one is not without], 0)
    must_find(run, "an entry that stands in the log twice", judge.compare_log,
              {entry_of(without.id): [without.position, without.position + 1]}, [without], 0)
    must_find(run, "a refusal that happened after all", judge.look_up, line,
              [refused(without)], 1)
    for how in ("single", "lines", "atomic"):
        changed = copy.copy(some(company, how))
        changed.answer = f"{int(changed.answer, 16) ^ 1:032x}"
        must_find(run, "another answer to " + how, judge.retry, line, [changed], 10)
    moved = copy.copy(without)
    moved.position += 1
    must_find(run, "another position", judge.retry, line, [moved], 0)
    # Last, since the server does carry it out.
    must_find(run, "an acknowledged command that happens anew", judge.retry, line,
              [invented(company, 6)], 10)
    must_find(run, "an acknowledged line that happens anew", judge.retry, line,
              [invented(company, 7)], 0)


def refused(command):
    changed = copy.copy(command)
    changed.status = 422
    return changed


def prove_books(run, company, line):
    rows = line.query("trial_balance", limit=10_000).json()["rows"]
    nets = {row["account"]: 0 for row in rows}
    must_find(run, "books that differ from the log", company.judge.compare_books, line, nets)


def prove_figures(run, company, line):
    """The comparison of damaged directories sees a figure and a commit that are not the same."""
    company.server.stop()
    last = max(one.position for one in company.record.accepted())
    room = company.room / "figures"
    shutil.copytree(company.directory, room)
    truth = Truth(run, room, company.key, last, list(company.record.commands.values()))
    for due, change in ((WRONG, change_row), (WRONG, change_commit), (WRONG, change_repeat),
                        (WRONG, change_number), (SHORTER, add_commit)):
        changed = copy.deepcopy(truth)
        change(changed)
        with Server(run.program, room) as server:
            outcome, _ = compare(server, changed)
        if outcome != due:
            raise Broken(f"the harness proves nothing: {outcome} in place of {due}")
        run.tally["seeded faults that were found"] += 1
    company.start()


def change_row(truth):
    first = next(iter(truth.figures.rows))
    rows, totals = truth.figures.rows[first]
    text = json.dumps(rows)
    at = text.index('"amount": "') + len('"amount": "')
    changed = text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1:]
    truth.figures.rows[first] = (json.loads(changed), totals)


def change_commit(truth):
    truth.figures.commits[len(truth.figures.commits) // 2] = b"another"


def change_repeat(truth):
    truth.repeats[-1].position += 1


def change_number(truth):
    truth.next_numbers[0] += 1


def add_commit(truth):
    truth.figures.position += 1


def prove_older_copy(run, company):
    """A directory put back from an earlier copy has lost its tail, whoever made the copy."""
    company.server.stop()
    older = company.room / "older"
    shutil.copytree(company.directory, older)
    company.start()
    with company.load():
        company.wait_for_answers(5)
        company.server.kill()
    shutil.rmtree(company.directory)
    older.rename(company.directory)
    company.start()
    must_find(run, "a log that lost its tail", company.check)
