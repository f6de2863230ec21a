"""When nothing has all the words: any of them, what was typed before other names of it."""

from kb.search.ports import Found, SearchEngine, Where
from kb.search.query import Query
from kb.search.weighing import SYNONYM


def any_word(engine: SearchEngine, query: Query, where: Where, limit: int) -> list[Found]:
    """Return the best that have any term of what was typed, then those that have other names.

    There are at most `limit` of each. A long other name has many terms: all of them together
    would count more than the one word that was typed.
    """
    typed = query._replace(
        groups=tuple(tuple(w for w in group if not w.synonym) for group in query.groups)
    )
    found = engine.find(typed, where, limit, every=False)
    if typed.groups != query.groups:
        known = {one.key for one in found}
        found += [
            one._replace(score=one.score * SYNONYM, synonym=SYNONYM)
            for one in engine.find(query, where, limit, every=False)
            if one.key not in known
        ]
    for group in () if found else query.groups:  # of hiragana, which no term stands for
        found += engine.find(query._replace(groups=(group,)), where, limit, every=True)
    return found
