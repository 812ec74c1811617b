# The seeded simulation of engine, read models and power cuts: another program, run with the faults.
import subprocess

from judgement import Broken

HISTORIES_A_MINUTE = 1_000  # in memory, behind the minutes of power cuts: half a minute or so


def simulation(run):
    """Runs seeded histories with crashes and power cuts on a file system in memory."""
    program = run.simulation
    if run.short or not program or not program.exists():
        run.note("The tests run a few histories themselves." if run.short else
                 "ABSENT: there is no simulation_run in this build, so nothing was simulated.")
        return
    minutes = max(run.seconds / 60, 0.1)
    done = subprocess.run(
        [program, str(round(HISTORIES_A_MINUTE * minutes)), str(run.seed % 1_000_000_000),
         f"{minutes:.2f}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=minutes * 360 + 300,
        check=False)
    lines = done.stdout.decode(errors="replace").splitlines()
    for line in lines[-40:]:
        run.note(line)
    if done.returncode != 0:
        raise Broken(f"the simulation ended with {done.returncode}: {(lines or ['nothing'])[-1]}")
