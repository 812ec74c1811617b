# A disk that fills up under load and is freed again, on a small file system of memory.
#
# Mounting needs a namespace of its own, and a namespace a process of its own: this file is both the
# scenario and the program that runs in there.
import collections
import errno
import json
import os
import pathlib
import random
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from judgement import Broken, judged  # noqa: E402
from machine import Company  # noqa: E402
from server import DoesNotStart, wait_until  # noqa: E402

MEGABYTE = 1 << 20


def full_disk(run):
    """Fills the disk under load: 503 with its cause, nothing lost, freed it goes on."""
    room = run.room("full_disk")
    inside = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-r", "-m"]
    done = subprocess.run(
        [*inside, sys.executable, __file__, run.program, room, str(run.seed), str(int(run.short))],
        stdout=subprocess.PIPE, check=False)
    if not done.stdout:
        raise RuntimeError("what runs in the namespace ended early, see above")
    told = json.loads(done.stdout.splitlines()[-1])
    run.tally.update(told["tally"])
    if told["broken"]:
        raise Broken(told["broken"])


class Disk:
    """A tmpfs that only this namespace sees."""

    def __init__(self, path, megabytes):
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)],
                       check=True)
        self._ballast = path / "ballast"

    def fill(self, leave):
        """Until `leave` bytes are free."""
        space = os.statvfs(self.path)
        octets = space.f_bavail * space.f_frsize - leave
        with open(self._ballast, "ab", buffering=0) as ballast:
            try:
                while octets > 0:
                    octets -= ballast.write(bytes(min(octets, MEGABYTE)))
            except OSError as why:
                if why.errno != errno.ENOSPC:
                    raise

    def free(self):
        self._ballast.unlink(missing_ok=True)


def fill_under_load(run, company, disk):
    """Until the engine has stopped; it names the cause, and reading goes on."""
    # The log takes space for its next megabytes with its first write; filled before that, the disk
    # is full soon. Filled later, it is full in the middle of a flush.
    if run.short or run.dice.random() < 0.5:
        disk.fill(leave=run.dice.randrange(16 * 1024, 128 * 1024))
    with company.load():
        time.sleep(0.2)
        disk.fill(leave=0)
        with company.line() as line:
            stopped = wait_until(lambda: line.metrics()["kontor_engine_broken"] == 1, 60, 0.05)
    if not stopped:
        raise RuntimeError("the disk did not become full")
    with company.line() as line:
        refused = line.command("PostEntry", {})
        ready = line.ask("GET", "/health/ready")
        asked = line.command("AddDimensionValues", {
            "company": "CRASH", "dimension": "project",
            "values": [{"value": "P1", "name": "A project"}]}, "full-disk")
        read = line.query("trial_balance")
    run.tally["malformed input while full: " + str(refused.status)] += 1
    if asked.status != 503 or not asked.headers.get("Retry-After"):
        raise Broken(f"on a full disk a command was answered {asked.says()}")
    if "space" not in asked.says().lower():
        raise Broken(f"the 503 of a full disk does not name its cause: {asked.says()}")
    if ready.status != 503:
        raise Broken(f"on a full disk /health/ready answers {ready.says()}")
    run.tally["503 that named the full disk"] += 1
    run.tally[f"queries while full answered {read.status}"] += 1
    if read.status != 200 and (read.status != 503 or not read.json().get("detail")):
        raise Broken(f"on a full disk a query was answered {read.says()}")


def start_while_full(run, company):
    """It may say why it does not start; it may serve; it may not lose anything either way."""
    try:
        company.start()
        company.server.kill()
        run.tally["starts on the full disk that served"] += 1
    except DoesNotStart as why:
        if why.code < 0 or "space" not in why.said.lower():
            raise Broken(f"on a full disk the server ended with {why.code}: {why.said}") from why
        run.tally["starts on the full disk that said why not"] += 1


def rounds(run, room):
    disk = Disk(room / "disk", 256)
    with Company(run, room, disk.path / "data") as company:
        company.start()
        for at in range(1 if run.short else 8):
            company.server.stop()
            company.start()
            fill_under_load(run, company, disk)
            run.tally["disks filled"] += 1
            if at % 2:
                company.server.kill()
            else:
                company.server.stop()
            start_while_full(run, company)
            disk.free()
            company.start()
            company.check()
        company.check_whole()


class Inside:
    """The part of a run that this process needs."""

    def __init__(self, program, seed, short):
        self.program = pathlib.Path(program)
        self.seed = int(seed)
        self.short = short == "1"
        self.name = "full"
        self.tally = collections.Counter()
        self.dice = random.Random(f"{seed}/full")


def main():
    program, room, seed, short = sys.argv[1:]
    run = Inside(program, seed, short)
    broken = ""
    try:
        judged(rounds, run, pathlib.Path(room))
    except Broken as why:
        broken = str(why)
    print(json.dumps({"tally": run.tally, "broken": broken}))


if __name__ == "__main__":
    main()
