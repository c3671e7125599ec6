#!/usr/bin/env python3
"""Cuts words.txt from the frequency list of jieba 0.42.1 (PyPI, MIT) and own.txt.

usage: rebuild.py DICT.TXT > words.txt

A line is a first character with its cost and, for each second character, that with the cost of the two and the rests of
longer words with theirs. A cost is a letter: how many bits it takes to name the word by its frequency, `a` or `A` for 0;
`-` stands for two characters that are no word. `检k查l院N察n院N` holds 检, 检查, 检查院, 检察 and 检察院.
"""
import collections
import math
import pathlib
import re
import sys

HAN = re.compile(r'^[\u4e00-\u9fff]+$')
# How often a character must stand in the list's corpus to be taken.
LEAST = 20
# A word that stands so often is taken whatever it is.
COMMON = 50
# Words below that are taken where they are made of so many most common characters: the others are of books, not offices.
CHARACTERS = 1600
# Words that stand more seldom are none.
FEWEST = 3
# Names of people, places, foreign words, sounds: taken only where they stand so often, or where they are made of two
# words, as the list takes 建立健全 and 安全检查 for names.
NAMES = {'nr', 'nrt', 'nrfg', 'ns', 'nz', 'nt', 'j', 't', 'o', 'e', 'y'}
NAMES_LEAST = 100
# Sayings of four characters and the like: those that stand seldom are taken where so many most common characters make them.
SAYINGS = {'i', 'l'}
SAYINGS_LEAST = 30
CHARACTERS_OF_SAYINGS = 1000
# Numbers with their counters stay together without the list (rule 22): taken only where they stand so often.
NUMBER = re.compile(r'^[第数几]?[〇零一二三四五六七八九十百千万亿两]+[多余来几]?.$')
NUMBERS_LEAST = 1000
LONGEST = 8
# Words that the list lacks or hardly knows get the cost of one that it holds some hundred times.
OWN = 400


def main():
    counts, kinds = {}, {}
    for row in open(sys.argv[1], encoding='utf8'):
        word, count, *kind = row.split()
        if HAN.match(word):
            counts[word] = int(count)
            kinds[word] = kind[0] if kind else ''
    total = sum(counts.values())
    ranks = common(counts)

    def is_word(part):
        return counts.get(part, 0) >= LEAST and kinds[part] not in NAMES

    def is_kept(word):
        count, kind = counts[word], kinds[word]
        rarest = max(ranks.get(character, len(ranks)) for character in word)
        if len(word) == 1:
            return count >= LEAST
        if len(word) > LONGEST or count < FEWEST:
            return False
        if kind == 'm' and len(word) > 2 and count < NUMBERS_LEAST and NUMBER.match(word):
            return False
        if kind in NAMES and count < NAMES_LEAST:
            two = any(is_word(word[:at]) and is_word(word[at:]) for at in range(2, len(word) - 1))
            return two and rarest < CHARACTERS
        if kind in SAYINGS and count < SAYINGS_LEAST:
            return rarest < CHARACTERS_OF_SAYINGS
        return count >= COMMON or rarest < CHARACTERS

    kept = {word: counts[word] for word in counts if is_kept(word)}
    for word in pathlib.Path(__file__).with_name('own.txt').read_text(encoding='utf8').split():
        kept[word] = max(kept.get(word, 0), OWN)
    lines = {}
    for word, count in kept.items():
        bits = min(25, round(math.log2(total / count)))
        lines.setdefault(word[0], {}).setdefault(word[1:2], {})[word[2:]] = bits
    for first in sorted(lines):
        print(first + line(lines[first]))


def common(counts):
    """How common each character is: 0 for the most common."""
    weights = collections.Counter()
    for word, count in counts.items():
        if count >= COMMON:
            for character in word:
                weights[character] += count
    return {character: rank for rank, (character, _) in enumerate(weights.most_common())}


def line(groups):
    text = letter('a', groups.pop('')['']) if '' in groups else ''
    for second in sorted(groups):
        rests = groups[second]
        text += second + (letter('a', rests.pop('')) if '' in rests else '-')
        text += ''.join(rest + letter('A', rests[rest]) for rest in sorted(rests))
    return text


def letter(first, bits):
    return chr(ord(first) + bits)


main()
