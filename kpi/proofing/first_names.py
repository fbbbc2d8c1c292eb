"""First names that are common among children, from data/words/first_names.txt."""

from functools import cache

from kpi import settings
from kpi.proofing.tokens import listed

FILE = settings.ROOT / "data" / "words" / "first_names.txt"

# Names that are words too: at a sentence's start, where every word has a capital, they are words.
WORDS = listed(
    "amber angel art autumn blessing chase dale dean destiny eve faith fern frank gene grace "
    "guy harmony hazel heath heather holly hope ivy jade joy june kit mark mason mercy olive "
    "patience pearl poppy precious ray reed rich rob robin rose rowan ruby saffron serenity "
    "sky skye summer sunny victor victoria violet will willow wren iris penny max jean lea "
    "major tai ali bay lance miles noel parker pat peg rex sol wade woody booker hunter "
    "taylor carter cooper tate knox temperance felicity verity"
)


@cache
def first_names() -> frozenset[str]:
    """Return the names in small letters."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(
        name.lower() for line in lines if not line.startswith("#") for name in line.split()
    )
