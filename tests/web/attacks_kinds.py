"""The fields that take a change of their own each: how a text gets into them, and back out."""

import re
from itertools import cycle

from attacks_kit import fits, kept, visible
from attacks_team import AT_ONCE, in_parts, is_name

from kb.text.thread import parse_thread

ROLE = re.compile(r"\s*[(（\[［【〔][^()（）\[\]［］【】〔〕]*.$")
FEW = 10
"""One of so many pages is looked at that show one text each."""
QUOTES = tuple('"“「『')


def names(team, texts):
    """Names of accounts, their segments and units."""
    team.pages += ["/accounts", "/board"]
    for number, text in enumerate(texts):
        name = f"n-{number}"
        made = team.sato.post(
            "/accounts", {"account": name, "name": text, "segment": text, "unit": text}
        )
        if team.took("name", text, made, must=is_name(text)):
            found = team.sato.get(f"/accounts/{name}").json()
            for field in ("name", "segment", "unit"):
                team.back(field, text, found[field])
        else:
            assert team.sato.get(f"/accounts/{name}").status_code == 404


def titles(team, texts):
    """Titles of meetings."""
    for part in in_parts(texts, AT_ONCE):
        account = account_of(team, f"t-{len(team.pages)}")
        for number, text in enumerate(part):
            sent = {"date": f"2026-11-{number + 1:02}", "start": "10:00", "title": text}
            made = team.sato.post(f"/accounts/{account}/meetings", sent)
            if team.took("title", text, made, must=is_title(text)):
                team.back("title", text, made.json()["title"])


def is_title(text):
    """Whether a text can be a title, whose ends stand apart from the date and the id."""
    return is_name(text) and text.strip() == text.strip(" \u3000:：,、-–—~")


def people(team, texts):
    """Who attends a meeting."""
    for part in in_parts(texts, AT_ONCE):
        account = account_of(team, f"p-{len(team.pages)}")
        for number, text in enumerate(part):
            sent = {"date": f"2026-11-{number + 1:02}", "start": "10:00", "people": [text]}
            made = team.sato.post(f"/accounts/{account}/meetings", sent)
            if team.took("people", text, made, must=False):
                found = made.json()["attendees"]
                [name] = found["customer"]
                bare = kept(text).lstrip("@＠")  # a handle
                role = ROLE.search(bare) if name != bare else None
                team.back("people", bare, name + role[0] if role else name)


def account_of(team, name):
    """Return a new account, whose page is looked at."""
    assert team.sato.post("/accounts", {"account": name, "name": name}).status_code == 201
    team.pages.append(f"/accounts/{name}")
    return name


def quotes(team, texts):
    """Quotes of verdicts."""
    for at, part in team.documents("q", texts):
        lines = [{"kind": "hypothesis", "text": f"仮説{n}"} for n in range(len(part))]
        claims = team.written(at, lines)["hypotheses"][1:]
        path = at.partition("/meetings")[0]
        taken = []
        for claim, text in zip(claims, part, strict=True):
            sent = {"verdict": "mixed", "quote": text}
            got = team.sato.post(f"{path}/hypotheses/{claim['id']}/verdict", sent)
            if team.took("quote", text, got, must=fits(text, one_line=True)):
                taken.append((claim["id"], text))
        after = {one["id"]: one["quote"] for one in team.sato.get(at).json()["hypotheses"]}
        for id_, text in taken:
            # marks of quotation around all of it are the quote's own
            marked = kept(text)[:1] in QUOTES and after[id_] == kept(text)[1:-1]
            team.back("quote", text, kept(text) if marked else after[id_])
        assert sum(quote is not None for quote in after.values()) == len(taken)


def colours(team, texts):
    """Why a meeting felt as it did."""
    for at, text in team.documents("c", texts, single=True):
        got = team.sato.post(f"{at}/close", {"gut": "lime", "why": text})
        if team.took("gut", text, got, must=fits(text, one_line=True)):
            gut = team.sato.get(at).json()["gut"]
            team.back("gut", f"lime {kept(text)}".strip(), gut)


