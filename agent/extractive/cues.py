"""Words that tell what a sentence does in a news article: past, future, filler, or a start that hangs in the air."""

from __future__ import annotations

import re

_DANGLING: dict[str, str] = {
    "ja": r"しかし|だが|ただし?[、,]|一方|また[、,]|さらに|そして|そのため|そこで|それ|これ|この|その|こうし|同(?:社"
        r"|氏|時|日|作|部|局|製品|プロジェクト|研究|庁|省|誌|行|大学|モデル|チーム|システム|計画)|もっとも[、,]"
        r"|とはいえ|なかでも|"
          r"例えば|たとえば|つまり|すなわち|加えて|続いて|次に|このほか|そうした|そうなれば|それでも|ここ|両[社者国]"
          r"|前者|後者|彼|彼女|いずれも|うち|もう(?:1|一)つ|[1１一]つ(?:目)?は|[2２二]つ目|なお[、,]|ところが|逆に"
          r"|反対に|対照的|第[二三四2-4]に|半面|とりわけ|あわせて|これら|どちら|そちら|前述|上記|結局|要するに"
          r"|むしろ|後続|いまひとつ",
    "ko": r"그러나|하지만|다만|한편|또한?(?= |,)|그리고|이는|이를|이에|이로|이번|이 |그 |그는|그녀|따라서|그래서"
        r"|특히|반면|예를 들|즉|이어|이와|이처럼|이런|이러한|두 회사|양사|같은|여기에|하나는|둘째|셋째|해당|더불어"
        r"|아울러",
    "zh": r"但|不過|不过|然而|此外|另外|同時|同时|因此|所以|這|这|該|该|其(?!他)|他|她|它|而|並|并|兩者|两者|前者"
        r"|後者|后者|例如|也就是|換言之|换言之|對此|对此|若|倘若|後續|后续|雙方|双方|隨後|随后|簡單說|简单说",
    "en": r"However|But|Yet|Still|And|Also|Moreover|Meanwhile|Instead|Then|Therefore|Thus|So|It|Its|This|That|These"
        r"|Those|They|Their|He|She|His|Her|Such|Both|A further|Strip those|Neither|Either|Another|Others?"
        r"|For (?:example|instance)|In (?:contrast|addition|turn)|"
          r"By contrast|On the other hand|As a result|Similarly|Likewise|Nor|Or|Here|There|Hence|Each|One (?:is|of"
          r"|reason)|The (?:second|third|latter|former|other|same|two|first)|All (?:of|three|four)|Under (?:it|them"
          r"|that)|If (?:so|it|they)|Not |Even so",
    "de": r"Doch|Aber|Jedoch|Allerdings|Außerdem|Zudem|Dabei|Damit|Dies|Diese[rsmn]?|Das (?=ist|war|gilt|sind)|Er"
        r"|Sie|Es|Ihr|Sein|Dazu|Daher|Deshalb|Dagegen|Hinzu|Zum Beispiel|Etwa|So |Auch|Beide|Danach|Daraus|Dort|Denn"
        r"|Und|Solche[rn]?|Letztere|Einfacher",
    "fr": r"Mais|Cependant|Toutefois|Pourtant|En revanche|Par ailleurs|De plus|Ainsi|Il |Elle |Ils |Elles |Ce |Cet "
        r"|Cette |Ces |Cela|Son |Sa |Ses |Leur |Leurs |Or|Donc|Par exemple|Aussi|Enfin|Et |À cette|Le premier"
        r"|Le second|L'autre|Celui|Celle|Surtout|Se dessine|L['’]argument",
    "es": r"Pero|Sin embargo|No obstante|Además|Así|Esto|Este|Esta|Estos|Estas|Eso|Él|Ella|Ellos|Su |Sus |También"
        r"|Por ejemplo|Por otro lado|Y |Por eso|Ambos|Ambas",
}  # fmt: skip
_PAST: dict[str, str] = {
    "ja": r"これまで|従来|背景|もともと|かつて|以来|昨年|前年|去年|年前|当初|経緯|きっかけ|長年|すでに|既に|理由"
        r"|ため(?:だ|である)|きた。|ていた|とは、|と呼ばれる|と呼ぶ|課題|懸念",
    "ko": r"그동안|기존|배경|지난해|작년|이전|당초|원래|때문|이미|년 전|해 왔|해왔|우려|계기|이유|과거",
    "zh": r"過去|过去|此前|以往|背景|去年|原本|長期|长期|因為|因为|由於|由于|已經|已经|年前|向來|困擾|困扰|受困|起因"
        r"|原因",
    "en": r"\b(?:previous(?:ly)?|until now|so far|for years|has long|have long|last year|ago|since|already|because"
        r"|background|traditionally|originally|in the past|earlier|reason|used to|had been|was founded|problem"
        r"|amid)\b",
    "de": r"\b(?:bisher|bislang|zuvor|vergangene[ns]?|seit|bereits|weil|Hintergrund|ursprünglich|lange|früher|Anlass"
        r"|Grund|hatte|war)\b",
    "fr": r"\b(?:jusqu'ici|jusqu'à présent|auparavant|depuis|déjà|parce que|à l'origine|passée?|dernier|précédent"
        r"|raison|avait|était|contexte)\b",
    "es": r"\b(?:hasta ahora|anteriormente|desde|ya|porque|pasado|origen|contexto|razón|había|era)\b",
}  # fmt: skip
_AHEAD: dict[str, str] = {
    "ja": r"見通し|予定|計画|見込|期待|影響|可能性|今後|将来|狙い|狙う|目指|だろう|そうだ。|恐れ|必要|求められ"
        r"|迫られ|広が|加速|備え|うえで|次の|焦点|試され|左右|なりそう|につなが|になる。|方針|かどうか|であろう"
        r"|でしょう|ていく",
    "ko": r"전망|예정|계획|예상|기대|영향|가능성|앞으로|향후|목표|할 것|될 것|필요|우려|과제|확대|방침|구상|겨냥"
        r"|이를 전망|주목|관건|지향",
    "zh": r"預計|预计|將|将|計[劃画]|计划|預期|预期|期待|影響|影响|可能|未來|未来|目標|目标|展望|有望|壓力|压力|需要"
        r"|後續|后续|挑戰|挑战|取決|取决|關鍵|关键|擴大|扩大",
    "en": r"\b(?:will|would|could|may|might|plans?|planned|expects?|expected|forecasts?|aims?|intends?|likely|future"
        r"|next|impact|consequences?|outlook|risk|must|should|need(?:s|ed)? to|if|whether|remains|the test|to watch"
        r"|ahead)\b",
    "de": r"\b(?:wird|werden|soll(?:en)?|könnte[n]?|plan(?:t|en)|erwart\w+|künftig|Zukunft|nächste[nrs]?|Folgen?"
        r"|Auswirkung\w*|dürfte[n]?|müssen|ob|bis|danach)\b",
    "fr": r"\b(?:pourrai(?:t|ent)|devr(?:a|ont|ait|aient)|prévoi\w+|prévu\w*|attend\w*|avenir|prochaine?s?"
        r"|conséquences?|risque\w*|vise\w*|objectif|bientôt|\w+(?:era|eront|ira|iront))\b",
    "es": r"\b(?:podría[n]?|deberá[n]?|prevé[n]?|previst\w+|esper\w+|futuro|próxim\w+|consecuencias?|riesgo|objetivo"
        r"|\w+(?:ará|arán|erá|erán|irá|irán))\b",
}  # fmt: skip
_NEWS: dict[str, str] = {
    "ja": r"発表し|公表し|公開し|明らかにし|発売し|開始し|交わした|締結し|調達し|となった。|見通しとなった|まとめた",
    "ko": r"발표했|공개했|밝혔|출시했|체결했|체결한|선보였|나섰|기록했|전망했",
    "zh": r"發表|发布|發布|宣布|公布|推出|表示|指出|簽署|签署|達到|达到",
    "en": r"\b(?:announced?|unveiled|released|launched|reported|signed|agreed|published|introduced|raised|said on)\b",
    "de": r"\b(?:angekündigt|veröffentlicht|vorgestellt|mitgeteilt|teilte|kündigte|stellte|meldete|erreicht\w*"
        r"|flossen)\b",
    "fr": r"\b(?:annonc\w+|publi\w+|dévoil\w+|présent\w+|lanc\w+|sign\w+)\b",
    "es": r"\b(?:anunci\w+|public\w+|present\w+|lanz\w+|firm\w+)\b",
}  # fmt: skip
_NOISE = re.compile(
    r"次の(?:通り|とおり|ようにな|[0-9一二三四五]つ(?:を|です|で構成|に(?:分|大別))|[0-9]点)|以下の(?:通り|とおり)"
    r"|다음과 같|如下|as follows|the following|wie folgt|[:：]$|"
    r"続きを読む|会員(?:登録|限定)|有料会員|無断転載|写真[=＝：:]|画像[=＝：:]|撮影[=＝：:]|提供[=＝：:]|関連記事"
    r"|お問い合わせ|当社ブース|ご覧ください|お申し込み|クリック|登録は|購読|メールマガジン|Cookie|クッキー"
    r"|자세히 보기|무단 ?전재|구독|관련 ?기사|사진[=:]|기자 ?[=@]|저작권|더 보기|\b閱讀更多|訂閱|订阅|延伸閱讀|版權"
    r"|版权|圖[/／]|相關報導"
    r"|\b(?:[Rr]ead more|[Ss]ubscri(?:be|ption)|[Ss]ign up|newsletter|[Cc]lick here|©|[Cc]opyright"
    r"|All rights reserved|[Pp]hoto(?:graph)? ?(?:by|:|credit)|[Cc]ourtesy of|Getty Images|[Cc]ookies?|[Ff]ollow us"
    r"|[Cc]ontact us|[Aa]dvertisement)\b"
    r"|\b(?:Lesen Sie|Abonn|Newsletter|Foto:|Anzeige|Mehr lesen|Weiterlesen|Lire aussi|[Aa]bonnez|Crédit photo"
    r"|Photo :|Lea también|Suscríb|Foto:)",
)  # fmt: skip
_REFERENCE = re.compile(r"^[^『』。]{0,60}『[^『』]+』[。.]?$")
"""A title of something else with its source, as lists of references have it."""
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


def reports_news(sentence: str, language: str) -> bool:
    """Tell whether a sentence says that something was announced, published, signed or reached."""
    pattern = _NEWS.get(_script(language))
    return pattern is not None and re.search(pattern, sentence) is not None


def is_noise(sentence: str) -> bool:
    """Tell a caption, by-line, pitch for a subscription, list mark or reference from a sentence of the article."""
    return any((_NOISE.search(sentence), _LABELLED.match(sentence), _REFERENCE.match(sentence)))
