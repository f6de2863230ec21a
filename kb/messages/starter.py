"""Sentences of templates, the sample team and the starter store."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "template-source": Sentence(
        en="The template {name} is longer than {limit} KB.",
        ja="テンプレート {name} が {limit} KB を超えています。",
        en_hint="Shorten it; text that is the same everywhere is better in a manual.",
        ja_hint="短くしてください。どの文書にも入る長い説明は、手順書に移すと読みやすくなります。",
    ),
    "template-syntax": Sentence(
        en="Line {line} of the template {name} can't be read ({said}).",
        ja="テンプレート {name} の {line} 行目を読み取れません（{said}）。",
        en_hint="Look for a missing {{% endif %}}, {{% endfor %}} or }}}}.",
        ja_hint="{{% endif %}} や {{% endfor %}}、閉じる }}}} の抜けがないかを確かめてください。",
    ),
    "template-unknown": Sentence(
        en="Line {line} of the template {name} uses “{said}”, which is not there.",
        ja="テンプレート {name} の {line} 行目にある「{said}」という値はありません。",
        en_hint="The values that can be used are listed at the top of the built-in template.",
        ja_hint="使える値は、初めから付いているテンプレートの先頭に書いてあります。",
    ),
    "template-forbidden": Sentence(
        en="Line {line} of the template {name} asks for something that templates may not do.",
        ja="テンプレート {name} の {line} 行目に、テンプレートではできないことが書かれています。",
        en_hint="A template may only show the values that it is given.",
        ja_hint="テンプレートでできるのは、渡された値を並べて見せることだけです。",
    ),
    "template-include": Sentence(
        en="Line {line} of the template {name} wants to read another file, which is not possible.",
        ja="テンプレート {name} の {line} 行目が別のファイルを読もうとしていますが、読み込めません。",
        en_hint="Write its text into the template itself.",
        ja_hint="その文面を、このテンプレートの中に直接書いてください。",
    ),
    "template-greedy": Sentence(
        en="The template {name} was stopped: it needs too much time or memory.",
        ja="テンプレート {name} は時間かメモリを使いすぎるため、途中で止めました。",
        en_hint="Look for loops inside loops, very long repetitions, or a macro that calls itself.",
        ja_hint="くり返しの中のくり返し、長すぎるくり返し、自分を呼び出すマクロがないかを確かめてください。",
    ),
    "template-long": Sentence(
        en="The template {name} makes a text of more than 256 KB.",
        ja="テンプレート {name} からできる文書が 256 KB を超えます。",
        en_hint="Look for a loop that repeats too often.",
        ja_hint="くり返しの回数が多すぎないかを確かめてください。",
    ),
    "template-failed": Sentence(
        en="Line {line} of the template {name} can't be carried out ({said}).",
        ja="テンプレート {name} の {line} 行目を実行できません（{said}）。",
        en_hint="Compare it with the built-in template.",
        ja_hint="初めから付いているテンプレートと見比べてください。",
    ),
    "template-engine": Sentence(
        en="The template engine (jinja2) is not installed.",
        ja="テンプレートを扱う部品（jinja2）が入っていません。",
        en_hint="Install kb again; its requirements come with it.",
        ja_hint="kb をもう一度インストールすると、一緒に入ります。",
    ),
    "demo-not-empty": Sentence(
        en="{path} is not empty, so the sample team can't be put there.",
        ja="{path} は空ではないため、見本のストアを置けません。",
        en_hint="Name an empty or a new folder: `kb demo FOLDER`",
        ja_hint="空のフォルダーか、新しいフォルダーを指定してください: `kb demo フォルダー`",
    ),
    "demo-changed": Sentence(
        en="{path} is a demo in which somebody has written since; it was left as it is.",
        ja="{path} の見本にはあとから書き足したものがあるので、そのまま残しました。",
        en_hint="Name another folder, or delete this one yourself.",
        ja_hint="別のフォルダーを指定するか、不要ならこのフォルダーをご自分で削除してください。",
    ),
    "demo-no-folder": Sentence(
        en="There is no folder {path}.",
        ja="{path} というフォルダーがありません。",
        en_hint="Make it first, or name another place.",
        ja_hint="先に作るか、別の場所を指定してください。",
    ),
}
