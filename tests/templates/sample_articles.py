"""Articles of the sample week: the facts of a real week, in sentences of our own. Order of the fields: `Story`."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """One article as the factory needs it; `figures` are (value, unit, bound, display, label, holder)."""

    title: str
    outlet: str
    outlet_class: str
    country: str
    language: str
    day: int
    category: int
    summary: str
    background: str
    main: str
    impact: str
    figures: tuple[tuple[str, str, str, str, str, str], ...] = ()
    original_title: str = ""
    text_language: str = "ja"


STORIES: tuple[Story, ...] = (
    Story(
        "EUのAI法、高リスクAIの義務化まで4カ月 75カ国以上が法案を準備", "Kiseiron Review", "newsroom", "BE", "en", 10, 2,
        "EU AI法は2026年8月までに、高リスクAIを扱う事業者へ全義務の順守を求める。75カ国以上が独自の法案を準備しており、規制は企業が避けて通れない前提となった。"
        "米国は行政命令14179に沿って技術開発を優先し、中国は生成物への透かし表示を義務づけるなど、分野ごとの統制を強めている。",
        "人工知能の開発が速まるにつれ、各国は異なる考え方で制度を整えてきました。EUは危険度で用途を四段階に分ける方式を選び、米国は2025年1月の行政命令14179で規制緩和に舵を切りました。"
        "中国は2025年9月から、AIが生成したコンテンツにラベルと透かしを入れるよう事業者に求めています。",
        "記事によると、高リスクに分類されたシステムの提供者は、リスク管理、データの品質、記録の保存、人による監督を2026年8月までに整える必要があります。"
        "中国では2026年1月、サイバーセキュリティに関する罰金の上限が引き上げられました。\n規制を後押しするのは、偏り、偽情報、個人情報の侵害への懸念だといいます。",
        "筆者は、開発の初期から順守を設計に組み込む企業が競争で有利になるとみています。複数の地域で事業を営む企業は、最も厳しい制度に合わせる例が増えると予想しています。",
        (("75", "カ国", "more_than", "75カ国超", "AI法案を準備している国の数", ""),),
        "Four months to go: the EU AI Act and the 75 countries behind it",
    ),
    Story(
        "Google、オープンモデル「Gemma 4」を公開 スマートフォンからワークステーションまで4サイズ", "Modelwatch", "newsroom", "GB", "en", 6, 0,
        "Googleは、端末から個人用ワークステーションまでを対象とするオープンモデル「Gemma 4」を公開した。Apache 2.0ライセンスで提供し、4つのサイズをそろえる。"
        "最大の文脈長は256,000トークン、小型の端末向けは128,000トークンである。",
        "自社の設備でモデルを動かしたい開発者は増えています。クラウドの利用料や個人情報の扱いが理由で、ライセンス費用のかからないモデルへの関心が高まっていました。",
        "Gemma 4は2B、4B、26Bの混合エキスパート、31Bの4種類です。全モデルが画像と動画を扱い、E2BとE4Bは音声も直接受け取ります。NVIDIAとの協力により、同社のGPU向けの最適化も済んでいます。",
        "Googleは、オンラインに接続しない機器でも推論を行えるとしています。小型モデルの性能が上がれば、現場の端末だけで完結する用途が広がるとの見方を示しました。",
        (("256000", "トークン", "at_most", "最大256,000トークン", "文脈の長さ", "Google"), ("4", "サイズ", "exact", "4サイズ", "公開したモデルの数", "Google")),
        "Google releases Gemma 4, an open model family in four sizes",
    ),
    Story(
        "北米の新興企業、1〜3月に2,526億ドルを調達 AI関連が87%超", "Venture Ledger", "newsroom", "US", "en", 6, 1,
        "2026年第1四半期、米国とカナダの新興企業は合計2,526億ドルを調達した。前四半期の3倍以上で、四半期としては過去最大である。"
        "うち2,210億ドル、全体の87%超がAI関連の企業に向かった。OpenAIの1,100億ドルが最大で、同社は3月に120億ドルを追加した。",
        "北米のベンチャー投資は2025年後半から伸びていましたが、少数の大型案件に偏る傾向がありました。記事は、AIの計算資源に必要な資金がこの偏りを強めたと説明しています。",
        "OpenAIはAmazon、NVIDIA、ソフトバンクから1,100億ドルを集めました。Anthropicは300億ドル、xAIは200億ドルを調達しています。"
        "人型ロボットのApptronikは5億2,000万ドルを得ました。大型案件を除くと、伸びは緩やかだったといいます。",
        "記事は、初期段階の企業への投資件数が前年を下回ったことに触れ、資金の集中が続けば裾野が細るおそれがあると指摘しています。",
        (
            ("252600000000", "USD", "exact", "2,526億ドル", "北米の新興企業の調達額（2026年第1四半期）", "Venture Ledger"),
            ("221000000000", "USD", "exact", "2,210億ドル", "うちAI関連企業の調達額", "Venture Ledger"),
            ("87", "%", "more_than", "87%超", "AI関連の割合", ""),
        ),
        "North American startups raised $252.6B in Q1, 87% of it for AI",
    ),
    Story(
        "TSMC、1〜3月の売上高が前年同期比35%増 AI向け半導体がけん引", "Silicon Strait", "newsroom", "TW", "zh-Hant", 10, 1,
        "TSMCの2026年第1四半期の売上高は前年同期比35%増の356億ドル（約1兆1,300億台湾ドル）となり、過去最高を更新した。AI向けの先端品が伸びた。",
        "同社は世界の先端半導体の大半を受託生産しています。AIの学習と推論の両方で需要が続き、生産能力は不足気味でした。",
        "売上高は市場予想を上回りました。NVIDIAとAppleが主要な顧客で、3ナノメートルと5ナノメートルの製造技術が利益を支えています。米国アリゾナ州と日本の熊本県では工場の建設が進んでいます。",
        "記事は、輸出規制と電力の確保を今後の課題に挙げています。会社側は通期の設備投資計画を据え置きました。",
        (("35", "%", "exact", "35%増", "第1四半期の売上高の伸び（前年同期比）", "TSMC"), ("35600000000", "USD", "exact", "356億ドル", "第1四半期の売上高", "TSMC")),
        "台積電第一季營收年增35%　AI晶片需求推升",
    ),
    Story(
        "クラウド大手8社の設備投資、2026年は7,100億ドル超へ", "Gijutsu Times", "newsroom", "JP", "ja", 7, 1,
        "調査会社TrendForceは、世界のクラウド大手8社の2026年の設備投資が合計7,100億ドルを超え、前年より約61%増えると予測した。学習から推論へ需要の中心が移っていることが背景にある。",
        "クラウド大手はNVIDIAのGPUに多くを頼ってきました。価格と供給の両面で、特定の会社に依存する危うさが意識されています。",
        "予測によると、各社は自社設計のASICを増やします。GoogleはTPU、AWSはTrainium、MetaはMTIAの次世代品を用意しています。8社にはMicrosoft、Oracleのほか、中国の3社も含まれます。",
        "TrendForceは、サーバー全体に占める自社設計品の割合が今後も上がると見込んでいます。電力と冷却の設備が投資の新しい制約になる可能性にも触れました。",
        (("710000000000", "USD", "more_than", "7,100億ドル超", "クラウド大手8社の設備投資（2026年予測）", "TrendForce"), ("61", "%", "about", "約61%増", "前年比の伸び", "TrendForce")),
    ),
    Story(
        "米国の電力消費、2027年に4兆3,810億kWhへ EIAがデータセンターの影響を試算", "Denryoku Note", "aggregator", "JP", "ja", 9, 1,
        "米エネルギー情報局（EIA）は4月7日の短期見通しで、米国の電力需要が2026年に4兆2,440億kWh、2027年に4兆3,810億kWhになるとの予測を示した。前年比の伸びはそれぞれ1.2%、3.2%である。",
        "米国の電力需要は2000年代半ばから横ばいでした。AIと暗号資産のデータセンターが増え、その構図が変わりつつあります。",
        "2025年の実績は4兆1,950億kWhでした。EIAは、商業部門の伸びの多くをデータセンターが占めると説明しています。住宅部門と産業部門の伸びは小さい見込みです。",
        "供給側では太陽光と天然ガスの新設が続きます。EIAは、送電網の増強が遅れれば地域によって需給が厳しくなるとしています。",
        (("4381000000000", "kWh", "about", "約4兆3,810億kWh", "米国の電力需要（2027年予測）", "EIA"), ("3.2", "%", "exact", "3.2%増", "2027年の前年比", "EIA")),
    ),
    Story(
        "SKテレコム、Arm・リベリオンと推論用サーバーを共同開発 第3四半期に新チップ", "Hangang Business", "newsroom", "KR", "ko", 10, 1,
        "SKテレコムは、英Armと韓国のリベリオン（Rebellions）の3社で、AIの推論に向けたサーバーを開発する覚書を結んだ。リベリオンが2026年第3四半期に出す「RebelCard」と、ArmのAGI CPUを組み合わせる。",
        "韓国では、海外製GPUへの依存を減らすため、推論専用のNPUを国内で育てる動きが続いています。",
        "3社は、学習済みモデルを動かす用途に的を絞ります。NPUを使うことで消費電力を抑える考えです。SKテレコムは自社のデータセンターに導入し、独自モデル「A.X K1」との統合も検討します。",
        "リベリオンは、検証の結果を踏まえて海外のデータセンターにも提案する計画です。量産の規模は明らかにしていません。",
        (("3", "社", "exact", "3社", "覚書を結んだ会社の数", ""),),
        "SK텔레콤, Arm·리벨리온과 AI 추론 서버 공동 개발",
    ),
    Story(
        "Rapidus、千歳で2ナノの試作ラインを稼働 国の支援は総額650億ドル規模", "Pacific Chip Letter", "newsroom", "US", "en", 8, 1,
        "日本は半導体産業の再興に650億ドルを投じる計画である。Rapidusは2026年4月、北海道千歳市で2ナノメートル品の試作ラインを立ち上げた。富士通は1.4ナノメートルのAI半導体を国内で設計し、製造する計画を発表した。",
        "日本の半導体は1980年代に世界の半分を占めましたが、その後は後退しました。政府は経済安全保障の面から、先端品の国内生産を支援しています。",
        "RapidusはIBMの製造技術を基に、少量多品種の受託生産を目指します。2025年12月に承認された追加支援は、設備と人材の両方に充てられます。",
        "量産は2027年を予定しています。顧客の確保と歩留まりが成否を分けると、複数の専門家が述べています。",
        (("65000000000", "USD", "about", "約650億ドル", "半導体産業への公的支援の計画", "日本政府"), ("2", "nm", "exact", "2ナノメートル", "試作ラインの製造技術", "Rapidus")),
        "Rapidus switches on its 2 nm pilot line in Chitose",
    ),
    Story(
        "Intel and Google extend their partnership on CPUs and custom IPUs", "Island Wire", "newsroom", "SG", "en", 9, 1,
        "Intel and Google said on Thursday that they will widen a multi-year partnership on processors for artificial intelligence. "
        "Google will keep deploying Intel Xeon chips, including the newest Xeon 6, across its cloud. The companies did not disclose the value of the deal.",
        "Demand for central processors has risen as agentic systems hand more work to general-purpose servers. Intel has been looking for large customers for its data-centre line.",
        "The two companies will also deepen joint work on custom infrastructure processing units. These take networking, storage and security tasks off the host processor.",
        "Executives said the arrangement should let cloud providers scale without adding complexity.",
        (("6", "", "exact", "Xeon 6", "newest chip named in the agreement", "Intel"),),
        "Intel and Google extend their partnership on CPUs and custom IPUs",
        "en",
    ),
    Story(
        "국내 클라우드 업계, 국산 AI 반도체 서비스 상용화 잇따라", "Maeil Cloud", "newsroom", "KR", "ko", 9, 1,
        "국내 클라우드 기업들이 국산 AI 반도체를 활용한 서비스를 잇따라 상용화하고 있다. 가비아는 리벨리온의 NPU ‘아톰 맥스’를 기반으로 한 서비스를 내놓았다.",
        "AI 에이전트가 확산되면서 추론 수요가 빠르게 늘고 있다. 업계는 GPU보다 비용이 낮은 대안을 찾고 있다.",
        "퓨리오사AI의 칩을 쓰는 서비스도 이달 시작됐다. 정부는 공공 부문에서 국산 NPU 도입을 지원한다.",
        "전문가들은 소프트웨어 생태계가 과제라고 지적했다.",
        (),
        "국내 클라우드 업계, 국산 AI 반도체 서비스 상용화 잇따라",
        "ko",
    ),
    Story(
        "凌華與研華攜手布局韓國製造業邊緣AI市場", "Taipei Industry Daily", "press_release", "TW", "zh-Hant", 10, 3,
        "台灣AI公司與研華合作，今年起擴大在韓國的業務，鎖定製造業與半導體領域的邊緣運算需求。",
        "韓國企業重視資料安全，偏好將模型部署在廠內。",
        "雙方將以企業級邊緣大型語言模型平台為核心，協助工廠查詢設備文件與維修紀錄。",
        "公司表示，將以此為基礎進軍日本與東南亞。",
        (),
        "凌華與研華攜手布局韓國製造業邊緣AI市場",
        "zh-Hant",
    ),
    Story(
        "Bundesregierung plant Reallabore für Hochrisiko-KI noch in diesem Jahr", "Rheinblick", "newsroom", "DE", "de", 8, 2,
        "Die Bundesregierung will noch in diesem Jahr Reallabore für Hochrisiko-KI einrichten. Unternehmen sollen dort Systeme unter Aufsicht erproben können.",
        "Das europäische KI-Gesetz verpflichtet jeden Mitgliedstaat, bis August 2026 mindestens ein Reallabor anzubieten.",
        "Vorgesehen sind drei Standorte. Kleine und mittlere Unternehmen sollen bevorzugten Zugang erhalten und keine Gebühren zahlen.",
        "Verbände begrüßen den Plan, fordern aber verbindliche Fristen für die Genehmigung.",
        (("3", "Standorte", "exact", "3 Standorte", "geplante Reallabore", "Bundesregierung"),),
        "Bundesregierung plant Reallabore für Hochrisiko-KI noch in diesem Jahr",
        "de",
    ),
    Story(
        "LG、画像も読む大規模モデル「EXAONE 4.5」を公開 理数系5指標の平均は77.3", "Nexus Asia", "press_release", "KR", "en", 9, 0,
        "LG AI Researchは、文章と画像を同時に扱うモデル「EXAONE 4.5」を公開した。同社によると、理数系の主要5指標の平均は77.3で、GPT-5-miniなどを上回った。",
        "企業向けの文書には図表が多く、文章だけを扱うモデルでは読み落としが生じていました。LGは2021年からEXAONEの開発を続けています。",
        "独自の視覚エンコーダーと言語モデルを一つにまとめました。契約書や図面の読み取りを想定し、韓国語、英語、日本語など6言語に対応するとしています。",
        "LGは製造と法務の現場で検証を進める方針です。性能の比較は同社の発表によるもので、第三者の評価はまだありません。",
        (("77.3", "点", "exact", "77.3点", "理数系5指標の平均", "LG AI Research"),),
        "LG AI Research unveils EXAONE 4.5",
    ),
    Story(
        "Meta、推論モデル「Muse Spark」を発表 組織再編後で初の成果", "Tech Zasshi", "newsroom", "JP", "ja", 9, 0,
        "MetaのSuperintelligence Labsは4月8日、画像や図表も扱う推論モデル「Muse Spark」を発表した。開発体制を見直した後で初めてのモデルである。",
        "Metaは2025年に研究組織を再編し、開発の進め方を改めました。従来のLlamaとは別の系列になります。",
        "Muse Sparkは小型で応答が速く、科学、数学、健康に関する質問で高い成績を示したと同社は説明しています。アプリのMeta AIでは、複数の補助エージェントを並行して動かします。",
        "同社は、より大きなモデルの学習を進めていると述べました。一部の機能は米国から順に提供する計画です。",
    ),
    Story(
        "Alibaba、疎な混合エキスパート「Marco-Nano」と「Marco-Mini」を公開", "hirune", "personal", "JP", "ja", 10, 0,
        "Alibaba International Digital Commerceは、Marco-MoE系列の2モデルを公開した。有効パラメーターはNanoが0.6B、Miniが0.86B（8.6億）で、Miniの英語平均は75.5である。",
        "混合エキスパートは、質問ごとに一部の部品だけを動かす方式です。計算量を抑えながら知識の量を増やせます。",
        "筆者の試算では、Nanoは同規模の密なモデルより応答が速く、MMLUで82.2を示しました。29言語で評価し、低資源言語でも成績が落ちにくかったといいます。",
        "個人の投稿であり、数値は開発元の公表値に基づきます。実機での検証はこれからだと筆者は述べています。",
        (("860000000", "パラメーター", "exact", "8.6億", "Marco-Miniの有効パラメーター", "Alibaba"),),
    ),
    Story(
        "経産省、AI利用の民事責任で手引き 類型ごとに過失の考え方を示す", "経済産業省", "government", "JP", "ja", 9, 2,
        "経済産業省は4月9日、AIの利用に伴う民事責任の解釈を示す手引きを公表した。AIを補助に使う場合と、人の代わりに使う場合に分けて、過失の判断の要素を整理している。",
        "AIを組み込んだ製品やサービスが増え、事故の際に誰が責任を負うかが分かりにくいとの声がありました。手引きは有識者の研究会での議論を基にしています。",
        "開発者、提供者、利用者のそれぞれについて、予見できたか、避けられたかを判断する観点を挙げました。法的な拘束力はありません。想定事例として、配送ロボットや外観検査など複数の場面を取り上げています。",
        "同省は、事例が積み重なれば内容を見直すとしています。企業には、記録の保存と利用者への説明が求められます。",
    ),
    Story(
        "エージェントをつなぐMCPに防御の空白 論文が12の攻撃経路を整理", "Open Preprints", "paper", "US", "en", 8, 3,
        "AIエージェントと外部の道具をつなぐ規格MCPについて、防御の手薄な箇所を調べた論文が公開された。月間9,700万件を超えるSDKの取得と17万7,000件以上の登録を背景に、対策の遅れを指摘する。",
        "MCPはAnthropicが提案し、現在はLinux Foundation傘下の団体が管理しています。多くの製品が採用し、事実上の標準になりました。",
        "著者らは、道具の説明文に命令を忍ばせる手口や、権限の使い回しなど12の経路を整理しました。既存の検査で見つけられたのは一部だったといいます。",
        "著者らは、道具の署名と権限の分離を規格に加えるよう提案しています。実運用での被害件数は調べていません。",
        (("97000000", "件", "more_than", "9,700万件超", "SDKの月間取得数", "論文の著者"), ("177000", "件", "at_least", "17万7,000件以上", "登録された道具の数", "論文の著者")),
        "A gap in the middle: attack paths through the Model Context Protocol",
    ),
    Story(
        "ServiceNow、全製品にAIを標準で組み込みへ 文脈をまとめる新機能も", "Press Plaza", "press_release", "JP", "ja", 10, 3,
        "ServiceNowは4月9日（米国時間）、すべての製品にAI、データ連携、業務の実行、統制の機能を標準で組み込むと発表した。判断の背景を記録する「Context Engine」も加える。",
        "企業の業務システムは部署ごとに分かれ、データがつながらないことが課題でした。AIを後から足すだけでは効果が限られると同社は説明しています。",
        "Context Engineは、社内の規則や過去の判断を結びつけ、エージェントが参照できるようにします。開発者は既存の道具から作った機能を、同社の基盤に直接載せられます。",
        "同社は、自律的に動く業務を増やせると主張しています。価格の体系は改めて案内するとしています。",
    ),
    Story(
        "生成AI、若年層のホワイトカラー雇用を抑える 韓国労働研究院が報告", "Seoul Labor News", "newsroom", "KR", "ko", 9, 2,
        "韓国労働研究院は、AIが雇用を直接置き換える影響は限られるものの、影響を受けやすい職種では若年層の採用が鈍ったとする報告をまとめた。2023年以降の伸びの低下が目立つ。",
        "これまでは、肉体労働のほうが自動化の影響を受けやすいと考えられてきました。文章を書くモデルの普及で、事務や専門職の入門的な仕事が影響を受けています。",
        "報告はAPECの会合で示されました。職種ごとの影響の度合いと、年齢別の雇用の推移を比べています。因果関係については慎重な書き方をしています。",
        "研究院は、生涯学習の仕組みと労使の対話を求めました。政府は年内に職業教育の見直し案をまとめる予定です。",
        (),
        "생성형 AI, 청년 화이트칼라 고용 둔화시켜",
    ),
    Story(
        "KAIST、化合物を見分ける人工たんぱく質をAIで設計", "Science Desk", "press_release", "KR", "en", 8, 0,
        "KAISTの研究グループは、ワシントン大学のデビッド・ベイカー教授と共同で、特定の化合物だけを見分けるたんぱく質をAIで設計した。自然界の手本を使わずに一から作る方法である。",
        "たんぱく質の設計では、既にある形を少しずつ変える方法が主流でした。小さな分子を正確に見分けることは難しいとされてきました。",
        "研究チームは、設計したたんぱく質を実際に作り、センサーとして働くことを確かめました。対象にはストレスの指標となるコルチゾールが含まれます。",
        "創薬と診断への応用が考えられます。臨床で使うには、安定性と安全性の確認が必要だと研究チームは述べています。",
        (),
        "KAIST designs compound-sensing proteins with AI",
    ),
)
