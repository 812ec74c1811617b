# The commands that clients send. All but a reversal's target follows from the id, so that a record
# of ids is a record of what was asked.
import hashlib
import uuid

from asking import COMPANY

ACCOUNTS = ("1000", "1010", "1100", "3000", "4000", "5200")


def _number(command_id, what):
    octets = hashlib.blake2b(f"{command_id}/{what}".encode(), digest_size=8).digest()
    return int.from_bytes(octets, "big")


def entry_of(command_id):
    """The id of the entry that a command makes."""
    octets = hashlib.blake2b(command_id.encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=octets, version=4))


def _money(minor):
    return {"amount": f"{minor // 100}.{minor % 100:02}", "currency": "EUR"}


def posting(command_id, balanced=True):
    """PostEntry of two or three lines on a day of 2026."""
    debit = 100 + _number(command_id, "amount") % 1_000_000
    accounts = [ACCOUNTS[(_number(command_id, "account") + at) % len(ACCOUNTS)]
                for at in range(3)]
    lines = [{"account": accounts[0], "side": "debit", "amount": _money(debit)}]
    if _number(command_id, "lines") % 3 == 0:
        lines.append({"account": accounts[1], "side": "credit", "amount": _money(1)})
        debit -= 1
    lines.append({"account": accounts[2], "side": "credit",
                  "amount": _money(debit if balanced else debit + 7)})
    day = _number(command_id, "day")
    return {"company": COMPANY, "entry": entry_of(command_id), "journal": "GEN",
            "date": f"2026-{1 + day % 12:02}-{1 + day // 12 % 28:02}",
            "text": "crash " + command_id, "lines": lines}


def reversal(command_id, target):
    """ReverseEntry of the entry that another command made."""
    return {"company": COMPANY, "entry": entry_of(command_id), "reverses": entry_of(target),
            "text": "taken back by " + command_id}


def command_of(kind, command_id, target=None):
    """Name and data of a command by its kind: post, refuse or reverse."""
    if kind == "reverse":
        return "ReverseEntry", reversal(command_id, target)
    return "PostEntry", posting(command_id, balanced=kind != "refuse")


def batch_line(kind, command_id, target=None):
    name, data = command_of(kind, command_id, target)
    return {"id": command_id, "command": name, "data": data}
