"""Words that tell what a sentence does in a news article: past, future, filler, or a start that hangs in the air."""

from __future__ import annotations

import re

_DANGLING: dict[str, str] = {
    "ja": r"しかし|だが|ただし?[、,]|一方|また[、,]|さらに|そして|そのため|そこで|それ|これ|この|その|こうし|同(?:社|氏|時|日|作|部|局|製品|プロジェクト|研究|庁|省|誌|行|大学|モデル|チーム|システム|計画)|もっとも[、,]|とはいえ|なかでも|"
          r"例えば|たとえば|つまり|すなわち|加えて|続いて|次に|このほか|そうした|そうなれば|それでも|ここ|両[社者国]|前者|後者|彼|彼女|いずれも|うち|もう(?:1|一)つ|[1１一]つ(?:目)?は|[2２二]つ目|なお[、,]|ところが|逆に|反対に|対照的|結局|要するに|むしろ|後続|いまひとつ",
    "ko": r"그러나|하지만|다만|한편|또한?(?= |,)|그리고|이는|이를|이에|이로|이번|이 |그 |그는|그녀|따라서|그래서|특히|반면|예를 들|즉|이어|이와|이처럼|이런|이러한|두 회사|양사|같은|여기에|하나는|둘째|셋째|해당|더불어|아울러",
    "zh": r"但|不過|不过|然而|此外|另外|同時|同时|因此|所以|這|这|該|该|其(?!他)|他|她|它|而|並|并|兩者|两者|前者|後者|后者|例如|也就是|換言之|换言之|對此|对此|若|倘若|後續|后续|雙方|双方|隨後|随后|簡單說|简单说",
    "en": r"However|But|Yet|Still|And|Also|Moreover|Meanwhile|Instead|Then|Therefore|Thus|So|It|Its|This|That|These|Those|They|Their|He|She|His|Her|Such|Both|Neither|Either|Another|Others?|For (?:example|instance)|In (?:contrast|addition|turn)|"
          r"By contrast|On the other hand|As a result|Similarly|Likewise|Nor|Or|Here|There|Hence|Each|One (?:is|of|reason)|The (?:second|third|latter|former|other|same|two|first)|All (?:of|three|four)|Under (?:it|them|that)|If (?:so|it|they)|Not |Even so",
    "de": r"Doch|Aber|Jedoch|Allerdings|Außerdem|Zudem|Dabei|Damit|Dies|Diese[rsmn]?|Das (?=ist|war|gilt|sind)|Er|Sie|Es|Ihr|Sein|Dazu|Daher|Deshalb|Dagegen|Hinzu|Zum Beispiel|Etwa|So |Auch|Beide|Danach|Daraus|Dort|Denn|Und|Solche[rn]?|Letztere|Einfacher",
    "fr": r"Mais|Cependant|Toutefois|Pourtant|En revanche|Par ailleurs|De plus|Ainsi|Il |Elle |Ils |Elles |Ce |Cet |Cette |Ces |Cela|Son |Sa |Ses |Leur |Leurs |Or|Donc|Par exemple|Aussi|Enfin|Et |À cette|Le premier|Le second|L'autre|Celui|Celle|Surtout|Se dessine|L['’]argument",
    "es": r"Pero|Sin embargo|No obstante|Además|Así|Esto|Este|Esta|Estos|Estas|Eso|Él|Ella|Ellos|Su |Sus |También|Por ejemplo|Por otro lado|Y |Por eso|Ambos|Ambas",
}  # fmt: skip
_PAST: dict[str, str] = {
    "ja": r"これまで|従来|背景|もともと|かつて|以来|昨年|前年|去年|年前|当初|経緯|きっかけ|長年|すでに|既に|理由|ため(?:だ|である)|きた。|ていた|とは、|と呼ばれる|と呼ぶ|課題|懸念",
    "ko": r"그동안|기존|배경|지난해|작년|이전|당초|원래|때문|이미|년 전|해 왔|해왔|우려|계기|이유|과거",
    "zh": r"過去|过去|此前|以往|背景|去年|原本|長期|长期|因為|因为|由於|由于|已經|已经|年前|向來|困擾|困扰|受困|起因|原因",
    "en": r"\b(?:previous(?:ly)?|until now|so far|for years|has long|have long|last year|ago|since|already|because|background|traditionally|originally|in the past|earlier|reason|used to|had been|was founded|problem|amid)\b",
    "de": r"\b(?:bisher|bislang|zuvor|vergangene[ns]?|seit|bereits|weil|Hintergrund|ursprünglich|lange|früher|Anlass|Grund|hatte|war)\b",
    "fr": r"\b(?:jusqu'ici|jusqu'à présent|auparavant|depuis|déjà|parce que|à l'origine|passée?|dernier|précédent|raison|avait|était|contexte)\b",
    "es": r"\b(?:hasta ahora|anteriormente|desde|ya|porque|pasado|origen|contexto|razón|había|era)\b",
}  # fmt: skip
_AHEAD: dict[str, str] = {
    "ja": r"見通し|予定|計画|見込|期待|影響|可能性|今後|将来|狙い|狙う|目指|だろう|そうだ。|恐れ|必要|求められ|迫られ|広が|加速|備え|うえで|次の|焦点|試され|左右|なりそう|につなが|になる。|方針|かどうか|であろう|でしょう|ていく",
    "ko": r"전망|예정|계획|예상|기대|영향|가능성|앞으로|향후|목표|할 것|될 것|필요|우려|과제|확대|방침|구상|겨냥|이를 전망|주목|관건|지향",
    "zh": r"預計|预计|將|将|計[劃画]|计划|預期|预期|期待|影響|影响|可能|未來|未来|目標|目标|展望|有望|壓力|压力|需要|後續|后续|挑戰|挑战|取決|取决|關鍵|关键|擴大|扩大",
    "en": r"\b(?:will|would|could|may|might|plans?|planned|expects?|expected|forecasts?|aims?|intends?|likely|future|next|impact|consequences?|outlook|risk|must|should|need(?:s|ed)? to|if|whether|remains|the test|to watch|ahead)\b",
    "de": r"\b(?:wird|werden|soll(?:en)?|könnte[n]?|plan(?:t|en)|erwart\w+|künftig|Zukunft|nächste[nrs]?|Folgen?|Auswirkung\w*|dürfte[n]?|müssen|ob|bis|danach)\b",
    "fr": r"\b(?:pourrai(?:t|ent)|devr(?:a|ont|ait|aient)|prévoi\w+|prévu\w*|attend\w*|avenir|prochaine?s?|conséquences?|risque\w*|vise\w*|objectif|bientôt|\w+(?:era|eront|ira|iront))\b",
    "es": r"\b(?:podría[n]?|deberá[n]?|prevé[n]?|previst\w+|esper\w+|futuro|próxim\w+|consecuencias?|riesgo|objetivo|\w+(?:ará|arán|erá|erán|irá|irán))\b",
}  # fmt: skip
_NOISE = re.compile(
    r"続きを読む|会員(?:登録|限定)|有料会員|無断転載|写真[=＝：:]|画像[=＝：:]|撮影[=＝：:]|提供[=＝：:]|関連記事|お問い合わせ|当社ブース|ご覧ください|お申し込み|クリック|登録は|購読|メールマガジン|Cookie|クッキー"
    r"|자세히 보기|무단 ?전재|구독|관련 ?기사|사진[=:]|기자 ?[=@]|저작권|더 보기|\b閱讀更多|訂閱|订阅|延伸閱讀|版權|版权|圖[/／]|相關報導"
    r"|\b(?:[Rr]ead more|[Ss]ubscri(?:be|ption)|[Ss]ign up|newsletter|[Cc]lick here|©|[Cc]opyright|All rights reserved|[Pp]hoto(?:graph)? ?(?:by|:|credit)|[Cc]ourtesy of|Getty Images|[Cc]ookies?|[Ff]ollow us|[Cc]ontact us|[Aa]dvertisement)\b"
    r"|\b(?:Lesen Sie|Abonn|Newsletter|Foto:|Anzeige|Mehr lesen|Weiterlesen|Lire aussi|[Aa]bonnez|Crédit photo|Photo :|Lea también|Suscríb|Foto:)",
)  # fmt: skip
_LABELLED = re.compile(r"^(?:[▲△▼◆■※=]|\[[^\]]{1,12}\]|【[^】]{1,12}】|Q[.:：]|A[.:：]|\(\d+\)|<[^>]+>)")


def _script(language: str) -> str:
    return language.lower()[:2]


def dangles(sentence: str, language: str) -> bool:
    """Tell whether a sentence begins by pointing back at one before it (However, それ, 이는)."""
    pattern = _DANGLING.get(_script(language))
    edge = r"(?![A-Za-zÀ-ÿ])" if _script(language) in ("en", "de", "fr", "es") else ""
    return pattern is not None and re.match(rf"[「『“\"'‘«(（\s]*(?:{pattern}){edge}", sentence) is not None


def cue_count(sentence: str, language: str, ahead: bool) -> int:
    """Count the words that look ahead (plans, effects) or, with `ahead` false, back (causes, what was before)."""
    pattern = (_AHEAD if ahead else _PAST).get(_script(language))
    return 0 if pattern is None else len(re.findall(pattern, sentence))


def is_noise(sentence: str) -> bool:
    """Tell a caption, by-line, pitch for a subscription or list mark from a sentence of the article."""
    return _NOISE.search(sentence) is not None or _LABELLED.match(sentence) is not None
