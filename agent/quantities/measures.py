"""Units of measurement and time, their names, and how they convert."""

from __future__ import annotations

from decimal import Decimal

_D = Decimal
FACTORS: dict[str, tuple[str, Decimal]] = {
    "Wh": ("energy", _D(1)), "kWh": ("energy", _D(10**3)), "MWh": ("energy", _D(10**6)),
    "GWh": ("energy", _D(10**9)), "TWh": ("energy", _D(10**12)),
    "W": ("power", _D(1)), "kW": ("power", _D(10**3)), "MW": ("power", _D(10**6)), "GW": ("power", _D(10**9)),
    "TW": ("power", _D(10**12)), "mW": ("power", _D("0.001")),
    "nm": ("length", _D("1e-9")), "µm": ("length", _D("1e-6")), "mm": ("length", _D("1e-3")),
    "cm": ("length", _D("1e-2")), "m": ("length", _D(1)), "km": ("length", _D(1000)),
    "inch": ("length", _D("0.0254")), "ft": ("length", _D("0.3048")), "mile": ("length", _D("1609.344")),
    "B": ("data", _D(1)), "KB": ("data", _D(10**3)), "MB": ("data", _D(10**6)), "GB": ("data", _D(10**9)),
    "TB": ("data", _D(10**12)), "PB": ("data", _D(10**15)), "EB": ("data", _D(10**18)),
    "GB/s": ("rate", _D(8 * 10**9)), "TB/s": ("rate", _D(8 * 10**12)), "MB/s": ("rate", _D(8 * 10**6)),
    "Mbps": ("rate", _D(10**6)), "Gbps": ("rate", _D(10**9)), "Tbps": ("rate", _D(10**12)),
    "Hz": ("frequency", _D(1)), "kHz": ("frequency", _D(10**3)), "MHz": ("frequency", _D(10**6)),
    "GHz": ("frequency", _D(10**9)), "THz": ("frequency", _D(10**12)),
    "mg": ("mass", _D("0.001")), "g": ("mass", _D(1)), "kg": ("mass", _D(1000)), "t": ("mass", _D(10**6)), "lb": ("mass", _D("453.59237")),
    "L": ("volume", _D(1)), "mL": ("volume", _D("0.001")), "barrel": ("volume", _D("158.987294928")),
    "m²": ("area", _D(1)), "km²": ("area", _D(10**6)), "ha": ("area", _D(10**4)), "acre": ("area", _D("4046.8564224")),
    "V": ("voltage", _D(1)), "kV": ("voltage", _D(1000)),
    "GFLOPS": ("flops", _D(10**9)), "TFLOPS": ("flops", _D(10**12)), "PFLOPS": ("flops", _D(10**15)),
    "EFLOPS": ("flops", _D(10**18)), "TOPS": ("ops", _D(10**12)),
    "ns": ("time", _D("1e-9")), "µs": ("time", _D("1e-6")), "ms": ("time", _D("1e-3")), "s": ("time", _D(1)),
    "min": ("time", _D(60)), "h": ("time", _D(3600)), "day": ("time", _D(86400)), "week": ("time", _D(604800)),
    "month": ("months", _D(1)), "quarter": ("months", _D(3)), "year": ("months", _D(12)),
}  # fmt: skip

_PREFIXED = {
    "Wh": "kMGT", "W": "kMGT", "Hz": "kMGT", "B": "KMGTPE",
}  # fmt: skip
SYMBOLS: tuple[tuple[str, str], ...] = (
    *((f"{p}{u}", f"{p}{u}") for u, ps in _PREFIXED.items() for p in ps),
    ("nm", "nm"), ("µm|μm|um", "µm"), ("mm", "mm"), ("cm", "cm"), ("km²|km2|sq\\.? ?km", "km²"),
    ("m²|m2|㎡|sq\\.? ?m", "m²"), ("km", "km"), ("ha", "ha"), ("kg", "kg"), ("mg", "mg"), ("kV", "kV"),
    ("GB/s|GB/秒|GBps", "GB/s"), ("TB/s|TB/秒|TBps", "TB/s"), ("MB/s|MBps", "MB/s"),
    ("Mbps|Mbit/s|Mb/s", "Mbps"), ("Gbps|Gbit/s|Gb/s", "Gbps"), ("Tbps|Tb/s", "Tbps"),
    ("GFLOPS", "GFLOPS"), ("TFLOPS|[Tt]eraflops|[Tt]éraflops|テラフロップス", "TFLOPS"),
    ("PFLOPS|[Pp]etaflops?|[Pp]étaflops?|PFLOPs|ペタフロップス|페타플롭스", "PFLOPS"),
    ("EFLOPS|[Ee]xaflops?|エクサフロップス|엑사플롭스", "EFLOPS"), ("TOPS", "TOPS"),
    ("Ko", "KB"), ("Mo", "MB"), ("Go", "GB"), ("To", "TB"), ("ms", "ms"), ("µs|μs", "µs"), ("ns", "ns"),
    ("°C|℃", "°C"), ("dB", "dB"), ("mAh", "mAh"),
)  # fmt: skip

NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "ja": (
        (r"キロワット(?:時|アワー)", "kWh"), (r"メガワット(?:時|アワー)", "MWh"), (r"ギガワット(?:時|アワー)", "GWh"),
        (r"テラワット(?:時|アワー)", "TWh"), (r"ワット時", "Wh"), (r"キロワット", "kW"), (r"メガワット", "MW"), (r"ギガワット", "GW"),
        (r"テラワット", "TW"), (r"ワット", "W"), (r"ナノ(?:メートル|メーター)?(?!秒)", "nm"), (r"マイクロメートル|ミクロン", "µm"),
        (r"ミリメートル|ミリ(?![秒グワ])", "mm"), (r"センチメートル|センチ", "cm"), (r"キロメートル", "km"), (r"平方キロ(?:メートル)?", "km²"),
        (r"平方メートル|平米", "m²"), (r"メートル", "m"), (r"ヘクタール", "ha"), (r"エーカー", "acre"), (r"マイル", "mile"), (r"フィート", "ft"),
        (r"インチ", "inch"), (r"キロバイト", "KB"), (r"メガバイト", "MB"), (r"ギガバイト", "GB"), (r"テラバイト", "TB"), (r"ペタバイト", "PB"),
        (r"エクサバイト", "EB"), (r"メガヘルツ", "MHz"), (r"ギガヘルツ", "GHz"), (r"ヘルツ", "Hz"), (r"キログラム", "kg"), (r"キロ(?=離|先|の距離|の道|圏|四方|以内|にわた|区間|地点|走|歩)", "km"), (r"キロ(?![バワヘメカ])", "kilo"),
        (r"グラム", "g"), (r"トン", "t"), (r"リットル", "L"), (r"バレル", "barrel"), (r"ボルト", "V"), (r"ミリ秒", "ms"),
        (r"マイクロ秒", "µs"), (r"ナノ秒", "ns"), (r"秒(?!速)間?", "s"), (r"分間", "min"), (r"分(?![野析割散の担配類岐子身裂離厚別業布解])", "min"),
        (r"時間", "h"), (r"日間", "day"), (r"日(?=[前後以])", "day"), (r"週間", "week"), (r"[かカヶヵケ箇]月間?", "month"), (r"四半期(?!決算)", "quarter"),
        (r"年間?(?![代生目度])", "year"),
    ),
    "ko": (
        (r"킬로와트시", "kWh"), (r"메가와트시", "MWh"), (r"기가와트시", "GWh"), (r"테라와트시", "TWh"), (r"킬로와트", "kW"),
        (r"메가와트", "MW"), (r"기가와트", "GW"), (r"와트", "W"), (r"나노(?:미터)?", "nm"), (r"마이크로미터", "µm"), (r"밀리미터", "mm"),
        (r"센티미터", "cm"), (r"킬로미터|㎞", "km"), (r"제곱미터|㎡", "m²"), (r"미터", "m"), (r"기가바이트", "GB"), (r"테라바이트", "TB"),
        (r"메가바이트", "MB"), (r"기가헤르츠", "GHz"), (r"킬로그램", "kg"), (r"그램", "g"), (r"톤", "t"), (r"리터", "L"), (r"배럴", "barrel"),
        (r"피트", "ft"), (r"인치", "inch"), (r"마일", "mile"), (r"에이커", "acre"), (r"헥타르", "ha"), (r"밀리초", "ms"),
        (r"초(?![등과기고안순대])", "s"), (r"분(?![의기야석할])", "min"), (r"시간", "h"), (r"일간|일(?= ?[동만간])", "day"), (r"주(?:일|간)", "week"),
        (r"개월", "month"), (r"달(?![러성])", "month"), (r"년간|년(?= ?(?:만|동안|이상|넘|전|후|뒤|내))", "year"), (r"평", "pyeong"),
    ),
    "zh": (
        (r"(?:千瓦|瓩)(?:小?[時时])|度[電电]", "kWh"), (r"兆瓦[時时]", "MWh"), (r"吉瓦[時时]", "GWh"), (r"太瓦[時时]", "TWh"),
        (r"千瓦|瓩", "kW"), (r"兆瓦|百萬瓦", "MW"), (r"吉瓦|十億瓦", "GW"), (r"瓦特?", "W"), (r"[奈納纳]米", "nm"), (r"微米", "µm"),
        (r"毫米|公釐", "mm"), (r"[厘釐公]分|厘米", "cm"), (r"公里|千米", "km"), (r"平方公里", "km²"), (r"平方公尺|平方米", "m²"),
        (r"公尺|米", "m"), (r"公頃|公顷", "ha"), (r"英[畝亩]", "acre"), (r"英里", "mile"), (r"英尺|呎", "ft"), (r"英[吋寸]|吋", "inch"),
        (r"公斤|千克", "kg"), (r"公克|克", "g"), (r"公?[噸吨]", "t"), (r"公升|升", "L"), (r"桶", "barrel"), (r"伏特?", "V"),
        (r"毫秒", "ms"), (r"微秒", "µs"), (r"[奈納纳]秒", "ns"), (r"秒[鐘钟]?", "s"), (r"分[鐘钟]", "min"), (r"[個个]?小[時时]|[個个][鐘钟][頭头]", "h"),
        (r"天", "day"), (r"[週周](?!年)", "week"), (r"[個个]星期", "week"), (r"[個个]月", "month"), (r"季(?![度節节])", "quarter"), (r"年(?![代度級级底初])", "year"),
    ),
    "latin": (
        (r"(?:kilowatt[ -]?hours?|Kilowattstunden?|kilowattheures?|kilovatios hora)", "kWh"),
        (r"(?:megawatt[ -]?hours?|Megawattstunden?|mégawattheures?)", "MWh"),
        (r"(?:gigawatt[ -]?hours?|Gigawattstunden?|gigawattheures?)", "GWh"),
        (r"(?:terawatt[ -]?hours?|Terawattstunden?|térawattheures?|teravatios hora)", "TWh"),
        (r"kilowatts?|kilovatios", "kW"), (r"(?:mega|méga)watts?|megavatios", "MW"), (r"gigawatts?|gigavatios", "GW"), (r"watts?|vatios", "W"),
        (r"(?:nano)(?:met(?:er|re)s?|mètres?|metern?|metros?)|Nanometern?", "nm"), (r"microns?", "µm"),
        (r"millimet(?:er|re)s?|millimètres?", "mm"), (r"centimet(?:er|re)s?|centimètres?|Zentimetern?", "cm"),
        (r"square kilomet(?:er|re)s|Quadratkilometern?|km carrés", "km²"), (r"kilomet(?:er|re)s?|kilomètres?|Kilometern?|kilómetros?", "km"),
        (r"square met(?:er|re)s|Quadratmetern?|mètres carrés|metros cuadrados", "m²"), (r"met(?:er|re)s?|mètres?|Metern?|metros?", "m"),
        (r"hectares?|Hektar|hectáreas", "ha"), (r"acres?", "acre"), (r"miles?|Meilen|millas", "mile"), (r"feet|foot|ft", "ft"),
        (r"inch(?:es)?|Zoll|pouces|pulgadas", "inch"), (r"kilobytes?", "KB"), (r"megabytes?|mégaoctets", "MB"),
        (r"gigabytes?|gigaoctets", "GB"), (r"terabytes?|téraoctets", "TB"), (r"petabytes?", "PB"), (r"gigahertz", "GHz"), (r"megahertz", "MHz"),
        (r"kilograms?|kilogrammes?|kilos?|Kilogramm", "kg"), (r"grams?|grammes?|Gramm|gramos", "g"), (r"(?:metric )?(?:tons?|tonnes?)|Tonnen|toneladas", "t"),
        (r"lit(?:er|re)s?|Litern?|litros", "L"), (r"barrels?|barils|barriles", "barrel"), (r"volts?", "V"), (r"lbs?", "lb"),
        (r"milliseconds?|Millisekunden|millisecondes", "ms"), (r"microseconds?|Mikrosekunden", "µs"),
        (r"seconds?|secs?|Sekunden?|secondes?|segundos?", "s"), (r"minutes?|mins?|Minuten?|minutos?", "min"),
        (r"hours?|hrs?|Stunden?|heures?|horas?", "h"), (r"days?|Tagen?|jours?|días?", "day"), (r"weeks?|Wochen?|semaines?|semanas?", "week"),
        (r"months?|Monate?n?|mois|mes(?:es)?", "month"), (r"quarters?|Quartalen?|trimestres?", "quarter"), (r"years?|yrs?|Jahre?n?|ans?|années?|años?", "year"),
    ),
}  # fmt: skip
