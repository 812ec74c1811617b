# SIGKILL under load, again and again: nothing that was acknowledged is lost or happens twice.
import shutil
import time

from judgement import judged
from machine import Company

EVERY = 10  # kills between two looks at the whole
LIVES = 50  # kills of one company; then another begins, so that the looks stay short
MOST_OLD = 10_000  # commands that are retried at the end; each was retried after its own kill


def kills(run):
    """Kills the server under load until the time is over."""
    room = run.room("kills")
    end = time.monotonic() + run.seconds
    kept = 0
    while time.monotonic() < end or run.tally["kills under load"] < run.least_kills:
        kept += 1
        with Company(run, room, room / f"data-{kept}") as company:
            try:
                live(run, company, end)
            finally:
                tell(run, company.record)
        # What was kept needs no look again, and the next company has a record of its own.
        for part in room.glob("*.record"):
            part.unlink()
        shutil.rmtree(company.directory)


def live(run, company, end):
    """One company's life through many deaths."""
    company.start()
    for count in range(1, LIVES + 1):
        with company.load():
            time.sleep(run.dice.uniform(0.05, run.longest_load))
            company.server.kill()
        run.tally["kills under load"] += 1
        before = time.monotonic()
        company.start()
        run.longest("longest restart, ms", 1000 * (time.monotonic() - before))
        company.check()
        over = time.monotonic() > end and run.tally["kills under load"] >= run.least_kills
        if over or count == LIVES:
            with company.line() as line:
                judged(retry_old, run, company.judge, line)
        if over or count % EVERY == 0:
            company.check_whole()
        run.progress(f"{run.tally['kills under load']} kills, {len(company.record.commands)} "
                     "commands on record")
        if over:
            break


def retry_old(run, judge, line):
    """Commands from before earlier kills once more."""
    old = [one for one in judge.record.commands.values() if one.known]
    judge.retry(line, run.dice.sample(old, min(len(old), MOST_OLD)), 200)


def tell(run, record):
    run.tally["refusals on record"] += sum(
        command.known and not command.accepted for command in record.commands.values())
    run.tally["dry runs on record"] += len(record.tried)
    for what, count in record.counts.items():
        run.tally[what] += count
