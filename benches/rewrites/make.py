#!/usr/bin/env python3
"""Makes sets of pairs from invented stories: rewrites in the manner of real desks, and copies and excerpts in seven languages.

usage: make.py OUTDIR [SEED]

Writes OUTDIR/rewrites and OUTDIR/languages, each with docs.jsonl (id, title, text) and pairs.tsv (id, id, label, manner).
Every manner is applied to every story VARIANTS times, each time with other choices; the same seed gives the same bytes.
Beside the rewrites stand pairs that must stay apart: the same frame with other names, figures and days, and reports of
another desk that share the story's quotations alone.
"""
import json, os, random, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
VARIANTS = 4

SYNONYMS = dict(line.split(' = ') for line in """said = stated
about = roughly
rejected = turned down
wanted = intended
introduce = bring in
estimated = put
repair = mend
gathered = assembled
several = a number of
called = described as
asked = requested
town = community
dispute = row
discovered = found out
scrapped = axed
exceeded = surpassed
arrive = get in
defended = stood by
closed = shut
carried = transported
hired = taken on
destroyed = gutted
burned = raged
people = residents
broke out = started
treated = cared for
company = firm
damage = losses
decided = made up its mind
examining = looking into
ignited = set alight
inspected = checked
noted = pointed out
replaced = exchanged
announced = made public
small = tiny
known = referred to
counted = tallied
confirmed = showed
abandoned = given up
planned = meant
warning = cautioning
secret = confidential
guard = watch over
walked off the job = downed tools
canceled = called off
advised = urged
refused = declined
reckless = irresponsible
offered = promised
strike = walkout
lasted = went on for
expected = due
ruled = decided
give back = return
removed = taken
battle = fight
acquired = bought
disappointed = unhappy
require = take
restored = renovated
encourage = prompt
cost = expense
plans = intends
severe = drastic
officials = authorities
affect = hit
lost = forfeited
accused = charged
recommended = advised
begun = got under way
beating = defeating
needed = required
finished = ended
afraid = scared
helpless = powerless
learned = picked up
halted = stopped
rare = scarce
moving = shifting
hoped = aimed
reacted = responded
approve = clear
help = assist
thieves = burglars
drove = rammed
stolen = pinched
escaped = got away
loaded = heaved
collapsed = fell
remain = stay
complained = grumbled
reward = bounty
""".strip().split('\n'))

BRITISH = dict(pair.split('/') for pair in """harbor/harbour program/programme centimeters/centimetres meters/metres kilometers/kilometres
favored/favoured railroad/railway highway/motorway transportation/transport fall/autumn canceled/cancelled travelers/travellers
neighborhoods/neighbourhoods councilors/councillors gray/grey soccer/football yards/metres humor/humour 
neighboring/neighbouring railroads/railways color/colour stores/shops trucks/lorries
traveled/travelled organization/organisation center/centre defense/defence""".split())

OWN = """The matter has been a subject of conversation for weeks.
Little was known about the background at first.
Similar cases have been reported from other parts of the world.
It was not clear on the evening what would follow.
Observers speak of a turning point.
Others see no cause for concern.
The weather played no part in it, as far as anybody could tell.
Further details were to be published later.
This newspaper had reported on earlier plans.
Comments from readers were divided.""".split('\n')

LEADS = """It is news that many had been waiting for.
What sounded like a rumour has turned out to be true.
The week began with a surprise.
There was no lack of warnings.""".split('\n')

def blocks(name):
    text = open(os.path.join(HERE, name), encoding='utf-8').read()
    lines = [line for line in text.split('\n') if not line.startswith('#')]
    return [block.strip().split('\n') for block in '\n'.join(lines).split('\n\n') if block.strip()]

def words(table, text, rng, share):
    """Replaces words of the table, each with the given chance, outside quotation marks."""
    def narrated(part):
        for old, new in table.items():
            if rng.random() < share:
                part = re.sub(r'\b%s\b' % re.escape(old), new, part)
                part = re.sub(r'\b%s\b' % re.escape(old.capitalize()), new.capitalize(), part)
        return part
    parts = re.split(r'("[^"]*")', text)
    return ''.join(part if part.startswith('"') else narrated(part) for part in parts)

