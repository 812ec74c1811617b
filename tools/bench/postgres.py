"""PostgreSQL as a good engineer would set it up: a private cluster, made and removed here."""
import os
import pathlib
import pwd
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent

# docs/performance.md says why each is as it is.
SETTINGS = {
    "shared_buffers": "1GB", "synchronous_commit": "on", "fsync": "on", "wal_buffers": "64MB",
    "max_wal_size": "8GB", "min_wal_size": "1GB", "checkpoint_timeout": "30min",
    "checkpoint_completion_target": "0.9", "wal_compression": "on", "jit": "off",
    "max_connections": "100", "listen_addresses": "", "random_page_cost": "1.1",
    "logging_collector": "off",
}


class Missing(Exception):
    """PostgreSQL cannot be run here, in a sentence."""


def programs():
    """The folder of the server's programs; Debian keeps them out of the path."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise Missing("PostgreSQL is not installed (Debian: postgresql-15)")
    return pathlib.Path(on_path).parent


class Cluster:
    """A cluster of its own under `folder`, gone when the block ends, however it ends."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.bin = programs()
        self.host = "@kontor-bench-%d" % os.getpid()  # an abstract socket: no path to be too long
        self.as_user, self.user = [], pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:  # the server refuses root
            try:
                pwd.getpwnam("postgres")
            except KeyError:
                raise Missing("the server refuses root and there is no user postgres") from None
            self.user = "postgres"
            self.as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres",
                            "--init-groups", "--"]

    def _run(self, *words, **more):
        done = subprocess.run(self.as_user + [str(word) for word in words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, cwd="/", **more)
        if done.returncode != 0:
            raise Missing("%s failed: %s" % (pathlib.Path(str(words[0])).name,
                                             done.stdout.strip()[-300:]))
        return done.stdout

    def __enter__(self):
        try:
            self._begin()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *what):
        self._end()

    def _begin(self):
        self._end()  # what a run that was killed has left
        self.folder.mkdir(parents=True)
        if self.as_user:
            shutil.chown(self.folder, self.user, self.user)
        self.folder.chmod(0o700)
        data = self.folder / "data"
        self._run(self.bin / "initdb", "-D", data, "-U", self.user, "--auth=peer",
                  "--encoding=UTF8", "--no-locale")
        options = " ".join("-c %s=%s" % (name, value or "''") for name, value in SETTINGS.items())
        options += " -c unix_socket_directories=%s" % self.host
        self._run(self.bin / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", self.folder / "log",
                  "-o", options, "start")
        self._run(self.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.host, "-U",
                  self.user, "-d", "postgres", "-f", HERE / "posting.sql")

    def _end(self):
        data = self.folder / "data"
        if (data / "postmaster.pid").exists():
            try:
                self._run(self.bin / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
            except Missing:
                pass  # it was dead already
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql):
        return self._run(self.bin / "psql", "-X", "-A", "-t", "-h", self.host, "-U", self.user,
                         "-d", "postgres", "-c", sql).strip()

    def load(self, clients, seconds):
        """Postings a second by that many clients, and how long one took at the median."""
        text = self._run(self.bin / "pgbench", "-n", "-M", "prepared", "-f",
                         HERE / "posting.pgbench", "-c", clients, "-j", min(2, clients), "-T",
                         seconds, "-h", self.host, "-U", self.user, "postgres")
        failed = re.search(r"number of failed transactions: (\d+)", text)
        rate = re.search(r"tps = ([0-9.]+)", text)
        if not rate or (failed and int(failed.group(1))):
            raise Missing("pgbench: " + text.strip()[-300:])
        return float(rate.group(1))

    def checked(self):
        """Whether what was posted adds up: a fast function that posts wrongly is no yardstick."""
        rows = self.ask("select (select count(*) from event) = (select count(*) from entry), "
                        "(select count(*) from command) = (select count(*) from entry), "
                        "(select count(*) from entry_line) = 2 * (select count(*) from entry), "
                        "(select sum(debit) = sum(credit) from balance), "
                        "(select sum(debit) from balance) = "
                        "(select sum(minor) from entry_line where side = 1)")
        if rows != "t|t|t|t|t":
            raise Missing("the books of the yardstick do not add up: " + rows)