def edited(team, texts):
    """Other words for a line."""
    for at, part in team.documents("e", texts):
        lines = [{"kind": "insight", "text": f"行{n}"} for n in range(len(part))]
        found = team.written(at, lines)["insights"]
        taken = []
        for one, text in reversed([*zip(found, part, strict=True)]):  # none below moves
            path = f"{at}/lines/{one['line']}"
            opened = team.sato.get(path).json()
            sent = {"base": opened["base"], "fields": {**opened["fields"], "text": text}}
            if team.took("edit", text, team.sato.post(f"{path}/edit", sent), must=fits(text)):
                taken.append((one["id"], text))
        after = {one["id"]: one["text"] for one in team.sato.get(at).json()["insights"]}
        for id_, text in taken:
            team.back("edit", text, after.get(id_))


def owners(team, texts):
    """Who is to do something, and until when."""
    for at, part in team.documents("o", texts):
        for text in part:
            sent = {"kind": "todo", "text": "電話する"}
            got = team.sato.post(f"{at}/lines", {**sent, "owners": [text]})
            if team.took("owner", text, got, must=False):
                last = team.sato.get(at).json()["todos"][-1]
                team.back("owner", text, last["owner"], f"@{last['owner']}")
            got = team.sato.post(f"{at}/lines", {**sent, "due": text})
            if team.took("due", text, got, must=False):
                last = team.sato.get(at).json()["todos"][-1]
                assert last["due"] is not None, text


def requests(team, texts):
    """What the customer asks of the product."""
    for at, part in team.documents("w", [text for text in texts if fits(text)]):
        found = team.written(at, [{"kind": "request", "text": text} for text in part])["requests"]
        assert len(found) == len(part)
        for one, text in zip(found, part, strict=True):
            said = one["text"]  # the customer's words stand in marks of quotation
            team.back("request", text, said, said.removeprefix("「").removesuffix("」"))


def asked_of(team, at):
    """Return a review of a meeting with one hypothesis, and that hypothesis."""
    [claim] = team.sato.get(at).json()["hypotheses"]
    of = at.removeprefix("/accounts/").replace("/meetings", "")
    got = team.sato.post("/reviews", {"of": of, "kind": "pre", "to": ["mori"]})
    assert got.status_code == 201, got.text
    review = got.json()["review"]
    team.pages.append(f"/reviews/{review}")
    return f"/reviews/{review}", claim["id"]


def last(answer):
    """Return what the last event of a review says."""
    return kept(answer.json()["events"][-1]["text"] or "")


def comments(team, texts):
    """Comments on a line."""
    for at, part in team.documents("r", texts):
        review, claim = asked_of(team, at)
        for text in part:
            sent = {"text": text, "on": claim, "type": "wording"}
            got = team.sato.post(f"{review}/comment", sent)
            if team.took("comment", text, got, must=fits(text)):
                team.back("comment", text, last(got))


def suggestions(team, texts):
    """Other words that are suggested for a line, and why."""
    for at, part in team.documents("u", texts):
        review, claim = asked_of(team, at)
        for text in part:
            for new in (text, "利用が戻る"):
                sent = {"on": claim, "text": new, "why": text}
                got = team.sato.post(f"{review}/suggest", sent)
                must = fits(text) and fits(new, one_line=True)
                if not team.took("suggest", text, got, must=must):
                    continue
                said = got.json()["events"][-1]
                why = said["text"].partition(f"\n- new: {said['new']}")[2]
                team.back("suggest", new, said["new"])
                team.back("suggest-why", text, kept(why))
                break


def judgements(team, texts):
    """What is said with an approval, with a wish for changes."""
    for at, part in team.documents("j", texts):
        review, _ = asked_of(team, at)
        for text in part:
            # an approval needs no words
            for word in ("changes", "approve") if visible(text) else ("changes",):
                got = team.mori.post(f"{review}/{word}", {"text": text})
                if team.took(word, text, got, must=fits(text)):
                    team.back(word, text, last(got))


def ends(team, texts):
    """What is said when a review is asked for, and when it is closed."""
    team.pages.append("/reviews")
    for at, text in team.documents("x", texts, single=True):
        of = at.removeprefix("/accounts/").replace("/meetings", "")
        got = team.sato.post("/reviews", {"of": of, "kind": "pre", "to": ["mori"], "text": text})
        must = fits(text) or not text.strip()
        if team.took("ask", text, got, must=must):
            team.back("ask", text, last(got))
            got = team.sato.post(f"/reviews/{got.json()['review']}/close", {"text": text})
            if team.took("close", text, got, must=must):
                team.back("close", text, last(got))


