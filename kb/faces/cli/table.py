"""Every command with its one line of help, and what `kb --help` says: no import but this.

A command's module is imported when it runs; `kb --help` doesn't even need click.
"""

from typing import NamedTuple

from kb.faces.cli.language import t


class Entry(NamedTuple):
    """Where a command lives ("module:attribute" below `kb.faces.cli`), and what it does."""

    target: str
    en: str
    ja: str


class GlobalOption(NamedTuple):
    """An option of every command: its name, what stands for its value, its help."""

    name: str
    value: tuple[str, str]
    en: str
    ja: str


GLOBAL_OPTIONS = (
    GlobalOption(
        "--store",
        ("PATH", "PATH"),
        "The store; else KB_STORE, else the one around this folder.",
        "ストアの場所。なければ KB_STORE、または今いるフォルダーを含むストア。",
    ),
    GlobalOption(
        "--as",
        ("MEMBER", "MEMBER"),
        "Who acts; else KB_MEMBER, else the author that git is set up for.",
        "だれとして行うか。なければ KB_MEMBER、または git に設定された名前。",
    ),
    GlobalOption(
        "--json",
        ("", ""),
        "Answer with one JSON document.",
        "答えを1つのJSON文書で返します。",
    ),
)

COMMANDS: dict[str, Entry] = {
    "init": Entry(
        "init:init",
        "Make a new store with templates and the starter playbook.",
        "新しいストアを、ひな形とプレイブックつきで作ります。",
    ),
    "demo": Entry(
        "demo:demo",
        "Build the sample team's store, meeting by meeting.",
        "見本チームのストアを、履歴ごと作ります。",
    ),
    "account": Entry(
        "account:account",
        "Add, list, show, rename and archive accounts.",
        "顧客を追加・一覧・表示・改名・保管します。",
    ),
    "meeting": Entry(
        "meeting:meeting",
        "Prepare, list, show, check and close meetings.",
        "ミーティングを準備・一覧・表示・点検・完了します。",
    ),
    "add": Entry(
        "capture:add",
        "Write one line into the right place of a meeting.",
        "ミーティングの決まった場所に一行書きます。",
    ),
    "todo": Entry(
        "todo:todo",
        "List TODOs, the earliest due first.",
        "TODOを期日の早い順に並べます。",
    ),
    "done": Entry("capture:done", "Tick a TODO off.", "TODOを完了にします。"),
    "verdict": Entry(
        "capture:verdict",
        "Say whether a hypothesis held.",
        "事前仮説に判定をつけます。",
    ),
    "today": Entry(
        "today:today",
        "Show what needs you today, and why.",
        "今日やることを、理由つきで示します。",
    ),
    "week": Entry(
        "today:week",
        "Show what needs you this week, and why.",
        "今週やることを、理由つきで示します。",
    ),
    "import": Entry(
        "importing:import_",
        "Take existing notes over into running documents.",
        "いまある議事録をランニングドキュメントに取り込みます。",
    ),
    "review": Entry(
        "review:review",
        "Ask for reviews, comment, suggest and approve.",
        "レビューの依頼、コメント、直しの案、承認をします。",
    ),
    "search": Entry(
        "search:search",
        "Find anything anybody wrote, in Japanese or English.",
        "書かれたことを、日本語でも英語でも探します。",
    ),
    "principle": Entry(
        "principle:principle",
        "Propose, list, trace and adopt behaviour principles.",
        "行動原則を提案・一覧・検証・採用します。",
    ),
    "play": Entry(
        "play:play",
        "List, show and add plays: what we do.",
        "施策（プレイ）を一覧・表示・追加します。",
    ),
    "manual": Entry(
        "manual:manual",
        "List, show and add manuals: how we do it.",
        "手順書を一覧・表示・追加します。",
    ),
    "playbook": Entry(
        "playbook:playbook",
        "Check the whole playbook.",
        "プレイブック全体を点検します。",
    ),
    "insight": Entry(
        "insight:insight",
        "See what was learned and what recurs, and say what is the same lesson.",
        "気づきを一覧し、くり返し現れる教訓を探し、判断します。",
    ),
    "train": Entry(
        "train:train",
        "Predict how past hypotheses ended, and see how well.",
        "過去の事前仮説の判定を予想して、練習します。",
    ),
    "board": Entry(
        "board:board",
        "Show where knowledge flows and where it stalls.",
        "知恵がどこで流れ、どこで止まっているかを示します。",
    ),
    "serve": Entry(
        "serve:serve",
        "Open the web page on this machine.",
        "このパソコンでWebの画面を開きます。",
    ),
    "history": Entry(
        "changes:history",
        "Show how a document or a meeting came to be.",
        "文書やミーティングの変更の履歴を示します。",
    ),
    "asof": Entry(
        "changes:asof",
        "Show what was known of an account at a date.",
        "その日の時点での顧客の文書を示します。",
    ),
    "undo": Entry(
        "changes:undo",
        "Take back your own last change.",
        "自分の最後の変更を取り消します。",
    ),
    "kept": Entry(
        "changes:kept",
        "List, show, apply or drop texts that were kept, not saved.",
        "保存できずに取り置いた文章を一覧・表示・反映・破棄します。",
    ),
    "sync": Entry(
        "changes:sync",
        "Bring your changes and the team's together.",
        "自分の変更とチームの変更を合わせます。",
    ),
    "doctor": Entry(
        "doctor:doctor",
        "Check the store, and repair what can be repaired.",
        "ストアを点検し、直せるものを直します。",
    ),
    "reindex": Entry(
        "doctor:reindex",
        "Build the lists anew from the files.",
        "一覧のもとを文書から作り直します。",
    ),
}


def front() -> str:
    """Return what `kb --help` shows, in the chosen language."""
    options = [
        *(
            (f"{option.name} {option.value[0]}".rstrip(), t(option.en, option.ja))
            for option in GLOBAL_OPTIONS
        ),
        ("--version", t("Show the version and exit.", "版を表示します。")),
        ("--help", t("Show this message and exit.", "この説明を表示します。")),
    ]
    commands = [(name, t(entry.en, entry.ja)) for name, entry in COMMANDS.items()]
    return "\n".join(
        [
            t("Usage: kb [OPTIONS] COMMAND [ARGS]...", "使い方: kb [OPTIONS] COMMAND [ARGS]..."),
            "",
            *t(
                "  Where a customer-success team keeps what it knows: one running document\n"
                "  per customer, in plain Markdown, in git.",
                "  カスタマーサクセスチームの知っていることを残す場所です。\n"
                "  顧客ごとに一つのランニングドキュメントを、Markdown のまま git に残します。",
            ).split("\n"),
            "",
            t("Options:", "オプション:"),
            *_rows(options),
            "",
            t("Commands:", "コマンド:"),
            *_rows(commands),
            "",
            t(
                "  kb COMMAND --help tells about one command, with examples.",
                "  それぞれの説明と例は kb COMMAND --help で見られます。",
            ),
        ]
    )


def _rows(rows: list[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [f"  {name.ljust(width)}  {text}" for name, text in rows]
