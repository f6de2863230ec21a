"""Sentences of training and of the board."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "train-no-member": Sentence(
        "Training keeps your answers under your name, and it is not known who you are.",
        "練習の記録は本人のものとして残します。どなたか分からないため、始められません。",
        "Say it with --as, as one of: {known}",
        "--as でメンバーを指定してください: {known}",
    ),
    "train-probability": Sentence(
        "“{value}” is no prediction: say {least} to {most} percent.",
        "「{value}」は予想として使えません。{least}〜{most}％ で答えてください。",
        "How likely is it that the verdict was “supported”? 70 means that you would be right seven"
        " times in ten.",
        "「支持」と判定された見込みを書きます。70 なら、10回に7回は支持されたと思う、という意味です。",
    ),
    "train-no-question": Sentence(
        "“{id}” is no question for you.",
        "「{id}」は、あなたへの問題ではありません。",
        "`kb train` shows your questions; hypotheses of your own accounts are not among them.",
        "`kb train` で問題が並びます。ご自分の担当の仮説は出ません。",
    ),
    "did-train-share": Sentence(
        "Training of {member}: share the result",
        "{member} の練習: 結果を共有",
    ),
    "board-others": Sentence(
        "The numbers of {member} are for {member} alone.",
        "{member} さんの数字は、本人だけが見られます。",
        "Your own: kb board --member {me}",
        "ご自分の数字: kb board --member {me}",
    ),
    "board-stranger": Sentence(
        "The numbers of a member are for them alone, and it is not known who you are.",
        "メンバーの数字は本人だけが見られます。どなたか分からないため、表示できません。",
        "Say it with --as.",
        "--as でメンバーを指定してください。",
    ),
    "no-unit": Sentence(
        "There is no unit “{unit}”.",
        "ユニット「{unit}」はありません。",
        "Known: {known}",
        "登録されているユニット: {known}",
    ),
    "no-unit-none": Sentence(
        "kb.toml names no unit yet ([units]).",
        "kb.toml の [units] に、ユニットはまだ登録されていません。",
    ),
}
