"""Names are no likeness."""

from kb.insight.masks import Masks, own_words


def test_given_names_go_with_their_titles() -> None:
    masks = Masks(["アクメ", "田中", "Tsudoi", "佐藤 健"])
    assert masks.plain("アクメの田中様はTsudoiを毎日開く") == "の は を毎日開く"


def test_longer_words_are_kept() -> None:
    masks = Masks(["メール", "Ann"])
    assert masks.plain("メールアドレスと Annual report") == "メールアドレスと Annual report"


def test_text_of_a_name_alone_stays() -> None:
    assert Masks(["アクメ"]).plain("アクメ") == "アクメ"


def test_names_of_one_account_are_found() -> None:
    texts = [
        ("acme", "管理画面のフロウラで承認する"),
        ("acme", "毎朝フロウラを開いてもらう"),
        ("acme", "担当はフロウラだけを使う"),
        ("acme", "毎月のメールは読まれる"),
        ("acme", "毎週のメールは読まれない"),
        ("beta", "歓迎のメールは一人ずつ"),
        ("beta", "朝のメールが読まれる"),
    ]
    assert own_words(texts) == {"フロウラ"}


def test_one_account_has_no_names_of_its_own() -> None:
    assert own_words([("acme", "毎朝フロウラを開く")] * 5) == set()
