"""People: words in capitals that may be somebody's name, and those that are not a child's.

Staff are named by right: those whom the evidence names, the owners of actions, and whoever stands
beside a post. Charities, houses, models of practice and reports have people's names too.
"""

from collections.abc import Iterable, Iterator

from kpi.proofing.first_names import WORDS, first_names
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed

KIN = listed(
    "mother father mum dad mummy daddy parents parent brother brothers sister sisters sibling "
    "siblings gran nan grandmother grandfather grandparents grandparent aunt uncle cousin "
    "stepfather stepmother stepdad stepmum baby twin twins son daughter birthday boyfriend "
    "girlfriend partner nephew niece"
)
_CALLED = listed(
    "child baby boy girl daughter son brother sister twin called named toddler teenager"
)
_FAMILY = listed(
    "siblings sibling family children twins brothers sisters household boys girls triplets"
)
_TITLES = listed("mr mrs ms miss master")
_POSTS = listed(
    "head manager director officer lead leader chair worker practitioner nurse doctor "
    "coordinator co-ordinator adviser advisor councillor cllr consultant supervisor "
    "commissioner administrator superintendent inspector sergeant principal deputy assistant "
    "service owner owners auditor guardian judge member minister professor dr prof sir lord "
    "lady dame teacher headteacher dentist iro reviewing psychologist therapist analyst "
    "trainer mentor ambassador clerk secretary partner responsible action"
)
_NAMED_AFTER = listed(
    "award awards trust foundation charity house centre center hub street school programme "
    "scheme project report review inquiry model framework law act method unit ward nursery "
    "college academy hospital court road avenue lane society fund institute clinic home lodge "
    "hall review's principle principles rule theory scale test tool team service services "
    "partnership park green square building suite practice surgery university foundation's "
    "consulting associates recommendations judgment judgement standard standards competence "
    "competent guidelines assessment-tool eve day"
)
_PLACES_BEFORE = listed("from in near via towards")
_ABBREVIATIONS = frozenset(
    [
        "CP",
        "GP",
        "IT",
        "HR",
        "SW",
        "TM",
        "AD",
        "QA",
        "PA",
        "UK",
        "EU",
        "SN",
        "EH",
        "YP",
        "CE",
        "ED",
        "PE",
        "AI",
        "MP",
        "NI",
        "LA",
        "DV",
        "DA",
        "TA",
        "ID",
        "OK",
        "AM",
        "PM",
        "HQ",
        "IP",
        "OT",
        "PT",
        "FT",
        "CW",
        "LO",
        "PC",
        "PS",
        "RO",
        "SM",
        "SG",
        "EP",
        "FE",
        "HE",
        "OR",
        "TV",
        "US",
        "MH",
        "SV",
        "DS",
        "VS",
        "NB",
        "PR",
        "CV",
        "BI",
        "KS",
        "RE",
        "SA",
        "LD",
        "PD",
        "AF",
        "CD",
        "HO",
        "NO",
        "JD",
        "JE",
        "ER",
        "ME",
        "RD",
        "ST",
        "PH",
        "GB",
        "CQ",
        "LP",
        "KP",
        "TF",
        "SP",
        "SO",
        "RA",
        "DO",
        "BE",
        "CO",
        "FP",
        "FC",
        "FM",
        "GM",
        "CM",
        "BM",
        "RM",
        "DM",
        "EM",
        "ES",
        "IF",
        "IN",
        "IS",
        "AN",
        "AS",
        "AT",
        "BY",
        "TO",
        "UP",
        "WE",
        "MY",
        "OF",
        "ON",
        "HA",
        "WM",
        "AP",
        "DP",
        "TP",
        "LM",
        "PP",
        "RI",
        "II",
        "IV",
        "VI",
        "IX",
        "XI",
        "FG",
        "TL",
    ]
)
_PLANS = listed("CP LAC CIN CLA CIC SEN SEND EHC EHCP PEP DV DA MH SW IRO CWD PLO FGC")
_OF_A_CHILD = listed(
    "whose mother father mum dad aged placed case child boy girl his her sibling brother "
    "sister parents he she carer carers baby young person"
)


