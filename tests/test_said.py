"""Narratives as HTML: nothing that was typed is anything but words, whatever was typed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import example, given

from kpi import markup
from kpi.narrative import Action, Sourced, Words
from kpi.proofing import Kind, Remark
from kpi.redline import redlines
from kpi.revisions import Revision
from kpi.signoff import Event, Standing, State, Step
from tests import stores
from tests.test_formatting import ADDRESS, TYPED

ALLOWED = {
    "p": {"dir": "auto"},
    "br": {},
    "b": {},
    "bdi": {},
    "ul": {},
    "ol": {"role": "list"},
    "li": {},
    "span": {},
    "div": {},
    "a": {"href": None, "target": "_blank", "rel": "noopener noreferrer"},
}


class Reader(HTMLParser):
    """Reads HTML as a browser does, and holds it to what may come out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"{self.open} are never closed"

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        assert attributes.keys() == ALLOWED[tag].keys()
        for name, value in attributes.items():
            assert ALLOWED[tag][name] in (None, value)
        if "href" in attributes:
            self.links.append(attributes["href"])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag == "a":
            self.words.append(self.links[-1])

    def handle_data(self, data):
        self.words.append(data)

    def refused(self, *said):
        raise AssertionError(f"only elements and words may come out, not {said}")

    handle_comment = handle_decl = handle_pi = unknown_decl = refused


@given(TYPED)
@example("<script>alert(1)</script><img src=x onerror=alert(1)><!-- --><?x?><![CDATA[x]]>")
@example(f'[a" onclick="alert(1)]({ADDRESS}) [b](https://www.gov.uk/"x)')
@example(f"[<b>a]({ADDRESS}?a=1&b='2'&lt;)")
def test_only_the_subset_comes_out_and_every_letter_and_digit_with_it(typed):
    read = Reader(markup.formatted(typed))
    left = iter("".join(read.words))
    assert all(letter in left for letter in typed if letter.isalnum())
    assert all(link.lower().startswith("https://") for link in read.links)
    hidden = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"}
    assert not hidden & {*"".join(read.words)}


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        ("Up **a lot**\nnow", '<p dir="auto">Up <b>a lot</b><br>now</p>'),
        ("- One", '<ul><li><div><p dir="auto">One</p></div></li></ul>'),
        (
            "2. Two",
            '<ol role="list"><li><span>2.</span> <div><p dir="auto">Two</p></div></li></ol>',
        ),
        (
            f"[The & guidance]({ADDRESS}?a=1&b='2')",
            '<p dir="auto"><a href="https://www.gov.uk/guidance?a=1&amp;b=&#x27;2&#x27;" '
            'target="_blank" rel="noopener noreferrer"><bdi>The &amp; guidance</bdi> '
            "<bdi>(www.gov.uk, new tab)</bdi></a></p>",
        ),
        (
            "[me](http://example.org/<b>) <i>",
            '<p dir="auto">[me](http://example.org/&lt;b&gt;) &lt;i&gt;</p>',
        ),
    ],
)
def test_a_narrative_is_drawn(typed, html):
    assert markup.formatted(typed) == html


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"


def hostile_revision(number: int = 1) -> Revision:
    return Revision(
        number=number,
        based_on=number - 1,
        words=Words(
            texts=stores.texts(*[HOSTILE] * 4),
            actions=(Action(what=HOSTILE, owner=HOSTILE, due=date(2025, 1, 31)),),
            sourced=(Sourced(words=HOSTILE, source=HOSTILE),),
        ),
        author=HOSTILE.strip("\u202e"),  # nobody types a name
        saved_at=datetime(2024, 12, 9, 12, tzinfo=UTC),
        release="made up",
        figure=stores.FIGURE,
    )


def test_whatever_was_typed_is_words_wherever_it_is_shown():
    revision = hostile_revision()
    returned = Event(
        at=revision.saved_at,
        who=revision.author,
        step=Step.RETURNED,
        revision=1,
        based_on=0,
        reason=HOSTILE,
        remarks=(),
        figure=None,
    )
    standing = Standing(state=State.RETURNED, newest=revision, approved=None, trail=(returned,))
    questioned = Remark(
        kind=Kind.NUMBER,
        prompt="why",
        words=HOSTILE,
        start=0,
        end=len(HOSTILE),
        says=f"“{HOSTILE}” is not among the figures.",
    )
    drawn = {
        "narrative": markup.narrative(revision.words),
        "conflict": markup.conflict(revision),
        "versions": markup.versions([revision], standing),
        "before": markup.before("October", revision),
        "returned": markup.returned(returned),
        "stands": markup.stands(State.RETURNED, markup.by(returned)),
        "remark": markup.remark(questioned),
        "answered": markup.remark(replace(questioned, sourced=HOSTILE)),
        "remarks": markup.remarks([questioned], revision.words.sourced),
        "redlines": markup.redlines(returned, redlines(stores.words("Late"), revision.words)),
    }
    for name, html in drawn.items():
        assert SAFE in html, name
        assert "<script" not in html, name
        assert "<img" not in html, name
        assert "\u202e" not in html, name


def test_what_is_promised_stands_under_what_we_are_doing():
    said = replace(
        stores.words(actions="We recruit."),
        actions=(
            Action(what="Recruit", owner="Head of Service", due=date(2025, 1, 31)),
            Action(what="Review"),
        ),
        back_on_target_by=date(2025, 3, 31),
    )
    doing = markup.narrative(said).split("<h4>")[3]
    assert doing.startswith('What we are doing</h4><p dir="auto">We recruit.</p>')
    read = re.sub("<[^>]*>", " ", doing)
    assert "Recruit   ( Head of Service , by 31 January 2025)" in read
    assert "Review   ( nobody named , no date)" in read
    assert "Back on target by  March 2025" in read


def test_a_moment_is_listed_under_its_day_in_the_council():
    assert markup.short(datetime(2024, 6, 12, 23, 30, tzinfo=UTC)) == "13 Jun"
    assert markup.short(datetime(2024, 12, 12, 23, 30, tzinfo=UTC)) == "12 Dec"
    assert markup.short(date(2024, 6, 12)) == "12 Jun"
