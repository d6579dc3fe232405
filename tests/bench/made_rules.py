"""Rules as people write them, as many as are wanted: those of the English pack with other words that are
as frequent."""
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
PACK = os.path.join(HERE, "../../rules/en")
COMMON_WORDS = 150  # these hold a sentence together: they stay
LINE_BYTES = 400    # of a field: longer ones are made for a whole pack
# what stands in a regex but is no word of it
NO_WORD = re.compile(r"\\[pP]\{\w+\}|\\x\{?\w+\}?|\\.|\{\w+\}|\(\?<?\w*>|\[\^?\]?[^]]*\]|[a-z]{4,}")


def words_of(texts):
    """The words of the texts, the most frequent first."""
    counts = {}
    for text in texts:
        for word in re.findall(r"\b[a-z]{2,14}\b", text.lower()):
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def templates():
    """The fields that say what each shipped rule looks for, and what it asks then. Markers find all that asks
    for anything, in every second message: nobody has hundreds of those."""
    found = []
    for name in sorted(os.listdir(PACK)):
        with open(os.path.join(PACK, name), encoding="utf-8") as file:
            for line in file:
                if line.startswith("rule "):
                    found.append([])
                elif found and name != "markers.rules" and (field := re.match(r"\s+(says|match|all|unless)\s+(.*\S)", line)):
                    if not field[2].startswith("mentions") and len(field[2]) <= LINE_BYTES:
                        found[-1].append((field[1], field[2]))
    return found


def pick(fields, source):
    """A line or two, and a condition where it has some; a shipped rule may have dozens."""
    looked_for = [field for field in fields if field[0] in ("says", "match")]
    asked = [field for field in fields if field[0] in ("all", "unless")]
    return (source.sample(looked_for, min(len(looked_for), source.randint(1, 2))) +
            source.sample(asked, min(len(asked), 1)))


def write(path, count, texts):
    source, known = random.Random(8), words_of(texts)
    ranks = {word: rank for rank, word in enumerate(known)}

    def other_word(match):
        word = match[0]
        rank = ranks.get(word, source.randrange(len(known) // 2, len(known)))
        if rank < COMMON_WORDS or not re.fullmatch("[a-z]{4,}", word):
            return word
        return known[min(len(known) - 1, int(rank * source.uniform(0.7, 1.4)))]

    shipped = [fields for fields in templates() if any(name in ("says", "match") for name, _ in fields)]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(f"rule urgency/made-{number}\n  title     Made\n  sign      urgency\n")
            for name, value in pick(source.choice(shipped), source):
                # a look-behind must stay as long as it is
                made = value if "(?<" in value else NO_WORD.sub(other_word, value)
                file.write(f"  {name:9} {made}\n")
            file.write("  yes       Well.\n  no        Nothing.\n\n")
