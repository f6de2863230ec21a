"""Sentences of `store`."""

from kb.messages import Sentence

_KEPT_EN = "The text was kept: {kept}. Put it in later with `kb kept apply`."
_KEPT_JA = "入力は取り置いてあります（{kept}）。あとで `kb kept apply` で反映できます。"

TABLE: dict[str, Sentence] = {
    # Finding the store
    "no-store": Sentence(
        "There is no kb store here or above: {path}",
        "ここにも上のフォルダーにも kb のストアがありません: {path}",
        "Make one with `kb init DIR`, or name one with `--store PATH`.",
        "`kb init フォルダー` で作るか、`--store 場所` で指定してください。",
    ),
    "no-repository": Sentence(
        "There is a kb.toml but no history beside it: {path}",
        "kb.toml はありますが、同じフォルダーに履歴（.git）がありません: {path}",
        "Its history (.git) belongs into the same folder; `kb init` makes a whole store.",
        "履歴（.git）と kb.toml は同じフォルダーに置きます。`kb init` で新しく作れます。",
    ),
    "bare-repository": Sentence(
        "There is only a history here, without files (a bare repository): {path}",
        "履歴だけでファイルのない置き場（bare）です: {path}",
        "Work in a copy of it (`git clone`).",
        "手元に写したフォルダー（`git clone`）で作業してください。",
    ),
    "other-format": Sentence(
        "The history is in a format that kb does not write: {format}",
        "履歴が kb の書き込めない形式です: {format}",
        "kb writes histories with SHA-1 ids and plain reference files; ask whoever set it up.",
        "kb が扱えるのは SHA-1 形式で、参照が通常のファイルの履歴です。用意した人に確かめてください。",
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
    "past-lost": Sentence(
        "A part of the history is missing.",
        "履歴の一部が見つかりません。",
        "Run `kb doctor`; a copy of the whole store, from where it is shared, has it.",
        "`kb doctor` を実行してください。共有先にあるストア全体の写しには残っています。",
    ),
    "no-head": Sentence(
        "The newest state of the history can't be read: `.git/HEAD`, or what it names, is damaged.",
        "履歴の最新の状態を読み取れません（`.git/HEAD` か、その参照先が壊れています）。",
        "The files are untouched: copy the store anew (`git clone`) beside it and put them in.",
        "文書は無事です。同期先から別の場所に写し（`git clone`）、変わったファイルを移してください。",
    ),
    "missing-object": Sentence(
        "A part of the history is missing: {object}",
        "履歴の一部が失われています: {object}",
        "Run `kb doctor`; a colleague's copy has it.",
        "`kb doctor` を実行してください。同僚の手元のストアから取り戻せます。",
    ),
    "damaged-object": Sentence(
        "A part of the history is damaged: {object}",
        "履歴の一部が壊れています: {object}",
        "Run `kb doctor`; a colleague's copy has it.",
        "`kb doctor` を実行してください。同僚の手元のストアから取り戻せます。",
    ),
    "not-empty": Sentence(
        "The folder is not empty: {path}",
        "フォルダーが空ではありません: {path}",
        "Choose a new folder.",
        "新しいフォルダーを指定してください。",
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
        "実体のファイルかフォルダーに置き換えてください。",
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
        "保存せずに取り置きました。ほかのプログラムが履歴を使用中です。",
        f"If that stays so, `kb doctor` tells why. {_KEPT_EN}",
        f"続く場合は `kb doctor` で原因を確かめてください。{_KEPT_JA}",
    ),
    "commit-under-way": Sentence(
        "Kept, not saved: another change is being recorded in an editor.",
        "保存せずに取り置きました。このフォルダーでは、エディターで別の変更の記録が途中です。",
        f"Finish or close it. {_KEPT_EN}",
        f"その記録を済ませるか閉じてください。{_KEPT_JA}",
    ),
    "merge-under-way": Sentence(
        "Kept, not saved: taking in other changes is under way in this folder.",
        "保存せずに取り置きました。このフォルダーでは別の作業（変更の取り込み）が途中です。",
        f"Finish or give up what is under way. {_KEPT_EN}",
        f"取り込みを済ませるか取りやめてください。{_KEPT_JA}",
    ),
    "rebase-under-way": Sentence(
        "Kept, not saved: putting changes in another order is under way in this folder.",
        "保存せずに取り置きました。このフォルダーでは別の作業（変更の並べ替え）が途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"並べ替えを済ませるか取りやめてください。{_KEPT_JA}",
    ),
    "cherry-pick-under-way": Sentence(
        "Kept, not saved: taking over one change is under way in this folder.",
        "保存せずに取り置きました。このフォルダーでは別の作業（変更を一つ取り入れること）が途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"済ませるか取り消してください。{_KEPT_JA}",
    ),
    "revert-under-way": Sentence(
        "Kept, not saved: taking a change back is under way in this folder.",
        "保存せずに取り置きました。このフォルダーでは別の作業（変更の取り消し）が途中です。",
        f"Finish or abort it. {_KEPT_EN}",
        f"済ませるか取り消してください。{_KEPT_JA}",
    ),
    "detached": Sentence(
        "Kept, not saved: an old state is open in this folder, not the team's present one.",
        "保存せずに取り置きました。このフォルダーには、チームのいまの状態ではなく過去の状態が開かれています。",
        f"Go back to the present state (`git switch {{branch}}`). {_KEPT_EN}",
        f"いまの状態に戻してください（`git switch {{branch}}`）。{_KEPT_JA}",
    ),
    "other-branch": Sentence(
        "Kept, not saved: another state than the team's is open in this folder.",
        "保存せずに取り置きました。このフォルダーには、チームの状態とは別のものが開かれています。",
        f"Go back (`git switch {{branch}}`), or set `[store] branch` in kb.toml. {_KEPT_EN}",
        f"`git switch {{branch}}` で戻すか、kb.toml の `[store] branch` を変えてください。{_KEPT_JA}",
    ),
    "conflict-markers": Sentence(
        "Kept, not saved: {path} holds the marks of changes that were taken in by half.",
        "保存せずに取り置きました。{path} に取り込み途中の印（<<<<<<<）が残っています。",
        f"Settle these places in an editor first. {_KEPT_EN}",
        f"先にエディターでその箇所を直してください。{_KEPT_JA}",
    ),
    "index-differs": Sentence(
        "Kept, not saved: another text of {path} waits to be recorded.",
        "保存せずに取り置きました。{path} の別の内容が記録待ちになっています。",
        f"Record it (`git commit`) or withdraw it (`git restore --staged`). {_KEPT_EN}",
        f"記録する（`git commit`）か、取り下げて（`git restore --staged`）ください。{_KEPT_JA}",
    ),
    "conflict": Sentence(
        "Kept, not saved: somebody changed the same place of {path}.",
        "保存せずに取り置きました。{path} の同じ箇所がほかの人に変更されています。",
        "Compare both texts with `kb kept show {kept}`.",
        "`kb kept show {kept}` で両方を見比べてください。",
    ),
    "written-between": Sentence(
        "Two programs wrote {path} in the same instant; one text was kept aside.",
        "{path} に同時に書き込みがあったため、片方を取り置きました。",
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
        "ディスクとフォルダーの権限を確かめてください。",
    ),
    "text-back": Sentence("Your text was not saved; here it is:", "保存できなかった入力です:"),
    "file-fault": Sentence(
        "Not saved: {detail}.",
        "保存できませんでした: {detail}",
    ),
    "no-kept": Sentence(
        "No text is kept under {id}.",
        "{id} という取り置きはありません。",
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
        "taking in other changes is under way in this folder",
        "このフォルダーでは別の作業（変更の取り込み）が途中です",
        "Finish it (`git commit`) or cancel it (`git merge --abort`); nothing is saved until then.",
        "済ませる（`git commit`）か取り消して（`git merge --abort`）ください。"
        "それまで保存はできません。",
    ),
    "why-rebase-under-way": Sentence(
        "putting changes in another order is under way in this folder",
        "このフォルダーでは別の作業（変更の並べ替え）が途中です",
        "Finish it (`git rebase --continue`) or cancel it (`git rebase --abort`).",
        "済ませる（`git rebase --continue`）か取り消して（`git rebase --abort`）ください。",
    ),
    "why-cherry-pick-under-way": Sentence(
        "taking over one change is under way in this folder",
        "このフォルダーでは別の作業（変更を一つ取り入れること）が途中です",
        "Finish it (`git cherry-pick --continue`) or cancel it (`git cherry-pick --abort`).",
        "済ませる（`git cherry-pick --continue`）か"
        "取り消して（`git cherry-pick --abort`）ください。",
    ),
    "why-revert-under-way": Sentence(
        "taking a change back is under way in this folder",
        "このフォルダーでは別の作業（変更の取り消し）が途中です",
        "Finish it (`git revert --continue`) or cancel it (`git revert --abort`).",
        "済ませる（`git revert --continue`）か取り消して（`git revert --abort`）ください。",
    ),
    "why-history-held": Sentence(
        "another program holds the history", "ほかのプログラムが履歴を使用中です"
    ),
    "why-commit-under-way": Sentence(
        "another change is being recorded in an editor",
        "エディターで別の変更の記録が途中です",
    ),
    "why-detached": Sentence(
        "an old state is open in this folder, not the team's present one",
        "このフォルダーには過去の状態が開かれています",
    ),
    "why-other-branch": Sentence(
        "another state than the team's ({branch}) is open in this folder",
        "このフォルダーには、チームの状態（{branch}）とは別のものが開かれています",
    ),
    "why-conflict-markers": Sentence(
        "{path} holds the marks of changes that were taken in by half",
        "{path} に取り込み途中の印（<<<<<<<）が残っています",
    ),
    "why-index-differs": Sentence(
        "another text of {path} waits to be recorded", "{path} の別の内容が記録待ちです"
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
        "Ask whoever looks after the store for its address, or set one up (`git remote add origin`).",
        "ストアの管理者に、同期先の設定（`git remote add origin`）を頼んでください。",
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
        "Check its address (`git remote -v`).",
        "同期先のアドレスを確かめてください（`git remote -v`）。",
    ),
    # What the doctor finds
    "history-damaged": Sentence(
        "The history is damaged: {detail}",
        "履歴が壊れています: {detail}",
        "Copy the store anew from the shared place (`git clone`); the files here are untouched.",
        "同期先から写し直してください（`git clone`）。手元のファイルはそのままです。",
    ),
    "unfinished-save": Sentence(
        "A save was interrupted and is being completed.",
        "途中で止まった保存がありました。",
        "`kb doctor --repair` completes it; so does the next save.",
        "`kb doctor --repair` か次の保存で完了します。",
    ),
    "index-locked": Sentence(
        "Another program holds the list of files to record: {path}",
        "ほかのプログラムが、記録するファイルの一覧を使っています: {path}",
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
        "保存できなかった文章を取り置いています: {id}（{path}）",
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
    "redo-message": Sentence("Bring back: {message}", "取り消しを元に戻す: {message}"),
    "sync-message": Sentence("Take in what the others saved", "ほかの人の変更を取り込みました"),
    "mend-message": Sentence(
        "Let kb's own folder be ignored", "kb の作業フォルダーを対象から外しました"
    ),
    "old-buffer": Sentence(
        "{path} had been written over with an older text; what came later was kept in it.",
        "{path} は古い文面で上書きされていたため、その後に書かれた行を残しました。",
        "If you took a line out on purpose, open the document again and take it out once more.",
        "わざと消した行なら、文書を開き直してもう一度消してください。",
    ),
    "much-deleted": Sentence(
        "Much of {path} was deleted outside kb.",
        "{path} の多くの行が kb の外で消されていました。",
        "If that was a slip (half a file?), the earlier text is in its history: `kb history`.",
        "書きかけの保存などの間違いなら、以前の文面は履歴に残っています（`kb history`）。",
    ),
}
