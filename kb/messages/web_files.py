"""Sentences of attachments."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "files-attach": Sentence("Attach a file or a picture", "ファイルや画像を添付"),
    "files-file": Sentence("File", "ファイル"),
    "files-words": Sentence("What it shows", "何のファイルか"),
    "files-words-hint": Sentence(
        "Such as: settings screen before the handover", "例: 引き継ぎ前の設定画面"
    ),
    "files-add": Sentence("Attach", "添付する"),
    "files-why": Sentence(
        "It goes into the internal memo and never to the customer. At most 10 MB: pictures, PDF, "
        "Word, Excel, PowerPoint, text.",
        "社内メモに入り、お客様には送られません。10 MBまで。画像、PDF、Word、Excel、PowerPoint、テキストを添付できます。",
    ),
    "files-drop": Sentence(
        "You can also paste a picture, or drop a file on this page.",
        "画像の貼り付けや、このページへのファイルのドロップでも添付できます。",
    ),
    "attachment-empty": Sentence(
        "No file was chosen, or it is empty.",
        "ファイルが選ばれていないか、中身が空です。",
        "Choose a file and attach it again.",
        "ファイルを選んで、もう一度添付してください。",
    ),
    "attachment-large": Sentence(
        "The file is larger than {most} MB.",
        "ファイルが {most} MBを超えています。",
        "Make it smaller, or keep it elsewhere and write its address into the memo.",
        "小さくするか、別の場所に置いてアドレスをメモに書いてください。",
    ),
    "attachment-kind": Sentence(
        "“{name}” is of a kind that is not taken here.",
        "「{name}」は添付できない種類のファイルです。",
        "What can be attached, told by its contents: {kinds}. Documents with macros can't.",
        "添付できるのは、中身が次の種類のものです: {kinds}。マクロ付きの文書は添付できません。",
    ),
    "no-attachment": Sentence(
        "There is no such file.",
        "そのファイルは見つかりません。",
        "It may have been taken back, or moved.",
        "添付が取り消されたか、移されたようです。",
    ),
}
"""Sentences by code."""
