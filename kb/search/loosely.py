"""When nothing has all the words: any of them, what was typed before other names of it."""

from kb.search.ports import Found, SearchEngine, Where
from kb.search.query import Query
from kb.search.weighing import SYNONYM

SENTENCE = 4
"""Words from which on a query may be one, though it does not ask."""


def any_word(engine: SearchEngine, query: Query, where: Where, limit: int) -> list[Found]:
    """Return the best that have any term of what was typed, then those that have other names.

    There are at most `limit` of each. A long other name has many terms: all of them together
    would count more than the one word that was typed. In a sentence they count in full, as in a
    question: the other name of one word may be all that finds it in another language.
    """
    if not query.named or len(query.groups) >= SENTENCE:
        return _any_of_each(engine, query, where, limit)
    typed = query._replace(
        groups=tuple(tuple(w for w in group if not w.synonym) for group in query.groups)
    )
    found = _any_of_each(engine, typed, where, limit)
    known = {one.key for one in found}
    return found + [
        one._replace(score=one.score * SYNONYM, synonym=SYNONYM)
        for one in _any_of_each(engine, query, where, limit)
        if one.key not in known
    ]


def _any_of_each(engine: SearchEngine, query: Query, where: Where, limit: int) -> list[Found]:
    found = engine.find(query, where, limit, every=False)
    for group in () if found else query.groups:  # of hiragana, which no term stands for
        found += engine.find(query._replace(groups=(group,)), where, limit, every=True)
    return found