def lower(sentence):
    """A sentence as it goes on behind a comma."""
    first = sentence.split(' ')[0]
    return sentence[0].lower() + sentence[1:] if first in ('The', 'A', 'No', 'All', 'It', 'Critics', 'Police', 'Workers', 'Farmers', 'Experts', 'Opponents') else sentence

def merge(paragraphs, rng):
    out, at = [], 0
    while at < len(paragraphs):
        one = paragraphs[at]
        if at + 1 < len(paragraphs) and '"' not in one + paragraphs[at + 1] and rng.random() < .8:
            out.append(one.rstrip('.') + rng.choice([', and ', ', while ', '; ', ' - ']) + lower(paragraphs[at + 1]))
            at += 2
        else:
            out.append(one); at += 1
    return out

def reorder(paragraphs, rng):
    head, rest = paragraphs[:1], paragraphs[1:]
    for _ in range(3):
        at = rng.randrange(len(rest)); moved = rest.pop(at); rest.insert(rng.randrange(len(rest) + 1), moved)
    return head + rest

def rounded(paragraphs, rng):
    def figure(match):
        digits = match.group().replace(',', '')
        if len(digits) < 2 or '.' in digits or 1800 < int(digits) < 2100: return match.group()
        return rng.choice(['about ', 'some ', 'nearly ', 'more than ']) + format(round(int(digits), 1 - len(digits)), ',')
    return [re.sub(r'(?<![\w.$])\d[\d,]*(?![\d.:])', figure, p) for p in paragraphs]

def attributed(paragraphs, rng):
    out = []
    for p in paragraphs:
        front = re.match(r'^([A-Z][^",]{5,70}?) said (?:that )?([^"]+)\.$', p)
        back = re.match(r'^([^"]+), ([^",]+) said(?: \w+day)?\.$', p)
        if front and rng.random() < .9:
            said = front.group(2)
            p = rng.choice([f'According to {lower(front.group(1))}, {said}.', f'{said[0].upper()}{said[1:]}, {lower(front.group(1))} explained.'])
        elif back and rng.random() < .9:
            p = f'{back.group(2)[0].upper()}{back.group(2)[1:]} made it known that {lower(back.group(1))}.'
        out.append(p)
    return out

def dropped(paragraphs, rng, share):
    kept = [p for p in paragraphs if '"' in p or rng.random() > share]
    return kept if len(kept) > 3 else paragraphs[:4]

def framed(paragraphs, rng):
    out = [rng.choice(LEADS)] + list(paragraphs)
    for own in rng.sample(OWN, 2): out.insert(rng.randrange(1, len(out) + 1), own)
    return out

def manner(name, ps, rng):
    swap = lambda share: [words(SYNONYMS, p, rng, share) for p in ps]
    if name == 'merged': return merge(ps, rng)
    if name == 'order': return reorder(ps, rng)
    if name == 'synonyms': return swap(.9)
    if name == 'british': return [words(BRITISH, p, rng, 1) for p in ps]
    if name == 'rounded': return rounded(ps, rng)
    if name == 'attributed': return attributed(ps, rng)
    if name == 'quotes kept': return dropped(swap(.6), rng, .45)
    ps = attributed(rounded(merge(swap(.7), rng), rng), rng)          # a desk does it all
    return framed(dropped(reorder(ps, rng), rng, .25), rng)

MANNERS = ['merged', 'order', 'synonyms', 'british', 'rounded', 'attributed', 'quotes kept', 'desk']
NAMES = 'Orsolya Brandvik Teodor Malinska Quill Hargrove Ysolde Penhallow Ruben Castagna Ingmar Thessaly Wren Abernathy Zoltan Okonjo'.split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()

