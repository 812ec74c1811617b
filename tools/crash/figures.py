# What a company's figures are: the answers that must be the same wherever the same log is.
import hashlib
import json

from asking import Line, Refused, wait_for_models

ENTRIES_ASKED = 200


class Figures:
    """Everything that a reader could be told, at several corners of the two times."""

    def __init__(self, position, rows, commits):
        self.position = position
        self.rows = rows  # by the question: rows and totals
        self.commits = commits  # digests of the feed's lines


def questions(tail):
    """Query and parameters; positions in the past make them the same after later commits."""
    for valid_at in ({}, {"valid_at": "2026-03-31"}, {"valid_at": "2026-08-15"}):
        for known_at in (tail, tail * 2 // 3, tail // 3):
            yield "trial_balance", {**valid_at, "known_at": known_at, "limit": 10_000}
    for account in ("1000", "3000"):
        yield "statement_of_account", {"account": account, "known_at": tail,
                                       "limit": ENTRIES_ASKED}
    yield "journal", {"journal": "GEN", "known_at": tail, "limit": ENTRIES_ASKED}
    yield "journal", {"journal": "GEN", "known_at": tail, "order": "date",
                      "limit": ENTRIES_ASKED}


def commits_of(line, tail):
    """Digests of all commits that the feed tells up to a position, and where it broke off."""
    seen = []
    try:
        for commit in line.feed():
            seen.append(hashlib.blake2b(json.dumps(commit).encode(), digest_size=12).digest())
            if commit["position"] >= tail:
                return seen, None
    except (Refused, OSError) as why:
        return seen, str(why)
    return seen, "the feed ended"


def take(server, key, last, tail=None):
    """The figures of a sound server as of a position, by default its newest.

    `last` is the position of the last commit with events up to there."""
    with Line(server.address, key) as line:
        newest = wait_for_models(line)
        tail = tail or newest
        rows = {}
        for query, parameters in questions(tail):
            answer = line.query(query, **parameters)
            if answer.status != 200:
                raise RuntimeError(f"a sound server answered {query} with {answer.says()}")
            told = answer.json()
            rows[question(query, parameters)] = (told["rows"], told["totals"])
        commits, broken_off = commits_of(line, last)
        if broken_off:
            raise RuntimeError(f"the feed of a sound server: {broken_off}")
        return Figures(tail, rows, commits)


def question(query, parameters):
    return query + " " + json.dumps(parameters, sort_keys=True)
