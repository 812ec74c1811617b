# THE list of faults: its name for --only, the share of the time that it gets, what does it.
import typing

from damage import damage
from full_disk import full_disk
from kills import kills
from machine import backup, clock, two_servers
from overload import overload
from proofs import proofs
from simulation import simulation


class Scenario(typing.NamedTuple):
    call: typing.Callable
    share: float = 0  # of the minutes; 0: it takes what it takes


SCENARIOS = {
    "proofs": Scenario(proofs),
    "kills": Scenario(kills, 0.7),
    "damage": Scenario(damage, 0.2),
    "clock": Scenario(clock),
    "two_servers": Scenario(two_servers),
    "full_disk": Scenario(full_disk),
    "backup": Scenario(backup),
    "overload": Scenario(overload),
    "simulation": Scenario(simulation, 0.1),
}
