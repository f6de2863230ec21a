"""Sentences of `store`."""

from kb.messages import Sentence

_KEPT_EN = "The text was kept: {kept}. Put it in later with `kb kept apply`."
_KEPT_JA = "入力は控えてあります（{kept}）。あとで `kb kept apply` で反映できます。"

TABLE: dict[str, Sentence] = {
    # Finding the store
    "no-store": Sentence(
        "There is no kb store here or above: {path}",
        "ここにも上のフォルダにも kb のストアがありません: {path}",
        "Make one with `kb init DIR`, or name one with `--store PATH`.",
        "`kb init DIR` で作るか、`--store PATH` で場所を指定してください。",
    ),
    "no-repository": Sentence(
        "There is a kb.toml but no history beside it: {path}",
        "kb.toml はありますが、同じフォルダに履歴（.git）がありません: {path}",
        "A store is the top folder of a git repository; `kb init` makes one.",
        "ストアは git リポジトリの一番上のフォルダです。`kb init` で作れます。",
    ),
    "bare-repository": Sentence(
        "This is a repository without files: {path}",
        "ファイルを持たないリポジトリ（bare）です: {path}",
        "Clone it, and work in the clone.",
        "クローンしたフォルダで作業してください。",
    ),
    "other-format": Sentence(
        "This repository is in a format that kb does not write: {format}",
        "kb が書き込めない形式のリポジトリです: {format}",
        "kb writes repositories with SHA-1 ids and plain reference files.",
        "SHA-1 形式・通常の参照ファイルのリポジトリをお使いください。",
    ),
    "no-git": Sentence(
        "git is not installed, or not on the PATH.",
        "git が見つかりません。",
        "Install git 2.30 or newer.",
        "git 2.30 以降をインストールしてください。",
    ),
    "git-failed": Sentence(
        "The history could not be written or read.",
        "履歴の読み書きに失敗しました。",
        "Run `kb doctor`.",
        "`kb doctor` を実行してください。",
    ),
    "no-head": Sentence(
        "The newest state of the history can't be read: `.git/HEAD`, or what it names, is damaged.",
        "履歴の最新の状態を読み取れません（`.git/HEAD` か、その参照先が壊れています）。",
        "The files are untouched: clone the store anew beside it and copy them over.",
        "文書は無事です。同期先から別の場所にクローンし、変わったファイルを移してください。",
    ),
    "missing-object": Sentence(
        "A part of the history is missing: {object}",
        "履歴の一部が失われています: {object}",
        "Run `kb doctor`; a clone of a colleague's has it.",
        "`kb doctor` を実行してください。同僚のクローンから取り戻せます。",
    ),
    "damaged-object": Sentence(
        "A part of the history is damaged: {object}",
        "履歴の一部が壊れています: {object}",
        "Run `kb doctor`; a clone of a colleague's has it.",
        "`kb doctor` を実行してください。同僚のクローンから取り戻せます。",
    ),
    "not-empty": Sentence(
        "The folder is not empty: {path}",
        "フォルダが空ではありません: {path}",
        "Choose a new folder.",
        "新しいフォルダを指定してください。",
    ),
    # Names
    "unsafe-path": Sentence(
        "This name can't be used for a file: {path}",
        "この名前はファイルに使えません: {path}",
        "Use letters, digits, `-` and `_`.",
        "文字・数字・`-`・`_` を使ってください。",
    ),
    "symlink": Sentence(
        "{path} is a link. kb neither follows nor replaces links.",
        "{path} はリンクです。kb はリンクをたどらず、置き換えもしません。",
        "Put a real file or folder there.",
        "実体のファイルかフォルダに置き換えてください。",
    ),
    "no-file": Sentence(
        "There is no such file: {path}",
        "ファイルがありません: {path}",
    ),
    "same-name": Sentence(
        "Two names differ in upper and lower case only: {path}",
        "大文字と小文字しか違わない名前が重なっています: {path}",
        "Choose another name.",
        "別の名前にしてください。",
    ),
    "exists": Sentence(
        "There is a file of this name already: {path}",
        "同じ名前のファイルが既にあります: {path}",
        "Choose another name.",
        "別の名前にしてください。",
    ),
    "bad-commit": Sentence(
        "This is no id of a change: {commit}",
        "変更の ID ではありません: {commit}",
        "`kb history` lists them.",
        "`kb history` で確かめられます。",
    ),
    # Not saved
    "busy": Sentence(
        "Somebody else is saving; not saved after {seconds} seconds of waiting.",
        "ほかの保存が続いていて、{seconds} 秒待ちましたが保存できませんでした。",
        "Try again.",
        "もう一度お試しください。",
    ),
    "history-busy": Sentence(
        "Not done: another program holds the history.",
        "ほかのプログラムが履歴を使用中のため、実行できませんでした。",
        "Try again in a moment; `kb doctor` tells if it stays so.",
        "少し待ってからお試しください。続く場合は `kb doctor` で確かめられます。",
    ),
    "history-held": Sentence(
        "Kept, not saved: another program holds the history.",
        "保存せずに控えました。ほかのプログラムが履歴を使用中です。",
        f"If that stays so, `kb doctor` tells why. {_KEPT_EN}",
        f"続く場合は `kb doctor` で原因を確かめてください。{_KEPT_JA}",
    ),
    "commit-under-way": Sentence(
        "Kept, not saved: a commit is being written in an editor.",
        "保存せずに控えました。エディタでコミットの途中です。",
        f"Finish or close it. {_KEPT_EN}",
        f"コミットを済ませるか閉じてください。{_KEPT_JA}",
    ),
    "merge-under-way": Sentence(
        "Kept, not saved: a merge is under way in this folder.",
        "保存せずに控えました。このフォルダではマージの途中です。",
        f"Finish or abort the merge. {_KEPT_EN}",
        f"マージを済ませるか取り消してください。{_KEPT_JA}",
    ),
    "rebase-under-way": Sentence(
        "Kept, not saved: a rebase is under way in this folder.",
        "保存せずに控えました。このフォルダではリベースの途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"リベースを済ませるか取り消してください。{_KEPT_JA}",
    ),
    "cherry-pick-under-way": Sentence(
        "Kept, not saved: a cherry-pick is under way in this folder.",
        "保存せずに控えました。このフォルダではチェリーピックの途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"済ませるか取り消してください。{_KEPT_JA}",
    ),
    "revert-under-way": Sentence(
        "Kept, not saved: a revert is under way in this folder.",
        "保存せずに控えました。このフォルダではリバートの途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"済ませるか取り消してください。{_KEPT_JA}",
    ),
    "detached": Sentence(
        "Kept, not saved: an old state is checked out, not the team's branch.",
        "保存せずに控えました。いまは過去の状態が開かれていて、チームのブランチではありません。",
        f"Check the branch out again. {_KEPT_EN}",
        f"ブランチに戻してください。{_KEPT_JA}",
    ),
    "other-branch": Sentence(
        "Kept, not saved: another branch than {branch} is checked out.",
        "保存せずに控えました。いまは {branch} ではないブランチにいます。",
        f"Check {{branch}} out, or set `[store] branch` in kb.toml. {_KEPT_EN}",
        f"{{branch}} に戻すか、kb.toml の `[store] branch` を変えてください。{_KEPT_JA}",
    ),
    "conflict-markers": Sentence(
        "Kept, not saved: {path} holds the marks of an unfinished merge.",
        "保存せずに控えました。{path} にマージ途中の印（<<<<<<<）が残っています。",
        f"Settle these places in an editor first. {_KEPT_EN}",
        f"先にエディタでその箇所を直してください。{_KEPT_JA}",
    ),
    "index-differs": Sentence(
        "Kept, not saved: another text of {path} waits for your commit.",
        "保存せずに控えました。{path} の別の内容がコミット待ちになっています。",
        f"Commit or unstage it. {_KEPT_EN}",
        f"コミットするか、取り下げてください。{_KEPT_JA}",
    ),
    "conflict": Sentence(
        "Kept, not saved: somebody changed the same place of {path}.",
        "保存せずに控えました。{path} の同じ箇所がほかの人に変更されています。",
        "Compare both texts with `kb kept show {kept}`.",
        "`kb kept show {kept}` で両方を見比べてください。",
    ),
    "written-between": Sentence(
        "Two programs wrote {path} in the same instant; one text was kept aside.",
        "{path} に同時に書き込みがあったため、片方を控えました。",
        "Compare both texts with `kb kept show`.",
        "`kb kept show` で見比べてください。",
    ),
    "changed-meanwhile": Sentence(
        "Not done: {path} was changed meanwhile.",
        "その間に {path} が変更されたため、行いませんでした。",
        "Look at it again.",
        "内容を確かめてから、もう一度お試しください。",
    ),
    "disk-full": Sentence(
        "Not saved: the disk is full.",
        "ディスクがいっぱいで保存できませんでした。",
        "Make room, then try again.",
        "空きを作ってから、もう一度お試しください。",
    ),
    "read-only": Sentence(
        "Not saved: the store can't be written to.",
        "ストアに書き込めないため保存できませんでした。",
        "Check the disk and the rights of the folder.",
        "ディスクとフォルダの権限を確かめてください。",
    ),
    "text-back": Sentence("Your text was not saved; here it is:", "保存できなかった入力です:"),
    "file-fault": Sentence(
        "Not saved: {detail}.",
        "保存できませんでした: {detail}",
    ),
    "no-kept": Sentence(
        "No text is kept under {id}.",
        "{id} という控えはありません。",
        "`kb kept` lists them.",
        "`kb kept` で一覧を見られます。",
    ),
    "not-now": Sentence(
        "Not done, and nothing was changed: {why}.",
        "実行しませんでした。何も変更していません: {why}。",
        "Try again once that is settled.",
        "解消してから、もう一度お試しください。",
    ),
    "why-merge-under-way": Sentence(
        "a merge is under way in this folder",
        "マージの途中です",
        "Finish it (`git commit`) or cancel it (`git merge --abort`); nothing is saved until then.",
        "済ませる（`git commit`）か取り消して（`git merge --abort`）ください。"
        "それまで保存はできません。",
    ),
    "why-rebase-under-way": Sentence(
        "a rebase is under way in this folder",
        "リベースの途中です",
        "Finish it (`git rebase --continue`) or cancel it (`git rebase --abort`).",
        "済ませる（`git rebase --continue`）か取り消して（`git rebase --abort`）ください。",
    ),
    "why-cherry-pick-under-way": Sentence(
        "a cherry-pick is under way in this folder",
        "チェリーピックの途中です",
        "Finish it (`git cherry-pick --continue`) or cancel it (`git cherry-pick --abort`).",
        "済ませる（`git cherry-pick --continue`）か"
        "取り消して（`git cherry-pick --abort`）ください。",
    ),
    "why-revert-under-way": Sentence(
        "a revert is under way in this folder",
        "リバートの途中です",
        "Finish it (`git revert --continue`) or cancel it (`git revert --abort`).",
        "済ませる（`git revert --continue`）か取り消して（`git revert --abort`）ください。",
    ),
    "why-history-held": Sentence(
        "another program holds the history", "ほかのプログラムが履歴を使用中です"
    ),
    "why-commit-under-way": Sentence(
        "a commit is being written in an editor", "エディタでコミットの途中です"
    ),
    "why-detached": Sentence(
        "an old state is checked out, not the team's branch",
        "過去の状態が開かれていて、チームのブランチではありません",
    ),
    "why-other-branch": Sentence(
        "another branch than {branch} is checked out", "{branch} ではないブランチにいます"
    ),
    "why-conflict-markers": Sentence(
        "{path} holds the marks of an unfinished merge",
        "{path} にマージ途中の印（<<<<<<<）が残っています",
    ),
    "why-index-differs": Sentence(
        "another text of {path} waits for a commit", "{path} の別の内容がコミット待ちです"
    ),
    "why-changed-meanwhile": Sentence(
        "{path} was changed meanwhile", "その間に {path} が変更されました"
    ),
    # Undo and sync
    "nothing-to-undo": Sentence(
        "There is no change of yours to take back.",
        "取り消せるご自身の変更はありません。",
    ),
    "built-on": Sentence(
        "Not taken back: somebody has changed the same place of {path} since.",
        "取り消しませんでした。その後、{path} の同じ箇所が変更されています。",
        "Change it by hand; `kb history` shows what happened.",
        "手で直してください。経緯は `kb history` で見られます。",
    ),
    "no-remote": Sentence(
        "This store has no shared place to sync with.",
        "同期先が設定されていません。",
        "Add one: `git remote add origin ADDRESS`.",
        "`git remote add origin アドレス` で同期先を追加してください。",
    ),
    "not-reached": Sentence(
        "The shared place did not answer; everything is saved here: {detail}",
        "同期先とやり取りできませんでした。この端末には保存されています: {detail}",
        "Try `kb sync` again later.",
        "あとで `kb sync` をもう一度お試しください。",
    ),
    "unrelated": Sentence(
        "The shared place holds another store; nothing was changed.",
        "同期先は別のストアのようです。何も変更していません。",
        "Check the address of `origin`.",
        "`origin` のアドレスを確かめてください。",
    ),
    # What the doctor finds
    "history-damaged": Sentence(
        "The history is damaged: {detail}",
        "履歴が壊れています: {detail}",
        "Clone the store again from the shared place; the files here are untouched.",
        "同期先からクローンし直してください。手元のファイルはそのままです。",
    ),
    "unfinished-save": Sentence(
        "A save was interrupted and is being completed.",
        "途中で止まった保存がありました。",
        "`kb doctor --repair` completes it; so does the next save.",
        "`kb doctor --repair` か次の保存で完了します。",
    ),
    "index-locked": Sentence(
        "Another program has locked the list of files to commit: {path}",
        "ほかのプログラムがコミット待ちの一覧をロックしています: {path}",
        "If no git command is running, remove this file.",
        "git を使っていなければ、このファイルを削除してください。",
    ),
    "history-locked": Sentence(
        "Another program left a lock on the history: {path}",
        "ほかのプログラムのロックが履歴に残っています: {path}",
        "If no git command is running, remove this file.",
        "git を使っていなければ、このファイルを削除してください。",
    ),
    "text-kept": Sentence(
        "A text could not be saved and is kept: {id} ({path})",
        "保存できなかった文章を控えています: {id} ({path})",
        "See it with `kb kept show {id}`; put it in with `kb kept apply {id}`.",
        "`kb kept show {id}` で確かめ、`kb kept apply {id}` で反映できます。",
    ),
    "not-ignored": Sentence(
        "`.kb/` is not in .gitignore.",
        ".gitignore に `.kb/` がありません。",
        "`kb doctor --repair` adds it.",
        "`kb doctor --repair` で追加できます。",
    ),
    "edited-outside": Sentence(
        "Edited outside kb and not taken in yet: {path}",
        "kb の外で編集され、まだ取り込まれていません: {path}",
        "The next save of this file takes it in; `kb doctor --repair` does so now.",
        "このファイルの次の保存で取り込まれます。`kb doctor --repair` ですぐに取り込めます。",
    ),
    # Messages of commits that kb makes by itself
    "outside-edit": Sentence(
        "Take in what was edited outside kb: {paths}",
        "kb の外での編集を取り込みました: {paths}",
    ),
    "undo-message": Sentence("Take back: {message}", "取り消し: {message}"),
    "sync-message": Sentence("Take in what the others saved", "ほかの人の変更を取り込みました"),
    "mend-message": Sentence(
        "Let kb's own folder be ignored", "kb の作業フォルダを対象から外しました"
    ),
    "old-buffer": Sentence(
        "{path} had been written over with an older text; what came later was kept in it.",
        "{path} は古い文面で上書きされていたため、その後に書かれた行を残しました。",
        "If you took a line out on purpose: `kb undo` takes your own last change back.",
        "わざと消した行だった場合、自分の最後の変更は `kb undo` で取り消せます。",
    ),
}