def named(sentence: Sentence, allowed: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where words may name a child or a parent: from a token to before another."""
    staff = {word for name in allowed for word in name.lower().replace(",", " ").split()}
    at = 0
    while at < len(sentence.tokens):
        after = _name(sentence, at, staff)
        if after:
            yield at, after
            at = after
        else:
            at += 1


def _name(sentence: Sentence, at: int, staff: set[str]) -> int:
    """Return what comes after a name that begins at a token; 0 where none does."""
    token = sentence.tokens[at]
    if token.mark is not Mark.WORD:
        return 0
    for reader in (_titled, _family, _called, _initials, _first):
        after = reader(sentence, at)
        if after and not _is_staff(sentence, at, after, staff):
            return after
    return 0


def _titled(sentence: Sentence, at: int) -> int:
    """Read 'Mrs Okonkwo'."""
    if sentence.word(at) not in _TITLES or not sentence.tokens[at].capital:
        return 0
    after = at + 1
    if sentence.word(after) == ".":
        after += 1
    return after + 1 if _capital(sentence, after) else 0


def _family(sentence: Sentence, at: int) -> int:
    """Read 'the Smith siblings', 'the Smith family'."""
    if not _capital(sentence, at) or sentence.word(at + 1) not in _FAMILY:
        return 0
    if sentence.tokens[at].possessive or sentence.word(at - 1) not in (
        "the",
        "both",
        "all",
        "three",
        "two",
        "four",
    ):
        return 0
    word = sentence.word(at)
    if word in NATIONS or word in _COMMON or _is_named(sentence, at) or word.isupper():
        return 0
    return 0 if sentence.tokens[at].text.isupper() and len(word) > 1 else at + 2


def _called(sentence: Sentence, at: int) -> int:
    """Read 'Baby K', 'her sister Zofia', 'a boy called Kwame', 'Zofia's mother'."""
    token = sentence.tokens[at]
    if not token.capital or _is_named(sentence, at):
        return 0
    before = sentence.word(at - 1)
    if token.possessive and sentence.word(at + 1) in KIN and at and token.word not in _COMMON:
        return at + 1
    if before not in _CALLED or sentence.word(at + 1) in _NAMED_AFTER:
        return 0
    if len(token.text) == 1:
        return at + 1 if before not in ("called", "named") and token.text not in ("I",) else 0
    if token.text.isupper() or token.word in _COMMON | NATIONS or token.word in _NAMED_AFTER:
        return 0
    lead = sentence.tokens[at - 1]
    if lead.capital and at > 1:  # 'the Child Protection Chair'
        return 0
    return 0 if _capital(sentence, at + 1) and not _is_first(sentence.word(at)) else at + 1


def _initials(sentence: Sentence, at: int) -> int:
    """Read 'JS' and 'J.S.' where a child is spoken of."""
    token = sentence.tokens[at]
    text = token.text.removesuffix("'s").removesuffix("’s")
    said = sentence.vocabulary
    if sentence.word(at - 1) in _CALLED and 1 < len(text) < 4 and text.isupper():
        return 0 if text in _PLANS or _capital(sentence, at + 1) else at + 1
    dotted = len(text) == 1 and text.isupper() and not sentence.tokens[at].possessive
    if not said & _OF_A_CHILD and not dotted:
        return 0
    if len(text) == 2 and text.isupper() and text.isascii() and text not in _ABBREVIATIONS:
        return 0 if sentence.word(at + 1).isdigit() else at + 1
    if len(text) == 1 and text.isupper() and sentence.word(at + 1) == ".":
        second = at + 2
        if (
            second < len(sentence.tokens)
            and len(sentence.tokens[second].text) == 1
            and (sentence.tokens[second].text.isupper())
        ):
            return second + (2 if sentence.word(second + 1) == "." else 1)
    return 0


def _first(sentence: Sentence, at: int) -> int:
    """Read 'Jayden', 'Amelia Hart', 'Tyrone B.'."""
    token = sentence.tokens[at]
    word = token.word
    if not token.capital or not _is_first(word) or token.text.isupper() or _is_named(sentence, at):
        return 0
    after = at + 1
    if not token.possessive and _capital(sentence, after) and not _is_named(sentence, after):
        follows = sentence.tokens[after]
        if len(follows.text) == 1:
            after += 2 if sentence.word(after + 1) == "." else 1
        elif follows.word not in _NAMED_AFTER and follows.word not in _POSTS:
            after += 1
    if any(sentence.word(place) in _NAMED_AFTER for place in range(at + 1, after + 2)):
        return 0
    opens = at == 0 or sentence.tokens[at - 1].text in ".:–—•-\"“'‘(" or not _letters(sentence, at)
    alone = after == at + 1 and not token.possessive
    if word in WORDS and opens and (alone or not token.possessive):
        return 0
    if word in WORDS and sentence.word(at - 1) in _PLACES_BEFORE:
        return 0
    if at and sentence.tokens[at - 1].capital and not opens and word in WORDS:
        return 0
    return after


def _is_first(word: str) -> bool:
    names = first_names()
    return word in names or ("-" in word and word.split("-")[0] in names)


def _is_staff(sentence: Sentence, first: int, after: int, staff: set[str]) -> bool:
    """Return whether a name is that of somebody who works here: listed, or beside a post."""
    said = {token.word for token in sentence.tokens[first:after] if token.mark is Mark.WORD}
    said -= _TITLES
    if said & staff:
        return True
    if said & KIN or said & _FAMILY or sentence.word(first - 1) in _CALLED:
        return False
    before = [word for word in sentence.words(first - 3, first) if word not in ("the", "our", ",")]
    if before and (before[-1] in _POSTS or (before[-1] == ":" and set(before) & _POSTS)):
        return True
    behind = sentence.words(after, after + 8)
    if behind[:1] == ["("]:
        return bool(set(behind[1:7]) & _POSTS)
    if behind[:1] in ([","], ["–"], ["—"], ["-"]):
        inside = behind[1:6]
        return bool(set(inside) & _POSTS) and not set(inside) & {"his", "her", "whose", "and"}
    return _in_brackets_after_work(sentence, first, after)


def _in_brackets_after_work(sentence: Sentence, first: int, after: int) -> bool:
    """Return whether a name stands alone in brackets after what its bearer does: 'rota (Sam …)'."""
    if sentence.word(first - 1) != "(" or sentence.word(after) not in (")", ","):
        return False
    before = set(sentence.words(first - 5, first))
    return not before & (_CALLED | KIN | _OF_A_CHILD)


def _capital(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence.tokens) and sentence.tokens[at].capital


def _is_named(sentence: Sentence, at: int) -> bool:
    """Return whether a token is part of a time or a place."""
    return any(one.first <= at < one.after for one in (*sentence.times, *sentence.places))


def _letters(sentence: Sentence, at: int) -> bool:
    return any(token.mark is Mark.WORD for token in sentence.tokens[:at])


# Capitals that are nobody's surname before 'family' or 'children', and nobody's name after 'child'.
_COMMON = listed(
    "havering romford hornchurch upminster rainham barking dagenham redbridge bexley newham "
    "london essex kent england early help local young looked after youth child children's "
    "family families adult public best first new safeguarding mockingbird strengthening "
    "supporting troubled special edge ofsted council department improvement home care plan "
    "board panel service team social protection arrangements assessment practice framework in "
    "sexual exploitation criminal mental health wellbeing and i a the pause reunification "
    "fostering kinship corporate easter christmas summer winter spring autumn sunday monday "
    "tuesday wednesday thursday friday saturday"
)
NATIONS = listed(
    "afghan afghanistan albanian albania algerian american arab arabic asian bangladeshi "
    "bangladesh black bulgarian bulgaria caribbean chinese china congolese congo czech "
    "egyptian egypt eritrean eritrea ethiopian ethiopia french gambian georgian german "
    "ghanaian ghana greek guinean gypsy hindu hungarian indian india iranian iran iraqi iraq "
    "irish italian jamaican jamaica jewish kosovan kosovo kurdish kurd latvian lebanese "
    "libyan lithuanian lithuania mongolian moroccan muslim nepali nigerian nigeria pakistani "
    "pakistan palestinian pashto polish poland portuguese portugal roma romany romanian "
    "romania russian russia rwandan senegalese sikh slovak slovakian somali somalia somalian "
    "spanish sudanese sudan syrian syria tamil traveller travellers turkish turkey ugandan "
    "ukrainian ukraine vietnamese vietnam white yemeni yemen zimbabwean zimbabwe "
    "eastern-european christian catholic hazara tigrinya mixed-race dual-heritage"
)
