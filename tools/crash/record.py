# The outside record: what clients sent and were answered, kept where no server can lose it.
#
# A client writes a line before it sends and a line when the answer is there, each handed to the
# system at once. What was sent and never answered has an unknown outcome; it becomes known by
# asking again under the same id.
import hashlib
import json


def digest_of(body):
    return hashlib.blake2b(body, digest_size=16).hexdigest()


class Pen:
    """Writes one client's part of the record."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="ascii")

    def sent(self, kind, command_id, how, target=None, batch=None):
        self._line({"sent": command_id, "kind": kind, "how": how, "target": target,
                    "batch": batch})

    def got(self, command_id, status, position, body):
        self._line({"got": command_id, "status": status, "position": position,
                    "answer": digest_of(body)})

    def tried(self, command_id):
        """A dry run that was answered: its entry must never be."""
        self._line({"tried": command_id})

    def wrong(self, sentence):
        """The client itself saw a promise broken."""
        self._line({"wrong": sentence})

    def counted(self, what):
        self._line({"counted": what})

    def _line(self, fact):
        self._file.write(json.dumps(fact) + "\n")
        self._file.flush()

    def close(self):
        self._file.close()


class Command:
    """One command and, once it is known, its outcome."""

    __slots__ = ("answer", "batch", "how", "id", "kind", "position", "status", "target")

    def __init__(self, fact):
        self.id = fact["sent"]
        self.kind = fact["kind"]
        self.how = fact["how"]  # single, lines or atomic
        self.target = fact["target"]
        self.batch = fact["batch"]
        self.status = self.position = self.answer = None

    @property
    def known(self):
        return self.status is not None

    @property
    def accepted(self):
        return self.status == 200

    def note(self, status, position, body):
        self.status, self.position, self.answer = status, position, digest_of(body)


class Record:
    """All clients' parts together, read on from where they were last read."""

    def __init__(self, directory):
        self.directory = directory
        self.commands = {}
        self.tried = []
        self.wrong = []
        self.counts = {}
        self._read = {}

    def take_in(self):
        """The commands that were sent since the last time."""
        new = []
        for path in sorted(self.directory.glob("*.record")):
            with open(path, "rb") as file:
                there = self._read.get(path, 0)
                file.seek(there)
                for line in file:
                    if not line.endswith(b"\n"):
                        break  # its client is writing it just now
                    self._learn(json.loads(line), new)
                    there += len(line)
                self._read[path] = there
        return new

    def _learn(self, fact, new):
        if "sent" in fact:
            command = self.commands[fact["sent"]] = Command(fact)
            new.append(command)
        elif "got" in fact:
            command = self.commands[fact["got"]]
            command.status, command.position = fact["status"], fact["position"]
            command.answer = fact["answer"]
        elif "tried" in fact:
            self.tried.append(fact["tried"])
        elif "counted" in fact:
            self.counts[fact["counted"]] = self.counts.get(fact["counted"], 0) + 1
        else:
            self.wrong.append(fact["wrong"])

    def accepted(self):
        return [command for command in self.commands.values() if command.accepted]
