"""Narratives as HTML: nothing that was typed is anything but words, whatever was typed."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given

from kpi import markup
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
