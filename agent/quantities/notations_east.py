"""How Korean and Chinese write quantities."""

from __future__ import annotations

from agent.quantities.notation import Notation

KOREAN = Notation(
    units={
        "USD": "달러", "TWD": "대만 달러", "HKD": "홍콩 달러", "SGD": "싱가포르 달러", "AUD": "호주 달러",
        "CAD": "캐나다 달러", "JPY": "엔", "KRW": "원", "CNY": "위안", "EUR": "유로", "GBP": "파운드", "INR": "루피",
        "CHF": "스위스 프랑", "%": "%", "percentage_point": "%포인트", "times": "배",
        "s": "초", "min": "분", "h": "시간", "day": "일간", "week": "주간", "month": "개월", "quarter": "분기",
        "year": "년간", "t": "톤", "barrel": "배럴", "acre": "에이커", "mile": "마일", "ft": "피트", "inch": "인치",
        "pyeong": "평", "kilo": "킬로", "count:companies": "개사", "count:countries": "개국", "count:people": "명",
        "count:cases": "건", "count:items": "개", "count:languages": "개 언어", "count:parameters": "개 파라미터",
        "count:tokens": "토큰", "count:occasions": "회", "count:units": "대", "count:sheets": "장",
        "count:pieces": "개", "count:places": "곳", "count:sites": "개 거점", "count:shops": "개 매장",
        "count:buildings": "개 동", "count:schools": "개교", "count:universities": "개 대학", "count:kinds": "종",
        "count:fields": "개 분야", "count:points": "포인트", "count:households": "가구", "count:cities": "개 도시",
        "count:regions": "개 지역", "count:teams": "개 팀", "count:models": "개 모델", "count:cores": "코어",
        "count:layers": "층", "count:bits": "비트", "count:qubits": "큐비트", "count:lines": "줄",
        "count:pages": "쪽", "count:stages": "단계", "count:shares": "주", "count:years old": "세",
        "count:products": "개 제품", "count:organisations": "개 단체", "count:municipalities": "개 지자체",
        "count:jobs": "개 일자리", "count:patents": "건", "count:papers": "편", "count:projects": "개 프로젝트",
    },
    scales=((10**16, "경"), (10**12, "조"), (10**8, "억"), (10**4, "만")),
    bounds={
        "about": "약 {}", "at_least": "{} 이상", "more_than": "{} 초과", "at_most": "최대 {}", "less_than": "{} 미만",
    },
    between="~",
    joint=" ",
    vowel_joint=" ",
    stacked=True,
)  # fmt: skip
SIMPLIFIED = Notation(
    units={
        "USD": "美元", "TWD": "新台币", "HKD": "港元", "SGD": "新加坡元", "AUD": "澳元", "CAD": "加元",
        "JPY": "日元", "KRW": "韩元", "CNY": "元", "EUR": "欧元", "GBP": "英镑", "INR": "卢比", "CHF": "瑞士法郎",
        "%": "%", "percentage_point": "个百分点", "times": "倍", "s": "秒", "min": "分钟", "h": "小时",
        "day": "天", "week": "周", "month": "个月", "quarter": "个季度", "year": "年", "t": "吨", "barrel": "桶",
        "acre": "英亩", "mile": "英里", "ft": "英尺", "inch": "英寸", "pyeong": "坪", "kilo": "千",
        "count:companies": "家公司", "count:countries": "个国家", "count:people": "人", "count:cases": "件",
        "count:items": "个", "count:languages": "种语言", "count:parameters": "个参数", "count:tokens": "个词元",
        "count:occasions": "次", "count:units": "台", "count:sheets": "张", "count:pieces": "件",
        "count:places": "处", "count:sites": "个基地", "count:shops": "家门店", "count:buildings": "座",
        "count:schools": "所学校", "count:universities": "所大学", "count:kinds": "种", "count:fields": "个领域",
        "count:points": "分", "count:households": "户", "count:cities": "个城市", "count:regions": "个地区",
        "count:teams": "个团队", "count:models": "款", "count:cores": "核", "count:layers": "层",
        "count:bits": "比特", "count:qubits": "量子比特", "count:lines": "行", "count:pages": "页",
        "count:stages": "个阶段", "count:shares": "股", "count:years old": "岁", "count:products": "款产品",
        "count:organisations": "个团体", "count:municipalities": "个市镇", "count:jobs": "个岗位",
        "count:patents": "项专利", "count:papers": "篇论文", "count:projects": "个项目",
    },
    scales=((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    bounds={
        "about": "约{}", "at_least": "至少{}", "more_than": "超过{}", "at_most": "最多{}", "less_than": "不到{}",
    },
    between="至",
    fewest_grouped=5,
)  # fmt: skip
TRADITIONAL = Notation(
    units={
        "USD": "美元", "TWD": "元新台幣", "HKD": "港元", "SGD": "新加坡元", "AUD": "澳元", "CAD": "加元",
        "JPY": "日圓", "KRW": "韓元", "CNY": "元人民幣", "EUR": "歐元", "GBP": "英鎊", "INR": "盧比",
        "CHF": "瑞士法郎", "%": "%", "percentage_point": "個百分點", "times": "倍", "s": "秒", "min": "分鐘",
        "h": "小時", "day": "天", "week": "週", "month": "個月", "quarter": "季", "year": "年", "t": "公噸",
        "barrel": "桶", "acre": "英畝", "mile": "英里", "ft": "英尺", "inch": "英吋", "pyeong": "坪", "kilo": "千",
        "count:companies": "家公司", "count:countries": "個國家", "count:people": "人", "count:cases": "件",
        "count:items": "個", "count:languages": "種語言", "count:parameters": "個參數", "count:tokens": "個詞元",
        "count:occasions": "次", "count:units": "台", "count:sheets": "張", "count:pieces": "件",
        "count:places": "處", "count:sites": "個據點", "count:shops": "家門市", "count:buildings": "座",
        "count:schools": "所學校", "count:universities": "所大學", "count:kinds": "種", "count:fields": "個領域",
        "count:points": "分", "count:households": "戶", "count:cities": "個城市", "count:regions": "個地區",
        "count:teams": "個團隊", "count:models": "款", "count:cores": "核心", "count:layers": "層",
        "count:bits": "位元", "count:qubits": "量子位元", "count:lines": "行", "count:pages": "頁",
        "count:stages": "個階段", "count:shares": "股", "count:years old": "歲", "count:products": "款產品",
        "count:organisations": "個團體", "count:municipalities": "個市鎮", "count:jobs": "個職位",
        "count:patents": "項專利", "count:papers": "篇論文", "count:projects": "個專案",
    },
    scales=((10**12, "兆"), (10**8, "億"), (10**4, "萬")),
    bounds={
        "about": "約{}", "at_least": "至少{}", "more_than": "超過{}", "at_most": "最多{}", "less_than": "不到{}",
    },
    between="至",
    fewest_grouped=5,
)  # fmt: skip
