"""Why something is refused, in Japanese and English: a reason is a key of this table with what fills it."""

from __future__ import annotations

from agent.errors import (
    AnswerBlocked,
    AnswerInvalid,
    AnswerTruncated,
    BudgetReached,
    ModelRefused,
    QuotaReached,
    RateLimited,
    ServiceUnavailable,
    SettingError,
    SourceError,
    UserError,
    WeekHeld,
)

Filling = str | int | tuple[str, str]
"""What fills a reason's place; a pair is Japanese and English."""

REASONS: dict[str, tuple[str, str]] = {
    "no_article": (
        "記事#{number}はありません。あるのは{held}です。",
        "the report has no article #{number}; it has {held}",
    ),
    "no_section": (
        "「{section}」という節はありません。あるのは{held}です。",
        "the report has no section '{section}'; it has {held}",
    ),
    "no_category": (
        "「{name}」という分類はありません。あるのは{held}です。",
        "the report has no category '{name}'; it has {held}",
    ),
    "no_version": ("第{number}版はありません。", "there is no version {number}"),
    "not_said": (
        "{cited}の出典に「{lacking}」とは書かれていません（{text}）",
        "{cited} does not say {lacking}: {text}",
    ),
    "uncited": ("裏付ける記事のない文です（{text}）", "the sentence names no article that bears it out: {text}"),
    "unknown_cited": ("裏付ける記事のない文です（{text}）", "no known article is cited: {text}"),
    "unsupported": (
        "保存された出典は、求められた内容を裏付けていません。",
        "the stored sources do not bear out what is asked",
    ),
    "not_same": (
        "「{old}」と「{new}」が同じものだと書く出典はありません。",
        "no source says that {old} and {new} are the same",
    ),
    "not_printed": ("「{name}」は週報に出てきません。", "{name} is not in the report"),
    "no_change": ("何も変わりません。", "nothing would change"),
    "no_undo": ("取り消せる変更はありません。", "there is nothing to take back: this version comes from a run"),
    "no_redo": ("やり直せる変更はありません。", "there is nothing to do again"),
    "no_shorter": (
        "{section}は{count}文です。これより短くするには言語モデルが必要です。",
        "{section} has {count} sentences; with fewer words in them it needs a model",
    ),
    "no_sentence": (
        "{section}は{count}文で、{index}文目はありません。",
        "{section} has {count} sentences, no sentence {index}",
    ),
    "only_sentence": ("{section}にはこの一文しかありません。", "it is the only sentence of {section}"),
    "only_article": ("週報に残る最後の記事です。", "it is the report's only article"),
    "article_there": ("記事#{number}は週報にあります。", "#{number} is in the report"),
    "already_in": ("記事#{number}はもともと「{category}」にあります。", "#{number} is in {category}"),
    "never_there": ("どの版にも記事#{number}はありません。", "no version of the report has an article #{number}"),
    "number_taken": ("番号#{number}は使われています。", "#{number} is taken"),
    "same_article": (
        "この記事は週報にあります: #{number} {title}",
        "the report has this article already: #{number} {title}",
    ),
    "not_stored": ("{url}の本文は保存されていません。", "the text of {url} is not stored"),
    "no_other_sentence": (
        "出典に、代わりになる文がありません（{text}）",
        "the sources of this sentence have no other that stands alone in its language: {text}",
    ),
    "too_long": (
        "発言が長すぎます（{count}字、上限は{limit}字）。",
        "the message has {count} characters; {limit} are read at most",
    ),
    "reaches_far": ("変更が{sections}にも及んでしまいます。", "the edit would also change {sections}"),
    "no_sentences": ("{section}には直せる文がありません。", "{section} has no sentences of its own"),
    "unfit": ("文として整っていません（{text}）", "{fault}: {text}"),
    "wrong_language": ("週報の言語で書かれていません（{text}）", "{fault}"),
    "no_text": (
        "{section}は書き直せる文章ではありません。title、summary、background、main、impactのどれかを指してください。",
        "{section} is no text that can be written: name its title, summary, background, main or impact",
    ),
    "other_language": (
        "この記事の文章は{own}です。一部だけを{language}にはできません。",
        "the article's text is in {own}; one part of it cannot be in {language}",
    ),
    "cannot_arrange": (
        "{section}には並べ替えられる文がありません。",
        "{section} has no sentences that could be arranged",
    ),
    "no_order": (
        "{section}は{count}件です。「{order}」という並びにはできません。",
        "{section} has {count} sentences or entries; {order} is no order of them",
    ),
    "no_whole_sentence": (
        "記事#{number}の{start}〜{end}字目は、一つの文ではありません。",
        "#{number} has no whole sentence at {start} to {end}",
    ),
    "cannot_stand": (
        "記事#{number}の文を{section}に置くことはできません。",
        "a sentence of #{number} cannot stand in {section}",
    ),
    "languages_differ": (
        "{section}は{own}、出典は{other}で書かれています。",
        "{section} is in {own}, the source in {other}",
    ),
    "name_a_part": (
        "{section}には文がありません。その中の一部を指してください。",
        "{section} has no sentences: name a part of it",
    ),
    "facts": (
        "{section}は事実の一覧です。文章を書けるのはほかの節です。",
        "{section} is made of facts; sentences can be written for the other sections",
    ),
    "nothing_left": ("文が一つも残りません。", "sentences is empty"),
    "checks": ("この変更をすると検査に通らなくなります: {names}", "{what}"),
    "needs_model": (
        "この書き直しには言語モデルが必要です（キーを設定してください）。キーなしでできるのは、短くする、文の入れ替え・削除・"
        "並べ替え、記事の除外・復帰・分類の移動、同じものを指す名前の統一、取り消しです。",
        "This needs a language model (set a key). Without one: shorten, replace, remove or reorder sentences, drop, "
        "restore or move articles, print one of a name's known forms, undo.",
    ),
    "no_fetch": ("ここでは記事を追加できません。", "no articles can be fetched here"),
    "no_edit": ("これは変更の依頼ではありません（{kind}）。", "{kind} is no edit"),
    "not_added": ("この記事は追加できません: {what}", "{what}"),
    "show_wants": (
        "/show には節の名前が必要です。/sections で一覧できます。",
        "/show wants a section; /sections lists them",
    ),
    "diff_wants": (
        "/diff には版の番号が二つ必要です（例: /diff 1 3）。",
        "/diff wants two version numbers, as in /diff 1 3",
    ),
    "restore_wants": (
        "/restore には版の番号が必要です。/versions で一覧できます。",
        "/restore wants a version number; /versions lists them",
    ),
    "moved": (
        "現在は第{current}版で、この変更は第{base}版に対するものです。もう一度確かめてください。",
        "the report is at version {current} now and the change was made for version {base}: look at it again",
    ),
    # What the model, the provider or the disk said
    "busy": ("言語モデルが混み合っています。少し待って、もう一度お願いします。", "{detail}"),
    "unreachable": ("言語モデルに接続できません（{detail}）", "{detail}"),
    "cut_off": ("答えが長すぎて途中で切れました。", "{detail}"),
    "blocked": ("言語モデルが答えを出しませんでした。", "{detail}"),
    "unusable": ("答えの形が正しくありません。", "{detail}"),
    "quota": ("プロバイダーの一日の利用枠を使い切りました。", "{detail}"),
    "budget": (
        "トピックファイルで決めた上限（[limits] の calls・tokens・cost）に達しました。",
        "a limit of the topic file ([limits] calls, tokens, cost) is reached by this report's revisions",
    ),
    "model_refused": ("言語モデルの設定が受け付けられません（{detail}）", "{detail}"),
    "held": ("ほかの処理がこの週を書き込み中です。終わってからもう一度お願いします。", "{detail}"),
    "setting": ("設定またはファイルに問題があります（{detail}）", "{detail}"),
    "source": ("記事を取得できません（{detail}）", "{detail}"),
    "other": ("処理できませんでした（{detail}）", "{detail}"),
}
_OF_ERROR: tuple[tuple[type[Exception], str], ...] = (
    (RateLimited, "busy"),
    (ServiceUnavailable, "unreachable"),
    (AnswerTruncated, "cut_off"),
    (AnswerBlocked, "blocked"),
    (AnswerInvalid, "unusable"),
    (QuotaReached, "quota"),
    (BudgetReached, "budget"),
    (ModelRefused, "model_refused"),
    (WeekHeld, "held"),
    (SourceError, "source"),
    (SettingError, "setting"),
)


class Reasoned(UserError):
    """Something that cannot be done, with a reason that can be said in either language; `reason` is the English one."""

    def __init__(self, key: str, **filling: Filling) -> None:
        self._key = key
        self._filling = filling
        self.reason = self.said("en")
        super().__init__(self.reason)

    def said(self, language: str) -> str:
        """Return the reason in Japanese for `ja`, in English for any other language."""
        place = int(language != "ja")
        values = {name: value[place] if isinstance(value, tuple) else value for name, value in self._filling.items()}
        return REASONS[self._key][place].format(**values)


def reason_of(error: Exception, language: str) -> str:
    """Return what went wrong in Japanese for `ja`, in English for any other language."""
    if isinstance(error, Reasoned):
        return error.said(language)
    key = next((key for kind, key in _OF_ERROR if isinstance(error, kind)), "other")
    return REASONS[key][language != "ja"].format(detail=error)
