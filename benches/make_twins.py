#!/usr/bin/env python3
"""Writes fixtures/events/twins.jsonl and siblings.jsonl: pairs of invented reports.

usage: make_twins.py DIR

Twins report two events of one kind (two earthquakes, two quarters, two matches of one week) and must be kept apart;
siblings report one event in two wordings and belong together. Each kind has two wordings with slots; names, places and
figures are invented. Odd twins share their wording, as reports from one desk do. No randomness: same bytes each time.
"""
import json, os, sys

# kind, language, slots (one row a happening), wording A, wording B; the first line of a wording is the headline
KINDS = [
("earthquake", "en", ["place|region|mag|depth|dead|name|day", "Tarsk|Onvar|6.1|12|14|Ilse Morrin|Monday", "Belquir|Hasmet|5.8|9|31|Joram Tell|Thursday", "Odrun|Kestle|6.4|22|7|Pia Sandvel|Sunday", "Marrowin|Ulvestad|5.6|15|19|Cato Brisk|Friday"],
 "Earthquake near {place} kills {dead}\nA magnitude {mag} earthquake struck near {place} in {region} province early on {day}, killing at least {dead} people and damaging hundreds of houses, officials said. The quake hit at a depth of {depth} kilometres, the seismological institute said. {name}, who leads the province's rescue service, said teams were digging through rubble by hand. Power was out in {place} and aftershocks kept people outdoors.",
 "Rescuers dig for survivors in {place} after strong quake\nFamilies spent the night in the open in {place} after a quake of magnitude {mag} brought down homes across {region}. The toll stood at {dead} by the evening of {day}. \"We hear voices, so we go on,\" said rescue chief {name}. Geologists put the centre {depth} kilometres under the town. Schools in {region} stay closed."),
("earnings", "en", ["firm|chief|profit|sales|quarter|product", "Norvane|Edda Pruitt|412|3.2|second|turbines", "Calderbrook|Milo Strand|198|1.7|second|freight wagons", "Halpern Optics|Ruth Osei|87|0.9|third|lenses", "Quillmark|Tomas Reyk|655|5.4|third|payment software"],
 "{firm} posts {quarter}-quarter profit of ${profit} million\n{firm} on Tuesday reported net profit of ${profit} million for the {quarter} quarter, helped by demand for its {product}. Revenue rose to ${sales} billion, in line with what analysts had expected. Chief executive {chief} kept the forecast for the full year. Shares of {firm} rose 2 percent in early trading.",
 "{product} lift results at {firm}\nStrong orders for {product} carried {firm} through the {quarter} quarter. The company earned ${profit} million on sales of ${sales} billion, it said. \"Our order book is full until spring,\" said {chief}, who has run {firm} for four years. Investors had feared worse."),
("match", "en", ["home|away|score|scorer|minute|coach", "Ashby Rovers|Tarn United|2-1|Leo Vance|78|Hugh Pell", "Ashby Rovers|Corrin City|0-3|Amadou Kerr|14|Hugh Pell", "Northgate|Millbank Town|1-1|Sven Ruddock|90|Ana Carrow", "Northgate|Severin Athletic|4-2|Davi Lourdes|33|Ana Carrow"],
 "{home} {score} {away}: {scorer} decides it\n{scorer} struck in minute {minute} as {home} and {away} finished {score} in the league. The home side had most of the ball before the break, but {away} were the more dangerous on the counter. Coach {coach} said his team would have to learn from the night. A crowd of twenty thousand saw a lively second half.",
 "{scorer} the name on every lip after {home} meet {away}\nIt ended {score} between {home} and {away}, and the talk was all about {scorer}. His goal in minute {minute} turned the evening. \"We work on exactly that in training,\" coach {coach} said. {away} travel home with mixed feelings."),
("fire", "en", ["place|building|dead|hurt|chief|street", "Lowmoor|apartment block|5|23|Dana Kovel|Carver Street", "Ebbesfield|textile factory|11|40|Rafe Dunmore|Mill Lane", "Port Anselm|nursing home|8|17|Ingrid Sall|Harbour Road", "Whitcombe|hostel|3|12|Otto Brandl|Station Road"],
 "Fire in {building} in {place} kills {dead}\nA fire tore through a {building} on {street} in {place} before dawn, killing {dead} people and injuring {hurt}, the fire service said. The cause was not known. Fire chief {chief} said the flames had spread through the roof within minutes. Neighbours were taken to a school.",
 "{place} mourns after night blaze\nFlowers lay on {street} in {place} on the morning after the blaze that took {dead} lives. Another {hurt} people were in hospital. The {building} had been inspected last year, the council said. \"The roof went first,\" said {chief} of the fire service."),
("verdict", "en", ["name|court|years|crime|judge|lawyer", "Viktor Amsel|Redhaven|12|arson|Lorna Pike|Saul Meade", "Carla Dunne|Eastmarch|4|embezzlement|Piers Alcott|Nell Ogden", "Bram Holloway|Redhaven|20|murder|Lorna Pike|Asa Quint", "Marta Iveson|Eastmarch|7|smuggling|Piers Alcott|Ivo Lamb"],
 "{name} sentenced to {years} years for {crime}\nA court in {court} sentenced {name} to {years} years in prison for {crime} on Wednesday. Judge {judge} said the evidence left no doubt. Defence lawyer {lawyer} announced an appeal. The trial had lasted three months and heard forty witnesses.",
 "Court finds {name} guilty\n{name} stood still as judge {judge} read out the sentence: {years} years for {crime}. The courtroom in {court} was full to the last seat. \"We will fight on,\" said {lawyer}, for the defence. Prosecutors had asked for more."),
("rates", "en", ["bank|rate|old|governor|inflation|country", "Bank of Torvia|4.25|4.50|Emil Garrow|3.1|Torvia", "Central Bank of Maldane|9.00|8.50|Sofia Lindqvar|7.4|Maldane", "Reserve Bank of Ostrel|2.75|2.50|Henk Dorrit|2.9|Ostrel", "National Bank of Pellia|6.50|7.00|Aino Rasmus|4.8|Pellia"],
 "{bank} sets key rate at {rate} percent\nThe {bank} changed its key interest rate from {old} to {rate} percent on Thursday, as most economists had expected. Inflation in {country} stood at {inflation} percent last month. Governor {governor} said the next step would depend on wages. The currency hardly moved.",
 "{governor}: no promise on rates in {country}\nBorrowers in {country} will pay a base rate of {rate} percent from next week, after {old} until now. {governor}, who heads the {bank}, would not say what comes next. Prices rose {inflation} percent in a year. Builders and exporters had called for caution."),
("storm", "en", ["storm|coast|wind|homes|dead|mayor", "Odile|Sarn|190|40,000|6|Greta Lowe", "Marius|Tessaly|160|12,000|2|Paul Inber", "Petra|Cormoran|215|88,000|13|Yusuf Dane", "Lothar|Vessen|140|9,500|1|Kit Marlow"],
 "Storm {storm} hits {coast} coast, {dead} dead\nStorm {storm} reached the {coast} coast on Saturday with winds of {wind} kilometres an hour, killing {dead} and leaving {homes} homes without power. Trees blocked roads and ferries stayed in port. Mayor {mayor} asked people to remain indoors. The storm is to weaken by Sunday evening.",
 "Clean-up begins on the {coast} shore\nAfter {storm} come the chainsaws. Along the {coast} shore crews cleared roads while {homes} households waited for light. {dead} people lost their lives when gusts reached {wind} kilometres an hour. \"It could have been worse,\" said {mayor}, the mayor."),
("election", "en", ["country|winner|loser|share|party|turnout", "Carvania|Ines Tolland|Bruno Heath|53|Civic Union|61", "Sudmark|Pavel Orsini|Grete Nyman|49|Green Accord|72", "Lethe Islands|Moana Teller|Ruben Falk|58|Labour Front|66", "Aldoria|Hakan Weil|Celia Brandon|51|National Renewal|55"],
 "{winner} wins presidential election in {country}\n{winner} of the {party} won the presidential election in {country} with {share} percent of the vote, the electoral commission said on Monday. {loser} conceded in the night. Turnout was {turnout} percent. Observers called the vote orderly.",
 "{country} chooses {winner}\nCars hooted in the capital of {country} when the count was over: {winner} will be president. The candidate of the {party} got {share} percent; {loser} sent good wishes. \"Now the work starts,\" {winner} told supporters. {turnout} in a hundred had voted."),
("merger", "en", ["buyer|target|price|sector|chief|year", "Grantham Steel|Ferrosa|4.1|steel|Lou Everard|2019", "Blue Heron Foods|Nordkost|1.3|dairy|Ada Winslow|2008", "Vantor|Simplex Labs|7.9|diagnostics|Kofi Marsh|2014", "Tideway|Ostline|2.6|shipping|Maud Perrin|1998"],
 "{buyer} to buy {target} for ${price} billion\n{buyer} has agreed to buy {target} for ${price} billion in cash, the two {sector} companies said. The deal needs the approval of shareholders and of the competition authority. {chief}, chief executive of {buyer}, expects savings from the second year. {target} was founded in {year}.",
 "{target} goes to {buyer}\nA family business changes hands: {target}, founded in {year}, will belong to {buyer}. The price of ${price} billion surprised the {sector} industry. \"It fits like a glove,\" said {chief} of {buyer}. Workers at {target} want guarantees for their jobs."),
("crash", "en", ["road|place|vehicle|dead|hurt|officer", "A17|Hollin Bridge|coach|9|31|Jane Corrigan", "B402|Stanmere|tanker|2|6|Luis Arden", "Route 6|Pinecut|school bus|4|22|Amy Farrow", "M88|Gatley|minibus|7|5|Dov Keller"],
 "{dead} killed in {vehicle} crash near {place}\nA {vehicle} left the {road} near {place} on Friday and overturned, killing {dead} people and injuring {hurt}, police said. It was raining heavily. Officer {officer} said the driver would be questioned when he is well enough. The {road} stayed closed for hours.",
 "{road} shut after {vehicle} overturns\nHelicopters landed beside the {road} at {place}, where a {vehicle} lay on its side in the rain. {dead} people did not survive; {hurt} were hurt. \"We saw no other car,\" said {officer} of the police. Candles burned at the spot by night."),
("strike", "en", ["union|firm|workers|raise|leader|days", "Rail Guild|Transmere|8,000|6|Bea Hollis|three", "Dockers' League|Portline|2,400|9|Finn Arkwright|five", "Pilots' Chamber|Skarn Air|1,100|4|Mona Reeves|two", "Nurses' Union|Velden Clinics|15,000|7|Carl Osten|four"],
 "{workers} workers at {firm} begin {days}-day strike\nSome {workers} workers of {firm} walked out on Monday for {days} days, the {union} said. They want {raise} percent more pay. {leader}, who leads the {union}, called the last offer an insult. {firm} said it would keep an emergency service running.",
 "Pickets at {firm} as talks fail\nPickets stood before the gates of {firm} at dawn. Talks had broken down over {raise} percent. \"We have waited long enough,\" said {leader} of the {union}, which speaks for {workers} people. The walkout is to last {days} days; {firm} regrets it."),
("discovery", "en", ["what|place|age|professor|university|journal", "painted cave|Sorrento Hills|31,000|Lily Vane|Bexley|Deep Past", "Roman ferry|Lake Murn|1,900|Aldo Kern|Trieste North|Waters", "giant penguin|Cape Eller|40 million|Nora Tui|Otari|Fossil Letters", "bronze hoard|Ravensmoor|3,100|Colm Healy|Galway West|Metal Age"],
 "Researchers find {what} at {place}\nResearchers of the University of {university} have found a {what} at {place}, they report in {journal}. It is {age} years old. \"Nobody expected it there,\" said {professor}, who led the dig. The site will be covered again to protect it.",
 "{place} gives up a secret: {what}\nA walker's dog started it. Under the soil of {place} lay a {what}, {age} years old, as a team around {professor} writes in {journal}. The find will travel to the museum of {university} next year. Experts speak of a stroke of luck."),
("Erdbeben", "de", ["ort|land|staerke|tote|name|tag", "Karsum|Vardanien|6,2|18|Jonas Ebner|Montag", "Oltrava|Sellmark|5,7|4|Mara Wiesner|Donnerstag", "Hirsk|Tamarien|6,5|52|Falk Oster|Sonntag"],
 "Erdbeben bei {ort}: mindestens {tote} Tote\nBei einem Erdbeben der Stärke {staerke} sind nahe {ort} in {land} am {tag} mindestens {tote} Menschen ums Leben gekommen. Zahlreiche Häuser stürzten ein, teilten die Behörden mit. {name}, Leiter des Katastrophenschutzes, sprach von schwierigen Bergungsarbeiten. In {ort} fiel der Strom aus.",
 "Retter suchen in {ort} nach Verschütteten\nMit bloßen Händen graben Helfer in {ort} nach Überlebenden. Das Beben der Stärke {staerke} riss viele Bewohner von {land} aus dem Schlaf. Bis zum Abend des {tag}s zählten die Behörden {tote} Todesopfer. \"Wir geben nicht auf\", sagte {name} vom Katastrophenschutz."),
("Spiel", "de", ["heim|gast|stand|schuetze|minute|trainer", "SV Holmbach|TuS Erlau|2:0|Timo Rasch|61|Udo Kling", "SV Holmbach|Viktoria Senden|1:4|Kemal Aydt|17|Udo Kling", "FC Nordtal|Union Passek|3:3|Ole Brandner|88|Silke Maier"],
 "{heim} gegen {gast} endet {stand}\n{schuetze} traf in der {minute}. Minute, am Ende hieß es zwischen {heim} und {gast} {stand}. Die Gastgeber hatten vor der Pause mehr vom Spiel, {gast} blieb bei Kontern gefährlich. Trainer {trainer} forderte mehr Geduld im Aufbau.",
 "{schuetze} prägt den Abend\nAlle reden über {schuetze}: Sein Tor in der {minute}. Minute gab der Begegnung von {heim} mit {gast} die Wendung, die Anzeigetafel zeigte zuletzt {stand}. \"Daran arbeiten wir jeden Tag\", sagte {trainer}."),
("Bilanz", "de", ["firma|chef|gewinn|umsatz|ware", "Rotwerk|Beate Lohr|84|1,1|Pumpen", "Ansgar Möbel|Dirk Feldt|19|0,4|Küchen", "Lumatec|Ying Castor|230|2,8|Sensoren"],
 "{firma} steigert Gewinn auf {gewinn} Millionen Euro\nDer Hersteller {firma} hat im zweiten Quartal {gewinn} Millionen Euro verdient. Der Umsatz mit {ware} stieg auf {umsatz} Milliarden Euro, wie das Unternehmen mitteilte. Vorstandschef {chef} bestätigte die Prognose. Die Aktie legte leicht zu.",
 "Volle Auftragsbücher bei {firma}\n{ware} aus dem Hause {firma} sind gefragt. Unter dem Strich blieben {gewinn} Millionen Euro bei Erlösen von {umsatz} Milliarden, sagte {chef} bei der Vorlage der Zahlen für das zweite Quartal. Analysten hatten weniger erwartet."),
("incendio", "es", ["lugar|edificio|muertos|heridos|jefe", "Valdorna|un almacén|6|14|Inés Coral", "San Telmo Alto|un hotel|10|35|Ramiro Duarte", "Puerto Linares|una residencia|4|9|Elvira Sanz"],
 "Incendio en {lugar} deja {muertos} muertos\nUn incendio en {edificio} de {lugar} causó la muerte de {muertos} personas y heridas a otras {heridos}, informaron los bomberos. Se desconoce la causa. {jefe}, responsable del operativo, dijo que el fuego se extendió por el techo en pocos minutos.",
 "{lugar} amanece de luto\nVelas y flores rodean lo que queda tras las llamas en {lugar}. El fuego en {edificio} se cobró {muertos} vidas y {heridos} vecinos siguen en el hospital. \"No hubo tiempo\", lamentó {jefe}, al mando de los bomberos."),
("elección", "es", ["pais|ganador|rival|parte|partido", "Carmonia|Lucía Ferrán|Hugo Bastida|54|Frente Cívico", "Nueva Arles|Tomás Quiroga|Berta Lanz|50|Unión Verde", "Tierra Baja|Olga Pardo|Nicolás Rey|57|Alianza Popular"],
 "{ganador} gana las elecciones en {pais}\n{ganador}, del {partido}, ganó las elecciones presidenciales de {pais} con el {parte} por ciento de los votos, según la comisión electoral. {rival} reconoció la derrota durante la noche. La jornada transcurrió en calma.",
 "{pais} elige a {ganador}\nBocinas y banderas en la capital de {pais}: {ganador} será presidente. La candidatura del {partido} sumó el {parte} por ciento y {rival} felicitó al vencedor. \"Ahora empieza el trabajo\", dijo {ganador}."),
("séisme", "fr", ["lieu|region|force|morts|nom", "Varsac|Haute-Onde|6,0|11|Claire Moreau", "Teliane|Bas-Karst|5,9|27|Yannick Obin", "Mirande-sur-Gave|Corrière|6,3|5|Lise Vautrin"],
 "Séisme près de {lieu} : {morts} morts\nUn séisme de magnitude {force} a frappé la région de {lieu}, en {region}, faisant au moins {morts} morts, selon les autorités. De nombreuses maisons se sont effondrées. {nom}, qui dirige les secours, a parlé d'une nuit difficile. Le courant est coupé à {lieu}.",
 "À {lieu}, les secours fouillent les décombres\nLes habitants de {lieu} ont dormi dehors après la secousse de magnitude {force} ressentie dans toute la {region}. Le bilan est de {morts} victimes. « On entend des voix », raconte {nom}, à la tête des secours."),
("procès", "fr", ["nom|ville|ans|crime|juge", "Alban Terrier|Sauvagnac|9|escroquerie|Odile Mercier", "Noémie Castel|Bourg-Lère|15|empoisonnement|Paul Andrieu", "Régis Vallon|Sauvagnac|3|corruption|Odile Mercier"],
 "{nom} condamné à {ans} ans de prison\nLe tribunal de {ville} a condamné {nom} à {ans} ans de prison pour {crime}. Pour la juge {juge}, les preuves ne laissaient aucun doute. La défense a annoncé qu'elle ferait appel. Le procès avait duré six semaines.",
 "{crime} : la peine est tombée à {ville}\n{nom} n'a pas bougé quand {juge} a lu la peine, {ans} ans. La salle d'audience de {ville} était pleine. « Nous continuerons le combat », a dit son avocat."),
("пожар", "ru", ["город|здание|погибшие|раненые|имя", "Верхнеозёрск|складе|5|12|Антон Лужин", "Красноборье|гостинице|9|30|Дарья Мельник", "Усть-Талинск|торговом центре|3|21|Егор Савин"],
 "Пожар в городе {город}: погибли {погибшие} человек\nПри пожаре на {здание} в городе {город} погибли {погибшие} человек, ещё {раненые} получили ранения, сообщили спасатели. Причина возгорания выясняется. Начальник гарнизона {имя} сказал, что огонь за несколько минут охватил крышу.",
 "{город} прощается с погибшими\nЦветы и свечи лежат у ограды: огонь на {здание} унёс {погибшие} жизней. В больницах остаются {раненые} пострадавших. «Крыша загорелась первой», рассказал {имя}, который руководил тушением. В городе {город} объявлен траур."),
("матч", "ru", ["хозяева|гости|счёт|игрок|минута", "Заря Тальск|Нефтяник Орь|2:1|Илья Громов|74", "Заря Тальск|Маяк Синегорск|0:2|Руслан Дзоев|12", "Локо Верба|Арсенал Кимры|3:3|Павел Остин|89"],
 "{хозяева} и {гости} сыграли {счёт}\nГол, который {игрок} забил на {минута}-й минуте, решил исход встречи команд {хозяева} и {гости}, счёт {счёт}. До перерыва хозяева больше владели мячом, гости отвечали быстрыми выпадами. Тренер остался недоволен обороной.",
 "Вечер, который сделал {игрок}\nО нём говорили все: {игрок} отличился на {минута}-й минуте. Табло показало {счёт}, когда {хозяева} и {гости} уходили с поля. Болельщики ещё долго пели на трибунах."),
("động đất", "vi", ["nơi|tỉnh|độ|chết|tên", "Tân Khê|Lạc Sơn|5,9|12|Trần Hữu Kỳ", "Hòa Lũng|Bắc Mạn|6,1|30|Lê Thu Quyên", "Vĩnh Ải|Đông Triều Hạ|5,6|7|Phạm Gia Tuệ"],
 "Động đất ở {nơi}, {chết} người thiệt mạng\nMột trận động đất mạnh {độ} độ đã xảy ra gần {nơi}, tỉnh {tỉnh}, làm ít nhất {chết} người thiệt mạng và nhiều ngôi nhà bị sập, theo chính quyền địa phương. Ông bà {tên}, chỉ huy lực lượng cứu hộ, cho biết công việc tìm kiếm rất khó khăn. {nơi} hiện bị mất điện.",
 "{nơi} sau một đêm rung chuyển\nNgười dân {nơi} ngủ ngoài trời sau khi mặt đất rung mạnh {độ} độ khắp {tỉnh}. Số nạn nhân lên tới {chết}. \"Chúng tôi vẫn nghe tiếng gọi\", {tên}, người đứng đầu đội cứu hộ, kể lại. Trường học tạm đóng cửa."),
("bóng đá", "vi", ["chủ|khách|tỷ số|cầu thủ|phút", "Hải Lâm|Sông Cửu|2-1|Nguyễn Đạt Khang|77", "Hải Lâm|Thành Vạn|0-3|Võ Minh Lộc|15", "Trường Giang|Cao Sơn|1-1|Đỗ Quốc Ân|90"],
 "{chủ} gặp {khách}: {tỷ số}\n{cầu thủ} ghi bàn ở phút {phút} trong trận đấu giữa {chủ} và {khách}, kết thúc với tỷ số {tỷ số}. Đội chủ nhà giữ bóng nhiều hơn trong hiệp một, nhưng đội khách phản công rất nguy hiểm. Huấn luyện viên nói cầu thủ của ông cần bình tĩnh hơn.",
 "Đêm của {cầu thủ}\nKhán đài gọi tên {cầu thủ} sau bàn thắng ở phút {phút}. Bảng điện tử dừng ở {tỷ số} khi {chủ} và {khách} rời sân. Người hâm mộ còn hát rất lâu sau trận."),
("地震", "ja", ["場所|県|規模|死者|名前", "白根町|北浜県|6.1|12|大森健司", "久留見市|南江県|5.8|30|浅井千鶴", "鳥越村|東雲県|6.4|5|倉田光男"],
 "{場所}で地震、{死者}人死亡\n{県}の{場所}付近で未明にマグニチュード{規模}の地震があり、少なくとも{死者}人が死亡した。多くの住宅が倒壊し、停電が続いている。救助隊を率いる{名前}さんは、がれきの下の捜索が難航していると話した。",
 "{場所}、余震の中で捜索続く\n住民は屋外で夜を明かした。{県}を襲ったマグニチュード{規模}の揺れで、{場所}では{死者}人の死亡が確認された。「声が聞こえる限り続ける」と{名前}さんは語った。学校は休校となる。"),
("决算", "zh", ["公司|总裁|利润|收入|产品", "华岭重工|周启明|12亿|90亿|风电设备", "东岸食品|林若兰|3.4亿|41亿|乳制品", "星澜软件|郭子昂|8.7亿|55亿|支付系统"],
 "{公司}第二季度盈利{利润}元\n{公司}周二公布第二季度业绩，净利润为{利润}元，营业收入达到{收入}元，主要得益于{产品}需求增长。总裁{总裁}维持全年预期不变。该公司股价早盘上涨。",
 "{产品}热销带动{公司}业绩\n订单充足的{公司}交出了好于预期的成绩单。{总裁}在电话会议上说，{产品}的订单已经排到明年春天。公司收入{收入}元，赚了{利润}元，分析人士此前较为悲观。"),
]

def fill(text, slots):
    for name, value in slots.items():
        text = text.replace('{' + name + '}', value)
    title, body = text.split('\n', 1)
    return {"title": title, "text": body}

def main(folder):
    twins, siblings = [], []
    for kind, language, rows, first, second in KINDS:
        names = rows[0].split('|')
        slots = [dict(zip(names, row.split('|'))) for row in rows[1:]]
        for a in range(len(slots)):
            one = {"kind": kind, "language": language, "a": fill(first, slots[a]), "b": fill(second, slots[a])}
            siblings.append(one)
            for b in range(a + 1, len(slots)):
                wording = first if len(twins) % 2 else second
                twins.append({"kind": kind, "language": language, "a": fill(first, slots[a]), "b": fill(wording, slots[b])})
    for name, pairs in (("twins", twins), ("siblings", siblings)):
        with open(os.path.join(folder, name + '.jsonl'), 'w', encoding='utf-8') as out:
            for pair in pairs:
                out.write(json.dumps(pair, ensure_ascii=False) + '\n')
        print(name, len(pairs))

main(sys.argv[1])
