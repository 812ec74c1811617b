# SIGKILL under load, again and again: nothing that was acknowledged is lost or happens twice.
import time

from asking import Line, found_company, key_of, wait_for_models
from clients import Load
from judgement import Judge, judged
from record import Record
from server import Server

EVERY = 10  # kills between two looks at the whole
MOST_OLD = 20_000  # commands that are retried at the end; each was retried after its own kill


def kills(run):
    """Kills the server under load until the time is over."""
    directory = run.room("kills") / "data"
    record = Record(directory.parent)
    judge = Judge(record, run.tally, run.dice)
    end = time.monotonic() + run.seconds
    server = Server(run.program, directory)
    key = key_of(directory)
    with Line(server.address, key) as line:
        found_company(line)
    count = 0
    try:
        while time.monotonic() < end or count < run.least_kills:
            with Load(server, key, directory.parent, f"k{count}", run.seed):
                time.sleep(run.dice.uniform(0.05, run.longest_load))
                server.kill()
            count += 1
            run.tally["kills under load"] += 1
            before = time.monotonic()
            server = Server(run.program, directory)
            run.longest("longest restart, ms", 1000 * (time.monotonic() - before))
            with Line(server.address, key) as line:
                judged(check, run, judge, line, directory, count)
            run.progress(f"{count} kills, {len(record.commands)} commands on record")
        with Line(server.address, key) as line:
            judged(final, run, judge, line, directory)
    finally:
        server.kill()
        tell(run, record)


def check(run, judge, line, directory, count):
    new = judge.record.take_in()
    judge.hear_clients()
    judge.check_new(line, new)
    # The clients of the next start must meet a server at rest, or a rebuild would be measured.
    if count % EVERY == 0:
        judge.check_all(line, run.program, directory)


def final(run, judge, line, directory):
    """Old commands once more, and everything that was ever on record against the log."""
    old = list(judge.record.commands.values())
    judge.retry(line, run.dice.sample(old, min(len(old), MOST_OLD)), 200)
    judge.check_all(line, run.program, directory)
    wait_for_models(line)


def tell(run, record):
    run.tally["commands acknowledged"] += len(record.accepted())
    run.tally["refusals on record"] += sum(
        command.known and not command.accepted for command in record.commands.values())
    run.tally["dry runs on record"] += len(record.tried)
    for what, count in record.counts.items():
        run.tally[what] += count
