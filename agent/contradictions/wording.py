"""What a contradiction is about, in the report's language: names of measures, and of units where no measure is told."""

from __future__ import annotations

from collections.abc import Mapping

from agent.language.scripts import Rules, between_names, rules_of

_LANGUAGES: tuple[Rules, ...] = ("ja", "en", "de", "fr", "es", "ko", "zh-Hans", "zh-Hant")
_ROWS = """
revenue|売上高|Revenue|Umsatz|Chiffre d’affaires|Ingresos|매출|营收|營收
profit|利益|Profit|Gewinn|Bénéfice|Beneficio|이익|利润|獲利
loss|損失|Loss|Verlust|Perte|Pérdidas|손실|亏损|虧損
investment|投資・調達額|Investment or funding|Investition oder Finanzierung|Investissement ou financement|Inversión o financiación|투자·조달액|投资或融资|投資或籌資
value|評価額|Valuation|Bewertung|Valorisation|Valoración|기업가치|估值|估值
price|価格・費用|Price or cost|Preis oder Kosten|Prix ou coût|Precio o coste|가격·비용|价格或费用|價格或費用
fine|罰金・賠償|Fine or damages|Strafe oder Schadenersatz|Amende ou indemnisation|Multa o indemnización|벌금·배상|罚款或赔偿|罰款或賠償
up|増加|Increase|Zunahme|Hausse|Aumento|증가|增长|成長
down|減少|Decrease|Rückgang|Baisse|Descenso|감소|下降|減少
dead|死者|Deaths|Tote|Morts|Muertos|사망자|死亡人数|死亡人數
hurt|負傷者|Injured|Verletzte|Blessés|Heridos|부상자|受伤人数|受傷人數
missing|行方不明者|Missing|Vermisste|Disparus|Desaparecidos|실종자|失踪人数|失蹤人數
moved|避難者|Evacuated|Evakuierte|Personnes évacuées|Evacuados|대피 인원|疏散人数|疏散人數
arrested|逮捕者|Arrested|Festgenommene|Arrestations|Detenidos|체포 인원|被捕人数|被捕人數
staff|従業員・雇用|Staff or jobs|Beschäftigte oder Stellen|Effectifs ou emplois|Plantilla o empleos|직원·고용|员工或就业|員工或就業
dismissed|人員削減|Job cuts|Stellenabbau|Suppressions d’emplois|Despidos|인력 감축|裁员|裁員
users|利用者|Users|Nutzer|Utilisateurs|Usuarios|이용자|用户|用戶
output|生産・出荷|Output|Produktion|Production|Producción|생산·출하|产量或出货量|產量或出貨量
share|割合・シェア|Share|Anteil|Part|Cuota|비중·점유율|占比或份额|占比或市占率
votes|得票|Votes|Stimmen|Voix|Votos|득표|得票|得票
power|電力消費|Power use|Stromverbrauch|Consommation électrique|Consumo eléctrico|전력 소비|用电量|用電量
debt|債務|Debt|Schulden|Dette|Deuda|부채|债务|債務
wage|賃金|Pay|Lohn|Salaires|Salarios|임금|工资|薪資
%|割合|Share or rate|Anteil oder Quote|Part ou taux|Porcentaje|비율|比例|比例
percentage_point|割合の差|Difference in rate|Unterschied der Quoten|Écart de taux|Diferencia de porcentaje|비율 차이|比例之差|比例差距
count:people|人数|Number of people|Zahl der Personen|Nombre de personnes|Número de personas|인원|人数|人數
sum|金額|Sum|Betrag|Montant|Importe|금액|金额|金額
amount|数量|Quantity|Menge|Quantité|Cantidad|수량|数量|數量
date|日付|Date|Datum|Date|Fecha|날짜|日期|日期
name|名前|Name|Name|Nom|Nombre|이름|名称|名稱
denial|事実かどうか|Whether it is so|Ob es so ist|Si c’est le cas|Si es así|사실 여부|是否属实|是否屬實
affirmed|肯定|Affirmed|Bejaht|Affirmé|Afirmado|긍정|肯定|肯定
denied|否定|Denied|Verneint|Nié|Negado|부정|否定|否定
"""  # noqa: E501
"""Key of the measure, unit, kind of difference or side, then its name in the order of `_LANGUAGES`."""
_NAMES: Mapping[str, Mapping[Rules, str]] = {
    key: dict(zip(_LANGUAGES, names, strict=True))
    for key, *names in (row.split("|") for row in _ROWS.split("\n") if row)
}


def measure_name(measures: tuple[str, ...], unit: str, language: str) -> str:
    """Name what is measured: the measures told, else the unit's kind, in the report's language or English."""
    rules = rules_of(language)
    if names := [_NAMES[measure][rules] for measure in measures if measure in _NAMES]:
        return between_names(language).join(names)
    is_money = len(unit) == 3 and unit.isupper()
    return _NAMES.get(unit, _NAMES["sum" if is_money else "amount"])[rules]


def word_for(key: str, language: str) -> str:
    """Name a kind of difference, or what a side says of it, in the report's language or English."""
    return _NAMES[key][rules_of(language)]
