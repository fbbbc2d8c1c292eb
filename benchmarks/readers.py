"""Readers who speak Streamlit's protocol as a browser does, but draw nothing.

A reader changes one choice at a time (service area, month or indicator) as a select box does, and
every third time goes back to an address that it has been at, as the back button does. A rerun is
timed from the request to the last message of the page that answers it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from time import perf_counter
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

CHANGES = 100  # of one reader who does not stop to think
READ_SECONDS = 40  # for which several readers read
THINK_SECONDS = (5, 15)  # between two changes: ten on average
ARRIVE_SECONDS = 10  # over which several readers open the page
PATIENCE_SECONDS = 60

CHOICES = ("Service area", "Month", "Indicator")
SUBPROTOCOLS = (Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN"))


@dataclass(frozen=True, kw_only=True)
class Rerun:
    """One answer to one change."""

    milliseconds: float
    bytes: int
    problem: str  # what was wrong with it; nothing where it was right


class Reader:
    """One reader's tab: what the server has told it, and what can be chosen there."""

    def __init__(self, socket: ClientConnection, random: Random, seen: dict[str, str]) -> None:
        self.socket = socket
        self.random = random
        self.seen = seen  # what any reader was shown, by address
        self.page = ""
        self.address = ""
        self.visited: list[str] = []
        self.shown = ""
        self.boxes: dict[str, Selectbox] = {}
        self.chosen: dict[str, str] = {}
        self.changes = 0

    async def open(self, path: str) -> None:
        """Open a page by its path and query, as a browser that has just loaded the site does."""
        page, _, query = path.partition("?")
        done = await self._ask(ClientState(page_name=page, query_string=query))
        if done.problem:
            raise RuntimeError(f"/{path} could not be opened: {done.problem}")

    async def change(self) -> Rerun:
        """Change one choice, or go back."""
        self.changes += 1
        back = self.changes % 3 == 0
        if back:
            self.address = self.random.choice([a for a in self.visited if a != self.address])
        else:
            label = self.random.choice([label for label in CHOICES if label in self.boxes])
            others = [one for one in self.boxes[label].options if one != self.chosen[label]]
            self.chosen[label] = self.random.choice(others)
        asked = ClientState(
            query_string=self.address, page_script_hash=self.page, is_history_navigation=back
        )
        for label, box in self.boxes.items():
            asked.widget_states.widgets.add(id=box.id, string_value=self.chosen[label])
        return await self._ask(asked)

    async def _ask(self, asked: ClientState) -> Rerun:
        began, size, answer = perf_counter(), 0, []
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.socket.send(BackMsg(rerun_script=asked).SerializeToString())
                while not answer or not _ends(answer[-1]):
                    frame = await self.socket.recv(decode=False)
                    size += len(frame)
                    answer.append(ForwardMsg.FromString(frame))
        except (TimeoutError, WebSocketException) as error:
            problem = f"no answer: {error!r}"
        else:
            problem = ""
        milliseconds = 1000 * (perf_counter() - began)
        problem = problem or self._take_in(answer)
        return Rerun(milliseconds=milliseconds, bytes=size, problem=problem)

    def _take_in(self, answer: Sequence[ForwardMsg]) -> str:
        """Note what the page now shows and offers, and return what is wrong with it."""
        before, shown, problem = self.shown, [], ""
        for message in answer:
            kind = message.WhichOneof("type")
            element = message.delta.new_element
            if kind == "navigation":
                self.page = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.address = message.page_info_changed.query_string
            elif kind == "page_not_found":
                problem = "page not found"
            elif kind == "script_finished" and message.script_finished:
                problem = "the page's script could not be run"
            elif element.HasField("selectbox") and element.selectbox.HasField("default"):
                self._offer(element.selectbox)  # and not one in which an author may promise
            elif element.HasField("html"):
                shown.append(element.html.body)
            elif element.HasField("plotly_chart"):
                shown.append(element.plotly_chart.spec)
            elif element.HasField("exception"):
                problem = f"exception {element.exception.type}"
            elif element.HasField("alert"):
                problem = f"alert {element.alert.body}"
        self.shown = "\n".join(shown)
        self.visited.append(self.address)
        if 'role="alert"' in self.shown:
            problem = "the page shows an alert"
        if self.shown == before:
            problem = problem or "nothing changed"
        view = f"{self.page} {sorted(parse_qs(self.address).items())}"
        if self.seen.setdefault(view, self.shown) != self.shown:
            problem = problem or "not what was shown before at the same address"
        return problem

    def _offer(self, box: Selectbox) -> None:
        self.boxes[box.label] = box
        if box.set_value:
            self.chosen[box.label] = box.raw_value
        elif self.chosen.get(box.label) not in box.options:
            self.chosen[box.label] = box.options[box.default]


async def alone(host: str, path: str) -> tuple[list[Rerun], list[Rerun]]:
    """Return the reruns of one reader who does not stop to think, and of the same walk again."""
    seen: dict[str, str] = {}
    walks = []
    for _ in range(2):
        async with _reading(host, path, number=0, seen=seen) as reader:
            walks.append([await reader.change() for _ in range(CHANGES)])
    return walks[0], walks[1]


async def together(host: str, path: str, readers: int) -> list[Rerun]:
    """Return the reruns of several readers who think before each change."""
    seen: dict[str, str] = {}
    everyone = asyncio.Barrier(readers)

    async def read(number: int) -> list[Rerun]:
        await asyncio.sleep(ARRIVE_SECONDS * number / readers)
        async with _reading(host, path, number=number, seen=seen) as reader:
            await everyone.wait()
            until = perf_counter() + READ_SECONDS
            reruns = []
            pause = reader.random.uniform(0, THINK_SECONDS[1])
            while perf_counter() + pause < until:
                await asyncio.sleep(pause)
                reruns.append(await reader.change())
                pause = reader.random.uniform(*THINK_SECONDS)
            return reruns

    return [rerun for one in await asyncio.gather(*map(read, range(readers))) for rerun in one]


@asynccontextmanager
async def _reading(
    host: str, path: str, *, number: int, seen: dict[str, str]
) -> AsyncIterator[Reader]:
    """Give a reader who has opened the page at `path`, and whose choices are chance's."""
    stream = connect(
        f"ws://{host}/_stcore/stream",
        origin=f"http://{host}",
        subprotocols=SUBPROTOCOLS,
        max_size=None,
    )
    async with stream as socket:
        reader = Reader(socket, Random(number), seen)
        await reader.open(path)
        yield reader


def _ends(message: ForwardMsg) -> bool:
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )
