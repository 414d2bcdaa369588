/**
 * Names as people have them in many places, in the script they write them in.
 *
 * Where a name is not in Latin letters its spelling for an e-mail address stands behind a slash.
 *
 * @module
 */

export interface Culture {
  /** Also the first label of the e-mail domain, which keeps addresses of two places apart. */
  readonly country: string
  readonly city: string
  readonly locale: string
  readonly timezone: string
  /** What a telephone number begins with. */
  readonly dial: string
  /** How many of a hundred people are from here. */
  readonly share: number
  /** Whether the family's name comes first, and what stands between the names. */
  readonly order: 'given-family' | 'family-given' | 'family-given-joined'
  readonly given: readonly Name[]
  readonly family: readonly Name[]
}

export interface Name {
  readonly written: string
  readonly ascii: string
}

type Place = readonly [
  country: string,
  city: string,
  locale: string,
  timezone: string,
  dial: string,
  share: number,
  order?: Culture['order'],
]

const culture = (
  [country, city, locale, timezone, dial, share, order = 'given-family']: Place,
  given: string,
  family: string,
): Culture => ({
  ...{ country, city, locale, timezone, dial, share, order },
  given: names(given),
  family: names(family),
})

// Letters that do not come apart into a plain one and a mark.
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  æ: 'ae',
}

