"""What the machine is, and who used its processors while something was measured."""
import os
import pathlib
import platform
import resource

TICKS = os.sysconf("SC_CLK_TCK")


def shape():
    """The machine in a line's worth of facts: figures mean nothing without them."""
    model = memory = ""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            memory = "%.0f GiB" % (int(line.split()[1]) / 1024 / 1024)
    return {"processors": os.cpu_count(), "model": model or platform.machine(),
            "memory": memory, "kernel": platform.release(), "load_average": os.getloadavg()}


def busy_seconds():
    """Processor seconds that all processes together have used since the machine started."""
    fields = pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _, _, irq, softirq, steal = (int(field) for field in fields[:8])
    return (user + nice + system + irq + softirq + steal) / TICKS


def _stat(path):
    text = pathlib.Path(path).read_text()
    name = text[text.index("(") + 1:text.rindex(")")]
    return name, text[text.rindex(")") + 2:].split()


def process_seconds(pid):
    """Processor seconds of a process, with the children that it has waited for."""
    try:
        _, fields = _stat("/proc/%d/stat" % pid)
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS


def threads(pid):
    """By the names of a process's threads: processor seconds and context switches so far."""
    found = {}
    for task in pathlib.Path("/proc/%d/task" % pid).iterdir():
        try:
            name, fields = _stat(task / "stat")
            status = (task / "status").read_text()
        except OSError:
            continue  # the thread has ended
        mine = found.setdefault(name, {"threads": 0, "seconds": 0.0, "waits": 0, "preempted": 0})
        mine["threads"] += 1
        mine["seconds"] += (int(fields[11]) + int(fields[12])) / TICKS
        for line in status.splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                mine["waits"] += int(line.split()[1])
            elif line.startswith("nonvoluntary_ctxt_switches"):
                mine["preempted"] += int(line.split()[1])
    return found


def memory(pid):
    """VmRSS and VmHWM of a process in MB (10^6 bytes)."""
    found = {}
    for line in pathlib.Path("/proc/%d/status" % pid).read_text().splitlines():
        if line.startswith(("VmRSS", "VmHWM")):
            found[line[:5]] = int(line.split()[1]) * 1024 / 1e6
    return found


def bytes_on_disk(folder):
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                total += os.stat(os.path.join(place, name)).st_blocks * 512
            except FileNotFoundError:
                pass  # a compaction removed it meanwhile
    return total


class Shares:
    """Processor cores used during a piece of work: the server, its clients, all others."""

    def __init__(self, server_pid):
        self.pid = server_pid
        self.before = self._now()

    def _now(self):
        mine = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (os.times().elapsed, busy_seconds(), process_seconds(self.pid),
                children.ru_utime + children.ru_stime, mine.ru_utime + mine.ru_stime)

    def taken(self):
        took, busy, server, clients, mine = (
            after - before for after, before in zip(self._now(), self.before))
        took = max(took, 1e-9)
        others = max(0.0, busy - server - clients - mine)
        return {"server_cores": round(server / took, 2), "client_cores": round(clients / took, 2),
                "others_cores": round(others / took, 2)}
