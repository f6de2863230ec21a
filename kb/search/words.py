"""The team's word list: words that mean the same, so that one finds the other.

A team adds lines to `kb.toml` (`[search] words = ["チャーン = 解約 = churn"]`); the starter list
has what customer-success teams say in Japanese and English.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kb.search.query import Query, Word, word_of
from kb.search.tokens import normal

STARTER = (
    "解約 = 退会 = チャーン = 離脱 = churn = cancellation",
    "更新 = 契約更新 = renewal = renew",
    "増枠 = アップセル = 追加契約 = upsell = expansion",
    "縮小 = ダウンセル = downsell = contraction",
    "オンボーディング = 導入支援 = 立ち上げ = onboarding",
    "キックオフ = kickoff = kick-off",
    "決裁者 = 意思決定者 = 決定権者 = スポンサー = decision maker = sponsor",
    "推進役 = チャンピオン = champion",
    "管理者 = 管理担当 = アドミン = admin = administrator",
    "引き継ぎ = 引継ぎ = 引継 = handover = hand-over",
    "退職 = 離職 = 異動 = left the company",
    "打ち合わせ = 打合せ = ミーティング = 会議 = MTG = meeting",
    "議事録 = 会議録 = minutes",
    "利用率 = 活用率 = 利用状況 = usage = active rate",
    "定着 = 活用 = adoption",
    "効果 = 費用対効果 = 投資対効果 = ROI = return on investment",
    "健康度 = ヘルススコア = health score",
    "要望 = リクエスト = 改善要望 = feature request",
    "気づき = 学び = insight = learning",
    "仮説 = 事前仮説 = hypothesis",
    "行動原則 = principle",
    "施策 = プレイ = play",
    "手順書 = マニュアル = manual",
    "稟議 = 社内承認 = 社内決裁 = approval process",
    "見積 = 見積もり = 見積書 = quote = quotation = estimate",
    "請求 = 請求書 = インボイス = invoice = billing",
    "値引き = 割引 = discount",
    "シングルサインオン = SSO = single sign-on",
    "サーバー = server",
    "ログイン = サインイン = log-in = login = sign in",
    "研修 = トレーニング = 勉強会 = training",
    "一斉メール = メール配信 = 一括送信 = mass mail = bulk mail",
    "問い合わせ = 問合せ = お問い合わせ = サポート依頼 = ticket = enquiry = inquiry",
    "障害 = 不具合 = トラブル = outage = incident = bug",
    "満足度 = 顧客満足 = NPS = CSAT = satisfaction",
    "担当者 = 窓口 = 責任者 = owner = point of contact",
    "報告 = レポート = report",
    "事例 = 成功事例 = case study",
    "契約 = contract",
)
"""Words that mean the same to customer-success teams; each line joins by `=`."""


class WordList(NamedTuple):
    """Words that mean the same: each in its compared form, with what it also is called."""

    others: dict[str, tuple[str, ...]]
    inside: tuple[str, ...]
    """Those that may stand within a Japanese clause, or that are more than one word."""


@cache
def word_list(lines: tuple[str, ...]) -> WordList:
    """Read the lines of a word list; poor ones are left out."""
    others: dict[str, tuple[str, ...]] = {}
    for line in lines:
        words = [word for part in normal(line).split("=") if (word := part.strip())]
        if len(words) > 1:
            for text in words:
                others[text] = (*others.get(text, ()), *(w for w in words if w != text))
    inside = tuple(t for t in others if (len(t) > 1 and not t.isascii()) or " " in t)
    return WordList(others, inside)


def expand(query: Query, words: WordList) -> Query:
    """Return the query with what its words also are called as further alternatives.

    In a question, a listed word anywhere in it brings its other names along.
    """
    whole = word_of(query.text) if normal(query.text) in words.others else None
    if whole and len(query.groups) > 1:  # "decision maker": two words that are one
        return query._replace(groups=((whole, *_further(words.others[whole.text], [whole])),))
    extended = []
    for group in query.groups:
        ways = list(group)
        for word in group:
            if not word.phrase:
                ways += _further(words.others.get(word.text, ()), ways)
                sounds = not query.question and _HIRAGANA.fullmatch(word.text)
                if sounds and (way := _name(in_katakana(word.text))):
                    ways.append(way)
        extended.append(tuple(ways))
    if query.question and extended:
        text = normal(query.text)
        for name in words.inside:
            if name in text:
                extended[0] = (*extended[0], *_further(words.others[name], extended[0]))
    return query._replace(groups=tuple(extended))


def in_katakana(text: str) -> str:
    """Return a text with its hiragana written as katakana."""
    return text.translate(_KATAKANA)


def _further(names: Iterable[str], ways: Sequence[Word]) -> list[Word]:
    """Return those that ask for something else than what is asked for already."""
    found: list[Word] = []
    for name in names:
        other = _name(name)
        if other and not any(set(way.terms) <= set(other.terms) for way in (*ways, *found)):
            found.append(other._replace(synonym=not any(_written(other, way) for way in ways)))
    return found


_name = lru_cache(maxsize=2048)(word_of)
"""Return another name as something to look for: they are the same ones for every question."""


def _written(name: Word, typed: Word) -> bool:
    """Tell whether a name is what was typed, otherwise written (引き継ぎ, 引継), or part of it."""
    if typed.synonym:
        return False
    if name.text.isascii():
        return _letters(name.text) == _letters(typed.text)
    return name.text in typed.text or (name.other or name.terms) == (typed.other or typed.terms)


_HIRAGANA = re.compile("[ぁ-ゖー]{3,12}")
"""What may be a name or a foreign word that was typed as it sounds (みなそこ, ミナソコ)."""
_KATAKANA = {n: n + 0x60 for n in range(ord("ぁ"), ord("ゖ") + 1)}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
