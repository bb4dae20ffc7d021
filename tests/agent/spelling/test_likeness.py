"""Which names are one and which are two: pairs of real entities, in the scripts that sources use."""

import pytest

from agent.spelling import is_one_name

ONE = """
OpenAI|Open AI
Rebellions|리벨리온
Rebellions|リベリオン
FuriosaAI|퓨리오사AI
Furiosa AI|フュリオサAI
Apptronik|Apptironik
Apptronik|アプトロニック
Anthropic|アンソロピック
Anthropic|앤스로픽
Anthropic|앤트로픽
Perplexity|パープレキシティ
Perplexity|퍼플렉시티
Mistral AI|미스트랄 AI
Databricks|データブリックス
Databricks|데이터브릭스
Palantir|パランティア
Qualcomm|Qualcom
Qualcomm|クアルコム
Nvidia|エヌビディア
Nvidia|輝達
TSMC|台積電
Samsung|三星
サーバーワークス|サーバワークス
SoftBank|ソフトバンク
Cerebras|セレブラス
Supermicro|슈퍼마이크로
Rapidus|ラピダス
Rapidus|라피더스
DeepSeek|딥시크
DeepSeek|ディープシーク
Kakao|카카오
ServiceNow|서비스나우
Sam Altman|サム・アルトマン
Sam Altman|샘 올트먼
SK hynix|SK하이닉스
Marco-Nano|Marco Nano
Rebellions|Rebellion
Hugging Face|ハギングフェイス
Tenstorrent|テンストレント
Tenstorrent|텐스토렌트
Groq|그록
華為|华为
台灣積體電路製造|台湾積体電路製造
Muse Spark|ミューズ・スパーク
"""
TWO = """
Samsung|Samsung Display
Samsung SDI|Samsung SDS
Gemini 2|Gemini 3
Gemini 2.5|Gemini 2
Grok|Groq
Micron|Micro
Micron|Macron
Marvell|Marvel
TSMC|SMIC
TSMC|UMC
Claude|Cloudera
Llama|Ollama
Intel|Intelsat
OpenAI|OpenEye
xAI|AI
Anthropic|Anthropocene
Cohere|Coherent
Adept|Adapt
Runway|Runaway
Nvidia|Nividea
Sony|Sonos
Hitachi|Hitachi Energy
Meta|メタル
Apple|アップ
LG Electronics|LG Innotek
LG AI Research|LG CNS
SK Telecom|SK hynix
Toyota|Toyoda
Honda|Hyundai
Honda|혼다코리아
Google|Google DeepMind
Amazon|Amazon Web Services
Gemma 3|Gemma 4
GPT-4|GPT-5
Qwen2|Qwen3
Rebellions|Rebel
Rebellions|リベラル
Rapidus|ラピスラズリ
三星電子|三菱電機
日立製作所|日本製鋼所
華碩|華為
Arm|アーム・ホールディングス
Kioxia|Kia
Kim Jae-won|Kim Jae-woon
Li Wei|Liu Wei
Mistral|Mistral Small
Alphabet|Alphabets Inc
Stanford|Stafford
Reuters|Routers
Synopsys|Synaptics
Databricks|Datadog
Cerebras|Cerence
Infineon|Infinera
Nokia|Kioxia
Palantir|Planet Labs
Furiosa|フェリカ
FuriosaAI|후지쯔AI
Oracle|オラクルカード
Baidu|ByteDance
Tencent|Tenstorrent
카카오|카카오뱅크
네이버|네이버클라우드
KT|SKT
Northbridge|Southbridge
B200|B300
H100|H200
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (line.split("|") for line in text.split("\n") if line)]


@pytest.mark.parametrize(("one", "other"), _pairs(ONE))
def test_one_entity(one: str, other: str) -> None:
    assert is_one_name(one, other)
    assert is_one_name(other, one)


@pytest.mark.parametrize(("one", "other"), _pairs(TWO))
def test_two_entities(one: str, other: str) -> None:
    assert not is_one_name(one, other)
    assert not is_one_name(other, one)
