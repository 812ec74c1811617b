# The judge: holds a server that came back against the outside record, and says what is missing.
import itertools
import json

from asking import Refused, cents, commit_of, moment, rebuild
from commands import batch_line, command_of, entry_of
from record import Pen, digest_of
from server import word

MOST_LINES = 5_000  # of one retrying batch


class Broken(Exception):
    """A promise that was not kept, as a sentence."""


def _without_replay(line):
    return line.replace(b',"replayed":true', b"")


class Judge:
    def __init__(self, record, tally, dice):
        self.record = record
        self.tally = tally
        self.dice = dice
        self.pen = Pen(record.directory / "judge.record")
        self.checked_to = 0  # the feed up to here was held against the record
        self._markers = []

    # Unknown outcomes.

    def settle(self, line, commands):
        """Asks again, under the same ids, for what was never answered."""
        unknown = [command for command in commands if not command.known]
        self.tally["unknown outcomes asked again"] += len(unknown)
        for command in [one for one in unknown if one.how == "single"]:
            self._note_single(line, command)
        lines = [one for one in unknown if one.how == "lines"]
        self._note_lines(line, lines, atomic=False)
        atomic = {one.batch for one in unknown if one.how == "atomic"}
        for batch in sorted(atomic):
            whole = [one for one in commands if one.batch == batch]
            self._note_lines(line, whole, atomic=True)

    def _note_single(self, line, command):
        answer = self._ask(line, command)
        if answer.status not in (200, 422):
            raise Broken(f"{command.id}, asked again, was answered {answer.says()}")
        if answer.headers.get("Idempotency-Replayed"):
            self.tally["unknown outcomes that had been kept"] += 1
        command.note(answer.status, answer.json().get("position"), answer.body)

    def _note_lines(self, line, commands, atomic):
        asked = [batch_line(one.kind, one.id, one.target) for one in commands]
        answers = dict(line.batch(asked, atomic)) if asked else {}
        for command in commands:
            told = json.loads(answers[command.id])
            if told["status"] not in (200, 422):
                raise Broken(f"{command.id} of a batch, asked again, was answered {told}")
            if told.get("replayed"):
                self.tally["unknown outcomes that had been kept"] += 1
            if command.known:
                self._compare_line(command, answers[command.id])
            else:
                position = told.get("position", told.get("problem", {}).get("position"))
                command.note(told["status"], position, _without_replay(answers[command.id]))

    # Known outcomes.

    def _ask(self, line, command):
        name, data = command_of(command.kind, command.id, command.target)
        return line.command(name, data, command.id)

    def retry(self, line, commands, most_singles):
        """Every command again: the first answer must come, byte for byte where one was kept."""
        singles = [one for one in commands if one.how == "single"]
        if len(singles) > most_singles:
            singles = self.dice.sample(singles, most_singles)
        for command in singles:
            answer = self._ask(line, command)
            self._compare(command, answer.status, answer.body)
            if not answer.headers.get("Idempotency-Replayed"):
                raise Broken(f"{command.id} was answered {answer.says()} and was not known")
            self.tally["answers compared byte for byte"] += 1
        done = {one.id for one in singles}
        rest = [one for one in commands if one.id not in done]
        for at in range(0, len(rest), MOST_LINES):
            part = rest[at:at + MOST_LINES]
            asked = [batch_line(one.kind, one.id, one.target) for one in part]
            answers = dict(line.batch(asked))
            for command in part:
                if command.id not in answers:
                    raise Broken(f"the retry of {command.id} was not answered")
                self._compare_line(command, answers[command.id])
        self.tally["commands retried"] += len(commands)

    def _compare(self, command, status, body):
        if status != command.status:
            raise Broken(f"{command.id} was answered {command.status} first and {status} when it "
                         f"was asked again: {body[:300]!r}")
        if digest_of(body) != command.answer:
            raise Broken(f"the answer to {command.id} is another one when it is asked again: "
                         f"{body[:300]!r}")

    def _compare_line(self, command, answer):
        """A line says less than the answer to a single command: there only position and status."""
        told = json.loads(answer)
        if command.how == "single":
            position = told.get("position", told.get("problem", {}).get("position"))
            if (told["status"], position) != (command.status, command.position):
                raise Broken(f"{command.id} was answered {command.status} at {command.position} "
                             f"first and {told} when it was asked again")
        else:
            self._compare(command, told["status"], _without_replay(answer))
            self.tally["answers compared byte for byte"] += 1
        if told["status"] == 200 and not told.get("replayed"):
            raise Broken(f"{command.id} was acknowledged, and happened anew when asked again")

    # The log.

    def mark(self, line):
        """Posts an entry that ends a reading of the feed; its position."""
        command_id = f"marker-{len(self._markers)}"
        self.pen.sent("post", command_id, "single")
        name, data = command_of("post", command_id)
        answer = line.command(name, data, command_id)
        if answer.status != 200:
            raise Broken(f"after its restart the server answered {answer.says()}")
        position = answer.json()["position"]
        self.pen.got(command_id, 200, position, answer.body)
        self.record.take_in()
        self._markers.append(self.record.commands[command_id])
        return position

    def read_log(self, line, commands, after):
        """Every accepted command of these is in the feed once, and nothing that nobody asked for.

        Returns the net of each account over what was read, in cents."""
        end = self.mark(line)
        where = {}
        nets = {}
        position, time = after, ""
        for commit in line.feed(after):
            before = position, time
            position, time = commit["position"], moment(commit["time"])
            if position <= before[0] or time <= before[1]:
                raise Broken(f"the feed goes back: {position} at {time} comes after {before}")
            for entry, lines in commit_of(commit):
                where.setdefault(entry, []).append(position)
                for posted in lines:
                    side = 1 if posted["side"] == "debit" else -1
                    account = posted["account"]
                    nets[account] = nets.get(account, 0) + side * cents(posted["base"])
            if position >= end:
                break
        self.compare_log(where, [one for one in commands if one.accepted], after)
        self.checked_to = end
        return nets

    def compare_log(self, where, accepted, after):
        due = set()
        for command in itertools.chain(accepted, self._markers):
            if command.position <= after:
                continue
            entry = entry_of(command.id)
            due.add(entry)
            found = where.get(entry, [])
            if found != [command.position]:
                raise Broken(f"{command.id} was acknowledged at position {command.position}, and "
                             f"the log has its entry {entry} at {found or 'no position'}")
        foreign = set(where) - due
        if foreign:
            entry = min(foreign)
            raise Broken(f"the log has the entry {entry} at {where[entry]}, which nobody was told")

    def look_up(self, line, commands, most):
        """Asks for single entries, and for those of dry runs and refusals, which are not there."""
        accepted = [one.id for one in commands if one.accepted]
        refused = [one.id for one in commands if not one.accepted]
        for ids, due in ((accepted, 1), (refused, 0), (self.record.tried, 0)):
            for command_id in self.dice.sample(ids, min(most, len(ids))):
                answer = line.query("entry", entry=entry_of(command_id),
                                    min_position=self.checked_to)
                if answer.status not in (200, 404):
                    raise Broken(f"the entry of {command_id} was asked for: {answer.says()}")
                found = len(answer.json()["rows"]) if answer.status == 200 else 0
                if found != due:
                    raise Broken(f"the query finds the entry of {command_id} {found} times in "
                                 f"place of {due}")
                self.tally["entries looked up"] += 1

    # All of it.

    def check_new(self, line, commands, most=60):
        """After each restart: what happened since the last one."""
        self.settle(line, commands)
        self.retry(line, commands, most)
        self.read_log(line, commands, self.checked_to)
        self.look_up(line, commands, most // 4)

    def check_all(self, line, program, directory):
        """The whole record and the whole log; the books against sums of our own; the audit."""
        nets = self.read_log(line, self.record.commands.values(), 0)
        rebuild(line)
        self.compare_books(line, nets)
        code, said = word(program, "audit", "verify", "--data", directory)
        if code != 0 or "All agrees" not in said:
            raise Broken(f"the audit found: {said}")
        self.tally["whole logs compared, rebuilt and audited"] += 1

    def compare_books(self, line, nets):
        answer = line.query("trial_balance", limit=10_000)
        if answer.status != 200:
            raise Broken(f"the trial balance was answered {answer.says()}")
        rows = {row["account"]: cents(row["debit"]) - cents(row["credit"])
                for row in answer.json()["rows"]}
        for account in sorted(set(rows) | set(nets)):
            if rows.get(account, 0) != nets.get(account, 0):
                raise Broken(f"account {account} stands at {rows.get(account, 0)} cents, its "
                             f"entries in the log come to {nets.get(account, 0)}")

    def hear_clients(self):
        if self.record.wrong:
            raise Broken(self.record.wrong[0])


def judged(call, *arguments):
    """Calls it; a server that turns the judge away has broken a promise too."""
    try:
        return call(*arguments)
    except Refused as why:
        raise Broken(f"the server turned the judge away: {why}") from why
    except RuntimeError as why:
        raise Broken(str(why)) from why
