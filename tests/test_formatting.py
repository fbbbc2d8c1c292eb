"""Narratives: what is laid out, what stays as it was typed, and that nothing is lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi import formatting
from kpi.formatting import Break, Item, Items, Link, Paragraph, Text

ADDRESS = "https://www.gov.uk/guidance"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def paragraph(*pieces) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in pieces))


def bullets(*words: str) -> Items:
    return Items(tuple(Item("", (paragraph(one),)) for one in words))


def plain(text: str) -> str:
    """Return what is shown of a text as somebody would type it: nothing may be lost but marks."""
    return "\n\n".join("\n".join(lines(block)) for block in formatting.parse(text))


def lines(block: Paragraph | Items) -> list[str]:
    if isinstance(block, Paragraph):
        return "".join(map(words, block.pieces)).split("\n")
    found = []
    for item in block.items:
        marker = f"{item.number or '-'} "
        first, *more = [line for inner in item.blocks for line in lines(inner)] or [""]
        found += [marker + first, *(" " * len(marker) + line for line in more)]
    return found


def words(piece: Text | Break | Link) -> str:
    if isinstance(piece, Text):
        return piece.words
    if isinstance(piece, Break):
        return "\n"
    return f"{''.join(map(words, piece.label))} ({piece.address})"


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One line.", [paragraph("One line.")]),
        ("One\ntwo", [paragraph("One", Break(), "two")]),
        ("One\r\n  two\r\rThree", [paragraph("One", Break(), "  two"), paragraph("Three")]),
        ("One\vtwo\u2028three", [paragraph("One", Break(), "two", Break(), "three")]),
        ("Up **a lot** now", [paragraph("Up ", Text("a lot", bold=True), " now")]),
        (
            "**Two\nlines**",
            [paragraph(Text("Two", bold=True), Break(), Text("lines", bold=True))],
        ),
        ("***Both***", [paragraph("*", Text("Both", bold=True), "*")]),
        ("**a **b** c**", [paragraph(Text("a b c", bold=True))]),
        ("- One\n- Two", [bullets("One", "Two")]),
        ("* One\n* Two", [bullets("One", "Two")]),
        ("Because:\n- One\n- Two", [paragraph("Because:"), bullets("One", "Two")]),
        # What follows a list without an indent has left it, with or without an empty line.
        ("- One\nAfter", [bullets("One"), paragraph("After")]),
        ("- One\n\nAfter", [bullets("One"), paragraph("After")]),
        (
            "- One\n  still\n\n  and more",
            [Items((Item("", (paragraph("One", Break(), "still"), paragraph("and more"))),))],
        ),
        (
            "1. One\n1. Two\n007. Three",  # the numbers that were typed, not ours
            [
                Items(
                    (
                        Item("1.", (paragraph("One"),)),
                        Item("1.", (paragraph("Two"),)),
                        Item("007.", (paragraph("Three"),)),
                    )
                )
            ],
        ),
        ("3) Three", [Items((Item("3)", (paragraph("Three"),)),))]),
        (
            "- One\n  - Two",
            [Items((Item("", (paragraph("One"), bullets("Two"))),))],
        ),
        (
            f"See [the **new** guidance]({ADDRESS}).",
            [
                paragraph(
                    "See ",
                    Link((Text("the "), Text("new", bold=True), Text(" guidance")), ADDRESS),
                    ".",
                )
            ],
        ),
        (f"**[All]({ADDRESS})**", [paragraph(Link((Text("All", bold=True),), ADDRESS))]),
        (f"[]({ADDRESS})", [paragraph(Link((Text(ADDRESS),), ADDRESS))]),
        (f"[ \n ]({ADDRESS})", [paragraph(Link((Text(ADDRESS),), ADDRESS))]),
        (
            "[a](https://gov.uk/a_(b)?c=1&amp;d)",
            [paragraph(Link((Text("a"),), "https://gov.uk/a_(b)?c=1&amp;d"))],
        ),
    ],
)
def test_a_narrative_has_paragraphs_lists_bold_and_links(typed, blocks):
    assert formatting.parse(typed) == tuple(blocks)


@pytest.mark.parametrize(
    "typed",
    [
        "# A heading",
        "A heading\n=========",
        "> quoted",
        "---",
        "* * *",
        "- - -",
        "-",
        "1.",
        "-5% since April",
        "+ 3 since April",
        "12.5% of 8",
        "*one* and _one_ and __two__ and ~~struck~~",
        "5 * 3 ** 2 * 1",
        "`code` and ```\nmore\n```",
        "    four spaces",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "![a picture](https://www.gov.uk/picture.png)",
        "![]()",
        "<b>bold</b> <script>alert(1)</script> <!-- -->",
        "&lt; &amp; &#x41; &copy;",
        r"\*\*escaped\*\* and C:\new",
        ":smile: $x^2$ :material/home: :red[red]",
        "https://www.gov.uk and <https://www.gov.uk> and www.gov.uk and me@gov.uk",
        "[brackets] and [a][b] and [x]: https://www.gov.uk",
        "[^1] and [a] (b) and [a](two words) and [a]() and [a](https://gov.uk 'Title')",
        "[a](<https://www.gov.uk>)",
        "The “quoted” — and ‘so’ …",
        "95.8\u00a0% of 24\u00a0children",
        "\u2022\tFirst\n\u2022\tSecond\no\tThird",
        "a) First\nb) Second",
        '<p class=MsoNormal style="mso-list:l0"><o:p>&nbsp;</o:p></p><!--[if gte mso 9]-->',
        "**open\n\nclosed**",
        "👩🏽‍👧 and 👍🏽 and " + ENGLAND,
        "שלום\u200f! and می\u200cخواهم",
    ],
)
def test_what_is_not_in_the_subset_stays_as_it_was_typed(typed):
    pieces = [
        piece for block in formatting.parse(typed) for piece in getattr(block, "pieces", ("list",))
    ]
    assert {type(piece) for piece in pieces} <= {Text, Break}
    assert not any(piece.bold for piece in pieces if isinstance(piece, Text))
    assert plain(typed) == typed.strip(" ")


@pytest.mark.parametrize(
    "address",
    [
        "https://gov.uk",
        "https://gov.uk/",
        "https://www.gov.uk/guidance#part",
        "https://assets.publishing.service.gov.uk/a%20b.pdf?c=d;e",
        "HTTPS://WWW.GOV.UK/Path",
        "https://reports.ofsted.gov.uk?q=1",
        "https://learning.nspcc.org.uk/research",
    ],
)
def test_a_link_leads_to_a_host_that_is_allowed_or_to_one_under_it(address):
    (block,) = formatting.parse(f"[here]({address})")
    assert block == paragraph(Link((Text("here"),), address))
    assert plain(f"[here]({address})") == f"here ({address})"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "https://gov.uk.example.org/",
        "https://notgov.uk/",
        "https://uk/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "http://www.gov.uk/",
        "//www.gov.uk/",
        "/indicator?id=contacts",
        "www.gov.uk",
        "javascript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "mailto:someone@gov.uk",
        "https://someone@www.gov.uk/",
        "https://www.gov.uk@example.org/",
        "https://gov.uk:443/",
        "https://gov.uk:8080/",
        "https://xn--gv-fka.gov.uk/",
        "https://www.xn--gov-uk.gov.uk/",
        "https://gоv.uk/",  # a Cyrillic о
        "https://gov。uk/",
        "https://www.gov.uk/é",
        "https://gov.uk./",
        "https://-a.gov.uk/",
        "https://a_b.gov.uk/",
        "https:/www.gov.uk/",
        "https:www.gov.uk/",
        "https://www.gov.uk\\@example.org/",
        "https://example.org\\.gov.uk/",
        "https://example.org%2f.gov.uk/",
        'https://www.gov.uk/"onclick="alert',
        "https://www.gov.uK/",  # the sign of a kelvin, which is a k likewise
        "https://ſ.gov.uk/",  # a long s, which is an s to a comparison without regard to case
    ],
)
def test_an_address_that_is_not_allowed_is_shown_behind_its_words(address):
    assert formatting.parse(f"[here]({address}) now") == (paragraph(f"here ({address}) now"),)


def test_the_words_of_a_refused_link_keep_their_bold():
    assert formatting.parse("[**a** b](http://x.y)") == (
        paragraph(Text("a", bold=True), " b (http://x.y)"),
    )
    assert formatting.parse("[](http://x.y)") == (paragraph("http://x.y"),)


def test_which_hosts_are_allowed_is_a_setting(monkeypatch):
    monkeypatch.setenv("KPI_LINK_HOSTS", "example.org")
    (block,) = formatting.parse("[a](https://www.Example.org/b)")
    (link,) = block.pieces
    assert link.host == "www.example.org"
    assert plain("[a](https://www.gov.uk/b)") == "a (https://www.gov.uk/b)"
    assert not any(isinstance(one, Link) for one in formatting.parse(f"[a]({ADDRESS})")[0].pieces)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("9\u202e5\u202c%", "95%"),  # an override would have shown 9%5
        ("\u2066a\u2069\u2067b\u2068c\u202ad\u202be\u202df", "abcdef"),
        ("Ja\u200bne Sm\u00adith\ufeff 9\u20605", "Jane Smith 95"),
        ("1\u200f2\u200f3 and 4\u200d5\u200e6", "123 and 456"),
        ("seen" + "".join(chr(0xE0000 + ord(one)) for one in "unseen"), "seen"),
        ("\U0001f3f4" + "".join(chr(0xE0000 + ord(one)) for one in "unseen"), "\U0001f3f4"),
        ("\x00a\x07b\x1bc\x7fd\x9be", "abcde"),
        ("\uf0b7\tOne \ud83d", "•\tOne \ufffd"),
        (
            f"👩🏽‍👧 {ENGLAND} می\u200cخواهم שלום\u200f!",
            f"👩🏽‍👧 {ENGLAND} می\u200cخواهم שלום\u200f!",
        ),
    ],
)
def test_characters_that_no_reader_sees_are_left_out(typed, seen):
    assert formatting.visible(typed) == seen
    assert plain(typed) == seen


def test_plain_text_keeps_the_marks_of_lists_and_the_addresses_of_links():
    typed = f"**So**:\n1. One\n   two\n   - [Three]({ADDRESS})\n2. Four\n\nFive"
    assert plain(typed) == (f"So:\n\n1. One\n   two\n   - Three ({ADDRESS})\n2. Four\n\nFive")


@pytest.mark.parametrize(
    "typed", ["\n".join(" " * 2 * n + "- a" for n in range(9)), "- " * 9 + "a"]
)
def test_lists_lie_three_deep_at_most_and_what_is_deeper_stays_as_it_was_typed(typed):
    def depth(blocks) -> int:
        inside = [
            item.blocks for block in blocks if isinstance(block, Items) for item in block.items
        ]
        return 1 + max(map(depth, inside)) if inside else 0

    assert depth(formatting.parse(typed)) == formatting.DEEPEST
    assert plain(typed).count("- ") == 9


# Letters, digits and the characters that mean something to Markdown, HTML and Word.
MARKED = st.text(
    st.sampled_from([*"ab1289 \n\t*_-+.)[](){}<>!#&;:/\\`~|=\"'•", "\u202e", "\u2067", "é", "ש"]),
    max_size=60,
)
PARTS = st.sampled_from(
    [
        *(
            "**",
            "- ",
            "* ",
            "1. ",
            "23) ",
            "\n",
            "\n\n",
            "  ",
            "[a](",
            "[",
            "](",
            ")",
            "![",
            "b",
            "C3",
        ),
        *(ADDRESS, "http://x.y/z", "&amp;", "<b>", "\u202e", "\\", "_", "`", "# ", "> "),
    ]
)
TYPED = MARKED | st.text() | st.lists(PARTS, max_size=30).map("".join)


@given(TYPED)
@example("- - - - - - a")
@example("1. a\n02. b\n3) c")
@example("[a](b 'c') [d]: e\n\n[f]: g")
def test_no_letter_and_no_digit_is_lost(typed):
    left = iter(plain(typed))
    assert all(letter in left for letter in typed if letter.isalnum())


@given(TYPED)
def test_every_link_leads_where_it_may(typed):
    def links(blocks):
        for block in blocks:
            if isinstance(block, Items):
                for item in block.items:
                    yield from links(item.blocks)
            else:
                yield from (piece for piece in block.pieces if isinstance(piece, Link))

    for link in links(formatting.parse(typed)):
        assert link.host == "gov.uk" or link.host.endswith(".gov.uk")
        assert link.address.lower().startswith(f"https://{link.host}")


@pytest.mark.parametrize(
    "part",
    ["*", "[", "> ", "- ", "1. ", "- a\n", "**a ", "[a](", "![", "_*", "**[", "]", "\n", "a"],
)
def test_as_much_as_a_box_holds_of_one_mark_is_laid_out(part):
    typed = part * (20_000 // len(part))
    left = iter(plain(typed))
    assert all(letter in left for letter in typed if letter.isalnum())
