#!/usr/bin/env python3
"""Cuts words.txt from the frequency list of jieba 0.42.1 (PyPI, MIT) and own.txt.

usage: rebuild.py DICT.TXT > words.txt

A line is a first character and, after it, the rests of the words that begin with it, each with a letter: how many bits
it takes to name the word by its frequency, `a` for 0. `检k查l察院n` holds 检, 检查 and 检察院.
"""
import math
import pathlib
import re
import sys

HAN = re.compile(r'^[\u4e00-\u9fff]+$')
# How often a word of so many characters must stand in the list's corpus to be taken.
LEAST = {1: 200, 2: 30, 3: 100, 4: 50}
# Words that the list lacks or hardly knows get the cost of one that it holds some hundred times.
OWN = 400


def main():
    counts = {}
    for line in open(sys.argv[1], encoding='utf8'):
        word, count, *kind = line.split()
        name = kind and kind[0] == 'nr' and len(word) > 2
        if HAN.match(word) and not name:
            counts[word] = int(count)
    total = sum(counts.values())
    kept = {word: count for word, count in counts.items() if count >= LEAST.get(len(word), math.inf)}
    # Four characters that are two words break between them.
    kept = {word: n for word, n in kept.items() if len(word) < 4 or not (word[:2] in kept and word[2:] in kept)}
    for word in pathlib.Path(__file__).with_name('own.txt').read_text(encoding='utf8').split():
        kept[word] = max(kept.get(word, 0), OWN)
    heads = {}
    for word, count in kept.items():
        heads.setdefault(word[0], []).append((word[1:], chr(ord('a') + round(math.log2(total / count)))))
    for head in sorted(heads):
        print(head + ''.join(rest + cost for rest, cost in sorted(heads[head])))


main()