export const cultures: readonly Culture[] = [
  culture(
    ['US', 'Chicago', 'en-US', 'America/Chicago', '+1 312', 18],
    'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Charles Sarah Christopher Nancy Daniel Lisa Matthew Betty Anthony Sandra Mark Ashley',
    'Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker',
  ),
  culture(
    ['GB', 'Leeds', 'en-GB', 'Europe/London', '+44 113', 9],
    'Oliver Amelia George Isla Harry Ava Noah Emily Jack Sophia Leo Grace Arthur Lily Muhammad Freya Oscar Poppy Archie Ivy Henry Florence Alfie Alice',
    "Evans Hughes Edwards Roberts Turner Phillips Campbell Parker Cooper Morgan Bailey Murphy Kelly Cook Bennett Gray Watson Brooks Price O'Brien Reed Howard Ward Cox",
  ),
  culture(
    ['DE', 'Köln', 'de-DE', 'Europe/Berlin', '+49 221', 9],
    'Jürgen Sabine Lukas Käthe Björn Anja Thomas Ulrike Stefan Monika Jörg Claudia Matthias Birgit Andreas Heike Günther Renate Sören Silke Wolfgang Jana Felix Mareike',
    'Müller Schmidt Schneider Fischer Weber Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Weiß Groß',
  ),
  culture(
    ['FR', 'Lyon', 'fr-FR', 'Europe/Paris', '+33 472', 7],
    'Chloé Léa Hélène François Zoé Gaël Agnès Benoît Inès Théo Maëlys Rémi Aurélie Jérôme Élodie Loïc Noémie Cédric Océane Mathéo Manon Étienne Anaïs Hugo',
    "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Morel Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau L'Hermite Mercier",
  ),
  culture(
    ['ES', 'Sevilla', 'es-ES', 'Europe/Madrid', '+34 954', 6],
    'José María Antonio Lucía Manuel Begoña Francisco Carmen Iñigo Marta Javier Ángela Álvaro Sofía Óscar Nuria Sergio Raquel Andrés Mónica Elena Pablo Rocío Hernán',
    'García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Gutiérrez Núñez Ibáñez Ortega Peña Vázquez',
  ),
  culture(
    ['BR', 'Recife', 'pt-BR', 'America/Recife', '+55 81', 6],
    'João Luíza Antônio Conceição Tiago Larissa Vinícius Beatriz Thaís Gustavo Júlia Rafael Fernanda Caio Letícia Márcio Camila Renato Patrícia André Débora Otávio Aline Sebastião',
    'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Araújo Simões Magalhães',
  ),
  culture(
    ['PL', 'Łódź', 'pl-PL', 'Europe/Warsaw', '+48 42', 5],
    'Łukasz Małgorzata Paweł Agnieszka Michał Żaneta Grzegorz Elżbieta Wojciech Bożena Rafał Joanna Jędrzej Zofia Bartłomiej Kinga Świętosław Iwona Mikołaj Dorota Stanisław Beata',
    'Nowak Wójcik Kamiński Lewandowska Zieliński Szymańska Woźniak Dąbrowski Kozłowska Jabłoński Mazur Krawczyk Piotrowska Grabowski Pawłowska Michalski Król Wieczorek Jabłońska Wróbel Stępień Górski',
  ),
  culture(
    ['SE', 'Umeå', 'sv-SE', 'Europe/Stockholm', '+46 90', 3],
    'Åsa Björn Märta Göran Håkan Sigrid Örjan Linnéa Anders Elsa Nils Ebba Östen Astrid Mårten Freja Sven Ingrid Lars Tuva',
    'Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jönsson Lindström Åkesson Sjöberg Öberg Bergström Lundqvist Sandström Ångström',
  ),
  culture(
    ['TR', 'İzmir', 'tr-TR', 'Europe/Istanbul', '+90 232', 4],
    'Ayşe Mehmet Fatma Mustafa Çağla Ömer Gülşen İbrahim Şebnem Uğur Işıl Oğuz Zeynep Hüseyin Özlem Emre Tuğba Barış Elif Serdar Nazlı Kağan',
    'Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Güneş',
  ),
  culture(
    ['BG', 'Пловдив', 'bg-BG', 'Europe/Sofia', '+359 32', 3],
    'Георги/georgi Мария/mariya Иван/ivan Елена/elena Димитър/dimitar Десислава/desislava Николай/nikolay Йорданка/yordanka Петър/petar Цветелина/tsvetelina Христо/hristo Виолета/violeta Стефан/stefan Радка/radka Тодор/todor Ивелина/ivelina Васил/vasil Галина/galina',
    'Иванов/ivanov Петрова/petrova Димитров/dimitrov Георгиева/georgieva Николов/nikolov Стоянова/stoyanova Тодоров/todorov Ангелова/angelova Колев/kolev Маринова/marinova Христов/hristov Василева/vasileva Атанасов/atanasov Желязкова/zhelyazkova Попов/popov Илиева/ilieva Костов/kostov Цанева/tsaneva',
  ),
  culture(
    ['GR', 'Πάτρα', 'el-GR', 'Europe/Athens', '+30 261', 3],
    'Γιώργος/giorgos Μαρία/maria Δημήτρης/dimitris Ελένη/eleni Κώστας/kostas Κατερίνα/katerina Νίκος/nikos Βασιλική/vasiliki Παναγιώτης/panagiotis Σοφία/sofia Χρήστος/christos Αγγελική/angeliki Θανάσης/thanasis Γεωργία/georgia Ευάγγελος/evangelos Δέσποινα/despoina',
    'Παπαδόπουλος/papadopoulos Βλάχος/vlachos Αγγελόπουλος/angelopoulos Νικολάου/nikolaou Γεωργίου/georgiou Δημητρίου/dimitriou Οικονόμου/oikonomou Παππάς/pappas Μακρής/makris Καραγιάννης/karagiannis Αντωνίου/antoniou Λάμπρου/lamprou Ζαχαρίας/zacharias Ρήγας/rigas Σταύρου/stavrou Φωτίου/fotiou',
  ),
  culture(
    ['JP', '福岡', 'ja-JP', 'Asia/Tokyo', '+81 92', 6, 'family-given'],
    '翔太/shota 美咲/misaki 健一/kenichi 陽子/yoko 大輔/daisuke 直美/naomi 拓也/takuya 彩香/ayaka 修/osamu 恵子/keiko 亮/ryo 由美子/yumiko 浩/hiroshi 真由美/mayumi 誠/makoto 麻衣/mai 学/manabu さくら/sakura',
    '佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato 吉田/yoshida 山田/yamada 佐々木/sasaki 山口/yamaguchi 松本/matsumoto 井上/inoue 木村/kimura 林/hayashi',
  ),
  culture(
    ['CN', '成都', 'zh-CN', 'Asia/Shanghai', '+86 28', 8, 'family-given-joined'],
    '伟/wei 芳/fang 娜/na 敏/min 静/jing 丽/li 强/qiang 磊/lei 军/jun 洋/yang 勇/yong 艳/yan 杰/jie 娟/juan 涛/tao 明/ming 超/chao 秀英/xiuying 霞/xia 平/ping 刚/gang 桂英/guiying',
    '王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 赵/zhao 吴/wu 周/zhou 徐/xu 孙/sun 马/ma 朱/zhu 胡/hu 郭/guo 何/he 高/gao 林/lin 罗/luo 郑/zheng 梁/liang',
  ),
  culture(
    ['KR', '대전', 'ko-KR', 'Asia/Seoul', '+82 42', 3, 'family-given-joined'],
    '민준/minjun 서연/seoyeon 도윤/doyun 지우/jiwoo 예준/yejun 하은/haeun 시우/siu 서현/seohyeon 주원/juwon 수아/sua 지호/jiho 민서/minseo 준서/junseo 채원/chaewon 건우/geonu 유진/yujin',
    '김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 오/oh 서/seo 신/shin 권/kwon 황/hwang',
  ),
  culture(
    ['IN', 'पुणे', 'hi-IN', 'Asia/Kolkata', '+91 20', 6],
    'आरव/aarav प्रिया/priya रोहन/rohan अनन्या/ananya विवेक/vivek काव्या/kavya अर्जुन/arjun नेहा/neha संजय/sanjay दीपिका/deepika राहुल/rahul पूजा/pooja अमित/amit श्रेया/shreya विक्रम/vikram मीरा/meera',
    'शर्मा/sharma पटेल/patel सिंह/singh गुप्ता/gupta वर्मा/verma जोशी/joshi कुलकर्णी/kulkarni देशमुख/deshmukh मिश्रा/mishra यादव/yadav चौहान/chauhan अग्रवाल/agrawal त्रिपाठी/tripathi मेहता/mehta नायर/nair शिंदे/shinde',
  ),
  culture(
    ['EG', 'الإسكندرية', 'ar-EG', 'Africa/Cairo', '+20 3', 4],
    'محمد/mohamed فاطمة/fatma أحمد/ahmed مريم/mariam يوسف/youssef نور/nour عمر/omar سلمى/salma خالد/khaled هبة/heba حسن/hassan ياسمين/yasmin كريم/karim دينا/dina طارق/tarek رانيا/rania',
    'حسن/hassan إبراهيم/ibrahim علي/ali السيد/elsayed عبدالله/abdallah منصور/mansour فاروق/farouk سالم/salem رمضان/ramadan شريف/sherif نصار/nassar حداد/haddad زكي/zaki بدوي/badawi عثمان/osman خليل/khalil',
  ),
]

function names(text: string): Name[] {
  return text.split(' ').map((word) => {
    const [written = '', spelled] = word.split('/')
    return { written, ascii: spelled ?? asciiOf(written) }
  })
}

// e.g. "O'Brien" -> "obrien", "Łukasz" -> "lukasz"
function asciiOf(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/gu, (letter) => PLAIN[letter] ?? '')
}
