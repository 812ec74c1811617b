# The real server as a process: started, watched, stopped, killed; and the program's other words.
import os
import signal
import subprocess
import threading
import time

SAYS_WHERE = " at http://"


class DoesNotStart(Exception):
    """The server ended before it served; carries what it said."""

    def __init__(self, code, said):
        super().__init__(said or f"ended with {code} and said nothing")
        self.code = code
        self.said = said


class Server:
    """One process over one data directory. `environment` is added to that of the harness."""

    def __init__(self, program, directory, environment=None, believes_clock=True, patience=60.0):
        self.directory = str(directory)
        self.journal = self.directory + ".journal"
        words = [str(program), "serve", "--data", self.directory, "--listen", "127.0.0.1:0"]
        if believes_clock:
            words.append("--accept-clock")
        with open(self.journal, "ab") as journal:
            self._from = journal.tell()
            self.process = subprocess.Popen(
                words, stdout=subprocess.PIPE, stderr=journal, stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})})
        # A server that neither serves nor ends must not hold the harness for ever.
        watch = threading.Timer(patience, self.process.kill)
        watch.start()
        line = self.process.stdout.readline().decode()
        watch.cancel()
        if SAYS_WHERE not in line:
            code = self.process.wait()
            self.process.stdout.close()
            raise DoesNotStart(code, self.said())
        host, _, port = line.strip().rpartition(SAYS_WHERE)[2].rpartition(":")
        self.address = (host, int(port))

    def said(self):
        """What this process wrote to its journal."""
        with open(self.journal, "rb") as journal:
            journal.seek(self._from)
            return journal.read().decode(errors="replace").strip()

    def runs(self):
        return self.process.poll() is None

    def kill(self):
        self.process.kill()
        self._reap()

    def stop(self, patience=60.0):
        """Ends it as an operator would; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return self._reap()

    def _reap(self):
        code = self.process.wait()
        self.process.stdout.close()
        return code

    def resident(self):
        """Bytes of memory that it holds now."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.runs():
            self.kill()


class Watch:
    """Samples a server's memory until it is left; `most` is the largest sample."""

    def __init__(self, server, every=0.1):
        self.most = self.samples = 0
        self._server = server
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self):
        while not self._over.is_set():
            try:
                self.most = max(self.most, self._server.resident())
                self.samples += 1
            except (OSError, ValueError):
                return
            self._over.wait(self._every)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def word(program, *arguments, patience=600.0):
    """Runs `kontor <word> ...`; exit code and all that it printed."""
    done = subprocess.run([str(program), *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=patience,
                          check=False)
    return done.returncode, done.stdout.decode(errors="replace").strip()


def wait_until(holds, patience=60.0, every=0.02):
    """True as soon as it holds, False when it did not within `patience` seconds."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True
