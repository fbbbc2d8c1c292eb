"""Who is asking, and what they may do. Every function that reads records or writes asks here."""

import getpass
from dataclasses import dataclass
from enum import StrEnum

from kpi.errors import AccessError


class Right(StrEnum):
    """Something that not everyone may do."""

    OPEN_RECORDS = "open the lists of records behind a figure"
    WRITE_NARRATIVE = "write narratives"
    APPROVE_NARRATIVE = "approve narratives"
    LOAD_AND_PUBLISH = "load and publish extracts"
    READ_ACCESS_LOG = "read the access log"
    KEEP_STORE = "back up, restore and verify the store"


class Role(StrEnum):
    """What somebody is here to do. Every role sees every figure."""

    LEADER = "leader"
    AUTHOR = "author"
    APPROVER = "approver"
    MANAGER = "manager"
    ANALYST = "analyst"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEADER: frozenset(),
    Role.AUTHOR: frozenset({Right.WRITE_NARRATIVE}),
    Role.APPROVER: frozenset({Right.WRITE_NARRATIVE, Right.APPROVE_NARRATIVE}),
    Role.MANAGER: frozenset({Right.WRITE_NARRATIVE, Right.OPEN_RECORDS}),
    Role.ANALYST: frozenset(Right),
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person asking: the name that is written down, and the roles they hold."""

    name: str
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Return whether any of the actor's roles carries `right`."""
        return any(right in RIGHTS[role] for role in self.roles)

    def must(self, right: Right) -> None:
        """Raise AccessError unless the actor has `right`."""
        if not self.may(right):
            able = ", ".join(role for role in Role if right in RIGHTS[role])
            raise AccessError(f"{self.name} may not {right}. These roles may: {able}.")


# Invented people, so that a visitor to the demonstration can try each role.
DEMONSTRATION: tuple[Actor, ...] = (
    Actor(name="Director (leader)", roles=frozenset({Role.LEADER})),
    Actor(name="Morgan Ellis (author)", roles=frozenset({Role.AUTHOR})),
    Actor(name="Sam Okafor (author)", roles=frozenset({Role.AUTHOR})),
    Actor(name="Helen Marsh (approver)", roles=frozenset({Role.APPROVER})),
    Actor(name="Tunde Adeyemi (approver)", roles=frozenset({Role.APPROVER})),
    Actor(name="Priya Nair (manager)", roles=frozenset({Role.MANAGER})),
    Actor(name="Jo Lindqvist (analyst)", roles=frozenset({Role.ANALYST})),
)


def local() -> Actor:
    """Return the operating system's user, who in local mode may do everything."""
    return Actor(name=getpass.getuser(), roles=frozenset(Role))


def must_be_local(address: str | None) -> None:
    """Raise AccessError unless `address` is one that only this machine can reach.

    Nobody signs in yet, so real records may be shown to whoever sits at this machine and to nobody
    else. Without an address a server listens to the whole network.
    """
    if address not in ("127.0.0.1", "localhost", "::1"):
        raise AccessError(
            f"Real records are shown on this machine only, and the server listens on "
            f"{address or 'every address'}. Start it with --server.address 127.0.0.1"
        )