def twin(paragraphs, rng):
    """The same frame with other names, figures and days."""
    known = {}
    def other(match):
        word = match.group()
        if word in DAYS: return known.setdefault(word, rng.choice([d for d in DAYS if d != word]))
        return known.setdefault(word, rng.choice(NAMES) + rng.choice(['', 'sen', 'ov', 'i', 'ard', 'ez']))
    out = []
    for p in paragraphs:
        p = re.sub(r'(?<=[a-z,] )[A-Z][a-z]+', other, p)
        out.append(re.sub(r'\d', lambda m: str(rng.randint(1, 9)), p))
    return out

def independent(story, others, rng):
    """Another desk's report: only what was said is the same."""
    own = [p for other in rng.sample(others, 3) for p in other[1:] if '"' not in p]
    report = rng.sample(own, 7)
    for p in story[1:]:
        for quote in re.findall(r'"[^"]{30,}"', p):
            report.insert(rng.randrange(1, len(report) + 1), quote[:-1].rstrip(',.') + '," people on the spot were told.')
    return report

class Set:
    def __init__(self, path):
        self.path, self.docs, self.pairs = path, [], []
    def doc(self, title, paragraphs):
        name = f'r{len(self.docs):04d}'
        self.docs.append({'id': name, 'title': title, 'text': '\n'.join(paragraphs)}); return name
    def pair(self, a, b, label, how): self.pairs.append((a, b, label, how))
    def write(self):
        os.makedirs(self.path, exist_ok=True)
        with open(self.path + '/docs.jsonl', 'w', encoding='utf-8') as f:
            for doc in self.docs: f.write(json.dumps(doc, ensure_ascii=False) + '\n')
        with open(self.path + '/pairs.tsv', 'w', encoding='utf-8') as f:
            for pair in self.pairs: f.write('\t'.join(pair) + '\n')
        print(self.path, len(self.docs), 'articles', len(self.pairs), 'pairs')

def rewrites(path, rng):
    out, stories = Set(path), blocks('stories.txt')
    for story in stories:
        source = out.doc(story[0], story[1:])
        for name in MANNERS:
            for _ in range(VARIANTS): out.pair(source, out.doc(None, manner(name, story[1:], rng)), 'rewrite', name)
        for _ in range(VARIANTS):
            out.pair(source, out.doc(None, twin(story[1:], rng)), 'different', 'twin')
            out.pair(source, out.doc(None, independent(story, [s for s in stories if s is not story], rng)), 'same_event', 'quotes alone')
    out.write()

def spaced(language): return language not in ('ja', 'zh')

def edited(paragraph, language, rng, share):
    """Leaves out one word in so many; in scripts without spaces, one character."""
    units = paragraph.split(' ') if spaced(language) else list(paragraph)
    kept = [u for at, u in enumerate(units) if at == 0 or rng.random() >= share]
    return (' ' if spaced(language) else '').join(kept)

def languages(path, rng):
    out, stories = Set(path), blocks('languages.txt')
    ids = {}
    for language, title, *ps in stories:
        source = out.doc(title, ps); ids.setdefault(language, []).append(source)
        for _ in range(VARIANTS):
            out.pair(source, out.doc(None, [edited(p, language, rng, .02) for p in ps]), 'copy', 'copy ' + language)
            for share in (.4, .6):
                cut = ps[:max(2, round(len(ps) * share))]
                out.pair(source, out.doc(None, [edited(p, language, rng, .015) for p in cut]), 'excerpt', 'excerpt ' + language)
            kept = [p for p in ps if rng.random() < .75] or ps[:3]
            out.pair(source, out.doc(None, reorder(kept, rng) if len(kept) > 3 else kept), 'rewrite', 'moved ' + language)
    for language, (one, two) in ids.items(): out.pair(one, two, 'different', 'other ' + language)
    out.write()

if __name__ == '__main__':
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261124)
    rewrites(os.path.join(sys.argv[1], 'rewrites'), rng)
    languages(os.path.join(sys.argv[1], 'languages'), rng)
