"""Counters and counted nouns, normalised to the plural English noun: count:companies."""

from __future__ import annotations

ITEMS = "count:items"
NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "ja": (
        (r"[かカヶヵケ箇]国(?:語)", "languages"), (r"言語", "languages"), (r"[かカヶヵケ箇]国", "countries"),
        (r"国(?=[・がのとでを以に]|地域)", "countries"),
        (r"社(?![会長員内外債目])", "companies"), (r"企業", "companies"), (r"人(?![工材気間物民類的])", "people"),
        (r"名(?![前古屋称刺])", "people"),
        (r"件(?![名数])", "cases"), (r"パラメーター?", "parameters"), (r"トークン", "tokens"),
        (r"回(?![線答復収転避路目])", "occasions"),
        (r"台(?![湾数頭北積本])", "units"), (r"基(?![本準地盤礎幹])", "units"), (r"枚", "sheets"),
        (r"本(?![社部格物日体質人])", "pieces"),
        (r"[かカヶヵケ箇]所", "places"), (r"拠点", "sites"), (r"店舗?(?!員|長)", "shops"), (r"棟", "buildings"),
        (r"校(?!長|舎)", "schools"), (r"大学", "universities"),
        (r"種類?(?!目)", "kinds"), (r"分野", "fields"), (r"項目", "items"), (r"点(?![検灯滴在数])", "points"),
        (r"ポイント", "points"), (r"世帯", "households"),
        (r"都市", "cities"), (r"地域", "regions"), (r"チーム", "teams"), (r"モデル", "models"), (r"コア", "cores"),
        (r"層", "layers"), (r"ビット", "bits"), (r"量子ビット", "qubits"),
        (r"行(?![動為政])", "lines"), (r"ページ", "pages"), (r"段階", "stages"), (r"株(?![価式主])", "shares"),
        (r"歳", "years old"), (r"つ", "items"), (r"個(?![人別体性])", "items"), (r"機種", "models"),
        (r"製品", "products"), (r"団体", "organisations"), (r"機関", "organisations"), (r"自治体", "municipalities"),
        (r"ジョブ", "jobs"),
    ),
    "ko": (
        (r"개국", "countries"), (r"개 ?국가", "countries"), (r"개 ?언어", "languages"),
        (r"개 ?(?:기업|회사|업체|개?사)", "companies"), (r"개사|곳의 기업", "companies"),
        (r"여?사(?=[가는를와의에도 ,])", "companies"),
        (r"명(?![령예])", "people"), (r"인(?=[의이가 ])", "people"), (r"건(?![설물강])", "cases"),
        (r"(?:개 ?)?(?:파라미터|매개변수)", "parameters"), (r"(?:개 ?)?토큰", "tokens"),
        (r"회(?![사의장])", "occasions"), (r"차례", "occasions"), (r"번(?![째호])", "occasions"),
        (r"대(?![학표비상한형략부규들]|의 (?:소녀|소년|남|여))", "units"), (r"장(?![비기치관])", "sheets"),
        (r"곳", "places"),
        (r"종(?![류합료목])", "kinds"), (r"종류", "kinds"), (r"가지", "kinds"), (r"점(?![유심])", "points"),
        (r"포인트", "points"), (r"개 ?도시", "cities"), (r"가구", "households"),
        (r"세(?![계대기])", "years old"), (r"주(?![일간요])", "shares"), (r"쪽|페이지", "pages"),
        (r"개(?![월발선인])", "items"), (r"줄", "lines"),
    ),
    "zh": (
        (r"[個个]?[國国](?:家)?(?![際际內内產产會会])", "countries"), (r"[種种][語语]言|[個个][語语]言", "languages"),
        (r"[家間间][公企]?[司業业]?", "companies"), (r"[個个]人", "people"), (r"人(?![工民員员類类才形])", "people"),
        (r"名(?![稱称單单字])", "people"), (r"[位](?!於|于|置|居|数|數)", "people"),
        (r"件(?!事)", "cases"), (r"[個个]?[參参][數数]", "parameters"),
        (r"[個个]?(?:詞元|词元|token|tokens|Token)", "tokens"), (r"次(?![要世方級级])", "occasions"),
        (r"[台臺](?![灣湾北幣币積积])", "units"), (r"[顆颗枚片]", "units"), (r"座", "buildings"),
        (r"[處处]", "places"), (r"[種种](?!植)", "kinds"), (r"分(?![之別别析鐘钟享配類类])", "points"),
        (r"[歲岁]", "years old"), (r"[張张]", "sheets"), (r"款", "models"), (r"股(?![價价份東东])", "shares"),
        (r"[項项](?!目)", "items"), (r"[個个](?![人月小星百])", "items"), (r"城市", "cities"), (r"[條条]", "items"),
        (r"[頁页]", "pages"),
    ),
    "latin": (
        (r"years?[- ]olds?|Jahre alt|-?jährige[nrms]?|ans d'âge|años de edad", "years old"),
        (r"companies|firms|businesses|corporations|Unternehmen|Firmen|entreprises|sociétés|empresas"
            r"|compañías", "companies"),
        (r"countries|nations|states|Ländern?|Staaten|pays|países|naciones", "countries"),
        (r"languages|Sprachen|langues|idiomas|lenguas", "languages"),
        (r"people|persons?|employees|workers|staff|engineers|users|customers|students|participants"
            r"|developers|researchers|scientists|Menschen|Personen|Mitarbeiter(?:n|innen)?|Beschäftigten?"
            r"|Nutzern?|personnes|salariés|employés|utilisateurs|habitants|personas|empleados|usuarios"
            r"|trabajadores", "people"),
        (r"cases|incidents|Fällen?|cas|casos", "cases"),
        (r"parameters|Parametern?|paramètres|parámetros", "parameters"), (r"tokens?|Tokens?|jetons", "tokens"),
        (r"units|Einheiten|unités|unidades|chips|GPUs|accelerators|servers|processors|Chips|puces|vehicles"
            r"|cars|robots", "units"),
        (r"points|Punkten?|puntos", "points"), (r"cities|Städten?|villes|ciudades", "cities"),
        (r"universities|Universitäten|universités|universidades", "universities"),
        (r"schools|Schulen|écoles|escuelas", "schools"), (r"models|Modellen?|modèles|modelos", "models"),
        (r"kinds|types|Arten|sortes|types|tipos", "kinds"), (r"cores|Kernen?|cœurs|núcleos", "cores"),
        (r"sites|Standorten?|locations", "sites"), (r"patents", "patents"), (r"papers", "papers"),
        (r"layers", "layers"), (r"qubits|Qubits", "qubits"), (r"bits?", "bits"),
        (r"shares|Aktien|actions|acciones", "shares"), (r"jobs|Stellen|emplois|empleos", "jobs"),
        (r"households|homes|Haushalten?|foyers|hogares", "households"), (r"pages|Seiten|páginas", "pages"),
        (r"lines|Zeilen|lignes|líneas", "lines"), (r"teams|Teams|équipes", "teams"),
        (r"projects|Projekten?|projets|proyectos", "projects"),
    ),
}  # fmt: skip