def shares(team, texts):
    """What is worth sharing."""
    for at, part in team.documents("s", texts):
        review, _ = asked_of(team, at)
        for text in part:
            got = team.sato.post(f"{review}/share", {"text": text})
            if not team.took("share", text, got, must=fits(text)):
                continue
            if got.json()["commit"] is not None:  # else it stands there, but for its blanks
                found = team.sato.get(at).json()["insights"]
                team.back("share", text, *[i["text"] for i in found if i["id"] == got.json()["id"]])


def lessons(team, texts):
    """Why insights are one lesson, or are not."""
    first, second = (one["id"] for one in team.sato.get("/insights").json()["items"][:2])
    team.pages += ["/insights", f"/insights/{first}"]
    kinds = cycle(("same", "different"))
    for text, kind in zip(texts, kinds, strict=False):
        sent = {"kind": kind, "insights": [first, second], "why": text}
        got = team.sato.post("/insights/judgements", sent)
        if team.took("lesson", text, got, must=fits(text)):
            team.back("lesson", text, kept(said_last(team)))
        else:
            sent["why"] = kind  # so that the next one is news
            assert team.sato.post("/insights/judgements", sent).status_code == 201


def said_last(team):
    """Return what stands below the newest decision on insights, in the file."""
    path = max((team.store / "insights").glob("*.md"))
    return parse_thread(path.read_bytes()).events[-1].body


def principles(team, texts):
    """Titles of principles, and why they are given up."""
    given_up(team, texts, "retire")


def successors(team, texts):
    """Why another principle takes the place of one."""
    given_up(team, texts, "supersede", by="p-handover-30")


def given_up(team, texts, how, **more):
    """Propose a principle for each text, and give it up with it."""
    team.pages.append("/playbook")
    for at, part in team.documents(how, texts):
        [source] = team.written(at, [{"kind": "insight", "text": "早めに引き継ぐ"}])["insights"]
        account = at.split("/")[2]
        for number, text in enumerate(part):
            name = f"p-{account}-{number}"
            new = {"sources": [source["id"]], "id": name}
            got = team.sato.post("/principles", {**new, "title": text})
            if team.took("principle", text, got, must=is_name(text)):
                team.back("principle", text, got.json()["title"])
            else:
                got = team.sato.post("/principles", {**new, "title": name})
                assert got.status_code == 201, got.text
            got = team.sato.post(f"/principles/{name}/{how}", {"why": text, **more})
            if team.took(how, text, got, must=fits(text, one_line=True)):
                team.back(how, text, got.json()["why_given_up"])
                team.pages += [f"/playbook/{name}"] * (number % FEW == 0)


def plays(team, texts):
    """Titles of plays and manuals, and when a play is used."""
    team.pages += ["/playbook", "/reading"]
    for number, text in enumerate(texts):
        name = f"play-a{number}"
        got = team.sato.post("/plays", {"title": text, "id": name})
        if team.took("play", text, got, must=is_name(text)):
            team.back("play", text, got.json()["title"])
        got = team.sato.post(
            "/plays", {"title": f"使う{number}", "id": f"play-b{number}", "use_when": [text]}
        )
        if team.took("use", text, got, must=fits(text, one_line=True)):
            team.back("use", text, *got.json()["use_when"])
            team.pages += [f"/playbook/play-b{number}"] * (number % FEW == 0)
        got = team.sato.post("/manuals", {"title": text, "id": f"manual-a{number}"})
        if team.took("manual", text, got, must=is_name(text)):
            team.back("manual", text, got.json()["title"])


def queries(team, texts):
    """What is searched for."""
    team.pages.append("/search?q=%3Cscript%3E")
    asked(team, texts, "/search", "q")


def neighbours(team, texts):
    """To what text insights are looked for that are like it."""
    asked(team, texts, "/insights/similar", "to")


def asked(team, texts, path, key):
    """Ask with each text, which never fails."""
    for text in texts:
        got = team.sato.get(path, **{key: text})
        if team.took(path, text, got, must="\0" not in text and visible(text)):
            team.taken += 1


CHEAP = (names, titles, people, quotes, colours, requests, queries)
"""Fields of which each change is quick, or that share one."""
DEAR = (
    *(edited, owners, comments, suggestions, judgements, ends, shares, lessons),
    *(principles, successors, plays),
)
"""Fields of which each change is a commit that reads more."""
LEARNT = (neighbours,)
"""What waits for the model of meanings."""
